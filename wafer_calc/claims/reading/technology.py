"""How the power of each quantity is made, or what its factory makes: 光伏, offshore wind, wafers."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from wafer_calc.claims.reading.around import FACTORY_TECH, Meaning, pick
from wafer_calc.claims.reading.cues import Marks
from wafer_calc.claims.reading.figure import Printed
from wafer_calc.claims.reading.hints import Hint

__all__ = ["Blocks", "technologies"]

_BESIDE = 24  # characters between machines and their power


class Blocks(NamedTuple):
    """Stretches of a text that each tell of other projects.

    Attributes
    ----------
    blocks : list of (int, int)
        The number of each one's first cue, and of the first behind it, in text order.
    of : list of int
        The number of each quantity's block.
    """

    blocks: list[tuple[int, int]]
    of: list[int]


def technologies(
    folded: str,
    marks: Marks,
    printed: Sequence[Printed],
    hints: Sequence[Hint],
    meanings: Sequence[Meaning],
    factories: Sequence[bool],
    parts: Sequence[str],
    owners: Sequence[int],
    told_in: Blocks,
) -> list[str | None]:
    """Give each quantity its technology.

    Parameters
    ----------
    folded : str
        The text through `numerals.fold`.
    marks : Marks
        Its cues and breaks.
    printed, hints, meanings, factories, parts, owners : sequences of the same length
        The quantities, what the words around say, what each means, which are a factory's, and
        whose part and whose project each is.
    told_in : Blocks
        The stretches of the text that each tell of projects of their own.

    Returns
    -------
    list of str or None
        By its own words, else by its project's, else by the first word of its block or the text.
    """
    first = _first(marks, 0, len(marks.tags))
    mirrors = first == "pv" and _is_thermal(folded, marks)
    firsts = [_first(marks, *block) or first for block in told_in.blocks]
    sea = [start for start, tags in zip(marks.starts, marks.tags, strict=True) if "sea" in tags]
    off_coast = [one.end for one in printed if one.unit.base == "m" and _is_off_coast(folded, one)]
    sea = sorted(sea + off_coast)
    land = [at.start() for at in _ON_LAND.finditer(folded)] if sea else []
    turning = any(meant.role == "turbines" for meant in meanings)
    told: dict[int, str] = {}
    made: dict[int, list[tuple[float, str | None]]] = {}  # a project's powers and their products
    given: list[str | None] = []
    for index, one in enumerate(printed):
        base, owner = one.unit.base, owners[index]
        technology = hints[index].technology
        if technology is None:
            technology = told.get(owner)
        elif parts[index] != "yardstick" and technology != "storage":
            told.setdefault(owner, technology)  # a battery comes with a plant
        if base == "panel" and factories[index]:
            technology = "module"
        if base == "W" and _is_stores_power(folded, printed, index):
            technology = "storage"
        technology = technology or firsts[told_in.of[index]] or ("wind" if turning else None)
        if technology == "storage":
            beside = index and meanings[index - 1].role == "turbines"
            if beside and one.start - printed[index - 1].end < _BESIDE:
                technology = "wind"  # "the battery cost …; the 99 turbines beside it, 315 MW"
        if base == "kWh" and technology in FACTORY_TECH:
            technology = "pv"
        if mirrors and technology == "pv":
            technology = "csp"  # a solar farm, of which it is told later that it has troughs
        if technology == "storage" and meanings[index].kind == "generation":
            technology = "wind" if turning else None  # a battery makes nothing
        if technology == "wind" and (
            _is_at_sea(sea, land, one.start) or _is_sea_machine(folded, one)
        ):
            technology = "offshore_wind"
        if base == "W" and factories[index] and isinstance(one.value, float):
            if _is_mixed_sum(one.value, made.setdefault(owner, [])):
                technology = None
            made[owner].append((one.value, technology))
        given.append(technology)
    for at, count in _in_turn(folded, printed):
        given[at : at + count] = given[at - count : at]
    return given


def _is_thermal(folded: str, marks: Marks) -> bool:
    """Whether mirrors make a solar plant's power, and no panels."""
    told = any("csp" in tags.get("tech", ()) for tags in marks.tags[:_LOOKED_AT])
    return told and _PANELS.search(folded) is None


_PANELS = re.compile(r"photovoltaic|\bpv\b|panels?\b|modules?\b|光伏|组件")


def _first(marks: Marks, since: int, stop: int) -> str | None:
    told = (marks.tags[at] for at in range(since, min(stop, since + _LOOKED_AT)))
    return next((pick(tags["tech"]) for tags in told if "tech" in tags), None)


def _in_turn(folded: str, printed: Sequence[Printed]) -> Iterator[tuple[int, int]]:
    """Find powers that are listed in the order of the energies before them: 装机分别为58吉瓦和8吉瓦.

    Yields
    ------
    (int, int)
        Index of the first of them, and how many there are.
    """
    for told in _RESPECTIVELY.finditer(folded):
        first = bisect_left(printed, told.end(), key=lambda one: one.start)
        run = first
        while run < len(printed) and printed[run].unit.base == "W":
            run += 1
            if run < len(printed) and printed[run].start - printed[run - 1].end > _LIST_GAP:
                break
        count = run - first
        before = printed[max(0, first - count) : first]
        listed = count > 1 and len(before) == count
        if listed and all(one.unit.base == "kWh" for one in before):
            yield first, count


_RESPECTIVELY = re.compile("分别")
_LIST_GAP = 3  # characters between the members of a list


_LOOKED_AT = 4000  # marks of a text among which its first technology is looked for


def _is_stores_power(folded: str, printed: Sequence[Printed], index: int) -> bool:
    """Whether a power is followed by what its store holds: "202.8 MW/202.8 MWh"."""
    if index + 1 == len(printed):
        return False
    one, other = printed[index], printed[index + 1]
    return other.unit.base == "kWh" and folded[one.end : other.start].strip() == "/"


def _is_at_sea(sea: Sequence[int], land: Sequence[int], at: int) -> bool:
    """Whether a word of the sea stands near: "in waters 30 metres deep", "15 km off the coast"."""
    last = bisect_left(sea, at)
    ashore = bisect_left(land, at)
    if ashore and (not last or sea[last - 1] < land[ashore - 1]):
        return False  # "98 TWh onshore and 25 TWh offshore"
    return bisect_left(sea, at + _SEA_REACH) > bisect_left(sea, at - _SEA_REACH)


_ON_LAND = re.compile(r"陆上|h(?<=onsh)ore")  # the engine skips to a 陆 or h


def _is_off_coast(folded: str, one: Printed) -> bool:
    """Whether a length is one from the shore: "48 km off Pingtan"."""
    return folded.startswith((" off ", " offshore", " out at sea"), one.end)


def _is_sea_machine(folded: str, one: Printed) -> bool:
    """Whether a power is of one wind turbine larger than any that is built on land."""
    value = one.most
    large = one.unit.base == "W" and _LARGEST_ON_LAND_W < value <= _LARGEST_AT_SEA_W
    return large and _A_MACHINE.match(folded, one.end) is not None


_LARGEST_ON_LAND_W = 1.2e7
_LARGEST_AT_SEA_W = 4e7
_A_MACHINE = re.compile(
    r"[ -](?:[a-z0-9-]{2,16} ){0,2}(?:turbine|machine|generator)s?\b|(?:级)?(?:的)?(?:海上)?(?:风电?机组?|风力发电机)"
)
_SEA_REACH = 300


def _is_mixed_sum(value: float, before: Sequence[tuple[float, str | None]]) -> bool:
    """Whether a factory's figure adds up unlike products: 拉晶20GW、切片20GW，合计40GW."""
    total = 0.0
    products = set()
    for power, product in reversed(before[-4:]):
        total += power
        products.add(product)
        if len(products) > 1 and abs(total - value) <= 1e-6 * value:
            return True
    return False
