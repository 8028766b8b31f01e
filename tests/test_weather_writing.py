import numpy as np
import pandas as pd
import pytest

from wafer_calc.energy import simulate
from wafer_calc.errors import RangeError, ReadError, ShapeError
from wafer_calc.plant import Plant
from wafer_calc.weather import Weather, clear_sky, find_station, read, station_weather, write


@pytest.fixture(scope="module")
def year():
    return clear_sky(40.4, -0.9, 600.0).replace(name="Teruel", source="made up, with a comma")


def test_what_is_written_is_read_again(year, tmp_path):
    again = read(write(year, tmp_path / "w.csv"))
    assert (again.latitude, again.longitude, again.altitude) == (40.4, -0.9, 600.0)
    assert (again.mid_times == year.mid_times).all()
    for name in ("ghi", "dni", "dhi", "temp_air", "wind_speed"):
        # four digits are kept
        np.testing.assert_allclose(getattr(again, name), getattr(year, name), rtol=1e-3, atol=1e-9)
    made, same = (simulate(w, Plant(surface_tilt=35)).specific_yield.m for w in (year, again))
    assert same == pytest.approx(made, rel=2e-4)


def test_the_sun_stays_where_the_phase_put_it(year, tmp_path):
    again = read(write(year.replace(phase=-11.0), tmp_path / "w.csv"))
    assert (again.mid_times == year.mid_times + pd.Timedelta(minutes=11)).all()


def test_what_the_format_has_no_place_for(year, tmp_path):
    with pytest.raises(RangeError, match="weighted days"):
        write(station_weather(find_station("Baotou")), tmp_path / "w.csv")
    holed = np.array(year.ghi)
    holed[5] = np.nan
    with pytest.raises(RangeError, match="1 records with missing values"):
        write(year.replace(ghi=holed), tmp_path / "w.csv")
    two = Weather(
        year.times, [40.0, 41.0], [0.0, 0.0], altitude=[0.0, 0.0], label=year.label,
        **{n: np.stack([getattr(year, n)] * 2) for n in ("ghi", "dni", "dhi", "temp_air", "wind_speed")},
    )  # fmt: skip
    with pytest.raises(ShapeError, match="2 sites came"):
        write(two, tmp_path / "w.csv")
    assert not (tmp_path / "w.csv").exists()
    with pytest.raises(ReadError, match="cannot write"):
        write(year, tmp_path / "nowhere" / "w.csv")
