"""A statement's needed value, arithmetic and judgement in words, and what it is held against."""

from collections.abc import Sequence
from dataclasses import replace

from wafer_calc.claims.pairs.pairing import Pair
from wafer_calc.claims.rating import Limit, Rated, satisfies
from wafer_calc.claims.records import Reference, TextQuantity
from wafer_calc.claims.references import Alternative
from wafer_calc.claims.relations import Relation
from wafer_calc.claims.values import CHANGES, Figure, amount, figure, unit_of
from wafer_calc.claims.wording import measure, named, number, say, span

SHOWN = 6
"""References that a statement names; the reach covers all."""


def needed(value: Figure, pair: Pair, alternatives: tuple[Alternative, ...], lang: str) -> str:
    """Say what the claim needs to be true, then what is usual."""
    relation = pair.relation
    if relation.arithmetic:
        return ""
    name = {">=": "needs_at_least", "<=": "needs_at_most"}.get(value.cmp, "needs")
    asked = span(value.low, value.high, relation.shown_unit, lang)
    if relation.name == "full_load_hours" and any(q.per == "year" for q in pair.denominator):
        asked = say(lang, "per_kw_dc", value=number(value.mid))  # a factory's watts are DC
    needed = say(lang, name, value=asked)
    usual = usual_text(alternatives, relation.shown_unit, lang)
    return say(lang, "joined").join(part for part in (needed, usual) if part)


def usual_text(alternatives: tuple[Alternative, ...], unit: str, lang: str) -> str:
    """Name the default references with their figures; several series of one year as one stretch."""
    groups: dict[tuple[str, str], list[Alternative]] = {}
    for a in alternatives:
        if a.default:
            groups.setdefault((a.facts[0].key, str(a.facts[0].period)), []).append(a)
    told = []
    for several in groups.values():
        name = named(several[0], lang, short=len(several) > 1)
        low, high = ends_of(tuple(several))
        told.append(say(lang, "usual", label=name, value=span(low, high, unit, lang)))
    return say(lang, "joined").join(told)


def shown(quantity: TextQuantity, lang: str) -> str:
    """Print a quantity as the text has it, with its figure in common units where that helps."""
    value = figure(quantity)
    plain = span(value.low, value.high, value.unit, lang)
    squeezed = quantity.text.replace(" ", "")
    if plain.replace(" ", "") == squeezed or unit_of(quantity) in _PLAIN:
        return quantity.text
    return f"{quantity.text}（{plain}）" if lang == "zh" else f"{quantity.text} ({plain})"


_PLAIN = frozenset(
    {
        "dimensionless",
        "count",
        "piece",
        "household",
        "person",
        "panel",
        "tree",
        "year",
        "month",
        "day",
    }
)


def arithmetic(pair: Pair, value: Figure, hours: Alternative | None, lang: str) -> str:
    """Write the sum that a pocket calculator can repeat, with the printed figures."""
    over, under = _side(pair.numerator, lang), _side(pair.denominator, lang)
    if " × " in under and not under.startswith("("):
        under = f"({under})"
    text = ""
    if pair.guessed_period:
        text += say(lang, "guessed")
    for q, factor in (
        (pair.numerator[:1], pair.factors[0]),
        (pair.denominator[:1], pair.factors[1]),
    ):
        if q and factor != 1:
            name = "yearly" if factor > 1 else "years"
            times = number(factor if factor > 1 else 1 / factor)
            text += say(lang, name, text=q[0].text, factor=times)
    if hours is not None:
        makers = pair.numerator if pair.derived == "numerator" else pair.denominator
        per_w = (hours.low + hours.high) / 2 / 1000.0
        watts = amount(makers)
        energy = span(watts.low * per_w, watts.high * per_w, "kWh", lang)
        text += say(
            lang,
            "times_hours",
            over=_side(makers, lang),
            hours=span(hours.low, hours.high, "hour", lang),
            label=named(hours, lang),
            energy=energy,
        )
        over, under = (energy, under) if pair.derived == "numerator" else (over, energy)
    result = span(value.low, value.high, pair.relation.shown_unit, lang)
    if not under and pair.numerator[0].role == "capacity factor":
        return say(lang, "of_the_year", text=over, value=result)
    if not under:
        return text + say(lang, "usual", label=over, value=result)
    return text + say(lang, "over", over=over, under=under, value=result)


def _side(quantities: Sequence[TextQuantity], lang: str) -> str:
    """Print one side: figures of one unit added, counts times sizes, a change as (1 + share)."""
    if len(quantities) > 1 and len({unit_of(q) for q in quantities}) == 1:
        terms = [[q] for q in quantities]
    elif any(q.part == "unit" for q in quantities):
        terms = [list(quantities[i : i + 2]) for i in range(0, len(quantities), 2)]
    else:
        terms = [list(quantities)]
    products = [" × ".join(_factor(q, lang) for q in term) for term in terms]
    return products[0] if len(products) == 1 else f"({' + '.join(products)})" if products else ""


def _factor(quantity: TextQuantity, lang: str) -> str:
    text = shown(quantity, lang)
    if quantity.role in CHANGES:
        return f"(1 {'+' if CHANGES[quantity.role] > 0 else '−'} {text})"
    return text


def judgement(
    value: Figure,
    relation: Relation,
    alternatives: tuple[Alternative, ...],
    rated: Rated,
    lang: str,
) -> str:
    """Say how the figure stands to its bound or its nearest reference."""
    unit = relation.shown_unit
    if rated.rating == "impossible" and rated.limit is not None:
        law = rated.limit.law[lang]
        return say(lang, "impossible", limit=measure(rated.limit.value, unit, lang), law=law)
    if relation.name == "chain_steps_added":
        return say(lang, "chain")
    if relation.arithmetic:
        if rated.rating == "holds":
            return say(lang, "equal")
        if relation.partial and rated.rating == "holds_if":
            return say(lang, "partial", share=measure(value.mid, "dimensionless", lang))
        factor = value.mid if value.mid >= 1 else 1 / value.mid
        return say(lang, "unequal", factor=number(factor))
    if rated.rating == "cannot_check" or rated.by is None:
        return say(lang, "no_source")
    by = rated.by
    label, figure_text = named(by, lang), _reach(by, unit, lang)
    if rated.rating == "holds":
        return say(lang, "holds", label=label, value=figure_text)
    if rated.rating == "holds_if":
        usual = any(a.default for a in alternatives)
        if not satisfies(value, by.low, by.high):
            low, high = ends_of(alternatives)
            return say(
                lang,
                "holds_if_between",
                low=measure(low, unit, lang),
                high=measure(high, unit, lang),
            )
        name = "holds_if" if usual else "holds_if_only"
        return say(lang, name, label=label, value=figure_text)
    factor = rated.factor or 1.0
    return say(
        lang,
        "miss",
        label=label,
        value=figure_text,
        factor=number(factor if factor >= 1 else 1 / factor),
    )


def _reach(by: Alternative, unit: str, lang: str) -> str:
    """Print a reference's figures; of a year's total, what the press may take it for."""
    ends = span(by.low, by.high, unit, lang)
    if by.typical is None or len(by.facts) == 1:
        return ends
    low, high = (number(end / by.typical, 2) for end in (by.low, by.high))
    return f"{measure(by.typical, unit, lang)} × {low}–{high} = {ends}"


def policies(
    value: Figure, relation: Relation, alternatives: tuple[Alternative, ...], lang: str
) -> str:
    """Name a policy's figure that the claim comes to: it is easily taken for an output."""
    same = [
        a
        for a in alternatives
        if not a.counts and satisfies(replace(value, cmp="="), a.low, a.high)
    ]
    if not same:
        return ""
    text = say(
        lang,
        "policy",
        value=span(same[0].low, same[0].high, relation.shown_unit, lang),
        label=named(same[0], lang),
    )
    return say(lang, "joined") + text


def cited(
    value: float, alternatives: tuple[Alternative, ...], rated: Rated, lang: str
) -> tuple[Reference, ...]:
    """Give the references to name: defaults, what decided, the policy nearest, then others."""
    first = [a for a in alternatives if a.default]
    first += [a for a in (rated.by,) if a is not None and not a.default]
    policies = [a for a in alternatives if not a.counts]
    first += sorted(policies, key=lambda a: abs(a.high - value))[:1]
    rest = [a for a in alternatives if a not in first]
    if any(a.name for a in rest):  # wafer formats: those that come near the figure matter
        rest.sort(key=lambda a: abs(value / a.centre - 1))
    chosen = (first + rest)[:SHOWN]
    if rated.limit is not None and rated.limit.alternative is not None:
        chosen = [rated.limit.alternative, *chosen]
    return tuple(
        Reference(
            label=named(a, lang),
            value=a.low if a.low == a.high else None,
            low=None if a.low == a.high else a.low,
            high=None if a.low == a.high else a.high,
            sources=tuple(dict.fromkeys(fact.source.id for fact in a.facts)),
        )
        for a in chosen
    )


def band(
    alternatives: tuple[Alternative, ...], limits: tuple[Limit, ...]
) -> tuple[float | None, float | None] | None:
    """Give the reach of the alternatives, or else of the bounds."""
    if alternatives:
        return ends_of(alternatives)
    low = next((limit.value for limit in limits if limit.side == "low"), None)
    high = next((limit.value for limit in limits if limit.side == "high"), None)
    return None if low is None and high is None else (low, high)


def ends_of(alternatives: tuple[Alternative, ...]) -> tuple[float, float]:
    """Give the lowest and the highest end of what counts."""
    alternatives = tuple(a for a in alternatives if a.counts) or alternatives
    return min(a.low for a in alternatives), max(a.high for a in alternatives)
