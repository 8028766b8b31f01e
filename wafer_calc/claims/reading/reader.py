"""The door from a text to its quantities."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from operator import attrgetter
from typing import Any

from wafer_calc.claims.reading.around import Meaning, around, comparator
from wafer_calc.claims.reading.cues import Marks, find_marks
from wafer_calc.claims.reading.factories import is_factory, is_storage
from wafer_calc.claims.reading.figure import BATCH, Printed, drained, in_batches
from wafer_calc.claims.reading.hints import Hint, hint
from wafer_calc.claims.reading.local import local_units
from wafer_calc.claims.reading.meaning import meaning
from wafer_calc.claims.reading.printed import find_printed
from wafer_calc.claims.reading.projects import belongings
from wafer_calc.claims.reading.settling import settled
from wafer_calc.claims.records import (
    Draft,
    Intended,
    TextQuantities,
    TextQuantity,
    is_region,
    segments,
)
from wafer_calc.errors import ReadError
from wafer_calc.numerals import fold

__all__ = ["punctuated", "read_quantities"]

_SENTENCE = 4  # the level of a break that ends one
_OF_FACTORIES = frozenset(("W", "piece", "panel", "count"))
_POWERS = 8  # so many of those before are remembered
_LISTED = re.compile(r"[、,，和及与]|, | and |, and ")


def read_quantities(text: str) -> TextQuantities:
    """Read the quantities of a Chinese or English text on energy.

    Parameters
    ----------
    text : str
        A sentence, an article or a page; traditional characters and full-width forms included.

    Returns
    -------
    TextQuantities
        A tuple of TextQuantity, in the text's order, not overlapping; empty where the text has none. Years, dates,
        ordinals, names with digits and numbers of more than forty digits are no quantities.

    Raises
    ------
    ReadError
        Not a string.

    Examples
    --------
    >>> for q in read_quantities("年发电量将会超过600亿度"):
    ...     print(q.text, q.cmp, f"{q.value:.0f}", q.unit, q.per)
    600亿度 >= 60000000000 kWh year
    """
    if not isinstance(text, str):
        raise ReadError(
            f"text: {type(text).__name__} came, wanted a string; decode bytes first, with .decode()"
        )
    written, text = text, punctuated(text)
    folded = fold(text)
    printed = find_printed(text, folded)
    if not printed:
        return TextQuantities()
    marks = find_marks(folded)
    printed = local_units(folded, marks, printed)
    stops = [marks.starts[i] for i in marks.turns if marks.levels[i] >= _SENTENCE]
    meanings, factories, hints = _told(folded, marks, printed)
    sentences = [bisect_left(stops, one.start) for one in printed]
    belong = belongings(text, folded, marks, printed, hints, meanings, factories, stops, sentences)
    made: list[TextQuantity] = []
    of_each = zip(in_batches(belong), drained(printed), meanings, sentences, strict=True)
    for whose, one, meant, sentence in of_each:
        if not meant.keep:
            continue
        draft: Any = Draft()
        draft.id = len(made)
        draft.start, draft.end = one.start, one.end
        draft.text = written[one.start : one.end]
        draft.value, draft.unit = one.value, one.unit.base
        draft.number, draft.resolution = one.number, one.resolution
        draft.kind, draft.cmp, draft.per, draft.role, slip, _ = meant
        draft.project, draft.part, draft.phase = whose.project, whose.part, whose.phase
        draft.technology, draft.place = whose.technology, whose.place
        draft.yardstick, draft.entity = whose.yardstick, whose.entity
        draft.intended = _intended(one) if slip else None
        draft.sentence = sentence
        made.append(draft.frozen())
    return TextQuantities(sorted(settled(segments(made), text), key=attrgetter("id")))


def punctuated(text: str) -> str:
    """Give a text with the stops that Chinese has beside its characters: 投产,年发电 as 投产，年发电.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    str
        As long as `text`, character for character; the same where it has no Chinese.
    """
    return text if text.isascii() else _STOP.sub(lambda stop: _WIDE[stop[0]], text)


_STOP = re.compile("[,;:](?:(?<=[\u4e00-\u9fff].)|(?=[\u4e00-\u9fff]))")
_WIDE = {",": "，", ";": "；", ":": "："}


def _told(
    folded: str, marks: Marks, printed: Sequence[Printed]
) -> tuple[list[Meaning], list[bool], list[Hint]]:
    """Tell what each quantity means, whether it is a factory's, and what is said of whose it is."""
    hints: list[Hint] = []
    meanings: list[Meaning] = []
    factories: list[bool] = []
    previous: tuple[Printed, Meaning] | None = None
    factory: bool | None = None
    powers: list[float] = []
    for begin in range(0, len(printed), BATCH):
        batch = printed[begin : begin + BATCH]
        places = [bisect_left(marks.starts, one.start) for one in batch]
        nears = [around(marks, at, printed, index) for index, at in enumerate(places, begin)]
        for one, at, near in zip(batch, places, nears, strict=True):
            found = bool(factory)
            if one.unit.base in _OF_FACTORIES:
                found = is_factory(folded, one, near, factory, marks, at)
                if one.unit.base == "W":
                    factory = found
            factories.append(found)
        compared = [comparator(folded, *each) for each in zip(batch, nears, strict=True)]
        for index, (one, near, cmp) in enumerate(zip(batch, nears, compared, strict=True), begin):
            base = one.unit.base
            meant = meaning(
                folded,
                one,
                near,
                cmp,
                previous=previous,
                following=printed[index + 1] if index + 1 < len(printed) else None,
                factory=factories[index],
                storage=base == "kWh" and is_storage(near),
                powers=powers,
            )
            if meant.cmp == "=" and previous is not None and _shares_about(folded, one, previous):
                meant = meant._replace(cmp="~")
            if base == "W" and meant.kind == "capacity" and isinstance(one.value, float):
                powers = [*powers[1 - _POWERS :], one.value]
            meanings.append(meant)
            previous = (one, meant)
        said = zip(batch, nears, meanings[begin:], factories[begin:], strict=True)
        hints += [hint(folded, *each) for each in said]
        for index, one in enumerate(batch, begin):
            if one.unit.base == "dimensionless" and is_region(hints[index].yardstick):
                meanings[index] = meanings[index]._replace(
                    kind="energy_ratio", per="none", role="ratio to yardstick"
                )
    return meanings, factories, hints


def _shares_about(folded: str, one: Printed, previous: tuple[Printed, Meaning]) -> bool:
    """Tell whether the 约 of a list's first member holds for this one: 分别约109亿元、96亿元."""
    first, meant = previous
    if meant.cmp != "~" or first.unit.base != one.unit.base:
        return False
    if not _LISTED.fullmatch(folded, first.end, one.start):
        return False
    lead = folded[max(0, one.start - 60) : one.start]
    return "分别约" in lead or folded.startswith(" respectively", one.end)


def _intended(one: Printed) -> Intended | None:
    """Give the sibling unit's reading: kW printed for kWh, and the other way."""
    if not isinstance(one.value, float):
        return None
    if one.unit.base == "W":
        return Intended(value=one.value / 1e3, unit="kWh")
    return Intended(value=one.value * 1e3, unit="W")
