"""Quantities into pairs: which printed figures a relation divides by which."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from wafer_calc.claims import partners
from wafer_calc.claims.currency import CURRENCIES
from wafer_calc.claims.records import TextQuantity
from wafer_calc.claims.relations import Relation, relations
from wafer_calc.claims.values import (
    Figure,
    figure,
    per_year,
    product,
    quotient,
    total,
    years_of,
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """One relation between printed quantities, before it is rated.

    Attributes
    ----------
    relation : Relation
        The row of the table.
    numerator, denominator : tuple of TextQuantity
        What is divided by what.
    figure : Figure
        The quotient in the relation's unit; for `derived` pairs the energy is still a capacity.
    derived : str or None
        The side whose energy is to be made of the capacity and sourced hours.
    factors : (float, float)
        What made the numerator's and the denominator's first figure yearly.
    complete : bool
        Whether the text says that the named parts are all there are.
    guessed_period : bool
        Whether the text leaves the energy's period open.
    """

    relation: Relation
    numerator: tuple[TextQuantity, ...]
    denominator: tuple[TextQuantity, ...]
    figure: Figure
    derived: str | None = None
    factors: tuple[float, float] = (1.0, 1.0)
    complete: bool = False
    guessed_period: bool = False

    @property
    def quantities(self) -> tuple[TextQuantity, ...]:
        """Every quantity of the pair, numerator first."""
        return self.numerator + self.denominator

    @property
    def project(self) -> int:
        """The project that the pair belongs to."""
        return self.quantities[0].project


def pairs(quantities: Sequence[TextQuantity]) -> Iterator[Pair]:
    """Form the pairs of every simple ratio in the table.

    Parameters
    ----------
    quantities : sequence of TextQuantity
        Of one project, in text order.

    Yields
    ------
    Pair
        By relation in the table's order, then in text order.
    """
    for relation in relations().values():
        if relation.numerator is not None and relation.denominator is not None:
            yield from _of_relation(relation, quantities)


def _of_relation(relation: Relation, quantities: Sequence[TextQuantity]) -> Iterator[Pair]:
    if relation.plants_only and any(q.kind == "wafer_count" or _of_factory(q) for q in quantities):
        return
    over = partners.candidates(quantities, partners.side_of(relation, "numerator"))
    under = partners.candidates(quantities, partners.side_of(relation, "denominator"))
    anchors, others = (over, under) if relation.anchor == "numerator" else (under, over)
    if relation.yearly and any(q.per == "year" for q in anchors):
        anchors = [q for q in anchors if q.per != "none"]  # "34.2 kWh a turn" is no year's energy
    for anchor in anchors:
        found = _partner(relation, anchor, others, quantities)
        if found:
            pair = _made(relation, anchor, found, quantities)
        elif relation.derive and not others:
            pair = _derived(relation, anchor, quantities)
        else:
            pair = None
        if pair is not None:
            yield pair


def _of_factory(quantity: TextQuantity) -> bool:
    return quantity.kind == "capacity" and quantity.per == "year"


def _partner(
    relation: Relation,
    anchor: TextQuantity,
    others: Sequence[TextQuantity],
    quantities: Sequence[TextQuantity],
) -> tuple[TextQuantity, ...]:
    if relation.yearly:
        return partners.generating(anchor, others, quantities)
    low, high = relation.sane
    sane = [o for o in others if low <= _ratio(relation, anchor, o) <= high]
    found = partners.best(anchor, sane, same_period=True) if sane else None
    if found is None:
        found = partners.best(anchor, others, same_period=True)
    return () if found is None else (found,)


def _ratio(relation: Relation, anchor: TextQuantity, other: TextQuantity) -> float:
    over, under = (other, anchor) if relation.anchor == "denominator" else (anchor, other)
    return figure(over).mid / figure(under).mid * relation.scale


def _made(
    relation: Relation,
    anchor: TextQuantity,
    found: tuple[TextQuantity, ...],
    quantities: Sequence[TextQuantity],
) -> Pair | None:
    turned = relation.anchor == "denominator"
    over, under = (found, (anchor,)) if turned else ((anchor,), found)
    factors = _yearly(relation, over[0], under[0], quantities)
    if factors is None:
        return None
    if relation.yearly and under[0].part == "unit" and len(under) == 2:
        below = product(figure(under[0]), figure(under[1]))
    else:
        below = total(figure(q) for q in under)
    above = total(figure(q) for q in over)
    money = above.unit
    if money in CURRENCIES and relation.unit.startswith("CNY/"):
        relation = replace(
            relation,
            unit=relation.unit.replace("CNY", money, 1),
            fact_unit=relation.fact_unit.replace("CNY", money, 1),
        )
    return Pair(
        relation=relation,
        numerator=over,
        denominator=under,
        figure=quotient(above, below, relation.scale * factors[0] / factors[1]),
        factors=factors,
        guessed_period=relation.yearly and over[0].per == "none",
    )


def _yearly(
    relation: Relation,
    over: TextQuantity,
    under: TextQuantity,
    quantities: Sequence[TextQuantity],
) -> tuple[float, float] | None:
    """Give what makes each side yearly; nothing is needed where both are of one period."""
    made = []
    for q in (over, under):
        flows = q.kind in _FLOWS and (q.per == "total" or per_year(q) != 1.0)
        if not flows or (not relation.yearly and over.per == under.per):
            made.append(1.0)
            continue
        years = years_of(q, quantities)
        if years is None and relation.yearly:
            return None
        made.append((per_year(q) or 1.0) / (years or 1.0))
    return made[0], made[1]


_FLOWS = frozenset({"generation", "mass_coal", "mass_co2"})
_BESIDE = 6
_TIMES = frozenset({"", "of", "x", "×", "*", "单机容量", "单机", "单台", "each"})
_YEARLY = re.compile(r"年|annual|per year|a year|each year|every year|yearly|p\.a\.", re.IGNORECASE)


def settled(quantity: TextQuantity, quantities: Sequence[TextQuantity], text: str) -> TextQuantity:
    """Settle what only the neighbours tell: whose period a mass has, whose size a power is.

    "2.5 TWh over 25 years, which saves two million tons": the tons are of the 25 years, since no
    word of a year stands between the energy and them. "25 turbines of 8 MW": the 8 MW are one
    machine's, since they follow the count itself.

    Parameters
    ----------
    quantity : TextQuantity
        Any quantity; only masses of coal and CO2, and capacities, change.
    quantities : sequence of TextQuantity
        Of its project.
    text : str
        The text.

    Returns
    -------
    TextQuantity
        With ``per="total"`` where the nearest energy before it is a total, with ``part="unit"``
        where a count stands right before it and a larger capacity elsewhere.
    """
    if quantity.kind == "capacity" and quantity.part == "whole":
        larger = any(
            q.kind == "capacity" and figure(q).low > figure(quantity).high for q in quantities
        )
        counted = any(
            q.kind == "other"
            and q.unit in partners.COUNTED
            and 0 <= quantity.start - q.end <= _BESIDE
            and text[q.end : quantity.start].strip().casefold() in _TIMES
            for q in quantities
        )
        return replace(quantity, part="unit") if larger and counted else quantity
    if quantity.kind not in ("mass_coal", "mass_co2") or quantity.per != "year":
        return quantity
    before = [q for q in quantities if q.kind == "generation" and q.id < quantity.id]
    if not before or before[-1].per != "total":
        return quantity
    if _YEARLY.search(text[before[-1].end : quantity.end + 12].partition("。")[0]):
        return quantity
    return replace(quantity, per="total")


def _derived(
    relation: Relation, anchor: TextQuantity, quantities: Sequence[TextQuantity]
) -> Pair | None:
    capacities = partners.candidates(
        quantities, partners.side_of(relations()["full_load_hours"], "denominator")
    )
    if any(q.technology in partners.FACTORY for q in capacities):
        return None
    found = partners.generating(anchor, capacities, quantities)
    if len(found) != 1 or found[0].per == "year":
        return None
    years = years_of(anchor, quantities)
    if years is None:
        return None
    if relation.anchor == "denominator":
        over, under, side = (found[0],), (anchor,), "numerator"
    else:
        over, under, side = (anchor,), (found[0],), "denominator"
    return Pair(
        relation=relation,
        numerator=over,
        denominator=under,
        figure=quotient(figure(over[0]), figure(under[0]), relation.scale / years),
        factors=(1 / years, 1.0) if side == "denominator" else (1.0, 1.0),
        derived=side,
    )
