"""Time the engine beside pvlib's functions, pvlib's ModelChain and NREL's PySAM, in one run.

Run from the root of the repository: python tests/benchmarks/speed.py [ROUNDS]

Each round times every contender once; the least time of all rounds counts, so that what else the
machine does falls on all alike. One thread, hourly years in float64, annual results; the sun's
path is computed anew for every job.
"""

import os
import platform
import subprocess
import sys
import time
import warnings
from functools import partial
from pathlib import Path

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(variable, "1")
sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parents[1])]
warnings.simplefilter("ignore", DeprecationWarning)

import numpy as np
from pvlib_chain import chain

from wafer_calc.energy import job, simulate
from wafer_calc.kernels import engine as kernel
from wafer_calc.kernels import sun
from wafer_calc.plant import Plant
from wafer_calc.weather import Weather, sunpath
from wafer_calc.weather.clearsky import clear_sky

SITES = (1, 16, 256, 4096)
SKIES = ("haydavies", "perez")
NAMES = ("ghi", "dni", "dhi", "temp_air", "wind_speed")


def one_site() -> Weather:
    """A year at Denver: a clear sky, with clouds drawn at random."""
    clear = clear_sky(39.83, -104.65, 1650)
    rng = np.random.default_rng(1)
    cloud = rng.random(len(clear.times)) ** 2
    height = np.clip((clear.ghi - clear.dhi) / np.maximum(clear.dni, 1e-9), 0, 1)
    dni, dhi = clear.dni * (1 - cloud), clear.dhi * (1 + 1.5 * cloud)
    return clear.replace(
        dni=dni, dhi=dhi, ghi=dhi + dni * height, wind_speed=6 * rng.random(len(cloud)),
        temp_air=10 + 15 * rng.standard_normal(len(cloud)).clip(-2, 2),
    )  # fmt: skip


def many_sites(one: Weather, sites: int, dtype: type = np.float64) -> Weather:
    """The same year at places around it."""
    rng = np.random.default_rng(2)
    return one.replace(
        latitude=one.latitude + rng.uniform(-1, 1, sites),
        longitude=one.longitude + rng.uniform(-1, 1, sites),
        altitude=np.full(sites, one.altitude),
        **{name: np.tile(getattr(one, name).astype(dtype), (sites, 1)) for name in NAMES},
    )


def model_chain(one: Weather):
    from pvlib.location import Location
    from pvlib.modelchain import ModelChain
    from pvlib.pvsystem import PVSystem

    system = PVSystem(
        surface_tilt=20, surface_azimuth=180, module_parameters={"pdc0": 1.0, "gamma_pdc": -0.0037},
        inverter_parameters={"pdc0": 0.868}, racking_model="open_rack", module_type="glass_glass",
    )  # fmt: skip
    chain_ = ModelChain.with_pvwatts(
        system, Location(one.latitude, one.longitude, altitude=one.altitude)
    )
    frame = one.to_dataframe().set_axis(one.mid_times)
    return lambda: chain_.run_model(frame)


def pysam(one: Weather):
    try:
        import PySAM.Pvwattsv8 as pvwatts
    except ImportError:
        return None
    model = pvwatts.default("PVWattsNone")
    times = one.times
    model.SolarResource.solar_resource_data = {
        "lat": one.latitude, "lon": one.longitude, "tz": -7.0, "elev": one.altitude,
        "year": times.year.tolist(), "month": times.month.tolist(), "day": times.day.tolist(),
        "hour": times.hour.tolist(), "minute": [30] * len(times), "gh": one.ghi.tolist(),
        "dn": one.dni.tolist(), "df": one.dhi.tolist(), "tdry": one.temp_air.tolist(),
        "wspd": one.wind_speed.tolist(),
    }  # fmt: skip
    return lambda: model.execute(0)


def reader():
    """Only read the five arrays, compiled like the engine."""
    import numba

    @numba.njit(fastmath={"reassoc", "contract", "arcp", "nsz"})
    def read_all(ghi, dni, dhi, temp_air, wind_speed):
        total = 0.0
        for i in range(ghi.shape[0]):
            g, n, d, t, w = ghi[i], dni[i], dhi[i], temp_air[i], wind_speed[i]
            some = 0.0
            for j in range(g.shape[0]):
                some += g[j] + n[j] + d[j] + t[j] + w[j]
            total += some
        return total

    return read_all


def whole_job(weather: Weather, sky: str, engine: str, threads: int = 1) -> None:
    sunpath._path.cache_clear()
    sunpath._nodes.cache_clear()
    simulate(weather, Plant(), transposition=sky, engine=engine, threads=threads)


def kernel_only(weather: Weather, sky: str):
    ready = job.prepared(weather, sky)
    azimuth, mount, array, mounting, heat = job.kernel_plant(Plant())
    site = sun.site_frame(ready.latitude, ready.longitude, ready.altitude, azimuth)
    models = kernel.Models(ready.sky, mounting, heat)
    return lambda: kernel.run(
        ready.weather, ready.path, ready.month, ready.hours, site, mount, array, models,
        compiled=True,
    )  # fmt: skip


def least(contenders: dict, rounds: int) -> dict:
    """Least seconds of each contender, taken in turn."""
    for run in contenders.values():
        run()
    best = dict.fromkeys(contenders, np.inf)
    for _ in range(rounds):
        for name, run in contenders.items():
            began = time.perf_counter()
            run()
            best[name] = min(best[name], time.perf_counter() - began)
    return best


def memory(sites: int) -> tuple[float, float]:
    """Input, and what a run adds to it at its height, in MB; in a process of its own."""
    out = subprocess.run(
        [sys.executable, __file__, "--memory", str(sites)],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    given, added = map(float, out.stdout.split())
    return given, added


def print_memory(sites: int) -> None:
    import ctypes

    one = one_site()
    whole_job(one, "haydavies", "numba")  # compiled, and every library loaded
    weather = many_sites(one, sites)
    given = sum(getattr(weather, name).nbytes for name in NAMES) / 1e6
    ctypes.CDLL(None).malloc_trim(0)  # nothing freed before is there to be used again
    status = Path("/proc/self/status").read_text()
    now = float(status.split("VmRSS:")[1].split()[0]) / 1e3
    Path("/proc/self/clear_refs").write_text("5")
    whole_job(weather, "haydavies", "numba")
    status = Path("/proc/self/status").read_text()
    print(given, float(status.split("VmHWM:")[1].split()[0]) / 1e3 - now)


def main(rounds: int = 7) -> None:
    one = one_site()
    print(f"{platform.processor() or platform.machine()}, {os.cpu_count()} processors, "
          f"Python {platform.python_version()}, NumPy {np.__version__}; least of {rounds} rounds")  # fmt: skip
    peers = {f"pvlib functions, {sky}": partial(chain, one, Plant(), sky) for sky in SKIES}
    peers["pvlib ModelChain.with_pvwatts"] = model_chain(one)
    sam = pysam(one)
    if sam is None:
        print("PySAM is not installed: pip install 'wafer-calc[bench]'")
    else:
        peers["PySAM Pvwattsv8"] = sam
    read_all = reader()
    for sites in SITES:
        weather = many_sites(one, sites)
        arrays = [getattr(weather, name) for name in NAMES]
        ours = {}
        for sky in SKIES:
            for engine in ("numpy", "numba"):
                if engine == "numba" or sites <= 256:
                    ours[f"ours, {engine}, {sky}"] = partial(whole_job, weather, sky, engine)
            ours[f"kernel alone, numba, {sky}"] = kernel_only(weather, sky)
        ours["reading the five arrays"] = partial(read_all, *arrays)
        if sites == SITES[-1]:
            ours["ours, numba, haydavies, 2 threads"] = partial(
                whole_job, weather, "haydavies", "numba", 2
            )
        times = least(peers | ours, rounds)
        read_s = times["reading the five arrays"] / sites
        print(f"\n{sites} site-years{'':22}µs a site-year{'x reading':>11}", end="")
        print(f"{'pvlib / it':>12}{'ModelChain':>12}{'PySAM / it':>12}")
        for name, seconds in times.items():
            each = seconds / (1 if name in peers else sites)
            sky = "perez" if "perez" in name else "haydavies"
            row = f"{name:36}{each * 1e6:14.1f}{each / read_s:11.2f}"
            for peer in (
                f"pvlib functions, {sky}",
                "pvlib ModelChain.with_pvwatts",
                "PySAM Pvwattsv8",
            ):
                row += f"{times[peer] / each:12.0f}" if peer in times else f"{'-':>12}"
            print(row)
        if sites == SITES[-1]:
            alone, both = (times[f"ours, numba, haydavies{n}"] for n in ("", ", 2 threads"))
            print(f"two threads: {alone / both:.2f} times one")
        del weather, arrays, ours
    print()
    for sites in (16, 256, 1024):
        given, added = memory(sites)
        print(f"memory at {sites} site-years: input {given:.0f} MB, the run adds {added:.0f} MB")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--memory"]:
        print_memory(int(sys.argv[2]))
    else:
        main(*map(int, sys.argv[1:]))
