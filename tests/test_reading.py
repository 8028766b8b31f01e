import pytest

from wafer_calc.claims import read_quantities
from wafer_calc.errors import ReadError


def test_the_article_s_five_quantities_are_one_project():
    text = "某某公司40GW单晶硅项目达产后，可年产硅片40亿片。如果全部用于光伏电站，年发电量将超过600亿度，相当于三峡大坝全年发电量的60%，年产值300亿元以上。"
    read = read_quantities(text)
    assert [(q.value, q.unit, q.cmp) for q in read] == [
        (4e10, "W", "="),
        (4e9, "piece", "="),
        (6e10, "kWh", ">="),
        (0.6, "dimensionless", "="),
        (3e10, "CNY", ">="),
    ]
    assert {q.project for q in read} == {0}
    assert read[3].yardstick == "three_gorges"


@pytest.mark.parametrize("bad", [None, b"40GW", 40])
def test_what_is_no_string_is_refused(bad):
    with pytest.raises(ReadError, match="wanted a string"):
        read_quantities(bad)
