"""The records Assumption and EnergyYield."""

from dataclasses import dataclass
from typing import Literal

from wafer_calc.facts.records import Source
from wafer_calc.units import Quantity

Basis = Literal["dc", "ac", "as_registered"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumption:
    """What one kW DC is assumed to make in a year, and where that comes from.

    Attributes
    ----------
    name : str
        Place and year, as a reader would call it.
    kind : str
        ``"reported"``, ``"modelled"`` or ``"policy"``.
    specific_yield : float [kWh per kW DC and year]
        The reading that the kind of figure gives first (the DC reading for `as_registered`).
    low, high : float or None [kWh per kW DC and year]
        The interval between the readings of an `as_registered` figure, or a stated spread.
    published : float or None [h or kWh/kW]
        The figure as its source prints it.
    basis : str or None
        Of the published figure: ``"dc"``, ``"ac"`` or ``"as_registered"``.
    dc_ac_ratio : float or None
        The ratio that turned it into kWh per kW DC; that of the assumption's own plants.
    year : int or None
        The year described.
    place : str or None
        Where the plants stand.
    sources : tuple of Source
        Every source that went in.
    monthly : tuple of float or None [kWh per kW DC]
        Twelve values where the model gives them.
    performance_ratio : float or None
        Where the model gives it.
    samples : tuple of float or None [kWh per kW DC and year]
        Yields of the many plants or years it is made of.
    note : str or None
        What a reader should know.
    """

    name: str
    kind: Literal["reported", "modelled", "policy"]
    specific_yield: float
    sources: tuple[Source, ...]
    low: float | None = None
    high: float | None = None
    published: float | None = None
    basis: Basis | None = None
    dc_ac_ratio: float | None = None
    year: int | None = None
    place: str | None = None
    monthly: tuple[float, ...] | None = None
    performance_ratio: float | None = None
    samples: tuple[float, ...] | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EnergyYield:
    """The energy of a capacity in a year."""

    capacity_dc: Quantity
    energy_ac: Quantity
