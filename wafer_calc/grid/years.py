"""The stamps of a data set, which year each belongs to, and where the sun stands meanwhile."""

from __future__ import annotations

import warnings
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from wafer_calc.errors import ReadError, WaferCalcWarning
from wafer_calc.kernels.sun import SunPath
from wafer_calc.weather.closure import beam_outside
from wafer_calc.weather.sunpath import sun_path

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr

_MIN_STEP_S, _MAX_STEP_S = 60, 10_800  # as for a Weather
_ZONES_S = 14 * 3600  # the farthest that a time zone lies from UTC


class Year(NamedTuple):
    """A calendar year of stamps; small, and of plain numbers, for it goes to every worker.

    Attributes
    ----------
    name : int
        Such as 2021.
    first, last : int
        The year's stamps are ``[first:last]`` of the data set's.
    runs : tuple of (int, int)
        Stretches of stamps without a gap: the middle of the first interval [s since 1970 UTC],
        and how many there are.
    step_s : int [s]
        Length of an interval.
    gap_hours : float [h]
        What no stamp stands for. A leap day that is left out is no gap.
    """

    name: int
    first: int
    last: int
    runs: tuple[tuple[int, int], ...]
    step_s: int
    gap_hours: float


class Track(NamedTuple):
    """What the engine needs to know of a year's steps, arrays of shape (time,).

    Attributes
    ----------
    path : SunPath
        The sun at the middle of each interval.
    month : ndarray of int, 0 to 11
    hours : ndarray [h]
    beam_outside : ndarray [W/m²]
        The sun's beam outside the atmosphere.
    """

    path: SunPath
    month: NDArray[np.int64]
    hours: NDArray[np.float64]
    beam_outside: NDArray[np.float64]


@lru_cache(maxsize=16)
def track(year: Year) -> Track:
    """Find the sun over a year; once in each process.

    Parameters
    ----------
    year : Year
        From `read_years`.

    Returns
    -------
    Track
        At the middle of each interval.
    """
    import pandas as pd

    stamps = [start + year.step_s * np.arange(count) for start, count in year.runs]
    times = pd.DatetimeIndex(np.concatenate(stamps).astype("M8[s]"), tz="UTC")
    return Track(
        path=sun_path(times),
        month=times.month.to_numpy().astype(np.int64) - 1,
        hours=np.full(len(times), year.step_s / 3600.0),
        beam_outside=beam_outside(times),
    )


def read_years(time: xr.DataArray, *, label: str | None, era5: bool) -> tuple[Year, ...]:
    """Divide stamps into years.

    Parameters
    ----------
    time : DataArray (time,)
        The stamps, in UTC.
    label : str, optional
        Whether a stamp is the ``"start"``, ``"middle"`` or ``"end"`` of its interval. Left out, an
        attribute ``label`` says so, or the stamps lie at mid-interval, or `era5` means the end.
    era5 : bool
        Whether the variables have ERA5's names.

    Returns
    -------
    tuple of Year
        In order. They begin with the year in UTC, or as many hours before or after it as the first
        stamp does, where more years are whole so: ERA5's files begin at 23:00 of 31 December, since
        their stamps, 00:00 to 23:00, end the hour; others hold a year of their own time zone.

    Raises
    ------
    ReadError
        A calendar with other days than the sun's, stamps that do not increase by whole steps, no
        label, or no whole year.

    Warns
    -----
    WaferCalcWarning
        Some years have gaps, and others have none.
    """
    import pandas as pd

    name = str(time.name)
    index = time.to_index()
    if not isinstance(index, pd.DatetimeIndex):
        raise ReadError(_no_dates(time, name))
    if index.hasnans or not index.is_monotonic_increasing or index.has_duplicates:
        raise ReadError(f"{name}: stamps are wanted that increase without repeating; sort them")
    stamps = index.tz_localize(None) if index.tz is None else index.tz_convert(None)
    unix_s = stamps.to_numpy().astype("M8[s]").astype(np.int64)
    step_s = _step(unix_s, stamps, name)
    middle_s = unix_s + _to_middle(unix_s, step_s, label or time.attrs.get("label"), era5)
    by_middle = _divided(middle_s, middle_s, step_s)
    by_first = _divided(_from_new_year(middle_s, step_s), middle_s, step_s)
    years = min(by_middle, by_first, key=lambda found: sum(y.gap_hours != 0.0 for y in found))
    _tell_gaps(years, stamps, step_s, name)
    return years


def _no_dates(time: xr.DataArray, name: str) -> str:
    calendar = getattr(time.to_index(), "calendar", None)
    if calendar is None:
        return f"{name}: {time.dtype} came, wanted instants (datetime64), decoded by xarray"
    if calendar in ("noleap", "365_day"):
        return f"{name}: calendar {calendar} came; ds.convert_calendar('standard') mends it"
    if calendar in ("all_leap", "366_day", "360_day"):
        return (
            f"{name}: calendar {calendar} came, and the sun keeps real days; wanted the standard "
            "one. Spread the days over a real year, such as by ds.convert_calendar('standard', "
            "align_on='year', missing=float('nan')), and fill the days that this leaves empty"
        )
    return (
        f"{name}: stamps of cftime, calendar {calendar}, came, wanted datetime64; "
        "ds.convert_calendar('standard', use_cftime=False) mends it"
    )


def _step(unix_s: NDArray[np.int64], stamps: pd.DatetimeIndex, name: str) -> int:
    steps = np.diff(unix_s)
    if len(steps) == 0:
        raise ReadError(f"{name}: {len(unix_s)} stamps came, wanted at least one whole year")
    lengths, counts = np.unique(steps, return_counts=True)
    step = int(lengths[np.argmax(counts)])
    if not _MIN_STEP_S <= step <= _MAX_STEP_S:
        raise ReadError(
            f"{name}: steps of {step / 3600:g} h came, wanted 1 minute to 3 hours; the sun moves "
            "too far in longer ones"
        )
    off = np.flatnonzero(steps % step)
    if off.size:
        n = int(off[0])
        raise ReadError(
            f"{name}: {steps[n] / 60:g} minutes between {stamps[n]} and {stamps[n + 1]} came, "
            f"wanted a multiple of the step, {step / 60:g} minutes"
        )
    return step


def _to_middle(unix_s: NDArray[np.int64], step_s: int, label: str | None, era5: bool) -> int:
    if label is None and era5:
        label = "end"
    if label is None:
        if (2 * unix_s[0]) % (2 * step_s) != step_s:
            raise ReadError(
                "label: the stamps do not show whether they start, halve or end their interval; "
                "pass label='start', 'middle' or 'end'"
            )
        label = "middle"
    shifts = {"start": step_s // 2, "middle": 0, "end": -(step_s // 2)}
    if label not in shifts:
        raise ReadError(f"label: {label!r} came, wanted 'start', 'middle' or 'end'")
    return shifts[label]


def _from_new_year(middle_s: NDArray[np.int64], step_s: int) -> NDArray[np.int64]:
    """Move the intervals so that the first begins the year, if it lies within any zone's new year."""
    begin_s = middle_s[0] - step_s / 2
    day_after = np.datetime64(int(begin_s) + _ZONES_S, "s").astype("M8[Y]").astype("M8[s]")
    past_s = begin_s - int(day_after.astype(np.int64))
    return middle_s - int(past_s) if abs(past_s) <= _ZONES_S else middle_s


def _divided(
    belong_s: NDArray[np.int64], middle_s: NDArray[np.int64], step_s: int
) -> tuple[Year, ...]:
    """Divide the stamps by the calendar year of `belong_s`."""
    calendar = belong_s.astype("M8[s]").astype("M8[Y]")
    names = calendar.astype(int) + 1970
    found = []
    for name in np.unique(names).tolist():
        first, last = np.searchsorted(names, [name, name + 1]).tolist()
        starts = np.flatnonzero(np.diff(middle_s[first:last]) != step_s) + 1
        bounds = [0, *starts.tolist(), last - first]
        runs = tuple(
            (int(middle_s[first + a]), b - a) for a, b in zip(bounds, bounds[1:], strict=False)
        )
        here, after = np.array([name - 1970, name - 1969], dtype="M8[Y]").astype("M8[s]")
        whole_s = int((after - here) / np.timedelta64(1, "s"))
        days = belong_s[first:last].astype("M8[s]").astype("M8[D]")
        leap_day = np.datetime64(f"{name:04d}-02-28", "D") + 1
        if whole_s == 366 * 86_400 and not (days == leap_day).any():
            whole_s -= 86_400
        gap_hours = (whole_s - (last - first) * step_s) / 3600.0
        found.append(Year(name, first, last, runs, step_s, gap_hours))
    return tuple(found)


def _tell_gaps(years: tuple[Year, ...], stamps: pd.DatetimeIndex, step_s: int, name: str) -> None:
    torn = [year for year in years if year.gap_hours]
    if not torn:
        return
    told = ", ".join(f"{year.name} ({year.gap_hours:g} h)" for year in torn[:5])
    told += " …" if len(torn) > 5 else ""
    lengths_s = np.diff(stamps.to_numpy()) / np.timedelta64(1, "s")
    if (lengths_s > step_s).any():
        n = int(np.argmax(lengths_s))
        told += f"; the longest gap is from {stamps[n]} to {stamps[n + 1]}"
    if len(torn) == len(years):
        raise ReadError(
            f"{name}: from {stamps[0]:%Y-%m-%d %H:%M} to {stamps[-1]:%Y-%m-%d %H:%M}, and hours "
            f"missing in {told}; wanted at least one whole calendar year"
        )
    # read_years, read_fields, then annual_yield or where
    warnings.warn(
        f"{name}: hours missing in {told}; the yield of such a year is NaN",
        WaferCalcWarning,
        stacklevel=5,
    )
