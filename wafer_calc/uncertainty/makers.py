"""Makers of uncertain quantities, checked against their units and what is physically possible."""

from collections.abc import Iterable
from dataclasses import replace
from math import inf, log, sqrt
from statistics import NormalDist
from typing import Any, TypeVar

import numpy as np
import pint

from wafer_calc.errors import RangeError, UnitError
from wafer_calc.facts.records import Fact
from wafer_calc.uncertainty.distributions import (
    Complement,
    Distribution,
    Empirical,
    Frozen,
    Lognormal,
    Normal,
    Triangular,
    check_bounds,
)
from wafer_calc.units import Q_, finite, magnitude

__all__ = [
    "between", "complement", "empirical", "from_fact", "frozen", "normal", "triangular",
    "uncertain",
]  # fmt: skip

_D = TypeVar("_D", bound=Distribution)


def between(
    low: Any, high: Any, unit: str | None = None, *,
    median: Any = None, level: float = 0.9, lower: Any = None, upper: Any = None,
) -> Normal | Lognormal:  # fmt: skip
    """Give the distribution that lies between two values nine times in ten.

    Parameters
    ----------
    low, high : Quantity, or float with `unit`
        Ends of the interval; as much lies below it as above.
    unit : str, optional
        Unit of bare numbers; where the ends are quantities, the unit of the record.
    median : Quantity or float, optional
        Middle value. Without it the middle of the interval (of its logarithms where positive);
        with it each side gets the width that puts its end in place.
    level : float
        Probability inside the interval.
    lower, upper : Quantity or float, optional
        What is physically possible.

    Returns
    -------
    Lognormal or Normal
        Lognormal where the whole interval is positive.

    Raises
    ------
    UnitError
        A bare number without `unit`, or units that do not go together.
    RangeError
        `low` above `high`, a median outside them, a level outside (0, 1), or more than a
        millionth of the mass beyond what is possible.

    Examples
    --------
    >>> hours = between(Q_(1166, "hour"), Q_(1281, "hour"))
    >>> print(f"{hours.median:.0f~P}, P90 {hours.quantile(0.1):.0f~P}")
    1222 h, P90 1178 h
    """
    a, b, unit, bare = _ends(low, high, unit)
    if not 0.0 < level < 1.0:
        raise RangeError(f"level: {level:g} is outside (0, 1); 0.9 means nine times in ten")
    span = 2.0 * NormalDist().inv_cdf(0.5 + level / 2.0)
    positive = a > 0.0
    middle = _number(median, unit, "median", bare) if median is not None else None
    if middle is None:
        middle = sqrt(a * b) if positive else (a + b) / 2.0
    elif not a <= middle <= b:
        raise RangeError(f"median: {middle:g} is outside the interval from {a:g} to {b:g} {unit}")
    below = log(middle / a) if positive else middle - a
    above = log(b / middle) if positive else b - middle
    if median is None:
        below = above = (below + above) / 2.0
    kind = Lognormal if positive else Normal
    scale = 2.0 / span
    made = kind(unit=unit, middle=middle, below=below * scale, above=above * scale)
    return _bounded(made, lower, upper, bare)


def normal(
    mean: Any, std: Any, unit: str | None = None, *, lower: Any = None, upper: Any = None
) -> Normal:
    """Give a normal distribution.

    Parameters
    ----------
    mean, std : Quantity, or float with `unit`
        Mean and standard deviation.
    unit : str, optional
        Unit of bare numbers.
    lower, upper : Quantity or float, optional
        What is physically possible.

    Returns
    -------
    Normal
        In the unit of `mean`.

    Raises
    ------
    UnitError
        A bare number without `unit`, or units that do not go together.
    RangeError
        A standard deviation below zero, or mass beyond what is possible.

    Examples
    --------
    >>> print(f"{normal(Q_(40, 'GW'), Q_(2, 'GW')).quantile(0.9):.2f~P}")
    42.56 GW
    """
    middle, unit, bare = _first(mean, unit, "mean")
    if isinstance(mean, pint.Quantity) and isinstance(std, pint.Quantity):
        try:  # the sum knows that a spread of temperatures has a unit of its own
            width = float(finite((mean + std).m_as(unit), "std")) - middle
        except pint.errors.PintTypeError as error:
            raise UnitError(f"std: {std:~P} is no spread of {mean:~P} [{unit}]") from error
    else:
        width = _number(std, unit, "std", bare)
    if width < 0.0:
        raise RangeError(f"std: {width:g} {unit} is below zero")
    made = Normal(unit=unit, middle=middle, below=width, above=width)
    return _bounded(made, lower, upper, bare)


def triangular(
    low: Any, mode: Any, high: Any, unit: str | None = None, *, lower: Any = None, upper: Any = None
) -> Triangular:
    """Give a triangular distribution; `low` and `high` are never passed.

    Parameters
    ----------
    low, mode, high : Quantity, or float with `unit`
        Least, likeliest and greatest value.
    unit : str, optional
        Unit of bare numbers.
    lower, upper : Quantity or float, optional
        What is physically possible.

    Returns
    -------
    Triangular
        In the unit of `low`.

    Raises
    ------
    UnitError
        A bare number without `unit`, or units that do not go together.
    RangeError
        Not in ascending order, or mass beyond what is possible.

    Examples
    --------
    >>> print(f"{triangular(0.70, 0.82, 0.88, '').mean.magnitude:.2f}")
    0.80
    """
    a, c, unit, bare = _ends(low, high, unit)
    b = _number(mode, unit, "mode", bare)
    if not a <= b <= c:
        raise RangeError(f"mode: {b:g} is outside the interval from {a:g} to {c:g} {unit}")
    return _bounded(Triangular(unit=unit, low=a, mode=b, high=c), lower, upper, bare)


def empirical(
    values: Any, unit: str | None = None, *, lower: Any = None, upper: Any = None
) -> Empirical:
    """Give the distribution of an observed set, such as twenty years of a dam or stations.

    Parameters
    ----------
    values : Quantity of shape (n,), iterable of Quantity or Fact, or floats with `unit`
        The observations, in any order; of facts, such as the years of a dam, the values.
    unit : str, optional
        Unit of bare numbers; where the values are quantities, the unit of the record.
    lower, upper : Quantity or float, optional
        What is physically possible.

    Returns
    -------
    Empirical
        Each value with the same mass.

    Raises
    ------
    UnitError
        Bare numbers without `unit`, or units that do not go together.
    RangeError
        No values, a value that is not finite, or one beyond what is possible.

    Examples
    --------
    >>> print(f"{empirical([103.6, 111.8, 96.9], 'TWh').mean:.1f~P}")
    104.1 TWh
    """
    members = list(values) if isinstance(values, Iterable) else [values]
    members = [Q_(one.value, one.unit) if isinstance(one, Fact) else one for one in members]
    if not members:
        raise RangeError("values: none came; an observed set needs at least one")
    _, unit, bare = _first(members[0], unit, "values")
    ordered = tuple(sorted(_number(v, unit, "values", bare) for v in members))
    return _bounded(Empirical(unit=unit, values=ordered), lower, upper, bare)


def frozen(distribution: Any, unit: str, *, lower: Any = None, upper: Any = None) -> Frozen:
    """Give a frozen distribution of scipy.stats a unit.

    Parameters
    ----------
    distribution : frozen distribution
        Such as ``scipy.stats.beta(2, 5)``; needs ppf, cdf, mean and std.
    unit : str
        Unit of its values; ``""`` for a pure number.
    lower, upper : Quantity or float, optional
        What is physically possible.

    Returns
    -------
    Frozen
        The same distribution, with its unit.

    Raises
    ------
    UnitError
        Not a frozen distribution, or no such unit.
    RangeError
        Mass beyond what is possible.

    Examples
    --------
    >>> from scipy.stats import beta
    >>> print(f"{frozen(beta(80, 20), '').mean.magnitude:.2f}")
    0.80
    """
    methods = ("ppf", "cdf", "mean", "std")
    whole = all(callable(getattr(distribution, name, None)) for name in methods)
    if not whole or hasattr(distribution, "freeze"):
        raise UnitError(
            f"distribution: {distribution!r} is no frozen distribution with ppf, cdf, mean and std; "
            "freeze it first, as in scipy.stats.norm(40, 2)"
        )
    _first(0.0, unit, "distribution")  # only for its check of the unit
    return _bounded(Frozen(unit=unit, distribution=distribution), lower, upper, True)


def from_fact(fact: Fact, *, lower: Any = None, upper: Any = None) -> Normal | Lognormal:
    """Give a fact's own spread: its bounds taken as a 90 % interval, its value as the median.

    Parameters
    ----------
    fact : Fact
        With `low` and `high`.
    lower, upper : Quantity or float, optional
        What is physically possible.

    Returns
    -------
    Lognormal or Normal
        In the fact's unit.

    Raises
    ------
    RangeError
        A single published number: it has no spread, and none is made up.
    """
    if fact.low is None or fact.high is None:
        raise RangeError(
            f"{fact.key}: a single published number ({fact.value:g} {fact.unit}) has no spread; "
            "use a fact with low and high, or state one with between()"
        )
    return between(fact.low, fact.high, fact.unit, median=fact.value, lower=lower, upper=upper)


def complement(loss: Distribution) -> Complement:
    """Give what a lost fraction leaves: 1 - x.

    Parameters
    ----------
    loss : Distribution [dimensionless]
        Such as curtailment.

    Returns
    -------
    Complement
        A pure number.

    Raises
    ------
    UnitError
        Anything but a fraction.

    Examples
    --------
    >>> print(f"{complement(triangular(0.01, 0.02, 0.06, '')).mean.magnitude:.2f}")
    0.97
    """
    if loss.unit != "":
        raise UnitError(f"loss: unit {loss.unit!r} is not '', the fraction from 0 to 1")
    return Complement(unit="", of=loss, lower=1.0 - loss.upper, upper=1.0 - loss.lower)


def uncertain(value: Any, name: str) -> Distribution | Any:
    """Give what an input stands for: a distribution where it has a spread, else itself.

    Parameters
    ----------
    value : Distribution, Fact, Quantity or float
        A fact with low and high becomes a distribution, one without becomes its quantity.
    name : str
        The argument's name, for the error.

    Returns
    -------
    Distribution, Quantity or float
        Ready for `propagate`.

    Raises
    ------
    UnitError
        A bare distribution of scipy.stats, which has no unit.
    """
    if isinstance(value, Distribution):
        return value
    if isinstance(value, Fact):
        if value.low is None or value.high is None:
            return Q_(value.value, value.unit)
        return from_fact(value)
    if hasattr(value, "ppf"):
        raise UnitError(
            f"{name}: a distribution without a unit; write frozen(distribution, 'GW') "
            "or the unit you mean, '' for a pure number"
        )
    return value


def _first(value: Any, unit: str | None, name: str) -> tuple[float, str, bool]:
    """Give number and unit of the first argument, and whether bare numbers may follow."""
    if unit is None:
        if not isinstance(value, pint.Quantity):
            raise UnitError(
                f"{name}: {value!r} has no unit; pass quantities, or bare numbers with unit='GW'"
            )
        unit = "" if value.units == Q_(1.0, "").units else str(value.units)
        bare = unit == ""
    else:
        try:
            Q_(1.0, unit)
        except (pint.UndefinedUnitError, AttributeError, TypeError, ValueError) as error:
            raise UnitError(f"unit: {unit!r} is no unit of the registry") from error
        bare = True
    return _number(value, unit, name, bare), unit, bare


def _ends(low: Any, high: Any, unit: str | None) -> tuple[float, float, str, bool]:
    a, unit, bare = _first(low, unit, "low")
    b = _number(high, unit, "high", bare)
    if a > b:
        raise RangeError(f"low: {a:g} {unit} is above high, {b:g} {unit}; swap them")
    return a, b, unit, bare


def _number(value: Any, unit: str, name: str, bare: bool) -> float:
    quantity = isinstance(value, pint.Quantity) or not bare
    number = magnitude(value, unit, name) if quantity else finite(value, name)
    if np.ndim(number):
        raise RangeError(f"{name}: {value!r} is an array, wanted one number")
    return float(number)


def _bounded(made: _D, lower: Any, upper: Any, bare: bool) -> _D:
    """Give the record its physical bounds, refusing mass beyond them."""
    if lower is None and upper is None:
        return made
    low = -inf if lower is None else _number(lower, made.unit, "lower", bare)
    high = inf if upper is None else _number(upper, made.unit, "upper", bare)
    check_bounds(made, low, high, "distribution")
    return replace(made, lower=low, upper=high)
