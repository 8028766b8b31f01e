"""How well a fact-check's pairs and verdict agree with labels."""

from typing import Any

from claim_made import LABEL

from wafer_calc.claims.records import FactCheck

COUNTED = (
    "full_load_hours", "coal_per_kwh", "co2_per_kwh", "co2_per_coal", "kwh_per_household",
    "watt_per_wafer", "yuan_per_wafer", "implied_yardstick", "units_times_size_over_total",
)  # fmt: skip


def found_pairs(case: dict[str, Any], fc: FactCheck) -> tuple[int, int]:
    """Count the case's main checks of the counted relations, and those found within 2 %."""
    spans = [(row["start"], row["end"]) for row in case["quantities"]]
    at = {q.id: (q.start, q.end) for q in fc.quantities}
    made = {
        (s.relation, _spans(at, s.numerator), _spans(at, s.denominator)): s.value
        for s in fc.statements
    }
    wanted = [c for c in case["checks"] if c.get("main") and c["relation"] in COUNTED]
    hit = 0
    for check in wanted:
        key = (
            check["relation"],
            tuple(sorted(spans[i] for i in _ids(check["numerator"]))),
            tuple(sorted(spans[i] for i in _ids(check["denominator"]))),
        )
        value = made.get(key)
        hit += value is not None and abs(value / check["implied"] - 1) < 0.02
    return len(wanted), hit


def verdict_right(case: dict[str, Any], fc: FactCheck) -> bool:
    """Whether the verdict is the label's; a bound broken in a secondary figure may go by either."""
    said = LABEL[fc.verdict.rating]
    if said == case["verdict"]:
        return True
    broken = any(check["status"] == "impossible" for check in case["checks"])
    return broken and {said, case["verdict"]} == {"implausible", "impossible"}


def worst_mistake(case: dict[str, Any], fc: FactCheck) -> bool:
    """Whether a plausible claim is called impossible, or an impossible one plausible."""
    return {LABEL[fc.verdict.rating], case["verdict"]} == {"plausible", "impossible"}


def _ids(side: Any) -> tuple[int, ...]:
    if side is None:
        return ()
    return tuple(side) if isinstance(side, list) else (side,)


def _spans(at: dict[int, tuple[int, int]], ids: tuple[int, ...]) -> tuple[tuple[int, int], ...]:
    return tuple(sorted(at[i] for i in ids))
