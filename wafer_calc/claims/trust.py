"""How far a pair may decide a verdict: which partner is meant, and whether a broken bound is sure."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from wafer_calc.claims.claim import Claim
from wafer_calc.claims.pairs import groups, partners
from wafer_calc.claims.pairs.pairing import Pair, rivals
from wafer_calc.claims.rating import GOOD, rate
from wafer_calc.claims.records import TextQuantity
from wafer_calc.claims.relations import OF_CHAINS
from wafer_calc.claims.repair import slips_beside
from wafer_calc.claims.statements import Checked, checked
from wafer_calc.claims.values import HOURS_PER, amount, figure, usable

OPEN = (*GOOD, "cannot_check")
_MONEY = frozenset({"investment_per_watt", "yuan_per_watt", "yuan_per_wafer", "yuan_per_kwh"})
_ONCE = frozenset({"investment_per_watt", "m2_per_kw"})  # of which a plant has one
_TIED = frozenset(
    {
        "investment_per_watt",
        "full_load_hours",
        "m2_per_kw",
        "yuan_per_watt",
        "watt_per_panel",
        "yuan_per_wafer",
        "watt_per_wafer",
    }
)  # by their words, where they stand side by side
_KNOWN = frozenset({"China"})  # whose plants' and factories' costs the tables follow year by year
_ONE_STEP = frozenset({"ingot", "wafer"})  # sold as one product: wafers are counted once


def settled_on(pair: Pair, quantities: Sequence[TextQuantity], claim: Claim) -> Checked:
    """Rate a pair, by the partner that bears it out where the words allow several.

    Parameters
    ----------
    pair : Pair
        With the nearest partner.
    quantities : sequence of TextQuantity
        Of its project.
    claim : Claim
        The text they stand in.

    Returns
    -------
    Checked
        Of another partner that only stands farther off, where the nearest one fails and that one
        does not; a bound that some other figure of the project would not break is no certain
        breach, and a money figure of several products or projects is no main statement.
    """
    one = checked(pair, claim)
    if one.statement.rating in OPEN or (pair.relation.name in _TIED and slips_beside(one)):
        return one
    for close in (True, False):
        if _in_clauses(pair, quantities):
            break
        for other in rivals(pair, quantities, close=close):
            if not close and _told(pair):
                break
            again = checked(other, claim)
            if again.statement.rating in GOOD:
                return again
    if one.statement.rating == "impossible" and _doubtful(pair, quantities, claim):
        one = _softened(one, claim)
    doubts = _loose(pair, quantities) or _of_some_homes(pair, quantities)
    doubts = doubts or _of_a_list(pair, quantities)
    doubts = doubts or (_ahead(pair, quantities) and not _never(one))
    if doubts or _unsure(one, claim) or _added(pair):
        one = _aside(one)
    return one


def _in_clauses(pair: Pair, quantities: Sequence[TextQuantity]) -> bool:
    """Whether a text goes through several plants, each with its size and then such a figure."""
    if len(pair.quantities) != _SEVERAL:
        return False
    mine, theirs = pair.numerator[0], pair.denominator[0]
    anchors = [q for q in quantities if _like(q) == _like(mine)]
    sizes = [q for q in quantities if _like(q) == _like(theirs)]
    if len(anchors) < _MANY - 1:
        return False
    owners = {
        anchor.id: max((q.id for q in sizes if q.id < anchor.id), default=-1) for anchor in anchors
    }
    own = set(owners.values()) - {-1}
    return len(own) == len(anchors) and owners[mine.id] == theirs.id


def _like(q: TextQuantity) -> tuple[str, str, bool]:
    return q.kind, q.unit, q.part in ("whole", "phase")


def _aside(one: Checked) -> Checked:
    """Let a pair decide nothing."""
    return replace(one, statement=replace(one.statement, main=False))


def unrivalled(found: Sequence[Checked]) -> list[Checked]:
    """Let no pair decide that fails while its partner goes well with another figure.

    A plant of 500 MW that makes 800 million kWh is not the one that makes four billion: that energy
    is of something else, which the text does not measure.

    Parameters
    ----------
    found : sequence of Checked
        The pairs of one project.

    Returns
    -------
    list of Checked
        The same ones; those are main statements no longer.
    """
    good = [one for one in found if one.statement.rating in GOOD]
    well = {key for one in good for key in _partners(one.pair)}
    names = {one.pair.relation.name for one in good}
    counts = Counter(one.pair.relation.name for one in good)
    once = {name for name in _ONCE if counts[name] == 1}  # several plants have several
    made = []
    hours = [one for one in found if one.pair.relation.name == "full_load_hours"]
    strangers = len(hours) >= _SEVERAL and all(_is_stranger(one) for one in hours)
    # energies of several sentences, none of which the plant could make: they are a region's
    beyond = [one for one in hours if (one.statement.value or 0.0) > HOURS_PER["year"]]
    apart = {one.pair.numerator[0].sentence for one in beyond}
    strangers = strangers or (len(beyond) > _SEVERAL and len(apart) > 1)
    for one in found:
        tied = one.pair.relation.name in _TIED and slips_beside(one)
        failing = one.statement.rating not in OPEN and not (_told(one.pair) or tied or _never(one))
        astray = (
            (strangers and one in hours)
            or _too_few(one)
            or _too_wide(one)
            or _on_its_feet(one)
            or _of_one_machine(one)
            or _of_other_goods(one)
            or _of_other_plants(one)
            or one.pair.relation.name in once
            or (one.pair.relation.name in names and _afar(one))
            or not well.isdisjoint(_partners(one.pair))
        )
        made.append(_aside(one) if failing and astray else one)
    return made


def _never(one: Checked) -> bool:
    """Whether a plant could not have made so much in all the years there were plants."""
    return one.statement.rating == "impossible" and one.pair.numerator[0].per == "total"


def _is_stranger(one: Checked) -> bool:
    """Whether an energy misses a plant's by more than that plant could, and less than a slip of the pen."""
    factor = _factor(one)
    return one.statement.rating not in OPEN and _FAR < max(factor, 1 / factor) < _SLIP


def _factor(one: Checked) -> float:
    """Give how many times a figure is beyond its nearest reference; less than 1 for below it."""
    return one.rated.factor or 1.0


def _is_apart(pair: Pair) -> bool:
    """Whether a pair's figures stand in different sentences."""
    return len({q.sentence for q in pair.quantities}) > 1


def _too_few(one: Checked) -> bool:
    """Whether a few homes stand in another sentence than the plant that could serve far more."""
    return one.pair.derived == "numerator" and _is_apart(one.pair) and _factor(one) > _FAR**2


def _too_wide(one: Checked) -> bool:
    """Whether land is far more than the plant takes: the desert that it stands in."""
    factor = _factor(one)
    astray = (_is_apart(one.pair) and factor > _FAR**2) or factor > _SLIP or factor < _FAR**-2
    return one.pair.relation.name == "m2_per_kw" and astray


def _of_one_machine(one: Checked) -> bool:
    """Whether what one machine serves or saves is set against the power of all of them."""
    parts = {q.part for q in one.pair.quantities if q.kind == "capacity"}
    return parts == {"whole"} and any(
        q.part == "unit" for q in one.pair.quantities if q.kind != "capacity"
    )


def _on_its_feet(one: Checked) -> bool:
    """Whether a wind farm's land is less than its rows need: it is what the machines stand on."""
    windy = any(q.technology in partners.WIND for q in one.pair.quantities)
    return one.pair.relation.name == "m2_per_kw" and windy and _factor(one) < 1.0


def _of_other_goods(one: Checked) -> bool:
    """Whether money of another sentence is nothing like a battery's: some other thing's price, a works'."""
    of_store = one.pair.relation.name == "investment_per_kwh"
    return of_store and _is_apart(one.pair) and not 1 / _SLIP <= _factor(one) <= _FAR


def _of_other_plants(one: Checked) -> bool:
    """Whether money of some sentences later is far more than the plant could cost: another's."""
    lines = [q.sentence for q in one.pair.quantities]
    of_plant = one.pair.relation.name == "investment_per_watt"
    return of_plant and max(lines) - min(lines) >= _PAGES and _factor(one) > _FAR


_PAGES = 3  # sentences between
_SEVERAL = 2
_SLIP = 100.0


def _afar(one: Checked) -> bool:
    """Whether an energy is made of another sentence's capacity, and far off."""
    factor = _factor(one)
    return one.pair.derived is not None and _is_apart(one.pair) and max(factor, 1 / factor) > _FAR


_FAR = 5.0


def _partners(pair: Pair) -> set[tuple[str, tuple[int, ...]]]:
    """Name a pair's partner, and the anchor too, by the relation that they stand in."""
    over, under = (tuple(q.id for q in side) for side in (pair.numerator, pair.denominator))
    return {(f"{pair.relation.name} over", over), (f"{pair.relation.name} under", under)}


def _told(pair: Pair) -> bool:
    """Whether the words leave no doubt which figures are meant: both of the same phase."""
    return all(q.part == "phase" for q in pair.quantities)


def _doubtful(pair: Pair, quantities: Sequence[TextQuantity], claim: Claim) -> bool:
    """Whether another figure, put in the partner's place, would break no bound.

    Of another sentence, an energy may be of all the plants and fleets that the text tells of.
    """
    if _told(pair):
        return False
    if pair.relation.name == "full_load_hours" and _is_apart(pair):
        sizes = {
            figure(q).mid
            for q in claim.quantities
            if q.kind == "capacity" and q.part in ("whole", "phase") and usable(q)
        }
        share = amount(pair.denominator).mid / sum(sizes) if sizes else 1.0
        if len(sizes) > 1 and pair.figure.mid * share <= HOURS_PER["year"]:
            return True
    return any(
        checked(other, claim).statement.rating != "impossible"
        for other in rivals(pair, quantities, close=False)
    )


def _softened(one: Checked, claim: Claim) -> Checked:
    pair = one.pair
    again = rate(
        one.figure,
        one.alternatives,
        spread=pair.relation.reach == "spread",
        boast=pair.relation.boast,
        prefer=claim.formats,
    )
    rating = "does_not_hold" if again.rating in GOOD else again.rating
    rated = replace(again, rating=rating)
    return replace(one, rated=rated, statement=replace(one.statement, rating=rating))


def _added(pair: Pair) -> bool:
    """Whether a whole's figure is set beside what was only added to it, or is a part of it.

    Phases that are told need not be all there are.
    """
    if len({q.phase for q in pair.quantities if (q.phase or "").isdigit()}) > 1:
        return True
    return len({q.part for q in pair.quantities}) > 1 and any(
        q.phase in ("added", "first", "of which", "of the energy", "planned", "target")
        for q in pair.quantities
    )


def _ahead(pair: Pair, quantities: Sequence[TextQuantity]) -> bool:
    """Whether a failing energy is set against a capacity that a later sentence brings up.

    Not where the text has that capacity alone and no energy, and the figure is of the whole's year,
    or is what the plant costs.
    """
    makers = [q.sentence for q in pair.quantities if q.kind == "capacity"]
    others = [q for q in pair.quantities if q.kind not in ("capacity", "other", "area")]
    if not makers or not others or min(makers) <= max(q.sentence for q in others):
        return False
    capacities = [q for q in quantities if q.kind == "capacity"]
    sizes = [q for q in capacities if q.part != "unit"] or capacities
    paid = [q for q in quantities if q.kind == "investment"]
    next_line = min(makers) == max(q.sentence for q in others) + 1
    if pair.relation.name == "investment_per_watt" and len(sizes) == len(paid) == 1 and next_line:
        return False
    only = len(sizes) == 1 and bool(pair.derived)
    return not only or any((q.per, q.part) not in _OF_ALL for q in others)


_OF_ALL = (("year", "whole"), ("none", "whole"))


def _of_some_homes(pair: Pair, quantities: Sequence[TextQuantity]) -> bool:
    """Whether a saving stands beside homes of its own, and its capacity in another sentence.

    "Using wind for just 200 homes saves 2,000 tonnes" tells nothing of the 950 MW before it.
    """
    if pair.derived != "denominator":
        return False
    mass, power = pair.numerator[0], pair.denominator[0]
    watts = figure(power).mid
    some = {
        q.sentence
        for q in quantities
        if q.kind == "homes" and not 1 / _APIECE_W <= figure(q).mid / watts <= 1 / _LEAST_APIECE_W
    }
    return mass.sentence in some and power.sentence != mass.sentence


_LEAST_APIECE_W, _APIECE_W = 100.0, 20e3  # of a plant's power for each home that it can serve


def _of_a_list(pair: Pair, quantities: Sequence[TextQuantity]) -> bool:
    """Whether one of many plants' or countries' figures in a list is set beside another sentence's."""
    if not _is_apart(pair):
        return False
    listed = [
        q for q in quantities
        if q.kind in ("capacity", "generation") and q.part == "whole"
        and q.technology not in partners.FACTORY
    ]  # fmt: skip
    runs = [run for run in groups.runs_of(listed) if len(run) >= _MANY]
    return any(q in run for q in pair.quantities for run in runs)


_MANY = 4


def _loose(pair: Pair, quantities: Sequence[TextQuantity]) -> bool:
    """Whether money or land is set beside a capacity that it need not belong to."""
    if pair.relation.name == "investment_per_kwh":
        # a plant's money buys more than its battery
        return any(
            q.kind == "capacity" and q.technology not in partners.STORAGE for q in quantities
        )
    apart = pair.numerator[0].part != pair.denominator[0].part and len(pair.denominator) == 1
    if pair.relation.name == "watt_per_wafer" and apart:
        return True  # a phase's wafers with the whole's capacity
    if pair.relation.name not in _MONEY and pair.relation.name != "m2_per_kw":
        return False
    if apart:
        return True  # a phase's money with the whole's capacity
    sorts = {
        "wafer" if q.technology in _ONE_STEP else q.technology
        for q in quantities
        if q.kind == "capacity" and q.technology in partners.FACTORY
    }
    if len(sorts) > 1 and pair.relation.name not in OF_CHAINS:
        return True  # one budget, several products
    if sorts and any(q.technology == "polysilicon" for q in quantities):
        return True  # silicon is sold by the ton
    money = pair.numerator[0]
    own = {"investment_per_watt", "m2_per_kw"}
    sums = [
        q for q in quantities if q.kind == money.kind and q.unit == money.unit and q.per == money.per
        and q.part == money.part and q.phase == money.phase and q.role == money.role
    ]  # fmt: skip
    sizes = [
        q for q in quantities if q.kind == "capacity" and q.part == money.part and q.phase == money.phase
    ]  # fmt: skip
    return pair.relation.name in own and len(sums) > max(1, len(sizes))


def _unsure(one: Checked, claim: Claim) -> bool:
    """Whether money misses a judgement of low confidence by less than anyone could be sure of."""
    if one.pair.relation.name not in _MONEY:
        return False
    abroad = claim.country(one.pair) not in _KNOWN
    if abroad and one.statement.rating in ("overstated", "understated"):
        return True  # the world's mean is nobody's price
    factor = one.rated.factor or 1.0
    unsure = one.rated.by is not None and one.rated.by.unsure
    return unsure and max(factor, 1 / factor) < (_SURE_ABROAD if abroad else _SURE)


_SURE = 2.5  # times beyond a judgement of low confidence
_SURE_ABROAD = 2.2  # where the market is not known, and the reach is the world's
