"""The compiled chain over rows wherever they lie: found, converted, checked, completed, summed."""

import threading
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from wafer_calc.kernels.engine import SUMS, Models, month_runs, parameter_rows
from wafer_calc.kernels.plane import Mount
from wafer_calc.kernels.power import Array
from wafer_calc.kernels.row_loops import Input, sum_rows
from wafer_calc.kernels.sun import FloatArray, Site, SunPath

# Sites at once where stamps lie before space: some cache lines of each stamp, while a month of all
# inputs stays in a core's second cache
_TILE = 128
_LIGHT = ("ghi", "dni", "dhi", "beam")
_WIND = ("wind_speed", "u10", "v10")
_EITHER_SIGN = ("temp_air", "u10", "v10")

_COMPILING = threading.Lock()


class Source(NamedTuple):
    """One input of some sites.

    Attributes
    ----------
    data : ndarray (…, time), float32 or float64
        As it lies.
    offsets : ndarray (site,) of int
        By how many elements each row begins after that of the first site.
    scale : ndarray (2,), of the type of `data`
        Of a factor and an offset.
    """

    data: NDArray[Any]
    offsets: NDArray[np.int64]
    scale: NDArray[Any]

    def part(self, sites: slice, first: int) -> "Source":
        """Give some of the sites, from a later step on."""
        later = first * (self.data.strides[-1] // self.data.itemsize)
        return self._replace(offsets=self.offsets[sites] + later)


class Summed(NamedTuple):
    """What a run gives.

    Attributes
    ----------
    sums : ndarray (site, 12, 6)
        `engine.SUMS` over each month: Wh/m², and Wh per W of DC rating.
    missing : ndarray (site,) [h]
        Hours with NaN in any input.
    least, most : dict of str to ndarray (site,)
        Extremes of each input in pvlib's unit, NaN passed over; 0 for what lies within the bounds
        or beyond the other one.
    """

    sums: FloatArray
    missing: FloatArray
    least: dict[str, NDArray[Any]]
    most: dict[str, NDArray[Any]]


def source(data: NDArray[Any], factor: float, offset: float) -> Source:
    """Describe rows without copying them.

    Parameters
    ----------
    data : ndarray (…, time)
        float32 or float64 in the machine's byte order, however it lies in memory.
    factor, offset : float
        ``data · factor + offset``, in the type of the data, has pvlib's unit.

    Returns
    -------
    Source
        Its sites are all dimensions but the last, in C order.
    """
    if not data.flags.aligned or any(stride % data.itemsize for stride in data.strides):
        data = np.ascontiguousarray(data)
    offsets = np.zeros((1,) * (data.ndim - 1), np.int64)
    for axis, length in enumerate(data.shape[:-1]):
        steps = np.arange(length) * (data.strides[axis] // data.itemsize)
        offsets = offsets + np.expand_dims(steps, [a for a in range(data.ndim - 1) if a != axis])
    return Source(data, offsets.reshape(-1), np.array([factor, offset], data.dtype))


def run(
    sources: dict[str, Source],
    path: SunPath,
    beam_outside: FloatArray,
    month: NDArray[np.int64],
    hours: FloatArray,
    site: Site,
    mount: Mount,
    array: Array,
    models: Models,
    *,
    bounds: dict[str, tuple[float, float]],
    min_cos_zenith: float,
) -> Summed:
    """Run the chain over every site and step, and sum it by month.

    Parameters
    ----------
    sources : dict of str to Source
        Three of ``ghi dni dhi``, or two of them from which `wafer_calc.weather.closure` makes the
        third, or ``beam`` (beam irradiance on the horizontal) and ``ghi`` or ``dhi``; ``temp_air``;
        and ``wind_speed``, or ``u10`` and ``v10``. Irradiance under 0 is taken for 0.
    path, month, hours, site, mount, array, models
        As for `engine.run`.
    beam_outside : ndarray (time,) [W/m²]
        The sun's beam outside the atmosphere.
    bounds : dict of str to (float, float)
        The least and the greatest that each source can be, with 0 between them.
    min_cos_zenith : float
        Cosine of the zenith below which the third component knows no beam.

    Returns
    -------
    Summed
        Whatever the values are; whether they can be weather is for the caller to judge.
    """
    light = tuple(name for name in _LIGHT if name in sources)
    wind = tuple(name for name in _WIND if name in sources)
    names = (*light, "temp_air", *wind)
    n_sites = len(sources["temp_air"].offsets)
    sums, missing = np.zeros((n_sites, 12, len(SUMS))), np.zeros(n_sites)
    signed = np.full((n_sites, len(names)), -1, np.int64)
    unsigned = np.zeros((n_sites, len(names)), np.uint64)
    kinds = {name: sources[name].data.dtype for name in names}
    limits = np.array([_limit(name, *bounds[name], kinds[name]) for name in names], np.uint64)
    runs = month_runs(month, hours)
    longest = int(np.diff(runs).max())
    apart = any(sources[name].data.strides[-1] != kinds[name].itemsize for name in names)
    tile = _TILE if apart else 1
    inputs = {name: _input(sources[name], tile, longest) for name in names}
    with _COMPILING:  # else two threads that start together would each compile the loop
        loop = sum_rows(models, light, len(wind) == 2)
    loop(
        # where there is no third component or second part of the wind, another stands in, unread
        *(inputs[name] for name in (*light[:2], light[-1], "temp_air", wind[0], wind[-1])),
        *path, beam_outside, month, hours, runs, parameter_rows(n_sites, site, mount, array),
        min_cos_zenith, limits, sums, missing, signed, unsigned,
    )  # fmt: skip
    return Summed(
        sums,
        missing,
        {name: _as_floats(unsigned[:, k], kinds[name], "u") for k, name in enumerate(names)},
        {name: _as_floats(signed[:, k], kinds[name], "i") for k, name in enumerate(names)},
    )


def _input(source: Source, tile: int, longest: int) -> Input:
    data, offsets = source.data, source.offsets
    return Input(
        address=data.ctypes.data,
        offsets=offsets,
        stride=data.strides[-1] // data.itemsize,
        beside=bool((np.diff(offsets) == 1).all()),
        scale=source.scale,
        own=np.empty((tile, longest), data.dtype),
    )


def _limit(name: str, low: float, high: float, kind: np.dtype[Any]) -> tuple[int, int]:
    """Give the bits of a float to look at, and the most that they can be within the bounds."""
    either = name in _EITHER_SIGN  # else whatever is below 0 is looked at closely
    most = np.array(min(-low, high) if either else high, kind)
    return (2 ** (8 * kind.itemsize) - 1) >> either, int(most.view(f"u{kind.itemsize}"))


def _as_floats(bits: NDArray[Any], kind: np.dtype[Any], sign: str) -> NDArray[Any]:
    """Read the greatest bits as floats: 0 where none was on that side of it."""
    narrow = bits.astype(f"{sign}{kind.itemsize}")
    beyond = narrow >= 0 if sign == "i" else narrow >> (8 * kind.itemsize - 1) == 1
    return np.where(beyond, narrow.view(kind), kind.type(0))
