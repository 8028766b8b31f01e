"""Wafers as floats: area from the outline, watts from the area, and the chain to a capacity."""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = float | NDArray[np.float64]

STC_IRRADIANCE_W_M2 = 1000.0  # IEC 60904-3: standard test conditions


def wafer_area_m2(width_m: Floats, length_m: Floats, diameter_m: Floats) -> Floats:
    """Area of a rectangle of which a circle about its centre cuts the corners [m²].

    Over one quarter the height is the lower of the rectangle's half length and the circle's arc;
    the arc's integral is known in closed form. An infinite diameter leaves the full rectangle.
    """
    half_width, half_length = np.divide(width_m, 2.0), np.divide(length_m, 2.0)
    diagonal = np.hypot(half_width, half_length)
    # a circle beyond the corners cuts nothing: the diagonal stands in for it, infinity included
    radius = np.minimum(np.divide(diameter_m, 2.0), diagonal)
    right = np.minimum(half_width, radius)
    leaves_top = np.minimum(_other_leg(half_length, radius), right)
    quarter: Floats = (
        half_length * leaves_top + _under_arc(right, radius) - _under_arc(leaves_top, radius)
    )
    return 4.0 * quarter


def _under_arc(x: Floats, radius: Floats) -> Floats:
    """Area under a circle's arc from its centre line to x."""
    arc: Floats = _other_leg(x, radius)
    return 0.5 * (x * arc + radius**2 * np.arctan2(x, arc))


def _other_leg(leg: Floats, hypotenuse: Floats) -> Floats:
    """Second leg of a right triangle; exact also where the first is nearly the hypotenuse."""
    return np.sqrt(np.maximum((hypotenuse - leg) * (hypotenuse + leg), 0.0))


def wafer_power_w(area_m2: Floats, efficiency: Floats, cell_to_module: Floats) -> Floats:
    """Power of one wafer's cells in a module at standard test conditions [W]."""
    return area_m2 * STC_IRRADIANCE_W_M2 * efficiency * cell_to_module


def chain_yield(wafer_yield: Floats, cell_yield: Floats, module_yield: Floats) -> Floats:
    """Share of the wafers that end in a sold module."""
    return wafer_yield * cell_yield * module_yield


def capacity_w(n_wafers: Floats, power_w: Floats, chain: Floats) -> Floats:
    """Capacity of the modules that a number of wafers becomes [W]."""
    return n_wafers * power_w * chain


def wafers_for(capacity_dc_w: Floats, power_w: Floats, chain: Floats) -> Floats:
    """Wafers that a module capacity takes."""
    return capacity_dc_w / (power_w * chain)


def efficiency_needed(
    capacity_dc_w: Floats, n_wafers: Floats, area_m2: Floats, cell_to_module: Floats, chain: Floats
) -> Floats:
    """Cell efficiency at which a number of wafers becomes a capacity."""
    return capacity_dc_w / (n_wafers * chain * area_m2 * STC_IRRADIANCE_W_M2 * cell_to_module)
