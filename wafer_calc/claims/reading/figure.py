"""A number of a text with its unit, before anyone asks what it means."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from wafer_calc.numerals import Numeral
from wafer_calc.unit_words import UnitWord

__all__ = ["BATCH", "Printed", "changed", "drained", "in_batches", "scaled", "with_unit"]

BATCH = 256
"""So many figures go through one kind of work at a stretch: a processor is faster at like work."""

_OF_A_CLASS = ("级", "-class", "-scale", " class ", " scale ")
_LARGEST = 1e30  # beyond it a figure is noise
T = TypeVar("T")


@dataclass(slots=True)
class Printed:
    """A number with its unit.

    Attributes
    ----------
    start, end : int
        Offsets of number, multiplier and unit or noun.
    value : float or (float, float)
        In the base unit.
    number : float or (float, float)
        Before the unit's factor.
    resolution : float
        Half of one unit of the last printed digit, in the base unit.
    unit : UnitWord
        What the number counts.
    cmp : str or None
        A comparator that stands inside the number.
    part : bool
        A bare fraction or ratio word: half, double, 三分之一.
    size_class : bool
        百万千瓦级, gigawatt-scale.
    copy : bool
        The figure before, in another unit: "(US$151 million)".
    """

    start: int
    end: int
    value: float | tuple[float, float]
    number: float | tuple[float, float]
    resolution: float
    unit: UnitWord
    cmp: str | None = None
    part: bool = False
    size_class: bool = False
    copy: bool = False

    @property
    def most(self) -> float:
        """The value, or the upper end of a range."""
        return self.value if isinstance(self.value, float) else self.value[1]


def in_batches(items: Iterable[T]) -> Iterator[T]:
    """Give the same items, a batch of them made at a stretch."""
    source = iter(items)
    while batch := list(islice(source, BATCH)):
        yield from batch


def drained(items: list[T]) -> Iterator[T]:
    """Give the items of a list and let go of each, which the garbage collector then need not visit."""
    items.reverse()
    while items:
        yield items.pop()


def scaled(value: float | tuple[float, float], factor: float) -> float | tuple[float, float]:
    """Give so many times a number or both ends of a range."""
    return value * factor if isinstance(value, float) else (value[0] * factor, value[1] * factor)


def changed(
    one: Printed,
    *,
    start: int | None = None,
    value: float | tuple[float, float] | None = None,
    number: float | tuple[float, float] | None = None,
    copy: bool | None = None,
    cmp: str | None = None,
) -> Printed:
    """Give a printed figure with some of its fields changed."""
    return Printed(
        one.start if start is None else start,
        one.end,
        one.value if value is None else value,
        one.number if number is None else number,
        one.resolution,
        one.unit,
        cmp or one.cmp,
        one.part,
        one.size_class,
        one.copy if copy is None else copy,
    )


def with_unit(
    folded: str, numeral: Numeral, start: int, end: int, unit: UnitWord
) -> Printed | None:
    """Give a number as so much of a unit, or None where it is too large to be a figure.

    Parameters
    ----------
    folded : str
        The text through `numerals.fold`.
    numeral : Numeral
        The number.
    start, end : int
        Where the figure stands, its unit or noun included.
    unit : UnitWord
        What it counts.
    """
    value, factor = numeral.value, unit.factor
    size_class = folded.startswith(_OF_A_CLASS, end)
    if size_class and folded[end] == "级":
        end += 1
    if unit.base == "W" and numeral.script == "c" and folded[numeral.start] in "百千万亿":
        size_class = True  # 百万千瓦机组 is a class of machines, as 百万千瓦级 is
    if isinstance(value, float):
        in_base: float | tuple[float, float] = value * factor
        largest = value
    else:
        largest = value[1]
        in_base = (value[0] * factor, largest * factor)
    if largest > _LARGEST:
        return None
    resolution = numeral.step * factor / 2.0
    return Printed(
        start, end, in_base, value, resolution, unit, numeral.cmp, False, size_class, False
    )
