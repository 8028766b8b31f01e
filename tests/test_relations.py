import pytest

from wafer_calc import facts
from wafer_calc.claims.currency import CURRENCIES
from wafer_calc.claims.references import Moment, collect, conversion
from wafer_calc.claims.relations import query, relations, settings
from wafer_calc.claims.wording import words

GUIDE = ["full_load_hours", "watt_per_wafer", "yuan_per_wafer", "yuan_per_watt", "investment_per_watt", "yuan_per_kwh", "coal_per_kwh", "co2_per_kwh", "co2_per_coal", "kwh_per_household", "kwh_per_person", "implied_yardstick", "stated_ratio_check", "units_times_size_over_total", "parts_over_total", "watt_per_panel", "m2_per_kw", "co2_per_car", "capacity_ratio", "fx_cny_per_usd"]  # fmt: skip
PLANTS = ("pv", "wind", "offshore_wind", "hydro", "nuclear", "csp")


def test_the_twenty_relations_have_a_row_with_a_title_in_both_languages():
    for name in GUIDE:
        assert set(relations()[name].title) == {"en", "zh"}


def test_every_query_of_the_table_finds_facts_of_its_unit():
    keys = set(facts.keys())
    for relation in relations().values():
        for scope in relation.scopes:
            for one in (*scope.default, *scope.alternatives):
                if one.derived or "{yardstick}" in one.key:
                    continue
                names = scope.technologies or ("",)
                made = [one.key.replace("{technology}", name) for name in names]
                known = [key for key in made if key in keys]
                assert known, f"{relation.name}: no fact has any of {made}"
                for fact in facts.find(known[0]):
                    money = fact.unit.partition("/")[0] in CURRENCIES
                    if fact.unit and not money:
                        assert conversion(fact.unit, relation.fact_unit) > 0


@pytest.mark.parametrize("technology", PLANTS)
@pytest.mark.parametrize("country", ["China", "UK", "US", "India", "Germany", "Atlantis", None])
def test_the_hours_of_every_technology_have_a_reach_everywhere(technology, country):
    found = collect(relations()["full_load_hours"], technology, country, Moment(on="2022-07"))
    assert found
    assert max(a.high for a in found) <= 8760


@pytest.mark.parametrize("year", [2008, 2012, 2016, 2020, 2024])
def test_every_year_knows_coal_carbon_dioxide_homes_and_wafers(year):
    for name in ("coal_per_kwh", "co2_per_kwh", "co2_per_coal", "kwh_per_household"):
        found = collect(relations()[name], "pv", "China", Moment(on=str(year)))
        assert found, f"{name} in {year}"
    assert collect(relations()["watt_per_wafer"], "wafer", "China", Moment(on=str(year)))


def test_a_strict_relation_knows_no_later_publication():
    moment = Moment(on="2021-12")
    found = collect(relations()["implied_yardstick"], None, None, moment, "three_gorges")
    assert all(moment.known(fact) for a in found for fact in a.facts)
    assert found[0].year == 2020  # 2021's output came out in February 2022


def test_a_past_year_may_come_from_a_later_source_and_says_so():
    # the official Chinese factors of 2021 and 2022 appeared in 2024
    found = collect(relations()["co2_per_kwh"], "pv", "China", Moment(on="2023-02"))
    assert any(a.later for a in found)
    assert all(a.facts[0].period != 2023 for a in found if a.later)


def test_a_country_without_facts_is_judged_by_the_world():
    found = collect(relations()["full_load_hours"], "wind", "Atlantis", Moment(on="2022"))
    assert {a.facts[0].tags.get("country") for a in found} == {"World"}


def test_a_policy_does_not_count_as_a_reference():
    found = collect(relations()["full_load_hours"], "pv", "China", Moment(on="2022-07"))
    policies = [a for a in found if a.facts[0].kind == "policy"]
    assert policies
    assert not any(a.counts for a in policies)


def test_slips_have_names_in_both_languages():
    for row in settings("repair"):
        assert row["factor"] > 1
        assert row["en"]
        assert row["zh"]


def test_what_is_no_field_of_a_query_is_a_label():
    made = query({"key": "wafer.price", "format": "G12", "latest": True, "kinds": ["reported"]})
    assert made.tags == {"format": "G12"}
    assert made.latest
    assert made.kinds == ("reported",)


def test_both_languages_have_the_same_phrases():
    zh, en = words("zh"), words("en")
    assert set(zh) == set(en)
    assert set(zh["key"]) == set(en["key"])
    assert set(zh["rating"]) == set(en["rating"])
    for name, phrase in zh.items():
        if isinstance(phrase, str):
            assert phrase.count("{") == en[name].count("{"), name


def test_every_key_of_the_table_has_a_name_in_both_languages():
    for relation in relations().values():
        for scope in relation.scopes:
            for one in (*scope.default, *scope.alternatives):
                for technology in scope.technologies or ("",):
                    key = one.key.replace("{technology}", technology)
                    if key and "{" not in key and facts.has(key):
                        assert key in words("zh")["key"], key


def test_no_figure_of_a_year_to_come_is_used_where_earlier_ones_are_known():
    for name in ("investment_per_watt", "co2_per_kwh", "kwh_per_household", "full_load_hours"):
        for technology in ("pv", "wafer", "wind"):
            found = collect(relations()[name], technology, "China", Moment(on="2022-08"))
            years = [a.year for a in found if a.year is not None and a.facts[0].kind != "policy"]
            assert all(year <= 2022 for year in years), (name, technology, years)
