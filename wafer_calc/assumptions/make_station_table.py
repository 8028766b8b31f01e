"""The shipped table of station yields, made anew.

``python -m wafer_calc.assumptions.make_station_table`` simulates every station, fixed and tracking,
and rewrites the table; a test holds the table to the engine.
"""

import csv
import io
from pathlib import Path

import numpy as np

from wafer_calc.assumptions.station_table import COLUMNS, FILE, MONTHS, MOUNTINGS, table_plant
from wafer_calc.energy import optimal_tilt, simulate
from wafer_calc.weather import all_stations, station_weather


def make_station_table() -> str:
    """Simulate every station, fixed and tracking, and give the table as CSV text.

    Returns
    -------
    str
        A comment, a header and a row per station and mounting.
    """
    text = io.StringIO()
    text.write(
        "# kWh per kW DC of a typical year and month; made by "
        "python -m wafer_calc.assumptions.make_station_table\n"
    )
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow((*COLUMNS, *MONTHS))
    for station in all_stations():
        weather = station_weather(station)
        for mounting in MOUNTINGS:
            plant = table_plant(mounting)
            if mounting == "fixed":
                best = optimal_tilt(weather, plant).m_as("degree")
                plant = table_plant(mounting, surface_tilt=float(np.round(best)))
            row = simulate(weather, plant).to_dict()
            writer.writerow(
                (
                    station.wmo,
                    mounting,
                    f"{plant.surface_tilt:g}" if mounting == "fixed" else "0",
                    f"{row['performance_ratio']:.4f}",
                    f"{row['specific_yield_kwh_per_kw_dc']:.1f}",
                    *(f"{month:.2f}" for month in row["monthly_kwh"]),
                )
            )
    return text.getvalue()


if __name__ == "__main__":
    (Path(__file__).parent / FILE).write_text(make_station_table(), encoding="utf-8")
