"""Over which time an energy or a mass is summed: a year, a month, a lifetime, so far."""

import re

from wafer_calc.claims.reading.around import (
    SUMMED,
    Around,
    Meaning,
    attached_year,
    over_years,
    period_of,
)
from wafer_calc.claims.reading.figure import Printed
from wafer_calc.claims.reading.nouns import words
from wafer_calc.claims.records import PART_OF_YEAR

__all__ = ["is_part_of_year", "part_of_year", "summed"]


def summed(
    folded: str,
    one: Printed,
    near: Around,
    previous: tuple[Printed, Meaning] | None,
    following: Printed | None,
) -> str | None:
    """Give the period of an energy or a mass, where the words around tell it."""
    period, _ = period_of(near, one)
    if period == "month" and _TO_DATE.search(folded, one.start - _MONTHS_REACH, one.start):
        return "total"  # 截至2019年10月发电量累计2.4万亿千瓦时
    if period is None and (months := _FROM_MONTHS.match(folded, one.end)) is not None:
        first, last = (_MONTHS.split("|").index(name) for name in months.groups())
        return {6: "half-year", 12: "year"}.get((last - first) % 12 + 1, "total")
    if period is None and one.unit.base == "kWh":
        of_month = _OF_MONTH.search(folded, one.start - _SPAN_REACH, one.start)
        if of_month or _IN_MONTH.match(folded, one.end):
            return "month"
    spell = previous[1].per if previous is not None else "none"
    if period in (None, "year") and spell != "none" and _IN_THE_SAME.match(folded, one.end):
        return spell
    if (months := _han_months(folded, one, said=period is None)) is not None:
        return {"6": "half-year", "12": "year"}.get(months[1], "total")
    if period is None and _MONTHS_BEFORE.search(folded, one.start - _SPAN_REACH, one.start):
        return "total"
    if period is None and previous is not None and previous[1].role == PART_OF_YEAR:
        between = folded[previous[0].end : one.start]
        if one.unit.base == "kWh" and len(between) < _SPAN_REACH and ". " not in between:
            return "total"  # "105 GWh from March to May; the next county made 14 GWh"
    if period is None and _SPAN_OPENS.search(folded, one.start - _SPAN_REACH, one.start):
        return "total"
    if period is None and (part := part_of_year(folded, near)) is not None:
        return part
    elsewhere = period == "year" and not attached_year(near, one)
    vague = period in (None, "total") or elsewhere
    since = one.start - _SO_FAR_REACH
    if (
        vague
        and _SO_FAR.search(folded, since, one.start)
        and not _LAST_YEAR.search(folded, since, one.end + 24)
    ):
        return "total"
    loose = period is None or (elsewhere and not _yearly_before(near, previous))
    if period == "year" and loose and previous is not None and previous[1].per == "total":
        return period  # "over 25 years …, each year …"
    return "total" if loose and over_years(folded, one, near, previous, following) else period


def is_part_of_year(folded: str, one: Printed, near: Around) -> bool:
    """Whether what is summed is of some months of one year: a quarter's, January to July's."""
    if _FROM_MONTHS.match(folded, one.end) or part_of_year(folded, near) is not None:
        return True
    since = one.start - _SPAN_REACH
    return bool(
        _MONTHS_BEFORE.search(folded, since, one.start) or _han_months(folded, one, said=True)
    )


def _han_months(folded: str, one: Printed, *, said: bool) -> re.Match[str] | None:
    """Find 1-9月 before a figure: at once, or where `said` allows it in an earlier clause too."""
    found = _HAN_MONTHS.search(folded, one.start - _MONTHS_REACH, one.start)
    if found is None and said:
        found = _HAN_MONTHS_SAID.search(folded, one.start - _SO_FAR_REACH, one.start)
    return found


_MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
_IN_MONTH = re.compile(
    rf" (?:of (?:[a-z]+ )?(?:electricity|power|energy) )?(?:(?:for|to|into) the (?:[a-z]+ )?grid )?(?:in|during|last) (?:{_MONTHS})\b(?! (?:last year|20))|的?(?:电量|电力)?（?当月"
)
# "In the bumper month of October, the turbines generated 983 GWh"
_OF_MONTH = re.compile(
    rf"i(?<!\wi)n (?:the (?:[a-z]+ )?month of )?(?:{_MONTHS})(?: 20[0-9]{{2}})?,? [^.;0-9]{{0,60}}(?<!has )(?<!have )\b(?:generated|produced|made|supplied)\b[^.;0-9]{{0,30}}$"
)
_FROM_MONTHS = re.compile(
    rf"[^.;,0-9]{{0,40}} (?:from|between|in|during|for) ({_MONTHS})(?: to | and | ?[-–] ?| through )({_MONTHS})\b"
)
_MONTHS_BEFORE = re.compile(
    rf"(?:{words('from|between|in')}) (?:{_MONTHS})(?: to | and | ?[-–] ?| through )(?:{_MONTHS})\b(?:[^.;]|\.(?=[0-9]))*$"
)
_IN_THE_SAME = re.compile(
    r"[^.;,0-9]{0,40} (?:in|over|during) the same (?:months?|period|quarter|half)\b"
)
_HAN_MONTHS = re.compile(r"1(?<![0-9]1)月?[-—–~至到]{1,2}(1?[0-9])月份?[^，。；0-9]{0,16}$")
_HAN_MONTHS_SAID = re.compile(r"1(?<![0-9]1)月?[-—–~至到]{1,2}(1?[0-9])月份?，[^。；]*$")
_TO_DATE = re.compile(r"累计[^，。；0-9]{0,4}$|截[至止][^，。；]{0,12}月[^，。；]{0,10}$")
_MONTHS_REACH = 30
_SPAN_OPENS = re.compile(
    rf"(?:{words('in|over|during|within')}) (?:its|the|their) (?:first|past|last|previous) (?:decade|(?:[a-z]+|[0-9]{{1,2}}) (?:years|decades))\b"
    r"(?:[^.;]|\.(?=[0-9]))*$"
)
_SPAN_REACH = 160
_SO_FAR = re.compile(
    r"[h年累已共](?:(?<=h)(?<!\wh)a(?:s|ve) (?:(?:now |already |so far |since |together |collectively |successfully )?(?:generated|produced|delivered|supplied|transmitted|sent)(?: (?:a total of|more than|over|about|around|nearly|some|roughly|approximately|up to|an estimated|a|to [a-z ]{2,24}))? ?|(?:now |already |together )?(?:passed|crossed|surpassed) (?:the )?)$"
    r"|(?<=年)(?:中|内|间|里|的?运营期|的?寿命期?|的?使用期)[^。；]{0,40}总(?:发电|上网|电)[^，。；]{0,8}$"
    r"|(?<=[0-9一二三四五六七八九十]年)(?<![0-9]{4}年)总(?:发电|上网)[^，。；]{0,8}$"
    r"|(?:(?<=累)计|(?<=[已共]))(?:经|累计|安全|实现|向[^，。]{2,8})*(?:发电|供电|上网|送电|输送|外送|生产)[^，。]{0,8}$)"
)
_SO_FAR_REACH = 60  # characters before the figure
_LAST_YEAR = re.compile(
    r"last year|this year|each year|every year|annually| a year|per year|in (?:19|20)[0-9]{2}\b|年(?:度|均)|去年|今年|当年|全年|每年"
)


def part_of_year(folded: str, near: Around) -> str | None:
    """Give the part of a year that a sentence is about: "in the first half PV rose 20 percent to …"."""
    for start, _, tags, _, crossed in near.before:
        told = tags.get("period", frozenset()) & _PARTS_OF_YEAR
        if not told or crossed > _HALF_REACH:
            continue
        if not _UNTIL.search(folded, start - _UNTIL_REACH, start):
            period = min(told)
            return SUMMED.get(period, period)
    return None


_PARTS_OF_YEAR = frozenset(("half-year", "quarter"))
_HALF_REACH = 4  # figures between
_UNTIL = re.compile(r"[至到从自截][^，。；]{0,8}$")  # 自投产至2018年上半年
_UNTIL_REACH = 12


def _yearly_before(near: Around, previous: tuple[Printed, Meaning] | None) -> bool:
    """Whether a year's word stands behind a span of years: 25年内年均发电量."""
    return (
        previous is not None
        and previous[0].unit.base == "year"
        and any(
            "year" in tags.get("period", ()) and not crossed and breaks < 2
            for _, _, tags, breaks, crossed in near.before
        )
    )
