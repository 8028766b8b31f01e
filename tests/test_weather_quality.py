import json
import os
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from wafer_calc.energy import simulate
from wafer_calc.errors import ShapeError
from wafer_calc.plant import Plant
from wafer_calc.weather import Weather, check_quality, read
from wafer_calc.weather.closure import sun_cos_zenith

SHARED = os.environ.get("WAFER_CALC_VALIDATION")
needs_files = pytest.mark.skipif(SHARED is None, reason="WAFER_CALC_VALIDATION is not set")
YEARS = Path(SHARED or ".") / "validation" / "weather"


def clear_year(*, late=0.0, minutes=60, longitude=110.0, latitude=40.0, **changes):
    """A cloudless year whose stamps run late by what is asked."""
    times = pd.date_range("2021-01-01", "2021-12-31 23:59", freq=f"{minutes}min", tz="Etc/GMT-8")
    nothing = np.zeros(len(times))
    true = Weather(times, latitude, longitude, altitude=0, ghi=nothing, dhi=nothing, temp_air=10.0,
                   wind_speed=2.0, label="start", phase=late)  # fmt: skip
    cos_zenith = np.maximum(sun_cos_zenith(true), 0)
    fields = {"ghi": 900 * cos_zenith, "dhi": 150 * cos_zenith, "dni": 750.0 * (cos_zenith > 0)}
    return true.replace(phase=0.0, **(fields | changes))


@needs_files
@pytest.mark.parametrize(
    ("name", "phase", "closure"),
    [
        ("CHN_Beijing.Beijing.545110_CSWD.epw", 30, 0.92),
        ("CHN_Nei.Mongol.Bailingmiao.533520_CSWD.epw", 30, 0.89),
        ("CHN_Nei.Mongol.Dongsheng.535430_CSWD.epw", 75, 0.82),
    ],
)
def test_the_chinese_years_run_late_and_do_not_close(name, phase, closure):
    w = read(YEARS / name)
    assert w.quality.phase == pytest.approx(phase, abs=1)
    assert w.quality.closure == pytest.approx(closure, abs=0.006)
    assert not w.quality.clean
    assert w.phase == 0  # found, not moved, unless asked


@needs_files
def test_dongsheng_has_two_clocks_and_light_at_night():
    q = read(YEARS / "CHN_Nei.Mongol.Dongsheng.535430_CSWD.epw").quality
    assert q.phase_dhi == pytest.approx(41, abs=1)
    assert q.night_kwh_m2 > 3
    assert "75 minutes late (DHI +41)" in q.text()


@needs_files
@pytest.mark.parametrize(
    "name",
    [
        "USA_CO_Denver.725650_TMY3.epw", "USA_AZ_Phoenix_TMY2_sam.csv",
        "USA_AZ_Phoenix_psmv3_tmy.csv", "USA_AZ_Tucson_722740TYA.CSV", "USA_FL_Miami_TMY3.csv",
        "ITA_45N_8E_PVGIS5.3_TMY_2005_2023.csv",
    ],
)  # fmt: skip
def test_the_american_and_european_years_are_clean(name):
    w = read(YEARS / name)
    assert w.quality.clean, w.quality.issues
    assert -7.5 <= w.quality.phase <= 3.5
    assert w.quality.closure == pytest.approx(1, abs=0.003)
    again = read(YEARS / name, repair=True)
    assert again.quality.repairs == ()
    np.testing.assert_array_equal(again.dni, w.dni)


@needs_files
def test_repair_moves_the_sun_and_rebuilds_the_beam():
    path = YEARS / "CHN_Nei.Mongol.Dongsheng.535430_CSWD.epw"
    came, mended = read(path), read(path, repair=True)
    np.testing.assert_array_equal(mended.ghi, came.ghi)  # the data never move
    np.testing.assert_array_equal(mended.dhi, came.dhi)
    assert mended.times.equals(came.times)
    assert mended.phase == pytest.approx(75, abs=1)
    assert mended.mid_times[12].strftime("%H:%M") == "11:15"
    again = check_quality(mended)
    assert abs(again.phase) < 1
    assert again.closure == pytest.approx(1, abs=0.01)
    said = mended.quality.text()
    assert "75 minutes earlier" in said
    assert "DNI rebuilt from GHI and DHI: 1260 became" in said


@needs_files
def test_what_the_wrong_phase_costs():
    # 1544 is what an independent run on the re-phased file makes. The beam rebuilt with the stamps
    # as they are costs 5.6 % of it, the file's own beam, which does not close, a fifth
    path = YEARS / "CHN_Nei.Mongol.Dongsheng.535430_CSWD.epw"
    came = read(path)
    years = (came, came.replace(dni=None), read(path, repair=True))
    made = [simulate(w, Plant(surface_tilt=39.83)).specific_yield.m_as("kWh/kW") for w in years]
    assert made == pytest.approx([1225, 1458, 1544], rel=0.01)


@pytest.mark.parametrize(
    ("late", "minutes"), [(-40.0, 60), (-7.5, 60), (0.0, 15), (30.0, 60), (74.65, 30)]
)
def test_the_lag_is_found_to_the_minute(late, minutes):
    q = check_quality(clear_year(late=late, minutes=minutes))
    assert q.phase == pytest.approx(late, abs=1)
    assert q.phase_dhi == pytest.approx(late, abs=1)


@pytest.mark.parametrize(("latitude", "longitude"), [(-33.0, 18.0), (65.0, -150.0), (0.0, 179.0)])
def test_the_lag_is_found_anywhere(latitude, longitude):
    q = check_quality(clear_year(late=20.0, latitude=latitude, longitude=longitude))
    assert q.phase == pytest.approx(20, abs=1.5)


def test_closure_by_hand():
    # the beam makes 750 of 900 parts; a tenth less of it leaves (675 + 150) / 900 = 0.917
    w = clear_year()
    assert check_quality(w).closure == pytest.approx(1.0, abs=1e-6)
    assert check_quality(w.replace(dni=0.9 * w.dni)).closure == pytest.approx(825 / 900, abs=1e-6)


def test_night_gaps_and_limits():
    w = clear_year()
    ghi = w.ghi.copy()
    ghi[1] = 300.0  # 01:00 on 1 January: more than the 100 W/m² that are possible
    ghi[5000] = np.nan
    q = check_quality(w.replace(ghi=ghi))
    assert (q.night_hours, q.night_kwh_m2) == (1.0, pytest.approx(0.3))
    assert q.impossible == {"ghi": 1}
    assert q.missing == {"ghi": 1}
    assert q.issues == (
        "1 value of ghi missing",
        "1 value of ghi above what is physically possible",
    )


def test_year_means():
    q = check_quality(clear_year())
    assert q.temp_air_mean == 10
    assert q.wind_speed_mean == 2
    assert q.dhi_year / q.ghi_year == pytest.approx(150 / 900)


def test_too_little_light_gives_no_phase():
    w = clear_year()
    week = {n: getattr(w, n)[:168] for n in ("ghi", "dni", "dhi", "temp_air", "wind_speed")}
    q = check_quality(w.replace(times=w.times[:168], **week))
    assert q.phase is None
    assert "phase not known" in q.text()
    dark = check_quality(w.replace(ghi=0 * w.ghi, dni=0 * w.dni, dhi=0 * w.dhi))
    assert (dark.closure, dark.phase) == (None, None)


def test_the_report_goes_into_json():
    plain = json.loads(json.dumps(check_quality(clear_year(late=30)).to_dict()))
    assert plain["clean"] is False
    assert plain["issues"][0].startswith("the time stamps run 30")
    assert plain["phase"] == pytest.approx(30, abs=1)


def test_the_report_as_a_table():
    assert "30 minutes late" in check_quality(clear_year(late=30))._repr_html_()


def test_many_sites_go_one_by_one():
    w = clear_year()
    two = {
        n: np.tile(getattr(w, n), (2, 1)) for n in ("ghi", "dni", "dhi", "temp_air", "wind_speed")
    }
    many = w.replace(latitude=[40.0, 40.0], longitude=[110.0, 110.0], altitude=[0.0, 0.0], **two)
    with pytest.raises(ShapeError, match="2 sites came, wanted one"):
        check_quality(many)
    assert {check_quality(site).closure for site in many.sites()} == {check_quality(w).closure}
