"""A printed ratio read the other way: what it asks of the capacity."""

from collections.abc import Sequence
from dataclasses import replace

from wafer_calc.claims.claim import Claim
from wafer_calc.claims.rating import rate
from wafer_calc.claims.records import Statement
from wafer_calc.claims.references import Alternative
from wafer_calc.claims.relations import relations
from wafer_calc.claims.statements import Checked
from wafer_calc.claims.values import Figure, amount, figure
from wafer_calc.claims.wording import measure, named, say


def statements(found: Sequence[Checked], claim: Claim, *, first: int) -> tuple[Statement, ...]:
    """Give the hours that a ratio to a known yardstick asks for.

    Parameters
    ----------
    found : sequence of Checked
        The text's statements.
    claim : Claim
        Its language.
    first : int
        The id of the first statement made.

    Returns
    -------
    tuple of Statement
        One for each yardstick whose project has a capacity; none of them main, since one of their
        figures is a fact's.
    """
    made: list[Statement] = []
    hours_of = {
        one.pair.project: one
        for one in reversed(found)
        if one.pair.relation.name == "full_load_hours"
    }
    for one in found:
        if one.pair.relation.name != "implied_yardstick" or not one.defaults:
            continue
        hours = hours_of.get(one.pair.project)
        if hours is not None:
            made.append(_made(one, hours, one.defaults[0], claim, first + len(made)))
    return tuple(made)


def _made(one: Checked, hours: Checked, known: Alternative, claim: Claim, id_: int) -> Statement:
    relation = relations()["yardstick_hours"]
    ratio = one.pair.denominator[0]
    share = figure(ratio)
    watts = amount(hours.pair.denominator)
    energy = share.times(known.high)
    value = Figure(
        low=energy.low / watts.high * 1000,
        mid=energy.mid / watts.mid * 1000,
        high=energy.high / watts.low * 1000,
        unit="hour",
        cmp=share.cmp,
        rounding=share.rounding + watts.rounding,
    )
    rated = rate(value, hours.alternatives, spread=True, boast="numerator")
    result = measure(value.mid, "hour", claim.lang)
    # the yardstick's own figure is no number of hours; the arithmetic tells it
    yardstick = [
        replace(reference, value=None, low=None, high=None)
        for reference in one.statement.references[:1]
    ]
    return Statement(
        id=id_,
        relation=relation.name,
        numerator=(ratio.id,),
        denominator=hours.statement.denominator,
        value=value.mid,
        unit=relation.unit,
        main=False,
        rating=rated.rating,
        cmp=value.cmp,
        needed=say(claim.lang, "needs", value=result),
        reason=say(
            claim.lang,
            "reverse",
            ratio=ratio.text,
            label=named(known, claim.lang),
            value=measure(known.high, "kWh", claim.lang),
            energy=measure(energy.mid, "kWh", claim.lang),
            capacity=measure(watts.mid, "W", claim.lang),
            hours=result,
        ),
        references=(*yardstick, *hours.statement.references),
        band=hours.statement.band,
        project=one.pair.project,
    )
