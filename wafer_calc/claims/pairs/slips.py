"""Sums and products that come out but for a slip of a thousand, of 万 or of 亿."""

import math
from collections.abc import Collection, Iterator, Sequence

from wafer_calc.claims.pairs.machines import machine_pair, products
from wafer_calc.claims.pairs.pairing import Pair
from wafer_calc.claims.pairs.sums import over_whole
from wafer_calc.claims.records import TextQuantity
from wafer_calc.claims.values import COUNTED, Figure, figure, unit_of

_KINDS = (
    ("capacity",), ("generation",), ("wafer_count",), ("investment", "money"), ("area",),
    ("homes",), ("mass_coal",), ("mass_co2",),
)  # fmt: skip
_SLIPS = (3, 4, 6, 8)  # powers of ten: kilo for mega, 万 left out, million for million million, 亿
_LEAST = 2
_MOST = 8
_WINDOW = 2 * _MOST
_CLOSE = 0.002
_LEAST_PART = 0.05  # of the whole
_ROUNDED = 0.01


def slipped_totals(quantities: Sequence[TextQuantity], settled: Collection[int]) -> Iterator[Pair]:
    """Find totals that the figures next to them make up, but for a power of ten in one of all.

    "61 MW and 19 MW, a total of 80 GW": that the digits come out so is no chance, and the total
    is none of them as printed.

    Parameters
    ----------
    quantities : sequence of TextQuantity
        Of all projects, since each part may be one, in text order.
    settled : collection of int
        Ids of the figures that do make up some total.

    Yields
    ------
    Pair
        The parts over the total.
    """
    for kinds in _KINDS:
        same = [q for q in quantities if q.kind in kinds and _counts(q, settled)]
        for n, whole in enumerate(same):
            before = same[max(0, n - _WINDOW) : n][::-1]
            behind = same[n + 1 : n + 1 + _WINDOW]
            for others in (behind, before, [*before[:1], *behind[:1]]):
                alike = [q for q in others if (q.part, q.phase) == (whole.part, whole.phase)]
                rest = [q for q in others if q.part != whole.part]
                run = next(
                    (run for of in (alike, rest, others) if (run := _making_up(whole, of))), None
                )
                if run is not None:
                    yield over_whole("parts_over_total", run, whole, complete=True)
                    break


def _counts(q: TextQuantity, settled: Collection[int]) -> bool:
    if q.part not in ("whole", "phase") or q.id in settled:
        return False
    return isinstance(q.value, float)


def _making_up(whole: TextQuantity, others: Sequence[TextQuantity]) -> list[TextQuantity] | None:
    run: list[TextQuantity] = []
    for q in others[:_MOST]:
        alike = (unit_of(q), q.per) == (unit_of(whole), whole.per)
        if not alike or abs(q.sentence - whole.sentence) > 1:
            return None
        run.append(q)
        if _but_for_a_slip([figure(part).mid for part in run], figure(whole)):
            return run
    return None


def _but_for_a_slip(parts: Sequence[float], whole: Figure) -> bool:
    allowed = _CLOSE + min(whole.rounding, _ROUNDED)
    summed = sum(parts)
    if len(parts) < _LEAST or whole.mid <= 0:
        return False
    if _is_slip(summed / whole.mid, allowed):
        return min(parts) > allowed * summed  # a part that rounding hides tells nothing
    left = [whole.mid - (summed - part) for part in parts]  # what each would have to be
    return len(parts) > _LEAST and any(
        lacking >= _LEAST_PART * whole.mid and part > 0 and _is_slip(part / lacking, allowed)
        for part, lacking in zip(parts, left, strict=True)
    )


def _is_slip(ratio: float, allowed: float) -> bool:
    apart = math.log10(ratio) if ratio > 0 else 0.0
    return abs(round(apart)) in _SLIPS and abs(10 ** (apart - round(apart)) - 1) <= allowed


def slipped_machines(own: Sequence[TextQuantity], settled: Collection[int]) -> Iterator[Pair]:
    """Find capacities that machines and their size make up, but for a power of ten.

    Parameters
    ----------
    own : sequence of TextQuantity
        Of one project, in text order.
    settled : collection of int
        Ids of the figures that do make up some capacity.

    Yields
    ------
    Pair
        The machines over the capacity: "twelve units of 175 MW" over 2,100 GW.
    """
    counts = [q for q in own if q.kind == "other" and unit_of(q) in COUNTED]
    sizes = [q for q in own if q.kind == "capacity" and q.part == "unit"]
    wholes = [q for q in own if q.kind == "capacity" and q.part != "class"]
    for count, size, times in products(counts, sizes):
        for whole in wholes:
            far = abs(whole.sentence - count.sentence) > 1 or whole.id in settled
            ratio = times.mid / figure(whole).mid if figure(whole).mid > 0 else 0.0
            if whole is not size and not far and _is_slip(ratio, _ROUNDED):
                yield machine_pair([(count, size, times)], [whole])
