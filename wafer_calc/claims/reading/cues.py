"""The words around the numbers: where the lexicon's cues and the sentences' breaks stand."""

import functools
import re
from collections.abc import Mapping
from typing import NamedTuple, TypeAlias

from wafer_calc.claims.reading.regions import spellings_by_country
from wafer_calc.tables import read_table

__all__ = ["Marks", "Tags", "find_marks", "is_yardstick_at"]

# What a cue says: class -> values, such as {"topic": {"coal"}}. A break's class is its level.
Tags: TypeAlias = Mapping[str, frozenset[str]]


class Marks(NamedTuple):
    """The cues and breaks of a text in order, column by column: a row of its own for each would be dear.

    Attributes
    ----------
    starts, ends : list of int
        Where each stands.
    tags : list of Tags
        What a cue says; nothing for a break.
    levels : list of int
        1 for 、 or a bracket, 2 a comma, 3 a semicolon, 4 a sentence's end, 5 a paragraph's; 0 for
        a cue, -1 for one that turns to another phase, part or project.
    turns : list of int
        Which of them have a level.
    """

    starts: list[int]
    ends: list[int]
    tags: list[Tags]
    levels: list[int]
    turns: list[int]


_NOTHING: Tags = {}
# Cues that turn to another phase, part or project.
_TURNING = frozenset(("phase", "part", "project"))
_ABBREVIATIONS = frozenset(
    ("approx", "no", "st", "mr", "dr", "rs", "ca", "c", "e.g", "i.e", "vs", "inc", "ltd", "co",
     "est", "u.s", "u.k", "fig", "sq", "p.a", "dept", "gov", "mt", "corp")
)  # fmt: skip
_LEVELS = {
    "、": 1, "(": 1, ")": 1, "，": 2, ":": 2, "—": 2, ";": 3, "。": 4, "!": 4, "?": 4,
    "…": 2,
}  # fmt: skip
_COMMA = 2  # as of the Chinese one
_STOPS = "".join(_LEVELS) + ",\n."
_TOKEN = re.compile(r"[a-z]+[0-9]?")
_CHINESE = frozenset(("China", "Hong Kong", "Macao", "Taiwan"))
_MARKETS = frozenset(("巴黎", "大巴黎地区", "伦敦", "纽约", "东京"))  # of an agreement, of shares
# A cue's word, what it says, whether it turns to another phase, part or project, its length, how
# much of that is read and no other cue's, and whether no letter may follow.
_Cue: TypeAlias = tuple[str, Tags, int, int, int, bool]
_LAST_WORD = re.compile(r"[a-z.]{1,8}$")


@functools.cache
def _lexicon() -> tuple[dict[str, tuple[int, dict[str, list[_Cue]]]], re.Pattern[str]]:
    """Read the lexicon, once.

    First Chinese character or first English word -> where the character stands that tells the
    cues beginning with it apart, and that character -> the cues; the longest come first. A break
    is told by its own character alone, with a nought.
    """
    collected: dict[str, dict[str, set[str]]] = {}
    for group, rows in read_table("wafer_calc.claims.reading", "lexicon").items():
        for value, words in rows.items():
            for word in words.split():
                spaced = word.replace("_", " ").replace("-", " ")
                collected.setdefault(spaced, {}).setdefault(group, set()).add(value)
    for country, rows in spellings_by_country().items():
        for spelling in " ".join(rows.values()).split():
            if country not in _CHINESE and spelling[0] > "\u2fff" and spelling not in _MARKETS:
                collected.setdefault(spelling, {}).setdefault("place", set()).add(country)
    index: dict[str, tuple[int, dict[str, list[_Cue]]]] = {}
    firsts = set()
    for word in sorted(collected, key=len, reverse=True):
        tags = {group: frozenset(values) for group, values in collected[word].items()}
        token = _TOKEN.match(word)
        if token is None:
            firsts.add(word[0])
        first, apart = (word[0], 1) if token is None else (token[0], len(token[0]) + 1)
        cues = index.setdefault(first, (apart, {"": []}))[1]
        turn = -1 if tags.keys() & _TURNING else 0
        # 年 in 年发电量: the rest is a word of its own
        read = 1 if word[0] == "年" and "period" in tags else len(word)
        whole = word[0] < "{" and word[-1] != "."
        cue = (word, tags, turn, len(word), read, whole)
        if len(word) > apart:
            cues.setdefault(word[apart], []).append(cue)
        else:  # which stands behind the longer ones
            for each in cues.values():
                each.append(cue)
    for stop in _STOPS:
        index[stop] = 0, {"": []}
    single = firsts & collected.keys()
    seconds = {word[1] for word in collected if word[0] in firsts and len(word) > 1}
    alone, more, second = (
        re.escape("".join(sorted(chars)))
        for chars in (single | {*_STOPS}, firsts - single, seconds)
    )
    # most characters that a cue may begin with are told from one by what stands behind
    return index, re.compile(
        rf"[a-z{alone}{more}](?:(?<=[a-z])[a-z]*+[0-9]?|(?<=[{alone}])|(?<=[{more}])(?=[{second}]))"
    )


def find_marks(folded: str) -> Marks:
    """Give the cues and breaks of a folded text, in order and without overlap.

    Parameters
    ----------
    folded : str
        Text that went through `numerals.fold`.

    Returns
    -------
    Marks
        Each with where it stands.
    """
    index, pattern = _lexicon()
    plain = folded.replace("-", " ").replace("\n", " ")
    marks = Marks([], [], [], [], [])
    add_start, add_end = marks.starts.append, marks.ends.append
    add_tags, add_level = marks.tags.append, marks.levels.append
    starts, add_turn = marks.starts, marks.turns.append
    get, levels = index.get, _LEVELS.get
    starts_with = plain.startswith
    stop = 0
    for match in pattern.finditer(folded):
        start = match.start()
        if start < stop:
            continue
        token = match[0]
        found = get(token)
        if found is None:
            continue
        apart, cues = found
        if not apart:
            level = levels(token)
            if level is None:
                level = _level_at(folded, start)
            if level:
                add_turn(len(starts))
                add_start(start)
                add_end(start + 1)
                add_tags(_NOTHING)
                add_level(level)
            continue
        at = start + apart
        for word, tags, turn, size, read, whole in cues.get(plain[at : at + 1]) or cues[""]:
            if starts_with(word, start):
                if whole and "a" <= plain[start + size : start + size + 1] <= "z":
                    continue
                stop = start + read
                if turn:
                    add_turn(len(starts))
                add_start(start)
                add_end(stop)
                add_tags(tags)
                add_level(turn)
                break
    return marks


def is_yardstick_at(folded: str, at: int) -> bool:
    """Tell whether a yardstick's name stands at an offset, as in 相当于4个三峡电站."""
    if folded[at : at + 2] not in _yardsticks():
        return False
    token = _TOKEN.match(folded, at)
    found = _lexicon()[0].get(folded[at : at + 1] if token is None else token[0])
    if found is None:
        return False
    apart, cues = found
    words = cues.get(folded[at + apart : at + apart + 1]) or cues[""]
    return any("yardstick" in cue[1] and folded.startswith(cue[0], at) for cue in words)


@functools.cache
def _yardsticks() -> frozenset[str]:
    """Give the first two characters of each yardstick's name: most words are none at a glance."""
    return frozenset(
        cue[0][:2]
        for _, cues in _lexicon()[0].values()
        for words in cues.values()
        for cue in words
        if "yardstick" in cue[1]
    )


def _level_at(folded: str, at: int) -> int:
    """Level of a break that may break nothing, where it is 0."""
    if folded[at] == ",":
        return 0 if _inside_number(folded, at) else _COMMA
    return _end_level(folded, at)


def _inside_number(folded: str, at: int) -> bool:
    return (
        0 < at < len(folded) - 1
        and folded[at - 1] in "0123456789"
        and folded[at + 1] in "0123456789"
    )


def _end_level(folded: str, at: int) -> int:
    """Level of a full stop or a line's end, 0 where it ends nothing."""
    if folded[at] == "\n":
        before = folded[max(0, at - 3) : at].rstrip(" ")
        if folded.startswith("\n", at + 1) or before.endswith("\n"):
            return 5
        return 5 if before and before[-1] in "。!?." else 0
    following = folded[at + 1 : at + 2]
    if following and following not in " \n\"”')":
        return 0
    word = _LAST_WORD.search(folded[max(0, at - 8) : at])
    if word is not None and (word[0] in _ABBREVIATIONS or len(word[0]) == 1):
        after = folded[at + 1 : at + 3].strip()
        return 0 if after else 4
    return 4
