"""A fact-check as rich tables and colours, for a terminal."""

from collections.abc import Iterable

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from wafer_calc.report.terminal import (
    cited,
    clean,
    quantity_cells,
    references,
    scenario_cells,
    sentences,
)
from wafer_calc.report.view import StatementBlock, View

_STYLES = {
    "holds": "bold green", "holds_if": "bold yellow", "overstated": "bold yellow",
    "understated": "bold yellow", "does_not_hold": "bold red", "inconsistent": "bold red",
    "impossible": "bold white on red", "cannot_check": "bold cyan",
}  # fmt: skip


def render(view: View) -> Group:
    """Give a laid-out fact-check as a renderable.

    Parameters
    ----------
    view : View
        From `lay_out`.

    Returns
    -------
    rich.console.Group
        Texts are `rich.text.Text`, so brackets in a claim are never taken for markup.
    """
    words = view.words
    parts: list[RenderableType] = [_title(words["claim"]), Padding(_claim(view), (0, 2))]
    if view.on:
        parts.append(Padding(Text(view.on, style="dim"), (0, 2)))
    if view.quantities:
        parts += [_title(words["quantities"]), _table(quantity_cells(view))]
        parts += [Padding(_clean(view.left_out, "dim"), (0, 2))] if view.left_out else []
    if view.statements:
        parts.append(_title(words["statements"]))
        parts += [Padding(_statement(s, view), (0, 2)) for s in view.statements]
    else:
        parts.append(Padding(_clean(words["nothing"]), (0, 2)))
    if view.scenarios:
        parts += [_title(view.scenario_title), _scenarios(view)]
    for name, rows in sentences(view):
        parts.append(_title(name))
        parts += [Padding(_clean(cited(row)), (0, 2)) for row in rows]
    if view.hypotheses:
        head = [words["col_alternative"], words["col_satisfies"], words["col_fails"]]
        parts += [_title(words["hypotheses"]), _table([head, *map(list, view.hypotheses)])]
    if view.known_later:
        parts.append(_title(words["known_later"]))
        parts += [Padding(_clean(cited(row)), (0, 2)) for row in view.known_later]
    if view.sources:
        parts.append(_title(words["sources"]))
        parts += [
            Padding(
                _clean(f"[{s.n}] " + ". ".join(p for p in (s.publisher, s.title, s.date, s.url, s.via) if p)),
                (0, 2),
            )
            for s in view.sources
        ]  # fmt: skip
    return Group(*parts, _title(words["verdict"]), Padding(_verdict(view), (0, 2)))


def _title(name: str) -> Rule:
    return Rule(_clean(name, "bold"), align="left")


def _clean(line: str, style: str = "") -> Text:
    return Text("\n".join(map(clean, line.split("\n"))), style=style)


def _claim(view: View) -> Text:
    claim = Text()
    for segment in view.segments:
        claim.append_text(
            _clean(segment.text, "bold underline" if segment.quantity is not None else "")
        )
    return claim


def _table(rows: Iterable[list[str]], right: frozenset[int] = frozenset()) -> Table:
    head, *body = rows
    table = Table(box=None, pad_edge=False, padding=(0, 1), header_style="dim")
    for n, name in enumerate(head):
        table.add_column(_clean(name), justify="right" if n in right else "left")
    for row in body:
        table.add_row(*map(_clean, row))
    return table


def _scenarios(view: View) -> Table:
    table = _table(scenario_cells(view)[:1], frozenset({1, 2, 3, 4}))
    for row, cells in zip(view.scenarios, scenario_cells(view)[1:], strict=True):
        style = {True: "green", False: "red", None: ""}[row.meets]
        texts = [_clean(cell) for cell in cells]
        texts[5].stylize(style)
        if row.is_claim:
            table.add_section()
        table.add_row(*texts, style="bold reverse" if row.is_claim else "")
    return table


def _statement(s: StatementBlock, view: View) -> Text:
    words = view.words
    line = Text()  # styles stay with their own parts
    line.append_text(_clean(f"{s.title}: {s.value} " if s.value else f"{s.title} ", "bold"))
    line.append_text(_clean(s.rating_word, _STYLES[s.rating]))
    if not s.main:
        line.append_text(_clean(f" ({words['secondary']})", "dim"))
    for label, text in (
        ("", s.needed),
        (words["reason"], s.reason),
        (words["reference"], references(s, view)),
        (words["reach"], s.reach),
        (words["repair"], s.repair),
    ):
        if text:
            line.append_text(_clean(f"\n   {label}: " if label else "\n   ", "dim"))
            line.append_text(_clean(text))
    return line


def _verdict(view: View) -> Text:
    words = view.words
    verdict = Text().append_text(_clean(view.rating_word, _STYLES[view.rating]))
    for label, text in (
        ("", view.needed),
        ("", view.odds),
        (words["decided_by"], view.decided_by),
        ("", view.summary),
        *(("", line) for line in view.projects),
    ):
        if text:
            verdict.append_text(_clean(f"\n{label}: {text}" if label else f"\n{text}"))
    return verdict
