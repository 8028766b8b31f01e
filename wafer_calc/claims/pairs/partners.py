"""Which of several printed quantities another one goes with: same project, phase and period first."""

import re
from collections.abc import Iterable, Sequence
from functools import cache

from wafer_calc.claims.records import LONGEST, TextQuantity
from wafer_calc.claims.relations import Relation, Side
from wafer_calc.claims.values import figure, unit_of, usable

FACTORY = frozenset({"ingot", "wafer", "cell", "module", "polysilicon"})
LARGEST_PANEL_W = 2000.0
STORAGE = frozenset({"storage", "pumped_storage"})
_FLOWS = frozenset({"generation", "mass_coal", "mass_co2", "wafer_count", "money"})
_SERVED = frozenset({"homes", "mass_coal", "mass_co2"})
_PLANT = frozenset({"capacity", "generation", "wafer_count"})
WIND = frozenset({"wind", "offshore_wind"})
PART_OF = "part of "  # what a total's part is called, before the total's number
_SHORT = frozenset({"hour", "day", "week", "month"})  # the year's own figure comes first
_NEVER = frozenset({"class", "yardstick"})


def fits(quantity: TextQuantity, side: Side) -> bool:
    """Whether a quantity can stand on a side of a relation."""
    if quantity.part in _NEVER or not usable(quantity):
        return False
    if quantity.kind not in side.kinds or (side.units and unit_of(quantity) not in side.units):
        return False
    if (
        side.per
        and quantity.per not in side.per
        and not (
            quantity.kind == "capacity" and quantity.technology in FACTORY and "year" in side.per
        )
    ):
        return False
    if quantity.part == "unit" and side.part == "whole" and figure(quantity).mid < LARGEST_PANEL_W:
        return False
    if side.technologies and quantity.technology not in (None, *side.technologies):
        return False
    if side.role and not _pattern(side.role).search(quantity.role or ""):
        return False
    said = f"{quantity.role or ''} {quantity.entity}"
    return not (side.role_not and _pattern(side.role_not).search(said))


def candidates(quantities: Iterable[TextQuantity], side: Side) -> list[TextQuantity]:
    """Give the quantities that fit a side, in text order."""
    return [q for q in quantities if fits(q, side)]


def best(
    anchor: TextQuantity, others: Sequence[TextQuantity], *, same_period: bool
) -> TextQuantity | None:
    """Give the quantity that an anchor goes with.

    Parameters
    ----------
    anchor : TextQuantity
        The quantity that looks for a partner.
    others : sequence of TextQuantity
        Those of the right kind in its project.
    same_period : bool
        Whether a total must not be set against a yearly figure.

    Returns
    -------
    TextQuantity or None
        None where every candidate belongs to another phase, machine or period.
    """
    allowed = [
        other
        for other in others
        if other.id != anchor.id
        and _scope_cost(anchor, other, others) is not None
        and not (same_period and _periods_clash(anchor, other))
    ]
    if not allowed:
        return None
    return min(allowed, key=lambda other: _cost(anchor, other, others))


def free(
    anchor: TextQuantity, others: Sequence[TextQuantity], anchors: Sequence[TextQuantity]
) -> list[TextQuantity]:
    """Give the partners that are not another anchor's own: a phase's figure with a phase's figure.

    Parameters
    ----------
    anchor : TextQuantity
        The quantity that looks for a partner.
    others, anchors : sequence of TextQuantity
        The project's candidates, and all quantities that look among them.

    Returns
    -------
    list of TextQuantity
        Without the phases' figures for which the same phase looks too.
    """
    taken = {(q.phase, q.kind) for q in anchors if q.part == "phase" and q.id != anchor.id}
    later = {q.sentence for q in anchors if q.sentence > anchor.sentence and q.per != "total"}
    return [
        q
        for q in others
        if q.sentence not in later  # what the next sentence gives has an own partner there
        if q.part != "phase"
        or (anchor.part == "phase" and q.phase == anchor.phase)
        or (q.phase, anchor.kind) not in taken
    ]


def alike(
    anchor: TextQuantity,
    chosen: TextQuantity,
    others: Sequence[TextQuantity],
    *,
    close: bool,
) -> list[TextQuantity]:
    """Give the partners that nothing but their distance speaks against, or all there could be."""
    if not close:
        return [
            q
            for q in others
            if q.id not in (anchor.id, chosen.id)
            and q.part not in _NEVER
            and not _is_a_part(q, anchor, others)
        ]
    rank = _cost(anchor, chosen, others)[:-1]
    same = [
        q
        for q in others
        if q.id not in (anchor.id, chosen.id)
        and _scope_cost(anchor, q, others) is not None
        and _cost(anchor, q, others)[:-1] == rank
    ]
    return sorted(same, key=lambda q: _cost(anchor, q, others))


def _is_a_part(
    quantity: TextQuantity, anchor: TextQuantity, others: Sequence[TextQuantity]
) -> bool:
    """Whether a figure is a part of a total, and not that of a hybrid which the anchor tells of."""
    if not (quantity.phase or "").startswith(PART_OF):
        return False
    of_a_kind = any(q.technology == quantity.technology for q in others if q.part == "whole")
    return of_a_kind or quantity.technology != anchor.technology


def about(one: TextQuantity, other: TextQuantity) -> bool:
    """Whether a figure stands near enough for a ratio or a price to be of it."""
    return 0 < abs(one.id - other.id) <= _REACH and abs(one.sentence - other.sentence) <= 1


_REACH = 4


def side_of(relation: Relation, name: str) -> Side:
    """Give a side that a relation must have."""
    side = relation.numerator if name == "numerator" else relation.denominator
    if side is None:
        raise LookupError(f"{relation.name} has no {name}")
    return side


def _cost(
    anchor: TextQuantity, other: TextQuantity, others: Sequence[TextQuantity]
) -> tuple[float, ...]:
    scope = _scope_cost(anchor, other, others)
    distance = anchor.id - other.id if other.id < anchor.id else other.id - anchor.id + 0.5
    distance += LONGEST * abs(anchor.sentence - other.sentence)
    if other.sentence > anchor.sentence:
        distance += LONGEST / 2  # what was told before comes first
    return (
        float("inf") if scope is None else scope,
        float(_periods_clash(anchor, other)),
        float(anchor.kind == "wafer_count" and anchor.per != other.per),
        float(anchor.kind in _SERVED and anchor.sentence != other.sentence),
        float(anchor.kind in _SERVED and other.per in _SHORT and anchor.per not in _SHORT),
        _technology_cost(anchor, other),
        float(anchor.entity != other.entity),
        distance,
    )


def _scope_cost(
    anchor: TextQuantity, other: TextQuantity, others: Sequence[TextQuantity]
) -> float | None:
    if other.part in _NEVER or anchor.part in _NEVER:
        return None
    loose = anchor.part == "unit" and anchor.kind not in _PLANT
    if loose and other.kind in _PLANT and other.kind != "generation":
        return 0.0 if other.part == "whole" else 1.0  # "60 turbines, 7 MW each, save …"
    if anchor.part == other.part:
        if anchor.part == "phase" and anchor.phase != other.phase:
            return None
        return 0.0
    exact = any(
        rival.part == anchor.part and rival.phase == anchor.phase
        for rival in others
        if rival.id != anchor.id
    )
    if exact:
        return None
    of_one = anchor.kind == "homes" and anchor.part == "unit"
    served = {anchor.kind, other.kind} == {"homes", "generation"}
    if of_one or (served and other.part == "unit"):
        return None  # the homes of one machine beside the energy of all
    if "unit" in (anchor.part, other.part):
        # one machine's figure stands for the project's only where nothing better is printed
        return 3.0 if len({rival.part for rival in others}) == 1 else None
    phases = {rival.phase for rival in others if rival.part == "phase"}
    return 2.0 if len(phases) <= 1 else None


def _technology_cost(anchor: TextQuantity, other: TextQuantity) -> float:
    if anchor.kind == "investment":
        return 0.0  # money is of no technology of its own
    sorts = {anchor.technology, other.technology}
    if len(sorts) == 1 or sorts <= WIND:  # a wind farm at sea is called both
        return 0.0
    if {anchor.technology, other.technology} == {"ingot", "wafer"}:
        return 2.0
    return 1.0 if None in (anchor.technology, other.technology) else 1.5


def _periods_clash(anchor: TextQuantity, other: TextQuantity) -> bool:
    if anchor.kind not in _FLOWS or other.kind not in _FLOWS:
        return False  # an investment is a total, whatever the capacity's period
    pers = (anchor.per, other.per)
    return (anchor.per == "total") != (other.per == "total") and "none" not in pers


@cache
def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)
