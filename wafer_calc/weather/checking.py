"""What arrays, stamps and coordinates must be to make a Weather."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from wafer_calc.errors import RangeError, ShapeError, UnitError

if TYPE_CHECKING:
    import pandas as pd

# Bounds beyond which a figure cannot be weather. Normal irradiance: the solar constant
# 1361.1 W/m² (Gueymard 2018, doi:10.1016/j.solener.2018.04.001) at perihelion, 1361.1 · 1.0343,
# and half a per cent for older constants in older files. Horizontal irradiance: the highest
# broken-cloud minutes on record stay under 2000 W/m² (Yordanov 2013,
# doi:10.1109/PVSC.2013.6745102). Air and wind: the world's records (WMO) with room.
MAX_DNI_W_M2 = 1415.0
MAX_HORIZONTAL_W_M2 = 2000.0
BOUNDS: dict[str, tuple[float, float, str]] = {
    "ghi": (0.0, MAX_HORIZONTAL_W_M2, "W/m²"),
    "dni": (0.0, MAX_DNI_W_M2, "W/m²"),
    "dhi": (0.0, MAX_HORIZONTAL_W_M2, "W/m²"),
    "temp_air": (-95.0, 65.0, "°C"),
    "wind_speed": (0.0, 115.0, "m/s"),
}
_MENDS = {
    "ghi": "set such values to NaN, or to 0 where a sensor's night offset is meant",
    "dni": "no beam exceeds the sun's own; set such values to NaN, or give GHI and DHI only",
    "dhi": "set such values to NaN, or to 0 where a sensor's night offset is meant",
    "temp_air": "degrees Celsius are wanted, not kelvin",
    "wind_speed": "metres a second are wanted",
}
_MAX_INTERVAL_MINUTES = 180.0


def checked_times(times: Any) -> pd.DatetimeIndex:
    """Give the stamps as an index with a zone, each once and in order; or refuse them."""
    import pandas as pd

    try:
        index = pd.DatetimeIndex(times)
    except (TypeError, ValueError) as error:
        raise UnitError(f"times: {type(times).__name__} is no series of instants") from error
    if len(index) == 0:
        raise ShapeError("times: no stamps came, wanted at least one")
    if index.tz is None:
        raise UnitError(
            f"times: stamps without a time zone came ({index[0]}), wanted an index with one; "
            "write times.tz_localize('Asia/Shanghai') or the zone you mean"
        )
    if index.hasnans:
        raise RangeError("times: NaT among the stamps; every record needs its instant")
    if not index.is_unique:
        again = index[index.duplicated()]
        raise RangeError(
            f"times: {len(again)} stamps came twice, first {again[0]}; wanted each once"
        )
    if not index.is_monotonic_increasing:
        step_back = int(np.argmax(np.diff(index.asi8) < 0))
        raise RangeError(
            f"times: unsorted, {index[step_back + 1]} follows {index[step_back]}; sort the "
            "records, or give a typical year's months one common year"
        )
    return index


def checked_interval(times: pd.DatetimeIndex, interval: Any) -> float:
    """Give the interval [minutes], the commonest step where none is said; or refuse the steps."""
    import pandas as pd

    steps = np.diff(times.tz_convert("UTC").tz_localize(None).to_numpy()) / pd.Timedelta("1min")
    if interval is None:
        if len(steps) == 0:
            raise ShapeError("interval: one stamp alone has no step; give the interval in minutes")
        values, counts = np.unique(steps, return_counts=True)
        interval = values[np.argmax(counts)]
    minutes = float(number(interval, "interval"))
    if not 0 < minutes <= _MAX_INTERVAL_MINUTES:
        raise RangeError(
            f"interval: {minutes:g} minutes came, wanted above 0 and at most "
            f"{_MAX_INTERVAL_MINUTES:g}; means of days or months go through typical_year"
        )
    off = np.abs(steps / minutes - np.round(steps / minutes)) > 1e-6
    if off.any():
        at = int(np.argmax(off))
        raise RangeError(
            f"times: {steps[at]:g} minutes between {times[at]} and {times[at + 1]}, wanted a "
            f"multiple of the interval, {minutes:g} minutes"
        )
    return minutes


def number(value: Any, name: str) -> NDArray[Any]:
    """Give an array of float32 or float64, the same one where it is; or refuse it."""
    try:
        array = np.asarray(value)
        if array.dtype not in (np.float32, np.float64):
            array = array.astype(np.float64)
    except (TypeError, ValueError) as error:
        raise UnitError(f"{name}: {type(value).__name__} came, wanted numbers") from error
    return array


def checked_shape(
    arrays: dict[str, NDArray[Any]], n_times: int, latitude: Any, longitude: Any
) -> tuple[tuple[int, ...], int | None]:
    """Give the common shape of the arrays and the number of sites; or refuse them."""
    given = [name for name in ("ghi", "dni", "dhi") if name in arrays]
    if len(given) < 2:
        raise ShapeError(
            f"ghi, dni, dhi: {', '.join(given) or 'none'} came, wanted two of the three at least"
        )
    for name in ("temp_air", "wind_speed"):
        if name not in arrays:
            raise ShapeError(f"{name}: none came; give an array, or one number that is assumed")
    shape = arrays[given[0]].shape
    sized = {n: a.shape for n, a in arrays.items() if a.ndim or n in given}
    if len(set(sized.values())) > 1 or len(shape) not in (1, 2) or shape[-1] != n_times:
        came = ", ".join(f"{name} {size}" for name, size in sized.items())
        raise ShapeError(f"{came}: wanted all ({n_times},) or all (site, {n_times}) like the times")
    sites = shape[0] if len(shape) == 2 else None
    for name, value in (("latitude", latitude), ("longitude", longitude)):
        size = np.shape(value)
        if size not in ((), (sites,)):
            wanted = "one number" if sites is None else f"one number or {sites}, one a site"
            raise ShapeError(f"{name}: shape {size} came, wanted {wanted}")
    return shape, sites


def coordinate(
    value: Any, name: str, limit: float, sites: int | None
) -> float | NDArray[np.float64]:
    """Give a coordinate as a float, or an array of one a site; or refuse it."""
    array = np.asarray(number(value, name), dtype=np.float64)
    low = -450.0 if name == "altitude" else -limit
    bad = ~((array >= low) & (array <= limit))
    if bad.any():
        worst = float(array[bad].flat[0])
        mend = ""
        if name == "longitude" and 180 < worst <= 360:
            mend = f"; east of 180 write {worst - 360:g}"
        elif name == "latitude" and abs(worst) <= 180:
            mend = "; latitude comes first, longitude second"
        raise RangeError(f"{name}: {worst:g} came, wanted {low:g} to {limit:g}{mend}")
    if sites is None:
        return float(array)
    return np.broadcast_to(array, (sites,)).copy()


def check_bounds(array: NDArray[Any], name: str, times: pd.DatetimeIndex) -> None:
    """Refuse values that cannot be weather; NaN passes."""
    low, high, unit = BOUNDS[name]
    # NaN is a missing value; infinity falls out of the bounds
    bad = (array < low) | (array > high)
    if not bad.any():
        return
    first = np.argwhere(bad)[0]
    when = f", first at {times[int(first[-1])]}" if array.ndim else ""
    worst = array[bad].flat[int(np.argmax(np.abs(array[bad])))]
    raise RangeError(
        f"{name}: {int(bad.sum())} of {array.size} values outside {low:g} to {high:g} {unit}, the "
        f"farthest {worst:g}{when}; {_MENDS[name]}"
    )


def checked_weights(weights: Any, n_times: int) -> NDArray[np.float64]:
    """Give the weights as an array of one a record; or refuse them."""
    array = np.asarray(number(weights, "weights"), dtype=np.float64)
    if array.shape != (n_times,):
        raise ShapeError(f"weights: shape {array.shape} came, wanted ({n_times},) like the times")
    if not (np.isfinite(array) & (array >= 0)).all():
        raise RangeError("weights: negative or not finite; wanted 0 or more for each record")
    return array
