"""The two engines over whatever a map may hold: inputs, signs, gaps, types and orders in memory."""

import maps
import numpy as np
import pytest

from wafer_calc.energy import simulate
from wafer_calc.errors import RangeError
from wafer_calc.grid import annual_yield
from wafer_calc.plant import Plant

pytest.importorskip("numba")
PLANT = Plant(surface_tilt=30)
LIGHT = [
    ("ghi", "dni", "dhi"),
    ("ghi", "dhi"),
    ("ghi", "dni"),
    ("dni", "dhi"),
    ("ghi", "fdir"),
    ("dhi", "fdir"),
]


@pytest.fixture(scope="module")
def ds():
    made = maps.made_map(3, 5)
    made["temp_air"] = made.temp_air - np.float32(30)  # frost at night: 12 - 30 = -18 °C
    return made


def holding(ds, light):
    """The same weather by other names: all of ERA5's where its beam is among them."""
    step = np.float32(3600)
    every = ds.assign(
        fdir=((ds.ghi - ds.dhi) * step).assign_attrs(units="J m**-2"),
        t2m=(ds.temp_air + np.float32(273.15)).assign_attrs(units="K"),
        u10=(ds.wind_speed * np.float32(0.6)).assign_attrs(units="m s**-1"),
        v10=(ds.wind_speed * np.float32(-0.8)).assign_attrs(units="m s**-1"),
    )
    rest = ("t2m", "u10", "v10") if "fdir" in light else ("temp_air", "wind_speed")
    return every[[*light, *rest]]


def both(ds, **options):
    return (annual_yield(ds, PLANT, engine=engine, **options) for engine in ("numpy", "numba"))


@pytest.mark.parametrize("light", LIGHT)
def test_engines_agree_on_every_set_of_inputs(ds, light):
    made, found = both(holding(ds, light), label="middle")
    np.testing.assert_allclose(found.specific_yield, made.specific_yield, rtol=1e-8)
    np.testing.assert_allclose(found.performance_ratio, made.performance_ratio, rtol=1e-8)
    assert (found.missing_hours == 0).all()


def test_engines_agree_in_double_precision_and_on_parts_of_the_wind(ds):
    every = holding(ds, ("ghi", "dni", "dhi", "fdir")).assign(temp_air=ds.temp_air)
    for names in (("ghi", "dni", "dhi", "temp_air"), ("ghi", "fdir", "t2m")):
        wide = every[[*names, "u10", "v10"]].astype("float64")
        made, found = both(wide, label="middle")
        np.testing.assert_allclose(found.specific_yield, made.specific_yield, rtol=1e-12)


@pytest.mark.parametrize("light", LIGHT[:4])
def test_the_compiled_third_component_is_a_weathers(ds, light):
    given = ds[[*light, "temp_air", "wind_speed"]]
    found = annual_yield(given, PLANT, engine="numba").specific_yield.to_numpy().ravel()
    made = simulate(maps.as_weather(given), PLANT, engine="numba").specific_yield.m
    np.testing.assert_allclose(found, made, rtol=1e-8 if len(light) < 3 else 0)


@pytest.mark.parametrize(
    ("plant", "sky"),
    [
        (Plant(surface_tilt=10), "isotropic"),
        (Plant(tracking="single_axis"), "haydavies"),
        (Plant(tracking="two_axis", temperature="pvsyst_freestanding"), "perez"),
    ],
)
def test_compiled_figures_are_simulates_to_the_last_digit(ds, plant, sky):
    found = annual_yield(ds, plant, transposition=sky, engine="numba")
    made = simulate(maps.as_weather(ds), plant, transposition=sky, engine="numba")
    assert (found.specific_yield.to_numpy().ravel() == made.specific_yield.m).all()
    assert (found.performance_ratio.to_numpy().ravel() == made.performance_ratio).all()


@pytest.mark.parametrize(
    "order",
    [
        ("time", "latitude", "longitude"),
        ("longitude", "time", "latitude"),
        ("latitude", "time", "longitude"),
    ],
)
@pytest.mark.parametrize("turn", [slice(None), slice(None, None, -1)])
def test_compiled_figures_do_not_depend_on_the_order_in_memory(ds, order, turn):
    found = annual_yield(ds, PLANT, engine="numba")
    laid = ds.transpose(*order).copy(deep=True).isel(latitude=turn, longitude=turn)
    other = annual_yield(laid, PLANT, engine="numba").isel(latitude=turn, longitude=turn)
    for name in ("specific_yield", "performance_ratio", "missing_hours"):
        np.testing.assert_array_equal(other[name].transpose(*found[name].dims), found[name])


def test_variables_may_lie_in_orders_of_their_own(ds):
    found = annual_yield(ds, PLANT, engine="numba").specific_yield
    laid = {
        "ghi": ("latitude", "longitude", "time"),
        "dni": ("time", "latitude", "longitude"),
        "dhi": ("time", "longitude", "latitude"),
        "temp_air": ("longitude", "latitude", "time"),
        "wind_speed": ("longitude", "time", "latitude"),
    }
    mixed = ds.assign({name: ds[name].transpose(*dims).copy() for name, dims in laid.items()})
    other = annual_yield(mixed, PLANT, engine="numba").specific_yield
    np.testing.assert_array_equal(other.transpose(*found.dims), found)


def test_more_cells_than_are_gathered_at_once():
    ds = maps.made_map(9, 31)  # 279
    laid = ds.transpose("time", ...).copy(deep=True)
    a, b = (annual_yield(d, PLANT, engine="numba").specific_yield for d in (ds, laid))
    np.testing.assert_array_equal(a, b.transpose(*a.dims))


def test_a_variable_without_a_dimension_and_types_that_differ(ds):
    one = ds.assign(temp_air=ds.temp_air[0, 0], wind_speed=ds.wind_speed.astype("float64"))
    one["dhi"] = one.dhi.astype(">f4")
    whole = one.assign(temp_air=one.temp_air.broadcast_like(ds.ghi), dhi=ds.dhi)
    for engine in ("numpy", "numba"):
        a, b = (annual_yield(d, PLANT, engine=engine).specific_yield for d in (one, whole))
        np.testing.assert_allclose(a, b, rtol=1e-15)


def test_whole_numbers_are_numbers(ds):
    whole = ds.round().astype("int16")
    made, found = both(whole)
    floats = annual_yield(whole.astype("float64"), PLANT, engine="numba")
    np.testing.assert_array_equal(found.specific_yield, floats.specific_yield)
    np.testing.assert_allclose(found.specific_yield, made.specific_yield, rtol=1e-9)


@pytest.mark.parametrize("engine", ["numpy", "numba"])
@pytest.mark.parametrize(
    "order", [("latitude", "longitude", "time"), ("time", "latitude", "longitude")]
)
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_nights_under_zero_are_nights_to_the_last_digit(ds, engine, order, dtype):
    even = ds.astype(dtype).transpose(*order).copy(deep=True)
    uneven = even.copy(deep=True)
    for name in ("ghi", "dni", "dhi"):
        uneven[name] = even[name].where(even[name] > 0, np.dtype(dtype).type(-0.5))
    a, b = (annual_yield(d, PLANT, engine=engine) for d in (even, uneven))
    np.testing.assert_array_equal(a.specific_yield, b.specific_yield)
    assert (b.missing_hours == 0).all()


@pytest.mark.parametrize("engine", ["numpy", "numba"])
@pytest.mark.parametrize("light", LIGHT)
def test_an_hour_without_any_of_the_inputs_is_missing(ds, engine, light):
    given = holding(ds, light)
    holed = given.copy(deep=True)
    for n, name in enumerate(given):  # its own hour of each, by day and by night
        holed[name][0, 1, 5 * n] = np.nan
        holed[name][0, 1, 4000 + 5 * n] = -np.nan
    holed[list(given)[-1]][2, 3, :] = np.nan
    found = annual_yield(holed, PLANT, engine=engine, label="middle")
    whole = annual_yield(given, PLANT, engine=engine, label="middle")
    assert found.missing_hours[0, 0, 1] == 2 * len(given)
    assert found.missing_hours[0, 2, 3] == 8760
    rest = found.missing_hours == 0
    assert int(rest.sum()) == 13
    assert found.specific_yield.isnull().equals(~rest)
    np.testing.assert_array_equal(
        found.specific_yield.to_numpy()[rest], whole.specific_yield.to_numpy()[rest]
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ghi", -1.5), ("ghi", 2001.0), ("ghi", np.inf), ("dni", 1415.5), ("dni", -np.inf),
        ("dhi", -40.0), ("temp_air", -95.5), ("temp_air", 65.5), ("wind_speed", -0.1),
        ("wind_speed", 115.5),
    ],
)  # fmt: skip
@pytest.mark.parametrize("beside", [0.0, np.nan])
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_engines_refuse_the_same_in_the_same_words(ds, name, value, beside, dtype):
    bad = ds.isel(latitude=[0, 1]).astype(dtype).copy(deep=True)
    bad[name][1, 3, 4321] = value
    bad[name][1, 3, 4322] = beside
    bad[name][0, 2, 17] = beside
    told = []
    for engine in ("numpy", "numba"):
        with pytest.raises(RangeError, match=f"{name}.*came, wanted") as error:
            annual_yield(bad, PLANT, engine=engine)
        told.append(str(error.value))
    assert told[0] == told[1]


@pytest.mark.parametrize("value", [-116.0, 116.0])
def test_parts_of_the_wind_are_held_to_its_bounds(ds, value):
    bad = holding(ds, ("ghi", "fdir")).copy(deep=True)
    bad["v10"][2, 4, 8759] = value
    for engine in ("numpy", "numba"):
        with pytest.raises(RangeError, match=f"v10: {value:g} m/s came, wanted -115 to 115"):
            annual_yield(bad, PLANT, engine=engine, label="middle")


def test_rare_weather_within_the_bounds_is_weather(ds):
    # -80 °C is beyond what is looked at in passing, and still air
    cold = ds.copy(deep=True)
    cold["temp_air"][0, 0, :100] = -80.0
    made, found = both(cold)
    np.testing.assert_allclose(found.specific_yield, made.specific_yield, rtol=1e-9)
    simulated = simulate(maps.as_weather(cold), PLANT, engine="numba").specific_yield.m
    assert (found.specific_yield.to_numpy().ravel() == simulated).all()
