"""The unit registry, and the doors through which text and floats become quantities and back."""

from typing import Any, TypeAlias

import numpy as np
import pint
from numpy.typing import NDArray

from wafer_calc.errors import RangeError, ReadError, ShapeError, UnitError
from wafer_calc.numerals import find_numerals, fold, short_multiplier
from wafer_calc.unit_words import (
    UnitWord,
    money_before,
    noun_at,
    unit_at,
    unknown_unit,
    with_denominator,
)

__all__ = ["Q_", "Quantity", "check_shapes", "fraction", "magnitude", "quantity", "ureg"]

Quantity: TypeAlias = pint.Quantity[Any]
Floats: TypeAlias = float | NDArray[np.float64]

ureg = pint.get_application_registry()  # type: ignore[no-untyped-call]  # pint leaves it untyped

_DEFINITIONS = {
    "wafer": "wafer = [wafer]",
    "household": "household = [household]",
    "person": "person = [person]",
    "CNY": "CNY = [money_cny]",
    "USD": "USD = [money_usd]",
    "GBP": "GBP = [money_gbp]",
    "EUR": "EUR = [money_eur]",
    "INR": "INR = [money_inr]",
    "AUD": "AUD = [money_aud]",
    "JPY": "JPY = [money_jpy]",
    "tce": "tce = 29.3076 gigajoule",
    "Wp": "@alias watt = Wp",
    "片": "片 = wafer",
    "元": "元 = CNY",
    "度": "度 = kilowatt_hour",
    "千瓦时": "千瓦时 = kilowatt_hour",
    "千瓦": "千瓦 = kilowatt",
    "兆瓦": "兆瓦 = megawatt",
    "吉瓦": "吉瓦 = gigawatt",
    "亩": "亩 = 2000 / 3 * meter ** 2",
    "坪": "坪 = 400 / 121 * meter ** 2",  # six shaku of 10/33 m, squared
    "吨": "吨 = metric_ton",
    "成": "成 = 0.1",
}
_MONEY = (
    "USD EUR GBP AED SAR NOK SEK DKK INR AUD CAD NZD SGD HKD TWD JPY KRW BRL ZAR CHF RUB TRY MXN CLP "
    "PHP THB VND IDR MYR PKR EGP MAD KES PLN XOF"
)
_DEFINITIONS |= {code: f"{code} = [money_{code.lower()}]" for code in _MONEY.split()}
_DEFINITIONS |= {
    word: f"{word} = [{word}]" for word in ("panel", "vehicle", "tree", "football_field")
}
_HUNDREDTHS = {"us_cent": "USD", "eurocent": "EUR", "penny": "GBP", "paisa": "INR"}
_DEFINITIONS |= {part: f"{part} = {code} / 100" for part, code in _HUNDREDTHS.items()}
for _name, _definition in _DEFINITIONS.items():
    if _name not in ureg:
        ureg.define(_definition)

Q_: type[Quantity] = ureg.Quantity


def magnitude(
    value: Any, unit: str, name: str, *, low: float | None = None, low_open: bool = False
) -> Floats:
    """Give a quantity's number in a unit; the door from quantities to floats.

    Parameters
    ----------
    value : Quantity [convertible to unit], scalar or array
        What the caller passed.
    unit : str
        The unit wanted, as the registry spells it.
    name : str
        The argument's name, for the error.
    low : float, optional
        The least that is accepted, in `unit`.
    low_open : bool
        Whether `low` itself is refused.

    Returns
    -------
    float or ndarray
        The number in that unit; a scalar gives a float.

    Raises
    ------
    UnitError
        A bare number where a unit is needed, or a unit of another dimension.
    RangeError
        NaN, infinity, or below `low`.

    Examples
    --------
    >>> print(f"{magnitude(Q_(40, 'GW'), 'kW', 'capacity_dc'):.0f}")
    40000000
    """
    if not isinstance(value, pint.Quantity):
        raise UnitError(
            f"{name}: {value!r} has no unit, wanted {unit}; write Q_({value!r}, {unit!r}) or the unit you mean"
        )
    try:
        number = value.m_as(unit)
    except pint.DimensionalityError as error:
        raise UnitError(f"{name}: {value:~P} is {value.dimensionality}, wanted {unit}") from error
    number = finite(number, name)
    if low is not None:
        array = np.asarray(number)
        if (array <= low if low_open else array < low).any():
            wanted = f"more than {low:g}" if low_open else f"{low:g} or more"
            raise RangeError(
                f"{name}: {float(array.min()):g} {unit} is too low, wanted {wanted} {unit}"
            )
    return number


def finite(value: Any, name: str) -> Floats:
    """Give a finite float or float array.

    Parameters
    ----------
    value : float or array_like, any shape
        What came.
    name : str
        The argument's name, for the error.

    Returns
    -------
    float or ndarray
        The same numbers.

    Raises
    ------
    UnitError
        Not a number.
    RangeError
        NaN or infinity.
    """
    try:
        # None, "0.2" and True would all become floats; only integers, floats and their like may
        if value is None or (raw := np.asarray(value)).dtype.kind not in "iufO":
            raise TypeError
        array = raw.astype(float)
    except (TypeError, ValueError) as error:
        raise UnitError(f"{name}: {value!r} is not a number") from error
    if not np.isfinite(array).all():
        raise RangeError(f"{name}: {value!r} is not finite; NaN and infinity are refused")
    return float(array) if array.ndim == 0 else array


def fraction(
    value: Any, name: str, *, low: float = 0.0, high: float = 1.1, low_open: bool = True
) -> Floats:
    """Give a fraction as a float: 0.227 and Q_(22.7, "%") mean the same.

    Parameters
    ----------
    value : float or Quantity [dimensionless], scalar or array
        The fraction.
    name : str
        The argument's name, for the error.
    low, high : float
        The bounds; the upper belongs to the range.
    low_open : bool
        Whether the lower bound itself is refused.

    Returns
    -------
    float or ndarray
        The fraction.

    Raises
    ------
    UnitError
        A quantity with a dimension.
    RangeError
        Outside the bounds; 22.7 is told that it looks like percent.

    Examples
    --------
    >>> print(f"{fraction(Q_(22.7, '%'), 'cell_efficiency'):.3f}")
    0.227
    """
    number = magnitude(value, "", name) if isinstance(value, pint.Quantity) else finite(value, name)
    array = np.asarray(number)
    if (array <= low if low_open else array < low).any() or (array > high).any():
        bracket = "(" if low_open else "["
        worst = float(array.flat[int(np.argmax(np.abs(array)))])
        mend = f"; if percent was meant, write Q_({worst:g}, '%')" if high < worst <= 100.0 else ""
        raise RangeError(f"{name}: {worst:g} is outside {bracket}{low:g}, {high:g}]{mend}")
    return number


def check_shapes(**arrays: Floats) -> None:
    """Refuse arrays that do not broadcast together.

    Parameters
    ----------
    **arrays : float or ndarray
        The arguments by their names.

    Raises
    ------
    ShapeError
        Naming each array with its shape.
    """
    shapes = {name: np.shape(array) for name, array in arrays.items()}
    try:
        np.broadcast_shapes(*shapes.values())
    except ValueError as error:
        came = ", ".join(f"{name} {shape}" for name, shape in shapes.items() if shape)
        raise ShapeError(
            f"shapes do not go together: {came}; wanted equal ones or scalars"
        ) from error


def quantity(text: str) -> Quantity:
    """Read one quantity as the press prints it, in Chinese or English.

    The text never reaches pint's own parser: the numeral and the unit's word are read apart.

    Parameters
    ----------
    text : str
        Number and unit, such as ``"600亿度"``, ``"4 billion wafers"`` or ``"1，000 kWh"``.

    Returns
    -------
    Quantity [the unit printed], scalar

    Raises
    ------
    UnitError
        No unit, or one that the word table does not have.
    ReadError
        No number, a range, or more than one quantity.

    Examples
    --------
    >>> print(f"{quantity('600亿度').to('TWh'):.0f~P}")
    60 TWh
    """
    if not isinstance(text, str):
        raise ReadError(f"text: {text!r} is no string; wanted a text such as '600亿度'")
    folded = fold(text)
    shown = repr(text if len(text) <= 80 else text[:79] + "…")
    start = len(folded) - len(folded.lstrip())
    stop = len(folded.rstrip())
    if start >= stop:
        raise ReadError("text: it is empty; wanted a number with its unit, such as '600亿度'")
    numeral = next(find_numerals(folded, start), None)
    if numeral is None:
        raise ReadError(f"text: {shown} has no number that can be read; wanted such as '600亿度'")
    before = money_before(folded, numeral.start)
    begin = numeral.start if before is None else before[1]
    if begin != start:
        raise ReadError(
            f"text: {shown} begins with {text[start:begin]!r}; wanted a number with its unit"
            " (read_quantities reads whole sentences)"
        )
    value, end, unit = numeral.value, numeral.end, None
    if before is not None:
        scale = 0.0 if numeral.scaled else short_multiplier(folded, end)
        if scale and isinstance(value, float):
            end, value = end + 1, value * scale
        after = unit_at(folded, end, text)
        same = after is not None and after[0].base == before[0].base
        unit, end = after if same and after else with_denominator(folded, before[0], end, text)
    elif found := unit_at(folded, end, text) or noun_at(folded, end):
        unit, end = found
    elif numeral.part and numeral.script == "c":
        unit = UnitWord("dimensionless", "dimensionless", 1.0)
    if folded[end:stop]:
        if unit is None or next(find_numerals(folded[end:stop]), None) is None:
            raise unknown_unit(shown, text[numeral.end : stop])
        raise ReadError(f"text: {shown} holds more than one quantity; pass them one by one")
    if unit is None:
        raise UnitError(f"text: {shown} has no unit; write it behind the number, as in '600亿度'")
    if isinstance(value, tuple):
        raise ReadError(f"text: {shown} is a range; pass its ends one by one")
    read: Quantity = Q_(value, unit.name)
    return read
