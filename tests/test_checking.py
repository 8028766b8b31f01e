import json
from dataclasses import replace

import jsonschema
import pytest
from claim_made import ratings, statement, told
from hypothesis import given, settings
from hypothesis import strategies as st

from wafer_calc.assumptions import full_load_hours
from wafer_calc.claims.checking import check, language_of
from wafer_calc.claims.records import Intended
from wafer_calc.errors import RangeError, ReadError, UnitError, UnknownNameError
from wafer_calc.units import Q_

GW40 = {"value": 40e9, "unit": "W", "per": "year", "technology": "wafer", "text": "40GW"}
PIECES = {"value": 4e9, "unit": "piece", "per": "year", "text": "40亿片"}
ENERGY = {"value": 60e9, "unit": "kWh", "per": "year", "cmp": ">=", "text": "600亿度"}
SHARE = {"value": 0.6, "unit": "dimensionless", "yardstick": "three_gorges", "text": "60%"}
MONEY = {"value": 30e9, "unit": "CNY", "per": "year", "cmp": ">=", "text": "300亿元"}
CHINA = {"place": "China"}


def factory(*changes, order=None):
    rows = [row | CHINA for row in (GW40, PIECES, ENERGY, SHARE, MONEY)]
    for n, change in changes:
        rows[n] = rows[n] | change
    return told(*(rows[n] for n in order or range(len(rows))))


@pytest.fixture(scope="module")
def claim():
    return check(factory(), on="2022-07", lang="en")


def test_forty_gigawatts_of_four_billion_wafers_are_ten_watts_a_wafer(claim):
    # 40e9 W / 4e9 = 10 W
    found = statement(claim, "watt_per_wafer")
    assert found.value == pytest.approx(10.0)
    assert (found.numerator, found.denominator) == ((0,), (1,))
    assert found.rating == "holds_if"


def test_only_the_large_wafers_satisfy_watts_and_price(claim):
    # 10 W / (440.96 cm² x 0.1 W/cm²) = 22.7 %; on 330.15 cm² it is 30.3 %, above the 29.4 % limit
    rows = {h.alternative.split(":")[0]: h for h in claim.hypotheses}
    assert rows["G12"].satisfies == ("watt_per_wafer", "yuan_per_wafer")
    assert "22.7 %" in rows["G12"].alternative
    assert "9.83" in rows["G12"].alternative
    assert "8.70" in rows["G12"].alternative
    assert "30.3 %, above the 29.4 %" in rows["M10"].alternative
    assert rows["M10"].fails == ("watt_per_wafer",)
    assert rows["M10"].satisfies == ("yuan_per_wafer",)  # 7.54 yuan, at the price asked for


def test_sixty_terawatt_hours_need_1500_hours_where_the_fleet_made_1166_to_1281(claim):
    # 60e9 kWh / 40e6 kW = 1500 h
    found = statement(claim, "full_load_hours")
    assert found.value == pytest.approx(1500)
    assert found.rating == "holds_if"
    assert [r.value for r in found.references[:2]] == [1166, 1281]
    assert "1166–1281" in found.needed
    assert "policy" in found.reason  # 1500 h is also what grids must buy in the best zone


def test_the_yardstick_comes_out_at_a_hundred_terawatt_hours(claim):
    # 60 / 0.6 = 100 TWh; 103.6 made in 2021, the year known in July 2022
    found = statement(claim, "implied_yardstick")
    assert found.value == pytest.approx(100e9)
    assert found.rating == "holds"
    values = [round(r.value / 1e9, 1) for r in found.references]
    assert values[0] == 103.6
    assert 111.8 in values


def test_the_other_way_round_sixty_percent_of_the_known_year_is_1555_hours(claim):
    # 0.6 x 103.649 TWh = 62.19 TWh; / 40 GW = 1554.7 h
    found = statement(claim, "yardstick_hours")
    assert found.value == pytest.approx(1554.7, abs=0.1)
    assert "62.2" in found.reason
    assert not found.main


def test_money_per_wafer_and_per_watt(claim):
    # 30e9 / 4e9 = 7.5 yuan; 30e9 / 40e9 = 0.75 yuan
    assert statement(claim, "yuan_per_wafer").value == pytest.approx(7.5)
    assert statement(claim, "yuan_per_watt").value == pytest.approx(0.75)
    assert statement(claim, "yuan_per_wafer").cmp == ">="


def test_a_factory_does_not_sell_its_wafers_by_the_kilowatt_hour(claim):
    assert "yuan_per_kwh" not in ratings(claim)


def test_the_verdict_names_the_hours_and_what_the_average_would_make(claim):
    # 40 GW x 1166 h = 46.6 TWh = 45.0 % of 103.649; x 1281 h = 51.2 TWh = 49.4 %
    verdict = claim.verdict
    assert verdict.rating == "holds_if"
    assert claim.statements[verdict.decided_by].relation == "full_load_hours"
    assert verdict.needed.startswith("needs 1500 kWh per kW DC or more")
    for figure in ("1166–1281", "46.6–51.2 TWh", "45.0–49.4 %", "103.6 TWh"):
        assert figure in verdict.summary
    assert 0.2 < verdict.probability < 0.5  # of a portfolio at north-western stations
    assert verdict.reference_class


def test_scenarios_stand_on_both_sides_of_the_claim_and_rise(claim):
    yields = [row.yield_kwh_per_kw_dc for row in claim.scenarios]
    assert len(yields) >= 10
    assert yields == sorted(yields)
    assert yields[0] < 1500 < yields[-1]
    assert all(row.meets == (row.energy_twh >= 60) for row in claim.scenarios)
    assert {row.kind for row in claim.scenarios} == {"reported", "modelled", "policy"}
    china = next(row for row in claim.scenarios if "1166" in str(row.published))
    assert china.energy_twh == pytest.approx(1166 * 40 / 1000, rel=1e-6)
    assert china.share_of_yardstick == pytest.approx(46.64 / 103.649, rel=1e-3)
    assert "40 GW" in claim.scenario_title


def test_the_years_after_the_claim_stand_apart(claim):
    later = {(row["key"], row["label"]): row["value"] for row in claim.known_later}
    drought = [v for (key, label), v in later.items() if "three" in key and "2022" in label]
    assert drought == [pytest.approx(78.79)]  # the drought year, unknown in July 2022
    used = {r.label for s in claim.statements for r in s.references}
    assert not any("2022" in label and "Three Gorges" in label for label in used)


def test_more_wafers_make_smaller_ones():
    # 40 GW / 5.3e9 = 7.55 W: an M10 of 330.15 cm² at 22.9 %
    fc = check(factory((1, {"value": 5.3e9, "text": "53亿片"})), on="2022-07")
    assert statement(fc, "watt_per_wafer").value == pytest.approx(7.547, abs=1e-3)
    rows = {h.alternative.split(":")[0]: h for h in fc.hypotheses}
    assert "watt_per_wafer" in rows["M10"].satisfies
    assert "watt_per_wafer" in rows["G12"].fails


def test_a_smaller_energy_is_what_the_fleet_makes():
    # 45e9 / 40e6 = 1125 h, within 10 % of 1166
    fc = check(factory((2, {"value": 45e9, "cmp": "~", "text": "450亿度"})), on="2022-07")
    assert statement(fc, "full_load_hours").rating == "holds"
    # 45 / 0.6 = 75 TWh: less than any year of the full dam but by less than a half
    assert statement(fc, "implied_yardstick").rating in ("overstated", "holds_if")


def test_the_order_of_the_clauses_changes_nothing(claim):
    turned = check(factory(order=[4, 3, 2, 1, 0]), on="2022-07")
    assert ratings(turned) == ratings(claim)
    assert sorted(s.value for s in turned.statements) == pytest.approx(
        sorted(s.value for s in claim.statements)
    )


def test_a_second_project_keeps_its_figures_to_itself():
    first = [row | CHINA for row in (GW40, PIECES)]
    second = [row | CHINA | {"project": 1} for row in (GW40 | {"value": 20e9}, PIECES)]
    fc = check(told(*first, *second), on="2022-07")
    watts = [(s.project, s.value) for s in fc.statements if s.relation == "watt_per_wafer"]
    assert watts == [(0, pytest.approx(10.0)), (1, pytest.approx(5.0))]
    assert len(fc.project_verdicts) == 2


def test_a_phase_goes_with_its_own_capacity():
    # 50 million wafers of the 200 MW phase: 4 W; with the whole 400 MW it would be 8
    rows = (
        {"value": 400e6, "unit": "W", "per": "year", "technology": "wafer"},
        {"value": 200e6, "unit": "W", "per": "year", "part": "phase", "phase": "1", "technology": "wafer"},
        {"value": 50e6, "unit": "piece", "per": "year", "part": "phase", "phase": "1"},
    )  # fmt: skip
    found = statement(check(told(*(r | CHINA for r in rows)), on="2015"), "watt_per_wafer")
    assert found.numerator == (1,)
    assert found.value == pytest.approx(4.0)


def test_a_size_class_is_no_measurement():
    rows = (
        {"value": 1e9, "unit": "W", "part": "class", "technology": "offshore_wind"},
        {"value": 4.7e9, "unit": "kWh", "per": "year"},
    )
    fc = check(told(*(r | CHINA for r in rows)), on="2021-12")
    assert ratings(fc) == {"full_load_hours": "cannot_check"}
    assert fc.verdict.rating == "cannot_check"


def test_wafers_go_with_the_slicing_and_not_with_the_pulling():
    rows = (
        {"value": 10e9, "unit": "W", "per": "year", "technology": "ingot"},
        {"value": 20e9, "unit": "W", "per": "year", "technology": "wafer"},
        {"value": 2e9, "unit": "piece", "per": "year", "technology": "wafer"},
    )
    fc = check(told(*(r | CHINA for r in rows)), on="2022")
    assert statement(fc, "watt_per_wafer").numerator == (1,)


def test_steps_of_one_chain_are_no_sum():
    rows = (
        {"value": 20e9, "unit": "W", "per": "year", "technology": "ingot"},
        {"value": 20e9, "unit": "W", "per": "year", "technology": "wafer"},
        {"value": 40e9, "unit": "W", "per": "year"},
    )
    fc = check(told(*(r | CHINA for r in rows)), on="2022")
    assert ratings(fc)["chain_steps_added"] == "inconsistent"
    assert fc.verdict.rating == "inconsistent"


def test_machines_times_their_size_make_the_farm():
    # 50 x 2 MW = 100 MW
    rows = (
        {"value": 100e6, "unit": "W", "technology": "wind"},
        {"value": 50.0, "unit": "count", "kind": "other"},
        {"value": 2e6, "unit": "W", "part": "unit", "technology": "wind"},
        {"value": 240e6, "unit": "kWh", "per": "year"},
    )
    fc = check(told(*(r | CHINA for r in rows)), on="2017-06")
    assert statement(fc, "units_times_size_over_total").rating == "holds"
    hours = statement(fc, "full_load_hours")
    assert (hours.denominator, hours.value) == ((0,), pytest.approx(2400))


def test_machines_without_a_printed_total_are_the_farm():
    # 6 x 3.4 MW = 20.4 MW; 53.611 GWh / 20.4 MW = 2628 h
    rows = (
        {"value": 6.0, "unit": "count", "kind": "other"},
        {"value": 3.4e6, "unit": "W", "part": "unit", "technology": "wind"},
        {"value": 53.611e6, "unit": "kWh", "per": "year"},
    )
    fc = check(told(*(r | {"place": "UK"} for r in rows)), on="2021")
    found = statement(fc, "full_load_hours")
    assert found.value == pytest.approx(2628, abs=1)
    assert found.rating in ("holds", "holds_if")


@pytest.mark.parametrize(
    ("second", "text", "rating"),
    [
        (200e6, "", "holds"),  # 200 + 200 = 400
        (100e6, "", "holds_if"),  # 300 of 400: a third phase may be left out
        (100e6, "分两期建设", "inconsistent"),  # but not where there are two
        (300e6, "", "impossible"),  # 500 of 400
    ],
)
def test_phases_add_up_to_no_more_than_the_whole(second, text, rating, monkeypatch):
    rows = (
        {"value": 400e6, "unit": "W", "technology": "pv"},
        {"value": 200e6, "unit": "W", "part": "phase", "phase": "1", "technology": "pv"},
        {"value": second, "unit": "W", "part": "phase", "phase": "2", "technology": "pv"},
    )
    quantities = told(*(r | CHINA for r in rows))
    if text:
        quantities = (*quantities[:2], replace(quantities[2], text=quantities[2].text + text))
    fc = check(quantities, on="2020")
    assert statement(fc, "parts_over_total").rating == rating


def test_a_days_energy_is_made_yearly_and_the_reason_says_so():
    # 180 000 kWh x 365 / 45 000 kW = 1460 h
    rows = (
        {"value": 45e6, "unit": "W", "technology": "pv"},
        {"value": 180e3, "unit": "kWh", "per": "day", "text": "18万度"},
    )
    found = statement(
        check(told(*(r | CHINA for r in rows)), on="2023", lang="en"), "full_load_hours"
    )
    assert found.value == pytest.approx(1460)
    assert "× 365" in found.reason


def test_a_total_needs_its_years():
    # 5 TWh over 25 years on 100 MW: 5e9 / 25 / 1e5 = 2000 h
    rows = (
        {"value": 100e6, "unit": "W", "technology": "pv"},
        {"value": 5e9, "unit": "kWh", "per": "total"},
        {"value": 25.0, "unit": "year"},
    )
    fc = check(told(*(r | CHINA for r in rows)), on="2023")
    assert statement(fc, "full_load_hours").value == pytest.approx(2000)
    fc = check(told(*(r | CHINA for r in rows[:2])), on="2023")
    assert fc.verdict.rating == "cannot_check"


def test_an_energy_in_kilowatts_is_impossible_as_written():
    # 4.7 billion kW are 4700 GW, twice China's 2202 GW of 2020; 4.7 TWh / 2 million homes = 2350
    rows = (
        {"value": 4.7e12, "unit": "W", "kind": "generation", "per": "year", "text": "四十七亿千瓦",
         "intended": Intended(value=4.7e9, unit="kWh")},
        {"value": 2e6, "unit": "household"},
    )  # fmt: skip
    fc = check(told(*(r | CHINA for r in rows)), on="2021-12")
    written = statement(fc, "power_as_written")
    assert written.rating == "impossible"
    assert written.value == pytest.approx(4700 / 2202, rel=0.01)
    assert "47亿千瓦时" in written.repair
    meant = statement(fc, "kwh_per_household")
    assert meant.value == pytest.approx(2350)
    assert meant.rating in ("holds", "holds_if")
    assert fc.verdict.rating == "impossible"


def test_a_size_misprinted_in_its_own_unit_is_taken_as_written_and_repaired():
    # 6000亿 kWh on 50 MW: 12 million hours; 6000万 would be 1200
    rows = (
        {"value": 50e6, "unit": "W", "technology": "pv"},
        {"value": 6e11, "unit": "kWh", "per": "year", "text": "6000亿度",
         "intended": Intended(value=6e7, unit="kWh")},
    )  # fmt: skip
    fc = check(told(*(r | CHINA for r in rows)), on="2020")
    found = statement(fc, "full_load_hours")
    assert found.value == pytest.approx(12e6)
    assert found.rating == "impossible"
    assert "6000万千瓦时" in found.repair


def test_a_slip_is_named_with_the_reading_that_fits():
    # 74.3 万吨 for 7.43: 743e6 kg / 2.4e8 kWh = 3.1 kg per kWh, ten times what plants burn
    rows = (
        {"value": 2.4e8, "unit": "kWh", "per": "year"},
        {"value": 7.43e8, "unit": "kg", "kind": "mass_coal", "per": "year", "text": "74.3万吨"},
    )
    found = statement(check(told(*(r | CHINA for r in rows)), on="2018"), "coal_per_kwh")
    assert found.rating == "does_not_hold"
    assert "74.3万吨" in found.repair
    assert "7.43万吨" in found.repair


def test_coal_cannot_give_less_carbon_dioxide_than_it_weighs():
    # 3000 t of CO2 from 4500 t of coal: 0.667
    rows = (
        {"value": 4.5e6, "unit": "kg", "kind": "mass_coal", "per": "year"},
        {"value": 3.0e6, "unit": "kg", "kind": "mass_co2", "per": "year"},
    )
    found = statement(check(told(*(r | CHINA for r in rows)), on="2018"), "co2_per_coal")
    assert found.rating == "impossible"
    assert "coal weighs" in found.reason


def test_no_year_is_longer_than_itself():
    rows = (
        {"value": 10e6, "unit": "W", "technology": "pv"},
        {"value": 1.5e9, "unit": "kWh", "per": "year"},
    )
    fc = check(told(*(r | {"place": "India"} for r in rows)), on="2016")
    assert statement(fc, "full_load_hours").rating == "impossible"
    assert "8760" in statement(fc, "full_load_hours").reason


def test_homes_without_an_energy_are_counted_at_sourced_hours():
    # 21 MW of PV at the US fleet's hours feed far fewer than 17 000 American homes
    rows = (
        {"value": 21e6, "unit": "W", "technology": "pv"},
        {"value": 17000.0, "unit": "household"},
    )
    fc = check(told(*(r | {"place": "US"} for r in rows)), on="2014")
    found = statement(fc, "kwh_per_household")
    assert found.numerator == (0,)
    assert 2000 < found.value < 3500
    assert found.rating == "does_not_hold"
    assert "÷" in found.reason
    assert "h (" in found.reason  # the hours and whose they are


def test_yuan_and_dollars_of_one_sum_are_an_exchange_rate():
    text = "CNY1 billion (US$151 million)"
    quantities = told(
        {"value": 1e9, "unit": "CNY", "kind": "investment", "per": "total"},
        {"value": 151e6, "unit": "USD", "kind": "investment", "per": "total", "role": "same amount in USD"},
        {"value": 150e6, "unit": "W", "technology": "pv"},
    )  # fmt: skip
    fc = check(tuple(replace(q, place="China") for q in quantities), on="2017-12")
    # 1e9 / 151e6 = 6.62; 2017's mean was 6.76
    assert statement(fc, "fx_cny_per_usd").value == pytest.approx(6.62, abs=0.01)
    assert statement(fc, "fx_cny_per_usd").rating == "holds"
    assert statement(fc, "investment_per_watt").numerator == (0,)
    assert text


def test_bare_quantities_are_one_projects_yearly_figures():
    fc = check([Q_(40, "GW"), Q_(60, "TWh")], on="2022-07")
    assert statement(fc, "full_load_hours").value == pytest.approx(1500)
    fc = check({"output": Q_(60, "TWh"), "three_gorges": Q_(60, "%")}, on="2022-07")
    assert statement(fc, "implied_yardstick").rating == "holds"


def test_one_figure_alone_says_what_is_missing():
    fc = check([Q_(40, "GW")], on="2022-07")
    assert fc.verdict.rating == "cannot_check"
    assert "yearly generation" in fc.statements[0].reason


def test_nothing_gives_nothing_to_check():
    fc = check([], on="2022")
    assert fc.statements == ()
    assert fc.verdict.rating == "cannot_check"
    assert fc.verdict.decided_by is None


def test_the_language_is_the_texts_own_unless_another_is_asked_for():
    assert language_of("600亿度") == "zh"
    zh, en = check(factory(), on="2022-07", lang="zh"), check(factory(), on="2022-07", lang="en")
    assert zh.verdict.summary.startswith("仅在有利条件下成立")
    assert en.verdict.summary.startswith("Holds only under favourable conditions")
    assert [s.rating for s in zh.statements] == [s.rating for s in en.statements]


def test_a_date_decides_what_is_known():
    early = check(factory(), on="2021-12")
    found = statement(early, "implied_yardstick")
    assert found.references[0].value == pytest.approx(111.8e9)  # 2020 was the last year known


@pytest.mark.parametrize(
    ("given_", "error", "words"),
    [
        (5, UnitError, "text_or_quantities"),
        (b"40 GW", UnitError, "bytes"),
        ([3.0], UnitError, "item 0"),
        ([Q_(3, "V")], UnitError, "wanted power, energy"),
        ([Q_(-3, "GW")], RangeError, "positive"),
        ([Q_(float("nan"), "GW")], RangeError, "finite"),
    ],
)
def test_what_is_no_claim_is_refused(given_, error, words):
    with pytest.raises(error, match=words):
        check(given_)


def test_a_bad_date_and_a_bad_language_are_refused():
    with pytest.raises(ReadError, match="YYYY-MM"):
        check([Q_(1, "GW")], on="July 2022")
    with pytest.raises(UnknownNameError, match="lang"):
        check([Q_(1, "GW")], lang="fr")


SCHEMA = {
    "type": "object",
    "additionalProperties": False,
    "required": [
        "schema_version", "facts_version", "text", "lang", "on", "quantities", "statements",
        "scenarios", "hypotheses", "known_later", "sources", "verdict",
    ],
    "properties": {
        "schema_version": {"type": "string"},
        "facts_version": {"type": "string"},
        "text": {"type": "string"},
        "lang": {"enum": ["zh", "en"]},
        "on": {"type": ["string", "null"]},
        "quantities": {"type": "array", "items": {"type": "object", "required": [
            "id", "start", "end", "text", "value", "unit", "kind", "role", "cmp", "per", "entity",
            "intended"]}},
        "statements": {"type": "array", "items": {"type": "object", "required": [
            "id", "relation", "numerator", "denominator", "value", "unit", "main", "rating",
            "needed", "reference", "band", "repair", "reason"],
            "properties": {"rating": {"enum": [
                "cannot_check", "impossible", "inconsistent", "holds", "holds_if", "overstated",
                "understated", "does_not_hold"]},
                "value": {"type": ["number", "null"]}}}},
        "scenarios": {"type": "array", "items": {"type": "object", "required": [
            "name", "kind", "yield_kwh_per_kw_dc", "published", "basis", "energy_twh", "p10_twh",
            "p90_twh", "share_of_yardstick", "meets", "source"],
            "properties": {"kind": {"enum": ["reported", "modelled", "policy"]}}}},
        "hypotheses": {"type": "array", "items": {"type": "object", "required": [
            "alternative", "satisfies", "fails"]}},
        "known_later": {"type": "array", "items": {"type": "object"}},
        "sources": {"type": "array", "items": {"type": "object", "required": ["id", "title"]}},
        "verdict": {"type": "object", "required": [
            "rating", "decided_by", "needed", "probability", "reference_class", "summary"]},
    },
}  # fmt: skip


def test_the_document_is_plain_and_of_its_schema(claim):
    document = claim.to_dict()
    assert json.loads(json.dumps(document, allow_nan=False, ensure_ascii=False)) == document
    jsonschema.validate(document, SCHEMA)


def test_every_source_that_is_cited_is_listed(claim):
    listed = {source["id"] for source in claim.sources}
    cited = {id_ for s in claim.statements for r in s.references for id_ in r.sources}
    cited |= {id_ for row in claim.scenarios for id_ in row.source.split(", ")}
    cited |= {row["source"] for row in claim.known_later}
    assert cited <= listed
    assert len(listed) == len(claim.sources)


def test_the_tables_name_their_units(claim):
    frame = claim.to_dataframe()
    assert len(frame) == len(claim.scenarios)
    assert {"yield_kwh_per_kw_dc", "energy_twh", "published_h"} <= set(frame.columns)
    assert len(claim.to_dataframe("statements")) == len(claim.statements)
    assert list(claim.to_dataframe("quantities")["unit"])[:2] == ["W", "piece"]
    assert list(check([], on="2022").to_dataframe().columns) == list(frame.columns)
    with pytest.raises(UnknownNameError, match="scenarios"):
        claim.to_dataframe("rows")


UNITS = ["W", "kWh", "piece", "household", "CNY", "USD", "m**2", "dimensionless", "kg", "count",
         "vehicle", "panel", "person", "year", "tree"]  # fmt: skip
KINDS = ["capacity", "generation", "wafer_count", "homes", "money", "investment", "area",
         "energy_ratio", "mass_coal", "mass_co2", "other", "time"]  # fmt: skip


@st.composite
def quantity_rows(draw):
    low = draw(st.floats(0, 1e18, allow_nan=False))
    ranged = draw(st.booleans())
    return {
        "value": (low, low * draw(st.floats(1, 10))) if ranged else low,
        "unit": draw(st.sampled_from(UNITS)),
        "kind": draw(st.sampled_from(KINDS)),
        "cmp": draw(st.sampled_from(["=", "~", ">=", "<=", "range"])),
        "per": draw(st.sampled_from(["year", "day", "half-year", "total", "none"])),
        "part": draw(st.sampled_from(["whole", "phase", "unit", "class", "yardstick"])),
        "phase": draw(st.sampled_from([None, "1", "2"])),
        "technology": draw(
            st.sampled_from([None, "pv", "wind", "wafer", "ingot", "storage", "gas"])
        ),
        "place": draw(st.sampled_from([None, "China", "US", "UK", "Atlantis"])),
        "yardstick": draw(st.sampled_from([None, "three_gorges", "no_such_dam"])),
        "project": draw(st.integers(0, 1)),
    }


@settings(max_examples=150, deadline=None)
@given(
    st.lists(quantity_rows(), max_size=7),
    st.sampled_from([None, "1995", "2013", "2022-07", "2030"]),
)
def test_any_quantities_give_a_verdict(rows, on):
    fc = check(told(*rows), on=on, lang="zh")
    json.dumps(fc.to_dict(), allow_nan=False)
    assert [s.id for s in fc.statements] == list(range(len(fc.statements)))


def test_a_hybrids_energy_is_that_of_all_its_capacities():
    # 3.3 TWh / (1 + 0.5 GW) = 2200 h
    rows = (
        {"value": 1e9, "unit": "W", "technology": "wind"},
        {"value": 0.5e9, "unit": "W", "technology": "pv"},
        {"value": 3.3e9, "unit": "kWh", "per": "year", "technology": "pv"},
    )
    found = statement(check(told(*(r | CHINA for r in rows)), on="2022"), "full_load_hours")
    assert found.denominator == (0, 1)
    assert found.value == pytest.approx(2200)
    assert found.rating == "holds_if"


def test_one_wafers_watts_are_no_factorys():
    rows = (
        {"value": 8.0, "unit": "W", "per": "year"},
        {"value": 5e9, "unit": "piece", "per": "year"},
        {"value": 40e9, "unit": "W", "per": "year"},
    )
    found = statement(check(told(*(r | CHINA for r in rows)), on="2022"), "watt_per_wafer")
    assert (found.numerator, found.value) == ((2,), pytest.approx(8.0))


def test_an_early_claim_has_a_verdict_without_odds():
    rows = (
        {"value": 20e6, "unit": "W", "technology": "pv"},
        {"value": 34e6, "unit": "kWh", "per": "year"},
    )
    fc = check(told(*(r | CHINA for r in rows)), on="2008")
    assert statement(fc, "full_load_hours").value == pytest.approx(1700)
    assert fc.verdict.probability is None


def test_the_callers_own_assumptions_make_the_scenarios():
    # 40 GW x 1250 h = 50 TWh, and x 1600 h = 64
    own = [
        full_load_hours(Q_(1600, "hour"), basis="dc", name="mine, sunny"),
        full_load_hours(Q_(1250, "hour"), basis="dc", name="mine"),
    ]
    fc = check(factory(), on="2022-07", assumptions=own)
    assert [(row.name, row.energy_twh, row.meets) for row in fc.scenarios] == [
        ("mine", pytest.approx(50), False),
        ("mine, sunny", pytest.approx(64), True),
    ]


def test_no_machines_are_no_farm():
    rows = (
        {"value": 0.0, "unit": "count", "kind": "other"},
        {"value": 3e6, "unit": "W", "part": "unit", "technology": "wind"},
        {"value": 50e6, "unit": "kWh", "per": "year"},
    )
    fc = check(told(*(r | CHINA for r in rows)), on="2022")
    assert statement(fc, "full_load_hours").denominator == (1,)
