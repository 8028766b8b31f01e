"""The records of uncertain quantities: distributions with a unit."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from math import erf, exp, inf, log, pi, sqrt
from statistics import NormalDist
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wafer_calc.errors import RangeError
from wafer_calc.units import Q_, Quantity, finite, magnitude

__all__ = [
    "Complement", "Distribution", "Empirical", "Frozen", "Lognormal", "Normal", "Triangular",
    "check_bounds",
]  # fmt: skip

Array = NDArray[np.float64]

# Mass that may lie beyond a physical bound: a bell curve always has some. Less than this is put
# on the bound itself when samples are drawn, more is refused.
IMPOSSIBLE_MASS = 1e-6

_STANDARD = NormalDist()


@dataclass(frozen=True, slots=True, kw_only=True)
class Distribution(ABC):
    """An uncertain quantity; made by `between`, `normal`, `triangular`, `empirical` or `frozen`.

    Attributes
    ----------
    unit : str
        Of every number in the record; ``""`` for a pure number.
    lower, upper : float
        What is physically possible, in `unit`.
    """

    unit: str
    lower: float = -inf
    upper: float = inf

    @abstractmethod
    def raw_ppf(self, probability: Array) -> Array:
        """Give the values not exceeded with these probabilities, bounds left aside."""

    @abstractmethod
    def cdf(self, value: float) -> float:
        """Give the probability that the quantity is at most `value`, in `unit`."""

    @abstractmethod
    def moments(self) -> tuple[float, float]:
        """Give mean and standard deviation, in `unit`."""

    def ppf(self, probability: Any) -> Any:
        """Give the values not exceeded with these probabilities, in `unit`; floats, any shape."""
        raw = self.raw_ppf(np.asarray(probability, dtype=float))
        if self.lower > -inf or self.upper < inf:
            raw = np.clip(raw, self.lower, self.upper)
        return raw if np.ndim(probability) else float(raw)

    @property
    def mean(self) -> Quantity:
        """The mean."""
        return _quantity(self.moments()[0], self.unit)

    @property
    def std(self) -> Quantity:
        """The standard deviation."""
        return _quantity(self.moments()[1], self.unit)

    @property
    def median(self) -> Quantity:
        """The value exceeded with probability one half."""
        return self.quantile(0.5)

    def quantile(self, probability: float) -> Quantity:
        """Give the value that is not exceeded with this probability (0.1 is the trade's P90)."""
        p = float(finite(probability, "probability"))
        if not 0.0 < p < 1.0:
            raise RangeError(f"probability: {p:g} is outside (0, 1)")
        return _quantity(self.ppf(p), self.unit)

    def exceeds(self, value: Quantity) -> float:
        """Give the probability that the quantity is above `value`."""
        return 1.0 - self.cdf(float(magnitude(value, self.unit, "value")))


def _quantity(number: float, unit: str) -> Quantity:
    made: Quantity = Q_(number, unit)
    return made


def _normal_ppf(probability: Array) -> Array:
    if probability.ndim == 0:  # spares a single quantile the import of scipy
        return np.asarray(_STANDARD.inv_cdf(float(probability)))
    from scipy.special import ndtri

    return np.asarray(ndtri(probability))


def _scores(probability: Array, below: float, above: float) -> Array:
    """Give standard normal quantiles, stretched by a width of their own on either side."""
    z = _normal_ppf(probability)
    return z * below if below == above else z * np.where(z < 0.0, below, above)


def _half_cdf(deviation: float, below: float, above: float) -> float:
    width = below if deviation < 0.0 else above
    if width == 0.0:
        return float(deviation >= 0.0)
    return _STANDARD.cdf(deviation / width)


@dataclass(frozen=True, slots=True, kw_only=True)
class Normal(Distribution):
    """A normal distribution, its halves of different width where `below` and `above` differ."""

    middle: float
    below: float
    above: float

    def raw_ppf(self, probability: Array) -> Array:
        """See `Distribution`."""
        return self.middle + _scores(probability, self.below, self.above)

    def cdf(self, value: float) -> float:
        """See `Distribution`."""
        return _half_cdf(value - self.middle, self.below, self.above)

    def moments(self) -> tuple[float, float]:
        """See `Distribution`."""
        shift = (self.above - self.below) / sqrt(2.0 * pi)
        return self.middle + shift, sqrt((self.below**2 + self.above**2) / 2.0 - shift**2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lognormal(Distribution):
    """A lognormal distribution, its halves of different width where `below` and `above` differ.

    `middle` is the median; `below` and `above` are standard deviations of the logarithm.
    """

    middle: float
    below: float
    above: float

    def raw_ppf(self, probability: Array) -> Array:
        """See `Distribution`."""
        scores = _scores(probability, self.below, self.above)
        return np.asarray(self.middle * np.exp(scores, out=scores if scores.ndim else None))

    def cdf(self, value: float) -> float:
        """See `Distribution`."""
        return _half_cdf(log(value / self.middle), self.below, self.above) if value > 0.0 else 0.0

    def moments(self) -> tuple[float, float]:
        """See `Distribution`."""

        def halves(power: int) -> float:
            below, above = power * self.below, power * self.above
            return 0.5 * (
                exp(below**2 / 2.0) * (1.0 - erf(below / sqrt(2.0)))
                + exp(above**2 / 2.0) * (1.0 + erf(above / sqrt(2.0)))
            )

        first, second = halves(1), halves(2)
        return self.middle * first, self.middle * sqrt(max(second - first**2, 0.0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Triangular(Distribution):
    """A triangular distribution between `low` and `high`, likeliest at `mode`."""

    low: float
    mode: float
    high: float

    def raw_ppf(self, probability: Array) -> Array:
        """See `Distribution`."""
        width = self.high - self.low
        if width == 0.0:
            return np.full_like(probability, self.low)
        rising = self.low + np.sqrt(probability * width * (self.mode - self.low))
        falling = self.high - np.sqrt((1.0 - probability) * width * (self.high - self.mode))
        return np.where(probability * width < self.mode - self.low, rising, falling)

    def cdf(self, value: float) -> float:
        """See `Distribution`."""
        if value >= self.high:
            return 1.0
        if value <= self.low:
            return 0.0
        width = self.high - self.low
        if value <= self.mode:
            return (value - self.low) ** 2 / (width * (self.mode - self.low))
        return 1.0 - (self.high - value) ** 2 / (width * (self.high - self.mode))

    def moments(self) -> tuple[float, float]:
        """See `Distribution`."""
        a, b, c = self.low, self.mode, self.high
        return (a + b + c) / 3.0, sqrt((a * a + b * b + c * c - a * b - a * c - b * c) / 18.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Empirical(Distribution):
    """A set of observed values, each as likely as the next; `values` ascend."""

    values: tuple[float, ...]

    def raw_ppf(self, probability: Array) -> Array:
        """See `Distribution`."""
        place = np.ceil(probability * len(self.values)).astype(np.intp) - 1
        return np.asarray(self.values)[np.clip(place, 0, len(self.values) - 1)]

    def cdf(self, value: float) -> float:
        """See `Distribution`."""
        return float(np.searchsorted(self.values, value, side="right")) / len(self.values)

    def moments(self) -> tuple[float, float]:
        """See `Distribution`; the standard deviation is the set's own, divided by n."""
        return float(np.mean(self.values)), float(np.std(self.values))

    def reaching(self, value: Quantity) -> tuple[int, int]:
        """Count the members that reach `value`, and all of them.

        Examples
        --------
        >>> hours = Empirical(unit="hour", values=(1450.0, 1490.0, 1520.0, 1600.0))
        >>> print("{} of {}".format(*hours.reaching(Q_(1500, "hour"))))
        2 of 4
        """
        threshold = float(magnitude(value, self.unit, "value"))
        return sum(v >= threshold for v in self.values), len(self.values)


@dataclass(frozen=True, slots=True, kw_only=True)
class Frozen(Distribution):
    """A frozen distribution of scipy.stats (or anything with ppf, cdf, mean and std)."""

    distribution: Any

    def raw_ppf(self, probability: Array) -> Array:
        """See `Distribution`."""
        return np.asarray(self.distribution.ppf(probability), dtype=float)

    def cdf(self, value: float) -> float:
        """See `Distribution`."""
        return float(self.distribution.cdf(value))

    def moments(self) -> tuple[float, float]:
        """See `Distribution`."""
        return float(self.distribution.mean()), float(self.distribution.std())


@dataclass(frozen=True, slots=True, kw_only=True)
class Complement(Distribution):
    """What is left of one: 1 - x, for a loss x."""

    of: Distribution

    def raw_ppf(self, probability: Array) -> Array:
        """See `Distribution`."""
        return np.asarray(1.0 - self.of.ppf(1.0 - probability))

    def cdf(self, value: float) -> float:
        """See `Distribution`; right for distributions without lumps."""
        return 1.0 - self.of.cdf(1.0 - value)

    def moments(self) -> tuple[float, float]:
        """See `Distribution`."""
        mean, std = self.of.moments()
        return 1.0 - mean, std


def check_bounds(made: Distribution, lower: float, upper: float, name: str) -> None:
    """Refuse a distribution with more than a millionth of its mass outside the possible.

    Parameters
    ----------
    made : Distribution
        What to check.
    lower, upper : float
        The bounds, in the distribution's unit; a value on a bound is possible.
    name : str
        The argument's name, for the error.

    Raises
    ------
    RangeError
        With the mass found beyond the bound.
    """
    below = made.cdf(float(np.nextafter(lower, -inf))) if lower > -inf else 0.0
    above = 1.0 - made.cdf(upper) if upper < inf else 0.0
    for mass, bound, word in ((below, lower, "below"), (above, upper, "above")):
        if mass > IMPOSSIBLE_MASS:
            raise RangeError(
                f"{name}: {mass:.2g} of its mass lies {word} {f'{bound:g} {made.unit}'.strip()}, "
                "which is impossible; narrow it, or use triangular() with its ends inside"
            )
