"""Quantities into pairs: which printed figures a relation divides by which."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from wafer_calc.claims.currency import CURRENCIES
from wafer_calc.claims.pairs import groups, partners
from wafer_calc.claims.records import PART_OF_YEAR, YEARS_USE, TextQuantity
from wafer_calc.claims.relations import Relation, Side, relations
from wafer_calc.claims.values import (
    HOURS_PER,
    Figure,
    amount,
    figure,
    per_year,
    quotient,
    usable,
    years_of,
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """One relation between printed quantities, before it is rated.

    Attributes
    ----------
    relation : Relation
        The row of the table.
    numerator, denominator : tuple of TextQuantity
        What is divided by what.
    figure : Figure
        The quotient in the relation's unit; for `derived` pairs the energy is still a capacity.
    derived : str or None
        The side whose energy is to be made of the capacity and sourced hours.
    factors : (float, float)
        What made the numerator's and the denominator's first figure yearly.
    complete : bool
        Whether the text says that the named parts are all there are.
    guessed_period : bool
        Whether the text leaves the energy's period open.
    """

    relation: Relation
    numerator: tuple[TextQuantity, ...]
    denominator: tuple[TextQuantity, ...]
    figure: Figure
    derived: str | None = None
    factors: tuple[float, float] = (1.0, 1.0)
    complete: bool = False
    guessed_period: bool = False

    @property
    def quantities(self) -> tuple[TextQuantity, ...]:
        """Every quantity of the pair, numerator first."""
        return self.numerator + self.denominator

    @property
    def project(self) -> int:
        """The project that the pair belongs to."""
        return self.quantities[0].project


def pairs(quantities: Sequence[TextQuantity]) -> Iterator[Pair]:
    """Form the pairs of every simple ratio in the table.

    Parameters
    ----------
    quantities : sequence of TextQuantity
        Of one project, in text order.

    Yields
    ------
    Pair
        By relation in the table's order, then in text order.
    """
    for relation in relations().values():
        if relation.numerator is not None and relation.denominator is not None:
            yield from _of_relation(relation, quantities)


def _of_relation(relation: Relation, quantities: Sequence[TextQuantity]) -> Iterator[Pair]:
    if any(q.kind in relation.without for q in quantities):
        return
    if relation.plants_only and any(q.kind == "wafer_count" or _of_factory(q) for q in quantities):
        return
    over = partners.candidates(quantities, partners.side_of(relation, "numerator"))
    under = partners.candidates(quantities, partners.side_of(relation, "denominator"))
    anchors, others = (over, under) if relation.anchor == "numerator" else (under, over)
    sized = any(q.kind == "capacity" and q.part == "unit" for q in quantities)
    if relation.single and (len(anchors) > 1 or sized):
        return
    if relation.yearly and any(q.per == "year" for q in anchors):
        anchors = [q for q in anchors if q.per != "none"]  # "34.2 kWh a turn" is no year's energy
    for anchor in anchors:
        if anchor.per in SPELLS and anchor.per != "hour" and anchor.kind in ("homes", "other"):
            held = [q for q in quantities if q.role == _HELD and q.unit == "kWh" and usable(q)]
            free = [*partners.free(anchor, others, anchors), *held]
        else:
            free = partners.free(anchor, others, anchors)
        if relation.beside:
            free = [q for q in free if q.sentence == anchor.sentence]
        found = groups.in_turn(anchor, anchors, free)
        found = found or _partner(relation, anchor, free, quantities)
        if relation.derive and found and _has_own_power(anchor, found[0], quantities):
            found = ()  # the phase's own power is told, and the energy is the whole's
        if found:
            printed = _first_print(found, free) if relation.yearly else found
            pair = _made(relation, anchor, printed, quantities)
        else:
            pair = None
        if pair is None and relation.derive and anchor.per not in SPELLS:
            pair = _derived(relation, anchor, quantities, anchors)
        if pair is not None:
            yield pair


def _has_own_power(
    anchor: TextQuantity, energy: TextQuantity, quantities: Sequence[TextQuantity]
) -> bool:
    return (anchor.part, energy.part) == ("phase", "whole") and any(
        q.kind == "capacity" and (q.part, q.phase) == ("phase", anchor.phase) for q in quantities
    )


def rivals(pair: Pair, quantities: Sequence[TextQuantity], *, close: bool) -> Iterator[Pair]:
    """Form the pairs that the text's words would allow just as well, or at all.

    Parameters
    ----------
    pair : Pair
        One of `pairs`.
    quantities : sequence of TextQuantity
        Of its project.
    close : bool
        Whether only partners count that nothing but their distance speaks against; otherwise
        every figure of the project that could stand there.

    Yields
    ------
    Pair
        With the same anchor and another partner, nearest first.
    """
    relation = pair.relation
    if relation.numerator is None or relation.denominator is None:
        return
    turned = relation.anchor == "denominator"
    mine, theirs = (
        (pair.denominator, pair.numerator) if turned else (pair.numerator, pair.denominator)
    )
    side = partners.side_of(relation, "numerator" if turned else "denominator")
    if pair.derived:
        side = _powers()
    if len(mine) != 1:
        return
    known = partners.candidates(quantities, side)
    if theirs[0] not in known:
        return
    if relation.derive and not pair.derived and _other_plants(mine[0], theirs[0], quantities):
        # "3 GW cut so many tons. One of its farms makes 45 GWh": the tons are of the 3 GW
        again = _derived(relation, mine[0], quantities, mine)
        if again is not None and again.denominator[0].sentence <= mine[0].sentence:
            yield again
    others: list[tuple[TextQuantity, ...]]
    others = [(q,) for q in partners.alike(mine[0], theirs[0], known, close=close)]
    if mine[0].part == theirs[0].part == "whole":
        others = [(q,) for (q,) in others if not (q.phase or "").isdigit()]  # a phase is told apart
    if not close and side.kinds == ("capacity",):
        others += groups.together(mine[0], known)
    if not close:  # 其中抽水蓄能30.5亿度，等同74万户用电: the part that is told right before
        last = [q for q in known if 0 < mine[0].id - q.id <= _NEAR_PART][-1:]
        others += [
            (q,)
            for q in last
            if q.sentence == mine[0].sentence and (q.phase or "").startswith(partners.PART_OF)
        ]
    for other in others:
        if other == theirs:
            continue
        if pair.derived:
            yield _of_power(relation, mine[0], other, 1.0 / pair.factors[0])
        elif (made := _made(relation, mine[0], other, quantities)) is not None:
            yield made


_NEAR_PART = 2  # figures on


def _other_plants(
    anchor: TextQuantity, energy: TextQuantity, quantities: Sequence[TextQuantity]
) -> bool:
    """Whether an energy is told later than what looks for it, or before a capacity nearer to it."""
    sizes = [q for q in quantities if q.kind == "capacity" and q.part == "whole" and usable(q)]
    own = any(q.id < energy.id for q in sizes)  # the energy's, told before it
    between = any(energy.id < q.id < anchor.id and (own or not _makes(q, energy)) for q in sizes)
    return between or energy.sentence > anchor.sentence


def _makes(power: TextQuantity, energy: TextQuantity) -> bool:
    """Whether a plant may make an energy in a year: then it is that plant's, told in two sentences."""
    kwh = figure(energy).mid * (per_year(energy) or 0.0)
    hours = 1e3 * kwh / figure(power).mid
    return energy.per != "total" and _LEAST_HOURS <= hours <= HOURS_PER["year"]


_LEAST_HOURS = 500.0


def _first_print(
    found: tuple[TextQuantity, ...], others: Sequence[TextQuantity]
) -> tuple[TextQuantity, ...]:
    """Give the first print of a figure that the text repeats: "the 80 MW project, 80 MW in all"."""
    if len(found) != 1:
        return found
    same = [
        q
        for q in others
        if (q.value, q.unit, q.part, q.phase, q.per)
        == (found[0].value, found[0].unit, found[0].part, found[0].phase, found[0].per)
    ]
    return (min(same, key=lambda q: q.id),)


def _of_factory(quantity: TextQuantity) -> bool:
    return quantity.kind == "capacity" and quantity.per == "year"


def _partner(
    relation: Relation,
    anchor: TextQuantity,
    others: Sequence[TextQuantity],
    quantities: Sequence[TextQuantity],
) -> tuple[TextQuantity, ...]:
    if relation.yearly:
        return groups.generating(anchor, others, quantities)
    if anchor.unit == "panel":
        others = [o for o in others if o.technology not in partners.STORAGE] or others
    low, high = relation.sane
    sane = [o for o in others if low <= _ratio(relation, anchor, o) <= high]
    found = partners.best(anchor, sane, same_period=True) if sane else None
    if found is None:
        found = partners.best(anchor, others, same_period=True)
    if found is None:
        return groups.all_phases(anchor, others)
    if (
        anchor.kind == "investment"
        and len(listed := groups.listed_behind(anchor, found, others)) > 1
    ):
        return listed
    return groups.with_count(found, anchor, quantities)


def _ratio(relation: Relation, anchor: TextQuantity, other: TextQuantity) -> float:
    over, under = (other, anchor) if relation.anchor == "denominator" else (anchor, other)
    return figure(over).mid / figure(under).mid * relation.scale


def _made(
    relation: Relation,
    anchor: TextQuantity,
    found: tuple[TextQuantity, ...],
    quantities: Sequence[TextQuantity],
) -> Pair | None:
    turned = relation.anchor == "denominator"
    over, under = (found, (anchor,)) if turned else ((anchor,), found)
    below, above = amount(under), amount(over)
    in_all = quotient(above, below, relation.scale)
    factors = _yearly(relation, over[0], under[0], quantities) or _of_all_time(
        relation, over[0], in_all
    )
    if factors is None:
        return None
    return Pair(
        relation=in_money(relation, above.unit),
        numerator=over,
        denominator=under,
        figure=in_all.times(factors[0] / factors[1]),
        factors=factors,
        guessed_period=relation.yearly and over[0].per == "none",
    )


def in_money(relation: Relation, money: str) -> Relation:
    """Give a relation of yuan in the money that is printed.

    Parameters
    ----------
    relation : Relation
        One whose unit may be yuan for each of something.
    money : str
        A currency's code, or any other unit, with which the relation stays as it is.

    Returns
    -------
    Relation
        In that currency.
    """
    if money not in CURRENCIES or not relation.unit.startswith("CNY/"):
        return relation
    return replace(
        relation,
        unit=relation.unit.replace("CNY", money, 1),
        fact_unit=relation.fact_unit.replace("CNY", money, 1),
    )


def _yearly(
    relation: Relation,
    over: TextQuantity,
    under: TextQuantity,
    quantities: Sequence[TextQuantity],
) -> tuple[float, float] | None:
    """Give what makes each side yearly; nothing is needed where both are of one period."""
    made = []
    if over.kind == "generation" and under.kind == "homes" and under.per == "hour":
        return None  # what homes draw in one hour of the evening tells nothing of their year
    served = under.unit in ("household", "person", "panel") and over.kind != "capacity"
    driven = under.unit == "vehicle"  # off the roads for a year
    if (served or driven) and over.per == "total" and years_of(over, quantities) is None:
        return None  # an energy of no known time
    if served and over.per == "day" and under.role == YEARS_USE:
        days = figure(over).mid / figure(under).mid
        if _LEAST_USE_KWH <= days <= _MOST_USE_KWH:
            return 1.0, 1.0  # one day's output is what they use in a year
    if served and under.per == "day" and over.per == "year":
        return 1.0, 1.0  # a day's output for a day's use is a year's for a year's
    if served and under.per in SPELLS and over.per != under.per:
        return SPELLS[under.per], 1.0  # so many homes for a month: twelve times that for a year
    for q in (over, under):
        if q.kind == "wafer_count" and over.kind == "capacity" and q.per == "total":
            return None  # wafers made so far, beside what a year can make
        made_here = q.kind == "wafer_count" or q.unit == "panel"
        counted = made_here and over.kind in _A_YEARS and q.per in SPELLS
        flows = counted or (q.kind in _FLOWS and (q.per == "total" or per_year(q) != 1.0))
        if not flows or (not relation.yearly and over.per == under.per and not counted):
            made.append(1.0)
            continue
        years = years_of(q, quantities)
        if years is None and relation.yearly:
            return None
        made.append((SPELLS.get(q.per) or per_year(q) or 1.0) / (years or 1.0))
    flows = over.kind in _FLOWS and under.kind in _FLOWS
    if flows and {over.per, under.per} == {"total", "year"} and made == [1.0, 1.0]:
        return None  # a year's saving beside the energy of no known time
    return made[0], made[1]


def _of_all_time(
    relation: Relation, over: TextQuantity, in_all: Figure
) -> tuple[float, float] | None:
    """Give the factors of a total that no plant could have made in all the years there were plants.

    Of what some months gave, a year's hours are the bound.
    """
    years = 1.0 if over.role == PART_OF_YEAR else _ALL_YEARS
    beyond = in_all.low > HOURS_PER["year"] * years
    made = relation.yearly and over.kind == "generation" and over.per == "total"
    return (1 / years, 1.0) if made and beyond else None


_LEAST_USE_KWH, _MOST_USE_KWH = 300.0, 30e3  # of a home and year; of a day it would be a works
_ALL_YEARS = 150.0  # more than there have been power stations
_FLOWS = frozenset({"generation", "mass_coal", "mass_co2"})
_A_YEARS = frozenset({"capacity", "money"})  # what is of a year beside the pieces of a month
_HELD = "storage capacity"
SPELLS: dict[str, float] = {"month": 12.0, "week": 365.0 / 7.0, "day": 365.0, "hour": 8760.0}


def _derived(
    relation: Relation,
    anchor: TextQuantity,
    quantities: Sequence[TextQuantity],
    anchors: Sequence[TextQuantity],
) -> Pair | None:
    capacities = partners.candidates(quantities, _powers())
    clean = [q for q in capacities if q.technology not in _BURNING]
    capacities = clean or capacities  # what coal plants had is no saving of the sun's
    capacities = partners.free(anchor, capacities, anchors)
    homes = relation.name == "kwh_per_household"  # "modules of 3 GW a year, enough for … homes"
    if not homes and any(q.technology in partners.FACTORY for q in capacities):
        return None
    found = groups.generating(anchor, capacities, quantities)
    counted = len(found) == 2 and found[0].part == "unit"
    if not (len(found) == 1 or counted) or (found[0].per == "year" and not homes):
        return None
    years = years_of(anchor, quantities)
    if years is None:
        return None
    return _of_power(relation, anchor, found, years)


_BURNING = frozenset({"coal", "gas"})


def _powers() -> Side:
    return partners.side_of(relations()["full_load_hours"], "denominator")


def _of_power(
    relation: Relation, anchor: TextQuantity, found: tuple[TextQuantity, ...], years: float
) -> Pair:
    power = amount(found)
    turned = relation.anchor == "denominator"
    over, under = (power, figure(anchor)) if turned else (figure(anchor), power)
    return Pair(
        relation=in_money(relation, over.unit),
        numerator=found if turned else (anchor,),
        denominator=(anchor,) if turned else found,
        figure=quotient(over, under, relation.scale / years),
        factors=(1.0, 1.0) if turned else (1 / years, 1.0),
        derived="numerator" if turned else "denominator",
    )
