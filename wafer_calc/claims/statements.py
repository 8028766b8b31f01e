"""Pairs into rated statements."""

import math
from dataclasses import dataclass, replace

from wafer_calc.claims import reasons
from wafer_calc.claims.claim import Claim
from wafer_calc.claims.pairs.pairing import Pair
from wafer_calc.claims.rating import GOOD, Limit, Rated, rate, satisfies
from wafer_calc.claims.records import (
    COUNTRY,
    Comparator,
    Rating,
    Statement,
    TextQuantity,
    is_region,
)
from wafer_calc.claims.references import Alternative, Moment, alternative_of, facts_for
from wafer_calc.claims.relations import Relation, relations
from wafer_calc.claims.values import Figure
from wafer_calc.claims.wording import measure, named, say
from wafer_calc.facts import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A statement with what rated it, for the steps that come after."""

    statement: Statement
    pair: Pair
    figure: Figure
    alternatives: tuple[Alternative, ...]
    rated: Rated

    @property
    def facts(self) -> tuple[Fact, ...]:
        """Everything that the references and the bound rest on."""
        made = [fact for a in self.alternatives for fact in a.facts]
        if self.rated.limit is not None and self.rated.limit.alternative is not None:
            made += self.rated.limit.alternative.facts
        return tuple(made)

    @property
    def defaults(self) -> tuple[Alternative, ...]:
        """The references that hold when nothing special is claimed."""
        return tuple(a for a in self.alternatives if a.default)


def checked(pair: Pair, claim: Claim) -> Checked:
    """Rate a pair.

    Parameters
    ----------
    pair : Pair
        Which figures are divided by which.
    claim : Claim
        The text they stand in.

    Returns
    -------
    Checked
        The statement with id 0, to be numbered by the caller.
    """
    relation = pair.relation
    technology, country = claim.technology(pair), claim.country(pair)
    value, hours, wide = pair.figure, None, None
    if pair.derived:
        known = _hours(technology, country, claim)
        if not known:
            return _unchecked(pair, claim)
        hours = known[0]
        value = _energised(pair, hours)
        wide = None if relation.name == "implied_yardstick" else _near_usual(technology, known)
    yardstick = next((q.yardstick for q in pair.denominator if q.yardstick), None)
    alternatives = (
        () if relation.arithmetic else claim.references(relation, technology, country, yardstick)
    )
    if relation.name == "implied_yardstick":
        value = replace(value, cmp=_equated(value.cmp))
        if yardstick == COUNTRY and not pair.derived:
            of_it = next((q.place for q in pair.denominator if q.place), country)
            alternatives = claim.references(relations()["country_electricity"], None, of_it)
        if is_region(yardstick) and not pair.derived:
            told = relations()["region_electricity"]
            alternatives = claim.references(told, None, None, yardstick)
        alternatives = alternatives if yardstick else ()
    limits = _limits(relation, technology, country, claim.moment)
    if pair.guessed_period:
        limits = ()
    if relation.arithmetic:
        rated = _arithmetic(pair)
    else:
        rated = rate(
            value,
            alternatives,
            limits,
            spread=relation.reach == "spread",
            boast=relation.boast,
            prefer=claim.formats,
        )
    note = ""
    if wide is not None and rated.rating not in ("holds", "holds_if", "cannot_check"):
        rated, note = _at_other_hours(pair, wide, alternatives, rated, claim.lang)
    statement = Statement(
        id=0,
        relation=relation.name,
        numerator=tuple(q.id for q in pair.numerator),
        denominator=tuple(q.id for q in pair.denominator),
        value=value.mid,
        unit=relation.unit,
        main=relation.main,
        rating=rated.rating,
        cmp=value.cmp,
        needed=reasons.needed(value, pair, alternatives, claim.lang),
        reason=reasons.arithmetic(pair, value, hours, claim.lang)
        + say(claim.lang, "joined")
        + (note or reasons.judgement(value, relation, alternatives, rated, claim.lang))
        + (
            ""
            if rated.rating == "holds"
            else reasons.policies(value, relation, alternatives, claim.lang)
        ),
        references=reasons.cited(value.mid, alternatives, rated, claim.lang),
        band=reasons.band(alternatives, limits),
        project=pair.project,
    )
    return Checked(
        statement=statement, pair=pair, figure=value, alternatives=alternatives, rated=rated
    )


def _equated(cmp: Comparator) -> Comparator:
    # "over 60 TWh, as much as 60 % of the dam": the ratio equates the two, whichever side is open
    return "~" if cmp in (">=", "<=") else cmp


def _hours(technology: str | None, country: str | None, claim: Claim) -> tuple[Alternative, ...]:
    found = claim.references(relations()["full_load_hours"], technology, country)
    if technology is None and found:
        # any plant's hours: the text does not tell which kind it is
        low, high = reasons.ends_of(found)
        return (replace(found[0], low=low, high=high, name=say(claim.lang, "any_plant")),)
    if found and found[0].judged and technology in _ALIKE:
        usual = math.sqrt(found[0].low * found[0].high)
        low, high = _about(usual, usual, found[0].low, found[0].high)
        name = say(claim.lang, "middle_of", label=named(found[0], claim.lang))
        return (replace(found[0], low=low, high=high, name=name), *found)
    return found


def _near_usual(technology: str | None, known: tuple[Alternative, ...]) -> tuple[float, float]:
    """Give how far a plant's hours may lie from the usual: the reach, but not its records."""
    low, high = reasons.ends_of(known)
    if technology not in _ALIKE:
        return low, high
    usual = known[0]
    if usual.judged:
        return usual.low, usual.high
    return _about(usual.low, usual.high, low, high)


def _about(least: float, most: float, low: float, high: float) -> tuple[float, float]:
    """Give what lies about the usual, `least` to `most`, within `low` and `high`."""
    return max(low, least / _FROM_USUAL), min(high, most * _FROM_USUAL)


_ALIKE = frozenset(
    {"pv", "wind", "offshore_wind", "nuclear"}
)  # whose hours the sky or the trade sets
_FROM_USUAL = 1.4


def _at_other_hours(
    pair: Pair,
    wide: tuple[float, float],
    alternatives: tuple[Alternative, ...],
    rated: Rated,
    lang: str,
) -> tuple[Rated, str]:
    """Rate again with every value of the hours that such plants have shown."""
    ends = [_energised(pair, Alternative(low=h, high=h, facts=())) for h in wide]
    low, high = min(end.low for end in ends), max(end.high for end in ends)
    value = replace(ends[0], low=low, high=high, cmp="~")
    relation = pair.relation
    again = rate(value, alternatives, spread=relation.reach == "spread", boast=relation.boast)
    if again.rating in ("overstated", "understated"):
        return again, ""
    if again.rating not in GOOD:
        return rated, ""
    told = say(
        lang,
        "hours_within",
        low=measure(wide[0], "hour", lang),
        high=measure(wide[1], "hour", lang),
    )
    return replace(again, rating="holds_if"), told


def _energised(pair: Pair, hours: Alternative) -> Figure:
    above = pair.derived == "numerator"
    low, high = hours.low / 1000.0, hours.high / 1000.0  # kWh per W
    least, most = (low, high) if above else (1 / high, 1 / low)
    mid = (low + high) / 2 if above else 2 / (low + high)
    loose: Comparator = "~" if pair.figure.cmp == "=" else pair.figure.cmp
    return replace(
        pair.figure,
        low=pair.figure.low * least,
        mid=pair.figure.mid * mid,
        high=pair.figure.high * most,
        cmp=loose,
    )


def _limits(
    relation: Relation, technology: str | None, country: str | None, moment: Moment
) -> tuple[Limit, ...]:
    made = []
    for bound in relation.bounds:
        if bound.technologies and technology not in bound.technologies:
            continue
        found: Alternative | None = None
        value = bound.value
        if bound.query is not None and bound.query.derived:
            from wafer_calc.claims import formats

            found = next(formats.derive(bound.query.derived, relation, moment), None)
        elif bound.query is not None:
            names = {"technology": technology or "", "country": country or "", "yardstick": ""}
            known = facts_for(bound.query, names)
            if known:
                found = alternative_of(known[0], relation.fact_unit)
        if found is not None:
            value = found.high if bound.side == "high" else found.low
        if value is not None:
            made.append(Limit(side=bound.side, value=value, law=bound.law, alternative=found))
    return tuple(made)


def _arithmetic(pair: Pair) -> Rated:
    value, relation = pair.figure, pair.relation
    if relation.name == "chain_steps_added":
        return Rated(rating="inconsistent", factor=value.mid)
    if satisfies(replace(value, cmp="=" if value.cmp in ("=", "range") else "~"), 1.0, 1.0):
        return Rated(rating="holds")
    if any(q.unit == "panel" for q in pair.numerator) and 1 < value.mid <= _MOST_DC_PER_AC:
        return Rated(rating="holds_if")  # the modules' DC behind inverters of less AC
    if relation.partial and value.low > 1:
        law = relation.bounds[0].law
        return Rated(rating="impossible", limit=Limit(side="high", value=1.0, law=law))
    if relation.partial and not pair.complete:
        return Rated(rating="holds_if")
    return Rated(rating="inconsistent", factor=value.mid)


_MOST_DC_PER_AC = 1.6


def _unchecked(pair: Pair, claim: Claim) -> Checked:
    relation = pair.relation
    statement = Statement(
        id=0,
        relation=relation.name,
        numerator=tuple(q.id for q in pair.numerator),
        denominator=tuple(q.id for q in pair.denominator),
        value=None,
        unit=relation.unit,
        main=relation.main,
        rating="cannot_check",
        cmp=pair.figure.cmp,
        needed="",
        reason=say(claim.lang, "no_source"),
        project=pair.project,
    )
    return Checked(
        statement=statement,
        pair=pair,
        figure=pair.figure,
        alternatives=(),
        rated=Rated(rating="cannot_check"),
    )


def lone(quantity: TextQuantity, wanted: str, relation: Relation, claim: Claim) -> Statement:
    """Give the statement of a quantity whose partner is missing: it cannot be checked."""
    rating: Rating = "cannot_check"
    return Statement(
        id=0,
        relation=relation.name,
        numerator=(quantity.id,),
        denominator=(),
        value=None,
        unit=relation.unit,
        main=relation.main,
        rating=rating,
        cmp=quantity.cmp,
        needed="",
        reason=say(claim.lang, "missing", text=quantity.text, wanted=wanted),
        project=quantity.project,
    )
