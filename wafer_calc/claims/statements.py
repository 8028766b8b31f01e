"""Pairs into rated statements, each with its arithmetic in words."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from wafer_calc.claims import partners
from wafer_calc.claims.pairing import Pair
from wafer_calc.claims.rating import Limit, Rated, rate, satisfies
from wafer_calc.claims.records import Comparator, Rating, Reference, Statement, TextQuantity
from wafer_calc.claims.references import Alternative, Moment, collect, facts_for
from wafer_calc.claims.relations import Relation, relations
from wafer_calc.claims.values import Figure, figure, unit_of
from wafer_calc.claims.wording import measure, named, number, say, span
from wafer_calc.facts import Fact

SHOWN = 6
"""References that a statement names; the reach covers all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What the statements of one text share.

    Attributes
    ----------
    lang : str
        ``"en"`` or ``"zh"``.
    moment : Moment
        When the claim was made.
    quantities : tuple of TextQuantity
        The text's.
    technologies, places : dict
        What each project's quantities name, in text order.
    formats : frozenset of str
        The wafers that its watts have turned out to be, which its prices are looked up for.
    known : dict
        References that were gathered already.
    """

    lang: str
    moment: Moment
    quantities: tuple[TextQuantity, ...]
    technologies: dict[int, tuple[str, ...]] = field(default_factory=dict)
    places: dict[int, str] = field(default_factory=dict)
    formats: frozenset[str] = frozenset()
    known: dict[tuple[str | None, ...], tuple[Alternative, ...]] = field(default_factory=dict)

    def technology(self, pair: Pair) -> str | None:
        """Give the technology that a pair is about; a factory's energy is that of PV."""
        if partners.STORAGE & {q.technology for q in pair.quantities}:
            return "storage"
        makers = [q for q in pair.quantities if q.kind in ("capacity", "generation")]
        if len({q.technology for q in makers if q.kind == "capacity"}) > 1:
            return None  # a hybrid's hours are those of no single kind of plant
        told = [q.technology for q in (*makers, *pair.quantities) if q.technology]
        told += self.technologies.get(pair.project, ())
        if pair.relation.name in _OF_PLANTS:
            plants = [name for name in told if name not in partners.FACTORY]
            made = any(q.per == "year" and q.kind == "capacity" for q in pair.quantities)
            if made or (told and not plants):
                return "pv"
            return plants[0] if plants else None
        if (
            told
            and told[0] in partners.FACTORY
            and any(q.kind == "capacity" and q.per == "none" for q in makers)
        ):
            return "pv"  # a plant is told by its modules
        return told[0] if told else None

    def country(self, pair: Pair) -> str | None:
        """Give the country that a pair is about; a Chinese text speaks of China unless it says."""
        places = [q.place for q in pair.quantities if q.place]
        place = places[0] if places else self.places.get(pair.project)
        return place or ("China" if self.lang == "zh" else None)

    def references(
        self,
        relation: Relation,
        technology: str | None,
        country: str | None,
        yardstick: str | None = None,
    ) -> tuple[Alternative, ...]:
        """Give a relation's references, gathered once for each kind of pair."""
        key = (relation.name, relation.unit, technology, country, yardstick)
        if key not in self.known:
            self.known[key] = collect(relation, technology, country, self.moment, yardstick)
        return self.known[key]


def claim_of(quantities: Sequence[TextQuantity], lang: str, moment: Moment) -> Claim:
    """Give what the statements of a text share.

    Parameters
    ----------
    quantities : sequence of TextQuantity
        The text's, in order.
    lang : str
        ``"en"`` or ``"zh"``.
    moment : Moment
        When the claim was made.

    Returns
    -------
    Claim
        With each project's technologies and place.
    """
    technologies: dict[int, dict[str, None]] = {}
    places: dict[int, str] = {}
    for q in quantities:
        if q.technology:
            technologies.setdefault(q.project, {})[q.technology] = None
        if q.place:
            places.setdefault(q.project, q.place)
    for q in quantities:
        home = _HOMES.get(q.unit)
        if home:
            places.setdefault(q.project, home)
    return Claim(
        lang=lang,
        moment=moment,
        quantities=tuple(quantities),
        technologies={project: tuple(names) for project, names in technologies.items()},
        places=places,
    )


_HOMES = {"CNY": "China", "INR": "India", "GBP": "UK", "AUD": "Australia"}  # of a currency
_OF_PLANTS = frozenset(
    {"full_load_hours", "kwh_per_household", "kwh_per_person", "coal_per_kwh", "co2_per_kwh"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A statement with what rated it, for the steps that come after."""

    statement: Statement
    pair: Pair
    figure: Figure
    alternatives: tuple[Alternative, ...]
    rated: Rated

    @property
    def facts(self) -> tuple[Fact, ...]:
        """Everything that the references and the bound rest on."""
        made = [fact for a in self.alternatives for fact in a.facts]
        if self.rated.limit is not None and self.rated.limit.alternative is not None:
            made += self.rated.limit.alternative.facts
        return tuple(made)

    @property
    def defaults(self) -> tuple[Alternative, ...]:
        """The references that hold when nothing special is claimed."""
        return tuple(a for a in self.alternatives if a.default)


def checked(pair: Pair, claim: Claim) -> Checked:
    """Rate a pair.

    Parameters
    ----------
    pair : Pair
        Which figures are divided by which.
    claim : Claim
        The text they stand in.

    Returns
    -------
    Checked
        The statement with id 0, to be numbered by the caller.
    """
    relation = pair.relation
    technology, country = claim.technology(pair), claim.country(pair)
    value, hours, wide = pair.figure, None, None
    if pair.derived:
        known = _hours(technology, country, claim)
        if not known:
            return _unchecked(pair, claim)
        hours = known[0]
        value = _energised(pair, hours)
        wide = _ends(known)
    yardstick = next((q.yardstick for q in pair.denominator if q.yardstick), None)
    alternatives = (
        () if relation.arithmetic else claim.references(relation, technology, country, yardstick)
    )
    if relation.name == "implied_yardstick":
        value = replace(value, cmp=_equated(value.cmp))
        alternatives = alternatives if yardstick else ()
    limits = _limits(relation, technology, country, claim.moment)
    if pair.guessed_period:
        limits = ()
    if relation.arithmetic:
        rated = _arithmetic(pair)
    else:
        rated = rate(
            value,
            alternatives,
            limits,
            spread=relation.reach == "spread",
            boast=relation.boast,
            prefer=claim.formats,
        )
    note = ""
    if wide is not None and rated.rating not in ("holds", "holds_if", "cannot_check"):
        rated, note = _at_other_hours(pair, wide, alternatives, rated, claim.lang)
    statement = Statement(
        id=0,
        relation=relation.name,
        numerator=tuple(q.id for q in pair.numerator),
        denominator=tuple(q.id for q in pair.denominator),
        value=value.mid,
        unit=relation.unit,
        main=relation.main,
        rating=rated.rating,
        cmp=value.cmp,
        needed=_needed(value, pair, alternatives, claim.lang),
        reason=_arithmetic_text(pair, value, hours, claim.lang)
        + say(claim.lang, "joined")
        + (note or _judgement(value, relation, alternatives, rated, claim.lang))
        + ("" if rated.rating == "holds" else _policies(value, relation, alternatives, claim.lang)),
        references=_references(value.mid, alternatives, rated, claim.lang),
        band=_band(alternatives, limits),
        project=pair.project,
    )
    return Checked(
        statement=statement, pair=pair, figure=value, alternatives=alternatives, rated=rated
    )


def _equated(cmp: Comparator) -> Comparator:
    # "over 60 TWh, as much as 60 % of the dam": the ratio equates the two, whichever side is open
    return "~" if cmp in (">=", "<=") else cmp


def _hours(technology: str | None, country: str | None, claim: Claim) -> tuple[Alternative, ...]:
    found = claim.references(relations()["full_load_hours"], technology, country)
    if technology is None and found:
        # any plant's hours: the text does not tell which kind it is
        low, high = _ends(found)
        return (replace(found[0], low=low, high=high, name=say(claim.lang, "any_plant")),)
    return found


def _at_other_hours(
    pair: Pair,
    wide: tuple[float, float],
    alternatives: tuple[Alternative, ...],
    rated: Rated,
    lang: str,
) -> tuple[Rated, str]:
    """Rate again with every value of the hours that such plants have shown."""
    ends = [_energised(pair, Alternative(low=h, high=h, facts=())) for h in wide]
    low, high = min(end.low for end in ends), max(end.high for end in ends)
    value = replace(ends[0], low=low, high=high, cmp="~")
    relation = pair.relation
    again = rate(value, alternatives, spread=relation.reach == "spread", boast=relation.boast)
    if again.rating not in ("holds", "holds_if"):
        return rated, ""
    told = say(
        lang,
        "hours_within",
        low=measure(wide[0], "hour", lang),
        high=measure(wide[1], "hour", lang),
    )
    return replace(again, rating="holds_if"), told


def _energised(pair: Pair, hours: Alternative) -> Figure:
    above = pair.derived == "numerator"
    low, high = hours.low / 1000.0, hours.high / 1000.0  # kWh per W
    least, most = (low, high) if above else (1 / high, 1 / low)
    mid = (low + high) / 2 if above else 2 / (low + high)
    loose: Comparator = "~" if pair.figure.cmp == "=" else pair.figure.cmp
    return replace(
        pair.figure,
        low=pair.figure.low * least,
        mid=pair.figure.mid * mid,
        high=pair.figure.high * most,
        cmp=loose,
    )


def _limits(
    relation: Relation, technology: str | None, country: str | None, moment: Moment
) -> tuple[Limit, ...]:
    made = []
    for bound in relation.bounds:
        if bound.technologies and technology not in bound.technologies:
            continue
        found: Alternative | None = None
        value = bound.value
        if bound.query is not None and bound.query.derived:
            from wafer_calc.claims import formats

            found = next(formats.derive(bound.query.derived, relation, moment), None)
        elif bound.query is not None:
            names = {"technology": technology or "", "country": country or "", "yardstick": ""}
            known = facts_for(bound.query, names)
            if known:
                from wafer_calc.claims.references import alternative_of

                found = alternative_of(known[0], relation.fact_unit)
        if found is not None:
            value = found.high if bound.side == "high" else found.low
        if value is not None:
            made.append(Limit(side=bound.side, value=value, law=bound.law, alternative=found))
    return tuple(made)


def _arithmetic(pair: Pair) -> Rated:
    value, relation = pair.figure, pair.relation
    if relation.name == "chain_steps_added":
        return Rated(rating="inconsistent", factor=value.mid)
    if satisfies(replace(value, cmp="=" if value.cmp in ("=", "range") else "~"), 1.0, 1.0):
        return Rated(rating="holds")
    if relation.partial and value.low > 1:
        law = relation.bounds[0].law
        return Rated(rating="impossible", limit=Limit(side="high", value=1.0, law=law))
    if relation.partial and not pair.complete:
        return Rated(rating="holds_if")
    return Rated(rating="inconsistent", factor=value.mid)


def _unchecked(pair: Pair, claim: Claim) -> Checked:
    relation = pair.relation
    statement = Statement(
        id=0,
        relation=relation.name,
        numerator=tuple(q.id for q in pair.numerator),
        denominator=tuple(q.id for q in pair.denominator),
        value=None,
        unit=relation.unit,
        main=relation.main,
        rating="cannot_check",
        cmp=pair.figure.cmp,
        needed="",
        reason=say(claim.lang, "no_source"),
        project=pair.project,
    )
    return Checked(
        statement=statement,
        pair=pair,
        figure=pair.figure,
        alternatives=(),
        rated=Rated(rating="cannot_check"),
    )


def _needed(value: Figure, pair: Pair, alternatives: tuple[Alternative, ...], lang: str) -> str:
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
        low, high = _ends(tuple(several))
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


_PLAIN = frozenset({"dimensionless", "count", "piece", "household", "person", "panel", "tree"})


def _arithmetic_text(pair: Pair, value: Figure, hours: Alternative | None, lang: str) -> str:
    joins = " + " if pair.relation.partial else " × "
    if pair.relation.name == "full_load_hours" and not any(
        q.part == "unit" for q in pair.quantities
    ):
        joins = " + "
    over = joins.join(shown(q, lang) for q in pair.numerator)
    under = joins.join(shown(q, lang) for q in pair.denominator)
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
        capacity = pair.numerator[0] if pair.derived == "numerator" else pair.denominator[0]
        per_w = (hours.low + hours.high) / 2 / 1000.0
        watts = figure(capacity)
        energy = span(watts.low * per_w, watts.high * per_w, "kWh", lang)
        text += say(
            lang,
            "times_hours",
            over=shown(capacity, lang),
            hours=span(hours.low, hours.high, "hour", lang),
            label=named(hours, lang),
            energy=energy,
        )
        over, under = (energy, under) if pair.derived == "numerator" else (over, energy)
    result = span(value.low, value.high, pair.relation.shown_unit, lang)
    if not under:
        return say(lang, "usual", label=over, value=result)
    return text + say(lang, "over", over=over, under=under, value=result)


def _judgement(
    value: Figure,
    relation: Relation,
    alternatives: tuple[Alternative, ...],
    rated: Rated,
    lang: str,
) -> str:
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
    label, figure_text = named(by, lang), span(by.low, by.high, unit, lang)
    if rated.rating == "holds":
        return say(lang, "holds", label=label, value=figure_text)
    if rated.rating == "holds_if":
        usual = any(a.default for a in alternatives)
        if not satisfies(value, by.low, by.high):
            low, high = _ends(alternatives)
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


def _policies(
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


def _references(
    value: float, alternatives: tuple[Alternative, ...], rated: Rated, lang: str
) -> tuple[Reference, ...]:
    first = [a for a in alternatives if a.default]
    first += [a for a in (rated.by,) if a is not None and not a.default]
    policies = [a for a in alternatives if not a.counts]
    first += sorted(policies, key=lambda a: abs(a.high - value))[:1]
    rest = [a for a in alternatives if a not in first]
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


def _band(
    alternatives: tuple[Alternative, ...], limits: tuple[Limit, ...]
) -> tuple[float | None, float | None] | None:
    if alternatives:
        return _ends(alternatives)
    low = next((limit.value for limit in limits if limit.side == "low"), None)
    high = next((limit.value for limit in limits if limit.side == "high"), None)
    return None if low is None and high is None else (low, high)


def _ends(alternatives: tuple[Alternative, ...]) -> tuple[float, float]:
    alternatives = tuple(a for a in alternatives if a.counts) or alternatives
    return min(a.low for a in alternatives), max(a.high for a in alternatives)


def lone(quantity: TextQuantity, wanted: str, relation: Relation, claim: Claim) -> Statement:
    """Give the statement of a quantity whose partner is missing: it cannot be checked."""
    rating: Rating = "cannot_check"
    return Statement(
        id=0,
        relation=relation.name,
        numerator=(quantity.id,),
        denominator=(),
        value=None,
        unit=relation.unit,
        main=relation.main,
        rating=rating,
        cmp=quantity.cmp,
        needed="",
        reason=say(claim.lang, "missing", text=quantity.text, wanted=wanted),
        project=quantity.project,
    )
