"""Where the sun stands: its unit vector in time, and what air does to its rays at a site."""

import math
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats: TypeAlias = Any  # a float or a float array; NumPy and Numba both run these formulas
FloatArray: TypeAlias = NDArray[np.float64]

SOLAR_CONSTANT_W_M2 = 1366.1  # ASTM E490-00a, pvlib's default
DAY_S = 86400.0
_NODE_DAYS = 2
_NODES = range(-2, 4)  # around an instant, in steps of those days
PARALLAX = 4.2635e-5  # sine of 8.794 arcsec at one astronomical unit (Reda & Andreas 2004, eq. 38)
# The sun's centre from which SPA refracts: half a disc and the refraction at the horizon [degrees]
_RISE_COSINE = float(np.sin(np.radians(-(0.26667 + 0.5667))))

# Refraction over the sine of the zenith angle, against the cosine of the true zenith, at 1010 mbar
# and 10 °C: a rational fit to SPA's formula (Reda & Andreas 2004, eq. 42), within 2e-8 rad of it
# beyond 10 degrees; nearer to the zenith, where that formula does not vanish, within 6e-7.
_LIFT = (0.008430496341879872, 0.08620297807204932, -0.09276526921298975)
_LIFT_UNDER = (27.45203438099569, 290.82754003894524, -312.8622984640666)

# Kasten & Young's (1989) relative air mass against the cosine of the apparent zenith: a rational
# fit within 1.3e-5 of it, from 1 to 38.
_AIRMASS = (37.919595825879846, 611.4671055350557, 2051.5022149000333, -2221.7821325737073)
_AIRMASS_UNDER = (38.623583876288855, 608.5262667502469, 2053.5054800170647, -2222.404518013267)

# arccos(c) / sqrt(1 - c) on [0, 1], in the form of Abramowitz & Stegun 4.4.45, within 7e-7 rad.
_ARCCOS = (
    1.5707956895192268,
    -0.21454281329817781,
    0.08817101274121937,
    -0.04592708475420475,
    0.020619865759902017,
    -0.004911084013085831,
)


class SunPath(NamedTuple):
    """The sun against time, for every site alike; arrays of shape (time,).

    Attributes
    ----------
    x, y, z : ndarray
        Unit vector from the earth's centre: x to the equator at longitude 0, y at 90° east,
        z to the north pole.
    inverse_extra : ndarray [m²/W]
        One over the extraterrestrial normal irradiance.
    """

    x: FloatArray
    y: FloatArray
    z: FloatArray
    inverse_extra: FloatArray


class Site(NamedTuple):
    """A site's directions in the frame of `SunPath`, and its air; floats, or arrays (site,).

    Attributes
    ----------
    up_x, up_y, up_z : float
        The zenith.
    toward_x, toward_y, toward_z : float
        Horizontally, along the surface's azimuth, or a tracker's axis.
    across_x, across_y, across_z : float
        Horizontally, 90° clockwise from that.
    pressure : float
        Air density against the 1010 mbar and 10 °C of the refraction formula.
    parallax : float
        Sine of the sun's parallax seen from here, at one astronomical unit.
    """

    up_x: Floats
    up_y: Floats
    up_z: Floats
    toward_x: Floats
    toward_y: Floats
    toward_z: Floats
    across_x: Floats
    across_y: Floats
    across_z: Floats
    pressure: Floats
    parallax: Floats


def node_days(unix_s: ArrayLike) -> NDArray[np.int64]:
    """Days since 1970 whose midnights (UT) the interpolation of `sun_vectors` needs.

    Parameters
    ----------
    unix_s : array_like (time,) [s since 1970 UTC]
        The instants, in any order, with gaps of any length.

    Returns
    -------
    ndarray (node,) of int
        Every other day, sorted, each once.
    """
    pairs = np.floor(np.asarray(unix_s, dtype=float) / (_NODE_DAYS * DAY_S)).astype(np.int64)
    # instants mostly come in order: drop repeats before sorting
    pairs = np.unique(pairs[np.flatnonzero(np.diff(pairs, prepend=pairs[:1] - 1))])
    return _NODE_DAYS * np.unique((pairs[:, None] + np.array(_NODES)).ravel())


def node_vectors(
    sidereal_time: ArrayLike, right_ascension: ArrayLike, declination: ArrayLike
) -> FloatArray:
    """Turn the sun's coordinates at the midnights of `node_days` into earth-fixed vectors.

    Parameters
    ----------
    sidereal_time, right_ascension, declination : array_like (node,) [degrees]
        Apparent, geocentric, as SPA gives them.

    Returns
    -------
    ndarray (3, node)
        Unit vectors in the frame of `SunPath`.
    """
    hour_angle = np.radians(np.asarray(sidereal_time) - np.asarray(right_ascension))
    delta = np.radians(np.asarray(declination))
    return np.stack(
        [
            np.cos(delta) * np.cos(hour_angle),
            -np.cos(delta) * np.sin(hour_angle),
            np.sin(delta),
        ]
    )


def sun_vectors(
    unix_s: ArrayLike, days: NDArray[np.int64], nodes: FloatArray
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Interpolate the sun's vector between midnights.

    In a frame that turns with universal time the sun drifts by a degree a day, so that a quintic
    through six midnights, two days apart, is within 3e-7 degrees of SPA at every hour; turning
    back is exact.

    Parameters
    ----------
    unix_s : array_like (time,) [s since 1970 UTC]
        The instants.
    days : ndarray (node,)
        As `node_days` gave them.
    nodes : ndarray (3, node)
        As `node_vectors` gave them for those days.

    Returns
    -------
    tuple of three ndarray (time,)
        x, y, z as in `SunPath`.
    """
    day = np.asarray(unix_s, dtype=float) / DAY_S
    pair = np.floor(day / _NODE_DAYS)
    f = day / _NODE_DAYS - pair
    k = np.searchsorted(days, _NODE_DAYS * pair.astype(np.int64))
    drifting = np.zeros((3, len(f)))
    for i in _NODES:
        weight = np.full_like(f, 1.0 / math.prod(i - j for j in _NODES if j != i))
        for j in _NODES:
            if j != i:
                weight *= f - j
        for component, values in zip(drifting, nodes, strict=True):
            component += weight * values.take(k + i)
    turn = 2.0 * np.pi * (day - np.floor(day))
    cos_turn, sin_turn = np.cos(turn), np.sin(turn)
    x = drifting[0] * cos_turn + drifting[1] * sin_turn
    y = drifting[1] * cos_turn - drifting[0] * sin_turn
    return x, y, np.ascontiguousarray(drifting[2])


def extra_irradiance(day_of_year: ArrayLike) -> FloatArray:
    """Extraterrestrial normal irradiance [W/m²] on a day of the year, after Spencer (1971).

    Parameters
    ----------
    day_of_year : array_like [1 to 366]
        The day in universal time, as pvlib counts it.

    Returns
    -------
    ndarray [W/m²], shape of the input

    Examples
    --------
    >>> print(f"{extra_irradiance(1):.1f} W/m²")
    1414.0 W/m²
    """
    b = 2.0 * np.pi / 365.0 * (np.asarray(day_of_year, dtype=float) - 1.0)
    series = (
        1.00011
        + 0.034221 * np.cos(b)
        + 0.00128 * np.sin(b)
        + 0.000719 * np.cos(2.0 * b)
        + 7.7e-05 * np.sin(2.0 * b)
    )
    return np.asarray(SOLAR_CONSTANT_W_M2 * series)


def site_frame(latitude: Floats, longitude: Floats, altitude: Floats, azimuth: Floats) -> Site:
    """Directions and air of a site.

    Parameters
    ----------
    latitude, longitude, azimuth : float or ndarray (site,) [degrees]
        Geographic, east positive; the azimuth of the surface or of the tracker's axis,
        clockwise from north.
    altitude : float or ndarray (site,) [m]
        Above the sea; sets the pressure of the standard atmosphere as pvlib's ``alt2pres``.

    Returns
    -------
    Site
        Fields of the broadcast shape.
    """
    phi, lam, gamma = np.radians(latitude), np.radians(longitude), np.radians(azimuth)
    east = (-np.sin(lam), np.cos(lam), 0.0 * lam)
    north = (-np.sin(phi) * np.cos(lam), -np.sin(phi) * np.sin(lam), np.cos(phi))
    up = (np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), np.sin(phi))
    toward = [e * np.sin(gamma) + n * np.cos(gamma) for e, n in zip(east, north, strict=True)]
    across = [e * np.cos(gamma) - n * np.sin(gamma) for e, n in zip(east, north, strict=True)]
    pressure_mbar = ((44331.514 - altitude) / 11880.516) ** (1.0 / 0.1902632)
    # 12 °C is the air temperature that pvlib's solar position refracts with
    air = pressure_mbar / 1010.0 * 283.0 / (273.0 + 12.0)
    # distance from the earth's centre along the vertical, in equatorial radii (SPA, eqs. 34-36)
    u = np.arctan(0.99664719 * np.tan(phi))
    height = altitude / 6378140.0
    radius = np.cos(u) * np.cos(phi) + 0.99664719 * np.sin(u) * np.sin(phi) + height
    fields = np.broadcast_arrays(*up, *toward, *across, air, PARALLAX * radius)
    return Site(*(float(f) if f.ndim == 0 else np.asarray(f, dtype=float) for f in fields))


def apparent(cos_true: Floats, inverse_extra: Floats, site: Site) -> tuple[Floats, Floats]:
    """Cosine of the apparent zenith, and what refraction and parallax do to horizontal parts.

    Both turn the ray within its vertical plane, by an angle whose sine over the sine of the zenith
    is a smooth function of the cosine; so no angle is ever formed.

    Parameters
    ----------
    cos_true : float or ndarray
        Cosine of the true geocentric zenith angle.
    inverse_extra : float or ndarray [m²/W]
        As in `SunPath`; tells the sun's distance.
    site : Site
        The site's air and parallax.

    Returns
    -------
    cos_zenith, scale : float or ndarray
        Multiply a horizontal component of the geocentric unit vector by `scale`.
    """
    # (3 - i) / 2 stands for the inverse square root of i near 1: the sun's nearness
    parallax = 1.5 * site.parallax - (0.5 * SOLAR_CONSTANT_W_M2 * site.parallax) * inverse_extra
    sin2 = 1.0 - cos_true * cos_true
    c = cos_true - parallax * sin2
    over = _LIFT[0] + c * (_LIFT[1] + c * _LIFT[2])
    under = 1.0 + c * (_LIFT_UNDER[0] + c * (_LIFT_UNDER[1] + c * _LIFT_UNDER[2]))
    lift = (site.pressure * over / under) * (c >= _RISE_COSINE)
    # the parallax within sin2 would change these by less than 3e-8
    lift_sin2 = lift * sin2
    second = (0.5 * lift) * lift_sin2
    cos_zenith = c + lift_sin2 - c * second
    scale = 1.0 + c * (parallax - lift) - second
    return cos_zenith, scale


def airmass(cos_zenith: Floats) -> Floats:
    """Relative air mass for an apparent zenith angle up to 90 degrees.

    Parameters
    ----------
    cos_zenith : float or ndarray, 0 to 1
        Cosine of the apparent zenith angle.

    Returns
    -------
    float or ndarray
        Kasten & Young (1989), within 1.3e-5.

    Examples
    --------
    >>> print(f"{airmass(0.5):.4f}")
    1.9943
    """
    c = cos_zenith
    over = _AIRMASS[0] + c * (_AIRMASS[1] + c * (_AIRMASS[2] + c * _AIRMASS[3]))
    u = _AIRMASS_UNDER
    return over / (1.0 + c * (u[0] + c * (u[1] + c * (u[2] + c * u[3]))))


def zenith_angle(cos_zenith: Floats) -> Floats:
    """Angle of a cosine between 0 and 1 [rad], within 7e-7.

    Parameters
    ----------
    cos_zenith : float or ndarray, 0 to 1
        The cosine.

    Returns
    -------
    float or ndarray [rad]

    Examples
    --------
    >>> print(f"{zenith_angle(0.5):.5f}")
    1.04720
    """
    c, p = cos_zenith, _ARCCOS
    series = p[0] + c * (p[1] + c * (p[2] + c * (p[3] + c * (p[4] + c * p[5]))))
    return np.sqrt(np.maximum(1.0 - c, 0.0)) * series
