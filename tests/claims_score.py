"""The figures by which reading is measured on labelled cases; `python tests/claims_score.py FILE` prints them."""

import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from wafer_calc.claims import check, read_quantities
from wafer_calc.claims.records import TextQuantity

PAIRED = frozenset(
    ("full_load_hours", "coal_per_kwh", "co2_per_kwh", "co2_per_coal", "kwh_per_household",
     "watt_per_wafer", "yuan_per_wafer", "implied_yardstick", "units_times_size_over_total")
)  # fmt: skip


@dataclass
class Score:
    """Counts over the cases of one language, and what was missed."""

    gold: int = 0
    read: int = 0
    hit: int = 0
    kind: int = 0
    cmp: int = 0
    per: int = 0
    span: int = 0
    misses: list[str] = field(default_factory=list)

    def shares(self) -> dict[str, float]:
        hit = max(self.hit, 1)
        return {
            "recall": self.hit / max(self.gold, 1),
            "precision": self.hit / max(self.read, 1),
            "kind": self.kind / hit,
            "cmp": self.cmp / hit,
            "per": self.per / hit,
            "span": self.span / hit,
        }


def cases(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line]


def near(read: Any, gold: Any, tolerance: float = 0.005) -> bool:
    ours = list(read) if isinstance(read, (list, tuple)) else [read]
    theirs = list(gold) if isinstance(gold, (list, tuple)) else [gold]
    return len(ours) == len(theirs) and all(
        abs(a - b) <= tolerance * abs(b) for a, b in zip(ours, theirs, strict=True)
    )


def partner(row: dict[str, Any], read: Iterable[TextQuantity]) -> TextQuantity | None:
    """Give the quantity read where a label stands."""
    return next((q for q in read if q.start < row["end"] and row["start"] < q.end), None)


def scores(rows: Iterable[dict[str, Any]]) -> dict[str, Score]:
    """Count, per language, what was read as labelled."""
    found: dict[str, Score] = {}
    for case in rows:
        score = found.setdefault(case["lang"], Score())
        read = list(read_quantities(case["text"]))
        score.gold += len(case["quantities"])
        score.read += len(read)
        for row in case["quantities"]:
            one = partner(row, read)
            if one is not None:
                read.remove(one)
            wanted = [row["value"], *row.get("alt_values", [])]
            same = one is not None and one.unit == row["unit"]
            if one is None or not same or not any(near(one.value, value) for value in wanted):
                score.misses.append(f"{case['id']} {row['span']}: {one and (one.value, one.unit)}")
                continue
            score.hit += 1
            score.span += (one.start, one.end) == (row["start"], row["end"])
            for name in ("kind", "cmp", "per"):
                right = getattr(one, name) == row[name]
                setattr(score, name, getattr(score, name) + right)
                if not right:
                    score.misses.append(
                        f"{case['id']} {row['span']} {name}: {getattr(one, name)}, not {row[name]}"
                    )
        score.misses += [f"{case['id']} read too much: {one.text}" for one in read]
    return found


def pairing(rows: Iterable[dict[str, Any]]) -> dict[str, tuple[int, int, list[str]]]:
    """Count, per language, the main checks with the right pair and a value within 2 %."""
    found: dict[str, tuple[int, int, list[str]]] = {}
    for case in rows:
        right, total, misses = found.get(case["lang"], (0, 0, []))
        wanted = [c for c in case["checks"] if c["main"] and c["relation"] in PAIRED]
        if wanted:
            date = str(case["date"] or "").split("/")[0][:7]
            made = check(case["text"], on=date or None)
            for row in wanted:
                total += 1
                if any(
                    s.relation == row["relation"]
                    and s.value is not None
                    and near(s.value, row["implied"], 0.02)
                    and _stands(made.quantities, s.numerator, row["numerator"], case)
                    and _stands(made.quantities, s.denominator, row["denominator"], case)
                    for s in made.statements
                ):
                    right += 1
                else:
                    misses.append(f"{case['id']} {row['relation']} {row['implied']:g}")
        found[case["lang"]] = (right, total, misses)
    return found


def _stands(
    read: tuple[TextQuantity, ...], ids: tuple[int, ...], wanted: Any, case: dict[str, Any]
) -> bool:
    indices = [] if wanted is None else wanted if isinstance(wanted, list) else [wanted]
    spots = [case["quantities"][i] for i in indices]
    return len(ids) == len(spots) and all(partner(row, [read[i] for i in ids]) for row in spots)


def main() -> None:
    for name in sys.argv[1:]:
        rows = cases(Path(name))
        for lang, score in scores(rows).items():
            shares = ", ".join(f"{key} {value:.3f}" for key, value in score.shares().items())
            print(f"{name} {lang}: {score.gold} quantities, {shares}")
            print(*(f"  {miss}" for miss in score.misses), sep="\n")
        for lang, (right, total, misses) in pairing(rows).items():
            print(f"{name} {lang}: pairs {right} of {total}", *misses, sep="\n  ")


if __name__ == "__main__":
    main()
