"""Weather of one or many sites: the record, its files, its quality, stations and the network."""

from importlib import import_module
from typing import Any

_NAMES = {
    "Quality": "wafer_calc.weather.quality",
    "Weather": "wafer_calc.weather.record",
    "check_quality": "wafer_calc.weather.quality",
    "read": "wafer_calc.weather.reading",
}

__all__ = ["Quality", "Weather", "check_quality", "read"]


def __getattr__(name: str) -> Any:
    if name not in _NAMES:
        raise AttributeError(f"module 'wafer_calc.weather' has no attribute {name!r}")
    value = getattr(import_module(_NAMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*globals(), *_NAMES])
