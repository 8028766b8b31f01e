"""Distributions through a model: one call with all samples, and what comes out of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import sqrt
from typing import Any
from warnings import warn

import numpy as np
import pint
from numpy.typing import NDArray

from wafer_calc.errors import AssumptionError, RangeError, ShapeError, UnitError, WaferCalcWarning
from wafer_calc.uncertainty.distributions import Array, Distribution, check_bounds
from wafer_calc.uncertainty.limits import LIMITS
from wafer_calc.uncertainty.makers import uncertain
from wafer_calc.units import Q_, Quantity, finite

__all__ = ["Probability", "Propagation", "propagate"]

# Points drawn at a time: the points of a million samples are never held twice.
BLOCK = 2**16
# Scrambled points are multiples of 2**-30 and may be 0, where a quantile is infinite; half a step
# moves them inside.
HALF_STEP = 2.0**-31


@dataclass(frozen=True, slots=True, kw_only=True)
class Probability:
    """A share of samples, and its Monte-Carlo standard error.

    The error is that of independent samples; a Sobol sequence stays below it.
    """

    value: float
    error: float

    def __str__(self) -> str:
        """Give value and error to the digits that the error supports."""
        return f"{self.value:.3f} ± {self.error:.3f}"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Propagation:
    """What a model makes of uncertain inputs.

    Attributes
    ----------
    samples : Quantity of shape (n,)
        The output, one value for each draw of all inputs.
    names : tuple of str
        The inputs that were uncertain.
    """

    samples: Quantity
    names: tuple[str, ...]

    @property
    def mean(self) -> Quantity:
        """The mean of the output."""
        return self._wrap(np.mean(self.samples.magnitude))

    @property
    def std(self) -> Quantity:
        """The standard deviation of the output."""
        return self._wrap(np.std(self.samples.magnitude))

    @property
    def p50(self) -> Quantity:
        """The value exceeded with probability 50 %."""
        return self.exceeded(0.50)

    @property
    def p75(self) -> Quantity:
        """The value exceeded with probability 75 %."""
        return self.exceeded(0.75)

    @property
    def p90(self) -> Quantity:
        """The value exceeded with probability 90 %."""
        return self.exceeded(0.90)

    @property
    def p99(self) -> Quantity:
        """The value exceeded with probability 99 %."""
        return self.exceeded(0.99)

    def quantile(self, probability: float) -> Quantity:
        """Give the value not exceeded with this probability: 0.1 gives the trade's P90."""
        p = float(finite(probability, "probability"))
        if not 0.0 <= p <= 1.0:
            raise RangeError(f"probability: {p:g} is outside [0, 1]")
        return self._wrap(np.quantile(self.samples.magnitude, p))

    def exceeded(self, probability: float) -> Quantity:
        """Give the value exceeded with this probability, as the solar trade's P-values are."""
        return self.quantile(1.0 - float(finite(probability, "probability")))

    def probability(self, event: Callable[[Quantity], Any]) -> Probability:
        """Give the probability of an event.

        Parameters
        ----------
        event : callable
            Takes the samples, a quantity of shape (n,), and says for each whether it happens.

        Returns
        -------
        Probability
            With the standard error of the count.

        Raises
        ------
        ShapeError
            The event did not give one truth value a sample.
        """
        happens = np.asarray(event(self.samples))
        n = self.samples.magnitude.size
        if happens.shape != (n,) or happens.dtype != bool:
            raise ShapeError(
                f"event: gave {happens.dtype} of shape {happens.shape}, wanted bool of ({n},), "
                "as in lambda energy: energy > Q_(60, 'TWh')"
            )
        count = int(happens.sum())
        share = (count + 1.0) / (n + 2.0)  # keeps an error where nothing or everything happened
        return Probability(value=count / n, error=sqrt(share * (1.0 - share) / n))

    def exceeds(self, value: Quantity) -> Probability:
        """Give the probability of more than `value`."""
        if not isinstance(value, pint.Quantity):
            raise UnitError(f"value: {value!r} has no unit, wanted {self.samples.units}")
        if not value.is_compatible_with(self.samples):
            raise UnitError(f"value: {value:~P} is no {self.samples.units}")
        return self.probability(lambda samples: np.asarray(samples > value))

    def to_dict(self) -> dict[str, Any]:
        """Give the summary as plain numbers, all in the one unit named."""
        named = {"mean": self.mean, "std": self.std, "p50": self.p50, "p75": self.p75}
        named |= {"p90": self.p90, "p99": self.p99}
        plain: dict[str, Any] = {name: float(value.magnitude) for name, value in named.items()}
        return plain | {"unit": str(self.samples.units), "n": int(self.samples.magnitude.size)}

    def _wrap(self, number: Any) -> Quantity:
        made: Quantity = Q_(float(number), self.samples.units)
        return made


def propagate(
    function: Callable[..., Any],
    inputs: Mapping[str, Any],
    n: int = 2**14,
    *,
    rng: "np.random.Generator | int | None" = None,
) -> Propagation:
    """Send uncertain inputs through a model, all samples in one call.

    Parameters
    ----------
    function : callable
        Takes every input by its name and works on arrays. An uncertain input arrives as a
        quantity of shape (n,), one without a unit as floats of shape (n,); anything else arrives
        as it was given.
    inputs : mapping of str to Distribution, Fact, Quantity or float
        A fact with low and high is uncertain by itself.
    n : int
        Number of samples; a power of two, or the sequence loses its balance.
    rng : numpy.random.Generator or int, optional
        Scrambles the sequence; an int makes the result repeatable.

    Returns
    -------
    Propagation
        In the unit that the function gives.

    Raises
    ------
    AssumptionError
        No input is uncertain.
    UnitError
        A distribution without a unit, or of the wrong one for its name.
    RangeError
        `n` is below two, mass on what is impossible for an input of that name (see
        `wafer_calc.uncertainty.limits`), or the function gave NaN or infinity.
    ShapeError
        The function did not give one value a sample.

    Warns
    -----
    WaferCalcWarning
        `n` is not a power of two.

    Notes
    -----
    Scrambled Sobol sequence of `scipy.stats.qmc` [1]_, each coordinate through its input's
    quantile function; inputs are independent of each other.

    References
    ----------
    .. [1] Owen, A. B. (2020). On dropping the first Sobol' point. arXiv:2008.08051.

    Examples
    --------
    >>> from wafer_calc.uncertainty import between
    >>> energy = propagate(
    ...     lambda capacity_dc, hours: (capacity_dc * hours).to("TWh"),
    ...     {"capacity_dc": Q_(40, "GW"), "hours": between(Q_(1166, "hour"), Q_(1281, "hour"))},
    ...     rng=1,
    ... )
    >>> print(f"P50 {energy.p50:.1f~P}, P90 {energy.p90:.1f~P}")
    P50 48.9 TWh, P90 47.1 TWh
    """
    known = {name: uncertain(value, name) for name, value in inputs.items()}
    spread = pick_uncertain(known)
    samples = draw(list(spread.values()), count(n), rng)
    arguments = known | {
        name: with_unit(row, made.unit)
        for (name, made), row in zip(spread.items(), samples, strict=True)
    }
    del samples
    return Propagation(samples=evaluate(function, arguments, n), names=tuple(spread))


def pick_uncertain(inputs: Mapping[str, Any]) -> dict[str, Distribution]:
    """Give the uncertain inputs, each checked against the limits of its name."""
    spread = {name: value for name, value in inputs.items() if isinstance(value, Distribution)}
    if not spread:
        raise AssumptionError(
            f"inputs: none of {', '.join(inputs) or 'them'} is uncertain; "
            "give at least one as between(…), normal(…) or another distribution"
        )
    for name, made in spread.items():
        if name in LIMITS:
            low, high = LIMITS[name].within(made.unit, name)
            check_bounds(made, low, high, name)
    return spread


def count(n: int) -> int:
    """Give a number of samples, warning where it is not a power of two."""
    if not isinstance(n, (int, np.integer)) or n < 2:
        raise RangeError(f"n: {n!r} is not a number of samples; take a power of two such as 2**14")
    if n & (n - 1):
        near = 2 ** round(np.log2(n))
        warn(
            f"n: {n} is not a power of two, so the sequence loses its balance; {near} is the nearest",
            WaferCalcWarning,
            stacklevel=3,
        )
    return int(n)


def draw(spread: list[Distribution], n: int, rng: "np.random.Generator | int | None") -> Array:
    """Draw samples of independent inputs, shape (input, n)."""
    from scipy.stats import qmc

    engine = qmc.Sobol(len(spread), scramble=True, rng=rng)
    points = np.empty((len(spread), n))
    # The first block is a power of two whatever n is: scipy warns otherwise, and `count` did so.
    start, size = 0, min(BLOCK, 2 ** (n.bit_length() - 1))
    while start < n:
        stop = min(start + size, n)
        points[:, start:stop] = engine.random(stop - start).T
        start = stop
    points += HALF_STEP
    for row, made in zip(points, spread, strict=True):
        row[:] = made.ppf(row)
    return points


def with_unit(row: NDArray[np.float64], unit: str) -> Any:
    """Give samples their unit; a pure number stays an array of floats."""
    return Q_(row, unit) if unit else row


def evaluate(function: Callable[..., Any], arguments: Mapping[str, Any], n: int) -> Quantity:
    """Call a model once and check that it gave one finite number a sample."""
    output = function(**arguments)
    output = output if isinstance(output, pint.Quantity) else Q_(np.asarray(output), "")
    values = np.asarray(output.magnitude)
    if values.shape != (n,):
        raise ShapeError(
            f"function: gave shape {values.shape} for samples of shape ({n},); "
            "it must work on arrays, and use an uncertain input"
        )
    if not np.isfinite(values).all():
        bad = int(np.count_nonzero(~np.isfinite(values)))
        raise RangeError(f"function: {bad} of {n} results are not finite; bound the inputs")
    return output
