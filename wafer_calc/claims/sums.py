"""Pairs in which printed figures are added or multiplied up to a printed total."""

import re
from collections.abc import Iterator, Sequence

from wafer_calc.claims import partners
from wafer_calc.claims.pairing import Pair
from wafer_calc.claims.records import TextQuantity
from wafer_calc.claims.relations import relations
from wafer_calc.claims.values import Figure, figure, product, quotient, total, unit_of

ADDED = ("capacity", "generation", "wafer_count", "investment", "area")
_NEAR = 2
_FIRST = "first"
_LEAD = 40  # characters before the first figure in which its subject stands
_BANKS = re.compile(
    r"(?:左右两?岸|两岸|左、右岸)(?:分别|各)|(?:on|in|for) each (?:bank|side)|on either (?:bank|side)",
    re.IGNORECASE,
)
_NUMBER_WORDS = (
    ("零", "no"), ("一", "one"), ("两|二", "two"), ("三", "three"), ("四", "four"), ("五", "five"),
    ("六", "six"),
)  # fmt: skip


def pairs(own: Sequence[TextQuantity], text: str) -> Iterator[Pair]:
    """Form the pairs of machines and their total, phases and their whole, steps and their sum.

    Parameters
    ----------
    own : sequence of TextQuantity
        Of one project.
    text : str
        In which the number of phases may be told.

    Yields
    ------
    Pair
        In that order.
    """
    yield from _machines(own, text)
    yield from _lists(own)
    yield from _parts(own, text)
    yield from _steps(own)


def _machines(own: Sequence[TextQuantity], text: str) -> Iterator[Pair]:
    counts = [q for q in own if q.kind == "other" and unit_of(q) in partners.COUNTED]
    if any(q.phase != _FIRST for q in counts):
        counts = [q for q in counts if q.phase != _FIRST]  # all machines, not the first batch
    sizes = [q for q in own if q.kind == "capacity" and q.part == "unit"]
    made = _products(counts, sizes)
    if not made:
        return
    if _BANKS.search(text, max(0, own[0].start - _LEAD), own[-1].end):
        made = [(count, size, times.times(2.0)) for count, size, times in made]
    wholes = [
        q
        for q in own
        if q.kind == "capacity"
        and q.part in ("whole", "phase")
        and not any(count.end == q.start for count in counts)  # "1台50兆瓦机组" is a machine
    ]
    sets: dict[int, list[tuple[TextQuantity, TextQuantity, Figure]]] = {}
    for count, size, times in made:
        # of several totals, the one that the machines make up is theirs
        whole = next((w for w in wholes if _equal(times, figure(w))), None)
        whole = whole or partners.best(count, wholes, same_period=False)
        if whole is None and wholes:
            whole = min(wholes, key=lambda q: abs(q.id - count.id))
        if whole is not None:
            sets.setdefault(whole.id, []).append((count, size, times))
    by_id = {q.id: q for q in wholes}
    for id_, parts in sets.items():
        whole = by_id[id_]
        alone = [part for part in parts if _equal(part[2], figure(whole))]
        for used in [[part] for part in alone] if alone else [parts]:
            yield Pair(
                relation=relations()["units_times_size_over_total"],
                numerator=tuple(q for count, size, _ in used for q in (count, size)),
                denominator=(whole,),
                figure=quotient(total(part[2] for part in used), figure(whole), 1.0),
            )


def _lists(own: Sequence[TextQuantity]) -> Iterator[Pair]:
    """Find a total and the list of figures that make it up; a list that does not is no list of it."""
    for kind in ADDED:
        same = [q for q in own if q.kind == kind and q.part == "whole"]
        for run in partners.runs_of(same):
            if len(run) < _NEAR:
                continue
            sort = (run[0].per, run[0].technology)
            if any((part.per, part.technology) != sort for part in run):
                continue  # wafers and cells of one chain are no parts of each other
            heads = [w for w in same if w.id < run[0].id and (w.per, w.technology) == sort]
            summed = total(figure(part) for part in run)
            whole = next((w for w in heads if _equal(summed, figure(w))), None)
            if whole is not None:
                yield Pair(
                    relation=relations()["parts_over_total"],
                    numerator=tuple(run),
                    denominator=(whole,),
                    figure=quotient(summed, figure(whole), 1.0),
                )


def _products(
    counts: Sequence[TextQuantity], sizes: Sequence[TextQuantity]
) -> list[tuple[TextQuantity, TextQuantity, Figure]]:
    """Join each single machine's size with the count printed beside it.

    Parameters
    ----------
    counts, sizes : sequence of TextQuantity
        Of one project.

    Returns
    -------
    list of (count, size, product)
        A count serves once.
    """
    free = list(counts)
    made = []
    for size in sizes:
        near = [count for count in free if abs(count.id - size.id) <= _NEAR]
        if not near:
            continue
        count = min(near, key=lambda c: (partners.gap(c, size), c.id))
        free.remove(count)
        made.append((count, size, product(figure(count), figure(size))))
    return made


def _equal(one: Figure, other: Figure) -> bool:
    slack = 0.05 + one.rounding + other.rounding
    return one.low <= other.high * (1 + slack) and one.high >= other.low * (1 - slack)


def _parts(own: Sequence[TextQuantity], text: str) -> Iterator[Pair]:
    for kind in ADDED:
        whole = next((q for q in own if q.kind == kind and q.part == "whole"), None)
        if whole is None:
            continue
        phases: dict[str | None, TextQuantity] = {}
        for q in own:
            like = q.kind == kind and unit_of(q) == unit_of(whole) and q.per == whole.per
            if like and q.part == "phase":
                phases.setdefault(q.phase, q)
        if len(phases) > 1:
            parts = tuple(phases.values())
            yield Pair(
                relation=relations()["parts_over_total"],
                numerator=parts,
                denominator=(whole,),
                figure=quotient(total(figure(q) for q in parts), figure(whole), 1.0),
                complete=_all_named(len(phases), text),
            )


def _all_named(n: int, text: str) -> bool:
    """Whether the text says that there are just so many phases."""
    if n >= len(_NUMBER_WORDS):
        return False
    zh, en = _NUMBER_WORDS[n]
    return bool(
        re.search(rf"[分共](?:成|为)?\s?(?:{n}|{zh})\s?(?:期|个阶段)", text)
        or re.search(rf"\b(?:{n}|{en})[\s-](?:phases?|stages?|parts?)\b", text, re.IGNORECASE)
    )


def _steps(own: Sequence[TextQuantity]) -> Iterator[Pair]:
    """Find a total that adds up steps of one chain, such as ingots and the wafers cut from them."""
    made = [q for q in own if q.kind == "capacity" and q.per == "year"]
    steps: dict[str, TextQuantity] = {}
    for q in made:
        if q.technology in partners.FACTORY:
            steps.setdefault(str(q.technology), q)
    parts = tuple(steps.values())
    for whole in made:
        if whole not in parts and len(parts) > 1 and _equal(_sum(parts), figure(whole)):
            yield Pair(
                relation=relations()["chain_steps_added"],
                numerator=parts,
                denominator=(whole,),
                figure=quotient(_sum(parts), figure(whole), 1.0),
            )


def _sum(parts: Sequence[TextQuantity]) -> Figure:
    return total(figure(q) for q in parts)
