"""Whether a figure is a factory's, a store's, one machine's, a phase's or the whole project's."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from wafer_calc.claims.reading_around import (
    FACTORY_TECH,
    Around,
    Meaning,
    direct_words,
    nearest,
    pick,
    technology_near,
)
from wafer_calc.claims.reading_cues import Marks, Tags
from wafer_calc.claims.reading_figure import Printed
from wafer_calc.claims.reading_lists import phases_told
from wafer_calc.claims.reading_nouns import IN_ALL, PLANTS, words
from wafer_calc.claims.records import COUNTRY

__all__ = [
    "Hint",
    "hint",
    "is_factory",
    "is_storage",
    "parts_and_phases",
    "single_machines",
]

_MACHINES = frozenset(
    ("turbine", "turbines", "machine", "machines", "unit", "units", "generator", "generators",
     "reactor", "reactors", "panel", "panels", "module", "modules")
)  # fmt: skip
_WORKS = frozenset(
    ("factory", "factories", "plant", "farm", "park", "facility", "assembly", "manufacturing",
     "production", "project", "line", "capacity", "gigafactory")
)  # fmt: skip
_FACTORY_PHRASE = re.compile(
    r"[ -](?:[a-z-]{1,20}+,? ){0,4}(?:ingot|wafer|cell|module|polysilicon|panel)s?,? "
    r"(?:[a-z-]{1,20}+,? ){0,5}(?:factory|factories|facility|fab|mill|gigafactory|manufacturing|assembly|plant|line|production (?:site|base|hub|cent(?:er|re)))"
    r"|[ -](?:[a-z-]{1,20}+,? ){0,4}(?:ingot|wafer|cell)s?,? (?:[a-z-]{1,20}+,? ){0,3}(?:project|base|expansion)"
)
_LEAD = 90
_A_YEAR = re.compile(
    r" (?:per annum|(of (?:annual|yearly) (?:production |manufacturing |nameplate )?capacity|a year of (?:wafers|cells|modules|ingots|panels)))\b"
)
_FACTORY_LEAD = re.compile(
    rf"(?:{words('ingot|wafer|cell|module|polysilicon|panel')})s?[ -](?:[a-z-]{{1,20}} ){{0,2}}(?:factory|plant|fab|mill|base|facility|line|capacity|production)\b[^.;]{{0,60}}$"
)
_UNIT_GAP = re.compile(
    r"[,， ]{0,2}(?:单机|单台|每台|单机容量|每台容量|单台容量|单机功率|容量|功率|的|为|of|rated|at|each|is|with|a|capacity|"
    r"that|are|producing|generating|up|to|at|wind|siemens|vestas|ge|\(|（| )*(?:约|为)?"
)


def is_factory(
    folded: str, one: Printed, near: Around, previous: bool | None, marks: Marks, at: int
) -> bool:
    """Tell whether a power is what a factory makes in a year, by the words around it.

    Parameters
    ----------
    folded : str
        The text through `numerals.fold`.
    one : Printed
        The quantity.
    near : Around
        Its cues.
    previous : bool or None
        The answer for the power before, which holds where the words around say nothing.
    marks : Marks
        The cues of the text; the last before the quantity, other sentences' too, are heard last.
    at : int
        Index of the first that starts at or behind the quantity's start.

    Returns
    -------
    bool
        True for a factory, False for a station.
    """
    a_year = _A_YEAR.match(folded, one.end)
    if _FACTORY_PHRASE.match(folded, one.end) or (a_year and (a_year[1] or _has_product(near))):
        return True
    if _FACTORY_LEAD.search(folded, one.start - _LEAD, one.start):
        return True
    for start, end, tags, breaks, crossed in near.behind:
        if breaks >= 2 or crossed or start - one.end > 30:
            break
        made = _is_made(folded[start:end], tags, near)
        if made is not None:
            return made
        technologies = tags.get("tech", frozenset())
        if (
            technologies & FACTORY_TECH
            and folded[start] < "\u2fff"
            and " of " in folded[one.end : start]
        ):
            return True
    votes = 0
    for start, end, tags, breaks, crossed in near.before:
        made = _is_made(folded[start:end], tags, near)
        if made is not None:
            if breaks < 2 and not crossed:
                return made  # the nearest of its own clause
            votes += 1 if made else -1
    if not votes:
        if previous is not None:
            return previous
        for start, end, tags, _, _ in near.behind:
            made = _is_made(folded[start:end], tags, near)
            if made is not None:
                votes += 1 if made else -1
        if not votes:
            votes = sum(1 if "yes" in said else -1 for said in _said_earlier(folded, marks, at))
    return votes > 0


def _is_made(word: str, tags: Tags, near: Around) -> bool | None:
    """Tell whether a word speaks of a factory or of a station; None for neither.

    A solar plant with "a production capacity of 1177 MW" makes no modules, and a turbine may be
    shipped as well as they.
    """
    said = tags.get("factory")
    if said is None or (word in _OF_GOODS and not _has_product(near)):
        return None
    if word in _VAGUE and any("no" in tags.get("factory", ()) for _, _, tags, _, _ in near.before):
        return False
    return "yes" in said


_OF_GOODS = frozenset(("shipped", "shipments"))
_VAGUE = frozenset(("production capacity", "annual production capacity", "annual capacity"))


def _has_product(near: Around) -> bool:
    """Whether the sentence names what a factory makes."""
    return any(
        tags.get("tech", frozenset()) & FACTORY_TECH
        for side in (near.before, near.behind)
        for _, _, tags, _, _ in side
    )


def _said_earlier(folded: str, marks: Marks, at: int) -> list[frozenset[str]]:
    return [
        marks.tags[i]["factory"]
        for i in range(max(0, at - _EARLIER), at)
        if "factory" in marks.tags[i] and folded[marks.starts[i] : marks.ends[i]] not in _OF_GOODS
    ]


_EARLIER = 40  # cues before a power, among which a factory may be told of


def is_storage(near: Around) -> bool:
    """Tell whether batteries or another store are spoken of in the sentence."""
    return any(
        "storage" in tags.get("project", ()) or "storage" in tags.get("tech", ())
        for side in (near.before, near.behind)
        for _, _, tags, _, _ in side
    )


class Hint(NamedTuple):
    """What the words around a quantity say of whose it is; the words themselves are let go.

    Attributes
    ----------
    technology, yardstick, place : str or None
        The nearest that is named.
    compared : bool
        It is said of something that a project is compared with.
    each_before, each_behind : bool
        单机, each … stand before it, or each, 机组, turbine right behind it.
    """

    technology: str | None = None
    yardstick: str | None = None
    place: str | None = None
    compared: bool = False
    each_before: bool = False
    each_behind: bool = False


_NO_HINT = Hint()
_hinted = lru_cache(maxsize=1024)(Hint)  # few are unlike, and each is met again and again
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


def hint(folded: str, one: Printed, near: Around, meant: Meaning, factory: bool) -> Hint:
    """Collect what the words around a quantity say of whose it is.

    Parameters
    ----------
    folded : str
        The text through `numerals.fold`.
    one : Printed
        The quantity.
    near : Around
        Its cues.
    meant : Meaning
        What it means.
    factory : bool
        Whether it is of a factory.

    Returns
    -------
    Hint
        Empty for what takes everything from its project.
    """
    base = one.unit.base
    if base == "dimensionless":
        yardstick = nearest(near, "yardstick", clause=True)
        if yardstick is None and meant.kind == "energy_ratio" and _is_of_country(folded, one, near):
            yardstick = COUNTRY
        return _hinted(None, yardstick, nearest(near, "place"))
    if base == "piece":
        return _hinted(technology_near(folded, one, near, True))
    if base not in ("W", "kWh"):
        return _NO_HINT
    compared = _is_compared(near)
    yardstick = nearest(near, "yardstick") if compared else None
    if base == "kWh":  # what a factory makes is wafers; the energy is that of plants built of them
        technology = technology_near(folded, one, near, False)
        if meant.kind == "generation" and technology == "storage":
            technology = None  # a battery beside the plant makes none
        return _hinted(technology, yardstick, None, compared)
    before = False
    for _, _, tags, breaks, crossed in near.before[:8]:
        if crossed or breaks >= 2:
            break
        if "part" in tags and "unit" in tags["part"]:
            before = True
    technology = technology_near(folded, one, near, factory)
    behind = _each_behind(folded, one, near)
    return _hinted(technology, yardstick, None, compared, before, behind)


def _is_of_country(folded: str, one: Printed, near: Around) -> bool:
    """Whether a share is of a whole country's electricity: "5 % of Chile's power", 占全国发电量的5%."""
    for start, end, tags, _, crossed in near.behind:
        if crossed or start - one.end > _TO_COUNTRY:
            break
        if "nation" in tags:
            of_it = _OF_COUNTRY.fullmatch(folded, one.end, start)
            return bool(of_it and _ITS_POWER.match(folded, end))
    for start, end, tags, breaks, crossed in near.before:
        if breaks >= 2 or crossed or one.start - end > _TO_COUNTRY:
            break
        if "nation" in tags:
            return bool(
                folded.endswith(("占", "占到", "约占"), 0, start)
                and _HAN_POWER.fullmatch(folded, end, one.start)
            )
    return False


_TO_COUNTRY = 40
_OF_COUNTRY = re.compile(
    r" (?:of |of all |of all of |of the )?(?:(?:total |all )?(?:electricity|power|energy) (?:used|consumed|generated|produced|needs|consumption|generation) (?:in|of|across) )?(?:the )?"
    r"| of (?:all )?(?:the )?(?:electricity|power|energy) (?:that )?"
)
_ITS_POWER = re.compile(
    r"(?:'s|’s|s')? ?(?:(?!midday|peak|residential|household|domestic|industrial|renewable|solar|wind|clean|green|hydro|nuclear|new|coal|installed)[a-z]+ ){0,3}(?:electricity|power|energy|generation|consumption|demand)(?! (?:capacity|plants?|stations?))\b|(?=[.,;)]|$)| (?:used|uses|consumed|consumes|needs|needed|generated|made)\b"
)
_HAN_POWER = re.compile(
    r"(?:全年|总|年|全部|[0-9]{4}年){0,2}(?:的)?(?:发电|用电|电力|耗电|供电|消耗|消费|电量)[^，。；0-9装]{0,8}"
)


def _is_compared(near: Around) -> bool:
    for _, _, tags, breaks, crossed in near.before:
        if crossed:
            return False
        if "yardstick" in tags.get("part", ()) or (breaks < 2 and "yardstick" in tags):
            return True
    return False


def _each_behind(folded: str, one: Printed, near: Around) -> bool:
    for start, _, tags, breaks, crossed in near.behind:
        if breaks >= 2 or crossed or start - one.end > 10:
            break
        if "unit" in tags.get("part", ()):
            return True
        if "machine" in tags.get("project", ()) and folded[start] > "\u2fff":
            return not _HAN_WORKS.search(folded, one.end, start)  # 30万千瓦风电项目首台风机
    words = direct_words(folded, one.end, 4)
    return any(word in _MACHINES for word in words) and not any(word in _WORKS for word in words)


_HAN_WORKS = re.compile("项目|工程|电站|电场|基地")


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
    sticky_unit = pending = machine = in_phase = False
    at = told_until = 0
    named: set[str] = set()  # phases, in the sentence
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
            part = tags.get("part")
            if part is not None:
                if "whole" in part and not in_phase:  # nor "一期项目总投资", all of the phase
                    phase, sticky_unit = None, False
                # "six of 300 MW each" speaks of the power before it alone
                told = index and hints[index - 1].each_behind and mark - printed[index - 1].end < 2
                if "unit" in part and not told:
                    pending = True
        part_name = "whole"
        base = one.unit.base
        kind = meanings[index].kind
        if one.size_class:
            part_name = "class"
        elif base == "W" and kind == "capacity":
            if _is_unit(folded, printed, hints[index], index, pending):
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
        if part_name == "whole" and mine is not None and base != "dimensionless":
            part_name = "phase"
            if kind in ("capacity", "investment"):
                named.add(mine)
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
    folded: str, printed: Sequence[Printed], said: Hint, index: int, pending: bool
) -> bool:
    """Whether a power is one machine's: 50台2MW风机, 7 MW each, 单机容量."""
    one = printed[index]
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
            return before.value != 1.0
    value = one.most
    if value < _LEAST_PLANT_W:
        return True
    of_one = pending and said.each_before
    return said.each_behind or (of_one and _WORKS.isdisjoint(direct_words(folded, one.end, 4)))


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
