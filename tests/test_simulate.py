"""What a simulated year holds, PVWatts' own results, and what is refused."""

import re

import numpy as np
import pandas as pd
import pytest
from pint.testing import assert_allclose
from pvlib_chain import YEARS, needs_files, oracle_file, year_file

from wafer_calc.energy import optimal_tilt, simulate
from wafer_calc.errors import (
    AssumptionError,
    MissingExtraError,
    RangeError,
    UnitError,
    UnknownNameError,
)
from wafer_calc.plant import Losses, Plant, Tracker
from wafer_calc.units import Q_
from wafer_calc.weather import Weather, read
from wafer_calc.weather.clearsky import clear_sky

BAOTOU = clear_sky(40.53, 109.88, 1004)


def test_one_site_gives_scalars_and_many_give_arrays():
    one = simulate(BAOTOU, Plant())
    assert one.energy_ac.shape == ()
    assert one.monthly.shape == (12,)
    two = simulate(two_sites(BAOTOU), Plant())
    assert two.energy_ac.shape == two.poa_global.shape == (2,)
    assert two.monthly.shape == two.monthly_dc.shape == (2, 12)
    assert_allclose(two.energy_ac[0], one.energy_ac, rtol=1e-13)


def two_sites(w):
    places = {n: np.full(2, getattr(w, n)) for n in ("latitude", "longitude", "altitude")}
    names = ("ghi", "dni", "dhi", "temp_air", "wind_speed")
    return w.replace(**places, **{name: np.tile(getattr(w, name), (2, 1)) for name in names})


def test_the_parts_add_up():
    made = simulate(BAOTOU, Plant(surface_tilt=35), hourly=True)
    assert_allclose(made.monthly.sum(), made.energy_ac)
    assert_allclose(made.monthly_dc.sum(), made.energy_dc)
    assert_allclose(made.hourly.energy_ac.sum(), made.energy_ac)
    assert_allclose(made.hourly.energy_dc.sum(), made.energy_dc)
    assert_allclose((made.hourly.poa_global * Q_(1, "hour")).sum(), made.poa_global.to("Wh/m^2"))
    assert_allclose(made.ghi, Q_(BAOTOU.ghi.sum() / 1000, "kWh/m^2"))
    assert_allclose(made.full_load_hours, made.energy_ac / Q_(1, "kW"))
    # what is left of one kW under the year's sun
    share = made.energy_ac.m / made.poa_global.m
    assert made.performance_ratio == pytest.approx(share)
    assert made.energy_clipped.m > 0
    assert made.missing_hours == 0


@pytest.mark.parametrize(
    "plant", [Plant(), Plant(losses=0.14, bifacial_gain=0.07, dc_ac_ratio=1.6)]
)
def test_the_waterfall_leads_from_the_horizontal_to_the_energy(plant):
    made = simulate(BAOTOU, plant)
    left = made.ghi.m_as("kWh/m^2") * np.prod([1 - share for share in made.waterfall.values()])
    assert left == pytest.approx(made.energy_ac.m_as("kWh"), rel=1e-12)
    names = list(made.waterfall)
    assert names[:2] == ["transposition", "reflection"]
    assert names[-2:] == ["inverter", "clipping"]
    if isinstance(plant.losses, Losses):
        assert made.waterfall["soiling"] == 0.02
    else:
        assert made.waterfall["bifacial"] == -0.07
        assert made.waterfall["losses"] == 0.14


def test_a_cold_plant_without_losses_gives_what_its_irradiance_says():
    # no temperature effect, no loss, a huge inverter: the DC energy is the light behind the glass
    plant = Plant(gamma_pdc=0.0, losses=0.0, dc_ac_ratio=0.2)
    made = simulate(BAOTOU, plant)
    kept = 1 - made.waterfall["reflection"]
    assert made.energy_dc.m == pytest.approx(made.poa_global.m * kept, rel=1e-12)
    assert made.energy_clipped.m == 0


def test_tracking_gains_and_two_axes_bound_them_all():
    yields = [
        simulate(BAOTOU, Plant(surface_tilt=35, tracking=tracking)).energy_ac.m
        for tracking in (None, Tracker(max_angle=60), "two_axis")
    ]
    assert yields == sorted(yields)


def test_losses_scale_dc_and_years_average():
    some = simulate(BAOTOU, Plant(losses=0.1))
    none = simulate(BAOTOU, Plant(losses=0.0))
    assert_allclose(some.energy_dc, none.energy_dc * 0.9)
    times = pd.date_range("2021", "2023", freq="h", tz=BAOTOU.times.tz, inclusive="left")
    double = BAOTOU.replace(
        times=times,
        **{
            n: np.tile(getattr(BAOTOU, n), 2)
            for n in ("ghi", "dni", "dhi", "temp_air", "wind_speed")
        },
    )
    # the sun of the next year is a quarter of a day on
    assert_allclose(
        simulate(double, Plant()).energy_ac, simulate(BAOTOU, Plant()).energy_ac, rtol=2e-3
    )


def test_representative_days_count_as_often_as_their_weights_say():
    picked = BAOTOU.times.day == 15
    days = np.array([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])
    few = BAOTOU.replace(
        times=BAOTOU.times[picked],
        weights=days[BAOTOU.times.month[picked] - 1].astype(float),
        **{n: getattr(BAOTOU, n)[picked] for n in ("ghi", "dni", "dhi", "temp_air", "wind_speed")},
    )
    made, whole = simulate(few, Plant()), simulate(BAOTOU, Plant())
    assert_allclose(made.ghi, Q_(few.weights @ few.ghi / 1000, "kWh/m^2"))
    assert_allclose(made.energy_ac, whole.energy_ac, rtol=0.02)


def test_the_best_tilt_is_the_best_of_all():
    best = optimal_tilt(BAOTOU, Plant())
    degrees = best.m_as("degree")
    at = {
        tilt: simulate(BAOTOU, Plant(surface_tilt=tilt)).energy_ac.m
        for tilt in (degrees - 1, degrees, degrees + 1)
    }
    assert max(at, key=at.get) == degrees
    south = clear_sky(-33.9, 18.4, 20)
    facing_north = optimal_tilt(south, Plant(surface_azimuth=0)).m_as("degree")
    assert 20 < facing_north < 45
    assert optimal_tilt(south, Plant(surface_azimuth=180)).m_as("degree") < 1
    assert optimal_tilt(two_sites(BAOTOU), Plant()).m_as("degree") == pytest.approx([degrees] * 2)


@needs_files
@pytest.mark.parametrize(
    ("plant", "kwh_per_kw"),
    [
        (Plant(), 1760.799),
        (Plant(gamma_pdc=-0.0035), 7040.913 / 4),
        (Plant(gamma_pdc=-0.0032), 7099.417 / 4),
        (Plant(tracking=Tracker(axis_tilt=20)), 8802.08 / 4),
        (Plant(tracking=Tracker(axis_tilt=20, backtrack=False)), 9258.1 / 4),
        (Plant(tracking="two_axis"), 9910.386 / 4),
    ],
    ids=["standard", "premium", "thin film", "backtracking", "true tracking, gcr 0.05", "two axes"],
)
def test_pvwatts_version_8_at_phoenix(plant, kwh_per_kw):
    weather = read(year_file("USA_AZ_Phoenix_TMY2_sam.csv"))
    made = simulate(weather, plant, transposition="perez")
    assert made.specific_yield.m_as("kWh/kW") == pytest.approx(kwh_per_kw, rel=0.015)


@needs_files
def test_a_pvwatts_year_at_denver():
    table = pd.read_csv(oracle_file("pvwatts_8760_rackmount.csv"), skiprows=17).iloc[:8760]
    beam, diffuse, air, wind, poa, _, dc, ac = table.iloc[:, 3:].to_numpy(dtype=float).T
    weather = Weather(
        pd.date_range("2019", "2020", freq="h", tz="Etc/GMT+7", inclusive="left"), 39.73, -105.18,
        altitude=1819.6, dni=beam, dhi=diffuse, temp_air=air, wind_speed=wind, label="start",
    )  # fmt: skip
    # this run's coefficient is -0.47 %/K; Version 5 reflects the beam alone
    plant = Plant(gamma_pdc=-0.0047, reflection="beam")
    made = simulate(weather, plant, transposition="perez", hourly=True)
    assert made.poa_global.m_as("Wh/m^2") == pytest.approx(poa.sum(), rel=0.002)
    assert 4 * made.energy_dc.m_as("Wh") == pytest.approx(dc.sum(), rel=0.01)
    assert 4 * made.energy_ac.m_as("Wh") == pytest.approx(ac.sum(), rel=0.01)
    assert np.corrcoef(made.hourly.poa_global.m, poa)[0, 1] > 0.9999
    # with sky and ground reflected too, as everywhere else in this package, it is 1.3 % less
    whole = simulate(weather, Plant(gamma_pdc=-0.0047), transposition="perez")
    assert 4 * whole.energy_dc.m_as("Wh") / dc.sum() - 1 == pytest.approx(-0.0128, abs=0.001)


@needs_files
@pytest.mark.parametrize("name", YEARS)
def test_every_file_makes_a_plausible_year(name):
    made = simulate(read(year_file(name), repair=True), Plant(surface_tilt=30))
    assert 1100 < made.specific_yield.m_as("kWh/kW") < 1900
    assert 0.7 < made.performance_ratio < 0.85


def some_hours(first, last):
    picked = (BAOTOU.times >= first) & (BAOTOU.times < last)
    return BAOTOU.replace(
        times=BAOTOU.times[picked],
        **{n: getattr(BAOTOU, n)[picked] for n in ("ghi", "dni", "dhi", "temp_air", "wind_speed")},
    )


def test_eleven_months_are_no_year():
    first = BAOTOU.times[0]
    with pytest.raises(RangeError, match=re.escape("8016 h from")):
        simulate(some_hours(first, first + pd.Timedelta(days=334)), Plant())


def test_a_gap_is_missing_hours_and_the_leap_day_is_none():
    keep = (BAOTOU.times.month != 6) | (BAOTOU.times.day != 3)
    gappy = BAOTOU.replace(
        times=BAOTOU.times[keep],
        **{n: getattr(BAOTOU, n)[keep] for n in ("ghi", "dni", "dhi", "temp_air", "wind_speed")},
    )
    made = simulate(gappy, Plant())
    assert made.missing_hours == 24
    assert np.isnan(made.energy_ac.m)
    assert np.flatnonzero(np.isnan(made.monthly.m)).tolist() == [5]
    times = pd.date_range("2020", "2021", freq="h", tz=BAOTOU.times.tz, inclusive="left")
    without = BAOTOU.replace(times=times[(times.month != 2) | (times.day != 29)])
    assert simulate(without, Plant()).missing_hours == 0


def test_what_is_no_weather_plant_sky_or_engine_is_refused(monkeypatch):
    with pytest.raises(UnitError, match="plant: float came"):
        simulate(BAOTOU, 0.14)
    with pytest.raises(UnitError, match="weather: DataFrame came"):
        simulate(BAOTOU.to_dataframe(), Plant())
    with pytest.raises(UnknownNameError, match="haydavies"):
        simulate(BAOTOU, Plant(), transposition="hay-davies")
    with pytest.raises(UnknownNameError, match="numba"):
        simulate(BAOTOU, Plant(), engine="cuda")
    with pytest.raises(RangeError, match="threads"):
        simulate(BAOTOU, Plant(), threads=0)
    with pytest.raises(AssumptionError, match="tracks the sun"):
        optimal_tilt(BAOTOU, Plant(tracking="single_axis"))
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(MissingExtraError, match=re.escape("pip install 'wafer-calc[fast]'")):
        simulate(BAOTOU, Plant(), engine="numba")
    assert simulate(BAOTOU, Plant(), engine="auto").energy_ac.m > 0


def test_plain_values_and_tables_carry_units_in_their_names():
    made = simulate(two_sites(BAOTOU), Plant(), hourly=True)
    plain = made.to_dict()
    assert plain["energy_dc_kwh"][0] > plain["energy_ac_kwh"][0]
    assert len(plain["waterfall"]["temperature"]) == 2
    table = made.to_dataframe()
    assert {"energy_dc_kwh", "poa_global_kwh_per_m2", "loss_soiling", "energy_ac_07_kwh"} <= set(
        table
    )
    hours = made.hourly.to_dataframe()
    assert hours.index.names == ["site", "time"]
    assert hours["energy_ac_kwh"].groupby("site").sum().tolist() == pytest.approx(
        plain["energy_ac_kwh"]
    )
    assert "energy" in made._repr_html_()
