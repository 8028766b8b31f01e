"""Claims in our own words: what each implies, and how far it holds."""

import pytest
from claim_made import LABEL

from wafer_calc.claims import check

# text, date, relation, implied value, label of the verdict
CASES = [
    # wafers and factories
    ("该基地年产20GW单晶硅片，折合硅片27亿片。", "2022-05", "watt_per_wafer", 7.407, "plausible"),
    ("A plant slicing 15 GW of wafers a year turns out 1.5 billion wafers annually.", "2022-09", "watt_per_wafer", 10.0, "plausible"),
    ("硅片厂年产能10GW，年产硅片1亿片。", "2023-03", "watt_per_wafer", 100.0, "impossible"),
    ("Die line: the 12 GW wafer factory makes 16 billion wafers a year.", "2023", "watt_per_wafer", 0.75, "implausible"),
    ("项目年产硅片30亿片，预计年产值200亿元。", "2022-06", "yuan_per_wafer", 6.667, "plausible"),
    ("年产硅片50亿片的工厂预计年产值2500亿元。", "2022-06", "yuan_per_wafer", 50.0, "implausible"),
    # hours
    ("某光伏电站装机100兆瓦，年发电量1.4亿千瓦时。", "2021-06", "full_load_hours", 1400, "plausible"),
    ("某光伏电站装机100兆瓦，年发电量14亿千瓦时。", "2021-06", "full_load_hours", 14000, "impossible"),
    ("这座200MW的光伏电站每年发电6亿度。", "2020", "full_load_hours", 3000, "borderline"),
    ("海上风电场总装机容量300兆瓦，年上网电量约9亿千瓦时。", "2022-12", "full_load_hours", 3000, "plausible"),
    ("水电站装机容量24万千瓦，多年平均发电量10.2亿千瓦时。", "2015", "full_load_hours", 4250, "plausible"),
    ("核电机组单机容量为100万千瓦，每年发电75亿度。", "2019", "full_load_hours", 7500, "plausible"),
    ("The 250 MW solar farm in Texas will generate 550 GWh per year.", "2020-04", "full_load_hours", 2200, "plausible"),
    ("The 50 MW solar park in England is expected to produce 48 GWh of electricity a year.", "2019", "full_load_hours", 960, "plausible"),
    ("The 50 MW solar park in England is expected to produce 148 GWh of electricity a year.", "2019", "full_load_hours", 2960, "implausible"),
    ("Scotland's onshore wind farm of 90 MW generates 230 GWh annually.", "2021", "full_load_hours", 2556, "plausible"),
    ("Annual output of the 1.1 GW reactor: 8.6 TWh of nuclear power.", "2022", "full_load_hours", 7818, "plausible"),
    ("風電場裝機容量5萬千瓦，年發電量1.1億度。", "2018", "full_load_hours", 2200, "plausible"),
    # yardsticks
    ("这些电站年发电量500亿度，约相当于三峡电站的一半。", "2022-07", None, None, "plausible"),
    ("年发电量可达310亿千瓦时，相当于三峡电站年发电量的30%。", "2022-03", "implied_yardstick", 103.3e9, "plausible"),
    ("年发电量可达310亿千瓦时，相当于三峡电站年发电量的3%。", "2022-03", "implied_yardstick", 1033e9, "implausible"),
    ("The park makes 20.7 TWh a year, a fifth of the Three Gorges dam's yearly output.", "2022-03", None, None, "plausible"),
    # coal and CO2
    ("项目年发电量5亿千瓦时，每年可节约标准煤15.3万吨。", "2021-09", "coal_per_kwh", 0.306, "plausible"),
    ("项目年发电量5亿千瓦时，每年可节约标准煤153万吨。", "2021-09", "coal_per_kwh", 3.06, "implausible"),
    ("年发电量3亿千瓦时，每年减排二氧化碳25万吨。", "2021", "co2_per_kwh", 0.833, "plausible"),
    ("每年可节约标准煤10万吨，减排二氧化碳26万吨。", "2021", "co2_per_coal", 2.6, "plausible"),
    ("每年可节约标准煤10万吨，减排二氧化碳5万吨。", "2021", "co2_per_coal", 0.5, "impossible"),
    ("Its 400 GWh a year will avoid 160,000 tonnes of CO2 annually in the United States.", "2019", "co2_per_kwh", 0.4, "plausible"),
    # homes
    ("年发电量2亿千瓦时，可满足9万户家庭一年用电。", "2022-10", "kwh_per_household", 2222, "plausible"),
    ("年发电量2亿千瓦时，可满足90万户家庭一年用电。", "2022-10", "kwh_per_household", 222, "implausible"),
    ("The wind farm in Wales makes 380 GWh a year, enough for 100,000 homes.", "2018", "kwh_per_household", 3800, "plausible"),
    ("Solar power of 900 GWh per year would supply 80,000 homes in Arizona.", "2016", "kwh_per_household", 11250, "plausible"),
    # machines, phases, panels, land, money
    ("风电场安装33台3兆瓦风机，总装机容量99兆瓦。", "2016", "units_times_size_over_total", 1.0, "plausible"),
    ("风电场安装40台3兆瓦风机，总装机容量99兆瓦。", "2016", "units_times_size_over_total", 1.212, "implausible"),
    ("The farm's 25 turbines of 8 MW each add up to 200 MW.", "2020", "units_times_size_over_total", 1.0, "plausible"),
    ("The 300 MW solar plant uses 750,000 panels.", "2019", "watt_per_panel", 400, "plausible"),
    ("光伏电站装机50兆瓦，占地1500亩。", "2019", "m2_per_kw", 20.0, "plausible"),
    ("总投资4.5亿元的100MW光伏电站今日并网。", "2021", "investment_per_watt", 4.5, "plausible"),
    # units
    ("这座50MW的光伏电站年发电量为6000万千瓦。", "2020-05", "power_as_written", None, "impossible"),
    # nothing to check
    ("今天天气很好，适合出门散步。", "2022", None, None, "none"),
    ("The committee met for three hours and adjourned.", "2022", None, None, "none"),
    ("工厂产能为40GW。", "2022", None, None, "none"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "on", "relation", "implied", "label"), CASES, ids=[case[0][:24] for case in CASES]
)
def test_a_sentence_comes_to_its_figure_and_its_rating(text, on, relation, implied, label):
    fc = check(text, on=on)
    if relation is not None:
        found = [s for s in fc.statements if s.relation == relation]
        assert found, [(s.relation, s.value) for s in fc.statements]
        if implied is not None:
            assert any(s.value == pytest.approx(implied, rel=5e-3) for s in found)
    assert LABEL[fc.verdict.rating] == label, fc.verdict.summary
