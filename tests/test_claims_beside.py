"""Figures that only the words beside them explain: lists, parts, spells, panels, storage, stakes."""

import re
from pathlib import Path

import pytest
from claims_score import cases

from wafer_calc.claims import check, read_quantities
from wafer_calc.claims.reading import settling

# text, date, relation, implied value or None where no such statement may be made, rating
CASES = [
    # 200 MWh / 20 000 homes = 10 kWh a day, × 365 = 3650 a year
    ("储能电站规模为100兆瓦/200兆瓦时，一次充满电可供2万户家庭一天用电。", "2023-05", "kwh_per_household", 3650, "holds_if"),
    # 10 GWh / 5 million homes = 2 kWh for an hour: no measure of a year
    ("The storage plant can power 5 million homes for an hour with its 10 GWh of stored energy.", "2022", "kwh_per_household", None, None),
    # what a battery holds is no year's generation of its homes
    ("The battery of 80 kWh serves 900 homes.", "2022", "kwh_per_household", None, None),
    # 48 000 W / 120 = 400 W a panel
    ("屋顶装设120片太陽能板，總裝置容量48kW，年發電量約5.5萬度。", "2021", "watt_per_panel", 400, "holds_if"),
    ("屋顶装设120片太陽能板，總裝置容量48kW，年發電量約5.5萬度。", "2021", "watt_per_wafer", None, None),
    # 5 GW / (2 million × 365) = 6.85 W; a month: 60 million × 12 gives 6.94
    ("该厂一期产能5GW，日产硅片200万片。", "2022-06", "watt_per_wafer", 6.849, "holds_if"),
    ("该厂产能5GW，月产硅片6000万片。", "2022-06", "watt_per_wafer", 6.944, "holds_if"),
    # 2 banks × 6 × 700 MW = 8.4 GW
    ("电站左右岸各安装6台单机容量70万千瓦的机组，总装机容量840万千瓦。", "2021", "units_times_size_over_total", 1.0, "holds"),
    ("电站安装6台单机容量70万千瓦的机组，总装机容量840万千瓦。", "2021", "units_times_size_over_total", 0.5, "inconsistent"),
    # the first three of eight: 8 × 500 MW = 4 GW
    ("首批3台机组投产，单机容量50万千瓦，电站共安装8台机组，总装机400万千瓦。", "2014", "units_times_size_over_total", 1.0, "holds"),
    # 20 GW beside one dam of 22.5: capacities; with 发电量 the energy is meant: 20 GW × 1221 h / 3 = 8.14 TWh
    ("风电光伏大基地装机2000万千瓦，相当于一个三峡电站的装机规模。", "2023", "capacity_ratio", 20e9, "holds"),
    ("基地规划装机2000万千瓦光伏，年发电量相当于三峡电站的3倍。", "2023", "implied_yardstick", 8.14e9, "does_not_hold"),
    # an inverter makes no energy: 80 GWh / 54 MW = 1481 h
    ("The array has 54 MW of panels and 1,200 42kW inverters and will produce 80,000 MWh a year.", "2019", "full_load_hours", 1481, "holds_if"),
    # 180 + 120 + 180 = 480; the wafers, cells and modules of one chain are no such sum
    ("甲、乙、丙三座抽水蓄能电站总装机容量480万千瓦，装机分别为180万千瓦、120万千瓦、180万千瓦。", "2020", "parts_over_total", 1.0, "holds"),
    ("项目形成硅片产能20GW、电池产能10GW、组件产能10GW。", "2022", "parts_over_total", None, None),
    # raw coal: 90 000 t / 200 GWh = 0.45 kg
    ("项目每年发电2.00亿千瓦时，节约原煤9.00万吨。", "2023", "coal_per_kwh", 0.45, "holds_if"),
    ("项目每年发电2.00亿千瓦时，节约标准煤9.00万吨。", "2023", "coal_per_kwh", 0.45, "overstated"),
    # the part's energy with the part's capacity, none with the whole's: 800 GWh / 500 MW
    ("基地全部建成后年发电量40亿千瓦时，其中首个50万千瓦光伏项目年发电量8亿千瓦时。", "2019", "full_load_hours", 1600, "holds_if"),
    # Norwegian homes heat with electricity: 130 GWh / 7000 = 18 571 kWh
    ("The 40 MW wind farm in Norway generates 130 GWh a year, enough for 7,000 homes.", "2020", "kwh_per_household", 18571, "holds_if"),
    # a fund, a stake: neither is what the plant cost
    ("The 40 MW wind farm pays a community benefit fund of £6 million over its lifetime.", "2020", "investment_per_watt", None, None),
    # a dollar of the U.S. is no place: 95 billion / 19 GW = 5 yuan
    ("A solar project of 19 GW cost 95 billion yuan (13 billion U.S. dollars).", "2019", "investment_per_watt", 5.0, "holds_if"),
    # people who live there are not those whom the plant supplies
    ("The country of 20 million inhabitants opened its 30 MW solar plant, which makes 52 GWh a year.", "2018", "kwh_per_person", None, None),
    # 65 billion INR / 10 GW = 6.5 INR a watt
    ("Tata will put INR 65 billion into a 10 GW ingot and wafer plant in India.", "2025-12", "investment_per_watt", 6.5, "holds_if"),
    # 300 billion INR / 3 GW = 100 INR, 1.15 USD
    ("A maker will invest INR 300 billion in a 3 GW ingot and wafer plant in India.", "2025-02", "investment_per_watt", 100.0, "does_not_hold"),
    # each of two: 1.5 TWh / (2 × 500 MW) = 1500 h
    ("Each of the two solar bases in Qinghai has a capacity of 500 MW. They generate 1.5 billion kWh each year.", "2019", "full_load_hours", 1500, "holds_if"),
    # 71 000 GW over China's 2.9 TW of 2023, all told: 24 times
    ("The plant adds 71,000 gigawatts to the grid.", "2024-06", "power_as_written", None, "impossible"),
    # hands at work are no customers
    ("The 3.2 GW nuclear plant will create 25,000 employment opportunities.", "2022", "kwh_per_person", None, None),
    # a power over a year is no energy, however small
    ("装机容量100万瓦的屋顶光伏，年发电量达100万瓦。", "2016", "power_as_written", 1.0, "impossible"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "on", "relation", "value", "rating"), CASES)
def test_the_words_beside_a_figure_choose_its_partner(text, on, relation, value, rating):
    found = [s for s in check(text, on=on, probability=False).statements if s.relation == relation]
    found = [s for s in found if s.value is not None]
    assert [s.rating for s in found] == ([] if rating is None else [rating])
    if value is not None:
        assert found[0].value == pytest.approx(value, rel=2e-3)


@pytest.mark.parametrize(
    ("billions", "rating"), [("300亿", "holds_if"), ("3000亿", "does_not_hold")]
)
def test_money_of_several_products_is_held_against_their_steps_together(billions, rating):
    # 300亿 / 20 GW = 1.5 yuan, too much for wafers alone; 0.9 + 1.3 + 0.8 = 3.0 with cells and modules
    fc = check(
        f"项目总投资{billions}元，硅片产能20GW、电池产能10GW、组件产能10GW。",
        on="2022",
        probability=False,
    )
    money = [s for s in fc.statements if s.relation == "investment_per_watt"]
    assert [s.rating for s in money] == [rating]
    assert money[0].band == pytest.approx((0.04, 3.0))


def test_a_bound_is_broken_for_certain_only_if_no_other_figure_saves_it():
    # 800 GWh / 30 MW = 26 667 h, but / 600 MW of the text 1333 h: which is meant is a guess
    sure = check("30兆瓦光伏电站年发电量8亿千瓦时。", on="2022", probability=False)
    assert sure.verdict.rating == "impossible"
    open_ = check(
        "光伏基地规模600兆瓦，30兆瓦光伏电站年发电量8亿千瓦时。", on="2022", probability=False
    )
    assert open_.verdict.rating != "impossible"


def test_lists_are_paired_in_turn():
    # 6 / 1.2 = 5, 9.6 / 2 = 4.8, 4.4 / 1 = 4.4 yuan
    text = "三座光伏电站装机分别为120兆瓦、200兆瓦、100兆瓦，投资分别为6亿元、9.6亿元、4.4亿元。"
    found = check(text, on="2021", probability=False).statements
    costs = [s.value for s in found if s.relation == "investment_per_watt"]
    assert costs == pytest.approx([5.0, 4.8, 4.4])


def test_no_format_is_borne_out_by_rounding_alone():
    # 10 W / (330.15 cm² · 0.1 W/cm²) = 30.3 %, over the limit, though "4 billion" may be 4.5
    text = "A 40 GW factory makes 4 billion wafers a year with an output value of over 30 billion yuan."
    tried = {
        h.alternative.split(":")[0]: h
        for h in check(text, on="2022-07", probability=False).hypotheses
    }
    assert "watt_per_wafer" in tried["M10"].fails
    assert "watt_per_wafer" in tried["G12"].satisfies
    assert "only by the rounding" in tried["M10"].alternative


def test_scenarios_are_held_against_the_printed_figure():
    text = "A 40 GW factory's wafers, as solar plants, would generate over 60 TWh a year in China."
    rows = check(text, on="2022-07", probability=False).scenarios
    assert rows
    assert all(row.meets == (row.energy_twh >= 60 * (1 - 1e-9)) for row in rows)


def test_yuan_is_a_word_in_chinese():
    fc = check("年产硅片40亿片，年产值300亿元。", on="2022-07", probability=False)
    price = next(s for s in fc.statements if s.relation == "yuan_per_wafer")
    assert "7.50元/片" in price.reason
    assert "CNY" not in price.reason


def test_cues_hold_back_no_row_that_fits(monkeypatch):
    files = sorted((Path(__file__).parent / "claims_cases").glob("*.jsonl"))
    texts = [case[0] for case in CASES] + [row["text"] for file in files for row in cases(file)]
    read = [read_quantities(text) for text in texts]
    rows = settling._rows
    monkeypatch.setattr(
        settling, "_rows", lambda kind, unit: rows(kind, unit)._replace(cues=re.compile("").search)
    )
    assert [read_quantities(text) for text in texts] == read
