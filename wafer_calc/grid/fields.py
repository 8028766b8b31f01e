"""What a gridded data set holds: the engine's inputs by name, and how its units become pvlib's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from wafer_calc.errors import ReadError, ShapeError, UnitError
from wafer_calc.grid.years import Year, read_years

if TYPE_CHECKING:
    import xarray as xr

# What a units attribute may say, as `_plain` writes it, and its factor to W/m²; those of energy
# are gathered over the interval and divided by its length.
_IRRADIANCE = {"wm-2": 1.0, "w/m2": 1.0, "kwm-2": 1e3, "kw/m2": 1e3, "watt/meter2": 1.0}
_INSOLATION = {
    "jm-2": 1.0, "j/m2": 1.0, "kjm-2": 1e3, "kj/m2": 1e3, "mjm-2": 1e6, "mj/m2": 1e6,
    "whm-2": 3.6e3, "wh/m2": 3.6e3, "kwhm-2": 3.6e6, "kwh/m2": 3.6e6,
}  # fmt: skip
_KELVIN = ("k", "kelvin")
_CELSIUS = ("c", "°c", "degc", "celsius", "degreescelsius", "degreecelsius", "degree_celsius")
_SPEED = ("ms-1", "m/s", "meter/second")
_METRES = ("m", "meter", "metre", "meters", "metres")
_GRAVITY_M_S2 = 9.80665  # of the ISO 80000 standard, by which geopotential becomes height

_TIME = ("time", "valid_time")
LATITUDE = ("latitude", "lat")
LONGITUDE = ("longitude", "lon")
_PVLIB = ("ghi", "dni", "dhi")


class Field(NamedTuple):
    """A variable as it lies, and what makes pvlib's unit of it: ``data · factor + offset``."""

    data: xr.DataArray
    factor: float = 1.0
    offset: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """The engine's inputs over a map, lazy where the data set is.

    Attributes
    ----------
    inputs : dict of str to Field
        Two or three of ``ghi dni dhi beam`` (beam irradiance on the horizontal), ``temp_air``, and
        ``wind_speed`` or ``u10`` and ``v10``.
    years : tuple of Year
        The calendar, and which stamps belong to which year.
    latitude, longitude : DataArray [degrees]
        Over dimensions in space.
    altitude : DataArray or float [m]
    time : str
        Name of the time dimension.
    space : tuple of hashable
        The other dimensions, in the order in which the variables have them.
    """

    inputs: dict[str, Field]
    years: tuple[Year, ...]
    latitude: xr.DataArray
    longitude: xr.DataArray
    altitude: xr.DataArray
    time: str
    space: tuple[Any, ...]


def read_fields(ds: xr.Dataset, *, label: str | None = None) -> Fields:
    """Find the engine's inputs in a data set; no hour is read.

    Parameters
    ----------
    ds : xarray.Dataset
        As for `wafer_calc.grid.annual_yield`.
    label : str, optional
        Likewise.

    Returns
    -------
    Fields
        What is there, with its units.

    Raises
    ------
    ReadError
        A variable, a coordinate or every whole year is missing, or the calendar is no real one.
    UnitError
        No data set, or a units attribute that is not known.
    ShapeError
        Variables over different dimensions.
    """
    import xarray as xr

    if not isinstance(ds, xr.Dataset):
        raise UnitError(f"ds: {type(ds).__name__} came, wanted an xarray.Dataset")
    time = _time_of(ds)
    latitude, longitude = (
        _coordinate(ds, LATITUDE, "latitude"),
        _coordinate(ds, LONGITUDE, "longitude"),
    )
    for name, values, limit in (("latitude", latitude, 90.0), ("longitude", longitude, 360.0)):
        farthest = float(abs(values).max())
        if farthest > limit:
            raise ReadError(
                f"{name}: {farthest:g} came, wanted degrees within ±{limit:g}, and no metres of a "
                "projection"
            )
    era5 = ("ssrd" in ds or "fdir" in ds) and "ghi" not in ds
    years = read_years(ds[time], label=label, era5=era5)
    inputs = _light(ds, years[0].step_s) | {"temp_air": _temperature(ds)} | _wind(ds)
    for name, field in inputs.items():
        if time not in field.data.dims:
            raise ShapeError(f"{name}: lies over {field.data.dims}, wanted {time} among them")
    widest = max((field.data for field in inputs.values()), key=lambda data: data.ndim)
    space = tuple(d for d in widest.dims if d != time)
    for name, place in (("latitude", latitude), ("longitude", longitude)):
        if not set(place.dims) <= set(space):
            raise ShapeError(
                f"{name}: lies over {place.dims}, and the variables over {widest.dims}; wanted the "
                "same dimensions"
            )
    return Fields(
        inputs=inputs,
        years=years,
        latitude=latitude,
        longitude=longitude,
        altitude=_altitude(ds, space),
        time=time,
        space=space,
    )


def coordinate_name(ds: xr.Dataset | xr.DataArray, names: tuple[str, ...]) -> str:
    """Find what a data set calls a coordinate.

    Parameters
    ----------
    ds : Dataset or DataArray
        The data set.
    names : tuple of str
        `LATITUDE` or `LONGITUDE`.

    Returns
    -------
    str
        The first of them that is there.

    Raises
    ------
    ReadError
        None is.
    """
    held = {str(name): name for name in ds.coords}
    if hasattr(ds, "data_vars"):
        held |= {str(name): name for name in ds.data_vars}
    for name in names:
        if name in held:
            return name
    raise ReadError(
        f"ds: no coordinate called {' or '.join(names)}; it has {', '.join(held) or 'none'}"
    )


def _time_of(ds: xr.Dataset) -> str:
    for name in _TIME:
        if name in ds.coords and ds[name].dims == (name,):
            return name
    raise ReadError(
        f"ds: no dimension called {' or '.join(_TIME)} with stamps; its dimensions are "
        f"{', '.join(map(str, ds.dims)) or 'none'}"
    )


def _coordinate(ds: xr.Dataset, names: tuple[str, ...], what: str) -> xr.DataArray:
    found = ds[coordinate_name(ds, names)]
    if found.dtype.kind not in "fiu":
        raise UnitError(f"{what}: {found.dtype} came, wanted degrees")
    return found.astype(float)


def _units(ds: xr.Dataset, name: str) -> str | None:
    units = ds[name].attrs.get("units")
    return None if units is None else _plain(str(units))


def _plain(units: str) -> str:
    """Write units as one: ``W m**-2``, ``W m^-2``, ``W m-2`` and ``W·m⁻²`` are ``wm-2``."""
    for mark in (" ", "*", "^", "·", "."):
        units = units.replace(mark, "")
    return units.replace("²", "2").replace("⁻", "-").replace("¹", "1").lower()


def _unknown(ds: xr.Dataset, name: str, wanted: str) -> UnitError:
    units = ds[name].attrs.get("units")
    came = "no units attribute" if units is None else f"units attribute {units!r}"
    return UnitError(f"{name}: {came} came, wanted {wanted}; set ds[{name!r}].attrs['units']")


def _light(ds: xr.Dataset, step_s: float) -> dict[str, Field]:
    found = {name: _irradiance(ds, name, step_s) for name in _PVLIB if name in ds}
    if "ghi" not in found and "ssrd" in ds:
        found["ghi"] = _irradiance(ds, "ssrd", step_s)
    if len(found) < 2 and "fdir" in ds:
        found["beam"] = _irradiance(ds, "fdir", step_s)
    if len(found) < 2 or found.keys() == {"dni", "beam"}:
        have = ", ".join(map(str, ds.data_vars)) or "none"
        raise ReadError(
            f"ds: two of ghi, dni and dhi are wanted, or ssrd and fdir; its variables are {have}"
        )
    return found


def _irradiance(ds: xr.Dataset, name: str, step_s: float) -> Field:
    units = _units(ds, name)
    if units is None and name in _PVLIB:
        return Field(ds[name])
    if units in _IRRADIANCE:
        return Field(ds[name], _IRRADIANCE[units])
    if units in _INSOLATION:
        return Field(ds[name], _INSOLATION[units] / step_s)
    raise _unknown(ds, name, "'W m**-2', or 'J m**-2' gathered over each step")


def _temperature(ds: xr.Dataset) -> Field:
    name = next((n for n in ("temp_air", "t2m") if n in ds), None)
    if name is None:
        raise ReadError("ds: no air temperature; wanted a variable called temp_air or t2m")
    units = _units(ds, name)
    if units in _KELVIN:
        return Field(ds[name], 1.0, -273.15)
    if units in _CELSIUS or (units is None and name == "temp_air"):
        return Field(ds[name])
    raise _unknown(ds, name, "'K' or 'degC'")


def _wind(ds: xr.Dataset) -> dict[str, Field]:
    names = ("wind_speed",) if "wind_speed" in ds else ("u10", "v10")
    for name in names:
        if name not in ds:
            raise ReadError(f"ds: no {name}; wanted a variable wind_speed, or u10 and v10")
        units = _units(ds, name)
        if units not in _SPEED and not (units is None and name == "wind_speed"):
            raise _unknown(ds, name, "'m s**-1'")
    return {name: Field(ds[name]) for name in names}


def _altitude(ds: xr.Dataset, space: tuple[Any, ...]) -> xr.DataArray:
    """Give the height of the cells; the sea's where none is said."""
    import xarray as xr

    for name, known, factor in (
        ("altitude", _METRES, 1.0),
        ("elevation", _METRES, 1.0),
        ("z", ("m2s-2", "m2/s2"), 1.0 / _GRAVITY_M_S2),
    ):
        if name in ds and set(ds[name].dims) <= set(space):
            units = _units(ds, name)
            if units in known or (units is None and name == "altitude"):
                return ds[name].astype(float) * factor
            raise _unknown(ds, name, "metres, or geopotential in 'm**2 s**-2' for z")
    return xr.DataArray(0.0)
