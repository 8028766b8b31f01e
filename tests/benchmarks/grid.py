"""Maps against the raw kernel on two threads; run as a script for the figures, or with pytest -m benchmark.

A synthetic hourly year of 100 x 150 cells in float32, 15,000 site-years: the kernel on the arrays in
memory; `annual_yield` over dask from memory; the same from zarr through `grid.open_zarr`, stored as it
is and compressed; the same with ERA5's names, whose beam has to be rebuilt. Then fewer and more cells for the growth in time
and the peak of memory, each in a process of its own.
"""

import itertools
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import dask
import dask.array as da
import numpy as np
import pandas as pd
import pytest
import xarray as xr

from wafer_calc.energy.job import kernel_plant
from wafer_calc.grid import annual_yield, open_zarr
from wafer_calc.kernels import engine, sun
from wafer_calc.plant import Plant
from wafer_calc.weather.closure import cos_zenith_at
from wafer_calc.weather.sunpath import sun_path

PLANT = Plant(surface_tilt=30)
NY, NX, CHUNK = 100, 150, (5, 150)
THREADS = 2
TIMES = pd.date_range("2021-01-01 00:30", periods=8760, freq="h")
NAMES = ("ghi", "dni", "dhi", "temp_air", "wind_speed")


def coordinates(ny, nx):
    return np.linspace(54.0, 18.0, ny), np.linspace(73.0, 135.0, nx)


def made_block(north, east):
    """Five variables of a few cells, shape (5, y, x, time): the real sun, and clouds that last."""
    lat, lon = (a.ravel() for a in np.meshgrid(north, east, indexing="ij"))
    up = np.maximum(cos_zenith_at(sun_path(TIMES.tz_localize("UTC")), lat, lon, 0.0), 0.0)
    rng = np.random.default_rng(int(1000 * (lat[0] + lon[0])))
    clear = np.clip(0.6 + np.cumsum(rng.normal(0, 0.1, up.shape), axis=1) % 0.8 - 0.4, 0.1, 1.0)
    dni = 750 * clear * (up > 0.03)
    dhi = 250 * np.sqrt(up) * (1.3 - clear)
    made = (dni * up + dhi, dni, dhi, 25 * up + 3 * clear - 12, 1 + 4 * clear)
    return np.stack(made).astype("float32").reshape(5, len(north), len(east), -1)


def in_memory(ny=NY, nx=NX):
    north, east = coordinates(ny, nx)
    data = np.empty((5, ny, nx, len(TIMES)), "float32")
    for i in range(0, ny, 10):
        data[:, i : i + 10] = made_block(north[i : i + 10], east)
    dims = ("latitude", "longitude", "time")
    return xr.Dataset(
        {name: (dims, data[n]) for n, name in enumerate(NAMES)},
        {"time": TIMES, "latitude": north, "longitude": east},
    )


def as_era5(ds):
    made = xr.Dataset(
        {
            "ssrd": (ds.ghi * 3600).assign_attrs(units="J m**-2"),
            "fdir": ((ds.ghi - ds.dhi) * 3600).assign_attrs(units="J m**-2"),
            "t2m": (ds.temp_air + np.float32(273.15)).assign_attrs(units="K"),
            "u10": ds.wind_speed.assign_attrs(units="m s**-1"),
            "v10": ds.wind_speed.assign_attrs(units="m s**-1"),
        }
    )
    return made.assign_coords(time=ds.time + np.timedelta64(30, "m"))


def raw(ds):
    """The kernel on the same arrays, and nothing else [s]."""
    azimuth, mount, array, mounting, heat = kernel_plant(PLANT)
    north, east = (a.ravel() for a in np.meshgrid(ds.latitude, ds.longitude, indexing="ij"))
    weather = engine.Weather(*(ds[n].to_numpy().reshape(north.size, -1) for n in NAMES))
    path, month = sun_path(TIMES.tz_localize("UTC")), TIMES.month.to_numpy().astype("i8") - 1
    frame = sun.site_frame(north, east, np.zeros(north.size), azimuth)
    models = engine.Models("haydavies", mounting, heat)
    start = time.perf_counter()
    engine.run(
        weather, path, month, np.ones(len(TIMES)), frame, mount, array, models,
        compiled=True, threads=THREADS,
    )  # fmt: skip
    return time.perf_counter() - start


def mapped(ds):
    """`annual_yield` by two threads of dask, graph and all [s]."""
    start = time.perf_counter()
    with dask.config.set(scheduler="threads", num_workers=THREADS):
        found = annual_yield(ds, PLANT, engine="numba").compute()
    assert np.isfinite(found.specific_yield).all()
    return time.perf_counter() - start


def read(ds):
    """The same threads, the same chunks, and no simulation: the floor under any map from a disk [s]."""
    start = time.perf_counter()
    data = [ds[name].data.map_blocks(lambda block: block[..., :1], dtype="f4") for name in NAMES]
    with dask.config.set(scheduler="threads", num_workers=THREADS):
        dask.compute(*data)
    return time.perf_counter() - start


def rates(folder, times=10):
    ds = in_memory()
    chunks = dict(zip(("latitude", "longitude"), CHUNK, strict=True))
    plain, packed = Path(folder) / "plain.zarr", Path(folder) / "packed.zarr"
    encoding = {name: {"compressors": None} for name in NAMES}
    ds.chunk(chunks).to_zarr(plain, encoding=encoding, consolidated=False)
    ds.chunk(chunks).to_zarr(packed, consolidated=False)
    for path in (plain, packed):
        size = sum(f.stat().st_size for f in path.rglob("*") if f.is_file())
        print(f"{path.name}: {size / 1e9:.1f} GB")
    half = ds.isel(latitude=slice(0, NY // 2))
    turned, era5 = half.transpose("time", ...).copy(deep=True), as_era5(half)
    stored = {path: open_zarr(path) for path in (plain, packed)}
    chunked = ds.chunk(chunks), turned.chunk(chunks), era5.chunk(chunks)
    # what each takes, and on which share of the map
    cases = {
        "raw kernel, arrays in memory": (lambda: raw(ds), 1),
        "annual_yield, numpy in memory": (lambda: mapped(ds), 1),
        "annual_yield, dask in memory": (lambda: mapped(chunked[0]), 1),
        "annual_yield, dask, time first": (lambda: mapped(chunked[1]), 0.5),
        "annual_yield, dask, ERA5's names": (lambda: mapped(chunked[2]), 0.5),
        "reading zarr alone, as it is": (lambda: read(stored[plain]), 1),
        "annual_yield, zarr as it is": (lambda: mapped(stored[plain]), 1),
        "reading zarr alone, compressed": (lambda: read(stored[packed]), 1),
        "annual_yield, zarr compressed": (lambda: mapped(stored[packed]), 1),
    }
    for work, _ in cases.values():
        work()  # compiled, and the files in the system's memory
    # one after the other and again, so that a busy machine slows all of them alike
    seconds = {name: [] for name in cases}
    for _ in range(times):
        for name, (work, share) in cases.items():
            seconds[name].append(work() / share)
    best = {name: min(found) for name, found in seconds.items()}
    reference = best["raw kernel, arrays in memory"]
    for name, found in best.items():
        print(
            f"{name:34} {found:6.2f} s  {NY * NX / found:7.0f} site-years/s  "
            f"{reference / found:5.0%} of the raw kernel"
        )
    return {name: reference / found for name, found in best.items()}


def peak_mb():
    """Most memory that this program held [MB]; ru_maxrss would count the parent's, too."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def streamed(ny, nx=NX):
    """Weather copied out of a pattern as it is asked for: time [s], peak memory [MB]."""
    north, east = coordinates(ny, nx)
    pattern = made_block(np.array([36.0]), east)  # (variable, 1, x, time)

    def make(n, block_info=None):
        ((i0, i1), _, _) = block_info[None]["array-location"]
        return np.repeat(pattern[n], i1 - i0, axis=0)

    def part(ny):
        rows = tuple(min(CHUNK[0], ny - i) for i in range(0, ny, CHUNK[0]))
        # each variable by itself, as a store has them: of one block that is taken apart into five,
        # dask makes more than it can use at once, and the more blocks the likelier
        data = [
            da.map_blocks(
                make, n, chunks=(rows, (nx,), (len(TIMES),)), dtype="float32",
                meta=np.empty((0,) * 3, "float32"),
            )
            for n in range(len(NAMES))
        ]  # fmt: skip
        dims = ("latitude", "longitude", "time")
        return xr.Dataset(
            {name: (dims, data[n]) for n, name in enumerate(NAMES)},
            {"time": TIMES, "latitude": north[:ny], "longitude": east},
        )

    mapped(part(10 * CHUNK[0]))  # imports, compiles, and gives either thread its memory
    seconds = mapped(part(ny))
    return seconds, peak_mb()


def from_store(path):
    """Half of a store and all of it, in turns: times [s], and peak memory [MB]."""
    ds = open_zarr(path)
    half = ds.isel(latitude=slice(0, NY // 2))
    mapped(ds.isel(latitude=slice(0, CHUNK[0])))  # imports and compiles
    seconds = [(mapped(half), mapped(ds)) for _ in range(5)]
    return *map(min, zip(*seconds, strict=True)), peak_mb()


def in_a_process(*arguments):
    out = subprocess.run(
        [sys.executable, __file__, *map(str, arguments)],
        check=True, capture_output=True, text=True,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
    )  # fmt: skip
    return json.loads(out.stdout.splitlines()[-1])


@pytest.mark.benchmark
def test_a_map_runs_at_six_tenths_of_the_raw_kernels_rate(tmp_path):
    shares = rates(tmp_path)
    assert shares["annual_yield, dask in memory"] >= 0.6
    assert shares["annual_yield, zarr as it is"] >= 0.6
    half, whole, peak = in_a_process("store", tmp_path / "plain.zarr")
    print(f"from zarr: {half:.2f} s for half the cells, {whole:.2f} s for all, peak {peak:.0f} MB")
    assert peak < 2000
    assert whole / half == pytest.approx(2.0, rel=0.15)


@pytest.mark.benchmark
def test_memory_does_not_grow_with_the_map():
    grown((400, 800))


def grown(sizes):
    """Larger maps of so many rows; 8000 of them are 210 GB that pass through."""
    found = {ny: in_a_process("streamed", ny) for ny in sizes}
    for ny, (seconds, peak) in found.items():
        gigabytes = ny * NX * len(TIMES) * 4 * 5 / 1e9
        print(
            f"{ny * NX:7d} cells, {gigabytes:5.1f} GB on the way: {seconds:6.1f} s, "
            f"{1e6 * seconds / ny / NX:5.0f} µs a site-year, peak {peak:.0f} MB"
        )
    assert max(peak for _, peak in found.values()) < 2000
    for a, b in itertools.pairwise(sizes):
        assert found[b][0] / found[a][0] == pytest.approx(b / a, rel=0.15)


if __name__ == "__main__":
    if sys.argv[1:2] == ["streamed"]:
        print(json.dumps(streamed(int(sys.argv[2]))))
    elif sys.argv[1:2] == ["store"]:
        print(json.dumps(from_store(sys.argv[2])))
    elif sys.argv[1:2] == ["sizes"]:
        grown(tuple(map(int, sys.argv[2:])))
    else:
        with tempfile.TemporaryDirectory() as folder:
            test_a_map_runs_at_six_tenths_of_the_raw_kernels_rate(Path(folder))
        test_memory_does_not_grow_with_the_map()
