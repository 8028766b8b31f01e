"""Monthly climate of Chinese weather stations: found by name, province, region or place."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from wafer_calc import display
from wafer_calc.errors import RangeError, ShapeError, unknown_name
from wafer_calc.facts import Source, find
from wafer_calc.tables import read_table
from wafer_calc.units import Q_

if TYPE_CHECKING:
    from wafer_calc.weather.record import Weather

_EARTH_RADIUS_KM = 6371.0  # IUGG mean radius
_WHOLE_COUNTRY = frozenset({"all", "china", "全部", "全国", "中国"})
# endings that a place's name may carry or leave out
_ENDINGS = re.compile(
    r"(?: (?:city|province|municipality|autonomous region|banner|stations?)"
    r"|特别行政区|维吾尔自治区|壮族自治区|回族自治区|自治区|地区|[省市县区旗盟])$"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Station:
    """A station's monthly climate.

    Attributes
    ----------
    wmo : str
        Number of the World Meteorological Organization.
    name, name_zh : str
        In English and Chinese.
    province, province_zh : str
        In English and Chinese.
    latitude, longitude, altitude : float [degrees], [degrees], [m]
        North and east positive.
    ghi, dhi : tuple of 12 floats [kWh/m²]
        Irradiation of each month on the horizontal, means of 1991 to 2017.
    temp_air : tuple of 12 floats [°C]
        Mean of each month.
    temp_station : str
        The station whose typical year gave the temperatures.
    temp_distance_km : float [km]
        How far away it lies; 0 for the same place.
    aliases : tuple of str
        Other names of the place.
    sources : tuple of Source
        Of irradiation and temperature.
    """

    wmo: str
    name: str
    name_zh: str
    province: str
    province_zh: str
    latitude: float
    longitude: float
    altitude: float
    ghi: tuple[float, ...]
    dhi: tuple[float, ...]
    temp_air: tuple[float, ...]
    temp_station: str
    temp_distance_km: float
    aliases: tuple[str, ...]
    sources: tuple[Source, ...]

    @property
    def ghi_year(self) -> float:
        """Irradiation of the year on the horizontal [kWh/m²]."""
        return sum(self.ghi)

    def to_dict(self) -> dict[str, Any]:
        """Give the record as plain values."""
        return asdict(self)

    def _repr_html_(self) -> str:
        months = zip(range(1, 13), self.ghi, self.dhi, self.temp_air, strict=True)
        place = f"{self.name} {self.name_zh} ({self.latitude:.2f}, {self.longitude:.2f})"
        headers = ("month", "GHI kWh/m²", "DHI kWh/m²", "°C")
        return display.table(place, headers, months, "; ".join(s.cite() for s in self.sources))


@cache
def all_stations() -> tuple[Station, ...]:
    """Give every station of the table.

    Examples
    --------
    >>> print(len(all_stations()))
    67
    """
    table = _table()
    sources = tuple(Source(id=key, **entry) for key, entry in table["source"].items())
    columns, rows = table["stations"]["columns"], table["stations"]["rows"]
    made = []
    for row in rows:
        fields: dict[str, Any] = {"sources": sources}
        for name, value in zip(columns, row, strict=True):
            fields[name] = tuple(value) if isinstance(value, list) else value
        made.append(Station(**fields))
    return tuple(made)


def find_station(name: str) -> Station:
    """Find a station by the name of its place, English or Chinese.

    Parameters
    ----------
    name : str
        Such as ``"Baotou"``, ``"包头"``, ``"包头市"``, ``"Xi'an"`` or a WMO number.

    Returns
    -------
    Station

    Raises
    ------
    UnknownNameError
        No such place in the table; the message lists the nearest names.

    Examples
    --------
    >>> print(f"{find_station('包头').name}: {find_station('Baotou').ghi_year:.0f} kWh/m²")
    Baotou: 1584 kWh/m²
    """
    names = _names()
    station = names.get(_plain(name))
    if station is None:
        raise unknown_name("station", name, _printed_names())
    return station


def find_stations(name: str) -> tuple[Station, ...]:
    """Find the stations of a province, a region, the country, or the one of a place.

    Parameters
    ----------
    name : str
        Such as ``"Inner Mongolia"``, ``"内蒙古自治区"``, ``"north-western"``, ``"西北"``, ``"all"``
        or a single place. A municipality's name means its station.

    Returns
    -------
    tuple of Station

    Raises
    ------
    UnknownNameError
        No such place, province or region; the message lists the nearest names.

    Examples
    --------
    >>> print(len(find_stations("Inner Mongolia")), len(find_stations("西北")))
    14 17
    """
    plain = _plain(name)
    if plain in _WHOLE_COUNTRY:
        return all_stations()
    members = _groups().get(plain)
    if members is not None:
        return tuple(s for s in all_stations() if s.province in members)
    station = _names().get(plain)
    if station is None:
        groups = {entry for entry in _group_names() if entry}
        raise unknown_name("stations", name, [*_printed_names(), *groups, "all"])
    return (station,)


def nearest_stations(
    latitude: float, longitude: float, *, n: int = 1
) -> tuple[tuple[Station, float], ...]:
    """Give the stations nearest to a place, with their distances.

    Parameters
    ----------
    latitude, longitude : float [degrees]
        North and east positive.
    n : int
        How many.

    Returns
    -------
    tuple of (Station, float [km])
        The nearest first, along the great circle.

    Raises
    ------
    RangeError
        No place on Earth.

    Examples
    --------
    >>> ((station, distance),) = nearest_stations(40.3, 109.9)
    >>> print(f"{station.name}, {distance:.0f} km")
    Dalad Banner, 16 km
    """
    if not (abs(latitude) <= 90 and abs(longitude) <= 180):
        raise RangeError(
            f"latitude, longitude: {latitude:g}, {longitude:g} came, wanted -90 to 90 and "
            "-180 to 180"
        )
    stations = all_stations()
    lat, lon = np.radians([[s.latitude, s.longitude] for s in stations]).T
    here_lat, here_lon = np.radians([latitude, longitude])
    half = (
        np.sin((lat - here_lat) / 2) ** 2
        + np.cos(lat) * np.cos(here_lat) * np.sin((lon - here_lon) / 2) ** 2
    )
    distance = 2 * _EARTH_RADIUS_KM * np.arcsin(np.sqrt(half))
    order = np.argsort(distance)[:n]
    return tuple((stations[i], float(distance[i])) for i in order)


def station_weather(stations: Station | Iterable[Station]) -> Weather:
    """Make the typical year of one station, or of several at once.

    Parameters
    ----------
    stations : Station or iterable of Station
        As found by `find_station` or `find_stations`.

    Returns
    -------
    Weather
        Shape (2304,) for one station, (site, 2304) for several; wind and the day's swing of
        temperature are assumed (facts ``weather.station_wind_speed`` and
        ``weather.station_temp_swing``), and `source` says so.

    Raises
    ------
    ShapeError
        No station.

    Examples
    --------
    >>> w = station_weather(find_station("Baotou"))
    >>> print(f"{w.weights @ w.ghi / 1000:.0f} kWh/m²")
    1584 kWh/m²
    """
    from wafer_calc.weather.typical import typical_year

    one = isinstance(stations, Station)
    chosen = (stations,) if isinstance(stations, Station) else tuple(stations)
    if not chosen:
        raise ShapeError("stations: none came, wanted one or more")
    wind = find("weather.station_wind_speed").best.value
    swing = find("weather.station_temp_swing").best.value

    def column(name: str) -> Any:
        values = [getattr(station, name) for station in chosen]
        return values[0] if one else np.array(values)

    return typical_year(
        column("latitude"),
        column("longitude"),
        altitude=column("altitude"),
        ghi=Q_(np.asarray(column("ghi")), "kWh/m^2"),
        dhi=Q_(np.asarray(column("dhi")), "kWh/m^2"),
        temp_air=column("temp_air"),
        wind_speed=wind,
        temp_swing=swing,
        name=", ".join(station.name for station in chosen),
        source=f"station climate 1991-2017 (CDSRD, CSWD); wind {wind:g} m/s assumed",
    )


def regions() -> dict[str, list[str]]:
    """Give China's regions: the other names of each, and its provinces.

    Returns
    -------
    dict of str to list of str
        By the region's English name.

    Examples
    --------
    >>> print("Inner Mongolia" in regions()["North"])
    True
    """
    named: dict[str, list[str]] = _table()["regions"]
    return named


@cache
def _table() -> dict[str, Any]:
    return read_table("wafer_calc.weather", "stations")


def _plain(name: str) -> str:
    plain = " ".join(name.casefold().replace("’", "'").replace("-", " ").split())
    return _ENDINGS.sub("", plain) or plain


@cache
def _names() -> dict[str, Station]:
    names: dict[str, Station] = {}
    for station in all_stations():
        for name in (station.wmo, station.name, station.name_zh, *station.aliases):
            names.setdefault(_plain(name), station)
    return names


def _printed_names() -> list[str]:
    return [n for s in all_stations() for n in (s.name, s.name_zh, *s.aliases)]


@cache
def _groups() -> dict[str, frozenset[str]]:
    """Give the provinces that each name of a province or region stands for."""
    stations = all_stations()
    groups: dict[str, frozenset[str]] = {}
    known = {station.province for station in stations}
    for region, words in regions().items():
        members = frozenset(words) & known
        for name in (region, *(word for word in words if word not in known)):
            groups[_plain(name)] = members
    for station in stations:
        for name in (station.province, station.province_zh):
            groups[_plain(name)] = frozenset({station.province})
    return groups


def _group_names() -> list[str]:
    words = regions()
    provinces = [n for s in all_stations() for n in (s.province, s.province_zh)]
    return [*words, *(word for named in words.values() for word in named), *provinces]
