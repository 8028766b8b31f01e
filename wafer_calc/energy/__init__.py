"""Capacity into annual energy: the records Assumption and EnergyYield, and what computes them."""

from wafer_calc.energy.annual import annual_energy
from wafer_calc.energy.files import simulate_files
from wafer_calc.energy.lifetime import (
    EnergyOverYears,
    energy_in_year,
    factory_fleet,
    lifetime_energy,
)
from wafer_calc.energy.records import (
    Assumption,
    Basis,
    EnergyYield,
    HourlyYield,
    hours_per_year,
)
from wafer_calc.energy.simulation import optimal_tilt, simulate

__all__ = [
    "Assumption", "Basis", "EnergyOverYears", "EnergyYield", "HourlyYield", "annual_energy",
    "energy_in_year", "factory_fleet", "hours_per_year", "lifetime_energy", "optimal_tilt", "simulate",
    "simulate_files",
]  # fmt: skip
