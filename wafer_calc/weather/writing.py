"""Weather written to a file that this package and NREL's SAM read."""

from __future__ import annotations

import csv
import os
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from wafer_calc.errors import RangeError, ReadError, ShapeError

if TYPE_CHECKING:
    from wafer_calc.weather.record import Weather

_COLUMNS = {
    "GHI": "ghi",
    "DNI": "dni",
    "DHI": "dhi",
    "Temperature": "temp_air",
    "Wind Speed": "wind_speed",
}


def write(weather: Weather, path: str | os.PathLike[str]) -> Path:
    """Write one site's weather as a SAM CSV file.

    Parameters
    ----------
    weather : Weather
        Of one site, without weights and missing values.
    path : path
        Where to; what is there already is written over.

    Returns
    -------
    pathlib.Path
        The same.

    Raises
    ------
    ShapeError
        Several sites.
    RangeError
        Weights or missing values, for which the format has no place.
    ReadError
        The file cannot be written.

    Notes
    -----
    The columns Hour and Minute give, to a minute and in UTC, where the sun stands at each record:
    the middle of its interval, less the phase. Irradiance keeps a tenth of a W/m².
    """
    if weather.n_sites is not None:
        raise ShapeError(f"weather: {weather.n_sites} sites came, wanted one of its sites()")
    if weather.weights is not None:
        raise RangeError("weather: weighted days came, and a SAM file holds every hour once")
    values = np.stack([np.asarray(getattr(weather, name)) for name in _COLUMNS.values()])
    if np.isnan(values).any():
        raise RangeError(
            f"weather: {int(np.isnan(values).any(axis=0).sum())} records with missing values came, "
            "and a SAM file has none; fill them first"
        )
    times = weather.mid_times.tz_convert("UTC").round("min")
    place = Path(path)
    head = {
        "Source": weather.source,
        "Location ID": weather.name,
        "City": weather.name,
        "State": "-",
        "Country": "-",
        "Latitude": f"{weather.latitude:.6g}",
        "Longitude": f"{weather.longitude:.7g}",
        "Time Zone": "0",
        "Elevation": f"{weather.altitude:.0f}",
    }
    stamps = (times.year, times.month, times.day, times.hour, times.minute)
    try:
        with place.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            # readers of the format, NREL's among them, take no quotation marks in the head
            texts = [" ".join(text.replace(",", ";").split()) or "-" for text in head.values()]
            writer.writerows([list(head), texts])
            writer.writerow(["Year", "Month", "Day", "Hour", "Minute", *_COLUMNS])
            for when, row in zip(zip(*stamps, strict=True), values.T.tolist(), strict=True):
                writer.writerow([*when, *(f"{value:.4g}" for value in row)])
    except OSError as error:
        raise ReadError(f"path: cannot write {str(place)!r}: {error.strerror}") from error
    return place
