"""Amounts told twice: in two currencies, in two units, as a price and what it comes to."""

import math
import re
from collections.abc import Iterator, Sequence

from wafer_calc.claims.currency import CURRENCIES, rate
from wafer_calc.claims.pairs.pairing import Pair
from wafer_calc.claims.pairs.partners import about
from wafer_calc.claims.records import TextQuantity
from wafer_calc.claims.relations import relations
from wafer_calc.claims.values import figure, product, quotient, unit_of, usable


def amounts_told_twice(quantities: Sequence[TextQuantity], text: str) -> Iterator[Pair]:
    """Form the pairs of an amount with itself.

    Parameters
    ----------
    quantities : sequence of TextQuantity
        Of one project, in text order.
    text : str
        The text, whose punctuation tells what stands in brackets behind what.

    Yields
    ------
    Pair
        Prices times energies, currencies, amounts in another unit.
    """
    own = [q for q in quantities if usable(q)]
    yield from _bills(own)
    yield from _currencies(quantities, text)
    yield from _same_amounts(own)


def _bills(own: Sequence[TextQuantity]) -> Iterator[Pair]:
    """Find a price per kWh that, times an energy, comes to a sum of money printed beside."""
    for price in own:
        money, _, per = unit_of(price).partition("/")
        if money not in CURRENCIES or per != "kWh":
            continue
        near = [q for q in own if about(q, price)]
        made = [
            Pair(
                relation=relations()["price_times_energy"],
                numerator=(price, energy),
                denominator=(paid,),
                figure=quotient(product(figure(price), figure(energy)), figure(paid), 1.0),
            )
            for energy in near
            if energy.kind == "generation"
            for paid in near
            if paid.kind in ("money", "investment") and unit_of(paid) == money
        ]
        fit = min(made, key=lambda pair: abs(pair.figure.mid - 1), default=None)
        if fit is not None and abs(fit.figure.mid - 1) <= _STRAY:
            yield fit


_STRAY = 0.2  # farther off, a sum is of something else


def _same_amounts(own: Sequence[TextQuantity]) -> Iterator[Pair]:
    """Find a figure given again in another unit: "74.1 acres (29.98 hectares)"."""
    for one, other in zip(own, own[1:], strict=False):
        again = given_again(other) and unit_of(one) == unit_of(other)
        # miles off a coast may be nautical ones
        if again and one.unit not in CURRENCIES and one.unit != "m":
            yield Pair(
                relation=relations()["same_amount"],
                numerator=(one,),
                denominator=(other,),
                figure=quotient(figure(one), figure(other), 1.0),
            )


def _currencies(quantities: Sequence[TextQuantity], text: str) -> Iterator[Pair]:
    for one, other in zip(quantities, quantities[1:], strict=False):
        if not same_money(one, other, text):
            continue
        units = {unit_of(one): one, unit_of(other): other}
        for relation in relations().values():
            over, _, under = relation.unit.partition("/")
            if relation.name.startswith("fx_") and set(units) == {over, under}:
                yield Pair(
                    relation=relation,
                    numerator=(units[over],),
                    denominator=(units[under],),
                    figure=quotient(figure(units[over]), figure(units[under]), 1.0),
                )


def given_again(quantity: TextQuantity) -> bool:
    """Whether a quantity is the one before it in another unit."""
    return (quantity.role or "").startswith("same amount")


def has_rate(quantity: TextQuantity) -> bool:
    """Whether a quantity is no money, or money that the facts can turn into dollars."""
    unit = unit_of(quantity)
    return quantity.kind not in ("money", "investment") or "/" in unit or unit in CURRENCIES


def same_money(one: TextQuantity, other: TextQuantity, text: str) -> bool:
    """Whether the second of two neighbours is the first one's amount in another currency."""
    kinds = {"money", "investment"}
    if one.kind not in kinds or other.kind not in kinds or unit_of(one) == unit_of(other):
        return False
    if not (usable(one) and usable(other)):
        return False
    if given_again(other):
        return True
    between = text[one.end : other.start]
    opened = any(mark in between for mark in "(（[")
    return (
        len(between) <= 12
        and (opened or "约合" in between or "折合" in between or " or " in between)
        or (_EQUATED.fullmatch(between) is not None and _equal_worth(one, other))
    )


_EQUATED = re.compile(
    r",? ?(?:which (?:equates|amounts|translates|comes) to|which is (?:equal|equivalent) to)?"
    r"(?:or|about|around|approximately|roughly|some|nearly|the equivalent of|equivalent to|equal to| )* ?"
)
_RATES_APART = math.log10(1.4)  # from the year's mean rate
_SLIPS = (0, 3, 4, 6)  # powers of ten: none, million for billion, 万 left out


def _equal_worth(one: TextQuantity, other: TextQuantity) -> bool:
    worth = rate(unit_of(one), unit_of(other), None)
    if worth is None:
        return False
    apart = math.log10(figure(other).mid / (figure(one).mid * worth))
    return abs(apart - round(apart)) <= _RATES_APART and abs(round(apart)) in _SLIPS
