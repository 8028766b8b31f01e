"""The engine's chain compiled by Numba; imported only when it is asked for."""

from collections.abc import Callable
from functools import cache
from typing import Any

import numba
import numpy as np
from numba.extending import register_jitable

from wafer_calc.kernels import plane, power, sun
from wafer_calc.kernels.engine import Models, chain
from wafer_calc.kernels.plane import Mount
from wafer_calc.kernels.power import Array
from wafer_calc.kernels.sun import Site

# No "nnan": a missing hour must stay missing. With Python's error model every division would
# branch, and no loop would be vectorised.
OPTIONS: dict[str, Any] = {
    "fastmath": {"reassoc", "contract", "arcp", "nsz"},
    "error_model": "numpy",
    "forceinline": True,
}

# Of what two loops call there is one machine code, so that both round alike
SHARED = OPTIONS | {"forceinline": False}

for _formula in (
    sun.apparent,
    sun.airmass,
    sun.zenith_angle,
    plane.fixed,
    plane.single_axis,
    plane.two_axis,
    plane.isotropic,
    plane.haydavies,
    plane.perez,
    power.beam_iam,
    power.seen_through_glass,
    power.heat_linear,
    power.heat_sapm,
    power.dc_power,
    power.ac_power,
):
    register_jitable(**OPTIONS)(_formula)


@cache
def stretches(models: Models, hourly: bool) -> tuple[Callable[..., None], Callable[..., None]]:
    """Compile the chain over a stretch of hours that share a month and a weight.

    Parameters
    ----------
    models : Models
        The formulas.
    hourly : bool
        Whether every step is kept.

    Returns
    -------
    aim : callable
        ``aim(x, y, z, inverse_extra, site, mount, zenith, aoi, tilt)`` fills the last three.
    add_up : callable
        ``add_up(ghi, dni, dhi, temp_air, wind_speed, inverse_extra, zenith, aoi, tilt, mount,
        array, weight, month, poa, dc, ac)`` adds to the six sums of `month`, and fills the last three
        if they are kept.
    """
    look, make = (numba.njit(function, **OPTIONS) for function in chain(models))
    turns = models.mounting != "fixed"

    # two short loops keep more hours in flight than one long one
    @numba.njit(nogil=True, **SHARED)
    def aim(x, y, z, inverse_extra, site, mount, zenith, aoi, tilt):  # type: ignore[no-untyped-def]
        for j in range(x.size):
            zenith[j], aoi[j], cos_tilt, _ = look(x[j], y[j], z[j], inverse_extra[j], site, mount)
            if turns:
                tilt[j] = cos_tilt

    @numba.njit(nogil=True, **SHARED)
    def add_up(  # type: ignore[no-untyped-def]  # Numba infers the types
        ghi, dni, dhi, temp_air, wind_speed, inverse_extra, zenith, aoi, tilt,
        mount, array, weight, month, out_poa, out_dc, out_ac,
    ):  # fmt: skip
        s0 = s1 = s2 = s3 = s4 = s5 = 0.0
        cos_tilt, sin_tilt = mount.cos_tilt, mount.sin_tilt
        for j in range(ghi.size):
            if turns:
                cos_tilt = tilt[j]
                sin_tilt = np.sqrt(np.maximum(1.0 - cos_tilt * cos_tilt, 0.0))
            poa, effective, dc, unclipped, ac = make(
                ghi[j], dni[j], dhi[j], temp_air[j], wind_speed[j], inverse_extra[j],
                zenith[j], aoi[j], cos_tilt, sin_tilt, array,
            )  # fmt: skip
            s0 += ghi[j]
            s1 += poa
            s2 += effective
            s3 += dc
            s4 += unclipped
            s5 += ac
            if hourly:
                out_poa[j] = poa
                out_dc[j] = dc
                out_ac[j] = ac
        month[0] += weight * s0
        month[1] += weight * s1
        month[2] += weight * s2
        month[3] += weight * s3
        month[4] += weight * s4
        month[5] += weight * s5

    return aim, add_up


@register_jitable(**OPTIONS)
def records(r: Any) -> tuple[Site, Mount, Array]:
    """Take a row of parameters apart."""
    return (
        Site(r[0], r[1], r[2], r[3], r[4], r[5], r[6], r[7], r[8], r[9], r[10]),
        Mount(r[11], r[12], r[13], r[14]),
        Array(r[15], r[16], r[17], r[18], r[19], r[20], r[21], r[22], r[23], r[24]),
    )


@cache
def sum_sites(models: Models, hourly: bool) -> Callable[..., None]:
    """Compile the engine's loop over sites for one set of formulas.

    Parameters
    ----------
    models : Models
        The formulas.
    hourly : bool
        Whether every step is kept.

    Returns
    -------
    callable
        With the arguments of the engine's own loop, less the chain; holds no lock while it runs.
    """
    aim, add_up = stretches(models, hourly)

    @numba.njit(nogil=True, **OPTIONS)
    def loop(  # type: ignore[no-untyped-def]  # Numba infers the types
        ghi, dni, dhi, temp_air, wind_speed, x, y, z, inverse_extra,
        month, hours, runs, rows, sums, kept,
    ):  # fmt: skip
        longest = np.max(np.diff(runs))
        zenith, aoi, tilt = np.empty(longest), np.empty(longest), np.empty(longest)
        for i in range(ghi.shape[0]):
            site, mount, array = records(rows[i])
            for k in range(runs.size - 1):
                a, b = runs[k], runs[k + 1]
                # slices that start at 0 spare the loops Numba's test for negative indices
                se = inverse_extra[a:b]
                aim(x[a:b], y[a:b], z[a:b], se, site, mount, zenith, aoi, tilt)
                add_up(
                    ghi[i, a:b], dni[i, a:b], dhi[i, a:b], temp_air[i, a:b], wind_speed[i, a:b],
                    se, zenith, aoi, tilt, mount, array, hours[a], sums[i, month[a]],
                    kept[0, i, a:b], kept[1, i, a:b], kept[2, i, a:b],
                )  # fmt: skip

    return loop  # type: ignore[no-any-return]  # Numba is untyped
