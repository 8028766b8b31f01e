import json
from dataclasses import replace

import pytest

from wafer_calc.assumptions.stations import station_group
from wafer_calc.claims.checking import check
from wafer_calc.claims.needs import needed_values
from wafer_calc.claims.odds import Question, odds_of, tenths
from wafer_calc.claims.records import TextQuantity

TEXT = "包头40GW单晶硅项目年产40亿片，全部制成光伏电站后年发电量超过600亿度"

FORTY = Question(
    capacity_kw=40e6, energy_kwh=60e9, threshold_kwh=60e9, upper=False, factory=True,
    country="China", province="Inner Mongolia", wafers=4e9, project=0, lang="en", on="2022-07",
)  # fmt: skip


def quantity(**fields):
    known = {
        "start": 0, "end": 1, "text": "", "resolution": 0.0, "per": "none", "cmp": "=",
        "entity": "project", "place": "China",
    }  # fmt: skip
    made = known | fields
    return TextQuantity(**({"number": made["value"]} | made))


def claim(hours=1500.0, cmp=">=", **fields):
    per = fields.pop("per", "year")
    return [
        quantity(id=0, value=40e9, unit="W", kind="capacity", per=per, technology="pv", **fields),
        quantity(id=1, value=40e6 * hours, unit="kWh", kind="generation", per="year", cmp=cmp,
                 technology="pv", **fields),
    ]  # fmt: skip


def test_odds_of_forty_gigawatts_class_by_class():
    odds, sources = odds_of(FORTY)
    by_name = {one.reference_class: one for one in odds}
    assert list(by_name) == [
        "the Chinese fleet of 2021",
        "plants at north-western stations",
        "plants at Inner Mongolia stations",
        "single-axis trackers at Inner Mongolia stations",
    ]
    fleet, north_west, own, trackers = by_name.values()
    assert fleet.probability < 0.001
    assert fleet.sites is None
    assert 0.2 < north_west.probability < own.probability < trackers.probability < 1.0
    assert trackers.probability > 0.8
    assert (north_west.sites, own.sites) == (17, 14)
    for one in odds:
        assert one.needed == 1500.0
        assert one.p10_twh < one.p50_twh < one.p90_twh
        assert set(one.sources) <= {source.id for source in sources}


def test_the_fleet_makes_what_the_facts_say():
    fleet = odds_of(FORTY)[0][0]
    # 40 GW at 1166 to 1281 h per registered kW are 46.6 to 51.2 TWh, and 1.2 times less if that
    # is AC; the middle of all of it lies near 46
    assert 45 < fleet.p50_twh < 48
    assert fleet.decided_by == "DC or AC basis"


def test_a_share_of_sites_is_told_from_the_odds_of_a_portfolio():
    north_west = odds_of(FORTY)[0][1]
    assert north_west.sentence.startswith(
        f"plants at north-western stations: {north_west.sites_reaching} of 17 stations reach "
        f"1500 kWh/kW; {tenths(north_west.probability, 'en')} for a portfolio of 40 GW there; "
    )
    assert "irradiation data moves the answer most (±" in north_west.sentence


def test_sentences_in_chinese():
    odds, _ = odds_of(replace(FORTY, lang="zh"))
    assert odds[0].sentence.startswith("2021年中国光伏电站整体：建40吉瓦，不到半成把握；")
    assert "成把握" in odds[1].sentence
    assert "对结果影响最大" in odds[1].sentence


def test_the_swing_is_that_of_the_input_alone():
    own = odds_of(FORTY)[0][2]
    # resource data of 6 %: from its 10 % to its 90 % quantile 1.2816 · 6 % to either side
    assert own.decided_by == "irradiation data"
    assert own.swing_twh == pytest.approx(1.2816 * 0.06 * own.p50_twh, rel=0.01)


def test_an_upper_limit_has_the_other_odds():
    at_least, _ = odds_of(FORTY)
    at_most, _ = odds_of(replace(FORTY, upper=True))
    for one, other in zip(at_least, at_most, strict=True):
        assert one.probability + other.probability == pytest.approx(1.0)
        if one.sites is not None:
            assert one.sites_reaching + other.sites_reaching == one.sites


@pytest.mark.parametrize(
    ("probability", "en", "zh"),
    [
        (0.0, "under 1 in 20", "不到半成把握"),
        (0.049, "under 1 in 20", "不到半成把握"),
        (0.05, "about 1 in 10", "约有1成把握"),
        (0.62, "about 6 in 10", "约有6成把握"),
        (0.95, "about 9 in 10", "约有9成把握"),
        (0.951, "over 19 in 20", "超过九成半把握"),
    ],
)
def test_odds_are_told_in_tenths(probability, en, zh):
    assert (tenths(probability, "en"), tenths(probability, "zh")) == (en, zh)


def test_what_each_input_would_have_to_be():
    made = {one.input: one for one in needed_values(FORTY)}
    assert list(made) == [
        "full_load_hours", "insolation", "performance_ratio", "capacity_dc", "power_per_wafer",
        "share_of_good_sites",
    ]  # fmt: skip
    # 60 TWh / 40 GW
    assert made["full_load_hours"].value == pytest.approx(1500.0)
    # 1500 kWh/kW at a ratio of 0.80
    assert made["insolation"].value == pytest.approx(1875.0)
    assert made["insolation"].sentence == (
        "60 TWh needs 1875 kWh/m² in the plane of the modules with a performance ratio of 0.800"
    )
    fleet = odds_of(FORTY)[0][0].p50_twh / 40  # TWh per GW, thousand hours
    assert made["capacity_dc"].value == pytest.approx(60e6 / fleet)
    # 52 GW / 4 billion wafers = 13.0 W, the most that the largest wafer could ever make
    assert made["power_per_wafer"].value is None
    assert made["power_per_wafer"].sentence.startswith(
        "no power per wafer up to 13.0 W/wafer gives"
    )
    trackers = odds_of(FORTY)[0][3].p50_twh / 40
    share = made["share_of_good_sites"].value
    assert share * trackers + (1 - share) * fleet == pytest.approx(1.5)


def test_a_claim_out_of_reach_says_so():
    made = {one.input: one for one in needed_values(replace(FORTY, energy_kwh=400e9))}
    # 40 GW · 8760 h = 350 TWh
    assert made["full_load_hours"].value is None
    assert made["full_load_hours"].sentence == (
        "no full-load hours up to 8760 gives 400 TWh with 40 GW: at most 350.4 TWh"
    )
    assert made["share_of_good_sites"].value is None
    assert made["capacity_dc"].value == pytest.approx(400e9 / 1153, rel=0.01)


def test_a_fact_check_carries_odds_and_keeps_its_rating():
    with_odds, without = (
        check(claim(), on="2022-07"),
        check(claim(), on="2022-07", probability=False),
    )
    assert with_odds.verdict.rating == without.verdict.rating == "holds_if"
    assert with_odds.statements == without.statements
    assert with_odds.scenarios == without.scenarios
    assert (without.odds, without.needed_values, without.verdict.probability) == ((), (), None)
    north_west = with_odds.odds[1]
    assert with_odds.verdict.probability == pytest.approx(north_west.probability, abs=1e-3)
    assert with_odds.verdict.reference_class == (
        f"a portfolio of 40 GW, plants at north-western stations; "
        f"{north_west.sites_reaching} of 17 stations reach it"
    )
    cited = {source["id"] for source in with_odds.sources}
    assert all(set(one.sources) <= cited for one in with_odds.odds)


def test_the_text_names_the_province():
    names = [one.reference_class for one in check(TEXT, on="2022-07").odds]
    assert names[2:] == ["内蒙古各站点的固定式电站", "内蒙古各站点的单轴跟踪电站"]


def test_a_plant_has_its_own_country_and_no_better_place():
    made = check(claim(per="none"), on="2022-07").odds
    assert [one.reference_class for one in made] == ["the Chinese fleet of 2021"]
    assert check(claim(per="none"), on="2022-07").verdict.reference_class == (
        "40 GW of the Chinese fleet of 2021"
    )
    german = check(claim(hours=900.0, per="none", place="Germany"), on="2022-07")
    assert [one.reference_class for one in german.odds] == ["the German fleet of 2021"]


def test_without_a_class_there_are_no_odds():
    assert check(claim(per="none", place="Atlantis"), on="2022-07").odds == ()
    wind = [replace(one, technology="wind") for one in claim(hours=2200.0, per="none")]
    assert check(wind, on="2022-07").verdict.probability is None
    impossible = check(claim(hours=9000.0), on="2022-07")
    assert impossible.verdict.rating == "impossible"
    assert impossible.odds == ()


def test_scenarios_of_many_plants_have_a_spread_and_single_numbers_none():
    rows = {row.name: row for row in check(claim(), on="2022-07").scenarios}
    fixed = rows["Inner Mongolia, fixed plants, mean of 14 stations"]
    assert fixed.p10_twh < fixed.energy_twh < fixed.p90_twh
    assert rows["China, all PV, 2021"].p10_twh is None


def test_the_document_has_the_verdicts_odds_and_tables_have_the_rest():
    made = check(claim(), on="2022-07")
    document = json.loads(json.dumps(made.to_dict()))
    assert document["verdict"]["probability"] == made.verdict.probability
    assert document["verdict"]["reference_class"] == made.verdict.reference_class
    odds = made.to_dataframe("odds")
    assert odds["reference_class"].tolist() == [one.reference_class for one in made.odds]
    assert odds["probability_fraction"].between(0, 1).all()
    needed = made.to_dataframe("needed_values").set_index("input")
    assert needed.loc["full_load_hours", "value"] == pytest.approx(1500.0)


def test_stations_are_counted_against_the_printed_figure():
    for one in check(claim(), on="2022-07").odds[1:]:
        group = station_group("north-western")
        reach = sum(value >= 1500 for value in group.yields)
        assert (one.needed, one.sites_reaching) == (pytest.approx(1500.0), reach)


def test_of_a_range_the_lower_end_is_asked_for():
    capacity, energy = claim()
    made = check([capacity, replace(energy, value=(56e9, 64e9), cmp="range")], on="2022-07")
    assert made.odds[0].needed == pytest.approx(1400.0)
