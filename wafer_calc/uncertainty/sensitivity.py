"""Which input the answer hangs on: swings one at a time, and shares of the variance."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from wafer_calc.errors import RangeError
from wafer_calc.uncertainty.distributions import Array
from wafer_calc.uncertainty.makers import uncertain
from wafer_calc.uncertainty.propagation import count, evaluate, pick_uncertain, with_unit
from wafer_calc.units import Quantity

__all__ = ["SobolIndices", "Swing", "Tornado", "sobol", "tornado"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Swing:
    """What one input does to the output when it moves from its low to its high quantile.

    Attributes
    ----------
    name : str
        The input.
    low, high : Quantity
        The output at the input's low and at its high quantile, the others at their medians.
    """

    name: str
    low: Quantity
    high: Quantity

    @property
    def width(self) -> Quantity:
        """The distance between both outputs."""
        return abs(self.high - self.low)

    def __str__(self) -> str:
        """Give the swing as half its width: ``cell efficiency: ±1.9 TWh``."""
        half = self.width / 2.0
        return f"{self.name.replace('_', ' ')}: ±{half:.2g~P}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tornado:
    """The swings of all uncertain inputs, the widest first, around the output at the medians."""

    base: Quantity
    swings: tuple[Swing, ...]

    def __str__(self) -> str:
        """Give one line an input, the widest first."""
        return "\n".join(map(str, self.swings))


@dataclass(frozen=True, slots=True, kw_only=True)
class SobolIndices:
    """Shares of the output's variance, input by input.

    Attributes
    ----------
    first_order : dict of str to float
        What the input explains alone.
    total_order : dict of str to float
        What it explains alone and together with others.
    """

    first_order: dict[str, float]
    total_order: dict[str, float]


def tornado(
    function: Callable[..., Any],
    inputs: Mapping[str, Any],
    *,
    low: float = 0.1,
    high: float = 0.9,
) -> Tornado:
    """Move one uncertain input at a time, in one call of the model.

    Parameters
    ----------
    function, inputs
        As for `propagate`.
    low, high : float
        Quantiles that each input moves between; 0.1 and 0.9 are the trade's P90 and P10.

    Returns
    -------
    Tornado
        In the output's own unit.

    Raises
    ------
    RangeError
        Quantiles that are not ``0 < low < high < 1``, or results that are not finite.
    AssumptionError, UnitError, ShapeError
        As for `propagate`.

    Examples
    --------
    >>> from wafer_calc.uncertainty import between
    >>> from wafer_calc.units import Q_
    >>> print(tornado(
    ...     lambda capacity_dc, full_load_hours: (capacity_dc * full_load_hours).to("TWh"),
    ...     {"capacity_dc": between(Q_(39, "GW"), Q_(41, "GW")),
    ...      "full_load_hours": between(Q_(1166, "hour"), Q_(1281, "hour"))},
    ... ))
    full load hours: ±1.8 TWh
    capacity dc: ±0.95 TWh
    """
    if not 0.0 < low < high < 1.0:
        raise RangeError(f"low, high: {low:g} and {high:g} are not 0 < low < high < 1")
    known = {name: uncertain(value, name) for name, value in inputs.items()}
    spread = pick_uncertain(known)
    n = 2 * len(spread) + 1
    arguments = dict(known)
    for place, (name, made) in enumerate(spread.items()):
        row = np.full(n, made.ppf(0.5))
        row[2 * place : 2 * place + 2] = made.ppf(low), made.ppf(high)
        arguments[name] = with_unit(row, made.unit)
    output = evaluate(function, arguments, n)
    swings = [
        Swing(name=name, low=output[2 * place], high=output[2 * place + 1])
        for place, name in enumerate(spread)
    ]
    swings.sort(key=lambda swing: -float(swing.width.magnitude))
    return Tornado(base=output[-1], swings=tuple(swings))


def sobol(
    function: Callable[..., Any],
    inputs: Mapping[str, Any],
    n: int = 2**12,
    *,
    rng: "np.random.Generator | int | None" = None,
) -> SobolIndices:
    """Split the output's variance among its uncertain inputs.

    Parameters
    ----------
    function, inputs
        As for `propagate`; the function is called with n · (inputs + 2) samples in all.
    n : int
        Base samples; one that is not a power of two is raised to the next.
    rng : numpy.random.Generator or int, optional
        Scrambles the sequence; an int makes the result repeatable.

    Returns
    -------
    SobolIndices
        First and total order.

    Raises
    ------
    AssumptionError, UnitError, RangeError, ShapeError
        As for `propagate`.

    Warns
    -----
    WaferCalcWarning
        `n` is not a power of two.

    Notes
    -----
    Saltelli's estimator, by `scipy.stats.sobol_indices` [1]_.

    References
    ----------
    .. [1] Saltelli, A. et al. (2010). Comput. Phys. Commun. 181, 259-270.

    Examples
    --------
    >>> from wafer_calc.uncertainty import normal
    >>> shares = sobol(
    ...     lambda a, b: a + b, {"a": normal(1.0, 0.3, ""), "b": normal(1.0, 0.1, "")}, rng=1
    ... )
    >>> print(f"{shares.first_order['a']:.2f}")
    0.90
    """
    from scipy.stats import sobol_indices

    known = {name: uncertain(value, name) for name, value in inputs.items()}
    spread = pick_uncertain(known)
    base = 1 << (count(n) - 1).bit_length()

    def floats(points: Array) -> Array:
        rows = {
            name: with_unit(row, made.unit)
            for (name, made), row in zip(spread.items(), points, strict=True)
        }
        output = evaluate(function, known | rows, points.shape[1])
        return np.asarray(output.magnitude)

    found = sobol_indices(func=floats, n=base, dists=list(spread.values()), rng=rng)

    def named(shares: Any) -> dict[str, float]:
        return {name: float(share) for name, share in zip(spread, shares, strict=True)}

    return SobolIndices(first_order=named(found.first_order), total_order=named(found.total_order))
