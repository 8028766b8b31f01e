"""Shares, and years, of a province's, state's or city's electricity."""

import pytest

from wafer_calc import facts
from wafer_calc.claims import check, read_quantities
from wafer_calc.claims.reading.regions import in_chinese
from wafer_calc.claims.records import REGION

CASES = [
    # Guangdong used 692.5 TWh in 2020: a tenth is 69
    ("The six reactors made 70 TWh in 2020, a tenth of Guangdong's electricity demand.", "2021-06", 700.0, "holds_if"),
    ("The six reactors made 7 TWh in 2020, a tenth of Guangdong's electricity demand.", "2021-06", 70.0, "does_not_hold"),
    # Shanghai used 148.6 TWh in 2016
    ("The dams made 300 TWh last year, what Shanghai's power needs are for two years.", "2017-06", 150.0, "holds_if"),
    ("The dams made 1,000 TWh, seven times the electricity Shanghai used in 2016.", "2017-06", 142.9, "holds_if"),
    ("The base in Liaoning makes 48 TWh a year, 20 percent of the province's consumption.", "2021-06", 240.0, "holds_if"),
    ("New plants in Gansu gave 40 TWh this year, 26 percent of its total electricity generation.", "2021-12", 153.8, "holds_if"),
    ("The solar farm will make 2.5 TWh a year, one percent of the electricity used in California.", "2019-06", 250.0, "holds_if"),
    ("该基地年发电量600亿千瓦时，占浙江省全社会用电量的10%左右。", "2022-05", 600.0, "holds_if"),
    ("该基地年发电量60亿千瓦时，占浙江省全社会用电量的10%左右。", "2022-05", 60.0, "does_not_hold"),
    ("青海一电站年发电量35亿千瓦时，可满足全省5%的用电需求。", "2014-06", 70.0, "holds_if"),
    ("几座电站年发电量3000亿千瓦时，可满足上海市两年的用电量。", "2017-06", 150.0, "holds_if"),
    ("預計年發電量130億度，相當於福建省2013年用電總量的7.6%。", "2014-06", 171.1, "holds_if"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "on", "twh", "rating"), CASES)
def test_a_share_of_a_region_is_held_against_what_it_uses(text, on, twh, rating):
    told = [s for s in check(text, on=on).statements if s.relation == "implied_yardstick"]
    assert [s.rating for s in told] == [rating]
    assert told[0].main
    assert told[0].value / 1e9 == pytest.approx(twh, rel=1e-3)


@pytest.mark.parametrize(
    "text",
    [
        "It makes 1.3 TWh a year, enough for 12 % of California's households.",
        "It has 500 MW, a tenth of the wind capacity installed in Texas.",
        "It makes 2 TWh, 40 percent of the solar power of Gujarat.",
        "Its owner is at home in Ontario and holds 30 % of the power company.",
        "It saves 20 percent of the energy that the mill in Ohio used.",
        "该电站年发电量3亿千瓦时，可满足合肥市5%的居民用电。",
        "该项目由上海一公司建设，持股60%，年发电量3亿千瓦时。",
    ],
)
def test_shares_of_something_else_measure_by_no_region(text):
    assert not [q for q in read_quantities(text) if (q.yardstick or "").startswith(REGION)]


def test_a_region_of_which_nothing_is_known_is_told_so():
    found = check(
        "The plant makes 2 TWh a year, a tenth of Melbourne's power demand.", on="2015-03"
    )
    one = next(s for s in found.statements if s.relation == "implied_yardstick")
    assert one.rating == "cannot_check"


def test_the_reason_can_be_repeated():
    found = check("The dams made 70 TWh, a tenth of Guangdong's electricity demand.", on="2021-06")
    one = next(s for s in found.statements if s.relation == "implied_yardstick")
    assert "Guangdong" in one.reason
    assert "692.5 TWh × 0.85–1.2 = 588.6–831 TWh" in one.reason


def test_every_region_with_figures_can_be_named():
    regions = {fact.tags["region"] for fact in facts.find("region.consumption").facts}
    unnamed = {
        "Dadra and Nagar Haveli and Daman and Diu",
        "Georgia",
        "Highland",
        "Hull",
        "Newport",
        "Punjab",
        "Singapore",
        "York",
    }
    for region in regions - unnamed:  # whose names are other things' too, or a country's
        said = f"It gives 5 % of the electricity used in {region} a year."
        assert [q.yardstick for q in read_quantities(said)] == [REGION + region], region


def test_regions_have_chinese_names():
    assert in_chinese("Gansu") == "甘肃"
    assert in_chinese("Utopia") == "Utopia"
