"""What each input of a claim would have to be for its energy, the others as they usually are."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from statistics import fmean
from typing import Any

from wafer_calc import facts
from wafer_calc.assumptions.classes import ReferenceClass, portfolio
from wafer_calc.assumptions.stations import station_group
from wafer_calc.claims.odds import Question, classes_of, odds_words
from wafer_calc.claims.records import NeededValue
from wafer_calc.claims.wording import measure, number
from wafer_calc.uncertainty import Needed, needed
from wafer_calc.units import Q_

__all__ = ["needed_values"]

# How many times the printed capacity is looked through for the one that is needed.
MOST_CAPACITIES = 100.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Usual:
    """One usual figure and the class that it is of."""

    value: float
    of: str


def needed_values(asked: Question) -> tuple[NeededValue, ...]:
    """Solve a claim for each of its inputs.

    Parameters
    ----------
    asked : Question
        What the claim asks of photovoltaic plants.

    Returns
    -------
    tuple of NeededValue
        Full-load hours first; an input whose partners are unknown is left out.
    """
    classes = classes_of(asked)
    fleet = next((_usual(one, asked) for one in classes if not one.yields), None)
    sites = [one for one in classes if one.yields]
    return tuple(
        made
        for part in (_of_hours(asked), _of_sun(asked, sites), _of_fleet(asked, fleet, sites))
        for made in part
    )


def _of_hours(asked: Question) -> Iterator[NeededValue]:
    capacity = {"capacity_dc": _shown_capacity(asked)}
    yield _solved(asked, lambda full_load_hours: asked.capacity_kw * full_load_hours,
                  "full_load_hours", "hour", 0.0, _hours_of_a_year(), capacity)  # fmt: skip


def _of_sun(asked: Question, sites: list[ReferenceClass]) -> Iterator[NeededValue]:
    """Irradiation at a usual performance ratio, and the ratio at the stations' irradiation."""
    known = [f for f in facts.find("pv.performance_ratio", on=asked.on) if f.low is not None]
    world = next((fact for fact in known if fact.tags.get("country") == "World"), None)
    if world is None or not sites:
        return
    ratio = world.value
    yield _solved(asked, lambda insolation: asked.capacity_kw * insolation * ratio,
                  "insolation", "kWh/m**2", 0.0, _hours_of_a_year(),
                  {"performance_ratio": {"value": number(ratio)}})  # fmt: skip
    first = sites[0]
    sun = fmean(station_group(first.place or "").insolation)
    shown = {"value": f"{number(sun)} kWh/m²", "of": _name(first, asked)}
    yield _solved(asked, lambda performance_ratio: asked.capacity_kw * sun * performance_ratio,
                  "performance_ratio", "", 0.0, 1.1, {"insolation": shown})  # fmt: skip


def _of_fleet(
    asked: Question, fleet: _Usual | None, sites: list[ReferenceClass]
) -> Iterator[NeededValue]:
    """Capacity and wafers at the fleet's hours, and how many plants would have to stand better."""
    if fleet is None:
        return
    usual = {"full_load_hours": {"value": number(fleet.value), "of": fleet.of}}
    yield _solved(asked, lambda capacity_dc: capacity_dc * fleet.value,
                  "capacity_dc", "kW", 0.0, MOST_CAPACITIES * asked.capacity_kw, usual)  # fmt: skip
    if asked.wafers is not None:
        wafers = asked.wafers
        count = {"n_wafers": {"value": _count(asked)}}
        yield _solved(asked, lambda power_per_wafer: power_per_wafer / 1000.0 * wafers * fleet.value,
                      "power_per_wafer", "W", 0.0, _most_watts(), count | usual)  # fmt: skip
    if sites:
        best = max((_usual(one, asked) for one in sites), key=lambda one: one.value)
        rest = {"rest": {"value": number(fleet.value), "of": fleet.of}}
        yield _solved(
            asked,
            lambda share_of_good_sites: asked.capacity_kw
            * (share_of_good_sites * best.value + (1.0 - share_of_good_sites) * fleet.value),
            "share_of_good_sites", "", 0.0, 1.0, rest, good=best.of,
        )  # fmt: skip


def _solved(
    asked: Question, model: Callable[..., Any], name: str, unit: str, low: float, high: float,
    given: dict[str, dict[str, str]], good: str = "",
) -> NeededValue:  # fmt: skip
    found = needed(model, asked.energy_kwh, name, (low, high))
    return NeededValue(
        input=name,
        value=None if found.value is None else float(found.value.magnitude),
        unit=unit,
        sentence=_sentence(found, name, unit, asked, given, good),
    )


def _sentence(
    found: Needed, name: str, unit: str, asked: Question,
    given: dict[str, dict[str, str]], good: str,
) -> str:  # fmt: skip
    words, lang = odds_words(asked.lang), asked.lang
    fixed = words["fixed"].format(
        given=words["and"].join(words["given"][key].format(**parts) for key, parts in given.items())
    )
    target = measure(asked.energy_kwh, "kWh", lang)
    if found.value is not None:
        shown = _shown(float(found.value.magnitude), name, unit, lang)
        told = words["input"][name].format(value=shown, good=good)
        return str(words["needs"].format(target=target, input=told, fixed=fixed))
    return str(
        words["impossible"].format(
            input=words["name"][name],
            high=_shown(float(found.high.magnitude), name, unit, lang),
            target=target,
            fixed=fixed,
            most=measure(float(found.nearest.magnitude), "kWh", lang),
        )
    )


def _shown(value: float, name: str, unit: str, lang: str) -> str:
    if name == "share_of_good_sites":
        return measure(value, "dimensionless", lang)
    if name == "full_load_hours":
        return number(value) + ("小时" if lang == "zh" else "")
    if unit == "kW":
        return measure(1000.0 * value, "W", lang)
    if name == "power_per_wafer":
        return measure(value, "W/piece", lang)
    return f"{number(value)} kWh/m²" if unit == "kWh/m**2" else number(value)


def _usual(one: ReferenceClass, asked: Question) -> _Usual:
    return _Usual(value=float(portfolio(one).ppf(0.5)), of=_name(one, asked))


def _name(one: ReferenceClass, asked: Question) -> str:
    return one.name_zh if asked.lang == "zh" else one.name


def _shown_capacity(asked: Question) -> dict[str, str]:
    return {"value": measure(1000.0 * asked.capacity_kw, "W", asked.lang)}


def _count(asked: Question) -> str:
    """Give the number of wafers in words, without the word for what is counted."""
    return re.sub(r"( wafers?| pieces?|片)$", "", measure(asked.wafers or 0.0, "piece", asked.lang))


def _hours_of_a_year() -> float:
    return facts.find("year.hours").best.value


def _most_watts() -> float:
    """Give what the largest wafer of the trade could make if it reached silicon's limit [W]."""
    areas = facts.find("wafer.area")
    largest_m2 = max(float(Q_(fact.value, fact.unit).m_as("m**2")) for fact in areas)
    return largest_m2 * 1000.0 * facts.find("silicon.efficiency_limit").best.value
