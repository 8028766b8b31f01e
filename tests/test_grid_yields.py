import warnings

import maps
import numpy as np
import pandas as pd
import pytest
import xarray as xr

from wafer_calc.energy import simulate
from wafer_calc.errors import RangeError, UnitError, UnknownNameError, WaferCalcWarning
from wafer_calc.grid import annual_yield
from wafer_calc.plant import Plant

PLANT = Plant(surface_tilt=30)
FIGURES = ["specific_yield", "full_load_hours", "performance_ratio", "missing_hours"]


@pytest.fixture(scope="module")
def ds():
    return maps.made_map(5, 7)


@pytest.fixture(scope="module")
def found(ds):
    return annual_yield(ds, PLANT)


@pytest.mark.parametrize(
    "plant", [PLANT, Plant(tracking="single_axis"), Plant(tracking="two_axis")]
)
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_every_cell_is_what_simulate_gives_to_the_last_digit(plant, dtype):
    ds = maps.made_map(2, 2, dtype=dtype)
    found, made = annual_yield(ds, plant), simulate(maps.as_weather(ds), plant)
    assert (found.specific_yield.to_numpy().ravel() == made.specific_yield.m_as("kWh/kW")).all()
    assert (found.full_load_hours.to_numpy().ravel() == made.full_load_hours.m_as("hour")).all()
    assert (found.performance_ratio.to_numpy().ravel() == made.performance_ratio).all()
    assert (found.missing_hours == 0).all()


@pytest.mark.parametrize("gone", ["ghi", "dni", "dhi"])
def test_a_component_that_is_missing_is_made_as_a_weather_makes_it(ds, gone):
    ds = ds.isel(latitude=[0], longitude=[1, 2]).drop_vars(gone)
    found, made = annual_yield(ds, PLANT), simulate(maps.as_weather(ds), PLANT)
    assert (found.specific_yield.to_numpy().ravel() == made.specific_yield.m_as("kWh/kW")).all()


def test_numba_gives_simulates_figures_too(ds):
    pytest.importorskip("numba")
    made = simulate(maps.as_weather(ds), PLANT, engine="numba").specific_yield.m_as("kWh/kW")
    for lazy in (ds, ds.chunk(latitude=2, longitude=3)):
        found = annual_yield(lazy, PLANT, engine="numba")
        assert (found.specific_yield.to_numpy().ravel() == made).all()


def test_engines_agree(ds, found):
    pytest.importorskip("numba")
    other = annual_yield(ds, PLANT, engine="numba")
    np.testing.assert_allclose(other.specific_yield, found.specific_yield, rtol=1e-9)


def test_the_beam_that_numba_makes_is_that_of_a_weather(ds):
    pytest.importorskip("numba")
    holed = ds.drop_vars("dni").copy(deep=True)
    holed.dhi[0, 0, :20] = np.nan  # from midnight on
    for wide in (holed, holed.astype("float64")):
        made, found = (annual_yield(wide, PLANT, engine=e) for e in ("numpy", "numba"))
        np.testing.assert_allclose(found.specific_yield, made.specific_yield, rtol=1e-8)
        assert found.missing_hours[0, 0, 0] == 20


@pytest.mark.parametrize("chunks", [{}, {"latitude": 1}, {"latitude": 2, "longitude": 3}])
@pytest.mark.parametrize(
    "order",
    [
        ("latitude", "longitude", "time"),
        ("time", "latitude", "longitude"),
        ("longitude", "time", "latitude"),
    ],
)
def test_neither_chunks_in_space_nor_the_order_of_dimensions_matter(ds, found, chunks, order):
    lazy = annual_yield(ds.transpose(*order).chunk(chunks), PLANT)
    assert all(lazy[name].chunks for name in FIGURES)
    space = [d for d in order if d != "time"]
    assert lazy.specific_yield.dims == ("year", *space)
    xr.testing.assert_identical(lazy.compute().transpose("year", "latitude", "longitude"), found)


def test_variables_may_be_chunked_unlike_each_other(ds, found):
    ds = ds.assign(ghi=ds.ghi.chunk(latitude=2), dni=ds.dni.chunk(longitude=3))
    xr.testing.assert_identical(annual_yield(ds, PLANT).compute(), found)


def test_chunks_in_time_are_joined_and_the_warning_says_what_it_costs(ds, found):
    # 5 x 7 cells of 8760 float32 in 5 variables: 5·7·8760·4·5 = 6.1 MB in one chunk
    with pytest.warns(WaferCalcWarning, match=r"12 chunks along time.*6.1 MB for each of 1 blocks"):
        lazy = annual_yield(ds.chunk(time=730), PLANT)
    xr.testing.assert_identical(lazy.compute(), found)


def test_joined_chunks_are_cut_in_space_before_they_fill_the_memory(monkeypatch, ds, found):
    from wafer_calc.grid import yields

    monkeypatch.setattr(yields, "_MAX_CHUNK_BYTES", 6 * 8760 * 4)  # six cells
    with pytest.warns(WaferCalcWarning, match="0.7 MB for each of 12 blocks.*reads 12 times"):
        lazy = annual_yield(ds.chunk(time=1000), PLANT)
    assert max(lazy.specific_yield.data.chunks[1]) * max(lazy.specific_yield.data.chunks[2]) <= 6
    xr.testing.assert_identical(lazy.compute(), found)


def test_what_the_result_says_of_itself(found):
    assert list(found) == FIGURES
    assert [found[name].attrs["units"] for name in FIGURES] == ["kWh kW-1", "h", "1", "h"]
    assert all(found[name].attrs["long_name"] for name in FIGURES)
    assert found.attrs["Conventions"].startswith("CF-")
    assert found.latitude.attrs["standard_name"] == "latitude"
    assert found.longitude.attrs["units"] == "degrees_east"
    assert found.year.values.tolist() == [2021]
    assert '"surface_tilt": 30.0' in found.attrs["plant"]


def test_the_weather_is_left_as_it_was(ds):
    before = ds.copy(deep=True)
    annual_yield(ds, PLANT)
    xr.testing.assert_identical(ds, before)


def test_a_cell_without_an_hour_has_no_yield_and_says_so(ds, found):
    holed = ds.copy(deep=True)
    holed.ghi[0, 0, 5000] = np.nan
    holed.temp_air[1, 1, :] = np.nan
    torn = annual_yield(holed, PLANT)
    # one hour, and 365 · 24 = 8760 of them
    assert torn.missing_hours[0, 0, 0] == 1
    assert torn.missing_hours[0, 1, 1] == 8760
    assert torn.specific_yield[0, 0, 0].isnull()
    assert torn.specific_yield[0, 1, 1].isnull()
    rest = torn.missing_hours == 0
    assert int(rest.sum()) == 33
    xr.testing.assert_equal(torn.where(rest, drop=False), found.where(rest))


def test_a_single_point_needs_no_dimension_in_space(ds, found):
    point = annual_yield(ds.isel(latitude=2, longitude=3), PLANT)
    assert point.specific_yield.dims == ("year",)
    assert point.specific_yield.item() == found.specific_yield[0, 2, 3].item()


def test_coordinates_may_lie_over_two_dimensions(ds, found):
    north, east = xr.broadcast(ds.latitude, ds.longitude)
    curved = ds.drop_vars(["latitude", "longitude"]).rename(latitude="y", longitude="x")
    curved = curved.assign_coords(lat=(("y", "x"), north.data), lon=(("y", "x"), east.data))
    got = annual_yield(curved, PLANT)
    assert (got.specific_yield.to_numpy() == found.specific_yield.to_numpy()).all()
    assert got.lat.attrs["standard_name"] == "latitude"


def test_latitude_may_ascend_and_longitude_run_to_360(ds, found):
    west = ds.assign_coords(longitude=ds.longitude - 200.0)
    east = west.assign_coords(longitude=west.longitude % 360.0)
    a, b = annual_yield(west, PLANT), annual_yield(east.sortby("latitude"), PLANT)
    np.testing.assert_allclose(
        a.specific_yield.sortby("latitude").to_numpy(), b.specific_yield.to_numpy(), rtol=1e-12
    )
    assert float(b.longitude.max()) > 180


def test_each_year_is_that_of_simulate():
    ds = maps.made_map(1, 2, years=2, start="2020-01-01")
    found = annual_yield(ds, PLANT)
    assert found.year.values.tolist() == [2020, 2021]
    for year in (2020, 2021):
        made = simulate(maps.as_weather(ds.sel(time=str(year))), PLANT)
        assert (found.specific_yield.sel(year=year).to_numpy() == made.specific_yield.m).all()


def test_half_hours_are_half_as_long():
    ds = maps.made_map(1, 1, step="30min")
    assert ds.sizes["time"] == 17520
    made = simulate(maps.as_weather(ds), PLANT).specific_yield.m
    found = annual_yield(ds, PLANT).isel(year=0, latitude=0, longitude=0)
    assert found.specific_yield == made[0]
    ds.ghi[0, 0, 7] = np.nan
    assert annual_yield(ds, PLANT).missing_hours.item() == 0.5


def test_altitude_is_taken_where_it_is_known(ds):
    one = ds.isel(latitude=[0], longitude=[0])
    made = simulate(maps.as_weather(one, altitude=3000.0), PLANT).specific_yield.m[0]
    high = one.assign_coords(altitude=3000.0)
    assert annual_yield(high, PLANT).specific_yield.item() == made
    # geopotential: 3000 m · 9.80665 m/s²
    z = xr.DataArray(3000.0 * 9.80665, attrs={"units": "m**2 s**-2"})
    assert annual_yield(one.assign(z=z), PLANT).specific_yield.item() == pytest.approx(made)
    flat = annual_yield(one, PLANT).specific_yield.item()
    assert abs(made / flat - 1) < 6e-4


def test_era5_says_the_same_in_its_own_words(ds, found):
    # its beam on the horizontal becomes DNI by the rules of a Weather, so DNI under 2° is left out
    era5 = annual_yield(maps.as_era5(ds), PLANT)
    without = annual_yield(ds.drop_vars("dni"), PLANT)
    np.testing.assert_allclose(
        era5.specific_yield.transpose(*found.specific_yield.dims), without.specific_yield, rtol=2e-6
    )
    assert era5.year.values.tolist() == [2021]


def test_era5_means_in_watts_are_taken_as_such(ds):
    era5 = maps.as_era5(ds)
    watts = era5.assign(
        {n: (era5[n] / 3600.0).assign_attrs(units="W m**-2") for n in ("ssrd", "fdir")}
    )
    a, b = annual_yield(era5, PLANT), annual_yield(watts, PLANT)
    np.testing.assert_allclose(a.specific_yield, b.specific_yield, rtol=1e-6)


def test_irradiation_summed_up_from_midnight_is_refused(ds):
    era5 = maps.as_era5(ds.isel(latitude=[0], longitude=[0]))
    days = era5.ssrd.valid_time.dt.floor("D")
    era5["ssrd"] = era5.ssrd.groupby(days).cumsum().assign_attrs(units="J m**-2")
    with pytest.raises(RangeError, match="ssrd: .* W/m² came, wanted -1 to 2000.*ERA5-Land"):
        annual_yield(era5, PLANT)


def test_nights_a_little_under_zero_are_nights(ds, found):
    packed = ds.copy(deep=True)
    packed["ghi"] = packed.ghi.where(packed.ghi > 0, np.float32(-0.002))
    xr.testing.assert_equal(annual_yield(packed, PLANT), found)


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("ghi", -40.0, "ghi or ssrd: -40 W/m² came.*night offset"),
        ("temp_air", 290.0, "temp_air: 290 °C came.*units"),
        ("dni", 1500.0, "dni: 1500 W/m² came.*sun's own"),
        ("wind_speed", np.inf, "wind_speed: inf m/s came"),
    ],
)
def test_values_that_cannot_be_weather_are_refused(ds, name, value, told):
    bad = ds.isel(latitude=[0], longitude=[0]).copy(deep=True)
    bad[name][0, 0, 12] = value
    with pytest.raises(RangeError, match=told):
        annual_yield(bad, PLANT)


def test_arguments_of_another_kind_are_refused(ds):
    with pytest.raises(UnitError, match="plant: dict came, wanted a Plant"):
        annual_yield(ds, {"surface_tilt": 30})
    with pytest.raises(UnitError, match=r"ds: DataArray came, wanted an xarray\.Dataset"):
        annual_yield(ds.ghi, PLANT)
    with pytest.raises(UnknownNameError, match="transposition.*perez"):
        annual_yield(ds, PLANT, transposition="peres")


def test_only_what_is_asked_for_is_computed(ds, found):
    calls = []

    def read(block):
        calls.append(block.shape)
        return block

    data = ds.ghi.chunk(latitude=1).data.map_blocks(read, dtype="float32", meta=np.empty((0, 0, 0)))
    lazy = annual_yield(ds.assign(ghi=(ds.ghi.dims, data)), PLANT)
    assert calls == []
    one = lazy.isel(latitude=[3]).compute()
    assert len(calls) == 1
    assert (one.specific_yield[0, 0] == found.specific_yield[0, 3]).all()


def test_no_warning_where_nothing_is_wrong(ds):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        annual_yield(ds.chunk(latitude=1), PLANT).compute()


def test_stamps_in_nanoseconds_are_the_same_stamps(ds, found):
    times = pd.DatetimeIndex(ds.time).as_unit("ns")
    xr.testing.assert_equal(annual_yield(ds.assign_coords(time=times), PLANT), found)
