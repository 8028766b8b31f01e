"""The third irradiance component from two, with the sun at the middle of the interval."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wafer_calc.kernels import sun
from wafer_calc.weather.sunpath import sun_path

if TYPE_CHECKING:
    import pandas

    from wafer_calc.weather.record import Weather

# Below this height of the sun at mid-interval the quotient (GHI - DHI) / cos(zenith) only
# magnifies errors, so the beam is taken as none: the limit of pvlib.irradiance.dni.
MIN_COS_ZENITH = np.cos(np.radians(88.0))


def third_component(weather: Weather, given: dict[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
    """Give the irradiance component that is missing, or nothing.

    ``GHI = DNI · cos(zenith) + DHI``, with the apparent zenith (refraction included, as the
    simulation sees it) at `Weather.mid_times`.

    - DNI: zero where the sun is under 2° high or GHI does not exceed DHI; never above the sun's
      own beam at that day's distance.
    - DHI: GHI less the beam, never under zero.
    - GHI: the sum; the beam counts only while the sun is up.

    Parameters
    ----------
    weather : Weather
        The record in the making: its times and coordinates.
    given : dict of str to ndarray, shape (time,) or (site, time) [W/m²]
        The arrays that came, with or without others.

    Returns
    -------
    dict of str to ndarray, shape like the others [W/m²]
        Empty where all three came; else the one missing, in the type of the others.
    """
    components = {name: came for name, came in given.items() if name in ("ghi", "dni", "dhi")}
    if len(components) == 3:
        return {}
    return closed(components, sun_cos_zenith(weather), extraterrestrial(weather))


def closed(
    given: dict[str, NDArray[Any]],
    cos_zenith: NDArray[np.float64],
    dni_extra: NDArray[np.float64],
) -> dict[str, NDArray[Any]]:
    """Give the third component by the rules of `third_component`.

    Parameters
    ----------
    given : dict of str to ndarray, shape (…, time) [W/m²]
        Two of ``ghi``, ``dni`` and ``dhi``.
    cos_zenith : ndarray, shape (…, time)
        Cosine of the sun's apparent zenith at mid-interval.
    dni_extra : ndarray, shape (time,) [W/m²]
        The sun's beam outside the atmosphere.

    Returns
    -------
    dict of str to ndarray, shape like the others [W/m²]
        The one missing, in the type of the others.
    """
    (missing,) = {"ghi", "dni", "dhi"} - given.keys()
    if missing == "dni":
        third = rebuild_dni(given["ghi"], given["dhi"], cos_zenith, dni_extra)
    elif missing == "dhi":
        third = np.maximum(given["ghi"] - given["dni"] * np.maximum(cos_zenith, 0.0), 0.0)
    else:
        third = given["dni"] * np.maximum(cos_zenith, 0.0) + given["dhi"]
    return {missing: third.astype(np.result_type(*given.values()), copy=False)}


def rebuild_dni(
    ghi: NDArray[Any],
    dhi: NDArray[Any],
    cos_zenith: NDArray[np.float64],
    dni_extra: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Beam from global and diffuse; see `third_component` for the rules near the horizon.

    Parameters
    ----------
    ghi, dhi : ndarray, shape (…, time) [W/m²]
        Global and diffuse horizontal irradiance.
    cos_zenith : ndarray, shape (…, time)
        Cosine of the sun's apparent zenith at mid-interval.
    dni_extra : ndarray, shape (time,) [W/m²]
        The sun's beam outside the atmosphere.

    Returns
    -------
    ndarray, shape (…, time) [W/m²]
    """
    high = cos_zenith > MIN_COS_ZENITH
    beam = np.maximum(ghi - dhi, 0.0) / np.where(high, cos_zenith, 1.0)
    # NaN in gives NaN out also at night, where 0 · NaN keeps it
    rebuilt: NDArray[np.float64] = np.where(high, np.minimum(beam, dni_extra), 0.0 * beam)
    return rebuilt


def extraterrestrial(weather: Weather) -> NDArray[np.float64]:
    """Give the sun's beam outside the atmosphere at `mid_times`, shape (time,) [W/m²]."""
    return beam_outside(weather.mid_times)


def beam_outside(times: pandas.DatetimeIndex) -> NDArray[np.float64]:
    """Give the sun's beam outside the atmosphere on the days of `times`, shape (time,) [W/m²]."""
    from pvlib.irradiance import get_extra_radiation

    days = times.tz_convert("UTC").day_of_year.to_numpy(dtype=float)
    return np.asarray(get_extra_radiation(days, solar_constant=1361.1), dtype=float)


def sun_cos_zenith(weather: Weather) -> NDArray[np.float64]:
    """Give the cosine of the apparent zenith at `Weather.mid_times`, (time,) or (site, time)."""
    rows = cos_zenith_at(
        sun_path(weather.mid_times), weather.latitude, weather.longitude, weather.altitude
    )
    return rows[0] if np.ndim(weather.latitude) == 0 else rows


def cos_zenith_at(
    path: sun.SunPath, latitude: ArrayLike, longitude: ArrayLike, altitude: ArrayLike
) -> NDArray[np.float64]:
    """Give the cosine of the apparent zenith along the sun's path, shape (site, time).

    Parameters
    ----------
    path : SunPath
        Of `wafer_calc.weather.sunpath.sun_path`.
    latitude, longitude, altitude : array_like, shape (site,) or () [degrees, m]
        The sites.

    Returns
    -------
    ndarray, shape (site, time)
        Refraction included.
    """
    places = np.broadcast_arrays(*map(np.atleast_1d, (latitude, longitude, altitude)))
    rows = []
    for north, east, height in zip(*places, strict=True):
        site = sun.site_frame(north, east, height, 180.0)
        true = path.x * site.up_x + path.y * site.up_y + path.z * site.up_z
        rows.append(sun.apparent(true, path.inverse_extra, site)[0])
    return np.array(rows)
