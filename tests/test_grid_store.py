import shutil

import maps
import numpy as np
import pytest
import xarray as xr
import zarr

from wafer_calc.errors import ReadError, UnitError
from wafer_calc.grid import annual_yield, store, to_zarr
from wafer_calc.plant import Plant

PLANT = Plant(surface_tilt=30)


@pytest.fixture(scope="module")
def ds():
    return maps.made_map(4, 6)


@pytest.fixture(scope="module")
def found(ds):
    return annual_yield(ds, PLANT)


@pytest.fixture
def weather(ds, tmp_path):
    """The weather in a store of its own, in chunks of 2 x 3 cells."""
    path = tmp_path / "weather.zarr"
    ds.chunk(latitude=2, longitude=3).to_zarr(path, consolidated=False)
    return path


def opened(path):
    return xr.open_zarr(path, consolidated=False)


def same_figures(a, b):
    for name in ("specific_yield", "full_load_hours", "performance_ratio", "missing_hours"):
        np.testing.assert_array_equal(a[name], b[name])


def test_the_store_holds_what_annual_yield_gives(weather, found, tmp_path):
    told = []
    stored = to_zarr(
        opened(weather), PLANT, tmp_path / "yields.zarr", progress=lambda *n: told.append(n)
    )
    same_figures(stored, found)
    assert stored.attrs["errors"] == []
    assert stored.specific_yield.attrs["units"] == "kWh kW-1"
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]
    same_figures(opened(tmp_path / "yields.zarr"), found)


def test_weather_in_memory_is_cut_into_blocks(monkeypatch, ds, found, tmp_path):
    monkeypatch.setattr(store, "_BLOCK_BYTES", 4 * 2 * 8760 * 4)
    told = []
    stored = to_zarr(ds, PLANT, tmp_path / "y.zarr", progress=lambda *n: told.append(n))
    same_figures(stored, found)
    assert told[-1] == (3, 3)


def test_a_corrupt_chunk_costs_its_cells_and_no_others(weather, found, tmp_path):
    chunk = weather / "dhi" / "c" / "1" / "0" / "0"  # rows 2 and 3, columns 0 to 2
    whole = chunk.read_bytes()
    chunk.write_bytes(b"\x00" + whole[: len(whole) // 2])
    path = tmp_path / "yields.zarr"
    torn = to_zarr(opened(weather), PLANT, path)
    (error,) = torn.attrs["errors"]
    assert error.startswith("latitude 2 to 3, longitude 0 to 2: ")
    assert torn.specific_yield[0, 2:, :3].isnull().all()
    assert torn.missing_hours[0, 2:, :3].isnull().all()
    assert int(torn.specific_yield.notnull().sum()) == 18
    kept = torn.missing_hours.notnull()
    assert (
        (torn.specific_yield.where(kept) == found.specific_yield.where(kept))
        .where(kept, True)
        .all()
    )

    # mended, a second call does that block alone
    chunk.write_bytes(whole)
    told = []
    mended = to_zarr(opened(weather), PLANT, path, progress=lambda *n: told.append(n))
    assert told == [(4, 4)]
    assert mended.attrs["errors"] == []
    same_figures(mended, found)


def test_values_that_cannot_be_weather_cost_their_block(ds, found, tmp_path):
    bad = ds.copy(deep=True)
    bad.temp_air[3, 5, 100] = 300.0
    torn = to_zarr(bad.chunk(latitude=2, longitude=3), PLANT, tmp_path / "y.zarr")
    (error,) = torn.attrs["errors"]
    assert error.startswith("latitude 2 to 3, longitude 3 to 5: temp_air: 300 °C came")
    assert int(torn.missing_hours.notnull().sum()) == 18


def test_an_interrupted_run_is_taken_up(weather, found, tmp_path):
    path = tmp_path / "yields.zarr"

    def stop(done, total):
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        to_zarr(opened(weather), PLANT, path, progress=stop)
    half = opened(path)
    assert int(half.missing_hours.notnull().sum()) == 12
    told = []
    same_figures(to_zarr(opened(weather), PLANT, path, progress=lambda *n: told.append(n)), found)
    assert told == [(3, 4), (4, 4)]


def test_a_damaged_block_of_the_result_is_made_again(weather, found, tmp_path):
    path = tmp_path / "yields.zarr"
    to_zarr(opened(weather), PLANT, path)
    chunk = path / "missing_hours" / "c" / "0" / "0" / "1"
    chunk.write_bytes(chunk.read_bytes()[:7])
    same_figures(to_zarr(opened(weather), PLANT, path), found)


def test_chunks_of_many_sizes(ds, found, tmp_path):
    odd = ds.chunk(latitude=(1, 2, 1), longitude=(4, 2))
    same_figures(to_zarr(odd, PLANT, tmp_path / "y.zarr"), found)


def test_a_single_point(ds, found, tmp_path):
    point = to_zarr(ds.isel(latitude=1, longitude=1), PLANT, tmp_path / "y.zarr")
    assert float(point.specific_yield[0]) == found.specific_yield[0, 1, 1].item()


def test_a_store_of_something_else_is_left_alone(weather, tmp_path):
    path = tmp_path / "yields.zarr"
    to_zarr(opened(weather), PLANT, path)
    before = zarr.open_group(path, mode="r")["specific_yield"][:]
    with pytest.raises(ReadError, match="the yields of other weather or another plant; name"):
        to_zarr(opened(weather), Plant(surface_tilt=10), path)
    with pytest.raises(ReadError, match="holds no yields; name another folder, or remove it"):
        to_zarr(opened(weather), PLANT, weather)
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "a.txt").write_text("mine")
    with pytest.raises(ReadError, match="holds no yields"):
        to_zarr(opened(weather), PLANT, tmp_path / "notes")
    np.testing.assert_array_equal(zarr.open_group(path, mode="r")["specific_yield"][:], before)


def test_an_empty_folder_is_as_good_as_none(ds, found, tmp_path):
    (tmp_path / "y.zarr").mkdir()
    same_figures(to_zarr(ds, PLANT, tmp_path / "y.zarr"), found)


def test_nothing_is_written_for_what_is_refused(ds, tmp_path):
    with pytest.raises(UnitError, match="plant: NoneType came"):
        to_zarr(ds, None, tmp_path / "y.zarr")
    with pytest.raises(ReadError, match="two of ghi, dni and dhi"):
        to_zarr(ds.drop_vars(["ghi", "dni"]), PLANT, tmp_path / "y.zarr")
    assert not (tmp_path / "y.zarr").exists()


def test_a_store_in_chunks_of_time_is_read_block_by_block(ds, found, tmp_path):
    ds.chunk(time=2190).to_zarr(tmp_path / "w.zarr", consolidated=False)
    with pytest.warns(match="4 chunks along time"):
        stored = to_zarr(opened(tmp_path / "w.zarr"), PLANT, tmp_path / "y.zarr")
    same_figures(stored, found)
    shutil.rmtree(tmp_path / "w.zarr")
