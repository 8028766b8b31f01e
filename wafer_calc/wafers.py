"""Wafer formats, watts per wafer, and wafers into capacity and back."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wafer_calc import facts
from wafer_calc.errors import RangeError, UnknownNameError, unknown_name
from wafer_calc.facts.records import Source
from wafer_calc.kernels import wafer as kernel
from wafer_calc.units import Q_, Floats, Quantity, check_shapes, fraction, magnitude

__all__ = [
    "ImpliedEfficiency",
    "WaferFormat",
    "capacity_from_wafers",
    "find_format",
    "formats",
    "implied_efficiency",
    "power_per_wafer",
    "wafers_from_capacity",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class WaferFormat:
    """The outline of a wafer: a square or rectangle whose corners a circle may cut.

    Attributes
    ----------
    name : str
        As the trade calls it.
    side : Quantity [length]
        The side of a square, the shorter side of a rectangle.
    long_side : Quantity [length] or None
        The longer side of a rectangle; None for a square.
    diameter : Quantity [length] or None
        Of the circle that cuts the corners (the ingot's); None for sharp corners.
    published_area : Quantity [area] or None
        As a source prints it, beside `area`, which is computed from the outline.
    sources : tuple of Source
        Where the lengths stand.

    Examples
    --------
    >>> own = WaferFormat(name="test piece", side=Q_(2, "cm"))
    >>> print(f"{own.area.to('cm^2'):.1f~P}")
    4.0 cm²
    """

    name: str
    side: Quantity
    long_side: Quantity | None = None
    diameter: Quantity | None = None
    published_area: Quantity | None = None
    sources: tuple[Source, ...] = ()

    def __post_init__(self) -> None:
        side_m = magnitude(self.side, "m", "side", low=0, low_open=True)
        if self.long_side is not None:
            long_m = magnitude(self.long_side, "m", "long_side", low=0, low_open=True)
            if np.any(np.less(long_m, side_m)):
                raise RangeError(
                    f"long_side: {self.long_side:~P} is shorter than side {self.side:~P}"
                )
        if self.diameter is not None:
            magnitude(self.diameter, "m", "diameter", low=0, low_open=True)
        if self.published_area is not None:
            magnitude(self.published_area, "m^2", "published_area", low=0, low_open=True)

    @property
    def area_m2(self) -> Floats:
        """Area from the outline [m²]."""
        width_m = self.side.m_as("m")
        length_m = width_m if self.long_side is None else self.long_side.m_as("m")
        diameter_m = np.inf if self.diameter is None else self.diameter.m_as("m")
        return kernel.wafer_area_m2(width_m, length_m, diameter_m)

    @property
    def area(self) -> Quantity:
        """Area from the outline, a quantity in cm²."""
        return Q_(self.area_m2, "m^2").to("cm^2")

    def to_dict(self) -> dict[str, Any]:
        """Give the record as plain values, units in the names."""
        return {
            "name": self.name,
            "side_mm": _number(self.side, "mm"),
            "long_side_mm": _number(self.long_side, "mm"),
            "diameter_mm": _number(self.diameter, "mm"),
            "area_cm2": _number(self.area, "cm^2"),
            "published_area_cm2": _number(self.published_area, "cm^2"),
            "sources": [source.to_dict() for source in self.sources],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class ImpliedEfficiency:
    """The cell efficiency that a capacity and a number of wafers imply, beside silicon's limit.

    Attributes
    ----------
    value : Quantity [%]
        The efficiency needed.
    possible : bool or ndarray of bool
        Whether a single-junction silicon cell can have it.
    limit : Quantity [%]
        What such a cell can reach at most.
    source : Source
        Where the limit stands.
    """

    value: Quantity
    possible: bool | NDArray[np.bool_]
    limit: Quantity
    source: Source

    def to_dict(self) -> dict[str, Any]:
        """Give the record as plain values, units in the names, lists for arrays."""
        return {
            "value_percent": _number(self.value, "%"),
            "possible": np.asarray(self.possible).tolist(),
            "limit_percent": _number(self.limit, "%"),
            "source": self.source.to_dict(),
        }


def formats() -> tuple[WaferFormat, ...]:
    """Give every wafer format of the facts, smallest first.

    Returns
    -------
    tuple of WaferFormat

    Examples
    --------
    >>> print("G12" in {fmt.name for fmt in formats()})
    True
    """
    return tuple(sorted(_formats().values(), key=lambda fmt: fmt.area_m2))


def find_format(name: str | WaferFormat) -> WaferFormat:
    """Find a wafer format by the trade's name or by its millimetres.

    Parameters
    ----------
    name : str or WaferFormat
        ``"G12"``, ``"g12"``, ``"210"``, ``"210 mm"``, ``"210R"``, ``"182x210"``, ``"182毫米"`` …; a
        record comes back as it is.

    Returns
    -------
    WaferFormat

    Raises
    ------
    UnknownNameError
        No such format; the message lists the nearest names.

    Examples
    --------
    >>> print(f"{find_format('182mm').name}: {find_format('182mm').area:.2f~P}")
    M10: 330.15 cm²
    """
    if isinstance(name, WaferFormat):
        return name
    known = _formats()
    if not isinstance(name, str):
        raise UnknownNameError(
            f"wafer_format: {name!r} is a {type(name).__name__}, wanted a name such as 'G12' or "
            "'210 mm', or a WaferFormat"
        )
    asked = re.sub(r"毫米|mm|[\s_]", "", name.casefold())
    by_name = {known_name.casefold(): fmt for known_name, fmt in known.items()}
    fmt = by_name.get(asked) or by_name.get(_aliases().get(asked, "").casefold())
    if fmt is None:
        raise unknown_name("wafer_format", name, known)
    return fmt


def power_per_wafer(
    wafer_format: str | WaferFormat,
    *,
    cell_efficiency: Quantity | Floats,
    cell_to_module: Quantity | Floats = 1.0,
) -> Quantity:
    """Compute the module power that one wafer ends up as, at standard test conditions.

    Parameters
    ----------
    wafer_format : str or WaferFormat
        A name such as ``"G12"``, or a format of your own.
    cell_efficiency, cell_to_module : float or Quantity [dimensionless], scalar or array
        Fractions in (0, 1.1]; ``Q_(22.7, "%")`` and ``0.227`` mean the same. A cell-to-module ratio
        of 1 leaves the power of the cells as it is.

    Returns
    -------
    Quantity [W/wafer], shape of the inputs

    Raises
    ------
    UnknownNameError
        No such format; the message lists the nearest names.
    RangeError
        A fraction outside (0, 1.1], or not finite.
    ShapeError
        Arrays that do not go together.

    Notes
    -----
    ``P = A · 1000 W/m² · η · CTM``. Standard test conditions: IEC 60904-3.

    Examples
    --------
    >>> print(f"{power_per_wafer('G12', cell_efficiency=0.227):.2f~P}")
    10.01 W/wafer
    """
    area_m2 = find_format(wafer_format).area_m2
    efficiency = fraction(cell_efficiency, "cell_efficiency")
    ctm = fraction(cell_to_module, "cell_to_module")
    check_shapes(area=area_m2, cell_efficiency=efficiency, cell_to_module=ctm)
    return Q_(kernel.wafer_power_w(area_m2, efficiency, ctm), "W/wafer")


def capacity_from_wafers(
    n_wafers: Quantity,
    wafer_format: str | WaferFormat,
    *,
    cell_efficiency: Quantity | Floats,
    cell_to_module: Quantity | Floats = 1.0,
    wafer_yield: Quantity | Floats = 1.0,
    cell_yield: Quantity | Floats = 1.0,
    module_yield: Quantity | Floats = 1.0,
) -> Quantity:
    """Compute the module capacity that a number of wafers becomes.

    Parameters
    ----------
    n_wafers : Quantity [wafer], scalar or array
        Wafers sliced; zero or more.
    wafer_format : str or WaferFormat
        A name such as ``"G12"``, or a format of your own.
    cell_efficiency, cell_to_module : float or Quantity [dimensionless], scalar or array
        As in `power_per_wafer`.
    wafer_yield, cell_yield, module_yield : float or Quantity [dimensionless], scalar or array
        Shares in (0, 1] of wafers, cells and modules that pass; 1 counts every wafer, as the
        capacity on a factory's sign does.

    Returns
    -------
    Quantity [GW DC], shape of the inputs

    Raises
    ------
    UnitError
        Wafers without the unit ``wafer``.
    RangeError
        A negative number of wafers, or a fraction outside its range.
    UnknownNameError
        No such format.
    ShapeError
        Arrays that do not go together.

    Notes
    -----
    ``capacity_dc = n · y_wafer · y_cell · y_module · P`` with `power_per_wafer` P.

    Examples
    --------
    >>> print(f"{capacity_from_wafers(Q_(4e9, 'wafer'), 'G12', cell_efficiency=0.227):.2f~P}")
    40.04 GW
    """
    n = magnitude(n_wafers, "wafer", "n_wafers", low=0)
    power_w, chain = _chain(
        wafer_format, cell_efficiency, cell_to_module, wafer_yield, cell_yield, module_yield
    )
    check_shapes(n_wafers=n, power_per_wafer=power_w, yields=chain)
    return Q_(kernel.capacity_w(n, power_w, chain), "W").to("GW")


def wafers_from_capacity(
    capacity_dc: Quantity,
    wafer_format: str | WaferFormat,
    *,
    cell_efficiency: Quantity | Floats,
    cell_to_module: Quantity | Floats = 1.0,
    wafer_yield: Quantity | Floats = 1.0,
    cell_yield: Quantity | Floats = 1.0,
    module_yield: Quantity | Floats = 1.0,
) -> Quantity:
    """Compute the wafers that a module capacity takes.

    Parameters
    ----------
    capacity_dc : Quantity [power], scalar or array
        Capacity of the modules on the DC side; zero or more.
    wafer_format, cell_efficiency, cell_to_module, wafer_yield, cell_yield, module_yield
        As in `capacity_from_wafers`.

    Returns
    -------
    Quantity [wafer], shape of the inputs

    Raises
    ------
    UnitError
        A capacity without a unit of power.
    RangeError
        A negative capacity, or a fraction outside its range.
    UnknownNameError
        No such format.
    ShapeError
        Arrays that do not go together.

    Notes
    -----
    The inverse of `capacity_from_wafers`.

    Examples
    --------
    >>> wafers = wafers_from_capacity(Q_(40, "GW"), "M10", cell_efficiency=0.23)
    >>> print(f"{wafers.m_as('wafer') / 1e9:.2f} billion wafers")
    5.27 billion wafers
    """
    capacity_w = magnitude(capacity_dc, "W", "capacity_dc", low=0)
    power_w, chain = _chain(
        wafer_format, cell_efficiency, cell_to_module, wafer_yield, cell_yield, module_yield
    )
    check_shapes(capacity_dc=capacity_w, power_per_wafer=power_w, yields=chain)
    return Q_(kernel.wafers_for(capacity_w, power_w, chain), "wafer")


def implied_efficiency(
    capacity_dc: Quantity,
    n_wafers: Quantity,
    wafer_format: str | WaferFormat,
    *,
    cell_to_module: Quantity | Floats = 1.0,
    wafer_yield: Quantity | Floats = 1.0,
    cell_yield: Quantity | Floats = 1.0,
    module_yield: Quantity | Floats = 1.0,
) -> ImpliedEfficiency:
    """Compute the cell efficiency that a capacity out of a number of wafers implies.

    Parameters
    ----------
    capacity_dc : Quantity [power], scalar or array
        Capacity of the modules on the DC side; zero or more.
    n_wafers : Quantity [wafer], scalar or array
        Wafers sliced; more than zero.
    wafer_format, cell_to_module, wafer_yield, cell_yield, module_yield
        As in `capacity_from_wafers`.

    Returns
    -------
    ImpliedEfficiency
        `value` in percent, and whether single-junction silicon can have it.

    Raises
    ------
    UnitError
        A capacity or a number of wafers without its unit.
    RangeError
        A negative capacity, no wafers, or a fraction outside its range.
    UnknownNameError
        No such format.
    ShapeError
        Arrays that do not go together.

    Notes
    -----
    ``η = capacity_dc / (n · y_wafer · y_cell · y_module · A · 1000 W/m² · CTM)``; the bound is the
    fact ``silicon.efficiency_limit``.

    Examples
    --------
    >>> implied = implied_efficiency(Q_(40, "GW"), Q_(4e9, "wafer"), "M10")
    >>> print(f"{implied.value:.1f~P}, possible: {implied.possible}")
    30.3 %, possible: False
    """
    capacity_w = magnitude(capacity_dc, "W", "capacity_dc", low=0)
    n = magnitude(n_wafers, "wafer", "n_wafers", low=0, low_open=True)
    area_m2 = find_format(wafer_format).area_m2
    ctm = fraction(cell_to_module, "cell_to_module")
    chain = _yields(wafer_yield, cell_yield, module_yield)
    check_shapes(capacity_dc=capacity_w, n_wafers=n, cell_to_module=ctm, yields=chain)
    value = kernel.efficiency_needed(capacity_w, n, area_m2, ctm, chain)
    limit = facts.find("silicon.efficiency_limit").best
    limit_quantity = Q_(limit.value, limit.unit).to("%")
    possible = np.less_equal(value, limit_quantity.m_as(""))
    return ImpliedEfficiency(
        value=Q_(value, "").to("%"),
        possible=possible if np.ndim(possible) else bool(possible),
        limit=limit_quantity,
        source=limit.source,
    )


def _chain(
    wafer_format: str | WaferFormat,
    cell_efficiency: Quantity | Floats,
    cell_to_module: Quantity | Floats,
    *yields: Quantity | Floats,
) -> tuple[Floats, Floats]:
    power = power_per_wafer(
        wafer_format, cell_efficiency=cell_efficiency, cell_to_module=cell_to_module
    )
    return power.m_as("W/wafer"), _yields(*yields)


def _yields(
    wafer_yield: Quantity | Floats, cell_yield: Quantity | Floats, module_yield: Quantity | Floats
) -> Floats:
    wafer = fraction(wafer_yield, "wafer_yield", high=1.0)
    cell = fraction(cell_yield, "cell_yield", high=1.0)
    module = fraction(module_yield, "module_yield", high=1.0)
    check_shapes(wafer_yield=wafer, cell_yield=cell, module_yield=module)
    return kernel.chain_yield(wafer, cell, module)


def _number(value: Quantity | None, unit: str) -> Any:
    return None if value is None else np.asarray(value.m_as(unit), dtype=float).tolist()


@cache
def _formats() -> dict[str, WaferFormat]:
    outline: dict[str, dict[str, facts.Fact]] = {}
    for column in ("side", "long_side", "diameter", "area"):
        for fact in facts.find(f"wafer.{column}"):
            outline.setdefault(fact.tags["format"], {}).setdefault(column, fact)
    return {name: _format(name, found) for name, found in outline.items() if "side" in found}


def _format(name: str, found: dict[str, facts.Fact]) -> WaferFormat:
    lengths = {column: Q_(fact.value, fact.unit) for column, fact in found.items()}
    return WaferFormat(
        name=name,
        side=lengths["side"],
        long_side=lengths.get("long_side"),
        diameter=lengths.get("diameter"),
        published_area=lengths.get("area"),
        sources=facts.sources(found.values()),
    )


@cache
def _aliases() -> dict[str, str]:
    """Millimetres as names: ``210`` for a square, ``182x210`` and ``210r`` for a rectangle."""
    aliases: dict[str, str] = {}
    known = _formats()
    # of two squares with one side the well-documented one has the name, then the earlier one
    for fact in sorted(
        facts.find("wafer.side"), key=lambda f: (f.confidence != "high", f.published)
    ):
        fmt = known[fact.tags["format"]]
        side = f"{fmt.side.m_as('mm'):g}"
        names = [side]
        if fmt.long_side is not None:
            long_side = f"{fmt.long_side.m_as('mm'):g}"
            names = [f"{long_side}r"]
            names += [
                f"{a}{x}{b}" for x in "x×*" for a, b in ((side, long_side), (long_side, side))
            ]
        for alias in names:
            aliases.setdefault(alias, fmt.name)
    return aliases
