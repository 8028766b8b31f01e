"""How sure a fact-check can be: its odds and needed values, added to what was rated without them."""

from collections.abc import Sequence
from dataclasses import replace

from wafer_calc.claims import needs, odds
from wafer_calc.claims.claim import Claim
from wafer_calc.claims.records import FactCheck
from wafer_calc.claims.statements import Checked
from wafer_calc.errors import UnknownNameError

__all__ = ["add"]


def add(fc: FactCheck, found: Sequence[Checked], claim: Claim) -> FactCheck:
    """Add odds and needed values to a fact-check; its ratings stay.

    Parameters
    ----------
    fc : FactCheck
        As rated.
    found : sequence of Checked
        What its statements rest on.
    claim : Claim
        Its quantities, language and date.

    Returns
    -------
    FactCheck
        The same one where no photovoltaic energy is claimed, or no class of plants is known.
    """
    asked = odds.question(found, claim, fc.text)
    if asked is None:
        return fc
    try:
        likely, used = odds.odds_of(asked)
        wanted = needs.needed_values(asked)
    except UnknownNameError:
        return fc  # of an early claim: how yields scatter had not been published yet
    known = {source["id"] for source in fc.sources}
    decided = next((s for s in fc.statements if s.id == fc.verdict.decided_by), None)
    same = decided is None or decided.project == asked.project
    return replace(
        fc,
        verdict=odds.tell(fc.verdict, likely, asked) if same else fc.verdict,
        project_verdicts=tuple(
            odds.tell(one, likely, asked)
            if one.decided_by == fc.verdict.decided_by and same
            else one
            for one in fc.project_verdicts
        ),
        odds=likely,
        needed_values=wanted,
        sources=(*fc.sources, *(s.to_dict() for s in used if s.id not in known)),
    )
