"""What the words around a quantity say of whose it is."""

import re
from functools import lru_cache
from typing import NamedTuple

from wafer_calc.claims.reading.around import Around, Meaning, direct_words, nearest, technology_near
from wafer_calc.claims.reading.figure import Printed
from wafer_calc.claims.reading.regions import measured_by
from wafer_calc.claims.records import COUNTRY, REGION

__all__ = ["WORKS", "Hint", "hint"]

_MACHINES = frozenset(
    ("turbine", "turbines", "machine", "machines", "unit", "units", "generator", "generators",
     "reactor", "reactors", "panel", "panels", "module", "modules")
)  # fmt: skip
WORKS = frozenset(
    ("factory", "factories", "plant", "farm", "park", "facility", "assembly", "manufacturing",
     "production", "project", "line", "capacity", "gigafactory")
)  # fmt: skip


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
    if base in _MEASURES and (region := measured_by(folded, one)) is not None:
        return _hinted(None, REGION + region, None)
    if base == "dimensionless":
        yardstick = nearest(near, "yardstick", clause=True)
        if yardstick is not None and _is_supplier(folded, near):
            yardstick = None
        if yardstick is None and meant.kind == "energy_ratio" and _is_of_country(folded, one, near):
            yardstick = COUNTRY
        own = _OWN_COUNTRY.match(folded, one.end)  # and not that of a later clause
        return _hinted(None, yardstick, None if own else nearest(near, "place"))
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


_MEASURES = frozenset(("dimensionless", "year", "month", "day"))
_OWN_COUNTRY = re.compile(r" of (?:all )?(?:the |this )(?:country|nation)(?:'s|’s)?\b")


def _is_supplier(folded: str, near: Around) -> bool:
    """Whether the dam or plant named before a share is what gives it: "Itaipu meets 15 % of demand"."""
    for _, end, tags, breaks, crossed in near.before:
        if breaks >= 2 or crossed > 1:
            return False
        if "yardstick" in tags:
            return _SUPPLIES.match(folded, end) is not None
    return False


_SUPPLIES = re.compile(
    r"(?: (?:hydro[a-z]*|power|nuclear|dam|plant|station|complex)){0,4},? (?:now |today |currently |alone )?"
    r"(?:meets?|met|makes?|made|gives?|gave|suppl(?:y|ies|ied)|provide[sd]?|cover(?:s|ed)?|account(?:s|ed)? for|generate[sd]?|produce[sd]?)\b"
)


def _is_of_country(folded: str, one: Printed, near: Around) -> bool:
    """Whether a share is of a whole country's electricity: "5 % of Chile's power", 占全国发电量的5%."""
    for start, end, tags, _, crossed in near.behind:
        if crossed or start - one.end > _TO_COUNTRY:
            break
        if "nation" in tags:
            of_it = _OF_COUNTRY.fullmatch(folded, one.end, start)
            return bool(of_it and (of_it["power"] or _ITS_POWER.match(folded, end)))
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
    r" (?:of |of all |of all of |of the )?(?P<power>(?:total |all )?(?:electricity|power|energy) (?:used|consumed|generated|produced|needs|demand|supply|consumption|generation) (?:in|of|across) )?(?:the )?"
    r"| of (?:all )?(?:the )?(?:electricity|power|energy) (?:that )?"
)
_ITS_POWER = re.compile(
    r"(?:'s|’s|s')? ?(?:(?!midday|peak|residential|household|domestic|industrial|renewable|solar|wind|clean|green|hydro|nuclear|new|coal|installed)[a-z]+ ){0,3}(?:electricity|power|energy|generation|consumption|demand|needs)(?! (?:capacity|plants?|stations?))\b|(?:'s|’s|s')?(?=[.,;)]|$)| (?:used|uses|consumed|consumes|needs|needed|generated|made)\b"
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
    return any(word in _MACHINES for word in words) and not any(word in WORKS for word in words)


_HAN_WORKS = re.compile("项目|工程|电站|电场|基地")
