"""The table of ratings: how a figure, its bounds and its references make a rating."""

from collections.abc import Sequence
from dataclasses import dataclass

from wafer_calc.claims.records import Rating
from wafer_calc.claims.references import Alternative
from wafer_calc.claims.values import TOLERANCE, Figure

NEAR_MISS = 1.5
"""How far the nearest alternative may miss and still be near; also how far a one-sided claim reaches.

"Over 600" is not true of 6000 in any reader's eyes: an open comparator is satisfied up to the same
factor that parts a near miss from a false figure.
"""

SEVERITY: tuple[Rating, ...] = (
    "holds", "holds_if", "understated", "overstated", "does_not_hold", "inconsistent",
    "impossible",
)  # fmt: skip
GOOD: tuple[Rating, ...] = ("holds", "holds_if")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """A bound with its figure, and the law or fact behind it."""

    side: str
    value: float
    law: dict[str, str]
    alternative: Alternative | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rated:
    """A rating with what decided it.

    Attributes
    ----------
    rating : str
        By the table.
    by : Alternative or None
        The reference that satisfies the figure, or comes nearest.
    limit : Limit or None
        The bound that is broken.
    factor : float or None
        Figure over the nearest end of the nearest alternative, where none satisfies it.
    """

    rating: Rating
    by: Alternative | None = None
    limit: Limit | None = None
    factor: float | None = None


def rate(
    figure: Figure,
    alternatives: Sequence[Alternative],
    limits: Sequence[Limit] = (),
    *,
    spread: bool,
    boast: str,
    prefer: frozenset[str] = frozenset(),
) -> Rated:
    """Rate a figure by the first row of the table that fits.

    Parameters
    ----------
    figure : Figure
        The implied figure with its comparator.
    alternatives : sequence of Alternative
        Defaults first.
    limits : sequence of Limit
        Bounds, which come before everything else.
    spread : bool
        Whether what lies between two alternatives is in reach as well.
    boast : str
        ``"numerator"`` or ``"denominator"``: the side whose growth makes the claim grander.
    prefer : frozenset of str
        First words of the names to be cited before others that satisfy the figure too.

    Returns
    -------
    Rated
        ``cannot_check`` where there is nothing to hold the figure against.

    Examples
    --------
    >>> value = Figure(low=9000, mid=9000, high=9000, unit="hour", cmp="=", rounding=0.0)
    >>> limit = Limit(side="high", value=8760, law={"en": "a year"})
    >>> print(rate(value, (), (limit,), spread=True, boast="numerator").rating)
    impossible
    """
    for limit in limits:
        if breaks(figure, limit):
            return Rated(rating="impossible", limit=limit)
    alternatives = [a for a in alternatives if a.counts]
    if not alternatives:
        return Rated(rating="cannot_check")
    able = [a for a in alternatives if satisfies(figure, a.low, a.high, judged=a.judged)]
    for usual in able:
        if usual.default:
            return Rated(rating="holds", by=usual)
    if able:
        cited = min(
            able,
            key=lambda a: (
                a.judged,
                prefer.isdisjoint((a.name or "").split()[:1]),
                a.later,
                _distance(figure, a),
            ),
        )
        return Rated(rating="holds_if", by=cited)
    low = min(alternatives, key=lambda a: a.low)
    high = max(alternatives, key=lambda a: a.high)
    judged = low.judged or high.judged
    if spread and satisfies(figure, low.low, high.high, judged=judged):
        nearest = min(alternatives, key=lambda a: _miss(figure, a))
        return Rated(rating="holds_if", by=nearest)
    nearest = min(alternatives, key=lambda a: _miss(figure, a))
    factor = signed_miss(figure, nearest)
    if _miss(figure, nearest) >= NEAR_MISS:
        return Rated(rating="does_not_hold", by=nearest, factor=factor)
    grand = (factor > 1) == (boast == "numerator")
    return Rated(rating="overstated" if grand else "understated", by=nearest, factor=factor)


def satisfies(figure: Figure, low: float, high: float, *, judged: bool = False) -> bool:
    """Whether a reference from low to high makes a claimed figure true.

    Parameters
    ----------
    figure : Figure
        What is claimed.
    low, high : float
        The reference's ends, in the same unit.
    judged : bool
        Whether they are a judgement of how far such figures go, which needs no further tolerance.

    Returns
    -------
    bool
        ``=`` within the larger of its rounding and 5 %, ``~`` within 10 %; ``>=`` where the
        reference reaches it, ``<=`` where it stays below, each up to `NEAR_MISS`.
    """
    allowed = TOLERANCE[figure.cmp]
    slack = max(allowed - TOLERANCE["="] if judged else allowed, figure.rounding)
    if figure.cmp == ">=":
        # at least so much: only the rounding of the print is forgiven, never 5 %
        return high >= figure.low * (1 - figure.rounding) and low <= figure.high * NEAR_MISS
    if figure.cmp == "<=":
        return low <= figure.high * (1 + figure.rounding) and high >= figure.low / NEAR_MISS
    return figure.low <= high * (1 + slack) and figure.high >= low * (1 - slack)


def breaks(figure: Figure, limit: Limit) -> bool:
    """Whether every reading of a figure lies beyond a bound, its rounding allowed for."""
    slack = max(0.02, figure.rounding)  # a figure at the bound itself breaks nothing
    if limit.side == "high":
        return figure.cmp != "<=" and figure.low > limit.value * (1 + slack)
    return figure.cmp != ">=" and figure.high < limit.value * (1 - slack)


def signed_miss(figure: Figure, alternative: Alternative) -> float:
    """Give figure over reference at the nearest ends: above 1 where the figure is too high."""
    if figure.low > alternative.high:
        return figure.low / alternative.high
    if figure.high < alternative.low:
        return figure.high / alternative.low
    return 1.0


def worst(ratings: Sequence[Rating]) -> Rating:
    """Give the worst of some ratings; ``cannot_check`` only where there is nothing else."""
    checked = [rating for rating in ratings if rating != "cannot_check"]
    return max(checked, key=SEVERITY.index) if checked else "cannot_check"


def _distance(figure: Figure, alternative: Alternative) -> float:
    return abs(figure.mid / alternative.centre - 1)


def _miss(figure: Figure, alternative: Alternative) -> float:
    ratio = signed_miss(figure, alternative)
    return ratio if ratio >= 1 else 1 / ratio
