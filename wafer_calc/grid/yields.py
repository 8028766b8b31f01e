"""Yields of every cell of a map and every year, by the engine of `simulate`, lazily over dask."""

from __future__ import annotations

import json
import math
import os
import threading
import warnings
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from wafer_calc.energy.job import kernel_plant
from wafer_calc.energy.simulation import Engine, chosen_engine
from wafer_calc.errors import RangeError, UnitError, WaferCalcWarning, unknown_name
from wafer_calc.grid.fields import LATITUDE, LONGITUDE, Field, Fields, coordinate_name, read_fields
from wafer_calc.grid.years import Year, track
from wafer_calc.kernels import engine as kernel
from wafer_calc.kernels import power, sun
from wafer_calc.plant import Plant
from wafer_calc.weather import closure
from wafer_calc.weather.checking import BOUNDS, MAX_HORIZONTAL_W_M2

if TYPE_CHECKING:
    import xarray as xr

_BATCH = 128  # sites at once: enough to be worth a call, few enough to stay in a core's cache
_TILE = 512  # steps at once of stamps that come before space, so that their lines stay in a cache
_MAX_CHUNK_BYTES = 128 * 2**20  # of one variable, when time has to be made whole
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


def annual_yield(
    ds: xr.Dataset,
    plant: Plant,
    *,
    transposition: Literal["isotropic", "haydavies", "perez"] = "haydavies",
    label: Literal["start", "middle", "end"] | None = None,
    engine: Engine = "auto",
) -> xr.Dataset:
    """Simulate what one kW DC of a plant makes in every cell of a map and every year.

    Parameters
    ----------
    ds : xarray.Dataset
        Weather over ``time`` (or ``valid_time``), in UTC, and any dimensions in space or none, with
        ``latitude`` and ``longitude`` (or ``lat``, ``lon``) of one or two dimensions. Either two
        of ``ghi dni dhi`` [W/m²], ``temp_air`` [°C] and ``wind_speed`` [m/s]; or ERA5's ``ssrd``,
        ``fdir``, ``t2m``, ``u10`` and ``v10``, in the units that their attributes say. An
        ``altitude`` [m] or geopotential ``z`` is used where there is one.
    plant : Plant
        What stands in every cell.
    transposition : str
        Model of the sky, as for `simulate`.
    label : str, optional
        Which instant of its interval a stamp names: ``"start"``, ``"middle"`` or ``"end"``. Left
        out, ERA5's names mean the end, and stamps at half past the hour the middle.
    engine : str
        As for `simulate`.

    Returns
    -------
    xarray.Dataset
        ``specific_yield`` [kWh kW-1], ``full_load_hours`` [h], ``performance_ratio`` and
        ``missing_hours`` [h], float64 over ``year`` and the dimensions in space; lazy where the
        weather is. NaN where any hour of the year has none.

    Raises
    ------
    UnitError
        No Dataset, no Plant, or units that are not known.
    ReadError
        A variable or coordinate is missing, the calendar is no real one, or no year is whole.
    RangeError
        When it is computed: values that cannot be weather, such as irradiation summed up from
        midnight on.
    ShapeError
        Variables over different dimensions.
    UnknownNameError, MissingExtraError
        As for `simulate`.

    Warns
    -----
    WaferCalcWarning
        A chunk does not hold all stamps, so that the data have to be chunked anew; or some years
        are not whole.

    Notes
    -----
    Each chunk in space is one task, which needs no more memory than its weather. The figures are
    those of `simulate` for the same arrays, to the last digit. ERA5's temperature and wind are
    taken as they stand at the stamp; half an hour earlier moves a year's yield by under 0.1 %.
    Without an altitude a cell lies at sea level, which thins the refracting air of none and moves
    a year's yield by under 0.06 % even at 4500 m.

    Examples
    --------
    >>> import xarray as xr
    >>> from wafer_calc.weather.clearsky import clear_sky
    >>> sky = clear_sky(41.65, -0.89, 208)
    >>> names = ("ghi", "dni", "dhi", "temp_air", "wind_speed")
    >>> ds = xr.Dataset({name: ("time", getattr(sky, name)) for name in names},
    ...                 {"time": sky.mid_times.tz_convert(None), "altitude": 208,
    ...                  "latitude": 41.65, "longitude": -0.89})
    >>> found = annual_yield(ds, Plant(surface_tilt=35))
    >>> print(f"{found.specific_yield.item():.0f} {found.specific_yield.units}")
    1859 kWh kW-1
    """
    if not isinstance(plant, Plant):
        raise UnitError(f"plant: {type(plant).__name__} came, wanted a Plant")
    if transposition not in kernel.SKIES:
        raise unknown_name("transposition", str(transposition), kernel.SKIES)
    fields = read_fields(ds, label=label)
    inputs = whole_years(fields)
    size = max(field.data.size for field in inputs.values())
    places = [fields.latitude, fields.longitude, fields.altitude]
    arrays = [*(field.data for field in inputs.values()), *places]
    work = partial(
        _block,
        dims=[data.dims for data in arrays],
        space=fields.space,
        inputs={name: (field.factor, field.offset) for name, field in inputs.items()},
        years=fields.years,
        plant=plant,
        sky=transposition,
        compiled=chosen_engine(engine, size),
    )
    if any(data.chunks is not None for data in arrays):
        numbers = _lazily(work, arrays, fields)
    else:
        numbers = work(*(data.to_numpy() for data in arrays), threads=os.cpu_count() or 1)
    return _described(numbers, ds, fields, plant, transposition)


def _lazily(work: Callable[..., Any], arrays: list[xr.DataArray], fields: Fields) -> Any:
    """Make a task of each chunk in space.

    Not by xarray.apply_ufunc, whose way through dask copies every chunk before it hands it over.
    """
    import dask.array as da

    outer = ("year", *fields.space, "figure")
    pairs = [part for data in arrays for part in (data.data, data.dims)]
    return da.blockwise(  # type: ignore[no-untyped-call]  # dask leaves it untyped
        work,
        outer,
        *pairs,
        new_axes={"year": len(fields.years), "figure": len(FIGURES)},
        # the one chunk along time comes as a list of one
        concatenate=False,
        dtype=np.float64,
        meta=np.empty((0,) * len(outer)),
    )


def whole_years(fields: Fields) -> dict[str, Field]:
    """Give the inputs in chunks that hold all stamps.

    Parameters
    ----------
    fields : Fields
        From `wafer_calc.grid.fields.read_fields`.

    Returns
    -------
    dict of str to Field
        `fields.inputs`, chunked anew where time was cut.

    Warns
    -----
    WaferCalcWarning
        What this costs.
    """
    cut = [
        field.data
        for field in fields.inputs.values()
        if len(field.data.chunksizes.get(fields.time, ())) > 1
    ]
    if not cut:
        return fields.inputs
    whole = {}
    for name, field in fields.inputs.items():
        data = field.data
        if len(data.chunksizes.get(fields.time, ())) > 1:
            data = _rechunked(data, fields)
        whole[name] = field._replace(data=data)
    first, after = cut[0], next(f.data for f in whole.values() if f.data.name == cut[0].name)
    cuts, blocks = len(first.chunksizes[fields.time]), _n_chunks(after)
    block_bytes = _chunk_bytes(after) * len(whole)
    # each block reads every chunk that it cuts through
    again = -(-blocks * cuts // _n_chunks(first))
    stored = f", but reads {again} times as much" if again > 1 else ""
    warnings.warn(
        f"ds: {cuts} chunks along {fields.time} were joined to one, since a yield needs its whole "
        f"year: {_told(block_bytes)} for each of {blocks} blocks of all variables, and "
        f"{_told(sum(data.nbytes for data in cut))} to be read before the last is whole. "
        f"grid.to_zarr holds one block a processor{stored}; chunks of all stamps cost neither",
        WaferCalcWarning,
        stacklevel=3,
    )
    return whole


def _rechunked(data: xr.DataArray, fields: Fields) -> xr.DataArray:
    """Make time whole, and cut space finer where a chunk would grow too large."""
    joined = data.chunk({fields.time: -1})
    if _chunk_bytes(joined) <= _MAX_CHUNK_BYTES:
        return joined
    import dask

    with dask.config.set({"array.chunk-size": _MAX_CHUNK_BYTES}):
        return data.chunk({d: -1 if d == fields.time else "auto" for d in data.dims})


def _chunk_bytes(data: xr.DataArray) -> int:
    return int(data.dtype.itemsize * np.prod([max(sizes) for sizes in data.chunksizes.values()]))


def _told(n_bytes: int) -> str:
    return f"{n_bytes / 1e9:.1f} GB" if n_bytes >= 1e9 else f"{n_bytes / 1e6:.1f} MB"


def _n_chunks(data: xr.DataArray) -> int:
    return int(np.prod([len(sizes) for sizes in data.chunksizes.values()]))


def _described(numbers: Any, ds: xr.Dataset, fields: Fields, plant: Plant, sky: str) -> xr.Dataset:
    """Split the block's figures into variables that say what they are."""
    import xarray as xr

    from wafer_calc import __version__

    dims = ("year", *fields.space)
    found = xr.Dataset(
        {
            name: (dims, numbers[..., n], {"units": units, "long_name": long_name})
            for n, (name, (units, long_name)) in enumerate(FIGURES.items())
        },
        {name: held for name, held in ds.coords.items() if fields.time not in held.dims},
    )
    # a kWh per kW is an hour
    found["full_load_hours"] = found["specific_yield"].assign_attrs(
        units="h", long_name="hours at DC rating that make the year's AC energy"
    )
    found = found[["specific_yield", "full_load_hours", "performance_ratio", "missing_hours"]]
    found = found.assign_coords(year=[year.name for year in fields.years])
    found["year"].attrs = {"long_name": "calendar year"}
    for names, standard, units in (
        (LATITUDE, "latitude", "degrees_north"),
        (LONGITUDE, "longitude", "degrees_east"),
    ):
        name = coordinate_name(ds, names)
        place = ds[name].variable.copy(deep=False)
        marks = {"standard_name": standard, "long_name": standard, "units": units}
        place.attrs = marks | place.attrs
        found = found.assign_coords({name: place})
    return found.assign_attrs(
        Conventions="CF-1.11",
        title="Yearly yield of a photovoltaic plant",
        source=f"wafer_calc {__version__}, {sky} sky",
        plant=json.dumps(plant.to_dict()),
    )


def _block(
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
    """Give `FIGURES` of a block of cells, shape (year, …, figure)."""
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
        from wafer_calc.kernels.compiled import sum_sites

        with _COMPILING:  # else two blocks that start together would each compile the loop
            sum_sites(models, False)
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
            light = _completed(given, path, place, outside)
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
    if same and data.dtype == kind and data.flags.c_contiguous:
        values = data.reshape(-1, data.shape[-1])[sites]
    else:
        values = _scratch(name, (sites.stop - sites.start, data.shape[-1]), kind)
        _gather(data, sites, values)
        if not same:
            np.multiply(values, kind(factor), out=values)
            np.add(values, kind(offset), out=values)
    if not values.size:
        return values
    low, high = _BOUNDS[name]
    least, most = values.ravel().min(), values.ravel().max()
    if np.isnan(least):
        # these pass over NaN, and more slowly; an array of NaN alone gives NaN
        least, most = np.fmin.reduce(values, axis=None), np.fmax.reduce(values, axis=None)
    if least < low or most > high:
        raise _impossible(name, float(least if least < low else most), low, high)
    if least < 0.0 and name in ("ghi", "dni", "dhi", "beam"):
        values = np.maximum(values, kind(0.0))
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
) -> kernel.Weather:
    """Give all that the engine takes: the third component by the rules of a Weather, and wind."""
    wind = given["wind_speed"] if "wind_speed" in given else np.hypot(given["u10"], given["v10"])
    light = {name: values for name, values in given.items() if name in ("ghi", "dni", "dhi")}
    if "beam" in given:
        if "dhi" in light:
            light["ghi"] = light["dhi"] + given["beam"]
        else:
            light["dhi"] = np.maximum(light["ghi"] - given["beam"], 0)
    if len(light) == 2:
        light |= closure.closed(light, closure.cos_zenith_at(path, *place), outside)
    return kernel.Weather(
        light["ghi"], light["dni"], light["dhi"], given["temp_air"], wind_speed=wind
    )
