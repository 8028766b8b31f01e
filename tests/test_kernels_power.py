"""Glass, cells, modules and inverter, against pvlib and by hand."""

import numpy as np
import pytest
from pvlib import iam, inverter, temperature

from wafer_calc.kernels import power

ARRAY = power.Array(0.2, 25.0, 6.84, 1.0, -0.004, 1.0, 0.86, 1 / 1.2 / 0.96, 0.96, 1.0)


def test_the_beam_through_the_glass_is_pvlibs_physical_model():
    angle = np.linspace(0, 90, 2001)
    cosine = np.cos(np.radians(angle))
    apart = np.abs(power.beam_iam(cosine) - iam.physical(angle)) * cosine
    assert apart.max() < 4.5e-7
    assert power.beam_iam(0.0) == 0.0


@pytest.mark.parametrize("tilt", [0, 5, 20, 36.5, 60, 90, 125])
def test_diffuse_light_through_the_glass_is_marions_integral(tilt):
    cos, sin = np.cos(np.radians(tilt)), np.sin(np.radians(tilt))
    sky, ground = power.seen_through_glass(cos, sin)
    # pvlib's own quadrature is good to 3e-5, and worse for the sliver of ground of a flat plane
    assert sky / (0.5 + 0.5 * cos) == pytest.approx(
        iam.marion_integrate(iam.physical, float(tilt), "sky"), abs=3e-5
    )
    seen = iam.marion_integrate(iam.physical, float(tilt), "ground") * (0.5 - 0.5 * cos)
    assert ground == pytest.approx(seen, abs=2e-5)


def test_sky_and_ground_share_a_hemisphere():
    tilt = np.radians(np.linspace(0, 180, 37))
    sky, ground = power.seen_through_glass(np.cos(tilt), np.sin(tilt))
    np.testing.assert_allclose(sky + ground, 0.94442, atol=1e-5)
    np.testing.assert_allclose(ground, sky[::-1], atol=1e-12)


def test_warming_by_hand_and_by_pvlib():
    # 1000 W/m² and 1 m/s: 1000 / (25 + 6.84) = 31.4 °C
    assert 1000 * power.heat_linear(1.0, ARRAY) == pytest.approx(31.407, abs=1e-3)
    wind = np.linspace(0, 60, 121)
    sapm = ARRAY._replace(heat_0=np.exp(-3.56), heat_1=-0.075, heat_2=0.003)
    theirs = temperature.sapm_cell(900.0, 20.0, wind, -3.56, -0.075, 3.0)
    np.testing.assert_allclose(20 + 900 * power.heat_sapm(wind, sapm), theirs, atol=2e-5)


def test_dc_power_by_hand():
    # 800 W/m² at 45 °C: 0.8 · (1 - 0.004 · 20) · 0.86 = 0.63296
    assert power.dc_power(800.0, 45.0, ARRAY) == pytest.approx(0.63296)


def test_the_inverter_is_pvlibs_and_swallows_its_own_needs():
    dc = np.linspace(0, 1.3, 2001)
    unclipped, ac = power.ac_power(dc, ARRAY)
    np.testing.assert_allclose(ac, inverter.pvwatts(dc, ARRAY.pdc0, 0.96), atol=1e-12)
    assert ac.max() == pytest.approx(1 / 1.2)
    assert unclipped.max() > ac.max()
    assert power.ac_power(0.0, ARRAY) == (0.0, 0.0)
