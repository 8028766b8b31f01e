"""What power, energy and mass in a text mean, from the words around."""

import re
from collections.abc import Sequence

from wafer_calc.claims.reading.around import (
    Around,
    Meaning,
    direct_words,
    in_clause,
    meant,
    period_of,
    topic_of,
)
from wafer_calc.claims.reading.counts import counted, share, size, time
from wafer_calc.claims.reading.figure import Printed
from wafer_calc.claims.reading.spans import is_part_of_year, part_of_year, summed
from wafer_calc.claims.reading.worth import worth
from wafer_calc.claims.records import NATIONAL, PART_OF_YEAR

__all__ = ["meaning"]

_MASS = frozenset(("coal", "co2", "substance", "material", "silicon"))


def meaning(
    folded: str,
    one: Printed,
    near: Around,
    cmp: str,
    *,
    previous: tuple[Printed, Meaning] | None,
    following: Printed | None,
    factory: bool,
    storage: bool,
    powers: Sequence[float] = (),
) -> Meaning:
    """Tell what a printed quantity means.

    Parameters
    ----------
    folded : str
        The text through `numerals.fold`.
    one : Printed
        The quantity.
    near : Around
        The cues around it.
    cmp : str
        Its comparator, by `comparator`.
    previous : (Printed, Meaning) or None
        The quantity before it in the text, and what it meant.
    following : Printed or None
        The one behind it.
    factory : bool
        Whether power here is a factory's yearly output.
    storage : bool
        Whether energy here is what a store holds.
    powers : sequence of float
        The powers printed before [W].

    Returns
    -------
    Meaning
        Its kind, role, comparator and period.
    """
    if one.copy and previous is not None:
        first = previous[1]
        if cmp == "=" and first.cmp != "range":
            cmp = first.cmp
        name = one.unit.base if "**" not in one.unit.base else one.unit.name.replace(" ", "")
        role = f"same amount in {name}"
        return meant(first.kind, cmp, first.per, role)
    base = one.unit.base
    if "/" in base:
        return _compound(base, cmp, near, one)
    if base == "W":
        return _power(folded, one, near, cmp, factory, powers)
    if base == "kWh":
        return _energy(folded, one, near, cmp, previous, following, storage, powers)
    if base == "kg":
        return _mass(folded, one, near, cmp, previous, following)
    if base.isupper() and len(base) == 3:
        return worth(folded, one, near, cmp, previous, following, powers)
    if base in ("household", "person", "panel", "vehicle", "tree", "count", "piece"):
        return counted(folded, one, near, cmp, factory)
    if base == "m**3":
        return meant("other", cmp, period_of(near, one)[0] or "none", None)
    if base in ("m**2", "m"):
        return size(one, near, cmp)
    if base == "football_field":
        return meant("area", cmp, "none", "equivalent")
    if base in ("year", "month", "day", "hour"):
        spell = time(one, near, cmp)
        part = part_of_year(folded, near) if spell.role == "full-load hours" else None
        return spell if part is None else spell._replace(per=part)
    if base == "dimensionless":
        return share(folded, one, near, cmp, previous)
    if base == "V":
        return meant("other", cmp, "none", "voltage")
    return meant("other", cmp, "none", None)


def _compound(base: str, cmp: str, near: Around, one: Printed) -> Meaning:
    top, _, below = base.partition("/")
    if top.isupper() and len(top) == 3:
        role = {"kWh": "tariff", "W": "price per watt"}.get(below, "price")
        return meant("money", cmp, "none", role)
    return meant("other", cmp, "none", None)


def _power(
    folded: str, one: Printed, near: Around, cmp: str, factory: bool, powers: Sequence[float]
) -> Meaning:
    if one.size_class:
        return meant("capacity", cmp, "none", "size class")
    if factory:
        return meant("capacity", cmp, "year", "annual production capacity")
    energy = False
    yearly = False
    for start, end, tags, breaks, crossed in near.before:
        if breaks >= 2 or crossed:
            break
        topics = tags.get("topic")
        if topics is not None and not energy:
            if "capacity" in topics:
                break
            if "generation" in topics:
                word = folded[start:end]
                if word[0] > "\u2fff":
                    energy = word in _ENERGY_WORDS or word.endswith("电量")
                    yearly = yearly or word[0] == "年"
                else:
                    energy = word in _ENERGY_VERBS
        if "year" in tags.get("period", ()):
            yearly = True
    han = one.end < len(folded) and (folded[one.end] > "\u2fff" or folded[one.end - 1] > "\u2fff")
    value = one.most
    # a year's MWh printed as MW are thousands of times the plant's own MW
    outgrown = bool(powers) and value >= 100.0 * min(powers)
    large = value >= 2e10 or outgrown
    beyond = bool(powers) and value >= 100.0 * powers[-1]
    for start, end, tags, breaks, crossed in near.behind:
        if breaks >= (1 if han else 2) or crossed or start - one.end > (3 if han else 30):
            break
        if "generation" in tags.get("topic", ()) and folded[start:end] in _ENERGY_NOUNS:
            energy = True
        if "year" in tags.get("period", ()):
            yearly = True
    if energy and yearly and (han or large):
        return meant("generation", cmp, "year", "misprinted unit", True)
    if (
        (value >= _VAST_W or outgrown)
        and _OF_ENERGY.match(folded, one.end)
        and not _UNITS_IN_ALL.search(folded, one.start - _TOTALS_REACH, one.start)
    ):
        return meant("generation", cmp, period_of(near, one)[0] or "year", "misprinted unit", True)
    more = energy and bool(powers) and value >= _MORE_THAN_ALL * max(powers)
    since = one.start - _TOTALS_REACH
    if (
        (beyond or more)
        and (_OVER_A_YEAR.match(folded, one.end) or _IN_A_YEAR.search(folded, since, one.start))
        and not _INSTALLS.search(folded, since, one.start)
    ):
        return meant("generation", cmp, "year", "misprinted unit", True)
    if energy and han and large:
        return meant("generation", cmp, "year", "misprinted unit", True)
    if han and yearly and large and folded.startswith("的电力", one.end):
        return meant("generation", cmp, "year", "misprinted unit", True)  # 每年生产1.22 TW的电力
    alone = len(powers) == 1 and value >= _BEYOND_DOUBT * powers[0]
    if (
        alone
        and not han
        and (_OVER_A_YEAR.match(folded, one.end) or _YEARLY_BEFORE.search(folded, since, one.start))
        and not _SOLD.search(folded, since, one.start)
    ):
        return meant("generation", cmp, "year", "misprinted unit", True)
    vast = value >= _NO_ONES_W
    if (beyond or vast) and not han and _MADE.search(folded, since, one.start):
        if _SINCE.match(folded, one.end):
            return meant("generation", cmp, "total", "misprinted unit", True)
        served = _SERVES.match(folded, one.end) is not None
        if yearly or served or vast or _OVER_A_YEAR.match(folded, one.end):
            return meant("generation", cmp, "year", "misprinted unit", True)
    return meant("capacity", cmp, "none", None)


# "an annual production of 56.84 GW" from 37 MW, "made 1,930 GW in 2011"; nothing is built or aimed at
_MADE = re.compile(
    r"\b(?<!capacity to )(?:generat|produc|yield|deliver|suppl|send|feed)\w*\b(?: (?:capacity|target|goal))?[^.;0-9]{0,40}$|\b(?:output|made|makes?|sent|fed|gives?)\b[^.;0-9]{0,24}$"
)
_SINCE = re.compile(r" since\b")
# of the one plant of a text: "adds 300 GW a year to the grid" from 80 MW, "225 kW and annually about 259 MW"
_BEYOND_DOUBT = 500.0
_YEARLY_BEFORE = re.compile(
    r"\b(?:annually|yearly|per year|a year),? (?:(?:about|around|some|approximately|roughly|up to|an estimated|nearly|over) )?$"
)
_SOLD = re.compile(
    r"\b(?:install|ship|order|market|demand|manufactur|capacity|modules|panels|cells|wafers|world|global)\w*\b[^.;]*$"
)
_SERVES = re.compile(r",? (?:enough|sufficient) (?:to (?:power|supply|serve|light)|for)\b")
_NO_ONES_W = 1e12  # of no plant, province or plan: "generating 2.5 billion kW"


# "24 units, totalling a splendid 28 million kilowatts of energy" speaks of power
_UNITS_IN_ALL = re.compile(
    r"\b(?:units|reactors|turbines|plants|stations|farms)[^.;0-9]{0,12}\btotall?ing (?:an? |over |about )?(?:[a-z]+ )?$"
)
_MORE_THAN_ALL = 1.5  # of the plant's power: "generating 750 MW annually" from 245 MW
_VAST_W = 1e11  # "20 GW of electricity" may be a base's power, 100 GW is no one's
_TOTALS_REACH = 60
# "a 1 kW turbine should give 8,000 kW per year"
_OVER_A_YEAR = re.compile(
    r"(?: \([a-z]{2,4}\))?(?: of (?:[a-z-]{2,20} ){0,2}(?:power|electricity|energy))?(?: (?:(?:in|over|during) (?:a|one|the) (?:full |whole |single )?year|per (?:year|annum)|a year|annually|yearly|(?:each|every) year)|/(?:year|yr))\b"
)
_IN_A_YEAR = re.compile(
    r"\b(?:in|over|during) (?:a|one|the) (?:full |whole |single )?year,? (?:it|they|the [a-z]+) [^.;0-9]{0,24}\b(?:generate|produce|make|yield)s? (?:about |around |up to |some )?$"
)
_INSTALLS = re.compile(
    r"\b(?:install|add|buil[dt]|capacity|order|ship|made|make|manufactur|new|market|demand|grow|grew|average)\w*\b[^.;]*$"
)
_OF_ENERGY = re.compile(
    r" of (?:(?:[a-z-]{2,20} ){0,3}(?:electricity(?! (?:per|an|every) hour)|power (?:annually|a year|per year|each year|every year))"
    r"|(?:(?!new |renewable |clean |green |wind |solar )[a-z-]{2,20} ){0,3}energy)"
)
_ENERGY_VERBS = frozenset(
    (
        "generation",
        "output",
        "produce",
        "produces",
        "producing",
        "generate",
        "generates",
        "generating",
        "yield",
        "yields",
    )
)
_ENERGY_NOUNS = frozenset(
    ("电量", "清洁电能", "电能", "绿电", "清洁电力", "绿色电力", "清洁电", "绿色电能", "清洁能源", "electricity", "energy")
)  # fmt: skip
_ENERGY_WORDS = frozenset(
    (
        "发电量", "上网电量", "电量", "清洁电能", "电能", "绿电", "清洁电力", "绿色电力", "清洁电", "绿色电能",
        "供电", "发电", "送电", "输送", "输出", "外送", "产电", "上网", "清洁能源", "electricity", "energy",
    )
)  # fmt: skip


def _energy(
    folded: str,
    one: Printed,
    near: Around,
    cmp: str,
    previous: tuple[Printed, Meaning] | None,
    following: Printed | None,
    storage: bool,
    powers: Sequence[float],
) -> Meaning:
    slash = (one.start and folded[one.start - 1] == "/") or folded.startswith("/", one.end)
    words = direct_words(folded, one.end)
    if storage and (slash or _storage_near(near, one, words)):
        return meant("other", cmp, "none", "storage capacity")
    if _FILLED.search(folded, one.start - 24, one.start):
        return meant("other", cmp, "none", "storage capacity")
    bracketed = one.start and folded[one.start - 1] == "("
    if storage and bracketed and isinstance(one.value, float):
        hours = [1e3 * one.value / power for power in powers if power]
        if any(0.25 <= each <= 12.0 for each in hours):  # what its own power fills in some hours
            return meant("other", cmp, "none", "storage capacity")
    if folded[max(0, one.start - 4) : one.start].endswith(("w/", "瓦/")):
        return meant("other", cmp, "none", "storage capacity")
    if any(word in _PLANTS for word in words) and not any(
        w in ("of", "electricity") for w in words
    ):
        return meant("capacity", cmp, "none", None, True)
    topic = in_clause(near.before, _ENERGY_TOPICS)
    period = summed(folded, one, near, previous, following)
    if topic == "capacity" and period is None:
        return meant("capacity", cmp, "none", None, True)
    period = period or "year"
    if topic == "sunshine" or one.unit.name.endswith("joule"):
        return meant("other", cmp, period, "irradiation" if topic == "sunshine" else None)
    if _is_a_nations(folded, one, near):
        kind = "generation" if topic == "generation" else "other"
        return meant(kind, cmp, period, NATIONAL)
    if topic == "consumption" and not _MET_WITH.search(folded, one.start - 70, one.start):
        return meant("other", cmp, period, "consumption")
    before = _CURTAILED.search(folded, one.start - 10, one.start)
    if before or _WASTED.match(folded, one.end):
        return meant("other", cmp, period, "curtailed")
    of_each = previous is not None and previous[0].unit.base in ("household", "person")
    if of_each and _OF_EACH_HOME.match(folded, one.end):
        return meant("other", cmp, "year", "consumption")
    role = "pumping energy" if topic == "pumping" else None
    if role is None and period == "total" and is_part_of_year(folded, one, near):
        role = PART_OF_YEAR
    return meant("generation", cmp, period, role)


def _is_a_nations(folded: str, one: Printed, near: Around) -> bool:
    """Whether an energy is all that a country uses or makes: "India's power demand was …", 全国发电量."""
    for _, end, tags, breaks, crossed in near.before:
        if breaks >= 2 or crossed:
            return False
        if "nation" in tags:
            return _NATIONAL.fullmatch(folded, end, one.start) is not None
    return False


_NATIONAL = re.compile(
    r"(?:'s|’s|'|’)? (?:(?:actual|total|annual|overall|gross|entire) )*(?:(?:electricity|power) (?:demand|consumption|use|usage|generation|output|production)|(?:demand for|consumption of) (?:electricity|power))"
    r"(?: (?:in|during|for) (?:19|20)[0-9]{2})? (?:was|is|reached|hit|totall?ed|stood at|came to|amounted to|had reached) (?:about |around |some |over |nearly |more than )?"
    r"|(?:[0-9]{4}年)?(?:全社会)?总?(?:用电|发电)(?:总)?量[约为达到超过共]{0,3}"
)
_MET_WITH = re.compile(
    r"\b(?:met|meets|meeting|covered|covers|covering|supplied|supplies) [^.;]{2,50} (?:with|by|from|generating|producing|at) (?:about |around |some |over |nearly )?$"
)
_CURTAILED = re.compile(
    r"弃(?:光|风|水)?(?:电量|量)?[约近达超为共]{0,2}$|curtailment (?:of(?: [a-z]+){0,2}|was|reached|stood at|total(?:l?ed)|came to) ?$|c(?<!\wc)urtailed (?:about |some |over |nearly )?$"
)
_WASTED = re.compile(
    r" of (?:[a-z]+ )?(?:power|electricity|energy|generation) (?:was|were) (?:wasted|curtailed|lost)\b"
)
_OF_EACH_HOME = re.compile(
    r" (?:each(?! (?:and every |single )?(?:year|day|month|week|hour))|apiece|per home|per household|a home|a household)\b"
)
_FILLED = re.compile(
    r"(?:储存|存储|蓄满|充满|充电量|一次充|storage capacity of|s(?<!the s)(?<!a s)(?<!'s s)tores?\b|store up to|f(?<!\wf)or (?:[a-z]+|[0-9.]+) hours: ?|holds? enough)[^，。；;,.]{0,14}$"
)
_ENERGY_TOPICS = frozenset(("generation", "consumption", "capacity", "pumping", "sunshine"))
_PLANTS = frozenset(("plant", "farm", "park", "project", "facility", "station", "array", "complex"))


def _storage_near(near: Around, one: Printed, words: list[str]) -> bool:
    if any(word in ("battery", "batteries", "storage", "bess") for word in words):
        return True
    for _, _, tags, breaks, crossed in near.before:
        if breaks >= 2 or crossed:
            break
        if "generation" in tags.get("topic", ()):
            return False
        if "storage" in tags.get("project", ()) or "storage" in tags.get("tech", ()):
            return True
    for start, _, tags, breaks, crossed in near.behind:
        if breaks or crossed or start - one.end > 12:
            break
        if "storage" in tags.get("project", ()) or "storage" in tags.get("tech", ()):
            return True
    return False


_TONS_OF_CO2 = re.compile(r"tco[2₂]")


def _mass(
    folded: str,
    one: Printed,
    near: Around,
    cmp: str,
    previous: tuple[Printed, Meaning] | None,
    following: Printed | None,
) -> Meaning:
    han = folded[one.end - 1] > "\u2fff"
    topic = topic_of(near, _MASS, one.end, attached=2 if han else 40)
    if (
        not han
        and not folded.startswith(" of ", one.end)
        and _CUT_BY.search(folded, one.start - 24, one.start)
    ):
        topic = in_clause(near.before, _MASS) or topic  # coal use by 2 Mt and emissions by 5 Mt
    if _TONS_OF_CO2.search(folded, one.start, one.end):
        topic = "co2"
    period = summed(folded, one, near, previous, following)
    if topic == "coal" or topic == "co2":
        period = period or "year"
        value = one.most
        if value < _LEAST_MASS and _PER_KWH.match(folded, one.end):
            return meant("other", cmp, "none", f"{topic} per kWh")
        if (
            topic == "co2"
            and value < _LEAST_PLANT_MASS
            and _EACH_PERSON.search(folded, one.start - 60, one.end + 44)
        ):
            return meant("other", cmp, "none", "co2 per person")
        if value < _LEAST_MASS and period == "none":  # 每千瓦时耗标准煤326克
            return meant("other", cmp, "none", f"{topic} per unit")
        if topic == "coal":
            standard = _has_word(
                near, folded, ("标准煤", "标煤", "standard coal", "coal equivalent")
            )
            raw = not standard and _has_word(near, folded, ("原煤", "raw coal"))
            kind = "standard " if standard else "raw " if raw else ""
            return meant("mass_coal", cmp, period, f"{kind}coal avoided")
        return meant("mass_co2", cmp, period, "CO2 avoided")
    if period is None:
        made = _YEARLY_WORKS.match(folded, one.end) or (
            previous is not None
            and previous[1].role == "production capacity"
            and previous[0].unit.base == "kg"
            and one.start - previous[0].end < 60
        )
        if made and topic in (None, "silicon"):
            return meant("other", cmp, "year", "production capacity")
        period = "year" if topic in ("substance", "silicon") else "none"
    other = {"substance": "pollutant avoided", "silicon": "polysilicon"}.get(topic or "", topic)
    return meant("other", cmp, period, other)


_CUT_BY = re.compile(
    r"\bby (?:(?:about|around|some|over|nearly|roughly|approximately|almost|an estimated|more than|up to|at least|a further|as much as|another) )?$"
)
_YEARLY_WORKS = re.compile(
    r" (?:[a-z-]{2,20} ){0,3}(?:capacity|plant|factory|facility|phase|line|mill)\b"
)


def _has_word(near: Around, folded: str, words: tuple[str, ...]) -> bool:
    for start, end, _, breaks, crossed in near.before[:6]:
        if breaks >= 2 and crossed:
            break
        if folded[start:end] in words:
            return True
    return any(folded[item[0] : item[1]] in words for item in near.behind[:2])


_LEAST_PLANT_MASS = 5e4
_PER_KWH = re.compile(
    r"(?: (?:of )?(?:co2|carbon dioxide|carbon|coal)e?)?(?: ?/ ?| per | a |每)(?:kwh|kilowatt|mwh|unit|度|千瓦时)| (?:co2 )?target"
)
_EACH_PERSON = re.compile(
    r"footprint|per capita|per person|per head|a head|per home|per household|for each (?:home|household)|人均|每户|average (?:person|citizen|car)"
)
_LEAST_MASS = 100.0  # less is what one kWh or one wafer takes
