"""Modules that age and fleets that grow, as floats."""

import numpy as np
import pytest

from wafer_calc.kernels import lifetime as kernel


def test_the_line_of_a_warranty():
    # 1 − 0.02 − 24 · 0.005 = 0.86
    left = kernel.remaining_share(np.array([1, 2, 25]), 0.02, 0.005)
    assert left == pytest.approx([0.98, 0.975, 0.86])


def test_ageing_takes_samples_and_never_falls_below_zero():
    left = kernel.remaining_share(np.arange(1, 41), 0.0, np.array([[0.01], [0.05]]))
    assert left.shape == (2, 40)
    assert left[1, 20:] == pytest.approx(np.zeros(20))


def test_a_cohort_spans_two_calendar_years():
    # a quarter of its first year, then three quarters of it and a quarter of the second …
    energy = kernel.fleet_energy(
        np.array([2.0, 0.0, 0.0, 0.0]), np.array([1.0, 0.8]), first_share=0.25
    )
    assert energy == pytest.approx([0.5, 2 * (0.75 * 1.0 + 0.25 * 0.8), 2 * 0.75 * 0.8, 0.0])


def test_fleets_add_up_and_take_samples():
    built = np.array([1.0, 2.0, 3.0])
    share = np.array([[1.0, 0.9, 0.8], [1.0, 0.5, 0.0]])
    both = kernel.fleet_energy(built, share, first_share=1.0)
    assert both[0] == pytest.approx([1.0, 2.9, 3 + 1.8 + 0.8])
    assert both[1] == pytest.approx([1.0, 2.5, 3 + 1.0 + 0.0])
