"""The simulation of one block of a map: rows of cells to the kernel, without fresh memory."""

from __future__ import annotations

import math
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wafer_calc.energy.job import kernel_plant
from wafer_calc.errors import RangeError
from wafer_calc.grid.years import Year, track
from wafer_calc.kernels import engine as kernel
from wafer_calc.kernels import power, sun
from wafer_calc.plant import Plant
from wafer_calc.weather import closure
from wafer_calc.weather.checking import BOUNDS, MAX_HORIZONTAL_W_M2

_BATCH = 128  # sites at once: enough to be worth a call, few enough to stay in a core's cache
_TILE = 512  # steps at once of stamps that come before space, so that their lines stay in a cache
# Packed integers leave nights a little under zero; by so much irradiance is lifted to it
_NIGHT_W_M2 = 1.0
_BOUNDS = {name: (low, high) for name, (low, high, _) in BOUNDS.items()}
_BOUNDS |= dict.fromkeys(("ghi", "dhi", "beam"), (-_NIGHT_W_M2, MAX_HORIZONTAL_W_M2))
_BOUNDS["dni"] = (-_NIGHT_W_M2, _BOUNDS["dni"][1])
_BOUNDS |= dict.fromkeys(("u10", "v10"), (-_BOUNDS["wind_speed"][1], _BOUNDS["wind_speed"][1]))
_MENDS = {
    "temp_air": "see its units attribute",
    "wind_speed": "see its units attribute",
    "dni": "no beam exceeds the sun's own; set such values to NaN, or give ghi and dhi only",
}


# figure -> its units and long name; the order in which `_block` gives them
FIGURES = {
    "specific_yield": ("kWh kW-1", "AC energy of a year per DC rating of the modules"),
    "performance_ratio": ("1", "AC energy over that of the plane's irradiation at DC rating"),
    "missing_hours": ("h", "hours of a year without weather"),
}

_COMPILING = threading.Lock()
_HELD = threading.local()


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
    *arrays : ndarray, or list of one
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
        _aligned(array[0] if isinstance(array, list) else array, names, space)
        for array, names in zip(arrays, dims, strict=True)
    )
    shape = np.broadcast_shapes(
        *(a.shape[:-1] for a in weather), latitude.shape, longitude.shape, altitude.shape
    )
    cells = [np.broadcast_to(a, (*shape, a.shape[-1])) for a in weather]
    azimuth, mount, array, mounting, heat = kernel_plant(plant)
    models = kernel.Models(sky, mounting, heat)
    if compiled:
        from wafer_calc.kernels.compiled import dni_rows, sum_sites

        with _COMPILING:  # else two blocks that start together would each compile the loops
            sum_sites(models, False)
            dni_rows()
    places = [np.broadcast_to(p, shape).reshape(-1) for p in (latitude, longitude, altitude)]
    out = np.empty((math.prod(shape), len(years), len(FIGURES)))

    def work(first: int) -> None:
        sites = slice(first, min(first + _BATCH, len(out)))
        place = [p[sites] for p in places]
        frame = sun.site_frame(place[0], place[1], place[2], azimuth)
        for n, year in enumerate(years):
            path, month, hours, outside = track(year)
            given = {
                name: _converted(data[..., year.first : year.last], sites, name, *inputs[name])
                for name, data in zip(inputs, cells, strict=True)
            }
            light = _completed(given, path, place, outside, compiled)
            result = kernel.run(
                light, path, month, hours, frame, mount, array, models, compiled=compiled
            )
            out[sites, n] = _figures(result, year)

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


def _figures(result: kernel.Result, year: Year) -> NDArray[np.float64]:
    """Sum the months up as `simulate` does, shape (site, figure)."""
    monthly = dict(zip(kernel.SUMS, np.moveaxis(result.sums, 2, 0), strict=True))
    totals = {name: months.sum(axis=1) for name, months in monthly.items()}
    with np.errstate(invalid="ignore", divide="ignore"):
        ratio = totals["ac"] / (totals["poa_global"] / power.STC_IRRADIANCE_W_M2)
    figures = np.stack([totals["ac"], ratio, result.missing + year.gap_hours], axis=1)
    if year.gap_hours:
        figures[:, :2] = np.nan
    return figures


def _converted(
    data: NDArray[Any], sites: slice, name: str, factor: float, offset: float
) -> NDArray[Any]:
    """Give rows of sites in pvlib's unit, each next to itself in memory, that can be weather."""
    kind = data.dtype.type if data.dtype in (np.float32, np.float64) else np.float64
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
    low, high = _BOUNDS[name]
    if not values.size or _surely_within(values, high):
        return values
    least, most = values.ravel().min(), values.ravel().max()
    if np.isnan(least):
        # these pass over NaN, and more slowly; an array of NaN alone gives NaN
        least, most = np.fmin.reduce(values, axis=None), np.fmax.reduce(values, axis=None)
    if least < low or most > high:
        raise _impossible(name, float(least if least < low else most), low, high)
    if least < 0.0 and name in ("ghi", "dni", "dhi", "beam"):
        values = np.maximum(values, kind(0.0), out=_scratch(name, values.shape, kind))
    return values


def _surely_within(values: NDArray[Any], high: float) -> bool:
    """Say whether all lie between 0 and `high`, in one pass.

    As unsigned integers the bits of floats from 0 on are in the floats' order, and those of NaN and
    of negative floats come behind them.
    """
    bits = np.uint32 if values.dtype == np.float32 else np.uint64
    most = values.ravel().view(bits).max()
    return bool(most <= np.array(high, values.dtype).view(bits))


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


def _impossible(name: str, worst: float, low: float, high: float) -> RangeError:
    unit = BOUNDS[name][2] if name in BOUNDS else ("W/m²" if name == "beam" else "m/s")
    called = {"beam": "fdir", "ghi": "ghi or ssrd", "u10": "u10", "v10": "v10"}.get(name, name)
    mend = _MENDS.get(name, "see its units attribute")
    if name in ("ghi", "dhi", "beam"):
        mend = (
            "if the file sums irradiation up from midnight or the start of a forecast, as ERA5-Land "
            "does, take the differences of following steps; else see its units attribute"
            if worst > high
            else "set such values to NaN, or to 0 where a sensor's night offset is meant"
        )
    return RangeError(f"{called}: {worst:.4g} {unit} came, wanted {low:g} to {high:g}; {mend}")


def _completed(
    given: dict[str, NDArray[Any]],
    path: sun.SunPath,
    place: list[NDArray[np.float64]],
    outside: NDArray[np.float64],
    compiled: bool,
) -> kernel.Weather:
    """Give all that the engine takes: the third component by the rules of a Weather, and wind."""
    light = {name: values for name, values in given.items() if name in ("ghi", "dni", "dhi")}
    shape = given["temp_air"].shape
    if "beam" in given:
        kind = np.result_type(given["beam"], *light.values())
        if "dhi" in light:
            light["ghi"] = np.add(light["dhi"], given["beam"], out=_scratch("third", shape, kind))
        else:
            rest = np.subtract(light["ghi"], given["beam"], out=_scratch("third", shape, kind))
            light["dhi"] = np.maximum(rest, kind.type(0), out=rest)
    if len(light) == 2 and "dni" not in light and compiled:
        from wafer_calc.kernels.compiled import dni_rows

        kind = np.result_type(*light.values())
        light["dni"] = _scratch("made", shape, kind)
        frame = sun.site_frame(place[0], place[1], place[2], 180.0)
        rows = np.stack([np.broadcast_to(f, shape[:1]) for f in frame], axis=1).astype(float)
        dni_rows()(
            light["ghi"], light["dhi"], *path, outside, rows, closure.MIN_COS_ZENITH, light["dni"]
        )
    elif len(light) == 2:
        light |= closure.closed(light, closure.cos_zenith_at(path, *place), outside)
    if "wind_speed" in given:
        wind = given["wind_speed"]
    else:
        parts = given["u10"], given["v10"]
        wind = np.hypot(*parts, out=_scratch("wind", shape, np.result_type(*parts)))
    return kernel.Weather(
        light["ghi"], light["dni"], light["dhi"], given["temp_air"], wind_speed=wind
    )
