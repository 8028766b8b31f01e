import numpy as np
import pytest
from pint.testing import assert_allclose

from wafer_calc import facts
from wafer_calc.errors import AssumptionError, RangeError, UnitError
from wafer_calc.uncertainty import (
    between,
    empirical,
    lifetime_spread,
    normal,
    passing_year,
    triangular,
)
from wafer_calc.units import Q_

NO_LOSS = {"annual_degradation": 0.0, "annual_failures": 0.0}


def test_a_lifetime_without_losses_is_years_times_the_first():
    life = lifetime_spread(normal(Q_(50, "TWh"), Q_(5, "TWh")), 25, rng=1, **NO_LOSS)
    assert_allclose(life.p50, Q_(1250, "TWh"), rtol=1e-3)
    # exceeded nine times in ten: 25 · (50 - 1.2816 · 5)
    assert_allclose(life.p90, Q_(25 * (50 - 1.2815516 * 5), "TWh"), rtol=2e-3)


def test_a_lifetime_with_the_mean_losses_by_hand():
    # 30 years at 0.5 % a year: 30 - 0.005 · (0 + 1 + … + 29) = 30 - 2.175; after 2 % at once
    # 30 · 0.98 - 2.175 = 27.225
    life = lifetime_spread(
        normal(Q_(50, "TWh"), Q_(0.001, "TWh")), 30,
        annual_degradation=0.005, annual_failures=0.0, first_year_loss=0.02, rng=1,
    )  # fmt: skip
    assert_allclose(life.mean, Q_(50 * 27.225, "TWh"), rtol=1e-5)


def test_failures_take_their_share_year_by_year():
    # 1 + 0.9 + 0.81 = 2.71
    life = lifetime_spread(
        normal(Q_(10, "TWh"), Q_(1e-4, "TWh")), 3,
        annual_degradation=0.0, annual_failures=Q_(10, "%"), rng=1,
    )  # fmt: skip
    assert_allclose(life.mean, Q_(27.1, "TWh"), rtol=1e-4)


def test_the_facts_of_ageing_are_uncertain_by_themselves():
    losses = {
        "annual_degradation": next(
            fact
            for fact in facts.find("pv.degradation_annual", on="2022-07", subject="system")
            if fact.low is not None
        ),
        "annual_failures": facts.find("pv.module_failure_rate", on="2022-07").best,
    }
    life = {years: lifetime_spread(Q_(50, "TWh"), years, rng=1, **losses) for years in (25, 30)}
    assert life[25].names == ("annual_degradation", "annual_failures")
    assert 0.5 * 1250 < life[25].p90.m_as("TWh") < life[25].p50.m_as("TWh") < 1250
    assert life[30].p50 > life[25].p50
    # more years, more ageing: the mean year of the longer life is the poorer one
    assert life[30].p50 / 30 < life[25].p50 / 25


def test_forty_gigawatts_a_year_pass_the_dam_in_their_third_year():
    # 40 GW · 1300 h = 52 TWh from each whole year of factory. With half of the year of making:
    # year 1: 0.5 · 52 = 26, year 2: 78, year 3: 130 TWh, more than 103.6
    passed = passing_year(
        Q_(40, "GW"), normal(Q_(1300, "hour"), Q_(1, "hour")), Q_(103.6, "TWh"), rng=1, **NO_LOSS
    )
    assert passed.probabilities == {3: 1.0}
    assert (passed.median, passed.never) == (3, 0.0)


def test_the_chance_of_each_year_is_that_of_its_yardsticks():
    # 78 TWh in year 2 passes the drought year of 77, not 88.2 or 111.8; year 3 makes 130
    passed = passing_year(
        Q_(40, "GW"), Q_(1300, "hour"), empirical([77.0, 88.2, 111.8, 140.0], "TWh"), rng=1,
        **NO_LOSS,
    )  # fmt: skip
    assert passed.probabilities == pytest.approx({2: 0.25, 3: 0.5, 4: 0.25}, abs=1e-3)
    assert passed.median == 3
    assert passed.by(0.9) == 4
    assert sum(passed.probabilities.values()) + passed.never == pytest.approx(1.0)


def test_a_yardstick_out_of_reach_is_never_passed():
    passed = passing_year(
        Q_(1, "GW"), between(Q_(1100, "hour"), Q_(1300, "hour")), Q_(103.6, "TWh"), horizon=10,
        rng=1, **NO_LOSS,
    )  # fmt: skip
    assert passed.median is None
    assert (passed.probabilities, passed.never) == ({}, 1.0)


def test_built_at_once_the_whole_first_year_counts():
    passed = passing_year(
        Q_(40, "GW"), normal(Q_(1300, "hour"), Q_(1, "hour")), Q_(50, "TWh"), rng=1,
        first_year_share=1.0, **NO_LOSS,
    )  # fmt: skip
    assert passed.median == 1


@pytest.mark.parametrize(
    ("change", "kind", "message"),
    [
        ({"years": 0}, RangeError, "years: 0 is no number of years"),
        ({"years": 25.0}, RangeError, r"years: 25\.0 is no number of years"),
        ({"annual_degradation": 0.5 * np.pi}, RangeError, "annual_degradation: 1.5708 is outside"),
        ({"annual_degradation": triangular(-0.1, 0, 0.1, "")}, RangeError, "lies below 0"),
        ({"annual_failures": Q_(1, "hour")}, UnitError, "annual_failures: 1 h is"),
        ({"annual_failures": normal(Q_(1, "hour"), Q_(0.1, "hour"))}, UnitError, "wanted a fraction"),
        ({"first_year": normal(Q_(1, "GW"), Q_(0.1, "GW"))}, UnitError, "first_year: "),
        ({"first_year": Q_(50, "TWh")}, AssumptionError, "is uncertain"),
    ],
)  # fmt: skip
def test_bad_input_is_refused(change, kind, message):
    known = {"first_year": normal(Q_(50, "TWh"), Q_(5, "TWh")), "years": 25} | NO_LOSS
    with pytest.raises(kind, match=message):
        lifetime_spread(**(known | change))
