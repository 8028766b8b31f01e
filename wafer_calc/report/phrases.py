"""The words around a fact-check, by language."""

from functools import cache
from typing import Any

from wafer_calc.errors import unknown_name
from wafer_calc.tables import read_table


def phrases(lang: str) -> dict[str, Any]:
    """Give the words of a language.

    Parameters
    ----------
    lang : str
        ``"en"`` or ``"zh"``.

    Returns
    -------
    dict
        The table of ``report/phrases.toml``.

    Raises
    ------
    UnknownNameError
        No such language.

    Examples
    --------
    >>> print(phrases("zh")["verdict"])
    结论
    """
    table = _table()
    if lang not in table:
        raise unknown_name("lang", str(lang), table)
    words: dict[str, Any] = table[lang]
    return words


@cache
def _table() -> dict[str, Any]:
    return read_table("wafer_calc.report", "phrases")
