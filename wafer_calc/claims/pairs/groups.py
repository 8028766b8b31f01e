"""Several figures that stand as one partner: lists, hybrids, all phases, machines with their count."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from wafer_calc.claims.pairs import partners
from wafer_calc.claims.records import TextQuantity
from wafer_calc.claims.values import COUNTED, figure, unit_of, usable

_LIST = 2  # figures that make a list
_LIST_GAP = 16


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
    able = [other for other in others if other.technology not in partners.STORAGE] or others
    one = partners.best(anchor, able, same_period=False)
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
        if None not in sorts and len(sorts) > 1 and not partners.FACTORY & set(sorts):
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
    whole = [q for q in others if q.part == "whole" and q.technology not in partners.FACTORY]
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
        if q.kind == "capacity" and _is_in_turn(q.phase) and q.technology not in partners.STORAGE
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
    distinct = (
        None not in sorts and len(set(sorts)) == len(sorts) and not partners.FACTORY & set(sorts)
    )
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
        and (q.unit == "panel") == (figure(size).mid < partners.LARGEST_PANEL_W)
    ]
    # "two units of 1,209 MW each. The plant's six units will make 50 TWh": six make it
    return min(
        near, key=lambda q: (q.sentence != anchor.sentence, gap(q, size), q.id), default=None
    )


def gap(one: TextQuantity, other: TextQuantity) -> int:
    """Give the number of characters between two quantities."""
    return max(one.start, other.start) - min(one.end, other.end)
