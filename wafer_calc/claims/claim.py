"""What the statements of one text share: its language, date, technologies and places."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from wafer_calc.claims.pairs import partners
from wafer_calc.claims.pairs.pairing import Pair
from wafer_calc.claims.records import TextQuantity
from wafer_calc.claims.references import Alternative, Moment, collect
from wafer_calc.claims.relations import CHAIN, OF_CHAINS, Relation, settings


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
    homes : dict
        The country of the money of projects whose only word of the US is its dollar.
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
    homes: dict[int, str] = field(default_factory=dict)
    formats: frozenset[str] = frozenset()
    known: dict[tuple[str | None, ...], tuple[Alternative, ...]] = field(default_factory=dict)

    def technology(self, pair: Pair) -> str | None:
        """Give the technology that a pair is about; a factory's energy is that of PV."""
        if partners.STORAGE & {q.technology for q in pair.quantities}:
            pumped = any(q.technology == "pumped_storage" for q in pair.quantities)
            own = pumped and pair.relation.name in _OF_PUMPED
            return "pumped_storage" if own else "storage"
        if pair.relation.name == "co2_per_coal":
            role = pair.denominator[0].role or ""
            at_home = self.country(pair) == "China" and "raw" not in role
            return "standard_coal" if at_home or "standard" in role else None
        of_coal = pair.relation.name == "coal_per_kwh" and not pair.derived
        if of_coal and "standard" in (pair.numerator[0].role or ""):
            return "standard_coal"
        makers = [q for q in pair.quantities if q.kind in ("capacity", "generation")]
        makers.sort(key=lambda q: q.kind)  # a capacity's own word before its energy's
        if len({q.technology for q in makers if q.kind == "capacity"}) > 1:
            return None  # a hybrid's hours are those of no single kind of plant
        several = set(self.technologies.get(pair.project, ())) - partners.FACTORY - partners.STORAGE
        if makers and len(several) > 1 and all(q.technology is None for q in makers):
            return None
        told = [q.technology for q in (*makers, *pair.quantities) if q.technology]
        told += self.technologies.get(pair.project, ())
        if pair.relation.name in _OF_PLANTS:
            plants = [name for name in told if name not in partners.FACTORY]
            made = any(q.per == "year" and q.kind == "capacity" for q in pair.quantities)
            if made or (told and not plants):
                return "pv"
            return plants[0] if plants else None
        sizes = [q for q in makers if q.kind == "capacity"]
        if told and told[0] in partners.FACTORY and any(q.per == "none" for q in sizes):
            return "pv"  # a plant is told by its modules
        steps = sorted(partners.FACTORY & set(told))
        if pair.relation.name in OF_CHAINS and len(steps) > 1:
            return CHAIN.join(steps)  # one budget, several products
        if any(q.per == "year" for q in sizes):
            return next((name for name in told if name in partners.FACTORY), "factory")
        return told[0] if told else None

    def country(self, pair: Pair) -> str | None:
        """Give the country that a pair is about; a Chinese text speaks of China unless it says."""
        places = [q.place for q in pair.quantities if q.place]
        place = places[0] if places else self.places.get(pair.project)
        if place == "US" and pair.project in self.homes:
            place = self.homes[pair.project]  # "6.29 billion U.S. dollars" after an amount in yuan
        told = place == "China" and self.lang == "en"  # whose press means standard coal by "coal"
        if pair.relation.name == "coal_per_kwh" and not told and not _standard(pair):
            return None  # raw coal, of which a kWh takes more: the world's reach
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


def claim_of(
    quantities: Sequence[TextQuantity], lang: str, moment: Moment, text: str = ""
) -> Claim:
    """Give what the statements of a text share.

    Parameters
    ----------
    quantities : sequence of TextQuantity
        The text's, in order.
    lang : str
        ``"en"`` or ``"zh"``.
    moment : Moment
        When the claim was made.
    text : str, optional
        In which a technology is looked for where no quantity of a project has one.

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
        if q.yardstick in _CHINESE:
            places.setdefault(q.project, "China")  # whose readers know the dam
    dollars = _DOLLARS.search(text) is not None and _AMERICA.search(text) is None
    homes: dict[int, str] = {}
    for q in quantities:
        home = _HOMES.get(q.unit)
        if home:
            places.setdefault(q.project, home)
            if dollars:
                homes.setdefault(q.project, home)
    spans: dict[int, tuple[int, int]] = {}
    for q in quantities:
        start, end = spans.get(q.project, (q.start, q.end))
        spans[q.project] = min(start, q.start), max(end, q.end)
    for project, (start, end) in spans.items():
        if project not in technologies:
            technologies[project] = dict.fromkeys(_named(text[max(0, start - _BEFORE) : end]))
    return Claim(
        lang=lang,
        moment=moment,
        quantities=tuple(quantities),
        technologies={project: tuple(names) for project, names in technologies.items()},
        places=places,
        homes=homes,
    )


def _standard(pair: Pair) -> bool:
    """Whether a mass of coal is told to be standard coal, or nothing is told at all."""
    role = pair.numerator[0].role or "standard"
    return "standard" in role or "equivalent" in role


def _named(text: str) -> list[str]:
    """Give the one technology that a passage names; none where it names several."""
    said = text.casefold()
    found = [
        name
        for name, known in settings("technology_words").items()
        if any(word in said for word in known)
    ]
    if "offshore_wind" in found and "wind" in found:
        found.remove("wind")  # an offshore wind farm is a wind farm
    return found if len(found) == 1 else []


_DOLLARS = re.compile(r"(?:U\.?S\.?A?|American) ?(?:dollars?|\$)|US\$", re.IGNORECASE)
_AMERICA = re.compile(
    r"United States|America\b|U\.S\.(?! ?(?:dollar|\$))|\bUSA?\b(?! ?(?:dollar|\$))"
)
_CHINESE = frozenset(
    {
        "three_gorges", "baihetan", "wudongde", "xiluodu", "xiangjiaba", "gezhouba", "yangtze_six",
        "yangtze_four", "daya_bay",
    }
)  # fmt: skip
_OF_PUMPED = frozenset({"investment_per_watt", "storage_hours", "full_load_hours"})
_BEFORE = 60  # characters before a project's first figure in which its name stands
_HOMES = {"CNY": "China", "INR": "India", "GBP": "UK", "AUD": "Australia"}  # of a currency
_OF_PLANTS = frozenset(
    {"full_load_hours", "kwh_per_household", "kwh_per_person", "coal_per_kwh", "co2_per_kwh"}
)
