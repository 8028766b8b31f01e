"""Weather files, recognised by what they hold and read through pvlib's readers."""

from __future__ import annotations

import io
import json
import os
import re
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

from wafer_calc.errors import RangeError, ReadError, ShapeError, UnitError, WaferCalcError
from wafer_calc.weather.frames import weather_from_frame
from wafer_calc.weather.record import Weather

if TYPE_CHECKING:
    import pandas as pd

KNOWN = "EPW, TMY2, TMY3, SAM or NSRDB CSV, PVGIS CSV or JSON"
_TYPICAL_ROWS = 8760
_TYPICAL_YEAR = 1990
_MAX_BYTES = 2**30
_TMY2_HEAD = re.compile(r"^ ?\d{5} .{22} [A-Z]{2} +-?\d+ +[NS] +\d+ +\d+ +[EW] +\d+ +\d+ +-?\d+")
_TMY3_HEAD = re.compile(r'^"?\d{5,6}"?,')

Frame = tuple["pd.DataFrame", dict[str, Any]]


def read(path: str | os.PathLike[str], *, repair: bool = False) -> Weather:
    """Read a weather file, whatever its name, and examine it.

    Parameters
    ----------
    path : str or path-like
        EPW, TMY2, TMY3, SAM or NSRDB (PSM3, PSM4) CSV, PVGIS CSV or JSON (typical year, or hourly
        radiation of the horizontal plane); recognised by content.
    repair : bool
        Mend what the quality report finds: values that cannot be become NaN; the sun is moved to
        the data where the stamps run 10 minutes late or early, or more; and DNI is rebuilt from
        GHI and DHI where that was so or where the three do not close within 2 %.
        ``weather.quality.repairs`` says what was done.

    Returns
    -------
    Weather
        With its report in `quality`. The months of a typical year carry one common year, 1990.

    Raises
    ------
    ReadError
        No such file, a directory, a truncated file, a wrong header, or no weather at all.
    RangeError
        Values that cannot be, such as negative irradiance, unless repaired.

    Notes
    -----
    What a stamp names: EPW, TMY2 and TMY3 end their hour at it (pvlib gives the start of the hour
    for EPW and TMY2, the end for TMY3); NSRDB's Minute column is the instant of a satellite's
    picture; SAM's files without that column start their hour; PVGIS gives instants, shifted by
    the offset it states.

    Examples
    --------
    >>> import pvlib, pathlib
    >>> station = pathlib.Path(pvlib.__file__).parent / "data" / "12839.tm2"
    >>> print(f"{read(station).quality.ghi_year:.0f} kWh/m² in Miami")
    1793 kWh/m² in Miami
    """
    place = Path(path)
    text = _text(place)
    kind, reader = _recognise(text, place)
    try:
        with warnings.catch_warnings():
            # what pvlib and pandas deprecate is no news for whoever reads a file, nor which of the
            # columns that nobody takes hold mixed types; those taken are checked
            warnings.simplefilter("ignore")
            data, meta = reader(text, place)
    except ReadError:
        raise
    except (ValueError, LookupError, TypeError, AttributeError, OverflowError) as error:
        first = (str(error).strip() or type(error).__name__).splitlines()[0][:160]
        raise ReadError(
            f"{place}: looks like {kind} but cannot be read as such ({first}); truncated, or "
            "changed by another program?"
        ) from error
    try:
        return weather_from_frame(data, meta, mend=repair)
    except WaferCalcError as error:
        form = (
            error.__class__ if isinstance(error, RangeError | UnitError | ShapeError) else ReadError
        )
        raise form(f"{place}: {error}") from error


def _text(path: Path) -> str:
    try:
        if path.is_dir():
            raise ReadError(f"{path}: a directory came, wanted one weather file ({KNOWN})")
        if path.stat().st_size > _MAX_BYTES:
            raise ReadError(f"{path}: larger than 1 GiB, which no weather year is")
        raw = path.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ReadError(f"{path}: cannot be read ({reason})") from error
    if not raw.strip():
        raise ReadError(f"{path}: empty, wanted {KNOWN}")
    if b"\0" in raw[:4096]:
        raise ReadError(f"{path}: binary, starting with {raw[:8]!r}; wanted {KNOWN}")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        # city names of older files
        text = raw.decode("latin-1")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _recognise(text: str, path: Path) -> tuple[str, Any]:
    first, _, rest = text.partition("\n")
    second, _, rest = rest.partition("\n")
    third = rest.partition("\n")[0]
    lowered = first.lower()
    if lowered.startswith("location,"):
        return "EPW", _read_epw
    if lowered.startswith("latitude (decimal degrees)"):
        return "PVGIS CSV", _read_pvgis_csv
    if text.lstrip().startswith("{"):
        return "PVGIS JSON", _read_pvgis_json
    if _TMY3_HEAD.match(first) and second.lower().startswith("date (mm/dd/yyyy)"):
        return "TMY3", _read_tmy3
    if {"latitude", "longitude"} <= _fields(first) and "year" in _fields(third):
        return "SAM or NSRDB CSV", _read_sam
    if _TMY2_HEAD.match(first):
        return "TMY2", _read_tmy2
    start = first[:60] + ("…" if len(first) > 60 else "")
    raise ReadError(f"{path}: no weather file that is known, it starts {start!r}; wanted {KNOWN}")


def _fields(line: str) -> set[str]:
    return {field.strip(' "').casefold() for field in line.split(",")}


def _read_epw(text: str, path: Path) -> Frame:
    import pandas as pd
    from pvlib.iotools import read_epw

    lines = text.rstrip("\n").split("\n")
    header = [line.split(",") for line in lines[:8]]
    if len(header) < 8 or header[7][0].strip().upper() != "DATA PERIODS":
        raise ReadError(f"{path}: EPW without its eight header lines (LOCATION to DATA PERIODS)")
    if len(lines) > 8 and lines[-1].count(",") < lines[8].count(","):
        raise ReadError(f"{path}: truncated, the last line is cut off at {lines[-1][-40:]!r}")
    per_hour = int(header[7][2])
    # only whole years state their length without a year
    starts, ends = header[7][5].strip(), header[7][6].strip()
    if (starts.replace(" ", ""), ends.replace(" ", "")) == ("1/1", "12/31"):
        _whole(path, len(lines) - 8, _TYPICAL_ROWS * per_hour)
    data, meta = read_epw(io.StringIO(text))
    data.index = pd.DatetimeIndex(data.index)
    if per_hour > 1:
        # pvlib leaves the minutes out; the rows of an hour come in order
        within = data.groupby(level=0, sort=False).cumcount().to_numpy()
        data.index = data.index + pd.to_timedelta(within * (60.0 / per_hour), unit="min")
    return data, meta


def _read_tmy3(text: str, path: Path) -> Frame:
    from pvlib.iotools import read_tmy3

    rows = text.rstrip("\n").count("\n") - 1
    _whole(path, rows, _TYPICAL_ROWS)
    data, meta = read_tmy3(io.StringIO(text), coerce_year=_TYPICAL_YEAR, map_variables=True)
    return data, meta


def _read_tmy2(text: str, path: Path) -> Frame:
    from pvlib.iotools import read_tmy2

    _whole(path, text.rstrip("\n").count("\n"), _TYPICAL_ROWS)
    return read_tmy2(path)  # type: ignore[no-any-return]  # pvlib is untyped


def _read_pvgis_csv(text: str, path: Path) -> Frame:
    from pvlib.iotools import read_pvgis_hourly, read_pvgis_tmy

    if re.search(r"^time\(UTC\),", text, re.MULTILINE):
        rows = len(re.findall(r"^\d{8}:\d{4},", text, re.MULTILINE))
        _whole(path, rows, _TYPICAL_ROWS)
        return read_pvgis_tmy(io.BytesIO(text.encode()), pvgis_format="csv")  # type: ignore[no-any-return]  # pvlib is untyped
    return read_pvgis_hourly(io.StringIO(text), pvgis_format="csv")  # type: ignore[no-any-return]  # pvlib is untyped


def _read_pvgis_json(text: str, path: Path) -> Frame:
    from pvlib.iotools import read_pvgis_hourly, read_pvgis_tmy

    try:
        outputs = json.loads(text)["outputs"]
    except json.JSONDecodeError as error:
        raise ReadError(f"{path}: JSON that breaks off or is malformed ({error})") from error
    except (KeyError, TypeError) as error:
        raise ReadError(f"{path}: JSON, but none of PVGIS: it has no 'outputs'") from error
    reader = read_pvgis_tmy if "tmy_hourly" in outputs else read_pvgis_hourly
    return reader(io.StringIO(text), pvgis_format="json")  # type: ignore[no-any-return]  # pvlib is untyped


def _read_sam(text: str, path: Path) -> Frame:
    """Bring SAM's variants to what pvlib's NSRDB reader takes: whole zones, metres, minutes."""
    import pandas as pd
    from pvlib.iotools import read_nsrdb_psm4

    lines = [line for line in text.split("\n") if line.strip(', "')]
    names = [name.strip(' "') for name in lines[0].split(",")]
    values = [value.strip(' "') for value in lines[1].split(",")]
    head = {
        name.casefold(): (name, value) for name, value in zip(names, values, strict=False) if name
    }
    zone = float(head.get("time zone", ("", ""))[1] or head["local time zone"][1])
    height = float(head["elevation"][1])
    head |= {
        "time zone": ("Time Zone", "0"),
        "local time zone": ("Local Time Zone", "0"),
        "elevation": ("Elevation", f"{height:.0f}"),
    }
    columns = [column.strip(' "').title() for column in lines[2].split(",")]
    columns = [c.upper() if c.upper() in ("GHI", "DNI", "DHI") else c for c in columns]
    cut = lines[-1].count(",") < columns.index(_last(columns))
    if cut:
        raise ReadError(f"{path}: truncated, the last line is cut off at {lines[-1][-40:]!r}")
    stated = "Minute" in columns
    rows = lines[3:]
    if not stated:
        columns, rows = ["Minute", *columns], [f"0,{row}" for row in rows]
    while columns and not columns[-1]:
        columns.pop()
    form = [
        ",".join(name for name, _ in head.values()),
        ",".join(value for _, value in head.values()),
        ",".join(columns),
        *(",".join(row.split(",")[: len(columns)]) for row in rows),
    ]
    data, meta = read_nsrdb_psm4(io.StringIO("\n".join(form) + "\n"), map_variables=True)
    seconds = round(zone * 3600)
    data.index = pd.DatetimeIndex(data.index).tz_localize(None).tz_localize(seconds)
    return data, {**meta, "altitude": height, "minute column": stated}


def _last(columns: list[str]) -> str:
    return [column for column in columns if column][-1]


def _whole(path: Path, rows: int, wanted: int) -> None:
    leap = round(wanted * 366 / 365)
    if rows not in (wanted, leap):
        what = "truncated" if rows < wanted else "too long"
        raise ReadError(f"{path}: {what}, {rows} rows of the {wanted} that its format promises")
