"""A fact-check as plain values: the document that other programs read, and its tables."""

import math
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from wafer_calc.claims.records import FactCheck, Odds, Scenario, Statement, TextQuantity
from wafer_calc.errors import unknown_name

if TYPE_CHECKING:
    import pandas as pd

SCHEMA_VERSION = "1.0"
TABLES = ("scenarios", "statements", "quantities", "odds", "needed_values")


def to_dict(fc: FactCheck) -> dict[str, Any]:
    """Give a fact-check as plain values: null for unknown, never NaN.

    Parameters
    ----------
    fc : FactCheck
        As `wafer_calc.check` gives it.

    Returns
    -------
    dict
        ``schema_version``, ``facts_version``, ``text``, ``lang``, ``on``, ``quantities``,
        ``statements``, ``scenarios``, ``hypotheses``, ``known_later``, ``sources``, ``verdict``;
        offsets are Python string offsets into the caller's text.
    """
    document = {
        "schema_version": SCHEMA_VERSION,
        "facts_version": fc.facts_version,
        "text": fc.text,
        "lang": fc.lang,
        "on": fc.on,
        "quantities": [_quantity(q) for q in fc.quantities],
        "statements": [_statement(s) for s in fc.statements],
        "scenarios": [_scenario(s) for s in fc.scenarios],
        "hypotheses": [asdict(h) for h in fc.hypotheses],
        "known_later": list(fc.known_later),
        "sources": list(fc.sources),
        "verdict": asdict(fc.verdict),
    }
    plain: dict[str, Any] = _plain(document)
    return plain


def to_dataframe(fc: FactCheck, table: str = "scenarios") -> "pd.DataFrame":
    """Give one of a fact-check's tables, the unit in each column's name.

    Parameters
    ----------
    fc : FactCheck
        As `wafer_calc.check` gives it.
    table : str
        ``"scenarios"``, ``"statements"``, ``"quantities"``, ``"odds"`` or ``"needed_values"``; the
        last two are no part of the document, which has the verdict's odds alone.

    Returns
    -------
    pandas.DataFrame
        A row each; a statement's own unit stands in a column beside its value.

    Raises
    ------
    UnknownNameError
        No such table.
    """
    import pandas as pd

    if table not in TABLES:
        raise unknown_name("table", table, TABLES)
    if table == "scenarios":
        rows: list[dict[str, Any]] = [_scenario_row(s) for s in fc.scenarios]
        columns = list(_scenario_row(_EMPTY))
    elif table == "statements":
        columns = [
            "id", "relation", "value", "unit", "cmp", "main", "rating", "needed", "band_low",
            "band_high", "repair", "reason",
        ]  # fmt: skip
        rows = [_statement_row(s) for s in fc.statements]
    elif table == "odds":
        columns = [
            "reference_class", "needed_kwh_per_kw_dc", "probability_fraction", "sites_reaching",
            "sites", "p10_twh", "p50_twh", "p90_twh", "decided_by", "swing_twh", "sentence",
            "sources",
        ]  # fmt: skip
        rows = [_odds_row(one) for one in fc.odds]
    elif table == "needed_values":
        columns = ["input", "value", "unit", "sentence"]
        rows = [asdict(one) for one in fc.needed_values]
    else:
        columns = [
            "id", "start", "end", "text", "value", "value_high", "unit", "kind", "role", "cmp",
            "per", "entity",
        ]  # fmt: skip
        rows = [_quantity_row(q) for q in fc.quantities]
    return pd.DataFrame(rows, columns=columns)


def _odds_row(one: Odds) -> dict[str, Any]:
    row = asdict(one)
    row["needed_kwh_per_kw_dc"] = row.pop("needed")
    row["probability_fraction"] = row.pop("probability")
    row["sources"] = ", ".join(one.sources)
    return row


def _quantity(q: TextQuantity) -> dict[str, Any]:
    return {
        "id": q.id,
        "start": q.start,
        "end": q.end,
        "text": q.text,
        "value": list(q.value) if isinstance(q.value, tuple) else q.value,
        "unit": q.unit,
        "kind": q.kind,
        "role": q.role,
        "cmp": q.cmp,
        "per": q.per,
        "entity": q.entity,
        "intended": None if q.intended is None else asdict(q.intended),
    }


def _statement(s: Statement) -> dict[str, Any]:
    return {
        "id": s.id,
        "relation": s.relation,
        "numerator": list(s.numerator),
        "denominator": list(s.denominator),
        "value": s.value,
        "unit": s.unit,
        "main": s.main,
        "rating": s.rating,
        "needed": s.needed,
        "reference": [asdict(r) for r in s.references],
        "band": None if s.band is None else list(s.band),
        "repair": s.repair,
        "reason": s.reason,
    }


def _scenario(s: Scenario) -> dict[str, Any]:
    return {
        "name": s.name,
        "kind": s.kind,
        "yield_kwh_per_kw_dc": s.yield_kwh_per_kw_dc,
        "published": s.published,
        "basis": s.basis,
        "energy_twh": s.energy_twh,
        "p10_twh": s.p10_twh,
        "p90_twh": s.p90_twh,
        "share_of_yardstick": s.share_of_yardstick,
        "meets": s.meets,
        "source": s.source,
    }


def _scenario_row(s: Scenario) -> dict[str, Any]:
    return {
        "name": s.name,
        "kind": s.kind,
        "yield_kwh_per_kw_dc": s.yield_kwh_per_kw_dc,
        "published_h": s.published,
        "basis": s.basis,
        "energy_twh": s.energy_twh,
        "p10_twh": s.p10_twh,
        "p90_twh": s.p90_twh,
        "share_of_yardstick_fraction": s.share_of_yardstick,
        "yardstick_year": s.yardstick_year,
        "meets": s.meets,
        "source": s.source,
    }


def _statement_row(s: Statement) -> dict[str, Any]:
    low, high = s.band or (None, None)
    return {
        "id": s.id,
        "relation": s.relation,
        "value": s.value,
        "unit": s.unit,
        "cmp": s.cmp,
        "main": s.main,
        "rating": s.rating,
        "needed": s.needed,
        "band_low": low,
        "band_high": high,
        "repair": s.repair,
        "reason": s.reason,
    }


def _quantity_row(q: TextQuantity) -> dict[str, Any]:
    low, high = q.value if isinstance(q.value, tuple) else (q.value, None)
    row = _quantity(q) | {"value": low, "value_high": high}
    row.pop("intended")
    return row


def _plain(value: Any) -> Any:
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value


_EMPTY = Scenario(
    name="",
    kind="reported",
    yield_kwh_per_kw_dc=0.0,
    published=None,
    basis=None,
    energy_twh=0.0,
    p10_twh=None,
    p90_twh=None,
    share_of_yardstick=None,
    yardstick_year=None,
    meets=None,
    source="",
)
