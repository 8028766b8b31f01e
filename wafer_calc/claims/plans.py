"""What the firm itself had announced, beside what the text says of it."""

from collections.abc import Sequence
from dataclasses import replace

from wafer_calc.claims.claim import Claim
from wafer_calc.claims.rating import rate
from wafer_calc.claims.records import Reference, Statement
from wafer_calc.claims.references import alternative_of, facts_for
from wafer_calc.claims.relations import query, relations, settings
from wafer_calc.claims.statements import Checked
from wafer_calc.claims.values import figure, unit_of
from wafer_calc.claims.wording import named, say, span
from wafer_calc.facts import Fact


def statements(
    text: str, claim: Claim, found: Sequence[Checked], *, first: int
) -> tuple[tuple[Statement, ...], tuple[Fact, ...]]:
    """Hold a firm's printed figures against its own plans.

    Parameters
    ----------
    text : str
        In which the firm's name is looked for.
    claim : Claim
        Its quantities and date.
    found : sequence of Checked
        The statements so far: only what they use of the factory's money is held against a plan.
    first : int
        The id of the first statement made.

    Returns
    -------
    statements : tuple of Statement
        None of them main: the other figure is not printed.
    facts : tuple of Fact
        What they rest on.
    """
    made: list[Statement] = []
    used: list[Fact] = []
    relation = relations()["own_plan"]
    sold = {
        q.id
        for one in found
        if one.pair.relation.name in ("yuan_per_wafer", "yuan_per_watt")
        for q in one.pair.numerator
    }
    for row in settings("firm"):
        if not any(name in text for name in row["names"]):
            continue
        for plan in row["plan"]:
            own, other = (
                [fact for fact in facts_for(query(q), {}) if claim.moment.known(fact)]
                for q in (plan["own"], plan["other"])
            )
            if not own:
                continue
            for q in claim.quantities:
                if (
                    q.id not in sold
                    or q.kind != plan["kind"]
                    or q.per != plan["per"]
                    or unit_of(q) != plan["unit"]
                ):
                    continue
                planned = [replace(alternative_of(f, plan["unit"]), default=True) for f in own]
                rated = rate(figure(q), planned, spread=False, boast="numerator")
                rest = [alternative_of(f, plan["unit"]) for f in other]
                made.append(
                    Statement(
                        id=first + len(made),
                        relation=relation.name,
                        numerator=(q.id,),
                        denominator=(),
                        value=figure(q).mid,
                        unit=plan["unit"],
                        main=False,
                        rating=rated.rating,
                        cmp=q.cmp,
                        needed=say(claim.lang, "needs", value=q.text),
                        reason=say(claim.lang, "joined").join(
                            say(
                                claim.lang,
                                "plan",
                                label=named(a, claim.lang),
                                value=span(a.low, a.high, plan["unit"], claim.lang),
                            )
                            for a in (*planned, *rest)
                        ),
                        references=tuple(
                            Reference(
                                label=named(a, claim.lang),
                                value=a.high,
                                sources=tuple(fact.source.id for fact in a.facts),
                            )
                            for a in (*planned, *rest)
                        ),
                        project=q.project,
                    )
                )
                used += [*own, *other]
    return tuple(made), tuple(used)
