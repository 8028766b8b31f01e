"""Numerals in running text: 六百亿, 1.2 billion, 16 170 as a number and where it stood."""

import math
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from wafer_calc.errors import ReadError
from wafer_calc.numeral_words import (
    ENGLISH,
    FOLD,
    MULTIPLIER,
    MYRIADS,
    PART,
    SCALE,
    TENS,
    arabic,
    chinese,
    chinese_step,
)

__all__ = ["Numeral", "find_numerals", "fold", "numeral_at", "read_numeral", "short_multiplier"]

# A longer run of digits is no quantity that anyone can compute with; it is left out of a text.
LONGEST = 40

_new = tuple.__new__  # in a third of the time that a NamedTuple's own takes

# 千 belongs to the unit in 千瓦, 千克, 千米, 千伏 …; 兆 counts money only, elsewhere it is mega.
_CN_SCALE = r"(?:[十百万亿]|千(?![瓦克米伏焦卡赫帕乏])|兆(?=[元圆美日]))"
_OVER = r"(?:多(?!晶|元[化素体主]|能|年来|家|种|次)|余(?!热|姚|杭|电)|来(?![自源到临看说])|几)"
_ARABIC = (
    r"(?:[0-9]{1,3}(?:[,，][0-9]{3}(?![0-9])){1,7}+(?:\.[0-9]++)?"
    r"|[0-9]{1,2}(?:,[0-9]{2}(?![0-9])){1,4}+,[0-9]{3}(?![0-9])"
    r"|[0-9]{1,3}(?:[ '][0-9]{3}(?![0-9])){1,7}+(?:[.,][0-9]++)?"
    r"|[0-9]{1,3}(?:\.[0-9]{3}(?![0-9])){2,7}+"
    r"|[0-9]{1,3},[0-9]{1,2}(?![0-9,])"
    r"|[0-9]{0,3}[½¼¾⅓⅔]"
    r"|[0-9]++(?:\.[0-9]++)?(?:e[+-]?[0-9]{1,2}(?![a-z0-9]))?)"
)
_NUMBER_WORDS = {*ENGLISH, *PART, "hundred", "dozen", "thousand", "million", "billion", "trillion", "lakh", "crore"}  # fmt: skip
_WORDS = "|".join(sorted(_NUMBER_WORDS, key=len, reverse=True)).replace("three", "three(?! gorges)")
_ENGLISH_PHRASE = (
    rf"(?:an?(?=[ -](?:hundred|thousand|million|billion|trillion|dozen|quarter"
    rf"|third|half|fifth|tenth|lakh|crore|(?:kilo|mega|giga|tera)watt|further|[gt]wh?\b))|{_WORDS})"
    rf"(?:[ -](?:of[ -]an?[ -]|and[ -](?:an?[ -])?(?=half|quarter|[a-z])|an?[ -](?=million|billion|"
    rf"trillion|thousand|hundred|dozen))?(?:{_WORDS})(?![a-z])){{0,7}}+(?![a-z])"
)
_CN_DIGITS = "零〇一二两三四五六七八九十百千万亿廿卅壹贰叁肆伍陆柒捌玖拾佰仟"
_CN_RUN = rf"[{_CN_DIGITS}]++"
# Where no numeral can begin is told by one character, and of a word by two: most are passed over so.
_FIRSTS = "0-9½¼¾⅓⅔半" + _CN_DIGITS + "a" + "".join(sorted({word[0] for word in _NUMBER_WORDS}))
_PAIRS = "|".join(sorted({word[:2] for word in _NUMBER_WORDS}))
_NUMERAL = re.compile(
    rf"(?=[{_FIRSTS}])(?!(?<=[a-z0-9.'-])[a-z])(?:(?P<a>(?=[0-9½¼¾⅓⅔]){_ARABIC})"
    rf"|(?P<c>一半|半(?=[个座])|(?:{_CN_RUN}(?:[点.]{_CN_RUN})?))"
    rf"|(?=an?[ -]|{_PAIRS})(?P<e>{_ENGLISH_PHRASE}))"
)
_ARABIC_AT = re.compile(_ARABIC)
_CN_TAIL = re.compile(
    rf" ?(?P<o>{_OVER})?(?P<s>{_CN_SCALE}{{0,4}}+)(?:(?P<p>{_OVER})(?P<t>{_CN_SCALE}{{0,2}}+))?"
)
_EN_TAIL = re.compile(
    r"(?P<h> and (?:a|one)[ -](?:half|quarter))?(?: |-|)(?P<s>million|millions|thousand|hundred|billion|trillion|mln|mn|bln|bn|trn|tn|lakhs?"
    r"|lac|crores?|cr|dozen)(?![a-z])(?: (?P<t>crores?|million|billion)(?![a-z]))?"
)
# What each of them begins with: most numbers have none
_CN_TAIL_FIRSTS = frozenset("多余来几十百千万亿兆")
_EN_TAIL_PAIRS = frozenset(
    ("an", "mi", "ml", "mn", "th", "hu", "bi", "bl", "bn", "tr", "tn", "la", "cr", "do")
)
_SHORT_TAIL = re.compile(r"[mkb](?![a-z0-9²³/'])")
_TO = re.compile(
    r" ?(?:[-~—]{1,2}(?: ?(?:us|au?|c|nz|hk|s)?[$£€¥₹](?=[0-9]))?|至|到|to(?= )|and(?= )|or(?= ))[ ]?(?:约|about |nearly |some )?(?=[0-9$£€¥½零一二两三四五六七八九十百a-z])"
)
# What a link to a range's second half begins with, behind one space or none
_LINKS = frozenset("-~—至到±tao")
_FRACTION = re.compile(rf"分之(?P<n>{_CN_RUN}(?:点{_CN_RUN})?|{_ARABIC})")
_SLASH = re.compile(r"/([0-9]{1,2})(?![0-9/])")
_EN_TOKEN = re.compile("[a-z]+")
# What lies between is folded by `lower`, which is far faster than a table.
# Most characters beyond stay what they are, and are passed over by a pattern far faster as well.
_FOLDED = re.compile(f"[{re.escape(''.join(map(chr, FOLD)))}]+")
_BEYOND_ASCII = re.compile(r"([^\x00-\x7f][^\x00-\x7f]*+(?:[\x00-\x7f]{1,24}[^\x00-\x7f]++)*+)")


class Numeral(NamedTuple):
    """A number as printed, and where.

    Attributes
    ----------
    start, end : int
        Offsets of the numeral with its multiplier.
    value : float or (float, float)
        The number; a pair for a range.
    step : float
        One unit of the last printed digit.
    cmp : str or None
        ``">="`` where 多 or 余 stands inside, ``"~"`` for 来 and for neighbours such as 三四.
    script : str
        ``"a"`` Arabic, ``"c"`` Chinese, ``"e"`` English words.
    part : bool
        Whether it is a bare fraction: half, 三分之一, 2/3.
    scaled : bool
        Whether a multiplier (亿, million) belongs to it.
    """

    start: int
    end: int
    value: float | tuple[float, float]
    step: float
    cmp: str | None = None
    script: str = "a"
    part: bool = False
    scaled: bool = False


def fold(text: str) -> str:
    """Fold full-width to plain, traditional to simplified and capitals to small, offset by offset.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    str
        As long as `text`, character for character.

    Examples
    --------
    >>> print(fold("２０ＧＷ 六百億"))
    20gw 六百亿
    """
    pieces = _BEYOND_ASCII.split(text)
    pieces[::2] = [piece.lower().replace("\t", " ") for piece in pieces[::2]]
    pieces[1::2] = [_FOLDED.sub(_folded, piece) for piece in pieces[1::2]]
    return "".join(pieces)


def _folded(found: re.Match[str]) -> str:
    return found[0].translate(FOLD)


def find_numerals(folded: str, start: int = 0) -> Iterator[Numeral]:
    """Give the numerals of a folded text, in order.

    Parameters
    ----------
    folded : str
        Text that went through `fold`.
    start : int
        Offset to begin at.

    Yields
    ------
    Numeral
        Ordinals, dates and bare digits included: what a number counts is the caller's question.

    Examples
    --------
    >>> print(*(f"{n.value:g}" for n in find_numerals("六百亿 or 1.2 billion or 16 170")))
    6e+10 1.2e+09 16170
    """
    search = _NUMERAL.search
    while (match := search(folded, start)) is not None:
        numeral = _from_match(folded, match)
        if numeral is None:
            start = match.end()
        else:
            yield numeral
            start = numeral.end


def numeral_at(folded: str, start: int) -> Numeral | None:
    """Give the numeral that begins at an offset of a folded text, or None."""
    match = _NUMERAL.match(folded, start)
    return None if match is None else _from_match(folded, match)


def read_numeral(text: str) -> Numeral:
    """Read a text that is one numeral and nothing else.

    Parameters
    ----------
    text : str
        Such as ``"1.2万亿"`` or ``"half a million"``.

    Returns
    -------
    Numeral
        Its number, and the offsets into `text`.

    Raises
    ------
    ReadError
        No numeral, or more than one numeral.

    Examples
    --------
    >>> print(f"{read_numeral('两千五百万').value:.0f}")
    25000000
    """
    folded = fold(text)
    start = len(folded) - len(folded.lstrip())
    numeral = numeral_at(folded, start)
    if numeral is None or folded[numeral.end :].strip():
        raise ReadError(f"text: {text!r} is not one numeral such as '1.2万亿' or '1.2 billion'")
    return numeral


def _from_match(folded: str, match: re.Match[str]) -> Numeral | None:
    """Read what the pattern found, with its multiplier and a range's second half."""
    first = _read_arabic(folded, match) if match.lastgroup == "a" else _single(folded, match)
    if first is None:
        return None
    end = first.end
    if first.part or end >= len(folded):
        return first
    following = folded[end]
    if (folded[end + 1 : end + 2] if following == " " else following) in _LINKS:
        link = _TO.match(folded, end)
        if link is not None:
            return _range(folded, first, link)
        if folded[end] == "±" and (spread := _ARABIC_AT.match(folded, end + 1)):
            tail = _NUMERAL.match(folded, end + 1)
            other = None if tail is None else _single(folded, tail)
            stop = spread.end() if other is None else other.end
            reach, scale = arabic(spread[0])[0], 1.0
            if other is not None and other.scaled and isinstance(other.value, float) and reach:
                scale = other.value / reach
            middle = first.value if isinstance(first.value, float) else first.value[0]
            centre = middle if first.scaled else middle * scale
            ends = (centre - reach * scale, centre + reach * scale)
            scaled = first.scaled or scale != 1.0
            return Numeral(first.start, stop, ends, first.step * scale, None, "a", False, scaled)
    return first


def _range(folded: str, first: Numeral, link: re.Match[str]) -> Numeral:
    """Join two numerals with a dash or a word between, where they make a range."""
    match = _NUMERAL.match(folded, link.end())
    second = None if match is None else _single(folded, match)
    if second is None or second.part or second.script == "e" != first.script:
        return first
    low, high = first.value, second.value
    if isinstance(low, tuple) or isinstance(high, tuple):
        return first
    word = link[0].strip()
    if word.startswith(("and", "or")):
        lead = folded[max(0, first.start - 9) : first.start]
        if word.startswith("and") and not lead.endswith("between "):
            return first
        if word.startswith("or") and not (high > low and (first.scaled or not second.scaled)):
            return first
    step = first.step
    if second.scaled and not first.scaled:
        printed = _NUMERAL.match(folded, second.start)
        bare = high / _scale_of(folded, second) if printed is not None else high
        if low < bare:
            scale = high / bare if bare else 1.0
            low, step = low * scale, step * scale
    if not low < high:
        return first
    scaled = first.scaled or second.scaled
    return Numeral(
        first.start, second.end, (low, high), max(step, second.step), None, first.script, False,
        scaled,
    )  # fmt: skip


def _scale_of(folded: str, numeral: Numeral) -> float:
    """Give the multiplier that a scaled numeral carries: 1e8 in 1.5亿."""
    scale = 1.0
    body = folded[numeral.start : numeral.end]
    if numeral.script == "a":
        head = _ARABIC_AT.match(body)
        number = arabic(head[0])[0] if head is not None else 0.0
        return numeral.value / number if number and isinstance(numeral.value, float) else 1.0
    if numeral.script == "c":
        for char in reversed(body):
            if char not in MYRIADS:
                break
            scale *= MYRIADS[char]
        return scale
    for word in reversed(_EN_TOKEN.findall(body)):
        if word not in SCALE:
            break
        scale *= SCALE[word]
    return scale


def _single(folded: str, match: re.Match[str]) -> Numeral | None:
    """Read one numeral, never a range."""
    script = match.lastgroup
    if script == "a":
        return _read_arabic(folded, match)
    if match.end() - match.start() > LONGEST:
        return None
    if script == "c":
        return _read_chinese(folded, match)
    return _read_english(match)


def _read_arabic(folded: str, match: re.Match[str]) -> Numeral | None:
    start, end = match.span()
    if end - start > LONGEST:
        return None
    value, step = arabic(match[0])
    cmp = None
    scaled = False
    if end < len(folded):
        char = folded[end]
        at = end + 1 if char == " " or char == "-" else end
        if folded[at : at + 1] in _CN_TAIL_FIRSTS and char != "-":
            tail = _CN_TAIL.match(folded, end)
            if tail is not None and (tail["s"] or (at == end and (tail["o"] or tail["p"]))):
                value, step, end, cmp, scaled = _chinese_tail(folded, tail, value, step)
        elif char == "分" and (fraction := _FRACTION.match(folded, end)):
            return _fraction(start, value, fraction)
        elif char in " -mtbhlcd":
            word = _EN_TAIL.match(folded, end) if folded[at : at + 2] in _EN_TAIL_PAIRS else None
            if word is not None:
                half, times, further = word.groups()
                scale = SCALE[times] * (SCALE[further] if further else 1.0)
                if half:  # 7 and a half million
                    value, step = value + PART["half" if half.endswith("half") else "quarter"], 0.1
                value, step, end, scaled = value * scale, step * scale, word.end(), True
        elif char == "/" and (slash := _SLASH.match(folded, end)) and 0 < value < 100:
            below = float(slash[1])
            if value < below <= 10 and (start == 0 or folded[start - 1] not in "/0123456789"):
                return Numeral(start, slash.end(), value / below, 0.01, None, "a", True)
            return None
    return _new(Numeral, (start, end, value, step, cmp, "a", False, scaled))


def _chinese_tail(
    folded: str, tail: re.Match[str], value: float, step: float
) -> tuple[float, float, int, str | None, bool]:
    """Apply 多万, 亿, 万余 … behind Arabic digits, and what follows as in 1亿5000万, 2亿9千3百万."""
    over, scale, later, further = tail.groups()
    cmp = _over(over or later)
    small, myriad = _scales(scale, further)
    section, total = value * small, 0.0  # below the next 万 or 亿, and above it
    under, limit = small, math.inf  # what the next part must stay below
    if myriad > 1.0:
        section, total, under, limit = 0.0, section * myriad, 1e4, small * myriad
    step, end = step * small * myriad, tail.end()
    scaled = bool(scale)
    while scaled and cmp is None and end < len(folded) and folded[end].isdigit():
        more = _ARABIC_AT.match(folded, end)
        rest = None if more is None else _CN_TAIL.match(folded, more.end())
        if more is None or rest is None or len(more[0]) > LONGEST:
            break
        over, scale, later, further = rest.groups()
        small, myriad = _scales(scale, further)
        added, last = arabic(more[0])
        whole = (section + added * small) * myriad
        bare = small * myriad == 1.0
        if bare and len(more[0]) != 4 and not _hundreds(folded, more):
            break
        if added * small >= under or whole >= limit:
            break
        if myriad > 1.0:
            total, section, under, limit = total + whole, 0.0, 1e4, small * myriad
        else:
            section, under = whole, small
        step, end, cmp = last * small * myriad, rest.end(), _over(over or later)
    return total + section, step, end, cmp, scaled


def _hundreds(folded: str, more: re.Match[str]) -> bool:
    """Whether 695 ends 114万695公斤, and is no number of its own."""
    following = folded[more.end() : more.end() + 1]
    return len(more[0]) == 3 and more[0].isdigit() and following > "\u2fff"


def _over(word: str | None) -> str | None:
    """Give the comparator of 多, 余, 几 or 来 behind digits."""
    return None if word is None else ("~" if word == "来" else ">=")


@lru_cache(maxsize=256)
def _scales(words: str, further: str | None) -> tuple[float, float]:
    """Give the multipliers behind digits: up to 千, and 万 with what is above."""
    small = myriad = 1.0
    for char in words + (further or ""):
        if char in TENS:
            small *= TENS[char]
        else:
            myriad *= MULTIPLIER[char]
    return small, myriad


def _fraction(start: int, below: float, match: re.Match[str]) -> Numeral | None:
    above = match["n"]
    value = arabic(above)[0] if above[0].isascii() else chinese(above)
    if value is None or not below or isinstance(value, tuple):
        return None
    step = 1.0 if below in (100.0, 1000.0) else 0.1
    decimals = len(re.split("[.点]", above)[1]) if re.search("[.点]", above) else 0
    return Numeral(
        start, match.end(), value / below, step / below * 10.0**-decimals, None, "c", True
    )


def _read_chinese(folded: str, match: re.Match[str]) -> Numeral | None:
    start, end = match.span()
    run = match[0]
    if run == "一半":
        return Numeral(start, end, 0.5, 0.1, None, "c", True)
    if run == "半":
        return Numeral(start, end, 0.5, 0.1, None, "c")
    after = folded[end : end + 1]
    if run[-1] == "千" and after and after in "瓦克米伏焦卡赫帕乏":
        run, end = run[:-1], end - 1
    if not run:
        return None
    value = chinese(run)
    if value is None:
        return None
    if after == "分" and isinstance(value, float):
        fraction = _FRACTION.match(folded, end)
        if fraction is not None:
            return _fraction(start, value, fraction)
    step = chinese_step(run)
    cmp = "~" if isinstance(value, tuple) else None
    scaled = run[-1] in MYRIADS or run[-1] in TENS
    if after and after in "多余来几" and scaled:
        tail = _CN_TAIL.match(folded, end)
        if tail is not None and (tail["o"] or tail["p"]) and tail[0][0] != " ":
            over = tail["o"] or tail["p"]
            more = tail["s"] + (tail["t"] or "")
            cmp = "~" if over == "来" else ">="
            end, step = tail.end(), chinese_step(run + more)
            value = chinese(run + more) or value  # 两亿九千三百多万: 万 counts what 亿 left over
    return _new(Numeral, (start, end, value, step, cmp, "c", False, scaled))


def _read_english(match: re.Match[str]) -> Numeral | None:
    tokens = _EN_TOKEN.findall(match[0])
    total = current = 0.0
    step = 1.0
    known = part = scaled = False
    joined = False
    for token in tokens:
        if token in ("a", "an"):
            continue
        if token in ("and", "of", "further"):
            joined = token == "and"
            continue
        if token in PART:
            fraction = PART[token]
            counted = known or joined or tokens[0] in ("a", "an")
            if part or not (counted or token == "half" or fraction > 1.0):
                return None  # an ordinal: the third quarter
            if joined and not known:  # a million and a half
                current = fraction * step
            elif not known:
                current = fraction
            elif joined:
                current += fraction
            else:
                current *= fraction
            known, part, step = True, not joined, 0.1
        elif token in SCALE:
            scale = SCALE[token]
            current = (current if known else 1.0) * scale
            part, scaled = False, True
            step *= scale
            known = True
            if scale >= 1e3:
                total, current = total + current, 0.0
                known = False
        else:
            number = ENGLISH[token]
            if known and not joined and not (current % 100.0 >= 20.0 and number < 10.0):
                return None
            current += number
            known, step = True, 1.0
        joined = False
    value = total + current
    if not known and total == 0.0:
        value = 1.0  # "a terawatt hour": the article counts one
    return Numeral(match.start(), match.end(), value, step, None, "e", part, scaled)


def short_multiplier(folded: str, end: int) -> float:
    """Give 1e6, 1e9 or 1e3 where m, b or k stands right behind a number, else 0.

    ``m`` may be metres as well; whoever knows what the number counts must decide.
    """
    match = _SHORT_TAIL.match(folded, end)
    return SCALE[match[0]] if match is not None else 0.0
