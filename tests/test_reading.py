import os
import random
import re
import time
from pathlib import Path

import pytest
from claims_score import cases, pairing, scores
from hypothesis import given, settings
from hypothesis import strategies as st

from wafer_calc.claims import read_quantities
from wafer_calc.claims.reading.nouns import any_of
from wafer_calc.errors import ReadError

OWN = [
    row
    for path in sorted(Path(__file__).parent.glob("claims_cases/*.jsonl"))
    for row in cases(path)
]
LEAST = {"recall": 0.95, "precision": 0.95, "kind": 0.90, "cmp": 0.95, "per": 0.85}


def held_out():
    root = os.environ.get("WAFER_CALC_VALIDATION")
    if root is None:
        pytest.skip("WAFER_CALC_VALIDATION is not set")
    return cases(Path(root, "claims", "dev.jsonl"))


def assert_read(rows):
    for lang, score in scores(rows).items():
        shares = score.shares()
        short = {name: shares[name] for name, least in LEAST.items() if shares[name] < least}
        assert not short, (lang, score.misses)


def test_there_are_sixty_cases_of_our_own_in_both_languages():
    languages = [row["lang"] for row in OWN]
    assert len(OWN) >= 60
    assert min(languages.count("zh"), languages.count("en")) >= 30


def test_our_own_cases_are_labelled_in_order_and_in_place():
    for row in OWN:
        end = 0
        for label in row["quantities"]:
            assert row["text"][label["start"] : label["end"]] == label["span"]
            assert label["start"] >= end
            end = label["end"]


def test_our_own_cases_read_as_well_as_was_asked():
    assert_read(OWN)


def test_the_labelled_cases_read_as_well_as_was_asked():
    assert_read(held_out())


def test_our_own_cases_pair_as_was_asked():
    for lang, (right, total, misses) in pairing(OWN).items():
        assert right >= 0.8 * total, (lang, misses)


def one(text):
    (quantity,) = read_quantities(text)
    return quantity


CLAIM = (
    "某某材料有限公司40GW单晶硅项目全部达产后，可年产硅片40亿片。如果都建成光伏电站，年发电量将会超过"
    "600亿度，相当于三峡大坝全年装机发电量的60%。预计年产值300亿元以上。"
)


def test_the_five_quantities_of_the_solar_claim_belong_together():
    read = read_quantities(CLAIM)
    assert [(q.value, q.unit, q.kind, q.cmp, q.per) for q in read] == [
        (4e10, "W", "capacity", "=", "year"),
        (4e9, "piece", "wafer_count", "=", "year"),
        (6e10, "kWh", "generation", ">=", "year"),
        (0.6, "dimensionless", "energy_ratio", "=", "none"),
        (3e10, "CNY", "money", ">=", "year"),
    ]
    assert {q.project for q in read} == {0}
    assert read[0].technology == "wafer"
    assert read[2].technology == "pv"
    assert read[3].yardstick == "three_gorges"
    assert read[4].role == "output value"


def test_the_page_s_other_numbers_stay_out_of_the_solar_claim():
    root = os.environ.get("WAFER_CALC_VALIDATION")
    if root is None:
        pytest.skip("WAFER_CALC_VALIDATION is not set")
    text = Path(root, "articles", "2022-baotou-40gw.txt").read_text("utf-8")
    read = read_quantities(text)
    project = next(q.project for q in read if q.text == "40GW")
    mine = [q.text for q in read if q.project == project]
    assert mine == ["40GW", "40亿片", "600亿度", "60%", "300亿元"]
    firms = next(q for q in read if q.text == "39443户")
    assert firms.kind == "other"
    assert all(text[q.start : q.end] == q.text for q in read)


def test_clauses_in_another_order_read_the_same():
    text = "年产值预计300亿元以上的这一项目，年产硅片40亿片，规模40GW。"
    assert {(q.value, q.unit, q.project) for q in read_quantities(text)} == {
        (3e10, "CNY", 0),
        (4e9, "piece", 0),
        (4e10, "W", 0),
    }


def test_a_second_project_keeps_its_own_numbers():
    text = CLAIM + "另一个位于云南的乙公司20GW单晶硅项目，年产硅片22亿片。"
    read = read_quantities(text)
    assert [q.project for q in read] == [0, 0, 0, 0, 0, 1, 1]


def test_projects_of_two_sentences_are_told_apart_by_their_names():
    text = (
        "The Alba wind farm has 90 MW and makes 250 GWh a year. "
        "The Brae solar park has 40 MW and makes 42 GWh a year."
    )
    read = read_quantities(text)
    assert [q.project for q in read] == [0, 0, 1, 1]
    assert [q.technology for q in read] == ["wind", "wind", "pv", "pv"]


@pytest.mark.parametrize(
    ("text", "printed", "unit"),
    [
        ("The artwork is made of 21 large petals.", "21 large petals", "count"),
        ("It can hold the charge of 260 milk floats.", "260 milk floats", "count"),
        ("It ran dry for 4 whole weeks.", "4 whole weeks", "day"),
        ("It took 3 million paid hours.", "3 million paid hours", "hour"),
        ("The lake covers 21 sq. kilometers.", "21 sq. kilometers", "m**2"),
        ("It supplies 1.3 million Spaniards.", "1.3 million Spaniards", "person"),
    ],
)
def test_what_is_counted_need_not_be_in_a_table(text, printed, unit):
    assert [(q.text, q.unit) for q in read_quantities(text)] == [(printed, unit)]


@pytest.mark.parametrize(
    "text",
    ["In 2031 farms closed.", "Route 66 adds a lane.", "Avoided CO2 emissions grew.", "The 4711 Holdings own it."],
)  # fmt: skip
def test_a_number_before_a_verb_or_in_a_name_counts_nothing(text):
    assert not read_quantities(text)


def test_a_phase_is_no_whole_project():
    read = read_quantities(
        "项目规划装机300兆瓦，其中一期100兆瓦，年发电量1.5亿度；整个项目总投资12亿元。"
    )
    assert [(q.part, q.phase) for q in read] == [
        ("whole", None),
        ("phase", "1"),
        ("phase", "1"),
        ("whole", None),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "安装50台2MW风机，总装机100MW。",
        "共有6台单机容量30万千瓦的机组，总装机180万千瓦。",
        "The farm has 12 turbines of 8 MW each, 96 MW altogether.",
        "Sixty turbines, each rated at 7 MW, make up the 420 MW farm.",
    ],
)
def test_one_machine_is_no_whole_plant(text):
    powers = [q for q in read_quantities(text) if q.unit == "W"]
    assert sorted(q.part for q in powers) == ["unit", "whole"]


def test_ingots_and_wafers_are_not_one_product():
    # the total of the two is neither's
    read = read_quantities("将形成拉晶20GW、切片20GW，合计40GW的产能，年产硅片20亿片。")
    assert [q.technology for q in read] == ["ingot", "wafer", None, "wafer"]


def test_a_size_class_is_no_measurement():
    first = read_quantities("百万千瓦级光伏基地一期装机20万千瓦。")[0]
    assert (first.text, first.part, first.cmp) == ("百万千瓦级", "class", "~")


def test_what_the_project_is_compared_with_is_a_yardstick():
    read = read_quantities("The 150MW floating array is done. The previous largest was 40MW.")
    assert [q.part for q in read] == ["whole", "yardstick"]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("建成后年发电量可达12亿千瓦", 1.2e9, "kWh"),
        ("The 20 MW farm will produce 35,000 MW of electricity annually.", 3.5e7, "kWh"),
        ("a 200 MWh solar plant near the coast", 2e8, "W"),
    ],
)
def test_a_misprinted_unit_keeps_what_is_written_and_says_what_was_meant(text, value, unit):
    slip = next(q for q in read_quantities(text) if q.intended is not None)
    assert slip.intended.value == pytest.approx(value)
    assert slip.intended.unit == unit
    assert slip.unit != unit


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "2021年5月1日，第3座电站在Phase 2园区开工。",
        "G12 and M10 wafers, SG250HX inverters, CO2 and PM2.5.",
        "In 2021 homes were warm.",
        "千家万户 一流 统一 一是 百年大计",
        "Tel. 010 1234 5678, room 204",
        "Vi håller på att bygga",
        "9" * 400 + " GW",
    ],
)
def test_what_is_no_quantity_is_not_read(text):
    assert read_quantities(text) == ()


@pytest.mark.parametrize("bad", [None, b"40GW", 40, ["40GW"]])
def test_what_is_no_string_is_refused(bad):
    with pytest.raises(ReadError, match="wanted a string"):
        read_quantities(bad)


@pytest.mark.parametrize(
    ("text", "values", "unit"),
    [
        ("三家分别投资20亿、30亿和50亿元", [2e9, 3e9, 5e9], "CNY"),
        ("相当于4个多三峡电站", [4.0], "dimensionless"),
        ("The farm has 32 Siemens 3.6MW turbines.", [32.0, 3.6e6], None),
        ("strike price later 5.4p/kWh", [0.054], "GBP/kWh"),
        ("over 7 and a half million homes", [7.5e6], "household"),
        ("2500 million units a year", [2.5e9], "kWh"),
        ("新台幣120億元", [1.2e10], "TWD"),
        ("1.5亿度至2亿度", [(1.5e8, 2e8)], "kWh"),
        ("设计年均发电量4.0±0.2亿千瓦时", [(3.8e8, 4.2e8)], "kWh"),
        ("2×66万千瓦机组", [1.32e9], "W"),
        ("去年结余1亿多元", [1e8], "CNY"),
        ("园区产值有望破千亿，税收超百亿。", [1e11, 1e10], "CNY"),
        ("全年上网3200万干瓦时", [3.2e7], "kWh"),  # 干 misprinted for 千
        ("屋顶铺了3.8万片单面太阳能板", [3.8e4], "panel"),
        ("院落栽下600颗树", [600.0], "tree"),
        ("带来就业岗位逾3500个", [3500.0], "person"),
        ("全县已有光伏企业23家", [23.0], "count"),
        ("costing AUD$80-$95 million", [(8e7, 9.5e7)], "AUD"),
        ("5.5 US$ cents/kWh", [0.055], "USD/kWh"),
        ("coal use down by 2.4 lakh tones", [2.4e8], "kg"),
        ("it spans 310 square km", [3.1e8], "m**2"),
        ("118,700 solar home lighting systems", [], None),
        ("100 per cent of 12 Mt and 12 MT", [1.0, 1.2e10, 1.2e4], None),
    ],
)
def test_reads_what_the_press_prints_in_odd_forms(text, values, unit):
    read = read_quantities(text)
    assert [q.value for q in read] == [pytest.approx(value) for value in values]
    assert unit is None or {q.unit for q in read} == {unit}


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("creating 90 direct and indirect jobs", 90, "person"),
        ("with 15 more jobs to come", 15, "person"),
        ("it employs 240 staff", 240, "person"),
        ("30-45 FTE while building", (30, 45), "person"),
        ("power for 75,000 Californians", 75_000, "person"),
        ("opening 8,000 employment opportunities", 8_000, "person"),
        ("enough for 31,000 family homes", 31_000, "household"),
        ("with 640 single-axis sun trackers", 640, "count"),
        ("divided into 24 blocks", 24, "count"),
        ("55 street corner batteries were fitted", 55, "count"),
        ("two pressurised water reactors", 2, "count"),
        ("linked to three wind farms", 3, "count"),
    ],
)
def test_a_number_counts_the_noun_past_its_adjectives(text, value, unit):
    assert (one(text).value, one(text).unit) == (value, unit)


def test_a_machine_s_size_stands_between_its_number_and_its_noun():
    read = read_quantities(
        "It has 98,400 330-watt panels, 620 50kW inverters and four 60-MW units."
    )
    counts = [(q.value, q.unit) for q in read if q.unit != "W"]
    assert counts == [(98_400, "panel"), (620, "count"), (4, "count")]


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("The mine near Brisbane will pay $90 million.", "AUD"),
        ("The line in Ontario will take 40 million dollars.", "CAD"),
        ("The plant near Brisbane took US$90 million.", "USD"),
        ("彰化外海的風場斥資62億元。", "TWD"),
        ("彰化外海的风场斥资62亿元人民币。", "CNY"),
        ("The plant in Ohio will take $90 million.", "USD"),
        ("上网电价每度0.38元", "CNY/kWh"),
    ],
)
def test_money_is_that_of_the_country_a_text_is_about(text, unit):
    assert one(text).unit == unit


def test_a_text_with_both_dollars_means_the_american_by_the_bare_sign():
    read = read_quantities("The Brisbane plant cost A$40m, and a lender in Ohio gave $30m.")
    assert [q.unit for q in read] == ["AUD", "USD"]


@pytest.mark.parametrize(
    ("text", "kind", "per"),
    [
        ("The store has a thermal storage capacity of 900 MWh.", "other", "none"),
        ("上水库蓄满可存储电量1800万千瓦时", "other", "none"),
        ("年发电能力3.2亿千瓦时", "generation", "year"),
        ("工厂日产硅片30万片", "wafer_count", "day"),
        ("The output value is put at 4 billion yuan a year.", "money", "year"),
        ("The power sells at 0.31 yuan per unit sold.", "money", "none"),
        ("It added 40,000 gigawatts of clean electricity to the grid.", "generation", "year"),
        ("a mill with 60,000 MT of capacity", "other", "year"),
        ("Evaporation falls by 3 million cubic metres a year.", "other", "year"),
        ("The remaining 40 per cent of the electricity is sold.", "other", "none"),
    ],
)
def test_what_a_figure_is_by_the_words_beside_it(text, kind, per):
    assert (one(text).kind, one(text).per) == (kind, per)


def test_coal_and_carbon_in_one_sentence_keep_their_own_figures():
    read = read_quantities(
        "It cuts coal use by 2 million tonnes and CO2 emissions by 5 million tonnes."
    )
    assert [q.kind for q in read] == ["mass_coal", "mass_co2"]


def test_an_about_before_a_list_holds_for_all_of_it():
    read = read_quantities("其投资分别约12亿元、15亿元、9亿元。")
    assert [q.cmp for q in read] == ["~", "~", "~"]


def test_half_a_yardstick_is_a_ratio_and_half_a_month_an_idiom():
    (half,) = read_quantities("发电量相当于半个三峡电站，半个月就能装好。")
    assert (half.value, half.unit, half.kind) == (0.5, "dimensionless", "energy_ratio")


def test_a_month_s_year_counts_nothing():
    assert read_quantities("Since June 2022 unit 3 has been running.") == ()


@pytest.mark.parametrize(
    ("text", "cmp"),
    [
        ("将会超过600亿度", ">="),
        ("約600億度", "~"),
        ("600亿度左右", "~"),
        ("600亿度以上", ">="),
        ("不超过600亿度", "<="),
        ("可达600亿度", "="),
        ("up to 60 TWh", "<="),
        ("just over 60 TWh", ">="),
        ("just under 60 TWh", "<="),
        ("an estimated 60 TWh", "~"),
        ("will reach 60 TWh", "="),
        ("cheaper than before, lower than the 60 TWh", "="),
        ("约2290多亩", ">="),
        ("在2小时内充满", "<="),
        ("within 4 km of the site", "<="),
        ("for roads and more than $18 million", ">="),
        ("between 60 and 70 TWh", "range"),
        ("panels over 40 sq km", "="),
        ("covers over 40 sq km", ">="),
        ("paid back over 25 years", "="),
        ("runs for over 25 years", ">="),
    ],
)
def test_comparators_before_and_behind(text, cmp):
    assert one(text).cmp == cmp


@pytest.mark.parametrize(
    ("text", "per"),
    [
        ("年发电量3亿度", "year"),
        ("累计发电3亿度", "total"),
        ("上半年发电3亿度", "half-year"),
        ("日均发电30万度", "day"),
        ("风机每转一圈发电30度", "none"),
        ("generates 3 TWh per annum", "year"),
        ("has generated 3 TWh to date", "total"),
        ("generates 3 GWh a day", "day"),
        ("12,000 homes a year", "year"),
        ("12,000 homes", "none"),
    ],
)
def test_periods(text, per):
    assert one(text).per == per


def test_a_saving_over_its_life_is_a_total_and_each_year_is_not():
    total, years = read_quantities("It will cut 400,000 tonnes of CO2 over the next 25 years.")
    assert (total.per, years.unit) == ("total", "year")
    yearly = read_quantities("It will cut 16,000 tonnes of CO2 a year over its 25-year life.")[0]
    assert yearly.per == "year"


def test_half_the_last_printed_digit_is_the_resolution():
    # 23390万: the last digit is one 万, half of it 5000 kWh; 2.4亿: 0.05亿
    assert one("年均发电量23390万千瓦时").resolution == pytest.approx(5e3)
    assert one("年上网电量2.4亿千瓦时").resolution == pytest.approx(5e6)


def test_folding_keeps_the_callers_offsets():
    text = "總裝機１２０ＭＷ，年發電１．６億度。"
    assert [(q.text, q.value) for q in read_quantities(text)] == [
        ("１２０ＭＷ", 1.2e8),
        ("１．６億度", 1.6e8),
    ]


def test_markup_and_control_characters_leave_spans_right():
    text = "<p>装机<b>40GW</b>\u200f\x00，年发电\ud800600亿度</p>"
    assert [q.text for q in read_quantities(text)] == ["40GW", "600亿度"]


def check_invariants(text):
    end = 0
    for number, q in enumerate(read_quantities(text)):
        assert q.id == number
        assert end <= q.start < q.end <= len(text)
        assert q.text == text[q.start : q.end]
        end = q.end


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_read_without_an_exception(text):
    check_invariants(text)


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, len(OWN) - 1), st.integers(0, 200), st.integers(0, 200)),
        max_size=5,
    )
)
def test_spliced_sentences_are_read_without_an_exception(pieces):
    check_invariants("".join(OWN[n]["text"][min(a, b) : max(a, b)] for n, a, b in pieces))


@settings(max_examples=100, deadline=None)
@given(
    st.text(
        st.sampled_from(
            "0123456789,.，。 -~至和$¥%亿万千百十一二三两半多余年月天个户片度台GWkhm/()（）约超abcdefor half a million"
        ),
        max_size=80,
    )
)
def test_any_jumble_of_its_own_words_is_read_without_an_exception(text):
    check_invariants(text)


NOISE = {
    "digits": "7", "亿": "亿", "spaces": " ", "commas": ",", "年": "年", "brackets": "(",
    "lines": "\n", "pairs": "1,", "groups": "1,111,", "lakhs": "12,34,", "words": "one and ",
    "money": "$5", "power": "5GW ", "adjectives": "5 big ", "一": "和一",
    "plants": "The Alder wind farm has 90 MW. The Brae solar park has 40 MW. ", "shares": "5 % of ",
    "phases": "phases 1 and 2 of 5 MW each, ",
}  # fmt: skip


@pytest.mark.parametrize("name", NOISE)
def test_reading_time_grows_no_faster_than_the_text(name):
    def seconds(size):
        text = (NOISE[name] * size)[:size]
        begin = time.process_time()
        read_quantities(text)
        return time.process_time() - begin

    # eight times the text within thirty-two times the time: quadratic growth needs sixty-four
    assert seconds(80_000) < 32 * max(seconds(10_000), 2e-3)


def test_random_characters_read_in_linear_time():
    rng = random.Random(4)
    text = "".join(chr(rng.randrange(32, 0xD7FF)) for _ in range(50_000))
    check_invariants(text)


def test_a_total_behind_each_is_the_whole():
    read = read_quantities(
        "Six units of 300 MW each for a total of 1.8 GW will make 7.2 TWh a year."
    )
    sizes = [(q.text, q.part) for q in read if q.kind == "capacity"]
    assert sizes == [("300 MW", "unit"), ("1.8 GW", "whole")]


def test_what_a_plant_is_twice_the_size_of_is_a_yardstick():
    read = read_quantities(
        "The dam would deliver 42 GW, twice the size of the 22.5 GW Three Gorges Dam."
    )
    assert [q.part for q in read if q.kind == "capacity"] == ["whole", "yardstick"]


def test_a_sign_between_two_numbers_is_of_the_second():
    assert [q.text for q in read_quantities("The dam took 1.3 million US$7")] == ["US$7"]


def test_a_search_that_starts_before_the_text_starts_with_it():
    # words are looked for in so many characters before a figure, which may be more than there are
    assert re.compile("a").search("ab", 1 - 24, 1).span() == (0, 1)


def test_a_tree_of_letters_finds_the_words_it_is_made_of_and_no_others():
    pattern = re.compile(any_of(("china", "chinese mainland", "chile", "uk")))
    assert pattern.findall("chile, china, the chinese mainland, uk, chin") == [
        "chile",
        "china",
        "chinese mainland",
        "uk",
    ]
