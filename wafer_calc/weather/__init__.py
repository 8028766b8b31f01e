"""Weather of one or many sites: the record, its files, its quality, stations and the network."""

from importlib import import_module
from typing import Any

_NAMES = {
    "Quality": "wafer_calc.weather.quality",
    "Weather": "wafer_calc.weather.record",
    "Station": "wafer_calc.weather.stations",
    "all_stations": "wafer_calc.weather.stations",
    "check_quality": "wafer_calc.weather.quality",
    "clear_sky": "wafer_calc.weather.clearsky",
    "find_station": "wafer_calc.weather.stations",
    "find_stations": "wafer_calc.weather.stations",
    "get_nasa_power": "wafer_calc.weather.network",
    "get_pvgis": "wafer_calc.weather.network",
    "nearest_stations": "wafer_calc.weather.stations",
    "read": "wafer_calc.weather.reading",
    "station_weather": "wafer_calc.weather.stations",
    "typical_year": "wafer_calc.weather.typical",
    "write": "wafer_calc.weather.writing",
}

__all__ = [
    "Quality",
    "Station",
    "Weather",
    "all_stations",
    "check_quality",
    "clear_sky",
    "find_station",
    "find_stations",
    "get_nasa_power",
    "get_pvgis",
    "nearest_stations",
    "read",
    "station_weather",
    "typical_year",
    "write",
]


def __getattr__(name: str) -> Any:
    if name not in _NAMES:
        raise AttributeError(f"module 'wafer_calc.weather' has no attribute {name!r}")
    value = getattr(import_module(_NAMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*globals(), *_NAMES])
