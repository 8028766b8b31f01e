"""Capacity into annual energy: the records Assumption and EnergyYield, and what computes them."""

from wafer_calc.energy.records import Assumption, Basis, EnergyYield

__all__ = ["Assumption", "Basis", "EnergyYield"]
