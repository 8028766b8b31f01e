"""The records Fact, Source and FactSet."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from math import isclose
from typing import TYPE_CHECKING, Any, Literal

from wafer_calc import display
from wafer_calc.errors import UnknownNameError

if TYPE_CHECKING:
    import pandas as pd

Kind = Literal["measured", "reported", "standard", "policy", "plan", "derived", "assumption"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a figure stands.

    Attributes
    ----------
    id : str
        Key of the source in its table.
    title, publisher : str
        As printed there.
    date : str or None
        ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``; None where the page bears none.
    url : str or None
        Address; None for a printed work.
    via : str or None
        The page it reached us through, where that is a repost.
    """

    id: str
    title: str
    publisher: str
    date: str | None = None
    url: str | None = None
    via: str | None = None

    def cite(self) -> str:
        """Give the source as one line: publisher, title, date."""
        line = f"{self.publisher}, “{self.title}”"
        if self.date:
            line += f", {self.date}"
        return line + (f" (via {self.via})" if self.via else "")

    def to_dict(self) -> dict[str, Any]:
        """Give the record as plain values."""
        return asdict(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A figure about the world, with its unit, scope, date and source.

    Attributes
    ----------
    key : str
        Dotted name; two sources that differ are two facts with one key.
    value : float
        In `unit`.
    unit : str
        As the registry of `wafer_calc.units` spells it; ``""`` for a pure number.
    per : str or None
        Period that the value belongs to, such as ``"year"``; never part of the unit.
    low, high : float or None
        Bounds in `unit`, where the source or a stated judgement gives them.
    period : int, str or None
        The year (int) or date the figure describes.
    published : str
        ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``: when the world could know it.
    kind : str
        measured, reported, standard, policy, plan, derived or assumption.
    confidence : str
        high, medium or low.
    scope : str or None
        Which plants, which series, which basis, VAT or not.
    basis : str or None
        For full-load hours: ``"dc"``, ``"ac"`` or ``"as_registered"``.
    source : Source
        Where it stands.
    note : str or None
        What a reader should know; for an assumption, its reason.
    tags : dict
        Further labels of a table's rows (country, technology, format, series …).
    """

    key: str
    value: float
    unit: str
    published: str
    kind: Kind
    source: Source
    per: str | None = None
    low: float | None = None
    high: float | None = None
    period: int | str | None = None
    confidence: Literal["high", "medium", "low"] = "high"
    scope: str | None = None
    basis: Literal["dc", "ac", "as_registered"] | None = None
    note: str | None = None
    tags: dict[str, str] = field(default_factory=dict, hash=False)

    def to_dict(self) -> dict[str, Any]:
        """Give the record as plain values, the source among them."""
        return asdict(self)

    def _repr_html_(self) -> str:
        return _table(self.key, (self,))


@dataclass(frozen=True, slots=True, kw_only=True)
class FactSet:
    """Facts of one key, best first: latest period, then confidence, kind and date of publication.

    Attributes
    ----------
    key : str
        What was asked for.
    facts : tuple of Fact
        What is known; empty where nothing was by that date.
    on : str or None
        The date asked for; None for all that the package holds.
    """

    key: str
    facts: tuple[Fact, ...]
    on: str | None = None

    @property
    def best(self) -> Fact:
        """The first fact.

        Raises
        ------
        UnknownNameError
            Nothing fits.
        """
        if not self.facts:
            when = f" by the end of {self.on}" if self.on else ""
            raise UnknownNameError(
                f"key: nothing fits {self.key!r}{when}; ask for another date, period or tag"
            )
        return self.facts[0]

    @property
    def differ(self) -> bool:
        """Whether two sources give values more than 0.5 % apart for one scope, basis, tags and period.

        Less than that is rounding: 98.8 and 98.816 TWh say the same.
        """
        seen: dict[tuple[Any, ...], float] = {}
        for fact in self.facts:
            same = (
                fact.unit,
                fact.per,
                fact.period,
                fact.scope,
                fact.basis,
                *sorted(fact.tags.items()),
            )
            if not isclose(seen.setdefault(same, fact.value), fact.value, rel_tol=0.005):
                return True
        return False

    def __iter__(self) -> Iterator[Fact]:
        return iter(self.facts)

    def __len__(self) -> int:
        return len(self.facts)

    def to_dataframe(self) -> "pd.DataFrame":
        """Give the facts as a table; see `to_dataframe`."""
        return to_dataframe(self.facts)

    def _repr_html_(self) -> str:
        return _table(f"{self.key}, as known by {self.on}" if self.on else self.key, self.facts)


def to_dataframe(facts: Iterable[Fact]) -> "pd.DataFrame":
    """Give facts as a table that goes to a file and back.

    Parameters
    ----------
    facts : iterable of Fact
        Any facts.

    Returns
    -------
    pandas.DataFrame
        One row a fact. `value`, `low` and `high` stand in the row's own `unit`, since facts of
        many units share a table; tags are one column, ``"country=China; series=all"``. Read back
        from CSV with ``pandas.read_csv(path, dtype=dict(frame.dtypes))``.

    Examples
    --------
    >>> from wafer_calc import facts
    >>> print(list(facts.find("wafer.side", format="G12").to_dataframe()["value"]))
    [210.0]
    """
    import pandas as pd

    columns = [
        "key", "value", "unit", "low", "high", "per", "period", "published", "kind", "confidence",
        "scope", "basis", "tags", "note", "source", "publisher", "title", "source_date", "url",
    ]  # fmt: skip
    rows = [
        {name: getattr(fact, name) for name in columns[:12]}
        | {
            "unit": fact.unit or "dimensionless",  # an empty cell would come back as missing
            "tags": "; ".join(f"{name}={value}" for name, value in sorted(fact.tags.items()))
            or None,
            "note": fact.note,
            "source": fact.source.id,
            "publisher": fact.source.publisher,
            "title": fact.source.title,
            "source_date": fact.source.date,
            "url": fact.source.url,
        }
        for fact in facts
    ]
    numbers = {"value", "low", "high"}
    types = {name: "float64" if name in numbers else "string" for name in columns}
    return pd.DataFrame(rows, columns=columns).astype(types)


def _table(caption: str, facts: tuple[Fact, ...]) -> str:
    headers = ("period", "value", "range", "scope", "kind", "published", "source")
    rows = []
    for fact in facts:
        unit = " ".join(part for part in (fact.unit, f"a {fact.per}" if fact.per else "") if part)
        ends = (fact.low, fact.high)
        reach = "–".join("" if end is None else display.number(end) for end in ends)
        labels = [*fact.tags.values(), fact.basis, fact.scope]
        rows.append(
            (
                fact.period,
                f"{display.number(fact.value)} {unit}".strip(),
                "" if ends == (None, None) else reach,
                ", ".join(label for label in labels if label),
                fact.kind,
                fact.published,
                fact.source.cite(),
            )
        )
    return display.table(caption, headers, rows)
