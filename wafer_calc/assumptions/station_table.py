"""The shipped table of station yields: how it is read, and the plants it was made with."""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Literal

from wafer_calc.errors import unknown_name
from wafer_calc.facts import find
from wafer_calc.units import Q_

if TYPE_CHECKING:
    from wafer_calc.plant import Plant

Mounting = Literal["fixed", "tracker"]
MOUNTINGS: tuple[Mounting, ...] = ("fixed", "tracker")

FILE = "station_yields.csv"
COLUMNS = ("wmo", "mounting", "surface_tilt", "performance_ratio", "specific_yield")
MONTHS = tuple(f"month_{n:02d}" for n in range(1, 13))


@dataclass(frozen=True, slots=True, kw_only=True)
class StationYield:
    """A row of the table.

    Attributes
    ----------
    wmo : str
        Number of the station.
    mounting : str
        ``"fixed"`` or ``"tracker"``.
    surface_tilt : float [degrees]
        Of the fixed plant: the best whole degree; 0 for the tracker's horizontal axis.
    specific_yield : float [kWh per kW DC and year]
        AC energy of a typical year.
    monthly : tuple of 12 floats [kWh per kW DC]
        Month by month.
    performance_ratio : float
        Of the year.
    """

    wmo: str
    mounting: Mounting
    surface_tilt: float
    specific_yield: float
    monthly: tuple[float, ...]
    performance_ratio: float


def table_plant(mounting: Mounting, *, surface_tilt: float = 0.0) -> "Plant":
    """Give the plant that the table was made with.

    Parameters
    ----------
    mounting : str
        ``"fixed"`` (facing south) or ``"tracker"`` (horizontal axis from north to south, with
        backtracking; its reach and the distance of its rows are the facts ``pv.tracker_max_angle``
        and ``pv.tracker_gcr``).
    surface_tilt : float [degrees]
        Of the fixed plant.

    Returns
    -------
    Plant
        Everything else as PVWatts has it by default.

    Raises
    ------
    UnknownNameError
        Another mounting.

    Examples
    --------
    >>> print(f"{table_plant('tracker').tracking.max_angle:.0f}°")
    60°
    """
    from wafer_calc.plant import Plant, Tracker

    if mounting not in MOUNTINGS:
        raise unknown_name("mounting", str(mounting), MOUNTINGS)
    if mounting == "fixed":
        return Plant(surface_tilt=surface_tilt, surface_azimuth=180.0)
    angle, coverage = find("pv.tracker_max_angle").best, find("pv.tracker_gcr").best
    return Plant(
        tracking=Tracker(max_angle=Q_(angle.value, angle.unit).m_as("degree"), gcr=coverage.value)
    )


@cache
def station_yields(mounting: Mounting) -> dict[str, StationYield]:
    """Read the table's rows of one mounting.

    Parameters
    ----------
    mounting : str
        ``"fixed"`` or ``"tracker"``.

    Returns
    -------
    dict of str to StationYield
        By the stations' WMO numbers.

    Raises
    ------
    UnknownNameError
        Another mounting.

    Examples
    --------
    >>> print(len(station_yields("fixed")))
    67
    """
    if mounting not in MOUNTINGS:
        raise unknown_name("mounting", str(mounting), MOUNTINGS)
    text = (files("wafer_calc.assumptions") / FILE).read_text("utf-8")
    rows = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    return {row["wmo"]: _row(row) for row in rows if row["mounting"] == mounting}


def _row(row: dict[str, str]) -> StationYield:
    return StationYield(
        wmo=row["wmo"],
        mounting="fixed" if row["mounting"] == "fixed" else "tracker",
        surface_tilt=float(row["surface_tilt"]),
        specific_yield=float(row["specific_yield"]),
        monthly=tuple(float(row[month]) for month in MONTHS),
        performance_ratio=float(row["performance_ratio"]),
    )
