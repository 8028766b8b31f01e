"""The third component of irradiance from two, and wind from its parts, by loops that Numba makes."""

# Numba infers the types
# mypy: allow-untyped-defs, allow-untyped-calls

from typing import Any

import numpy as np
from numba.extending import register_jitable

from wafer_calc.kernels.compiled import OPTIONS


@register_jitable(**OPTIONS)
def hypotenuse(u, v, speed):
    """Fill `speed` from its parts; give as much of it as they have."""
    for j in range(u.size):
        speed[j] = np.sqrt(u[j] * u[j] + v[j] * v[j])
    return speed[: u.size]


# Each gives ghi, dni and dhi from its two, by the rules of `wafer_calc.weather.closure`


@register_jitable(**OPTIONS)
def _all_three(g, n, d, zenith, outside, lowest, made, also):
    return g, n, d


@register_jitable(**OPTIONS)
def _from_ghi_dhi(g, d, _, zenith, outside, lowest, made, also):
    for j in range(g.size):
        high = zenith[j] > lowest
        # NaN passes through both, and stays at night
        beam = np.maximum(np.float64(g[j]) - np.float64(d[j]), 0.0)
        beam = beam / (zenith[j] if high else 1.0)
        made[j] = np.minimum(beam, outside[j]) if high else 0.0 * beam
    return g, made[: g.size], d


@register_jitable(**OPTIONS)
def _from_ghi_dni(g, n, _, zenith, outside, lowest, made, also):
    for j in range(g.size):
        made[j] = np.maximum(g[j] - n[j] * np.maximum(zenith[j], 0.0), 0.0)
    return g, n, made[: g.size]


@register_jitable(**OPTIONS)
def _from_dni_dhi(n, d, _, zenith, outside, lowest, made, also):
    for j in range(n.size):
        made[j] = n[j] * np.maximum(zenith[j], 0.0) + d[j]
    return made[: n.size], n, d


@register_jitable(**OPTIONS)
def _from_ghi_beam(g, beam, _, zenith, outside, lowest, made, also):
    for j in range(g.size):
        also[j] = np.maximum(g[j] - beam[j], 0.0)
    return _from_ghi_dhi(g, also[: g.size], _, zenith, outside, lowest, made, also)


@register_jitable(**OPTIONS)
def _from_dhi_beam(d, beam, _, zenith, outside, lowest, made, also):
    for j in range(d.size):
        also[j] = d[j] + beam[j]
    return _from_ghi_dhi(also[: d.size], d, _, zenith, outside, lowest, made, also)


# which of ghi, dni, dhi and beam (on the horizontal) there are -> ``close(first, second, third,
# cos_zenith, beam_outside, min_cos_zenith, made, also)``, with room for two that are made
CLOSINGS: dict[tuple[str, ...], Any] = {
    ("ghi", "dni", "dhi"): _all_three,
    ("ghi", "dhi"): _from_ghi_dhi,
    ("ghi", "dni"): _from_ghi_dni,
    ("dni", "dhi"): _from_dni_dhi,
    ("ghi", "beam"): _from_ghi_beam,
    ("dhi", "beam"): _from_dhi_beam,
}
