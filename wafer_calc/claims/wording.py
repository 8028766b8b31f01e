"""Figures, facts and sentences in the claim's language."""

import math
from functools import cache
from typing import Any

from wafer_calc.claims.reading.regions import in_chinese
from wafer_calc.claims.references import Alternative
from wafer_calc.facts import Fact
from wafer_calc.tables import read_table

_STEPS_EN = {
    "W": ((1e12, "TW"), (1e9, "GW"), (1e6, "MW"), (1e3, "kW"), (1.0, "W")),
    "kWh": ((1e9, "TWh"), (1e6, "GWh"), (1e3, "MWh"), (1.0, "kWh")),
    "kg": ((1e9, "Mt"), (1e3, "t"), (1.0, "kg"), (1e-3, "g")),
    "m**2": ((1e6, "km²"), (1.0, "m²")),
    "": ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"), (1.0, "")),
}
_STEPS_ZH = {
    "W": ((1e12, "太瓦"), (1e9, "吉瓦"), (1e6, "兆瓦"), (1e3, "千瓦"), (1.0, "瓦")),
    "kWh": ((1e8, "亿千瓦时"), (1e4, "万千瓦时"), (1.0, "千瓦时")),
    "kg": ((1e7, "万吨"), (1e3, "吨"), (1.0, "千克"), (1e-3, "克")),
    "m**2": ((1e6, "平方公里"), (1.0, "平方米")),
    "": ((1e8, "亿"), (1e4, "万"), (1.0, "")),
}
_TAGS = (
    "series", "plant", "province", "state", "region", "zone", "format", "vat", "doping", "fuel",
    "convention", "size", "phase",
)  # fmt: skip


def words(lang: str) -> dict[str, Any]:
    """Give the phrases of a language."""
    table: dict[str, Any] = _table()[lang]
    return table


def say(lang: str, name: str, **parts: object) -> str:
    """Fill a phrase."""
    return str(words(lang)[name]).format(**parts)


def number(value: float, digits: int = 3) -> str:
    """Print a number so that a calculator can repeat it: no exponent, no more digits than it has.

    Parameters
    ----------
    value : float
        Any finite number.
    digits : int
        Significant digits that are kept below a hundred.

    Returns
    -------
    str
        One decimal from a hundred up, whole from a thousand up.

    Examples
    --------
    >>> print(number(1500.2), number(10.0), number(0.3125), number(103.649))
    1500 10.0 0.312 103.6
    """
    if value == 0 or not math.isfinite(value):
        return "0" if value == 0 else str(value)
    if abs(value) >= 100:
        text = f"{value:.1f}" if abs(value) < 1000 else f"{value:.0f}"
        return text.removesuffix(".0")
    decimals = max(0, digits - 1 - math.floor(math.log10(abs(value))))
    return f"{value:.{min(decimals, 9)}f}"


def measure(value: float, unit: str, lang: str) -> str:
    """Print a value in base units in the unit that a reader would use.

    Parameters
    ----------
    value : float
        In `unit`.
    unit : str
        A base unit or a quotient of two, as in the document.
    lang : str
        ``"en"`` or ``"zh"``.

    Returns
    -------
    str
        Such as ``60 TWh`` or ``0.312 kg/kWh``.

    Examples
    --------
    >>> print(measure(60e9, "kWh", "en"), "|", measure(60e9, "kWh", "zh"))
    60 TWh | 600亿千瓦时
    """
    names = words(lang)["unit"]
    gap = "" if lang == "zh" else " "
    if unit == "dimensionless":
        if value < 3:
            return f"{number(100 * value)}{'' if lang == 'zh' else ' '}%"
        return f"{number(value)}{'倍' if lang == 'zh' else ' times'}"
    head, _, tail = unit.partition("/")
    if tail == "year" or tail.endswith("/year"):
        tail = tail.removesuffix("year").removesuffix("/")
    if tail or head not in (_STEPS_ZH if lang == "zh" else _STEPS_EN):
        if not tail:
            many = _scaled(value, "", lang) if value >= 1e4 else number(value)
            return f"{many}{gap}{names.get(f'{head}s', names.get(head, head))}".strip()
        over = names.get(head, head)
        joint = "" if lang == "zh" and not over.isascii() else " "
        return f"{number(value)}{joint}{over}/{names.get(tail, tail)}".replace("**2", "²")
    return _scaled(value, head, lang)


def span(low: float, high: float, unit: str, lang: str) -> str:
    """Print two ends as one stretch, or one figure where they print alike."""
    first, last = measure(low, unit, lang), measure(high, unit, lang)
    if first == last:
        return first
    shared = _shared_ending(first, last)
    return say(lang, "range", low=first[: len(first) - shared].strip(), high=last)


def label(fact: Fact, lang: str, *, short: bool = False) -> str:
    """Name a fact as a reader would: what, where, which, when; in short without the which."""
    table = words(lang)
    what = table["key"].get(fact.key) or (fact.scope if lang == "en" else None)
    parts = [what or fact.key.replace(".", " ").replace("_", " ")]
    country = fact.tags.get("country")
    if country:
        parts.insert(0, table["country"].get(country, country))
    parts += [
        str(table["tag"].get(tag) or (in_chinese(tag) if lang == "zh" else tag))
        for tag in (fact.tags[name] for name in _TAGS if name in fact.tags and not short)
    ]
    if fact.period is not None:
        parts.append(
            f"{fact.period}年" if lang == "zh" and str(fact.period).isdigit() else str(fact.period)
        )
    return ("，" if lang == "zh" else ", ").join(parts)


def named(alternative: Alternative, lang: str, *, short: bool = False) -> str:
    """Name an alternative; one that rests on a later source says so."""
    text = label(alternative.facts[0], lang, short=short)
    if alternative.name:
        table = words(lang)["tag"]
        text = " ".join(str(table.get(part, part)) for part in alternative.name.split())
    if alternative.later:
        later = say(lang, "later", published=alternative.facts[0].published)
        text += f"（{later}）" if lang == "zh" else f" ({later})"
    return text


def _scaled(value: float, unit: str, lang: str) -> str:
    steps = (_STEPS_ZH if lang == "zh" else _STEPS_EN)[unit]
    gap = "" if lang == "zh" else " "
    size, name = next(((s, n) for s, n in steps if abs(value) >= s), steps[-1])
    text = number(value / size)
    short = text.rstrip("0").rstrip(".") if "." in text else text
    exact = abs(float(short) - value / size) <= 1e-6 * abs(value / size)
    return f"{short if exact else text}{gap}{name}".strip()


def _shared_ending(first: str, last: str) -> int:
    n = 0
    while n < min(len(first), len(last)) and first[-1 - n] == last[-1 - n]:
        if first[-1 - n] in "0123456789.":
            break
        n += 1
    return n


@cache
def _table() -> dict[str, Any]:
    return read_table("wafer_calc.claims", "phrases")
