"""The outline of a wafer and the chain from its area to a capacity, as floats."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wafer_calc.kernels import wafer as kernel

LENGTHS = st.floats(0.05, 0.4)


def test_a_full_square_when_the_circle_reaches_past_its_corners():
    # 0.21² = 0.0441 m²; the circle of 0.3 m passes the diagonal of 0.297 m
    assert kernel.wafer_area_m2(0.21, 0.21, 0.3) == pytest.approx(0.0441, rel=1e-14)
    assert kernel.wafer_area_m2(0.21, 0.21, np.inf) == pytest.approx(0.0441, rel=1e-14)


def test_a_disc_when_the_circle_fits_inside():
    # π/4 · 0.2² = 0.0314159 m²
    assert kernel.wafer_area_m2(0.3, 0.25, 0.2) == pytest.approx(np.pi / 4 * 0.04, rel=1e-14)


@pytest.mark.parametrize(
    ("side_mm", "diameter_mm", "printed_cm2"),
    [(156.75, 210, 244.32), (158.75, 223, 251.99), (166, 223, 274.15), (210, 295, 440.96)],
)
def test_areas_that_the_trade_prints(side_mm, diameter_mm, printed_cm2):
    area_m2 = kernel.wafer_area_m2(side_mm / 1e3, side_mm / 1e3, diameter_mm / 1e3)
    assert area_m2 * 1e4 == pytest.approx(printed_cm2, abs=0.006)


@given(LENGTHS, LENGTHS, st.floats(0.02, 0.6))
def test_the_area_agrees_with_counting_thin_strips(width, length, diameter):
    x = (np.arange(20_000) + 0.5) / 20_000 * width / 2
    arc = np.sqrt(np.maximum((diameter / 2) ** 2 - x**2, 0))
    strips = 4 * np.minimum(arc, length / 2).sum() * width / 2 / 20_000
    assert kernel.wafer_area_m2(width, length, diameter) == pytest.approx(strips, rel=2e-4)


@given(LENGTHS, LENGTHS, st.floats(0.02, 0.6))
def test_turning_a_wafer_changes_nothing(width, length, diameter):
    turned = kernel.wafer_area_m2(length, width, diameter)
    assert kernel.wafer_area_m2(width, length, diameter) == pytest.approx(turned, rel=1e-12)


def test_the_area_takes_arrays():
    sides = np.array([0.166, 0.21])
    areas = kernel.wafer_area_m2(sides, sides, np.array([0.223, 0.295]))
    np.testing.assert_allclose(areas, [0.027415, 0.044096], rtol=2e-5)


def test_the_chain_by_hand():
    # 0.04 m² · 1000 W/m² · 0.25 · 0.98 = 9.8 W; 1e9 wafers · 0.9 · 0.95 · 0.99 = 0.84645e9 left
    power_w = kernel.wafer_power_w(0.04, 0.25, 0.98)
    chain = kernel.chain_yield(0.9, 0.95, 0.99)
    assert power_w == pytest.approx(9.8)
    capacity_w = kernel.capacity_w(1e9, power_w, chain)
    assert capacity_w == pytest.approx(8.29521e9)
    assert kernel.wafers_for(capacity_w, power_w, chain) == pytest.approx(1e9)
    assert kernel.efficiency_needed(capacity_w, 1e9, 0.04, 0.98, chain) == pytest.approx(0.25)
