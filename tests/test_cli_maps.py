import json

import maps
import pytest
import xarray as xr

from wafer_calc.grid import annual_yield
from wafer_calc.plant import Plant
from wafer_calc.weather import clear_sky, write

CLAIM = "40GW光伏电站，年发电量将会超过600亿度"


@pytest.fixture(scope="module")
def weather(tmp_path_factory):
    path = tmp_path_factory.mktemp("map") / "weather.zarr"
    ds = maps.made_map(3, 4).chunk(latitude=1)
    ds.to_zarr(path, consolidated=False)
    return path


@pytest.fixture(scope="module")
def found():
    return annual_yield(maps.made_map(3, 4), Plant(surface_tilt=30)).specific_yield


def test_a_map_says_where_the_claim_holds(run, weather, found):
    code, out, err = run("map", str(weather), "--tilt", "30", "--claim", CLAIM)
    assert (code, err) == (0, "")
    assert "12 cells" in out
    assert f"yield: {float(found.min()):.0f} to {float(found.max()):.0f} kWh per kW DC" in out
    assert "needed: 1500 kWh per kW DC and year; 0.0% of the area reaches it" in out


def test_a_map_as_a_document(run, weather, found):
    needed = float(found.median())
    code, out, _ = run("map", str(weather), "--tilt", "30", "--needed", f"{needed}", "--json")
    told = json.loads(out)
    assert code == 0
    assert (told["cells"], told["without_weather"], told["errors"]) == (12, 0, [])
    assert told["max"] == pytest.approx(float(found.max()))
    assert told["min"] < told["mean"] < told["max"]
    assert 0.3 < told["share_of_area"] < 0.7


def test_a_map_is_kept_taken_up_and_drawn(run, weather, tmp_path):
    outs = [tmp_path / name for name in ("y.zarr", "y.nc", "y.png")]
    arguments = [a for path in outs for a in ("--out", str(path))]
    code, out, err = run("map", str(weather), "--needed", "1300", *arguments)
    assert code == 0
    assert err.splitlines() == [f"wrote {outs[1]}", f"wrote {outs[2]}"]
    assert outs[2].read_bytes()[:4] == b"\x89PNG"
    with xr.open_dataset(outs[1]) as kept:
        assert kept.specific_yield.attrs["units"] == "kWh kW-1"
        assert "meets" in kept
    # of yields, no weather is needed any more; and the store is taken up
    for again in (("map", str(outs[0])), ("map", str(weather), "--out", str(outs[0]))):
        code, same, _ = run(*again, "--needed", "1300")
        assert (code, same) == (0, out)


def test_damaged_weather_is_told_and_the_rest_is_kept(run, tmp_path):
    path = tmp_path / "weather.zarr"
    maps.made_map(3, 4).chunk(latitude=1).to_zarr(path, consolidated=False)
    (path / "ghi" / "c" / "1" / "0" / "0").write_bytes(b"no chunk")
    code, out, err = run("map", str(path), "--out", str(tmp_path / "y.zarr"))
    assert code == 0
    assert "12 cells, 4 of them without weather" in out
    assert "wafer-calc: note: latitude 1 to 1, longitude 0 to 3: " in err


@pytest.mark.filterwarnings("default::wafer_calc.errors.WaferCalcWarning")
def test_a_warning_is_one_line(run, tmp_path):
    path = tmp_path / "w.zarr"
    maps.made_map(1, 2).chunk(time=4380).to_zarr(path, consolidated=False)
    code, _, err = run("map", str(path))
    assert code == 0
    assert err.startswith("wafer-calc: note: ds: 2 chunks along time were joined")
    assert len(err.splitlines()) == 1


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["nowhere.nc"], "DATASET: no such file or folder 'nowhere.nc'"),
        (["{empty}"], "is an empty folder, wanted a zarr store"),
        (["{text}"], "cannot be read as zarr or netCDF"),
        (["{weather}", "--out", "map.gif"], "wanted a name that ends in .zarr, .nc or .png"),
        (["{weather}", "--needed", "-5"], "--needed: -5 came"),
        (["{weather}", "--needed", "5", "--claim", "x"], "--claim, --needed: both came"),
        (["{weather}", "--claim", "sunny"], "names no energy a year of a capacity"),
        (["{weather}", "--tracking", "yes"], "no such name 'yes'"),
    ],
)
def test_what_makes_no_map_is_refused_in_one_line(run, weather, tmp_path, arguments, told):
    (tmp_path / "empty").mkdir()
    (tmp_path / "a.nc").write_text("no netCDF")
    places = {"weather": weather, "empty": tmp_path / "empty", "text": tmp_path / "a.nc"}
    code, out, err = run("map", *(a.format(**places) for a in arguments))
    assert (code, out) == (2, "")
    assert told in err
    assert len(err.splitlines()) == 1


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("files")
    for n, latitude in enumerate((40.0, 50.0)):
        write(clear_sky(latitude, 0.0, 100.0), path / f"{n}.csv")
    (path / "broken.epw").write_text("LOCATION")
    return path


def test_a_table_of_files_with_the_broken_one(run, folder, tmp_path):
    table = tmp_path / "yields.csv"
    code, out, err = run("yields", str(folder), "--csv", str(table), "--processes", "1")
    assert code == 0
    lines = out.splitlines()
    assert lines[0].split()[:3] == ["file", "kWh/kW", "DC"]
    assert any(line.split()[:2] == ["0.csv", "1729"] for line in lines)
    assert err == "wafer-calc: note: 1 of 3 files could not be read\n"
    assert len(table.read_text().splitlines()) == 4
    # a second run reads its rows from the table
    assert run("yields", str(folder), "--csv", str(table), "--processes", "1")[1] == out


def test_a_table_of_files_as_a_document(run, folder):
    code, out, _ = run("yields", str(folder / "*.csv"), str(folder / "broken.epw"), "--json")
    rows = json.loads(out)
    assert code == 0
    assert rows[0]["specific_yield [kWh/kW]"] > rows[1]["specific_yield [kWh/kW]"] > 1000
    assert rows[2]["specific_yield [kWh/kW]"] is None
    assert "broken.epw" in rows[2]["error"]


def test_an_empty_folder_is_refused(run, tmp_path):
    code, _, err = run("yields", str(tmp_path))
    assert code == 2
    assert "no file in" in err
