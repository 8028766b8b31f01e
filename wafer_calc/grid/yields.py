"""Yields of every cell of a map and every year, by the engine of `simulate`, lazily over dask."""

from __future__ import annotations

import json
import os
import warnings
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from wafer_calc.energy.simulation import Engine, chosen_engine
from wafer_calc.errors import UnitError, WaferCalcWarning, unknown_name
from wafer_calc.grid.block import FIGURES, simulate_block
from wafer_calc.grid.fields import LATITUDE, LONGITUDE, Field, Fields, coordinate_name, read_fields
from wafer_calc.kernels import engine as kernel
from wafer_calc.plant import Plant

if TYPE_CHECKING:
    import xarray as xr

_MAX_CHUNK_BYTES = 128 * 2**20  # of one variable, when time has to be made whole


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
    those of `simulate` for the same arrays, to the last digit, and within 1e-8 where Numba has to make
    the third component of the other two. ERA5's temperature and wind are taken as they stand at the
    stamp; half an hour earlier moves a year's yield by under 0.1 %.
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
        simulate_block,
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
    import xarray as xr

    # coordinates that are cut as the weather is need no tasks that cut them
    sizes: dict[Any, Any] = {}
    for data in xr.unify_chunks(*(data for data in arrays if data.chunks is not None)):
        sizes |= data.chunksizes
    cut = [
        data if data.chunks else data.chunk({d: sizes.get(d, -1) for d in data.dims})
        for data in arrays
    ]
    outer = ("year", *fields.space, "figure", fields.time)
    pairs = [part for data in cut for part in (data.data, data.dims)]
    return da.blockwise(  # type: ignore[no-untyped-call]  # dask leaves it untyped
        partial(_with_time, work),
        outer,
        *pairs,
        token="simulate_block",
        new_axes={"year": len(fields.years), "figure": len(FIGURES)},
        # were time summed up, dask would not join the task with those that read its weather
        adjust_chunks={fields.time: 1},
        dtype=np.float64,
        meta=np.empty((0,) * len(outer)),
    )[..., 0]


def _with_time(work: Callable[..., Any], *blocks: Any) -> Any:
    return work(*blocks)[..., None]


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
