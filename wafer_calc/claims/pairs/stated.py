"""Figures that are held alone against a bound or the facts: hours, efficiencies, prices, misprints."""

import re
from collections.abc import Iterator, Sequence

from wafer_calc import facts
from wafer_calc.claims.currency import CURRENCIES
from wafer_calc.claims.pairs.pairing import Pair, in_money
from wafer_calc.claims.records import TextQuantity
from wafer_calc.claims.relations import relations
from wafer_calc.claims.values import HOURS_PER, Figure, ends, figure, unit_of, usable


def stated_pairs(own: Sequence[TextQuantity], text: str) -> Iterator[Pair]:
    """Form a pair over nothing for each figure that is itself a ratio.

    Parameters
    ----------
    own : sequence of TextQuantity
        Of one project, those of them that can stand in a ratio.
    text : str
        The text.

    Yields
    ------
    Pair
        Hours and capacity factors, efficiencies beyond the limit, prices.
    """
    yield from _stated_hours(own)
    yield from _efficiencies(own, text)
    yield from _stated_prices(own)


def _efficiencies(own: Sequence[TextQuantity], text: str) -> Iterator[Pair]:
    """Find a printed efficiency of silicon cells that no cell of one junction can have."""
    for q in own:
        if q.role != "efficiency" or unit_of(q) != "dimensionless":
            continue
        said = text[max(0, q.start - _OF_CELLS) : q.end + _OF_CELLS]
        cells = _CELLS.search(said) and not _OTHER_CELLS.search(said)
        if cells and figure(q).low > facts.find("silicon.efficiency_limit").best.value:
            relation = relations()["cell_efficiency"]
            yield Pair(relation=relation, numerator=(q,), denominator=(), figure=figure(q))


_OF_CELLS = 120  # characters around an efficiency in which its cells are told
_CELLS = re.compile(
    r"cells?\b|modules?\b|silicon|topcon|heterojunction|电池|硅|组件|異質結|异质结|電池|矽",
    re.IGNORECASE,
)
_OTHER_CELLS = re.compile(
    r"tandem|junctions|multi-?junction|perovskite|gallium|arsenide|iii-v|concentrat|thermal|turbine|inverter|fuel|storage|round-trip"
    r"|叠层|疊層|钙钛矿|鈣鈦礦|多结|多結|砷化镓|聚光|光热|热效率|逆变|储能|燃料",
    re.IGNORECASE,
)


def _stated_hours(own: Sequence[TextQuantity]) -> Iterator[Pair]:
    """Find a printed capacity factor, or printed full-load hours of a year."""
    for q in own:
        factor = q.role == "capacity factor" and unit_of(q) == "dimensionless"
        hours = q.role == "full-load hours" and unit_of(q) == "hour" and q.per != "half-year"
        if factor or hours:
            yield Pair(
                relation=relations()["stated_hours"],
                numerator=(q,),
                denominator=(),
                figure=figure(q).times(HOURS_PER["year"] if factor else 1.0),
            )


def _stated_prices(own: Sequence[TextQuantity]) -> Iterator[Pair]:
    """Find a printed price of a factory's watt, or of a kWh."""
    made = any(q.kind == "capacity" and q.per == "year" for q in own)
    for q in own:
        money, _, per = unit_of(q).partition("/")
        name = {"W": "stated_price" if made else "", "kWh": "stated_tariff"}.get(per, "")
        if money in CURRENCIES and name:
            yield Pair(
                relation=in_money(relations()[name], money),
                numerator=(q,),
                denominator=(),
                figure=figure(q),
            )


def misprints(quantities: Sequence[TextQuantity]) -> Iterator[Pair]:
    """Form a pair for each energy that is printed as a power, to be held against whole fleets.

    Parameters
    ----------
    quantities : sequence of TextQuantity
        Of one project.

    Yields
    ------
    Pair
        The power as written, in W, over nothing.
    """
    for q in quantities:
        if q.intended is None or q.unit != "W" or q.intended.unit != "kWh" or not usable(q):
            continue
        low, high = ends(q.value)
        written = Figure(
            low=low, mid=(low + high) / 2, high=high, unit="W", cmp=q.cmp, rounding=0.0
        )
        yield Pair(
            relation=relations()["power_as_written"],
            numerator=(q,),
            denominator=(),
            figure=written,
        )
