import datetime
import re
import subprocess
import sys
from collections import Counter
from math import isclose

import pytest

from wafer_calc import facts
from wafer_calc.errors import ReadError, UnknownNameError
from wafer_calc.facts import lookup
from wafer_calc.tables import plain, read_table
from wafer_calc.units import ureg

ALL = facts.all_facts()
KINDS = {"measured", "reported", "standard", "policy", "plan", "derived", "assumption"}
DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
REGISTRIES = ("pypi.", "npmjs.", "registry.", "huggingface.", "crates.io", "docker.")


def names(found):
    return [f"{fact.key} {fact.period} {fact.tags} {fact.source.id}" for fact in found]


def month(text):
    return int(text[:4]) * 12 + (int(text[5:7]) if len(text) > 4 else 12)


# ---- every fact is sound


def test_every_unit_is_one_of_the_registry_and_holds_no_period():
    for fact in ALL:
        ureg.Unit(fact.unit)
        assert "year" not in fact.unit, fact
        assert fact.per in (None, "year"), fact


def test_low_and_high_hold_the_value():
    wrong = [
        fact
        for fact in ALL
        if (fact.low is not None and fact.low > fact.value)
        or (fact.high is not None and fact.high < fact.value)
    ]
    assert names(wrong) == []


def test_every_source_has_title_publisher_and_date():
    for fact in ALL:
        assert fact.source.title.strip(), fact
        assert fact.source.publisher.strip(), fact
        assert fact.source.date is not None, fact
        assert DATE.fullmatch(fact.source.date), fact
        assert DATE.fullmatch(fact.published), fact


def test_a_date_before_the_source_s_own_is_explained():
    early = [f for f in ALL if facts.known_from(f) < month(f.source.date or "") and not f.note]
    assert names(early) == []


def test_no_address_leads_to_a_registry_or_into_a_machine():
    for fact in ALL:
        url = fact.source.url or "https://"
        assert url.startswith(("http://", "https://")), fact
        assert not any(host in url for host in REGISTRIES), fact
        assert "/tmp/" not in url, fact


def test_one_source_id_means_one_source_in_every_topic():
    seen = {}
    for fact in ALL:
        assert seen.setdefault(fact.source.id, fact.source) == fact.source


def test_no_figure_stands_twice():
    count = Counter(
        (f.key, f.period, tuple(sorted(f.tags.items())), f.scope, f.basis, f.unit, f.source.id)
        for f in ALL
    )
    assert [key for key, n in count.items() if n > 1] == []


def test_kinds_and_confidence_are_legal():
    assert {fact.kind for fact in ALL} <= KINDS
    assert {fact.confidence for fact in ALL} <= {"high", "medium", "low"}
    assert {fact.basis for fact in ALL} <= {None, "dc", "ac", "as_registered"}


def test_what_was_derived_or_assumed_says_how():
    silent = [f for f in ALL if f.kind in ("derived", "assumption") and not f.note]
    assert names(silent) == []


def test_full_load_hours_carry_a_basis_a_country_and_a_series():
    for fact in ALL:
        if fact.key.endswith(".full_load_hours") and not fact.key.startswith("range."):
            assert fact.basis, fact
            assert fact.tags.keys() >= {"country", "series", "method"}, fact
            assert 0 < fact.value <= 8760, fact


def test_fractions_are_fractions():
    for fact in ALL:
        if fact.unit == "" and not fact.key.startswith(("range.fx", "pv.dc_ac_ratio")):
            assert -1 <= fact.value <= 1, fact


def test_a_derived_quotient_gives_the_value_it_is_noted_for():
    # notes such as "4695 GWh / 2.304 GW" and "327.0 TWh / mean(253.56, 306.56) GW", recomputed
    number = r"([\d.]+)"
    checked = 0
    for fact in ALL:
        if not fact.key.endswith("hours") or fact.note is None:
            continue
        mean = re.match(rf"{number} TWh(?: \([^)]*\))? / mean\({number}, {number}\) GW", fact.note)
        quotient = re.match(rf"{number} (TWh|GWh) / {number} (GW|MW)", fact.note)
        percent = re.match(rf"{number} % of 8760 h", fact.note)
        if mean:
            energy, first, second = map(float, mean.groups())
            hours = energy * 1e3 / ((first + second) / 2)
        elif quotient:
            scale = {"TWh": 1e3, "GWh": 1.0}[quotient[2]] / {"GW": 1.0, "MW": 1e-3}[quotient[4]]
            hours = float(quotient[1]) * scale / float(quotient[3])
        elif percent:
            hours = float(percent[1]) * 87.6
        else:
            continue
        checked += 1
        assert isclose(hours, fact.value, rel_tol=2e-3), (fact, hours)
    assert checked > 40


# ---- figures, by hand


@pytest.mark.parametrize(
    ("key", "asked", "value"),
    [
        ("three_gorges.capacity", {"period": 2012}, 22.5),
        ("three_gorges.design_generation", {}, 88.2),
        ("three_gorges.generation", {"period": 2008}, 80.31 + 0.50),  # units and service station
        ("three_gorges.generation", {"period": 2010}, 78.29 / (1 - 0.072)),
        ("three_gorges.generation", {"period": 2013}, 711.97 - 629.1),
        ("three_gorges.generation", {"period": 2020}, 111.8),
        ("three_gorges.generation", {"period": 2022}, 80.271 / 1.0188),
        ("pv.full_load_hours", {"country": "China", "series": "large", "period": 2021}, 1281),
        ("pv.full_load_hours", {"country": "China", "series": "all", "period": 2021}, 1166),
        ("pv.guaranteed_hours", {"zone": "class_1"}, 1500),
        ("pv.plant_hours", {"plant": "kubuqi"}, 4.1e3 / 2),
        ("wafer.side", {"format": "G12"}, 210),
        ("wafer.diameter", {"format": "M10"}, 247),
        ("wafer.area", {"format": "G12"}, 440.96),
        ("silicon.efficiency_limit", {}, 0.294),
        ("wafer.price", {"format": "G12", "vat": "excl", "doping": "p", "country": "China"}, 8.70),
        ("shuangliang.planned_revenue", {"phase": "1+2"}, 10.8e9 + 12.6e9),
        ("shuangliang.planned_revenue", {"phase": "module"}, 30e9),
        ("year.hours", {}, 365 * 24),
    ],
)
def test_a_figure_is_what_its_source_says(key, asked, value):
    assert facts.find(key, **asked).best.value == pytest.approx(value, rel=1e-3)


BANDS = {
    "coal.per_kwh": ("coal_per_kwh", {}),
    "fx.aud_per_usd": ("fx", {"pair": "AUD/USD"}),
    "fx.cny_per_usd": ("fx", {"pair": "CNY/USD"}),
    "fx.eur_per_usd": ("fx", {"pair": "EUR/USD"}),
    "fx.inr_per_usd": ("fx", {"pair": "INR/USD"}),
    "fx.usd_per_gbp": ("fx", {"pair": "USD/GBP"}),
    "grid.co2_factor": ("co2_per_kwh", {"grid": "any", "thermal": "any"}),
    "household.consumption": ("kwh_per_household", {}),
    "module.power": ("watt_per_panel", {}),
    "person.consumption": ("kwh_per_person", {}),
    "wafer.price": ("yuan_per_wafer", {}),
} | {
    f"{technology}.full_load_hours": ("full_load_hours", {"technology": technology})
    for technology in ("coal", "csp", "hydro", "nuclear", "offshore_wind", "pv", "wind")
}


@pytest.mark.parametrize("key", BANDS)
def test_what_was_measured_lies_in_the_band_of_its_relation(key):
    """Of the fact's own country, or of the world; of the last band that began by its year."""
    name, said = BANDS[key]
    bands = tuple(facts.find(f"range.{name}"))
    units = {band.unit for band in bands}
    outside = []
    for fact in facts.find(key):
        if units.isdisjoint((fact.unit, "")):
            assert fact.unit == "USD/wafer"
            continue
        if fact.kind == "policy":
            continue  # a convention, which nobody measured
        tags = {"country": "World"} | dict(fact.tags) | said
        tags["fuel"] = said.get(tags.get("fuel", ""), tags.get("fuel"))
        tags.setdefault("use", "total")
        fits = [
            band
            for band in bands
            if band.unit in (fact.unit, "")
            and all(tags[tag] == kept for tag, kept in band.tags.items() if tag != "country")
        ]
        here = [band for band in fits if band.tags.get("country") == tags["country"]]
        here = here or [band for band in fits if band.tags.get("country", "World") == "World"]
        year = str(fact.period or fact.published)[:4]
        begun = [band for band in here if not band.period or str(band.period) <= year]
        band = max(begun, key=lambda band: str(band.period))
        if not band.low <= fact.value <= band.high:
            outside.append((fact.period, dict(fact.tags), fact.value, band.low, band.high))
    assert not outside


def test_pounds_per_dollar_and_dollars_per_pound_are_one_series():
    for pounds in facts.find("fx.gbp_per_usd"):
        dollars = facts.find("fx.usd_per_gbp", period=pounds.period)
        years = [fact.value for fact in dollars if fact.period == pounds.period]
        assert isclose(years[0] * pounds.value, 1, rel_tol=1e-3)


def test_three_gorges_has_every_year_from_2008_to_2023():
    assert {f.period for f in facts.find("three_gorges.generation")} >= set(range(2008, 2024))


def test_pv_hours_of_a_dozen_countries_in_2021():
    found = facts.find("pv.full_load_hours", period=2021, series="all")
    assert len({fact.tags["country"] for fact in found} - {"World"}) >= 12


# ---- what was known when


def test_a_verdict_of_july_2022_sees_2021_and_not_2022():
    known = facts.find("three_gorges.generation", on="2022-07")
    assert known.best.period == 2021
    assert known.best.value == pytest.approx(103.649, abs=0.05)
    assert max(int(fact.period) for fact in known) == 2021
    unknown = facts.later("three_gorges.generation", on="2022-07")
    assert {fact.period for fact in unknown} >= {2022, 2023}


def test_what_came_out_during_the_month_is_known():
    # pv magazine printed Zhonghuan's list on 22 July 2022
    asked = {"format": "G12", "vat": "incl", "doping": "p", "period": "2022-07-22"}
    assert facts.find("wafer.price", on="2022-07-01", **asked).best.value == 9.83
    assert facts.find("wafer.price", on=datetime.date(2022, 7, 1), **asked)
    assert not facts.find("wafer.price", on="2022-06-30", **asked)


def test_a_fact_dated_by_its_year_counts_from_the_year_s_end():
    # the firm's 40 GW page bears no date but 2022
    assert not facts.find("shuangliang.energy_claim", on="2022-11")
    assert facts.find("shuangliang.energy_claim", on="2022-12")
    assert facts.find("shuangliang.energy_claim", on="2022")


def test_find_and_later_part_the_facts_between_them():
    for key in ("wafer.price", "grid.co2_factor", "capacity"):
        whole = facts.find(key).facts
        parts = facts.find(key, on="2020-03").facts + facts.later(key, on="2020-03").facts
        assert sorted(names(parts)) == sorted(names(whole))


def test_nothing_known_is_empty_and_its_best_says_what_to_do():
    none = facts.find("three_gorges.generation", period=2021, on="2020-01")
    assert not none
    with pytest.raises(UnknownNameError, match=r"nothing fits .* by the end of 2020-01"):
        _ = none.best


def test_two_sources_that_differ_both_stand_and_are_told():
    # wafers made in China in 2023: 668.3, 622 and 590 GW
    output = facts.find("industry.output", product="wafer", country="China", period=2023)
    assert {fact.value for fact in output} == {668.3, 622.0, 590.0}
    assert output.differ
    # 98.8 and 98.816 TWh in 2014 are one figure, rounded
    assert not facts.find("three_gorges.generation", period=2014).differ
    # the bank units' own figure of 2009 has a scope of its own
    assert not facts.find("three_gorges.generation", period=2009).differ


def test_the_best_fact_is_of_the_latest_period_and_the_surest():
    hours = facts.find("pv.full_load_hours", country="China", series="all", method="published")
    assert hours.best.kind == "reported"
    two = facts.find("pv.full_load_hours", country="China", series="all", period=2021)
    assert [fact.confidence for fact in two] == ["high", "medium"]


# ---- asking amiss


def test_an_unknown_key_names_the_nearest():
    with pytest.raises(UnknownNameError, match="three_gorges.generation"):
        facts.find("three_gorges.genaration")


def test_a_known_topic_with_an_unknown_key():
    with pytest.raises(UnknownNameError, match="no such name 'pv.nothing'"):
        facts.find("pv.nothing")


def test_a_label_that_no_fact_of_the_key_has():
    with pytest.raises(UnknownNameError, match=r"tag of wafer.side: no such name 'formt'.*format"):
        facts.find("wafer.side", formt="G12")


def test_a_value_that_no_fact_has_is_an_empty_answer():
    assert not facts.find("household.consumption", country="Atlantis")


@pytest.mark.parametrize("on", ["2022-13", "July 2022", "22-07", "2022-07-32", "", "２０２２"])
def test_a_date_that_is_none(on):
    with pytest.raises(ReadError, match="is no date; wanted YYYY, YYYY-MM or YYYY-MM-DD"):
        facts.find("three_gorges.generation", on=on)


# ---- how they are kept


def test_no_topic_is_read_on_import_and_one_when_asked():
    code = (
        "from wafer_calc import facts; from wafer_calc.facts import lookup as l;"
        "print(l._topic.cache_info().currsize);"
        "facts.find('wafer.side'); print(l._topic.cache_info().currsize)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["0", "1"]


def test_every_key_is_found_through_the_index():
    every = facts.keys()
    assert all(facts.find(key) for key in every)
    assert {fact.key for fact in ALL} == set(every)


def test_every_source_of_a_topic_is_used():
    for topic in lookup._topics():
        used = {f.source.id for found in lookup._topic(topic).values() for f in found}
        assert set(read_table("wafer_calc.facts", topic)["source"]) == used, topic


def test_every_table_is_listed():
    folder = lookup.files("wafer_calc.facts")
    tables = {path.name[:-5] for path in folder.iterdir() if path.name.endswith(".toml")}
    assert tables == {"topics", *lookup._topics()}


def test_the_version_follows_the_tables():
    assert re.fullmatch("[0-9a-f]{12}", facts.version())


def test_rows_share_what_their_series_says():
    table = plain(
        {
            "fact": [{"key": "a", "value": 1}],
            "series": [
                {
                    "key": "b",
                    "unit": "W",
                    "columns": ["value", "note"],
                    "rows": [[2, "-"], [3, "x"]],
                }
            ],
        }
    )
    assert list(lookup._rows(table)) == [
        {"key": "a", "value": 1},
        {"key": "b", "unit": "W", "value": 2},
        {"key": "b", "unit": "W", "value": 3, "note": "x"},
    ]


def test_a_row_of_the_wrong_length_is_refused():
    with pytest.raises(ValueError, match="zip"):
        list(lookup._rows({"series": [{"columns": ["value"], "rows": [[1, 2]]}]}))


def test_all_facts_under_a_prefix():
    under = facts.all_facts("wafer")
    assert {fact.key.split(".")[0] for fact in under} == {"wafer"}
    assert facts.all_facts("waf") == ()
    assert len(facts.all_facts("wafer", on="2015")) < len(under)


def test_a_source_is_cited_in_a_line():
    source = facts.find("three_gorges.generation", period=2012).best.source
    assert source.cite().startswith("China Three Gorges Corporation, reported by Xinhua, “Output")
    assert source.cite().endswith("2013-01-08 (via a copy of China Daily's page)")
