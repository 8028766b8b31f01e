"""Whether weather fits the sun above it: closure, phase, night, gaps, limits and year means."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from wafer_calc import display
from wafer_calc.errors import ShapeError
from wafer_calc.weather import closure

if TYPE_CHECKING:
    from wafer_calc.weather.record import Weather

# What counts as clean. Hourly files of known good stations keep their phase within -7 to +3
# minutes and their closure within 0.3 %.
CLEAN_PHASE_MINUTES = 10.0
CLEAN_CLOSURE = 0.02
# A month of days with sun: fewer let single clouds decide the phase.
_MIN_DAYLIGHT_HOURS = 240.0
_SEARCH_MINUTES = 180.0
_GRID_MINUTES = 10.0
_DEGREES_PER_MINUTE = 0.25
# The sun's lower edge at the horizon, refraction included, and half an hour of its steepest path:
# further down, no part of an hourly mean can have seen it.
_NIGHT_COS_ZENITH = np.cos(np.radians(98.5))


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """What was found in one site's weather, as it came.

    Attributes
    ----------
    records : int
        Rows of the table.
    expected : int
        Rows that whole calendar years of this interval would have; the leap day may be left out.
    closure : float or None
        ``Σ(DNI · cos(zenith) + DHI) / Σ GHI`` with the sun at mid-interval; 1 in a sound file.
    phase : float or None [minutes]
        How late the stamps run: the lag that maximises the correlation of GHI with the
        extraterrestrial irradiance on the horizontal. Under 10 either way is clean.
    phase_dhi : float or None [minutes]
        The lag of DHI by itself.
    night_hours, night_kwh_m2 : float [h], [kWh/m²]
        Hours of GHI above zero while the sun is over 8.5° below the horizon, and their sum.
    missing : dict of str to int
        NaN values by column, where there are any.
    gaps : tuple of (str, str, int)
        Instants on either side of a gap and the rows that lack between them.
    leap_day_left_out : bool
        29 February of a leap year is not there, as is usual in typical years; no gap.
    impossible : dict of str to int
        Values above the physically possible limits of the Baseline Surface Radiation Network.
    ghi_year, dni_year, dhi_year : float or None [kWh/m²]
        Annual sums: mean of the values that are there, times 8760 h.
    temp_air_mean, wind_speed_mean : float or None [°C], [m/s]
        Means of the values that are there.
    notes : tuple of str
        What reading did to single values.
    repairs : tuple of str
        What a repair changed; empty where none was asked for or none was needed.
    """

    records: int
    expected: int
    closure: float | None
    phase: float | None
    phase_dhi: float | None
    night_hours: float
    night_kwh_m2: float
    missing: dict[str, int]
    gaps: tuple[tuple[str, str, int], ...]
    leap_day_left_out: bool
    impossible: dict[str, int]
    ghi_year: float | None
    dni_year: float | None
    dhi_year: float | None
    temp_air_mean: float | None
    wind_speed_mean: float | None
    notes: tuple[str, ...] = ()
    repairs: tuple[str, ...] = ()

    @property
    def issues(self) -> tuple[str, ...]:
        """What a user should know before trusting the yield, a sentence each."""
        found = []
        if self.closure is not None and abs(self.closure - 1) > CLEAN_CLOSURE:
            found.append(f"DNI and DHI make {self.closure:.2f} of GHI")
        if self.phase is not None and abs(self.phase) >= CLEAN_PHASE_MINUTES:
            late = "late" if self.phase > 0 else "early"
            own = "" if self.phase_dhi is None else f" (DHI {self.phase_dhi:+.0f})"
            found.append(f"the time stamps run {abs(self.phase):.0f} minutes {late}{own}")
        if self.ghi_year and self.night_kwh_m2 > 0.001 * self.ghi_year:
            found.append(f"{self.night_kwh_m2:.1f} kWh/m² of GHI fall in {self.night_hours:.0f} h"
                         " of night")  # fmt: skip
        found += [f"{count(n, 'value')} of {name} missing" for name, n in self.missing.items()]
        found += [f"{count(n, 'row')} missing between {a} and {b}" for a, b, n in self.gaps]
        lacking = self.expected - self.records - sum(n for *_, n in self.gaps)
        if lacking > 0 and not (self.leap_day_left_out and lacking == self._leap_rows):
            found.append(f"{self.records} rows where whole years have {self.expected}")
        found += [
            f"{count(n, 'value')} of {name} above what is physically possible"
            for name, n in self.impossible.items()
        ]
        return tuple(found)

    @property
    def _leap_rows(self) -> int:
        return round(self.expected / 366)

    @property
    def clean(self) -> bool:
        """Whether nothing was found."""
        return not self.issues

    def text(self) -> str:
        """Give the report in a few lines of plain text."""
        lines = [f"{self.records} rows; " + ("clean" if self.clean else "with faults:")]
        lines += [f"  - {issue}" for issue in self.issues]
        closed = "not known" if self.closure is None else f"{self.closure:.3f}"
        phase = "not known" if self.phase is None else f"{self.phase:+.0f} min"
        own = "not known" if self.phase_dhi is None else f"{self.phase_dhi:+.0f} min"
        lines.append(f"closure {closed}, phase {phase}, DHI's own {own}")
        sums = [
            f"{name} {value:.0f}"
            for name, value in (
                ("GHI", self.ghi_year), ("DNI", self.dni_year), ("DHI", self.dhi_year)
            )
            if value is not None
        ]  # fmt: skip
        lines.append(f"a year: {', '.join(sums)} kWh/m²")
        if self.temp_air_mean is not None and self.wind_speed_mean is not None:
            lines[-1] += f"; {self.temp_air_mean:.1f} °C, wind {self.wind_speed_mean:.1f} m/s"
        if self.leap_day_left_out:
            lines.append("29 February is left out")
        lines += [f"note: {note}" for note in self.notes]
        lines += [f"repaired: {repair}" for repair in self.repairs]
        return "\n".join(lines)

    def to_dict(self) -> dict[str, Any]:
        """Give the report as plain values, `clean` and `issues` among them."""
        plain = asdict(self)
        plain |= {name: list(plain[name]) for name in ("notes", "repairs")}
        plain["gaps"] = [list(gap) for gap in self.gaps]
        return plain | {"clean": self.clean, "issues": list(self.issues)}

    def _repr_html_(self) -> str:
        return display.table("Quality", ("",), [(line,) for line in self.text().splitlines()])


def check_quality(weather: Weather, *, notes: tuple[str, ...] = ()) -> Quality:
    """Examine one site's weather against the sun above it.

    Parameters
    ----------
    weather : Weather, one site
        Its own `phase` counts: what is found is what remains.
    notes : tuple of str
        Remarks of the reader, passed on.

    Returns
    -------
    Quality

    Raises
    ------
    ShapeError
        The record holds several sites.

    Notes
    -----
    Limits of what is possible: Long and Dutton, BSRN Global Network recommended QC tests, V2.0:
    GHI below ``1.5 E µ^1.2 + 100``, DHI below ``0.95 E µ^1.2 + 50``, DNI below ``E``, where E is
    the sun's beam outside the atmosphere and µ the cosine of its zenith, none below zero.

    Examples
    --------
    >>> import pandas as pd
    >>> from wafer_calc.weather import Weather
    >>> times = pd.date_range("2021-06-21", periods=24, freq="h", tz="UTC")
    >>> w = Weather(times, 40.5, 0.0, altitude=0, ghi=[10.0] * 24, dhi=[10.0] * 24,
    ...             temp_air=20.0, wind_speed=2.0, label="start")
    >>> print(f"{check_quality(w).night_hours:.0f} hours of light at night")
    8 hours of light at night
    """
    if weather.n_sites is not None:
        raise ShapeError(f"weather: {weather.n_sites} sites came, wanted one; take one of sites()")
    cos_zenith = closure.sun_cos_zenith(weather)
    night = (cos_zenith < _NIGHT_COS_ZENITH) & (weather.ghi > 0)
    hours = weather.hours
    columns = {n: getattr(weather, n) for n in ("ghi", "dni", "dhi", "temp_air", "wind_speed")}
    missing = {name: int(np.isnan(column).sum()) for name, column in columns.items()}
    return Quality(
        records=len(weather.times),
        expected=_expected(weather),
        closure=_closure(weather, cos_zenith),
        phase=lag_minutes(weather, weather.ghi),
        phase_dhi=lag_minutes(weather, weather.dhi),
        night_hours=float(hours[night].sum()),
        night_kwh_m2=float((hours * weather.ghi)[night].sum() / 1000),
        missing={name: n for name, n in missing.items() if n},
        gaps=_gaps(weather),
        leap_day_left_out=_leap_day_left_out(weather),
        impossible=_impossible(weather, cos_zenith),
        ghi_year=_mean(weather.ghi, hours, 8.76),
        dni_year=_mean(weather.dni, hours, 8.76),
        dhi_year=_mean(weather.dhi, hours, 8.76),
        temp_air_mean=_mean(weather.temp_air, hours),
        wind_speed_mean=_mean(weather.wind_speed, hours),
        notes=notes,
    )


def lag_minutes(weather: Weather, irradiance: NDArray[Any]) -> float | None:
    """Give the lag of irradiance behind the sun, by which the stamps run late.

    Parameters
    ----------
    weather : Weather, one site
        Its instants and coordinates.
    irradiance : ndarray, shape (time,) [W/m²]
        Global or diffuse; NaN counts for nothing.

    Returns
    -------
    float or None [minutes]
        None where there is under a month of daylight, or no daily course to follow.
    """
    from pvlib.solarposition import declination_spencer71, equation_of_time_spencer71
    from scipy.optimize import minimize_scalar

    instants = weather.mid_times.tz_convert("UTC")
    known = np.isfinite(irradiance)
    values = np.asarray(irradiance, dtype=float)[known]
    if (weather.hours[known] * (values > 0)).sum() < _MIN_DAYLIGHT_HOURS or np.ptp(values) == 0:
        return None
    days = instants.day_of_year.to_numpy(dtype=float)[known]
    minutes = (instants.hour * 60 + instants.minute + instants.second / 60).to_numpy()[known]
    solar = minutes + equation_of_time_spencer71(days) + 4.0 * float(weather.longitude) - 720.0
    hour_angle = np.radians(_DEGREES_PER_MINUTE * solar)
    declination = declination_spencer71(days)
    latitude = np.radians(float(weather.latitude))
    level = np.sin(latitude) * np.sin(declination)
    swing = np.cos(latitude) * np.cos(declination)
    beam = closure.extraterrestrial(weather)[known]
    weights = weather.hours[known] / weather.hours[known].sum()
    centred = values - weights @ values

    def mismatch(lag: float) -> float:
        angle = hour_angle - np.radians(_DEGREES_PER_MINUTE * lag)
        sun = beam * np.maximum(level + swing * np.cos(angle), 0.0)
        sun = sun - weights @ sun
        spread = np.sqrt(weights @ sun**2)
        return float(-(weights @ (centred * sun)) / spread) if spread > 0 else 0.0

    grid = np.arange(-_SEARCH_MINUTES, _SEARCH_MINUTES + 1, _GRID_MINUTES)
    best = grid[int(np.argmin([mismatch(lag) for lag in grid]))]
    around = (best - _GRID_MINUTES, best + _GRID_MINUTES)
    return float(minimize_scalar(mismatch, bounds=around, method="bounded").x)


def repair(weather: Weather, found: Quality) -> tuple[Weather, tuple[str, ...]]:
    """Move the sun to the data where they disagree, and rebuild DNI from GHI and DHI.

    Parameters
    ----------
    weather : Weather, one site
        As it came.
    found : Quality
        Its report.

    Returns
    -------
    weather : Weather
        The same data; another phase and another beam where needed.
    repairs : tuple of str
        What was done, a sentence each.
    """
    late = found.phase is not None and abs(found.phase) >= CLEAN_PHASE_MINUTES
    open_ = found.closure is not None and abs(found.closure - 1) > CLEAN_CLOSURE
    if not (late or open_):
        return weather, ()
    phase = weather.phase + (found.phase if late and found.phase is not None else 0.0)
    mended = weather.replace(phase=phase, dni=None, quality=None)
    done = []
    if late:
        moved = phase - weather.phase
        way = "earlier" if moved > 0 else "later"
        done.append(
            f"the sun of each record placed {abs(moved):.0f} minutes {way}, where the data are"
        )
    hours = weather.hours
    before, after = _mean(weather.dni, hours, 8.76), _mean(mended.dni, hours, 8.76)
    if before is not None and after is not None:
        done.append(f"DNI rebuilt from GHI and DHI: {before:.0f} became {after:.0f} kWh/m² a year")
    closed = _closure(mended, closure.sun_cos_zenith(mended))
    if closed is not None:
        done.append(f"closure is now {closed:.3f}")
    return mended, tuple(done)


def count(n: int, noun: str) -> str:
    """Give a number with its noun, in the plural where that is due."""
    return f"{n} {noun}" + ("" if n == 1 else "s")


def _closure(weather: Weather, cos_zenith: NDArray[np.float64]) -> float | None:
    made = weather.dni * np.maximum(cos_zenith, 0.0) + weather.dhi
    known = np.isfinite(made) & np.isfinite(weather.ghi)
    total = float((weather.hours * weather.ghi)[known].sum())
    return float((weather.hours * made)[known].sum()) / total if total > 0 else None


def _mean(column: NDArray[Any], hours: NDArray[np.float64], factor: float = 1.0) -> float | None:
    known = np.isfinite(column)
    if not known.any():
        return None
    return factor * float((hours * column)[known].sum() / hours[known].sum())


def _local_starts(weather: Weather) -> Any:
    import pandas as pd

    back = {"start": 0.0, "middle": 0.0, "end": 1.0}[weather.label] * weather.interval
    return weather.times - pd.Timedelta(minutes=back)


def _expected(weather: Weather) -> int:
    if weather.weights is not None:
        return len(weather.times)
    years = {int(year) for year in _local_starts(weather).year}
    days = sum(366 if _is_leap(year) else 365 for year in years)
    return round(days * 24 * 60 / weather.interval)


def _leap_day_left_out(weather: Weather) -> bool:
    starts = _local_starts(weather)
    leap = {int(year) for year in starts.year if _is_leap(int(year))}
    kept = set(starts.year[(starts.month == 2) & (starts.day == 29)])
    march = set(starts.year[(starts.month == 3) & (starts.day == 1)])
    return weather.weights is None and bool((leap & march) - kept)


def _gaps(weather: Weather) -> tuple[tuple[str, str, int], ...]:
    if weather.weights is not None:
        return ()
    starts = _local_starts(weather)
    steps = np.diff(weather.times.tz_convert("UTC").tz_localize(None).to_numpy("datetime64[s]"))
    lacking = np.round(steps.astype(float) / 60 / weather.interval).astype(int) - 1
    day = round(24 * 60 / weather.interval)
    found = []
    for i in np.flatnonzero(lacking > 0).tolist():
        after = starts[i + 1]
        dropped = _is_leap(after.year) and (after.month, after.day, after.hour) == (3, 1, 0)
        if not (dropped and lacking[i] == day):
            found.append((str(weather.times[i]), str(weather.times[i + 1]), int(lacking[i])))
    return tuple(found)


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _impossible(weather: Weather, cos_zenith: NDArray[np.float64]) -> dict[str, int]:
    beam = closure.extraterrestrial(weather)
    height = np.maximum(cos_zenith, 0.0) ** 1.2
    limits = {
        "ghi": 1.5 * beam * height + 100.0,
        "dni": beam,
        "dhi": 0.95 * beam * height + 50.0,
    }
    counts = {
        name: int((getattr(weather, name) > limit * (1 + 1e-6)).sum())
        for name, limit in limits.items()
    }
    return {name: n for name, n in counts.items() if n}
