"""Which figures a statement is made of, and which statements may decide."""

import pytest
from claim_made import statement

from wafer_calc.claims import check, read_quantities


def made(text, on="2022-06"):
    fc = check(text, on=on, probability=False)
    return fc, {
        (
            s.relation,
            tuple(fc.quantities[i].text for i in s.numerator),
            tuple(fc.quantities[i].text for i in s.denominator),
        ): s
        for s in fc.statements
    }


def test_two_plants_named_together_power_the_homes_together():
    # (60 + 40) MW · 978 h / 37,000 = 2643 kWh a home; the 60 MW alone would give 1586
    _, found = made("The 60 MW Alder and 40 MW Birch solar farms in Kent will power 37,000 homes.")
    key = ("kwh_per_household", ("60 MW", "40 MW"), ("37,000 homes",))
    assert found[key].rating in ("holds", "holds_if")


def test_parts_that_add_up_are_no_partners_of_the_wholes_figures():
    fc, found = made(
        "The 500 MW complex combines 300 MW of wind, 150 MW of solar and 50 MW of hydro; "
        "it will generate 1.1 TWh a year."
    )
    assert found["parts_over_total", ("300 MW", "150 MW", "50 MW"), ("500 MW",)].value == 1.0
    # 1.1e9 kWh / 500 MW = 2200 h
    assert found["full_load_hours", ("1.1 TWh",), ("500 MW",)].value == pytest.approx(2200)
    assert fc.verdict.rating in ("holds", "holds_if")


def test_a_list_that_does_not_add_up_is_no_list_of_the_total():
    _, found = made("The 500 MW complex joins 300 MW of wind and 150 MW of solar.")
    assert not any(relation == "parts_over_total" for relation, _, _ in found)


@pytest.mark.parametrize(
    ("text", "fleet"),
    [
        ("该光伏电站装机10万千瓦，年发电量1.2亿千瓦时。截至6月底，全省光伏装机达4500万千瓦。", "4500万千瓦"),
        ("风电场安装25台风机，年发电1.1亿度。政府计划2030年海上风电达到800万千瓦。", "800万千瓦"),
        ("The 80 MW solar farm makes 76 GWh a year. Britain's solar capacity is now 14 GW.", "14 GW"),
    ],
)  # fmt: skip
def test_a_countrys_fleet_has_nothing_to_do_with_the_plants_energy(text, fleet):
    fc, found = made(text)
    assert not any(fleet in over + under for _, over, under in found if under)
    assert fc.verdict.rating in ("holds", "holds_if", "cannot_check")


def test_a_fleet_alone_is_what_the_text_is_about():
    _, found = made("截至2021年底，全国光伏装机3.06亿千瓦。全年光伏发电量3270亿千瓦时。", "2022-06")
    assert ("full_load_hours", ("3270亿千瓦时",), ("3.06亿千瓦",)) in found


def test_the_partner_stands_in_the_same_sentence_before_it_stands_nearer():
    # 240e6 kWh / 200 MW = 1200 h; the 20 MW are another plant's
    _, found = made(
        "项目装机20万千瓦，占地6000亩，年发电量2.4亿千瓦时。公司此前建成的电站为2万千瓦。"
    )
    assert found["full_load_hours", ("2.4亿千瓦时",), ("20万千瓦",)].value == pytest.approx(1200)


def test_a_plant_that_goes_with_its_energy_does_not_fail_by_another_one():
    # 500 MW · 1600 h = 0.8 TWh; the four billion kWh are the whole base's
    fc, found = made(
        "The first 500-megawatt solar plant of the base in Gansu makes 800 million kWh a year. "
        "The base is to generate 4 billion kWh a year."
    )
    astray = found["full_load_hours", ("4 billion kWh",), ("500-megawatt",)]
    assert astray.rating == "does_not_hold"
    assert not astray.main
    assert fc.verdict.rating in ("holds", "holds_if")


def test_a_phase_that_is_added_has_not_made_what_the_whole_makes():
    fc, _ = made("Reactor 4 adds another 1,300 MW to the plant, which makes 38 TWh a year.")
    assert fc.verdict.rating == "cannot_check"


def test_an_added_fleet_has_not_made_the_years_energy():
    fc, found = made(
        "New installed capacity was 11 GW of PV and 6 GW of wind; China's wind made 238 TWh."
    )
    assert not any(s.main for s in found.values() if s.rating == "impossible")
    assert fc.verdict.rating != "impossible"


def test_money_decides_only_where_it_is_far_off():
    # 3.5 yuan / W against 2.6 to 6.5: holds; a tenth of it is beyond any doubt; 0.098 against 0.12
    # for wafers is within what a judgement of low confidence may miss
    assert made("总投资35亿元的100万千瓦光伏电站开工。")[0].verdict.rating in ("holds", "holds_if")
    assert made("总投资3.5亿元的100万千瓦光伏电站开工。")[0].verdict.rating == "does_not_hold"
    fc, found = made("投资9.8亿元建设10GW切片项目，年产硅片10亿片。", "2022-06")
    assert not found["investment_per_watt", ("9.8亿元",), ("10GW",)].main
    assert fc.verdict.rating in ("holds", "holds_if")


def test_money_of_the_state_is_not_what_the_plant_costs():
    quantities = read_quantities("The government provided $20 million towards the 100 MW plant.")
    assert quantities[0].kind == "money"


@pytest.mark.parametrize(
    ("text", "per"),
    [
        ("The station has generated 500 billion kWh in 3,200 days of operation.", "total"),
        ("该电站投产以来已累计发电350亿千瓦时。", "total"),
        ("25年总发电量约10亿千瓦时。", "total"),
        ("25年内年均发电量7600万千瓦时。", "year"),
        ("Turbines produced 1.7 million MWh in October.", "month"),
        ("The fields made 105 GWh from March to May.", "total"),
        ("It has generated 90 GWh a year since it opened.", "year"),
        ("It made 48 GWh, a third more than a year earlier.", "year"),
    ],
)
def test_over_which_time_an_energy_is_summed(text, per):
    (energy,) = (q for q in read_quantities(text) if q.unit == "kWh")
    assert energy.per == per


def test_a_months_energy_is_made_yearly():
    # 1.7e9 kWh · 12 / 5.1e6 = 4000 kWh a home
    _, found = made(
        "Turbines in Scotland made 1.7 million MWh in October, the use of 5.1 million homes."
    )
    assert found["kwh_per_household", ("1.7 million MWh",), ("5.1 million homes",)].value == (
        pytest.approx(4000)
    )


def test_modules_of_a_day_are_a_years_times_365():
    # 1.7 GW / (12,000 · 365) = 388 W
    _, found = made("The factory makes 12,000 PV modules per day, 1.7 GW of annual capacity.")
    assert found["watt_per_panel", ("1.7 GW",), ("12,000 PV modules",)].value == (
        pytest.approx(388, rel=0.01)
    )


def test_modules_may_outweigh_their_inverters_but_not_twofold():
    # 380,000 · 450 W = 171 MW of DC behind 120 MW of AC
    def text(n):
        return f"The 120 MW plant in Gujarat has {n} modules of 450 W."

    assert made(text("380,000"))[0].verdict.rating == "holds_if"
    assert made(text("600,000"))[0].verdict.rating == "inconsistent"


def test_one_machines_homes_are_not_set_against_the_farms_energy():
    # 0.75 MW · 2950 h / 260 = 8510 kWh a home
    fc, found = made(
        "Each 750 kW turbine in Iowa generates enough for 260 homes, and the 140 turbines make 300 GWh a year."
    )
    assert ("kwh_per_household", ("750 kW",), ("260 homes",)) in found
    assert fc.verdict.rating in ("holds", "holds_if")


@pytest.mark.parametrize(
    ("second", "rating"), [("30 hectares", "holds"), ("300 hectares", "inconsistent")]
)
def test_a_figure_given_in_two_units_is_one_figure(second, rating):
    # 74 acres · 0.40469 = 29.95 ha
    _, found = made(f"The solar farm covers 74 acres ({second}).")
    assert found["same_amount", ("74 acres",), (second,)].rating == rating


def test_a_store_lasts_some_hours_and_homes_draw_some_kilowatts():
    # 80 MWh / 20 MW = 4 h; 20 MW / 15,000 = 1.33 kW
    fc, found = made(
        "The battery storage holds enough energy to power 15,000 homes for four hours: "
        "80 megawatt hours, with a peak output of 20 MW."
    )
    assert found["storage_hours", ("80 megawatt hours",), ("20 MW",)].value == pytest.approx(4)
    assert found["kw_per_household", ("20 MW",), ("15,000 homes",)].value == pytest.approx(
        1.333, 1e-3
    )
    assert fc.verdict.rating == "holds_if"


def test_central_and_distributed_plants_are_all_there_are():
    # 4.5 + 2.5 = 7.0, more than 6.1
    fc, found = made(
        "全国光伏累计装机6.1亿千瓦，其中集中式光伏4.5亿千瓦，分布式光伏2.5亿千瓦。", "2024-01"
    )
    key = ("parts_over_total", ("4.5亿千瓦", "2.5亿千瓦"), ("6.1亿千瓦",))
    assert found[key].rating == "impossible"
    assert fc.verdict.rating == "impossible"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("A Chinese company is building a 50 MW wind farm near Karachi, Pakistan.", "Pakistan"),
        ("中国能建承建的肯尼亚50兆瓦光伏电站投运。", "Kenya"),
        ("China's fleet of 300 GW grew by 50 GW.", "China"),
        ("太陽能電廠裝置容量10MW，每年發電1,250萬度。", "Taiwan"),
        ("太阳能电站装机10MW，每年发电1250万度。", "China"),
    ],
)
def test_a_text_is_about_the_country_of_the_plant_not_of_its_builder(text, place):
    assert read_quantities(text)[0].place == place


def test_a_size_class_in_digits_is_the_plants_size_where_none_other_is_told():
    # 5e9 kWh / 300 MW = 16,667 h
    fc, _ = made("300兆瓦级风电示范工程并网，年发电量可达50亿千瓦时。")
    assert fc.verdict.rating == "impossible"
    assert read_quantities("百万千瓦级机组投运")[0].part == "class"


def test_a_slip_of_a_whole_digit_is_not_forgiven_as_rounding():
    # 1e6 · 365 / 49.5 MW = 7374 h, though "a million" has one digit only
    fc, _ = made(
        "A wind farm of 49.5 MW in Pakistan makes a million kilowatt-hours of electricity every day."
    )
    assert fc.verdict.rating == "does_not_hold"


def test_dirhams_are_pegged_to_the_dollar():
    # 15.78 / 4.3 = 3.67
    _, found = made("The 950 MW plant in Dubai costs Dh15.78 billion ($4.3 billion).")
    assert found["fx_aed_per_usd", ("Dh15.78 billion",), ("$4.3 billion",)].rating == "holds"


def test_farms_of_one_size_make_up_their_homes_and_panels():
    # 5 · 74.5 MW = 372.5 MW; / 1.4e6 = 266 W
    fc, found = made(
        "The utility in Florida has built five solar farms of 74.5 MW each; they supply 75,000 households.",
        "2021-01",
    )
    assert found["kwh_per_household", ("74.5 MW", "five solar farms"), ("75,000 households",)].rating in (
        "holds",
        "holds_if",
    )  # fmt: skip
    assert fc.verdict.rating in ("holds", "holds_if")


def test_the_panels_of_a_block_go_with_the_blocks_size():
    # 2.5 MW / 8,000 = 312.5 W
    _, found = made("The 100 MW plant has 40 blocks of 2.5 MW, each with 8,000 solar modules.")
    assert found["watt_per_panel", ("2.5 MW",), ("8,000 solar modules",)].value == pytest.approx(
        312.5
    )


def test_inverters_make_no_power():
    _, found = made("The 347 kW system has 828 panels and five inverters of 50 kW.")
    assert not any(relation == "units_times_size_over_total" for relation, _, _ in found)


def test_coal_of_a_half_year_is_the_half_years():
    # 32e9 kg / 106e9 kWh = 0.302 kg a kWh, both of six months
    _, found = made(
        "Its reactors sent 106 billion kWh of electricity to the grid in the first half of 2021. "
        "This was equivalent to standard coal of 32 million tonnes."
    )
    key = ("coal_per_kwh", ("32 million tonnes",), ("106 billion kWh",))
    assert found[key].value == pytest.approx(0.302, abs=0.001)


@pytest.mark.parametrize(("tons", "rating"), [("805,000", "holds"), ("80,500", "inconsistent")])
def test_pounds_and_the_tons_they_are_equal_to(tons, rating):
    # 1.775e9 lb · 0.4536 kg = 805 kt
    _, found = made(
        f"It avoids 1.775 billion pounds of CO2 emissions, the equivalent of {tons} metric tons."
    )
    (statement,) = (s for (relation, _, _), s in found.items() if relation == "same_amount")
    assert statement.rating == rating


def test_a_capacity_brought_up_later_does_not_decide():
    fc, found = made(
        "The mill makes 4 million kWh a year. Dams of the state could take 680 megawatts."
    )
    assert not found["full_load_hours", ("4 million kWh",), ("680 megawatts",)].main
    assert fc.verdict.rating == "cannot_check"


def test_a_pumped_station_turns_once_a_day_or_less():
    # 6.6e9 / 3.6e6 = 1833 h; twice a day would be beyond it
    assert made("河北抽水蓄能电站装机360万千瓦，年发电量66亿千瓦时。")[0].verdict.rating in (
        "holds",
        "holds_if",
    )
    assert (
        made("河北抽水蓄能电站装机360万千瓦，年发电量200亿千瓦时。")[0].verdict.rating
        == "does_not_hold"
    )


def test_what_a_share_is_taken_of_is_no_energy_of_the_project():
    # 7276 / 6.5 = 1119 TWh·0.1: the yardstick belongs to the 7276亿, not to the whole country's
    _, found = made(
        "风电和光伏合计发电7276亿千瓦时，占全国发电量77790亿千瓦时的9.4%，相当于6.5个三峡电站。"
    )
    assert ("implied_yardstick", ("7276亿千瓦时",), ("6.5个",)) in found


@pytest.mark.parametrize(
    "text",
    [
        "The 72 MW farm has 38 wind turbines; the biggest are of 2.3 MW each.",
        "More than 21,000 panels with a capacity of 5.8 MW stand on the roof, soon 6.3 MW.",
    ],
)
def test_sizes_that_are_not_each_machines_are_not_multiplied(text):
    fc, _ = made(text)
    assert fc.verdict.rating not in ("inconsistent", "impossible")


def test_the_size_of_a_mirror_is_not_the_sites():
    _, found = made(
        "The 11 MW tower in Spain has 600 mirrors, each 120 m2, and makes 23 GWh a year."
    )
    assert not any(relation == "m2_per_kw" for relation, _, _ in found)


def test_what_200_homes_save_is_not_what_the_fleet_saves():
    fc, found = made(
        "Ontario will have 950 MW of wind, enough for 250,000 homes. "
        "Wind for just 200 homes saves 2,000 tonnes of CO2 a year."
    )
    assert not found["co2_per_kwh", ("2,000 tonnes",), ("950 MW",)].main
    assert fc.verdict.rating in ("holds", "holds_if")


def test_money_from_elsewhere_and_targets_are_told_from_a_plants_own():
    quantities = read_quantities(
        "The 20 MW plant cost €60 million, of which €5 million came from the state; the goal is 300 MW."
    )
    assert [q.kind for q in quantities] == ["capacity", "investment", "money", "capacity"]
    assert quantities[-1].phase == "target"


def test_millions_before_a_slash_are_no_metres():
    quantities = read_quantities("The section cost AED 2 billion (USD 544.5m/EUR 498.1m).")
    assert [q.value for q in quantities] == [2e9, 544.5e6, 498.1e6]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("計畫發電量一三六五萬度", 13_650_000, "kWh"),
        ("總設置容量十.五百萬瓦", 10.5e6, "W"),
        ("一年可減少排放114萬695公斤的二氧化碳", 1_140_695, "kg"),
        ("可供4.55萬戶用電", 45_500, "household"),
        ("可满足43万巴西家庭的年用电量", 430_000, "household"),
        ("18.8 billion pieces of silicon wafers", 18.8e9, "piece"),
        ("emissions fall by 270,000 carbon tonnes", 270e6, "kg"),
        ("it runs 27 operating nuclear power units", 27, "count"),
        ("equal to two Three Gorges dams", 2, "dimensionless"),
        ("四个抽水蓄能电站开工", 4, "count"),
    ],
)
def test_numbers_and_nouns_that_the_press_prints_now_and_then(text, value, unit):
    (quantity,) = (q for q in read_quantities(text) if q.unit == unit)
    assert quantity.value == pytest.approx(value)


def test_a_roof_of_one_household_is_no_household():
    assert not [q for q in read_quantities("户用光伏新增1.16亿千瓦") if q.unit == "household"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("占全国发电量的2.4%", "energy_ratio"),
        ("可满足五个平台每年约35%的电力需求", "energy_ratio"),
        ("renewables made 1.9 TWh, 27 percent of the total", "energy_ratio"),
        ("it cut the schools' energy use by about 19 percent", "energy_ratio"),
        ("the firm holds 27 percent of the shares", "other"),
        ("cells of 22 percent efficiency", "other"),
    ],
)
def test_shares_of_power_are_told_from_other_shares(text, kind):
    (share,) = (q for q in read_quantities(text) if q.unit == "dimensionless")
    assert share.kind == kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("弃光电量26.1亿千瓦时", "other"),
        ("the 11.5 million kWh consumed by the town", "other"),
        ("Production peaked on May 9 at 35,000 kWh", "other"),
        ("116,000 households at 11,280 kilowatt-hours each", "other"),
        ("it makes 11,280 kilowatt-hours each year", "generation"),
        ("a carbon footprint of 8.5 tonnes of CO2 a person", "other"),
        ("an average of 201 g CO2 per kWh", "other"),
        ("Investment in solar rose 113.6 percent to 134.9 billion yuan", "money"),
        ("an operating budget of $5 million for the 100 MW plant", "money"),
    ],
)
def test_what_looks_like_a_plants_figure_and_is_none(text, kind):
    quantities = [
        q for q in read_quantities(text) if q.unit not in ("dimensionless", "W", "household")
    ]
    assert [q.kind for q in quantities] == [kind]


@pytest.mark.parametrize(
    ("text", "kilograms"),
    [
        ("The array in California avoids 1,000 tons of CO2 a year.", 907_184.74),
        ("The array in California avoids 1,000 metric tons of CO2 a year.", 1e6),
        ("The farm in Kent avoids 1,000 tons of CO2 a year.", 1e6),
        ("The array avoids 1.6 million pounds of carbon dioxide.", 725_747.8),
        ("It should cut carbon dioxide by more than 400,000 pounds per year.", 181_436.9),
    ],
)
def test_tons_and_pounds_are_those_of_the_country(text, kilograms):
    (mass,) = read_quantities(text)
    assert (mass.value, mass.unit) == (pytest.approx(kilograms, rel=1e-6), "kg")


def test_parts_may_stand_on_both_sides_of_their_total():
    # 1.25 + 2.13 = 3.38
    _, found = made(
        "The third cell plant will have 1.25 GW of annual capacity and raise the total to 3.38 GW; "
        "the first two have 2.13 GW."
    )
    assert found["parts_over_total", ("1.25 GW", "2.13 GW"), ("3.38 GW",)].rating == "holds"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("A $20 million solar farm on 40 acres will power 900 homes.", "US"),
        ("A $20 million solar farm on 40 hectares (99 acres) will power 900 homes.", None),
        ("A £20 million solar farm on 40 acres will power 900 homes.", None),
    ],
)
def test_bare_dollars_with_acres_are_american(text, place):
    assert read_quantities(text)[0].place == place


def test_machines_multiply_up_to_the_total_of_their_own_sentence():
    # 5 x 415 = 2075 MW fits both totals within two percent
    _, found = made(
        "The old dam runs twelve generators of 175 MW for a total capacity of 2,100 MW. "
        "The new one runs five turbines of 415 MW for a combined capacity of 2,070 MW."
    )
    key = ("units_times_size_over_total", ("five turbines", "415 MW"), ("2,070 MW",))
    assert found[key].value == pytest.approx(2075 / 2070)


def test_what_the_energy_so_far_has_saved_is_of_the_same_span():
    fc, found = made(
        "The reactors have produced more than 71,802 gigawatt-hours. That saved more than "
        "34,761 kilotons of carbon emissions. A fourth will add 1,400 megawatts.",
        on="2024-02",
    )
    key = ("co2_per_kwh", ("34,761 kilotons",), ("71,802 gigawatt-hours",))
    assert found[key].value == pytest.approx(34_761e6 / 71_802e6, rel=1e-3)
    assert fc.verdict.rating in ("holds", "holds_if")


def test_panels_told_once_make_up_two_plants_together():
    # 11,256 x 255 W = 2.870 MW, 1.7 + 1.2 = 2.9 MW
    _, found = made(
        "The maker has completed plants on two ponds: 1.7MW on the north one and 1.2MW on the "
        "south one, 11,256 modules of 255-watt in total.",
        on="2015-04",
    )
    key = ("units_times_size_over_total", ("11,256 modules", "255-watt"), ("1.7MW", "1.2MW"))
    assert found[key].value == pytest.approx(11256 * 255 / 2.9e6)


def test_homes_behind_several_machines_are_those_of_all():
    # 5 x 1.3 MW for 2500 homes is 2.6 kW a home
    _, found = made("The five 1.3MW turbines of the wind farm in Kent will light up 2,500 homes.")
    assert ("kwh_per_household", ("1.3MW", "five"), ("2,500 homes",)) in found


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("The 60 MW wind farm has fed 2.1 TWh to the grid over the past decade.", 3500.0),
        ("This is a 60 MW wind farm. Over the past decade it has fed 2.1 TWh to the grid.", 3500.0),
        ("The 100 MW plant should deliver 6.25 TWh over a life of 25 years or more.", 2500.0),
    ],
)
def test_a_decade_and_a_life_are_spans_of_years(text, hours):
    _, found = made(text)
    values = [s.value for (relation, _, _), s in found.items() if relation == "full_load_hours"]
    assert values == [pytest.approx(hours)]


def test_decades_ago_span_nothing():
    assert not any(
        q.text == "decade" for q in read_quantities("Over a decade ago 40 MW stood here.")
    )


def test_what_is_trimmed_from_the_bills_is_no_investment():
    _, found = made("The 1.3-megawatt array should trim $80,000 a year from utility bills.")
    assert not any(relation == "investment_per_watt" for relation, _, _ in found)


def test_acres_of_trees_are_no_land_of_the_plant():
    _, found = made("The 183 kW solar roof does each year what 15 acres of trees would.")
    assert not any(relation == "m2_per_kw" for relation, _, _ in found)


@pytest.mark.parametrize(
    ("text", "relation", "over", "under", "value", "rating"),
    [
        # 31,000 / 80 = 387.5 kWh a panel, in its reach; 620,000 / 80 = 7750 is none
        ("The 80 rooftop panels make 31,000 kWh a year.", "kwh_per_panel", ("31,000 kWh",), ("80 rooftop panels",), 387.5, "holds_if"),
        ("The 80 rooftop panels make 620,000 kWh a year.", "kwh_per_panel", ("620,000 kWh",), ("80 rooftop panels",), 7750, "does_not_hold"),
        # 96 MW / 40 = 2.4 MW; 9.6 GW / 40 = 240 MW
        ("The wind farm has 40 turbines with a total capacity of 96 MW.", "mw_per_turbine", ("96 MW",), ("40 turbines",), 2.4, "holds_if"),
        ("The wind farm has 40 turbines with a total capacity of 9.6 GW.", "mw_per_turbine", ("9.6 GW",), ("40 turbines",), 240, "does_not_hold"),
        # 8400 / 60,000 = 0.14 USD
        ("The panels make 60,000 kWh a year and save the school $8,400 a year.", "money_per_kwh", ("$8,400",), ("60,000 kWh",), 0.14, "holds_if"),
        # 120e6 / 400,000 = 300 USD a kWh stored
        ("The battery of 100 MW/400 MWh costs $120 million.", "investment_per_kwh", ("$120 million",), ("400 MWh",), 300, "holds_if"),
        # 24,000 t / 20,000 = 1.2 t a home
        ("The scheme will supply 20,000 homes and save 24,000 tonnes of CO2 a year.", "co2_per_household", ("24,000 tonnes",), ("20,000 homes",), 1200, "holds_if"),
        # 40 % of 8760 h
        ("The 50 MW wind farm has a capacity factor of 40 per cent.", "stated_hours", ("40 per cent",), (), 3504, "holds_if"),
        # 1.2 GW is 30 % of 4 GW
        ("The state has 1.2 GW of solar or 30 per cent of the country's 4 GW.", "stated_ratio_check", ("1.2 GW",), ("4 GW", "30 per cent"), 1.0, "holds"),
        # 800 / 590 = 1.356
        ("Module capacity is 590 MW; the target is 800 MW, a 36 percent increase.", "stated_ratio_check", ("800 MW",), ("590 MW", "36 percent"), 0.997, "holds"),
        # 27,200 · 0.124 = 3373
        ("The roof made 27,200 kWh last year, at 12.4 cents per kWh worth $3,400.", "price_times_energy", ("12.4 cents per kWh", "27,200 kWh"), ("$3,400",), 0.992, "holds"),
    ],
)  # fmt: skip
def test_what_else_two_figures_of_a_text_tell(text, relation, over, under, value, rating):
    _, found = made(text, "2016-06")
    assert found[relation, over, under].value == pytest.approx(value, rel=0.01)
    assert found[relation, over, under].rating == rating


def test_two_currencies_neither_of_them_the_dollar():
    # 2011: 0.7178 EUR and 1 / 1.6043 GBP a dollar, 1.15 EUR a pound
    _, found = made("The plant costs €230m (£200m).", "2012-03")
    assert found["fx_eur_per_gbp", ("€230m",), ("£200m",)].rating in ("holds", "holds_if")
    _, found = made("The plant costs €520m (£234m).", "2012-03")
    assert found["fx_eur_per_gbp", ("€520m",), ("£234m",)].rating == "does_not_hold"


def test_an_amount_told_again_needs_no_brackets():
    _, found = made("The dam will cost RMB 14 billion, around $2.1 billion.", "2021-06")
    assert ("fx_cny_per_usd", ("RMB 14 billion",), ("$2.1 billion",)) in found
    _, found = made("The dam costs RMB 14 billion, about $50 million of it lent.", "2021-06")
    assert not any(relation.startswith("fx_") for relation, _, _ in found)


def test_what_follows_a_list_of_all_phases_is_the_wholes():
    _, found = made(
        "水电站总装机容量120万千瓦，其中一期50万千瓦、二期70万千瓦，年均发电量48亿千瓦时。"
    )
    # 4.8e9 kWh / 1.2 GW = 4000 h
    assert found["full_load_hours", ("48亿千瓦时",), ("120万千瓦",)].value == pytest.approx(4000)


def test_turbines_in_the_sea_have_the_hours_of_the_sea():
    text = (
        "The 60 MW wind farm, 20 km off the coast in waters 30 metres deep, makes 250 GWh a year."
    )
    quantities = read_quantities(text)
    assert [q.technology for q in quantities if q.kind == "capacity"] == ["offshore_wind"]
    # 250 / 0.06 = 4167 h, which no field on land gives
    assert made(text)[0].verdict.rating in ("holds", "holds_if")


def test_a_factory_told_of_in_the_sentence_before_makes_the_megawatts():
    text = "The firm is building a wafer and cell plant. It starts at 100 MW and will reach 500 MW."
    assert {q.per for q in read_quantities(text) if q.kind == "capacity"} == {"year"}


def test_homes_from_a_capacity_are_rated_by_hours_near_the_usual():
    # 300 MW · 2900 h for 200,000 American homes is 4350 kWh each, where the thriftiest use 5400
    fc, found = made("The 300 MW solar farm in Ohio powers 200,000 homes.", "2019-03")
    key = ("kwh_per_household", ("300 MW",), ("200,000 homes",))
    assert found[key].rating == "overstated"


@pytest.mark.parametrize(
    ("text", "rating"),
    [
        # 7.2 TWh / 10 % = 72 TWh; Chile made 72.3 TWh in 2015
        ("Its wind farms made 7.2 TWh in 2015, 10 per cent of Chile's electricity.", "holds_if"),
        ("Its wind farms made 7.2 TWh in 2015, 1 per cent of Chile's electricity.", "does_not_hold"),
        # 786 TWh / 20 % = 3930 TWh
        ("The 104 reactors of the US gave 786 billion kWh, nearly one-fifth of total generation.", "holds_if"),
    ],
)  # fmt: skip
def test_a_share_of_a_countrys_electricity_is_held_against_what_it_makes(text, rating):
    fc = check(text, on="2016-06", probability=False)
    assert [s.rating for s in fc.statements if s.relation == "implied_yardstick"] == [rating]


@pytest.mark.parametrize(
    "text",
    [
        "The roofs make 2 GWh a year, 30 per cent of total electricity consumption.",
        "The plants made 22 GWh on Saturday, half of Germany's midday electricity needs.",
    ],
)
def test_a_share_of_anything_smaller_is_not(text):
    fc = check(text, on="2016-06", probability=False)
    ratings = [s.rating for s in fc.statements if s.relation == "implied_yardstick"]
    assert set(ratings) <= {"cannot_check"}


def test_a_list_of_numbers_takes_the_unit_behind_its_last():
    text = "Its three units, of 126, 133 and 133 MW, make the 392 MW complex."
    read = [(q.text, q.value) for q in read_quantities(text) if q.kind == "capacity"]
    assert read == [("126", 126e6), ("133", 133e6), ("133 MW", 133e6), ("392 MW", 392e6)]
    assert ("parts_over_total", ("126", "133", "133 MW"), ("392 MW",)) in made(text)[1]
    years = read_quantities("It grew in 2015, 2016 and 2017 kW by kW.")
    assert not any(q.text in ("2015", "2016") for q in years)


def test_a_make_counts_its_machines():
    _, found = made(
        "The 659 MW offshore wind farm has 40 Vestas machines of 8.25 MW and 47 Siemens Gamesa of 7 MW."
    )
    # 40 · 8.25 + 47 · 7 = 659
    key = ("40 Vestas machines", "8.25 MW", "47 Siemens Gamesa", "7 MW")
    assert found["units_times_size_over_total", key, ("659 MW",)].rating == "holds"


def test_the_tons_of_all_plants_are_not_held_against_the_energy_of_one():
    _, found = made(
        "Noor I, 160 MW, gives 370 GWh annually; all four plants, 580 MW in total, "
        "prevent 760,000 tonnes of CO2 a year.",
        "2020-01",
    )
    assert ("co2_per_kwh", ("760,000 tonnes",), ("580 MW",)) in found


@pytest.mark.parametrize(
    ("text", "per"),
    [
        ("The yard shipped the last of 40 machines of 13 MW for the 520 MW site.", {"none"}),
        ("The firm shipped 2.5 GW of modules.", {"year"}),
        ("It is the largest solar plant, with a production capacity of 1,177 MW.", {"none"}),
        ("Its wafer plant has a production capacity of 880 MW.", {"year"}),
    ],
)
def test_what_is_shipped_or_produced_tells_a_factory_only_with_its_goods(text, per):
    assert {q.per for q in read_quantities(text) if q.kind == "capacity"} == per


def test_a_sum_added_to_another_is_no_range():
    read = [q.value for q in read_quantities("The farm adds 50 MW to 99.3 MW of wind.")]
    assert read == [50e6, 99.3e6]


@pytest.mark.parametrize(
    ("text", "per"),
    [
        ("1—6月光伏发电量412亿千瓦时。", "half-year"),
        ("1-9月风电发电量60亿千瓦时。", "total"),
        ("1至12月发电量80亿千瓦时。", "year"),
    ],
)
def test_months_of_a_year_are_a_period(text, per):
    assert [q.per for q in read_quantities(text) if q.kind == "generation"] == [per]


def test_what_is_saved_in_a_life_is_a_total():
    (mass,) = [
        q for q in read_quantities("电站25年可减排二氧化碳8.5万吨。") if q.kind == "mass_co2"
    ]
    assert mass.per == "total"


def test_a_battery_told_already_is_not_the_next_phase():
    text = "光伏基地一期100万千瓦，配置100兆瓦/200兆瓦时储能，二期200万千瓦在建。"
    sorts = {q.text: q.technology for q in read_quantities(text) if q.kind == "capacity"}
    assert sorts == {"100万千瓦": "pv", "100兆瓦": "storage", "200万千瓦": "pv"}


def test_plants_of_one_list_save_together():
    # (600 + 450 + 250) MW · 2350 h ≈ 3.1 TWh and 0.8 kg a kWh; the last alone would give 4
    text = (
        "The 600 megawatt Alder, the 450 megawatt Birch and the 250 megawatt Cedar wind farms are approved. "
        "Together they will cut emissions by 2.5 million tonnes a year."
    )
    fc, found = made(text)
    key = ("600 megawatt", "450 megawatt", "250 megawatt")
    assert found["co2_per_kwh", ("2.5 million tonnes",), key].rating in ("holds", "holds_if")
    assert fc.verdict.rating in ("holds", "holds_if")


def test_sizes_of_a_list_of_plants_are_no_machines():
    _, found = made(
        "It comprises three plants of 250 MW, 50 MW and 30 MW. At 330 MW it makes 545 GWh."
    )
    assert ("parts_over_total", ("250 MW", "50 MW", "30 MW"), ("330 MW",)) in found
    assert not any(relation == "units_times_size_over_total" for relation, _, _ in found)


def test_a_kind_of_reactor_is_counted_and_no_yardstick():
    read = read_quantities("The plant's six Hualong One reactors of 1,209 MW make 50 TWh a year.")
    assert [(q.value, q.unit) for q in read][0] == (6.0, "count")
    ratio = read_quantities("It makes as much as two Three Gorges dams.")
    assert [q.unit for q in ratio] == ["dimensionless"]


@pytest.mark.parametrize(
    ("text", "technology"),
    [
        ("The 1 GW offshore solar project makes 1.78 TWh a year.", "pv"),
        ("The 1 GW offshore wind farm makes 3.9 TWh a year.", "offshore_wind"),
        ("该海上光伏项目装机100万千瓦。", "pv"),
    ],
)
def test_panels_at_sea_are_panels(text, technology):
    assert {q.technology for q in read_quantities(text) if q.kind == "capacity"} == {technology}


def test_what_a_rotor_sweeps_is_no_land():
    _, found = made("The 16-megawatt turbine's blades sweep 50,000 square metres.")
    assert not any(relation == "m2_per_kw" for relation, _, _ in found)


def test_times_the_figure_that_follows_are_its_own():
    # 127 / 22 = 5.8
    _, found = made(
        "The 105 MW wind farm can supply 127,000 homes, four times the old scheme's 22,000 homes."
    )
    key = ("stated_ratio_check", ("127,000 homes",), ("22,000 homes", "four times"))
    assert found[key].rating == "inconsistent"


def test_a_totals_energy_is_not_one_of_its_parts():
    # 221 GWh / 320 MW = 691 h; the first part alone would give 1105
    _, found = made(
        "The floating solar plant in China boasts 320 MW: 200 MW connected in 2020 and the remaining "
        "120 MW in 2021. It makes 221 million kilowatt hours per year."
    )
    key = ("full_load_hours", ("221 million kilowatt hours",), ("320 MW",))
    assert found[key].rating == "understated"


def test_homes_of_a_years_modules():
    # 3 GW · 1900 h = 5.7 TWh for 57,000 homes: 100 MWh each
    fc, _ = made("The Ohio factory makes modules of 3 gigawatts a year, enough for 57,000 homes.")
    assert fc.verdict.rating == "does_not_hold"


def test_wafers_of_a_month_beside_the_sales_of_a_year():
    # 24亿 / (12 · 0.4亿) = 5 yuan
    _, found = made("公司硅片月产量达4000万片，年销售收入24亿元。", "2018-03")
    (one,) = [s for (relation, _, _), s in found.items() if relation == "yuan_per_wafer"]
    assert one.value == pytest.approx(5.0)


def test_machines_and_another_plant_make_a_total_together():
    _, found = made("3台单机2MW的风机与旁边20MW光伏电站组成26MW风光互补电厂，每年供电约3800万度。")
    assert not any(s.rating == "inconsistent" for s in found.values())


def test_the_machines_of_the_energys_own_sentence_make_it():
    # 6 · 1.209 GW make 50 TWh in 6893 h; two of them could not
    _, found = made(
        "The two new units will each be capable of generating 1,209 MW. "
        "The nuclear plant's six units will make 50 billion kilowatt-hours a year."
    )
    key = ("full_load_hours", ("50 billion kilowatt-hours",), ("1,209 MW", "six units"))
    assert found[key].value == pytest.approx(6893, abs=1)


def test_masses_told_respectively_take_their_own_nouns():
    text = (
        "The plants will save 500,000 tons of standard coal and cut dust, sulfur dioxide and carbon "
        "dioxide by 6,900 tons, 5,700 tons and 1.3 million tons respectively."
    )
    assert [q.kind for q in read_quantities(text)] == ["mass_coal", "other", "other", "mass_co2"]
    text = "年可节约标准煤、减排二氧化碳和二氧化硫分别为3万吨、8万吨和200吨。"
    assert [q.kind for q in read_quantities(text)] == ["mass_coal", "mass_co2", "other"]


def test_the_first_of_a_larger_project_is_its_part():
    text = "The first 5 GW of a 10 GW cell project went into production for CNY 6.6 billion."
    parts = {q.text: q.part for q in read_quantities(text) if q.kind == "capacity"}
    assert parts == {"5 GW": "phase", "10 GW": "whole"}


def test_so_many_projects_of_a_size_have_it_together():
    text = "Forty photovoltaic projects of 953 megawatts will make 1.7 TWh a year."
    _, found = made(text, "2012-03")
    # 1.7e9 kWh / 953 MW = 1784 h
    key = ("full_load_hours", ("1.7 TWh",), ("953 megawatts",))
    assert found[key].value == pytest.approx(1784, abs=1)
    each = read_quantities("Four plants of 50 MW each make 300 GWh a year.")
    assert [q.part for q in each if q.kind == "capacity"] == ["unit"]


def test_a_farm_of_so_many_turbines_has_its_size():
    _, found = made("The 16-turbine 105.6MW wind farm in Kent can power 70,000 homes.")
    assert ("kwh_per_household", ("105.6MW",), ("70,000 homes",)) in found


def test_homes_are_held_against_the_mean_home_and_not_the_thriftiest():
    # 27 MW · 978 h / 12,800 = 2063 kWh; Ofgem's thrifty home uses 1800, the mean one 2900 (2020)
    fc, _ = made("The 27 MW solar farm in Kent can power 12,800 homes.", "2023")
    assert fc.verdict.rating == "overstated"


def test_the_mirrors_area_is_each_ones():
    _, found = made("The 11 MW solar tower uses six hundred 120 m2 mirrors.")
    assert not any(relation == "m2_per_kw" for relation, _, _ in found)


def test_what_a_decade_has_summed_up_is_a_total_past_other_figures():
    # 1.2e9 kWh / 10 / (33 · 2 MW) = 1818 h
    _, found = made(
        "In its first decade the farm of 33 two-megawatt turbines delivered 1.2 billion kWh, "
        "sparing 370,000 tons of coal."
    )
    key = ("full_load_hours", ("1.2 billion kWh",), ("two-megawatt", "33"))
    assert found[key].value == pytest.approx(1818, abs=1)


def test_what_a_fleet_has_grown_from_is_not_what_powers_the_homes():
    _, found = made("Capacity is 41 GW, up 47 percent from 28 GW, powering 12 million homes.")
    assert ("kwh_per_household", ("41 GW",), ("12 million homes",)) in found


def test_availability_is_no_capacity_factor():
    _, found = made("The 60 MW wind farm made 153 GWh; availability was 84 percent.")
    assert not any(relation == "stated_hours" for relation, _, _ in found)


def test_a_shop_is_no_store_of_energy():
    (use,) = [q for q in read_quantities("The store draws 2.4 GWh a year.") if q.unit == "kWh"]
    assert use.role == "consumption"


def test_the_turbines_beside_a_battery_make_the_energy():
    _, found = made(
        "The 100 MW/129 MWh battery cost A$90 million; the 99 turbines beside it, 315 MW, make "
        "1,050,000 MWh a year in South Australia.",
        "2018",
    )
    key = ("full_load_hours", ("1,050,000 MWh",), ("315 MW",))
    # 1.05e9 kWh / 315 MW = 3333 h
    assert found[key].rating in ("holds", "holds_if")


def test_tons_of_each_home_are_not_the_plants():
    _, found = made(
        "The 40 MW wind farm powers 22,000 homes, with 1.7 tonnes of CO2 saved per home."
    )
    assert not any(relation == "co2_per_kwh" for relation, _, _ in found)


def test_two_of_a_size_each():
    _, found = made("The EPRs, two of 1,660 MW each, will make 26 billion kWh annually.", "2013")
    key = ("full_load_hours", ("26 billion kWh",), ("1,660 MW", "two"))
    assert found[key].value == pytest.approx(7831, abs=1)


def test_a_store_of_nothing_serves_no_homes():
    fc = check(
        ",000 megawatt hours of storage, enough to power three million homes for a week.",
        on="2020",
        probability=False,
    )
    assert fc.verdict.rating == "cannot_check"


def test_the_half_years_hours_are_held_against_no_years():
    fc, found = made(
        "今年上半年，全国风电累计并网容量1.716亿千瓦；风电发电量1917亿千瓦时，平均利用小时数1143小时，"
        "同比增加159小时。",
        "2018-07",
    )
    assert not any(relation == "stated_hours" for relation, _, _ in found)
    # 2 · 191.7 TWh / 171.6 GW = 2234 h
    key = ("full_load_hours", ("1917亿千瓦时",), ("1.716亿千瓦",))
    assert found[key].value == pytest.approx(2234, abs=1)
    assert fc.verdict.rating in ("holds", "holds_if")


def test_a_hybrids_money_is_no_single_kinds():
    fc, _ = made(
        "“光热+光伏”项目总投资50.6亿元，总装机750MW（其中光热110MW、光伏640MW）。"
        "建成后年均上网电量17亿千瓦时，年产值4.57亿元。",
        "2021-10",
    )
    assert fc.verdict.rating in ("holds", "holds_if")


def test_a_phases_machines_are_not_the_whole_farm():
    _, found = made("风电场总装机500MW。一期投资4.7亿元，安装单机2MW的机组25台，已竣工。")
    assert not any(relation == "units_times_size_over_total" for relation, _, _ in found)


def test_ingots_are_cheaper_than_the_wafers_cut_of_them():
    # 160亿 / 50 GW = 0.32 yuan
    fc, _ = made("工厂达产后年产单晶硅棒50GW，年产值160亿元。", "2021-03")
    assert fc.verdict.rating in ("holds", "holds_if")


def test_the_solar_part_of_a_hybrid_has_its_own_energy():
    _, found = made(
        "水光互补电站总装机2130兆瓦，其中水电1280兆瓦、光伏850兆瓦，光伏年发电14.94亿度。", "2023"
    )
    # 1.494e9 kWh / 850 MW = 1758 h
    key = ("full_load_hours", ("14.94亿度",), ("850兆瓦",))
    assert found[key].value == pytest.approx(1758, abs=1)


def test_money_behind_a_list_of_phases_is_that_of_all():
    _, found = made("该光伏项目一期200MW、二期300MW，总投资38亿元。", "2019")
    assert ("investment_per_watt", ("38亿元",), ("300MW",)) not in found


@pytest.mark.parametrize(
    ("text", "written"),
    [
        (
            "The company will invest 3.8 billion yuan in two solar plants, of 200 MW and 300 MW.",
            "÷ (200 MW + 300 MW) = 7.60 CNY/W",
        ),
        (
            "The wind farm has 40 turbines of 8.25 MW and 47 turbines of 7 MW, 659 MW in all.",
            "(40 turbines × 8.25 MW + 47 turbines × 7 MW) ÷ 659 MW = 100 %",
        ),
        (
            "Its sales rose 36 % from 2.0 billion yuan to 2.72 billion yuan.",
            "2.72 billion yuan (2.72 billion CNY) ÷ (2.0 billion yuan (2 billion CNY) × (1 + 36 %))",
        ),
    ],
)
def test_a_reason_writes_sums_and_products_as_they_were_taken(text: str, written: str) -> None:
    assert written in " ".join(s.reason for s in check(text).statements)


@pytest.mark.parametrize(
    ("text", "phases"),
    [
        (
            "一期、二期工程装机容量分别为65MW和680MW，第三、第四阶段分别为1000MW和500MW。",
            ["1", "2", "3", "4"],
        ),
        ("Phases 1, 2 and 3 (100 MW, 150 MW and 200 MW) are built.", ["1", "2", "3"]),
    ],
)
def test_phases_named_in_a_list_each_have_their_figure(text: str, phases: list[str]) -> None:
    assert [q.phase for q in read_quantities(text)] == phases


@pytest.mark.parametrize(
    "text",
    [
        "The lines will yield about 2.6 billion 182mm wafers a year.",
        "The lines will yield about 2.6 billion 182-millimetre wafers a year.",
        "The lines will yield about 2.6 billion M10 monocrystalline wafers a year.",
    ],
)
def test_wafers_are_counted_past_their_size(text: str) -> None:
    (wafers,) = read_quantities(text)
    assert (wafers.value, wafers.unit, wafers.per) == (2.6e9, "piece", "year")


def test_a_countrys_capacity_is_no_partner_of_the_plants_energy() -> None:
    verdict = check(
        "A $1.5 billion hydropower plant has opened on the upper river. The 500 MW plant is to make "
        "5.1 billion kWh a year and lifts the country's generation capacity to just over 1,800 MW."
    ).verdict
    assert verdict.rating == "impossible"


def test_tons_equivalent_to_a_half_years_energy_are_of_the_half_year() -> None:
    found = check(
        "In the first half of the year the reactors fed 90 billion kWh to the grid. Their electricity was "
        "equal to burning 27 million tonnes of standard coal."
    )
    coal = statement(found, "coal_per_kwh")
    assert coal.value == pytest.approx(27 / 90, rel=1e-6)


def test_an_addition_of_the_year_is_not_what_made_its_energy() -> None:
    found = check(
        "China's solar fleet stood at 80 GW in December 2016, with the addition of 35 GW "
        "in twelve months. Solar plants made 72 billion kWh last year."
    )
    hours = statement(found, "full_load_hours")
    assert hours.value == pytest.approx(72000 / 80, rel=1e-3)


def test_a_sum_in_a_currency_without_rates_leaves_its_copies_to_the_check() -> None:
    found = check(
        "The wind farm has a capacity of 200 megawatts. Its builders spent three billion Danish "
        "kroner (400 million euros, 560 million dollars)."
    )
    cost = statement(found, "investment_per_watt")
    assert (cost.value, cost.unit) == (pytest.approx(400 / 200, rel=1e-6), "EUR/W")


def test_a_base_of_several_technologies_is_no_store() -> None:
    found = check(
        "The hydropower station has 2 million kilowatts. Its owner plans a base that joins "
        "hydropower, wind power, solar energy and energy storage, with a total "
        "capacity of 30 million kilowatts. The base should make 45 billion kWh a year."
    )
    hours = statement(found, "full_load_hours")
    assert hours.value == pytest.approx(45000 / 30, rel=1e-6)


def test_tons_that_an_energy_so_far_is_equal_to_are_of_the_same_time() -> None:
    found = check(
        "The station has generated 4 billion kWh since its gates were closed. "
        "It has a capacity of 2 million kilowatts. The electricity it generated is equivalent to "
        "1.2 million tonnes of standard coal."
    )
    coal = statement(found, "coal_per_kwh")
    assert coal.value == pytest.approx(1.2 / 4, rel=1e-6)


def test_tons_are_held_against_the_machines_that_the_next_sentence_counts() -> None:
    found = check(
        "The project in Poland is to cut carbon emissions by more than 1 million tons per year. "
        "The wind farm will have 40 Nordex 2.5MW turbines."
    )
    carbon = statement(found, "co2_per_kwh")
    assert found.verdict.rating == "does_not_hold"
    assert "2.5MW × 40 × 2410 h" in carbon.reason
    assert carbon.value == pytest.approx(1e9 / (100e3 * 2410), rel=1e-3)


def test_support_is_not_what_the_plants_cost() -> None:
    found = check(
        "Ministers agreed on ₹7,000 crores in financial support for 35,000 MW of solar parks."
    )
    assert not [s for s in found.statements if s.relation == "investment_per_watt" and s.value]


@pytest.mark.parametrize(
    ("text", "value", "unit", "kind"),
    [
        ("The plant cost $700 m to build.", 700e6, "USD", "investment"),
        ("The plant will avoid approximately 8,992 tCO2e per year.", 8.992e6, "kg", "mass_co2"),
        ("The plant will avoid 1.2 MtCO₂e per year.", 1.2e9, "kg", "mass_co2"),
    ],
)
def test_short_forms_of_millions_and_of_tons_of_co2(
    text: str, value: float, unit: str, kind: str
) -> None:
    (found,) = read_quantities(text)
    assert (found.value, found.unit, found.kind) == (pytest.approx(value), unit, kind)


def test_an_annual_capacity_factor_makes_no_factory() -> None:
    unit, energy, share = read_quantities(
        "The 1,300-MW nuclear unit made 10.9 million MWh, at an annual capacity factor of 96 percent."
    )
    assert (unit.role, unit.per, share.role) == (None, "none", "capacity factor")
    assert energy.per == "year"


def test_a_countrys_aims_are_not_the_plants() -> None:
    found = check(
        "A solar plant of 700 MW was opened in Rajasthan. With such plants, India aims to lower its yearly "
        "emissions by 14 million tons of carbon dioxide."
    )
    assert not [s for s in found.statements if s.relation == "co2_per_kwh" and s.value]
    found = check(
        "The solar plant has a capacity of 600 MW, enough for 400,000 homes. For its ambitious target of "
        "serving 50 million homes by 2022, India must build many more."
    )
    assert len([s for s in found.statements if s.relation == "kwh_per_household" and s.value]) == 1


def test_the_phases_of_two_projects_are_no_list_of_one() -> None:
    found = check(
        "总投资450亿元的产业链项目落户。甲公司项目总投资250亿元，分两期建设。一期投资150亿元建设10万吨生产线；"
        "二期投资100亿元建设10万吨生产线。乙公司项目总投资200亿元，分三期建设。一期投资52亿元建设10GW拉棒；"
        "二期投资48亿元建设20GW拉棒；三期投资100亿元建设10GW拉棒。"
    )
    assert found.verdict.rating not in ("inconsistent", "impossible")


def test_what_is_received_each_year_built_no_plant() -> None:
    found = check(
        "The 400 MW wind farm in Victoria powers 220,000 homes. Each turbine makes enough power for a village of 1400 homes "
        "(some 3800 people). The landowners are receiving about $2 million each year."
    )
    assert not [s for s in found.statements if s.relation == "investment_per_watt" and s.value]
    assert found.verdict.rating in ("holds", "holds_if")


def test_megawatt_hours_may_be_written_apart() -> None:
    (stored,) = read_quantities("The battery will hold 800 MW hours of storage.")
    assert (stored.value, stored.unit) == (800e3, "kWh")


def test_what_a_country_plans_to_make_is_not_of_its_newest_plants() -> None:
    found = check(
        "China had 45 GW of photovoltaics when 2015 closed. Its newly-installed photovoltaic "
        "capacity reached about 16 GW. By 2020, China plans to increase its solar generation to 190 billion kWh."
    )
    assert found.verdict.rating not in ("impossible", "does_not_hold")


def test_an_addition_is_no_part_of_what_there_is() -> None:
    found = check(
        "The contract is for 10 GW of annual monocrystalline ingot capacity. It is the first phase of a plan to "
        "add a further 25 GW of ingot capacity."
    )
    assert not [s for s in found.statements if s.relation == "parts_over_total"]


def test_wind_farms_counted_beside_their_capacity_are_no_machines() -> None:
    found = check("该区风电装机容量已达980万千瓦。去年新投产的风电场35座，容量360万千瓦。")
    assert not [s for s in found.statements if s.relation == "units_times_size_over_total"]


def test_what_is_under_construction_makes_nothing_yet() -> None:
    found = check(
        "The nuclear capacity of China's working reactors and those under construction is over 115 million kilowatts. "
        "In 2024 they made 440 billion kWh of nuclear electricity."
    )
    assert found.verdict.rating not in ("impossible", "does_not_hold")


def test_units_that_total_kilowatts_of_energy_have_that_power() -> None:
    _, power = read_quantities(
        "The utility has ordered 24 units, totaling a splendid 28.5 million kilowatts of energy."
    )
    assert (power.kind, power.unit) == ("capacity", "W")


def test_a_desert_is_no_plants_land_and_another_countrys_fleet_no_plants_power() -> None:
    found = check(
        "The photovoltaic base of three gigawatts lies at the edge of a desert in Ningxia that "
        "has an area of about 40,000 square kilometers. "
        "It is to make some 5.5 billion kWh a year."
    )
    assert found.verdict.rating in ("holds", "holds_if")
    found = check(
        "France had 5,000 MW of photovoltaic capacity last summer, which compares with some 36,000 MW in Germany. "
        "The new plant near Bordeaux is a 350 million euro project."
    )
    assert not [s for s in found.statements if s.relation == "investment_per_watt" and s.value]


def test_blades_of_107_m_are_no_millions_of_blades() -> None:
    blades, homes = read_quantities("With their 107m long blades the machines serve 5m homes.")
    assert (blades.value, blades.unit) == (107.0, "m")
    assert (homes.value, homes.unit) == (5e6, "household")


def test_a_countrys_offshore_capacity_serves_no_one_farms_homes() -> None:
    found = check(
        "The three fields have a total of 3.6 GW. All their turbines combined are to serve more than 4.4 "
        "million homes. At the close of 2019 the UK's total offshore wind capacity was 8.5 GW."
    )
    homes = statement(found, "kwh_per_household")
    assert found.quantities[homes.numerator[0]].value == 3.6e9


@pytest.mark.parametrize(
    ("text", "per"),
    [
        (
            "The wind farms made 65 billion kWh of electricity in the first quarter, up 24 percent.",
            "total",
        ),
        ("In the first nine months the plant generated 200 GWh.", "total"),
        ("一季度风电发电量687亿千瓦时。", "total"),
        ("前三季度，风电发电量2000亿千瓦时。", "total"),
        ("上半年风电发电量1000亿千瓦时。", "half-year"),
    ],
)
def test_a_quarters_energy_is_no_years(text: str, per: str) -> None:
    (energy,) = [q for q in read_quantities(text) if q.kind == "generation"]
    assert energy.per == per


def test_what_was_wasted_or_is_a_difference_is_no_plants_yield() -> None:
    found = read_quantities(
        "The region had 150 million kilowatts of wind power. 14 billion kilowatt hours of wind power was wasted in 2016, "
        "down 6 billion kilowatt hours from the year before."
    )
    assert [(q.kind, q.role) for q in found[1:]] == [
        ("other", "curtailed"),
        ("other", "difference"),
    ]


def test_a_growth_is_of_the_figure_before_it() -> None:
    found = check(
        "Solar plants made 50,000 GWh in China in the first half of the year, up 75% on the year: 20,600 GWh in the first "
        "quarter and 29,400 GWh in the second."
    )
    assert not [s for s in found.statements if s.relation == "stated_ratio_check"]


def test_a_sum_is_for_the_plants_listed_at_once_behind_it() -> None:
    found = check(
        "The $300 million solar farm is made of three solar plants of 240 MW, 60 MW, and 40 MW. The country's "
        "potential for solar power is put at around 12,000 MW."
    )
    cost = statement(found, "investment_per_watt")
    assert cost.value == pytest.approx(300 / 340, rel=1e-6)
