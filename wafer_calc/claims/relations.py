"""The table of relations: which printed figures go together, and what they are held against."""

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from functools import cache
from itertools import combinations
from typing import Any, Literal

from wafer_calc.tables import read_table

CHAIN = "+"  # joins the steps that a factory of several products takes
OF_CHAINS = frozenset({"investment_per_watt", "yuan_per_watt"})  # rated by all of their steps


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """Which quantities can stand on one side of a relation."""

    kinds: tuple[str, ...]
    units: tuple[str, ...] = ()
    per: tuple[str, ...] = ()
    technologies: tuple[str, ...] = ()
    part: str = ""
    role: str = ""
    role_not: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """One line of references: a fact's key and the labels its facts must carry.

    As a default, or with `latest`, it gives its latest fact only, and with `carry` also those that
    were the latest so many years before, since a plan reckons with the prices of its making; with `world`, the world's facts
    where the country has none; with `mean`, its value alone, whatever thrifty and lavish users it names; with `each`, the label that names the steps of a chain; with `kinds` and `technologies`, only facts of those; with `spread`, the fact that tells how far a year's figure is taken. `derived` names a figure that is
    worked out from several facts.
    """

    key: str = ""
    derived: str = ""
    latest: bool = False
    carry: int = 0
    world: bool = False
    each: str = ""
    mean: bool = False
    kinds: tuple[str, ...] = ()
    technologies: tuple[str, ...] = ()
    spread: str = ""
    tags: dict[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """The references that hold for some technologies and countries."""

    technologies: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    default: tuple[Query, ...] = ()
    alternatives: tuple[Query, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """A limit that no reading may break: a law, or a fact."""

    side: Literal["low", "high"]
    law: dict[str, str]
    value: float | None = None
    query: Query | None = None
    slack: float = 0.0
    technologies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """A row of ``relations.toml``.

    Attributes
    ----------
    name, unit : str
        As in the document; `fact_unit` is what the registry calls the unit.
    title : dict
        What it is, by language.
    scale : float
        From base units to `unit`.
    boast : str
        The side whose growth makes the claim grander: with ``"denominator"`` a figure that comes
        out too low is overstated.
    reach : str
        ``"spread"``: the named alternatives are samples of what varies continuously, so what lies
        between two of them is in reach; ``"named"``: only they themselves are.
    knowledge : str
        ``"published"``: only what had been published by the claim's date; ``"past"``: also figures
        published later that describe a year already past by then.
    window : int or None
        Years by which a reference may lie from the claim's date.
    anchor : str
        The side that looks for a partner; one pair is made for each quantity on it.
    yearly : bool
        Whether the numerator is made yearly (a total by the years it covers).
    arithmetic : bool
        Whether the figure is to be 1 by the text's own figures, with no fact behind it.
    single : bool
        Whether only one figure of the project may look for a partner, and none may be printed of one
        machine: several, and a machine's size, are multiplied and added up elsewhere.
    without : tuple of str
        Kinds of which the project must print none: what they would tell is told better by them.
    sane : (float, float)
        Partners whose quotient lies in it come before all others, which are still taken where
        there is none: "8 W a wafer, 5 billion wafers, 40 GW" pairs the billions with the 40 GW.
    beside : bool
        Whether both sides have to stand in one sentence.
    plants_only : bool
        Whether a factory's project has no such relation.
    partial : bool
        Whether less than 1 may only mean that parts are left unnamed.
    main : bool
        Whether the relation joins two figures of one entity.
    derive : bool
        Whether an energy that is not printed may be made of the capacity and sourced hours.
    """

    name: str
    unit: str
    fact_unit: str
    title: dict[str, str]
    numerator: Side | None = None
    denominator: Side | None = None
    scale: float = 1.0
    boast: Literal["numerator", "denominator"] = "numerator"
    reach: Literal["spread", "named"] = "spread"
    knowledge: Literal["published", "past"] = "past"
    window: int | None = None
    main: bool = True
    derive: bool = False
    anchor: Literal["numerator", "denominator"] = "numerator"
    yearly: bool = False
    arithmetic: bool = False
    partial: bool = False
    beside: bool = False
    plants_only: bool = False
    single: bool = False
    without: tuple[str, ...] = ()
    sane: tuple[float, float] = (0.0, float("inf"))
    scopes: tuple[Scope, ...] = ()
    bounds: tuple[Bound, ...] = ()

    @property
    def shown_unit(self) -> str:
        """The unit that a reader is shown: mass per mass is no percentage."""
        return self.fact_unit if self.fact_unit == "kg/kg" else self.unit

    def scope(self, technology: str | None, country: str | None) -> Scope | None:
        """Find the first scope that holds for a technology and a country."""
        if technology is not None and CHAIN in technology:
            technology = "chain"
        for scope in self.scopes:
            fits_technology = not scope.technologies or (technology or "none") in scope.technologies
            if fits_technology and (not scope.countries or country in scope.countries):
                return scope
        return None


@cache
def relations() -> dict[str, Relation]:
    """Read the table, in its own order.

    Returns
    -------
    dict
        Name to relation.

    Examples
    --------
    >>> print(relations()["watt_per_wafer"].unit)
    W/piece
    """
    table = read_table("wafer_calc.claims", "relations")
    rows = {row["name"]: row for row in table["relation"]}
    made = {name: _relation(_whole(row, rows)) for name, row in rows.items()}
    for exchange in table["exchange"]:
        made |= {row["name"]: _relation(row) for row in _rates(exchange)}
    return made


@cache
def settings(name: str) -> Any:
    """Give a further table of ``relations.toml`` by its name."""
    return read_table("wafer_calc.claims", "relations")[name]


def _whole(row: dict[str, Any], rows: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Give a row that is like another one the references and bounds of that."""
    if "like" not in row:
        return row
    other = rows[row["like"]]
    own = {name: value for name, value in row.items() if name != "like"}
    return own | {name: other[name] for name in ("scope", "bound") if name in other}


def _rates(exchange: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Give a row for each two currencies, by the dollar's rates where neither is the dollar."""
    for over, under in combinations(exchange["moneys"], 2):
        name, unit = f"fx_{over}_per_{under}".lower(), f"{over}/{under}"
        scope: dict[str, Any] = {"alternatives": [{"derived": "cross_rate"}]}
        if "USD" in (over, under):
            usual = {"key": name.replace("_", ".", 1)}
            scope = {"default": [usual], "alternatives": [usual, {"key": "range.fx", "pair": unit}]}
        title = {
            lang: told.format(over=over, under=under) for lang, told in exchange["title"].items()
        }
        yield {"name": name, "unit": unit, "title": title, "window": 1, "scope": [scope]}


def _relation(row: dict[str, Any]) -> Relation:
    known = dict(row)
    known["without"] = tuple(known.get("without", ()))
    for side in ("numerator", "denominator"):
        if side in known:
            known[side] = _side(known[side])
    known["scopes"] = tuple(_scope(scope) for scope in known.pop("scope", ()))
    known["bounds"] = tuple(_bound(bound) for bound in known.pop("bound", ()))
    known.setdefault("fact_unit", known["unit"])
    if "sane" in known:
        known["sane"] = tuple(known["sane"])
    return Relation(**known)


def _side(row: dict[str, Any]) -> Side:
    return Side(**{name: _frozen(value) for name, value in row.items()})


def _scope(row: dict[str, Any]) -> Scope:
    return Scope(
        technologies=tuple(row.get("technologies", ())),
        countries=tuple(row.get("countries", ())),
        default=tuple(query(q) for q in row.get("default", ())),
        alternatives=tuple(query(q) for q in row.get("alternatives", ())),
    )


def _bound(row: dict[str, Any]) -> Bound:
    known = {name: _frozen(value) for name, value in row.items()}
    if "query" in row:
        known["query"] = query(row["query"])
    return Bound(**known)


def query(row: dict[str, Any]) -> Query:
    """Make a query of a row: what is no field of the record is a tag."""
    own = {each.name for each in fields(Query)} - {"tags"}
    return Query(
        **{name: _frozen(value) for name, value in row.items() if name in own},
        tags={name: str(value) for name, value in row.items() if name not in own},
    )


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
