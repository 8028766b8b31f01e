"""Figures that their neighbours complete: ranges, the same amount again, lists with one unit."""

import re
from bisect import bisect_left
from collections.abc import Sequence

from wafer_calc.claims.reading.figure import Printed, changed, with_unit
from wafer_calc.claims.reading.nouns import is_year
from wafer_calc.numerals import numeral_at

__all__ = ["before_the_unit", "joined", "phases_told"]

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


def phases_told(folded: str, printed: Sequence[Printed]) -> dict[int, str]:
    """Give the phases that are told in a list, by place in `printed`.

    "一期、二期装机容量分别为 …"; "phases one and two of …"; "two phases, the first of 85 MW and the second …".
    """
    found: dict[int, str] = {}
    for told in _TOLD.finditer(folded):
        if told[0] == "分别":
            names = _ZH_PHASES.search(folded, max(0, told.start() - _NAMES_REACH), told.start())
            counted = _SO_MANY_ZH.search(folded, max(0, told.start() - _NAMES_REACH), told.start())
            found.update(_sized_phases(folded, printed, counted, told.end()))
        else:
            found.update(_in_turn(folded, printed, max(0, told.start() - _ORDINAL)))
            if folded.startswith((" of ", ": ", " (", " with "), told.end()):
                counted = _SO_MANY.search(folded, max(0, told.start() - _ORDINAL), told.start())
                found.update(_sized_phases(folded, printed, counted, told.end()))
            names = _EN_PHASES.match(folded, told.end())
        if names is None:
            continue
        phases = _PHASE.findall(names[1])
        first = bisect_left(printed, names.end(), key=lambda one: one.start)
        units = [one.unit.name for one in printed[first : first + len(phases)]]
        if len(units) == len(phases) and len(set(units)) == 1:
            found.update((first + i, _PHASE_NUMBERS[name]) for i, name in enumerate(phases))
    return found


def _sized_phases(
    folded: str, printed: Sequence[Printed], counted: re.Match[str] | None, since: int
) -> dict[int, str]:
    """Give the phases of "three phases of 15 GW, 15 GW and 20 GW": as many powers as there are phases."""
    if counted is None:
        return {}
    size = int(_PHASE_NUMBERS[counted[1]])
    first = bisect_left(printed, since, key=lambda one: one.start)
    run = printed[first : first + size]
    gaps = [
        folded[a.end : b.start]
        for a, b in zip(run, run[1:], strict=False)
        if a.unit.base == b.unit.base == "W"
    ]
    whole = len(gaps) == size - 1 and all(_AND_NEXT.fullmatch(gap) for gap in gaps)
    beside = bool(run) and run[0].start - since <= _BESIDE
    return {first + i: str(i + 1) for i in range(size)} if whole and beside else {}


_SO_MANY = re.compile(r"\b(two|three|four|five|[2-5]) $")
_SO_MANY_ZH = re.compile(r"分([两二三四五2-5])(?:期|个阶段)[^0-9。；]{0,24}$")
_AND_NEXT = re.compile(r",? (?:and )?|[、,，和及与]")
_BESIDE = 12  # characters of " of about "


def _in_turn(folded: str, printed: Sequence[Printed], since: int) -> dict[int, str]:
    """Give the phases that a sentence tells of as "the first" and "the second", two at least."""
    found: dict[int, str] = {}
    stop = folded.find(". ", since, since + _TURNS_REACH)
    stop = since + _TURNS_REACH if stop < 0 else stop
    for index in range(bisect_left(printed, since, key=lambda one: one.start), len(printed)):
        one = printed[index]
        if stop < one.start:
            break
        turn = one.unit.base == "W" and _TURN.search(
            folded, max(since, one.start - _NAMES_REACH), one.start
        )
        if turn and turn.lastindex is not None:
            name = _TURNS[turn.lastindex - 1]
            if name in found.values():
                break
            found[index] = name
        since = one.end
    return found if len(found) > 1 else {}


_TURN = re.compile(
    r"\b(?:the )?(?:(first|initial|one)|(second|other)|(third)|(fourth)|(last|final))\b[^.;0-9]*$"
)
_TURNS = ("1", "2", "3", "4", "last")
_ORDINAL = 8  # characters of "initial " before the phase
_TURNS_REACH = 300
_PHASE_NUMBERS = {
    name: str(number)
    for number, names in enumerate(
        ("一 1 i one", "二 2 ii two 两", "三 3 iii three", "四 4 iv four", "五 5 v five"), start=1
    )
    for name in names.split()
}
_PHASE = re.compile(r"[一二三四五1-5]|\b(?:one|two|three|four|five|iii|ii|iv|i|v)\b")
_TOLD = re.compile(r"分别|phases?\b|g(?<=stag)es?\b")  # the engine skips to a 分, p or g
_ZH_PHASES = re.compile(
    r"(第?[一二三四五1-5](?:期|阶段)?(?:工程|项目)?(?:[、和及与]第?[一二三四五1-5](?:期|阶段)?(?:工程|项目)?)+)"
    r"(?<=[期段程目])[^0-9，。；,;]{0,16}$"
)
_NAMES_REACH = 60
_EN_PHASES = re.compile(
    r" ((?:[1-5]|i{1,3}|iv|v|one|two|three|four|five)"
    r"(?:(?:, | and |, and )(?:[1-5]|i{1,3}|iv|v|one|two|three|four|five)\b)+)"
    r"(?= (?:are|of|have|had|with|comprise|will have|will be|totall?ing|at|\())"
)
