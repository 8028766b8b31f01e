"""Every table goes to a CSV file and comes back the same, its units told."""

import io
import re

import numpy as np
import pandas as pd
import pytest

from wafer_calc import Q_, Plant, check, facts, simulate
from wafer_calc.energy import annual_energy
from wafer_calc.weather import find_station, station_weather

CLAIM = (
    "A solar factory of 40 GW makes 4 billion wafers a year. As solar plants in Inner Mongolia they "
    "would generate over 60 TWh a year, 60% of the Three Gorges dam's annual generation."
)
UNIT = re.compile(r"_(h|kw|kwh|twh|kwh_per_kw_dc|fraction|mm|w)$")
NUMBERLESS = {"name", "kind", "basis", "source", "meets", "yardstick_year"}


@pytest.fixture(scope="module")
def checked_claim():
    return check(CLAIM, on="2022-07")


def there_and_back(frame):
    index = frame.index.name is not None
    text = frame.to_csv(index=index)
    types = {name: kind for name, kind in frame.dtypes.items() if str(kind) != "object"}
    return pd.read_csv(io.StringIO(text), index_col=0 if index else None, dtype=types)


@pytest.mark.parametrize("table", ["scenarios", "statements", "quantities"])
def test_a_fact_checks_tables_round_trip(checked_claim, table):
    frame = checked_claim.to_dataframe(table)
    again = there_and_back(frame)
    assert list(again.columns) == list(frame.columns)
    for name in frame.columns:
        for came, went in zip(again[name], frame[name], strict=True):
            missing = went is None or went is pd.NA or went != went
            assert (
                (came != came) if missing else str(came) == str(went) or float(came) == float(went)
            )


def test_a_scenarios_columns_name_their_units(checked_claim):
    frame = checked_claim.to_dataframe("scenarios")
    assert len(frame) >= 10
    for name in set(frame.columns) - NUMBERLESS:
        assert UNIT.search(name), name
    # 1166 h x 40 GW = 46.64 TWh
    row = frame[frame["published_h"].round() == 1166].iloc[0]
    assert row["energy_twh"] == pytest.approx(46.64, rel=1e-3)


def test_facts_round_trip_with_their_sources():
    frame = facts.find("cell.efficiency").to_dataframe()
    pd.testing.assert_frame_equal(there_and_back(frame), frame)
    assert frame["publisher"].notna().all()


def test_a_yield_of_many_sites_round_trips():
    weather = station_weather([find_station("Baotou"), find_station("Beijing")])
    made = simulate(weather, Plant(surface_tilt=35))
    frame = made.to_dataframe()
    pd.testing.assert_frame_equal(there_and_back(frame), frame)
    assert len(frame) == 2
    assert all(UNIT.search(name) for name in frame.columns if name.startswith("energy"))
    months = frame.filter(regex=r"energy_ac_\d\d_kwh").sum(axis=1)
    np.testing.assert_allclose(months, frame["energy_ac_kwh"], rtol=1e-9)


def test_a_tabulated_yield_round_trips(checked_claim):
    from wafer_calc.assumptions import fleet

    made = annual_energy(Q_(40, "GW"), fleet("China", 2021))
    frame = made.to_dataframe()
    again = there_and_back(frame)
    np.testing.assert_allclose(again["energy_ac_kwh"], frame["energy_ac_kwh"])
    assert frame["energy_ac_kwh"].iloc[0] == pytest.approx(46.64e9, rel=1e-3)
