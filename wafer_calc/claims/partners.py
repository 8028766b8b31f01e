"""Which of several printed quantities another one goes with: same project, phase and period first."""

import re
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise

from wafer_calc.claims.records import TextQuantity
from wafer_calc.claims.relations import Relation, Side
from wafer_calc.claims.values import COUNTED, figure, unit_of, usable

FACTORY = frozenset({"ingot", "wafer", "cell", "module", "polysilicon"})
LONGEST = 60
LARGEST_PANEL_W = 2000.0
_LIST = 2  # figures that make a list
_LIST_GAP = 16
STORAGE = frozenset({"storage", "pumped_storage"})
_FLOWS = frozenset({"generation", "mass_coal", "mass_co2", "wafer_count", "money"})
_SERVED = frozenset({"homes", "mass_coal", "mass_co2"})
_PLANT = frozenset({"capacity", "generation", "wafer_count"})
WIND = frozenset({"wind", "offshore_wind"})
PART_OF = "part of "  # what a total's part is called, before the total's number
_NEVER = frozenset({"class", "yardstick"})


def segments(quantities: Iterable[TextQuantity]) -> list[tuple[TextQuantity, ...]]:
    """Give each project's quantities, a long run of them in pieces, so that work grows linearly.

    Parameters
    ----------
    quantities : iterable of TextQuantity
        Of a whole text.

    Returns
    -------
    list of tuple of TextQuantity
        In the order of the projects; figures that belong together stand near each other, so
        nothing is looked for farther away than `LONGEST` quantities.
    """
    projects: dict[int, list[TextQuantity]] = {}
    for quantity in quantities:
        projects.setdefault(quantity.project, []).append(quantity)
    return [
        tuple(own[start : start + LONGEST])
        for _, own in sorted(projects.items())
        for start in range(0, len(own), LONGEST)
    ]


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
    later = {q.sentence for q in anchors if q.sentence > anchor.sentence}
    return [
        q
        for q in others
        if q.sentence not in later  # what the next sentence gives has an own partner there
        if q.part != "phase"
        or (anchor.part == "phase" and q.phase == anchor.phase)
        or (q.phase, anchor.kind) not in taken
    ]


def in_turn(
    anchor: TextQuantity, anchors: Sequence[TextQuantity], others: Sequence[TextQuantity]
) -> tuple[TextQuantity, ...]:
    """Give the partner of the same place in a list: "A and B have 180 and 135 MW, for 109 and 96 m".

    Parameters
    ----------
    anchor : TextQuantity
        The quantity that looks for a partner.
    anchors, others : sequence of TextQuantity
        All of its kind, and the candidates, in text order.

    Returns
    -------
    tuple of TextQuantity
        One, where both stand in lists of one length that do not mix; empty otherwise.
    """
    mine = next((run for run in runs_of(anchors) if anchor in run), [])
    if len(mine) < _LIST:
        return ()
    for run in runs_of(others):
        apart = run[-1].id < mine[0].id or run[0].id > mine[-1].id
        if apart and len(run) == len(mine):
            return (run[mine.index(anchor)],)
    return ()


def runs_of(quantities: Iterable[TextQuantity]) -> list[list[TextQuantity]]:
    """Give the lists of like figures that stand side by side, without a total at their head.

    Parameters
    ----------
    quantities : iterable of TextQuantity
        In text order.

    Returns
    -------
    list of list of TextQuantity
        Each of one kind and unit, with no other quantity in between; a lone one is a list of one.
    """
    runs: list[list[TextQuantity]] = []
    for q in quantities:
        last = runs[-1][-1] if runs else None
        if last is not None and (last.id + 1, last.kind, unit_of(last)) == (
            q.id,
            q.kind,
            unit_of(q),
        ):
            runs[-1].append(q)
        else:
            runs.append([q])
    return [_headless(run) for run in runs]


def _headless(run: list[TextQuantity]) -> list[TextQuantity]:
    if len(run) <= _LIST:
        return run
    sizes = [figure(q).mid for q in run]
    return run[1:] if abs(sizes[0] - sum(sizes[1:])) <= 0.02 * sizes[0] else run


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


def generating(
    anchor: TextQuantity, others: Sequence[TextQuantity], quantities: Sequence[TextQuantity]
) -> tuple[TextQuantity, ...]:
    """Give the capacities that an energy comes from: one, or several of a hybrid project.

    Parameters
    ----------
    anchor : TextQuantity
        A generation.
    others : sequence of TextQuantity
        The project's capacities.
    quantities : sequence of TextQuantity
        All of the text's, among which a count of machines may stand.

    Returns
    -------
    tuple of TextQuantity
        One machine's size and their count where the text prints no total; empty where none fits.
    """
    able = [other for other in others if other.technology not in STORAGE] or others
    one = best(anchor, able, same_period=False)
    if one is None:
        return all_phases(anchor, able)
    if one.part == "unit":
        return with_count(one, anchor, quantities)
    listed = _listed(one, able)
    if len(listed) > 1 and listed[-1].id < anchor.id:
        return listed
    if anchor.technology is None and one.technology is not None and one.part == "whole":
        sorts = {
            other.technology: other
            for other in able
            if other.part == "whole" and other.id < anchor.id and other.per == one.per
        }
        if None not in sorts and len(sorts) > 1 and not FACTORY & set(sorts):
            return tuple(sorted(sorts.values(), key=lambda other: other.id))
    return (one,)


def with_count(
    one: TextQuantity, anchor: TextQuantity, quantities: Sequence[TextQuantity]
) -> tuple[TextQuantity, ...]:
    """Give one machine's size together with the machines' count, for what is all of theirs.

    Parameters
    ----------
    one : TextQuantity
        A partner.
    anchor : TextQuantity
        What looks for it.
    quantities : sequence of TextQuantity
        Among which the count stands.

    Returns
    -------
    tuple of TextQuantity
        `one` alone where it is no machine's, or the anchor is of one machine as well.
    """
    if one.part != "unit" or anchor.part == "unit":
        return (one,)
    count = _count_of(one, anchor, quantities)
    return (one,) if count is None else (one, count)


def together(
    anchor: TextQuantity, others: Sequence[TextQuantity]
) -> list[tuple[TextQuantity, ...]]:
    """Give the lists whose sum an energy may come from: "the 102 MW X and 53 MW Y plants power …".

    Parameters
    ----------
    anchor : TextQuantity
        What looks for a partner.
    others : sequence of TextQuantity
        The project's capacities, in text order.

    Returns
    -------
    list of tuple of TextQuantity
        Runs of at least two that stand side by side, in the anchor's sentence first.
    """
    whole = [q for q in others if q.part == "whole" and q.technology not in FACTORY]
    runs = [tuple(run) for run in runs_of(whole) if len(run) >= _LIST]
    runs += [run for run in (all_phases(anchor, others),) if run]
    return sorted(runs, key=lambda run: abs(run[0].sentence - anchor.sentence))


def all_phases(anchor: TextQuantity, others: Sequence[TextQuantity]) -> tuple[TextQuantity, ...]:
    """Give the capacities of all numbered phases, which a whole project's figure is of.

    Parameters
    ----------
    anchor : TextQuantity
        What looks for a partner.
    others : sequence of TextQuantity
        The project's candidates.

    Returns
    -------
    tuple of TextQuantity
        Empty where the anchor is a phase's own, or fewer than two phases are told.
    """
    phases = {
        q.phase: q
        for q in reversed(others)
        if q.kind == "capacity" and _is_in_turn(q.phase) and q.technology not in STORAGE
    }
    if anchor.part != "whole" or len(phases) < _LIST:
        return ()
    return tuple(sorted(phases.values(), key=lambda q: q.id))


def _is_in_turn(phase: str | None) -> bool:
    """Whether a phase is one of those that make up a project: the first, the second, the last."""
    return phase is not None and (phase.isdigit() or phase == "last")


def listed_behind(
    anchor: TextQuantity, one: TextQuantity, others: Sequence[TextQuantity]
) -> tuple[TextQuantity, ...]:
    """Give what a sum is for: "3.8 billion yuan in two plants, of 200 MW and 300 MW".

    Parameters
    ----------
    anchor : TextQuantity
        The sum.
    one : TextQuantity
        Its partner, which may be of a list.
    others : sequence of TextQuantity
        The project's candidates, in text order.

    Returns
    -------
    tuple of TextQuantity
        The whole list where it follows the sum at once; `one` alone otherwise.
    """
    run = next((run for run in runs_of(others) if one in run), [one])
    run = [run[0], *(b for a, b in pairwise(run) if gap(a, b) <= _LIST_GAP)]
    close = all(gap(a, b) <= _LIST_GAP for a, b in pairwise(run)) and one in run
    whole = all(q.part == "whole" and q.technology == one.technology for q in run)
    follows = 0 < run[0].id - anchor.id <= _LIST and run[0].sentence == anchor.sentence
    return tuple(run) if close and whole and follows else (one,)


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
    return (
        float("inf") if scope is None else scope,
        float(_periods_clash(anchor, other)),
        float(anchor.kind == "wafer_count" and anchor.per != other.per),
        float(anchor.kind in _SERVED and anchor.sentence != other.sentence),
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


def _listed(one: TextQuantity, others: Sequence[TextQuantity]) -> tuple[TextQuantity, ...]:
    """Give the run of capacities of different technologies that one stands in.

    "100 MW of wind and 50 MW of solar make 300 GWh": the energy is both's.
    """
    near = sorted((q for q in others if q.part == "whole" and q.per == one.per), key=lambda q: q.id)
    run = [one]
    for q in reversed([q for q in near if q.id < one.id]):
        if q.id != run[0].id - 1 or gap(q, run[0]) > _LIST_GAP:
            break
        run.insert(0, q)
    for q in [q for q in near if q.id > one.id]:
        if q.id != run[-1].id + 1 or gap(run[-1], q) > _LIST_GAP:
            break
        run.append(q)
    sorts = [q.technology for q in run]
    distinct = None not in sorts and len(set(sorts)) == len(sorts) and not FACTORY & set(sorts)
    return tuple(run) if distinct else (one,)


def _count_of(
    size: TextQuantity, anchor: TextQuantity, quantities: Sequence[TextQuantity]
) -> TextQuantity | None:
    near = [
        q
        for q in quantities
        if q.project == size.project
        and q.kind == "other"
        and q.unit in COUNTED
        and usable(q)
        and abs(q.id - size.id) <= 2
        and (q.unit == "panel") == (figure(size).mid < LARGEST_PANEL_W)
    ]
    # "two units of 1,209 MW each. The plant's six units will make 50 TWh": six make it
    return min(
        near, key=lambda q: (q.sentence != anchor.sentence, gap(q, size), q.id), default=None
    )


def gap(one: TextQuantity, other: TextQuantity) -> int:
    """Give the number of characters between two quantities."""
    return max(one.start, other.start) - min(one.end, other.end)
