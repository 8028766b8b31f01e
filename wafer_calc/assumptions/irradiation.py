"""An assumption out of a year's irradiation and a performance ratio."""

from typing import TYPE_CHECKING, Literal

import numpy as np

from wafer_calc.assumptions.tabulated import cited
from wafer_calc.energy.records import Assumption
from wafer_calc.errors import AssumptionError, ShapeError
from wafer_calc.facts.records import Fact, Source
from wafer_calc.kernels.wafer import STC_IRRADIANCE_W_M2
from wafer_calc.units import Floats, Quantity, fraction, magnitude

if TYPE_CHECKING:
    from wafer_calc.plant import Plant

_T_STC_C = 25.0  # IEC 60904-3


def insolation(
    irradiation: Quantity,
    *,
    plane: Literal["poa", "horizontal"],
    plant: "Plant | None" = None,
    performance_ratio: Quantity | float | None = None,
    transposition_factor: Quantity | float | None = None,
    temp_cell: Quantity | None = None,
    year: int | None = None,
    place: str | None = None,
    source: Source | Fact | str | None = None,
    name: str | None = None,
) -> Assumption:
    """Make an assumption of a year's irradiation and what a plant turns it into.

    Parameters
    ----------
    irradiation : Quantity [kWh/m^2], scalar
        Of one year.
    plane : str
        Where it was counted: ``"poa"`` (in the plane of the modules) or ``"horizontal"``.
    plant : Plant, optional
        Gives the performance ratio out of its losses and inverter, and, with `temp_cell`, its
        temperature coefficient. One of `plant` and `performance_ratio` is needed.
    performance_ratio : float or Quantity [dimensionless], optional
        AC energy over what the irradiation would give at the nameplate; in (0, 1].
    transposition_factor : float or Quantity [dimensionless], optional
        Irradiation in the plane over that on the horizontal; needed for ``"horizontal"`` and for
        nothing else. 1 for modules that lie flat.
    temp_cell : Quantity [temperature], optional
        Mean cell temperature weighted with the irradiance; with a plant only. 25 °C, which is
        cooler than sunny places are, where not given.
    year, place, source, name
        As in `full_load_hours`.

    Returns
    -------
    Assumption
        Of kind ``"modelled"``, with its performance ratio.

    Raises
    ------
    UnitError
        Irradiation without a unit.
    ShapeError
        An array of it.
    RangeError
        Irradiation of zero or less, or not finite; a ratio outside its range; more than 8760 h.
    AssumptionError
        An unknown plane, a missing transposition factor or one too many, both or neither of plant
        and performance ratio.

    Notes
    -----
    ``kWh per kW DC = irradiation · transposition_factor · performance_ratio / (1 kW/m²)``; of a
    plant ``performance_ratio = (1 − losses) · inverter_efficiency · (1 + gamma_pdc · (temp_cell −
    25 °C))``, the factors of PVWatts (Dobos 2014, NREL/TP-6A20-62641) for a year as a whole:
    clipping and reflection are left out, `site` and `weather` have them.

    Examples
    --------
    >>> from wafer_calc.units import Q_
    >>> a = insolation(Q_(1950, "kWh/m^2"), plane="poa", performance_ratio=0.8)
    >>> print(f"{a.specific_yield:.0f} kWh/kW")
    1560 kWh/kW
    """
    kwh_m2 = _one(
        magnitude(irradiation, "kWh/m^2", "irradiation", low=0, low_open=True), "irradiation"
    )
    factor = _transposition(plane, transposition_factor)
    ratio = _performance(plant, performance_ratio, temp_cell)
    called = name or ", ".join(str(part) for part in (place, year) if part is not None)
    return Assumption(
        name=called or f"{kwh_m2:g} kWh/m² {_WORDS[plane]}",
        kind="modelled",
        specific_yield=kwh_m2 * factor * ratio / (STC_IRRADIANCE_W_M2 / 1000.0),
        basis="dc",
        year=year,
        place=place,
        performance_ratio=ratio,
        sources=cited(source),
        note=f"{kwh_m2:g} kWh/m² {_WORDS[plane]} × {factor:g} × performance ratio {ratio:.3g}",
    )


_WORDS = {"poa": "in the plane", "horizontal": "on the horizontal"}


def _transposition(plane: str, value: Quantity | float | None) -> float:
    if plane not in _WORDS:
        raise AssumptionError(f"plane: {plane!r} is none of 'poa', 'horizontal'")
    if plane == "poa":
        if value is not None:
            raise AssumptionError(
                "transposition_factor: irradiation in the plane is transposed already; leave it out"
            )
        return 1.0
    if value is None:
        raise AssumptionError(
            "transposition_factor: irradiation on the horizontal needs one, such as 1.15 (1 for "
            "modules that lie flat); site, weather and clear_sky compute it"
        )
    return _one(fraction(value, "transposition_factor", high=3.0), "transposition_factor")


def _performance(
    plant: "Plant | None", value: Quantity | float | None, temp_cell: Quantity | None
) -> float:
    if (plant is None) == (value is None):
        came = "neither" if plant is None else "both"
        raise AssumptionError(
            f"performance_ratio: {came} of plant and performance_ratio came, wanted one; "
            "a plant brings its own"
        )
    if plant is None:
        if temp_cell is not None:
            raise AssumptionError(
                "temp_cell: a performance ratio has the temperature in it; leave it out"
            )
        return _one(fraction(value, "performance_ratio", high=1.0), "performance_ratio")
    temperature = 1.0
    if temp_cell is not None:
        cell_c = _one(magnitude(temp_cell, "degC", "temp_cell"), "temp_cell")
        temperature = 1.0 + plant.gamma_pdc * (cell_c - _T_STC_C)
    made = (1.0 - plant.total_losses) * plant.inverter_efficiency * temperature
    return _one(fraction(made, "performance_ratio", high=1.0), "performance_ratio")


def _one(value: Floats, name: str) -> float:
    if np.ndim(value):
        raise ShapeError(f"{name}: an array of shape {np.shape(value)}, wanted one number")
    return float(value)
