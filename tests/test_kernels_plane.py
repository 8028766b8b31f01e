"""Skies and trackers, against pvlib and by hand."""

import numpy as np
import pytest
from pvlib import irradiance, tracking

from wafer_calc.kernels import plane
from wafer_calc.kernels.sun import Site

FLAT = Site(0, 0, 1, 0, 1, 0, 1, 0, 0, 1, 0)  # x east, y north, z up: an axis to the north


def sun_over(zenith, azimuth):
    z, a = np.radians(zenith), np.radians(azimuth)
    return np.sin(z) * np.sin(a), np.sin(z) * np.cos(a), np.cos(z)


@pytest.mark.parametrize("axis_tilt", [0.0, 25.0])
@pytest.mark.parametrize("max_angle", [45.0, 60.0, 90.0])
@pytest.mark.parametrize("gcr", [None, 0.3, 0.8])
def test_single_axis_is_pvlibs(axis_tilt, max_angle, gcr):
    rng = np.random.default_rng(1)
    zenith, azimuth = rng.uniform(0, 90, 5000), rng.uniform(0, 360, 5000)
    theirs = tracking.singleaxis(
        zenith, azimuth, axis_tilt, 0.0, max_angle, gcr is not None, gcr or 0.5
    )
    tilt = np.radians(axis_tilt)
    mount = plane.Mount(
        np.cos(tilt), np.sin(tilt), np.cos(np.radians(max_angle)), 1 / gcr if gcr else 1e9
    )
    x, y, z = sun_over(zenith, azimuth)
    cos_aoi, cos_tilt, sin_tilt = plane.single_axis(x, y, z, 1.0, z, FLAT, mount)
    np.testing.assert_allclose(cos_tilt, np.cos(np.radians(theirs["surface_tilt"])), atol=1e-7)
    np.testing.assert_allclose(sin_tilt, np.sin(np.radians(theirs["surface_tilt"])), atol=1e-7)
    np.testing.assert_allclose(cos_aoi, np.maximum(np.cos(np.radians(theirs["aoi"])), 0), atol=1e-7)


def test_a_tracker_lies_level_when_the_sun_is_down():
    x, y, z = sun_over(95.0, 90.0)
    cos_aoi, cos_tilt, _ = plane.single_axis(x, y, z, 1.0, z, FLAT, plane.Mount(1, 0, 0.5, 3))
    assert (cos_aoi, cos_tilt) == (0.0, 1.0)


def test_two_axes_face_the_sun():
    cos_aoi, cos_tilt, sin_tilt = plane.two_axis(0, 0, 0, 1.0, 0.6, FLAT, plane.Mount(1, 0, 0, 1))
    assert cos_aoi == 1.0
    assert (cos_tilt, sin_tilt) == pytest.approx((0.6, 0.8))


def test_a_fixed_plane_by_hand():
    # sun at 60° zenith in the south, plane at 30° to the south: 30° between them
    x, y, z = sun_over(60.0, 180.0)
    south = Site(0, 0, 1, 0, -1, 0, -1, 0, 0, 1, 0)
    mount = plane.Mount(np.cos(np.radians(30)), np.sin(np.radians(30)), 1, 1)
    cos_aoi, _, _ = plane.fixed(x, y, z, 1.0, z, south, mount)
    assert cos_aoi == pytest.approx(np.cos(np.radians(30)))


@pytest.mark.parametrize("model", ["isotropic", "haydavies", "perez"])
def test_skies_are_pvlibs(model):
    rng = np.random.default_rng(4)
    n = 20000
    zenith, azimuth = rng.uniform(0, 91, n), rng.uniform(0, 360, n)
    tilt, facing = rng.uniform(0, 90, n), rng.uniform(0, 360, n)
    dni, dhi = rng.uniform(0, 1100, n) * (rng.random(n) > 0.2), rng.uniform(0, 600, n)
    dhi[:500] = 0.0
    extra = np.full(n, 1380.0)
    theirs = irradiance.get_sky_diffuse(
        tilt, facing, zenith, azimuth, dni, dni, dhi, dni_extra=extra, model=model
    )
    theirs = np.where((dni == 0) & (dhi == 0), 0.0, theirs)
    cos_aoi = np.cos(np.radians(irradiance.aoi(tilt, facing, zenith, azimuth)))
    ours = getattr(plane, model)(
        dni, dhi, 1 / extra, np.cos(np.radians(zenith)), np.maximum(cos_aoi, 0),
        np.cos(np.radians(tilt)), np.sin(np.radians(tilt)),
    )  # fmt: skip
    bent = 1.041 * np.radians(zenith) ** 3
    with np.errstate(divide="ignore", invalid="ignore"):
        clearness = 1 + dni / dhi / (1 + bent)
    edges = np.array([1.065, 1.23, 1.5, 1.95, 2.8, 4.5, 6.2])
    off_edge = (np.abs(clearness[:, None] - edges) > 1e-4).all(axis=1)
    assert np.abs(ours - theirs)[off_edge].max() < 0.02
    assert not np.isnan(ours).any()


def test_without_light_every_sky_is_dark():
    for model in (plane.isotropic, plane.haydavies, plane.perez):
        assert model(0.0, 0.0, 1 / 1361, 0.5, 0.5, 0.9, 0.4) == 0.0
