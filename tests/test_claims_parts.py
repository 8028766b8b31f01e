"""Dates, currencies, words, repairs and hypotheses of the checking side."""

import datetime

import pytest
from claim_made import statement, told

from wafer_calc.claims.checking import check
from wafer_calc.claims.currency import rate
from wafer_calc.claims.dates import date_of
from wafer_calc.claims.formats import efficiencies, latest_prices, price_range, traded
from wafer_calc.claims.given import quantities_of, text_of
from wafer_calc.claims.references import Moment
from wafer_calc.claims.wording import label, measure, number, span
from wafer_calc.errors import ReadError
from wafer_calc.facts import find
from wafer_calc.units import Q_


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("据2022年7月报道", "2022-07"),
        ("Published on 5 July 2022.", "2022-07"),
        ("July 2022: the plant opened in March 2021.", "2022-07"),
        ("2023-02-21 讯", "2023-02"),
        ("2021年3月开工，预计2025年12月建成", "2021-03"),  # a plan is no date of writing
        ("The plant will open by June 2027.", None),
        ("今年8月起施行", None),
        ("", None),
    ],
)
def test_a_text_is_no_older_than_what_it_reports(text, expected):
    assert date_of(None, text) == expected


def test_a_given_date_comes_before_the_texts():
    assert date_of("2020", "2022年7月") == "2020"
    assert date_of(datetime.date(2022, 7, 5), "") == "2022-07-05"
    for bad in ("22-7", "2022-13", "July", "2022-7"):
        with pytest.raises(ReadError, match="on"):
            date_of(bad, "")


def test_money_changes_at_the_rate_of_its_year():
    # yearly means of 2017: 6.7569 yuan and 65.07 rupees a dollar or so
    assert rate("USD", "CNY", 2017) == pytest.approx(6.7569)
    assert rate("CNY", "USD", 2017) == pytest.approx(1 / 6.7569)
    assert rate("USD", "INR", 2017) / rate("USD", "CNY", 2017) == pytest.approx(
        rate("CNY", "INR", 2017)
    )
    assert rate("USD", "USD", None) == 1
    assert rate("USD", "XYZ", 2017) is None
    assert rate("GBP", "USD", 2022) > 1


@pytest.mark.parametrize(
    ("value", "unit", "zh", "en"),
    [
        (40e9, "W", "40吉瓦", "40 GW"),
        (103.649e9, "kWh", "1036亿千瓦时", "103.6 TWh"),
        (2.339e8, "kWh", "2.34亿千瓦时", "233.9 GWh"),
        (3.12e9, "kg", "312万吨", "3.12 Mt"),
        (2e6, "m**2", "2平方公里", "2 km²"),
        (0.6, "dimensionless", "60.0%", "60.0 %"),
        (1500, "hour", "1500小时", "1500 h"),
        (10.0, "W/piece", "10.0 W/片", "10.0 W/wafer"),
        (1e11, "kWh/year", "1000亿千瓦时", "100 TWh"),
        (0.312, "kg/kWh", "0.312 kg/kWh", "0.312 kg/kWh"),
    ],
)
def test_figures_as_readers_write_them(value, unit, zh, en):
    assert measure(value, unit, "zh") == zh
    assert measure(value, unit, "en") == en


def test_a_stretch_names_its_unit_once():
    assert span(46.64e9, 51.24e9, "kWh", "en") == "46.6–51.2 TWh"
    assert span(1500, 1500, "hour", "en") == "1500 h"
    assert span(4.5, 62.0, "m**2/kW", "en") == "4.50–62.0 m²/kW"


def test_numbers_have_no_exponent_and_no_idle_digits():
    assert [number(x) for x in (0, 1e-5, 0.0187, 9.826, 100.0, 103.649, 12e6)] == [
        "0", "0.0000100", "0.0187", "9.83", "100", "103.6", "12000000",
    ]  # fmt: skip


def test_a_fact_is_named_by_what_where_and_when():
    fact = find("pv.full_load_hours", country="China", series="all", period=2021).best
    assert label(fact, "zh") == "中国，光伏利用小时数，全部电站，2021年"
    assert label(fact, "en") == "China, PV full-load hours, all plants, 2021"


def test_formats_are_those_of_the_day():
    assert [one.name for one in traded(Moment(on="2014"))][-1] in ("M1", "M2")
    names = [one.name for one in traded(Moment(on="2022-07"))]
    assert {"M6", "M10", "G12", "218.2"} <= set(names)
    areas = [one.area_m2 for one in traded(Moment(on="2022-07"))]
    assert areas == sorted(areas)


def test_efficiencies_rise_and_stay_under_the_limit():
    early, late = efficiencies(Moment(on="2014")), efficiencies(Moment(on="2024"))
    assert early.low < late.low < late.usual < late.record < 0.294


def test_prices_are_those_before_the_claim():
    # July 2022: 9.83 yuan with VAT; 9.83 / 1.13 = 8.70 without
    july = Moment(on="2022-07")
    assert max(f.value for f in latest_prices("G12", "incl", july)) == pytest.approx(10.42)
    assert 9.83 in [f.value for f in latest_prices("G12", "incl", july)]
    assert latest_prices("G12", "excl", july)[0].value == pytest.approx(8.70, abs=0.005)
    assert price_range("G12", "incl", july).high >= 9.83
    assert latest_prices("G12", "incl", Moment(on="2019")) == ()
    assert price_range("M10", "incl", Moment(on="2019")) is None


def test_no_format_for_watts_and_price_is_inconsistent():
    # 40 GW / 4e9 = 10 W asks for a G12; 90e9 / 4e9 = 22.5 yuan is what no wafer cost in 2022
    rows = (
        {"value": 40e9, "unit": "W", "per": "year", "technology": "wafer", "place": "China"},
        {"value": 4e9, "unit": "piece", "per": "year", "place": "China"},
        {"value": 20e9, "unit": "CNY", "per": "year", "place": "China"},
    )
    # 20e9 / 4e9 = 5 yuan: an M6's price, and no G12 cost so little in the two years before
    fc = check(told(*rows), on="2022-07", lang="en")
    assert statement(fc, "watt_per_wafer").rating == "holds_if"
    assert statement(fc, "yuan_per_wafer").rating == "holds_if"
    assert statement(fc, "wafer_format").rating == "inconsistent"
    assert fc.verdict.rating == "inconsistent"


def test_a_plant_that_misses_the_usual_hours_is_tried_as_dc_and_ac():
    # 1.4 TWh on 1 GW: 1400 h; per kW DC at a ratio of 1.2 it would be 1167, the fleet's
    rows = (
        {"value": 1e9, "unit": "W", "technology": "pv", "place": "China"},
        {"value": 1.4e9, "unit": "kWh", "per": "year"},
    )
    fc = check(told(*rows), on="2022-07", lang="en")
    tried = {h.alternative.split(":")[0]: h for h in fc.hypotheses}
    assert any("AC" in name and h.satisfies for name, h in tried.items())
    assert any("DC, first year" in name and h.fails for name, h in tried.items())


def test_the_shared_figure_is_the_one_to_repair():
    # 24 GWh instead of 240 make coal and CO2 both ten times too high: the energy is the slip
    rows = (
        {"value": 24e6, "unit": "kWh", "per": "year", "text": "0.24亿度"},
        {"value": 74e6, "unit": "kg", "kind": "mass_coal", "per": "year", "text": "7.4万吨"},
        {"value": 195e6, "unit": "kg", "kind": "mass_co2", "per": "year", "text": "19.5万吨"},
    )
    fc = check(told(*rows), on="2018", lang="zh")
    assert "0.24亿度若为2.4亿千瓦时" in statement(fc, "coal_per_kwh").repair
    assert "0.24亿度若为2.4亿千瓦时" in statement(fc, "co2_per_kwh").repair


def test_mu_taken_for_acres_is_named():
    # 700 acres printed for 4250 mu on 200 MW: 2.83e6 m² / 2e5 kW = 14.2; as mu it is 2.33
    rows = (
        {"value": 200e6, "unit": "W", "technology": "pv", "place": "China"},
        {"value": 700 * 2000 / 3, "unit": "m**2", "kind": "area", "text": "700亩"},
    )
    found = statement(check(told(*rows), on="2019", lang="en"), "m2_per_kw")
    assert found.value == pytest.approx(2.333, abs=1e-3)
    assert "acre" in found.repair


def test_given_quantities_stand_in_the_text_made_of_them():
    made = quantities_of([Q_(40, "GW"), Q_(60, "TWh")])
    text = text_of(made)
    assert [text[q.start : q.end] for q in made] == [q.text for q in made]
    assert text_of(()) == ""
