"""The records of a fact-check: what a text says, what follows from it, and how it was rated."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Literal

from wafer_calc import display

if TYPE_CHECKING:
    import pandas as pd

Kind = Literal[
    "capacity", "wafer_count", "generation", "energy_ratio", "money", "investment", "mass_coal",
    "mass_co2", "homes", "area", "time", "other",
]  # fmt: skip
Comparator = Literal["=", "~", ">=", "<=", "range"]
Period = Literal["year", "half-year", "month", "week", "day", "hour", "total", "none"]
Part = Literal["whole", "phase", "unit", "class", "yardstick"]
Rating = Literal[
    "cannot_check", "impossible", "inconsistent", "holds", "holds_if", "overstated",
    "understated", "does_not_hold",
]  # fmt: skip


COUNTRY = "country"
"""The yardstick that is a whole country's electricity."""

ALIKE = "+"
"""What stands between the numbers of phases that have one size: ``"2+3"``."""

REGION = "region:"
"""What stands before the name of a province, state or city whose electricity is the yardstick."""

YEARS_USE = "a year's use"
"""The role of homes whose whole year's electricity an energy is said to be."""

PART_OF_YEAR = "part of a year"
"""The role of an energy that some months of one year gave: the year gives no less."""

NATIONAL = "national electricity"
"""The role of what a whole country uses or makes."""


def is_region(yardstick: str | None) -> bool:
    """Whether a yardstick is a province's, state's or city's electricity."""
    return yardstick is not None and yardstick.startswith(REGION)


@dataclass(frozen=True, slots=True, kw_only=True)
class Intended:
    """What a misprinted quantity was clearly meant to say."""

    value: float
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TextQuantity:
    """One quantity as a text prints it.

    Attributes
    ----------
    id : int
        Position in the list of the text's quantities.
    start, end : int
        Offsets into the caller's own string: number, multiplier and unit or noun.
    text : str
        ``caller_text[start:end]``.
    value : float or (float, float)
        As written, in `unit`; a pair for a range.
    unit : str
        Base unit: W, kWh, kg, m**2, m, hour, year, month, day, V, CNY, USD, GBP, EUR, AED, NOK,
        INR, piece, household, person, panel, vehicle, tree, count, football_field, dimensionless …
    number : float or (float, float)
        The number with its multiplier, before the unit's own factor.
    resolution : float
        Half a unit of the last printed digit, in `unit`: how far rounding may have moved it.
    kind, cmp, per : str
        See the type's words.
    entity : str
        The project, phase or machine that the quantity belongs to, in the text's words.
    project : int
        Number of the project within the text; quantities of different projects never pair.
    part : str
        Whether it is the whole project's, a phase's, one machine's, a size class or a yardstick's.
    phase : str or None
        Which phase (``"1"``, ``"2"`` …, ``"2+3"`` for two of one size) where `part` is ``"phase"``.
    role : str or None
        What the quantity is, in a few words (``"output value"``, ``"coal avoided"``,
        ``"ratio to yardstick"`` …).
    technology : str or None
        pv, wind, offshore_wind, hydro, nuclear, csp, coal, gas, storage, or for a factory
        ingot, wafer, cell, module, polysilicon.
    place : str or None
        Country the quantity belongs to: China, UK, US, India … where the text tells.
    yardstick : str or None
        For a ratio, the key of what it is compared with (``"three_gorges"`` …).
    intended : Intended or None
        The reading meant, where the text clearly misprints a unit.
    sentence : int
        Number of the sentence within the text.
    """

    id: int
    start: int
    end: int
    text: str
    value: float | tuple[float, float]
    unit: str
    number: float | tuple[float, float]
    resolution: float
    kind: Kind
    cmp: Comparator
    per: Period
    entity: str
    project: int = 0
    part: Part = "whole"
    phase: str | None = None
    role: str | None = None
    technology: str | None = None
    place: str | None = None
    yardstick: str | None = None
    intended: Intended | None = None
    sentence: int = 0

    def _repr_html_(self) -> str:
        return _quantity_table((self,))


class Draft:
    """A `TextQuantity` while its fields are set; a frozen record sets them six times more slowly."""

    __slots__ = tuple(field.name for field in fields(TextQuantity))

    def frozen(self) -> TextQuantity:
        """Make the draft, all of whose fields are set, the record itself."""
        record: Any = self
        record.__class__ = TextQuantity  # which has the same slots
        return record  # type: ignore[no-any-return]


class TextQuantities(tuple[TextQuantity, ...]):
    """The quantities of a text, in its order; a tuple that a notebook shows as a table."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        return _quantity_table(self)


LONGEST = 60  # quantities of a project, beyond which none goes with another


def segments(quantities: Iterable[TextQuantity]) -> list[tuple[TextQuantity, ...]]:
    """Give each project's quantities, a long run of them in pieces, so that work grows linearly.

    Parameters
    ----------
    quantities : iterable of TextQuantity
        Of a whole text.

    Returns
    -------
    list of tuple of TextQuantity
        In the order of the projects; figures that belong together stand near each other, so
        nothing is looked for farther away than `LONGEST` quantities.
    """
    projects: dict[int, list[TextQuantity]] = {}
    for quantity in quantities:
        projects.setdefault(quantity.project, []).append(quantity)
    return [
        tuple(own[start : start + LONGEST])
        for _, own in sorted(projects.items())
        for start in range(0, len(own), LONGEST)
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A figure that a statement is judged against.

    Attributes
    ----------
    label : str
        What it is, as a reader would call it (``"Chinese PV, all plants, 2021"``).
    value, low, high : float or None
        In the statement's unit.
    sources : tuple of str
        Ids of entries in the document's ``sources``.
    """

    label: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One checkable proposition and its rating.

    Attributes
    ----------
    id : int
        Position in the list.
    relation : str
        Row of ``claims/relations.toml``.
    numerator, denominator : tuple of int
        Ids of the quantities; products where there are several, empty for a fact's figure.
    value : float or None
        The implied figure in `unit`.
    unit : str
        Such as ``"W/piece"``, ``"hour"``, ``"kWh/household"``.
    main : bool
        Whether both figures are printed of the same entity.
    rating : str
        By the table of ratings.
    cmp : str
        Which way the claim points: ``"="``, ``"~"``, ``">="`` or ``"<="``.
    needed : str
        What the claim needs to be true, with its figure.
    references : tuple of Reference
        What it was held against, the default first.
    band : (float or None, float or None) or None
        Reach of the named alternatives, in `unit`.
    repair : str or None
        The reading that would fit, where a printing slip explains the miss.
    reason : str
        The arithmetic in words that can be repeated with a pocket calculator.
    project : int
        As in the quantities.
    """

    id: int
    relation: str
    numerator: tuple[int, ...]
    denominator: tuple[int, ...]
    value: float | None
    unit: str
    main: bool
    rating: Rating
    cmp: Comparator
    needed: str
    reason: str
    references: tuple[Reference, ...] = ()
    band: tuple[float | None, float | None] | None = None
    repair: str | None = None
    project: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """The claim's capacity under one irradiance assumption; a row of the scenario table.

    `p10_twh` and `p90_twh` are quantiles by their number, the lower first, of what is made of many
    plants or years; a single published number has none.
    """

    name: str
    kind: Literal["reported", "modelled", "policy"]
    yield_kwh_per_kw_dc: float
    published: float | None
    basis: str | None
    energy_twh: float
    p10_twh: float | None
    p90_twh: float | None
    share_of_yardstick: float | None
    yardstick_year: int | None
    meets: bool | None
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hypothesis:
    """One alternative for an unstated quantity, with the statements it satisfies and fails."""

    alternative: str
    satisfies: tuple[str, ...]
    fails: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Odds:
    """How likely the claimed energy is, for one named class of plants.

    Attributes
    ----------
    reference_class : str
        The plants, in the fact-check's language (``"plants at north-western stations"``).
    needed : float [kWh per kW DC and year]
        What the claim asks of them.
    probability : float
        That a portfolio of the claim's capacity, spread over the class, makes the claimed energy.
    sites_reaching, sites : int or None
        How many of the class's places reach it one by one, and how many there are.
    p10_twh, p50_twh, p90_twh : float
        Quantiles of the portfolio's year, by their number.
    decided_by : str
        The input that moves the portfolio's year most, when it goes from its 10 % to its 90 %
        quantile.
    swing_twh : float
        By how much to either side.
    sentence : str
        All of it in a sentence, in tenths.
    sources : tuple of str
        Ids of entries in the document's ``sources``.
    """

    reference_class: str
    needed: float
    probability: float
    sites_reaching: int | None
    sites: int | None
    p10_twh: float
    p50_twh: float
    p90_twh: float
    decided_by: str
    swing_twh: float
    sentence: str
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NeededValue:
    """What one input of a claim would have to be for the claimed energy, the others as assumed.

    Attributes
    ----------
    input : str
        ``"full_load_hours"``, ``"performance_ratio"`` …
    value : float or None
        In `unit`; None where nothing in the physical range does it.
    unit : str
        Such as ``"hour"``; ``""`` for a share.
    sentence : str
        With what was assumed for the others.
    """

    input: str
    value: float | None
    unit: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The worst main statement's rating, named, with the needed value first.

    `decided_by` is the id of that statement, or None where nothing could be checked;
    `probability` and `reference_class` stay None where no distribution is known.
    """

    rating: Rating
    decided_by: int | None
    needed: str | None
    probability: float | None
    reference_class: str | None
    summary: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FactCheck:
    """A checked claim; `wafer_calc.report` turns it into text, pages and figures."""

    text: str
    lang: Literal["zh", "en"]
    on: str | None
    quantities: tuple[TextQuantity, ...]
    statements: tuple[Statement, ...]
    scenarios: tuple[Scenario, ...]
    hypotheses: tuple[Hypothesis, ...]
    known_later: tuple[dict[str, Any], ...]
    sources: tuple[dict[str, Any], ...]
    verdict: Verdict
    project_verdicts: tuple[Verdict, ...] = ()
    scenario_title: str = ""
    facts_version: str = ""
    odds: tuple[Odds, ...] = ()
    needed_values: tuple[NeededValue, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Give the document of plain values that other programs read."""
        from wafer_calc.claims import document

        return document.to_dict(self)

    def to_dataframe(self, table: str = "scenarios") -> "pd.DataFrame":
        """Give the table of ``"scenarios"``, ``"statements"`` or ``"quantities"``."""
        from wafer_calc.claims import document

        return document.to_dataframe(self, table)

    def _repr_html_(self) -> str:
        words = self.verdict.rating.replace("_", " ")
        statements = [
            (
                s.relation.replace("_", " "),
                None if s.value is None else f"{s.cmp} {display.number(s.value)} {s.unit}",
                s.rating.replace("_", " ") + ("" if s.main else " (secondary)"),
                s.needed,
            )
            for s in self.statements
        ]
        scenarios = [
            (
                s.name,
                s.yield_kwh_per_kw_dc,
                s.energy_twh,
                None if s.share_of_yardstick is None else 100 * s.share_of_yardstick,
                s.meets,
                s.kind,
            )
            for s in self.scenarios
        ]
        tables = display.table(
            f"Verdict: {words}", ("statement", "implied", "rating", "needed"), statements,
            self.verdict.summary,
        )  # fmt: skip
        if scenarios:
            headers = ("assumption", "kWh per kW DC", "TWh", "% of yardstick", "meets", "kind")
            tables += display.table(self.scenario_title, headers, scenarios)
        return tables


def _quantity_table(quantities: tuple[TextQuantity, ...]) -> str:
    rows = []
    for q in quantities:
        value = q.value if isinstance(q.value, tuple) else (q.value,)
        shown = " to ".join(display.quantity(v, q.unit) for v in value)
        per = "" if q.per == "none" else q.per
        rows.append((q.id, q.text, f"{q.cmp} {shown}", per, q.kind, q.role, q.entity))
    headers = ("id", "in the text", "value", "per", "kind", "role", "of")
    return display.table("Figures in the text", headers, rows)
