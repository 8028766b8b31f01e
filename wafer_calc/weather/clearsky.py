"""A year without clouds, as an upper bound: Ineichen's clear sky over pvlib's turbidity map."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

import numpy as np

from wafer_calc.facts import find
from wafer_calc.weather import closure
from wafer_calc.weather.record import Weather

if TYPE_CHECKING:
    import pandas as pd


def clear_sky(
    latitude: float,
    longitude: float,
    altitude: float | None = None,
    *,
    temp_air: float | None = None,
    wind_speed: float | None = None,
    year: int = 2021,
) -> Weather:
    """Give the hours of a year in which no cloud passes.

    Parameters
    ----------
    latitude, longitude : float [degrees]
        North and east positive.
    altitude : float [m], optional
        Above sea; looked up in pvlib's map of heights where not given.
    temp_air : float [°C], optional
        Assumed for all hours; the fact ``weather.clear_sky_temp_air`` where not given.
    wind_speed : float [m/s], optional
        Assumed for all hours; the fact ``weather.station_wind_speed`` where not given.
    year : int
        Which year's sun.

    Returns
    -------
    Weather
        Hourly; what is assumed stands in `source`.

    Raises
    ------
    RangeError
        Coordinates that are no place.

    Notes
    -----
    Ineichen and Perez (2002, doi:10.1016/S0038-092X(02)00045-2) with the monthly Linke turbidity
    of SoDa (Remund et al. 2003), as pvlib ships it, interpolated by day.

    Examples
    --------
    >>> w = clear_sky(40.53, 109.88, 1004)
    >>> print(f"{w.ghi.sum() / 1000:.0f} kWh/m²")
    2132 kWh/m²
    """
    import pandas as pd
    from pvlib.atmosphere import alt2pres, get_absolute_airmass, get_relative_airmass
    from pvlib.clearsky import ineichen

    air = find("weather.clear_sky_temp_air").best.value if temp_air is None else temp_air
    wind = find("weather.station_wind_speed").best.value if wind_speed is None else wind_speed
    zone = round(longitude / 15.0) * 3600 if abs(longitude) <= 180 else 0
    times = pd.date_range(f"{year}-01-01", f"{year}-12-31 23:00", freq="h").tz_localize(zone)
    dark = np.zeros(len(times))
    night = Weather(
        times,
        latitude,
        longitude,
        altitude=altitude,  # type: ignore[arg-type]  # None is looked up in construction
        ghi=dark,
        dni=dark,
        dhi=dark,
        temp_air=np.full(len(times), air),
        wind_speed=np.full(len(times), wind),
        label="start",
        source=f"clear sky (Ineichen, SoDa turbidity); {air:g} °C and wind {wind:g} m/s assumed",
    )
    cos_zenith = closure.sun_cos_zenith(night)
    up = cos_zenith > 0
    zenith = np.degrees(np.arccos(cos_zenith[up]))
    pressure = alt2pres(float(night.altitude))
    sky = ineichen(
        zenith,
        get_absolute_airmass(get_relative_airmass(zenith), pressure),
        _turbidity(night.mid_times[up], latitude, longitude),
        altitude=float(night.altitude),
        dni_extra=closure.extraterrestrial(night)[up],
    )
    made = {name: dark.copy() for name in ("ghi", "dni", "dhi")}
    for name, hours in made.items():
        hours[up] = sky[name]
    return night.replace(**made)


def _turbidity(
    times: pd.DatetimeIndex, latitude: float, longitude: float
) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    from pvlib.clearsky import lookup_linke_turbidity

    with warnings.catch_warnings():
        # pvlib asks pandas for names that pandas deprecates
        warnings.simplefilter("ignore", DeprecationWarning)
        warnings.simplefilter("ignore", FutureWarning)
        turbidity = lookup_linke_turbidity(times.tz_convert("UTC"), latitude, longitude)
    return np.asarray(turbidity, dtype=float)
