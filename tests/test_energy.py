"""A capacity under an assumption, as it ages, and as a factory's growing fleet."""

import json

import numpy as np
import pytest
from pint.testing import assert_allclose

from wafer_calc import Q_
from wafer_calc.assumptions import fleet, full_load_hours
from wafer_calc.energy import (
    Assumption,
    EnergyYield,
    annual_energy,
    energy_in_year,
    factory_fleet,
    hours_per_year,
    lifetime_energy,
)
from wafer_calc.errors import AssumptionError, RangeError, ShapeError, UnitError

FLAT = full_load_hours(Q_(1500, "hour"), basis="dc")
SEASONS = Assumption(
    name="seasons", kind="modelled", specific_yield=1200.0, low=1000.0, high=1300.0, sources=(),
    monthly=tuple([50.0] * 6 + [150.0] * 6), performance_ratio=0.8,
)  # fmt: skip
AGEING = {"first_year_loss": 0.02, "annual_degradation": 0.0055}


def test_the_claim_needs_fifteen_hundred_hours():
    # 40 GW · 1500 h = 60 TWh; 1500 / 8760 = 17.1 %
    made = annual_energy(Q_(40, "GW"), FLAT)
    assert_allclose(made.energy_ac, Q_(60, "TWh"))
    assert_allclose(made.full_load_hours, Q_(1500, "hour"))
    assert made.capacity_factor.m_as("%") == pytest.approx(17.123, abs=1e-3)
    assert made.sources == () == FLAT.sources


def test_the_chinese_fleet_of_2021_falls_short():
    # 40 GW · 1166 h = 46.64 TWh; 40 GW · 1281 h = 51.24 TWh
    whole = annual_energy(Q_(40, "GW"), fleet("China", 2021))
    large = annual_energy(Q_(40, "GW"), fleet("China", 2021, series="large"))
    assert_allclose(whole.energy_ac, Q_(46.64, "TWh"))
    assert_allclose(large.energy_ac, Q_(51.24, "TWh"))
    # the AC reading at 1.2 DC per AC: 46.64 / 1.2 = 38.87 TWh
    assert_allclose(whole.low, Q_(38.867, "TWh"), rtol=1e-4)
    assert_allclose(whole.high, whole.energy_ac)
    assert whole.sources


def test_interval_months_and_performance_ratio_go_along():
    made = annual_energy(Q_(2, "kW"), SEASONS)
    assert_allclose(made.low, Q_(2000, "kWh"))
    assert_allclose(made.high, Q_(2600, "kWh"))
    assert_allclose(made.monthly, Q_(np.array([100.0] * 6 + [300.0] * 6), "kWh"))
    assert_allclose(made.monthly.sum(), made.energy_ac)
    assert made.performance_ratio == 0.8


def test_twice_the_capacity_twice_the_energy_and_none_none():
    capacities = Q_(np.array([0.0, 20.0, 40.0]), "GW")
    made = annual_energy(capacities, SEASONS)
    assert_allclose(made.energy_ac, Q_(np.array([0.0, 24.0, 48.0]), "TWh"))
    assert made.monthly.shape == (3, 12)
    assert annual_energy(Q_(0, "W"), SEASONS).specific_yield == Q_(1200, "kWh/kW")


def test_curtailment_takes_its_share():
    # 60 TWh · (1 − 0.05) = 57 TWh
    made = annual_energy(Q_(40, "GW"), FLAT, curtailment=Q_(5, "%"))
    assert_allclose(made.energy_ac, Q_(57, "TWh"))
    assert_allclose(made.full_load_hours, Q_(1425, "hour"))
    assert annual_energy(Q_(40, "GW"), FLAT, curtailment=1.0).energy_ac == Q_(0, "TWh")


def test_the_year_has_8760_hours():
    assert hours_per_year() == 8760.0


def test_plain_values_and_tables():
    made = annual_energy(Q_(2, "kW"), SEASONS)
    document = json.loads(json.dumps(made.to_dict()))
    assert document["energy_ac_kwh"] == pytest.approx(2400)
    assert document["specific_yield_kwh_per_kw_dc"] == 1200
    assert document["assumption"]["name"] == "seasons"
    assert made.to_dataframe().loc[0, "energy_ac_12_kwh"] == pytest.approx(300)
    many = annual_energy(Q_(np.array([1.0, 2.0]), "kW"), SEASONS).to_dataframe()
    assert list(many["energy_ac_kwh"]) == pytest.approx([1200, 2400])
    assert list(many["full_load_hours_h"]) == pytest.approx([1200, 1200])
    row = fleet("China", 2021).to_dataframe().iloc[0]
    assert row["specific_yield_kwh_per_kw_dc"] == 1166
    assert "China Electricity Council" in row["sources"]
    assert json.dumps(fleet("China", 2021).to_dict())


def test_what_is_unknown_is_null_in_the_document_and_nan_in_the_table():
    made = annual_energy(Q_(1, "kW"), FLAT)
    assert made.to_dict()["performance_ratio"] is None
    assert made.to_dataframe()["performance_ratio"].dtype == float
    gap = EnergyYield(
        capacity_dc=Q_(1, "kW"),
        energy_ac=Q_(np.array([1200.0, np.nan]), "kWh"),
        specific_yield=Q_(np.array([1200.0, np.nan]), "kWh/kW"),
    )
    assert gap.to_dict()["energy_ac_kwh"] == [1200.0, None]
    assert np.isnan(gap.to_dataframe().loc[1, "capacity_factor"])


def test_the_years_show_themselves_in_notebooks():
    life = lifetime_energy(annual_energy(Q_(40, "GW"), FLAT), 2, **AGEING)
    assert "<td>1</td><td>40 GW</td><td>58.8 TWh</td>" in life._repr_html_()


def test_an_assumption_cannot_contradict_itself():
    with pytest.raises(RangeError, match=r"specific_yield: 9000 kWh/kW is outside \(0, 8760\]"):
        Assumption(name="x", kind="reported", specific_yield=9000.0, sources=())
    with pytest.raises(RangeError, match="outside its own interval"):
        Assumption(name="x", kind="reported", specific_yield=1000.0, low=1100.0, sources=())
    with pytest.raises(RangeError, match="not finite"):
        Assumption(name="x", kind="reported", specific_yield=float("nan"), sources=())


def test_something_else_than_an_assumption_and_plants_are_refused():
    with pytest.raises(AssumptionError, match="assumption: 1500 is a int, wanted an Assumption"):
        annual_energy(Q_(40, "GW"), 1500)
    with pytest.raises(AssumptionError, match="tabulated hours hold their plants' losses already"):
        annual_energy(Q_(40, "GW"), FLAT, plant=object())
    with pytest.raises(AssumptionError, match="give the plant to site"):
        annual_energy(Q_(40, "GW"), SEASONS, plant=object())
    with pytest.raises(ShapeError, match="capacity_dc"):
        annual_energy(Q_(np.ones(2), "GW"), FLAT, curtailment=np.zeros(3))


def test_energy_as_modules_age():
    # year 1: 60 · 0.98 = 58.8; year 3: 60 · (0.98 − 2 · 0.0055) = 58.14 TWh
    new = annual_energy(Q_(40, "GW"), FLAT)
    assert_allclose(energy_in_year(new, 1, **AGEING), Q_(58.8, "TWh"))
    assert_allclose(energy_in_year(new, 3, **AGEING), Q_(58.14, "TWh"))
    life = lifetime_energy(new, 25, **AGEING)
    # 60 · (25 · 0.98 − 0.0055 · 24 · 25 / 2) = 60 · 22.85 = 1371 TWh
    assert_allclose(life.total, Q_(1371, "TWh"))
    assert_allclose(life.energy_ac[2], Q_(58.14, "TWh"))
    assert life.share_of_nameplate[-1] == pytest.approx(0.98 - 24 * 0.0055)
    assert life.first_year_above(Q_(58.9, "TWh")) is None
    assert life.first_year_above(Q_(50, "TWh")) == 1


def test_without_ageing_a_life_is_years_times_a_year():
    new = annual_energy(Q_(40, "GW"), FLAT)
    life = lifetime_energy(new, 30, first_year_loss=0, annual_degradation=0)
    assert_allclose(life.total, 30 * new.energy_ac)


def test_modules_never_give_less_than_nothing():
    new = annual_energy(Q_(40, "GW"), FLAT)
    assert energy_in_year(new, 40, first_year_loss=0.1, annual_degradation=0.05).m == 0


def test_a_factory_builds_up_a_fleet():
    # no ageing, half a year of work in the year of making: 0.5, 1.5, 2.5 times 60 TWh
    grown = factory_fleet(Q_(40, "GW"), 3, assumption=FLAT, first_year_loss=0, annual_degradation=0)
    assert_allclose(grown.capacity_dc, Q_(np.array([40.0, 80.0, 120.0]), "GW"))
    assert_allclose(grown.energy_ac, Q_(np.array([30.0, 90.0, 150.0]), "TWh"))
    # Three Gorges made 103.6 TWh in 2021
    assert grown.first_year_above(Q_(103.6, "TWh")) == 3
    assert_allclose(grown.total, Q_(270, "TWh"))


def test_a_fleet_ages_by_cohort():
    # built on 1 January: year 2 holds a cohort in its 2nd year (0.9745) and one in its 1st (0.98)
    grown = factory_fleet(Q_(1, "GW"), 2, assumption=FLAT, first_year_share=1, **AGEING)
    assert_allclose(grown.energy_ac, Q_(np.array([1.47, 1.5 * (0.98 + 0.9745)]), "TWh"))
    assert grown.share_of_nameplate == pytest.approx([0.98, (0.98 + 0.9745) / 2])


def test_a_fleet_retires_and_outlives_its_factory():
    # two years of making, two years of service from 1 January: 1, 2, 1, 0 GW
    grown = factory_fleet(
        Q_(1, "GW"), 2, assumption=FLAT, first_year_loss=0, annual_degradation=0,
        horizon=4, service_life=2, first_year_share=1,
    )  # fmt: skip
    assert_allclose(grown.capacity_dc, Q_(np.array([1.0, 2.0, 1.0, 0.0]), "GW"))
    assert_allclose(grown.energy_ac, Q_(np.array([1.5, 3.0, 1.5, 0.0]), "TWh"))


def test_every_kilowatt_hour_of_a_cohort_is_made_whatever_the_day_it_was_built():
    # a service life of 3 years within a horizon of 5 gives the same sum, spread over one year more
    whole, half = (
        factory_fleet(Q_(1, "GW"), 1, assumption=FLAT, horizon=5, service_life=3,
                      first_year_share=share, **AGEING)
        for share in (1.0, 0.5)
    )  # fmt: skip
    assert_allclose(whole.total, half.total)


def test_a_ramp_up_and_a_table_of_years():
    grown = factory_fleet(Q_([10, 20], "GW"), 2, assumption=FLAT, curtailment=0.1, **AGEING)
    assert_allclose(grown.capacity_dc, Q_(np.array([10.0, 30.0]), "GW"))
    table = grown.to_dataframe()
    assert list(table.index) == [1, 2]
    # 10 GW · half a year · 1500 h · 0.98 · 0.9 = 6.615 TWh
    assert table.loc[1, "energy_ac_twh"] == pytest.approx(6.615)


@pytest.mark.parametrize(
    ("change", "error", "told"),
    [
        ({"years": 0}, RangeError, "years: 0 is too low, wanted 1 or more years"),
        ({"years": 2.5}, UnitError, "years: 2.5 is no whole number"),
        ({"years": True}, UnitError, "years: True is no whole number"),
        ({"capacity_per_year": Q_(-1, "GW")}, RangeError, "capacity_per_year: -1 GW is too low"),
        (
            {"capacity_per_year": Q_([1, 2, 3], "GW")},
            ShapeError,
            r"capacity_per_year: shape \(3,\)",
        ),
        ({"first_year_loss": 2}, RangeError, r"first_year_loss: 2 is outside .*Q_\(2, '%'\)"),
        ({"annual_degradation": np.array([0.1, 0.2])}, ShapeError, "annual_degradation: an array"),
        ({"service_life": 0}, RangeError, "service_life: 0 is too low"),
        ({"horizon": -3}, RangeError, "horizon: -3 is too low"),
        ({"first_year_share": 1.2}, RangeError, "first_year_share: 1.2 is outside"),
    ],
)
def test_fleets_that_cannot_be(change, error, told):
    wanted = {"capacity_per_year": Q_(40, "GW"), "years": 2, "assumption": FLAT} | AGEING | change
    with pytest.raises(error, match=told):
        factory_fleet(**wanted)


def test_ageing_needs_one_yield():
    with pytest.raises(UnitError, match="new: 60 is no EnergyYield; make one with annual_energy"):
        energy_in_year(60, 1, **AGEING)
    many = annual_energy(Q_(np.ones(2), "GW"), FLAT)
    with pytest.raises(ShapeError, match="new: a yield of one capacity"):
        lifetime_energy(many, 2, **AGEING)
    assert_allclose(energy_in_year(many, 1, **AGEING), Q_(np.array([1.47, 1.47]), "TWh"))
    with pytest.raises(RangeError, match="energy: -1 TWh is too low"):
        lifetime_energy(annual_energy(Q_(1, "GW"), FLAT), 2, **AGEING).first_year_above(
            Q_(-1, "TWh")
        )
