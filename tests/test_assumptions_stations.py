import statistics

import pytest

from wafer_calc.assumptions.station_model import simulated_yields
from wafer_calc.assumptions.stations import province_in, station_group, stations
from wafer_calc.weather.stations import all_stations

MEND = "run python .ci/build_station_yields.py: the engine, a plant or the climate has changed"


def agrees(chosen):
    for wmo, made in simulated_yields(chosen).items():
        station = next(s for s in chosen if s.wmo == wmo)
        fixed, turned = (station_group(station.name, tracking=t) for t in (False, True))
        kept = (*fixed.yields, *turned.yields, *fixed.insolation, *turned.insolation)
        assert kept == pytest.approx(made, rel=5e-4), f"{station.name}: {MEND}"


def test_the_table_is_what_the_engine_makes():
    agrees(all_stations()[3::9])


@pytest.mark.slow
def test_the_whole_table_is_what_the_engine_makes():
    agrees(all_stations())


def test_inner_mongolia_makes_what_independent_models_say():
    # PVWatts V8 on 14 % losses gives about 1530 there for fixed plants and 1715 for trackers
    fixed = stations("Inner Mongolia")
    turned = stations("Inner Mongolia", tracking=True)
    assert fixed.specific_yield == pytest.approx(1530, rel=0.03)
    assert turned.specific_yield == pytest.approx(1715, rel=0.03)


def test_trackers_make_more_than_fixed_plants_at_every_station():
    fixed, turned = station_group("all"), station_group("all", tracking=True)
    assert len(fixed.yields) == 67
    assert all(b > a for a, b in zip(fixed.yields, turned.yields, strict=True))


def test_stations_as_an_assumption():
    made = stations("Inner Mongolia")
    assert made.kind == "modelled"
    assert len(made.samples) == 14
    assert made.specific_yield == pytest.approx(statistics.fmean(made.samples))
    assert made.name == "Inner Mongolia, 14 stations, fixed at the best tilt"
    assert made.name_zh == "内蒙古14个站点，最佳倾角固定式"
    assert {source.id for source in made.sources} >= {"cdsrd"}


@pytest.mark.parametrize(
    ("place", "names"),
    [
        ("西北", ("north-western", "西北")),
        ("northwest", ("north-western", "西北")),
        ("内蒙古自治区", ("Inner Mongolia", "内蒙古")),
        ("Centre-south", ("Centre-south", "中南")),
        ("Baotou", ("Baotou", "包头")),
        ("all", ("all Chinese", "全国")),
    ],
)
def test_groups_have_a_name_in_both_languages(place, names):
    found = station_group(place)
    assert (found.name, found.name_zh) == names


@pytest.mark.parametrize(
    ("text", "province"),
    [
        ("双良节能在包头建设40GW单晶硅项目", "Inner Mongolia"),
        ("青海共和光伏产业园", "Qinghai"),
        ("中华人民共和国国家能源局", None),
        ("a park near Turpan, Xinjiang", "Xinjiang"),
        ("新疆哈密的电站送电至北京", "Xinjiang"),
        ("a plant in Bavaria", None),
        ("", None),
    ],
)
def test_the_province_that_a_text_names_first(text, province):
    assert province_in(text) == province
