"""The assumptions that a claim is held against when the caller names none."""

from collections.abc import Callable
from typing import Any

from wafer_calc import facts
from wafer_calc.assumptions.modelled import region, site
from wafer_calc.assumptions.tabulated import fleet, guaranteed_hours, plant_record
from wafer_calc.energy.records import Assumption
from wafer_calc.errors import AssumptionError, UnknownNameError
from wafer_calc.tables import read_table

_PUBLISHED: dict[str, Callable[..., Assumption]] = {
    "fleet": fleet,
    "guaranteed_hours": guaranteed_hours,
    "plant_record": plant_record,
}
_MODELLED: dict[str, Callable[..., Assumption]] = {"region": region, "site": site}


def default_set(on: str | None = None) -> tuple[Assumption, ...]:
    """Give the default assumptions, from Germany's fleet to desert plants, lowest yield first.

    Parameters
    ----------
    on : str, optional
        ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``: only what had been published by then, each the
        latest year known; what was unknown is left out. Modelled yields of a climate have no date.

    Returns
    -------
    tuple of Assumption

    Raises
    ------
    ReadError
        A date that is none.

    Examples
    --------
    >>> for a in default_set(on="2022-07")[:2]:
    ...     print(f"{a.name}: {a.specific_yield:.0f} kWh/kW")
    Germany, all PV, 2021: 868 kWh/kW
    Japan, all PV, 2021: 1120 kWh/kW
    """
    facts.find("year.hours", on=on)  # refuses a date that is none
    made = []
    for row in read_table("wafer_calc.assumptions", "defaults")["row"]:
        arguments: dict[str, Any] = dict(row)
        make = arguments.pop("make")
        if make in _MODELLED:  # the climate of a place is older than any claim
            made.append(_MODELLED[make](**arguments))
            continue
        try:
            made.append(_PUBLISHED[make](**arguments, on=on))
        except (UnknownNameError, AssumptionError):
            continue  # its hours, or the ratio that converts them, were not yet published
    return tuple(sorted(made, key=lambda assumption: assumption.specific_yield))
