"""A capacity and an irradiance assumption into the energy of a year."""

import numpy as np

from wafer_calc.energy.records import Assumption, EnergyYield
from wafer_calc.errors import AssumptionError
from wafer_calc.units import Q_, Floats, Quantity, check_shapes, fraction, magnitude


def annual_energy(
    capacity_dc: Quantity,
    assumption: Assumption,
    *,
    curtailment: Quantity | Floats = 0.0,
    plant: object = None,
) -> EnergyYield:
    """Compute the energy that a capacity makes in a year under an irradiance assumption.

    Parameters
    ----------
    capacity_dc : Quantity [power], scalar or array
        Capacity of the modules on the DC side; zero or more.
    assumption : Assumption
        What one kW DC makes in a year; see `wafer_calc.assumptions`.
    curtailment : float or Quantity [dimensionless], scalar or array
        Share in [0, 1] of the energy that the grid refuses, on top of what the assumption holds
        already: reported hours have lost theirs, modelled ones nothing yet.
    plant : None
        Refused: a plant belongs into the assumption.

    Returns
    -------
    EnergyYield
        `energy_ac`, `low` and `high` in TWh, in the shape of the inputs.

    Raises
    ------
    UnitError
        A capacity without a unit of power.
    RangeError
        A negative capacity, or a curtailment outside [0, 1].
    ShapeError
        Arrays that do not go together.
    AssumptionError
        Something else than an assumption, or a plant beside it.

    Notes
    -----
    ``energy_ac = capacity_dc · specific_yield · (1 − curtailment)``.

    Examples
    --------
    >>> from wafer_calc.assumptions import full_load_hours
    >>> assumed = full_load_hours(Q_(1500, "hour"), basis="dc")
    >>> print(f"{annual_energy(Q_(40, 'GW'), assumed).energy_ac:.1f~P}")
    60.0 TWh
    """
    if not isinstance(assumption, Assumption):
        raise AssumptionError(
            f"assumption: {assumption!r} is a {type(assumption).__name__}, wanted an Assumption; "
            "make one with wafer_calc.assumptions, such as fleet('China', 2021)"
        )
    if plant is not None:
        refuse_plant(assumption.name, modelled=assumption.kind == "modelled")
    capacity_kw = magnitude(capacity_dc, "kW", "capacity_dc", low=0)
    share = fraction(curtailment, "curtailment", high=1.0, low_open=False)
    check_shapes(capacity_dc=capacity_kw, curtailment=share)
    delivered = np.subtract(1.0, share)
    taken_kw = capacity_kw * delivered

    monthly = None
    if assumption.monthly is not None:
        by_month = np.multiply.outer(taken_kw, np.asarray(assumption.monthly))
        monthly = Q_(by_month, "kWh").to("TWh")
    performance_ratio = assumption.performance_ratio
    return EnergyYield(
        capacity_dc=Q_(capacity_kw, "kW").to("GW"),
        energy_ac=_energy(taken_kw, assumption.specific_yield),
        specific_yield=Q_(assumption.specific_yield * delivered, "kWh/kW"),
        low=None if assumption.low is None else _energy(taken_kw, assumption.low),
        high=None if assumption.high is None else _energy(taken_kw, assumption.high),
        monthly=monthly,
        performance_ratio=None if performance_ratio is None else performance_ratio * delivered,
        assumption=assumption,
        sources=assumption.sources,
    )


def _energy(taken_kw: Floats, yield_kwh_per_kw: float) -> Quantity:
    return Q_(taken_kw * yield_kwh_per_kw, "kWh").to("TWh")


def refuse_plant(name: str, *, modelled: bool = False) -> None:
    """Raise the error for a plant beside an assumption that has its losses already.

    Parameters
    ----------
    name : str
        Name of the assumption.
    modelled : bool
        Whether the assumption came out of a model, so that its plant can be changed.

    Raises
    ------
    AssumptionError
        Always.
    """
    if modelled:
        mend = "give the plant to site, region, weather, clear_sky or insolation instead"
    else:
        mend = (
            "tabulated hours hold their plants' losses already; leave the plant out, "
            "or model it with site, weather or insolation"
        )
    raise AssumptionError(f"plant: {name!r} takes none; {mend}")
