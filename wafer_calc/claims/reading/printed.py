"""The numbers of a text with the units and nouns they count, before anyone asks what they mean."""

import re
from collections.abc import Iterator
from itertools import islice
from operator import attrgetter
from string import ascii_letters, digits

from wafer_calc.claims.reading.cues import is_yardstick_at
from wafer_calc.claims.reading.figure import BATCH, Printed, changed, scaled, with_unit
from wafer_calc.claims.reading.lists import before_the_unit, joined
from wafer_calc.claims.reading.nouns import COUNT, PANEL, counted_noun, is_year
from wafer_calc.numerals import Numeral, find_numerals, short_multiplier
from wafer_calc.unit_words import (
    UnitWord,
    is_adjunct,
    money_before,
    noun_at,
    unit_at,
    with_denominator,
)

__all__ = ["find_printed"]

_MONEY_ENDS = frozenset("$£€¥₹₩₽₺₱฿ysdrpmbf.kn币元镑ehctjo")
_TIMES = ("year", "month", "day", "hour")
_COUNTED = ("piece", "household", "person", "panel", "vehicle", "tree", "count", "football_field")
_BARE_LEADS = frozenset("超逾近过上达破约成为建")
_OWN_COUNT = (
    "turbine", "turbines", "generators", "machines", "panels", "units", "blades", "reactors",
    "inverters", "batteries", "transformers", "furnaces", "wind farms", "solar farms", "bases",
    "plants", "stations", "farms", "parks", "towers", "facilities", "states", "centres", "centers", "dams", "reservoirs", "phases", "stages", "schools", "villages", "ponds", "rooftops", "buildings", "warehouses", "cities", "counties", "sites", "projects",
    "countries",
)  # fmt: skip
_WEAK_CLASSIFIERS = frozenset("条面方组支回口根项张位名基根幅人户片块栋幢颗部")
_NUMBER_NAMES = re.compile(
    r"(?:phase|phases|unit|units|no\.?|number|section|article|figure|table|block|stage|part|reactor"
    r"|class|tier|top|type|model|route|page|chapter|vogtle|highway|goal|scope|act) $"
)
_YEAR_LEAD = re.compile(
    r"(?:^|[ (])(?:in|since|by|of|until|from|for|the|early|late|mid|spring|summer|autumn|january|february|march|april|may|june"
    r"|july|august|september|october|november|december) $"
)
_RATIO_NEXT = re.compile(
    r" (?:of(?! (?:this|the|last|next) (?:year|decade|century)| (?:19|20)[0-9]{2})|the|that|what|its|their|india|china|[a-z]+'s |as much|as many|current|today|this)"
)
_NOT_RATIO_BEFORE = re.compile(r"(?:to|will|would|can|could|may|should|and|must) $")
_CROSS = re.compile(r" ?[×x*] ?")
# 四个抽水蓄能电站, 18个重点产业项目; 分两期
_HAN_WORKS = re.compile(r"个[\u4e00-\u9fff]{0,6}?(?:项目|电站|电场|风场|基地|工厂|阶段)|期")
_HAN_THINGS = re.compile(r"个(?!月|百分点|小时|工作日|星期|交易日|亿|半|多|国家|人)[\u4e00-\u9fff]")
_HAN_HOMES = re.compile(r"个?[\u4e00-\u9fff]{2,4}?(?:家庭|住户)")
_UNITS_OF_POWER = re.compile(
    r" units? of (?:electricity|power|energy)\b| units (?:(?:a|per|each|every) (?:day|year|month|annum)|annually|daily)\b"
)
_LEAST_UNITS = 1e4  # fewer a year may be machines
_POUNDS_OF = re.compile(r" of (?!investment|funding|debt|savings|public|private|grants?)[a-z]")
_BESIDE = 48  # characters in which the gas is named
_OF_GAS = re.compile(
    r"carbon dioxide|co2|greenhouse gas|emissions|sulfur|sulphur|nitrogen|pounds of (?:coal|carbon|steel|silicon|pollut)"
)
_SLASHED = re.compile(r"[mb]/(?:usd|eur|gbp|aed|cny|rmb|us\$|[$£€¥])")
_POINTED = re.compile(r"[0-9]{1,3}\.[0-9]{3}")
_VARIANT = re.compile(r"[a-z][0-9]{2,4}/$")
_NAME = re.compile(r"[a-z]{3}-$")
_MODEL = re.compile(r"(?:^|[^a-z])[a-z]-$")
_LISTED = re.compile(r"[、和及与]|,|，| and ")
_NAMED = re.compile(r",? (?:and )?(?:[A-Z][\w'’-]+ ){1,3}")
_AND_BUSINESSES = re.compile(r" and (?:businesses|offices|buildings)")
_POSTS = re.compile(r"(?:岗位|机会|就业)[约近超逾达]?$")
_HAN_COUNTED = re.compile(
    r"(?:项目|电站|企业|公司|基地|工程|车间|园区|风场|供应商)[共有约近达超逾]?$"
)
_OF_PANELS = re.compile(
    r"[^，。、；,;0-9片]{0,8}?(?:太阳能|光伏|太阳)?(?:电池|光伏|太阳能|光电)(?:板|组件|面板|模组)|(?:组件|面板)"
)
_PANELS_LEAD = re.compile(
    r"(?:太阳能|光伏|电池|太阳光电)(?:板|组件|面板|模组)[共约近达超逾过]{0,2}$"
)
_YUAN_LEAD = re.compile(
    r"(?:产值|投资|投资额|营收|销售额|收入|利润|税收|利税|总额|资金)(?:将|有望|可|预计|实现|接近)?[达到超逾近约破过]{0,2}$"
)
_AS_MANY = re.compile(r"[个座]多?半?")
_SINGULAR = re.compile(r"\b(?:farm|park|plant|station|project|array|dam|reactor|turbine)$")
_POPULATION = re.compile(r"(?:population of (?:about |around |some |nearly |over )?)$")


_RATIO = UnitWord("dimensionless", "dimensionless", 1.0)
_KWH = UnitWord("kilowatt_hour", "kWh", 1.0)
_PERSON = UnitWord("person", "person", 1.0)
_POUND = UnitWord("pound", "kg", 0.45359237)
_DECADE = UnitWord("year", "year", 10.0)
_OWN_MACHINES = re.compile(
    r" (?:[a-z]+(?:-[0-9])? ){1,3}(?:reactors|units|machines|turbines|generators)\b"
)
_DECADES = re.compile(r"[ -]decades\b")
_METRES = re.compile(r"m[ -](?:long|tall|high|wide|deep|diameter)\b")  # 107m long blades
_DECADE_SAID = re.compile(r"decade\b(?! (?:ago|since|of|before|after))")
_A_DECADE = re.compile(
    r"\b(?:over|during|throughout|across|for|in|within) (?:the|its|a) "
    r"(?:(?:past|last|first|next|coming|previous) )?$"
)
_YUAN = UnitWord("CNY", "CNY", 1.0)
_HOME = UnitWord("household", "household", 1.0)


def find_printed(text: str, folded: str) -> list[Printed]:
    """Give the quantities of a text in order, without overlap.

    Parameters
    ----------
    text, folded : str
        The caller's text, and the same through `numerals.fold`.

    Returns
    -------
    list of Printed
        Years, dates, ordinals, names with digits and bare numbers are left out.
    """
    found: list[Printed] = []
    multiplied: tuple[int, float, int] | None = None  # 2×66万千瓦: where, how many, end
    listed: list[Numeral] = []  # 20亿、30亿和50亿元: the unit stands behind the last
    for numeral, one in _figures(text, folded):
        if found and numeral.start < found[-1].end:
            continue
        if one is None:
            cross = _CROSS.match(folded, numeral.end)
            plain = isinstance(numeral.value, float) and not numeral.part
            if cross is not None and plain and isinstance(numeral.value, float):
                multiplied = (numeral.start, numeral.value, cross.end())
            if listed and not _goes_on(text, listed[-1].end, numeral.start):
                listed = []
            if numeral.scaled and numeral.script != "e" and _LISTED.match(folded, numeral.end):
                listed.append(numeral)
            continue
        if multiplied is not None:
            start, times, end = multiplied
            multiplied = None
            if end == one.start and isinstance(one.value, float) and one.unit.base in ("W", "VA"):
                one = changed(one, start=start, value=one.value * times, number=one.value * times)
        if listed:
            if _goes_on(text, listed[-1].end, one.start) and one.unit.base not in _COUNTED:
                for earlier in listed:
                    made = with_unit(folded, earlier, earlier.start, earlier.end, one.unit)
                    if made is not None:
                        found.append(made)
            listed = []
        if found and one.start < found[-1].end:
            found.pop()  # "1.3 million US$7": the sign is of the number behind it
        found += before_the_unit(folded, found, one)
        if found:
            one = joined(folded, found, one)
        found.append(one)
    found += [
        Printed(at.start(), at.end(), 10.0, 1.0, 0.5, _DECADE)
        for at in _DECADE_SAID.finditer(folded)
        if _A_DECADE.search(folded, at.start() - _BESIDE, at.start())
    ]
    return sorted(found, key=attrgetter("start"))


def _figures(text: str, folded: str) -> Iterator[tuple[Numeral, Printed | None]]:
    """Give the numerals of a text, each with the figure it is of."""
    numerals = find_numerals(folded)
    while batch := list(islice(numerals, BATCH)):
        yield from zip(batch, [_printed_at(text, folded, n) for n in batch], strict=True)


def _goes_on(text: str, end: int, start: int) -> bool:
    """Whether a list goes on: 20亿、30亿; "Xiluodu 61 billion, Xiangjiaba 33.2 billion"."""
    return end + 1 == start or _NAMED.fullmatch(text, end, start) is not None


def _are_mass(folded: str, start: int, end: int) -> bool:
    """Whether pounds weigh something, and are no money."""
    named = folded.endswith(("pounds", "pound"), start, end)
    since = max(0, start - _BESIDE)
    gas = named and _OF_GAS.search(folded, since, end + _BESIDE)
    return bool(gas or _POUNDS_OF.match(folded, end))


def _printed_at(text: str, folded: str, numeral: Numeral) -> Printed | None:
    """Join a numeral with its unit, or None where it counts nothing that is a quantity."""
    start, end, script = numeral.start, numeral.end, numeral.script
    after = folded[end] if end < len(folded) else ""
    if after == "-" and folded.startswith("-plus ", end):
        end, after = end + len("-plus"), " "
        numeral = numeral._replace(end=end, cmp=">=")
    elif after == "+" and folded.startswith("+ ", end):
        end, after = end + 1, " "
        numeral = numeral._replace(end=end, cmp=">=")  # 600+ wind turbines
    before = folded[start - 1] if start else ""
    if numeral.part:
        return _ratio(folded, numeral)
    if before in _MONEY_ENDS or (before == " " and start > 1 and folded[start - 2] in _MONEY_ENDS):
        sign = money_before(folded, start)
        if sign is not None:
            return _money(text, folded, numeral, sign)
    if before in _OF_NAMES and _is_of_a_name(folded, before, start):
        return None
    found = unit_at(folded, end, text)
    counts = before == "-" and found is not None and found[0].base == "count"
    if counts and _NAME.search(folded, start - 4, start):
        return None  # a Hualong-1 unit
    if after in _SHORT and not numeral.scaled:
        scale = short_multiplier(folded, end)
        other = (unit_at(folded, end + 1, text) or noun_at(folded, end + 1)) if scale else None
        if other is not None and other[0].base not in _TIMES and not _METRES.match(folded, end):
            end += 1
            numeral = _multiplied(numeral, scale, end)
            found = other
            after = folded[end : end + 1]
    if (
        after == " "
        and script != "c"
        and is_yardstick_at(folded, end + 1)
        and not is_year(numeral)
        and not _OWN_MACHINES.match(folded, end)
    ):
        return with_unit(folded, numeral, start, end, _RATIO)  # "equal to two Three Gorges dams"
    if found is None or found[0].base == "count" or folded[start] == "半":
        read, found = _by_noun(folded, numeral, before, found)
        if found is None:
            return read
    unit, stop = found
    if unit.base in _COUNTED:
        counted = _counted(folded, numeral, before, unit, stop)
        if counted is None:
            return None
        numeral, unit, stop = counted
    elif unit.name == "GBP" and _are_mass(folded, start, stop):
        unit = _POUND  # 1.6 million pounds of carbon dioxide
    doubted = script != "a" or unit.base in _TIMES
    if doubted and _is_no_quantity(folded, numeral, unit, stop):
        return None
    return with_unit(folded, numeral, start, stop, unit)


def _is_of_a_name(folded: str, before: str, start: int) -> bool:
    """Whether a number is part of a name: G12, SG250, a Nordex N133/4.8, a Vestas V-82, 第2."""
    if before == "/":
        return _VARIANT.search(folded, start - 6, start) is not None
    if before == "-":
        return _MODEL.search(folded, start - 3, start) is not None
    return True


_OF_NAMES = frozenset(ascii_letters + digits + "_/-第")
_SHORT = frozenset("mkb")


def _by_noun(
    folded: str, numeral: Numeral, before: str, found: tuple[UnitWord, int] | None
) -> tuple[Printed | None, tuple[UnitWord, int] | None]:
    """Find what a number counts by the nouns around: the figure itself, or else its unit and end."""
    start, end = numeral.start, numeral.end
    if found is None and (decades := _DECADES.match(folded, end)):
        return with_unit(folded, numeral, start, decades.end(), _DECADE), None
    if found is None and numeral.script != "c":
        found = counted_noun(folded, numeral)
    if (
        found is None
        or (found[0].base == "count" and folded[end] in "个座")
        or folded[start] == "半"
    ):
        of_them = _AS_MANY.match(folded, end)
        if of_them is not None and is_yardstick_at(folded, of_them.end()):
            made = with_unit(folded, numeral, start, of_them.end(), _RATIO)
            if made is not None and "多" in of_them[0]:
                made = changed(made, cmp=">=")
            return made, None
    if found is None:
        works = _HAN_WORKS.match(folded, end)
        several = numeral.value != 1.0  # 一个西区电站 counts nothing
        if works is not None and several and (works[0] != "期" or before == "分"):
            return with_unit(folded, numeral, start, works.end(), COUNT), None
    if found is None or (found[0].base == "count" and folded[end] == "个"):
        homes = _HAN_HOMES.match(folded, end)
        if homes is not None:
            return with_unit(folded, numeral, start, homes.end(), _HOME), None
    if folded[start] == "半":
        return None, None  # 半个月, 半个小时 and other idioms
    if found is not None:
        return None, found
    made = _noun_before(folded, numeral)
    if made is None and numeral.value != 1.0 and _HAN_THINGS.match(folded, end):
        made = with_unit(folded, numeral, start, end + 1, COUNT)  # 105个贫困村
    if made is None and before == " " and _POPULATION.search(folded, start - 28, start):
        made = with_unit(folded, numeral, start, end, _PERSON)
    return made, None


def _counted(
    folded: str, numeral: Numeral, before: str, unit: UnitWord, stop: int
) -> tuple[Numeral, UnitWord, int] | None:
    """Settle what a noun counts and where it ends; None where the number only names something."""
    start, end = numeral.start, numeral.end
    base = unit.base
    if numeral.script == "a" and _POINTED.fullmatch(folded, start, end):
        numeral = _multiplied(numeral, 1e3, end)  # 100.000 homes
    if stop > end and folded[end] == " " and is_adjunct(folded, stop):
        further = noun_at(folded, stop)
        if further is None:
            return None
        unit, stop = further  # 22,000 family homes
        base = unit.base
    if base == "piece" and folded[stop - 1] == "片":
        lead = _PANELS_LEAD.search(folded, start - 8, start)
        if lead is not None or _OF_PANELS.match(folded, stop):
            unit = PANEL
    named = base == "count" and numeral.script == "a" and folded[end] == " "
    if named and numeral.value != 1.0 and _SINGULAR.search(folded, end, stop):
        return None  # the Roedsand 2 offshore wind farm
    if before == " " and _NUMBER_NAMES.search(folded, start - 10, start):
        return None
    if is_year(numeral) and _YEAR_LEAD.search(folded, start - 12, start):
        return None
    of_power = _UNITS_OF_POWER.match(folded, end)
    most = numeral.value if isinstance(numeral.value, float) else numeral.value[1]
    if of_power is not None and " of " not in of_power[0] and most < _LEAST_UNITS:
        of_power = None
    if base == "count" and (of_power or folded.startswith(" unit", end) and numeral.scaled):
        unit = _KWH  # Indian papers count kilowatt-hours as units
    if base == "household" and (more := _AND_BUSINESSES.match(folded, stop)):
        stop = more.end()
    return numeral, unit, stop


def _noun_before(folded: str, numeral: Numeral) -> Printed | None:
    """Read 岗位3500个, 企业23家 and 产值超百亿, where the noun comes first."""
    start, end = numeral.start, numeral.end
    after = folded[end : end + 1]
    if numeral.script == "a" and after in ("个", "家"):
        if _POSTS.search(folded, start - 4, start):
            return with_unit(folded, numeral, start, end + 1, _PERSON)
        if _HAN_COUNTED.search(folded, start - 5, start):
            return with_unit(folded, numeral, start, end + 1, COUNT)
    stops = after in ("", *"，,。；;")
    sum_of_money = numeral.script == "c" and stops and folded[end - 1] in "万亿"
    if sum_of_money and _YUAN_LEAD.search(folded, start - 10, start):
        return with_unit(folded, numeral, start, end, _YUAN)
    return None


def _money(text: str, folded: str, numeral: Numeral, sign: tuple[UnitWord, int]) -> Printed | None:
    unit, start = sign
    end = numeral.end
    if not numeral.scaled:
        spaced = end + folded.startswith(" ", end)  # "$700 m": after a sign of money no metres
        scale = short_multiplier(folded, spaced) or _before_slash(folded, end)
        if scale:
            end = spaced + 1
            numeral = _multiplied(numeral, scale, end)
    after = unit_at(folded, end, text)
    if after is not None and (
        after[0].base.split("/")[0] == unit.base or (sign[1] == start and after[0].base == "CNY")
    ):
        end = after[1]
        if "/" in after[0].base:
            unit = after[0]
    elif after is not None and "/" not in after[0].base and folded[start].isalpha():
        # "USD" behind a number belongs to that one; here a code is followed by another unit
        if after[0].base in ("W", "kWh", "kg", "m**2"):
            return None
    else:
        unit, end = with_denominator(folded, unit, end, text)
    if folded[start] in "人美港新欧英":
        start = numeral.start
    return with_unit(folded, numeral, start, end, unit)


def _multiplied(numeral: Numeral, scale: float, end: int) -> Numeral:
    """Give a number together with the m, b or k behind it, which ends at `end`."""
    value, step = scaled(numeral.value, scale), numeral.step * scale
    return Numeral(numeral.start, end, value, step, numeral.cmp, "a", False, True)


def _before_slash(folded: str, end: int) -> float:
    """Give the multiplier of USD 544.5m/EUR 498.1m, where m/ is no speed."""
    if not _SLASHED.match(folded, end):
        return 0.0
    return 1e6 if folded[end] == "m" else 1e9


def _is_no_quantity(folded: str, numeral: Numeral, unit: UnitWord, end: int) -> bool:
    """Tell years, articles, ordinals and idioms from quantities: numbers in words, and times."""
    value = numeral.value
    low = value if isinstance(value, float) else value[0]
    base = unit.base
    script = numeral.script
    start = numeral.start
    if base == "year":
        if not numeral.scaled and 1900 <= low <= 2100 and unit.factor == 1.0:
            return True
        if low == 1.0 or (numeral.scaled and script == "c"):
            return True
        if folded.startswith((" ago", " old", "-old", "前", "代", "来"), end):
            return True
        if script == "a" and low < 60 and start and folded[start - 1] in "'":
            return True
    if script == "c":
        bare = folded[start] in "百千万亿" or folded[start : start + 1] == "十" and base in _TIMES
        if bare and folded[start] != "十":
            length = numeral.end - numeral.start
            lead = folded[start - 1] if start else ""
            if length == 1 or base in _COUNTED or base in _TIMES:
                following = folded[end : end + 1]
                if not (lead and lead in _BARE_LEADS) and following != "级":
                    return True
        if not numeral.scaled and (low == 1.0 or isinstance(value, tuple)) and low == 1.0:
            return base != "dimensionless" or unit.factor != 1.0
        if not numeral.scaled or low <= 10.0:
            classifier = folded[numeral.end : numeral.end + 1]
            if base in _COUNTED and classifier in _WEAK_CLASSIFIERS:
                return True
            if base == "day" and unit.factor == 7.0:
                return True
            if base == "m**3" and classifier in "方升":
                return True
            if base == "CNY" and start and folded[start - 1] in "多一二":
                return True
    elif script == "e":
        if low == 1.0 and not numeral.scaled:
            return base not in ("W", "kWh") and unit.name != "percent"
        named = folded[numeral.end : end]
        if base == "count" and low <= 12.0 and named and not named.endswith(_OWN_COUNT):
            return True  # "two plants" counts no part of one
    elif low == 1.0 and base in _TIMES and script == "a":
        return True
    if unit.name == "second":
        return not numeral.scaled
    small_slice = base == "piece" and low < 100 and script == "c"
    return small_slice and folded[numeral.end : numeral.end + 1] == "片"


def _ratio(folded: str, numeral: Numeral) -> Printed | None:
    """Keep half, double, 三分之一 where something is compared, leave idioms out."""
    start, end = numeral.start, numeral.end
    value = numeral.value
    if numeral.script == "c" or folded[start] in "百千":
        return with_unit(folded, numeral, start, end, _RATIO)
    found = unit_at(folded, end) if end < len(folded) and folded[end] == " " else None
    if found is not None and found[0].base in ("W", "kWh", "kg", "m**2"):
        return with_unit(folded, numeral, start, found[1], found[0])
    if not _RATIO_NEXT.match(folded, end):
        return None
    multiple = isinstance(value, float) and value > 1.0
    if multiple and _NOT_RATIO_BEFORE.search(folded, start - 8, start):
        return None
    made = with_unit(folded, numeral, start, end, _RATIO)
    if made is None:
        return None
    return Printed(
        made.start, made.end, made.value, made.number, made.resolution, made.unit, made.cmp, True
    )
