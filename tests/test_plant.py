"""Plants: defaults, what they hold, what they refuse."""

import pytest
from pvlib import pvsystem, temperature

from wafer_calc.errors import RangeError, UnitError, UnknownNameError
from wafer_calc.plant import TEMPERATURES, Losses, Plant, Tracker
from wafer_calc.units import Q_


def test_the_losses_are_pvwatts():
    assert Losses().total == pytest.approx(pvsystem.pvwatts_losses() / 100)
    # 1 - 0.98 · 0.95 = 0.069
    only = dict.fromkeys(Losses().to_dict(), 0.0) | {"soiling": 0.02, "snow": 0.05}
    assert Losses(**only).total == pytest.approx(0.069)


def test_quantities_and_floats_mean_the_same():
    written = Plant(
        surface_tilt=Q_(0.5, "rad"), gamma_pdc=Q_(-0.35, "%/delta_degC"), losses=Q_(14, "%"),
        albedo=Q_(25, "%"), inverter_efficiency=Q_(97, "%"),
    )  # fmt: skip
    assert written.surface_tilt == pytest.approx(28.6479, abs=1e-4)
    assert written.gamma_pdc == pytest.approx(-0.0035)
    assert (written.total_losses, written.albedo) == pytest.approx((0.14, 0.25))


def test_single_axis_by_name_is_the_default_tracker():
    assert Plant(tracking="single_axis").tracking == Tracker()


def test_temperature_figures_are_pvlibs():
    for name, (_, a, b, c) in TEMPERATURES.items():
        model, _, mounting = name.partition("_")
        if model == "sapm":
            theirs = temperature.TEMPERATURE_MODEL_PARAMETERS[model][mounting]
            assert (a, b, c) == (theirs["a"], theirs["b"], theirs["deltaT"])
        elif model == "pvsyst":
            theirs = temperature.TEMPERATURE_MODEL_PARAMETERS[model][mounting]
            assert (a, b) == (theirs["u_c"], theirs["u_v"])


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"surface_tilt": 200}, "surface_tilt: 200 degrees came, wanted 0 to 180"),
        ({"surface_azimuth": -90}, "surface_azimuth: -90 degrees came, wanted 0 to 360"),
        ({"albedo": 2}, "albedo: 2 is outside"),
        ({"albedo": 25}, "write Q_\\(25, '%'\\)"),
        ({"losses": 14}, "write Q_\\(14, '%'\\)"),
        ({"gamma_pdc": 0.0035}, "modules lose power as they warm: write -0.0035"),
        ({"gamma_pdc": -0.35}, "write Q_\\(-0.35, '%/delta_degC'\\)"),
        ({"dc_ac_ratio": 0}, "dc_ac_ratio"),
        ({"inverter_efficiency": float("nan")}, "inverter_efficiency"),
        ({"bifacial_gain": 0.7}, "bifacial_gain"),
    ],
)
def test_what_cannot_be_is_refused(wrong, told):
    with pytest.raises(RangeError, match=told):
        Plant(**wrong)


def test_unknown_names_get_the_nearest():
    with pytest.raises(UnknownNameError, match="sapm_open_rack_glass_glass"):
        Plant(temperature="sapm_open_rack_glasglass")
    with pytest.raises(UnknownNameError, match="single_axis"):
        Plant(tracking="singel_axis")
    with pytest.raises(UnknownNameError, match="beam"):
        Plant(reflection="beams")


def test_lengths_and_arrays_are_no_angles():
    with pytest.raises(UnitError, match="surface_tilt"):
        Plant(surface_tilt=Q_(3, "m"))
    with pytest.raises(UnitError, match="wanted one number"):
        Plant(surface_tilt=[20, 30])


@pytest.mark.parametrize(
    "wrong", [{"gcr": 0}, {"gcr": 1.2}, {"max_angle": 0}, {"axis_tilt": 91}, {"axis_azimuth": 400}]
)
def test_trackers_too(wrong):
    with pytest.raises(RangeError):
        Tracker(**wrong)


def test_plain_values_and_a_table():
    plant = Plant(tracking=Tracker(gcr=0.3))
    assert plant.to_dict()["tracking"]["gcr"] == 0.3
    assert plant.to_dataframe().loc[0, "losses_soiling"] == 0.02
