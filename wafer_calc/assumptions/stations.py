"""The stations of a region or province as a group, and the province that a text is about."""

import re
from dataclasses import dataclass
from functools import cache

from wafer_calc.assumptions.station_table import Mounting, station_yields
from wafer_calc.facts.records import Source
from wafer_calc.weather.stations import Station, all_stations, find_stations, regions

__all__ = ["StationGroup", "province_in", "station_group"]


@dataclass(frozen=True, slots=True, kw_only=True)
class StationGroup:
    """The stations of a region or province, and what a plant at each makes.

    Attributes
    ----------
    name, name_zh : str
        Of the region or province, fit to stand before "stations".
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
def station_group(place: str, *, mounting: Mounting = "fixed") -> StationGroup:
    """Find the stations of a region or province, with what plants there make.

    Parameters
    ----------
    place : str
        As for `wafer_calc.weather.find_stations`.
    mounting : str
        ``"fixed"`` or ``"tracker"``, as for `wafer_calc.assumptions.region`.

    Returns
    -------
    StationGroup

    Raises
    ------
    UnknownNameError
        No such place or mounting.

    Examples
    --------
    >>> print(len(station_group("Inner Mongolia").yields))
    14
    """
    members = find_stations(place)
    table = station_yields(mounting)
    rows = [table[station.wmo] for station in members]
    name, name_zh = _names(place, members)
    return StationGroup(
        name=name,
        name_zh=name_zh,
        provinces=frozenset(station.province for station in members),
        places=tuple(station.name for station in members),
        yields=tuple(row.specific_yield for row in rows),
        insolation=tuple(row.specific_yield / row.performance_ratio for row in rows),
        sources=tuple({s.id: s for station in members for s in station.sources}.values()),
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


def _names(place: str, members: tuple[Station, ...]) -> tuple[str, str]:
    """Give a group's names: the province's where there is one, else the region's."""
    if len(members) == 1:
        return members[0].name, members[0].name_zh
    if len(members) == len(all_stations()):
        return "all Chinese", "全国"
    provinces = {(station.province, station.province_zh) for station in members}
    if len(provinces) == 1:
        return provinces.pop()
    known = {station.province for station in all_stations()}
    for region, words in regions().items():
        if frozenset(words) & known == {name for name, _ in provinces}:
            english = [word for word in words if word.isascii() and word not in known]
            return [region, *english][-1], next(word for word in words if not word.isascii())
    return place, place


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())


@cache
def _provinces() -> dict[str, str]:
    """Give the province of every name that a text may use for it or for a station in it."""
    named: dict[str, str] = {}
    for station in all_stations():
        for name in (station.province, station.province_zh):
            named[_plain(name)] = station.province
    for station in all_stations():
        for name in (station.name, station.name_zh, *station.aliases):
            short = name.split(" (")[0].removesuffix(" Banner")
            if not short.isascii() and len(short) > 2:
                short = short.rstrip("市县区旗")
            if len(short) > 1:
                named.setdefault(_plain(short), station.province)
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
