"""The sun's path and the air, against pvlib."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pvlib import atmosphere, irradiance, solarposition, spa

from wafer_calc.kernels import sun
from wafer_calc.weather.sunpath import sun_angles, sun_path


def test_the_series_summed_at_once_are_spa():
    unix_s = np.arange(0.0, 3 * 365) * 86400.0 * 11.3 + 1e9
    theirs = spa.solar_position(unix_s, 0, 0, 0, 0, 0, 67.0, 0, 1, sst=True)
    for ours, pvlibs in zip(sun_angles(unix_s), theirs, strict=True):
        np.testing.assert_allclose(ours, pvlibs, rtol=0, atol=1e-9)


@pytest.mark.parametrize("year", [1988, 2021, 2024, 2050])
def test_the_path_is_spa_at_every_hour(year):
    times = pd.date_range(f"{year}", f"{year + 1}", freq="37min", tz="UTC", inclusive="left")
    unix_s = times.as_unit("s").asi8.astype(float)
    exact = sun.node_vectors(*spa.solar_position(unix_s, 0, 0, 0, 0, 0, 67.0, 0, 1, sst=True))
    path = sun_path(times)
    apart = np.degrees(np.abs(np.stack([path.x, path.y, path.z]) - exact))
    assert apart.max() < 4e-7


def test_scattered_instants_need_few_midnights_and_give_the_same_sun():
    times = pd.date_range("2021", periods=8760, freq="h", tz="Asia/Shanghai")
    whole = sun_path(times)
    picked = np.r_[8000:8003, 5, 4000]
    part = sun_path(times[picked])
    np.testing.assert_allclose(part.x, whole.x[picked], atol=1e-12)
    np.testing.assert_allclose(part.inverse_extra, whole.inverse_extra[picked])
    # 5 instants in 3 pairs of days: at most 6 midnights each
    unix_s = times[picked].as_unit("s").asi8.astype(float)
    assert len(sun.node_days(unix_s)) <= 18


@settings(max_examples=40, deadline=None)
@given(latitude=st.floats(-90, 90), longitude=st.floats(-180, 180), altitude=st.floats(-400, 8000))
def test_apparent_zenith_and_azimuth_are_pvlibs(latitude, longitude, altitude):
    times = pd.date_range("2021-03-01", "2021-03-09", freq="23min", tz="UTC")
    theirs = solarposition.get_solarposition(times, latitude, longitude, altitude=altitude)
    path = sun_path(times)
    site = sun.site_frame(latitude, longitude, altitude, 0.0)
    true = path.x * site.up_x + path.y * site.up_y + path.z * site.up_z
    cosine, scale = sun.apparent(true, path.inverse_extra, site)
    zenith, azimuth = (np.radians(theirs[c].to_numpy()) for c in ("apparent_zenith", "azimuth"))
    # where refraction sets in, pvlib's sun jumps by 0.6 degrees: leave out the instants on the jump
    clear_of_jump = np.abs(theirs["elevation"].to_numpy() + 0.26667 + 0.5667) > 1e-4
    north = scale * (path.x * site.toward_x + path.y * site.toward_y + path.z * site.toward_z)
    east = scale * (path.x * site.across_x + path.y * site.across_y + path.z * site.across_z)
    for ours, pvlibs in (
        (cosine, np.cos(zenith)),
        (north, np.sin(zenith) * np.cos(azimuth)),
        (east, np.sin(zenith) * np.sin(azimuth)),
    ):
        assert np.abs(ours - pvlibs)[clear_of_jump].max() < 7e-7


def test_extraterrestrial_irradiance_is_pvlibs():
    days = np.arange(1, 367)
    np.testing.assert_allclose(sun.extra_irradiance(days), irradiance.get_extra_radiation(days))


def test_air_mass_is_kasten_and_young():
    zenith = np.linspace(0, 90, 20001)
    ours = sun.airmass(np.cos(np.radians(zenith)))
    assert np.abs(ours - atmosphere.get_relative_airmass(zenith)).max() < 1.4e-5


def test_zenith_angle_is_the_arc_cosine():
    cosine = np.linspace(0, 1, 20001)
    assert np.abs(sun.zenith_angle(cosine) - np.arccos(cosine)).max() < 8e-7


def test_directions_stand_square_to_each_other():
    site = sun.site_frame(np.array([40.0, -75.0]), np.array([110.0, -60.0]), 1000.0, 200.0)
    up, toward, across = (np.stack(site[i : i + 3]) for i in (0, 3, 6))
    for a, b in ((up, toward), (toward, across), (across, up)):
        np.testing.assert_allclose((a * b).sum(axis=0), 0, atol=1e-15)
    np.testing.assert_allclose((across**2).sum(axis=0), 1)


def test_the_sun_of_noon_at_the_equinox_stands_over_the_equator():
    # 2021-03-20 09:37 UT is the equinox; it is 12:07 by the mean sun at 37.6° E, the equation of
    # time is -7.5 min, so the true noon of 37.6° E is 9:37
    path = sun_path(pd.DatetimeIndex(["2021-03-20 09:37"], tz="UTC"))
    assert abs(path.z[0]) < 1e-4
    assert np.degrees(np.arctan2(path.y[0], path.x[0])) == pytest.approx(37.6, abs=0.1)
