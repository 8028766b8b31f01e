import json
import os
import pickle
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
import pandas as pd
import pvlib
import pytest

from wafer_calc.errors import RangeError, ReadError, WaferCalcError
from wafer_calc.weather import Weather, read

SHARED = os.environ.get("WAFER_CALC_VALIDATION")
needs_files = pytest.mark.skipif(SHARED is None, reason="WAFER_CALC_VALIDATION is not set")
YEARS = Path(SHARED or ".") / "validation" / "weather"
PVLIB = Path(pvlib.__file__).parent / "data"
MIAMI = PVLIB / "12839.tm2"
GREENSBORO = PVLIB / "723170TYA.CSV"


def sam_csv(minutes=60, *, stated=True, year=2021, zone=5.5, months=12):
    """A made NSRDB file: GHI and DHI rise and fall with the hour."""
    times = pd.date_range(f"{year}-01-01", f"{year}-12-31 23:59", freq=f"{minutes}min")
    times = times[times.month <= months]
    shift = minutes // 2 if stated and minutes == 60 else 0
    noon = np.asarray(times.hour + times.minute / 60) - 12
    bell = np.where(np.abs(noon) < 6, np.cos(noon / 6 * np.pi / 2), 0.0)
    minute = ",Minute" if stated else ""
    rows = [
        f"{t.year},{t.month},{t.day},{t.hour}{f',{t.minute + shift}' if stated else ''},"
        f"{800 * b:.0f},{200 * b:.0f},25.5,3.5"
        for t, b in zip(times, bell, strict=True)
    ]
    return "\n".join([
        "Source,Location ID,City,State,Country,Latitude,Longitude,Time Zone,Elevation,Local Time Zone",
        f"NSRDB,1,Pune,-,-,18.52,73.85,{zone},560.4,{zone}",
        f"Year,Month,Day,Hour{minute},GHI,DHI,Tdry,Wspd",
        *rows,
    ]) + "\n"  # fmt: skip


def written(tmp_path, text, name="file.csv"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def pvgis_tmy_json():
    hours = pd.date_range("2021-01-01", periods=8760, freq="h")
    rows = [
        {"time(UTC)": t.strftime("%Y%m%d:%H%M"), "T2m": 5.0, "RH": 50.0, "G(h)": 100.0,
         "Gb(n)": 0.0, "Gd(h)": 100.0, "IR(h)": 300.0, "WS10m": 2.0, "WD10m": 0.0, "SP": 1e5}
        for t in hours
    ]  # fmt: skip
    location = {"latitude": 45.0, "longitude": 8.0, "elevation": 250.0}
    return {
        "inputs": {"location": location | {"irradiance_time_offset": 0.1761}},
        "outputs": {"months_selected": [], "tmy_hourly": rows},
        "meta": {"inputs": {}},
    }


def pvgis_hourly_json(slope=0):
    hours = pd.date_range("2020-01-01 00:10", periods=48, freq="h")
    rows = [
        {"time": t.strftime("%Y%m%d:%H%M"), "Gb(i)": 60.0, "Gd(i)": 40.0, "Gr(i)": 0.0,
         "H_sun": 10.0, "T2m": 5.0, "WS10m": 2.0, "Int": 0}
        for t in hours
    ]  # fmt: skip
    return {
        "inputs": {
            "location": {"latitude": 45.0, "longitude": 8.0, "elevation": 250.0},
            "mounting_system": {"fixed": {"slope": {"value": slope}, "azimuth": {"value": 0}}},
        },
        "outputs": {"hourly": rows},
        "meta": {"inputs": {}},
    }


@needs_files
@pytest.mark.parametrize(
    ("name", "label", "first_middle", "ghi"),
    [
        # sums of the files' own GHI columns, kWh/m²
        ("CHN_Beijing.Beijing.545110_CSWD.epw", "start", "00:30", 1401),
        ("USA_CO_Denver.725650_TMY3.epw", "start", "00:30", 1670),
        ("USA_AZ_Tucson_722740TYA.CSV", "end", "00:30", 2062),
        ("USA_FL_Miami_TMY3.csv", "end", "00:30", 1753),
        ("USA_AZ_Phoenix_TMY2_sam.csv", "start", "00:30", 2117),
        ("USA_AZ_Phoenix_psmv3_tmy.csv", "middle", "00:30", 2115),
        ("ITA_45N_8E_PVGIS5.3_TMY_2005_2023.csv", "middle", "00:10", 1436),
    ],
)
def test_real_years_read_with_the_sun_where_the_format_says(name, label, first_middle, ghi):
    w = read(YEARS / name)
    assert (w.label, w.interval, len(w.times)) == (label, 60.0, 8760)
    assert w.mid_times[0].strftime("%H:%M") == first_middle
    assert w.ghi.sum() / 1000 == pytest.approx(ghi, abs=0.6)
    assert len({*w.mid_times.year}) == 1


@needs_files
def test_a_file_is_known_by_its_content(tmp_path):
    names = ["PHOENIX.TXT", "weather", "a.EPW.csv"] * 3
    for source, name in zip(sorted(YEARS.iterdir()), names, strict=True):
        copy = tmp_path / f"{source.stem}-{name}"
        copy.write_bytes(b"\xef\xbb\xbf" + source.read_bytes().replace(b"\n", b"\r\n"))
        np.testing.assert_array_equal(read(copy).ghi, read(source).ghi)


def test_tmy2_counts_in_tenths():
    w = read(MIAMI)
    assert w.name == "MIAMI"
    assert (w.latitude, w.longitude, w.altitude) == pytest.approx((25.8, -80.2667, 2), abs=1e-3)
    assert w.quality.temp_air_mean == pytest.approx(24.3, abs=0.1)  # Miami's climate, no 243
    assert w.label == "start"


def test_the_peer_reads_the_same_numbers():
    data, meta = pvlib.iotools.read_tmy3(GREENSBORO, coerce_year=1990, map_variables=True)
    w = read(GREENSBORO)
    for name in ("ghi", "dni", "dhi", "temp_air", "wind_speed"):
        np.testing.assert_array_equal(getattr(w, name), data[name].to_numpy(float))
    assert (w.times == data.index).all()
    # without a year of its own the record gives the months one
    raw, meta = pvlib.iotools.read_tmy3(GREENSBORO, map_variables=False)
    again = Weather.from_pvlib(raw, meta)
    np.testing.assert_array_equal(again.ghi, w.ghi)
    assert (again.times == w.times).all()


def test_pvgis_json_and_its_offset(tmp_path):
    w = read(written(tmp_path, json.dumps(pvgis_tmy_json()), "x.dat"))
    # 0.1761 h = 10.57 min after the stamp
    assert w.phase == pytest.approx(-10.566)
    assert w.mid_times[0].strftime("%H:%M:%S") == "00:10:33"
    assert "+10.6 minutes" in w.quality.notes[0]


def test_pvgis_hourly_of_the_horizontal_plane(tmp_path):
    w = read(written(tmp_path, json.dumps(pvgis_hourly_json())))
    assert w.ghi[0] == 100
    assert w.dhi[0] == 40
    assert w.times[0].minute == 10
    with pytest.raises(ReadError, match="plane sloped 35°: wanted slope 0"):
        read(written(tmp_path, json.dumps(pvgis_hourly_json(35))))


def test_a_zone_of_half_an_hour_and_a_height_with_a_fraction(tmp_path):
    w = read(written(tmp_path, sam_csv()))
    assert str(w.times[0]) == "2021-01-01 00:30:00+05:30"
    assert w.altitude == 560.4
    assert (w.temp_air[0], w.wind_speed[0]) == (25.5, 3.5)


def test_a_minute_column_names_the_instant_and_its_lack_the_start(tmp_path):
    with_minutes = read(written(tmp_path, sam_csv()))
    without = read(written(tmp_path, sam_csv(stated=False)))
    assert (with_minutes.label, without.label) == ("middle", "start")
    assert (with_minutes.mid_times == without.mid_times).all()


@pytest.mark.parametrize("minutes", [15, 30])
def test_finer_steps(tmp_path, minutes):
    w = read(written(tmp_path, sam_csv(minutes)))
    assert w.interval == minutes
    assert w.hours.sum() == pytest.approx(8760)
    # the same curve: 800 W/m² · 12 h · 2/π a day
    assert w.quality.ghi_year == pytest.approx(0.8 * 12 * 2 / np.pi * 365, rel=0.01)


def test_half_hourly_epw(tmp_path):
    source = Path(written(tmp_path, epw(per_hour=2), "half.epw"))
    w = read(source)
    assert w.interval == 30
    assert [t.minute for t in w.times[:4]] == [0, 30, 0, 30]
    assert len(w.times) == 17520


def epw(*, per_hour=1, ghi=100, last=None):
    head = [
        "LOCATION,Somewhere,-,CHN,CSWD,530000,40.0,110.0,8.0,1000.0", "DESIGN CONDITIONS,0",
        "TYPICAL/EXTREME PERIODS,0", "GROUND TEMPERATURES,0",
        "HOLIDAYS/DAYLIGHT SAVINGS,No,0,0,0", "COMMENTS 1,", "COMMENTS 2,",
        f"DATA PERIODS,1,{per_hour},Data,Sunday, 1/ 1,12/31",
    ]  # fmt: skip
    rows = []
    for t in pd.date_range("2005-01-01", periods=8760, freq="h"):
        for k in range(per_hour):
            minute = 60 * (k + 1) // per_hour % 60
            rows.append(
                f"{t.year},{t.month},{t.day},{t.hour + 1},{minute},?,10.0,0.0,50,90000,0,0,300,"
                f"{ghi},0,{ghi},0,0,0,0,0,2.0,5,5,20,7777,9,999999999,0,0.1,0,88,0.2,0,0"
            )
    return "\n".join(head + rows[:last]) + "\n"


def test_marks_of_missing_values_become_nan(tmp_path):
    text = epw().replace(",10.0,0.0,", ",99.9,0.0,", 3).replace(",2.0,5,5,", ",999,5,5,", 2)
    w = read(written(tmp_path, text))
    assert np.isnan(w.temp_air[:3]).all()
    assert w.quality.missing == {"temp_air": 3, "wind_speed": 2}
    assert "3 values of temp_air missing" in w.quality.text()


def test_leap_days(tmp_path):
    whole = read(written(tmp_path, sam_csv(year=2020)))
    assert len(whole.times) == 8784
    assert not whole.quality.leap_day_left_out
    lines = sam_csv(year=2020).split("\n")
    short = "\n".join(line for line in lines if not line.startswith("2020,2,29,"))
    w = read(written(tmp_path, short))
    assert len(w.times) == 8760
    assert w.quality.leap_day_left_out
    assert "29 February is left out" in w.quality.text()
    assert not any("row" in issue for issue in w.quality.issues)


def test_eleven_months_and_a_gap_are_in_the_report(tmp_path):
    w = read(written(tmp_path, sam_csv(months=11)))
    assert "8016 rows where whole years have 8760" in w.quality.issues
    lines = sam_csv().split("\n")
    w = read(written(tmp_path, "\n".join(lines[:1000] + lines[1005:])))
    (gap,) = w.quality.gaps
    assert gap[2] == 5
    assert any(issue.startswith("5 rows missing between 2021-02-11") for issue in w.quality.issues)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda t: epw(last=5000), "truncated, 5000 rows of the 8760"),
        (lambda t: epw()[:-60], "truncated, the last line is cut off"),
        (lambda t: epw().replace("DATA PERIODS", "PERIODS"), "without its eight header lines"),
        (lambda t: epw().replace("40.0,110.0", "40.0,north"), "looks like EPW but cannot be read"),
        (lambda t: sam_csv()[:-12], "truncated, the last line is cut off"),
        (lambda t: sam_csv().replace("GHI", "POA"), "wanted two of ghi, dni, dhi"),
        (lambda t: sam_csv().replace(",25.5,", ",warm,", 1), "looks like SAM or NSRDB CSV"),
        (lambda t: json.dumps(pvgis_tmy_json())[:5000], "JSON that breaks off"),
        (lambda t: '{"type": "FeatureCollection"}', "no 'outputs'"),
        (lambda t: "", "empty, wanted EPW"),
        (lambda t: "四十吉瓦的硅片\n" * 50, "no weather file that is known, it starts '四十吉瓦"),
        (lambda t: "name,value\na,1\n", "it starts 'name,value'"),
        (lambda t: MIAMI.read_text()[:200_000], "truncated, 1399 rows of the 8760"),
        (lambda t: GREENSBORO.read_text()[:200_000], "truncated"),
        (lambda t: "Latitude (decimal degrees): 45.000\nLongitude", "looks like PVGIS CSV"),
    ],
)
def test_what_is_no_whole_weather_file_is_refused_by_name(tmp_path, change, words):
    path = written(tmp_path, change(None), "bad.epw")
    with pytest.raises(ReadError, match=words) as caught:
        read(path)
    assert "bad.epw" in str(caught.value)


def test_no_file_a_directory_and_a_picture(tmp_path):
    with pytest.raises(ReadError, match="none.epw: cannot be read .No such file"):
        read(tmp_path / "none.epw")
    with pytest.raises(ReadError, match="a directory came, wanted one weather file"):
        read(tmp_path)
    picture = tmp_path / "x.epw"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(100))
    with pytest.raises(ReadError, match="binary"):
        read(picture)
    with pytest.raises(ReadError, match="cannot be read"):
        read("a\0b")


def test_values_that_cannot_be_are_refused_or_repaired(tmp_path):
    path = written(tmp_path, epw().replace(",300,100,0,100,", ",300,-400,0,100,", 1))
    with pytest.raises(RangeError, match=r"ghi: 1 of 8760 values.*repair=True") as caught:
        read(path)
    assert "file.csv" in str(caught.value)
    mended = read(path, repair=True)
    assert np.isnan(mended.ghi[0])
    assert "1 value of ghi outside 0 to 2000 W/m² set to NaN" in mended.quality.notes


def test_a_sensors_night_offset_is_set_to_nought_and_counted(tmp_path):
    path = written(tmp_path, epw().replace(",300,100,0,100,", ",300,-3,0,0,", 4))
    w = read(path)
    assert (w.ghi[:4] == 0).all()
    assert "4 values of ghi between -20 and 0 W/m²" in w.quality.notes[0]


def test_a_frame_of_no_known_format_needs_its_label():
    times = pd.date_range("2021", periods=24, freq="h", tz="UTC")
    frame = pd.DataFrame({"ghi": 0.0, "dhi": 0.0, "temp_air": 1.0, "wind_speed": 1.0}, index=times)
    place = {"latitude": 1.0, "longitude": 2.0, "altitude": 0}
    with pytest.raises(ReadError, match="pass label="):
        Weather.from_pvlib(frame, place)
    with pytest.raises(ReadError, match="latitude: not among the metadata"):
        Weather.from_pvlib(frame, {}, label="end")
    with pytest.raises(ReadError, match="such as wind_speed=2.0"):
        Weather.from_pvlib(frame.drop(columns="wind_speed"), place, label="end")
    w = Weather.from_pvlib(frame.drop(columns="wind_speed"), place, label="end", wind_speed=2.0)
    assert w.wind_speed[0] == 2
    assert w.quality.phase is None


def test_readers_work_in_other_processes():
    with ProcessPoolExecutor(1) as pool:
        (there,) = pool.map(read, [MIAMI])
    np.testing.assert_array_equal(there.dni, read(MIAMI).dni)
    assert pickle.loads(pickle.dumps(read)) is read


@pytest.mark.slow
def test_damaged_files_read_or_are_refused_by_the_packages_own_errors(tmp_path):
    rng = np.random.default_rng(7)
    sources = [MIAMI.read_bytes(), GREENSBORO.read_bytes(), epw().encode(), sam_csv(30).encode(),
               json.dumps(pvgis_hourly_json()).encode()]  # fmt: skip
    words = []
    for k in range(300):
        damaged = bytearray(sources[k % len(sources)])
        start, size = int(rng.integers(len(damaged))), int(rng.integers(1, 2000))
        match k // len(sources) % 4:
            case 0:
                del damaged[start:]
            case 1:
                del damaged[start : start + size]
            case 2:
                damaged[start:start] = damaged[start : start + size]
            case 3:
                for at in rng.integers(min(len(damaged), 3000), size=20):
                    damaged[at] = int(rng.integers(256))
        path = tmp_path / "damaged"
        path.write_bytes(damaged)
        try:
            read(path, repair=bool(k % 2))
        except WaferCalcError as error:
            words.append(str(error))
    assert len(words) > 150
    assert all("damaged" in message for message in words)
