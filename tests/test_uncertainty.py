from math import exp, log, sqrt

import numpy as np
import pytest
import scipy.stats
from hypothesis import given
from hypothesis import strategies as st
from pint.testing import assert_allclose

from wafer_calc import facts
from wafer_calc.errors import RangeError, UnitError
from wafer_calc.facts.records import Fact, Source
from wafer_calc.uncertainty import (
    between,
    complement,
    empirical,
    from_fact,
    frozen,
    normal,
    product,
    triangular,
)
from wafer_calc.units import Q_

Z95 = 1.6448536269514722  # 95 % point of the standard normal distribution


def fact(**fields):
    known = {
        "key": "pv.degradation_annual", "value": 0.0075, "unit": "", "published": "2022",
        "kind": "reported",
        "source": Source(id="s", title="A fleet", publisher="A laboratory"),
    }  # fmt: skip
    return Fact(**(known | fields))


def test_between_is_lognormal_where_positive_and_leaves_five_percent_on_each_side():
    made = between(Q_(1000, "hour"), Q_(1440, "hour"))
    # the middle of the logarithms: sqrt(1000 · 1440) = 1200
    assert_allclose(made.median, Q_(1200, "hour"), rtol=1e-12)
    assert_allclose(made.quantile(0.05), Q_(1000, "hour"), rtol=1e-12)
    assert_allclose(made.quantile(0.95), Q_(1440, "hour"), rtol=1e-12)
    sigma = log(1.2) / Z95
    # mean of a lognormal: median · exp(σ²/2); variance: mean² (exp(σ²) - 1)
    assert_allclose(made.mean, Q_(1200 * exp(sigma**2 / 2), "hour"), rtol=1e-12)
    assert_allclose(
        made.std, Q_(1200 * exp(sigma**2 / 2) * sqrt(exp(sigma**2) - 1), "hour"), rtol=1e-10
    )


def test_between_is_normal_where_zero_lies_inside():
    made = between(-2.0, 4.0, "GW")
    assert_allclose(made.mean, Q_(1, "GW"), rtol=1e-12)
    assert_allclose(made.std, Q_(3 / Z95, "GW"), rtol=1e-12)


def test_between_with_a_median_keeps_all_three_numbers():
    made = between(0.001, 0.02, "", median=0.0075)
    for probability, value in ((0.05, 0.001), (0.5, 0.0075), (0.95, 0.02)):
        assert made.ppf(probability) == pytest.approx(value, rel=1e-12)
        assert made.cdf(value) == pytest.approx(probability, rel=1e-12)


def test_moments_of_two_widths_agree_with_their_own_quantile_function():
    for made in (between(0.001, 0.02, "", median=0.0075), between(-1.0, 5.0, "", median=0.5)):
        middles = (np.arange(2_000_000) + 0.5) / 2_000_000
        values = made.ppf(middles)
        mean, std = made.moments()
        assert mean == pytest.approx(values.mean(), rel=1e-4)
        assert std == pytest.approx(values.std(), rel=1e-3)


def test_the_interval_may_hold_another_share():
    made = between(90.0, 110.0, "GW", level=0.8)
    assert made.cdf(90.0) == pytest.approx(0.1)
    assert made.cdf(110.0) == pytest.approx(0.9)


@pytest.mark.parametrize(
    ("made", "peer"),
    [
        (normal(40.0, 2.0, "GW"), scipy.stats.norm(40, 2)),
        (triangular(1.0, 2.0, 5.0, "GW"), scipy.stats.triang(0.25, 1, 4)),
        (triangular(1.0, 1.0, 5.0, "GW"), scipy.stats.triang(0.0, 1, 4)),
        (triangular(1.0, 5.0, 5.0, "GW"), scipy.stats.triang(1.0, 1, 4)),
        (
            between(exp(-Z95 / 5), exp(Z95 / 5), "GW"),
            scipy.stats.lognorm(0.2),
        ),
    ],
)
def test_quantiles_and_moments_agree_with_scipy(made, peer):
    grid = np.linspace(0.001, 0.999, 97)
    np.testing.assert_allclose(made.ppf(grid), peer.ppf(grid), rtol=1e-10)
    for probability in (0.01, 0.3, 0.77):
        assert made.ppf(probability) == pytest.approx(peer.ppf(probability), rel=1e-9)
        value = float(peer.ppf(probability))
        assert made.cdf(value) == pytest.approx(probability, rel=1e-9)
    assert made.moments() == pytest.approx((peer.mean(), peer.std()), rel=1e-9)


def test_triangles_end_where_they_say():
    made = triangular(1.0, 2.0, 5.0, "GW")
    assert (made.cdf(0.5), made.cdf(9.0)) == (0.0, 1.0)
    assert triangular(3.0, 3.0, 3.0, "GW").ppf(0.2) == 3.0


def test_an_observed_set_gives_its_members_and_no_others():
    made = empirical([Q_(111.8, "TWh"), Q_(88.2, "TWh"), Q_(103.6, "TWh"), Q_(96900, "GWh")])
    draws = made.ppf(np.linspace(0.001, 0.999, 1000))
    values, counts = np.unique(draws, return_counts=True)
    np.testing.assert_allclose(values, [88.2, 96.9, 103.6, 111.8])
    assert counts.tolist() == [250, 250, 250, 250]
    # (111.8 + 88.2 + 103.6 + 96.9) / 4 = 100.125
    assert_allclose(made.mean, Q_(100.125, "TWh"), rtol=1e-12)
    assert made.reaching(Q_(100, "TWh")) == (2, 4)
    assert made.reaching(Q_(103.6, "TWh")) == (2, 4)
    assert made.exceeds(Q_(103.6, "TWh")) == 0.25


def test_the_years_of_a_dam_are_an_observed_set():
    known = facts.find("three_gorges.generation", on="2022-07")
    years = {one.period: one for one in known if isinstance(one.period, int) and one.period > 2011}
    made = empirical(years.values(), "GWh")
    assert len(made.values) == len(years) > 8
    assert made.values[-1] == pytest.approx(111800, rel=1e-3)  # 2020, the record
    assert made.cdf(103649) < 1.0


def test_arrays_with_a_unit_are_observed_sets_too():
    assert empirical(Q_(np.array([2.0, 1.0]), "GW")).values == (1.0, 2.0)


def test_a_frozen_distribution_gets_a_unit():
    made = frozen(scipy.stats.beta(80, 20), "", lower=0, upper=1)
    assert made.mean.magnitude == pytest.approx(0.8)
    assert made.quantile(0.5).magnitude == pytest.approx(scipy.stats.beta(80, 20).median())
    assert made.cdf(0.8) == pytest.approx(scipy.stats.beta(80, 20).cdf(0.8))


def test_a_fact_with_bounds_is_uncertain_and_one_without_is_not():
    made = from_fact(fact(low=0.001, high=0.02))
    assert made.cdf(0.0075) == pytest.approx(0.5)
    with pytest.raises(RangeError, match=r"pv\.degradation_annual: a single published number"):
        from_fact(fact())


def test_what_a_loss_leaves():
    loss = triangular(0.01, 0.02, 0.06, "")
    left = complement(loss)
    # mean of the triangle: (0.01 + 0.02 + 0.06) / 3 = 0.03
    assert left.moments()[0] == pytest.approx(0.97)
    assert left.moments()[1] == pytest.approx(loss.moments()[1])
    assert left.ppf(0.1) == pytest.approx(1 - loss.ppf(0.9))
    assert left.cdf(0.98) == pytest.approx(1 - loss.cdf(0.02))
    with pytest.raises(UnitError, match="loss: unit 'gigawatt'"):
        complement(normal(Q_(1, "GW"), Q_(0.1, "GW")))


def test_a_spread_of_temperatures_has_its_own_unit():
    made = normal(Q_(25.0, "degC"), Q_(2.0, "delta_degC"))
    assert (made.middle, made.below) == pytest.approx((25.0, 2.0))


def test_percent_is_a_unit_like_any_other():
    assert between(Q_(22, "%"), Q_(23, "%")).median.to("").magnitude == pytest.approx(
        sqrt(0.22 * 0.23)
    )


@pytest.mark.parametrize(
    ("make", "kind", "message"),
    [
        (lambda: normal(40.0, -2.0, "GW"), RangeError, "std: -2 GW is below zero"),
        (lambda: between(5.0, 3.0, "GW"), RangeError, "low: 5 GW is above high, 3 GW; swap them"),
        (lambda: between(3.0, 5.0), UnitError, "low: 3.0 has no unit"),
        (lambda: between(Q_(3, "GW"), 5.0), UnitError, "high: 5.0 has no unit, wanted gigawatt"),
        (lambda: between(Q_(3, "GW"), Q_(5, "hour")), UnitError, "high: 5 h is"),
        (lambda: between(3.0, 5.0, "GW", median=6.0), RangeError, "median: 6 is outside"),
        (lambda: between(3.0, 5.0, "GW", level=90), RangeError, "level: 90 is outside"),
        (lambda: between(float("nan"), 5.0, "GW"), RangeError, "low: nan is not finite"),
        (lambda: between(3.0, float("inf"), "GW"), RangeError, "high: inf is not finite"),
        (lambda: between(3.0, 5.0, "gigawat"), UnitError, "unit: 'gigawat' is no unit"),
        (lambda: between("3", Q_(5, "GW")), UnitError, "low: '3' has no unit"),
        (lambda: normal(Q_(40, "GW"), Q_(2, "hour")), UnitError, "std: 2 h"),
        (lambda: normal(Q_(40, "GW"), 2.0), UnitError, "std: 2.0 has no unit"),
        (lambda: triangular(1.0, 7.0, 5.0, "GW"), RangeError, "mode: 7 is outside"),
        (lambda: empirical([], "GW"), RangeError, "values: none came"),
        (lambda: empirical([1.0, 2.0]), UnitError, "values: 1.0 has no unit"),
        (lambda: empirical([1.0, float("nan")], "GW"), RangeError, "values: nan is not finite"),
        (lambda: frozen(scipy.stats.norm, "GW"), UnitError, "freeze it first"),
        (lambda: frozen(7.0, "GW"), UnitError, "is no frozen"),
        (
            lambda: normal(0.25, 0.4, "", lower=0, upper=1),
            RangeError,
            "of its mass lies below 0, which is impossible",
        ),
        (
            lambda: between(0.8, 1.1, "", upper=1),
            RangeError,
            "of its mass lies above 1, ",
        ),
        (lambda: normal(2.0, 1.0, "m**2", lower=Q_(0, "m**2")), RangeError, r"0\.023 of its mass"),
        (lambda: triangular(-0.1, 0.5, 0.9, "", lower=0), RangeError, "lies below 0"),
        (lambda: empirical([0.2, 1.2], "", upper=1), RangeError, r"0\.5 of its mass lies above"),
        (
            lambda: normal(1.0, 0.1, "", lower=Q_(1, "GW")),
            UnitError,
            "lower: 1 GW is",
        ),
        (lambda: normal(1.0, 0.1, "").quantile(1.0), RangeError, r"probability: 1 is outside"),
        (lambda: normal(1.0, 0.1, "GW").exceeds(1.0), UnitError, "value: 1.0 has no unit"),
        (lambda: between(Q_(np.ones(2), "GW"), Q_(5, "GW")), RangeError, "wanted one number"),
    ],
)
def test_bad_input_is_refused_with_its_mend(make, kind, message):
    with pytest.raises(kind, match=message):
        make()


def test_values_on_a_bound_are_possible_and_tails_are_put_on_it():
    assert empirical([0.0, 1.0], "", lower=0, upper=1).cdf(0.0) == 0.5
    made = normal(0.5, 0.1, "", lower=0, upper=1)  # five standard deviations: 2.9e-7 on each side
    assert made.ppf(1e-9) == 0.0
    assert made.ppf(1 - 1e-9) == 1.0


def test_product_of_lognormals_is_exact():
    # σ² adds up: ten factors with σ = 0.1 give σ = sqrt(0.1)
    factor = between(exp(-0.1 * Z95), exp(0.1 * Z95), "")
    made = product(Q_(40, "GW"), *[factor] * 10, unit="MW")
    assert made.unit == "megawatt"
    assert made.middle == pytest.approx(40000, rel=1e-12)
    assert made.below == pytest.approx(sqrt(0.1), rel=1e-12)


def test_product_of_anything_keeps_mean_and_variance():
    # mean 2 · 0.97; 1 + cv² = (1 + 0.1²)(1 + var/0.97²)
    loss = triangular(0.01, 0.02, 0.06, "")
    made = product(normal(2.0, 0.2, "TWh"), complement(loss))
    mean, std = made.moments()
    assert mean == pytest.approx(1.94, rel=1e-12)
    cv2 = 1.01 * (1 + (loss.moments()[1] / 0.97) ** 2) - 1
    assert std == pytest.approx(1.94 * sqrt(cv2), rel=1e-9)


def test_product_of_certain_factors_is_certain():
    made = product(2.0, Q_(3, "GW"))
    assert made.exceeds(Q_(5.9, "GW")) == 1.0
    assert made.exceeds(Q_(6.1, "GW")) == 0.0


def test_product_refuses_factors_that_are_not_positive():
    with pytest.raises(RangeError, match=r"factors\[1\]: its mean is -1"):
        product(2.0, normal(-1.0, 0.1, ""))


@given(low=st.floats(1e-3, 1e3), ratio=st.floats(1.0, 10.0), probability=st.floats(0.01, 0.99))
def test_quantile_and_probability_are_inverse(low, ratio, probability):
    made = between(low, low * ratio, "GW")
    if ratio > 1.0001:
        assert made.cdf(made.ppf(probability)) == pytest.approx(probability, rel=1e-6)
    assert low * (1 - 1e-9) <= made.ppf(0.5) <= low * ratio * (1 + 1e-9)


def test_every_name_of_the_package_is_there():
    import wafer_calc.uncertainty as package

    assert {name for names in package._HOMES.values() for name in names} == set(package.__all__)
    assert all(callable(getattr(package, name)) for name in package.__all__)
    assert set(package.__all__) <= set(dir(package))
    with pytest.raises(AttributeError, match="has no attribute 'nedeed'"):
        package.nedeed  # noqa: B018  # the access itself is the test
