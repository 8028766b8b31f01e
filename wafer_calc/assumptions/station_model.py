"""The simulation behind the table of station yields."""

import numpy as np
from numpy.typing import NDArray

from wafer_calc import facts
from wafer_calc.energy import EnergyYield, simulate
from wafer_calc.plant import Plant, Tracker
from wafer_calc.weather.stations import Station, all_stations, station_weather

__all__ = ["simulated_yields"]

# Tilts that are tried for fixed plants: the best in China's latitudes lies well inside, and a
# degree beside it costs less than 0.1 %.
TILTS = range(10, 61)


def simulated_yields(
    stations: tuple[Station, ...] | None = None,
) -> dict[str, tuple[float, float, float, float]]:
    """Simulate fixed plants at their best tilt, and trackers, at stations.

    Parameters
    ----------
    stations : tuple of Station, optional
        All of them where not given.

    Returns
    -------
    dict of str to (float, float, float, float)
        By number of the station: yield of fixed plants and of trackers [kWh per kW DC and year],
        irradiation in the plane of either [kWh/m²].

    Notes
    -----
    Plants are those of `Plant`, PVWatts' defaults; rows of trackers turn and stand apart as the
    facts ``tracker.max_angle`` and ``tracker.gcr`` say.

    Examples
    --------
    >>> from wafer_calc.weather.stations import find_station
    >>> fixed, tracking, *_ = simulated_yields((find_station("Baotou"),))["53446"]
    >>> print(f"trackers make {100 * (tracking / fixed - 1):.0f} % more")
    trackers make 12 % more
    """
    chosen = all_stations() if stations is None else stations
    weather = station_weather(chosen)
    tried = [simulate(weather, Plant(surface_tilt=float(tilt))) for tilt in TILTS]
    made = np.array([one.specific_yield.m_as("kWh/kW") for one in tried])
    sun = np.array([_insolation(one) for one in tried])
    best = made.argmax(axis=0)
    place = np.arange(len(chosen))
    tracker = Tracker(
        max_angle=facts.find("tracker.max_angle").best.value,
        gcr=facts.find("tracker.gcr").best.value,
    )
    turned = simulate(weather, Plant(tracking=tracker))
    columns = np.column_stack(
        [
            made[best, place],
            turned.specific_yield.m_as("kWh/kW"),
            sun[best, place],
            _insolation(turned),
        ]
    )
    return {
        station.wmo: (float(row[0]), float(row[1]), float(row[2]), float(row[3]))
        for station, row in zip(chosen, columns, strict=True)
    }


def _insolation(made: EnergyYield) -> NDArray[np.float64]:
    assert made.poa_global is not None  # a simulated year always has it
    return np.asarray(made.poa_global.m_as("kWh/m^2"))
