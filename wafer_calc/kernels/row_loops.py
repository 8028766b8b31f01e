"""The loops that Numba makes of the chain over rows; imported only when they are asked for."""

# Numba infers the types
# mypy: allow-untyped-defs, allow-untyped-calls

from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

import numba
import numpy as np
from llvmlite import ir  # type: ignore[import-untyped]
from numba.core import cgutils, types
from numba.extending import intrinsic, register_jitable
from numba.np.numpy_support import carray
from numpy.typing import NDArray

from wafer_calc.kernels.compiled import OPTIONS, SHARED, records, stretches
from wafer_calc.kernels.components import CLOSINGS, hypotenuse
from wafer_calc.kernels.engine import Models

_STEPS = 16  # that are gathered at once, and asked of the memory ahead, where steps lie apart
_LINE = 64  # bytes that come from memory together
# The bits of positive infinity, and of the sign
_INF_32, _SIGN_32 = np.int32(0x7F800000), np.uint32(0x80000000)
_INF_64, _SIGN_64 = np.int64(0x7FF0000000000000), np.uint64(0x8000000000000000)


class Input(NamedTuple):
    """Where an input lies, in numbers: an array would be counted whenever a loop takes hold of it.

    Attributes
    ----------
    address : int
        Of the first step of the first site.
    offsets : ndarray (site,) of int
        Elements from there to the first step of each.
    stride : int
        Elements from one step to the next.
    beside : bool
        Whether a step of all sites lies together, in their order.
    scale : ndarray (2,), of the input's type
        A factor and an offset.
    own : ndarray (tile, longest run), of the input's type
        Room for rows that cannot be taken as they lie.
    """

    address: int
    offsets: NDArray[np.int64]
    stride: int
    beside: bool
    scale: NDArray[Any]
    own: NDArray[Any]


@cache
def sum_rows(models: Models, light: tuple[str, ...], two_winds: bool) -> Callable[..., None]:
    """Compile the loop over rows for one set of formulas and inputs.

    Parameters
    ----------
    models : Models
        The formulas.
    light : tuple of str
        Which of ``ghi dni dhi beam`` there are, in this order.
    two_winds : bool
        Whether wind comes as two parts.

    Returns
    -------
    callable
        Fills its last four arguments; holds no lock while it runs.
    """
    aim, add_up = stretches(models, False)
    three, n_light = len(light) == 3, len(light)
    close = CLOSINGS[light]

    # what is compiled once for both calls below
    @numba.njit(nogil=True, **SHARED)
    def complete(
        ra, rb, rc, rt, ru, rv, se, zenith, aoi, tilt, out, lowest, third, speed,
        mount, array, weight, month_sums,
    ):  # fmt: skip
        g, d, h = close(ra, rb, rc, zenith, out, lowest, third[0], third[1])
        rw = hypotenuse(ru, rv, speed) if two_winds else ru
        nothing = zenith[:0]
        add_up(
            g, d, h, rt, rw, se, zenith, aoi, tilt, mount, array, weight, month_sums,
            nothing, nothing, nothing,
        )  # fmt: skip

    @numba.njit(nogil=True, **SHARED)
    def look_closely(
        a, b, c, m, ra, rb, rc, rt, ru, rv, signed, unsigned
    ):  # fmt: skip
        """Note extremes, lift irradiance to 0, and count the NaN."""
        holed = _note(ra, signed, unsigned, 0) | _note(rb, signed, unsigned, 1)
        if three:
            holed |= _note(rc, signed, unsigned, 2)
        holed |= _note(rt, signed, unsigned, n_light)
        holed |= _note(ru, signed, unsigned, n_light + 1)
        if two_winds:
            holed |= _note(rv, signed, unsigned, n_light + 2)
        _lift(a, m, ra)
        _lift(b, m, rb)
        if three:
            _lift(c, m, rc)
        count = 0
        if holed:
            for j in range(ra.size):
                count += np.isnan(ra[j] + rb[j] + rc[j] + rt[j] + ru[j] + rv[j])
        return count

    @numba.njit(nogil=True, **OPTIONS)
    def loop(
        a, b, c, t, u, v, x, y, z, inverse_extra, outside, month, hours, runs, rows, lowest,
        limits, sums, missing, signed, unsigned,
    ):  # fmt: skip
        step, longest = a.own.shape
        zenith, aoi, tilt = np.empty(longest), np.empty(longest), np.empty(longest)
        third = np.empty((2, longest), (a.scale[:1] + b.scale[:1]).dtype)
        speed = np.empty(longest, (u.scale[:1] + v.scale[:1]).dtype)
        before = np.empty(6)
        wary = False
        for first in range(0, rows.shape[0], step):
            last = min(first + step, rows.shape[0])
            for k in range(runs.size - 1):
                begin, end = runs[k], runs[k + 1]
                _bring(a, first, last, begin, end)
                _bring(b, first, last, begin, end)
                if three:
                    _bring(c, first, last, begin, end)
                _bring(t, first, last, begin, end)
                _bring(u, first, last, begin, end)
                if two_winds:
                    _bring(v, first, last, begin, end)
                # slices that start at 0 spare the loops Numba's test for negative indices
                out, se = outside[begin:end], inverse_extra[begin:end]
                sx, sy, sz = x[begin:end], y[begin:end], z[begin:end]
                for i in range(first, last):
                    m = i - first
                    ra, rb = _row(a, i, m, begin, end), _row(b, i, m, begin, end)
                    rc = _row(c, i, m, begin, end) if three else rb
                    rt, ru = _row(t, i, m, begin, end), _row(u, i, m, begin, end)
                    rv = _row(v, i, m, begin, end) if two_winds else ru
                    site, mount, array = records(rows[i])
                    aim(sx, sy, sz, se, site, mount, zenith, aoi, tilt)
                    month_sums = sums[i, month[begin]]
                    if not wary:
                        before[:] = month_sums
                        complete(
                            ra, rb, rc, rt, ru, rv, se, zenith, aoi, tilt, out, lowest, third,
                            speed, mount, array, hours[begin], month_sums,
                        )  # fmt: skip
                        # Only now, with the row in the core's cache: before, waiting for memory
                        # with nothing else to do would take longer than the check
                        wary = (
                            _odd(ra, limits[0, 0], limits[0, 1])
                            or _odd(rb, limits[1, 0], limits[1, 1])
                            or (three and _odd(rc, limits[2, 0], limits[2, 1]))
                            or _odd(rt, limits[n_light, 0], limits[n_light, 1])
                            or _odd(ru, limits[n_light + 1, 0], limits[n_light + 1, 1])
                            or (
                                two_winds
                                and _odd(rv, limits[n_light + 2, 0], limits[n_light + 2, 1])
                            )
                        )
                        if not wary:
                            continue
                        month_sums[:] = before
                    count = look_closely(
                        a, b, c, m, ra, rb, rc, rt, ru, rv, signed[i], unsigned[i]
                    )  # fmt: skip
                    missing[i] += count * hours[begin]
                    la, lb = _held(a, m, begin, end), _held(b, m, begin, end)
                    complete(
                        la, lb, _held(c, m, begin, end) if three else lb, rt, ru, rv,
                        se, zenith, aoi, tilt, out, lowest, third, speed,
                        mount, array, hours[begin], month_sums,
                    )  # fmt: skip

    return loop  # type: ignore[no-any-return]  # Numba is untyped


# What follows are parts of the loop

_intrinsic: Any = intrinsic  # its own types know no first argument that Numba adds


@_intrinsic
def _pointer(typingctx, address, like):
    """Take an address for that of elements like an array's."""

    def make(context, builder, signature, args):
        return builder.inttoptr(args[0], context.get_value_type(signature.return_type))

    return types.CPointer(like.dtype)(types.intp, like), make


@_intrinsic
def _prefetch(typingctx, address):
    """Ask for the line of memory at an address."""

    def ask(context, builder, signature, args):
        pointer = builder.inttoptr(args[0], cgutils.voidptr_t)
        function = builder.module.declare_intrinsic(
            "llvm.prefetch",
            [cgutils.voidptr_t],
            ir.FunctionType(ir.VoidType(), [cgutils.voidptr_t] + [ir.IntType(32)] * 3),
        )
        builder.call(function, [pointer, *(ir.Constant(ir.IntType(32), n) for n in (0, 3, 1))])
        return context.get_dummy_value()

    return types.void(types.intp), ask


@register_jitable(**OPTIONS)
def _found(source, element, n):
    size = source.scale.itemsize
    return carray(_pointer(source.address + element * size, source.scale), (n,))


@register_jitable(**OPTIONS)
def _held(source, m, begin, end):
    """Give the own room of a row."""
    at = source.own.ctypes.data + m * source.own.shape[1] * source.own.itemsize
    return carray(_pointer(at, source.scale), (end - begin,))


@register_jitable(**OPTIONS)
def _lies_so(source):
    return source.stride == 1 and source.scale[0] == 1.0 and source.scale[1] == 0.0


@register_jitable(**OPTIONS)
def _bring(source, first, last, begin, end):
    if source.stride != 1:
        _gather(source, first, last, begin, end)


@register_jitable(**SHARED)
def _gather(source, first, last, begin, end):
    """Convert rows whose steps lie apart into rows of their own: step by step, as they lie."""
    stride, own = source.stride, source.own
    factor, offset = source.scale[0], source.scale[1]
    offsets, size = source.offsets[first:last], source.scale.itemsize
    n = offsets.size
    together = np.empty((_STEPS, n), own.dtype)
    for block in range(0, end - begin, _STEPS):
        steps = min(_STEPS, end - begin - block)
        for j in range(steps):
            at = offsets[0] + (begin + block + j) * stride
            side = together[j]
            if source.beside:
                ahead = source.address + (at + _STEPS * stride) * size
                for line in range(0, n * size, _LINE):
                    _prefetch(ahead + line)
                values = _found(source, at, n)
                for i in range(n):
                    side[i] = values[i] * factor + offset
            else:
                for i in range(n):
                    side[i] = _found(source, at + offsets[i] - offsets[0], 1)[0] * factor + offset
        for i in range(n):
            for j in range(steps):
                own[i, block + j] = together[j, i]


@register_jitable(**OPTIONS)
def _row(source, i, m, begin, end):
    """Give a stretch of a row in pvlib's unit, where it lies if it has that already."""
    held = _held(source, m, begin, end)
    if source.stride != 1:
        return held
    values = _found(source, source.offsets[i] + begin, end - begin)
    if _lies_so(source):
        return values
    _convert(values, held, source.scale[0], source.scale[1])
    return held


@register_jitable(**SHARED)
def _convert(values, held, factor, offset):
    for j in range(values.size):
        held[j] = values[j] * factor + offset


@register_jitable(**SHARED)
def _odd(values, mask, most):
    """Say whether a value lies beyond a limit, or below 0 where its sign is looked at; or is NaN.

    As integers the bits of floats from 0 on are in the floats' order, NaN lies above them and, of
    unsigned ones, whatever is negative. Unlike extremes of floats these vectorise.
    """
    if values.itemsize == 4:
        bits, narrow = values.view(np.uint32), np.uint32(mask)
        greatest = np.uint32(0)
        for j in range(bits.size):
            size = np.uint32(bits[j] & narrow)  # Numba would widen it
            if size > greatest:
                greatest = size
        return greatest > np.uint32(most)
    bits8 = values.view(np.uint64)
    greatest8 = np.uint64(0)
    for j in range(bits8.size):
        if bits8[j] & mask > greatest8:
            greatest8 = bits8[j] & mask
    return greatest8 > most


@register_jitable(**SHARED)
def _lift(source, m, values):
    """Put irradiance into its own room, without what lies below 0."""
    held = _held(source, m, 0, values.size)
    if _lies_so(source):
        for j in range(held.size):
            held[j] = values[j]
    for j in range(held.size):  # in place, which vectorises
        held[j] = 0.0 if held[j] < 0.0 else held[j]


@register_jitable(**SHARED)
def _note(values, signed, unsigned, k):
    """Note the extremes of a stretch, and say whether a NaN is among it.

    The greatest signed bits are those of the greatest value from 0 on, the greatest unsigned bits
    those of the least value below 0 if there is one.
    """
    if values.itemsize == 4:
        bits, signless = values.view(np.int32), values.view(np.uint32)
        s, u = np.int32(-1), np.uint32(0)
        for j in range(bits.size):
            if bits[j] > s:
                s = bits[j]
            if signless[j] > u:
                u = signless[j]
        holed = s > _INF_32 or u > _SIGN_32 + np.uint32(_INF_32)
        if holed:
            s, u = np.int32(-1), np.uint32(0)
            for j in range(bits.size):
                if not np.isnan(values[j]):
                    s, u = max(s, bits[j]), max(u, signless[j])
        signed[k], unsigned[k] = max(signed[k], np.int64(s)), max(unsigned[k], np.uint64(u))
        return holed
    bits8, signless8 = values.view(np.int64), values.view(np.uint64)
    s8, u8 = np.int64(-1), np.uint64(0)
    for j in range(bits8.size):
        s8, u8 = max(s8, bits8[j]), max(u8, signless8[j])
    holed8 = s8 > _INF_64 or u8 > _SIGN_64 + np.uint64(_INF_64)
    if holed8:
        s8, u8 = np.int64(-1), np.uint64(0)
        for j in range(bits8.size):
            if not np.isnan(values[j]):
                s8, u8 = max(s8, bits8[j]), max(u8, signless8[j])
    signed[k], unsigned[k] = max(signed[k], s8), max(unsigned[k], u8)
    return holed8
