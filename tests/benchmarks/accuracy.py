"""Print how far the engine is from pvlib's own functions and from PVWatts.

Run from the root of the repository, with the validation years at hand:
WAFER_CALC_VALIDATION=FOLDER python tests/benchmarks/accuracy.py
"""

import sys
import warnings
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parents[1])]
warnings.simplefilter("ignore", DeprecationWarning)

import numpy as np
from pvlib_chain import SHARED, YEARS, chain, year_file

from wafer_calc.energy import simulate
from wafer_calc.plant import Plant, Tracker
from wafer_calc.weather import read

SKIES = ("isotropic", "haydavies", "perez")
PLANTS = {
    "fixed 30°": Plant(surface_tilt=30),
    "flat": Plant(surface_tilt=0),
    "backtracking ±60°": Plant(tracking=Tracker(max_angle=60)),
    "true tracking, axis 20°": Plant(tracking=Tracker(axis_tilt=20, backtrack=False)),
    "two axes": Plant(tracking="two_axis"),
}
# AC energy [kWh/kW] of PVWatts V8 for Phoenix TMY2: NREL's regression values (ssc, cmod_pvwattsv8)
PVWATTS = {
    "fixed 20°": (Plant(), 7043.197 / 4),
    "backtracking, axis 20°, gcr 0.4": (Plant(tracking=Tracker(axis_tilt=20)), 8802.08 / 4),
    "true tracking, axis 20°, gcr 0.05": (
        Plant(tracking=Tracker(axis_tilt=20, backtrack=False)),
        9258.1 / 4,
    ),
    "two axes": (Plant(tracking="two_axis"), 9910.386 / 4),
}


def main() -> None:
    if SHARED is None:
        raise SystemExit("set WAFER_CALC_VALIDATION to the folder with validation/weather")
    print(
        "Against pvlib: relative difference of the year's AC energy; largest of hourly poa_global"
    )
    print(f"{'':28}{'':25}" + "".join(f"{sky:>22}" for sky in SKIES))
    worst = [0.0, 0.0]
    for name in YEARS:
        weather = read(year_file(name))
        for kind, plant in PLANTS.items():
            cells = []
            for sky in SKIES:
                peer = chain(weather, plant, sky)
                ours = simulate(weather, plant, transposition=sky, hourly=True, engine="numpy")
                year = ours.energy_ac.m_as("kWh") / peer["ac"].sum() - 1
                apart = np.abs(ours.hourly.poa_global.m_as("W/m^2") - peer["poa_global"])
                hour = (apart[~peer["edge"]] if sky == "perez" else apart).max()
                worst = [max(worst[0], abs(year)), max(worst[1], hour)]
                cells.append(f"{year:11.1e} {hour:.4f} W")
            print(f"{name[:27]:28}{kind:25}" + "".join(f"{cell:>22}" for cell in cells))
    print(f"worst: {worst[0]:.1e} of the year, {worst[1]:.4f} W/m² of an hour\n")
    print("Against PVWatts V8, Phoenix TMY2 [kWh/kW]")
    weather = read(year_file("USA_AZ_Phoenix_TMY2_sam.csv"))
    for kind, (plant, theirs) in PVWATTS.items():
        ours_ac = simulate(weather, plant, transposition="perez").specific_yield.m_as("kWh/kW")
        print(f"{kind:36}{ours_ac:9.1f}{theirs:9.1f}{ours_ac / theirs - 1:9.2%}")


if __name__ == "__main__":
    main()
