"""Solar wafers into watts, watts into yearly energy, and press claims into checked facts."""

from importlib import import_module
from typing import Any

# public name -> module that holds it; None marks a submodule
_NAMES: dict[str, str | None] = {
    "Assumption": "wafer_calc.energy",
    "EnergyYield": "wafer_calc.energy",
    "Losses": "wafer_calc.plant",
    "Plant": "wafer_calc.plant",
    "Q_": "wafer_calc.units",
    "Quantity": "wafer_calc.units",
    "Weather": "wafer_calc.weather",
    "annual_energy": "wafer_calc.energy",
    "capacity_from_wafers": "wafer_calc.wafers",
    "check": "wafer_calc.claims",
    "implied_efficiency": "wafer_calc.wafers",
    "power_per_wafer": "wafer_calc.wafers",
    "quantity": "wafer_calc.units",
    "read_quantities": "wafer_calc.claims",
    "simulate": "wafer_calc.energy",
    "wafers_from_capacity": "wafer_calc.wafers",
    "assumptions": None,
    "claims": None,
    "energy": None,
    "errors": None,
    "facts": None,
    "grid": None,
    "report": None,
    "uncertainty": None,
    "units": None,
    "wafers": None,
    "weather": None,
}

__version__ = "0.1.0"
__all__ = ["Q_", "Quantity", "__version__"]


def __getattr__(name: str) -> Any:
    if name not in _NAMES:
        raise AttributeError(f"module 'wafer_calc' has no attribute {name!r}")
    home = _NAMES[name]
    value = (
        import_module(f"wafer_calc.{name}") if home is None else getattr(import_module(home), name)
    )
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*globals(), *_NAMES])
