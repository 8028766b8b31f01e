"""Wafer formats as references: their watts, prices and yuan per watt at a claim's date."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from wafer_calc import facts, wafers
from wafer_calc.claims.references import Alternative, Moment, alternative_of, year_of
from wafer_calc.claims.relations import Relation, settings
from wafer_calc.facts import Fact
from wafer_calc.units import magnitude

STC_W_M2 = 1000.0  # IEC 60904-3, by which module watts are defined


@dataclass(frozen=True, slots=True, kw_only=True)
class Traded:
    """A wafer format that was on the market at a claim's date."""

    name: str
    area_m2: float
    fact: Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class Efficiencies:
    """What a cell of the date gave: from the year's module average to the record."""

    low: float
    usual: float
    record: float
    facts: tuple[Fact, ...]


@lru_cache(maxsize=64)
def traded(moment: Moment) -> tuple[Traded, ...]:
    """Give the formats known at a date, smallest first.

    Parameters
    ----------
    moment : Moment
        The claim's date.

    Returns
    -------
    tuple of Traded
        Without the variants that one maker alone cuts.
    """
    named = [
        fact
        for fact in facts.find("wafer.side")
        if moment.known(fact) and fact.tags["format"] in settings("wafers")["formats"]
    ]
    made = {
        fact.tags["format"]: Traded(
            name=fact.tags["format"],
            area_m2=_area_m2(fact.tags["format"]),
            fact=fact,
        )
        for fact in named
    }
    return tuple(sorted(made.values(), key=lambda one: one.area_m2))


@lru_cache(maxsize=64)
def efficiencies(moment: Moment) -> Efficiencies | None:
    """Give what silicon cells of the date made of sunlight.

    Parameters
    ----------
    moment : Moment
        The claim's date.

    Returns
    -------
    Efficiencies or None
        From the lowest figure of the last years to the record; the usual one is that of PERC or of
        whatever the latest figures are for. None where no figure is known.
    """
    window = settings("wafers")["efficiency_years"]
    made = _near(facts.find("cell.efficiency"), moment, window)
    modules = _near(facts.find("module.efficiency"), moment, window)
    records = [
        fact
        for fact in facts.find("cell.record_efficiency", technology="silicon")
        if moment.known(fact) or moment.past(fact)
    ]
    if not made and not modules:
        return None
    pool = made or modules
    latest = max(year_of(fact) or 0 for fact in pool)
    usual = [fact.value for fact in pool if (year_of(fact) or 0) == latest]
    ends = [fact.value if fact.low is None else fact.low for fact in (*made, *modules)]
    best = max((fact.value for fact in (*records, *made)), default=max(usual))
    return Efficiencies(
        low=min(ends), usual=min(usual), record=best, facts=(*made, *modules, *records[:1])
    )


def price_range(name: str, vat: str, moment: Moment) -> Alternative | None:
    """Give the span of a format's prices in the months before a claim.

    Parameters
    ----------
    name : str
        The format.
    vat : str
        ``"incl"`` or ``"excl"``.
    moment : Moment
        The claim's date.

    Returns
    -------
    Alternative or None
        The latest price as its first fact; None where none was published in those months.
    """
    months = settings("wafers")["price_months"]
    found = [
        fact
        for fact in facts.find("wafer.price", format=name, vat=vat)
        if moment.known(fact) and _months_before(fact, moment) <= months
    ]
    if not found:
        return None
    spans = [alternative_of(fact, "CNY/wafer") for fact in found]
    return Alternative(
        low=min(span.low for span in spans),
        high=max(span.high for span in spans),
        facts=tuple(found),
        name=f"{name} {vat}",
    )


def latest_prices(name: str, vat: str, moment: Moment) -> tuple[Fact, ...]:
    """Give a format's prices of its latest month before a claim; none where all are too old."""
    months = settings("wafers")["price_months"]
    found = [
        fact
        for fact in facts.find("wafer.price", format=name, vat=vat)
        if moment.known(fact) and _months_before(fact, moment) <= months
    ]
    return tuple(fact for fact in found if str(fact.period)[:7] == str(found[0].period)[:7])


def derive(name: str, relation: Relation, moment: Moment) -> Iterator[Alternative]:
    """Give the alternatives that are worked out from several facts.

    Parameters
    ----------
    name : str
        ``"wafer_power"``, ``"wafer_price"``, ``"wafer_price_per_watt"`` or ``"largest_wafer"``.
    relation : Relation
        The row that asks.
    moment : Moment
        The claim's date.

    Yields
    ------
    Alternative
        One a format.

    Raises
    ------
    LookupError
        A name that is not among these.
    """
    makers = {
        "wafer_power": _powers,
        "wafer_price": _prices,
        "wafer_price_per_watt": _prices_per_watt,
        "largest_wafer": _largest,
    }
    yield from makers[name](moment)


def _powers(moment: Moment) -> Iterator[Alternative]:
    cells = efficiencies(moment)
    if cells is None:
        return
    for one in traded(moment):
        yield Alternative(
            low=one.area_m2 * STC_W_M2 * cells.low,
            high=one.area_m2 * STC_W_M2 * cells.record,
            facts=(one.fact, *cells.facts),
            name=one.name,
        )


def _prices(moment: Moment) -> Iterator[Alternative]:
    for one in traded(moment):
        for vat in ("incl", "excl"):
            span = price_range(one.name, vat, moment)
            if span is not None:
                yield span


def _prices_per_watt(moment: Moment) -> Iterator[Alternative]:
    cells = efficiencies(moment)
    if cells is None:
        return
    for one in traded(moment):
        for vat in ("incl", "excl"):
            span = price_range(one.name, vat, moment)
            if span is not None:
                watts = one.area_m2 * STC_W_M2 * cells.usual
                yield Alternative(
                    low=span.low / watts,
                    high=span.high / watts,
                    facts=(*span.facts, one.fact),
                    name=span.name,
                )


def _largest(moment: Moment) -> Iterator[Alternative]:
    limit = facts.find("silicon.efficiency_limit").best
    sizes = traded(moment) or traded(Moment(on=None))
    largest = sizes[-1]
    watts = largest.area_m2 * STC_W_M2 * limit.value
    yield Alternative(low=watts, high=watts, facts=(limit, largest.fact), name=largest.name)


@cache
def _area_m2(name: str) -> float:
    return float(magnitude(wafers.find_format(name).area, "m^2", "area"))


def _near(found: facts.FactSet, moment: Moment, window: int) -> list[Fact]:
    past = [fact for fact in found if moment.known(fact) or moment.past(fact)]
    near = [fact for fact in past if moment.near(fact, window)]
    if near or moment.year is None:
        return near
    # nothing of those years: the figures of the year that comes nearest
    years = {abs((year_of(fact) or 0) - moment.year) for fact in found}
    return [f for f in found if abs((year_of(f) or 0) - moment.year) == min(years)]


def _months_before(fact: Fact, moment: Moment) -> int:
    if moment.on is None:
        return 0
    month = int(moment.on[5:7]) if len(moment.on) > 4 else 12
    return int(moment.on[:4]) * 12 + month - facts.known_from(fact)
