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
        Interpolated between midnights of pvlib's SPA; not to be written to, for the next caller
        with the same instants may be given the same arrays.
    """
    utc = times.tz_convert("UTC").tz_localize(None).to_numpy()
    return _path((utc.astype("M8[ns]").astype("i8") / 1e9).tobytes())


@lru_cache(maxsize=2)
def _path(instants: bytes) -> sun.SunPath:
    """Find the sun at instants [s since 1970], once for all plants at places of one time axis."""
    unix_s = np.frombuffer(instants)
    days = sun.node_days(unix_s)
    x, y, z = sun.sun_vectors(unix_s, days, _nodes(days.tobytes()))
    day = np.floor(unix_s / sun.DAY_S).astype(np.int64)
    dates = np.arange(day.min(), day.max() + 1).astype("M8[D]")
    day_of_year = (dates - dates.astype("M8[Y]")).astype(np.int64) + 1
    path = sun.SunPath(x, y, z, (1.0 / sun.extra_irradiance(day_of_year))[day - day.min()])
    for component in path:
        component.flags.writeable = False
    return path


@lru_cache(maxsize=4)
def _nodes(days: bytes) -> NDArray[np.float64]:
    """Find the sun at the midnights of `days`, by pvlib's SPA."""
    unix_s = np.frombuffer(days, dtype=np.int64).astype(np.float64) * sun.DAY_S
    return sun.node_vectors(*sun_angles(unix_s))


def sun_angles(unix_s: NDArray[np.float64]) -> tuple[NDArray[np.float64], ...]:
    """Give apparent sidereal time, right ascension and declination of the sun.

    What ``pvlib.spa.solar_position(…, sst=True)`` gives, with its tables and functions, but each
    series summed at once where pvlib takes it term by term: several times faster for a few
    hundred instants.

    Parameters
    ----------
    unix_s : ndarray (time,) [s since 1970 UTC]
        The instants.

    Returns
    -------
    tuple of three ndarray (time,) [degrees]
        Geocentric and apparent (Reda & Andreas 2004, doi:10.1016/j.solener.2003.12.003).
    """
    from pvlib import spa

    jd = spa.julian_day(unix_s)
    jc = spa.julian_century(jd)
    jce = spa.julian_ephemeris_century(spa.julian_ephemeris_day(jd, _DELTA_T_S))
    jme = spa.julian_ephemeris_millennium(jce)

    def series(*tables: NDArray[np.float64]) -> NDArray[np.float64]:
        """Sum ``jme**k · Σ A cos(B + C jme)`` over the tables of rows A, B, C [1e-8]."""
        total = np.zeros_like(jme)
        for table in reversed(tables):
            a, b, c = np.asarray(table).T[:, :, None]
            total = total * jme + (a * np.cos(b + c * jme)).sum(axis=0)
        return np.asarray(total / 1e8)

    radius = series(spa.R0, spa.R1, spa.R2, spa.R3, spa.R4)
    longitude = np.degrees(series(spa.L0, spa.L1, spa.L2, spa.L3, spa.L4, spa.L5)) % 360.0
    latitude = np.degrees(series(spa.B0, spa.B1))
    moon_and_sun = np.stack(
        [
            spa.mean_elongation(jce),
            spa.mean_anomaly_sun(jce),
            spa.mean_anomaly_moon(jce),
            spa.moon_argument_latitude(jce),
            spa.moon_ascending_longitude(jce),
        ]
    )
    terms = np.radians(spa.NUTATION_YTERM_ARRAY @ moon_and_sun)
    a, b, c, d = spa.NUTATION_ABCD_ARRAY.T[:, :, None]
    nutation = ((a + b * jce) * np.sin(terms)).sum(axis=0) / 36e6
    obliquity = spa.true_ecliptic_obliquity(
        spa.mean_ecliptic_obliquity(jme), ((c + d * jce) * np.cos(terms)).sum(axis=0) / 36e6
    )
    beta = spa.geocentric_latitude(latitude)
    lamda = spa.apparent_sun_longitude(
        spa.geocentric_longitude(longitude), nutation, spa.aberration_correction(radius)
    )
    return (
        spa.apparent_sidereal_time(spa.mean_sidereal_time(jd, jc), nutation, obliquity),
        spa.geocentric_sun_right_ascension(lamda, obliquity, beta),
        spa.geocentric_sun_declination(lamda, obliquity, beta),
    )
