"""The engine against pvlib's own functions, hour by hour and over the year."""

from functools import cache

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pvlib import solarposition
from pvlib_chain import YEARS, chain, needs_files, solar_position, year_file

from wafer_calc.energy import simulate
from wafer_calc.energy.job import kernel_plant
from wafer_calc.kernels import plane, sun
from wafer_calc.plant import Plant, Tracker
from wafer_calc.weather import Weather, read

SKIES = ("isotropic", "haydavies", "perez")
PLANTS = {
    "fixed": Plant(surface_tilt=30),
    "flat": Plant(surface_tilt=0),
    "backtracking": Plant(tracking=Tracker(max_angle=60)),
    "true tracking": Plant(tracking=Tracker(axis_tilt=20, backtrack=False)),
}


def difference(weather, plant, sky, position=None):
    """Relative difference of the year's AC energy, and the largest of poa_global off the edges."""
    peer = chain(weather, plant, sky, sun=position)
    ours = simulate(weather, plant, transposition=sky, hourly=True, engine="numpy")
    apart = np.abs(ours.hourly.poa_global.m_as("W/m^2") - peer["poa_global"])
    if sky == "perez":
        apart = apart[~peer["edge"]]
    length_h = weather.interval / 60
    return ours.energy_ac.m_as("kWh") / (peer["ac"].sum() * length_h) - 1, apart.max()


@cache
def validation_year(name):
    weather = read(year_file(name))
    return weather, solar_position(weather)


@needs_files
@pytest.mark.parametrize("kind", PLANTS)
@pytest.mark.parametrize("name", YEARS)
def test_every_validation_year_agrees_with_pvlib(name, kind):
    weather, position = validation_year(name)
    for sky in SKIES:
        year, hour = difference(weather, PLANTS[kind], sky, position)
        assert abs(year) < 2e-5, sky
        assert hour < 0.05, sky


def made_weather(latitude, longitude, seed, *, freq="h", year=2021, dtype=float):
    """A year of weather without any pattern; light wherever the sun is up, a little beyond too."""
    rng = np.random.default_rng(seed)
    times = pd.date_range(f"{year}", f"{year + 1}", freq=freq, tz="Asia/Shanghai", inclusive="left")
    half = (times[1] - times[0]) / 2
    sun = solarposition.get_solarposition(times + half, latitude, longitude)
    cosine = np.cos(np.radians(sun["zenith"].to_numpy()))
    lit = cosine > -0.03
    clear = rng.random(len(times)) ** 2
    dni = np.where(lit, 1000.0 * clear * (rng.random(len(times)) > 0.2), 0.0)
    dhi = np.where(lit, 400.0 * rng.random(len(times)) * np.clip(cosine + 0.03, 0, 1), 0.0)
    return Weather(
        times, latitude, longitude, altitude=float(rng.integers(0, 4000)),
        ghi=(dhi + dni * np.clip(cosine, 0, 1)).astype(dtype), dni=dni.astype(dtype),
        dhi=dhi.astype(dtype), temp_air=rng.normal(10, 12, len(times)).clip(-60, 50).astype(dtype),
        wind_speed=(rng.random(len(times)) * 12).astype(dtype), label="start",
    )  # fmt: skip


trackers = st.builds(
    Tracker,
    axis_tilt=st.floats(0, 40),
    axis_azimuth=st.floats(0, 360),
    max_angle=st.floats(20, 90),
    gcr=st.floats(0.2, 0.8),
    backtrack=st.booleans(),
)
plants = st.builds(
    Plant,
    surface_tilt=st.floats(5, 90),
    surface_azimuth=st.floats(0, 360),
    tracking=st.none() | trackers | st.just("two_axis"),
    # below a thousandth, pvlib's own inverter overflows on hours lit by the ground alone
    albedo=st.just(0.0) | st.floats(0.001, 1),
    temperature=st.sampled_from(
        ["faiman", "sapm_close_mount_glass_glass", "pvsyst_semi_integrated"]
    ),
    dc_ac_ratio=st.floats(0.8, 1.8),
    bifacial_gain=st.floats(0, 0.2),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    latitude=st.floats(-89, 89),
    longitude=st.floats(-180, 180),
    plant=plants,
    sky=st.sampled_from(SKIES),
    seed=st.integers(0, 2**32 - 1),
)
def test_any_plant_anywhere_agrees_with_pvlib(latitude, longitude, plant, sky, seed):
    year, hour = difference(made_weather(latitude, longitude, seed), plant, sky)
    assert abs(year) < 2e-5
    assert hour < 0.05


@pytest.mark.parametrize(("freq", "year"), [("h", 2020), ("30min", 2021), ("15min", 2024)])
def test_leap_years_and_shorter_steps_agree_with_pvlib(freq, year):
    weather = made_weather(40.5, 110.0, 7, freq=freq, year=year)
    year_apart, hour = difference(weather, Plant(surface_tilt=35), "perez")
    assert abs(year_apart) < 2e-5
    assert hour < 0.05


# Each set of models is compiled once for all the tests below, which takes seconds. The formulas
# that the first two leave out are compiled alone in the daily suite.
COMPILED = [
    ("haydavies", None, "faiman"),
    ("perez", "single_axis", "sapm_open_rack_glass_glass"),
    pytest.param("isotropic", "two_axis", "pvsyst_insulated", marks=pytest.mark.slow),
]


@pytest.mark.parametrize(("sky", "tracking", "temperature"), COMPILED)
def test_numba_and_numpy_run_the_same_formulas(sky, tracking, temperature):
    pytest.importorskip("numba")
    plant = Plant(tracking=tracking, temperature=temperature)
    weather = made_weather(41.0, 110.0, 3)
    by_numpy = simulate(weather, plant, transposition=sky, hourly=True, engine="numpy")
    by_numba = simulate(weather, plant, transposition=sky, hourly=True, engine="numba")
    np.testing.assert_allclose(by_numba.hourly.energy_ac.m, by_numpy.hourly.energy_ac.m, atol=1e-12)
    np.testing.assert_allclose(by_numba.monthly.m, by_numpy.monthly.m, rtol=1e-12)


def test_numba_and_numpy_run_the_same_sky_and_mounting_alone():
    numba = pytest.importorskip("numba")
    from wafer_calc.kernels import compiled

    rng = np.random.default_rng(4)
    cos_zenith, cos_aoi = rng.uniform(-0.1, 1, 500), rng.random(500)
    dni, dhi, extra = 900 * rng.random(500), 300 * rng.random(500), np.full(500, 1 / 1366.1)
    site = sun.site_frame(41.0, 110.0, 1000.0, 180.0)
    _, mount, *_ = kernel_plant(Plant(tracking="two_axis"))
    for formula, arguments in (
        (plane.isotropic, (dni, dhi, extra, cos_zenith, cos_aoi, 0.8, 0.6)),
        (plane.two_axis, (dni, dhi, extra, 1.0, cos_zenith, site, mount)),
    ):
        fast = numba.njit(formula, **compiled.OPTIONS)(*arguments)
        np.testing.assert_allclose(fast, formula(*arguments), rtol=1e-13, atol=1e-13)


@pytest.mark.parametrize("engine", ["numpy", pytest.param("numba", marks=pytest.mark.slow)])
def test_single_precision_agrees_with_double(engine):
    if engine == "numba":
        pytest.importorskip("numba")
    double = made_weather(41.0, 110.0, 5)
    single = made_weather(41.0, 110.0, 5, dtype=np.float32)
    assert single.ghi.dtype == np.float32
    yields = [
        simulate(w, Plant(), engine=engine, hourly=True).energy_ac.m for w in (double, single)
    ]
    assert abs(yields[1] / yields[0] - 1) < 1e-6


@pytest.mark.parametrize(("sky", "tracking", "temperature"), COMPILED)
@pytest.mark.parametrize("engine", ["numpy", "numba"])
def test_a_missing_hour_spoils_its_site_alone_and_is_counted(engine, sky, tracking, temperature):
    if engine == "numba":
        pytest.importorskip("numba")
    one = made_weather(41.0, 110.0, 5)
    names = ("ghi", "dni", "dhi", "temp_air", "wind_speed")
    noon, night = 3012, [17, 18]  # 6 May; one o'clock on 1 January in the dark
    assert one.ghi[noon] > 0
    assert one.ghi[night].sum() == 0
    arrays = {name: np.tile(getattr(one, name), (11, 1)) for name in names}
    for i, name in enumerate(names):
        arrays[name][1 + i, noon] = np.nan
        arrays[name][6 + i, night] = np.nan
    places = {name: np.full(11, getattr(one, name)) for name in ("latitude", "longitude")}
    many = one.replace(**places, altitude=np.full(11, 100.0), **arrays)
    plant = Plant(tracking=tracking, temperature=temperature)
    made = simulate(many, plant, transposition=sky, engine=engine, hourly=True)
    assert made.missing_hours.tolist() == [0, *5 * [1], *5 * [2]]
    assert np.isnan(made.energy_ac.m).tolist() == [False] + 10 * [True]
    assert np.isnan(made.monthly.m).sum(axis=1).tolist() == [0] + 10 * [1]


def test_many_sites_are_so_many_single_ones():
    rng = np.random.default_rng(2)
    singles = [
        made_weather(latitude, 30.0 * i, 1) for i, latitude in enumerate(rng.uniform(-60, 60, 5))
    ]
    many = singles[0].replace(
        latitude=np.array([w.latitude for w in singles]),
        longitude=np.array([w.longitude for w in singles]),
        altitude=np.array([w.altitude for w in singles]),
        **{
            name: np.stack([getattr(w, name) for w in singles])
            for name in ("ghi", "dni", "dhi", "temp_air", "wind_speed")
        },
    )
    seen = []
    together = simulate(
        many, Plant(), threads=2, progress=lambda done, all_: seen.append((done, all_))
    )
    apart = [simulate(w, Plant()).energy_ac.m for w in singles]
    np.testing.assert_allclose(together.energy_ac.m, apart, rtol=1e-13)
    assert together.monthly.shape == (5, 12)
    assert seen[-1] == (5, 5)
