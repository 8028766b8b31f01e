"""A class's plants over the years: the energy of a service life, and when a factory passes a yardstick."""

from typing import TYPE_CHECKING, Any

from wafer_calc import facts
from wafer_calc.assumptions.classes import ReferenceClass, portfolio
from wafer_calc.facts.records import Fact
from wafer_calc.uncertainty import (
    Distribution,
    PassingYear,
    Propagation,
    lifetime_spread,
    passing_year,
    product,
)
from wafer_calc.units import Quantity, magnitude

if TYPE_CHECKING:
    from numpy.random import Generator

__all__ = ["class_lifetime", "class_passing_year"]


def class_lifetime(
    capacity_dc: Quantity | Distribution,
    of: ReferenceClass,
    years: int = 25,
    *,
    on: str | None = None,
    n: int = 2**14,
    rng: "Generator | int | None" = None,
) -> Propagation:
    """Compute what a capacity makes over its service life, spread over a class's places.

    Parameters
    ----------
    capacity_dc : Quantity or Distribution [power]
        On the DC side, such as a year's wafers.
    of : ReferenceClass
        Where and how the plants stand.
    years : int
        Years of service, such as 25 or 30.
    on : str, optional
        Only figures of ageing published by then.
    n, rng
        As for `wafer_calc.uncertainty.propagate`.

    Returns
    -------
    Propagation [TWh]
        ``.p50`` and ``.p90`` are those of the whole life.

    Raises
    ------
    UnitError, RangeError
        As for `wafer_calc.uncertainty.lifetime_spread`.

    Notes
    -----
    Weather averages out over the years; degradation and module failures are the facts
    ``pv.degradation_annual`` of systems and ``pv.module_failure_rate`` with their bounds.

    Examples
    --------
    >>> from wafer_calc.assumptions.classes import fleet_class
    >>> from wafer_calc.units import Q_
    >>> life = class_lifetime(Q_(40, "GW"), fleet_class("China", 2021), 25, rng=1)
    >>> print(life.p90 < life.p50 < Q_(25 * 40 * 1281, "GWh"))
    True
    """
    first_year = product(_power(capacity_dc), portfolio(of, years=years, aged=False), unit="TWh")
    return lifetime_spread(first_year, years, n=n, rng=rng, **_ageing(on))


def class_passing_year(
    capacity_per_year: Quantity | Distribution,
    of: ReferenceClass,
    yardstick: Any,
    *,
    horizon: int = 30,
    on: str | None = None,
    n: int = 2**14,
    rng: "Generator | int | None" = None,
) -> PassingYear:
    """Compute when the fleet of a factory at full output first makes more than a yardstick.

    Parameters
    ----------
    capacity_per_year : Quantity or Distribution [power]
        On the DC side, made of each year's wafers.
    of : ReferenceClass
        Where and how the plants stand.
    yardstick : Quantity, Fact or Distribution [energy]
        What is to be passed, such as a year of Three Gorges.
    horizon, n, rng
        As for `wafer_calc.uncertainty.passing_year`.
    on : str, optional
        Only figures of ageing published by then.

    Returns
    -------
    PassingYear
        With the chance of each year of the factory.

    Raises
    ------
    UnitError, RangeError
        As for `wafer_calc.uncertainty.passing_year`.

    Examples
    --------
    >>> from wafer_calc.assumptions.classes import fleet_class
    >>> from wafer_calc.units import Q_
    >>> passed = class_passing_year(Q_(40, "GW"), fleet_class("China", 2021), Q_(103.6, "TWh"), rng=1)
    >>> print(f"in year {passed.median}")
    in year 3
    """
    return passing_year(
        capacity_per_year,
        portfolio(of, aged=False),
        yardstick,
        horizon=horizon,
        n=n,
        rng=rng,
        **_ageing(on),
    )


def _power(capacity: Quantity | Distribution) -> Quantity | Distribution:
    if not isinstance(capacity, Distribution):
        magnitude(capacity, "GW", "capacity_dc", low=0, low_open=True)
    return capacity


def _ageing(on: str | None) -> dict[str, Any]:
    """Give degradation and failures with their bounds; nothing is lost by what nobody knew."""
    degradation = _bounded("pv.degradation_annual", on, subject="system")
    failures = _bounded("pv.module_failure_rate", on)
    return {"annual_degradation": degradation or 0.0, "annual_failures": failures or 0.0}


def _bounded(key: str, on: str | None, **tags: str) -> Fact | None:
    found = facts.find(key, on=on, **tags)
    return next((fact for fact in found if fact.low is not None), None)
