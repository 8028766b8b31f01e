"""Irradiance assumptions: what one kW DC is taken to make in a year, and where that comes from."""

from wafer_calc.assumptions.defaults import default_set
from wafer_calc.assumptions.irradiation import insolation
from wafer_calc.assumptions.modelled import clear_sky, region, site, weather
from wafer_calc.assumptions.tabulated import fleet, full_load_hours, guaranteed_hours, plant_record

__all__ = [
    "clear_sky", "default_set", "fleet", "full_load_hours", "guaranteed_hours", "insolation",
    "plant_record", "region", "site", "weather",
]  # fmt: skip
