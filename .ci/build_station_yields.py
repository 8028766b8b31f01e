"""Write wafer_calc/assumptions/station_yields.toml: what a plant at each station makes.

Run from the project's root with the package importable, whenever the engine, a plant's defaults or
the stations' climate change: python .ci/build_station_yields.py
"""

from pathlib import Path

from wafer_calc.assumptions.station_model import simulated_yields

HEAD = """\
# A year per kW DC of a plant at each station of weather/stations.toml, made from its typical year
# by .ci/build_station_yields.py: kWh, and kWh/m² in the plane of the modules.

columns = ["wmo", "fixed", "tracking", "fixed_insolation", "tracking_insolation"]
rows = [
"""


def main() -> None:
    """Simulate every station and write the table."""
    rows = [
        f'  ["{wmo}", {", ".join(f"{value:.1f}" for value in made)}],\n'
        for wmo, made in simulated_yields().items()
    ]
    path = Path("wafer_calc/assumptions/station_yields.toml")
    path.write_text(HEAD + "".join(rows) + "]\n", encoding="utf-8")


if __name__ == "__main__":
    main()
