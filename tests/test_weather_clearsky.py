import warnings

import numpy as np
import pvlib
import pytest

from wafer_calc.errors import RangeError
from wafer_calc.weather import check_quality, clear_sky, find_station, station_weather


def test_the_peer_sees_the_same_sky():
    w = clear_sky(40.53, 109.88, 1004)
    place = pvlib.location.Location(40.53, 109.88, altitude=1004)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        peer = place.get_clearsky(w.mid_times[:2000])
    high = peer["ghi"].to_numpy() > 100  # below, pressure in the refraction tells
    assert high.sum() > 600
    for name in ("ghi", "dni", "dhi"):
        np.testing.assert_allclose(getattr(w, name)[:2000][high], peer[name][high], rtol=7e-3)


def test_no_station_has_more_sun_than_its_clear_sky():
    for name in ("Baotou", "Lhasa", "Golmud", "Chengdu", "Haikou"):
        station = find_station(name)
        sky = clear_sky(station.latitude, station.longitude, station.altitude)
        months = np.bincount(sky.times.month.to_numpy() - 1, weights=sky.ghi) / 1000
        assert (months > np.array(station.ghi)).all(), name


def test_the_clear_year_is_a_clean_year():
    q = check_quality(clear_sky(40.53, 109.88, 1004))
    assert q.closure == pytest.approx(1, abs=0.005)
    assert abs(q.phase) < 2
    assert q.records == 8760


@pytest.mark.parametrize("latitude", [-90.0, -35.0, 0.0, 70.0, 90.0])
def test_every_latitude(latitude):
    w = clear_sky(latitude, 179.0, 0.0)
    assert np.isfinite(w.dni).all()
    assert w.dni.max() < 1150
    assert 700 < w.ghi.sum() / 1000 < 2700


def test_what_is_assumed_is_stated_and_may_be_given():
    w = clear_sky(40.53, 109.88)
    assert "10 °C and wind 2.5 m/s assumed" in w.source
    assert clear_sky(40.53, 109.88, 1004, temp_air=-5.0, wind_speed=1.0).temp_air[0] == -5
    assert len(clear_sky(0.0, 0.0, 0.0, year=2020).times) == 8784


def test_the_sky_gives_more_than_the_stations_year():
    station = station_weather(find_station("Baotou"))
    beam = (station.dni * station.hours).sum()
    assert clear_sky(40.533, 109.883).dni.sum() > 1.3 * beam


def test_no_place():
    with pytest.raises(RangeError, match="latitude: 140 came"):
        clear_sky(140, 0)
    with pytest.raises(RangeError, match="longitude: 400 came"):
        clear_sky(0, 400)
