"""Pairs in which machines of one size make up a printed capacity."""

import re
from collections.abc import Iterator, Sequence
from itertools import permutations

from wafer_calc.claims.pairs import groups, partners
from wafer_calc.claims.pairs.pairing import Pair
from wafer_calc.claims.records import TextQuantity
from wafer_calc.claims.relations import relations
from wafer_calc.claims.values import (
    COUNTED,
    Figure,
    figure,
    product,
    quotient,
    total,
    total_of,
    unit_of,
)

_NEAR = 2
_FIRST = "first"
LEAST_STEP = 0.2  # of the total: less could be missing from it unnoticed
_LEAD = 40  # characters before a figure in which its subject stands
_BANKS = re.compile(
    r"(?:左右两?岸|两岸|左、右岸)(?:分别|各)|(?:on|in|for) each (?:bank|side)|on either (?:bank|side)",
    re.IGNORECASE,
)
_BRINGS = re.compile(
    r"\b(?:bring|brings|bringing|brought|lift\w*|rais\w+|tak(?:e|es|ing))\b[^.;]{0,30} to (?:about |over |nearly )?$|使[^，。；]{0,16}达到?$",
    re.IGNORECASE,
)
_OTHERS = re.compile(r"\bother\b|其余|其他|另外", re.IGNORECASE)
_CARRIES = re.compile(r"inverters?|transformers?|逆变器|變壓器|变压器", re.IGNORECASE)


def machines(own: Sequence[TextQuantity], text: str) -> Iterator[Pair]:
    """Form the pairs of machines, their number times their size, and the capacity that they make up.

    Parameters
    ----------
    own : sequence of TextQuantity
        Of one project.
    text : str
        In which both banks of a river, or what they bring a site to, may be told.

    Yields
    ------
    Pair
        The machines over the capacity.
    """
    counts = [
        q
        for q in own
        if q.kind == "other"
        and unit_of(q) in COUNTED
        and not _CARRIES.search(q.text)
        and not _OTHERS.search(q.text)
        and not q.text.endswith(("座", "个", "個", "处", "處"))  # stations, each of many machines
    ]
    if any(q.phase != _FIRST for q in counts):
        counts = [q for q in counts if q.phase != _FIRST]  # all machines, not the first batch
    sizes = [q for q in own if q.kind == "capacity" and q.part == "unit"]
    made = products(counts, sizes)
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
        # of several totals, the one that the machines make up is theirs, best in their sentence
        equal = [w for w in wholes if _equal(times, figure(w))]
        whole = min(equal, key=lambda w: abs(w.sentence - count.sentence), default=None)
        whole = whole or partners.best(count, wholes, same_period=False)
        if not equal and whole is not None and (count.part, whole.part) == ("phase", "whole"):
            continue  # a phase's machines beside all of the farm
        more = ">=" in (count.cmp, size.cmp)  # 22台13MW以上机组 may well have 400 MW
        if not equal and whole is not None and more and times.high < figure(whole).low:
            continue
        if not equal and whole is not None and _is_brought(times, whole, text):
            continue  # "32 turbines of 8 MW bring the site to 348 MW" from what there was
        if not equal and any(
            _equal(total((times, figure(a))), figure(b)) and times.mid > LEAST_STEP * figure(b).mid
            for a, b in permutations(wholes, 2)
        ):
            continue  # 3台2MW风机与20MW光伏组成26MW
        if not equal and len(wholes) > 1 and _equal(times, total_of(wholes)):
            yield machine_pair([(count, size, times)], wholes)  # two ponds, their panels told once
            continue
        if whole is None and wholes:
            whole = min(wholes, key=lambda q: abs(q.id - count.id))
        if not equal and whole is not None and _is_foreign(size, whole):
            continue  # "the reactors equal 16,000 wind turbines of 1.5 MW"
        if not equal and whole is not None and abs(whole.sentence - count.sentence) > 1:
            continue  # pages apart, and no sum of each other
        if whole is not None:
            sets.setdefault(whole.id, []).append((count, size, times))
    by_id = {q.id: q for q in wholes}
    for id_, parts in sets.items():
        whole = by_id[id_]
        alone = [part for part in parts if _equal(part[2], figure(whole))]
        if len(alone) == 1 and _off(parts, whole) < _off(alone, whole):
            alone = []  # 18 large machines and six small ones
        for used in [[part] for part in alone] if alone else [parts]:
            yield machine_pair(used, [whole])


def _off(parts: Sequence[tuple[TextQuantity, TextQuantity, Figure]], whole: TextQuantity) -> float:
    """Give how far machines are from making up a whole, as a share of it."""
    return abs(total(part[2] for part in parts).mid / figure(whole).mid - 1)


def _is_foreign(size: TextQuantity, whole: TextQuantity) -> bool:
    kinds = {q.technology for q in (size, whole)} - {None}
    return len(kinds) > 1 and not kinds <= partners.WIND


def _is_brought(times: Figure, whole: TextQuantity, text: str) -> bool:
    more = times.high < figure(whole).low
    return more and bool(_BRINGS.search(text, max(0, whole.start - _LEAD), whole.start))


def machine_pair(
    parts: Sequence[tuple[TextQuantity, TextQuantity, Figure]], wholes: Sequence[TextQuantity]
) -> Pair:
    """Pair machines with the capacity that they make up.

    Parameters
    ----------
    parts : sequence of (count, size, product)
        Machines of one size each, the products in W.
    wholes : sequence of TextQuantity
        The printed capacities, which add up to theirs.

    Returns
    -------
    Pair
        With the machines' power over the capacity, dimensionless.
    """
    return Pair(
        relation=relations()["units_times_size_over_total"],
        numerator=tuple(q for count, size, _ in parts for q in (count, size)),
        denominator=tuple(wholes),
        figure=quotient(total(part[2] for part in parts), total_of(wholes), 1.0),
    )


def products(
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
    ids = {count.id for count in counts}
    in_turn = all(size.id - 1 in ids for size in sizes)  # "three of 72 MW and two of 216 MW"
    for size in sizes:
        near = [
            count
            for count in free
            if (count.id == size.id - 1 if in_turn else abs(count.id - size.id) <= _NEAR)
            and (count.unit == "panel") == (figure(size).mid < partners.LARGEST_PANEL_W)
        ]
        if not near:
            continue
        count = min(near, key=lambda c: (groups.gap(c, size), c.id))
        free.remove(count)
        made.append((count, size, product(figure(count), figure(size))))
    return made


def _equal(one: Figure, other: Figure) -> bool:
    slack = 0.05 + one.rounding + other.rounding
    return one.low <= other.high * (1 + slack) and one.high >= other.low * (1 - slack)
