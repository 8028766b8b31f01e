"""What values on a map can be weather, and how it is told where they cannot."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from wafer_calc.errors import RangeError
from wafer_calc.weather.checking import BOUNDS, MAX_HORIZONTAL_W_M2

LIGHT = ("ghi", "dni", "dhi", "beam")
# Packed integers leave nights a little under zero; by so much irradiance is lifted to it
_NIGHT_W_M2 = 1.0
# input -> the least and the greatest that it can be
RANGES = {name: (low, high) for name, (low, high, _) in BOUNDS.items()}
RANGES |= dict.fromkeys(("ghi", "dhi", "beam"), (-_NIGHT_W_M2, MAX_HORIZONTAL_W_M2))
RANGES["dni"] = (-_NIGHT_W_M2, RANGES["dni"][1])
RANGES |= dict.fromkeys(("u10", "v10"), (-RANGES["wind_speed"][1], RANGES["wind_speed"][1]))
_MENDS = {
    "temp_air": "see its units attribute",
    "wind_speed": "see its units attribute",
    "dni": "no beam exceeds the sun's own; set such values to NaN, or give ghi and dhi only",
}


def check(name: str, least: float, most: float) -> None:
    """Refuse what cannot be weather.

    Parameters
    ----------
    name : str
        One of `Fields.inputs`.
    least, most : float
        Extremes in pvlib's unit; NaN or any value between the bounds, such as 0, passes.

    Raises
    ------
    RangeError
        A value beyond the bounds, and what may be the matter.
    """
    low, high = RANGES[name]
    if least < low or most > high:
        raise _impossible(name, float(least if least < low else most), low, high)


def surely_within(name: str, values: NDArray[Any]) -> bool:
    """Say whether all lie between 0 and the upper bound, in one pass.

    Parameters
    ----------
    name : str
        One of `Fields.inputs`.
    values : ndarray, float32 or float64
        In pvlib's unit, next to each other in memory.

    Returns
    -------
    bool
        False also where they may be weather and some are NaN or below 0.

    Notes
    -----
    As unsigned integers the bits of floats from 0 on are in the floats' order, and those of NaN and
    of negative floats come behind them.
    """
    high = RANGES[name][1]
    bits = np.uint32 if values.dtype == np.float32 else np.uint64
    most = values.ravel().view(bits).max()
    return bool(most <= np.array(high, values.dtype).view(bits))


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
