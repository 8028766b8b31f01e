"""What the inputs of the wafer-to-energy chain can physically be."""

from dataclasses import dataclass
from math import inf

from wafer_calc.units import Q_, magnitude

__all__ = ["LIMITS", "Limit"]

HOURS_OF_A_YEAR = 8760.0  # 365 days of 24 hours, the year of capacity factors
SOLAR_CONSTANT_KW_M2 = 1.361  # Kopp and Lean (2011), Geophys. Res. Lett. 38, L01706


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """A range that physics or counting sets; both ends belong to it.

    Attributes
    ----------
    unit : str
        Of both ends.
    low, high : float
        The ends; infinity where there is none.
    why : str
        What sets the range.
    or_per : str or None
        Unit that the quantity may be counted by: an area, or an area per wafer.
    """

    unit: str
    low: float
    high: float
    why: str
    or_per: str | None = None

    def within(self, unit: str, name: str) -> tuple[float, float]:
        """Give both ends in another unit."""
        one = Q_(1.0, unit)
        mine = self.unit
        if self.or_per is not None and one.is_compatible_with(f"{self.unit}/{self.or_per}"):
            mine = f"{self.unit}/{self.or_per}"
        scale = float(magnitude(one, mine, name))
        return self.low / scale, self.high / scale


def _share(why: str) -> Limit:
    return Limit(unit="", low=0.0, high=1.0, why=why)


# Irradiation in the plane cannot pass a surface that faces the sun outside the air all year long.
_SUN = Limit(
    unit="kWh/m**2", low=0.0, high=SOLAR_CONSTANT_KW_M2 * HOURS_OF_A_YEAR,
    why="the solar constant through every hour of the year",
)  # fmt: skip
_HOURS = Limit(unit="hour", low=0.0, high=HOURS_OF_A_YEAR, why="a year has 8760 hours")

LIMITS: dict[str, Limit] = {
    "annual_degradation": _share("no more than the whole nameplate can go"),
    "annual_failures": _share("no more than every module can fail"),
    "area": Limit(unit="m**2", low=0.0, high=inf, why="an area is not negative", or_per="wafer"),
    "capacity_dc": Limit(unit="W", low=0.0, high=inf, why="a capacity is not negative"),
    "cell_efficiency": _share("more than the light that falls in cannot come out"),
    "curtailment": _share("no more than everything can be cut off"),
    "full_load_hours": _HOURS,
    "insolation": _SUN,
    "module_efficiency": _share("more than the light that falls in cannot come out"),
    "n_wafers": Limit(unit="wafer", low=0.0, high=inf, why="a count is not negative"),
    "power_per_wafer": Limit(
        unit="W", low=0.0, high=inf, why="a power is not negative", or_per="wafer"
    ),
    "performance_ratio": Limit(unit="", low=0.0, high=1.1, why="cold, bright sites reach about 1"),
    "share_of_good_sites": _share("a share is at most the whole"),
    "specific_yield": Limit(
        unit="kWh/kW", low=0.0, high=HOURS_OF_A_YEAR, why="a year has 8760 hours"
    ),
    "wafer_yield": _share("no more wafers than were cut can be good"),
}
