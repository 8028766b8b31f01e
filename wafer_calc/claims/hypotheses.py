"""One unstated quantity that joins two statements: each alternative tried on all of them."""

from collections.abc import Sequence
from dataclasses import replace

from wafer_calc import facts
from wafer_calc.claims import formats
from wafer_calc.claims.claim import Claim
from wafer_calc.claims.rating import satisfies
from wafer_calc.claims.records import Hypothesis, Statement
from wafer_calc.claims.references import Alternative
from wafer_calc.claims.relations import relations
from wafer_calc.claims.statements import Checked
from wafer_calc.claims.values import TOLERANCE, Figure
from wafer_calc.claims.wording import measure, number, say, span


def table(found: Sequence[Checked], claim: Claim) -> list[Hypothesis]:
    """Try wafer formats on watts and price, and readings of the capacity on the hours.

    Parameters
    ----------
    found : sequence of Checked
        The text's statements.
    claim : Claim
        Its language and date.

    Returns
    -------
    list of Hypothesis
        Empty where no statement leaves such a quantity open.
    """
    return [*_wafer_formats(found, claim), *_capacity_readings(found, claim)]


def wafers_of(one: Checked) -> frozenset[str]:
    """Give the formats that satisfy a statement's watts; none of another statement."""
    if one.pair.relation.name != "watt_per_wafer":
        return frozenset()
    return frozenset(
        a.name for a in one.alternatives if a.name and satisfies(_sharp(one.figure), a.low, a.high)
    )


def _sharp(figure: Figure) -> Figure:
    """Give a figure without more rounding than 5 %: "4 billion" is no licence for a ninth more."""
    return replace(figure, rounding=min(figure.rounding, TOLERANCE["="]))


def joint(found: Sequence[Checked], claim: Claim, *, first: int) -> tuple[Statement, ...]:
    """Say where no single wafer format satisfies both the watts and the price.

    Parameters
    ----------
    found : sequence of Checked
        The text's statements.
    claim : Claim
        Its language and date.
    first : int
        The id that the statement gets.

    Returns
    -------
    tuple of Statement
        One, rated ``inconsistent``, or none. Prices of the last two years count, with and without
        VAT, since a plan need not be made at the day's price.
    """
    watts, price = _of("watt_per_wafer", found), _of("yuan_per_wafer", found)
    if watts is None or price is None or watts.pair.project != price.pair.project:
        return ()
    fits_watts = wafers_of(watts)
    priced = {a.name.split()[0] for a in price.alternatives if a.name}
    fits_price = {
        a.name.split()[0]
        for a in price.alternatives
        if a.name and satisfies(price.figure, a.low * 0.9, a.high * 1.1)
    }
    if not fits_watts or not fits_price or fits_watts & fits_price or not fits_watts & priced:
        return ()
    relation = relations()["wafer_format"]
    return (
        Statement(
            id=first,
            relation=relation.name,
            numerator=watts.statement.numerator + price.statement.numerator,
            denominator=watts.statement.denominator,
            value=None,
            unit=relation.unit,
            main=relation.main,
            rating="inconsistent",
            cmp="=",
            needed="",
            reason=say(claim.lang, "one_format"),
            project=watts.pair.project,
        ),
    )


def _of(name: str, found: Sequence[Checked]) -> Checked | None:
    return next((one for one in found if one.pair.relation.name == name), None)


def _wafer_formats(found: Sequence[Checked], claim: Claim) -> list[Hypothesis]:
    watts, price = _of("watt_per_wafer", found), _of("yuan_per_wafer", found)
    if watts is None:
        return []
    limit = facts.find("silicon.efficiency_limit").best.value
    cells = formats.efficiencies(claim.moment)
    every = formats.traded(claim.moment)
    priced = [
        one for one in every if _latest(one.name, "incl", claim) or _latest(one.name, "excl", claim)
    ]
    made = []
    for one in priced or every:
        needed = watts.figure.mid / (one.area_m2 * formats.STC_W_M2)
        notes = [_efficiency_note(needed, limit, claim.lang)]
        met: list[str] = []
        missed: list[str] = []
        per_efficiency = one.area_m2 * formats.STC_W_M2
        ends = (
            (per_efficiency * cells.low, per_efficiency * min(cells.record, limit))
            if cells is not None
            else None
        )
        able = ends is not None and needed <= limit and satisfies(_sharp(watts.figure), *ends)
        if ends is not None and not able and satisfies(watts.figure, *ends):
            notes.append(say(claim.lang, "by_rounding"))
        (met if able else missed).append("watt_per_wafer")
        if price is not None:
            spans = [
                span_
                for vat in ("incl", "excl")
                if (span_ := _latest(one.name, vat, claim)) is not None
            ]
            if spans:
                notes.append(_price_note(spans, claim.lang))
                ok = any(satisfies(price.figure, a.low, a.high) for a in spans)
                (met if ok else missed).append("yuan_per_wafer")
        made.append(
            Hypothesis(
                alternative=f"{one.name}: {', '.join(notes)}",
                satisfies=tuple(met),
                fails=tuple(missed),
            )
        )
    return made


def _efficiency_note(needed: float, limit: float, lang: str) -> str:
    name = "efficiency_beyond" if needed > limit else "efficiency_needed"
    return say(lang, name, value=number(100 * needed), limit=number(100 * limit))


def _latest(name: str, vat: str, claim: Claim) -> Alternative | None:
    found = formats.latest_prices(name, vat, claim.moment)
    found = tuple(fact for fact in found if fact.tags.get("doping", "p") == "p") or found
    if not found:
        return None
    values = [fact.value for fact in found]
    return Alternative(low=min(values), high=max(values), facts=found, name=vat)


def _price_note(spans: Sequence[Alternative], lang: str) -> str:
    return " / ".join(
        say(
            lang,
            f"price_{one.name}",
            value=span(one.low, one.high, "CNY/piece", lang),
            date=str(one.facts[0].period)[:7],
        )
        for one in spans
    )


def _capacity_readings(found: Sequence[Checked], claim: Claim) -> list[Hypothesis]:
    hours = _of("full_load_hours", found)
    if hours is None or claim.technology(hours.pair) != "pv" or hours.rated.rating == "holds":
        return []
    if not hours.defaults or any(q.per == "year" for q in hours.pair.denominator):
        return []  # a factory's watts are those of its modules: DC, and new
    made = []
    for name, factor in _readings(claim):
        needed = hours.figure.times(factor)
        ok = _within(needed, hours.defaults)
        made.append(
            Hypothesis(
                alternative=say(
                    claim.lang, name, value=measure(needed.mid, "hour", claim.lang),
                    factor=number(factor),
                ),
                satisfies=("full_load_hours",) if ok else (),
                fails=() if ok else ("full_load_hours",),
            )
        )  # fmt: skip
    return made


def _readings(claim: Claim) -> list[tuple[str, float]]:
    made = [("reading_dc", 1.0)]
    ratios = facts.find("pv.dc_ac_ratio", country="China", on=claim.moment.on)
    if ratios:
        made.append(("reading_ac", 1 / ratios.best.value))
    first = facts.find("pv.degradation_first_year", technology="perc", on=claim.moment.on)
    if first:
        made.append(("reading_later", 1 / (1 - first.best.value)))
    return made


def _within(needed: Figure, alternatives: Sequence[Alternative]) -> bool:
    return any(satisfies(needed, a.low, a.high) for a in alternatives)
