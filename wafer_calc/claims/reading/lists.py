"""Figures that their neighbours complete: ranges, the same amount again, lists with one unit."""

import re
from collections.abc import Sequence

from wafer_calc.claims.reading.figure import Printed, changed, with_unit
from wafer_calc.claims.reading.nouns import is_year
from wafer_calc.numerals import numeral_at

__all__ = ["before_the_unit", "joined"]

_FROM = re.compile(r"(?:从|由|自|较|from|by|up|adds|adding)\s?(?:约|about |nearly |around )?$")
_BETWEEN = re.compile(r"\bbetween (?:about |around |roughly |some )?$")
_ANY_FROM = re.compile(r"\b(?:anywhere|any|rang(?:e|es|ed|ing)|var(?:y|ies|ied|ying)) from $")
_RANGE_REACH = 24
_RANGE_GAP_REACH = 5
_RANGE_GAP = re.compile(r" ?(?:-|~|—|至|到| to )[ ]?$|^ to $|^-to-$")
_COPY_GAP = re.compile(
    r" ?\(?(?:,|，)?(?:\(|折合|约合|合|约折合)(?:人民币|约|about |approximately |around |approx\.? |or |equal to |equivalent to |roughly |~|≈|合|折合)*"
)
_EQUAL_GAP = re.compile(
    r"(?: of)? (?:co2|carbon dioxide)? ?(?:emissions)?,? ?(?:or|the equivalent of|equivalent to|equal to|that is) (?:about |around |some |roughly )?"
)


def joined(folded: str, found: list[Printed], one: Printed) -> Printed:
    """Merge 1.5亿度至2亿度 into one range, and mark a figure given again in another unit."""
    last = found[-1]
    gap = one.start - last.end
    if gap > 48:
        return one
    between = folded[last.end : one.start]
    copied = "(" in between or "合" in between
    if not copied and gap > _RANGE_GAP_REACH and one.unit.base != "kg":
        return one
    if (
        gap <= _RANGE_GAP_REACH
        and last.unit.base == one.unit.base
        and isinstance(last.value, float)
        and isinstance(one.value, float)
        and isinstance(last.number, float)
        and isinstance(one.number, float)
        and last.value < one.value
        and _spans(folded, last.start, between)
    ):
        found.pop()
        return changed(
            one, start=last.start, value=(last.value, one.value), number=(last.number, one.number)
        )
    again = (copied and _COPY_GAP.fullmatch(between)) or (
        one.unit.base == "kg"
        and _EQUAL_GAP.fullmatch(between)
        and not folded.startswith(" of ", one.end)
    )
    if again and last.unit.name != one.unit.name:
        same = last.unit.base == one.unit.base or (
            last.unit.base.isupper() and one.unit.base.isupper() and len(one.unit.base) == 3
        )
        if same and one.unit.base not in ("dimensionless", "count"):
            return changed(one, copy=True)
    return one


def _spans(folded: str, start: int, between: str) -> bool:
    """Whether the words before and between two figures make them the ends of a range."""
    since = max(0, start - _RANGE_REACH)
    if between == " and ":
        return _BETWEEN.search(folded, since, start) is not None
    if not _RANGE_GAP.fullmatch(between):
        return False
    return not _FROM.search(folded, since, start) or bool(_ANY_FROM.search(folded, since, start))


def before_the_unit(folded: str, found: Sequence[Printed], one: Printed) -> list[Printed]:
    """Read the first figures of a list whose unit stands behind the last: "126, 133 and 133 MW"."""
    if one.unit.base not in _LISTED_BASES or not folded.endswith(" and ", 0, one.start):
        return []
    since = max(one.start - _LISTED_REACH, found[-1].end if found else 0)
    listed = _BARE_LIST.search(folded, since, one.start)
    if listed is None:
        return []
    read: list[Printed] = []
    for bare in _BARE.finditer(folded, listed.start(1), listed.end(1)):
        numeral = numeral_at(folded, bare.start())
        if numeral is None or numeral.end != bare.end() or is_year(numeral):
            continue
        made = with_unit(folded, numeral, numeral.start, numeral.end, one.unit)
        if made is not None:
            read.append(made)
    return read


_LISTED_BASES = frozenset(("W", "kWh"))
_LISTED_REACH = 60
_BARE = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?(?<!,)")
_BARE_LIST = re.compile(
    r"(?<![a-z0-9.,$£€-])(?<!between )(?<!units )(?<!unit )(?<!phases )(?<!phase )(?<!reactors )(?<!reactor )(?<!stage )(?<!block )(?<!no\. )"
    r"((?:[0-9][0-9,]*(?:\.[0-9]+)?, )*[0-9][0-9,]*(?:\.[0-9]+)?),? and $"
)
