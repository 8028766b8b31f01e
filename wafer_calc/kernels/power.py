"""Light in the plane into power: reflection, cell temperature, modules, inverter."""

from typing import NamedTuple

import numpy as np

from wafer_calc.kernels.sun import Floats

STC_IRRADIANCE_W_M2 = 1000.0  # IEC 60904-3
STC_TEMPERATURE_C = 25.0  # IEC 60904-3

# What glass lets through, over the cosine of incidence, against that cosine: a polynomial fit to
# Snell's and Fresnel's laws with absorption (De Soto 2006, doi:10.1016/j.solener.2005.06.010) for
# the refractive index 1.526 and 2 mm of extinction 4/m, pvlib's ``iam.physical``. Times the cosine
# twice, as beam irradiance in the plane is, it is within 4e-7; it spares a root and a division.
_BEAM = (
    6.019836963030517,
    -20.081337647331836,
    52.08929822124975,
    -116.03222800390033,
    219.11644637492833,
    -332.73984723865914,
    384.1468996275219,
    -318.93274619021577,
    177.67965011992365,
    -59.10677101437052,
    8.84079916692082,
)

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
        As pvlib's ``iam.physical``, within 4e-7 over the cosine.

    Examples
    --------
    >>> print(f"{beam_iam(0.5):.4f}")
    0.9460
    """
    x, p = cos_aoi, _BEAM
    high = p[6] + x * (p[7] + x * (p[8] + x * (p[9] + x * p[10])))
    return x * (p[0] + x * (p[1] + x * (p[2] + x * (p[3] + x * (p[4] + x * (p[5] + x * high))))))


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
    warm = 1.0 + array.gamma_pdc * (temp_cell - STC_TEMPERATURE_C)
    return effective * warm * (array.gain * array.kept / STC_IRRADIANCE_W_M2)


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
    curve = dc * (0.9858 - 0.0162 / array.pdc0 * dc) - 0.0059 * array.pdc0
    unclipped = np.maximum(array.efficiency / _REFERENCE_EFFICIENCY * curve, 0.0)
    return unclipped, np.minimum(unclipped, array.efficiency * array.pdc0)
