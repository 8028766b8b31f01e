"""What pvlib's readers return, made into Weather: columns, labels, missing marks and years."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from wafer_calc.errors import RangeError, ReadError
from wafer_calc.weather.checking import BOUNDS
from wafer_calc.weather.quality import check_quality, count, repair
from wafer_calc.weather.record import Weather

if TYPE_CHECKING:
    import pandas as pd

# column -> the names it goes by, casefolded: pvlib's own, then those of the formats
_COLUMNS = {
    "ghi": ("ghi", "ghi (w/m^2)", "g(h)", "global horizontal"),
    "dni": ("dni", "dni (w/m^2)", "gb(n)", "beam", "direct normal"),
    "dhi": ("dhi", "dhi (w/m^2)", "gd(h)", "diffuse", "diffuse horizontal"),
    "temp_air": ("temp_air", "dry-bulb (c)", "drybulb", "t2m", "temperature", "tdry", "dry bulb"),
    "wind_speed": ("wind_speed", "wspd (m/s)", "wspd", "ws10m", "wind speed", "windspd"),
}
# Missing marks: 9999 W/m², 99.9 °C and 999 m/s in EPW, 9999 in TMY2, -9900 in TMY3, -999 in NASA
# POWER. All lie outside what the column can be.
_MARKS = {
    "ghi": (9999.0, -9900.0, -999.0),
    "dni": (9999.0, -9900.0, -999.0),
    "dhi": (9999.0, -9900.0, -999.0),
    "temp_air": (99.9, 9999.0, -9900.0, -999.0),
    "wind_speed": (999.0, 9999.0, -9900.0, -999.0),
}
# Night offset of a thermopile: small and negative
_NIGHT_OFFSET_W_M2 = 20.0
_TYPICAL_YEAR, _TYPICAL_LEAP_YEAR = 1990, 1992


def weather_from_frame(
    data: pd.DataFrame, meta: Mapping[str, Any], *, mend: bool = False, **fields: Any
) -> Weather:
    """Make a Weather of what a reader of `pvlib.iotools` returned; see `Weather.from_pvlib`.

    Parameters
    ----------
    data : pandas.DataFrame
        The table.
    meta : mapping
        Its metadata.
    mend : bool
        Whether to repair: values that cannot be become NaN, the sun is moved to the data, DNI is
        rebuilt.
    **fields : Any
        Fields of the record that decide over the table and its metadata.

    Returns
    -------
    Weather
        With its quality report.

    Raises
    ------
    ReadError
        Coordinates, columns or the label cannot be told.
    """
    columns = _columns(data, fields)
    told = _format(data, meta, columns)
    arrays = {name: column for name, column in columns.items() if name not in fields}
    notes = [*told.pop("notes", ()), *_unmark(arrays, mend=mend)]
    index = fields.pop("times", data.index)
    label = fields.get("label", told.get("label"))
    if label is None:
        raise ReadError(
            "label: the metadata are of no known format, so whether a stamp is the start, middle "
            "or end of its interval cannot be told; pass label='start', 'middle' or 'end'"
        )
    index, year_note = one_year(index, label)
    place = _place(meta)
    for name in ("latitude", "longitude"):
        if name not in place and name not in fields:
            raise ReadError(f"{name}: not among the metadata; pass {name}=…")
    try:
        record = Weather(index, **(place | told | arrays | fields | {"label": label}))
    except RangeError as error:
        if mend or str(error).split(":")[0] not in BOUNDS:
            raise
        raise RangeError(f"{error}; or have the file repaired: read(path, repair=True)") from error
    found = check_quality(record, notes=tuple(notes + year_note))
    mended, done = repair(record, found) if mend else (record, ())
    return mended.replace(quality=_with_repairs(found, done))


def one_year(index: Any, label: str) -> tuple[Any, list[str]]:
    """Give a typical year's months, taken from different years, one common year.

    Parameters
    ----------
    index : pandas.DatetimeIndex
        The stamps.
    label : {"start", "middle", "end"}
        A stamp at the end of the year's last interval belongs to the year before.

    Returns
    -------
    index : pandas.DatetimeIndex
        Unchanged where it is in order.
    notes : list of str
        What was done.
    """
    import pandas as pd

    if not isinstance(index, pd.DatetimeIndex) or index.tz is None or len(index) < 2:
        return index, []
    span_days = (index.max() - index.min()) / pd.Timedelta("1D")
    steps = np.diff(index.tz_convert("UTC").tz_localize(None).to_numpy()) / pd.Timedelta("1min")
    step = float(np.median(steps))
    mixed = span_days > 370 and len(index) * step / 1440 < 367
    if not (mixed and step > 0):
        return index, []
    inside = index - pd.Timedelta(minutes=step / 2 if label == "end" else 0)
    years = sorted({int(year) for year in inside.year})
    leap_day = np.asarray((inside.month == 2) & (inside.day == 29))
    # pvlib dates the last hour of a TMY3 leap February 1 March 0:00, an hour that ends a day
    # which the file leaves out: it is the last of the 28th
    whole = leap_day.sum() * step > 60
    common = _TYPICAL_LEAP_YEAR if whole else _TYPICAL_YEAR
    day = np.where(leap_day & ~whole, 28, inside.day)
    parts = {
        "year": np.full(len(inside), common), "month": inside.month, "day": day,
        "hour": inside.hour, "minute": inside.minute, "second": inside.second,
    }  # fmt: skip
    moved = pd.DatetimeIndex(pd.to_datetime(pd.DataFrame(parts))) + (index - inside)
    note = f"months of {years[0]} to {years[-1]} dated {common} in common"
    return moved.tz_localize(index.tz), [note]


def _with_repairs(found: Any, done: tuple[str, ...]) -> Any:
    from dataclasses import replace

    return replace(found, repairs=done) if done else found


def _columns(data: pd.DataFrame, fields: Mapping[str, Any]) -> dict[str, NDArray[Any]]:
    by_name = {str(column).strip().casefold(): column for column in data.columns}
    found = {}
    for name, others in _COLUMNS.items():
        match = next((by_name[other] for other in others if other in by_name), None)
        if match is not None and name not in fields:
            column = data[match].to_numpy()
            try:
                found[name] = np.array(
                    column, dtype=np.float32 if column.dtype == np.float32 else float
                )
            except (TypeError, ValueError) as error:
                raise ReadError(f"column {match}: not all of it is numbers ({error})") from error
    found |= _from_horizontal_plane(by_name, data) if "ghi" not in found else {}
    have = {*found, *(name for name in fields if name in BOUNDS)}
    lacking = [name for name in ("temp_air", "wind_speed") if name not in have]
    if lacking or len(have & {"ghi", "dni", "dhi"}) < 2:
        came = ", ".join(str(column) for column in list(data.columns)[:12])
        raise ReadError(
            f"columns {came}: wanted two of ghi, dni, dhi, and temp_air and wind_speed; "
            "what is missing can be passed, such as wind_speed=2.0"
        )
    return found


def _from_horizontal_plane(by_name: Mapping[str, Any], data: pd.DataFrame) -> dict[str, Any]:
    """PVGIS' hourly radiation on a plane; `_format` has the plane's slope checked."""
    if not {"poa_direct", "poa_sky_diffuse"} <= set(by_name):
        return {}
    direct, diffuse = (data[by_name[n]].to_numpy(float) for n in ("poa_direct", "poa_sky_diffuse"))
    return {"ghi": direct + diffuse, "dhi": diffuse}


def _format(
    data: pd.DataFrame, meta: Mapping[str, Any], columns: dict[str, NDArray[Any]]
) -> dict[str, Any]:
    """Tell label, phase, source and name by the keys that each reader's metadata have."""
    inputs = meta.get("inputs")
    if "WMO_code" in meta:
        # pvlib's index is the hour less one: the start
        return {
            "label": "start",
            "source": f"EPW ({str(meta.get('data_type', '')).strip()})",
            "name": str(meta.get("city", "")).strip(),
        }
    if "USAF" in meta:
        return {"label": "end", "source": "TMY3", "name": str(meta.get("Name", "")).strip('" ')}
    if "WBAN" in meta:
        # TMY2 counts in tenths of a degree and of a metre a second, and pvlib leaves them so
        for name, raw in (("temp_air", "DryBulb"), ("wind_speed", "Wspd")):
            if raw in data and name in columns:
                marked = columns[name] == 9999
                columns[name] = np.where(marked, 9999.0, columns[name] / 10.0)
        return {"label": "start", "source": "TMY2", "name": str(meta.get("City", ""))}
    if isinstance(inputs, Mapping):
        return _pvgis(data, inputs)
    if "fill_value" in meta and "parameters" in meta:
        return {"label": "start", "source": "NASA POWER"}
    if "Local Time Zone" in meta:
        source = str(meta.get("Source", "NSRDB")).strip()
        city = str(meta.get("City", "")).strip(" -")
        # with a Minute column, a stamp is the instant of the satellite's picture
        label = "middle" if meta.get("minute column", True) else "start"
        return {"label": label, "source": f"{source} (SAM CSV)", "name": city}
    return {}


def _pvgis(data: pd.DataFrame, inputs: Mapping[str, Any]) -> dict[str, Any]:
    location = inputs.get("location", inputs)
    offset = location.get("irradiance_time_offset", location.get("irradiance time offset", 0.0))
    names = {str(column) for column in data.columns}
    if "poa_direct" in names:
        fixed = inputs.get("mounting_system", {})
        slope = fixed.get("fixed", {}).get("slope", {}).get("value", inputs.get("Slope", 0))
        degrees = float(str(slope).split()[0])
        if degrees != 0 or (fixed and "fixed" not in fixed):
            raise ReadError(
                f"PVGIS hourly radiation of a plane sloped {degrees:g}°: wanted slope 0, whose "
                "beam and diffuse parts are those of the horizontal"
            )
    # A satellite's value is of an instant: the stamp plus the offset that PVGIS states. The
    # stamps run that much early.
    minutes = 60.0 * float(offset)
    note = f"PVGIS states that its values are of {minutes:+.1f} minutes from the stamp"
    return {
        "label": "middle",
        "phase": -minutes,
        "source": "PVGIS",
        "notes": [note] if minutes else [],
    }


def _place(meta: Mapping[str, Any]) -> dict[str, Any]:
    flat = {str(key).casefold(): value for key, value in meta.items()}
    inputs = meta.get("inputs")
    if isinstance(inputs, Mapping):
        flat |= {str(k).casefold(): v for k, v in inputs.get("location", inputs).items()}
    place: dict[str, Any] = {n: flat[n] for n in ("latitude", "longitude") if n in flat}
    height = next((flat[n] for n in ("altitude", "elevation") if n in flat), None)
    return place if height is None else place | {"altitude": height}


def _unmark(arrays: dict[str, NDArray[Any]], *, mend: bool) -> list[str]:
    """Turn missing marks into NaN and night offsets into 0, and say how many."""
    notes = []
    for name, column in arrays.items():
        marked = np.isin(column, _MARKS[name])
        changed = np.where(marked, np.nan, column).astype(column.dtype)
        if marked.any():
            notes.append(f"{count(int(marked.sum()), 'value')} of {name} marked missing")
        low, high, unit = BOUNDS[name]
        if unit == "W/m²":
            offset = (changed < 0) & (changed >= -_NIGHT_OFFSET_W_M2)
            if offset.any():
                notes.append(f"{count(int(offset.sum()), 'value')} of {name} between "
                             f"{-_NIGHT_OFFSET_W_M2:g} and 0 W/m² (a sensor's night offset) set to 0")  # fmt: skip
                changed[offset] = 0.0
        wild = (changed < low) | (changed > high)
        if mend and wild.any():
            notes.append(f"{count(int(wild.sum()), 'value')} of {name} outside {low:g} to {high:g} {unit} "
                         "set to NaN")  # fmt: skip
            changed[wild] = np.nan
        arrays[name] = changed
    return notes
