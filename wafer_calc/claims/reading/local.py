"""Units that mean one thing or another by the country a text is about: dollars, yuan, tons."""

import re
from dataclasses import replace

from wafer_calc.claims.reading.cues import Marks
from wafer_calc.claims.reading.figure import Printed, scaled
from wafer_calc.claims.reading.places import country_of
from wafer_calc.unit_words import UnitWord

__all__ = ["local_units"]

_DOLLARS = {
    "Australia": "AUD", "Canada": "CAD", "Hong Kong": "HKD", "Taiwan": "TWD",
    "New Zealand": "NZD", "Singapore": "SGD",
}  # fmt: skip
# A text that tells the two dollars apart by a sign means the American one by the bare sign.
_SIGNS = {
    "AUD": ("a$", "au$", "aud"), "CAD": ("c$", "ca$", "cad", "cdn$"), "HKD": ("hk$", "hkd"),
    "TWD": ("nt$", "twd"), "NZD": ("nz$", "nzd"), "SGD": ("s$", "sgd"),
}  # fmt: skip
_SHORT_TON = UnitWord("short_ton", "kg", 907.18474)
_TONS = re.compile(r"(?<!metric) tons?$")
_EACH_KWH = re.compile(
    r"每(?:千瓦时|度)电?(?:上网)?(?:电价|成本|价格)?(?:约|仅|为|仅为|只要|低至|不到|高达)?$"
)


def local_units(folded: str, marks: Marks, printed: list[Printed]) -> list[Printed]:
    """Give bare dollars, 元 and tons what they mean in the country that a text is about.

    Parameters
    ----------
    folded : str
        The text through `numerals.fold`.
    marks : Marks
        Its cues.
    printed : list of Printed
        The text's quantities.

    Returns
    -------
    list of Printed
        The same, with ``$`` as AUD in an Australian text and 元 as TWD in a Taiwanese one; 每度0.3元
        is a price per kWh. American tons are short ones.
    """
    if not any(one.unit.base[:3] in ("USD", "CNY", "kg") for one in printed):
        return printed
    home = country_of(folded, marks)
    dollar = _DOLLARS.get(home or "")
    if dollar is not None and any(sign in folded for sign in _SIGNS[dollar]):
        dollar = None
    yuan = "TWD" if home == "Taiwan" and "人民币" not in folded else None
    given: list[Printed] = []
    for one in printed:
        unit = one.unit
        currency = unit.base[:3]
        if currency == "USD" and dollar is not None and _is_bare(folded, one):
            unit = _as(unit, "USD", dollar)
        elif currency == "CNY" and yuan is not None and folded[one.end - 1] in "元圆":
            unit = _as(unit, "CNY", yuan)
        priced = unit.base in ("CNY", yuan)
        if priced and _EACH_KWH.search(folded, one.start - 14, one.start):
            unit = UnitWord(f"{unit.name} / (kilowatt_hour)", f"{unit.base}/kWh", unit.factor)
        if home == "US" and unit.name == "metric_ton" and _TONS.search(folded, one.start, one.end):
            given.append(_in_short_tons(one))
        else:
            given.append(one if unit is one.unit else replace(one, unit=unit))
    return given


def _in_short_tons(one: Printed) -> Printed:
    factor = _SHORT_TON.factor
    return replace(
        one,
        unit=_SHORT_TON,
        value=scaled(one.number, factor),
        resolution=one.resolution / one.unit.factor * factor,
    )


def _as(unit: UnitWord, old: str, new: str) -> UnitWord:
    return UnitWord(unit.name.replace(old, new), unit.base.replace(old, new), unit.factor)


def _is_bare(folded: str, one: Printed) -> bool:
    """Whether the money is printed as $ or dollars alone, and not as a figure given again."""
    span = folded[one.start : one.end]
    words = span.endswith(("dollars", "dollar")) and "us" not in span and "u.s" not in span
    return not one.copy and (span[0] == "$" or words)
