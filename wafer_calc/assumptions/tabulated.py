"""Assumptions out of published hours: fleets, guaranteed hours, single plants."""

from functools import cache
from typing import Any

import numpy as np

from wafer_calc import facts
from wafer_calc.energy.annual import refuse_plant
from wafer_calc.energy.records import Assumption, AssumptionKind, Basis, hours_per_year
from wafer_calc.errors import AssumptionError, RangeError, ShapeError, unknown_name
from wafer_calc.facts.records import Fact, FactSet, Source
from wafer_calc.tables import read_table
from wafer_calc.units import Q_, Quantity, fraction, magnitude

_BASES = ("dc", "ac", "as_registered")


def full_load_hours(
    hours: Quantity,
    *,
    basis: Basis,
    dc_ac_ratio: Quantity | float | None = None,
    year: int | None = None,
    place: str | None = None,
    source: Source | Fact | str | None = None,
    name: str | None = None,
    plant: object = None,
) -> Assumption:
    """Make an assumption of full-load hours that somebody published.

    Parameters
    ----------
    hours : Quantity [hour] or [kWh/kW], scalar
        Of one year; losses, outages and curtailment are in them already.
    basis : str
        Of the capacity they are counted on: ``"dc"`` (modules), ``"ac"`` (grid connection), or
        ``"as_registered"`` where a statistic holds both kinds.
    dc_ac_ratio : float or Quantity [dimensionless], optional
        DC over AC capacity of the very plants that the hours belong to; needed for ``"ac"``.
    year : int, optional
        The year described.
    place : str, optional
        Where the plants stand.
    source : Source, Fact or str, optional
        Where the hours are printed; a text becomes the title of a source.
    name : str, optional
        What to call it; made of place and year where not given.
    plant : None
        Refused.

    Returns
    -------
    Assumption
        Its `specific_yield` is per kW DC; `as_registered` hours give their DC reading, and `low`
        is their AC reading where the ratio is known.

    Raises
    ------
    UnitError
        Hours without a unit.
    ShapeError
        An array of hours.
    RangeError
        Hours of zero or less, more than 8760, or not finite; a ratio outside [0.5, 3].
    AssumptionError
        An unknown basis, AC hours without a ratio, or a plant.

    Notes
    -----
    ``kWh per kW DC = hours`` (dc), ``hours / dc_ac_ratio`` (ac).

    Examples
    --------
    >>> a = full_load_hours(Q_(2050, "hour"), basis="ac", dc_ac_ratio=1.2)
    >>> print(f"{a.specific_yield:.0f} kWh/kW")
    1708 kWh/kW
    """
    called = name or ", ".join(str(part) for part in (place, year) if part is not None)
    if plant is not None:
        refuse_plant(called or "full_load_hours")
    return _assume(
        _hours(hours),
        basis=basis,
        ratio=None if dc_ac_ratio is None else _ratio(dc_ac_ratio),
        name=called or f"{_hours(hours):g} full-load hours",
        kind="reported",
        sources=cited(source),
        year=year,
        place=place,
    )


def fleet(
    country: str,
    year: int | None = None,
    *,
    series: str = "all",
    on: str | None = None,
    plant: object = None,
) -> Assumption:
    """Make an assumption of what a country's photovoltaic fleet made in a year.

    Parameters
    ----------
    country : str
        Such as ``"China"``, ``"Germany"``, ``"US"``, ``"World"``.
    year : int, optional
        The latest one known where not given.
    series : str
        ``"all"`` (every plant) or ``"large"`` (China: 6 MW and more; US: utility scale); the two are
        never mixed.
    on : str, optional
        ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``: only what had been published by then.
    plant : None
        Refused.

    Returns
    -------
    Assumption
        Where sources differ, the note says so.

    Raises
    ------
    UnknownNameError
        A country, series or year of which nothing is known; the message lists what is.
    AssumptionError
        A plant, or hours of an AC capacity whose DC/AC ratio was not known by then.
    ReadError
        A date that is none.

    Examples
    --------
    >>> a = fleet("China", 2021, series="large")
    >>> print(f"{a.name}: {a.specific_yield:.0f} kWh/kW")
    China, plants of 6 MW and more, 2021: 1281 kWh/kW
    """
    every = facts.find("pv.full_load_hours")
    country = _tag("country", country, every)
    series = _tag("series", series, FactSet(key="", facts=_tagged(every, country=country)))
    found = facts.find("pv.full_load_hours", country=country, series=series, on=on, period=year)
    if not found and year is not None:
        known = facts.find("pv.full_load_hours", country=country, series=series, on=on)
        raise unknown_name(f"year of {country}", str(year), [str(f.period) for f in known])
    words = _words("series", f"{country}-{series}", series)
    place_zh = _labels()["place"].get(country, country)
    if plant is not None:
        refuse_plant(f"{country}, {words['en']}")
    return _from_fact(
        found,
        ratio=_known_ratio(found, country=country, on=on),
        name=f"{country}, {words['en']}",
        name_zh=f"{place_zh}{words['zh']}",
        kind="reported",
        place=country,
    )


def guaranteed_hours(
    zone: str = "class_1", *, on: str | None = None, plant: object = None
) -> Assumption:
    """Make an assumption of the hours that China's policy guarantees the purchase of.

    Parameters
    ----------
    zone : str
        ``"class_1"`` (the best), ``"gansu_class_2"``, ``"lowest"`` or ``"highest"``.
    on : str, optional
        As in `fleet`.
    plant : None
        Refused.

    Returns
    -------
    Assumption
        Of kind ``"policy"``: a promise to buy, and no output.

    Raises
    ------
    UnknownNameError
        No such zone, or no such policy by that date.
    AssumptionError
        A plant.

    Examples
    --------
    >>> print(f"{guaranteed_hours().specific_yield:.0f} kWh/kW")
    1500 kWh/kW
    """
    zone = _tag("zone", zone, facts.find("pv.guaranteed_hours"))
    found = facts.find("pv.guaranteed_hours", zone=zone, on=on)
    words = _words("zone", zone, zone)
    if plant is not None:
        refuse_plant(f"guaranteed hours, {words['en']}")
    return _from_fact(
        found,
        ratio=_known_ratio(found, country="China", on=on),
        name=f"China's guaranteed-purchase hours, {words['en']}",
        name_zh=f"中国保障性收购小时数（{words['zh']}）",
        kind="policy",
        place="China",
    )


def plant_record(
    plant_name: str, *, year: int | None = None, on: str | None = None, plant: object = None
) -> Assumption:
    """Make an assumption of the hours stated of one real plant.

    Parameters
    ----------
    plant_name : str
        ``"kubuqi"``, ``"dalad"``, ``"golmud"`` …
    year : int, optional
        The latest one known where not given.
    on : str, optional
        As in `fleet`.
    plant : None
        Refused.

    Returns
    -------
    Assumption
        The note tells an expectation from a record.

    Raises
    ------
    UnknownNameError
        No such plant, or nothing known of it by that date.
    AssumptionError
        A `Plant`, or hours of an AC capacity whose DC/AC ratio was not known by then.

    Examples
    --------
    >>> print(f"{plant_record('dalad', year=2018).specific_yield:.0f} kWh/kW")
    1600 kWh/kW
    """
    plant_name = _tag("plant", plant_name, facts.find("pv.plant_hours"))
    found = facts.find("pv.plant_hours", plant=plant_name, period=year, on=on)
    words = _words("plant", plant_name, plant_name)
    if plant is not None:
        refuse_plant(words["en"])
    return _from_fact(
        found,
        ratio=_known_ratio(found, plant=plant_name, country=found.best.tags.get("country"), on=on),
        name=words["en"],
        name_zh=words["zh"],
        kind="reported",
        place=words["en"],
    )


def _from_fact(
    found: FactSet,
    *,
    ratio: Fact | None,
    name: str,
    name_zh: str,
    kind: AssumptionKind,
    place: str,
) -> Assumption:
    fact = found.best
    if fact.basis is None:
        raise AssumptionError(f"basis: the fact {fact.key} of {name} names none of {_BASES}")
    rivals = [
        f"{other.value:g} h ({other.source.publisher})"
        for other in found.facts[1:]
        if other.period == fact.period and other.value != fact.value
    ]
    notes = [fact.note] if fact.note else []
    if rivals:
        notes.append(f"other sources: {', '.join(rivals)}")
    used = ratio if fact.basis != "dc" else None
    if fact.basis == "as_registered" and used is None:
        notes.append("no DC/AC ratio of these plants was known: the AC reading is left out")
    year = _year(fact)
    return _assume(
        Q_(fact.value, fact.unit).m_as("hour"),
        low=None if fact.low is None else Q_(fact.low, fact.unit).m_as("hour"),
        high=None if fact.high is None else Q_(fact.high, fact.unit).m_as("hour"),
        basis=fact.basis,
        ratio=None if used is None else used.value,
        ratio_low=None if used is None else used.low,
        ratio_high=None if used is None else used.high,
        name=name if fact.period is None else f"{name}, {fact.period}",
        name_zh=name_zh if fact.period is None else f"{name_zh}，{fact.period}年",
        kind=kind,
        sources=facts.sources([fact] if used is None else [fact, used]),
        year=year,
        place=place,
        note="; ".join(notes) or None,
    )


def _assume(
    hours: float,
    *,
    basis: Basis,
    ratio: float | None,
    name: str,
    kind: AssumptionKind,
    sources: tuple[Source, ...],
    low: float | None = None,
    high: float | None = None,
    ratio_low: float | None = None,
    ratio_high: float | None = None,
    year: int | None = None,
    place: str | None = None,
    note: str | None = None,
    name_zh: str | None = None,
) -> Assumption:
    """Turn hours of any basis into a yield per kW DC, with the interval that the basis leaves."""
    if basis not in _BASES:
        raise AssumptionError(f"basis: {basis!r} is none of {', '.join(_BASES)}")
    least, most = (hours if low is None else low), (hours if high is None else high)
    if basis == "dc":
        reading = hours
    elif basis == "ac":
        if ratio is None:
            raise AssumptionError(
                f"dc_ac_ratio: {name!r} counts hours on AC capacity; give the DC/AC ratio of its "
                "own plants, such as dc_ac_ratio=1.2"
            )
        reading = hours / ratio
        least, most = least / (ratio_high or ratio), most / (ratio_low or ratio)
    else:  # the DC reading leads; taken as AC capacity the same hours are fewer per kW DC
        reading = hours
        least = least / (ratio or 1.0)
    return Assumption(
        name=name,
        name_zh=name_zh,
        kind=kind,
        specific_yield=reading,
        low=least if (least, most) != (reading, reading) else None,
        high=most if (least, most) != (reading, reading) else None,
        published=hours,
        basis=basis,
        dc_ac_ratio=ratio,
        year=year,
        place=place,
        sources=sources,
        note=note,
    )


def _hours(value: Quantity) -> float:
    hours = magnitude(value, "hour", "hours", low=0, low_open=True)
    if np.ndim(hours):
        raise ShapeError(f"hours: an array of shape {np.shape(hours)}, wanted one number")
    most = hours_per_year()
    if hours > most:
        raise RangeError(f"hours: {hours:g} h is more than the {most:g} h of a year")
    return float(hours)


def _ratio(value: Quantity | float) -> float:
    ratio = fraction(value, "dc_ac_ratio", low=0.5, high=3.0, low_open=False)
    if np.ndim(ratio):
        raise ShapeError(f"dc_ac_ratio: an array of shape {np.shape(ratio)}, wanted one number")
    return float(ratio)


def _known_ratio(
    found: FactSet, *, country: str | None, on: str | None, plant: str | None = None
) -> Fact | None:
    """Find the DC/AC ratio of the plants themselves, else of their country, nearest in time."""
    known = facts.find("pv.dc_ac_ratio", on=on)
    own = [f for f in known if plant is not None and f.tags.get("plant") == plant]
    national = [f for f in known if f.tags.get("country") == country and "plant" not in f.tags]
    fitting = own or national
    year = _year(found.best)
    if year is None or not fitting:
        return fitting[0] if fitting else None
    return min(fitting, key=lambda fact: abs((_year(fact) or year) - year))


def cited(source: Source | Fact | str | None) -> tuple[Source, ...]:
    """Give what a caller named as a source as records."""
    if source is None:
        return ()
    if isinstance(source, Source):
        return (source,)
    if isinstance(source, Fact):
        return (source.source,)
    if isinstance(source, str):
        return (Source(id="caller", title=source, publisher="as given by the caller"),)
    raise AssumptionError(
        f"source: {source!r} is a {type(source).__name__}, wanted a Source, a Fact or a text"
    )


def _tagged(every: FactSet, **tags: str) -> tuple[Fact, ...]:
    return tuple(f for f in every if all(f.tags.get(tag) == v for tag, v in tags.items()))


def _tag(tag: str, came: str, known: FactSet) -> str:
    """Give a tag's value as the facts spell it, whatever the case of what came."""
    names = {fact.tags[tag] for fact in known if tag in fact.tags}
    chinese = {zh: en for en, zh in _labels()["place"].items()} if tag == "country" else {}
    by_fold = {name.casefold(): name for name in names}
    asked = chinese.get(str(came), str(came)).strip().casefold()
    if asked not in by_fold:
        raise unknown_name(tag, str(came), names)
    return by_fold[asked]


def _year(fact: Fact) -> int | None:
    text = str(fact.period)
    return int(text) if text.isdecimal() else None


@cache
def _labels() -> dict[str, dict[str, Any]]:
    return read_table("wafer_calc.assumptions", "labels")


def _words(kind: str, *names: str) -> dict[str, str]:
    """Give the words for the first of some names that has any; the last name itself if none."""
    for name in names:
        words: dict[str, str] | None = _labels()[kind].get(name)
        if words is not None:
            return words
    return {"en": names[-1], "zh": names[-1]}
