"""Quantities of claims made up for the tests, as a reader would hand them over."""

from dataclasses import replace
from typing import Any

from wafer_calc.claims.records import FactCheck, Statement, TextQuantity

_KINDS = {
    "W": "capacity", "kWh": "generation", "piece": "wafer_count", "household": "homes",
    "CNY": "money", "m**2": "area", "dimensionless": "energy_ratio", "year": "time",
}  # fmt: skip

LABEL = {
    "holds": "plausible", "holds_if": "plausible", "overstated": "borderline",
    "understated": "borderline", "inconsistent": "implausible", "does_not_hold": "implausible",
    "impossible": "impossible", "cannot_check": "none",
}  # fmt: skip


def told(*rows: dict[str, Any]) -> tuple[TextQuantity, ...]:
    """Give quantities in order, numbered and placed one after another."""
    made: list[TextQuantity] = []
    at = 0
    for n, row in enumerate(rows):
        text = row.get("text", f"<{row['value']} {row['unit']}>")
        placed = {"id": n, "start": at, "end": at + len(text), "text": text}
        kind = row.get("kind") or _KINDS.get(row["unit"], "other")
        made.append(replace(_BLANK, **(row | placed | {"kind": kind, "number": row["value"]})))
        at += len(text) + 1
    return tuple(made)


def statement(fc: FactCheck, relation: str) -> Statement:
    """Give the one statement of a relation."""
    (found,) = [s for s in fc.statements if s.relation == relation]
    return found


def ratings(fc: FactCheck) -> dict[str, str]:
    """Give the rating of each relation."""
    return {s.relation: s.rating for s in fc.statements}


_BLANK = TextQuantity(
    id=0,
    start=0,
    end=0,
    text="",
    value=1.0,
    unit="W",
    number=1.0,
    resolution=0.0,
    kind="capacity",
    cmp="=",
    per="none",
    entity="plant",
)
