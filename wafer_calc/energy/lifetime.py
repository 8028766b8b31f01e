"""Energy over the years: modules that age, and the fleet that a factory builds up."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from wafer_calc import display
from wafer_calc.energy.annual import annual_energy
from wafer_calc.energy.records import Assumption, EnergyYield
from wafer_calc.errors import RangeError, ShapeError, UnitError
from wafer_calc.kernels import lifetime as kernel
from wafer_calc.units import Q_, Floats, Quantity, fraction, magnitude

if TYPE_CHECKING:
    import pandas


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class EnergyOverYears:
    """Energy year by year, of one capacity as it ages or of a growing fleet.

    Attributes
    ----------
    year : ndarray of int, (n,)
        1, 2, 3 … from the first year of service or of the factory.
    capacity_dc : Quantity [GW], (n,)
        Nameplate capacity in service at the end of each year.
    energy_ac : Quantity [TWh], (n,)
        Of each year.
    share_of_nameplate : ndarray, (n,)
        What is left of the energy that the same capacity gives when new.
    """

    year: NDArray[np.int64]
    capacity_dc: Quantity
    energy_ac: Quantity
    share_of_nameplate: NDArray[np.float64]

    @property
    def total(self) -> Quantity:
        """Energy of all the years together."""
        return Q_(float(np.sum(self.energy_ac.m_as("TWh"))), "TWh")

    def first_year_above(self, energy: Quantity) -> int | None:
        """Find the first year that makes more than an amount of energy.

        Parameters
        ----------
        energy : Quantity [energy]
            A yardstick's year, such as 103.6 TWh.

        Returns
        -------
        int or None
            None where no year reaches it.

        Raises
        ------
        UnitError
            Not an energy.
        RangeError
            A negative energy.
        """
        wanted_twh = magnitude(energy, "TWh", "energy", low=0)
        above = np.flatnonzero(self.energy_ac.m_as("TWh") > wanted_twh)
        return int(self.year[above[0]]) if above.size else None

    def to_dict(self) -> dict[str, Any]:
        """Give the record as plain values, units in the names."""
        return {
            "year": self.year.tolist(),
            "capacity_dc_gw": self.capacity_dc.m_as("GW").tolist(),
            "energy_ac_twh": self.energy_ac.m_as("TWh").tolist(),
            "share_of_nameplate": self.share_of_nameplate.tolist(),
        }

    def to_dataframe(self) -> "pandas.DataFrame":
        """Give the years as a table, units in the names of its columns."""
        import pandas

        return pandas.DataFrame(self.to_dict()).set_index("year")

    def _repr_html_(self) -> str:
        rows = [
            (year, display.quantity(1e9 * capacity, "W"), display.quantity(1e9 * energy, "kWh"))
            for year, capacity, energy, _ in zip(*self.to_dict().values(), strict=True)
        ]
        total = f"together {display.quantity(1e9 * self.total.m_as('TWh'), 'kWh')}"
        return display.table(
            "Energy year by year", ("year", "capacity DC", "energy AC"), rows, total
        )


def energy_in_year(
    new: EnergyYield,
    year: int,
    *,
    first_year_loss: Quantity | float,
    annual_degradation: Quantity | float,
) -> Quantity:
    """Compute the energy of one year of service.

    Parameters
    ----------
    new : EnergyYield
        A year with modules at their nameplate, from `annual_energy`.
    year : int
        Year of service, counted from 1.
    first_year_loss : float or Quantity [dimensionless]
        Share in [0, 1] lost to light at once; counted for the whole first year.
    annual_degradation : float or Quantity [dimensionless]
        Share of the nameplate in [0, 1] lost in every year after the first.

    Returns
    -------
    Quantity [TWh], shape of the yield

    Raises
    ------
    UnitError
        Not a yield.
    RangeError
        A year below 1, or a loss outside [0, 1].

    Notes
    -----
    ``E(n) = E · max(0, 1 − first_year_loss − (n − 1) · annual_degradation)``: the straight line of
    module warranties.

    Examples
    --------
    >>> from wafer_calc.assumptions import full_load_hours
    >>> new = annual_energy(Q_(40, "GW"), full_load_hours(Q_(1500, "hour"), basis="dc"))
    >>> aged = energy_in_year(new, 25, first_year_loss=0.02, annual_degradation=0.0055)
    >>> print(f"{aged:.2f~P}")
    50.88 TWh
    """
    n = _years(year, "year")
    left = _remaining(np.array([n]), first_year_loss, annual_degradation)[0]
    return Q_(_new_twh(new) * left, "TWh")


def lifetime_energy(
    new: EnergyYield,
    years: int,
    *,
    first_year_loss: Quantity | float,
    annual_degradation: Quantity | float,
) -> EnergyOverYears:
    """Compute the energy of every year of service, and with it their sum.

    Parameters
    ----------
    new : EnergyYield
        A year with modules at their nameplate, of one capacity.
    years : int
        Years of service.
    first_year_loss, annual_degradation : float or Quantity [dimensionless]
        As in `energy_in_year`.

    Returns
    -------
    EnergyOverYears
        `total` sums it.

    Raises
    ------
    UnitError
        Not a yield.
    ShapeError
        A yield of many capacities.
    RangeError
        No years, or a loss outside [0, 1].

    Examples
    --------
    >>> from wafer_calc.assumptions import full_load_hours
    >>> new = annual_energy(Q_(40, "GW"), full_load_hours(Q_(1500, "hour"), basis="dc"))
    >>> life = lifetime_energy(new, 25, first_year_loss=0.02, annual_degradation=0.0055)
    >>> print(f"{life.total:.0f~P}")
    1371 TWh
    """
    n = _years(years, "years")
    year = np.arange(1, n + 1)
    left = _remaining(year, first_year_loss, annual_degradation)
    new_twh, capacity_gw = _new_twh(new), new.capacity_dc.m_as("GW")
    if np.ndim(new_twh):
        raise ShapeError(
            "new: a yield of one capacity is wanted, not of an array; take them singly"
        )
    return EnergyOverYears(
        year=year,
        capacity_dc=Q_(np.full(n, capacity_gw), "GW"),
        energy_ac=Q_(new_twh * left, "TWh"),
        share_of_nameplate=left,
    )


def factory_fleet(
    capacity_per_year: Quantity,
    years: int,
    *,
    assumption: Assumption,
    first_year_loss: Quantity | float,
    annual_degradation: Quantity | float,
    curtailment: Quantity | float = 0.0,
    horizon: int | None = None,
    service_life: int | None = None,
    first_year_share: Quantity | float = 0.5,
) -> EnergyOverYears:
    """Compute the fleet that a factory builds up, and its energy year by year.

    Parameters
    ----------
    capacity_per_year : Quantity [power], scalar or (years,)
        Module capacity made in each year on the DC side, such as 40 GW.
    years : int
        How many years the factory runs.
    assumption : Assumption
        Where its modules stand.
    first_year_loss, annual_degradation : float or Quantity [dimensionless]
        As in `energy_in_year`.
    curtailment : float or Quantity [dimensionless]
        As in `annual_energy`.
    horizon : int, optional
        Years looked at; those of the factory where not given.
    service_life : int, optional
        Years after which modules are taken down; never within the horizon where not given.
    first_year_share : float or Quantity [dimensionless]
        Share in [0, 1] of the year of its making for which a module works; a half where they are
        built evenly through the year.

    Returns
    -------
    EnergyOverYears
        `first_year_above` tells when the fleet passes a yardstick.

    Raises
    ------
    UnitError
        A capacity without a unit of power.
    RangeError
        A negative capacity, no years, or a share outside [0, 1].
    ShapeError
        Neither one capacity nor one for each year.
    AssumptionError
        Something else than an assumption.

    Examples
    --------
    >>> from wafer_calc.assumptions import full_load_hours
    >>> fleet = factory_fleet(Q_(40, "GW"), 5, assumption=full_load_hours(Q_(1200, "hour"),
    ...     basis="dc"), first_year_loss=0.02, annual_degradation=0.0055)
    >>> print(f"{fleet.capacity_dc[-1]:.0f~P}: {fleet.energy_ac[-1]:.0f~P} in year 5")
    200 GW: 210 TWh in year 5
    """
    n = _years(years, "years")
    n_seen = n if horizon is None else _years(horizon, "horizon")
    made_gw = np.asarray(magnitude(capacity_per_year, "GW", "capacity_per_year", low=0))
    if made_gw.shape not in {(), (n,)}:
        raise ShapeError(
            f"capacity_per_year: shape {made_gw.shape}, wanted one capacity or one for each of "
            f"{n} years"
        )
    life = n_seen if service_life is None else _years(service_life, "service_life")
    first_share = fraction(first_year_share, "first_year_share", high=1.0, low_open=False)
    built_gw = np.zeros(n_seen)
    built_gw[:n] = np.broadcast_to(made_gw, n)[:n_seen]
    left = _remaining(np.arange(1, life + 1), first_year_loss, annual_degradation)
    aged_gw = kernel.fleet_energy(built_gw, left, first_share=float(first_share))
    whole_gw = kernel.fleet_energy(built_gw, np.ones(life), first_share=float(first_share))
    standing_gw = kernel.fleet_energy(built_gw, np.ones(life), first_share=1.0)
    energy_ac = annual_energy(Q_(aged_gw, "GW"), assumption, curtailment=curtailment).energy_ac
    return EnergyOverYears(
        year=np.arange(1, n_seen + 1),
        capacity_dc=Q_(standing_gw, "GW"),
        energy_ac=energy_ac,
        share_of_nameplate=np.divide(
            aged_gw, whole_gw, out=np.zeros_like(aged_gw), where=whole_gw > 0
        ),
    )


def _remaining(
    year: NDArray[np.int64],
    first_year_loss: Quantity | float,
    annual_degradation: Quantity | float,
) -> NDArray[np.float64]:
    first = fraction(first_year_loss, "first_year_loss", high=1.0, low_open=False)
    yearly = fraction(annual_degradation, "annual_degradation", high=1.0, low_open=False)
    for name, share in (("first_year_loss", first), ("annual_degradation", yearly)):
        if np.ndim(share):
            raise ShapeError(f"{name}: an array of shape {np.shape(share)}, wanted one number")
    return kernel.remaining_share(year, first, yearly)


def _new_twh(new: EnergyYield) -> Floats:
    if not isinstance(new, EnergyYield):
        raise UnitError(f"new: {new!r} is no EnergyYield; make one with annual_energy")
    energy_twh: Floats = new.energy_ac.m_as("TWh")
    return energy_twh


def _years(value: int, name: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int | np.integer):
        raise UnitError(
            f"{name}: {value!r} is no whole number; wanted a number of years such as 25"
        )
    if value < 1:
        raise RangeError(f"{name}: {value} is too low, wanted 1 or more years")
    return int(value)
