"""What plants at the stations of a region or province make: modelled once, kept as a table."""

import re
from dataclasses import dataclass
from functools import cache
from statistics import fmean

from wafer_calc.energy.records import Assumption
from wafer_calc.facts.records import Source
from wafer_calc.tables import read_table
from wafer_calc.weather.stations import Station, find_stations

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
    stations : tuple of Station
        Its members.
    yields : tuple of float [kWh per kW DC and year]
        One a member, as modelled, before the grid refuses anything.
    insolation : tuple of float [kWh/m²]
        What falls on the plane of its modules in a year, one a member.
    sources : tuple of Source
        Of the climate.
    """

    name: str
    name_zh: str
    provinces: frozenset[str]
    stations: tuple[Station, ...]
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
    members = find_stations(place)
    table = _yields()
    provinces = frozenset(station.province for station in members)
    names = _names(place, members)
    mounting = "tracking" if tracking else "fixed"
    return StationGroup(
        name=names[0],
        name_zh=names[1],
        provinces=provinces,
        stations=members,
        yields=tuple(table[station.wmo][mounting] for station in members),
        insolation=tuple(table[station.wmo][f"{mounting}_insolation"] for station in members),
        sources=tuple({s.id: s for station in members for s in station.sources}.values()),
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
    >>> print(a.name, len(a.samples or ()))
    Inner Mongolia, 14 stations, single-axis trackers 14
    """
    found = station_group(place, tracking=tracking)
    words = read_table("wafer_calc.assumptions", "classes")["mounting"]
    mounting = words["tracking" if tracking else "fixed"]
    n = len(found.yields)
    return Assumption(
        name=f"{found.name}, {n} stations, {mounting['en']}",
        name_zh=f"{found.name_zh}{n}个站点，{mounting['zh']}",
        kind="modelled",
        specific_yield=fmean(found.yields),
        samples=found.yields,
        place=found.name,
        sources=found.sources,
        note="mean of the stations, before curtailment; see `samples` for each",
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
    found = _places().search(text)
    return None if found is None else _provinces()[_spelled(found[0])]


def _spelled(name: str) -> str:
    return " ".join(name.casefold().split())


@cache
def _provinces() -> dict[str, str]:
    """Give the province of every name that a text may use for it or for a station in it."""
    named: dict[str, str] = {}
    every = find_stations("all")
    for station in every:
        for name in (station.province, station.province_zh):
            named[_spelled(name)] = station.province
    for station in every:
        for name in (station.name, station.name_zh, *station.aliases):
            short = name.split(" (")[0].removesuffix(" Banner")
            if not short.isascii() and len(short) > 2:
                short = short.rstrip("市县区旗")
            if len(short) > 1:
                named.setdefault(_spelled(short), station.province)
    return named


@cache
def _places() -> "re.Pattern[str]":
    names = sorted(_provinces(), key=len, reverse=True)
    # 共和 is a county of Qinghai, but not where 共和国, the republic, is meant
    parts = [
        rf"\b{re.escape(name)}\b" if name.isascii() else re.escape(name) + "(?!国)"
        for name in names
    ]
    return re.compile("|".join(parts), re.IGNORECASE)


def _names(place: str, members: tuple[Station, ...]) -> tuple[str, str]:
    """Give a group's names: the province's where there is one, else the region's adjective."""
    provinces = {(station.province, station.province_zh) for station in members}
    if len(members) == len(find_stations("all")):
        return "all Chinese", "全国"
    if len(members) == 1:
        return members[0].name, members[0].name_zh
    if len(provinces) == 1:
        return provinces.pop()
    return _region(frozenset(name for name, _ in provinces)) or (place, place)


def _region(provinces: frozenset[str]) -> tuple[str, str] | None:
    known = {station.province for station in find_stations("all")}
    for region, words in read_table("wafer_calc.weather", "stations")["regions"].items():
        if frozenset(words) & known == provinces:
            english = [word for word in words if word.isascii() and word not in known]
            chinese = [word for word in words if not word.isascii()]
            return [region, *english][-1], chinese[0]
    return None


@cache
def _yields() -> dict[str, dict[str, float]]:
    table = read_table("wafer_calc.assumptions", "station_yields")
    columns = table["columns"]
    return {row[0]: dict(zip(columns[1:], row[1:], strict=True)) for row in table["rows"]}
