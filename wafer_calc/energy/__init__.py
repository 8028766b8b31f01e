"""Capacity into annual energy: the records Assumption and EnergyYield, and what computes them."""

from wafer_calc.energy.annual import annual_energy
from wafer_calc.energy.lifetime import (
    EnergyOverYears,
    energy_in_year,
    factory_fleet,
    lifetime_energy,
)
from wafer_calc.energy.records import Assumption, Basis, EnergyYield, hours_per_year

__all__ = [
    "Assumption", "Basis", "EnergyOverYears", "EnergyYield", "annual_energy", "energy_in_year",
    "factory_fleet", "hours_per_year", "lifetime_energy",
]  # fmt: skip
