"""The date of a claim: given, or found in its text."""

import re

from wafer_calc.errors import ReadError

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_CHINESE = re.compile(r"((?:19|20)\d\d)\s?年\s?(1[0-2]|0?[1-9])\s?月")
_ISO = re.compile(
    r"(?<!\d)((?:19|20)\d\d)[-/.](1[0-2]|0[1-9])(?:[-/.](?:3[01]|[12]\d|0[1-9]))?(?!\d)"
)
_ENGLISH = re.compile(
    rf"\b({'|'.join(m[:3] for m in _MONTHS)})[a-z]{{0,6}}\.?\s(?:\d{{1,2}}(?:st|nd|rd|th)?,?\s)?((?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_PLANNED = re.compile(
    r"预计|将|计划|拟|力争|有望|will|expect|plan|due|schedul|target|by\s*$|before\s*$",
    re.IGNORECASE,
)
_REACH = 14  # characters before a date in which a word of the future makes it a plan's
_GIVEN = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


def date_of(on: object, text: str) -> str | None:
    """Give the date that a claim is judged on.

    Parameters
    ----------
    on : str, date or None
        What the caller gave.
    text : str
        Where a date is looked for otherwise.

    Returns
    -------
    str or None
        ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``; None for today.

    Raises
    ------
    ReadError
        A date that is none.

    Examples
    --------
    >>> print(date_of(None, "据2022年7月报道，该项目年发电量超过600亿度"))
    2022-07
    """
    if on is not None:
        given = str(on).strip()[:10]
        if not _GIVEN.fullmatch(given) or not (len(given) == 4 or 1 <= int(given[5:7]) <= 12):
            raise ReadError(f"on: {on!r} is no date; wanted YYYY, YYYY-MM or YYYY-MM-DD")
        return given
    found = []
    for pattern in (_CHINESE, _ISO):
        found += [(m.start(), f"{m[1]}-{int(m[2]):02d}") for m in pattern.finditer(text)]
    for m in _ENGLISH.finditer(text):
        month = next(i for i, name in enumerate(_MONTHS, 1) if name.startswith(m[1].lower()))
        found.append((m.start(), f"{m[2]}-{month:02d}"))
    happened = [
        date for start, date in found if not _PLANNED.search(text[max(0, start - _REACH) : start])
    ]
    return max(happened) if happened else None  # a text is no older than what it reports
