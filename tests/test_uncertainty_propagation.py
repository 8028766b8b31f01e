from math import exp, sqrt

import numpy as np
import pytest
import scipy.stats
from pint.testing import assert_allclose
from uncertainties import ufloat

from wafer_calc.errors import AssumptionError, RangeError, ShapeError, UnitError, WaferCalcWarning
from wafer_calc.facts.records import Fact, Source
from wafer_calc.uncertainty import (
    between,
    empirical,
    frozen,
    needed,
    normal,
    product,
    propagate,
    sobol,
    tornado,
    triangular,
)
from wafer_calc.units import Q_

Z95 = 1.6448536269514722
TEN = {f"f{i}": between(exp(-0.1 * Z95), exp(0.1 * Z95), "") for i in range(10)}


def product_of(**factors):
    total = 1.0
    for factor in factors.values():
        total = total * factor
    return total


def energy(capacity_dc, full_load_hours):
    return (capacity_dc * full_load_hours).to("TWh")


FORTY = {
    "capacity_dc": normal(Q_(40, "GW"), Q_(1, "GW")),
    "full_load_hours": between(Q_(1166, "hour"), Q_(1281, "hour")),
}


def test_product_of_ten_lognormals():
    found = propagate(product_of, TEN, n=2**14, rng=1)
    sigma2 = 10 * 0.1**2  # the variances of the logarithms add up
    assert found.mean.magnitude == pytest.approx(exp(sigma2 / 2), rel=1e-3)
    for probability in (0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99):
        exact = exp(sqrt(sigma2) * scipy.stats.norm.ppf(probability))
        assert found.quantile(probability).magnitude == pytest.approx(exact, rel=0.01)


def test_sum_of_normals():
    # 3² + 4² = 5²
    found = propagate(
        lambda a, b: a + b,
        {"a": normal(10.0, 3.0, "TWh"), "b": normal(20.0, 4.0, "TWh")},
        rng=1,
    )
    assert_allclose(found.mean, Q_(30, "TWh"), rtol=1e-4)
    assert_allclose(found.std, Q_(5, "TWh"), rtol=1e-3)
    # P90 is exceeded nine times in ten: 30 - 1.2816 · 5
    assert_allclose(found.p90, Q_(30 - 1.2815516 * 5, "TWh"), rtol=2e-3)
    assert found.p99 < found.p90 < found.p75 < found.p50
    assert_allclose(found.p90, found.quantile(0.1), rtol=1e-12)


def test_small_errors_agree_with_linear_propagation():
    peer = ufloat(40, 0.1) * ufloat(1200, 5) / ufloat(0.95, 0.001)
    found = propagate(
        lambda a, b, c: a * b / c,
        {"a": normal(40, 0.1, ""), "b": normal(1200, 5, ""), "c": normal(0.95, 0.001, "")},
        rng=2,
    )
    assert found.mean.magnitude == pytest.approx(peer.nominal_value, rel=1e-4)
    assert found.std.magnitude == pytest.approx(peer.std_dev, rel=2e-3)


def test_units_are_kept_and_pure_numbers_stay_floats():
    seen = {}

    def model(capacity_dc, share, hours):
        seen.update(capacity_dc=capacity_dc, share=share, hours=hours)
        return (capacity_dc * share * hours).to("GWh")

    found = propagate(
        model,
        {
            "capacity_dc": normal(Q_(40, "GW"), Q_(1, "GW")),
            "share": triangular(0.4, 0.5, 0.6, ""),
            "hours": Q_(1200, "hour"),
        },
        rng=1,
    )
    assert seen["capacity_dc"].units == Q_(1, "GW").units
    assert seen["capacity_dc"].magnitude.shape == (2**14,)
    assert isinstance(seen["share"], np.ndarray)
    assert seen["hours"] == Q_(1200, "hour")
    # 40 GW · 0.5 · 1200 h = 24 000 GWh
    assert_allclose(found.mean, Q_(24000, "GWh"), rtol=1e-3)
    assert found.names == ("capacity_dc", "share")


def test_probability_of_an_event_with_its_error():
    found = propagate(energy, FORTY, rng=3)
    odds = found.exceeds(Q_(50, "TWh"))
    assert odds.value == pytest.approx(
        product(*FORTY.values(), unit="TWh").exceeds(Q_(50, "TWh")), abs=5e-3
    )
    # sqrt(p (1 - p) / n)
    assert odds.error == pytest.approx(sqrt(odds.value * (1 - odds.value) / 2**14), rel=1e-2)
    assert found.probability(lambda e: e > Q_(50000, "GWh")).value == odds.value
    assert 0 < found.exceeds(Q_(500, "TWh")).error < 1e-3
    assert str(odds).endswith(f"± {odds.error:.3f}")


def test_a_seed_repeats_and_another_differs():
    first, again, other = (propagate(energy, FORTY, n=2**8, rng=seed) for seed in (1, 1, 2))
    np.testing.assert_array_equal(first.samples.magnitude, again.samples.magnitude)
    assert not np.array_equal(first.samples.magnitude, other.samples.magnitude)
    generator = np.random.default_rng(1)
    assert propagate(energy, FORTY, n=2**8, rng=generator).samples.magnitude.shape == (256,)


def test_large_draws_come_in_blocks_of_one_sequence():
    # the first 2**16 points of the longer sequence are the shorter one
    short = propagate(energy, FORTY, n=2**16, rng=5).samples.magnitude
    long = propagate(energy, FORTY, n=2**17, rng=5).samples.magnitude
    np.testing.assert_array_equal(long[: 2**16], short)


def test_facts_and_observed_sets_are_inputs():
    hours = Fact(
        key="pv.full_load_hours", value=1200.0, unit="hour", low=1166.0, high=1281.0,
        published="2022-01", kind="reported",
        source=Source(id="s", title="A yearbook", publisher="A council"),
    )  # fmt: skip
    dam = empirical([103.6, 111.8, 96.9, 98.8], "TWh")
    found = propagate(
        lambda hours, dam: (Q_(40, "GW") * hours / dam).to(""), {"hours": hours, "dam": dam}, rng=1
    )
    assert found.names == ("hours", "dam")
    assert found.p50.magnitude == pytest.approx(48 / 101, rel=0.02)


def test_a_frozen_distribution_runs_through():
    found = propagate(
        lambda x: 2 * x, {"x": frozen(scipy.stats.gamma(4.0, scale=0.5), "GW")}, rng=1
    )
    assert_allclose(found.mean, Q_(4, "GW"), rtol=1e-3)


def test_summary_as_plain_numbers():
    summary = propagate(energy, FORTY, n=2**10, rng=1).to_dict()
    assert summary["unit"] == "terawatt_hour"
    assert summary["n"] == 1024
    assert summary["p90"] < summary["p50"] < summary["mean"] + summary["std"]


def test_bad_models_and_inputs_are_refused():
    one = {"x": normal(1.0, 0.1, "")}
    with pytest.raises(AssumptionError, match="none of x is uncertain"):
        propagate(lambda x: x, {"x": 1.0})
    with pytest.raises(UnitError, match="x: a distribution without a unit; write frozen"):
        propagate(lambda x: x, {"x": scipy.stats.norm(1, 2)})
    with pytest.raises(RangeError, match="n: 1 is not a number of samples"):
        propagate(lambda x: x, one, n=1)
    with pytest.raises(RangeError, match=r"n: 16384\.0 is not a number of samples"):
        propagate(lambda x: x, one, n=2.0**14)
    with pytest.raises(ShapeError, match=r"gave shape \(\) for samples of shape \(16,\)"):
        propagate(lambda x: 3.0, one, n=16)
    with pytest.raises(RangeError, match="16 of 16 results are not finite"):
        propagate(lambda x: x * np.nan, one, n=16)
    found = propagate(lambda x: x, one, n=16)
    with pytest.raises(ShapeError, match="event: gave float64"):
        found.probability(lambda x: x.magnitude)
    with pytest.raises(RangeError, match="probability: 90 is outside"):
        found.quantile(90)
    with pytest.raises(UnitError, match="value: 60 has no unit"):
        propagate(energy, FORTY, n=16).exceeds(60)
    with pytest.raises(UnitError, match="value: 60 GW is no"):
        propagate(energy, FORTY, n=16).exceeds(Q_(60, "GW"))


@pytest.mark.parametrize(
    ("name", "made", "kind", "message"),
    [
        ("cell_efficiency", normal(0.25, 0.3, ""), RangeError, "cell_efficiency: 0.2 of its mass"),
        ("cell_efficiency", between(Q_(90, "%"), Q_(110, "%")), RangeError, "lies above 100 percent"),
        ("area", normal(Q_(200, "cm**2"), Q_(100, "cm**2")), RangeError, "area: .* below 0"),
        ("full_load_hours", normal(Q_(300, "day"), Q_(60, "day")), RangeError, "above 365 day"),
        ("capacity_dc", between(Q_(3, "hour"), Q_(4, "hour")), UnitError, "capacity_dc: 1.0 h"),
    ],
)  # fmt: skip
def test_mass_on_the_impossible_is_refused_by_the_name_of_the_input(name, made, kind, message):
    with pytest.raises(kind, match=message):
        propagate(lambda **inputs: inputs[name], {name: made})


def test_a_number_of_samples_that_is_no_power_of_two_warns():
    with pytest.warns(WaferCalcWarning, match="n: 1000 is not a power of two.*1024 is the nearest"):
        found = propagate(energy, FORTY, n=1000, rng=1)
    assert found.samples.magnitude.shape == (1000,)


def test_tornado_of_a_linear_model():
    # a moves 3 · 1.2816, b 4 · 2 · 1.2816 to each side
    found = tornado(
        lambda a, b: a + 2 * b, {"a": normal(10.0, 3.0, "TWh"), "b": normal(20.0, 4.0, "TWh")}
    )
    assert_allclose(found.base, Q_(50, "TWh"), rtol=1e-12)
    assert [swing.name for swing in found.swings] == ["b", "a"]
    assert_allclose(found.swings[0].low, Q_(50 - 8 * 1.2815516, "TWh"), rtol=1e-7)
    assert_allclose(found.swings[1].width, Q_(6 * 1.2815516, "TWh"), rtol=1e-7)
    assert str(found) == "b: ±10 TWh\na: ±3.8 TWh"


def test_tornado_calls_its_model_once():
    calls = []
    tornado(lambda **f: calls.append(1) or product_of(**f), TEN)
    assert calls == [1]


def test_tornado_refuses_quantiles_in_disorder():
    with pytest.raises(RangeError, match=r"0\.9 and 0\.1 are not"):
        tornado(product_of, TEN, low=0.9, high=0.1)


def test_sobol_indices_of_a_sum_and_of_a_product():
    found = sobol(
        lambda a, b: a + b,
        {"a": normal(10.0, 3.0, "TWh"), "b": normal(20.0, 4.0, "TWh")},
        rng=1,
    )
    # shares of the variance: 9/25 and 16/25
    assert found.first_order == pytest.approx({"a": 0.36, "b": 0.64}, abs=0.01)
    found = sobol(
        product_of,
        {"a": between(exp(-0.5 * Z95), exp(0.5 * Z95), ""), "b": between(exp(-Z95), exp(Z95), "")},
        n=2**15,
        rng=1,
    )
    # lognormal factors: (exp(σ_i²) - 1) / (exp(Σσ²) - 1)
    whole = exp(1.25) - 1
    assert found.first_order["a"] == pytest.approx((exp(0.25) - 1) / whole, abs=0.03)
    assert found.first_order["b"] == pytest.approx((exp(1.0) - 1) / whole, abs=0.03)
    assert found.total_order["b"] > found.first_order["b"]


def test_sobol_raises_a_crooked_number_of_samples():
    with pytest.warns(WaferCalcWarning, match="n: 1000 is not a power of two"):
        found = sobol(product_of, TEN, n=1000, rng=1)
    assert set(found.first_order) == set(TEN)


def test_needed_hours_for_sixty_terawatt_hours():
    # 60 TWh / 40 GW = 1500 h
    found = needed(energy, Q_(60, "TWh"), "full_load_hours", fixed={"capacity_dc": Q_(40, "GW")})
    assert found.possible
    assert_allclose(found.value, Q_(1500, "hour"), rtol=1e-12)
    assert str(found) == "full load hours of 1500 h makes 60 TWh"


def test_needed_value_that_does_not_exist_is_said():
    found = needed(energy, Q_(600, "TWh"), "full_load_hours", fixed={"capacity_dc": Q_(40, "GW")})
    assert not found.possible
    # 40 GW · 8760 h = 350.4 TWh
    assert_allclose(found.nearest, Q_(350.4, "TWh"), rtol=1e-12)
    assert str(found) == (
        "no full load hours between 0 h and 8760 h makes 600 TWh; the nearest is 350.4 TWh"
    )


def test_needed_value_of_curved_models():
    found = needed(lambda x: x**3, 27.0, "x", (0.0, 10.0))
    assert found.value.magnitude == pytest.approx(3.0, rel=1e-10)
    # a hump: 1 - (x - 4)² is 0.75 at 3.5 and 4.5; the lower one is taken
    found = needed(lambda x: 1 - (x - 4) ** 2, 0.75, "x", (0.0, 10.0))
    assert found.value.magnitude == pytest.approx(3.5, rel=1e-9)
    found = needed(lambda x: 1 - (x - 5) ** 2, 1.5, "x", (0.0, 10.0))
    assert not found.possible
    assert found.nearest.magnitude == pytest.approx(1.0)


def test_needed_value_at_an_end_of_the_range():
    assert needed(lambda x: 2 * x, 0.0, "x", (0.0, 1.0)).value.magnitude == 0.0
    assert needed(lambda x: 2 * x, 2.0, "x", (0.0, 1.0)).value.magnitude == 1.0


def test_needed_value_refuses_what_it_cannot_search():
    with pytest.raises(RangeError, match="bracket: 'capacity_dc' has no physical range"):
        needed(energy, Q_(60, "TWh"), "capacity_dc", fixed={"full_load_hours": Q_(1500, "hour")})
    with pytest.raises(RangeError, match="bracket: 5 is not below 2"):
        needed(lambda x: x, 1.0, "x", (5.0, 2.0))
    with pytest.raises(UnitError, match="target: has the unit terawatt_hour"):
        needed(lambda x: x, Q_(1, "TWh"), "x", (0.0, 1.0))
    with pytest.raises(UnitError, match="target: 0.0 GW is"):
        needed(lambda x: x * Q_(1, "GW"), Q_(1, "TWh"), "x", (0, 1))
    with pytest.raises(RangeError, match=r"function at x = 0 .*is not finite"):
        needed(lambda x: np.inf, 1.0, "x", (0.0, 1.0))


@pytest.mark.parametrize("hours", [500.0, 1234.5, 8000.0])
def test_inverse_and_model_are_a_round_trip(hours):
    target = energy(Q_(40, "GW"), Q_(hours, "hour"))
    found = needed(energy, target, "full_load_hours", fixed={"capacity_dc": Q_(40, "GW")})
    assert found.value.magnitude == pytest.approx(hours, rel=1e-12)
