"""Which province, state or city a share, or so many years, is of: "a quarter of Shanghai's electricity"."""

import functools
import re

from wafer_calc.claims.reading.figure import Printed
from wafer_calc.claims.reading.nouns import any_of
from wafer_calc.tables import read_table

__all__ = ["in_chinese", "measured_by", "spellings_by_country"]

_AHEAD = 90  # characters of a clause behind a share
_LEAD = 60
_BACK = 400  # characters in which "the province" was named
_ENERGY = re.compile(r"\b(?:electricity|power|energy|consumption|demand|usage|use|used|consumed)\b")
# Shares of less than all that a region uses, or of what is no energy
_OTHER = re.compile(
    r"\b(?:households?|homes?|houses|residents?|residential|domestic|families|people|peak|midday|evening|capacity|installed|renewables?"
    r"|solar|wind|hydro\w*|nuclear|coal|green|clean|water|land|area|emissions?|industr\w+|commercial|street|railway|plants?|stations?|farms?)\b"
)
_BETWEEN = r"(?: (?:of|times|the|that|as|much|all|total|overall|annual|yearly|what|electricity|power|energy|consumption|demand|needs|used|use|consumed|generated|generation|in|by|city|province|state)){0,8} "
_LOCAL = re.compile(
    r" (?:of )?(?:all )?(?:its|the (?:province|state|city|municipality|region|territory|emirate|island)(?:'s|’s)?|the provincial|provincial)"
    r" (?:(?:total|overall|annual|entire) ){0,2}(?:electricity|power|energy|consumption|demand)\b(?! (?:capacity|plants?))"
)
_OWN = re.compile(r" (?:of )?(?:all )?its ")
_SUPPLIED = re.compile(
    r"(?:needs|demand|consumption|use|usage|power|powering|supply|supplying|meets?|electricity)\b[^.;0-9]{0,40}\bfor (?:about |around |nearly |some |over |more than )?$"
)
_ZH_USE = r"(?:(?:[0-9]{4}年|全年|年度|一年|一整年|年|全社会|社会|全市|全省|全区|总|的)*(?:用电|耗电|电力消费|电力消耗|供电)(?:总|需求|消费)*(?:量|负荷)?(?:的|总量|约|近|超|逾)*)"
_ZH_USES = ("用电", "耗电", "供电", "电力消")
_ZH_LOCAL = r"(?:全省|全市|全区|全自治区|该省|该市|该区|本省|本市|全州)"
_ZH_NOT = re.compile("居民|生活|工业|农业|高峰|夏季|新增|缺口|可再生|清洁|外购|外来")


@functools.cache
def spellings_by_country() -> dict[str, dict[str, str]]:
    """Give the table of the regions' names, as it is written."""
    return read_table("wafer_calc.claims.reading", "regions")


@functools.cache
def _names() -> dict[str, str]:
    """Give each spelling's region."""
    return {
        spelling.replace("_", " "): name
        for rows in spellings_by_country().values()
        for name, spellings in rows.items()
        for spelling in spellings.split()
    }


def in_chinese(name: str) -> str:
    """Give a region's Chinese name; the name as it is where the table has none."""
    spellings = (spelling for spelling, region in _names().items() if region == name)
    return next((spelling for spelling in spellings if spelling[0] > "\u2fff"), name)


class _Patterns:
    """The patterns with every region's name in them, compiled when a text first measures by one."""

    def __init__(self) -> None:
        latin = any_of(sorted((n for n in _names() if n[0] < "\u2fff"), key=len, reverse=True))
        han = any_of(sorted((n for n in _names() if n[0] > "\u2fff"), key=len, reverse=True))
        self.named = re.compile(rf"\b(?P<r>{latin})\b|(?P<h>{han})")
        self.behind = re.compile(rf"{_BETWEEN}(?P<r>{latin})\b(?P<rest>(?:'s|’s|s')?[^.,;:0-9]*)")
        self.over = re.compile(rf"\b(?P<r>{latin})\b(?P<rest>[^.;0-9]{{0,60}})$")
        self.zh_lead = re.compile(rf"(?:(?P<h>{han})[省市州区]?|{_ZH_LOCAL}){_ZH_USE}$")
        self.zh_behind = re.compile(rf"的?(?:(?P<h>{han})[省市州区]?|{_ZH_LOCAL}){_ZH_USE}")
        self.zh_parted = re.compile(rf"(?:(?P<h>{han})[省市州区]?|{_ZH_LOCAL})(?:约|近|超|逾)?$")


@functools.cache
def _patterns() -> _Patterns:
    return _Patterns()


_USE_BEHIND = re.compile(rf"的?{_ZH_USE}")


def measured_by(folded: str, one: Printed) -> str | None:
    """Find the region whose electricity a share, or a time, is of.

    Parameters
    ----------
    folded : str
        The text through `numerals.fold`.
    one : Printed
        A ratio, or a time in years, months or days for which a region's use is met.

    Returns
    -------
    str or None
        The region's English name; None where none is measured by.
    """
    start, end = one.start, one.end
    lead = folded[max(0, start - _LEAD) : start]
    behind = folded[end : end + _AHEAD]
    if any(use in lead or use in behind for use in _ZH_USES):
        found = _in_chinese(folded, one, lead, behind)
        if found is not None:
            return found
    timed = one.unit.base != "dimensionless"
    if timed:
        if not _SUPPLIED.search(lead):
            return None
        over = _patterns().over.search(lead)
        return None if over is None or _OTHER.search(over["rest"]) else _names()[over["r"]]
    if _ENERGY.search(behind) is None:
        return None
    local = _LOCAL.match(behind)
    if local is not None:
        return _last_named(folded, start, sentence=_OWN.match(behind) is not None)
    of = _patterns().behind.match(behind)
    if of is None:
        return None
    said = of[0].partition(" and ")[0]
    return None if _OTHER.search(said) or not _ENERGY.search(said) else _names()[of["r"]]


def _in_chinese(folded: str, one: Printed, lead: str, behind: str) -> str | None:
    """Read 占合肥市全年用电量的5%, 全省5%的用电量, 满足上海市两年的用电量."""
    timed = one.unit.base != "dimensionless"
    patterns = _patterns()
    clause = re.split("[，。；,;]", lead)[-1]
    told = None if timed else patterns.zh_lead.search(clause)
    if told is None:
        use = _USE_BEHIND.match(behind)
        told = patterns.zh_parted.search(clause) if use is not None else None
        if told is None and not timed:
            told = patterns.zh_behind.match(behind)
        if told is None or _ZH_NOT.match(behind.lstrip("的")):
            return None
    if _ZH_NOT.search(told[0]):
        return None
    if told["h"]:
        return _names()[told["h"]]
    return _last_named(folded, one.start, sentence=False)


def _last_named(folded: str, before: int, *, sentence: bool) -> str | None:
    """Give the region that was named last; with `sentence`, in the same one."""
    since = max(0, before - _BACK)
    if sentence:
        since = max(since, folded.rfind(". ", since, before))
    name = None
    for found in _patterns().named.finditer(folded, since, before):
        name = found["r"] or found["h"]
    return None if name is None else _names()[name]
