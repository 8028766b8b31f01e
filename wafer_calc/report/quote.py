"""The claim as a page quotes it: its figures where they stand, and what each is worth."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from wafer_calc.claims.records import FactCheck, TextQuantity
from wafer_calc.display import number, quantity

FEW = 12  # figures up to which all are listed, used by a statement or not
LONG = 700  # letters of a text past which only the sentences with figures are shown
_ENDS = re.compile(r"(?:[。！？\n]|[.!?](?=[”’\"\s]))[”’」）\"]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A stretch of the claim's text; `quantity` is the id of the figure it is, or None."""

    text: str
    quantity: int | None = None
    title: str = ""


def used(fc: FactCheck) -> tuple[TextQuantity, ...]:
    """Give the figures that statements are made of; all of them where none is, or few are left.

    Parameters
    ----------
    fc : FactCheck
        The check.

    Returns
    -------
    tuple of TextQuantity
        In the text's order.
    """
    if len(fc.quantities) <= FEW:
        return fc.quantities
    ids = {id_ for s in fc.statements for id_ in (*s.numerator, *s.denominator)}
    return tuple(q for q in fc.quantities if q.id in ids) or fc.quantities


def segments(fc: FactCheck, words: dict[str, Any]) -> Iterator[Segment]:
    """Give the text in stretches, its figures apart; of a long text only the sentences with figures.

    Parameters
    ----------
    fc : FactCheck
        The check.
    words : dict
        Phrases of the language.

    Yields
    ------
    Segment
        In the text's order.
    """
    shown = [q for q in sorted(used(fc), key=lambda q: q.start) if q.end > q.start]
    at = 0
    for start, end in _passages(fc.text, shown):
        if start > at:
            yield Segment(text=" […] ")
        at = start
        for q in shown:
            if not (at <= q.start and q.end <= end):
                continue
            if q.start > at:
                yield Segment(text=fc.text[at : q.start])
            yield Segment(
                text=fc.text[q.start : q.end],
                quantity=q.id,
                title=f"{words['kind'][q.kind]}, {value_of(q, words, fc.lang)}",
            )
            at = q.end
        if at < end:
            yield Segment(text=fc.text[at:end])
            at = end
    if at < len(fc.text):
        yield Segment(text=" […]")


def _passages(text: str, shown: list[TextQuantity]) -> list[tuple[int, int]]:
    """Find the sentences that the figures stand in; the whole of a short text."""
    if len(text) <= LONG:
        return [(0, len(text))]
    if not shown:
        return [(0, LONG)]
    found: list[tuple[int, int]] = []
    for q in shown:
        before = [m.end() for m in _ENDS.finditer(text, max(0, q.start - LONG), q.start)]
        after = _ENDS.search(text, q.end, min(len(text), q.end + LONG))
        start = before[-1] if before else max(0, q.start - LONG // 4)
        end = after.end() if after else min(len(text), q.end + LONG // 4)
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def value_of(q: TextQuantity, words: dict[str, Any], lang: str) -> str:
    """Give a figure's value with its comparator and its period."""
    low, high = q.value if isinstance(q.value, tuple) else (q.value, None)
    text = in_unit(low, q.unit, words, lang)
    if high is not None:
        text = words["from_to"].format(low=text, high=in_unit(high, q.unit, words, lang))
    per = words["per"][q.per]
    return f"{words['cmp'][q.cmp]} {text} {per}".strip()


def in_unit(value: float, unit: str, words: dict[str, Any], lang: str) -> str:
    """Give a value in a unit as the language writes it."""
    if unit == "dimensionless":
        return f"{number(100 * value)}%" if abs(value) < 1 else f"{number(value)}×"
    head, slash, tail = unit.partition("/")
    if not slash:
        return quantity(value, unit, lang, words["unit"])
    each = words["each"]
    if abs(value) >= 1e6:  # kWh/year of a dam, not the 1600 kWh of a home
        return f"{quantity(value, head, lang, each)}/{each.get(tail, tail)}"
    return f"{number(value)} {each.get(head, head)}/{each.get(tail, tail)}"
