"""How sure over the years: the energy of a lifetime, and the year a growing fleet passes a yardstick."""

from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING, Any

import numpy as np

from wafer_calc.errors import RangeError, UnitError
from wafer_calc.kernels.lifetime import fleet_energy, remaining_share
from wafer_calc.uncertainty.distributions import Array, Distribution
from wafer_calc.uncertainty.makers import uncertain
from wafer_calc.uncertainty.propagation import Propagation, propagate
from wafer_calc.units import Q_, Quantity, fraction, magnitude

if TYPE_CHECKING:
    from numpy.random import Generator

__all__ = ["PassingYear", "lifetime_spread", "passing_year"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PassingYear:
    """In which year of a factory its fleet first makes more than a yardstick.

    Attributes
    ----------
    probabilities : dict of int to float
        Chance of each year in which it may happen, counted from 1.
    never : float
        Chance that it does not happen within the horizon.
    horizon : int
        Years looked at.
    """

    probabilities: dict[int, float]
    never: float
    horizon: int

    @property
    def median(self) -> int | None:
        """The first year by which it has happened with probability one half; None if none is."""
        return self.by(0.5)

    def by(self, probability: float) -> int | None:
        """Give the first year by which it has happened with this probability; None if none is."""
        wanted = float(fraction(probability, "probability", high=1.0))
        so_far = 0.0
        for year, share in self.probabilities.items():
            so_far += share
            if so_far >= wanted - 1e-12:
                return year
        return None


def lifetime_spread(
    first_year: Any,
    years: int,
    *,
    annual_degradation: Any,
    annual_failures: Any,
    first_year_loss: Any = 0.0,
    n: int = 2**14,
    rng: "Generator | int | None" = None,
) -> Propagation:
    """Compute how the energy of a whole service life scatters.

    Parameters
    ----------
    first_year : Distribution, Fact or Quantity [energy]
        A year of the mean climate with modules at their nameplate. Weather differs from year to
        year and averages out; leave it out here.
    years : int
        Years of service, such as 25 or 30.
    annual_degradation : Distribution, Fact or float
        Share of the nameplate lost in every year after the first.
    annual_failures : Distribution, Fact or float
        Share of the modules that fail in a year and are not replaced.
    first_year_loss : Distribution, Fact or float
        Share lost to light at once.
    n, rng
        As for `propagate`.

    Returns
    -------
    Propagation [TWh]
        ``.p50`` and ``.p90`` are those of the whole life.

    Raises
    ------
    UnitError, RangeError, AssumptionError
        As for `propagate`; also no years.

    Notes
    -----
    ``Σ E · max(0, 1 − first − (k − 1) · d) · (1 − f)^(k − 1)`` for k = 1 … years.

    Examples
    --------
    >>> from wafer_calc.uncertainty import between
    >>> life = lifetime_spread(
    ...     between(Q_(45, "TWh"), Q_(55, "TWh")), 25, rng=1,
    ...     annual_degradation=between(0.003, 0.01, ""), annual_failures=between(0.0002, 0.002, ""),
    ... )
    >>> print(f"P50 {life.p50:.0f~P}, P90 {life.p90:.0f~P}")
    P50 1146 TWh, P90 1049 TWh
    """
    age = _ages(years, "years")

    def total(
        first_year: Quantity,
        annual_degradation: Any,
        annual_failures: Any,
        first_year_loss: Any,
    ) -> Quantity:
        left = _left(age, first_year_loss, annual_degradation, annual_failures)
        made: Quantity = Q_(magnitude(first_year, "TWh", "first_year") * left.sum(axis=-1), "TWh")
        return made

    inputs = {"first_year": first_year} | _losses(
        annual_degradation, annual_failures, first_year_loss
    )
    return propagate(total, inputs, n, rng=rng)


def passing_year(
    capacity_per_year: Any,
    specific_yield: Any,
    yardstick: Any,
    *,
    annual_degradation: Any,
    annual_failures: Any,
    first_year_loss: Any = 0.0,
    first_year_share: Quantity | float = 0.5,
    horizon: int = 30,
    n: int = 2**14,
    rng: "Generator | int | None" = None,
) -> PassingYear:
    """Compute when the fleet of a factory at full output first makes more than a yardstick.

    Parameters
    ----------
    capacity_per_year : Distribution, Fact or Quantity [power]
        Capacity on the DC side that the factory's wafers become in each year.
    specific_yield : Distribution, Fact or Quantity [kWh/kW]
        Of the plants in a year, at their nameplate.
    yardstick : Distribution, Fact or Quantity [energy]
        What is to be passed; the years of a dam may come as an observed set.
    annual_degradation, annual_failures, first_year_loss
        As in `lifetime_spread`.
    first_year_share : float or Quantity [dimensionless]
        Share of the year of its making for which a module works; a half where plants are built
        evenly through the year.
    horizon : int
        Years looked at.
    n, rng
        As for `propagate`.

    Returns
    -------
    PassingYear
        With the chance of each year.

    Raises
    ------
    UnitError, RangeError, AssumptionError
        As for `propagate`; also no years, or a share outside [0, 1].

    Examples
    --------
    >>> from wafer_calc.uncertainty import between
    >>> passed = passing_year(
    ...     Q_(40, "GW"), between(Q_(1166, "hour"), Q_(1281, "hour")), Q_(103.6, "TWh"), rng=1,
    ...     annual_degradation=0.0055, annual_failures=0.0006,
    ... )
    >>> print(passed.median)
    3
    """
    age = _ages(horizon, "horizon")
    first_share = float(fraction(first_year_share, "first_year_share", high=1.0, low_open=False))

    def first_above(
        capacity_per_year: Quantity,
        specific_yield: Quantity,
        yardstick: Quantity,
        annual_degradation: Any,
        annual_failures: Any,
        first_year_loss: Any,
    ) -> Array:
        left = _left(age, first_year_loss, annual_degradation, annual_failures)
        working = fleet_energy(np.ones(horizon), left, first_share=first_share)
        built_gw = np.asarray(magnitude(capacity_per_year, "GW", "capacity_per_year"))
        hours = np.asarray(magnitude(specific_yield, "hour", "specific_yield"))
        wanted_gwh = np.asarray(magnitude(yardstick, "GWh", "yardstick"))
        above = (built_gw * hours)[..., np.newaxis] * working > wanted_gwh[..., np.newaxis]
        return np.where(above.any(axis=-1), above.argmax(axis=-1) + 1.0, horizon + 1.0)

    inputs = {
        "capacity_per_year": capacity_per_year,
        "specific_yield": specific_yield,
        "yardstick": yardstick,
    } | _losses(annual_degradation, annual_failures, first_year_loss)
    years = propagate(first_above, inputs, n, rng=rng).samples.magnitude.astype(int)
    counts = np.bincount(years, minlength=horizon + 2) / years.size
    return PassingYear(
        probabilities={year: float(counts[year]) for year in range(1, horizon + 1) if counts[year]},
        never=float(counts[horizon + 1]),
        horizon=horizon,
    )


def _losses(degradation: Any, failures: Any, first: Any) -> dict[str, Any]:
    """Name the losses, each a share from nothing to everything."""
    named = {
        "annual_degradation": degradation,
        "annual_failures": failures,
        "first_year_loss": first,
    }
    for name, value in named.items():
        made = uncertain(value, name)
        if isinstance(made, Distribution):
            if made.unit != "":
                raise UnitError(
                    f"{name}: unit {made.unit!r}, wanted a fraction from 0 to 1 with unit ''"
                )
        else:
            named[name] = fraction(made, name, high=1.0, low_open=False)
    return named


def _left(age: Array, first: Any, degradation: Any, failures: Any) -> Array:
    """Share of the nameplate left at each age, (age,) or (n, age)."""
    first, degradation, failures = (
        np.asarray(value)[..., np.newaxis] for value in (first, degradation, failures)
    )
    whole = np.power(1.0 - failures, age - 1.0)
    return np.asarray(remaining_share(age, first, degradation) * whole)


def _ages(years: int, name: str) -> Array:
    if isinstance(years, bool) or not isinstance(years, int | np.integer) or not 1 <= years < inf:
        raise RangeError(f"{name}: {years!r} is no number of years; wanted a whole one such as 25")
    return np.arange(1.0, years + 1.0)
