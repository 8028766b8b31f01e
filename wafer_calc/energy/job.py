"""Weather and a plant as the kernels take them: floats, the sun's path, the calendar."""

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from wafer_calc.errors import RangeError, UnitError, unknown_name
from wafer_calc.kernels import engine as kernel
from wafer_calc.kernels import plane, power, sun
from wafer_calc.plant import TEMPERATURES, Plant, Tracker
from wafer_calc.weather.sunpath import sun_path

if TYPE_CHECKING:
    import pandas

    from wafer_calc.weather import Weather

_NO_BACKTRACKING = 1e9  # a row distance at which no row shades the next


class Job(NamedTuple):
    """Weather as the kernels take it, and what of the calendar they need.

    Attributes
    ----------
    weather : kernels.engine.Weather
        Arrays (site, time).
    path : SunPath
        The sun at the middle of each step.
    month, hours : ndarray (time,)
        Month (0 to 11) of each step, and the hours [h] that it counts for.
    years : int
        By which the sums are divided.
    gap_hours : ndarray (12,) [h]
        What the stamps leave out, by month.
    latitude, longitude, altitude : ndarray (site,) [degrees, m]
        The sites.
    sky : str
        A key of `kernels.engine.SKIES`.
    """

    weather: kernel.Weather
    path: sun.SunPath
    month: NDArray[np.int64]
    hours: NDArray[np.float64]
    years: int
    gap_hours: NDArray[np.float64]
    latitude: NDArray[np.float64]
    longitude: NDArray[np.float64]
    altitude: NDArray[np.float64]
    sky: str

    def at(self, site: int) -> "Job":
        """Give the same weather of one of the sites."""
        one = slice(site, site + 1)
        return self._replace(
            weather=kernel.Weather(*(w[one] for w in self.weather)),
            latitude=self.latitude[one],
            longitude=self.longitude[one],
            altitude=self.altitude[one],
        )


def prepared(weather: "Weather", transposition: str) -> Job:
    """Take weather apart for the kernels, and count its years.

    Parameters
    ----------
    weather : Weather
        Whole years of one or many sites.
    transposition : str
        A key of `kernels.engine.SKIES`.

    Returns
    -------
    Job
        Arrays with a site axis, whether or not the weather has one; nothing is copied.

    Raises
    ------
    UnitError
        Something else than a `Weather`.
    RangeError
        No whole years.
    UnknownNameError
        No such model.
    """
    from wafer_calc.weather import Weather

    if not isinstance(weather, Weather):
        raise UnitError(f"weather: {type(weather).__name__} came, wanted a Weather")
    if transposition not in kernel.SKIES:
        raise unknown_name("transposition", str(transposition), kernel.SKIES)
    sites = weather.n_sites or 1
    month = weather.times.month.to_numpy().astype(np.int64) - 1
    if weather.label == "end":
        import pandas

        last = weather.times - pandas.Timedelta(minutes=weather.interval / 2)
        month = last.month.to_numpy().astype(np.int64) - 1
    years, gap_hours = _calendar(weather, month)
    return Job(
        weather=kernel.Weather(
            *(
                np.atleast_2d(getattr(weather, name))
                for name in ("ghi", "dni", "dhi", "temp_air", "wind_speed")
            )
        ),
        path=sun_path(weather.mid_times),
        month=month,
        hours=np.asarray(weather.hours, dtype=float),
        years=years,
        gap_hours=gap_hours,
        latitude=np.broadcast_to(weather.latitude, sites),
        longitude=np.broadcast_to(weather.longitude, sites),
        altitude=np.broadcast_to(weather.altitude, sites),
        sky=transposition,
    )


def _calendar(weather: "Weather", month: NDArray[np.int64]) -> tuple[int, NDArray[np.float64]]:
    """Count the years of the weather, and the hours that its stamps leave out, by month."""
    import pandas

    gap_hours = np.zeros(12)
    if weather.weights is None:
        step = pandas.Timedelta(minutes=weather.interval)
        lengths = np.round(np.diff(weather.times.asi8) / _ticks(weather.times, step)).astype(int)
        for i in np.flatnonzero(lengths > 1):
            absent = pandas.date_range(weather.times[i] + step, periods=lengths[i] - 1, freq=step)
            # typical years leave the leap day out
            absent = absent[(absent.month != 2) | (absent.day != 29)]
            np.add.at(gap_hours, absent.month.to_numpy() - 1, weather.interval / 60.0)
    hours = float(weather.hours.sum() + gap_hours.sum())
    years = max(1, round(hours / 8766.0))
    if not 8760.0 * years - 1.0 <= hours <= 8784.0 * years + 1.0:
        raise RangeError(
            f"weather: {hours:g} h from {weather.times[0]} to {weather.times[-1]} came, wanted "
            "whole years (8760 or 8784 h each); add what is missing, as NaN if need be, or give "
            "weights"
        )
    return years, gap_hours


def _ticks(times: "pandas.DatetimeIndex", step: "pandas.Timedelta") -> float:
    return float(step.as_unit(times.unit).asm8.astype(np.int64))


def kernel_plant(plant: Plant) -> tuple[float, plane.Mount, power.Array, str, str]:
    """Turn a plant into what the kernels take.

    Parameters
    ----------
    plant : Plant
        Checked when it was made.

    Returns
    -------
    azimuth, mount, array, mounting, heat
        The azimuth for `kernels.sun.site_frame`, the kernels' records, and the keys of
        `kernels.engine.MOUNTINGS` and `HEATS`.
    """
    tracker = plant.tracking if isinstance(plant.tracking, Tracker) else None
    tilt = np.radians(tracker.axis_tilt if tracker else plant.surface_tilt)
    mount = plane.Mount(
        cos_tilt=float(np.cos(tilt)),
        sin_tilt=float(np.sin(tilt)),
        cos_limit=float(np.cos(np.radians(tracker.max_angle))) if tracker else 1.0,
        inverse_gcr=1.0 / tracker.gcr if tracker and tracker.backtrack else _NO_BACKTRACKING,
    )
    heat, *figures = TEMPERATURES[plant.temperature]
    if heat == "sapm":
        a, b, delta_t = figures
        figures = [float(np.exp(a)), b, delta_t / power.STC_IRRADIANCE_W_M2]
    array = power.Array(
        albedo=plant.albedo,
        heat_0=figures[0],
        heat_1=figures[1],
        heat_2=figures[2],
        gamma_pdc=plant.gamma_pdc,
        gain=1.0 + plant.bifacial_gain,
        kept=1.0 - plant.total_losses,
        pdc0=1.0 / plant.dc_ac_ratio / plant.inverter_efficiency,
        efficiency=plant.inverter_efficiency,
        diffuse_glass=1.0 if plant.reflection == "all" else 0.0,
    )
    if tracker:
        return tracker.axis_azimuth, mount, array, "single_axis", heat
    mounting = "two_axis" if plant.tracking == "two_axis" else "fixed"
    return plant.surface_azimuth, mount, array, mounting, heat


def missing_hours(job: Job) -> NDArray[np.float64]:
    """Hours that each site lacks in any of its five series, or whose stamps are not there."""
    total = sum(np.isnan(w) for w in job.weather) > 0
    return np.asarray(total @ job.hours + job.gap_hours.sum())
