"""Pairs that are no plain ratio of two kinds: yardsticks and printed ratios, besides sums and amounts."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import permutations

from wafer_calc.claims.pairs import sums
from wafer_calc.claims.pairs.amounts import amounts_told_twice
from wafer_calc.claims.pairs.pairing import SPELLS, Pair
from wafer_calc.claims.pairs.partners import about
from wafer_calc.claims.pairs.stated import stated_pairs
from wafer_calc.claims.reading.cues import find_marks
from wafer_calc.claims.records import COUNTRY, NATIONAL, PART_OF_YEAR, TextQuantity, is_region
from wafer_calc.claims.relations import relations
from wafer_calc.claims.values import (
    CHANGES,
    Figure,
    figure,
    per_year,
    quotient,
    total,
    unit_of,
    usable,
)  # fmt: skip
from wafer_calc.numerals import fold


def joined_pairs(quantities: Sequence[TextQuantity], text: str) -> Iterator[Pair]:
    """Form every pair that the table names but a plain ratio does not make.

    Parameters
    ----------
    quantities : sequence of TextQuantity
        Of one project, in text order.
    text : str
        The text, whose punctuation tells what stands in brackets behind what.

    Yields
    ------
    Pair
        Sums, then yardsticks, printed ratios and hours, prices, currencies.
    """
    own = [q for q in quantities if usable(q)]
    yield from sums.pairs(own, text)
    yield from _yardsticks(own, text)
    yield from _stated_ratios(own, text)
    yield from _nations(own, text)
    yield from _shares_of_homes(own, text)
    yield from stated_pairs(own, text)
    yield from amounts_told_twice(quantities, text)


def _yardsticks(own: Sequence[TextQuantity], text: str) -> Iterator[Pair]:
    ratios = [
        q
        for q in own
        if is_region(q.yardstick) or (unit_of(q) == "dimensionless" and _to_yardstick(q))
    ]
    for ratio in ratios:
        if _is_shared(ratio, ratios):
            continue
        of_capacity = "capacity" in (ratio.role or "")
        kind = "capacity" if of_capacity else "generation"
        others = [
            q
            for q in own
            if q.kind == kind
            and q.part not in ("yardstick", "class")
            and (q.per != "total" or q.role == PART_OF_YEAR or is_region(ratio.yardstick))
        ]
        printed = [q for q in own if q.kind == kind and q.part == "yardstick"]
        before = [q for q in others if q.id < ratio.id]
        beside = [q for q in others if q.sentence == ratio.sentence]
        found = max(before, key=lambda q: q.id) if before else (beside[0] if beside else None)
        if found is None:
            yield from _by_capacity(ratio, own, text)
            continue
        scale = 1.0 if of_capacity else per_year(found) or 1.0
        if found.role == PART_OF_YEAR:
            ratio = replace(ratio, yardstick=None)  # of as many months of the yardstick's
        near = [q for q in printed if abs(q.id - ratio.id) == _NEAREST and _is_of(ratio, q, text)]
        for whole in near[:1] if unit_of(ratio) == "dimensionless" else ():
            yield _stated(found, whole, ratio)
        name = "capacity_ratio" if of_capacity else "implied_yardstick"
        yield Pair(
            relation=relations()[name],
            numerator=(found,),
            denominator=(_of_all(ratio, found, text),),
            figure=quotient(figure(found), _told(ratio), scale * SPELLS.get(unit_of(ratio), 1.0)),
            factors=(scale, 1.0),
        )


def _told(ratio: TextQuantity) -> Figure:
    """Take a ratio as rounded, but "two years" of a city's use for two, not for one and a half."""
    timed = unit_of(ratio) != "dimensionless"
    return figure(replace(ratio, resolution=0.0) if timed else ratio)


def _is_shared(ratio: TextQuantity, ratios: Sequence[TextQuantity]) -> bool:
    """Whether an energy goes to two countries, of which nobody tells how much to each."""
    return ratio.yardstick == COUNTRY and any(
        (q.yardstick, q.sentence) == (COUNTRY, ratio.sentence) and q.place != ratio.place
        for q in ratios
    )


def _is_of(ratio: TextQuantity, whole: TextQuantity, text: str) -> bool:
    """Whether a ratio may be of a printed yardstick: none that a later clause brings up."""
    return whole.id < ratio.id or not _BREAK.search(text, ratio.end, whole.start)


_BREAK = re.compile("[，。；,;]")


def _of_all(ratio: TextQuantity, found: TextQuantity, text: str) -> TextQuantity:
    """Take "4 per cent of total power generation" of a whole fleet's energy for the country's."""
    fleet = found.kind == "generation" and figure(found).low >= _LEAST_FLEET_KWH
    fleet = fleet and found.sentence == ratio.sentence and found.role != PART_OF_YEAR
    if ratio.yardstick or not fleet:
        return ratio
    lead = text[max(0, found.start - _SUBJECT) : ratio.start].rpartition("。")[2]
    national = _OF_NATION.search(lead) is not None and _OF_ALL.search(lead) is not None
    return (
        replace(ratio, yardstick=COUNTRY) if national or _OF_TOTAL.match(text, ratio.end) else ratio
    )


_LEAST_FLEET_KWH = 1e9
_OF_TOTAL = re.compile(
    r" of (?:the |its |all )?(?:(?:total|overall|national|nationwide|all)(?: (?:electricity|power|energy))? "
    r"(?:generation|production|output|consumption|demand|needs|supply)\b|total[.,;]|demand\b)|的?全(?:国|社会)(?:总)?(?:发|用)电",
    re.IGNORECASE,
)


_SUBJECT = 120  # characters before an energy in which its country is named
_OF_NATION = re.compile("全国|我国|中国|全國|我國|中國")
_OF_ALL = re.compile(
    r"占(?:到|据)?[^，。；0-9]{0,4}(?:全(?:国|社会|部|國|社會)|总|總)(?:总|總)?(?:发|用|發)[电電](?:总|總)?量?[^，。；0-9]{0,8}$"
    r"|在全(?:国|社会|部)(?:总)?(?:发|用)电(?:总)?量中[^，。；0-9]{0,8}$"
)


def _by_capacity(ratio: TextQuantity, own: Sequence[TextQuantity], text: str) -> Iterator[Pair]:
    """Set a capacity beside a yardstick of which no energy is printed.

    "120 GW, the like of five Three Gorges" speaks of capacities; where the words are of energy,
    the capacity's own is made of it with the hours of such plants.
    """
    sizes = [
        q
        for q in own
        if q.kind == "capacity" and q.part == "whole" and q.per == "none" and q.id < ratio.id
    ]
    if not sizes:
        return
    size = max(sizes, key=lambda q: q.id)
    energy = _ENERGY.search(text[size.end : ratio.end + _BEHIND].partition("。")[0])
    yield Pair(
        relation=relations()["implied_yardstick" if energy else "capacity_ratio"],
        numerator=(size,),
        denominator=(ratio,),
        figure=quotient(figure(size), figure(ratio), 1.0),
        derived="numerator" if energy else None,
    )


_BEHIND = 30
_ENERGY = re.compile(r"发电|發電|电量|電量|generat|electricity|energy|output", re.IGNORECASE)


def _to_yardstick(ratio: TextQuantity) -> bool:
    return ratio.kind == "energy_ratio" or (
        ratio.kind == "other" and "yardstick" in (ratio.role or "")
    )


def _stated_ratios(own: Sequence[TextQuantity], text: str) -> Iterator[Pair]:
    for ratio in own:
        if unit_of(ratio) != "dimensionless" or _to_yardstick(ratio):
            continue
        if CHANGES.get(ratio.role or "", 0.0) < 0 and figure(ratio).high >= 1.0:
            continue  # a fall by all there was leaves nothing to compare
        told = _times_the_next(ratio, own, text)
        if told is not None:
            yield told
            continue
        changed = ratio.role in CHANGES
        kinds = (*sums.ADDED, "money") if changed else sums.ADDED
        near = [q for q in own if q.kind in kinds and about(q, ratio)]
        grown = [q for q in near if q.id == ratio.id - 1 and q.sentence == ratio.sentence]
        # 由A增至B，由C增至D，分别增长 …: the first is A's
        in_turn = bool(grown) and "分别" in text[grown[0].end : ratio.start]
        fits = [
            _stated(over, under, ratio)
            for over, under in permutations(near, 2)
            if (not changed or in_turn or not grown or grown[0] in (over, under))
            and _comparable(over, under)
            and (in_turn or _NEAREST in (abs(over.id - ratio.id), abs(under.id - ratio.id)))
        ]  # fmt: skip
        if not fits:
            continue
        fit = min(fits, key=lambda pair: abs(pair.figure.mid - 1))
        first, second = fit.numerator[0], fit.denominator[0]
        beside = first.sentence == second.sentence == ratio.sentence and all(
            abs(q.id - ratio.id) <= _BESIDE for q in (first, second)
        )
        # a percentage beside two figures need not be theirs: only one that is near is checked
        stray = _STRAY if beside and len(fits) <= _BESIDE else _SURELY + fit.figure.rounding
        if abs(fit.figure.mid - 1) <= stray:
            yield fit


def _times_the_next(ratio: TextQuantity, own: Sequence[TextQuantity], text: str) -> Pair | None:
    """Find "127,000 homes, almost four times the old scheme's 22,000": whose ratio it is, is said."""
    under = next((q for q in own if q.id == ratio.id + 1), None)
    if under is None or not _TIMES_THE.fullmatch(text, ratio.start, under.start):
        return None
    before = [q for q in own if q.id < ratio.id and _comparable(q, under) and about(q, ratio)]
    return _stated(before[-1], under, ratio) if before else None


_TIMES_THE = re.compile(
    r"(?:[a-z]+ times|double|twice|treble|triple) (?:the|that of|its|as much as)\b[^.,;]{0,40}",
    re.IGNORECASE,
)


def _comparable(one: TextQuantity, other: TextQuantity) -> bool:
    periods = one.per == other.per or one.kind == "homes"  # "homes a year" are homes
    alike = (one.kind, unit_of(one)) == (other.kind, unit_of(other)) and periods
    return alike and one.value != other.value


_NEAREST = 1
_BESIDE = 2
_STRAY = 0.2
_SURELY = 0.02


def _stated(over: TextQuantity, under: TextQuantity, ratio: TextQuantity) -> Pair:
    implied = quotient(figure(over), figure(under), 1.0)
    if over.role == "curtailed":  # of what could have been made
        implied = quotient(figure(over), total((figure(over), figure(under))), 1.0)
    times = figure(ratio)
    if ratio.role in CHANGES:  # "a 35 percent increase" is 1.35 times what there was
        low, mid, high = (
            1 + CHANGES[ratio.role] * share for share in (times.low, times.mid, times.high)
        )
        rounding = times.rounding * times.mid / mid
        times = replace(times, low=min(low, high), mid=mid, high=max(low, high), rounding=rounding)
    return Pair(
        relation=relations()["stated_ratio_check"],
        numerator=(over,),
        denominator=(under, ratio),
        figure=quotient(implied, times, 1.0),
    )


def _nations(own: Sequence[TextQuantity], text: str) -> Iterator[Pair]:
    """Find what a country is said to use or make in a year, where it is the one the text is about."""
    for q in own:
        scale = per_year(q)
        if q.role != NATIONAL or scale is None:
            continue
        named = _nations_in(text[max(0, q.start - _SUBJECT) : q.start])
        if not named or q.place in named[-1]:
            yield Pair(
                relation=relations()["country_electricity"],
                numerator=(q,),
                denominator=(),
                figure=figure(q).times(scale),
                factors=(scale, 1.0),
            )


def _nations_in(text: str) -> list[frozenset[str]]:
    """Give the countries that a piece of text names, in order; no part of one."""
    return [
        tags["place"] for tags in find_marks(fold(text)).tags if {"place", "nation"} <= tags.keys()
    ]


def _shares_of_homes(own: Sequence[TextQuantity], text: str) -> Iterator[Pair]:
    """Find "five million homes, 7 % of all UK homes": so many homes the country would have."""
    for homes, share in zip(own, own[1:], strict=False):
        told = homes.kind == "homes" and homes.unit == "household" and _is_next(share, homes)
        of_all = _OF_HOMES.match(text, share.end) if told and share.text[-1] in "%t" else None
        if of_all is None or not any(homes.place in places for places in _nations_in(of_all[0])):
            continue
        yield Pair(
            relation=relations()["country_households"],
            numerator=(homes,),
            denominator=(share,),
            figure=quotient(figure(homes), figure(share), 1.0),
        )


def _is_next(ratio: TextQuantity, other: TextQuantity) -> bool:
    return unit_of(ratio) == "dimensionless" and ratio.sentence == other.sentence


_OF_HOMES = re.compile(
    r" of (?:all )?(?:the )?(?:[A-Za-z.]+(?:'s|’s)? ){1,2}(?:homes|households)\b"
    r"| of (?:all )?(?:the )?(?:homes|households) in (?:the )?[A-Z][A-Za-z.]+(?: [A-Z][a-z]+)?"
)
