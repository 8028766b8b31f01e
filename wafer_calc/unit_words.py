"""The words that a text has for units and counted nouns, and what each stands for."""

import difflib
import functools
import re
from dataclasses import dataclass, field

from wafer_calc.errors import UnitError
from wafer_calc.numerals import fold
from wafer_calc.tables import read_table

__all__ = ["UnitWord", "is_adjunct", "money_before", "noun_at", "unit_at", "unknown_unit"]


@dataclass(frozen=True, slots=True)
class UnitWord:
    """What a unit's word in a text stands for.

    Attributes
    ----------
    name : str
        As pint's registry spells it.
    base : str
        Base unit of read quantities: W, kWh, kg, m**2, CNY, piece, household, dimensionless …
    factor : float
        How many of `base` it is.
    """

    name: str
    base: str
    factor: float


@dataclass(frozen=True, slots=True)
class _Words:
    # first two characters, or the only one -> word, forbidden next, unit; the longest come first
    han: dict[str, list[tuple[str, str, UnitWord]]]
    latin: dict[str, "_Spelt"]  # by first token
    cased: dict[str, UnitWord]
    # last two characters, or the only one -> sign or code, unit
    money: dict[str, list[tuple[str, UnitWord]]]
    between: frozenset[str]


@dataclass(slots=True)
class _Spelt:
    """The units that one token begins: alone, or with further tokens, of which the longest come first."""

    alone: UnitWord | None = None
    longer: list[tuple[tuple[str, ...], UnitWord]] = field(default_factory=list)
    seconds: set[str] = field(default_factory=set)  # the first of the further tokens, plurals too

    def add(self, tokens: tuple[str, ...], unit: UnitWord) -> None:
        if tokens:
            self.longer.append((tokens, unit))
            self.longer.sort(key=lambda item: -len(item[0]))
            self.seconds |= {tokens[0], tokens[0] + "s"}
        elif self.alone is None:
            self.alone = unit


_PENNIES = {"p": UnitWord("penny", "GBP", 0.01), "c": UnitWord("us_cent", "USD", 0.01)}
_KWH = UnitWord("kilowatt_hour", "kWh", 1.0)
_TOKEN = re.compile(r"(?:us\$|[kmg]?tco[2₂](?:eq?)?(?![a-z])|[a-zµμ]++[23²³]?(?![0-9])|°c?|[%‰¢℃])")
_FURTHER = re.compile(rf"[ ·.•-]{{0,2}}({_TOKEN.pattern})")
_ADJECTIVE = re.compile(r"[ -]([a-z][a-z.']*+)")
_MODEL_NAME = re.compile(
    r" (?:[a-z]{1,4}-?[0-9]{2,4}[a-z]{0,2}(?:/[0-9.]{1,4})?|[a-z]{3,12}-[0-9])(?= [a-z])"
)
_PER = re.compile(r" ?/ ?|(?: a | an | per |-per-)")
_LINKS = frozenset((" /", " a", " p", "-p"))
_COUNTED = ("piece", "household", "person", "panel", "vehicle", "tree", "count", "football_field")
_PER_BASES = ("kWh", "W", "kg", "m**2", "m**3", "m", "piece", "household", "person", "panel")
_PER_TIMES = ("second", "hour", "minute")
_NEVER_SHARED = (*_COUNTED, "kWh", "W", "year", "month", "day", "hour")
_MISSPELT = re.compile(r"(?:[mbtrqz]+[il]+[oi]+n|thou[sz]a?nd?)s?")
_LONGEST_NOUN_PHRASE = 6
_PERSON = UnitWord("person", "person", 1.0)
# Of people of a place or a trade: Californians, Americans, electricians.
_PEOPLE = re.compile(r"[a-z]{3,}(?:ians|icans)")
_EITHER = "(?:direct|indirect|skilled|unskilled|permanent|temporary|seasonal|urban|rural|domestic|full-time|part-time)"
_PAIRED_ADJECTIVES = re.compile(rf"[ -]{_EITHER} (?:and|or) {_EITHER}(?= )")


@functools.cache
def _words() -> _Words:
    """Read the word table, once."""
    table = read_table("wafer_calc", "units")
    own = table.pop("words")
    han: dict[str, list[tuple[str, str, UnitWord]]] = {}
    latin: dict[str, _Spelt] = {}
    cased: dict[str, UnitWord] = {}
    codes: dict[str, UnitWord] = {}
    for base, rows in table.items():
        for name, row in rows.items():
            factor, *spellings = row.split()
            unit = UnitWord(name, base, float(factor))
            codes[name] = unit
            for spelling in spellings:
                word, _, forbidden = spelling.partition("!")
                if word[0] > "\u2fff" or word[0] == "㎡":
                    han.setdefault(word[:2], []).append((word, forbidden, unit))
                elif word != word.lower():
                    cased[word] = unit
                else:
                    tokens = _TOKEN.findall(word)
                    if re.search("[\u3000-\u9fff]", word):
                        tokens = [word]
                    latin.setdefault(tokens[0], _Spelt()).add(tuple(tokens[1:]), unit)
                    if len(tokens) > 1 and tokens[0].isascii() and len(tokens[0]) > 1:
                        latin.setdefault("".join(tokens), _Spelt()).add((), unit)
    for key, words in han.items():
        words.extend(han.get(key[0], ()) if len(key) > 1 else ())
        words.sort(key=lambda item: -len(item[0]))
    money: dict[str, list[tuple[str, UnitWord]]] = {}
    for pair in sorted(own["money"].split(), key=len, reverse=True):
        sign, _, code = pair.partition("=")
        money.setdefault(sign[-2:], []).append((sign, codes[code]))
    for key, signs in money.items():
        signs.extend(money.get(key[1], ()) if len(key) > 1 else ())
    return _Words(han, latin, cased, money, frozenset(own["between"].split()))


def unit_at(folded: str, start: int, original: str = "") -> tuple[UnitWord, int] | None:
    """Give the unit whose word stands at an offset, and where the word ends.

    Parameters
    ----------
    folded : str
        Text that went through `numerals.fold`.
    start : int
        Offset right behind the number; one space, hyphen or line break may come first.
    original : str
        The text before folding, where capitals tell units apart (Mt and MT).

    Returns
    -------
    (UnitWord, int) or None
        Compounds such as 元/千瓦时 and $/MWh included.
    """
    found = _simple_unit_at(folded, start, original)
    if found is None:
        return None
    return with_denominator(folded, *found, original)


def with_denominator(
    folded: str, unit: UnitWord, end: int, original: str = ""
) -> tuple[UnitWord, int]:
    """Give a unit with what it is divided by, where that follows: 元 and /千瓦时, $ and per MWh.

    Parameters
    ----------
    folded : str
        Text that went through `numerals.fold`.
    unit : UnitWord
        The unit that has been read.
    end : int
        Offset behind it.
    original : str
        The text before folding.

    Returns
    -------
    (UnitWord, int)
        The compound and its end, or `unit` and `end` as they came. A time such as "per year" is a
        period and no part of the unit, except in speeds and flows.
    """
    link = folded[end : end + 2]
    if link not in _LINKS and link[:1] != "/":
        return unit, end
    per = _PER.match(folded, end)
    below = None if per is None else _simple_unit_at(folded, per.end(), original)
    if per is None or below is None:
        return unit, end
    other, stop = below
    if unit.base == "INR" and other.base == "count" and folded.startswith("unit", per.end()):
        other = _KWH  # what Indian papers call a unit of electricity
    if unit.base == "W" and other.name == "hour" and per[0].strip() == "/":
        return _compound(unit, other, "*"), stop  # kW/h is printed for kWh
    if other.base in _PER_BASES and not (unit.base in _NEVER_SHARED and other.base != "m**2"):
        return _compound(unit, other, "/"), stop
    if other.name in _PER_TIMES and unit.base in ("m", "m**3"):
        return _compound(unit, other, "/"), stop
    return unit, end


@functools.cache
def _compound(unit: UnitWord, other: UnitWord, operator: str) -> UnitWord:
    if operator == "*":
        return UnitWord(f"{unit.name} * hour", "kWh", unit.factor / 1e3)
    base = "s" if other.base == "hour" else other.base
    factor = other.factor * 3600.0 if other.base == "hour" else other.factor
    return UnitWord(f"{unit.name} / ({other.name})", f"{unit.base}/{base}", unit.factor / factor)


def _simple_unit_at(folded: str, start: int, original: str) -> tuple[UnitWord, int] | None:
    size = len(folded)
    if start < size and folded[start] in " -\n":
        start += 2 if folded.startswith("- ", start) else 1  # "a 13.4- MW plant"
    if start >= size:
        return None
    words = _words()
    char = folded[start]
    if char > "\u2fff":
        entries = words.han.get(folded[start : start + 2]) or words.han.get(char, [])
        for word, forbidden, unit in entries:
            end = start + len(word)
            barred = forbidden and end < size and folded[end] in forbidden
            if folded.startswith(word, start) and not (barred and _is_other(folded, start, end)):
                return unit, end
        return None
    match = _TOKEN.match(folded, start)
    if match is None:
        return None
    token, end = match[0], match.end()
    if token in _PENNIES and folded.startswith(("/", " per ", " a kilowatt"), end):
        return _PENNIES[token], end
    if token == "g" and original and original[start] == "G":
        return None  # 5G is no mass
    if original and (cased := words.cased.get(original[start:end])) is not None:
        return cased, end
    spelt = words.latin.get(token)
    if spelt is not None:
        longer = _longer_at(folded, spelt, end) if spelt.longer else None
        if longer is not None:
            return longer
        if spelt.alone is not None:
            return spelt.alone, end
    if token[-1] == "s" and len(token) > 3:
        spelt = words.latin.get(token[:-1])
        if spelt is not None and spelt.alone is not None:
            return spelt.alone, end
    return None


def _is_other(folded: str, start: int, end: int) -> bool:
    """Whether a character that may begin another word behind a unit does so.

    户用 is a roof's, 4万户用电 is not; 度的 is an angle's, but for 年发电4亿度的风电场.
    """
    of_kwh = folded[start - 1 : end + 1] in ("万度的", "亿度的")
    return not of_kwh and not folded.startswith("用电", end)


def _longer_at(folded: str, spelt: _Spelt, end: int) -> tuple[UnitWord, int] | None:
    """Give the unit whose further tokens stand at `end`, and where they end."""
    following = _FURTHER.match(folded, end)
    if following is None or following[1] not in spelt.seconds:
        return None
    for tokens, unit in spelt.longer:
        stop = end
        match: re.Match[str] | None = following
        for token in tokens:
            if match is None or (match[1] != token and match[1] != token + "s"):
                break
            stop = match.end()
            match = _FURTHER.match(folded, stop)
        else:
            return unit, stop
    return None


def noun_at(folded: str, start: int) -> tuple[UnitWord, int] | None:
    """Give the counted noun that a number goes with, past adjectives: "17,000 California homes".

    Parameters
    ----------
    folded : str
        Text that went through `numerals.fold`.
    start : int
        Offset right behind the number.

    Returns
    -------
    (UnitWord, int) or None
        Unit and end of the noun, at most six words on.
    """
    words = _words()
    for _ in range(_LONGEST_NOUN_PHRASE):
        pair = _PAIRED_ADJECTIVES.match(folded, start)
        start = start if pair is None else pair.end()
        model = _MODEL_NAME.match(folded, start)
        start = start if model is None else model.end()  # 140 Vestas V112 turbines
        match = _ADJECTIVE.match(folded, start)
        if match is None:
            return None
        found = _simple_unit_at(folded, start, "")
        if found is not None and found[0].base in _COUNTED:
            following = noun_at(folded, found[1]) if found[1] < len(folded) else None
            return following or (None if is_adjunct(folded, found[1]) else found)
        word = match[1]
        if _PEOPLE.fullmatch(word):
            return _PERSON, match.end()
        ends = word.endswith(".") and word not in ("u.s.", "u.k.")
        if ends or word in words.between or _MISSPELT.fullmatch(word):
            return None
        start = match.end()
    return None


def is_adjunct(folded: str, end: int) -> bool:
    """Tell whether the singular noun that ends here only describes the next: home lighting systems."""
    if (
        folded[end - 1] == "s"
        or not folded[end - 1].isascii()
        or folded.endswith(("people", "staff", "fte"), 0, end)
    ):
        return False
    match = _ADJECTIVE.match(folded, end)
    return match is not None and match[1] not in _words().between


def money_before(folded: str, start: int) -> tuple[UnitWord, int] | None:
    """Give the currency whose sign or code stands right before a number, and where it begins."""
    stop = start - 1 if start and folded[start - 1] == " " else start
    if not stop:
        return None
    money = _words().money
    for sign, unit in money.get(folded[stop - 2 : stop]) or money.get(folded[stop - 1], []):
        if not folded.endswith(sign, 0, stop):
            continue
        begin = stop - len(sign)
        lettered = sign[0].isalpha() and sign[0].isascii()
        if lettered and begin and (folded[begin - 1].isalnum() and folded[begin - 1].isascii()):
            continue
        if sign == "r" and stop != start:
            continue
        if sign == "yuan" and _NUMBER_ENDS.search(folded, max(0, begin - 10), begin):
            continue  # "1 billion yuan 100 MW": the money stands before
        return unit, begin
    return None


_NUMBER_ENDS = re.compile(r"(?:[0-9]|illion|thousand|bn)[ -]?$")


def unknown_unit(shown: str, word: str) -> UnitError:
    """Build the error for a unit's word that the table does not have, with the nearest it has."""
    words = _words()
    known = {entry[0] for entries in words.han.values() for entry in entries} | words.latin.keys()
    near = difflib.get_close_matches(fold(word[:40].strip()), known, n=4)
    mend = f"nearest: {', '.join(near)}" if near else "wanted one such as GW, 亿度, 片, homes, 元"
    return UnitError(f"text: {shown} has the unknown unit {word[:40].strip()!r}; {mend}")
