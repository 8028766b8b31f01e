"""Printing slips that would explain a miss: the reading of a figure under which a statement fits."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, TypeAlias

from wafer_calc.claims.claim import Claim
from wafer_calc.claims.rating import GOOD, Limit, breaks, satisfies
from wafer_calc.claims.records import TextQuantity
from wafer_calc.claims.relations import settings
from wafer_calc.claims.statements import Checked
from wafer_calc.claims.values import figure, unit_of
from wafer_calc.claims.wording import measure, say, span

_FAILED = frozenset({"impossible", "does_not_hold", "overstated", "understated", "inconsistent"})


def repaired(found: Sequence[Checked], claim: Claim) -> list[Checked]:
    """Offer for each failed statement the slip that would make it fit.

    Parameters
    ----------
    found : sequence of Checked
        Every statement of the text.
    claim : Claim
        Its language.

    Returns
    -------
    list of Checked
        The same, failed ones with a `repair` where a slip of the table explains the miss. Where a
        figure could be wrong on either side, the one that other failed statements share is named.
        A figure that goes with nothing, and with several others were it a thousand times larger or
        smaller, is no stranger to them: those statements decide.
    """
    slips = {n: _slips(one) for n, one in enumerate(found)}
    votes: Counter[tuple[int, str, float]] = Counter(
        slip[:3] for options in slips.values() for slip in options
    )
    slipped = _slipped(found, slips)
    made = []
    for n, one in enumerate(found):
        if not slips[n]:
            made.append(one)
            continue
        id_, name, factor, _ = max(slips[n], key=lambda slip: (votes[slip[:3]], slip[3]))
        quantity = next(q for q in one.pair.quantities if q.id == id_)
        text = _sentence(one, quantity, name, factor, claim.lang)
        main = one.statement.main or not slipped.isdisjoint(slip[:3] for slip in slips[n])
        made.append(replace(one, statement=replace(one.statement, repair=text, main=main)))
    return made


_Slip: TypeAlias = tuple[int, str, float]


def _slipped(
    found: Sequence[Checked], slips: dict[int, list[tuple[int, str, float, float]]]
) -> set[_Slip]:
    """Give the large slips that bring one figure in line with two others, where none goes with it."""
    well = {q.id for one in found if one.statement.rating in GOOD for q in one.pair.quantities}
    partners: dict[_Slip, set[tuple[int, ...]]] = {}
    for n, one in enumerate(found):
        for id_, name, factor, _ in slips[n]:
            others = tuple(q for q in one.pair.quantities if q.id != id_)
            own = next(q for q in one.pair.quantities if q.id == id_)
            large = _is_large(factor) and id_ not in well
            if large and any(q.sentence >= own.sentence for q in others):
                partners.setdefault((id_, name, factor), set()).add(tuple(q.id for q in others))
    return {slip for slip, several in partners.items() if len(several) >= _SEVERAL}


def slips_beside(one: Checked) -> bool:
    """Tell whether a large slip explains the miss of two figures that stand side by side.

    Parameters
    ----------
    one : Checked
        Of two figures.

    Returns
    -------
    bool
        True for "a $1.9 million project of 1,050 MW": no other figure is meant.
    """
    figures = sorted(one.pair.quantities, key=lambda q: q.id)
    if len(figures) != _SEVERAL or figures[1].id - figures[0].id != 1:
        return False
    apart = figures[1].start - figures[0].end > _BESIDE
    if apart or figures[0].sentence != figures[1].sentence:
        return False
    return any(_is_large(factor) for _, _, factor, _ in _slips(one))


def _is_large(factor: float) -> bool:
    return max(factor, 1 / factor) >= _LARGE


_BESIDE = 40  # characters
_LARGE = 1000.0
_SEVERAL = 2


def _slips(one: Checked) -> list[tuple[int, str, float, float]]:
    if one.statement.rating not in _FAILED or (not one.alternatives and one.rated.limit is None):
        return []
    if not one.alternatives and not one.pair.relation.arithmetic:
        return []
    options = []
    for quantity in one.pair.quantities:
        turned = quantity in one.pair.denominator
        for row in settings("repair"):
            if not _may(row, quantity):
                continue
            for factor in (row["factor"], 1 / row["factor"]):
                value = one.figure.times(1 / factor if turned else factor)
                fit = _fit(one, value.times(1.0))
                if fit is not None:
                    weight = row["weight"] - fit - (0.5 if turned else 0.0)
                    options.append((quantity.id, str(row["name"]), round(factor, 12), weight))
    return options


def _may(row: dict[str, Any], quantity: TextQuantity) -> bool:
    return not row.get("units") or unit_of(quantity) in row["units"]


def _fit(one: Checked, value: Any) -> float | None:

    loose = replace(value, cmp="~")
    if one.pair.relation.arithmetic:
        return 0.0 if satisfies(replace(value, cmp="="), 1.0, 1.0) else None
    if any(breaks(loose, limit) for limit in _limits(one)):
        return None
    low = min(a.low for a in one.alternatives)
    high = max(a.high for a in one.alternatives)
    if not satisfies(loose, low, high):
        return None
    usual = one.defaults or one.alternatives
    return min(abs(math.log(loose.mid / a.centre)) for a in usual)


def _limits(one: Checked) -> tuple[Limit, ...]:
    return () if one.rated.limit is None else (one.rated.limit,)


def _sentence(one: Checked, quantity: TextQuantity, name: str, factor: float, lang: str) -> str:
    row = next(row for row in settings("repair") if row["name"] == name)
    turned = quantity in one.pair.denominator
    fixed = figure(quantity).times(factor)
    value = one.figure.times(1 / factor if turned else factor)
    printed = span(fixed.low, fixed.high, fixed.unit, lang)
    return say(
        lang,
        "repair",
        text=quantity.text,
        fixed=printed,
        slip=row[lang],
        value=measure(value.mid, one.pair.relation.shown_unit, lang),
    )
