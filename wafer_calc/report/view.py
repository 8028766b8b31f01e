"""A fact-check laid out for a reader: every word and number that a terminal or a page will show."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from wafer_calc.claims.records import FactCheck, Reference, Scenario, Statement, TextQuantity
from wafer_calc.claims.relations import relations
from wafer_calc.display import number, quantity
from wafer_calc.report.phrases import phrases
from wafer_calc.report.quote import Segment, in_unit, segments, used, value_of


@dataclass(frozen=True, slots=True, kw_only=True)
class QuantityRow:
    """A figure of the text."""

    id: int
    text: str
    value: str
    kind: str
    entity: str
    intended: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Text with the numbers of its sources."""

    text: str
    sources: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementBlock:
    """A statement and all that was said of it."""

    id: int
    title: str
    rating: str
    rating_word: str
    value: str
    needed: str
    reason: str
    references: tuple[Link, ...]
    reach: str
    repair: str
    main: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioRow:
    """A row of the scenario table; the claim itself is one of them."""

    name: str
    yield_dc: str
    published: str
    energy: str
    spread: str
    share: str
    meets: bool | None
    meets_word: str
    kind: str
    sources: tuple[int, ...]
    source_text: str
    is_claim: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRow:
    """An entry of the numbered list of sources."""

    n: int
    title: str
    publisher: str
    date: str
    url: str | None
    via: str


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """The whole fact-check, in words."""

    lang: str
    words: dict[str, Any]
    on: str
    segments: tuple[Segment, ...]
    quantities: tuple[QuantityRow, ...]
    statements: tuple[StatementBlock, ...]
    scenario_title: str
    share_head: str
    scenarios: tuple[ScenarioRow, ...]
    hypotheses: tuple[tuple[str, str, str], ...]
    known_later: tuple[Link, ...]
    sources: tuple[SourceRow, ...]
    rating: str
    rating_word: str
    summary: str
    needed: str
    odds: str
    decided_by: str
    projects: tuple[str, ...]
    likelihood: tuple[Link, ...]
    needed_values: tuple[str, ...]
    left_out: str
    facts_version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """The energy that a text claims of a capacity."""

    energy_twh: float
    yield_kwh_per_kw: float
    cmp: str


def lay_out(fc: FactCheck, lang: str | None = None) -> View:
    """Lay a fact-check out in words.

    Parameters
    ----------
    fc : FactCheck
        As `wafer_calc.check` gives it.
    lang : str, optional
        ``"en"`` or ``"zh"``; the claim's own language if left out.

    Returns
    -------
    View
        What `report.text` and `report.html` print.

    Raises
    ------
    UnknownNameError
        No such language.
    """
    lang = lang or fc.lang
    words = phrases(lang)
    numbers = {str(source["id"]): n for n, source in enumerate(fc.sources, 1)}
    decided = next((s for s in fc.statements if s.id == fc.verdict.decided_by), None)
    shown = used(fc)
    years = Counter(s.yardstick_year for s in fc.scenarios if s.yardstick_year)
    year = years.most_common(1)[0][0] if years else None  # stands in the column's head
    left_out = len(fc.quantities) - len(shown)
    return View(
        lang=lang,
        words=words,
        on=words["as_known"].format(on=fc.on) if fc.on else "",
        segments=tuple(segments(fc, words)),
        quantities=tuple(_quantity_row(q, words, lang) for q in shown),
        statements=tuple(_block(s, words, lang, numbers) for s in fc.statements),
        scenario_title=fc.scenario_title or words["scenarios"],
        share_head=words["col_share"] + (f" ({year})" if year else ""),
        scenarios=_scenario_rows(fc, words, numbers, year),
        hypotheses=tuple(
            (h.alternative, _joined(h.satisfies, words, lang), _joined(h.fails, words, lang))
            for h in fc.hypotheses
        ),
        known_later=tuple(_later(row, words, lang, numbers) for row in fc.known_later),
        sources=tuple(_source_row(n, row, words) for n, row in enumerate(fc.sources, 1)),
        rating=fc.verdict.rating,
        rating_word=words["rating"][fc.verdict.rating],
        summary=fc.verdict.summary,
        needed="" if (fc.verdict.needed or "") in fc.verdict.summary else fc.verdict.needed or "",
        odds=_odds(fc, words),
        decided_by=relation_title(decided.relation, lang) if decided else "",
        projects=_projects(fc, words),
        likelihood=tuple(
            Link(text=one.sentence, sources=tuple(numbers[i] for i in one.sources if i in numbers))
            for one in fc.odds
        ),
        needed_values=tuple(one.sentence for one in fc.needed_values),
        left_out=words["left_out"].format(n=left_out) if left_out else "",
        facts_version=words["facts_version"].format(version=fc.facts_version),
    )


def claimed(fc: FactCheck) -> Claimed | None:
    """Find the energy that the scenario table is held against.

    Parameters
    ----------
    fc : FactCheck
        A checked claim.

    Returns
    -------
    Claimed or None
        From the first main statement on full-load hours; None where the text claims none.
    """
    for statement in fc.statements:
        if statement.relation == "full_load_hours" and statement.value and statement.numerator:
            energy = next((q for q in fc.quantities if q.id == statement.numerator[0]), None)
            if energy is None or energy.kind != "generation":
                continue
            kwh = middle(energy.intended.value if energy.intended else energy.value)
            return Claimed(
                energy_twh=kwh / 1e9, yield_kwh_per_kw=statement.value, cmp=statement.cmp
            )
    return None


def relation_title(relation: str, lang: str) -> str:
    """Give a relation's name as a reader would say it; its own name where the table has none."""
    row = relations().get(relation)
    return row.title[lang] if row else relation.replace("_", " ")


def middle(value: float | tuple[float, float]) -> float:
    """Give a value, or the middle of a range."""
    return sum(value) / 2 if isinstance(value, tuple) else value


def _projects(fc: FactCheck, words: dict[str, Any]) -> tuple[str, ...]:
    told = [v for v in fc.project_verdicts if v.rating != "cannot_check"]
    if len(told) < 2:
        return ()
    return tuple(
        f"{words['project_n'].format(n=n)}{words['colon']}{_said(v.rating, v.summary, words)}"
        for n, v in enumerate(told, 1)
    )


def _said(rating: str, summary: str, words: dict[str, Any]) -> str:
    word = str(words["rating"][rating])
    if summary.startswith(word):
        return summary
    return f"{word}{words['colon']}{summary}" if summary else word


def _quantity_row(q: TextQuantity, words: dict[str, Any], lang: str) -> QuantityRow:
    intended = ""
    if q.intended:
        intended = in_unit(q.intended.value, q.intended.unit, words, lang)
    return QuantityRow(
        id=q.id + 1,
        text=q.text,
        value=value_of(q, words, lang),
        kind=words["kind"][q.kind],
        entity=q.entity,
        intended=intended,
    )


def _block(
    s: Statement, words: dict[str, Any], lang: str, numbers: dict[str, int]
) -> StatementBlock:
    value = "" if s.value is None else in_unit(s.value, s.unit, words, lang)
    return StatementBlock(
        id=s.id,
        title=relation_title(s.relation, lang),
        rating=s.rating,
        rating_word=words["rating"][s.rating],
        value=f"{words['cmp'][s.cmp]} {value}".strip() if value else "",
        needed=s.needed,
        reason=s.reason,
        references=_merged(_reference(r, s.unit, words, lang, numbers) for r in s.references),
        reach=_reach(s.band, s.unit, words, lang),
        repair=s.repair or "",
        main=s.main,
    )


def _merged(links: Iterable[Link]) -> tuple[Link, ...]:
    """Put the sources of one and the same figure together."""
    sources: dict[str, list[int]] = {}
    for link in links:
        sources.setdefault(link.text, []).extend(link.sources)
    return tuple(Link(text=text, sources=tuple(dict.fromkeys(ns))) for text, ns in sources.items())


def _reach(
    band: tuple[float | None, float | None] | None, unit: str, words: dict[str, Any], lang: str
) -> str:
    if band is None or band == (None, None):
        return ""
    low, high = (None if end is None else in_unit(end, unit, words, lang) for end in band)
    if low is not None and high is not None:
        return str(words["from_to"].format(low=low, high=high))
    return str(
        words["to_only"].format(high=high) if low is None else words["from_only"].format(low=low)
    )


def _reference(
    r: Reference, unit: str, words: dict[str, Any], lang: str, numbers: dict[str, int]
) -> Link:
    figure = "" if r.value is None else in_unit(r.value, unit, words, lang)
    reach = _reach((r.low, r.high), unit, words, lang)
    figure = f"{figure} ({reach})" if figure and reach else figure or reach
    return Link(
        text=f"{r.label}: {figure}" if figure else r.label,
        sources=tuple(numbers[id_] for id_ in r.sources if id_ in numbers),
    )


def _scenario_rows(
    fc: FactCheck, words: dict[str, Any], numbers: dict[str, int], year: int | None
) -> tuple[ScenarioRow, ...]:
    rows = [(s.yield_kwh_per_kw_dc, _scenario_row(s, words, numbers, year)) for s in fc.scenarios]
    claim = claimed(fc)
    if claim and rows:
        share = next((q for q in fc.quantities if q.kind == "energy_ratio" and q.yardstick), None)
        row = ScenarioRow(
            name=words["claim_row"],
            yield_dc=f"{words['cmp'][claim.cmp]} {number(claim.yield_kwh_per_kw)}",
            published="",
            energy=f"{words['cmp'][claim.cmp]} {number(claim.energy_twh, 3)}",
            spread="",
            share=number(100 * middle(share.value), 3) if share else "",
            meets=None,
            meets_word="",
            kind="",
            sources=(),
            source_text="",
            is_claim=True,
        )
        rows.append((claim.yield_kwh_per_kw, row))
    rows.sort(key=lambda pair: pair[0])
    return tuple(row for _, row in rows)


def _scenario_row(
    s: Scenario, words: dict[str, Any], numbers: dict[str, int], year: int | None
) -> ScenarioRow:
    published = "" if s.published is None else number(s.published)
    if published and s.basis:
        published += f" {words['basis'].get(s.basis, s.basis)}"
    spread = ""
    if s.p10_twh is not None and s.p90_twh is not None:
        spread = f"{number(s.p10_twh, 3)}–{number(s.p90_twh, 3)}"
    share = "" if s.share_of_yardstick is None else number(100 * s.share_of_yardstick, 3)
    if share and s.yardstick_year and s.yardstick_year != year:
        share += f" ({s.yardstick_year})"
    ids = [part for part in re.split(r"[,;\s]+", s.source) if part]
    known = bool(ids) and all(id_ in numbers for id_ in ids)
    return ScenarioRow(
        name=s.name,
        yield_dc=number(s.yield_kwh_per_kw_dc),
        published=published,
        energy=number(s.energy_twh, 3),
        spread=spread,
        share=share,
        meets=s.meets,
        meets_word="" if s.meets is None else words["meets_yes" if s.meets else "meets_no"],
        kind=words["scenario_kind"][s.kind],
        sources=tuple(numbers[id_] for id_ in ids) if known else (),
        source_text="" if known else s.source,
    )


def _joined(relations: tuple[str, ...], words: dict[str, Any], lang: str) -> str:
    names = [relation_title(relation, lang) for relation in relations]
    return ("、" if lang == "zh" else ", ").join(names) or str(words["none"])


def _later(row: dict[str, Any], words: dict[str, Any], lang: str, numbers: dict[str, int]) -> Link:
    parts = [str(row.get("label") or row.get("text") or row.get("key", ""))]
    if row.get("period") is not None:
        parts.append(words["period_of"].format(period=row["period"]))
    text = " ".join(part for part in parts if part)
    if row.get("value") is not None:
        value = quantity(float(row["value"]), str(row.get("unit", "")), lang, words["unit"])
        text = f"{text}: {value}"
    if row.get("published"):
        text += f" ({words['published_on'].format(published=row['published'])})"
    ids = row.get("sources") or [row.get("source")]
    ids = [ids] if isinstance(ids, str) else ids
    return Link(text=text, sources=tuple(numbers[i] for i in ids if i in numbers))


def _source_row(n: int, row: dict[str, Any], words: dict[str, Any]) -> SourceRow:
    via = row.get("via")
    return SourceRow(
        n=n,
        title=str(row.get("title", "")),
        publisher=str(row.get("publisher", "")),
        date=str(row.get("date") or words["undated"]),
        url=_web(row.get("url")),
        via=words["via"].format(via=via) if via else "",
    )


def _web(url: Any) -> str | None:
    # nothing but web addresses becomes a link: no javascript:, no file:
    return url if isinstance(url, str) and url.startswith(("https://", "http://")) else None


def runs(sources: Iterable[int]) -> list[tuple[int, int]]:
    """Give numbers of sources as runs, first and last: 1, 4, 5, 6 are (1, 1) and (4, 6).

    Parameters
    ----------
    sources : iterable of int
        In any order.

    Returns
    -------
    list of (int, int)
        In order; two in a row are two runs, since a dash would save nothing.

    Examples
    --------
    >>> print(runs([6, 1, 5, 4, 8, 9]))
    [(1, 1), (4, 6), (8, 8), (9, 9)]
    """
    found: list[tuple[int, int]] = []
    for n in sorted(set(sources)):
        if found and n == found[-1][1] + 1:
            found[-1] = (found[-1][0], n)
        else:
            found.append((n, n))
    return [run for a, b in found for run in ([(a, a), (b, b)] if b == a + 1 else [(a, b)])]


def _odds(fc: FactCheck, words: dict[str, Any]) -> str:
    p = fc.verdict.probability
    if p is None:
        return ""
    if p < 0.05:
        odds = words["odds_low"]
    elif p > 0.95:
        odds = words["odds_high"]
    else:
        odds = words["odds"].format(tenths=min(9, max(1, round(10 * p))))
    return str(words["odds_of"].format(odds=odds, of=fc.verdict.reference_class or ""))
