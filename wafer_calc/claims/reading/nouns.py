"""What a number counts, where other words stand between it and the noun."""

import re
from collections.abc import Iterable

from wafer_calc.numerals import Numeral
from wafer_calc.unit_words import UnitWord, noun_at, unit_at

__all__ = ["COUNT", "IN_ALL", "PANEL", "PLANTS", "any_of", "counted_noun", "is_year", "words"]

# Of patterns that tell plants of so much together from machines of so much each
PLANTS = "projects|plants|farms|stations|bases|sites|schemes|parks|facilities"
IN_ALL = "in all|in total|altogether|combined|all told"


def words(alternatives: str) -> str:
    """Give the pattern of words at their beginning that the engine can skip to by their first letters."""
    return "|".join(rf"{word[0]}(?<!\w{word[0]}){word[1:]}" for word in alternatives.split("|"))


def any_of(words: Iterable[str]) -> str:
    """Give the pattern of any of some words, as a tree of letters: most places are told by the first."""
    branches: dict[str, list[str]] = {}
    for word in words:
        if not word:
            return ""
        branches.setdefault(word[0], []).append(word[1:])
    rests = {letter: any_of(rest) for letter, rest in branches.items()}
    return "|".join(
        letter + (f"(?:{rest})" if "|" in rest else rest) for letter, rest in rests.items()
    )


_PIECES = re.compile(r" (?:pieces|pcs)\b")
_WAFERS = re.compile(r"\bwafers?\b|\bcells\b")
_NEAR = 120  # characters in which the word for what the pieces are is looked for
_POWER_WORKS = re.compile(
    r" (?:[a-z-]{2,20} ){0,3}power (?:units?|plants?|stations?|cent(?:er|re)s?|generators?)\b"
)
_NAMED_UNITS = re.compile(
    r" (?:carbon(?= tonn?e?s?\b)|(?:utili[sz]ation|full-load|equivalent|operating|sunshine)(?= hours?\b))"
)
_FIELDS = re.compile(r" (?:[a-z.-]+ ){0,2}(?:football|soccer|rugby) (?:fields?|pitch(?:es)?)")
_SIZED_MACHINES = re.compile(
    r" (?:[a-z]{2,20} ){0,2}(?:[0-9.,]{1,7}|one|two|three|four|five|six|seven|eight|ten)[ -]?(?:mw|kw|wp?|megawatt|kilowatt|watt)[ -](?:[a-z]{2,20} ){0,2}"
    r"(?:(?P<panels>panels|modules)|turbines|machines|generators|units|reactors|inverters|transformers|batteries)"
)
_SIZED_WAFERS = re.compile(
    r" (?:[a-z-]{2,20} ){0,2}(?:[0-9]{2,3}(?:\.[0-9]+)?[ -]?(?:mm|millimet(?:re|er)s?)|[mg][0-9]{1,2})[ -]"
    r"(?:[a-z-]{2,20} ){0,3}(?:wafers|cells)\b"
)
# "40 Vestas machines of 8.25 MW and 47 Siemens Gamesa of 7 MW": a make's name counts its machines
_OF_A_SIZE = re.compile(
    r"(?: (?!(?:and|or|to|of|in|mw|the|per|with|an?|at|is|are|has|have|total|output|capacity|power|combined)\b)[a-z]{2,20}){1,3}(?= of [0-9][0-9.,]{0,5}[ -]?(?:mw|kw|megawatts?)\b)"
    r"|(?= of [0-9][0-9.,]{0,5}[ -]?(?:mw|kw|megawatts?) each\b)"
)
# 17 giant flowers, 170 million cups: what is counted need not be in any table
_ANY_PLURAL = re.compile(
    r"(?:[ -](?!(?:and|or|of|in|at|to|per|by|the|for|on|as|is|was|are|were|from|with|that|who|which|more|times|than)\b)[a-z'-]+){0,2}?"
    r"[ -](?!(?:adds|expects|wants|serves|says|plans|has|is|was|comes|goes|takes|makes|gives|uses|needs|covers|gets|sees|costs|means"
    r"|shows|stands|remains|includes|starts|begins|ends|reaches|brings|provides|generates|produces|supplies|powers|runs|technologies"
    r"|holdings|industries|systems|its|this|thus|plus|versus|across|times|terms|emissions|renewables|shipments|sales)\b)"
    r"[a-z]{2,}[a-rt-z]s\b(?!')"
)
_WORD = re.compile(r"[ -][a-z]")
COUNT = UnitWord("count", "count", 1.0)
PANEL = UnitWord("panel", "panel", 1.0)
_PIECE = UnitWord("wafer", "piece", 1.0)
_FIELD = UnitWord("football_field", "football_field", 1.0)


def counted_noun(folded: str, numeral: Numeral) -> tuple[UnitWord, int] | None:
    """Find the noun that a number counts, past adjectives; none where the number is a year.

    Parameters
    ----------
    folded : str
        The text through `numerals.fold`.
    numeral : Numeral
        One of its numbers, with no unit right behind it.

    Returns
    -------
    (UnitWord, int) or None
        The unit and where its noun ends.
    """
    if is_year(numeral):
        return None
    sized = _SIZED_MACHINES.match(folded, numeral.end)
    if sized is not None:
        unit = PANEL if sized["panels"] else COUNT
        return unit, numeral.end  # 32 Siemens 3.6MW turbines: the noun stands behind the size
    pieces = _PIECES.match(folded, numeral.end)
    if pieces is not None and _WAFERS.search(
        folded, max(0, numeral.start - _NEAR), numeral.end + _NEAR
    ):
        return _PIECE, pieces.end()
    sliced = _SIZED_WAFERS.match(folded, numeral.end)
    if sliced is not None:
        return _PIECE, sliced.end()
    works = _POWER_WORKS.match(folded, numeral.end)
    if works is not None:
        return COUNT, works.end()
    named = _NAMED_UNITS.match(folded, numeral.end)
    if named is not None:
        return unit_at(folded, named.end())  # 270,000 carbon tonnes, 1,035 utilization hours
    fields = _FIELDS.match(folded, numeral.end)
    if fields is not None:
        return _FIELD, fields.end()
    noun = noun_at(folded, numeral.end)
    if noun is not None:
        return noun
    make = _OF_A_SIZE.match(folded, numeral.end)
    if make is not None:
        return COUNT, make.end()
    several = numeral.script == "a" or numeral.scaled
    return _any_plural(folded, numeral.end) if several else None


def _any_plural(folded: str, end: int) -> tuple[UnitWord, int] | None:
    """Read what is counted and in no table: 17 giant flowers; or a unit past adjectives: 3 full days."""
    counted = _ANY_PLURAL.match(folded, end)
    if counted is None:
        return None
    for word in _WORD.finditer(folded, end, counted.end()):
        unit = unit_at(folded, word.start())
        if unit is not None:
            return unit
    return COUNT, counted.end()


def is_year(numeral: Numeral) -> bool:
    """Whether four digits are a year of these two centuries."""
    value = numeral.value
    plain = numeral.script == "a" and numeral.end - numeral.start == 4
    return plain and isinstance(value, float) and 1900 <= value <= 2100
