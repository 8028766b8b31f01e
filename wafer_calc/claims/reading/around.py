"""What stands around a number: its cues, its comparator, its period, its topic."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from wafer_calc.claims.reading.cues import Marks, Tags
from wafer_calc.claims.reading.figure import Printed

__all__ = [
    "FACTORY_TECH", "NO_TOPICS", "SUMMED", "Around", "Meaning", "around", "attached_year", "comparator",
    "direct_words", "in_clause", "meant", "nearest",
    "over_years", "period_of", "pick", "technology_near", "topic_of",
]  # fmt: skip

# How many cues and breaks are looked at; a sentence seldom has more.
_REACH_BEFORE = 28
_REACH_BEHIND = 16
_FAR = 1 << 60
_new = tuple.__new__  # in a third of the time that a NamedTuple's own takes
_FILL = re.compile(
    r"[\s\"“”'达到了为有可合计至出的率在]{0,4}(?:人民币|每年)?"
    r"| (?:an? (?:total |combined |further |additional |estimated )?|the |of |of the |of an? |of about |another |as |to |be |as much as |an estimated |an additional |planting |removing |taking |cutting |powering )"
)
_OVER_SPAN = re.compile(
    r"\b(?:for|last|lasts|lasting|of|is|be|takes|took|after|operated|operate|operating) $"
)
_SPREAD = re.compile(
    r"(?:mw|gw|kw|megawatts?|spreads?|built|panels|modules|turbines|mirrors|heliostats|trackers|mounted|installed|laid|sited|located|extend\w*|stretch\w*"
    r"|sprawl\w*|distributed|arrayed|scattered|set) $"
)
_BRINGING = re.compile(r"\b(?:bring|brings|bringing|brought|taking|takes|total|capacity) $")
_THAT_THEY_USE = re.compile(
    r" (?:would )?(?:use|uses|used|consume|consumes|consumed|need|needs|needed|emit|emits|emitted|give off|put out)\b"
)
_SMALL_GAP = 45
_COMPARING = 4  # cues before a figure among which its comparator is
NO_TOPICS: frozenset[str] = frozenset()
FACTORY_TECH = frozenset(("ingot", "wafer", "cell", "module", "polysilicon"))


class Around(NamedTuple):
    """The cues before a quantity, nearest first, and behind it.

    Each is ``(start, end, tags, breaks, crossed)``: how grave the gravest break between is, and
    how many quantities stand between.
    """

    before: list[tuple[int, int, Tags, int, int]]
    behind: list[tuple[int, int, Tags, int, int]]


class Meaning(NamedTuple):
    """Kind, role, comparator and period of one quantity; `unit_slip` where its unit is misprinted."""

    kind: str
    cmp: str
    per: str
    role: str | None = None
    unit_slip: bool = False
    keep: bool = True


@lru_cache(maxsize=1024)
def meant(
    kind: str,
    cmp: str,
    per: str,
    role: str | None = None,
    unit_slip: bool = False,
    keep: bool = True,
) -> Meaning:
    """Give the one meaning of these words; there are some hundreds, each met again and again."""
    return Meaning(kind, cmp, per, role, unit_slip, keep)


def around(marks: Marks, at: int, printed: Sequence[Printed], index: int) -> Around:
    """Collect the cues of the sentence around one quantity.

    Parameters
    ----------
    marks : Marks
        All cues and breaks of the text.
    at : int
        Index of the first mark that starts at or behind the quantity's start.
    printed : sequence of Printed
        The text's quantities.
    index : int
        Which of them.

    Returns
    -------
    Around
        At most twenty-eight cues before and sixteen behind.
    """
    one = printed[index]
    start, end = one.start, one.end
    starts, ends, tags, levels, _ = marks
    before = []
    breaks = crossed = 0
    k = index - 1
    edge = inner = -1
    if k >= 0:
        one = printed[k]
        edge, inner = one.start, one.end
    for i in range(at - 1, at - 1 - _REACH_BEFORE if at > _REACH_BEFORE else -1, -1):
        level = levels[i]
        if level > 0:
            if level >= 4:
                break
            if level > breaks:
                breaks = level
            continue
        first, last = starts[i], ends[i]
        if first >= inner:
            if last <= start:
                before.append((first, last, tags[i], breaks, crossed))
            continue
        if last > start:
            continue
        while first < edge:
            crossed += 1
            k -= 1
            edge = inner = -1
            if k >= 0:
                one = printed[k]
                edge, inner = one.start, one.end
        if first >= inner:
            before.append((first, last, tags[i], breaks, crossed))
        elif last <= inner:  # one that begins inside a quantity and ends outside is none
            before.append((first, last, tags[i], breaks, crossed + 1))
    behind = []
    breaks = crossed = 0
    k = index + 1
    size = len(printed)
    edge = printed[k].start if k < size else _FAR
    for i in range(at, min(len(starts), at + _REACH_BEHIND)):
        first = starts[i]
        if first < end:
            continue
        level = levels[i]
        if level > 0:
            if level >= 4:
                break
            if level > breaks:
                breaks = level
            continue
        while first >= edge:
            crossed += 1
            k += 1
            edge = printed[k].start if k < size else _FAR
        behind.append((first, ends[i], tags[i], breaks, crossed))
    return _new(Around, (before, behind))


def comparator(folded: str, one: Printed, near: Around) -> str:
    """Give the comparator word of a quantity: before it, behind it or inside its numeral."""
    if isinstance(one.value, tuple):
        return "range"
    if one.size_class:
        return "~"
    start = one.start
    for cue_start, cue_end, tags, breaks, crossed in near.before[:_COMPARING]:
        if crossed or breaks > 1:
            break
        gap = start - cue_end
        if "before" in tags and gap <= 24:
            between = folded[cue_end:start]
            if not between or between == " " or _FILL.fullmatch(between):
                found = pick(tags["before"])
                word = folded[cue_start:cue_end]
                if one.unit.base in ("year", "month", "day", "hour"):
                    if word == "over":
                        return ">=" if _OVER_SPAN.search(folded, cue_start - 10, cue_start) else "="
                elif word == "within" and one.unit.base != "m":
                    continue
                elif word == "over" and one.unit.base == "m**2":
                    lead = folded[max(0, cue_start - 14) : cue_start]
                    return "=" if _SPREAD.search(lead) else ">="
                if word.startswith("as m") and _THAT_THEY_USE.match(folded, one.end):
                    return "="  # "330 GWh, as much as 60,000 homes use"
                if word == "up to" and _BRINGING.search(folded, cue_start - 24, cue_start):
                    return "="  # bringing the total up to 6 GW
                if between == " the " and word.endswith("than"):
                    return "="  # lower than the 0.3 yuan of coal
                if found == "~" and one.cmp == ">=":
                    return ">="  # 约2290多亩: more than the number printed
                return found
        if "before_bare" in tags and gap == 0 and folded[start] in "百千万亿十数":
            return ">="
        if "before_far" in tags and gap <= 40:
            return pick(tags["before_far"])
    for cue_start, _, tags, breaks, crossed in near.behind:
        if crossed or breaks > 1 or cue_start - one.end > 4:
            break
        if "after" in tags:
            if folded[cue_start] == "内" and one.unit.base not in ("hour", "day", "m"):
                break  # 两年内 names a span
            gap_text = folded[one.end : cue_start]
            if folded[cue_start] == "+" and folded[cue_start + 1 : cue_start + 2].isalnum():
                break  # 5GW+5GW
            if len(gap_text.strip()) <= 2 or gap_text in ("家庭", "居民"):
                return pick(tags["after"])
    if one.cmp is not None:
        return one.cmp
    if one.unit.base == "dimensionless":
        for cue_start, cue_end, tags, breaks, crossed in near.before:
            if crossed or breaks > 1:
                break
            if "before" in tags and start - cue_end <= 24 and folded[cue_start] > "\u2fff":
                return pick(tags["before"])
    return "="


def pick(values: frozenset[str]) -> str:
    """Give one of a cue's values, the same each time."""
    return min(values)


def direct_words(folded: str, end: int, limit: int = 5) -> list[str]:
    """Give the words that follow at once, up to a preposition, a number or a stop."""
    words = []
    spelt = _SPELT_OUT.match(folded, end)  # 400 megawatt hours (MWh) of battery storage
    end = end if spelt is None else spelt.end()
    for _ in range(limit):
        match = _WORD.match(folded, end)
        if match is None or match[1] in _STOPS:
            break
        words.append(match[1])
        end = match.end()
    return words


_SPELT_OUT = re.compile(r" \([kmgt]w[hp]?\)")
_WORD = re.compile(r"[ -]([a-z][a-z']*+)")
_STOPS = frozenset(
    ("of", "in", "on", "at", "to", "for", "from", "by", "with", "and", "or", "but", "as", "is",
     "are", "was", "were", "be", "been", "will", "would", "can", "could", "has", "have", "had",
     "that", "which", "who", "than", "then", "a", "an", "the", "per", "each", "every", "this",
     "it", "its", "into", "over")
)  # fmt: skip


def topic_of(
    near: Around, wanted: frozenset[str], end: int, *, attached: int, sentence: bool = True
) -> str | None:
    """Find which of the wanted topics goes with the quantity.

    First what is attached behind (25万吨标准煤, tonnes of CO2), then the nearest before in the
    clause, the nearest behind in the clause, and the nearest before in the sentence.
    """
    for start, _, tags, breaks, crossed in near.behind:
        if breaks or crossed or start - end > attached:
            break
        topics = tags.get("topic")
        if topics is not None and (match := topics & wanted):
            return pick(match)
    for side in (near.before, near.behind):
        if (topic := in_clause(side, wanted)) is not None:
            return topic
    if sentence:
        for _, _, tags, _, _ in near.before:
            topics = tags.get("topic")
            if topics is not None and (match := topics & wanted):
                return pick(match)
    return None


def in_clause(side: list[tuple[int, int, Tags, int, int]], wanted: frozenset[str]) -> str | None:
    """Find the nearest of the wanted topics on one side, in the clause and not past a quantity."""
    for _, _, tags, breaks, crossed in side:
        if breaks >= 2 or crossed:
            break
        topics = tags.get("topic")
        if topics is not None and (match := topics & wanted):
            return pick(match)
    return None


SUMMED = {"quarter": "total"}  # which is no year's and need not come again


def period_of(near: Around, one: Printed, *, attached: int = _SMALL_GAP) -> tuple[str | None, bool]:
    """Give the period that stands by a quantity, and whether the sentence is about years."""
    end = one.end
    for start, _, tags, breaks, crossed in near.behind:
        if breaks >= 2 or crossed or start - end > attached:
            break
        if "period" in tags:
            period = pick(tags["period"])
            if period == "total" and attached_year(near, one):
                period = "year"  # "76 lakh units cumulatively per year"
            return SUMMED.get(period, period), True
    total = False
    yearly = False
    for _, _, tags, breaks, crossed in near.before:
        periods = tags.get("period")
        if periods is None:
            continue
        if breaks < 2 and not crossed:
            period = pick(periods)
            if period != "total":
                return SUMMED.get(period, period), True
            total = True
        elif "year" in periods:
            yearly = True
    if total:
        return "total", yearly
    if not yearly:
        yearly = any("year" in item[2].get("period", ()) for item in near.behind)
    return None, yearly


def over_years(
    folded: str,
    one: Printed,
    near: Around,
    previous: tuple[Printed, Meaning] | None,
    following: Printed | None,
) -> bool:
    """Tell whether a figure is summed over years: "over the next 25 years", 二十五年运营期内.

    A figure in the same sentence behind one that is summed so is summed as well.
    """
    if following is not None and following.unit.base in ("year", "month"):
        between = folded[one.end : following.start]
        used = _USED.search(folded, one.end, following.start)  # what a town needs in two years
        if len(between) < 60 and _OVER_FOLLOWING.search(between) and not _STOP.search(between):
            return used is None
    if previous is None:
        return False
    last, meant = previous
    between = folded[last.end : one.start]
    if len(between) > _SUMMED_ON or _STOP.search(between):
        return False
    if last.unit.base in ("year", "month"):
        if _USED.search(folded, last.start - 40, last.start):
            return False  # which is no span of the plant's either
        if _OVER_BEHIND.match(between):
            return True
        if _IN_SO_MANY.match(between) and last.unit.base == "year" and _is_life(last):
            return True
        lead = folded[max(0, last.start - 24) : last.start]
        return _OVER_BEFORE.search(lead) is not None
    energy = meant.kind in ("generation", "mass_coal", "mass_co2")
    return meant.per == "total" and (energy or meant.role == "pollutant avoided")


_SUMMED_ON = 110  # characters between figures that are summed over one span
_OVER_BEFORE = re.compile(
    r"\b(?:over|during|across|throughout|through|for)(?: (?:the|its|a|an|next|first|past|last|previous|average|typical|their|project|full|coming|expected|anticipated|estimated|planned|projected|remaining|life|lifetime|lifespan|of|\w+-\w+))*[ -]$"
)
_OVER_FOLLOWING = re.compile(_OVER_BEFORE.pattern.replace("|for", "|for|in|within"))
_OVER_BEHIND = re.compile(r"的?(?:运营期|寿命|生命|经营期|运行期|内|间|里|全|设计)")
_IN_SO_MANY = re.compile(
    r"(?:可|将|能|预计|共|总共|合计|累计){1,3}[^，。；]{0,8}(?:减排|减少|节约|节省|发电|替代)"
    r"|,? (?:it|they|the [a-z]{2,12}) (?:will|would|should|can|could|is to|are to) (?:[a-z]{2,12} )?(?:offset|save|avoid|cut|prevent|reduce|generate|produce)\b"
)


def _is_life(one: Printed) -> bool:
    """Whether so many years may be a plant's life: 25年可减排8.5万吨."""
    return isinstance(one.value, float) and one.value >= _LEAST_LIFE


_LEAST_LIFE = 10.0
_USED = re.compile(r"(?:needs|demand|consumption|use|usage|consumes?|homes|households) for $")
_STOP = re.compile(r"[;；。]|\.\s")


def attached_year(near: Around, one: Printed) -> bool:
    """Tell whether a year's word follows at once: "3 TWh of electricity a year"."""
    for start, _, tags, breaks, crossed in near.behind:
        if breaks >= 2 or crossed or start - one.end > _SMALL_GAP:
            return False
        if "year" in tags.get("period", ()):
            return True
    return False


def nearest(near: Around, group: str, *, clause: bool = False) -> str | None:
    """Find the nearest cue of a group; with `clause` none beyond a comma."""
    best: tuple[int, str] | None = None
    for side in (near.behind, near.before):
        for rank, (_, _, tags, breaks, crossed) in enumerate(side):
            if clause and breaks >= 2:
                break
            if group in tags:
                weight = rank + 20 * crossed + 10 * (breaks >= 2)
                if best is None or weight < best[0]:
                    best = (weight, pick(tags[group]))
                break
    return None if best is None else best[1]


def technology_near(folded: str, one: Printed, near: Around, products: bool) -> str | None:
    """Find the nearest word for a technology: a factory's product, or how a plant makes power."""
    best: tuple[int, str] | None = None
    joined = -1
    for start, end, tags, breaks, crossed in near.behind:
        if breaks >= 2 or crossed or (best is not None and start != joined):
            break
        found = tags.get("tech")
        if found is not None:
            fitting = [name for name in found if (name in FACTORY_TECH) == products]
            if fitting:
                gap = start - one.end + 20 * breaks
                best = (gap - 6 if gap < 16 else gap, min(fitting))
                joined = end  # of 单晶电池 the last word is the product
    for rank, (start, end, tags, breaks, crossed) in enumerate(near.before):
        found = tags.get("tech")
        if found == _STORES and _of_all(near.before[rank + 1 :], start, crossed):
            return None  # "integrating hydro, wind, solar and storage, of 31 GW in all"
        if found == _STORES and _OF_A_FIGURE.search(folded, start - 4, start):
            continue  # 100兆瓦/200兆瓦时储能，二期200万千瓦: the battery is told already
        if found == _DAMS and _ON_WATER.search(folded, start - _AFLOAT, start):
            continue  # "the floating solar plant on the Alder Dam"
        if found is not None:
            fitting = [name for name in found if (name in FACTORY_TECH) == products]
            if fitting:
                gap = one.start - end + 40 * (breaks >= 2) + 30 * crossed
                if best is None or gap < best[0]:
                    best = (gap, min(fitting))
                break
    return None if best is None else best[1]


def _of_all(before: Sequence[tuple[int, int, Tags, int, int]], at: int, crossed: int) -> bool:
    """Whether a store at `at` ends a list of two other technologies, with no figure in between."""
    listed = {
        tags["tech"]
        for start, _, tags, _, figures in before
        if "tech" in tags and figures == crossed and at - start <= _LIST_REACH
    }
    return len(listed - {_STORES}) > 1


_LIST_REACH = 60
_STORES = frozenset(("storage",))
_DAMS = frozenset(("hydro",))
_AFLOAT = 60  # characters before a dam in which what floats on it is told
_ON_WATER = re.compile(
    r"\b(?:solar|photovoltaic|pv)\b[^.;]{0,40}\b(?:on|at|in|above) (?:the |a )?[^.;,]{0,24}$"
)
_OF_A_FIGURE = re.compile(r"(?:时|瓦|wh|w)的? ?$")
