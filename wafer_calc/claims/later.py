"""What became known only after a claim: shown apart, never used for a rating."""

from collections.abc import Sequence
from typing import Any

from wafer_calc.claims.claim import Claim
from wafer_calc.claims.references import facts_for, year_of
from wafer_calc.claims.relations import Query, query, relations, settings
from wafer_calc.claims.statements import Checked
from wafer_calc.claims.wording import label
from wafer_calc.facts import Fact

_AHEAD = 3  # years after a claim that a reader may want to compare it with


def table(
    found: Sequence[Checked], text: str, claim: Claim
) -> tuple[tuple[dict[str, Any], ...], tuple[Fact, ...]]:
    """Give the figures of later years and later publication.

    Parameters
    ----------
    found : sequence of Checked
        The statements, whose default references are followed on.
    text : str
        In which firms are looked for.
    claim : Claim
        Its date and language.

    Returns
    -------
    rows : tuple of dict
        By key and period; empty for a claim without a date.
    facts : tuple of Fact
        What they rest on.
    """
    if claim.moment.on is None or claim.moment.year is None:
        return (), ()
    later: dict[tuple[str, str, str], Fact] = {}
    seen: set[tuple[str, ...]] = set()
    for one in found:
        names = {
            "technology": claim.technology(one.pair) or "",
            "country": claim.country(one.pair) or "",
            "yardstick": next((q.yardstick for q in one.pair.denominator if q.yardstick), ""),
        }
        key = (one.pair.relation.name, *names.values())
        if key in seen:
            continue
        seen.add(key)
        relation = relations().get(one.pair.relation.name)
        scope = relation.scope(names["technology"], names["country"]) if relation else None
        if scope is None or "" in [names[n] for n in ("yardstick",) if _asks(scope.default, n)]:
            continue
        for one_query in scope.default:
            if not one_query.derived:
                _add(later, facts_for(one_query, names), claim)
    for row in settings("firm"):
        if any(name in text for name in row["names"]):
            for one_query in row["later"]:
                _add(later, facts_for(query(one_query), {}), claim)
    ordered = [later[key] for key in sorted(later)]
    return tuple(_row(fact, claim.lang) for fact in ordered), tuple(ordered)


def _asks(queries: Sequence[Query], name: str) -> bool:
    return any("{" + name + "}" in one.key for one in queries)


def _add(later: dict[tuple[str, str, str], Fact], found: Sequence[Fact], claim: Claim) -> None:
    for fact in found:
        year, asked = year_of(fact), claim.moment.year or 0
        if claim.moment.known(fact) or year is None or not asked - 1 <= year <= asked + _AHEAD:
            continue
        later.setdefault((fact.key, str(fact.period), fact.tags.get("series", "")), fact)


def _row(fact: Fact, lang: str) -> dict[str, Any]:
    return {
        "key": fact.key,
        "label": label(fact, lang),
        "value": fact.value,
        "unit": fact.unit,
        "published": fact.published,
        "source": fact.source.id,
    }
