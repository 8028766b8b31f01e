"""Facts looked up by key, tags, period and date of publication; each topic is read when asked for."""

import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import fields
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

from wafer_calc.errors import ReadError, unknown_name
from wafer_calc.facts.records import Fact, FactSet, Source
from wafer_calc.tables import read_table

_PACKAGE = "wafer_calc.facts"
_FIELDS = frozenset(field.name for field in fields(Fact)) - {"tags"}
_CONFIDENCE = {"high": 0, "medium": 1, "low": 2}
_KIND = {
    "measured": 0, "standard": 0, "reported": 1, "policy": 1, "derived": 2, "plan": 3,
    "assumption": 4,
}  # fmt: skip
_DATE = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?", re.ASCII)


def find(
    key: str,
    *,
    on: str | datetime.date | None = None,
    period: int | str | None = None,
    **tags: str,
) -> FactSet:
    """Find the facts of a key, as they were known on a date.

    Parameters
    ----------
    key : str
        Dotted name, such as ``"three_gorges.generation"``.
    on : str or datetime.date, optional
        ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``: what had been published by the end of that month
        (of the year, for a year). A fact dated by its year alone counts from the year's end.
    period : int or str, optional
        The year or date that the figure describes; 2022 fits ``"2022-07"`` too.
    **tags : str
        Labels that the facts must carry (``country="China"``, ``series="all"``, ``format="G12"``);
        also ``basis`` and ``scope``.

    Returns
    -------
    FactSet
        Best first; falsy where nothing fits. ``differ`` tells of sources that disagree.

    Raises
    ------
    UnknownNameError
        No such key, or no fact of the key has such a tag; the message lists the nearest names.
    ReadError
        A date that is none.

    Examples
    --------
    >>> print(f"{find('three_gorges.generation', period=2021, on='2022-07').best.value:.1f} TWh")
    103.6 TWh
    >>> print(len(find("three_gorges.generation", period=2021, on="2021-12")))
    0
    """
    day, month = _asked(on)
    facts = tuple(
        fact for fact in _fitting(key, period, tags) if month is None or known_from(fact) <= month
    )
    return FactSet(key=key, facts=facts, on=day)


def later(
    key: str,
    *,
    on: str | datetime.date,
    period: int | str | None = None,
    **tags: str,
) -> FactSet:
    """Find what became known of a key only after a date: what `find` leaves out.

    Parameters
    ----------
    key, on, period, **tags
        As in `find`; `on` is needed.

    Returns
    -------
    FactSet
        Best first; falsy where nothing came later.

    Raises
    ------
    UnknownNameError, ReadError
        As in `find`.

    Examples
    --------
    >>> print(find("three_gorges.generation", period=2021, on="2021-12").facts)
    ()
    >>> print(bool(later("three_gorges.generation", period=2021, on="2021-12")))
    True
    """
    day, month = _asked(on)
    facts = tuple(
        fact
        for fact in _fitting(key, period, tags)
        if month is not None and known_from(fact) > month
    )
    return FactSet(key=key, facts=facts, on=day)


def has(key: str) -> bool:
    """Whether a key has facts, found without reading any topic but its own.

    Parameters
    ----------
    key : str
        Dotted name.

    Returns
    -------
    bool
        False for a key that `find` would refuse.

    Examples
    --------
    >>> print(has("three_gorges.generation"), has("three_gorges.contract_generation"))
    True False
    """
    topic = _topic_of(key)
    return topic is not None and key in _topic(topic)


def keys() -> tuple[str, ...]:
    """Give every key, sorted.

    Returns
    -------
    tuple of str
        All topics are read for it.

    Examples
    --------
    >>> print("wafer.side" in keys())
    True
    """
    return tuple(sorted(key for topic in _topics() for key in _topic(topic)))


def all_facts(prefix: str = "", *, on: str | datetime.date | None = None) -> tuple[Fact, ...]:
    """Give every fact whose key is a prefix or stands under it, by key and best first.

    Parameters
    ----------
    prefix : str
        Such as ``"pv"`` or ``"pv.full_load_hours"``; empty for all.
    on : str or datetime.date, optional
        As in `find`.

    Returns
    -------
    tuple of Fact
        Empty where nothing fits.

    Raises
    ------
    ReadError
        A date that is none.

    Examples
    --------
    >>> print({fact.unit for fact in all_facts("wafer.side")})
    {'mm'}
    """
    _, month = _asked(on)
    named = sorted(
        (key, facts)
        for topic in _topics()
        for key, facts in _topic(topic).items()
        if not prefix or key == prefix or key.startswith(prefix + ".")
    )
    return tuple(
        fact for _, facts in named for fact in facts if month is None or known_from(fact) <= month
    )


@cache
def version() -> str:
    """Give the version of the facts: it changes when any table does.

    Returns
    -------
    str
        The first 12 hexadecimal digits of the SHA-256 of the tables.

    Examples
    --------
    >>> print(len(version()))
    12
    """
    digest = sha256()
    for topic in ("topics", *_topics()):
        digest.update((files(_PACKAGE) / f"{topic}.toml").read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()[:12]


def known_from(fact: Fact) -> int:
    """Give the month from whose end a fact counts as known, as year * 12 + month.

    Parameters
    ----------
    fact : Fact
        Any fact.

    Returns
    -------
    int
        December where only the year of publication is known.

    Examples
    --------
    >>> print(known_from(find("three_gorges.generation", period=2021).best) % 12)
    2
    """
    text = fact.published
    return int(text[:4]) * 12 + (int(text[5:7]) if len(text) > 4 else 12)


def _asked(on: str | datetime.date | None) -> tuple[str | None, int | None]:
    if on is None:
        return None, None
    text = on.isoformat()[:10] if isinstance(on, datetime.date) else str(on).strip()
    match = _DATE.fullmatch(text)
    if match is None:
        raise ReadError(f"on: {on!r} is no date; wanted YYYY, YYYY-MM or YYYY-MM-DD")
    return text, int(match[1]) * 12 + int(match[2] or 12)


def _fitting(key: str, period: int | str | None, tags: dict[str, str]) -> Iterator[Fact]:
    facts = _of(key)
    places: Iterable[int] = range(len(facts))
    if tags:
        index = _index(key)
        for name in tags:
            if name not in index:
                raise unknown_name(f"tag of {key}", name, index)
        places = sorted(set.intersection(*(index[n].get(v, set()) for n, v in tags.items())))
    wanted = None if period is None else str(period)
    for place in places:
        if wanted is None or _describes(facts[place], wanted):
            yield facts[place]


@cache
def _index(key: str) -> dict[str, dict[str, set[int]]]:
    """Give, by name and value of each label, the places of the facts that carry it."""
    index: dict[str, dict[str, set[int]]] = {"basis": {}, "scope": {}}
    for place, fact in enumerate(_of(key)):
        own = {"basis": fact.basis, "scope": fact.scope}
        for name, value in (own | fact.tags).items():
            if value is not None:
                index.setdefault(name, {}).setdefault(value, set()).add(place)
    return index


def _describes(fact: Fact, wanted: str) -> bool:
    period = str(fact.period)
    return period == wanted or period.startswith(wanted + "-")


def _of(key: str) -> tuple[Fact, ...]:
    topic = _topic_of(key)
    if topic is not None:
        facts = _topic(topic).get(key)
        if facts is not None:
            return facts
    raise unknown_name("key", key, keys())


def _topic_of(key: str) -> str | None:
    topics = _prefixes()
    parts = key.split(".")
    for n in range(len(parts), 0, -1):  # the longest prefix that has a topic of its own
        topic = topics.get(".".join(parts[:n]))
        if topic is not None:
            return topic
    return None


@cache
def _topics() -> dict[str, list[str]]:
    topics: dict[str, list[str]] = read_table(_PACKAGE, "topics")["topics"]
    return topics


@cache
def _prefixes() -> dict[str, str]:
    return {prefix: topic for topic, prefixes in _topics().items() for prefix in prefixes}


@cache
def _topic(name: str) -> dict[str, tuple[Fact, ...]]:
    table = read_table(_PACKAGE, name)
    sources = {id_: Source(id=id_, **_texts(row)) for id_, row in table["source"].items()}
    by_key: dict[str, list[Fact]] = {}
    for row in _rows(table):
        by_key.setdefault(row["key"], []).append(_fact(row, sources))
    return {key: tuple(sorted(facts, key=_rank)) for key, facts in by_key.items()}


def _rows(table: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from table.get("fact", ())
    for series in table.get("series", ()):
        shared = dict(series)
        columns = shared.pop("columns")
        for cells in shared.pop("rows"):
            cells_by_name = zip(columns, cells, strict=True)
            yield shared | {name: cell for name, cell in cells_by_name if cell != "-"}


def _fact(row: dict[str, Any], sources: dict[str, Source]) -> Fact:
    known = {name: value for name, value in row.items() if name in _FIELDS}
    tags = {name: str(value) for name, value in row.items() if name not in _FIELDS}
    source = sources[known["source"]]
    known["source"] = source
    known["published"] = str(known.get("published", source.date))
    for name in ("value", "low", "high"):
        if name in known:
            known[name] = float(known[name])
    return Fact(**known, tags=tags)


def _texts(row: dict[str, Any]) -> dict[str, str]:
    return {name: str(value) for name, value in row.items()}


def _rank(fact: Fact) -> tuple[Any, ...]:
    period = "0" if fact.period is None else str(fact.period)
    return (
        _descending(period),
        _CONFIDENCE[fact.confidence],
        _KIND[fact.kind],
        -known_from(fact),
        fact.source.id,
    )


def _descending(text: str) -> tuple[int, ...]:
    return tuple(-ord(letter) for letter in text)


def sources(facts: Iterable[Fact]) -> tuple[Source, ...]:
    """Give the sources of some facts, each once, in order of first use.

    Parameters
    ----------
    facts : iterable of Fact
        Any facts.

    Returns
    -------
    tuple of Source
        Without repeats.

    Examples
    --------
    >>> print(sources(find("three_gorges.generation", period=2021))[0].publisher[:18])
    China Three Gorges
    """
    return tuple({fact.source.id: fact.source for fact in facts}.values())
