"""Irradiance on the plane of the modules: where the plane faces, and what the sky sends it."""

from typing import NamedTuple

import numpy as np

from wafer_calc.kernels.sun import Floats, Site, airmass, zenith_angle

# Perez et al. (1990), all sites: F11 F12 F13 F21 F22 F23 for each bin of the sky's clearness
_F11 = np.array([-0.0080, 0.1300, 0.3300, 0.5680, 0.8730, 1.1320, 1.0600, 0.6780])
_F12 = np.array([0.5880, 0.6830, 0.4870, 0.1870, -0.3920, -1.2370, -1.6000, -0.3270])
_F13 = np.array([-0.0620, -0.1510, -0.2210, -0.2950, -0.3620, -0.4120, -0.3590, -0.2500])
_F21 = np.array([-0.0600, -0.0190, 0.0550, 0.1090, 0.2260, 0.2880, 0.2640, 0.1560])
_F22 = np.array([0.0720, 0.0660, -0.0640, -0.1520, -0.4620, -0.8230, -1.1270, -1.3770])
_F23 = np.array([-0.0220, -0.0290, -0.0260, -0.0140, 0.0010, 0.0560, 0.1310, 0.2510])
_KAPPA = 1.041  # Perez et al. (1990), zenith in radians
_COS_85 = float(np.cos(np.radians(85.0)))
_MIN_COSINE = 0.01745  # pvlib's floor under Hay-Davies' beam ratio, 89 degrees


class Mount(NamedTuple):
    """How the plane stands, as the cosines and sines that the formulas need.

    Attributes
    ----------
    cos_tilt, sin_tilt : float
        Of a fixed surface, or of a tracker's axis.
    cos_limit : float
        Cosine of a tracker's largest rotation.
    inverse_gcr : float
        Row distance over row width; a huge number where the tracker does not backtrack.
    """

    cos_tilt: Floats
    sin_tilt: Floats
    cos_limit: Floats
    inverse_gcr: Floats


Facing = tuple[Floats, Floats, Floats]


def fixed(
    x: Floats, y: Floats, z: Floats, scale: Floats, cos_zenith: Floats, site: Site, mount: Mount
) -> Facing:
    """Face of a fixed surface.

    Parameters
    ----------
    x, y, z : float or ndarray
        The sun's vector, as in `SunPath`.
    scale, cos_zenith : float or ndarray
        As `sun.apparent` gives them.
    site : Site
        Its `toward` direction is the surface's azimuth.
    mount : Mount
        The surface's tilt.

    Returns
    -------
    cos_aoi, cos_tilt, sin_tilt : float or ndarray
        Cosine of incidence, 0 where the sun is behind the plane, and the tilt.
    """
    s = mount.sin_tilt
    toward = x * (s * site.toward_x) + y * (s * site.toward_y) + z * (s * site.toward_z)
    cos_aoi = mount.cos_tilt * cos_zenith + scale * toward
    return np.maximum(cos_aoi, 0.0), mount.cos_tilt, mount.sin_tilt


def single_axis(
    x: Floats, y: Floats, z: Floats, scale: Floats, cos_zenith: Floats, site: Site, mount: Mount
) -> Facing:
    """Face of a tracker that turns about one axis.

    The rotation is pvlib's ``tracking.singleaxis`` (Anderson & Mikofski 2020): toward the sun, less
    the backtracking correction, up to the limit. With the sun below the horizon the tracker
    lies at rotation 0, where pvlib leaves it undefined.

    Parameters
    ----------
    x, y, z, scale, cos_zenith, site, mount
        As for `fixed`; the site's `toward` is the axis' azimuth, the mount's tilt the axis' tilt.

    Returns
    -------
    cos_aoi, cos_tilt, sin_tilt : float or ndarray
        As for `fixed`.
    """
    toward = scale * (x * site.toward_x + y * site.toward_y + z * site.toward_z)
    across = np.abs(scale * (x * site.across_x + y * site.across_y + z * site.across_z))
    normal = mount.sin_tilt * toward + mount.cos_tilt * cos_zenith
    inverse = 1.0 / np.sqrt(across * across + normal * normal + 1e-30)
    cos_ideal, sin_ideal = normal * inverse, across * inverse
    cos_back = np.minimum(np.abs(cos_ideal) * mount.inverse_gcr, 1.0)
    sin_back = np.sqrt(1.0 - cos_back * cos_back)
    cos_turn = np.maximum(cos_ideal * cos_back + sin_ideal * sin_back, mount.cos_limit)
    cos_turn = 1.0 + (cos_zenith >= 0.0) * (cos_turn - 1.0)
    sin_turn = np.sqrt(np.maximum(1.0 - cos_turn * cos_turn, 0.0))
    cos_aoi = np.maximum(across * sin_turn + normal * cos_turn, 0.0)
    cos_tilt = cos_turn * mount.cos_tilt
    return cos_aoi, cos_tilt, np.sqrt(np.maximum(1.0 - cos_tilt * cos_tilt, 0.0))


def two_axis(
    x: Floats, y: Floats, z: Floats, scale: Floats, cos_zenith: Floats, site: Site, mount: Mount
) -> Facing:
    """Face of a tracker that looks straight at the sun, and lies flat when it is down.

    Parameters
    ----------
    x, y, z, scale, cos_zenith, site, mount
        As for `fixed`; all but `cos_zenith` are unused.

    Returns
    -------
    cos_aoi, cos_tilt, sin_tilt : float or ndarray
        As for `fixed`.
    """
    up = 1.0 * (cos_zenith >= 0.0)
    cos_tilt = 1.0 + up * (cos_zenith - 1.0)
    return up, cos_tilt, np.sqrt(np.maximum(1.0 - cos_tilt * cos_tilt, 0.0))


def isotropic(
    dni: Floats,
    dhi: Floats,
    inverse_extra: Floats,
    cos_zenith: Floats,
    cos_aoi: Floats,
    cos_tilt: Floats,
    sin_tilt: Floats,
) -> Floats:
    """Sky diffuse irradiance of a uniform sky, in the plane [W/m²].

    Parameters
    ----------
    dni, dhi : float or ndarray [W/m²]
        Beam and diffuse irradiance.
    inverse_extra : float or ndarray [m²/W]
        As in `SunPath`.
    cos_zenith, cos_aoi, cos_tilt, sin_tilt : float or ndarray
        Of the apparent sun and of the plane; `cos_aoi` not below 0.

    Returns
    -------
    float or ndarray [W/m²]
    """
    return dhi * (0.5 + 0.5 * cos_tilt)


def haydavies(
    dni: Floats,
    dhi: Floats,
    inverse_extra: Floats,
    cos_zenith: Floats,
    cos_aoi: Floats,
    cos_tilt: Floats,
    sin_tilt: Floats,
) -> Floats:
    """Sky diffuse irradiance in the plane after Hay & Davies (1980) [W/m²].

    Parameters
    ----------
    dni, dhi, inverse_extra, cos_zenith, cos_aoi, cos_tilt, sin_tilt
        As for `isotropic`.

    Returns
    -------
    float or ndarray [W/m²]
    """
    circumsolar = dhi * (dni * inverse_extra)
    uniform = np.maximum((dhi - circumsolar) * (0.5 + 0.5 * cos_tilt), 0.0)
    return uniform + circumsolar * cos_aoi / np.maximum(cos_zenith, _MIN_COSINE)


def perez(
    dni: Floats,
    dhi: Floats,
    inverse_extra: Floats,
    cos_zenith: Floats,
    cos_aoi: Floats,
    cos_tilt: Floats,
    sin_tilt: Floats,
) -> Floats:
    """Sky diffuse irradiance in the plane after Perez et al. (1990), all sites [W/m²].

    Zero with the sun below the horizon, as in pvlib, and zero where there is no light at all,
    where pvlib has NaN.

    Parameters
    ----------
    dni, dhi, inverse_extra, cos_zenith, cos_aoi, cos_tilt, sin_tilt
        As for `isotropic`.

    Returns
    -------
    float or ndarray [W/m²]
    """
    c = np.maximum(cos_zenith, 0.0)
    z = zenith_angle(c)
    delta = dhi * inverse_extra * airmass(c)
    # clearness is 1 + dni / weight; its bins are compared without dividing, so that dhi may be 0
    weight = dhi * (1.0 + _KAPPA * z * z * z)
    k = 1 * (dni >= 0.065 * weight)
    k = k + (dni >= 0.23 * weight)
    k = k + (dni >= 0.5 * weight)
    k = k + (dni >= 0.95 * weight)
    k = k + (dni >= 1.8 * weight)
    k = k + (dni >= 3.5 * weight)
    k = k + (dni >= 5.2 * weight)
    f1 = np.maximum(_F11[k] + _F12[k] * delta + _F13[k] * z, 0.0)
    f2 = _F21[k] + _F22[k] * delta + _F23[k] * z
    circumsolar = cos_aoi / np.maximum(cos_zenith, _COS_85)
    brightness = (1.0 - f1) * (0.5 + 0.5 * cos_tilt) + f1 * circumsolar + f2 * sin_tilt
    return np.maximum(dhi * brightness, 0.0) * (cos_zenith >= 0.0)
