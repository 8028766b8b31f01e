"""A typical year from monthly means: eight equally likely days a month, hour by hour."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from wafer_calc.errors import RangeError, ShapeError
from wafer_calc.units import magnitude
from wafer_calc.weather import closure
from wafer_calc.weather.record import Weather, lookup_altitude

if TYPE_CHECKING:
    import pandas as pd

DAYS_A_MONTH = 8
# Which of the eight days, dullest 0 to clearest 7, falls on which eighth of the month: an order
# with no trend and no curvature over the month (Σ i·p = 98, Σ i²·p = Σ i·p² = 490), so that the
# sun's course through the month and the clearness of its days stay independent.
_ORDER = np.array([3, 6, 0, 5, 2, 7, 1, 4])
_MONTH_DAYS = np.array([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])
_YEAR = 2021  # a common year; the sun's course differs from other years' by minutes of arc
_SOLAR_CONSTANT_W_M2 = 1361.1  # Gueymard 2018, doi:10.1016/j.solener.2018.04.001
_KT_MIN = 0.05  # Bendt et al. 1981
_KT_MAX_MEAN = 0.80  # no month on record is clearer; above it Herzog's fit has no distribution
# Highest temperature of the day, in solar time [h]
_WARMEST_HOUR = 15.0

Months = NDArray[np.float64]


def typical_year(
    latitude: float | NDArray[np.float64],
    longitude: float | NDArray[np.float64],
    *,
    ghi: Any,
    dhi: Any,
    temp_air: Any,
    wind_speed: float,
    altitude: float | NDArray[np.float64] | None = None,
    temp_swing: float = 5.0,
    name: str = "",
    source: str = "typical year of monthly means",
) -> Weather:
    """Make a typical year of hours from a place's monthly means.

    Each month becomes eight equally likely days between dull and clear, 2304 hours in all, with
    `Weather.weights` saying how often each counts; the months' sums of GHI and DHI are kept.

    Parameters
    ----------
    latitude, longitude : float or ndarray, shape (site,) [degrees]
        North and east positive; the sites share one time zone, that of their mean longitude.
    ghi, dhi : Quantity [kWh/m²], shape (12,) or (site, 12)
        Irradiation of each month on the horizontal, global and diffuse.
    temp_air : array_like, shape (12,) or (site, 12) [°C]
        Mean of each month.
    wind_speed : float [m/s]
        Assumed for all hours.
    altitude : float or ndarray, shape (site,) [m], optional
        Above sea.
    temp_swing : float [K]
        Amplitude of the day's course of temperature, warmest at 15 h solar time.
    name, source : str
        Passed to the record.

    Returns
    -------
    Weather
        Of shape (2304,) or (site, 2304).

    Raises
    ------
    RangeError
        A month with more irradiation than the sky could let through, or more diffuse than global.
    ShapeError
        Not twelve months.

    Notes
    -----
    Daily clearness: the distribution of Bendt, Collares-Pereira and Rabl (1981,
    doi:10.1016/0038-092X(81)90013-X), its parameter by Herzog (1986), at its eight mid-quantiles.
    Daily diffuse: Erbs, Klein and Duffie (1982, doi:10.1016/0038-092X(82)90302-4), bent to the
    month's DHI. Hours: Collares-Pereira and Rabl (1979, doi:10.1016/0038-092X(79)90100-3) for the
    global, Liu and Jordan (1960, doi:10.1016/0038-092X(60)90062-1) for the diffuse. All as in
    Duffie and Beckman, Solar Engineering of Thermal Processes, chapter 2.

    Against the full hourly years that the monthly means came from (nine of the US, Italy and
    China), Hay-Davies sky: fixed plants -0.8 to +1.3 %, on average +0.6 %; horizontal trackers
    -0.6 to +2.3 %, on average +0.9 %.

    Examples
    --------
    >>> from wafer_calc.units import Q_
    >>> w = typical_year(40.5, 109.9, altitude=1000, ghi=Q_([70] * 12, "kWh/m^2"),
    ...                  dhi=Q_([30] * 12, "kWh/m^2"), temp_air=[7] * 12, wind_speed=2.5)
    >>> print(f"{w.weights @ w.ghi / 1000:.0f} kWh/m²")
    840 kWh/m²
    """
    ghi_months, dhi_months, temp_months = _months(ghi, dhi, temp_air)
    latitudes, longitudes = (np.atleast_1d(np.asarray(v, float)) for v in (latitude, longitude))
    sites = ghi_months.shape[0]
    single = np.ndim(latitude) == 0 and np.ndim(magnitude(ghi, "kWh/m^2", "ghi")) == 1
    if {latitudes.size, longitudes.size} - {1, sites}:
        raise ShapeError(f"latitude, longitude: {latitudes.size} and {longitudes.size} came, "
                         f"wanted one or {sites}, as the months")  # fmt: skip
    times, weights = _calendar(float(longitudes.mean()))
    if altitude is None:
        altitude = lookup_altitude(latitude, longitude)
    dark = np.zeros(len(times) if single else (sites, len(times)))
    frame = Weather(
        times,
        latitude if single else np.broadcast_to(latitudes, sites),
        longitude if single else np.broadcast_to(longitudes, sites),
        altitude=altitude,
        ghi=dark,
        dni=dark,
        dhi=dark,
        temp_air=dark,
        wind_speed=np.full_like(dark, wind_speed),
        label="start",
        interval=60.0,
        weights=weights,
        name=name,
        source=source,
    )
    solar_time, declination = _solar_angles(frame.mid_times, longitudes)
    globals_, diffuses = representative_hours(
        ghi_months,
        dhi_months,
        np.radians(latitudes),
        declination,
        np.radians(15 * solar_time - 180),
    )
    warm = np.cos(np.radians(15.0 * (solar_time - _WARMEST_HOUR)))
    hours_a_month = DAYS_A_MONTH * 24
    temperature = np.repeat(temp_months, hours_a_month, axis=1) + temp_swing * warm
    cos_zenith = np.atleast_2d(closure.sun_cos_zenith(frame))
    beams = closure.rebuild_dni(globals_, diffuses, cos_zenith, closure.extraterrestrial(frame))
    made = {"ghi": globals_, "dni": beams, "dhi": diffuses, "temp_air": temperature}
    return frame.replace(**{key: array[0] if single else array for key, array in made.items()})


def representative_hours(
    ghi_months: Months,
    dhi_months: Months,
    latitude: NDArray[np.float64],
    declination: NDArray[np.float64],
    hour_angle: NDArray[np.float64],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Spread monthly irradiation over the hours of the representative days.

    Parameters
    ----------
    ghi_months, dhi_months : ndarray, shape (site, 12) [kWh/m²]
        Irradiation of each month on the horizontal.
    latitude : ndarray, shape (site,) or (1,) [rad]
        North positive.
    declination : ndarray, shape (time,) [rad]
        Of the sun at each hour's middle.
    hour_angle : ndarray, shape (site, time) or (1, time) [rad]
        Of the sun at each hour's middle; zero at solar noon.

    Returns
    -------
    ghi, dhi : ndarray, shape (site, time) [W/m²]
    """
    days = 12 * DAYS_A_MONTH
    by_day = (-1, 12, DAYS_A_MONTH)
    noon = declination.reshape(days, 24)[:, 12]
    sunset = _sunset(latitude, noon)
    doy = _representative_doys()
    extra = _daily_extraterrestrial_kwh_m2(latitude, noon, sunset, doy).reshape(by_day)

    # months without sun have nothing to spread; with a trace of it, clearness is capped
    reach = np.maximum(extra.mean(axis=2), 1e-9)
    mean_kt = ghi_months / _MONTH_DAYS / reach
    beyond = (mean_kt > 1.0) & (ghi_months > 0.5)
    if beyond.any():
        site, month = (int(i) for i in np.argwhere(beyond)[0])
        raise RangeError(
            f"ghi: {ghi_months[site, month]:g} kWh/m² in month {month + 1}, more than the "
            f"{reach[site, month] * _MONTH_DAYS[month]:.0f} that reach the atmosphere there"
        )
    kt = bendt_quantiles(np.clip(mean_kt, _KT_MIN + 0.01, _KT_MAX_MEAN))[..., _ORDER]
    daily = kt * extra
    daily *= (ghi_months / _MONTH_DAYS / np.maximum(daily.mean(axis=2), 1e-12))[..., None]
    fraction = erbs_daily_diffuse(np.minimum(daily / np.maximum(extra, 1e-12), 1.0),
                                  sunset.reshape(by_day))  # fmt: skip
    fraction = _bend(fraction, daily, dhi_months / _MONTH_DAYS)

    shape = np.maximum(np.cos(hour_angle) - np.repeat(np.cos(sunset), 24, axis=1), 0.0).reshape(
        -1, days, 24
    )
    angle = hour_angle.reshape(-1, days, 24)
    ramp = np.sin(sunset - np.radians(60.0))[..., None]
    profile = ((0.409 + 0.5016 * ramp) + (0.6609 - 0.4767 * ramp) * np.cos(angle)) * shape
    flat_daily, flat_fraction = (a.reshape(a.shape[0], days, 1) for a in (daily, fraction))
    global_hours = 1000.0 * flat_daily * _normalised(np.maximum(profile, 0.0))
    diffuse_hours = 1000.0 * flat_daily * flat_fraction * _normalised(shape)
    # at the ends of a dull day the two profiles cross; what is above the global goes to the hours
    # that have room for it, so that the day keeps its sum
    kept = np.minimum(diffuse_hours, global_hours)
    room = global_hours - kept
    over = (diffuse_hours - kept).sum(axis=2, keepdims=True)
    diffuse_hours = kept + over * _normalised(room)
    size = (global_hours.shape[0], days * 24)
    return global_hours.reshape(size), diffuse_hours.reshape(size)


def bendt_quantiles(mean_kt: NDArray[np.float64]) -> NDArray[np.float64]:
    """Daily clearness at the mid-quantiles of eight equally likely days.

    Parameters
    ----------
    mean_kt : ndarray, any shape
        Monthly mean clearness, 0.06 to 0.80.

    Returns
    -------
    ndarray, shape (…, 8)
        From the dullest to the clearest.
    """
    mean = np.asarray(mean_kt, dtype=float)[..., None]
    kt_max = 0.6313 + 0.267 * mean - 11.9 * (mean - 0.75) ** 8
    xi = (kt_max - _KT_MIN) / (kt_max - mean)
    gamma = -1.498 + (1.184 * xi - 27.182 * np.exp(-1.5 * xi)) / (kt_max - _KT_MIN)
    share = (np.arange(DAYS_A_MONTH) + 0.5) / DAYS_A_MONTH
    # inverse of the cumulative distribution, counted from the top so that no exponent overflows
    span = gamma * (kt_max - _KT_MIN)
    inverse: NDArray[np.float64] = kt_max + np.log(share + (1 - share) * np.exp(-span)) / gamma
    return inverse


def erbs_daily_diffuse(kt: NDArray[np.float64], sunset: NDArray[np.float64]) -> NDArray[np.float64]:
    """Diffuse part of a day's global irradiation by its clearness (Erbs, Klein and Duffie 1982).

    Parameters
    ----------
    kt : ndarray, any shape
        The day's clearness.
    sunset : ndarray, same shape [rad]
        Hour angle of sunset; winter days are those that end before 81.4°.

    Returns
    -------
    ndarray, same shape
    """
    winter = np.where(
        kt < 0.715, 1.0 - 0.2727 * kt + 2.4495 * kt**2 - 11.9514 * kt**3 + 9.3879 * kt**4, 0.143
    )
    summer = np.where(kt < 0.722, 1.0 + 0.2832 * kt - 2.5557 * kt**2 + 0.8448 * kt**3, 0.175)
    fraction: NDArray[np.float64] = np.where(sunset < np.radians(81.4), winter, summer)
    return np.minimum(fraction, 1.0)


def _bend(fraction: Months, daily: Months, wanted: Months) -> Months:
    """Raise the diffuse fractions to the power that gives each month its DHI, by bisection."""
    low, high = np.full(wanted.shape, -8.0), np.full(wanted.shape, 8.0)
    safe = np.clip(fraction, 1e-6, 1 - 1e-6)
    for _ in range(50):
        middle = (low + high) / 2
        made = (daily * safe ** np.exp2(middle)[..., None]).mean(axis=2)
        too_much = made > wanted
        low, high = np.where(too_much, middle, low), np.where(too_much, high, middle)
    bent: Months = safe ** np.exp2((low + high) / 2)[..., None]
    return bent


def _normalised(shape: NDArray[np.float64]) -> NDArray[np.float64]:
    total = shape.sum(axis=2, keepdims=True)
    shares: NDArray[np.float64] = shape / np.where(total > 0, total, 1.0)
    return shares


def _sunset(latitude: NDArray[np.float64], declination: NDArray[np.float64]) -> NDArray[np.float64]:
    """Hour angle of sunset [rad], shape (site, day); 0 in polar night and π at midnight sun."""
    cosine = -np.tan(latitude)[:, None] * np.tan(declination)
    return np.asarray(np.arccos(np.clip(cosine, -1.0, 1.0)))


def _daily_extraterrestrial_kwh_m2(
    latitude: NDArray[np.float64],
    declination: NDArray[np.float64],
    sunset: NDArray[np.float64],
    doy: NDArray[np.float64],
) -> NDArray[np.float64]:
    from pvlib.irradiance import get_extra_radiation

    beam = get_extra_radiation(doy, solar_constant=_SOLAR_CONSTANT_W_M2)
    level = np.sin(latitude)[:, None] * np.sin(declination)
    swing = np.cos(latitude)[:, None] * np.cos(declination)
    return np.asarray(24 / np.pi * beam * (swing * np.sin(sunset) + sunset * level) / 1000)


def _representative_doys() -> NDArray[np.float64]:
    starts = np.cumsum(_MONTH_DAYS) - _MONTH_DAYS
    within = np.floor((np.arange(DAYS_A_MONTH) + 0.5) / DAYS_A_MONTH * _MONTH_DAYS[:, None])
    return np.asarray((starts[:, None] + within + 1.0).ravel())


def _calendar(longitude: float) -> tuple[pd.DatetimeIndex, NDArray[np.float64]]:
    import pandas as pd

    zone = round(longitude / 15.0)
    hours = (_representative_doys()[:, None] - 1) * 24 + np.arange(24)
    times = pd.Timestamp(f"{_YEAR}-01-01") + pd.to_timedelta(hours.ravel(), unit="h")
    weights = np.repeat(_MONTH_DAYS / DAYS_A_MONTH, DAYS_A_MONTH * 24)
    return pd.DatetimeIndex(times).tz_localize(3600 * zone), weights


def _solar_angles(
    times: pd.DatetimeIndex, longitude: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Solar time [h], shape (site, time), and declination [rad], shape (time,)."""
    from pvlib.solarposition import declination_spencer71, equation_of_time_spencer71

    instants = times.tz_convert("UTC")
    doy = instants.day_of_year.to_numpy(dtype=float)
    utc = (instants.hour + instants.minute / 60.0).to_numpy(dtype=float)
    solar = utc + equation_of_time_spencer71(doy) / 60.0 + longitude[:, None] / 15.0
    return solar % 24.0, np.asarray(declination_spencer71(doy))


def _months(ghi: Any, dhi: Any, temp_air: Any) -> tuple[Months, Months, Months]:
    arrays = {
        "ghi": np.asarray(magnitude(ghi, "kWh/m^2", "ghi"), dtype=float),
        "dhi": np.asarray(magnitude(dhi, "kWh/m^2", "dhi"), dtype=float),
        "temp_air": np.asarray(temp_air, dtype=float),
    }
    sizes = {name: array.shape for name, array in arrays.items()}
    if any(size[-1:] != (12,) or len(size) > 2 for size in sizes.values()):
        came = ", ".join(f"{name} {size}" for name, size in sizes.items())
        raise ShapeError(f"{came}: wanted the twelve months, (12,) or (site, 12)")
    sites = max(size[0] if len(size) == 2 else 1 for size in sizes.values())
    try:
        months = {name: np.broadcast_to(a, (sites, 12)) for name, a in arrays.items()}
    except ValueError as error:
        raise ShapeError(f"ghi, dhi, temp_air: {sizes}, wanted as many sites in each") from error
    for name in ("ghi", "dhi"):
        if (months[name] < 0).any():
            raise RangeError(f"{name}: {months[name].min():g} kWh/m² in a month, wanted 0 or more")
    if (months["dhi"] > months["ghi"]).any():
        site, month = (int(i) for i in np.argwhere(months["dhi"] > months["ghi"])[0])
        raise RangeError(
            f"dhi: {months['dhi'][site, month]:g} kWh/m² in month {month + 1}, more than its "
            f"global {months['ghi'][site, month]:g}"
        )
    if not np.isfinite(months["temp_air"]).all():
        raise RangeError("temp_air: not finite; wanted the mean of each month in °C")
    return months["ghi"], months["dhi"], months["temp_air"]
