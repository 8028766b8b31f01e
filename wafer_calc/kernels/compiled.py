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
    look, make = (numba.njit(function, **OPTIONS) for function in chain(models))
    turns = models.mounting != "fixed"

    @numba.njit(nogil=True, **OPTIONS)
    def loop(  # type: ignore[no-untyped-def]  # Numba infers the types
        ghi, dni, dhi, temp_air, wind_speed, x, y, z, inverse_extra,
        month, hours, runs, rows, sums, kept,
    ):  # fmt: skip
        longest = np.max(np.diff(runs))
        zenith, aoi, tilt = np.empty(longest), np.empty(longest), np.empty(longest)
        for i in range(ghi.shape[0]):
            r = rows[i]
            site = Site(r[0], r[1], r[2], r[3], r[4], r[5], r[6], r[7], r[8], r[9], r[10])
            mount = Mount(r[11], r[12], r[13], r[14])
            array = Array(
                r[15], r[16], r[17], r[18], r[19], r[20], r[21], r[22], r[23], r[24]
            )  # fmt: skip
            for k in range(runs.size - 1):
                a, b = runs[k], runs[k + 1]
                # slices that start at 0 spare the loop Numba's test for negative indices
                g, n, d = ghi[i, a:b], dni[i, a:b], dhi[i, a:b]
                t, w = temp_air[i, a:b], wind_speed[i, a:b]
                sx, sy, sz, se = x[a:b], y[a:b], z[a:b], inverse_extra[a:b]
                out_poa, out_dc, out_ac = kept[0, i, a:b], kept[1, i, a:b], kept[2, i, a:b]
                s0 = s1 = s2 = s3 = s4 = s5 = 0.0
                # two short loops keep more hours in flight than one long one
                for j in range(b - a):
                    zenith[j], aoi[j], cos_tilt, sin_tilt = look(
                        sx[j], sy[j], sz[j], se[j], site, mount
                    )
                    if turns:
                        tilt[j] = cos_tilt
                cos_tilt, sin_tilt = mount.cos_tilt, mount.sin_tilt
                for j in range(b - a):
                    if turns:
                        cos_tilt = tilt[j]
                        sin_tilt = np.sqrt(np.maximum(1.0 - cos_tilt * cos_tilt, 0.0))
                    poa, effective, dc, unclipped, ac = make(
                        g[j], n[j], d[j], t[j], w[j], se[j],
                        zenith[j], aoi[j], cos_tilt, sin_tilt, array,
                    )  # fmt: skip
                    s0 += g[j]
                    s1 += poa
                    s2 += effective
                    s3 += dc
                    s4 += unclipped
                    s5 += ac
                    if hourly:
                        out_poa[j] = poa
                        out_dc[j] = dc
                        out_ac[j] = ac
                weight = hours[a]
                m = sums[i, month[a]]
                m[0] += weight * s0
                m[1] += weight * s1
                m[2] += weight * s2
                m[3] += weight * s3
                m[4] += weight * s4
                m[5] += weight * s5

    return loop  # type: ignore[no-any-return]  # Numba is untyped


@cache
def dni_rows() -> Callable[..., None]:
    """Compile the beam from global and diffuse irradiance.

    Returns
    -------
    callable
        ``loop(ghi, dhi, x, y, z, inverse_extra, outside, rows, lowest, dni)`` fills `dni`
        (site, time) [W/m²] from arrays of that shape, the sun's path and its beam outside the
        atmosphere (time,), the fields of `Site` (site, 11) and the cosine of the zenith below which
        there is no beam; by the rules of `wafer_calc.weather.closure`. Holds no lock.
    """

    @numba.njit(nogil=True, **OPTIONS)
    def loop(  # type: ignore[no-untyped-def]  # Numba infers the types
        ghi, dhi, x, y, z, inverse_extra, outside, rows, lowest, dni
    ):  # fmt: skip
        for i in range(ghi.shape[0]):
            r = rows[i]
            site = Site(r[0], r[1], r[2], r[3], r[4], r[5], r[6], r[7], r[8], r[9], r[10])
            g, d, out = ghi[i], dhi[i], dni[i]
            for j in range(g.size):
                true = x[j] * site.up_x + y[j] * site.up_y + z[j] * site.up_z
                cos_zenith, _ = sun.apparent(true, inverse_extra[j], site)
                high = cos_zenith > lowest
                # NaN passes through both, and stays at night
                beam = np.maximum(np.float64(g[j]) - np.float64(d[j]), 0.0)
                beam = beam / (cos_zenith if high else 1.0)
                out[j] = np.minimum(beam, outside[j]) if high else 0.0 * beam

    return loop  # type: ignore[no-any-return]  # Numba is untyped
