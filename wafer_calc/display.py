"""Numbers as a reader wants them, and records as HTML tables for notebooks."""

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

# unit -> (factor, shown), greatest first; the first one that leaves at least 1 is taken
_STEPS: dict[str, tuple[tuple[float, str], ...]] = {
    "W": ((1e9, "GW"), (1e6, "MW"), (1e3, "kW"), (1.0, "W")),
    "kWh": ((1e9, "TWh"), (1e6, "GWh"), (1e3, "MWh"), (1.0, "kWh")),
    "kg": ((1e9, "Mt"), (1e3, "t"), (1.0, "kg")),
    "m**2": ((1e6, "km²"), (1.0, "m²")),
    "m": ((1e3, "km"), (1.0, "m")),
    "V": ((1e3, "kV"), (1.0, "V")),
}
_WORDS: dict[str, tuple[tuple[float, str], ...]] = {
    "en": ((1e12, " trillion"), (1e9, " billion"), (1e6, " million"), (1.0, "")),
    "zh": ((1e12, "万亿"), (1e8, "亿"), (1e4, "万"), (1.0, "")),
}


def number(value: float, digits: int = 4) -> str:
    """Give a number with a few significant digits and no exponent where people read one.

    Parameters
    ----------
    value : float
        Any finite number.
    digits : int
        Significant digits kept; integers below 10**6 are kept whole.

    Returns
    -------
    str
        Thousands are set apart by commas.

    Examples
    --------
    >>> print(number(1500.0), number(0.31249), number(12345.6), number(2.3e-7))
    1,500 0.3125 12,346 2.3e-07
    """
    if value == 0:
        return "0"
    size = abs(value)
    if size >= 1e15 or size < 1e-4:
        return f"{value:.{digits}g}"
    if size >= 10 ** (digits - 1):
        return f"{value:,.0f}"
    text = f"{value:,.{digits}g}"
    return f"{value:,.{digits}f}".rstrip("0").rstrip(".") if "e" in text else text


def quantity(value: float, unit: str, lang: str = "en", words: dict[str, str] | None = None) -> str:
    """Give a value in a base unit as a reader would write it.

    Parameters
    ----------
    value : float
        In `unit`.
    unit : str
        A base unit of read quantities, or a ratio of them (``"W/piece"``).
    lang : str
        ``"en"`` or ``"zh"``: 4 billion or 40亿.
    words : dict, optional
        Words for units that are no symbols (household, piece …).

    Returns
    -------
    str
        Number and unit.

    Examples
    --------
    >>> print(quantity(6e10, "kWh"), "|", quantity(4e9, "piece", "zh", {"piece": "片"}))
    60 TWh | 40亿片
    """
    if unit in _STEPS:
        factor, shown = _step(value, _STEPS[unit])
        return f"{number(value / factor)} {shown}"
    if "/" in unit or unit in {"hour", "year", "month", "day", "dimensionless", ""}:
        counted = number(value)
    else:
        factor, shown = _step(value, _WORDS[lang])
        counted = number(value / factor) + shown
    word = (words or {}).get(unit)
    if word is None:
        word = "" if unit == "dimensionless" else unit.replace("**2", "²")
    space = "" if lang == "zh" and not word.isascii() else " "
    return f"{counted}{space}{word}".strip()


def _step(value: float, steps: tuple[tuple[float, str], ...]) -> tuple[float, str]:
    for step in steps:
        if abs(value) >= step[0]:
            return step
    return steps[-1]


def table(
    caption: str, headers: Sequence[str], rows: Iterable[Sequence[Any]], note: str = ""
) -> str:
    """Give an HTML table for a notebook, everything in it escaped.

    Parameters
    ----------
    caption : str
        Its heading.
    headers : sequence of str
        One a column.
    rows : iterable of sequences
        Floats are formatted by `number`, None is empty, all else is its text.
    note : str
        A line below.

    Returns
    -------
    str
        HTML, without any script or style of its own.

    Examples
    --------
    >>> print(table("t", ["a"], [[1500.0]]))
    <table><caption>t</caption><thead><tr><th scope="col">a</th></tr></thead><tbody><tr><td>1,500</td></tr></tbody></table>
    """
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in headers)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(_cell(cell))}</td>" for cell in row) + "</tr>"
        for row in rows
    )
    foot = f"<p>{escape(note)}</p>" if note else ""
    return (
        f"<table><caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{body}</tbody></table>{foot}"
    )


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return number(value) if isinstance(value, float) else str(value)
    return str(value)
