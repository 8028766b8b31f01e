import pickle

import numpy as np
import pandas as pd
import pytest

from wafer_calc.errors import RangeError, ShapeError, UnitError
from wafer_calc.weather import Weather

DAY = pd.date_range("2021-06-21", periods=24, freq="h", tz="Asia/Shanghai")
BELL = np.maximum(np.sin((np.arange(24) - 5.5) / 14 * np.pi), 0.0) * (
    np.abs(np.arange(24) - 12) < 7
)


def baotou(**changes):
    fields = {
        "times": DAY,
        "latitude": 40.53,
        "longitude": 109.88,
        "altitude": 1004.0,
        "ghi": 800 * BELL,
        "dhi": 200 * BELL,
        "temp_air": 20.0,
        "wind_speed": 2.0,
        "label": "start",
    }
    return Weather(**(fields | changes))


@pytest.mark.parametrize(("label", "minute"), [("start", "30"), ("middle", "00"), ("end", "30")])
def test_the_sun_stands_at_the_middle_of_the_interval(label, minute):
    first = baotou(label=label).mid_times[0]
    assert first.strftime("%M") == minute
    # an hour that ends at 00:00 has its middle at 23:30 of the day before
    assert first.hour == (23 if label == "end" else 0)


def test_stamps_that_run_late_put_the_sun_earlier():
    # 75 minutes late: the record of 12:00-13:00 was measured around 12:30 - 1:15 = 11:15
    assert baotou(phase=75.0).mid_times[12].strftime("%H:%M") == "11:15"


def test_any_two_components_give_the_third():
    whole = baotou()
    from_beam = baotou(ghi=None, dni=whole.dni)
    from_global = baotou(dhi=None, dni=whole.dni)
    high = whole.dni > 0
    assert high.sum() >= 12
    np.testing.assert_allclose(from_beam.ghi[high], whole.ghi[high], rtol=1e-12)
    np.testing.assert_allclose(from_global.dhi[high], whole.dhi[high], rtol=1e-10)


def test_beam_by_hand_at_the_solstice():
    # Sun at noon on 21 June at 23.44 N stands within a hair of the zenith: DNI = GHI - DHI
    noon = pd.DatetimeIndex(["2021-06-21 12:02"], tz="UTC")  # equation of time -1.8 min
    w = Weather(noon, 23.44, 0.0, altitude=0, ghi=[900.0], dhi=[100.0], temp_air=20.0,
                wind_speed=1.0, label="middle", interval=60)  # fmt: skip
    assert w.dni[0] == pytest.approx(800.0, rel=1e-4)


def test_near_the_horizon_the_beam_is_none_and_never_above_the_suns_own():
    w = baotou(ghi=np.full(24, 700.0), dhi=np.zeros(24))
    night = (DAY.hour < 4) | (DAY.hour > 20)
    assert (w.dni[night] == 0).all()
    # perihelion to aphelion: 1361.1 · 0.9668 in late June
    assert w.dni.max() == pytest.approx(1361.1 * 0.9668, rel=1e-3)


def test_nan_stays_nan_in_the_component_made_of_it():
    ghi = 800 * BELL
    ghi[[0, 12]] = np.nan
    assert np.isnan(baotou(ghi=ghi).dni[[0, 12]]).all()


def test_arrays_are_kept_as_they_come():
    ghi = (800 * BELL).astype(np.float32)
    w = baotou(ghi=ghi, dhi=ghi / 4)
    assert w.ghi is ghi
    assert {w.dni.dtype, w.temp_air.dtype} == {np.dtype("float32")}
    assert baotou(ghi=list(range(24)), dhi=[0] * 24).ghi.dtype == np.float64


def test_many_sites_equal_single_ones():
    latitudes = np.array([20.0, 40.53, -33.0])
    many = baotou(latitude=latitudes, ghi=np.tile(800 * BELL, (3, 1)),
                  dhi=np.tile(200 * BELL, (3, 1)))  # fmt: skip
    assert many.n_sites == 3
    assert many.longitude.shape == (3,)
    singles = list(many.sites())
    for latitude, dni, single in zip(latitudes, many.dni, singles, strict=True):
        np.testing.assert_array_equal(dni, baotou(latitude=latitude).dni)
        np.testing.assert_array_equal(dni, single.dni)
        assert single.n_sites is None


def test_the_interval_is_the_commonest_step_and_a_gap_is_a_multiple_of_it():
    gap = DAY.delete([3, 4])
    arrays = {"ghi": np.zeros(22), "dhi": np.zeros(22)}
    assert baotou(times=gap, **arrays).interval == 60
    half = pd.date_range("2021-01-01", periods=48, freq="30min", tz="UTC")
    w = baotou(times=half, ghi=np.zeros(48), dhi=np.zeros(48))
    assert w.interval == 30
    assert w.hours.sum() == pytest.approx(24)  # 48 half hours


def test_weights_say_how_often_a_day_counts():
    w = baotou(weights=np.full(24, 31 / 8))
    assert w.hours.sum() == pytest.approx(24 * 31 / 8)


def test_a_height_is_looked_up_where_none_is_given():
    # Baotou's airport lies at 1012 m; pvlib's map is good to a hundred metres in flat country
    assert baotou(altitude=None).altitude == pytest.approx(1012, abs=100)


@pytest.mark.parametrize(
    ("changes", "error", "words"),
    [
        ({"times": DAY.tz_localize(None)}, UnitError, "without a time zone.*tz_localize"),
        ({"times": DAY[::-1]}, RangeError, "unsorted.*typical year"),
        ({"times": DAY[[0, *range(23)]]}, RangeError, "1 stamps came twice, first 2021-06-21 00"),
        ({"times": DAY + pd.to_timedelta([0] * 23 + [10], unit="min")}, RangeError, "70 minutes"),
        ({"times": []}, ShapeError, "no stamps"),
        ({"times": pd.date_range("2021", periods=24, freq="D", tz="UTC")}, RangeError, "1440 min"),
        ({"latitude": 140}, RangeError, "latitude: 140 came.*longitude second"),
        ({"longitude": 250}, RangeError, "east of 180 write -110"),
        ({"latitude": np.nan}, RangeError, "latitude: nan"),
        ({"altitude": 20000}, RangeError, "altitude: 20000 came"),
        ({"latitude": [1.0, 2.0]}, ShapeError, r"latitude: shape \(2,\)"),
        ({"ghi": -5 * BELL}, RangeError, "ghi: .* of 24 values outside 0 to 2000"),
        ({"ghi": np.full(24, np.inf)}, RangeError, "farthest inf"),
        ({"dni": 1800 * BELL}, RangeError, "dni: .* no beam exceeds the sun's own"),
        ({"temp_air": 293.15}, RangeError, "not kelvin"),
        ({"wind_speed": -1.0}, RangeError, "wind_speed"),
        ({"ghi": np.zeros(23)}, ShapeError, r"ghi \(23,\), dhi \(24,\)"),
        ({"dhi": None}, ShapeError, "wanted two of the three"),
        ({"temp_air": None}, ShapeError, "temp_air: none came"),
        ({"temp_air": "warm"}, UnitError, "temp_air: str came"),
        ({"label": "left"}, RangeError, "label: 'left' came"),
        ({"interval": 45}, RangeError, "multiple of the interval"),
        ({"phase": np.nan}, RangeError, "phase"),
        ({"weights": [1.0]}, ShapeError, "weights"),
        ({"weights": -np.ones(24)}, RangeError, "weights"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(changes, error, words):
    with pytest.raises(error, match=words):
        baotou(**changes)


def test_one_stamp_needs_its_interval_said():
    one = {"times": DAY[:1], "ghi": [0.0], "dhi": [0.0]}
    with pytest.raises(ShapeError, match="give the interval"):
        baotou(**one)
    assert baotou(**one, interval=60).interval == 60


def test_a_record_goes_to_another_process():
    w = baotou(name="Baotou")
    back = pickle.loads(pickle.dumps(w))
    np.testing.assert_array_equal(back.dni, w.dni)
    assert back.times.equals(w.times)
    assert back.name == "Baotou"


def test_as_a_table():
    frame = baotou().to_dataframe()
    assert list(frame.columns) == ["ghi", "dni", "dhi", "temp_air", "wind_speed"]
    assert frame.index.equals(DAY)
    two = {n: np.zeros((2, 24)) for n in ("ghi", "dhi")}
    with pytest.raises(ShapeError, match="2 sites"):
        baotou(latitude=[1.0, 2.0], **two).to_dataframe()


def test_as_a_reader_sees_it():
    w = baotou(name="Baotou <b>", source="made up")
    assert repr(w) == (
        "<Weather Baotou <b> (40.53, 109.88): 24 × 60 min from 2021-06-21 00:00:00+08:00, made up>"
    )
    page = w._repr_html_()
    assert "Baotou &lt;b&gt;" in page
    assert "1,004" in page
    two = {n: np.zeros((2, 24)) for n in ("ghi", "dhi")}
    many = baotou(latitude=[1.0, 2.0], **two)
    assert "2 sites" in repr(many)
    assert "latitude" not in many._repr_html_()
