"""What a printed quantity amounts to: its reading, its interval, its comparator, its rounding."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from wafer_calc.claims.records import Comparator, TextQuantity

HOURS_PER = {"year": 8760.0, "month": 730.0, "day": 24.0, "hour": 1.0}
TOLERANCE: dict[str, float] = {"=": 0.05, "~": 0.10, ">=": 0.05, "<=": 0.05, "range": 0.05}
COUNTED = frozenset({"count", "panel"})
CHANGES = {"growth": 1.0, "decline": -1.0}
"""Roles of a share by which a figure is more, or less, than another."""

_PER_YEAR = {"day": 365.0, "week": 365.0 / 7.0, "month": 12.0, "half-year": 2.0}
_MOST_ROUNDING = 0.25  # "a million" is no half million


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """The number that a statement uses for one or several printed quantities.

    Attributes
    ----------
    low, mid, high : float
        In `unit`; equal unless a range is printed.
    unit : str
        Base unit of the quantity, of its intended reading where the text misprints it.
    cmp : str
        The quantity's comparator.
    rounding : float
        Relative half-width that printing may have rounded away.
    """

    low: float
    mid: float
    high: float
    unit: str
    cmp: Comparator
    rounding: float

    def times(self, factor: float) -> "Figure":
        """Give the figure scaled by a positive factor."""
        return Figure(
            low=self.low * factor,
            mid=self.mid * factor,
            high=self.high * factor,
            unit=self.unit,
            cmp=self.cmp,
            rounding=self.rounding,
        )


def ends(value: float | tuple[float, float]) -> tuple[float, float]:
    """Give both ends of a value, whether a number or a range."""
    if isinstance(value, tuple):
        return value
    return value, value


def unit_of(quantity: TextQuantity) -> str:
    """Give the unit that a quantity was meant in."""
    return quantity.intended.unit if quantity.intended else quantity.unit


def taken(quantity: TextQuantity) -> float | tuple[float, float]:
    """Give the value that statements are made with.

    A figure in a unit of the wrong kind (a power for an energy) can only be used as it was meant;
    one whose size alone is wrong is taken as written, and what was meant is its repair.
    """
    if quantity.intended is not None and quantity.intended.unit != quantity.unit:
        return quantity.intended.value
    return quantity.value


def figure(quantity: TextQuantity) -> Figure:
    """Give the interval of values that a quantity stands for.

    Parameters
    ----------
    quantity : TextQuantity
        One printed quantity, `taken` as its unit allows.

    Returns
    -------
    Figure
        In the quantity's own period; see `per_year`.
    """
    low, high = ends(taken(quantity))
    mid = (low + high) / 2
    written = max(abs(bound) for bound in ends(quantity.value))
    rounding = quantity.resolution / written if written > 0 and not _is_counted(quantity) else 0.0
    return Figure(
        low=low,
        mid=mid,
        high=high,
        unit=unit_of(quantity),
        cmp=quantity.cmp,
        rounding=min(rounding, _MOST_ROUNDING),
    )


def _is_counted(quantity: TextQuantity) -> bool:
    """Whether someone counted just so many, as of two reactors none is half a one."""
    return quantity.unit in COUNTED and quantity.resolution <= _HALF_A_PIECE


_HALF_A_PIECE = 0.5


def per_year(quantity: TextQuantity) -> float | None:
    """Give the factor that makes a quantity yearly; None where its period is a total."""
    if quantity.per == "total":
        return None
    return _PER_YEAR.get(quantity.per, 1.0)


def years_of(quantity: TextQuantity, others: Sequence[TextQuantity]) -> float | None:
    """Give the years that a total covers; None where the text does not tell.

    Parameters
    ----------
    quantity : TextQuantity
        Only a total covers more or less than its own period.
    others : sequence of TextQuantity
        The text's quantities, among which the nearest stretch of time is looked for.

    Returns
    -------
    float or None
        1.0 where the quantity is of a year, a day or a half-year.
    """
    if quantity.per != "total":
        return 1.0
    spans = [
        q
        for q in others
        if q.kind == "time"
        and q.project == quantity.project
        and q.unit in HOURS_PER
        and q.unit != "hour"  # hours of running are no span of time
        and q.role != _SUPPLIED
        and (q.unit == "year" or q.sentence == quantity.sentence)
        and abs(q.id - quantity.id) <= (_IN_SENTENCE if q.sentence == quantity.sentence else _NEAR)
    ]
    if not spans:
        return None
    nearest = min(spans, key=lambda q: (abs(q.id - quantity.id), q.id))
    low, high = ends(nearest.value)
    years = (low + high) / 2 * HOURS_PER[nearest.unit] / HOURS_PER["year"]
    return years if years > 0 else None


_SUPPLIED = "time supplied"
_NEAR = 2  # figures between a total and the time it covers
_IN_SENTENCE = 4


def usable(quantity: TextQuantity) -> bool:
    """Whether a quantity can stand in a ratio: positive and finite."""
    low, high = ends(taken(quantity))
    return 0 < low <= high < math.inf


def quotient(numerator: Figure, denominator: Figure, scale: float) -> Figure:
    """Divide two figures; a range keeps its ends, and comparators keep their direction.

    Parameters
    ----------
    numerator, denominator : Figure
        What is divided by what.
    scale : float
        From base units to the relation's unit.

    Returns
    -------
    Figure
        `mid` is the quotient of the mids; ``>=`` over ``<=`` stays ``>=``, ``>=`` over ``>=`` is
        no direction at all and becomes ``~``.
    """
    return Figure(
        low=numerator.low / denominator.high * scale,
        mid=numerator.mid / denominator.mid * scale,
        high=numerator.high / denominator.low * scale,
        unit="",
        cmp=_over(numerator.cmp, denominator.cmp),
        rounding=numerator.rounding + denominator.rounding,
    )


def total(figures: Iterable[Figure]) -> Figure:
    """Add figures of one unit; the loosest comparator holds for the sum."""
    parts = list(figures)
    return Figure(
        low=sum(part.low for part in parts),
        mid=sum(part.mid for part in parts),
        high=sum(part.high for part in parts),
        unit=parts[0].unit,
        cmp=_loosest([part.cmp for part in parts]),
        rounding=max(part.rounding for part in parts),
    )


def total_of(quantities: Iterable[TextQuantity]) -> Figure:
    """Add quantities of one unit, as `total` adds figures."""
    return total(figure(q) for q in quantities)


def amount(quantities: Sequence[TextQuantity]) -> Figure:
    """Give what stands on one side of a ratio.

    Parameters
    ----------
    quantities : sequence of TextQuantity
        Figures of one unit, which are added; or one machine's size and the machines' count.

    Returns
    -------
    Figure
        Their sum or product.
    """
    if len(quantities) == 2 and quantities[0].part == "unit" and quantities[1].unit in COUNTED:
        return product(figure(quantities[0]), figure(quantities[1]))
    return total_of(quantities)


def product(one: Figure, other: Figure) -> Figure:
    """Multiply two figures; the loosest comparator holds for the product."""
    return Figure(
        low=one.low * other.low,
        mid=one.mid * other.mid,
        high=one.high * other.high,
        unit=other.unit,
        cmp=_loosest([one.cmp, other.cmp]),
        rounding=one.rounding + other.rounding,
    )


def _over(numerator: Comparator, denominator: Comparator) -> Comparator:
    turned: Comparator = {">=": "<=", "<=": ">="}.get(denominator, denominator)  # type: ignore[assignment]  # a dict's values widen to str
    sides = {cmp for cmp in (numerator, turned) if cmp in (">=", "<=")}
    if len(sides) == 2:
        return "~"
    if sides:
        return sides.pop()
    return _loosest([numerator, turned])


def _loosest(comparators: list[Comparator]) -> Comparator:
    sides = {cmp for cmp in comparators if cmp in (">=", "<=")}
    if len(sides) == 2:
        return "~"
    if sides:
        return sides.pop()
    return "range" if "range" in comparators else "~" if "~" in comparators else "="
