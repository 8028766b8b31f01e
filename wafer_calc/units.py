"""The unit registry, and the door through which quantities become floats and back."""

from typing import Any, TypeAlias

import numpy as np
import pint
from numpy.typing import NDArray

from wafer_calc.errors import RangeError, ShapeError, UnitError

__all__ = ["Q_", "Quantity", "check_shapes", "fraction", "magnitude", "ureg"]

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
    "吨": "吨 = metric_ton",
}
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
        array = np.asarray(value, dtype=float)
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
