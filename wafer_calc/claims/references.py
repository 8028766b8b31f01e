"""The facts that a statement is held against, as they were known when the claim was made."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from wafer_calc import facts
from wafer_calc.claims.currency import CURRENCIES, quotes, rate
from wafer_calc.claims.records import REGION
from wafer_calc.claims.relations import CHAIN, Query, Relation, Scope
from wafer_calc.errors import UnknownNameError
from wafer_calc.facts import Fact
from wafer_calc.units import Q_

_PER_YEAR = {"month": 12.0, "day": 365.0}


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """One named figure, or stretch of figures, that a statement may be true by.

    Attributes
    ----------
    low, high : float
        In the relation's unit.
    facts : tuple of Fact
        Where it comes from.
    typical : float or None
        What is usual between the two, where the fact says so.
    default : bool
        Whether it is the reference that holds when nothing special is claimed.
    later : bool
        Whether its source appeared only after the claim, about a year already past by then.
    name : str or None
        What it is, where the facts' own labels do not say it.
    """

    low: float
    high: float
    facts: tuple[Fact, ...]
    typical: float | None = None
    default: bool = False
    later: bool = False
    name: str | None = None

    @property
    def centre(self) -> float:
        """The usual value, or the middle."""
        return (self.low + self.high) / 2 if self.typical is None else self.typical

    @property
    def counts(self) -> bool:
        """Whether it can bear a statement out: a policy's figure is nobody's output."""
        return not self.facts or self.facts[0].kind != "policy"

    @property
    def judged(self) -> bool:
        """Whether it is a judgement over sourced figures, and none itself."""
        return bool(self.facts) and self.facts[0].kind == "assumption"

    @property
    def unsure(self) -> bool:
        """Whether its source is none that a verdict should hang on."""
        return bool(self.facts) and self.facts[0].confidence == "low"

    @property
    def year(self) -> int | None:
        """The year that the first fact describes."""
        return year_of(self.facts[0]) if self.facts else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """The date of a claim, and what it makes known."""

    on: str | None

    @property
    def year(self) -> int | None:
        """The claim's year."""
        return int(self.on[:4]) if self.on else None

    def known(self, fact: Fact) -> bool:
        """Whether a fact had been published by then."""
        if self.on is None:
            return True
        month = int(self.on[5:7]) if len(self.on) > 4 else 12
        return facts.known_from(fact) <= int(self.on[:4]) * 12 + month

    def past(self, fact: Fact) -> bool:
        """Whether a fact describes a year that was over, or none."""
        year = year_of(fact)
        return self.year is None or year is None or year < self.year

    def near(self, fact: Fact, window: int | None) -> bool:
        """Whether a fact describes a year within a window of the claim's; always, without a date."""
        year = year_of(fact)
        if window is None or year is None or self.year is None:
            return True
        return abs(year - self.year) <= window


def collect(
    relation: Relation,
    technology: str | None,
    country: str | None,
    moment: Moment,
    yardstick: str | None = None,
) -> tuple[Alternative, ...]:
    """Gather the references of a relation for one technology, country and date.

    Parameters
    ----------
    relation : Relation
        The row of the table.
    technology, country : str or None
        What the claim is about.
    moment : Moment
        When it was made.
    yardstick : str, optional
        The key of what a ratio compares with.

    Returns
    -------
    tuple of Alternative
        Defaults first, latest first; empty where no scope fits or nothing is known.
    """
    scope = relation.scope(technology, country)
    if scope is None:
        return ()
    names = {
        "technology": technology or "",
        "country": country or "",
        "yardstick": yardstick or "",
        "region": (yardstick or "").removeprefix(REGION),
    }
    found = _gathered(scope, relation, moment, names, hindsight=False)
    if not found and relation.knowledge == "past" and relation.window is not None:
        # nothing was known yet: the nearest years after the claim, which the reason then names
        found = _gathered(scope, relation, moment, names, hindsight=True)
    return found


def _gathered(
    scope: Scope, relation: Relation, moment: Moment, names: dict[str, str], *, hindsight: bool
) -> tuple[Alternative, ...]:
    defaults = [
        replace(one, default=True)
        for query in scope.default
        for one in list(_told(query, relation, moment, names, hindsight))[:1]
    ]
    used = [fact for one in defaults for fact in one.facts]
    others = [
        one
        for query in scope.alternatives
        for one in _told(query, relation, moment, names, hindsight)
        if one.facts[0] not in used
    ]
    return tuple(defaults + others)


def _told(
    query: Query, relation: Relation, moment: Moment, names: dict[str, str], hindsight: bool
) -> Iterator[Alternative]:
    if query.derived == "chain":
        yield from _chain(query, relation, moment, names)
        return
    if query.derived == "yearly_electricity":
        yield from _yearly_electricity(query, relation, moment, names)
        return
    if query.derived == "cross_rate":
        yield from _cross_rates(relation, moment)
        return
    if query.derived:
        from wafer_calc.claims import formats

        yield from formats.derive(query.derived, relation, moment)
        return
    window = None if query.latest else relation.window
    near = [fact for fact in facts_for(query, names) if moment.near(fact, window)]
    strict = relation.knowledge == "published"
    chosen = [fact for fact in near if moment.known(fact) or (not strict and moment.past(fact))]
    if hindsight:
        chosen = sorted(near, key=lambda fact: abs((year_of(fact) or 0) - (moment.year or 0)))
    if query.latest and moment.on is not None:
        chosen = _latest(chosen, query.carry, int(moment.on[:4]))
    for fact in chosen:
        if query.mean:
            fact = replace(fact, low=None, high=None)
        if _convertible(fact, relation.fact_unit):
            yield alternative_of(fact, relation.fact_unit, later=not moment.known(fact))


def _yearly_electricity(
    query: Query, relation: Relation, moment: Moment, names: dict[str, str]
) -> Iterator[Alternative]:
    """Give what a country made, or a region used, in the years next to the claim's, as the press takes it."""
    past = [
        fact
        for fact in facts_for(query, names)
        if (moment.known(fact) or moment.past(fact)) and moment.near(fact, relation.window)
    ]
    past.sort(key=lambda fact: abs((year_of(fact) or 0) - (moment.year or 9999)))
    used = facts.find(query.spread).best
    for fact in past[:_NEXT]:
        made = _factor(fact, "kWh") * fact.value
        yield Alternative(
            low=made * (used.low or used.value),
            high=made * (used.high or used.value),
            facts=(fact, used),
            typical=made,
            later=not moment.known(fact),
        )


def _chain(
    query: Query, relation: Relation, moment: Moment, names: dict[str, str]
) -> Iterator[Alternative]:
    """Give the reach of several steps under one roof: from one of them to all added up."""
    steps = names["technology"].split(CHAIN)
    made = (
        replace(query, derived="", latest=True, tags=query.tags | {query.each: s}) for s in steps
    )
    found = [list(_told(one, relation, moment, names, hindsight=False))[:1] for one in made]
    known = [several[0] for several in found if several]
    if known:
        yield Alternative(
            low=min(one.low for one in known),
            high=sum(one.high for one in known),
            facts=tuple(fact for one in known for fact in one.facts),
            name=f" {CHAIN} ".join(_PRODUCTS.get(step, step) for step in steps),
        )


_PRODUCTS = {"ingot": "ingots", "wafer": "wafers", "cell": "cells", "module": "modules"}
_NEXT = 2  # years on both sides of a claim's, or the last two before it


def _cross_rates(relation: Relation, moment: Moment) -> Iterator[Alternative]:
    """Give the rates of two currencies by what a dollar was worth in each, year by year."""
    over, _, under = relation.unit.partition("/")
    ours, theirs = ({year_of(fact): fact for fact in quotes(money)} for money in (over, under))
    years = {year for year in (*ours, *theirs) if year is not None}
    for year in sorted(years, reverse=True):
        known = [side.get(year) or side.get(None) for side in (ours, theirs)]  # a peg is of no year
        worth = rate(under, over, year)
        if worth is None or None in known:
            continue
        told = tuple(fact for fact in known if fact is not None)
        if all(moment.near(fact, relation.window) for fact in told):
            late = not all(moment.known(fact) for fact in told)
            yield Alternative(low=worth, high=worth, facts=told, later=late)


def _latest(known: list[Fact], carry: int, year: int) -> list[Fact]:
    """Give the latest fact of each scope, and what still was the latest `carry` years before."""
    scopes: dict[str, list[Fact]] = {}
    for fact in known:  # latest first
        scopes.setdefault(repr(fact.tags), []).append(fact)
    made = []
    for several in scopes.values():
        made.append(several[0])
        for newer, fact in zip(several, several[1:], strict=False):
            if carry and (year_of(newer) or year) > year - carry:
                made.append(fact)
    return made


def facts_for(query: Query, names: dict[str, str]) -> tuple[Fact, ...]:
    """Give the facts of a query; none where the key or a label is unknown.

    Parameters
    ----------
    query : Query
        With ``{country}`` and the like still to be filled.
    names : dict
        What fills them; a label whose filling is empty is not asked for.

    Returns
    -------
    tuple of Fact
        Latest period first.
    """
    tags = {name: value.format(**names) for name, value in query.tags.items()}
    asked = {name: value for name, value in tags.items() if value}
    key = query.key.format(**names)
    if query.world and "country" not in asked:
        asked["country"] = "World"
    found = _found(key, asked)
    if not found and query.world:
        found = _found(key, asked | {"country": "World"})
    return tuple(
        fact
        for fact in found
        if (not query.kinds or fact.kind in query.kinds)
        and (not query.technologies or fact.tags.get("technology") in query.technologies)
    )


def _found(key: str, tags: dict[str, str]) -> tuple[Fact, ...]:
    if not facts.has(key):
        return ()  # a yardstick without such a figure, a technology without such a table
    try:
        return facts.find(key, **tags).facts
    except UnknownNameError:
        return ()


def alternative_of(fact: Fact, unit: str, *, later: bool = False) -> Alternative:
    """Give a fact as an alternative in a relation's unit."""
    factor = _factor(fact, unit) * _PER_YEAR.get(fact.per or "", 1.0)
    low = fact.value if fact.low is None else fact.low
    high = fact.value if fact.high is None else fact.high
    return Alternative(
        low=low * factor,
        high=high * factor,
        facts=(fact,),
        typical=fact.value * factor,
        later=later,
    )


def _convertible(fact: Fact, unit: str) -> bool:
    money, wanted = fact.unit.partition("/")[0], unit.partition("/")[0]
    known = money in CURRENCIES and wanted in CURRENCIES
    return not known or rate(money, wanted, year_of(fact)) is not None


def _factor(fact: Fact, unit: str) -> float:
    if not fact.unit:
        return 1.0  # a pure number stands for the relation's own unit
    money, wanted = fact.unit.partition("/")[0], unit.partition("/")[0]
    if money != wanted and money in CURRENCIES and wanted in CURRENCIES:
        worth = rate(money, wanted, year_of(fact)) or 1.0
        return worth * conversion(fact.unit.replace(money, wanted, 1), unit)
    return conversion(fact.unit, unit)


@cache
def conversion(unit: str, wanted: str) -> float:
    """Give the factor between two units of the registry."""
    return 1.0 if unit == wanted else float(Q_(1.0, unit).m_as(wanted))


def year_of(fact: Fact) -> int | None:
    """Give the year a fact describes; of a stretch of years, its last."""
    text = "" if fact.period is None else str(fact.period).rpartition("/")[2]
    return int(text[:4]) if text[:4].isdigit() else None
