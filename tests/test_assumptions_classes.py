import math

import pytest
from pint.testing import assert_allclose

from wafer_calc import facts
from wafer_calc.assumptions.classes import (
    fleet_class,
    portfolio,
    reference_classes,
    sampled,
    station_class,
)
from wafer_calc.assumptions.years import class_lifetime, class_passing_year
from wafer_calc.errors import AssumptionError, UnknownNameError
from wafer_calc.units import Q_

JULY = "2022-07"


def factor(of, name):
    return next(one.distribution for one in of.inputs if one.name == name)


def test_the_chinese_fleet_lies_between_all_plants_and_the_larger_ones():
    made = fleet_class("China", 2021, on=JULY)
    assert made.name == "the Chinese fleet of 2021"
    hours = factor(made, "hours of the fleet")
    # 1166 h of all plants and 1281 h of those of 6 MW and more, as 90 % interval
    assert hours.cdf(1166) == pytest.approx(0.05, abs=0.005)
    assert hours.cdf(1281) == pytest.approx(0.95, abs=0.005)
    assert made.reaching(Q_(1500, "kWh/kW")) is None


def test_hours_as_registered_are_between_the_ac_and_the_dc_reading():
    basis = factor(fleet_class("China", 2021, on=JULY), "DC or AC basis")
    # with 1.2 W DC for each W AC the same hours are 1 / 1.2 as many on DC, and never more
    assert (basis.low, basis.mode, basis.high) == pytest.approx((1 / 1.2, 1.0, 1.0))


def test_the_fleet_does_not_make_fifteen_hundred_hours():
    assert portfolio(fleet_class("China", 2021, on=JULY)).exceeds(Q_(1500, "kWh/kW")) < 0.001


def test_every_spread_of_a_station_class_is_a_fact():
    made = station_class("Inner Mongolia", on=JULY)
    for name, cause in (
        ("irradiation data", "resource_data"),
        ("performance ratio", "performance_ratio"),
        ("weather of the year", "weather_year"),
    ):
        judged = [
            f for f in facts.find("uncertainty.pv", on=JULY, cause=cause) if f.kind == "assumption"
        ]
        mean, std = factor(made, name).moments()
        assert mean == pytest.approx(1.0)
        assert std == pytest.approx(judged[0].value, rel=1e-6)
        assert judged[0].note
        assert judged[0].source.id in {source.id for source in made.sources}


def test_curtailment_is_what_was_known_by_the_date():
    # provincial figures of 2020 and 2021 appeared in September 2022: by July only the country's
    before = factor(station_class("Inner Mongolia", on=JULY), "curtailment")
    national = {f.value for f in facts.find("pv.curtailment", on=JULY, country="China")}
    assert set(before.of.values) <= national
    after = factor(station_class("Inner Mongolia", on="2022-12"), "curtailment")
    # 2.0 % in 2020 and 2.05 % in 2021
    assert after.moments()[0] == pytest.approx(1 - (0.02 + 0.0205) / 2)


def test_a_portfolio_is_the_product_of_its_means():
    made = station_class("Inner Mongolia", on=JULY)
    mean = math.prod(one.distribution.moments()[0] for one in made.inputs)
    assert_allclose(portfolio(made).mean, Q_(mean, "kWh/kW"), rtol=1e-9)


def test_the_closed_form_agrees_with_sampling():
    for made in reference_classes(province="Inner Mongolia", on=JULY):
        closed, drawn = portfolio(made), sampled(made, rng=1)
        assert_allclose(closed.mean, drawn.mean, rtol=1e-3)
        for probability in (0.1, 0.25, 0.5, 0.75, 0.9):
            assert_allclose(closed.quantile(probability), drawn.quantile(probability), rtol=0.01)
        for needed in (1200, 1350, 1500, 1650):
            odds = drawn.exceeds(Q_(needed, "kWh/kW")).value
            assert closed.exceeds(Q_(needed, "kWh/kW")) == pytest.approx(odds, abs=0.02)


def test_years_of_weather_average_out():
    made = station_class("Inner Mongolia", on=JULY)
    one, many = portfolio(made), portfolio(made, years=25)
    assert many.moments()[0] == pytest.approx(one.moments()[0], rel=1e-9)
    cv2 = [(of.moments()[1] / of.moments()[0]) ** 2 for of in (one, many)]
    # 1 + cv² is a product, of which the weather's 1 + 0.02² becomes 1 + 0.02²/25
    assert (1 + cv2[1]) / (1 + cv2[0]) == pytest.approx((1 + 0.0004 / 25) / 1.0004, rel=1e-6)


def test_sites_are_counted_one_by_one():
    made = station_class("north-western", on=JULY)
    assert made.name == "plants at north-western stations"
    assert made.name_zh == "西北各站点的固定式电站"
    reaching, of = made.reaching(Q_(1500, "kWh/kW"))
    assert of == len(made.places) == 17
    assert reaching == sum(one >= 1500 for one in made.yields)
    assert made.reaching(Q_(1, "kWh/kW")) == (17, 17)


def test_classes_of_a_claim():
    names = [one.name for one in reference_classes(province="Inner Mongolia", on=JULY)]
    assert names == [
        "the Chinese fleet of 2021",
        "plants at north-western stations",
        "plants at Inner Mongolia stations",
        "single-axis trackers at Inner Mongolia stations",
    ]
    assert len(reference_classes(province="Ningxia", on=JULY)) == 2  # one station is no class
    assert [one.key for one in reference_classes(country="Germany")] == ["fleet:Germany"]
    assert reference_classes(country="Atlantis") == ()


def test_what_is_no_class_is_refused():
    with pytest.raises(AssumptionError, match="'Ningxia' has one station"):
        station_class("Ningxia")
    with pytest.raises(UnknownNameError, match="Inner Mongolia"):
        station_class("Inner Mongolya")


def test_a_service_life_of_a_year_of_wafers():
    of = fleet_class("China", 2021, on=JULY)
    life = {years: class_lifetime(Q_(40, "GW"), of, years, on=JULY, rng=1) for years in (25, 30)}
    year_twh = portfolio(of, aged=False).mean.m_as("kWh/kW") * 40e6 / 1e9
    # a median loss of 0.77 % a year leaves 1 - 0.0077 · 12 of the mean year of 25, and 0.06 % of
    # modules failing a year takes 0.0006 · 12 more
    assert life[25].p50.m_as("TWh") == pytest.approx(25 * year_twh * (1 - 0.0083 * 12), rel=0.02)
    assert life[25].p90 < life[25].p50 < life[30].p50


def test_the_year_in_which_the_factory_passes_the_dam():
    dam = facts.find("three_gorges.generation", period=2021, on=JULY).best
    slow = class_passing_year(Q_(40, "GW"), fleet_class("China", 2021, on=JULY), dam, rng=1)
    fast = class_passing_year(
        Q_(40, "GW"), station_class("Inner Mongolia", tracking=True, on=JULY), dam, rng=1
    )
    # about 46 TWh from each year's wafers, half of it in the year of making: 23, 69, 115 TWh
    assert slow.median == 3
    assert fast.median <= slow.median
    assert sum(fast.probabilities.values()) == pytest.approx(1.0)
