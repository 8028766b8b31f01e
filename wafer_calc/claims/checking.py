"""A text, or its quantities, into a fact-check."""

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from wafer_calc import facts
from wafer_calc.claims import (
    given,
    hypotheses,
    later,
    misprint,
    plans,
    repair,
    reverse,
    scenarios,
    verdict,
)  # fmt: skip
from wafer_calc.claims.claim import Claim, claim_of
from wafer_calc.claims.dates import date_of
from wafer_calc.claims.pairs.amounts import given_again, has_rate, same_money
from wafer_calc.claims.pairs.contributions import contributed
from wafer_calc.claims.pairs.joined import joined_pairs
from wafer_calc.claims.pairs.pairing import pairs
from wafer_calc.claims.pairs.partners import fits
from wafer_calc.claims.pairs.slips import slipped_machines, slipped_totals
from wafer_calc.claims.pairs.sums import parted
from wafer_calc.claims.rating import GOOD
from wafer_calc.claims.reading import punctuated, read_quantities
from wafer_calc.claims.records import FactCheck, Statement, TextQuantity, segments
from wafer_calc.claims.references import Moment
from wafer_calc.claims.relations import relations
from wafer_calc.claims.statements import Checked, checked, lone
from wafer_calc.claims.trust import settled_on, unrivalled
from wafer_calc.claims.wording import words
from wafer_calc.errors import unknown_name
from wafer_calc.facts import Source
from wafer_calc.units import Quantity

if TYPE_CHECKING:
    from wafer_calc.energy.records import Assumption

LANGUAGES = ("en", "zh")


def check(
    text_or_quantities: str | Sequence[TextQuantity | Quantity] | Mapping[str, Quantity],
    *,
    assumptions: "Sequence[Assumption] | None" = None,
    on: str | datetime.date | None = None,
    lang: str | None = None,
    probability: bool = True,
) -> FactCheck:
    """Check a claim: its figures against each other and against what was known then.

    Parameters
    ----------
    text_or_quantities : str, or sequence of TextQuantity or Quantity, or mapping of Quantity
        A text in Chinese or English; or quantities already read; or bare quantities, which are
        taken as one project's yearly figures, each of the kind that its dimension tells.
    assumptions : sequence of Assumption, optional
        What one kW DC makes in a year, for the scenarios; more than ten published ones if left out.
    on : str or date, optional
        The claim's date, ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``: only what had been published by
        then rates it. If left out, the latest date the text itself names, or else today.
    lang : str, optional
        ``"zh"`` or ``"en"``, the language of the reasons; the text's own if left out.
    probability : bool
        Whether to add the odds of a photovoltaic energy for named classes of plants, and what each
        input would have to be; they never change a rating.

    Returns
    -------
    FactCheck
        Quantities, statements, scenarios, hypotheses, what became known later, and the verdict.
        A text without a claim gives the verdict ``cannot_check``.

    Raises
    ------
    UnitError
        Not a text, nor quantities; a quantity of a dimension that no claim is made of.
    ReadError
        A date that is none.
    UnknownNameError
        A language other than these two.

    Examples
    --------
    >>> from wafer_calc.units import Q_
    >>> fc = check([Q_(40, "GW"), Q_(4e9, "wafer")], on="2022-07")
    >>> print(f"{fc.statements[0].value:.1f} {fc.statements[0].unit}")
    10.0 W/piece
    """
    text, quantities = _read(text_or_quantities)
    if lang is not None and lang not in LANGUAGES:
        raise unknown_name("lang", lang, LANGUAGES)
    language = lang or language_of(text)
    written, text = text, punctuated(text)
    claim = claim_of(quantities, language, Moment(on=date_of(on, text)), text)
    found = _numbered(repair.repaired(_rated(claim, text), claim))
    statements = [one.statement for one in found]
    statements += [] if found else _alone(claim)
    firm, firm_facts = plans.statements(text, claim, found, first=len(statements))
    statements += firm
    statements += reverse.statements(found, claim, first=len(statements))
    statements += hypotheses.joint(found, claim, first=len(statements))
    rows, title, row_sources = scenarios.table(found, claim, assumptions)
    became_known, later_facts = later.table(found, text, claim)
    overall, each = verdict.decide(found, statements, claim)
    known = [fact.source for one in found for fact in one.facts]
    known += [fact.source for fact in (*firm_facts, *later_facts)]
    cited = {id_ for s in statements for r in s.references for id_ in r.sources}
    cited |= {source.id for source in row_sources} | {fact.source.id for fact in later_facts}
    rated = FactCheck(
        text=written,
        lang="zh" if language == "zh" else "en",
        on=claim.moment.on,
        quantities=quantities,
        statements=tuple(statements),
        scenarios=rows,
        hypotheses=tuple(hypotheses.table(found, claim)),
        known_later=became_known,
        sources=_sources((*known, *row_sources), cited),
        verdict=overall,
        project_verdicts=each,
        scenario_title=title,
        facts_version=facts.version(),
    )
    if not probability:
        return rated
    from wafer_calc.claims import sureness  # loads distributions and stations: only when asked

    return sureness.add(rated, found, claim)


def language_of(text: str) -> str:
    """Give ``"zh"`` for a text with Chinese characters in it, else ``"en"``.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    str
        One of `LANGUAGES`.

    Examples
    --------
    >>> print(language_of("年发电量超过600亿度"), language_of("over 60 TWh a year"))
    zh en
    """
    return "zh" if _CHINESE.search(text) else "en"


_CHINESE = re.compile("[\u3400-\u9fff]")


def _read(
    claimed: str | Sequence[TextQuantity | Quantity] | Mapping[str, Quantity],
) -> tuple[str, tuple[TextQuantity, ...]]:
    if isinstance(claimed, str):
        return claimed, read_quantities(claimed)
    quantities = given.quantities_of(claimed)
    return given.text_of(quantities), quantities


def _rated(claim: Claim, text: str) -> list[Checked]:
    order = {name: n for n, name in enumerate(relations())}
    made: list[Checked] = []
    for own in segments(claim.quantities):
        found = _of_project(own, claim, text)
        made += sorted(found, key=lambda one: order[one.pair.relation.name])
    made += [checked(pair, claim) for pair in contributed(claim.quantities, text)]
    totals = slipped_totals(claim.quantities, _agreeing(made, "parts_over_total"))
    return made + [checked(pair, claim) for pair in totals]


def _agreeing(found: Sequence[Checked], *names: str) -> frozenset[int]:
    """Give the figures of statements that hold, of some relations."""
    return frozenset(
        q.id
        for one in found
        if one.pair.relation.name in names and one.statement.rating in GOOD
        for q in one.pair.quantities
    )


def _of_project(own: Sequence[TextQuantity], claim: Claim, text: str) -> list[Checked]:
    twice = {
        other.id
        for one, other in zip(own, own[1:], strict=False)
        if (same_money(one, other, text) or given_again(other)) and has_rate(one)
    }
    own = parted(own)
    single = [q for q in own if q.id not in twice]
    made = [*misprint.misprinted(own, claim), *misprint.beyond(own, claim, text)]
    for pair in pairs(single):
        made.append(settled_on(pair, single, claim))
        claim = replace(claim, formats=claim.formats | hypotheses.wafers_of(made[-1]))
    made = unrivalled(made)
    made += [checked(pair, claim) for pair in joined_pairs(own, text)]
    summed = _agreeing(made, "units_times_size_over_total", "parts_over_total")
    made += [checked(pair, claim) for pair in slipped_machines(own, summed)]
    return made


def _numbered(found: Sequence[Checked]) -> list[Checked]:
    return [replace(one, statement=replace(one.statement, id=n)) for n, one in enumerate(found)]


def _alone(claim: Claim) -> list[Statement]:
    made: list[Statement] = []
    for quantity in claim.quantities:
        for relation in relations().values():
            sides = (relation.numerator, relation.denominator)
            if None in sides or not any(side and fits(quantity, side) for side in sides):
                continue
            other = sides[1] if sides[0] and fits(quantity, sides[0]) else sides[0]
            wanted = words(claim.lang)["kind"][other.kinds[0]] if other else ""
            made.append(replace(lone(quantity, wanted, relation, claim), id=len(made)))
            break
    return made


def _sources(known: Sequence[Source], cited: set[str]) -> tuple[dict[str, object], ...]:
    used = {source.id: source for source in known if source.id in cited}
    return tuple(source.to_dict() for source in used.values())
