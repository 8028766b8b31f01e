"""Phases that are told in a list, by number or in turn: whose size each figure is."""

import re
from bisect import bisect_left
from collections.abc import Sequence

from wafer_calc.claims.reading.figure import Printed
from wafer_calc.claims.records import ALIKE

__all__ = ["phases_alone", "phases_told"]


def phases_alone(folded: str) -> list[tuple[int, str]]:
    """Give where a phase is named by its number alone: "the first phase will …; the second, costing …"."""
    if "phase" not in folded and "stage" not in folded:
        return []
    return [
        (told.start() + 1, str(1 + (told.lastindex or 1)))
        for told in _ALONE.finditer(folded)
        if _FIRST_PHASE.search(folded, max(0, told.start() - _TURNS_REACH), told.start())
    ]


_ALONE = re.compile(
    r" the (?:(second)(?<=[;,.d] the second)|(third)(?<=[;,.d] the third)|(fourth)(?<=[;,.d] the fourth))(?=, | will | is | has | costs? )"
)
_FIRST_PHASE = re.compile(r"\b(?:first|initial|second) (?:phase|stage)\b")


def phases_told(folded: str, printed: Sequence[Printed]) -> dict[int, str]:
    """Give the phases that are told in a list, by place in `printed`.

    "一期、二期装机容量分别为 …"; "phases one and two of …"; "two phases, the first of 85 MW and the second …".
    """
    found: dict[int, str] = {}
    for told in _EACH_ZH.finditer(folded) if "各" in folded or "均" in folded else ():
        found.update(_alike_phases(folded, printed, told))
    for told in _TOLD.finditer(folded):
        if told[0] in _SEVERAL:
            found.update(_alike_phases(folded, printed, told))
        if told[0] == "分别":
            since = max(0, told.start() - _NAMES_REACH)
            names = _ZH_PHASES.search(folded, since, told.start())
            counted = _SO_MANY_ZH.search(folded, since, told.start())
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


def _alike_phases(folded: str, printed: Sequence[Printed], told: re.Match[str]) -> dict[int, str]:
    """Give the phases of one size as "2+3": "the second and third phases 75 MW each", 二、三期各10万千瓦."""
    index = bisect_left(printed, told.start(), key=lambda one: one.start)
    if index == len(printed) or printed[index].unit.base != "W":
        return {}
    one = printed[index]
    since = max(0, told.start() - _NAMES_REACH)
    alike = _ALIKE.search(folded, since, one.start) or _ALIKE_ZH.search(folded, since, one.start)
    if alike is None or not any(word in alike[0] for word in ("phase", "stage", "期")):
        return {}
    each = alike["each"] or folded.startswith(" each", one.end)
    names = [_PHASE_NUMBERS[name] for name in alike.group("one", "other")]
    return {index: ALIKE.join(names)} if each else {}


_NAME = "[1-5]|i{1,3}|iv|v|one|two|three|four|five"
_ANY = f"{_NAME}|first|second|third|fourth|fifth"
_ALIKE = re.compile(
    rf"(?:phases |stages )?\b(?P<one>{_ANY}) and (?P<other>{_ANY})\b(?: phases| stages)?(?: (?:(?P<each>each)|[a-z]+)){{0,5}} $"
)
_ALIKE_ZH = re.compile(
    r"(?P<one>[一二三四五1-5])期?[、和及与]第?(?P<other>[一二三四五1-5])期(?:工程|项目)?(?:装机|容量|规模|将|建设)*(?P<each>各|均)(?:装机|容量|规模|为|是|达|约)*$"
)


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
        (
            "一 1 i one first",
            "二 2 ii two second 两",
            "三 3 iii three third",
            "四 4 iv four fourth",
            "五 5 v five fifth",
        ),
        start=1,
    )
    for name in names.split()
}
_PHASE = re.compile(r"[一二三四五1-5]|\b(?:one|two|three|four|five|iii|ii|iv|i|v)\b")
_SEVERAL = frozenset(("phases", "ges"))  # ges of stages
_EACH_ZH = re.compile(r"[各均](?<=[期目程模量机设将].)")
_TOLD = re.compile(r"分别|phases?\b|g(?<=stag)es?\b")  # the engine skips to a 分, p or g
_ZH_PHASES = re.compile(
    r"(第?[一二三四五1-5](?:期|阶段)?(?:工程|项目)?(?:[、和及与]第?[一二三四五1-5](?:期|阶段)?(?:工程|项目)?)+)"
    r"(?<=[期段程目])[^0-9，。；,;]{0,16}$"
)
_NAMES_REACH = 60
_EN_PHASES = re.compile(
    rf" ((?:{_NAME})(?:(?:, | and |, and )(?:{_NAME})\b)+)"
    r"(?= (?:are|of|have|had|with|comprise|will have|will be|totall?ing|at|\())"
)
