"""Capacity into annual energy: the records Assumption and EnergyYield, and what computes them."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

# a check needs the records and the yearly arithmetic alone; the rest is loaded on first use
_NAMES = {
    "Assumption": "wafer_calc.energy.records",
    "Basis": "wafer_calc.energy.records",
    "EnergyOverYears": "wafer_calc.energy.lifetime",
    "EnergyYield": "wafer_calc.energy.records",
    "HourlyYield": "wafer_calc.energy.records",
    "annual_energy": "wafer_calc.energy.annual",
    "energy_in_year": "wafer_calc.energy.lifetime",
    "factory_fleet": "wafer_calc.energy.lifetime",
    "hours_per_year": "wafer_calc.energy.records",
    "lifetime_energy": "wafer_calc.energy.lifetime",
    "optimal_tilt": "wafer_calc.energy.simulation",
    "simulate": "wafer_calc.energy.simulation",
    "simulate_files": "wafer_calc.energy.files",
}

if TYPE_CHECKING:
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


def __getattr__(name: str) -> Any:
    if name not in _NAMES:
        raise AttributeError(f"module 'wafer_calc.energy' has no attribute {name!r}")
    value = getattr(import_module(_NAMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*globals(), *_NAMES])
