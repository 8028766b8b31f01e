"""Whether a figure is one machine's, a phase's or the whole project's."""

import re
from collections.abc import Sequence

from wafer_calc.claims.reading.around import Meaning, direct_words, pick
from wafer_calc.claims.reading.cues import Marks
from wafer_calc.claims.reading.figure import Printed
from wafer_calc.claims.reading.hints import WORKS, Hint
from wafer_calc.claims.reading.nouns import IN_ALL, PLANTS
from wafer_calc.claims.reading.phases import phases_alone, phases_told
from wafer_calc.claims.records import ALIKE

__all__ = ["parts_and_phases", "single_machines"]

_UNIT_GAP = re.compile(
    r"[,， ]{0,2}(?:单机|单台|每台|单机容量|每台容量|单台容量|单机功率|容量|功率|的|为|of|rated|at|each|is|with|a|capacity|"
    r"that|are|producing|generating|up|to|at|wind|siemens|vestas|ge|\(|（| )*(?:约|为)?"
)
_TOTAL = re.compile(r"t(?<!\wt)otal(?:l?ing)?\b[\w ]*$|a(?<!\wa)ltogether\b[\w ]*$|合计|共计|总计")
_WORKS_COUNTED = re.compile(rf"(?:{PLANTS})$")
_MORE_SIZES = re.compile(
    rf",? (?:and )?[0-9][0-9.,]*[ -]?(?:mw|gw|kw|megawatts?|gigawatts?)\b(?! (?:each|{IN_ALL}))"
)
_IN_ALL = re.compile(rf" (?:{IN_ALL})\b")
_TOTAL_REACH = 24  # characters before a figure in which it is called a total
_ADJECTIVE = re.compile(r"[0-9a-z,. ]+-[a-z]+(?<!s)$")
_PHASE_BEHIND = re.compile(
    r" (?:(first|initial)|(second)|(third)|(fourth)|(fifth)|(sixth)|(seventh)|(eighth)) (?:phase|stage)\b"
)
# "75 MW in phase I, 680 MW in phase II"; "the 25 GW Hohhot phase five project"
_OWN_PHASE = re.compile(
    r" (?:\(|in |for |from |under |at |(?:[a-z]+ ){1,2})?(?:the )?(?:phase (?:(1|i|one)|(2|ii|two)|(3|iii|three)|(4|iv|four)|(5|v|five))"
    r"|(first|initial) (?:phase|stage)|(second) (?:phase|stage)|(third) (?:phase|stage))\b"
)
# "装机容量3.06万千瓦的大西山一期工程"
_HAN_PHASE = re.compile(r"的[\u4e00-\u9fff]{0,8}?([一二三四五])期(?:工程|项目)")
_NAMED_PHASES = 5  # groups of the pattern that stand for phases one to five
_LEAST_PLANT_W = 2000.0  # less is one module


def parts_and_phases(
    folded: str,
    marks: Marks,
    printed: Sequence[Printed],
    hints: Sequence[Hint],
    meanings: Sequence[Meaning],
) -> tuple[list[str], list[str | None]]:
    """Tell for each quantity whose part it is, and which phase is being spoken of."""
    parts: list[str] = []
    phases: list[str | None] = []
    phase: str | None = None
    sticky_unit = pending = machine = in_phase = among = False
    at = told_until = turned = 0
    turns_alone = phases_alone(folded)
    named: set[str] = set()  # phases, in the sentence
    wholes: set[float] = set()  # powers of whole projects so far
    starts, _, said, levels, turns = marks
    size = len(turns)
    listed = phases_told(folded, printed)
    for index, one in enumerate(printed):
        while at < size and (mark := starts[turns[at]]) < one.start:
            tags, level = said[turns[at]], levels[turns[at]]
            at += 1
            if level > 0:
                pending = in_phase = False
                machine = machine and level < 2
                among = among and level < 3
                if level >= 4:
                    sticky_unit = False
                if level == 5 or (level >= 3 and len(named) > 1):
                    phase = None  # what comes behind a list of phases is of them all
                if level >= 4:
                    named.clear()
                continue
            if "back" in tags.get("project", ()) and folded.endswith((". ", "。"), 0, mark):
                phase = None  # "The project will …": a sentence on all of it
            if "phase" in tags and mark >= told_until:
                phase = pick(tags["phase"])
                in_phase = True
                among = among or folded.endswith("其中", 0, mark)
            part = tags.get("part")
            if part is not None:
                # nor "一期项目总投资" or "其中一期…，全部达产后", all of the phase
                if "whole" in part and not (in_phase or among):
                    phase, sticky_unit = None, False
                # "six of 300 MW each" speaks of the power before it alone
                told = index and hints[index - 1].each_behind and mark - printed[index - 1].end < 2
                if "unit" in part and not told:
                    pending = True
        while turned < len(turns_alone) and turns_alone[turned][0] < one.start:
            phase, in_phase = turns_alone[turned][1], True
            turned += 1
        part_name = "whole"
        base = one.unit.base
        kind = meanings[index].kind
        if one.size_class:
            part_name = "class"
        elif base == "W" and kind == "capacity":
            if ALIKE not in listed.get(index, "") and _is_unit(
                folded, printed, hints[index], index, pending, parts
            ):
                before = printed[index - 1] if index else one
                several = before.unit.base == "count" and before.value != 1.0
                part_name, machine = "unit", not several
            pending = False
        elif pending and kind in ("generation", "investment", "mass_coal", "mass_co2", "homes"):
            part_name, sticky_unit, pending = "unit", True, False
        elif sticky_unit and kind in ("generation", "mass_coal", "mass_co2", "homes", "other"):
            part_name = "unit"
        elif base == "m**2" and _is_of_each(printed, hints, parts, index):
            part_name = "unit"  # "two parks, each with 150 MW on 125 hectares"
        elif machine and kind == "homes":
            part_name = "unit"  # "each 750 kW turbine makes enough for 260 homes"
        able = base == "W" or kind == "investment"
        behind = _PHASE_BEHIND.match(folded, one.end) if able else None
        if behind is not None:
            phase = str(behind.lastindex)
        own = _OWN_PHASE.match(folded, one.end) if base == "W" and behind is None else None
        mine = phase
        if own is not None and own.lastindex is not None:
            told_until = own.end()  # which says nothing of what follows
            mine = str((own.lastindex - 1) % _NAMED_PHASES + 1)
        elif base == "W" and (han := _HAN_PHASE.match(folded, one.end)):
            mine = str("一二三四五".index(han[1]) + 1)
        mine = listed.get(index, mine)
        if mine is not None and base == "W" and kind == "capacity" and one.most in wholes:
            phase = mine = None  # 三期全部达产后形成50GW: as much as the whole is the whole
        if part_name == "whole" and mine is not None and base != "dimensionless":
            part_name = "phase"
            if kind in ("capacity", "investment"):
                named.add(mine)
        if part_name == "whole" and base == "W" and kind == "capacity":
            wholes.add(one.most)
        parts.append(part_name)
        phases.append(mine)
    return parts, phases


def _is_of_each(
    printed: Sequence[Printed], hints: Sequence[Hint], parts: Sequence[str], index: int
) -> bool:
    """Whether an area stands right behind the power of each of several plants."""
    if not index or parts[-1] != "unit" or not hints[index - 1].each_before:
        return False
    gap = printed[index].start - printed[index - 1].end
    return gap < _BESIDE and printed[index - 1].most >= _LEAST_PLANT_W


_BESIDE = 24


def _is_unit(
    folded: str,
    printed: Sequence[Printed],
    said: Hint,
    index: int,
    pending: bool,
    parts: Sequence[str],
) -> bool:
    """Whether a power is one machine's: 50台2MW风机, 1500 kW × 33, 7 MW each, 单机容量."""
    one = printed[index]
    following = printed[index + 1] if index + 1 < len(printed) else None
    if following is not None and following.unit.base == "count":
        times = _TIMES.fullmatch(folded, one.end, following.start)
        if times is not None:
            return True
    if folded[one.end - 1].isdigit():
        return False  # of a list whose unit stands behind the last: three units, of 126, 133 and 133 MW
    if _MORE_SIZES.match(folded, one.end):
        return False  # "three plants of 250 MW, 50 MW and 30 MW"
    before = printed[index - 1] if index else None
    if (
        before is not None
        and before.unit.base == "count"
        and folded.endswith(_EACH_OF, 0, before.start)
        and _OF_EACH.fullmatch(folded, before.end, one.start)
    ):
        return True  # "each of the two reactors built at the site has a capacity of 1,117 MW"
    since = max(one.start - _TOTAL_REACH, before.end if before is not None else 0)
    all_told = _TOTAL.search(folded, since, one.start)
    if (all_told and "单机" not in folded[since : one.start]) or _IN_ALL.match(folded, one.end):
        return False  # "4 units of 300 MW each for a total of 1.2 GW"
    if (
        before is not None
        and before.unit.base in ("count", "panel")
        and one.start - before.end < 40
    ):
        between = folded[before.end : one.start]
        value = one.most
        if before.unit.base == "panel" and value >= _LEAST_PLANT_W:
            return False  # 21,000 panels with a capacity of 5.8 MW
        if _ADJECTIVE.match(folded, before.start, before.end):
            return False  # "a 16-turbine, 13.3MW wind farm"
        if "each" not in between and _WORKS_COUNTED.search(folded, before.start, before.end):
            return False  # "forty photovoltaic projects of 953 MW"
        if folded[before.end - 1] == "座" and not any(mark in between for mark in "单各均每"):
            return False  # 风电场37座，容量375.77万千瓦
        each = _UNIT_GAP.fullmatch(between) or "单机" in between or "each" in between
        if value > _LARGEST_TURBINE_W and "each" not in between and _MADE_BY_ALL.search(between):
            return False  # "317 turbines producing 1035 MW"
        if each and "总" not in between:
            return before.value != 1.0 or (
                index > 1
                and parts[index - 2] == "unit"  # 24台2兆瓦和1台1.5兆瓦
                and _AND.fullmatch(folded, printed[index - 2].end, before.start) is not None
            )
    value = one.most
    if value < _LEAST_PLANT_W:
        return True
    of_one = pending and said.each_before
    return said.each_behind or (of_one and WORKS.isdisjoint(direct_words(folded, one.end, 4)))


_TIMES = re.compile(r" ?[×x*] ?")
_AND = re.compile(r"[和、及与,，]|,? and |, ")
_EACH_OF = ("each of the ", "each of its ", "each of ")


_OF_EACH = re.compile(r"[^.,;0-9]{0,80}\b(?:has|have|with|of)\b[^.,;0-9]{0,40}")


_LARGEST_TURBINE_W = 3e7


_MADE_BY_ALL = re.compile(r"\b(?:producing|generating|with|that|capacity)\b")


def single_machines(
    printed: Sequence[Printed],
    meanings: Sequence[Meaning],
    parts: list[str],
    owners: Sequence[int],
) -> None:
    """Where a text is about one machine alone, that machine is the whole."""
    groups: dict[int, list[int]] = {}
    for index, owner in enumerate(owners):
        groups.setdefault(owner, []).append(index)
    for mine in groups.values():
        if not any(parts[i] == "unit" for i in mine):
            continue
        powers = [i for i in mine if meanings[i].kind == "capacity" and parts[i] != "class"]
        if any(parts[i] not in ("unit", "yardstick") for i in powers):
            continue
        if any(printed[i].unit.base == "panel" and printed[i].value != 1.0 for i in mine):
            continue
        several = any(
            printed[i].unit.base == "count"
            and printed[i].value != 1.0
            and meanings[i].role in ("turbines", "units")
            for i in mine
        )
        if several:
            continue
        for i in mine:
            if parts[i] == "unit":
                parts[i] = "whole"
