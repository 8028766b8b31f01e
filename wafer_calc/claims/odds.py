"""The odds of a claimed energy for named classes of plants, and the input that moves them most."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from wafer_calc.assumptions.classes import ReferenceClass, portfolio, reference_classes
from wafer_calc.assumptions.stations import province_in
from wafer_calc.claims.claim import Claim
from wafer_calc.claims.records import Odds, Verdict
from wafer_calc.claims.statements import Checked
from wafer_calc.claims.values import amount, figure
from wafer_calc.claims.wording import measure, number, span
from wafer_calc.facts import Source
from wafer_calc.tables import read_table
from wafer_calc.units import Q_

__all__ = ["Question", "classes_of", "odds_of", "odds_words", "question", "tell", "tenths"]

# Below and above these, tenths say too little: under 1 in 20, over 19 in 20.
FEW, MANY = 0.05, 0.95
LOW, HIGH = 0.1, 0.9


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What a claim asks of photovoltaic plants.

    Attributes
    ----------
    capacity_kw, energy_kwh : float
        The claim's capacity, and the energy it promises of a year.
    threshold_kwh : float
        The end of that energy that the odds are for: of a range the lower, unless `upper`. As
        printed, so that a reader can count the stations that reach it.
    upper : bool
        Whether the claim is that no more is made.
    factory : bool
        Whether the plants may stand anywhere, made of a factory's year.
    country : str
        Where the plants stand.
    province : str or None
        That of the factory or the plants.
    wafers : float or None
        How many wafers the capacity is made of.
    project : int
        Whose plants, as in the quantities.
    lang : str
        ``"zh"`` or ``"en"``.
    on : str or None
        The claim's date.
    """

    capacity_kw: float
    energy_kwh: float
    threshold_kwh: float
    upper: bool
    factory: bool
    country: str
    province: str | None
    wafers: float | None
    project: int
    lang: str
    on: str | None


def question(found: Sequence[Checked], claim: Claim, text: str) -> Question | None:
    """Find what a claim asks of photovoltaic plants.

    Parameters
    ----------
    found : sequence of Checked
        The text's statements.
    claim : Claim
        Its quantities, language and date.
    text : str
        The text, for the province it names first.

    Returns
    -------
    Question or None
        Of the first statement that divides an energy by a photovoltaic capacity; None where
        there is none, or nothing tells the country: no class is guessed.
    """
    one = next((c for c in found if of_plants(c, claim)), None)
    country = None if one is None else claim.country(one.pair)
    if one is None or country is None:
        return None
    hours, capacity_kw = one.figure, amount(one.pair.denominator).mid / 1000.0
    upper = hours.cmp == "<="
    counts = [
        figure(q).mid
        for q in claim.quantities
        if q.kind == "wafer_count" and q.project == one.pair.project
    ]
    return Question(
        capacity_kw=capacity_kw,
        energy_kwh=hours.mid * capacity_kw,
        threshold_kwh=(hours.high if upper else hours.low) * capacity_kw,
        upper=upper,
        factory=any(q.per == "year" for q in one.pair.denominator),
        country=country,
        province=province_in(text) if country == "China" else None,
        wafers=counts[0] if counts and counts[0] > 0.0 else None,
        project=one.pair.project,
        lang=claim.lang,
        on=claim.moment.on,
    )


def of_plants(one: Checked, claim: Claim) -> bool:
    """Whether a statement divides a photovoltaic energy by its capacity, within a year's hours."""
    return (
        one.pair.relation.name == "full_load_hours"
        and claim.technology(one.pair) == "pv"
        and one.statement.rating not in ("cannot_check", "impossible")
    )


def classes_of(asked: Question) -> tuple[ReferenceClass, ...]:
    """Give the classes of a claim: a plant's own places, a factory's also the best ones."""
    every = reference_classes(country=asked.country, province=asked.province, on=asked.on)
    if asked.factory:
        return every
    return tuple(one for one in every if one.key != NORTH_WEST)


NORTH_WEST = "stations:north-western"


def odds_of(asked: Question) -> tuple[tuple[Odds, ...], tuple[Source, ...]]:
    """Give the odds of a claim, class by class, with their sources.

    Parameters
    ----------
    asked : Question
        What the claim asks.

    Returns
    -------
    odds : tuple of Odds
        The country's fleet first; empty where no class is known.
    sources : tuple of Source
        Of all classes.
    """
    chosen = classes_of(asked)
    sources = {source.id: source for one in chosen for source in one.sources}
    return tuple(_odds(one, asked) for one in chosen), tuple(sources.values())


def tell(verdict: Verdict, odds: Sequence[Odds], asked: Question) -> Verdict:
    """Tell a verdict its odds; the rating stays what it was.

    Parameters
    ----------
    verdict : Verdict
        As rated.
    odds : sequence of Odds
        Of the claim that decided it.
    asked : Question
        What that claim asks.

    Returns
    -------
    Verdict
        With the odds of the class that fits best: for a factory, plants at north-western
        stations, where much of China's new photovoltaics stands; for a plant, its own province;
        otherwise the country's fleet.
    """
    if not odds:
        return verdict
    best = next((one for one in odds if one.sites is not None), odds[0])
    words = odds_words(asked.lang)
    told = words["class_fleet" if best.sites is None else "class"].format(
        capacity=measure(asked.capacity_kw * 1000.0, "W", asked.lang),
        name=best.reference_class,
        reaching=best.sites_reaching,
        sites=best.sites,
    )
    return replace(verdict, probability=round(best.probability, 3), reference_class=told)


def _odds(one: ReferenceClass, asked: Question) -> Odds:
    whole = portfolio(one)
    to_twh = asked.capacity_kw / 1e9
    limit = asked.threshold_kwh / asked.capacity_kw
    below = whole.cdf(limit)
    sites = one.reaching(Q_(limit, "kWh/kW"))
    if sites is not None and asked.upper:
        sites = sites[1] - sites[0], sites[1]
    mean = whole.moments()[0] * to_twh
    swings = {
        (made.name if asked.lang == "en" else made.name_zh): mean
        * (made.distribution.ppf(HIGH) - made.distribution.ppf(LOW))
        / (2.0 * made.distribution.moments()[0])
        for made in one.inputs
    }
    most = max(swings, key=lambda name: swings[name])
    found = Odds(
        reference_class=one.name if asked.lang == "en" else one.name_zh,
        needed=limit,
        probability=below if asked.upper else 1.0 - below,
        sites_reaching=None if sites is None else sites[0],
        sites=None if sites is None else sites[1],
        p10_twh=whole.ppf(LOW) * to_twh,
        p50_twh=whole.ppf(0.5) * to_twh,
        p90_twh=whole.ppf(HIGH) * to_twh,
        decided_by=most,
        swing_twh=swings[most],
        sentence="",
        sources=tuple(source.id for source in one.sources),
    )
    return replace(found, sentence=_sentence(found, asked))


def _sentence(odds: Odds, asked: Question) -> str:
    words, lang = odds_words(asked.lang), asked.lang
    capacity = measure(asked.capacity_kw * 1000.0, "W", lang)
    parts = []
    if odds.sites is not None:
        parts.append(
            words["sites"].format(
                reaching=odds.sites_reaching,
                sites=odds.sites,
                stations=words["stations"],
                needed=f"{number(odds.needed)} kWh/kW",
            )
        )
    place = "fleet" if odds.sites is None else "portfolio"
    parts.append(words[place].format(capacity=capacity, odds=tenths(odds.probability, lang)))
    reach = span(odds.p10_twh * 1e9, odds.p90_twh * 1e9, "kWh", lang)
    parts.append(words["range"].format(range=reach))
    swing = measure(odds.swing_twh * 1e9, "kWh", lang)
    parts.append(words["most"].format(input=odds.decided_by, swing=swing))
    return str(
        words["sentence"].format(name=odds.reference_class, parts=words["between"].join(parts))
    )


def tenths(probability: float, lang: str) -> str:
    """Give odds in tenths.

    Examples
    --------
    >>> print(tenths(0.62, "en"), "|", tenths(0.62, "zh"), "|", tenths(0.003, "en"))
    about 6 in 10 | 约有6成把握 | under 1 in 20
    """
    words = odds_words(lang)
    if probability < FEW:
        return str(words["low"])
    if probability > MANY:
        return str(words["high"])
    return str(words["tenths"].format(n=min(9, max(1, round(10.0 * probability)))))


def odds_words(lang: str) -> dict[str, Any]:
    """Give the phrases of a language."""
    return _table()["zh" if lang == "zh" else "en"]


@cache
def _table() -> dict[str, dict[str, Any]]:
    return read_table("wafer_calc.claims", "odds")
