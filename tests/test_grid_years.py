import cftime
import numpy as np
import pandas as pd
import pytest
import xarray as xr

from wafer_calc.errors import ReadError, WaferCalcWarning
from wafer_calc.grid.years import read_years, track


def years(stamps, label=None, era5=False):
    return read_years(xr.DataArray(stamps, dims="time", name="time"), label=label, era5=era5)


def hours(first, last, freq="1h"):
    return pd.date_range(first, last, freq=freq)


def test_a_year_from_half_past_midnight():
    (year,) = years(hours("2021-01-01 00:30", "2021-12-31 23:30"))
    assert (year.name, year.first, year.last, year.gap_hours) == (2021, 0, 8760, 0.0)
    assert year.runs == ((1609461000, 8760),)  # 2021-01-01 00:30 UTC
    path, month, length, _ = track(year)
    assert np.bincount(month).tolist() == [
        d * 24 for d in (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
    ]
    assert length.sum() == 8760
    assert len(path.x) == 8760


@pytest.mark.parametrize(
    ("label", "era5", "middle"),
    [
        ("start", False, "00:30"),
        ("middle", False, "00:00"),
        ("end", False, "23:30"),
        (None, True, "23:30"),
    ],
)
def test_what_a_stamp_names(label, era5, middle):
    (year,) = years(hours("2021-01-01", "2021-12-31 23:00"), label, era5)
    assert year.name == 2021  # the stamps fill it, wherever the middle of the first hour lies
    assert f"{pd.Timestamp(year.runs[0][0], unit='s'):%H:%M}" == middle


def test_a_file_may_say_what_its_stamps_name():
    stamps = hours("2021-01-01", "2021-12-31 23:00")
    time = xr.DataArray(stamps, dims="time", name="time", attrs={"label": "start"})
    assert read_years(time, label=None, era5=False) == years(stamps, label="start")
    assert read_years(time, label="end", era5=False) == years(stamps, label="end")


def test_stamps_on_the_hour_must_be_explained():
    with pytest.raises(ReadError, match="label: the stamps do not show.*label='start'"):
        years(hours("2021-01-01", "2021-12-31 23:00"))
    with pytest.raises(ReadError, match="label: 'left' came, wanted 'start', 'middle' or 'end'"):
        years(hours("2021-01-01", "2021-12-31 23:00"), label="left")


def test_ten_years_and_their_leap_days():
    found = years(hours("2011-01-01 00:30", "2020-12-31 23:30"))
    assert [y.last - y.first for y in found] == [
        8784 if y in (2012, 2016, 2020) else 8760 for y in range(2011, 2021)
    ]
    assert not any(y.gap_hours for y in found)


def test_a_leap_day_may_be_left_out():
    stamps = hours("2020-01-01 00:30", "2020-12-31 23:30")
    (year,) = years(stamps[(stamps.month != 2) | (stamps.day != 29)])
    assert year.gap_hours == 0.0
    assert [count for _, count in year.runs] == [1416, 7344]  # 59 days; 306 days


def test_a_year_may_be_that_of_a_time_zone():
    # Beijing's 2021: from 16:00 UTC of the last day of 2020
    (year,) = years(hours("2020-12-31 16:30", "2021-12-31 15:30"))
    assert (year.name, year.gap_hours) == (2021, 0.0)


def test_half_hours_and_three_hours():
    (year,) = years(hours("2021-01-01 00:15", "2021-12-31 23:45", "30min"))
    assert (year.step_s, year.last) == (1800, 17520)
    (year,) = years(hours("2021-01-01 01:30", "2021-12-31 22:30", "3h"))
    assert track(year).hours.sum() == 8760


def test_a_missing_month_of_the_only_year_is_refused():
    stamps = hours("2021-01-01 00:30", "2021-12-31 23:30")
    told = r"2021 \(744 h\); the longest gap is from 2021-06-30 23:30:00 to 2021-08-01 00:30:00"
    with pytest.raises(ReadError, match=told):
        years(stamps[stamps.month != 7])


def test_a_missing_month_of_one_of_three_years_costs_that_year():
    stamps = hours("2019-01-01 00:30", "2021-12-31 23:30")
    with pytest.warns(WaferCalcWarning, match=r"hours missing in 2020 \(720 h\)"):
        found = years(stamps[(stamps.year != 2020) | (stamps.month != 6)])
    assert [y.gap_hours for y in found] == [0.0, 720.0, 0.0]


def test_a_part_of_a_year_is_refused():
    with pytest.raises(ReadError, match="wanted at least one whole calendar year"):
        years(hours("2021-03-01 00:30", "2021-10-31 23:30"))


@pytest.mark.parametrize(
    ("stamps", "told"),
    [
        (hours("2021-01-01", "2021-12-31", "MS"), "steps of 744 h came, wanted 1 minute to 3"),
        (hours("2021-01-01", "2021-12-31 23:00")[::-1], "increase without repeating; sort them"),
        (hours("2021-01-01", "2021-01-01"), "1 stamps came, wanted at least one whole year"),
        (np.arange(8760), "int64 came, wanted instants"),
        (
            hours("2021-01-01", "2021-02-01").union(pd.DatetimeIndex(["2021-01-15 10:20"])),
            "20 minutes between 2021-01-15 10:00:00 and 2021-01-15 10:20:00",
        ),
    ],
)
def test_stamps_that_make_no_year_are_refused(stamps, told):
    with pytest.raises(ReadError, match=told):
        years(stamps, label="start")


@pytest.mark.parametrize(
    ("calendar", "told"),
    [
        ("360_day", "calendar 360_day came, and the sun keeps real days"),
        ("noleap", r"calendar noleap came; ds\.convert_calendar\('standard'\) mends it"),
        ("standard", "calendar standard, came, wanted datetime64"),
    ],
)
def test_other_calendars_are_refused_with_what_mends_them(calendar, told):
    stamps = xr.date_range("2021-01-01", periods=8640, freq="h", calendar=calendar, use_cftime=True)
    assert isinstance(stamps[0], cftime.datetime)
    with pytest.raises(ReadError, match=told):
        years(stamps, label="start")


def test_the_mend_for_a_calendar_without_leap_days_works():
    stamps = xr.date_range("2020-01-01", periods=8760, freq="h", calendar="noleap", use_cftime=True)
    ds = xr.Dataset({"ghi": ("time", np.zeros(8760))}, {"time": stamps})
    (year,) = read_years(ds.convert_calendar("standard").time, label="start", era5=False)
    assert (year.name, year.gap_hours) == (2020, 0.0)
