"""Write wafer_calc/assumptions/station_yields.toml: what a plant at each station makes.

Run from the project's root with the package importable, whenever the engine, a plant's defaults or
the stations' climate change: python .ci/build_station_yields.py
"""

import json
from pathlib import Path

from wafer_calc.assumptions.station_model import simulated_yields
from wafer_calc.tables import read_table
from wafer_calc.weather.stations import all_stations

HEAD = """\
# A year per kW DC of a plant at each station of weather/stations.toml, made from its typical year
# by .ci/build_station_yields.py: kWh, and kWh/m² in the plane of the modules. Names and regions are
# those of that table, kept here too because a fact-check has no use for its months.

columns = [
  "wmo", "name", "name_zh", "aliases", "province", "province_zh",
  "fixed", "tracking", "fixed_insolation", "tracking_insolation",
]
rows = [
"""


def main() -> None:
    """Simulate every station and write the table."""
    yields = simulated_yields()
    lines = [HEAD]
    for s in all_stations():
        named = [s.wmo, s.name, s.name_zh, list(s.aliases), s.province, s.province_zh]
        cells = [json.dumps(cell, ensure_ascii=False) for cell in named]
        cells += [f"{value:.1f}" for value in yields[s.wmo]]
        lines.append(f"  [{', '.join(cells)}],\n")
    lines.append("]\n")
    climate = read_table("wafer_calc.weather", "stations")
    lines.append("\n[regions]\n")
    for region, words in climate["regions"].items():
        lines.append(f"{region} = {json.dumps(words, ensure_ascii=False)}\n")
    sources = {source.id: source for s in all_stations() for source in s.sources}
    for id_, source in sources.items():
        lines.append(f"\n[source.{id_}]\n")
        for field in ("title", "publisher", "date", "url", "via"):
            value = getattr(source, field)
            if value is not None:
                lines.append(f"{field} = {json.dumps(value, ensure_ascii=False)}\n")
    path = Path("wafer_calc/assumptions/station_yields.toml")
    path.write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
