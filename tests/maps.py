"""Maps of made-up weather for the tests: a sun that is the real one, clouds that are drawn."""

import numpy as np
import pandas as pd
import xarray as xr

from wafer_calc.weather import Weather
from wafer_calc.weather.closure import cos_zenith_at
from wafer_calc.weather.sunpath import sun_path

NAMES = ("ghi", "dni", "dhi", "temp_air", "wind_speed")


def made_map(ny=2, nx=3, years=1, step="1h", start="2021-01-01", dtype="float32"):
    """Weather over (latitude, longitude, time), stamps in the middle of their interval."""
    step = pd.Timedelta(step)
    first = pd.Timestamp(start)
    end = first + pd.DateOffset(years=years)
    times = pd.date_range(first + step / 2, end - step / 2, freq=step, unit="s")
    latitude = np.linspace(45.0, 30.0, ny)
    longitude = np.linspace(80.0, 120.0, nx)
    north, east = (a.ravel() for a in np.meshgrid(latitude, longitude, indexing="ij"))
    sun = cos_zenith_at(sun_path(times.tz_localize("UTC")), north, east, 0.0)
    sun = np.maximum(sun, 0.0).reshape(ny, nx, -1)
    clear = np.random.default_rng(1).uniform(0.2, 1.0, sun.shape)
    dni = 700.0 * clear * (sun > 0.05)
    dhi = 250.0 * np.sqrt(sun) * (1.3 - clear)
    made = {
        "ghi": dni * sun + dhi,
        "dni": dni,
        "dhi": dhi,
        "temp_air": 12.0 + 15.0 * sun,
        "wind_speed": 1.0 + 3.0 * clear,
    }
    dims = ("latitude", "longitude", "time")
    return xr.Dataset(
        {name: (dims, values.astype(dtype)) for name, values in made.items()},
        {"time": times, "latitude": latitude, "longitude": longitude},
    )


def as_era5(ds):
    """The same weather with ERA5's names, units, order and stamps at the end of the hour."""
    step = ds.time[1] - ds.time[0]
    seconds = float(step / np.timedelta64(1, "s"))
    made = xr.Dataset(
        {
            "ssrd": (ds.ghi * seconds).assign_attrs(units="J m**-2"),
            "fdir": ((ds.ghi - ds.dhi) * seconds).assign_attrs(units="J m**-2"),
            "t2m": (ds.temp_air + 273.15).assign_attrs(units="K"),
            "u10": (ds.wind_speed * 0.6).assign_attrs(units="m s**-1"),
            "v10": (ds.wind_speed * -0.8).assign_attrs(units="m s**-1"),
        }
    )
    made = made.assign_coords(time=ds.time + step / 2).rename(time="valid_time")
    return made.transpose("valid_time", ...)


def as_weather(ds, altitude=0.0):
    """The same weather as a record of sites."""
    north, east = np.meshgrid(ds.latitude, ds.longitude, indexing="ij")
    return Weather(
        pd.DatetimeIndex(ds.time).tz_localize("UTC"), north.ravel(), east.ravel(),
        altitude=altitude, label="middle",
        **{name: ds[name].to_numpy().reshape(north.size, -1) for name in NAMES if name in ds},
    )  # fmt: skip
