"""Whether a power is what a factory makes in a year, or a plant's; whether a store is spoken of."""

import re

from wafer_calc.claims.reading.around import FACTORY_TECH, Around
from wafer_calc.claims.reading.cues import Marks, Tags
from wafer_calc.claims.reading.figure import Printed
from wafer_calc.claims.reading.nouns import words

__all__ = ["is_factory", "is_storage"]

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
    rf"(?:{words('ingot|wafer|cell|module|polysilicon|panel')})s?[ -](?:(?!with |at |and |of |in |on )[a-z-]{{1,20}} ){{0,2}}(?:factory|plant|fab|mill|base|facility|line|capacity|production)\b[^.;]{{0,60}}$"
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
