"""The inverse question: what an input would have to be for a claim to come true."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Any

import numpy as np
import pint

from wafer_calc.errors import RangeError, UnitError
from wafer_calc.uncertainty.limits import LIMITS
from wafer_calc.units import Q_, Quantity, finite, magnitude

__all__ = ["Needed", "needed"]

# Points at which a model is looked at when its ends lie on one side of the target: a yield against
# tilt rises and falls again in between.
SCAN = 33
# How near a straight line must come to the target to save the search, relative.
LINEAR = 1e-12


@dataclass(frozen=True, slots=True, kw_only=True)
class Needed:
    """The value of an input that a target asks for, or the statement that none does it.

    Attributes
    ----------
    name : str
        The input.
    value : Quantity or None
        What it has to be; None where no value in the range does it.
    target : Quantity
        What was asked for.
    low, high : Quantity
        The range that was searched.
    nearest : Quantity
        The target itself, or the nearest to it that the range gives.
    """

    name: str
    value: Quantity | None
    target: Quantity
    low: Quantity
    high: Quantity
    nearest: Quantity

    @property
    def possible(self) -> bool:
        """Whether some value in the range does it."""
        return self.value is not None

    def __str__(self) -> str:
        """Give the answer as a sentence's clause."""
        what = self.name.replace("_", " ")
        if self.value is not None:
            return f"{what} of {_shown(self.value)} makes {_shown(self.target)}"
        return (
            f"no {what} between {_shown(self.low)} and {_shown(self.high)} makes "
            f"{_shown(self.target)}; the nearest is {_shown(self.nearest)}"
        )


def _shown(value: Quantity) -> str:
    number = float(value.magnitude)
    text = f"{number:.4g}" if abs(number) < 1e4 or abs(number) >= 1e7 else f"{number:.0f}"
    return text if value.unitless else f"{text} {value.units:~P}"


def needed(
    function: Callable[..., Any],
    target: Quantity | float,
    name: str,
    bracket: tuple[Any, Any] | None = None,
    *,
    fixed: Mapping[str, Any] | None = None,
) -> Needed:
    """Solve a model for one input.

    Parameters
    ----------
    function : callable
        Takes `name` and the names of `fixed`, and gives one number or quantity.
    target : Quantity or float
        What the function should give.
    name : str
        The input that is asked for.
    bracket : (Quantity, Quantity) or (float, float), optional
        Its physical range; without it that of `wafer_calc.uncertainty.limits`, where the name has
        one with two ends.
    fixed : mapping, optional
        The other inputs.

    Returns
    -------
    Needed
        In the bracket's unit, with `value` None where nothing in the range gives the target.

    Raises
    ------
    RangeError
        No bracket and no limits, a bracket whose ends are not in order, or a function that gives
        NaN or infinity inside it.
    UnitError
        Target and result of different dimension, or bracket ends that do not go together.

    Notes
    -----
    Where both ends lie on one side of the target, 33 points between them are looked at, and the
    crossing nearest to the lower end is taken. Root by `scipy.optimize.brentq`; a straight line is
    recognised and solved by its slope.

    Examples
    --------
    >>> answer = needed(
    ...     lambda capacity_dc, full_load_hours: capacity_dc * full_load_hours,
    ...     Q_(60, "TWh"), "full_load_hours", fixed={"capacity_dc": Q_(40, "GW")},
    ... )
    >>> print(answer)
    full load hours of 1500 h makes 60 TWh
    """
    unit, low, high = _bracket(name, bracket)
    others = dict(fixed or {})
    goal_unit = _unit(target) if isinstance(target, pint.Quantity) else ""
    goal = float(
        magnitude(target, goal_unit, "target")
        if isinstance(target, pint.Quantity)
        else finite(target, "target")
    )

    def wrap(x: float) -> Any:
        return Q_(x, unit) if unit else x

    def miss(x: float) -> float:
        output = function(**others, **{name: wrap(x)})
        if isinstance(output, pint.Quantity):
            value = magnitude(output, goal_unit, "target")
        elif goal_unit:
            raise UnitError(f"target: has the unit {goal_unit}, the function gives a bare number")
        else:
            value = output
        return float(finite(value, f"function at {name} = {x:g} {unit}")) - goal

    def answer(x: float | None, off: float) -> Needed:
        return Needed(
            name=name,
            value=None if x is None else Q_(x, unit),
            target=Q_(goal, goal_unit),
            low=Q_(low, unit),
            high=Q_(high, unit),
            nearest=Q_(goal + off, goal_unit),
        )

    a, b = low, high
    at_a, at_b = miss(a), miss(b)
    if at_a * at_b > 0.0:
        grid = [float(x) for x in np.linspace(low, high, SCAN)]
        misses = [at_a, *(miss(x) for x in grid[1:-1]), at_b]
        crossing = next((i for i in range(1, SCAN) if misses[i] * misses[i - 1] <= 0.0), None)
        if crossing is None:
            return answer(None, min(misses, key=abs))
        a, b = grid[crossing - 1], grid[crossing]
        at_a, at_b = misses[crossing - 1], misses[crossing]
    for x, off in ((a, at_a), (b, at_b)):
        if off == 0.0:
            return answer(x, 0.0)
    x = a - at_a * (b - a) / (at_b - at_a)
    if abs(miss(x)) > LINEAR * max(abs(goal), abs(at_a)):
        from scipy.optimize import brentq

        x = float(brentq(miss, a, b, xtol=1e-12 * (abs(a) + abs(b)), rtol=1e-12))
    return answer(x, 0.0)


def _unit(value: Quantity) -> str:
    return "" if value.units == Q_(1.0, "").units else str(value.units)


def _bracket(name: str, bracket: tuple[Any, Any] | None) -> tuple[str, float, float]:
    if bracket is None:
        limit = LIMITS.get(name)
        if limit is None or not (isfinite(limit.low) and isfinite(limit.high)):
            raise RangeError(
                f"bracket: {name!r} has no physical range of its own; give one, "
                "as in bracket=(Q_(0, 'GW'), Q_(1000, 'GW'))"
            )
        return limit.unit, limit.low, limit.high
    first, last = bracket
    unit = ""
    if isinstance(first, pint.Quantity):
        unit = _unit(first)
        low, high = magnitude(first, unit, "bracket"), magnitude(last, unit, "bracket")
    else:
        low, high = finite(first, "bracket"), finite(last, "bracket")
    if not float(low) < float(high):
        raise RangeError(f"bracket: {low:g} is not below {high:g} {unit}")
    return unit, float(low), float(high)
