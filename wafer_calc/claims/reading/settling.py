"""What only the words around a figure tell: whose period, size, part or noun it is."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import Any, NamedTuple, TypeAlias

from wafer_calc.claims.reading.nouns import IN_ALL, PLANTS, any_of
from wafer_calc.claims.records import Kind, TextQuantity
from wafer_calc.claims.values import COUNTED, figure
from wafer_calc.tables import read_table

_Search: TypeAlias = Callable[..., re.Match[str] | None]

_BESIDE = 6
_WINDOW = 80
_REST = 200  # of a text's last sentence
_WORKS = re.compile(rf"(?:{PLANTS}|-[a-z]+)$", re.IGNORECASE)
_MORE_SIZES = re.compile(
    rf",? (?:and )?[0-9][0-9.,]*[ -]?(?:[mgk]w|megawatts?)\b(?! (?:each|{IN_ALL}))",
    re.IGNORECASE,
)
_TIMES = frozenset({"", "of", "x", "×", "*", "单机容量", "单机", "单台", "each"})
_YEARLY = re.compile(
    r"(?<![0-9])年|annual|per year|a year|each year|every year|yearly|p\.a\.", re.IGNORECASE
)
_OPEN_PARTS = tuple(map(re.compile, ("其中", "of which", "among them")))  # faster one by one
_CLAUSE = re.compile(r"[，。；！？,;.](?:(?<!\.)|\s)")
_STOP = re.compile(r"[。！？；;]|\.\s")
_SPANS = frozenset({"total", "half-year", "month"})
_THAT = re.compile(
    r"(?:^|[.。])\s*(?:(?:This|That|These|It|Which) (?:is|was|are|equals?|meets?|suppl\w+|would|has|have|saved|avoided|prevented|cut|reduced|offset)\b"
    r"|(?:Its|The|Their) (?:\w+ )?(?:power|electricity|energy|output|generation) (?:of [^.;]{1,40} )?(?:(?:that )?(?:it|they) (?:has |have )?(?:generated|produced|sent out) )?(?:is|was|were|equals?) (?:equal|equivalent)\b|相当于|可|这|與|与)"
)
_ADDED = "added"
_AND = re.compile(r"[^.;。；]{0,25}(?:\band|和|及|、|，|,)\s?")
_SAVED = frozenset({"mass_coal", "mass_co2"})
_PART_KINDS = frozenset({"generation", "capacity", "mass_coal", "mass_co2", "homes"})


def settled(segments: Iterable[Sequence[TextQuantity]], text: str) -> Iterator[TextQuantity]:
    """Settle what only the neighbours tell.

    "2.5 TWh over 25 years, which saves two million tons": the tons are of the 25 years, since no
    word of a year stands between the energy and them. "25 turbines of 8 MW": the 8 MW are one
    machine's. "240片太阳能板" are panels. "5000 homes for a month": the homes' period. "其中首个
    50万千瓦项目": a part, whose figures are not the whole's.

    Parameters
    ----------
    segments : iterable of sequence of TextQuantity
        One for each project, its quantities in text order.
    text : str
        The text.

    Yields
    ------
    TextQuantity
        The same ones, with kind, unit, part or period as the words beside them tell.
    """
    breaks = [at.start() for at in _CLAUSE.finditer(text)]
    # small letters, each still where it stood: `lower` may make two of one
    small = text.encode("utf-8", "surrogatepass").lower().decode("utf-8", "surrogatepass")
    openings = sorted(at.span() for words in _OPEN_PARTS for at in words.finditer(small))
    for quantities in segments:
        own = tuple([_by_words(q, text, small, breaks) for q in quantities])
        if any([q.unit == "kg" for q in own]):
            own = _respective(own, text)
        if any([q.part == "phase" for q in own]):
            own = _closed(_listed(own, text), text)
        own = _parts(own, text, openings)
        counts = [q for q in own if q.kind == "other" and q.unit in COUNTED]
        own = tuple(
            [
                _sized(_measured(q, own), counts, own, text) if q.kind == "capacity" else q
                for q in own
            ]
        )
        yield from [_of_total(q, own, text) if q.kind in _SAVED else q for q in own]


def _respective(own: tuple[TextQuantity, ...], text: str) -> tuple[TextQuantity, ...]:
    """Give each mass of a list its own noun: "cutting dust, SO2 and CO2 by 7, 6 and 1540 t respectively"."""
    made = list(own)
    for n, first in enumerate(own):
        if first.unit != "kg":
            continue
        run = [first]
        while (k := n + len(run)) < len(own) and _lists_on(run[-1], own[k], text):
            run.append(own[k])
        listed = n > 0 and _lists_on(own[n - 1], first, text)
        if len(run) < _LEAST_RUN or listed:
            continue
        since = max(own[n - 1].end if n else 0, first.start - _NOUNS_REACH)
        if not _EACH_OWN.search(text, since, run[-1].end + _BEHIND):
            continue
        kinds = [_kind_of(noun) for noun in _NOUNS.split(text[since : first.start])[-len(run) :]]
        if len(kinds) == len(run) and "mass_co2" in kinds:
            made[n : n + len(run)] = [
                replace(q, kind=kind, role=_ROLES[kind]) for q, kind in zip(run, kinds, strict=True)
            ]
    return tuple(made)


def _lists_on(one: TextQuantity, other: TextQuantity, text: str) -> bool:
    return one.unit == other.unit == "kg" and bool(_LIST_GAP.fullmatch(text, one.end, other.start))


def _kind_of(noun: str) -> Kind:
    if _CO2.search(noun):
        return "mass_co2"
    return "mass_coal" if _COAL.search(noun) else "other"


_ROLES = {"mass_co2": "CO2 avoided", "mass_coal": "coal avoided", "other": "pollutant avoided"}
_EACH_OWN = re.compile(r"respectively|分别| and [a-z0-9 ]{2,24} by (?=[0-9])", re.IGNORECASE)
_NOUNS = re.compile(r",? and |, |、|和|及|与")
_CO2 = re.compile(r"co2|co₂|carbon dioxide|二氧化碳", re.IGNORECASE)
_COAL = re.compile(r"coal|煤", re.IGNORECASE)
_LIST_GAP = re.compile(r"\s?(?:,|，|、|and|和|及|, and)\s?")
_NOUNS_REACH = 120  # characters in which the nouns of a list stand
_BEHIND = 24


def _listed(own: tuple[TextQuantity, ...], text: str) -> tuple[TextQuantity, ...]:
    """Let an addition's word hold for the rest of its list: "new capacity was 12 GW of PV and 6 of wind"."""
    made = list(own)
    for n, (one, other) in enumerate(zip(own, own[1:], strict=False), start=1):
        first = made[n - 1]
        if first.phase != _ADDED:
            continue
        like = (other.kind, other.unit, other.part) == (one.kind, one.unit, "whole")
        if like and _AND.fullmatch(text, one.end, other.start):
            made[n] = replace(other, part="phase", phase=_ADDED)
    return tuple(made)


def _closed(own: tuple[TextQuantity, ...], text: str) -> tuple[TextQuantity, ...]:
    """Give back to the whole what follows a list of its phases.

    "总装机127.2万千瓦，其中一期54、二期73.2万千瓦，年发电50亿度": the energy is not the second phase's.
    """
    made = list(own)
    for n, last in enumerate(own):
        if last.part != "phase":
            continue
        run = [last]
        while (k := n - len(run)) >= 0 and _beside(own[k], run[0]):
            run.insert(0, own[k])
        heads = [q for q in own[: n - len(run) + 1] if _heads(q, last)]
        following = own[n + 1] if n + 1 < len(own) else None
        listed = following is not None and _beside(last, following)
        if len(run) < _LEAST_RUN or listed:
            continue
        if not heads and not _LIST_OF_PHASES.fullmatch(text, run[-2].end, last.start):
            continue
        whole = figure(heads[-1]).mid if heads else 0.0
        if heads and abs(sum(figure(q).mid for q in run) - whole) > _ROUNDED * whole:
            continue
        for m in range(n + 1, len(own)):
            q = own[m]
            if q.sentence != last.sentence or (q.part, q.phase) != ("phase", last.phase):
                break
            made[m] = replace(q, part="whole", phase=None)
    return tuple(made)


def _beside(one: TextQuantity, other: TextQuantity) -> bool:
    alike = (one.kind, one.unit, one.per) == (other.kind, other.unit, other.per)
    return alike and one.part == other.part == "phase" and one.phase != other.phase


def _heads(whole: TextQuantity, part: TextQuantity) -> bool:
    return (whole.kind, whole.unit, whole.per, whole.part) == (
        part.kind,
        part.unit,
        part.per,
        "whole",
    )


_LIST_OF_PHASES = re.compile(r"(?:、|和|及|与)[^，。；]{0,6}| (?:in|for) phase [a-z0-9]+,? and $")
_LEAST_RUN = 2
_ROUNDED = 0.01


def _measured(quantity: TextQuantity, own: Sequence[TextQuantity]) -> TextQuantity:
    """Take 300兆瓦级 for the plant's size where none other is printed; 百万千瓦级 is a class alone."""
    if quantity.part != "class" or not quantity.text[0].isdigit():
        return quantity
    alone = all(q.kind != "capacity" or q.part == "class" for q in own)
    return replace(quantity, part="whole") if alone else quantity


def _by_words(quantity: TextQuantity, text: str, small: str, breaks: Sequence[int]) -> TextQuantity:
    found = _rows(quantity.kind, quantity.unit)
    if not found.all:
        return quantity
    start, end = quantity.start, quantity.end
    since, until = start - _WINDOW, end + _WINDOW
    before = bisect_left(breaks, start)
    if before and (opened := breaks[before - 1]) >= since:
        since = opened + 1 + (text[opened] == ".")
    behind = bisect_left(breaks, end, before)
    if behind < len(breaks) and breaks[behind] < until:
        until = breaks[behind]
    rows = found.quiet
    if found.cues(small, since, start):
        rows = rows | found.told(small[max(since, 0) : start])
    if found.after(text, end, until):
        rows = rows | found.followed
    for index in sorted(rows) if rows else ():
        row = _row(index)
        if row.after is not None and not row.after(text, end, until):
            continue
        if row.own is not None and not row.own(quantity.text):
            continue
        if row.before is not None and not row.before(text, since, start):
            continue
        apart = quantity.part != "whole"
        if apart and (row.part == "unit" or row.given.get("phase") == _ADDED):
            continue  # whose part it is, is told already: "the second phase adds 25 GW"
        if row.forbidden is not None and row.forbidden(text, since, until):
            continue
        return replace(quantity, **row.given)
    return quantity


def _parts(
    own: tuple[TextQuantity, ...], text: str, openings: Sequence[tuple[int, int]]
) -> tuple[TextQuantity, ...]:
    """Make what follows "of which", up to the end of its sentence, a part of its own.

    Only where the same kind of figure stands before it as the whole's, and where the part has a
    capacity: "总投资50亿元，其中设备30亿元，年发电量8亿度" leaves the energy with the whole.
    """
    last = own[-1].end
    at = bisect_left(openings, (own[0].start, 0))
    if at == len(openings) or openings[at][1] > last:
        return own
    opens, since = openings[at]
    stop = _STOP.search(text, since, last)
    end = stop.start() if stop else last
    inside = [q for q in own if since <= q.start < end and q.kind in _PART_KINDS]
    outside = {q.kind for q in own if q.start < opens and q.part == "whole"}
    sizes = [q for q in inside if q.kind == "capacity" and q.part == "whole"]
    rest = [q for q in inside if q.kind != "capacity"]
    if len(sizes) != 1 or not rest or not any(q.kind in outside for q in inside):
        return own
    marked = {q.id for q in inside if q.part == "whole"}
    return tuple(
        replace(q, part="phase", phase=text[opens:since]) if q.id in marked else q for q in own
    )


def _sized(
    quantity: TextQuantity,
    counts: Sequence[TextQuantity],
    quantities: Sequence[TextQuantity],
    text: str,
) -> TextQuantity:
    if quantity.part != "whole":
        return quantity
    counted = any(
        0 <= quantity.start - q.end <= _BESIDE
        and not _WORKS.search(q.text)
        and text[q.end : quantity.start].strip().casefold() in _TIMES
        for q in counts
    )
    if not counted or _MORE_SIZES.match(text, quantity.end):
        return quantity  # "three plants of 250 MW, 50 MW and 30 MW"
    larger = any(q.kind == "capacity" and figure(q).low > figure(quantity).high for q in quantities)
    return replace(quantity, part="unit") if larger else quantity


def _of_total(
    quantity: TextQuantity, quantities: Sequence[TextQuantity], text: str
) -> TextQuantity:
    if quantity.per != "year":
        return quantity
    saved = [q for q in quantities if q.id == quantity.id - 1 and q.kind in _SAVED]
    if saved and saved[0].per == "total" and saved[0].sentence == quantity.sentence:
        said = text[saved[0].end : quantity.start]
        return quantity if _YEARLY.search(said) else replace(quantity, per="total")
    before = [q for q in quantities if q.kind == "generation" and q.id < quantity.id]
    if (
        not before
        or before[-1].per not in _SPANS
        or quantity.sentence > before[-1].sentence + _LATER
    ):
        return quantity
    stop = _STOP.search(text, quantity.end, quantity.end + _REST)
    said = text[before[-1].end : stop.start() if stop else quantity.end + _REST]
    if _YEARLY.search(said):
        return quantity
    opens = max(text.rfind(mark, 0, quantity.start) for mark in (". ", "。"))
    if quantity.sentence > before[-1].sentence and not _THAT.match(text, opens):
        return quantity
    return replace(quantity, per=before[-1].per)


_LATER = 2  # sentences behind the energy


class _Row(NamedTuple):
    """A row of the table: its patterns' searches, and what it sets."""

    part: str | None
    before: _Search | None
    own: _Search | None
    after: _Search | None
    forbidden: _Search | None
    given: dict[str, Any]


@cache
def _table() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = read_table("wafer_calc.claims.reading", "settling")["word"]
    return rows


class _Rows(NamedTuple):
    """The rows of the table for a kind in a unit, by number.

    `cued` are those that need one of some cues before, which `cues` finds; `followed` those that
    need what `after` finds behind; `quiet` need neither.
    """

    all: frozenset[int]
    quiet: frozenset[int]
    followed: frozenset[int]
    cued: tuple[tuple[str, frozenset[int]], ...]
    cues: _Search
    after: _Search

    def told(self, clause: str) -> set[int]:
        """Give the rows whose cues stand in a clause."""
        return {index for cue, rows in self.cued if cue in clause for index in rows}


@cache
def _rows(kind: str, unit: str) -> _Rows:
    fitting = {
        index: row
        for index, row in enumerate(_table())
        if kind in row["kinds"] and unit in row.get("units", (unit,))
    }
    cued: dict[str, set[int]] = {}
    for index, row in fitting.items():
        for cue in row["cues"].split("|") if "cues" in row else ():
            cued.setdefault(cue, set()).add(index)
    followed = {i: row for i, row in fitting.items() if "after" in row and "cues" not in row}
    after = (f"(?:{row['after']})" for row in followed.values())
    return _Rows(
        frozenset(fitting),
        frozenset(fitting) - followed.keys() - set().union(*cued.values()),
        frozenset(followed),
        tuple((cue, frozenset(rows)) for cue, rows in cued.items()),
        re.compile(any_of(cued) or _NEVER).search,
        re.compile("|".join(after) or _NEVER, re.IGNORECASE).match,
    )


_NEVER = "(?!)"


@cache
def _row(index: int) -> _Row:
    """Give a row, its patterns compiled when it is first wanted."""
    row = _table()[index]
    made = {name: re.compile(row[name], re.IGNORECASE) for name in _PATTERNS if name in row}
    before, own, forbidden = (
        made[name].search if name in made else None for name in ("before", "own", "not")
    )
    after = made["after"].match if "after" in made else None
    return _Row(row["set"].get("part"), before, own, after, forbidden, row["set"])


_PATTERNS = ("before", "own", "after", "not")
