"""Stores whose chunks are mapped into memory: what xarray reads, or an error, never garbage."""

import pickle

import maps
import numpy as np
import pytest
import xarray as xr
import zarr

from wafer_calc.errors import ReadError
from wafer_calc.grid import annual_yield, open_zarr, opening, to_zarr
from wafer_calc.plant import Plant

PLANT = Plant(surface_tilt=30)
CHUNKS = {"latitude": 2, "longitude": 3}


@pytest.fixture(scope="module")
def ds():
    made = maps.made_map(5, 7).assign_attrs(title="made")  # so that both edges cut a chunk
    return made.assign_coords(altitude=("latitude", np.arange(5.0)))


@pytest.fixture
def stored(ds, tmp_path):
    """Write uncompressed, with encodings to add or to change; give the path."""

    def write(data=ds, zarr_format=3, chunks=CHUNKS, **encodings):
        path = tmp_path / "w.zarr"
        plain = {"compressors": None}
        encoding = {name: plain | encodings.get(name, {}) for name in data.data_vars}
        data.chunk(chunks).to_zarr(
            path, encoding=encoding, zarr_format=zarr_format, consolidated=False
        )
        return path

    return write


@pytest.fixture
def mapped(monkeypatch):
    """The names of the folders whose chunks were mapped."""
    seen = set()
    real = opening.map_chunk

    def note(chunks, block_id):
        seen.add(chunks.folder.rsplit("/", 1)[-1])
        return real(chunks, block_id)

    monkeypatch.setattr(opening, "map_chunk", note)
    return seen


def same(path):
    """What is mapped is what xarray reads itself, with all that it says of itself."""
    found, read = open_zarr(path), xr.open_zarr(path, consolidated=False)
    for name in read.variables:
        assert found[name].chunks == read[name].chunks
        assert repr(found[name].encoding) == repr(read[name].encoding)  # NaN is no NaN
    xr.testing.assert_identical(found.compute(), read.compute())
    return found


@pytest.mark.parametrize("zarr_format", [2, 3])
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_an_uncompressed_store_is_mapped(ds, stored, mapped, zarr_format, dtype):
    found = same(stored(ds.astype(dtype), zarr_format))
    assert mapped == set(maps.NAMES)
    xr.testing.assert_equal(found.compute(), ds.astype(dtype))


@pytest.mark.parametrize("engine", ["numpy", "numba"])
def test_yields_of_a_mapped_store_are_those_of_its_arrays(ds, stored, engine):
    pytest.importorskip(engine)
    found = annual_yield(open_zarr(stored()), PLANT, engine=engine).compute()
    xr.testing.assert_equal(found, annual_yield(ds, PLANT, engine=engine))


@pytest.mark.parametrize("separator", [".", "/"])
@pytest.mark.parametrize("kind", ["default", "v2"])
def test_chunks_by_other_names_are_found(ds, tmp_path, mapped, kind, separator):
    group = zarr.open_group(tmp_path / "w.zarr", mode="w", zarr_format=3)
    for name in ("time", "latitude", "longitude", "ghi"):
        data = ds[name].to_numpy() if name != "time" else np.arange(8760)
        made = group.create_array(
            name, shape=data.shape, dtype=data.dtype, chunks=(2, 3, 800)[-data.ndim :],
            compressors=None, dimension_names=ds[name].dims, fill_value=0,
            chunk_key_encoding={"name": kind, "separator": separator},
        )  # fmt: skip
        made[:] = data
    found = same(tmp_path / "w.zarr")
    assert mapped == {"ghi"}
    np.testing.assert_array_equal(found.ghi, ds.ghi)


@pytest.mark.parametrize("zarr_format", [2, 3])
def test_what_has_to_be_decoded_is_left_to_xarray(ds, stored, mapped, zarr_format):
    found = same(
        stored(
            ds.assign(whole=ds.dhi.round().astype("int32")),
            zarr_format,
            ghi={"scale_factor": 0.1, "dtype": "int16", "_FillValue": -9999},
            dni={"_FillValue": -1.0},
            dhi={"compressors": "auto"},
            temp_air={"dtype": ">f4"} if zarr_format == 2 else {"missing_value": -99.0},
        )
    )
    assert mapped == {"wind_speed"}
    np.testing.assert_allclose(found.ghi, ds.ghi, atol=0.05)


def test_shards_are_left_to_xarray(stored, mapped):
    same(stored(ghi={"chunks": (1, 3, 8760), "shards": (2, 3, 8760)}))
    assert mapped == set(maps.NAMES) - {"ghi"}


@pytest.mark.parametrize("zarr_format", [2, 3])
def test_a_chunk_that_is_not_there_is_its_fill(ds, stored, mapped, zarr_format):
    path = stored(ds, zarr_format)
    (path / "dhi" / ("0.2.0" if zarr_format == 2 else "c/0/2/0")).unlink()
    found = same(path)
    assert found.dhi[:2, 6:].isnull().all()
    assert int(found.dhi.isnull().sum()) == 2 * 8760  # two rows of the last column
    yields = annual_yield(found, PLANT)
    assert (yields.missing_hours[0, :2, 6] == 8760).all()
    assert int((yields.missing_hours == 0).sum()) == 33


@pytest.mark.parametrize("cut", [lambda b: b[:-4], lambda b: b"", lambda b: b + b"\x00"])
@pytest.mark.parametrize("zarr_format", [2, 3])
def test_a_torn_chunk_costs_its_cells_and_no_others(ds, stored, tmp_path, cut, zarr_format):
    path = stored(ds, zarr_format)
    chunk = path / "dhi" / ("1.0.0" if zarr_format == 2 else "c/1/0/0")
    whole = chunk.read_bytes()
    chunk.write_bytes(cut(whole))
    with pytest.raises(ReadError, match=f"{len(cut(whole))} bytes came, wanted the 210240 of"):
        open_zarr(path).dhi.compute()  # 2 · 3 · 8760 · 4 bytes
    torn = to_zarr(open_zarr(path), PLANT, tmp_path / "y.zarr")
    (error,) = torn.attrs["errors"]
    assert error.startswith("latitude 2 to 3, longitude 0 to 2: ")
    assert "bytes came, wanted the 210240 of a whole chunk; write it anew" in error
    assert int(torn.missing_hours.notnull().sum()) == 35 - 6

    chunk.write_bytes(whole)
    told = []
    mended = to_zarr(
        open_zarr(path), PLANT, tmp_path / "y.zarr", progress=lambda *n: told.append(n)
    )
    assert told == [(9, 9)]
    assert mended.attrs["errors"] == []
    np.testing.assert_array_equal(mended.specific_yield, annual_yield(ds, PLANT).specific_yield)


def test_a_chunk_mended_between_two_openings_is_read_anew(ds, stored):
    path = stored()
    chunk = path / "ghi" / "c/0/0/0"
    before = open_zarr(path)
    chunk.write_bytes(bytes(len(chunk.read_bytes())))
    assert before.ghi.data.name != open_zarr(path).ghi.data.name
    assert (open_zarr(path).ghi[:2, :3] == 0).all()


def test_mapped_data_cannot_be_written_to(stored):
    data = open_zarr(stored()).ghi.data
    may_be = data.map_blocks(lambda block: np.full((1, 1, 1), block.flags.writeable), dtype=bool)
    assert not may_be.compute().any()


def test_only_where_chunks_lie_is_sent(stored):
    # 5 · 7 · 8760 · 4 = 1.2 MB a variable
    assert len(pickle.dumps(open_zarr(stored()))) < 200_000


def test_a_store_of_chunks_in_time_keeps_them(ds, tmp_path):
    plain = {name: {"compressors": None} for name in ds.data_vars}
    ds.chunk(time=4000).to_zarr(tmp_path / "w.zarr", encoding=plain, consolidated=False)
    found = same(tmp_path / "w.zarr")
    assert found.chunksizes["time"] == (4000, 4000, 760)


def test_what_is_no_store_is_refused(tmp_path):
    (tmp_path / "a").mkdir()
    for path in (tmp_path / "a", tmp_path / "b"):
        with pytest.raises(ReadError, match=f"path: '{path}' cannot be read as zarr"):
            open_zarr(path)


def test_a_consolidated_store_says_the_same(ds, tmp_path):
    plain = {name: {"compressors": None} for name in ds.data_vars}
    ds.chunk(CHUNKS).to_zarr(tmp_path, encoding=plain, zarr_format=2, consolidated=True)
    xr.testing.assert_equal(open_zarr(tmp_path).compute(), ds)


def test_other_processes_map_for_themselves(ds, stored):
    distributed = pytest.importorskip("distributed")
    path = stored()
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
        ) as cluster,
        distributed.Client(cluster),
    ):
        found = annual_yield(open_zarr(path), PLANT).compute()
    xr.testing.assert_equal(found, annual_yield(ds, PLANT))
