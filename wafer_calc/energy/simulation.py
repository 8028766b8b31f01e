"""Weather and a plant into the energy of a year, hour by hour."""

import importlib.util
import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from wafer_calc.energy.job import Job, kernel_plant, missing_hours, prepared
from wafer_calc.energy.records import EnergyYield, HourlyYield
from wafer_calc.errors import (
    AssumptionError,
    MissingExtraError,
    RangeError,
    UnitError,
    unknown_name,
)
from wafer_calc.kernels import engine as kernel
from wafer_calc.kernels import power, sun
from wafer_calc.plant import LOSSES, Losses, Plant
from wafer_calc.units import Q_, Quantity, ureg

if TYPE_CHECKING:
    from wafer_calc.weather import Weather

Engine = Literal["auto", "numpy", "numba"]

# made once: pint reads a unit's name anew each time
_KW, _KWH, _KWH_KW = ureg.Unit("kW"), ureg.Unit("kWh"), ureg.Unit("kWh/kW")
_KWH_M2, _W_M2 = ureg.Unit("kWh/m^2"), ureg.Unit("W/m^2")

# Compiling takes as long as NumPy needs for some thousand years of one site
_WORTH_COMPILING = 2000 * 8760
_WORTH_THREADS = 64 * 8760


def simulate(
    weather: "Weather",
    plant: Plant,
    *,
    transposition: Literal["isotropic", "haydavies", "perez"] = "haydavies",
    hourly: bool = False,
    engine: Engine = "auto",
    threads: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> EnergyYield:
    """Simulate what one kW DC of a plant makes in each year of the weather, on average.

    Parameters
    ----------
    weather : Weather
        Whole years of one or many sites; representative days carry weights.
    plant : Plant
        The plant, the same at every site.
    transposition : str
        Model of the sky: ``"isotropic"``, ``"haydavies"`` or ``"perez"``.
    hourly : bool
        Whether to keep every step.
    engine : str
        ``"numpy"``, ``"numba"`` (extra ``fast``), or ``"auto"``: Numba where it is installed and
        there is work enough to be worth compiling.
    threads : int, optional
        Sites are shared out among so many; as many as there are processors where not given.
    progress : callable, optional
        Called now and then with the number of sites done and of all sites.

    Returns
    -------
    EnergyYield
        Of 1 kW, with all that a simulated year has; scalars for weather without a site axis, else
        (site,). NaN for a site whose weather has NaN or gaps; `missing_hours` counts them.

    Raises
    ------
    UnitError
        No `Weather` or no `Plant`.
    RangeError
        Weather that does not make up whole years; no thread.
    UnknownNameError
        No such model or engine.
    MissingExtraError
        Numba asked for and not installed.

    Notes
    -----
    The chain, in pvlib's functions: apparent zenith and azimuth from ``solarposition`` (SPA) at the
    middle of the interval, ``get_total_irradiance``, ``iam.physical`` on the beam and
    ``iam.marion_diffuse("physical")`` on sky and ground, the cell temperature, ``pvwatts_dc``, the
    losses, ``inverter.pvwatts``. Annual energies agree with it within 2e-5.

    Examples
    --------
    >>> from wafer_calc.weather.clearsky import clear_sky
    >>> made = simulate(clear_sky(40.53, 109.88, 1004), Plant(surface_tilt=35))
    >>> print(f"{made.specific_yield:.0f~P}")
    2111 kWh/kW
    """
    if not isinstance(plant, Plant):
        raise UnitError(f"plant: {type(plant).__name__} came, wanted a Plant")
    job = prepared(weather, transposition)
    compiled = chosen_engine(engine, job.weather.ghi.size)
    if threads is not None and threads < 1:
        raise RangeError(f"threads: {threads} came, wanted 1 or more")
    if threads is None:
        threads = (os.cpu_count() or 1) if job.weather.ghi.size >= _WORTH_THREADS else 1
    result = _run(job, plant, compiled=compiled, hourly=hourly, threads=threads, progress=progress)
    return _energy_yield(weather, plant, job, result)


def optimal_tilt(
    weather: "Weather",
    plant: Plant,
    *,
    transposition: Literal["isotropic", "haydavies", "perez"] = "haydavies",
) -> Quantity:
    """Find the tilt at which a fixed plant makes most energy.

    Parameters
    ----------
    weather : Weather
        Whole years of one or many sites.
    plant : Plant
        A fixed plant; its azimuth stays, its tilt is of no meaning.
    transposition : str
        As for `simulate`.

    Returns
    -------
    Quantity [degree], scalar or (site,)
        Between 0 and 90, to a hundredth.

    Raises
    ------
    AssumptionError
        A plant that tracks the sun.
    RangeError
        Weather with missing hours, or that does not make up whole years.

    Examples
    --------
    >>> from wafer_calc.weather.clearsky import clear_sky
    >>> print(f"{optimal_tilt(clear_sky(40.53, 109.88, 1004), Plant()):.0f~P}")
    39 deg
    """
    from dataclasses import replace

    from scipy.optimize import minimize_scalar

    if plant.tracking is not None:
        raise AssumptionError("plant: it tracks the sun; a tilt is found for fixed plants only")
    job = prepared(weather, transposition)

    def best(site: int) -> float:
        only = job.at(site)
        if missing_hours(only).any():
            raise RangeError(f"weather: site {site} has missing hours; fill them first")

        def lost(tilt: float) -> float:
            made = _run(only, replace(plant, surface_tilt=float(tilt)))
            return -float(made.sums[0, :, kernel.SUMS.index("ac")].sum())

        return float(minimize_scalar(lost, bounds=(0.0, 90.0), options={"xatol": 0.005}).x)

    tilts = np.array([best(site) for site in range(len(job.weather.ghi))])
    return Q_(tilts if weather.n_sites is not None else tilts[0], "degree")


def chosen_engine(engine: str, size: int) -> bool:
    """Say whether Numba is to run the chain.

    Parameters
    ----------
    engine : str
        As for `simulate`.
    size : int
        Sites times steps.

    Returns
    -------
    bool
        False for NumPy.

    Raises
    ------
    UnknownNameError
        No such engine.
    MissingExtraError
        Numba asked for and not installed.
    """
    if engine not in ("auto", "numpy", "numba"):
        raise unknown_name("engine", str(engine), ["auto", "numpy", "numba"])
    if engine == "numpy":
        return False
    installed = importlib.util.find_spec("numba") is not None
    if engine == "numba" and not installed:
        raise MissingExtraError(
            "engine: 'numba' came and Numba is not installed; pip install 'wafer-calc[fast]', or "
            "take 'numpy'"
        )
    return installed and (engine == "numba" or size >= _WORTH_COMPILING)


def _run(job: Job, plant: Plant, **options: Any) -> kernel.Result:
    azimuth, mount, array, mounting, heat = kernel_plant(plant)
    return kernel.run(
        job.weather,
        job.path,
        job.month,
        job.hours,
        sun.site_frame(job.latitude, job.longitude, job.altitude, azimuth),
        mount,
        array,
        kernel.Models(job.sky, mounting, heat),
        **options,
    )


def _energy_yield(weather: "Weather", plant: Plant, job: Job, result: kernel.Result) -> EnergyYield:
    """Wrap the kernel's sums."""
    sums = result.sums / job.years
    sums[:, job.gap_hours > 0] = np.nan
    alone = weather.n_sites is None

    def shaped(values: NDArray[np.float64]) -> Any:
        return values[0] if alone else values

    monthly = dict(zip(kernel.SUMS, np.moveaxis(sums, 2, 0), strict=True))
    year = {name: months.sum(axis=1) for name, months in monthly.items()}
    hours = None
    if result.hourly is not None:
        length_h = weather.interval / 60.0
        poa, dc, ac = (shaped(values) for values in result.hourly)
        hours = HourlyYield(
            times=weather.times,
            energy_dc=Q_(dc * length_h, _KWH),
            energy_ac=Q_(ac * length_h, _KWH),
            poa_global=Q_(poa, _W_M2),
        )
    with np.errstate(invalid="ignore", divide="ignore"):
        ratio = year["ac"] / (year["poa_global"] / power.STC_IRRADIANCE_W_M2)
        waterfall = {name: shaped(share) for name, share in _waterfall(plant, year).items()}
    return EnergyYield(
        capacity_dc=Q_(1.0, _KW),
        energy_ac=Q_(shaped(year["ac"]), _KWH),
        specific_yield=Q_(shaped(year["ac"]), _KWH_KW),
        monthly=Q_(shaped(monthly["ac"]), _KWH),
        performance_ratio=shaped(ratio),
        energy_dc=Q_(shaped(year["dc"]), _KWH),
        energy_clipped=Q_(shaped(year["unclipped"] - year["ac"]), _KWH),
        ghi=Q_(shaped(year["ghi"] / 1000.0), _KWH_M2),
        poa_global=Q_(shaped(year["poa_global"] / 1000.0), _KWH_M2),
        monthly_dc=Q_(shaped(monthly["dc"]), _KWH),
        monthly_poa=Q_(shaped(monthly["poa_global"] / 1000.0), _KWH_M2),
        waterfall=waterfall,
        missing_hours=shaped(result.missing + job.gap_hours.sum()),
        hourly=hours,
    )


def _waterfall(plant: Plant, year: dict[str, NDArray[np.float64]]) -> dict[str, Any]:
    """Tell what each step from the horizontal irradiation to the AC energy takes, in order."""
    gain = 1.0 + plant.bifacial_gain
    nominal = year["effective"] * gain / power.STC_IRRADIANCE_W_M2
    steps: dict[str, Any] = {
        "transposition": 1.0 - year["poa_global"] / year["ghi"],
        "reflection": 1.0 - year["effective"] / year["poa_global"],
    }
    if plant.bifacial_gain:
        steps["bifacial"] = np.full_like(nominal, -plant.bifacial_gain)
    steps["temperature"] = 1.0 - year["dc"] / (1.0 - plant.total_losses) / nominal
    if isinstance(plant.losses, Losses):
        chain = {name: getattr(plant.losses, name) for name in LOSSES}
    else:
        chain = {"losses": plant.losses}
    steps |= {name: np.full_like(nominal, share) for name, share in chain.items() if share}
    steps["inverter"] = 1.0 - year["unclipped"] / year["dc"]
    steps["clipping"] = 1.0 - year["ac"] / year["unclipped"]
    return steps
