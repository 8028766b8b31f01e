import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from wafer_calc.errors import RangeError, ShapeError, UnknownNameError
from wafer_calc.weather import (
    all_stations,
    find_station,
    find_stations,
    nearest_stations,
    station_weather,
)

SHARED = os.environ.get("WAFER_CALC_VALIDATION")


@pytest.mark.skipif(SHARED is None, reason="WAFER_CALC_VALIDATION is not set")
def test_the_table_holds_the_figures_it_was_made_of():
    path = Path(SHARED, "facts", "china_station_climate.csv")
    with path.open(encoding="utf-8") as file:
        rows = {row["wmo"]: row for row in csv.DictReader(file)}
    assert {station.wmo for station in all_stations()} == rows.keys()
    for station in all_stations():
        row = rows[station.wmo]
        assert station.latitude == float(row["latitude"])
        assert station.altitude == float(row["altitude_m"])
        for field, prefix in (("ghi", "ghi"), ("dhi", "dhi"), ("temp_air", "temp")):
            printed = tuple(float(row[f"{prefix}_{month:02d}"]) for month in range(1, 13))
            assert getattr(station, field) == printed


def test_what_every_station_must_fulfil():
    stations = all_stations()
    assert len({station.name for station in stations}) == len(stations) == 67
    for station in stations:
        assert all(0 < dhi < ghi < 260 for ghi, dhi in zip(station.ghi, station.dhi, strict=True))
        assert max(station.temp_air) in station.temp_air[5:8]  # the north's summer, or June
        assert 18 < station.latitude < 54
        assert 73 < station.longitude < 135
        assert {source.id for source in station.sources} == {"cdsrd", "cswd"}


@pytest.mark.parametrize(
    ("name", "station"),
    [
        ("Baotou", "Baotou"), ("包头", "Baotou"), ("包头市", "Baotou"), ("BAOTOU city", "Baotou"),
        ("Xi’an", "Xian (Jinghe)"), ("成都市", "Chengdu (Wenjiang)"), ("鄂尔多斯", "Dongsheng"),
        ("达拉特旗", "Dalad Banner"), ("54511", "Beijing"), ("海拉尔区", "Hailar"),
    ],
)  # fmt: skip
def test_a_place_by_its_names(name, station):
    assert find_station(name).name == station


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("Inner Mongolia", 14), ("内蒙古", 14), ("内蒙古自治区", 14), ("north-western stations", 17),
        ("Northwest", 17), ("西北", 17), ("all", 67), ("全国", 67), ("新疆维吾尔自治区", 5),
        ("Xinjiang province", 5), ("北京", 1), ("包头", 1),
    ],
)  # fmt: skip
def test_stations_of_a_province_or_region(name, count):
    assert len(find_stations(name)) == count


def test_regions_share_out_the_country():
    names = ("North", "North-east", "East", "Centre-south", "South-west", "North-west")
    regions = [find_stations(name) for name in names]
    assert sum(map(len, regions)) == 67
    assert {s.wmo for region in regions for s in region} == {s.wmo for s in all_stations()}


def test_an_unknown_place_names_the_nearest():
    with pytest.raises(UnknownNameError, match="no such name 'Baotau'; nearest: Baotou"):
        find_station("Baotau")
    with pytest.raises(UnknownNameError, match="nearest: .*Inner Mongolia"):
        find_stations("Iner Mongolia")


def test_the_nearest_station_by_hand():
    # From 40.533 N 109.883 E, Baotou itself, a tenth of a degree north is 6371 km · π/1800 = 11.1 km
    ((station, distance),) = nearest_stations(40.633, 109.883)
    assert station.name == "Baotou"
    assert distance == pytest.approx(11.12, abs=0.01)
    two = nearest_stations(40.633, 109.883, n=2)
    assert two[1][0].name == "Dalad Banner"
    with pytest.raises(RangeError, match="140"):
        nearest_stations(140, 0)


def test_the_assumed_wind_is_stated():
    w = station_weather(find_station("Baotou"))
    assert (w.wind_speed == 2.5).all()
    assert "wind 2.5 m/s assumed" in w.source
    assert w.name == "Baotou"
    with pytest.raises(ShapeError, match="none came"):
        station_weather([])


def test_a_station_goes_into_json():
    plain = json.loads(json.dumps(find_station("Baotou").to_dict()))
    assert sum(plain["ghi"]) == pytest.approx(1585, abs=1)
    assert plain["sources"][0]["id"] == "cdsrd"


def test_looking_a_station_up_imports_no_pandas():
    code = (
        "import sys; from wafer_calc.weather import find_station; find_station('包头');"
        "sys.exit(1 if {'pandas', 'pvlib', 'scipy.stats'} & set(sys.modules) else 0)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_station_as_a_table():
    page = find_station("包头")._repr_html_()
    assert "Baotou 包头 (40.53, 109.88)" in page
    assert page.count("<tr>") == 13
    assert "CDSRD" in page
