import os
from pathlib import Path

import numpy as np
import pandas as pd
import pvlib
import pytest
from numpy.testing import assert_allclose

from wafer_calc.energy import simulate
from wafer_calc.errors import RangeError, ShapeError, UnitError
from wafer_calc.plant import Plant
from wafer_calc.units import Q_
from wafer_calc.weather import find_station, read, station_weather, typical_year
from wafer_calc.weather.closure import sun_cos_zenith
from wafer_calc.weather.typical import bendt_quantiles, erbs_daily_diffuse

SHARED = os.environ.get("WAFER_CALC_VALIDATION")
YEARS = Path(SHARED or ".") / "validation" / "weather"
FILES = sorted(YEARS.iterdir()) if SHARED else []


# Hohhot's months, kWh/m² of global and diffuse
GHI = np.array([64.0, 86.2, 130.9, 163.9, 188.7, 183.3, 180.3, 166.2, 135.9, 106.8, 70.3, 57.0])
DHI = np.array([29.1, 32.5, 47.0, 58.5, 72.5, 78.2, 78.9, 66.9, 47.7, 36.5, 28.4, 26.1])


def year(**changes):
    fields = {
        "altitude": 1000.0,
        "ghi": Q_(GHI, "kWh/m^2"),
        "dhi": Q_(DHI, "kWh/m^2"),
        "temp_air": np.arange(12.0),
        "wind_speed": 2.5,
    }
    return typical_year(40.5, 109.9, **(fields | changes))


def month_sums(w, name):
    months = w.times.month.to_numpy() - 1
    return np.bincount(months, weights=getattr(w, name) * w.hours, minlength=12)


def test_the_months_keep_their_sums_and_the_year_its_days():
    w = year()
    assert len(w.times) == 12 * 8 * 24
    assert w.hours.sum() == pytest.approx(8760)
    assert_allclose(month_sums(w, "ghi") / 1000, GHI, rtol=1e-12)
    assert_allclose(month_sums(w, "dhi") / 1000, DHI, rtol=1e-6)


def test_the_three_components_close_while_the_sun_is_up():
    w = year()
    cos_zenith = sun_cos_zenith(w)
    high = cos_zenith > 0.1
    assert_allclose((w.dni * cos_zenith + w.dhi)[high], w.ghi[high], rtol=1e-9)
    assert (w.ghi[cos_zenith < -0.1] == 0).all()


def test_the_days_of_a_month_differ_in_clearness_without_a_trend():
    w = year()
    july = w.ghi.reshape(12, 8, 24)[6].sum(axis=1)
    assert july.max() > 2 * july.min()
    assert abs(np.corrcoef(np.arange(8), july)[0, 1]) < 0.1


def test_temperature_keeps_its_mean_and_swings_by_what_was_said():
    w = year(temp_swing=5.0)
    january = w.temp_air[: 8 * 24]
    assert january.mean() == pytest.approx(0.0, abs=0.01)
    assert january.max() == pytest.approx(5.0, abs=0.1)
    # warmest at 15 h solar time; 109.9 E is 40 minutes behind its zone's clock at 120 E,
    # but the year's own zone is that of 105 E: 20 minutes ahead
    assert w.times[int(np.argmax(january[:24]))].hour == 14
    assert (year(temp_swing=0.0).temp_air[:192] == 0).all()


def test_bendts_days_have_about_the_mean_they_were_made_for():
    mean = np.array([0.3, 0.4, 0.5, 0.6, 0.7])
    days = bendt_quantiles(mean)
    assert (np.diff(days, axis=1) > 0).all()
    assert_allclose(days.mean(axis=1), mean, atol=0.012)
    # Duffie and Beckman's figure 2.9.2 for a mean of 0.5: half of the days are clearer than 0.53
    assert np.median(days[2]) == pytest.approx(0.53, abs=0.01)


def test_erbs_by_hand():
    # kt 0.5: winter 1 - .13635 + .612375 - 1.493925 + .58674375 = .5688
    #         summer 1 + .1416 - .638925 + .1056 = .6083
    sunset = np.radians([75.0, 95.0])
    assert_allclose(erbs_daily_diffuse(np.array([0.5, 0.5]), sunset), [0.5688, 0.6083], atol=1e-4)
    assert_allclose(erbs_daily_diffuse(np.array([0.8, 0.8]), sunset), [0.143, 0.175])
    assert erbs_daily_diffuse(np.array(0.05), np.array(1.6)) <= 1


def test_many_places_at_once_equal_one_by_one():
    places = [find_station(name) for name in ("Baotou", "Dongsheng", "Hailisu")]
    many = station_weather(places)
    assert many.n_sites == 3
    for i, place in enumerate(places):
        alone = station_weather(place)
        if alone.times.equals(many.times):
            assert_allclose(many.ghi[i], alone.ghi, rtol=1e-12)
            assert_allclose(many.dni[i], alone.dni, rtol=1e-12)


@pytest.mark.parametrize("latitude", [-69.0, -34.0, 0.0, 69.0])
def test_every_latitude_gives_finite_hours(latitude):
    # a tenth of what reaches the atmosphere in a polar winter month is close to nothing
    sun = np.maximum(
        np.cos(np.radians(latitude - 23.4 * np.cos((np.arange(12) - 5.2) / 6 * np.pi))), 0
    )
    ghi = np.where(sun < 0.05, 0.0, 150 * sun)
    w = typical_year(latitude, 20.0, altitude=0, ghi=Q_(ghi, "kWh/m^2"), dhi=Q_(0.4 * ghi, "kWh/m^2"),
                     temp_air=np.zeros(12), wind_speed=2.0)  # fmt: skip
    assert all(np.isfinite(getattr(w, n)).all() for n in ("ghi", "dni", "dhi", "temp_air"))
    assert_allclose(month_sums(w, "ghi") / 1000, ghi, rtol=1e-9)


@pytest.mark.parametrize(
    ("changes", "error", "words"),
    [
        ({"ghi": [100] * 12}, UnitError, "ghi: .* has no unit, wanted kWh/m"),
        ({"ghi": Q_([100] * 11, "kWh/m^2")}, ShapeError, "wanted the twelve months"),
        ({"ghi": Q_([400] * 12, "kWh/m^2")}, RangeError, "400 kWh/m² in month 1, more than the 1"),
        ({"dhi": Q_([65] * 12, "kWh/m^2")}, RangeError, "dhi: 65 kWh/m² in month 1, more than its"),
        ({"ghi": Q_([-1] * 12, "kWh/m^2")}, RangeError, "wanted 0 or more"),
        ({"temp_air": [np.nan] * 12}, RangeError, "temp_air: not finite"),
    ],
)
def test_months_that_cannot_be(changes, error, words):
    with pytest.raises(error, match=words):
        year(**changes)


def pvlib_yield(w, *, tracking):
    """Give kWh per kW of a fixed or tracking plant, by pvlib's own functions."""
    times = w.mid_times
    sun = pvlib.solarposition.spa_python(times, w.latitude, w.longitude, w.altitude)
    zenith, azimuth = sun["apparent_zenith"], sun["azimuth"]
    tilt, facing = abs(w.latitude), 180.0
    if tracking:
        axis = pvlib.tracking.singleaxis(zenith, azimuth, max_angle=60, gcr=0.4)
        tilt, facing = axis["surface_tilt"].fillna(0), axis["surface_azimuth"].fillna(180)
    extra = pvlib.irradiance.get_extra_radiation(times.day_of_year.to_numpy(dtype=float))
    ghi, dni, dhi = (pd.Series(getattr(w, n), times) for n in ("ghi", "dni", "dhi"))
    plane = pvlib.irradiance.get_total_irradiance(
        tilt, facing, zenith, azimuth, dni, ghi, dhi, dni_extra=pd.Series(extra, times),
        model="haydavies", albedo=0.2,
    )  # fmt: skip
    incidence = pvlib.irradiance.aoi(tilt, facing, zenith, azimuth)
    diffuse = plane["poa_diffuse"].fillna(0)
    seen = plane["poa_direct"] * pvlib.iam.physical(incidence) + 0.96 * diffuse
    cell = pvlib.temperature.faiman(plane["poa_direct"] + diffuse, w.temp_air, w.wind_speed)
    power = pvlib.pvsystem.pvwatts_dc(seen, cell, 1000.0, -0.0035) * (1 - 0.1408)
    return float((power * w.hours).sum() / 1000)


def typical_of(full):
    """Make the typical year of a full year's own monthly means."""
    months = full.mid_times.tz_convert(full.times.tz).month.to_numpy() - 1
    ghi, dhi = (np.bincount(months, weights=getattr(full, n)) / 1000 for n in ("ghi", "dhi"))
    warmth = np.bincount(months, weights=full.temp_air) / np.bincount(months)
    return typical_year(
        full.latitude, full.longitude, altitude=full.altitude, ghi=Q_(ghi, "kWh/m^2"),
        dhi=Q_(dhi, "kWh/m^2"), temp_air=warmth, wind_speed=float(full.wind_speed.mean()),
    )  # fmt: skip


needs_files = pytest.mark.skipif(SHARED is None, reason="WAFER_CALC_VALIDATION is not set")


@needs_files
def test_the_typical_year_yields_what_the_full_year_yields():
    # measured with Hay-Davies: fixed -0.8 to +1.3 %, mean +0.6; tracking -0.6 to +2.3 %, mean +0.9
    biases = {}
    for path in FILES:
        full = read(path, repair=True)
        typical = typical_of(full)
        for mounting, plant in (
            ("fixed", Plant(surface_tilt=abs(full.latitude))),
            ("tracking", Plant(tracking="single_axis")),
        ):
            for sky in ("haydavies", "perez"):
                made, true = (
                    simulate(w, plant, transposition=sky).specific_yield.m_as("kWh/kW")
                    for w in (typical, full)
                )
                biases[path.name, mounting, sky] = made / true - 1
    assert len(biases) == 36
    assert max(map(abs, biases.values())) < 0.03, biases
    assert 0 < np.mean(list(biases.values())) < 0.012


@needs_files
@pytest.mark.parametrize("tracking", [False, True])
def test_the_typical_year_yields_so_by_the_peers_functions_too(tracking):
    full = read(YEARS / "USA_CO_Denver.725650_TMY3.epw")
    ratio = pvlib_yield(typical_of(full), tracking=tracking) / pvlib_yield(full, tracking=tracking)
    assert ratio == pytest.approx(1, abs=0.03)


@pytest.mark.parametrize("tilt", [30, 35, 40])
def test_a_fixed_plant_at_baotou(tilt):
    made = simulate(station_weather(find_station("包头")), Plant(surface_tilt=tilt))
    assert 1480 <= made.specific_yield.m_as("kWh/kW") <= 1600
