"""Totals and what a text says they are made of, which may be of several projects."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from wafer_calc.claims.pairs import partners
from wafer_calc.claims.pairs.pairing import Pair
from wafer_calc.claims.pairs.sums import ADDED, CLEARLY, PARTED, over_whole
from wafer_calc.claims.reading.nouns import PLANTS
from wafer_calc.claims.records import TextQuantity
from wafer_calc.claims.values import figure, total_of, unit_of, usable

_NEAR = 2
_MOST = 12  # parts
_FAR = 200  # characters in which the contributions stand
_LEAD = 56  # characters from a part to the next
_WINDOW = 30  # figures behind the number of plants


def contributed(quantities: Sequence[TextQuantity], text: str) -> Iterator[Pair]:
    """Find what is said to make up a total and does not.

    "Europe added 4 GW. A contributed 3 GW, B 1, C 2"; "three parks with an overall capacity of
    136 MW: A has 90 MW, B 40 and C 36"; "150万千瓦，分为A 90万千瓦、B 160万千瓦".

    Parameters
    ----------
    quantities : sequence of TextQuantity
        Of all projects, since each contributor may be one.
    text : str
        The text.

    Yields
    ------
    Pair
        The contributions over the total.
    """
    told = [q for q in quantities if usable(q)]
    yield from _contributions([q for q in told if q.kind in PARTED], text)
    yield from _counted(told, text)
    yield from _paid([q for q in told if q.kind in ("money", "investment")], text)
    yield from _divided([q for q in told if q.kind in ADDED and q.part in _SIZED], text)
    yield from _leaders([q for q in told if q.kind == "capacity"], text)


def _contributions(sizes: Sequence[TextQuantity], text: str) -> Iterator[Pair]:
    starts = [q.start for q in sizes]
    for said in _CONTRIBUTED.finditer(text):
        at = bisect_left(starts, said.end() + 1)
        parts = [q for q in sizes[at : at + _MOST] if q.start - said.end() < _FAR]
        parts = [q for q in parts if (q.sentence, q.kind) == (parts[0].sentence, parts[0].kind)]
        wholes = [
            q
            for q in sizes[max(0, at - _MOST) : at]
            if parts and q.kind == parts[0].kind and q.sentence == parts[0].sentence - 1
            and not (said[1] and q.phase == _ADDED)  # the leaders' stock is no part of a year's new
        ]  # fmt: skip
        if len(parts) <= _NEAR or not wholes:
            continue
        summed, first = total_of(parts), wholes[0]
        if all(summed.low > CLEARLY * figure(q).high for q in wholes):
            first = max(wholes, key=lambda q: figure(q).high)
        others = all(summed.high < figure(q).low / 2 for q in wholes if q.id > first.id)
        if summed.low > CLEARLY * figure(first).high and others:  # and no list of another figure
            yield over_whole("parts_over_total", parts, first, complete=True)


_ADDED = "added"
_CONTRIBUTED = re.compile(
    r"\b(?:contribut(?:ed|es|ing)|go(?:es)? to|(?:sold|divided|split|shared) (?:to|among|between)"
    r"|(leads with|leads? the (?:list|table|way) with))\b",
    re.IGNORECASE,
)


def _counted(quantities: Sequence[TextQuantity], text: str) -> Iterator[Pair]:
    """Find just so many figures as the plants of a total, told behind it, that exceed it."""
    for n, count in enumerate(quantities):
        plants = count.kind == "other" and count.role == "units" and _PLANTS.search(count.text)
        if not plants or not isinstance(count.value, float) or count.value < _NEAR:
            continue
        behind = [
            q for q in quantities[n + 1 : n + _WINDOW]
            if q.kind == "capacity" and q.part == "whole" and q.sentence - count.sentence <= 1
        ]  # fmt: skip
        whole, parts = behind[:1], behind[1:]
        if len(parts) != count.value or whole[0].sentence != count.sentence:
            continue
        if not _IN_ALL.search(text, count.start, whole[0].start):
            continue
        alike = all(_like(q) == _like(whole[0]) for q in parts)
        if alike and total_of(parts).low > CLEARLY * figure(whole[0]).high:
            yield over_whole("parts_over_total", parts, whole[0], complete=True)


_PLANTS = re.compile(rf"(?:{PLANTS})$|(?:电站|电场|项目|座)$", re.IGNORECASE)
_IN_ALL = re.compile(r"\b(?:overall|total|combined|together|in all)\b|总|共|合计", re.IGNORECASE)


def _divided(sizes: Sequence[TextQuantity], text: str) -> Iterator[Pair]:
    """Find the parts that a figure is said to be made of and that do not make it up."""
    for n, first in enumerate(sizes[1:], start=1):
        before = sizes[n - 1]
        if first.start - before.end > _FAR or first.sentence - before.sentence > 1:
            continue
        said = _MADE_OF.search(text, before.end, first.start)
        if said is None:
            continue
        like = [q for q in sizes[max(0, n - _NEAR) : n] if _like(q) == _like(first)]
        like = [q for q in like if first.sentence - q.sentence <= 1 and q.phase not in _OTHERS]
        parts = [first]
        for q in sizes[n + 1 : n + _MOST]:
            near = q.sentence == first.sentence and q.start - parts[-1].end <= _LEAD
            if not near or _like(q) != _like(first):
                break
            parts.append(q)
        if said["which"] and not _are_two(parts, like, text, said.end()):
            continue
        stores = any(q.technology in partners.STORAGE for q in parts)
        if not like or len(parts) < _NEAR or stores:
            continue
        summed, whole = total_of(parts), figure(like[-1])
        short = not said[1] and summed.high * CLEARLY < whole.low
        if short or summed.low > CLEARLY * whole.high:
            yield over_whole("parts_over_total", parts, like[-1], complete=True)


def _are_two(
    parts: Sequence[TextQuantity], wholes: Sequence[TextQuantity], text: str, since: int
) -> bool:
    """Whether two parts are told at once: "of which $710 million for one and $420 million for the other"."""
    if len(parts) != _NEAR or not wholes or parts[0].start > since:
        return False
    sorts = {q.technology for q in (*parts, wholes[-1])}
    return len(sorts) == 1 and " and " in text[parts[0].end : parts[1].start]


def _paid(moneys: Sequence[TextQuantity], text: str) -> Iterator[Pair]:
    """Find what several give "towards the $210 million project" and exceeds it."""
    for n, whole in enumerate(moneys[1:], start=1):
        if not _TOWARDS.fullmatch(text, moneys[n - 1].end, whole.start):
            continue
        parts = [moneys[n - 1]]
        for q in moneys[n + 1 : n + _MOST]:
            stop = _STOP.search(text, whole.end, q.start)
            if stop or unit_of(q) != unit_of(whole) or q.sentence != whole.sentence:
                break
            parts.append(q)
        like = unit_of(parts[0]) == unit_of(whole)
        if like and len(parts) > 1 and total_of(parts).low > CLEARLY * figure(whole).high:
            yield over_whole("parts_over_total", parts, whole, complete=True)


_TOWARDS = re.compile(
    r" (?:towards?|to) (?:the|its|their|a) (?:estimated |planned )?", re.IGNORECASE
)
_STOP = re.compile(r"[;:]|\b(?:while|but|whereas|will|saves?|jobs)\b", re.IGNORECASE)
_SIZED = ("whole", "phase")
_OTHERS = ("added", "former", "target", "planned")
_MADE_OF = re.compile(
    r"分为|分成|分别由|组成部分|(其中包括|\bit includes\b|\bincluding\b|(?P<which>\bof which )|:(?=\s)|：)|divided into|split into|made up of|consist(?:s|ed|ing) of|compris(?:es|ed|ing)(?: of)?\b",
    re.IGNORECASE,
)


def _leaders(sizes: Sequence[TextQuantity], text: str) -> Iterator[Pair]:
    """Find leaders whose additions exceed all that was added: 新增294万千瓦 … 新增前三的省份依次是 …."""
    added = [q for q in sizes if q.phase == _ADDED]
    for n, first in enumerate(sizes):
        wholes = [q for q in added if q.sentence == first.sentence - 1 and q.unit == first.unit]
        if not wholes or (n and sizes[n - 1].sentence == first.sentence):
            continue
        said = _LEADERS.search(
            text, max(sizes[n - 1].end if n else 0, first.start - _FAR), first.start
        )
        parts = [q for q in sizes[n : n + _MOST] if _like(q) == _like(first)]
        parts = [q for q in parts if q.sentence == first.sentence]
        if said and len(parts) > _NEAR and total_of(parts).low > CLEARLY * figure(wholes[0]).high:
            yield over_whole("parts_over_total", parts, wholes[0], complete=True)


_LEADERS = re.compile(
    r"新增[^，。；]{0,10}(?:前|最多|较多|居前)[^，。；0-9]{0,3}[0-9一二三四五六七八九十]{0,2}[^，。；]{0,12}$"
    r"|\b(?:most|leading|top) (?:[a-z]+ ){0,3}(?:new|additions|added)\b[^.;]{0,40}$",
    re.IGNORECASE,
)


def _like(q: TextQuantity) -> tuple[str, str, str]:
    return q.kind, unit_of(q), q.per
