"""Quantities that a caller gives instead of a text, as if a text had printed them."""

from collections.abc import Iterable, Mapping, Sequence

import pint

from wafer_calc.claims.records import Kind, Period, TextQuantity
from wafer_calc.errors import RangeError, UnitError
from wafer_calc.units import Quantity, magnitude

_SORTS: tuple[tuple[str, str, Kind, Period], ...] = (
    ("W", "W", "capacity", "none"),
    ("kWh", "kWh", "generation", "year"),
    ("wafer", "piece", "wafer_count", "year"),
    ("household", "household", "homes", "none"),
    ("person", "person", "other", "none"),
    ("CNY", "CNY", "money", "year"),
    ("kg", "kg", "mass_co2", "year"),
    ("m**2", "m**2", "area", "none"),
    ("dimensionless", "dimensionless", "energy_ratio", "none"),
)
_NAMED: dict[str, Kind] = {
    "coal": "mass_coal",
    "investment": "investment",
    "co2": "mass_co2",
}


def quantities_of(
    given: Sequence[TextQuantity | Quantity] | Mapping[str, Quantity] | object,
) -> tuple[TextQuantity, ...]:
    """Give quantities as one project's, numbered in order.

    Parameters
    ----------
    given : sequence of TextQuantity or Quantity, or mapping of Quantity
        A bare quantity's kind follows from its dimension (mass is CO2, money is yearly output,
        a pure number a ratio to a yardstick); a mapping's name can say more: a name with ``coal``
        or ``investment`` in it makes it that, one with ``three_gorges`` names the yardstick.

    Returns
    -------
    tuple of TextQuantity
        Those that are `TextQuantity` already are kept, renumbered only where two share an id.

    Raises
    ------
    UnitError
        Something that is no quantity, or of a dimension that no claim is made of.
    RangeError
        Not positive.

    Examples
    --------
    >>> from wafer_calc.units import Q_
    >>> print(quantities_of({"output": Q_(60, "TWh")})[0].kind)
    generation
    """
    if not isinstance(given, Iterable) or isinstance(given, bytes):
        raise UnitError(
            f"text_or_quantities: {type(given).__name__} is no text; wanted a str, or a sequence or "
            "mapping of quantities"
        )
    rows = list(given.items()) if isinstance(given, Mapping) else [("", one) for one in given]
    made: list[TextQuantity] = []
    at = 0
    for n, (name, one) in enumerate(rows):
        if isinstance(one, TextQuantity):
            made.append(one)
            continue
        if not isinstance(one, pint.Quantity):
            raise UnitError(
                f"text_or_quantities: item {n} is {one!r}; wanted a text, TextQuantity or Quantity"
            )
        quantity = _made(n, name, one, at)
        made.append(quantity)
        at = quantity.end + 1
    return tuple(made)


def text_of(quantities: Sequence[TextQuantity]) -> str:
    """Give a text that has the quantities where they say they stand."""
    text = ""
    for quantity in sorted(quantities, key=lambda q: q.start):
        text = text.ljust(quantity.start)[: quantity.start] + quantity.text
    return text


def _made(n: int, name: str, one: Quantity, at: int) -> TextQuantity:
    for unit, base, kind, per in _SORTS:
        if not one.is_compatible_with(unit):
            continue
        value = magnitude(one, unit, name or f"item {n}")
        if not isinstance(value, float) or value <= 0:
            raise RangeError(
                f"text_or_quantities: item {n} is {one:~P}; wanted one positive figure"
            )
        text = f"{one:~P}"
        said = name.casefold()
        kind = next((k for word, k in _NAMED.items() if word in said), kind)
        return TextQuantity(
            id=n,
            start=at,
            end=at + len(text),
            text=text,
            value=value,
            unit=base,
            number=float(one.magnitude),
            resolution=0.0,
            kind=kind,
            cmp="=",
            per="total" if kind == "investment" else per,
            entity="",
            role=name or None,
            yardstick=name if kind == "energy_ratio" and name else None,
        )
    raise UnitError(
        f"text_or_quantities: item {n} is {one:~P}; wanted power, energy, wafers, households, "
        "persons, CNY, mass, area or a ratio"
    )
