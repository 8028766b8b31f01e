"""The statements' ratings into one verdict, with the needed value first."""

from collections.abc import Mapping, Sequence

from wafer_calc.claims.claim import Claim
from wafer_calc.claims.rating import SEVERITY, worst
from wafer_calc.claims.records import Rating, Statement, Verdict
from wafer_calc.claims.references import Alternative
from wafer_calc.claims.relations import relations
from wafer_calc.claims.statements import Checked
from wafer_calc.claims.values import amount
from wafer_calc.claims.wording import measure, named, say, span, words


def decide(
    found: Sequence[Checked], statements: Sequence[Statement], claim: Claim
) -> tuple[Verdict, tuple[Verdict, ...]]:
    """Give the text's verdict and that of each of its projects.

    Parameters
    ----------
    found : sequence of Checked
        What was rated from pairs.
    statements : sequence of Statement
        All of the text's statements.
    claim : Claim
        Its language.

    Returns
    -------
    overall : Verdict
        The worst of the projects'.
    each : tuple of Verdict
        Of each project that could be checked, in their order; empty where there is only one.
    """
    grouped: dict[int, list[Statement]] = {}
    for statement in statements:
        grouped.setdefault(statement.project, []).append(statement)
    by_id = {one.statement.id: one for one in found}
    dams = {
        one.pair.project: one
        for one in reversed(found)
        if one.pair.relation.name == "implied_yardstick"
    }
    each = [_of(own, by_id, dams, claim) for _, own in sorted(grouped.items())]
    if not each:
        return _nothing(claim), ()
    overall = max(each, key=lambda verdict: _rank(verdict.rating))
    told = [verdict for verdict in each if verdict.decided_by is not None]
    return overall, tuple(told) if len(told) > 1 else ()


def _rank(rating: Rating) -> int:
    return -1 if rating == "cannot_check" else SEVERITY.index(rating)


def _of(
    statements: Sequence[Statement],
    by_id: Mapping[int, Checked],
    dams: Mapping[int, Checked],
    claim: Claim,
) -> Verdict:
    main = [statement for statement in statements if statement.main]
    rating = worst([statement.rating for statement in main])
    deciding = next((s for s in main if s.rating == rating), None)
    if deciding is None:
        return _nothing(claim)
    one = by_id.get(deciding.id)
    return Verdict(
        rating=rating,
        decided_by=deciding.id,
        needed=deciding.needed or None,
        probability=None,
        reference_class=None,
        summary=_summary(rating, deciding, one, main, dams, claim),
    )


def _nothing(claim: Claim) -> Verdict:
    return Verdict(
        rating="cannot_check",
        decided_by=None,
        needed=None,
        probability=None,
        reference_class=None,
        summary=say(claim.lang, "nothing"),
    )


def _summary(
    rating: Rating,
    deciding: Statement,
    one: Checked | None,
    main: Sequence[Statement],
    dams: Mapping[int, Checked],
    claim: Claim,
) -> str:
    lang = claim.lang
    shown = words(lang)["rating"][rating]
    title = relations()[deciding.relation].title[lang]
    if rating == "holds":
        held = sum(1 for statement in main if statement.rating == "holds")
        told = say(lang, "all_hold", n=held) if held > 1 else deciding.reason
        return say(lang, "summary", rating=shown, told=told)
    parts = [deciding.needed or deciding.reason]
    bare = one is None or not one.defaults
    if deciding.needed and (bare or rating in ("impossible", "inconsistent", "does_not_hold")):
        parts.append(deciding.reason)
    if one is not None:
        parts.append(_at_the_average(one, dams.get(one.pair.project), lang))
    if deciding.repair:
        parts.append(deciding.repair)
    told = say(lang, "joined").join(part for part in parts if part)
    return say(lang, "summary", rating=shown, told=say(lang, "usual", label=title, value=told))


def _at_the_average(one: Checked, dam: Checked | None, lang: str) -> str:
    if one.pair.relation.name != "full_load_hours" or not one.defaults:
        return ""
    watts = amount(one.pair.denominator).mid
    low, high = _ends(one.defaults)
    energies = low * watts / 1000, high * watts / 1000
    text = say(
        lang,
        "verdict_average",
        capacity=measure(watts, "W", lang),
        energy=span(*energies, "kWh", lang),
    )
    yardstick = dam.defaults[0] if dam is not None and dam.defaults else None
    if yardstick is not None:
        text += say(
            lang,
            "verdict_share",
            share=span(
                energies[0] / yardstick.high, energies[1] / yardstick.low, "dimensionless", lang
            ),
            yardstick=named(yardstick, lang),
            value=span(yardstick.low, yardstick.high, "kWh", lang),
        )
    return text


def _ends(alternatives: Sequence[Alternative]) -> tuple[float, float]:
    return min(a.low for a in alternatives), max(a.high for a in alternatives)
