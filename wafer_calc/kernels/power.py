"""Light in the plane into power: reflection, cell temperature, modules, inverter."""

from typing import NamedTuple

import numpy as np

from wafer_calc.kernels.sun import Floats

STC_IRRADIANCE_W_M2 = 1000.0  # IEC 60904-3
STC_TEMPERATURE_C = 25.0  # IEC 60904-3

# What glass lets through, over the cosine of incidence, against that cosine: a rational fit to
# Snell's and Fresnel's laws with absorption (De Soto 2006, doi:10.1016/j.solener.2005.06.010) for
# the refractive index 1.526 and 2 mm of extinction 4/m, pvlib's ``iam.physical``. Times the cosine
# twice, as beam irradiance in the plane is, it is within 3e-9; it spares a root.
_BEAM = (6.02168592290811, 5.788660637234441, 5.246305214059452, 3.2841140942793206)
_BEAM_UNDER = (4.309109486055269, 6.426810940534128, 5.177606506912256, 3.4272389958974014)

# The same glass under light from everywhere: what comes from a whole hemisphere, and how it is shared
# between sky and ground against the sine of the tilt, within 2e-7. Fit to the integral of
# Marion (2017), doi:10.1016/j.solener.2017.02.055.
_HEMISPHERE = 0.9444167753430306
_SHARE = (0.4722084853801332, 1.7818267899024258, 2.3909431510587025, 1.429231279559351)
_SHARE_UNDER = (3.773437158741202, 4.561704996853672, 2.965560602295641)

# PVWatts' inverter: efficiency against load (Dobos 2014, doi:10.2172/1158421)
_REFERENCE_EFFICIENCY = 0.9637


class Array(NamedTuple):
    """A plant per kW DC, as the floats that the formulas need.

    Attributes
    ----------
    albedo : float
        Of the ground.
    heat_0, heat_1, heat_2 : float
        Of the temperature model, see `heat_linear` and `heat_sapm`.
    gamma_pdc : float [1/°C]
        Temperature coefficient of power.
    gain : float
        Effective irradiance with the rear side's, over the front's.
    kept : float
        What the DC losses leave.
    pdc0 : float
        DC power at which the inverter is full, per DC rating.
    efficiency : float
        Nominal efficiency of the inverter.
    diffuse_glass : float
        1 where the glass reflects light from sky and ground, 0 where only the beam.
    """

    albedo: Floats
    heat_0: Floats
    heat_1: Floats
    heat_2: Floats
    gamma_pdc: Floats
    gain: Floats
    kept: Floats
    pdc0: Floats
    efficiency: Floats
    diffuse_glass: Floats


def beam_iam(cos_aoi: Floats) -> Floats:
    """Share of beam light that passes the glass, against normal incidence.

    Parameters
    ----------
    cos_aoi : float or ndarray, 0 to 1
        Cosine of the angle of incidence.

    Returns
    -------
    float or ndarray
        As pvlib's ``iam.physical``, within 3e-9 over the cosine.

    Examples
    --------
    >>> print(f"{beam_iam(0.5):.4f}")
    0.9460
    """
    x, u = cos_aoi, _BEAM_UNDER
    over = x * (_BEAM[0] + x * (_BEAM[1] + x * (_BEAM[2] + x * _BEAM[3])))
    return over / (1.0 + x * (u[0] + x * (u[1] + x * (u[2] + x * u[3]))))


def seen_through_glass(cos_tilt: Floats, sin_tilt: Floats) -> tuple[Floats, Floats]:
    """View factors of sky and ground times the glass' transmittance for their light.

    Parameters
    ----------
    cos_tilt, sin_tilt : float or ndarray
        Of the plane.

    Returns
    -------
    sky, ground : float or ndarray
        ``iam · (1 ± cos_tilt) / 2`` with the iam of pvlib's ``marion_diffuse("physical", tilt)``.
    """
    s = sin_tilt
    over = _SHARE[0] + s * (_SHARE[1] + s * (_SHARE[2] + s * _SHARE[3]))
    under = 1.0 + s * (_SHARE_UNDER[0] + s * (_SHARE_UNDER[1] + s * _SHARE_UNDER[2]))
    tipped = cos_tilt * over / under
    return 0.5 * _HEMISPHERE + tipped, 0.5 * _HEMISPHERE - tipped


def heat_linear(wind_speed: Floats, array: Array) -> Floats:
    """Warming per irradiance [°C m²/W] of the Faiman and the PVsyst model.

    Parameters
    ----------
    wind_speed : float or ndarray [m/s]
        At the height that the model's figures belong to.
    array : Array
        ``heat_2 / (heat_0 + heat_1 · wind_speed)``.

    Returns
    -------
    float or ndarray [°C m²/W]
    """
    return array.heat_2 / (array.heat_0 + array.heat_1 * wind_speed)


def heat_sapm(wind_speed: Floats, array: Array) -> Floats:
    """Warming per irradiance [°C m²/W] of the Sandia model (King et al. 2004).

    Parameters
    ----------
    wind_speed : float or ndarray [m/s]
        At 10 m.
    array : Array
        ``heat_0 · exp(heat_1 · wind_speed) + heat_2``; the exponential is the 16th power of a
        series, which both engines vectorise, within 1e-6 up to 60 m/s.

    Returns
    -------
    float or ndarray [°C m²/W]
    """
    u = array.heat_1 * wind_speed * 0.0625
    e = 1.0 + u / 4.0 * (1.0 + u / 5.0 * (1.0 + u / 6.0))
    e = 1.0 + u * (1.0 + u / 2.0 * (1.0 + u / 3.0 * e))
    e2 = e * e
    e4 = e2 * e2
    e8 = e4 * e4
    return array.heat_0 * (e8 * e8) + array.heat_2


def dc_power(effective: Floats, temp_cell: Floats, array: Array) -> Floats:
    """DC power after losses, per DC rating (PVWatts).

    Parameters
    ----------
    effective : float or ndarray [W/m²]
        Irradiance that passes the glass.
    temp_cell : float or ndarray [°C]
        Of the cells.
    array : Array
        The plant.

    Returns
    -------
    float or ndarray
        Into the inverter, per W of rating at standard test conditions.
    """
    # 1 + gamma · (temp_cell - 25 °C) and the factors that do not change with the hour, joined
    rating = array.gain * array.kept / STC_IRRADIANCE_W_M2
    slope = rating * array.gamma_pdc
    return effective * (rating - slope * STC_TEMPERATURE_C + slope * temp_cell)


def ac_power(dc: Floats, array: Array) -> tuple[Floats, Floats]:
    """AC power before and after clipping, per DC rating (PVWatts' inverter).

    Parameters
    ----------
    dc : float or ndarray
        DC power per DC rating.
    array : Array
        The plant.

    Returns
    -------
    unclipped, ac : float or ndarray
        Per W of DC rating; not below 0.
    """
    # pvlib's efficiency times dc, multiplied out so that dc may be 0
    scale = array.efficiency / _REFERENCE_EFFICIENCY
    curve = dc * (scale * 0.9858 - scale * 0.0162 / array.pdc0 * dc)
    unclipped = np.maximum(curve - scale * 0.0059 * array.pdc0, 0.0)
    return unclipped, np.minimum(unclipped, array.efficiency * array.pdc0)
