"""A photovoltaic plant: how its modules stand, what they and the inverter lose."""

from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from wafer_calc.errors import RangeError, UnitError, unknown_name
from wafer_calc.units import Quantity, finite, fraction, magnitude

if TYPE_CHECKING:
    import pandas

# name -> (form, three figures) of the cell's warming per irradiance, as the kernels take them.
# Faiman (2008), doi:10.1002/pip.813; SAPM: King et al. (2004), SAND2004-3535, table 1;
# PVsyst's own help; all with the figures of `pvlib.temperature`.
TEMPERATURES: dict[str, tuple[Literal["linear", "sapm"], float, float, float]] = {
    "faiman": ("linear", 25.0, 6.84, 1.0),
    "sapm_open_rack_glass_glass": ("sapm", -3.47, -0.0594, 3.0),
    "sapm_close_mount_glass_glass": ("sapm", -2.98, -0.0471, 1.0),
    "sapm_open_rack_glass_polymer": ("sapm", -3.56, -0.0750, 3.0),
    "sapm_insulated_back_glass_polymer": ("sapm", -2.81, -0.0455, 0.0),
    "pvsyst_freestanding": ("linear", 29.0, 0.0, 0.81),
    "pvsyst_insulated": ("linear", 15.0, 0.0, 0.81),
    "pvsyst_semi_integrated": ("linear", 20.0, 0.0, 0.81),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Losses:
    """DC losses one after the other, each a fraction of what the ones before it left.

    The defaults are those of PVWatts, 14.08 % together: Dobos (2014), PVWatts Version 5 Manual,
    NREL/TP-6A20-62641, table 8; the same as ``pvlib.pvsystem.pvwatts_losses``.

    Attributes
    ----------
    soiling, shading, snow, mismatch, wiring, connections, light_induced, nameplate, age, \
availability : float
        Fractions in [0, 1); ``Q_(2, "%")`` and ``0.02`` mean the same.

    Raises
    ------
    RangeError
        A loss outside [0, 1); a nameplate may exceed its rating, down to -0.1.
    UnitError
        A quantity with a dimension.

    Examples
    --------
    >>> print(f"{Losses().total:.4f}")
    0.1408
    """

    soiling: float = 0.02
    shading: float = 0.03
    snow: float = 0.0
    mismatch: float = 0.02
    wiring: float = 0.02
    connections: float = 0.005
    light_induced: float = 0.015
    nameplate: float = 0.01
    age: float = 0.0
    availability: float = 0.03

    def __post_init__(self) -> None:
        for name in LOSSES:
            low = -0.1 if name == "nameplate" else 0.0
            value = _fraction(getattr(self, name), f"losses.{name}", low=low, high=0.999)
            object.__setattr__(self, name, value)

    @property
    def total(self) -> float:
        """What all of them take together."""
        return float(1.0 - np.prod([1.0 - getattr(self, name) for name in LOSSES]))

    def to_dict(self) -> dict[str, float]:
        """Give the losses by name, in order."""
        return {name: getattr(self, name) for name in LOSSES}


LOSSES = tuple(f.name for f in fields(Losses))


@dataclass(frozen=True, slots=True, kw_only=True)
class Tracker:
    """Rows of modules that turn about one axis.

    The defaults are those of PVWatts V8: axis level and north-south, 45° either way (``rotlim``
    of NREL's ssc, ``cmod_pvwattsv8``), ground coverage 0.4 (the help of the PVWatts
    calculator, to which 0.3 to 0.6 is usual; ssc left alone takes 0.3).

    Attributes
    ----------
    axis_tilt : float or Quantity [degrees]
        Of the axis against the horizontal, 0 to 90; it rises away from `axis_azimuth`.
    axis_azimuth : float or Quantity [degrees]
        Toward which the axis falls, clockwise from north, 0 to 360.
    max_angle : float or Quantity [degrees]
        Largest rotation either way, above 0 and up to 90.
    gcr : float
        Row width over row distance, in (0, 1].
    backtrack : bool
        Whether the rows turn back from the low sun so as not to shade each other. Without it no
        shading between rows is counted.

    Raises
    ------
    RangeError
        An angle or ratio outside its range.
    UnitError
        Not an angle.
    """

    axis_tilt: float = 0.0
    axis_azimuth: float = 180.0
    max_angle: float = 45.0
    gcr: float = 0.4
    backtrack: bool = True

    def __post_init__(self) -> None:
        def keep(name: str, value: float | bool) -> None:
            object.__setattr__(self, name, value)

        keep("axis_tilt", _angle(self.axis_tilt, "axis_tilt", 0.0, 90.0))
        keep("axis_azimuth", _angle(self.axis_azimuth, "axis_azimuth", 0.0, 360.0))
        keep("max_angle", _angle(self.max_angle, "max_angle", 0.0, 90.0))
        if self.max_angle == 0.0:
            raise RangeError("max_angle: 0 came, wanted above 0; a plant that stays has no tracker")
        keep("gcr", _fraction(self.gcr, "gcr", high=1.0, low_open=True))
        if not isinstance(self.backtrack, bool):
            raise UnitError(f"backtrack: {self.backtrack!r} came, wanted True or False")


@dataclass(frozen=True, slots=True, kw_only=True)
class Plant:
    """A plant per kW of modules.

    The defaults are those of PVWatts Version 8, a standard module on a fixed rack: NREL's ssc,
    ``cmod_pvwattsv8`` (temperature coefficient, albedo, inverter efficiency), with the 14.08 % of
    losses; but for the cell temperature, which PVWatts takes from a model of its own and this
    package from Faiman's. The DC/AC ratio is 1.2, to which the PVWatts API went from 1.1 with its
    Version 6; ssc left alone still takes 1.1, and SAM's default plant has 1.15.

    Attributes
    ----------
    surface_tilt : float or Quantity [degrees]
        Of the modules against the horizontal, 0 to 180; of no meaning with tracking.
    surface_azimuth : float or Quantity [degrees]
        Toward which they face, clockwise from north (180 is south), 0 to 360; likewise.
    tracking : Tracker, "single_axis", "two_axis" or None
        ``"single_axis"`` is ``Tracker()``; ``"two_axis"`` looks straight at the sun.
    bifacial_gain : float
        What the rear side adds, as a fraction of the light that the front side takes in, 0 to 0.5.
    temperature : str
        Model of the cell temperature: ``"faiman"``, or ``"sapm_…"`` and ``"pvsyst_…"`` with a
        mounting of `pvlib.temperature`; `TEMPERATURES` has the names.
    gamma_pdc : float or Quantity [1/°C]
        Change of power with temperature; negative, -0.0037 or ``Q_(-0.37, "%/delta_degC")``.
    losses : Losses or float
        DC losses; a float stands for all of them together.
    dc_ac_ratio : float
        Power of the modules over the rated power of the inverter, 0.2 to 5.
    inverter_efficiency : float
        Nominal, in (0, 1].
    albedo : float
        Of the ground, 0 to 1.
    reflection : str
        Which light the glass reflects: ``"all"`` of it, beam, sky and ground each at its own
        angles, or the ``"beam"`` alone, as in PVWatts Version 5.

    Raises
    ------
    RangeError
        A value outside its range; percent where a fraction is wanted is told so.
    UnitError
        Not a number, or a quantity of another dimension.
    UnknownNameError
        No such temperature model, tracking or reflection.

    Examples
    --------
    >>> plant = Plant(surface_tilt=35, losses=Losses(soiling=0.05))
    >>> print(f"{plant.total_losses:.4f}")
    0.1671
    """

    surface_tilt: float = 20.0
    surface_azimuth: float = 180.0
    tracking: Tracker | Literal["single_axis", "two_axis"] | None = None
    bifacial_gain: float = 0.0
    temperature: str = "faiman"
    gamma_pdc: float = -0.0037
    losses: Losses | float = field(default_factory=Losses)
    dc_ac_ratio: float = 1.2
    inverter_efficiency: float = 0.96
    albedo: float = 0.2
    reflection: Literal["all", "beam"] = "all"

    def __post_init__(self) -> None:
        def keep(name: str, value: Any) -> None:
            object.__setattr__(self, name, value)

        keep("surface_tilt", _angle(self.surface_tilt, "surface_tilt", 0.0, 180.0))
        keep("surface_azimuth", _angle(self.surface_azimuth, "surface_azimuth", 0.0, 360.0))
        keep("tracking", _tracking(self.tracking))
        keep("bifacial_gain", _fraction(self.bifacial_gain, "bifacial_gain", high=0.5))
        if self.temperature not in TEMPERATURES:
            raise unknown_name("temperature", str(self.temperature), TEMPERATURES)
        keep("gamma_pdc", _gamma(self.gamma_pdc))
        if not isinstance(self.losses, Losses):
            keep("losses", _fraction(self.losses, "losses", high=0.999))
        keep("dc_ac_ratio", _fraction(self.dc_ac_ratio, "dc_ac_ratio", low=0.2, high=5.0))
        keep(
            "inverter_efficiency",
            _fraction(self.inverter_efficiency, "inverter_efficiency", high=1.0, low_open=True),
        )
        keep("albedo", _fraction(self.albedo, "albedo", high=1.0))
        if self.reflection not in ("all", "beam"):
            raise unknown_name("reflection", str(self.reflection), ["all", "beam"])

    @property
    def total_losses(self) -> float:
        """What the DC losses take together."""
        return self.losses.total if isinstance(self.losses, Losses) else self.losses

    def to_dict(self) -> dict[str, Any]:
        """Give the record as plain values; angles in degrees, the rest fractions."""
        made: dict[str, Any] = {f.name: getattr(self, f.name) for f in fields(self)}
        if isinstance(self.tracking, Tracker):
            made["tracking"] = {f.name: getattr(self.tracking, f.name) for f in fields(Tracker)}
        if isinstance(self.losses, Losses):
            made["losses"] = self.losses.to_dict()
        return made

    def to_dataframe(self) -> "pandas.DataFrame":
        """Give the record as a table of one row; what tracker and losses hold has columns too."""
        import pandas

        return pandas.json_normalize([self.to_dict()], sep="_")


def _number(value: Any, name: str, unit: str) -> float:
    number = magnitude(value, unit, name) if hasattr(value, "m_as") else finite(value, name)
    if np.ndim(number):
        raise UnitError(f"{name}: an array of shape {np.shape(number)} came, wanted one number")
    return float(number)


def _angle(value: Any, name: str, low: float, high: float) -> float:
    degrees = _number(value, name, "degree")
    if not low <= degrees <= high:
        raise RangeError(f"{name}: {degrees:g} degrees came, wanted {low:g} to {high:g}")
    return degrees


def _fraction(
    value: Any, name: str, *, low: float = 0.0, high: float, low_open: bool = False
) -> float:
    number = fraction(value, name, low=low, high=high, low_open=low_open)
    if np.ndim(number):
        raise UnitError(f"{name}: an array of shape {np.shape(number)} came, wanted one number")
    return float(number)


def _gamma(value: Quantity | float) -> float:
    per_degree = _number(value, "gamma_pdc", "1/kelvin")
    if not -0.02 <= per_degree <= 0.0:
        if per_degree > 0:
            mend = f"modules lose power as they warm: write {-per_degree:g}"
        else:
            mend = f"if percent was meant, write Q_({per_degree:g}, '%/delta_degC')"
        raise RangeError(f"gamma_pdc: {per_degree:g} per °C came, wanted -0.02 to 0; {mend}")
    return per_degree


def _tracking(value: Any) -> Tracker | Literal["two_axis"] | None:
    if value is None or isinstance(value, Tracker):
        return value
    if value == "single_axis":
        return Tracker()
    if value == "two_axis":
        return "two_axis"
    raise unknown_name("tracking", str(value), ["single_axis", "two_axis"])
