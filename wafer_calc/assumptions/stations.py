"""What plants at the stations of a region or province make: modelled once, kept as a table."""

import re
from dataclasses import dataclass
from functools import cache
from statistics import fmean
from typing import Any

from wafer_calc.energy.records import Assumption
from wafer_calc.facts.records import Source
from wafer_calc.tables import read_table

__all__ = ["StationGroup", "province_in", "station_group", "stations"]


@dataclass(frozen=True, slots=True, kw_only=True)
class StationGroup:
    """The stations of a region or province, and what a plant at each makes.

    Attributes
    ----------
    name, name_zh : str
        Of the region or province.
    provinces : frozenset of str
        Where the stations stand.
    places : tuple of str
        The stations' names.
    yields : tuple of float [kWh per kW DC and year]
        One a station, as modelled, before the grid refuses anything.
    insolation : tuple of float [kWh/m²]
        What falls on the plane of its modules in a year, one a station.
    sources : tuple of Source
        Of the climate.
    """

    name: str
    name_zh: str
    provinces: frozenset[str]
    places: tuple[str, ...]
    yields: tuple[float, ...]
    insolation: tuple[float, ...]
    sources: tuple[Source, ...]


@cache
def station_group(place: str, *, tracking: bool = False) -> StationGroup:
    """Find the stations of a region or province, with what plants there make.

    Parameters
    ----------
    place : str
        As for `wafer_calc.weather.stations.find_stations`.
    tracking : bool
        Whether the plants turn about a horizontal north-south axis; otherwise they stand at the
        tilt that makes most.

    Returns
    -------
    StationGroup

    Raises
    ------
    UnknownNameError
        No such place.

    Examples
    --------
    >>> print(len(station_group("Inner Mongolia").yields))
    14
    """
    rows = _rows_of(place)
    name, name_zh = _names(place, rows)
    mounting = "tracking" if tracking else "fixed"
    return StationGroup(
        name=name,
        name_zh=name_zh,
        provinces=frozenset(row["province"] for row in rows),
        places=tuple(row["name"] for row in rows),
        yields=tuple(row[mounting] for row in rows),
        insolation=tuple(row[f"{mounting}_insolation"] for row in rows),
        sources=tuple(Source(id=id_, **fields) for id_, fields in _table()["source"].items()),
    )


def stations(place: str, *, tracking: bool = False, on: str | None = None) -> Assumption:
    """Make an assumption of plants spread over the stations of a region or province.

    Parameters
    ----------
    place, tracking
        As for `station_group`.
    on : str, optional
        Without effect: the climate is that of 1991 to 2017 and the model knows no date.

    Returns
    -------
    Assumption
        Of kind ``"modelled"``: the mean, with each station's yield in `samples`.

    Raises
    ------
    UnknownNameError
        No such place.

    Examples
    --------
    >>> a = stations("Inner Mongolia", tracking=True)
    >>> print(a.name)
    Inner Mongolia, 14 stations, single-axis trackers
    """
    found = station_group(place, tracking=tracking)
    words = read_table("wafer_calc.assumptions", "classes")["mounting"]
    mounting = words["tracking" if tracking else "fixed"]
    n = len(found.yields)
    title = found.name[0].upper() + found.name[1:]
    return Assumption(
        name=f"{title}, {n} stations, {mounting['en']}",
        name_zh=f"{found.name_zh}{n}个站点，{mounting['zh']}",
        kind="modelled",
        specific_yield=fmean(found.yields),
        samples=found.yields,
        place=found.name,
        sources=found.sources,
        note="mean of the stations, before curtailment; `samples` has each of them",
    )


def province_in(text: str) -> str | None:
    """Find the Chinese province that a text names first, by itself or by one of its stations.

    Parameters
    ----------
    text : str
        Chinese or English.

    Returns
    -------
    str or None
        Its English name, as `station_group` takes it.

    Examples
    --------
    >>> print(province_in("双良节能在内蒙古包头建设40GW单晶硅项目"))
    Inner Mongolia
    """
    found = _printed().search(text)
    return None if found is None else _provinces()[_plain(found[0])]


def _rows_of(place: str) -> list[dict[str, Any]]:
    provinces = _groups().get(_plain(place))
    if provinces is not None:
        return [row for row in _rows() if row["province"] in provinces]
    from wafer_calc.weather.stations import find_stations  # knows every spelling of a place

    members = {station.wmo for station in find_stations(place)}
    return [row for row in _rows() if row["wmo"] in members]


def _names(place: str, rows: list[dict[str, Any]]) -> tuple[str, str]:
    """Give a group's names: the province's where there is one, else the region's."""
    if len(rows) == 1:
        return rows[0]["name"], rows[0]["name_zh"]
    if len(rows) == len(_rows()):
        return "all Chinese", "全国"
    provinces = {(row["province"], row["province_zh"]) for row in rows}
    if len(provinces) == 1:
        return provinces.pop()
    known = {row["province"] for row in _rows()}
    for region, words in _table()["regions"].items():
        if frozenset(words) & known == {name for name, _ in provinces}:
            english = [word for word in words if word.isascii() and word not in known]
            return [region, *english][-1], next(word for word in words if not word.isascii())
    return place, place


def _plain(name: str) -> str:
    return " ".join(name.casefold().replace("-", " ").split())


@cache
def _groups() -> dict[str, frozenset[str]]:
    """Give the provinces that a name of a province or region stands for."""
    known = {row["province"] for row in _rows()}
    groups: dict[str, frozenset[str]] = {}
    for region, words in _table()["regions"].items():
        for name in (region, *(word for word in words if word not in known)):
            groups[_plain(name)] = frozenset(words) & known
    for row in _rows():
        for name in (row["province"], row["province_zh"]):
            groups[_plain(name)] = frozenset({row["province"]})
    return groups


@cache
def _provinces() -> dict[str, str]:
    """Give the province of every name that a text may use for it or for a station in it."""
    named: dict[str, str] = {}
    for row in _rows():
        for name in (row["province"], row["province_zh"]):
            named[_plain(name)] = row["province"]
    for row in _rows():
        for name in (row["name"], row["name_zh"], *row["aliases"]):
            short = name.split(" (")[0].removesuffix(" Banner")
            if not short.isascii() and len(short) > 2:
                short = short.rstrip("市县区旗")
            if len(short) > 1:
                named.setdefault(_plain(short), row["province"])
    return named


@cache
def _printed() -> re.Pattern[str]:
    names = sorted(_provinces(), key=len, reverse=True)
    # 共和 is a county of Qinghai, but not where 共和国, the republic, is meant
    parts = [
        rf"\b{re.escape(name)}\b" if name.isascii() else re.escape(name) + "(?!国)"
        for name in names
    ]
    return re.compile("|".join(parts), re.IGNORECASE)


@cache
def _rows() -> tuple[dict[str, Any], ...]:
    table = _table()
    return tuple(dict(zip(table["columns"], row, strict=True)) for row in table["rows"])


@cache
def _table() -> dict[str, Any]:
    return read_table("wafer_calc.assumptions", "station_yields")
