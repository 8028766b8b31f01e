"""Assumptions out of published hours and out of irradiation."""

import numpy as np
import pytest

from wafer_calc import Q_, assumptions, facts
from wafer_calc.assumptions import (
    default_set,
    fleet,
    full_load_hours,
    guaranteed_hours,
    insolation,
    plant_record,
)
from wafer_calc.errors import (
    AssumptionError,
    RangeError,
    ReadError,
    ShapeError,
    UnitError,
    UnknownNameError,
)


def test_hours_on_modules_are_a_yield():
    a = full_load_hours(Q_(1500, "hour"), basis="dc")
    assert (a.specific_yield, a.low, a.high, a.published) == (1500.0, None, None, 1500.0)
    assert full_load_hours(Q_(1500, "kWh/kW"), basis="dc").specific_yield == 1500.0


def test_hours_on_the_grid_connection_divide_by_the_ratio():
    # 2050 h / 1.25 = 1640 kWh per kW DC
    a = full_load_hours(Q_(2050, "hour"), basis="ac", dc_ac_ratio=1.25)
    assert a.specific_yield == pytest.approx(1640)
    assert (a.low, a.published, a.dc_ac_ratio) == (None, 2050.0, 1.25)


def test_registered_hours_are_an_interval_led_by_the_dc_reading():
    # 1166 / 1.2 = 971.7
    a = full_load_hours(Q_(1166, "hour"), basis="as_registered", dc_ac_ratio=Q_(120, "%"))
    assert a.specific_yield == a.high == 1166.0
    assert a.low == pytest.approx(971.67, abs=0.01)
    bare = full_load_hours(Q_(1166, "hour"), basis="as_registered")
    assert (bare.specific_yield, bare.low, bare.high) == (1166.0, None, None)


def test_place_year_and_source_are_kept():
    a = full_load_hours(
        Q_(1400, "hour"), basis="dc", year=2021, place="Gansu", source="A yearbook, p. 12"
    )
    assert (a.name, a.year, a.place) == ("Gansu, 2021", 2021, "Gansu")
    assert a.sources[0].title == "A yearbook, p. 12"
    fact = facts.find("pv.guaranteed_hours").best
    assert full_load_hours(Q_(1, "h"), basis="dc", source=fact).sources == (fact.source,)
    assert full_load_hours(Q_(1, "h"), basis="dc", source=fact.source).sources == (fact.source,)
    assert full_load_hours(Q_(1, "h"), basis="dc", name="mine").name == "mine"


@pytest.mark.parametrize(
    ("hours", "more", "error", "told"),
    [
        (1500, {}, UnitError, "hours: 1500 has no unit, wanted hour"),
        (Q_(40, "GW"), {}, UnitError, "hours: 40 GW is"),
        (Q_(9000, "hour"), {}, RangeError, "hours: 9000 h is more than the 8760 h of a year"),
        (Q_(0, "hour"), {}, RangeError, "hours: 0 hour is too low, wanted more than 0 hour"),
        (Q_(float("nan"), "hour"), {}, RangeError, "hours: .* is not finite"),
        (Q_([1, 2], "hour"), {}, ShapeError, r"hours: an array of shape \(2,\)"),
        (Q_(1500, "hour"), {"basis": "peak"}, AssumptionError, "basis: 'peak' is none of dc, ac"),
        (Q_(1500, "hour"), {"basis": "ac"}, AssumptionError, "give the DC/AC ratio of its own"),
        (Q_(1500, "hour"), {"dc_ac_ratio": 120}, RangeError, "dc_ac_ratio: 120 is outside"),
        (Q_(1500, "hour"), {"dc_ac_ratio": [1, 2]}, ShapeError, "dc_ac_ratio: an array"),
        (Q_(1500, "hour"), {"source": 7}, AssumptionError, "source: 7 is a int, wanted a Source"),
        (Q_(1500, "hour"), {"plant": object()}, AssumptionError, "hold their plants' losses"),
    ],
)
def test_hours_that_cannot_be(hours, more, error, told):
    with pytest.raises(error, match=told):
        full_load_hours(hours, **({"basis": "dc"} | more))


def test_the_chinese_series_are_never_mixed():
    whole, large = fleet("China", 2021), fleet("China", 2021, series="large")
    assert (whole.specific_yield, large.specific_yield) == (1166.0, 1281.0)
    assert whole.name == "China, all PV, 2021"
    assert large.name_zh == "中国6兆瓦及以上电站，2021年"
    assert (whole.kind, whole.basis, whole.year, whole.place) == (
        "reported", "as_registered", 2021, "China",
    )  # fmt: skip
    # a DC/AC ratio of 1.2
    assert whole.low == pytest.approx(1166 / 1.2)
    assert len(whole.sources) == 2
    assert "1168 h" in whole.note


def test_ac_fleets_use_their_own_ratio():
    a = fleet("US", 2021, series="large")
    # 2137 h per kW AC / 1.34
    assert (a.published, a.dc_ac_ratio) == (2137.0, 1.34)
    assert a.specific_yield == pytest.approx(1594.8, abs=0.1)


def test_fleets_by_other_spellings_and_the_latest_year():
    assert fleet("中国", 2021) == fleet("china", 2021)
    assert fleet("China").year >= 2023
    assert fleet("China", on="2022-07").year == 2021
    assert fleet("China", 2021, on="2022-02").specific_yield == 1168.0
    assert "no DC/AC ratio" in fleet("Germany", 2021).note


@pytest.mark.parametrize(
    ("arguments", "error", "told"),
    [
        (("Chna", 2021), UnknownNameError, "country: no such name 'Chna'; nearest: China"),
        (("China", 1949), UnknownNameError, "year of China: no such name '1949'; .*known: 2014"),
        (("China", 2021, "small"), UnknownNameError, "series: no such name 'small'; nearest: all"),
        (("China", None, "all", "1990"), UnknownNameError, "nothing fits 'pv.full_load_hours' by"),
        (("China", 2021, "all", "soon"), ReadError, "on: 'soon' is no date"),
        (("China", 2021, "all", None, object()), AssumptionError, "plant: 'China, all PV'"),
    ],
)
def test_fleets_that_nobody_knows(arguments, error, told):
    names = ("country", "year", "series", "on", "plant")
    with pytest.raises(error, match=told):
        fleet(**dict(zip(names, arguments, strict=False)))


def test_a_guarantee_is_a_policy():
    a = guaranteed_hours()
    assert (a.kind, a.specific_yield) == ("policy", 1500.0)
    assert guaranteed_hours("gansu_class_2").specific_yield == 1400.0
    with pytest.raises(UnknownNameError, match="zone: no such name 'class_9'; nearest: class_1"):
        guaranteed_hours("class_9")
    with pytest.raises(AssumptionError, match="hold their plants' losses"):
        guaranteed_hours(plant=object())


def test_records_of_plants():
    kubuqi = plant_record("kubuqi")
    # 4.1 TWh / 2 GW AC = 2050 h; / 1.2 = 1708 kWh per kW DC
    assert kubuqi.specific_yield == pytest.approx(1708.3, abs=0.1)
    assert kubuqi.low < kubuqi.specific_yield < kubuqi.high
    assert plant_record("Golmud").specific_yield == 1585.0
    assert plant_record("dalad", on="2022-07").specific_yield == 1600.0
    assert plant_record("dalad").specific_yield == 2000.0
    with pytest.raises(UnknownNameError, match="plant: no such name 'kubuki'; nearest: kubuqi"):
        plant_record("kubuki")
    with pytest.raises(AssumptionError, match="hold their plants' losses"):
        plant_record("kubuqi", plant=object())


def test_the_default_set_of_july_2022():
    made = {a.name: a for a in default_set(on="2022-07")}
    assert len(made) >= 10
    yields = [a.specific_yield for a in made.values()]
    assert yields == sorted(yields)
    # on each side of the 1500 kWh/kW that 60 TWh of 40 GW need
    assert min(yields) < 1000 < 1500 < max(yields)
    assert made["China, all PV, 2021"].specific_yield == 1166.0
    assert made["China, plants of 6 MW and more, 2021"].specific_yield == 1281.0
    assert {a.kind for a in made.values()} >= {"reported", "policy"}
    assert all(a.sources and a.name_zh for a in made.values())
    assert all(a.year is None or a.year <= 2021 for a in made.values())


def test_the_default_set_grows_with_time():
    names = [len(default_set(on=year)) for year in ("2012", "2017", "2022", "2025")]
    assert names == sorted(names)
    assert names[0] < names[-1] == len(default_set())
    from wafer_calc.tables import read_table

    assert len(default_set()) == len(read_table("wafer_calc.assumptions", "defaults")["row"])


def test_irradiation_in_the_plane_and_on_the_horizontal():
    # 1950 · 0.8 = 1560; 1700 · 1.15 · 0.8 = 1564
    a = insolation(Q_(1950, "kWh/m^2"), plane="poa", performance_ratio=0.8)
    assert a.specific_yield == pytest.approx(1560)
    assert (a.kind, a.performance_ratio) == ("modelled", 0.8)
    b = insolation(
        Q_(1700, "kWh/m^2"), plane="horizontal", transposition_factor=1.15,
        performance_ratio=Q_(80, "%"), place="Baotou", year=2020, source="a sensor",
    )  # fmt: skip
    assert b.specific_yield == pytest.approx(1564)
    assert (b.name, b.sources[0].title) == ("Baotou, 2020", "a sensor")
    assert insolation(Q_(6120, "MJ/m^2"), plane="poa", performance_ratio=1).specific_yield == (
        pytest.approx(1700)
    )


@pytest.mark.parametrize(
    ("irradiation", "more", "error", "told"),
    [
        (1950, {}, UnitError, "irradiation: 1950 has no unit"),
        (Q_(1950, "kWh"), {}, UnitError, "irradiation: 1950 kWh is"),
        (Q_(-1, "kWh/m^2"), {}, RangeError, "irradiation: -1 kWh/m\\^2 is too low"),
        (Q_([1, 2], "kWh/m^2"), {}, ShapeError, "irradiation: an array"),
        (Q_(1950, "kWh/m^2"), {"plane": "roof"}, AssumptionError, "plane: 'roof' is none of"),
        (Q_(1950, "kWh/m^2"), {"plane": "horizontal"}, AssumptionError, "needs one, such as 1.15"),
        (Q_(1950, "kWh/m^2"), {"transposition_factor": 1.1}, AssumptionError, "transposed already"),
        (Q_(1950, "kWh/m^2"), {"performance_ratio": None}, AssumptionError, "neither of plant"),
        (Q_(1950, "kWh/m^2"), {"performance_ratio": 80}, RangeError, "if percent was meant"),
        (Q_(1950, "kWh/m^2"), {"temp_cell": Q_(50, "degC")}, AssumptionError, "temp_cell: a perf"),
        (Q_(20_000, "kWh/m^2"), {}, RangeError, r"specific_yield: 16000 kWh/kW is outside"),
    ],
)
def test_irradiation_that_cannot_be(irradiation, more, error, told):
    wanted = {"plane": "poa", "performance_ratio": 0.8} | more
    with pytest.raises(error, match=told):
        insolation(irradiation, **wanted)


def test_everything_public_is_there():
    assert all(callable(getattr(assumptions, name)) for name in assumptions.__all__)
    assert np.all([name == name.lower() for name in assumptions.__all__])
