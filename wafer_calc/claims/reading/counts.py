"""What counts, times, sizes and shares mean, from the words around."""

import re

from wafer_calc.claims.reading.around import (
    NO_TOPICS,
    Around,
    Meaning,
    meant,
    period_of,
    pick,
    topic_of,
)
from wafer_calc.claims.reading.figure import Printed
from wafer_calc.claims.values import CHANGES

__all__ = ["counted", "share", "size", "time"]

_AREA = {
    "site": "site", "sea": "sea area", "forest": "afforestation equivalent", "roof": "roof",
    "desert": "desert treated", "floor": "floor space",
}  # fmt: skip
_LENGTH = {
    "height": "height", "length": "length", "rotor": "rotor diameter", "depth": "water depth",
    "distance": "distance", "head": "head", "wafer_size": "wafer size", "voltage": "line length",
}  # fmt: skip
_TIME = {
    "full_load_hours": "full-load hours", "sunshine": "sunshine hours", "lifetime": "lifetime",
    "contract_time": "contract", "construction": "construction time", "procedure": "procedure",
    "payback": "payback time", "storage_hours": "storage",
}  # fmt: skip
_PEOPLE = {"jobs": "jobs", "resettled": "resettled", "people": "people_served"}
_HOUSEHOLDS = {"market": "businesses", "resettled": "resettled", "jobs": "jobs"}
_NO_HOMES = frozenset(_HOUSEHOLDS)
_SHARES = {
    "efficiency": "efficiency", "capacity_factor": "capacity factor", "availability": "availability", "growth": "growth",
    "stake": "share", "probability": "probability", "slope": "slope",
}  # fmt: skip


def counted(folded: str, one: Printed, near: Around, cmp: str, factory: bool) -> Meaning:
    """Tell what wafers, homes, people, panels, cars, trees and machines are counted for."""
    base = one.unit.base
    period, _ = period_of(near, one, attached=1 if base == "household" else 3)
    yearly = "year" if period == "year" and factory else "none"
    if base == "piece":
        before = period == "year" or factory or _yearly_list(near)
        if period in ("day", "month"):  # 日产400万片
            return meant("wafer_count", cmp, "day" if period == "day" else "none", None)
        return meant("wafer_count", cmp, "year" if before else "none", None)
    if base == "household":
        topic = topic_of(near, _NO_HOMES, one.end, attached=6, sentence=False)
        if topic is not None and not _served(near):
            return meant("other", cmp, "none", _HOUSEHOLDS[topic])
        if _HEATED.search(folded, one.start - _HEATING_REACH, one.start):
            return meant("other", cmp, "none", "homes heated")
        attached = any(
            "year" in tags.get("period", ()) and start - one.end <= 1 and folded[start] < "\u2fff"
            for start, _, tags, _, _ in near.behind[:1]
        )
        word = folded[one.start : one.end]
        role = "consumers" if word.endswith(("consumers", "customers")) else None
        return meant("homes", cmp, "year" if attached else "none", role)
    if base == "person":
        word = folded[one.start : one.end]
        if word.endswith(("employees", "workers", "staff", "jobs")):
            return meant("other", cmp, "none", "jobs")
        topic = topic_of(near, frozenset(_PEOPLE), one.end, attached=8)
        return meant("other", cmp, "none", _PEOPLE.get(topic or "", "people"))
    if base == "panel":
        made = factory or (_yearly_list(near) and _made_here(folded, near))
        period_word = "year" if made and (period == "year" or _yearly_list(near)) else "none"
        return meant("other", cmp, period_word, "modules" if made else "panels")
    if base == "vehicle":
        return meant("other", cmp, "none", "cars")
    if base == "tree":
        return meant("other", cmp, "none", "trees")
    return meant("other", cmp, yearly, _count_role(folded, one, near))


def _yearly_list(near: Around) -> bool:
    """Whether a year's word follows in the clause, past other counts: cells and panels annually."""
    for _, _, tags, breaks, crossed in near.behind:
        if breaks >= 2 or crossed > 2:
            return False
        if "year" in tags.get("period", ()):
            return True
    return False


def _made_here(folded: str, near: Around) -> bool:
    return any(
        folded[start:end] in ("produce", "produces", "producing", "production", "output")
        for start, end, _, breaks, _ in near.before
        if breaks < 2
    )


def _served(near: Around) -> bool:
    for _, _, tags, breaks, _ in near.before:
        if breaks >= 2:
            return False
        if tags.get("topic", frozenset()) & {"consumption", "people", "generation"}:
            return True
    return False


def _count_role(folded: str, one: Printed, near: Around) -> str:
    words = folded[one.start : one.end]
    if (
        "job" in words
        or "岗位" in words
        or "机会" in words
        or folded[one.start - 2 : one.start] == "岗位"
    ):
        return "jobs"
    for start, _, tags, breaks, crossed in near.behind:
        if breaks or crossed > 1 or start - one.end > 16:
            break
        topics = tags.get("topic", frozenset())
        if "machines" in topics:
            return "machines"
        if "turbines" in topics or "machine" in tags.get("project", ()):
            wind = folded[start] in "风tw" or "wind" in tags.get("tech", ())
            return "turbines" if wind else "units"
    if "turbine" in words:
        return "turbines"
    for _, _, tags, breaks, crossed in near.before:
        if breaks >= 2 or crossed:
            break
        topics = tags.get("topic", frozenset())
        if "turbines" in topics:
            return "turbines"
        if "machines" in topics:
            return "machines"
    return "units"


def size(one: Printed, near: Around, cmp: str) -> Meaning:
    """Tell what an area or a length measures."""
    if one.unit.base == "m**2":
        topic = topic_of(near, frozenset(_AREA), one.end, attached=14)
        return meant("area", cmp, "none", _AREA.get(topic or "site"))
    topic = topic_of(near, frozenset(_LENGTH), one.end, attached=16)
    return meant("other", cmp, "none", _LENGTH.get(topic or ""))


def time(one: Printed, near: Around, cmp: str) -> Meaning:
    """Tell what a span of time is: a life, a building time, full-load hours."""
    topic = topic_of(near, frozenset(_TIME), one.end, attached=16)
    role = _TIME.get(topic or "")
    if one.unit.base == "hour" and topic in ("construction", "lifetime", "procedure"):
        role = None
    counted = topic == "full_load_hours" or one.unit.base in ("hour", "day")
    yearly = counted and period_of(near, one, attached=12)[0] == "year"
    return meant("time", cmp, "year" if yearly else "none", role)


def share(
    folded: str,
    one: Printed,
    near: Around,
    cmp: str,
    previous: tuple[Printed, Meaning] | None,
) -> Meaning:
    """Tell shares of a yardstick's energy from efficiencies, stakes and growth."""
    if (
        previous is not None
        and previous[1].role in CHANGES
        and _AND.fullmatch(folded, previous[0].end, one.start)
    ):
        return previous[1]  # 分别增长35.94%、58.5%
    specific = subject = None
    yardstick = linked = compared = False
    for start, _, tags, breaks, crossed in near.behind:
        if breaks >= 2 or crossed or start - one.end > 60:
            break
        topics = tags.get("topic", NO_TOPICS)
        if specific is None and start - one.end <= 14 and (match := topics & _SHARES.keys()):
            specific = pick(match)
        if subject is None and (match := topics & _SUBJECTS):
            subject = pick(match)
            compared = True
        yardstick = yardstick or "yardstick" in tags
        compared = compared or "yardstick" in tags
        linked = linked or "share" in topics
    for _, _, tags, breaks, crossed in near.before:
        if breaks >= 2 or crossed:
            break
        topics = tags.get("topic", NO_TOPICS)
        if specific is None and (match := topics & _SHARES.keys()):
            specific = pick(match)
        if subject is None and (match := topics & _SUBJECTS):
            subject = pick(match)
        yardstick = yardstick or "yardstick" in tags
        linked = linked or bool(topics & _LINKS)
    if specific is None and _RISEN.search(folded, one.start - 24, one.start):
        specific = "growth"
    han = folded[one.start] > "\u2fff" or folded[one.end - 1] > "\u2fff"
    if _REST.search(folded, one.start - 12, one.start) or _OF_ITS.match(folded, one.end):
        return meant("other", cmp, "none", "share")  # how a plant's own output is parted
    if one.part and not (compared or (han and linked)):
        wider = _OF_POWER.match(folded, one.end) or _OF_WHOLE.match(folded, one.end)
        if wider:
            return meant("energy_ratio", cmp, "none", "ratio to yardstick")
        return meant("other", cmp, "none", "share", keep=han)
    times = one.part or one.unit.name == "dimensionless"
    if (
        subject == "capacity"
        and previous is not None
        and previous[1].kind == "generation"
        and _SCALE.match(folded, previous[0].end, one.start)
    ):
        subject = "generation"  # 年发电量3000亿千瓦时，规模相当于3个三峡
    if subject == "capacity":
        role = "capacity ratio to yardstick" if times or yardstick else "share"
        kind = "energy_ratio" if yardstick and specific is None else "other"
        return meant(kind, cmp, "none", _SHARES.get(specific or "", role))
    never = specific in (
        "efficiency",
        "capacity_factor",
        "availability",
        "stake",
        "slope",
        "probability",
    )
    grown = specific == "growth" and not times and not linked
    if linked and subject is None and specific is None and previous is not None:
        between = folded[previous[0].end : one.start]
        if previous[1].kind == "energy_ratio" and "。" not in between and ". " not in between:
            subject = "generation"  # 11 percent of the energy, while hydropower accounted for 6
    asked = (
        _OF_POWER.match(folded, one.end)
        or _IN_POWER.search(folded, one.start - _LEAD, one.start) is not None
    )
    if asked and not never:
        return meant("energy_ratio", cmp, "none", "ratio to yardstick")
    if (yardstick or subject is not None) and not never and not grown:
        return meant("energy_ratio", cmp, "none", "ratio to yardstick")
    role = _SHARES.get(specific or "", "share")
    if role == "growth" and (
        _FALLEN.search(folded, max(0, one.start - _FALL), one.start)
        or _FALL_OF.match(folded, one.end)
    ):
        role = "decline"
    return meant("other", cmp, "none", role)


_AND = re.compile(r"[、和及与]| and |, and ")
_FALL = 40  # characters before a share in which a fall is told
_FALLEN = re.compile(
    r"(?:下降|降低|降幅|减少|下滑|下跌|跌)[了幅]?(?:约|近|超过|超|逾|达)?$"
    r"|\b(?:fell|falls?|fallen|falling|drop(?:s|ped)?|declin(?:e|es|ed|ing)|decreas(?:e|es|ed)|down|shrank|slipped|plunged|reduced|cut|lowered)"
    r"(?: (?:by|of|to|about|some|around|nearly|over|almost|more|than|a|an|the|another|further|sharply)){0,3} $"
)
_FALL_OF = re.compile(r" (?:decline|drop|decrease|reduction|fall|lower|less|cheaper|down)\b")
_RISEN = re.compile(r"\b(?:up|down)(?: by)?(?: (?:about|some|nearly|over|around|almost))? $")
_SCALE = re.compile(r"[^，。]{0,2}，规模")
_LEAD = 40  # characters before a share in which the words for what it is of stand
_OF_POWER = re.compile(
    r" of (?:the |its |their |all |total )?(?:[a-z0-9.,'-]+ ){0,4}?(?:electricity|power|energy|kwh|generation|consumption|demand)\b"
    r"| of the total\b|的?[^，。；0-9]{0,6}(?:电力|能源|用电|供电)(?:需求|消费|供应|消耗|量)"
)
_OF_WHOLE = re.compile(
    r" (?:of )?(?:[a-z.-]+'s?|the [a-z]+'s) (?:[a-z-]+ ){0,2}(?:total|capacity|electricity|power|energy|consumption|demand|needs|output|generation)\b"
)
_IN_POWER = re.compile(
    r"占[^，。；]{0,20}(?:发电|电量|用电|电力|能源|供电)[^，。；]{0,16}$|(?:energy|electricity|power) (?:use|consumption|demand|needs) by (?:about |around |some |over |nearly |up to )?$"
)
_HEATING_REACH = 40
_HEATED = re.compile(r"(?:供暖|供热|采暖)[^。；电]*$|\bheat(?:ing)? (?:to|for)\b[^.;]*$")
_REST = re.compile(r"(?:remaining|other|其余|剩余) ?$")
_OF_ITS = re.compile(
    r" of (?:its|their) (?:own )?(?:[a-z]+ )?(?:energy|output|power|electricity|generation) (?:to|for) "
)
_SUBJECTS = frozenset(("generation", "consumption", "capacity"))
_LINKS = frozenset(("ratio", "share"))
