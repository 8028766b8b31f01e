"""Money of one currency in another, at the yearly mean rates that are known."""

from functools import cache

from wafer_calc import facts
from wafer_calc.errors import UnknownNameError
from wafer_calc.facts import Fact

_QUOTES = {
    "AED": ("fx.aed_per_usd", False),
    "CNY": ("fx.cny_per_usd", False),
    "EUR": ("fx.eur_per_usd", False),
    "INR": ("fx.inr_per_usd", False),
    "AUD": ("fx.aud_per_usd", False),
    "CAD": ("fx.cad_per_usd", False),
    "JPY": ("fx.jpy_per_usd", False),
    "NOK": ("fx.nok_per_usd", False),
    "TWD": ("fx.twd_per_usd", False),
    "ZAR": ("fx.zar_per_usd", False),
    "GBP": ("fx.usd_per_gbp", True),
}
CURRENCIES = frozenset(_QUOTES) | {"USD"}


def rate(money: str, wanted: str, year: int | None) -> float | None:
    """Give how much of one currency an amount of another is worth.

    Parameters
    ----------
    money, wanted : str
        Codes such as ``"CNY"``.
    year : int or None
        The year of the rate; the nearest one known, or the latest for None.

    Returns
    -------
    float or None
        None where a rate is not among the facts.

    Examples
    --------
    >>> print(f"{rate('USD', 'CNY', 2017):.2f}")
    6.76
    """
    if money == wanted:
        return 1.0
    one, other = _per_usd(money, year), _per_usd(wanted, year)
    return None if one is None or other is None else other / one


def quotes(money: str) -> tuple[Fact, ...]:
    """Give a currency's rates against the dollar; none for the dollar or an unknown one."""
    if money not in _QUOTES:
        return ()
    try:
        return facts.find(_QUOTES[money][0]).facts
    except UnknownNameError:
        return ()


@cache
def _per_usd(money: str, year: int | None) -> float | None:
    if money == "USD":
        return 1.0
    found = quotes(money)
    if not found:
        return None
    nearest = min(found, key=lambda fact: abs(_year(fact) - (year or 9999)))
    return 1 / nearest.value if _QUOTES[money][1] else nearest.value


def _year(fact: Fact) -> int:
    return 0 if fact.period is None else int(str(fact.period)[:4])  # a peg is of no year
