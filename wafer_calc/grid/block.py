"""The simulation of one block of a map: rows of cells to the kernel, without fresh memory."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wafer_calc.energy.job import kernel_plant
from wafer_calc.grid.bounds import LIGHT, RANGES, check, surely_within
from wafer_calc.grid.years import Year, track
from wafer_calc.kernels import engine as kernel
from wafer_calc.kernels import power, sun
from wafer_calc.kernels.plane import Mount
from wafer_calc.kernels.power import Array
from wafer_calc.plant import Plant
from wafer_calc.weather import closure

_BATCH = 384  # sites at once: enough to be worth a call, few enough to stay in a core's cache
_TILE = 512  # steps at once of stamps that come before space, so that their lines stay in a cache

# figure -> its units and long name; the order in which `simulate_block` gives them
FIGURES = {
    "specific_yield": ("kWh kW-1", "AC energy of a year per DC rating of the modules"),
    "performance_ratio": ("1", "AC energy over that of the plane's irradiation at DC rating"),
    "missing_hours": ("h", "hours of a year without weather"),
}

_HELD = threading.local()

# The months' sums and the missing hours of some sites in a year
Sums = tuple[NDArray[np.float64], NDArray[np.float64]]
# Which sites, their latitude, longitude and altitude, the same as the kernel takes them, and the year
Batch = Callable[[slice, list[NDArray[np.float64]], sun.Site, Year], Sums]


def simulate_block(
    *arrays: Any,
    dims: list[tuple[Any, ...]],
    space: tuple[Any, ...],
    inputs: dict[str, tuple[float, float]],
    years: tuple[Year, ...],
    plant: Plant,
    sky: str,
    compiled: bool,
    threads: int = 1,
) -> NDArray[np.float64]:
    """Simulate a block of cells.

    Parameters
    ----------
    *arrays : ndarray
        The inputs, then latitude, longitude [degrees] and altitude [m].
    dims : list of tuple
        The dimensions of each.
    space : tuple
        The dimensions in space, in the order of the result.
    inputs : dict
        Of each input, by name, the factor and the offset that give pvlib's unit.
    years : tuple of Year
        The calendar.
    plant : Plant
        What stands in every cell.
    sky : str
        A key of `kernels.engine.SKIES`.
    compiled : bool
        Numba instead of NumPy.
    threads : int
        Cells are shared out among so many.

    Returns
    -------
    ndarray (year, …, figure)
        `FIGURES`.

    Raises
    ------
    RangeError
        Values that cannot be weather.
    """
    *weather, latitude, longitude, altitude = (
        _aligned(array, names, space) for array, names in zip(arrays, dims, strict=True)
    )
    shape = np.broadcast_shapes(
        *(a.shape[:-1] for a in weather), latitude.shape, longitude.shape, altitude.shape
    )
    cells = [np.broadcast_to(a, (*shape, a.shape[-1])) for a in weather]
    places = [np.broadcast_to(p, shape).reshape(-1) for p in (latitude, longitude, altitude)]
    out = np.empty((math.prod(shape), len(years), len(FIGURES)))
    azimuth, mount, array, mounting, heat = kernel_plant(plant)
    simulate = _by_numba if compiled else _by_numpy
    given = {
        name: (data, *scale) for (name, scale), data in zip(inputs.items(), cells, strict=True)
    }
    batch = simulate(given, mount, array, kernel.Models(sky, mounting, heat))

    def work(first: int) -> None:
        sites = slice(first, min(first + _BATCH, len(out)))
        place = [p[sites] for p in places]
        frame = sun.site_frame(place[0], place[1], place[2], azimuth)
        for n, year in enumerate(years):
            sums, missing = batch(sites, place, frame, year)
            out[sites, n] = _figures(sums, missing, year)

    firsts = range(0, len(out), _BATCH)
    if threads > 1 and len(firsts) > 1:
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(work, firsts))
    else:
        for first in firsts:
            work(first)
    return np.moveaxis(out.reshape(*shape, len(years), len(FIGURES)), -2, 0)


def _aligned(array: NDArray[Any], dims: tuple[Any, ...], space: tuple[Any, ...]) -> NDArray[Any]:
    """Put the dimensions in space in their order, time behind them, as a view."""
    order = [*(d for d in space if d in dims), *(d for d in dims if d not in space)]
    index = [*(slice(None) if d in dims else None for d in space), ...]
    return array.transpose([dims.index(d) for d in order])[tuple(index)]


def _figures(
    sums: NDArray[np.float64], missing: NDArray[np.float64], year: Year
) -> NDArray[np.float64]:
    """Sum the months up as `simulate` does, shape (site, figure)."""
    monthly = dict(zip(kernel.SUMS, np.moveaxis(sums, 2, 0), strict=True))
    totals = {name: months.sum(axis=1) for name, months in monthly.items()}
    with np.errstate(invalid="ignore", divide="ignore"):
        ratio = totals["ac"] / (totals["poa_global"] / power.STC_IRRADIANCE_W_M2)
    figures = np.stack([totals["ac"], ratio, missing + year.gap_hours], axis=1)
    if year.gap_hours:
        figures[:, :2] = np.nan
    return figures


def _by_numba(
    given: dict[str, tuple[NDArray[Any], float, float]],
    mount: Mount,
    array: Array,
    models: kernel.Models,
) -> Batch:
    """Let the compiled loop find its rows, convert, check and complete them."""
    from wafer_calc.kernels import rows

    sources = {
        name: rows.source(data if _is_float(data) else data.astype(np.float64), *scale)
        for name, (data, *scale) in given.items()
    }

    def batch(sites: slice, place: list[NDArray[np.float64]], frame: sun.Site, year: Year) -> Sums:
        path, month, hours, outside = track(year)
        result = rows.run(
            {name: source.part(sites, year.first) for name, source in sources.items()},
            path,
            outside,
            month,
            hours,
            frame,
            mount,
            array,
            models,
            bounds={name: RANGES[name] for name in given},
            min_cos_zenith=closure.MIN_COS_ZENITH,
        )
        for name in given:
            check(name, result.least[name].min(), result.most[name].max())
        return result.sums, result.missing

    return batch


def _by_numpy(
    given: dict[str, tuple[NDArray[Any], float, float]],
    mount: Mount,
    array: Array,
    models: kernel.Models,
) -> Batch:
    """Convert, check and complete a batch of rows, then run the chain."""

    def batch(sites: slice, place: list[NDArray[np.float64]], frame: sun.Site, year: Year) -> Sums:
        path, month, hours, outside = track(year)
        values = {
            name: _converted(data[..., year.first : year.last], sites, name, *scale)
            for name, (data, *scale) in given.items()
        }
        weather = _completed(values, lambda: closure.cos_zenith_at(path, *place), outside)
        result = kernel.run(weather, path, month, hours, frame, mount, array, models)
        return result.sums, result.missing

    return batch


def _is_float(data: NDArray[Any]) -> bool:
    return data.dtype in (np.float32, np.float64)


def _converted(
    data: NDArray[Any], sites: slice, name: str, factor: float, offset: float
) -> NDArray[Any]:
    """Give rows of sites in pvlib's unit, each next to itself in memory, that can be weather."""
    kind = data.dtype.type if _is_float(data) else np.float64
    same = factor == 1.0 and offset == 0.0
    if data.dtype == kind and data.flags.c_contiguous:
        values = data.reshape(-1, data.shape[-1])[sites]
    else:
        values = _scratch(name, (sites.stop - sites.start, data.shape[-1]), kind)
        _gather(data, sites, values)
    if not same:
        into = _scratch(name, values.shape, kind)
        if factor != 1.0:
            values = np.multiply(values, kind(factor), out=into)
        if offset != 0.0:
            values = np.add(values, kind(offset), out=into)
    if not values.size or surely_within(name, values):
        return values
    least, most = values.ravel().min(), values.ravel().max()
    if np.isnan(least):
        # these pass over NaN, and more slowly; an array of NaN alone gives NaN
        least, most = np.fmin.reduce(values, axis=None), np.fmax.reduce(values, axis=None)
    check(name, least, most)
    if least < 0.0 and name in LIGHT:
        values = np.maximum(values, kind(0.0), out=_scratch(name, values.shape, kind))
    return values


def _gather(data: NDArray[Any], sites: slice, rows: NDArray[Any]) -> None:
    """Copy sites of an array (…, time) into rows, whatever comes first in its memory."""
    where = np.unravel_index(np.arange(sites.start, sites.stop), data.shape[:-1])
    if abs(data.strides[-1]) == data.itemsize or not where:
        for row, place in zip(rows, zip(*where, strict=True) if where else [()], strict=True):
            row[:] = data[place]
        return
    for first in range(0, data.shape[-1], _TILE):
        tile = slice(first, first + _TILE)
        rows[:, tile] = data[(*where, tile)]  # type: ignore[arg-type]  # numpy takes both together


def _scratch(name: str, shape: tuple[int, int], kind: Any) -> NDArray[Any]:
    """Give memory that this thread has used before: fresh pages cost more than the kernel."""
    held = _HELD.__dict__
    size = math.prod(shape)
    if name not in held or held[name].dtype != kind or held[name].size < size:
        held[name] = np.empty(size, kind)
    found: NDArray[Any] = held[name][:size].reshape(shape)
    return found


def _completed(
    given: dict[str, NDArray[Any]],
    cos_zenith: Callable[[], NDArray[np.float64]],
    outside: NDArray[np.float64],
) -> kernel.Weather:
    """Give all that the engine takes: the third component by the rules of a Weather, and wind."""
    light = {name: values for name, values in given.items() if name in ("ghi", "dni", "dhi")}
    if "beam" in given:
        if "dhi" in light:
            light["ghi"] = light["dhi"] + given["beam"]
        else:
            light["dhi"] = np.maximum(light["ghi"] - given["beam"], 0.0)
    if len(light) == 2:
        light |= closure.closed(light, cos_zenith(), outside)
    wind = given["wind_speed"] if "wind_speed" in given else np.hypot(given["u10"], given["v10"])
    return kernel.Weather(
        light["ghi"], light["dni"], light["dhi"], given["temp_air"], wind_speed=wind
    )
