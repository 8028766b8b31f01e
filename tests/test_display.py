import io

import numpy as np
import pandas as pd
import pytest

from wafer_calc import Q_, display, facts
from wafer_calc.claims.records import TextQuantities
from wafer_calc.energy import Assumption, EnergyYield, annual_energy


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0.0, "0"), (1500.0, "1,500"), (1166.4, "1,166"), (0.31249, "0.3125"), (45.0, "45"),
        (-2.5, "-2.5"), (0.00012345, "0.0001234"), (6e10, "60,000,000,000"), (1e18, "1e+18"),
        (99.96, "99.96"), (999.96, "1,000"), (2.3e-7, "2.3e-07"),
    ],
)  # fmt: skip
def test_numbers_keep_a_few_digits_and_no_exponent(value, shown):
    assert display.number(value) == shown


@pytest.mark.parametrize(
    ("value", "unit", "english", "chinese"),
    [
        (4e10, "W", "40 GW", "40 GW"),
        (6e10, "kWh", "60 TWh", "60 TWh"),
        (4e9, "CNY", "4 billion CNY", "40亿 CNY"),
        (1200.0, "hour", "1,200 hour", "1,200 hour"),
        (0.0, "W", "0 W", "0 W"),
        (2.5e5, "household", "250,000 household", "25万 household"),
    ],
)
def test_quantities_are_told_as_each_language_counts(value, unit, english, chinese):
    assert display.quantity(value, unit) == english
    assert display.quantity(value, unit, "zh") == chinese


def test_a_table_escapes_all_that_comes_in():
    made = display.table("<b>", ["<i>"], [["<script>"], [None], [True]], "<p>")
    assert "<script>" not in made
    assert "&lt;script&gt;" in made
    assert "<caption>&lt;b&gt;</caption>" in made
    assert "<td></td>" in made
    assert "<td>yes</td>" in made


def test_a_fact_shows_its_figure_and_its_source():
    found = facts.find("three_gorges.generation", period=2021)
    for record in (found, found.best):
        shown = record._repr_html_()
        assert "<td>103.6 TWh a year</td>" in shown
        assert found.best.source.publisher.split(",")[0] in shown


def test_a_check_and_its_quantities_show_themselves(made_check, hostile_check):
    shown = made_check._repr_html_()
    assert "Verdict: holds if" in shown
    assert "&gt;= 1,500 hour" in shown
    assert "<td>46.64</td>" in shown  # 1166 h x 40 GW
    assert "<script" not in hostile_check._repr_html_()
    quantities = TextQuantities(made_check.quantities)
    assert quantities == made_check.quantities
    assert "&gt;= 60 TWh" in quantities._repr_html_()
    assert "40 GW" in quantities[0]._repr_html_()


def test_facts_go_to_a_file_and_come_back():
    frame = facts.to_dataframe(facts.all_facts())
    again = pd.read_csv(io.StringIO(frame.to_csv(index=False)), dtype=dict(frame.dtypes))
    pd.testing.assert_frame_equal(again, frame)
    row = frame[(frame["key"] == "three_gorges.generation") & (frame["period"] == "2021")].iloc[0]
    assert row["value"] == 103.649
    assert row["unit"] == "TWh"


def test_a_yield_shows_its_energy_and_where_it_comes_from():
    source = facts.find("three_gorges.generation", period=2021).best.source
    assumption = Assumption(
        name="China 2021", kind="reported", specific_yield=1166.0, sources=(source,), low=1100.0,
        high=1200.0, published=1166.0, basis="dc",
    )  # fmt: skip
    made = annual_energy(Q_(40, "GW"), assumption)
    shown = made._repr_html_()
    assert "<caption>China 2021</caption>" in shown
    assert "<td>46.64 TWh</td>" in shown  # 40 GW x 1166 h
    assert source.publisher in shown
    assert "<td>1,100–1,200</td>" in assumption._repr_html_()


def test_of_many_sites_the_first_twenty_are_shown():
    made = EnergyYield(
        capacity_dc=Q_(1, "kW"),
        energy_ac=Q_(np.full(30, 1500.0), "kWh"),
        specific_yield=Q_(np.full(30, 1500.0), "kWh/kW"),
    )
    shown = made._repr_html_()
    assert shown.count("<tr>") == 21
    assert "the first 20 of 30 sites" in shown
