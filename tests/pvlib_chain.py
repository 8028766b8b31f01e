"""The chain that the engine stands for, in pvlib's own functions."""

import os
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from pvlib import (
    atmosphere,
    iam,
    inverter,
    irradiance,
    pvsystem,
    solarposition,
    temperature,
    tracking,
)

from wafer_calc.plant import Tracker

SHARED = os.environ.get("WAFER_CALC_VALIDATION")
needs_files = pytest.mark.skipif(SHARED is None, reason="WAFER_CALC_VALIDATION is not set")
YEARS = sorted(p.name for p in Path(SHARED, "validation/weather").glob("*")) if SHARED else []
EDGES = np.array([1.065, 1.23, 1.5, 1.95, 2.8, 4.5, 6.2])


def year_file(name):
    return Path(SHARED, "validation", "weather", name)


def oracle_file(name):
    return Path(SHARED, "validation", "oracles", name)


@cache
def _diffuse_iam(region):
    tilts = np.arange(0.0, 90.5, 0.5)
    return tilts, np.array([iam.marion_integrate(iam.physical, float(t), region) for t in tilts])


def diffuse_iam(tilt):
    """Of sky and ground; a table for the many tilts of a tracker, where pvlib would need hours."""
    if np.ndim(tilt) == 0:
        return [iam.marion_integrate(iam.physical, float(tilt), r) for r in ("sky", "ground")]
    return [np.interp(tilt, *_diffuse_iam(region)) for region in ("sky", "ground")]


def orientation(plant, zenith, azimuth):
    if plant.tracking is None:
        return plant.surface_tilt, plant.surface_azimuth
    if plant.tracking == "two_axis":
        return np.where(zenith > 90, 0.0, zenith), azimuth
    t: Tracker = plant.tracking
    turned = tracking.singleaxis(
        zenith, azimuth, t.axis_tilt, t.axis_azimuth, t.max_angle, t.backtrack, t.gcr
    )
    # with the sun down pvlib leaves the rotation open; the engine lays the modules at 0
    tilt, facing = turned["surface_tilt"], turned["surface_azimuth"]
    down = np.isnan(tilt)
    return np.where(down, t.axis_tilt, tilt), np.where(down, t.axis_azimuth, facing)


def cell_temperature(plant, poa, temp_air, wind_speed):
    model, _, mounting = plant.temperature.partition("_")
    if model == "faiman":
        return temperature.faiman(poa, temp_air, wind_speed)
    figures = temperature.TEMPERATURE_MODEL_PARAMETERS[model][mounting]
    function = temperature.sapm_cell if model == "sapm" else temperature.pvsyst_cell
    return function(poa, temp_air, wind_speed, **figures)


def solar_position(w):
    return solarposition.get_solarposition(
        w.mid_times, w.latitude, w.longitude, altitude=w.altitude
    )


def chain(weather, plant, transposition, diffuse=diffuse_iam, sun=None):
    """Hourly poa_global, dc and ac per kW DC, and which hours lie on an edge of Perez' bins."""
    w, times = weather, weather.mid_times
    sun = solar_position(w) if sun is None else sun
    zenith, azimuth = sun["apparent_zenith"].to_numpy(), sun["azimuth"].to_numpy()
    tilt, facing = orientation(plant, zenith, azimuth)
    total = irradiance.get_total_irradiance(
        tilt, facing, zenith, azimuth, w.dni, w.ghi, w.dhi,
        # the day itself, for pvlib asks pandas for it by a name that pandas deprecates
        dni_extra=irradiance.get_extra_radiation(times.tz_convert("UTC").day_of_year.to_numpy()),
        airmass=atmosphere.get_relative_airmass(zenith),
        albedo=plant.albedo, model=transposition,
    )  # fmt: skip
    # without any light pvlib's Perez has NaN
    sky = np.where((w.dni == 0) & (w.dhi == 0), 0.0, total["poa_sky_diffuse"])
    poa = total["poa_direct"] + sky + total["poa_ground_diffuse"]
    sky_iam, ground_iam = diffuse(tilt)
    effective = (
        total["poa_direct"] * iam.physical(irradiance.aoi(tilt, facing, zenith, azimuth))
        + sky * sky_iam
        + total["poa_ground_diffuse"] * ground_iam
    ) * (1.0 + plant.bifacial_gain)
    cell = cell_temperature(plant, poa, w.temp_air, w.wind_speed)
    dc = pvsystem.pvwatts_dc(effective, cell, 1.0, plant.gamma_pdc) * (1.0 - plant.total_losses)
    pdc0 = 1.0 / plant.dc_ac_ratio / plant.inverter_efficiency
    ac = inverter.pvwatts(dc, pdc0, plant.inverter_efficiency)
    with np.errstate(invalid="ignore", divide="ignore"):
        bent = 1.041 * np.radians(zenith) ** 3
        clearness = ((w.dhi + w.dni) / w.dhi + bent) / (1.0 + bent)
    edge = (np.abs(clearness[:, None] - EDGES) < 1e-4).any(axis=1)
    return {"poa_global": poa, "dc": dc, "ac": ac, "edge": edge}
