"""Whose a quantity is: which project, of what technology, in which country, by what name."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from wafer_calc.claims.reading.apart import set_apart
from wafer_calc.claims.reading.around import FACTORY_TECH, Meaning
from wafer_calc.claims.reading.cues import Marks
from wafer_calc.claims.reading.figure import Printed, in_batches
from wafer_calc.claims.reading.hints import Hint
from wafer_calc.claims.reading.parts import parts_and_phases, single_machines
from wafer_calc.claims.reading.places import country_of, named_country, of_script
from wafer_calc.claims.reading.technology import Blocks, technologies

__all__ = ["Belonging", "belongings"]

_ANCHORS = frozenset(("capacity", "wafer_count", "generation", "mass_coal", "mass_co2", "homes"))
_OWN_VALUE = frozenset(("capacity", "wafer_count", "generation"))
_WORKS = "水电站|核电站|光伏电站|电站|风电场|电厂|基地|项目|工程|工厂|大坝"
_HAN_NAME = re.compile(r"[\u4e00-\u9fff（）()·“”]{2,30}?(?:公司|集团|" + _WORKS + ")")
_WORD = r"[A-ZÀ-Þ][A-Za-zÀ-ÿ0-9&'’.-]{0,24} ?"
_LATIN_NAME = re.compile(f"{_WORD}(?:{_WORD}){{0,4}}")
_NO_NAME = frozenset(
    ("the", "it", "its", "this", "that", "these", "those", "once", "when", "with", "over", "more",
     "at", "in", "on", "a", "an", "and", "for", "by", "if", "each", "one", "two", "three", "some",
     "about", "together", "combined", "expansion", "spread", "spanning", "costing", "covering",
     "phase", "first", "second", "third", "located", "built", "now", "most", "as", "there", "both",
     "all", "another", "separately", "meanwhile", "mw", "gw", "kw", "mwh", "gwh", "kwh", "twh",
     "usd", "us", "co2", "pv", "january", "february", "march", "april", "may", "june", "july",
     "august", "september", "october", "november", "december", "united", "annual", "total", "so",
     "up", "around", "american", "british", "chinese", "indian", "roughly", "after", "his", "her", "their", "our", "electricity", "power")
)  # fmt: skip
_NAME_REACH = 200
# The engine skips to a g, m, w or j.
_TOGETHER = re.compile(
    r"(?:g(?<=[Tt]og)ether|m(?<=[Cc]om)bined|w(?<=[Bb]etw)een them|Jointly|jointly),? (?:they|these|the|will|would|can)\b"
)
_TOGETHER_REACH = 160
_new = tuple.__new__  # in a third of the time that a NamedTuple's own takes
_SENTENCE = re.compile(r"[.;。；]\s")


class Belonging(NamedTuple):
    """Project, part and technology of one quantity, as in `TextQuantity`."""

    project: int
    part: str
    phase: str | None
    technology: str | None
    place: str | None
    yardstick: str | None
    entity: str


class _Setting(NamedTuple):
    """Where a quantity stands: its paragraph, the last breaks, what was said since."""

    paragraph: int
    clause_at: int  # behind the last semicolon or full stop, or at a word such as 另一个
    comma_at: int
    level: int  # gravest break since the quantity before
    fresh: bool  # another project is announced
    backed: bool  # the paragraph speaks of "the project"


@dataclass(slots=True)
class _Project:
    """What is known of one project while the text is read."""

    number: int
    name: str
    technology: str | None
    place: str | None
    stem: str  # its name as a later clause may say it; empty where that would be anything's
    whole: dict[str, list[float]] = field(default_factory=dict)


def belongings(
    text: str,
    folded: str,
    marks: Marks,
    printed: Sequence[Printed],
    hints: Sequence[Hint],
    meanings: Sequence[Meaning],
    factories: Sequence[bool],
    stops: Sequence[int],
    sentences: Sequence[int],
) -> Iterator[Belonging]:
    """Give each quantity its project, phase, part, technology and place.

    Parameters
    ----------
    text, folded : str
        The caller's text, and the same through `numerals.fold`.
    marks : Marks
        Its cues and breaks.
    printed, hints, meanings, factories : sequences of the same length
        The quantities, what the words around say of whose each is, what each means, and which are a factory's.
    stops, sentences : sequence of int
        Where the sentences end, and the number of each quantity's.

    Yields
    ------
    Belonging
        One for each quantity.
    """
    parts, phases = parts_and_phases(folded, marks, printed, hints, meanings)
    ends = [marks.starts[i] for i in marks.turns if marks.levels[i] == _PARAGRAPH]
    paragraphs = [bisect_left(ends, one.start) for one in printed]
    projects, owners = _projects(
        text, folded, marks, ends, paragraphs, printed, hints, meanings, parts
    )
    set_apart(folded, stops, sentences, printed, meanings, owners, 1 + max(owners, default=0))
    single_machines(printed, meanings, parts, owners)
    han = any("\u4e00" <= char <= "\u9fff" for char in text[:200])
    home = country_of(folded, marks) or (of_script(text, folded) if han else None)
    told = _blocks(marks, ends, paragraphs, owners)
    several = len(told.blocks) > 1
    at_home = [(several and named_country(folded, marks, *b)) or home for b in told.blocks]
    sorts = technologies(folded, marks, printed, hints, meanings, factories, parts, owners, told)
    bases = [one.unit.base for one in printed]  # by now the figures may be let go of
    for index, base in enumerate(bases):
        said = hints[index]
        part = parts[index]
        owner = owners[index]
        project = projects.get(owner)
        measures = base not in ("W", "kWh") or part == "yardstick"
        yardstick = said.yardstick if measures else None
        if yardstick is None and (meanings[index].role or "").startswith("capacity ratio"):
            yardstick = "capacity"
        place = said.place or at_home[told.of[index]]
        phase = phases[index] if part == "phase" else None
        name = (project.name if project is not None else "") or f"project {owner + 1}"
        if base == "kWh" and factories[index]:
            name = f"plants built from {name}"
        if part == "phase":
            name = f"{name}, phase {phase}"
        elif part != "whole":
            name = f"{name}, {_PART_NAMES[part]}"
        yield _new(Belonging, (owner, part, phase, sorts[index], place, yardstick, name))


_PART_NAMES = {"unit": "one unit", "class": "size class", "yardstick": "yardstick"}


def _blocks(
    marks: Marks, ends: Sequence[int], paragraphs: Sequence[int], owners: Sequence[int]
) -> Blocks:
    """Cut the cues at each paragraph that opens another project than those before."""
    cuts = [0]
    of: list[int] = []
    known: set[int] = set()
    before = 0
    for paragraph, owner in zip(paragraphs, owners, strict=True):
        if paragraph != before and known and owner not in known:
            cuts.append(bisect_left(marks.starts, ends[paragraph - 1]))
        before = paragraph
        known.add(owner)
        of.append(len(cuts) - 1)
    return Blocks(list(pairwise((*cuts, len(marks.starts)))), of)


def _place_in(folded: str, marks: Marks, ends: Sequence[int], paragraph: int) -> str | None:
    """Give the country that a paragraph names."""
    since = ends[paragraph - 1] if paragraph else 0
    until = ends[paragraph] if paragraph < len(ends) else len(folded)
    first, stop = (bisect_left(marks.starts, at) for at in (since, until))
    return named_country(folded, marks, first, stop)


_PARAGRAPH = 5  # the level of a break that ends one


def _settings(marks: Marks, printed: Sequence[Printed]) -> Iterator[_Setting]:
    at = paragraph = clause_at = comma_at = 0
    fresh = backed = False
    starts, ends, tags, levels, turns = marks
    size = len(turns)
    for one in printed:
        top = 0
        until = one.start
        while at < size and (start := starts[turns[at]]) < until:
            mark = turns[at]
            level = levels[mark]
            at += 1
            if level > 0:
                if level > top:
                    top = level
                if level >= 2:
                    comma_at = ends[mark]
                if level >= 3:
                    clause_at = ends[mark]
                    fresh = False
                if level == _PARAGRAPH:
                    paragraph += 1
                    backed = False
                continue
            found = tags[mark].get("project")
            if found is not None:
                backed = backed or "back" in found
                if "new" in found:
                    fresh = True
                    clause_at = max(clause_at, start)
        yield _new(_Setting, (paragraph, clause_at, comma_at, top, fresh, backed))


def _projects(
    text: str,
    folded: str,
    marks: Marks,
    ends: Sequence[int],
    paragraphs: Sequence[int],
    printed: Sequence[Printed],
    hints: Sequence[Hint],
    meanings: Sequence[Meaning],
    parts: list[str],
) -> tuple[dict[int, _Project], list[int]]:
    """Tell the projects of a text apart, and give each quantity the number of its own.

    Quantities of paragraphs without any energy, and the days an authority took, belong to none;
    they get numbers of their own.
    """
    places: dict[int, str | None] = {}  # of paragraphs, where there are several
    anchored = {
        number for number, meant in zip(paragraphs, meanings, strict=True) if meant.kind in _ANCHORS
    }
    of_sums = _of_sums(printed, meanings)
    projects: dict[int, _Project] = {}
    owners = [-1] * len(printed)
    loose: list[int] = []
    waiting: list[int] = []  # before the paragraph's first anchor
    recent: list[_Project] = []
    current: _Project | None = None
    paragraph = -1  # of the last anchor
    level = 0  # gravest break since the last anchor
    opened_at = -1  # clause that opened the current project
    settings = in_batches(_settings(marks, printed))
    for index, (one, meant, setting) in enumerate(zip(printed, meanings, settings, strict=True)):
        level = max(level, setting.level)
        anchor = meant.kind in _ANCHORS
        if not anchor and paragraph != setting.paragraph:
            if _is_loose(meant) or setting.paragraph not in anchored:
                if setting.backed and current is not None and not _is_loose(meant):
                    owners[index] = current.number
                else:
                    loose.append(index)
            else:
                waiting.append(index)
            continue
        if anchor and len(recent) > 1:
            since = max(setting.clause_at, printed[index - 1].end)
            current = _named_again(text[since : one.start], recent) or current
        own = meant.kind in _OWN_VALUE and parts[index] == "whole" and not meant.unit_slip
        if ends and own and setting.paragraph not in places:
            places[setting.paragraph] = _place_in(folded, marks, ends, setting.paragraph)
        place = places.get(setting.paragraph)
        if own and current is not None and hints[index].compared and meant.kind in current.whole:
            parts[index] = "yardstick"
        elif current is None or (
            own
            and index not in of_sums
            and _is_new(
                text,
                one,
                meant,
                current,
                setting,
                level,
                paragraph,
                hints[index].technology,
                place,
                fresh=setting.fresh and setting.clause_at != opened_at,
            )
        ):
            listed = current is not None and level == 2 and not setting.fresh
            name = _name_around(text, one, setting)
            stem = _GENERIC.sub("", name)
            stem = stem if len(stem) > 1 else ""
            current = _Project(len(projects), name, hints[index].technology, place, stem)
            projects[current.number] = current
            recent = [*recent[1 - _RECENT :], current]
            opened_at = setting.clause_at
            since = setting.comma_at if listed else setting.clause_at
            _take_back(printed, meanings, parts, owners, since, index, current)
        if waiting:
            for earlier in waiting:
                owners[earlier] = current.number
            waiting = []
        if anchor:
            paragraph, level = setting.paragraph, 0
        owners[index] = current.number
        if own and parts[index] == "whole":
            _own(current, meant.kind, one)
    numbers = {paragraphs[i]: 0 for i in loose}
    for rank, key in enumerate(numbers):
        numbers[key] = len(projects) + rank
    for index in loose:
        owners[index] = numbers[paragraphs[index]]
    return projects, owners


def _named_again(clause: str, projects: Sequence[_Project]) -> _Project | None:
    """Give the project whose name stands last before a figure, behind the one before: …，燕子山每年可节约标准煤."""
    found = None
    last = -1
    for project in projects:
        at = clause.rfind(project.stem) if project.stem else -1
        if at > last:
            found, last = project, at
    return found


_RECENT = 6  # projects that a clause may come back to
_GENERIC = re.compile(f"(?:{_WORKS})+$")


def _of_sums(printed: Sequence[Printed], meanings: Sequence[Meaning]) -> set[int]:
    """Give the powers that add up to the one before or behind them: 579 MW, of 309 and 270 MW."""
    powers = [
        i for i, (one, meant) in enumerate(zip(printed, meanings, strict=True))
        if meant.kind == "capacity" and one.unit.base == "W" and isinstance(one.value, float)
    ]  # fmt: skip
    sizes = [printed[i].most for i in powers]
    found: set[int] = set()
    for n, size in enumerate(sizes):
        behind, before = range(n + 1, min(n + _PARTS, len(sizes))), range(n)[:-_PARTS:-1]
        for listed in (behind, before):
            if listed and sizes[listed[0]] >= size:
                continue
            total = 0.0
            for count, k in enumerate(listed, start=1):
                total += sizes[k]
                if count > 1 and abs(total - size) <= _EXACTLY * size:
                    sum_of = {powers[n], *(powers[i] for i in listed[:count])}
                    found |= sum_of - {min(sum_of)}
                if total >= size:
                    break
    return found


_PARTS = 7
_EXACTLY = 1e-3


def _is_loose(meant: Meaning) -> bool:
    return meant.role in ("procedure", "construction time") and meant.kind == "time"


def _own(project: _Project, kind: str, one: Printed) -> None:
    value = one.most
    project.whole.setdefault(kind, []).append(value)


def _take_back(
    printed: Sequence[Printed],
    meanings: Sequence[Meaning],
    parts: Sequence[str],
    owners: list[int],
    since: int,
    index: int,
    project: _Project,
) -> None:
    """Give a new project what its own clause said before its capacity: 另一个总投资50亿元的20GW项目."""
    for earlier in range(index - 1, -1, -1):
        if printed[earlier].start < since or owners[earlier] < 0:
            break
        owners[earlier] = project.number
        if meanings[earlier].kind in _OWN_VALUE and parts[earlier] == "whole":
            _own(project, meanings[earlier].kind, printed[earlier])


def _is_new(
    text: str,
    one: Printed,
    meant: Meaning,
    current: _Project,
    setting: _Setting,
    level: int,
    paragraph: int,
    technology: str | None,
    place: str | None,
    *,
    fresh: bool,
) -> bool:
    """Whether a whole project's figure opens another project."""
    known = current.whole.get(meant.kind)
    value = one.most
    for other in known or ():
        if abs(value - other) <= 0.01 * other:
            return False
    if fresh and (known or setting.paragraph != paragraph):
        return True
    if meant.kind == "capacity" and _TOGETHER.search(text, one.end, one.end + _TOGETHER_REACH):
        return False  # "the 1332 MW A, the 700 MW B … Together they will …"
    if setting.backed:
        return False
    if setting.paragraph != paragraph and _differ(place, current.place):
        return True
    if setting.paragraph != paragraph and meant.kind == "capacity":
        opens = bool(known) and one.start - setting.clause_at < _OPENING
        if opens or _other_technology(technology, current.technology):
            return True  # a paragraph that begins with another plant
    if not known:
        return (
            setting.paragraph != paragraph
            and bool(current.whole)
            and _other_name(text, one, setting.clause_at, current, strict=True)
        )
    if level >= 3:
        return _other_name(text, one, setting.clause_at, current, strict=False)
    if level == 2 and meant.kind == "capacity":
        return _other_name(text, one, setting.comma_at, current, strict=True)
    return False


_OPENING = 60  # characters of a paragraph in which its subject stands
_COMBINED = FACTORY_TECH | {"pv", "wind", "offshore_wind", "csp", "storage"}  # in one base


def _differ(one: str | None, other: str | None) -> bool:
    return None not in (one, other) and one != other


def _other_technology(one: str | None, other: str | None) -> bool:
    return _differ(one, other) and not {one, other} <= _COMBINED


def _other_name(text: str, one: Printed, begin: int, current: _Project, *, strict: bool) -> bool:
    begin = max(begin, one.start - _NAME_REACH)
    name = _name_in(text[begin : one.start]) or _latin_name(
        _SENTENCE.split(text[one.end : one.end + 40], 1)[0]
    )
    if not name:
        return False
    if not current.name:
        return not strict
    return name not in current.name and current.name not in name


def _name_around(text: str, one: Printed, setting: _Setting) -> str:
    begin = max(setting.clause_at, one.start - _NAME_REACH)
    return _name_in(text[begin : one.start]) or _latin_name(text[one.end : one.end + 60])


def _name_in(chunk: str) -> str:
    match = None if chunk.isascii() else _HAN_NAME.search(chunk)
    if match is None:
        return _latin_name(chunk)
    name = match[0].strip("，。“”、 ")
    for word in ("在", "由", "将", "对", "”", "年"):
        name = name.rpartition(word)[2]
    generic = name.startswith(("该", "本", "此", "项目", "这")) or len(name) <= 3
    return "" if generic else name


def _latin_name(chunk: str) -> str:
    for match in _LATIN_NAME.finditer(chunk):
        printed = match[0].split()
        words = [w for w in printed if w.lower().strip(".,'’") not in _NO_NAME]
        if not words or words[0][:2] in ("MW", "GW", "kW"):
            continue
        if len(printed) == 1:
            before = chunk[: match.start()].rstrip()
            if not before or before[-1] in ".!?。":
                continue  # a sentence's first word is written large, whatever it is
        if any(len(word) > 2 for word in words):
            return " ".join(words).rstrip(".,").removesuffix("'s").removesuffix("’s")
    return ""
