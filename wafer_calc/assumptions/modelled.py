"""Assumptions out of the simulation: a site, a region, a weather file, a sky without clouds."""

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from wafer_calc.assumptions.station_table import Mounting, station_yields
from wafer_calc.energy.records import Assumption
from wafer_calc.errors import RangeError
from wafer_calc.facts.records import Source

if TYPE_CHECKING:
    from wafer_calc.plant import Plant
    from wafer_calc.weather import Station, Weather

_PLANT_ZH = {"fixed": "固定支架", "tracker": "单轴跟踪"}
_PLANT_EN = {"fixed": "fixed plant", "tracker": "plant on trackers"}


def site(name: str, *, plant: "Plant | None" = None, mounting: Mounting = "fixed") -> Assumption:
    """Make an assumption of a plant at a Chinese weather station, in a typical year.

    Parameters
    ----------
    name : str
        The place, English or Chinese: ``"Baotou"``, ``"包头"`` …
    plant : Plant, optional
        Simulated there; the shipped table is read where not given, which needs no simulation.
    mounting : str
        Of the table's plant: ``"fixed"`` (facing south at the best tilt) or ``"tracker"``
        (horizontal single axis); everything else as PVWatts has it.

    Returns
    -------
    Assumption
        With its months and performance ratio.

    Raises
    ------
    UnknownNameError
        No such station or mounting; the message lists the nearest names.

    Examples
    --------
    >>> a = site("包头")
    >>> print(f"{a.name}: {1480 < a.specific_yield < 1600}")
    Baotou, fixed plant, typical year: True
    """
    from wafer_calc.weather import find_station

    return _of_stations((find_station(name),), plant, mounting)


def region(name: str, *, plant: "Plant | None" = None, mounting: Mounting = "fixed") -> Assumption:
    """Make an assumption of plants spread over the stations of a province or region.

    Parameters
    ----------
    name : str
        ``"Inner Mongolia"``, ``"内蒙古"``, ``"north-western"``, ``"西北"``, ``"all"`` …
    plant, mounting
        As in `site`.

    Returns
    -------
    Assumption
        The mean over the stations; each one's yield is in `samples`, the lowest and highest are
        `low` and `high`.

    Raises
    ------
    UnknownNameError
        No such province, region or mounting; the message lists the nearest names.

    Examples
    --------
    >>> a = region("Inner Mongolia", mounting="tracker")
    >>> print(f"{a.name}: {min(a.samples) < a.specific_yield < max(a.samples)}")
    Inner Mongolia, plants on trackers, mean of 14 stations: True
    """
    from wafer_calc.weather import find_stations

    return _of_stations(find_stations(name), plant, mounting, called=name)


def weather(w: "Weather", *, plant: "Plant", name: str | None = None) -> Assumption:
    """Make an assumption of a plant under given weather.

    Parameters
    ----------
    w : Weather
        Of one site or of many, a year long; many give their mean, with `samples`.
    plant : Plant
        Simulated there.
    name : str, optional
        What to call it; the weather's own name where not given.

    Returns
    -------
    Assumption

    Raises
    ------
    RangeError
        A site of which hours are missing, so that its year is unknown.

    Examples
    --------
    >>> from wafer_calc.plant import Plant
    >>> from wafer_calc.weather import find_station, station_weather
    >>> a = weather(station_weather(find_station("Baotou")), plant=Plant(surface_tilt=40))
    >>> print(f"{a.name}: {1480 < a.specific_yield < 1600}")
    Baotou: True
    """
    called = name or w.name or "weather"
    return _simulated(
        w,
        plant,
        name=called,
        sources=(Source(id="weather", title=w.source or called, publisher="weather data"),),
        place=w.name or None,
        note=None,
    )


def clear_sky(
    latitude: float,
    longitude: float,
    *,
    plant: "Plant",
    altitude: float | None = None,
    name: str | None = None,
) -> Assumption:
    """Make an assumption of a year without a cloud: a bound, never an expectation.

    Parameters
    ----------
    latitude, longitude : float [degrees]
        North and east positive.
    plant : Plant
        Simulated there; on two axes it bounds what any plant of its losses can give.
    altitude : float [m], optional
        Above sea; looked up where not given.
    name : str, optional
        What to call it.

    Returns
    -------
    Assumption

    Raises
    ------
    RangeError
        Coordinates that are no place.

    Examples
    --------
    >>> from wafer_calc.plant import Plant
    >>> a = clear_sky(40.66, 109.85, plant=Plant(tracking="two_axis"))
    >>> print(f"{2300 < a.specific_yield < 3300}")
    True
    """
    from wafer_calc.weather import clear_sky as cloudless

    sky = cloudless(latitude, longitude, altitude)
    north, east = latitude >= 0, longitude >= 0
    lat, lon = f"{abs(latitude):g}°", f"{abs(longitude):g}°"
    where = f"{lat} {'N' if north else 'S'}, {lon} {'E' if east else 'W'}"
    where_zh = f"{'北纬' if north else '南纬'}{lat}，{'东经' if east else '西经'}{lon}"
    return _simulated(
        sky,
        plant,
        name=name or f"A sky without clouds at {where}",
        name_zh=name or f"全年无云（{where_zh}）",
        sources=(
            Source(
                id="clear-sky",
                title="A new airmass independent formulation for the Linke turbidity coefficient",
                publisher="Ineichen and Perez, Solar Energy 73, with SoDa turbidity in pvlib",
                date="2002",
            ),
        ),
        place=None,
        note=f"an upper bound: {sky.source}",
    )


def _of_stations(
    stations: "tuple[Station, ...]",
    plant: "Plant | None",
    mounting: Mounting,
    *,
    called: str | None = None,
) -> Assumption:
    from wafer_calc.weather import station_weather

    one = len(stations) == 1 and called is None
    station = stations[0]
    place, place_zh = (station.name, station.name_zh) if one else _group(stations, called)
    if plant is None:
        rows = [station_yields(mounting)[s.wmo] for s in stations]
        what, what_zh = _PLANT_EN[mounting], _PLANT_ZH[mounting] + "电站"
        yields = np.array([row.specific_yield for row in rows])
        months = np.mean([row.monthly for row in rows], axis=0)
        ratio = float(np.mean([row.performance_ratio for row in rows]))
    else:
        made = _run(station_weather(stations), plant)
        what, what_zh = "given plant", "指定电站"
        yields, months, ratio = made
    if one:
        name, name_zh = f"{place}, {what}, typical year", f"{place_zh}{what_zh}，典型年"
    else:
        plants = what.replace("plant", "plants")
        name = f"{place}, {plants}, mean of {len(stations)} stations"
        name_zh = f"{place_zh}{what_zh}，{len(stations)}个气象站平均"
    return _modelled(
        yields,
        months,
        ratio,
        name=name,
        name_zh=name_zh,
        place=place,
        sources=station.sources,
        note="station climate of 1991 to 2017; nothing curtailed",
    )


def _group(stations: "tuple[Station, ...]", called: str | None) -> tuple[str, str]:
    """Give the English and Chinese name of a province or of a region."""
    from wafer_calc.weather.stations import all_stations, regions

    provinces = {(s.province, s.province_zh) for s in stations}
    if len(provinces) == 1:
        return next(iter(provinces))
    if len(stations) == len(all_stations()):
        return "China", "中国"
    for name, words in regions().items():
        if {english for english, _ in provinces} <= set(words):
            return f"{name} China", next(word for word in words if not word.isascii())
    return str(called), str(called)


def _simulated(
    w: "Weather",
    plant: "Plant",
    *,
    name: str,
    sources: tuple[Source, ...],
    place: str | None,
    note: str | None,
    name_zh: str | None = None,
) -> Assumption:
    yields, months, ratio = _run(w, plant)
    return _modelled(
        yields, months, ratio,
        name=name, name_zh=name_zh, place=place, sources=sources, note=note,
    )  # fmt: skip


def _run(w: "Weather", plant: "Plant") -> tuple[NDArray[np.float64], NDArray[np.float64], float]:
    """Give yields (site,), mean months (12,) and mean performance ratio of a simulation."""
    from wafer_calc.energy import simulate

    made = simulate(w, plant)
    yields = np.atleast_1d(made.specific_yield.m_as("kWh/kW"))
    unknown = int(np.isnan(yields).sum())
    if unknown:
        raise RangeError(
            f"weather: hours are missing at {unknown} of {yields.size} sites, so that their year "
            "is unknown; fill or leave out those sites first"
        )
    plain = made.to_dict()  # of 1 kW
    months = np.reshape(plain["monthly_kwh"], (-1, 12))
    return yields, months.mean(axis=0), float(np.mean(plain["performance_ratio"]))


def _modelled(
    yields: NDArray[np.float64],
    months: NDArray[np.float64],
    performance_ratio: float,
    *,
    name: str,
    name_zh: str | None,
    place: str | None,
    sources: tuple[Source, ...],
    note: str | None,
) -> Assumption:
    many = yields.size > 1
    return Assumption(
        name=name,
        name_zh=name_zh,
        kind="modelled",
        specific_yield=float(yields.mean()),
        low=float(yields.min()) if many else None,
        high=float(yields.max()) if many else None,
        basis="dc",
        place=place,
        sources=sources,
        monthly=tuple(float(month) for month in months),
        performance_ratio=performance_ratio,
        samples=tuple(float(one) for one in yields) if many else None,
        note=note,
    )
