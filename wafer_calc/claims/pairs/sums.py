"""Pairs in which printed figures are added up to a printed total."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from wafer_calc.claims.pairs import partners
from wafer_calc.claims.pairs.machines import LEAST_STEP, machines
from wafer_calc.claims.pairs.pairing import Pair
from wafer_calc.claims.records import ALIKE, TextQuantity
from wafer_calc.claims.relations import relations
from wafer_calc.claims.values import figure, quotient, total_of, unit_of

ADDED = ("capacity", "generation", "wafer_count", "investment", "area")
PARTED = ("capacity", "generation")  # of which a text tells parts, contributions and what is beyond
CLEARLY = 1.05  # beyond what a year's changes or rounding make
_NEAR = 2
_LONGEST_LIST = 12
_CHAIN_SLACK = 0.02
_ROUNDED = 0.02  # of a total; a coarser one adds up by chance
_ADDED = "added"
_OF_IT = "of which"
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
    yield from machines(own, text)
    yield from _lists(own)
    yield from _parts(own, text)
    yield from _complements(own, text)
    yield from _exceeding(own, text)
    yield from _steps(own)


def _lists(own: Sequence[TextQuantity]) -> Iterator[Pair]:
    """Form a pair of each total and the list that `parted` has found to make it up."""
    by_id = {q.id: q for q in own}
    lists: dict[int, list[TextQuantity]] = {}
    for q in own:
        if (of := _whole_of(q)) is not None:
            lists.setdefault(of, []).append(q)
    for of, run in lists.items():
        if of in by_id:
            yield over_whole("parts_over_total", run, by_id[of])


def parted(own: Sequence[TextQuantity]) -> tuple[TextQuantity, ...]:
    """Mark the figures that make up a total as its parts, so that nothing else is set beside them.

    "950 MW, of which 600 in troughs, 100 in a tower and 250 of photovoltaics": what the plant
    saves is not the 250 MW's. A list that does not add up is no list of it.

    Parameters
    ----------
    own : sequence of TextQuantity
        Of one project, in text order.

    Returns
    -------
    tuple of TextQuantity
        The same ones; a part's `phase` names its total.
    """
    marked: dict[int, int] = {}
    mixed: set[int] = set()
    for kind in (*ADDED, "money", "homes", "mass_coal", "mass_co2", "other"):
        same = [
            q for q in own
            if q.kind == kind and q.part in ("whole", "phase")
            and not (q.role or "").startswith("same amount")
        ]  # fmt: skip
        for n, whole in enumerate(same):
            if whole.id in marked:
                continue
            sides = same[n + 1 :], same[:n][::-1], [*same[:n][-1:], *same[n + 1 : n + 2]]
            for run in (_adding_up(whole, others) for others in sides):
                marked |= {q.id: whole.id for q in run if q.id not in marked}
                if len({q.technology for q in run}) > 1:
                    mixed.add(whole.id)
    made = []
    first = next((q.technology for q in own if q.technology), None)  # which others may only inherit
    for q in own:
        all_of_it = mixed and q.kind == "generation" and q.technology == first
        if q.id in marked:
            q = replace(q, part="phase", phase=f"{partners.PART_OF}{marked[q.id]}")
        elif q.id in mixed or (all_of_it and q.part == "whole"):
            q = replace(q, technology=None)  # a hybrid's hours are those of no single kind of plant
        made.append(q)
    return tuple(made)


def _adding_up(whole: TextQuantity, others: Sequence[TextQuantity]) -> list[TextQuantity]:
    """Give the nearest figures of a whole's kind that add up to it, if any do."""
    run: list[TextQuantity] = []
    size, summed = figure(whole), 0.0
    for q in others:
        mine, theirs = ((unit_of(one), one.per, _sort(one)) for one in (whole, q))
        of_whole = whole.phase == _ADDED and q.part == "whole"
        alike = mine == theirs and ((q.part, q.phase) == (whole.part, whole.phase) or of_whole)
        chain = {q.technology, whole.technology} & partners.FACTORY
        if not alike or abs(q.sentence - whole.sentence) > 1 or figure(q).mid >= size.mid:
            break
        if chain and q.technology != whole.technology:
            break  # wafers and cells of one chain are no parts of each other
        run.append(q)
        summed += figure(q).mid
        if len(run) >= _NEAR and abs(summed / size.mid - 1) <= 0.005 + min(size.rounding, _ROUNDED):
            return [] if _goes_on(run, others) else run
        if len(run) == _LONGEST_LIST or summed > 1.5 * size.mid:
            break
    return []


def _goes_on(run: Sequence[TextQuantity], others: Sequence[TextQuantity]) -> bool:
    """Whether a list behind its total names more of its kind: then it adds up by chance."""
    if len(others) <= len(run) or others[0].id > others[1].id:
        return False
    last, further = run[-1], others[len(run)]
    alike = (unit_of(last), last.per, last.part) == (unit_of(further), further.per, further.part)
    return alike and further.id == last.id + 1 and last.sentence == further.sentence


def _sort(q: TextQuantity) -> str | None:
    """Give what else than its unit a figure must share with its parts."""
    return q.role if q.kind == "other" else None


def _whole_of(part: TextQuantity) -> int | None:
    if part.phase is None or not part.phase.startswith(partners.PART_OF):
        return None
    return int(part.phase.removeprefix(partners.PART_OF))


_NO_PARTS = frozenset(
    ("added", "target", "former", "planned", "rate")
)  # phases that a whole is not made of


def _parts(own: Sequence[TextQuantity], text: str) -> Iterator[Pair]:
    for kind in ADDED:
        same = [q for q in own if q.kind == kind]
        # a part of some total may have phases of its own
        heads = [n for n, q in enumerate(same) if q.part == "whole" or _whole_of(q) is not None]
        if not heads:
            continue
        first = next((n for n, q in enumerate(same) if q.part == "phase" and n not in heads), 0)
        whole = same[max((n for n in heads if n < first), default=heads[0])]
        phases = _phases(whole, same)
        if phases is not None:
            yield from _all_phases(whole, phases, text)
            continue
        for n, until in zip(heads, [*heads[1:], len(same)], strict=True):  # projects, each its own
            yield from _all_phases(same[n], _phases(same[n], same[n:until]) or (), text)


def _all_phases(whole: TextQuantity, phases: Sequence[TextQuantity], text: str) -> Iterator[Pair]:
    phases = [q for q in phases for _ in (q.phase or "").split(ALIKE)]  # "75 MW each"
    if len(phases) > 1:
        complete = _all_named(len(phases), text)
        yield over_whole("parts_over_total", phases, whole, complete=complete)


def _phases(whole: TextQuantity, same: Sequence[TextQuantity]) -> Sequence[TextQuantity] | None:
    """Give the first figure of each phase of a whole; None where two projects have a first phase."""
    phases: dict[str | None, TextQuantity] = {}
    last: str | None = None
    for q in same:
        like = unit_of(q) == unit_of(whole) and q.per == whole.per
        sorts = {q.technology, whole.technology}
        like = like and (len(sorts) == 1 or not sorts & partners.FACTORY)
        if like and q.part == "phase" and q.phase not in _NO_PARTS and _whole_of(q) is None:
            again = q.phase in phases and q.phase != last and phases[q.phase].value != q.value
            if again and (q.phase or "").isdigit():
                return None
            last = q.phase
            phases.setdefault(q.phase, q)
    return list(phases.values())


def _complements(own: Sequence[TextQuantity], text: str) -> Iterator[Pair]:
    """Find two parts that are all there is of a whole, 集中式 and 分布式, and exceed it."""
    sizes = [q for q in own if q.kind in ("capacity", "generation") and q.part == "whole"]
    for words in _COMPLEMENTS:
        parts = [_named(word, sizes, text) for word in words]
        for one, other in zip(parts[0], parts[1], strict=False):
            heads = [
                q
                for q in sizes
                if q.id < one.id and (q.kind, q.unit, q.per) == (one.kind, one.unit, one.per)
                and q not in (*parts[0], *parts[1])
            ]  # fmt: skip
            alike = (one.kind, one.unit, one.per) == (other.kind, other.unit, other.per)
            if not heads or not alike:
                continue
            summed, whole = total_of((one, other)), figure(heads[0])
            if max(figure(one).mid, figure(other).mid) < whole.mid < summed.mid / CLEARLY:
                yield over_whole("parts_over_total", (one, other), heads[0], complete=True)


def _exceeding(own: Sequence[TextQuantity], text: str) -> Iterator[Pair]:
    """Find what is said to be a part of a figure before it and yet is larger: 其中风电 …, "of which 5 GW"."""
    sizes = [q for q in own if q.kind in PARTED and q.part in ("whole", "phase")]
    for n, part in enumerate(sizes):
        like = [
            q
            for q in sizes[:n]
            if (q.kind, unit_of(q), q.per) == (part.kind, unit_of(part), part.per)
            and part.sentence - q.sentence <= 1
        ]
        told = part.phase == _OF_IT or (like and _A_PART.search(text, like[-1].end, part.start))
        if not like or not told:
            continue
        whole = max(like, key=lambda q: figure(q).high)
        if figure(part).low > CLEARLY * figure(whole).high:
            yield over_whole("parts_over_total", (part,), whole, complete=True)


_A_PART = re.compile(
    r"(?:其中|of which|of this|of these|among (?:them|these))[^。；;.0-9]{0,40}$", re.IGNORECASE
)


def _named(word: str, sizes: Sequence[TextQuantity], text: str) -> list[TextQuantity]:
    """Give the figures that a word stands before in their own clause."""
    return [
        q for q in sizes if word in re.split("[，。；、]", text[max(0, q.start - 12) : q.start])[-1]
    ]


_COMPLEMENTS = (("集中式", "分布式"), ("陆上", "海上"))


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
    goods = [q for q in made if q.technology in partners.FACTORY]
    steps: dict[str, TextQuantity] = {}
    for q in goods:
        steps.setdefault(str(q.technology), q)
    for whole in made:
        earlier = tuple(q for q in goods if q.id < whole.id)
        for parts in (tuple(steps.values()), earlier):
            least = min((figure(q).mid for q in parts), default=0.0)
            several = len({q.technology for q in parts}) >= _NEAR
            if whole in parts or not several or least < LEAST_STEP * figure(whole).mid:
                continue
            if abs(total_of(parts).mid / figure(whole).mid - 1) <= _CHAIN_SLACK:
                yield over_whole("chain_steps_added", parts, whole)
                break


def over_whole(
    name: str, parts: Sequence[TextQuantity], whole: TextQuantity, *, complete: bool = False
) -> Pair:
    """Pair parts with their whole.

    Parameters
    ----------
    name : str
        The relation's.
    parts : sequence of TextQuantity
        Of one unit, which is the whole's too.
    whole : TextQuantity
        The printed total.
    complete : bool
        Whether these are all of its parts, so that a sum short of it contradicts it.

    Returns
    -------
    Pair
        With their sum over the whole, dimensionless.
    """
    return Pair(
        relation=relations()[name],
        numerator=tuple(parts),
        denominator=(whole,),
        figure=quotient(total_of(parts), figure(whole), 1.0),
        complete=complete,
    )
