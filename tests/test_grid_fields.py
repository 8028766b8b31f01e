import maps
import pytest
import xarray as xr

from wafer_calc.errors import ReadError, ShapeError, UnitError
from wafer_calc.grid.fields import read_fields


@pytest.fixture(scope="module")
def ds():
    return maps.made_map(1, 2)


@pytest.fixture(scope="module")
def era5(ds):
    return maps.as_era5(ds)


def test_nothing_is_read_to_find_what_there_is(ds):
    def read(block):
        raise AssertionError("an hour was read")

    lazy = ds.chunk().map(lambda a: a.copy(data=a.data.map_blocks(read, meta=a.data._meta)))
    fields = read_fields(lazy)
    assert fields.inputs.keys() == {"ghi", "dni", "dhi", "temp_air", "wind_speed"}
    assert fields.space == ("latitude", "longitude")


@pytest.mark.parametrize(
    "units", ["W m**-2", "W m-2", "W m^-2", "W/m2", "W/m^2", "W/m²", "W·m⁻²", "watt / meter ** 2"]
)
def test_watts_as_they_are_written(ds, units):
    field = read_fields(ds.assign(ghi=ds.ghi.assign_attrs(units=units))).inputs["ghi"]
    assert (field.factor, field.offset) == (1.0, 0.0)


# 1 MJ in an hour is 1e6 / 3600 W; 1 Wh in an hour is 1 W
@pytest.mark.parametrize(
    ("units", "factor"),
    [("J m**-2", 1 / 3600), ("kJ m-2", 1 / 3.6), ("MJ/m^2", 1e6 / 3600), ("Wh m**-2", 1.0)],
)
def test_energy_is_divided_by_its_hour(era5, units, factor):
    era5 = era5.assign(ssrd=era5.ssrd.assign_attrs(units=units))
    assert read_fields(era5).inputs["ghi"].factor == pytest.approx(factor)


def test_kelvin_and_the_parts_of_wind(era5):
    inputs = read_fields(era5).inputs
    assert inputs["temp_air"].offset == -273.15
    assert inputs.keys() == {"ghi", "beam", "temp_air", "u10", "v10"}


@pytest.mark.parametrize(
    ("gone", "told"),
    [
        (["ssrd"], "two of ghi, dni and dhi are wanted, or ssrd and fdir; its variables are fdir"),
        (["fdir"], "two of ghi, dni and dhi are wanted, or ssrd and fdir"),
        (["t2m"], "no air temperature; wanted a variable called temp_air or t2m"),
        (["v10"], "no v10; wanted a variable wind_speed, or u10 and v10"),
        (["latitude"], "no coordinate called latitude or lat"),
        (["longitude"], "no coordinate called longitude or lon"),
        (["valid_time"], "no dimension called time or valid_time"),
    ],
)
def test_what_is_missing_is_named(era5, gone, told):
    with pytest.raises(ReadError, match=told):
        read_fields(era5.drop_vars(gone))


@pytest.mark.parametrize(
    ("name", "units", "told"),
    [
        ("ssrd", "cal cm-2", r"ssrd: units attribute 'cal cm-2' came, wanted 'W m\*\*-2', or 'J"),
        ("ssrd", None, "ssrd: no units attribute came"),
        ("t2m", "degF", "t2m: units attribute 'degF' came, wanted 'K' or 'degC'"),
        ("u10", "knots", r"u10: units attribute 'knots' came.*ds\['u10'\]\.attrs\['units'\]"),
    ],
)
def test_units_that_are_not_known_are_refused(era5, name, units, told):
    other = era5[name].copy(deep=False)
    other.attrs = {} if units is None else {"units": units}
    with pytest.raises(UnitError, match=told):
        read_fields(era5.assign({name: other}))


def test_metres_of_a_projection_are_no_degrees(ds):
    with pytest.raises(ReadError, match="latitude: 4e.06 came, wanted degrees within ±90"):
        read_fields(ds.assign_coords(latitude=[4e6]))


def test_words_are_no_coordinates(ds):
    with pytest.raises(UnitError, match="latitude: .* came, wanted degrees"):
        read_fields(ds.assign_coords(latitude=["north"]))


def test_a_variable_without_time_is_refused(ds):
    with pytest.raises(ShapeError, match="temp_air: lies over"):
        read_fields(ds.assign(temp_air=ds.temp_air.isel(time=0, drop=True)))


def test_coordinates_over_dimensions_of_their_own_are_refused(ds):
    stations = ds.drop_vars("latitude").assign_coords(lat=("station", [1.0, 2.0]))
    with pytest.raises(ShapeError, match="latitude: lies over .*station"):
        read_fields(stations)


def test_an_empty_data_set_is_refused():
    with pytest.raises(ReadError, match="no dimension called time or valid_time"):
        read_fields(xr.Dataset())
