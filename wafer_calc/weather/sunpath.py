"""Where the sun stands at given instants, by pvlib's SPA at the midnights between them."""

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from wafer_calc.kernels import sun

if TYPE_CHECKING:
    import pandas

_DELTA_T_S = 67.0  # terrestrial less universal time, as pvlib's solar position assumes it


def sun_path(times: "pandas.DatetimeIndex") -> sun.SunPath:
    """Where the sun stands at each instant, seen from the earth's centre.

    Parameters
    ----------
    times : pandas.DatetimeIndex, tz-aware, shape (time,)
        The instants, in any order.

    Returns
    -------
    SunPath
        Interpolated between midnights of pvlib's SPA.
    """
    unix_s = (
        times.tz_convert("UTC").tz_localize(None).to_numpy().astype("M8[ns]").astype("i8") / 1e9
    )
    days = sun.node_days(unix_s)
    x, y, z = sun.sun_vectors(unix_s, days, _nodes(days.tobytes()))
    day, k = np.unique(np.floor(unix_s / sun.DAY_S).astype(np.int64), return_inverse=True)
    date = day.astype("M8[D]")
    day_of_year = (date - date.astype("M8[Y]")).astype(np.int64) + 1
    return sun.SunPath(x, y, z, (1.0 / sun.extra_irradiance(day_of_year))[k])


@lru_cache(maxsize=4)
def _nodes(days: bytes) -> NDArray[np.float64]:
    """Find the sun at the midnights of `days`, by pvlib's SPA."""
    from pvlib import spa

    unix_s = np.frombuffer(days, dtype=np.int64) * sun.DAY_S
    angles = spa.solar_position(unix_s, 0.0, 0.0, 0.0, 0.0, 0.0, _DELTA_T_S, 0.0, 1, sst=True)
    return sun.node_vectors(*angles[:3])
