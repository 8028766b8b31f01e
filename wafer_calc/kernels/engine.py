"""The whole chain from weather to power, for one hour or a block of them, and its yearly sums."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from functools import partial
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from wafer_calc.kernels import plane, power, sun
from wafer_calc.kernels.plane import Mount
from wafer_calc.kernels.power import Array
from wafer_calc.kernels.sun import FloatArray, Site, SunPath

SKIES: dict[str, Callable[..., Any]] = {
    "isotropic": plane.isotropic,
    "haydavies": plane.haydavies,
    "perez": plane.perez,
}
MOUNTINGS: dict[str, Callable[..., Any]] = {
    "fixed": plane.fixed,
    "single_axis": plane.single_axis,
    "two_axis": plane.two_axis,
}
HEATS: dict[str, Callable[..., Any]] = {"linear": power.heat_linear, "sapm": power.heat_sapm}

# What is summed over each month, in this order
SUMS = ("ghi", "poa_global", "effective", "dc", "unclipped", "ac")
HOURLY = ("poa_global", "dc", "ac")

_NO_SKY = 1e-9
_BLOCK = 8784  # hours that NumPy takes at once: two dozen arrays of them stay in a core's cache
_BATCH = 64  # sites between two calls of progress


class Models(NamedTuple):
    """Which formulas make up the chain: keys of `SKIES`, `MOUNTINGS` and `HEATS`."""

    sky: str
    mounting: str
    heat: str


class Weather(NamedTuple):
    """Five arrays (site, time), float32 or float64, in pvlib's units."""

    ghi: NDArray[Any]
    dni: NDArray[Any]
    dhi: NDArray[Any]
    temp_air: NDArray[Any]
    wind_speed: NDArray[Any]


class Result(NamedTuple):
    """What a run gives.

    Attributes
    ----------
    sums : ndarray (site, 12, 6)
        `SUMS` over each month: Wh/m², and Wh per W of DC rating.
    missing : ndarray (site,) [h]
        Hours with NaN in any of the five inputs.
    hourly : ndarray (3, site, time) or None
        `HOURLY` at every step.
    """

    sums: FloatArray
    missing: FloatArray
    hourly: FloatArray | None


def chain(models: Models) -> tuple[Callable[..., Any], Callable[..., Any]]:
    """Join the formulas into two functions of one hour, or of a block of hours.

    Parameters
    ----------
    models : Models
        The formulas to take.

    Returns
    -------
    look : callable
        ``look(x, y, z, inverse_extra, site, mount)`` gives the cosines of zenith, incidence and
        tilt, and the sine of the tilt.
    make : callable
        ``make(ghi, dni, dhi, temp_air, wind_speed, inverse_extra, cos_zenith, cos_aoi, cos_tilt,
        sin_tilt, array)`` gives plane-of-array and effective irradiance [W/m²], and DC, unclipped
        and AC power per DC rating. NumPy runs both on arrays; `compiled` compiles them.
    """
    apparent, face = sun.apparent, MOUNTINGS[models.mounting]
    sky_diffuse, heat = SKIES[models.sky], HEATS[models.heat]
    beam_iam, seen_through_glass = power.beam_iam, power.seen_through_glass
    dc_power, ac_power = power.dc_power, power.ac_power

    def look(
        x: Any, y: Any, z: Any, inverse_extra: Any, site: Any, mount: Any
    ) -> tuple[Any, Any, Any, Any]:
        cos_true = x * site.up_x + y * site.up_y + z * site.up_z
        cos_zenith, scale = apparent(cos_true, inverse_extra, site)
        cos_aoi, cos_tilt, sin_tilt = face(x, y, z, scale, cos_zenith, site, mount)
        return cos_zenith, cos_aoi, cos_tilt, sin_tilt

    def make(
        ghi: Any,
        dni: Any,
        dhi: Any,
        temp_air: Any,
        wind_speed: Any,
        inverse_extra: Any,
        cos_zenith: Any,
        cos_aoi: Any,
        cos_tilt: Any,
        sin_tilt: Any,
        array: Any,
    ) -> tuple[Any, Any, Any, Any, Any]:
        beam = dni * cos_aoi
        diffuse = sky_diffuse(dni, dhi, inverse_extra, cos_zenith, cos_aoi, cos_tilt, sin_tilt)
        sky_view, ground_view = 0.5 + 0.5 * cos_tilt, 0.5 - 0.5 * cos_tilt
        poa = beam + diffuse + ghi * (array.albedo * ground_view)
        sky_seen, ground_seen = seen_through_glass(cos_tilt, sin_tilt)
        # a plane that looks straight down sees no sky, and gets no light from it
        sky_lost = array.diffuse_glass * (1.0 - sky_seen / np.maximum(sky_view, _NO_SKY))
        ground_lost = array.diffuse_glass * (ground_view - ground_seen)
        effective = (
            beam * beam_iam(cos_aoi)
            + diffuse * (1.0 - sky_lost)
            + ghi * (array.albedo * (ground_view - ground_lost))
        )
        dc = dc_power(effective, temp_air + poa * heat(wind_speed, array), array)
        unclipped, ac = ac_power(dc, array)
        return poa, effective, dc, unclipped, ac

    return look, make


def run(
    weather: Weather,
    path: SunPath,
    month: NDArray[np.int64],
    hours: FloatArray,
    site: Site,
    mount: Mount,
    array: Array,
    models: Models,
    *,
    compiled: bool = False,
    hourly: bool = False,
    threads: int = 1,
    progress: Callable[[int, int], None] | None = None,
) -> Result:
    """Run the chain over every site and step, and sum it by month.

    Parameters
    ----------
    weather : Weather
        Arrays of shape (site, time).
    path : SunPath
        Arrays of shape (time,), at the middle of each step.
    month : ndarray (time,) of int, 0 to 11
        To which month each step's figures are added.
    hours : ndarray (time,) [h]
        What each step counts for.
    site, mount, array : Site, Mount, Array
        Floats, or arrays of shape (site,).
    models : Models
        The formulas.
    compiled : bool
        Numba instead of NumPy.
    hourly : bool
        Keep every step as well.
    threads : int
        Sites are shared out among so many threads.
    progress : callable, optional
        Called with the number of sites done and of all sites.

    Returns
    -------
    Result
        Sums, missing steps and, if asked, every step.
    """
    sites, steps = len(weather.ghi), len(month)
    rows = parameter_rows(sites, site, mount, array)
    runs = month_runs(month, hours)
    sums = np.zeros((sites, 12, len(SUMS)))
    kept = np.zeros((len(HOURLY), sites if hourly else 0, steps))
    if compiled:
        from wafer_calc.kernels.compiled import sum_sites

        work = sum_sites(models, hourly)
    else:
        work = partial(_sum_sites, *chain(models))
    size: int = max(1, min(_BATCH, -(-sites // threads)))

    def batch(first: int) -> int:
        part = slice(first, first + size)
        work(
            *(w[part] for w in weather), *path, month, hours, runs, rows[part],
            sums[part], kept[:, part],
        )  # fmt: skip
        return min(first + size, sites)

    firsts = range(0, sites, size)
    with ThreadPoolExecutor(threads) if threads > 1 else nullcontext() as pool:
        for done in pool.map(batch, firsts) if pool else map(batch, firsts):
            if progress is not None:
                progress(done, sites)
    return Result(sums, _missing_hours(weather, hours, sums), kept if hourly else None)


def parameter_rows(sites: int, site: Site, mount: Mount, array: Array) -> FloatArray:
    """Join all that is known of each site into a row.

    Parameters
    ----------
    sites : int
        How many.
    site, mount, array : Site, Mount, Array
        Floats, or arrays of shape (site,).

    Returns
    -------
    ndarray (site, 25)
        Their fields, in order.
    """
    rows = np.stack([np.broadcast_to(f, sites) for f in (*site, *mount, *array)], axis=1)
    return rows.astype(float)


def month_runs(month: NDArray[np.int64], hours: FloatArray) -> NDArray[np.int64]:
    """Find where the steps that share a month and a weight begin, and where the last of them ends.

    Parameters
    ----------
    month : ndarray (time,) of int
    hours : ndarray (time,) [h]

    Returns
    -------
    ndarray (run + 1,) of int
        Run ``k`` is ``[k] : [k + 1]``.
    """
    breaks = np.flatnonzero((np.diff(month) != 0) | (np.diff(hours) != 0)) + 1
    return np.concatenate([[0], breaks, [len(month)]])


def _missing_hours(weather: Weather, hours: FloatArray, sums: FloatArray) -> FloatArray:
    """Count the hours with a NaN, at the sites whose sums it has reached."""
    missing = np.zeros(len(sums))
    for i in np.flatnonzero(np.isnan(sums).any(axis=(1, 2))):
        missing[i] = hours[np.isnan(sum(w[i] for w in weather))].sum()
    return missing


def _sum_sites(
    look: Callable[..., Any],
    make: Callable[..., Any],
    ghi: NDArray[Any],
    dni: NDArray[Any],
    dhi: NDArray[Any],
    temp_air: NDArray[Any],
    wind_speed: NDArray[Any],
    x: FloatArray,
    y: FloatArray,
    z: FloatArray,
    inverse_extra: FloatArray,
    month: NDArray[np.int64],
    hours: FloatArray,
    runs: NDArray[np.int64],
    rows: FloatArray,
    sums: FloatArray,
    kept: FloatArray,
) -> None:
    """Run the chain over the lit hours of each site, a block at a time, and add up its months."""
    inputs = (ghi, dni, dhi, temp_air, wind_speed)
    path = (x, y, z, inverse_extra)
    for i, row in enumerate(rows.tolist()):
        site, mount, array = _records(row)
        for first in range(0, len(month), _BLOCK):
            block = slice(first, first + _BLOCK)
            light = ghi[i, block] + dni[i, block] + dhi[i, block]
            air, wind = temp_air[i, block], wind_speed[i, block]
            if np.isnan(np.dot(air, wind)):  # a NaN in the dark counts too
                light = light + (air + wind) * 0.0
            lit = np.flatnonzero(light != 0.0)
            if lit.size == 0:
                continue
            weather = [w[i, block].take(lit).astype(float, copy=False) for w in inputs]
            sx, sy, sz, extra = (p[block].take(lit) for p in path)
            values = make(*weather, extra, *look(sx, sy, sz, extra, site, mount), array)
            # the runs of one month that begin or lie in this block, less those without light
            edges = np.searchsorted(lit + first, runs)
            full = np.flatnonzero(np.diff(edges))
            parts = [np.add.reduceat(value, edges[full]) for value in (weather[0], *values)]
            np.add.at(sums[i], month[runs[full]], np.stack(parts, axis=1) * hours[runs[full], None])
            if kept.shape[1]:
                for k, value in zip((0, 1, 2), (values[0], values[2], values[4]), strict=True):
                    kept[k, i, block][lit] = value


def _records(row: Sequence[float]) -> tuple[Site, Mount, Array]:
    """Take a row of parameters apart."""
    return Site(*row[:11]), Mount(*row[11:15]), Array(*row[15:])
