"""The third irradiance component from two, with the sun at the middle of the interval."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from wafer_calc.kernels import sun
from wafer_calc.weather.sunpath import sun_path

if TYPE_CHECKING:
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
        The arrays that came.

    Returns
    -------
    dict of str to ndarray, shape like the others [W/m²]
        Empty where all three came; else the one missing, in the type of the others.
    """
    missing = [name for name in ("ghi", "dni", "dhi") if name not in given]
    if not missing:
        return {}
    two = [given[name] for name in ("ghi", "dni", "dhi") if name in given]
    kind = np.result_type(*two)
    cos_zenith = sun_cos_zenith(weather)
    if missing == ["dni"]:
        ghi, dhi = two
        third = rebuild_dni(ghi, dhi, cos_zenith, extraterrestrial(weather))
    elif missing == ["dhi"]:
        ghi, dni = two
        third = np.maximum(ghi - dni * np.maximum(cos_zenith, 0.0), 0.0)
    else:
        dni, dhi = two
        third = dni * np.maximum(cos_zenith, 0.0) + dhi
    return {missing[0]: third.astype(kind, copy=False)}


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
    from pvlib.irradiance import get_extra_radiation

    days = weather.mid_times.tz_convert("UTC").day_of_year.to_numpy(dtype=float)
    return np.asarray(get_extra_radiation(days, solar_constant=1361.1), dtype=float)


def sun_cos_zenith(weather: Weather) -> NDArray[np.float64]:
    """Give the cosine of the apparent zenith at `Weather.mid_times`, (time,) or (site, time)."""
    path = sun_path(weather.mid_times)
    places = np.broadcast_arrays(weather.latitude, weather.longitude, weather.altitude)
    rows = []
    for latitude, longitude, altitude in zip(*(np.atleast_1d(p) for p in places), strict=True):
        site = sun.site_frame(latitude, longitude, altitude, 180.0)
        true = path.x * site.up_x + path.y * site.up_y + path.z * site.up_z
        rows.append(sun.apparent(true, path.inverse_extra, site)[0])
    return rows[0] if np.ndim(weather.latitude) == 0 else np.array(rows)
