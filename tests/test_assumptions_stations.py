import pytest

from wafer_calc.assumptions.modelled import region
from wafer_calc.assumptions.stations import province_in, station_group
from wafer_calc.errors import UnknownNameError


def test_a_group_is_the_region_station_by_station():
    for mounting in ("fixed", "tracker"):
        group, mean = (
            station_group("Inner Mongolia", mounting=mounting),
            region("Inner Mongolia", mounting=mounting),
        )
        assert group.yields == mean.samples
        assert len(group.places) == 14
        assert group.provinces == {"Inner Mongolia"}
        # a yield is the irradiation in the plane times the performance ratio
        ratios = [a / b for a, b in zip(group.yields, group.insolation, strict=True)]
        assert sum(ratios) / 14 == pytest.approx(mean.performance_ratio, rel=1e-9)


def test_trackers_make_more_than_fixed_plants_at_every_station():
    fixed, turned = station_group("all"), station_group("all", mounting="tracker")
    assert len(fixed.yields) == 67
    assert all(b > a for a, b in zip(fixed.yields, turned.yields, strict=True))


def test_unknown_places_are_told_what_is_near():
    with pytest.raises(UnknownNameError, match="Inner Mongolia"):
        station_group("Inner Mongolya")


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
