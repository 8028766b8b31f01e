"""A fact-check as text: plain in a pipe, with colour and rules in a terminal."""

import re
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from wafer_calc.claims.records import FactCheck
from wafer_calc.report.view import Link, StatementBlock, View, lay_out, runs

if TYPE_CHECKING:
    from rich.console import RenderableType

WIDTH = 80
FEW = 3  # references of a statement that a terminal shows; the page has them all
_ALL = frozenset(range(20))
_CLOSING = "，。；：、！？）》”’％%)]"  # no line begins with one of these
_OPENING = "（《“‘(["  # nor ends with one of these
_MULTIPLIERS = "万亿萬億千百度片元户"


def text(fc: FactCheck, lang: str | None = None, *, width: int = WIDTH) -> str:
    """Give a fact-check as plain text.

    Parameters
    ----------
    fc : FactCheck
        As `wafer_calc.check` gives it.
    lang : str, optional
        ``"en"`` or ``"zh"``, the language of headings; the check's own if left out.
    width : int
        Columns of the terminal; a Chinese character takes two.

    Returns
    -------
    str
        Lines no wider than `width`, ending in a line break.

    Raises
    ------
    UnknownNameError
        No such language.
    """
    view = lay_out(fc, lang)
    words = view.words
    lines = [
        _title(words["claim"], width),
        *wrap("".join(s.text for s in view.segments), width, "  "),
    ]
    if view.on:
        lines.append(f"  ({view.on})")
    if view.quantities:
        lines += [
            "",
            _title(words["quantities"], width),
            *columns(quantity_cells(view), width, names=_ALL),
        ]
        lines += wrap(view.left_out, width, "  ") if view.left_out else []
    if view.statements:
        lines += ["", _title(words["statements"], width)]
        for n, block in enumerate(view.statements, 1):
            lines += _statement_lines(n, block, view, width)
    else:
        lines += ["", *wrap(words["nothing"], width, "  ")]
    if view.scenarios:
        lines += ["", _title(view.scenario_title, width), *_scenario_lines(view, width)]
    for name, rows in sentences(view):
        lines += ["", _title(name, width)]
        lines += [line for row in rows for line in _bullet(cited(row), width)]
    if view.hypotheses:
        head = [words["col_alternative"], words["col_satisfies"], words["col_fails"]]
        lines += [
            "",
            _title(words["hypotheses"], width),
            *columns([head, *view.hypotheses], width, names=frozenset()),
        ]
    if view.known_later:
        lines += ["", _title(words["known_later"], width)]
        lines += [line for row in view.known_later for line in _bullet(cited(row), width)]
    if view.sources:
        lines += ["", _title(words["sources"], width), *_source_lines(view, width)]
    # last, where a reader's eye rests when a long answer has scrolled by
    lines += ["", _title(words["verdict"], width), *_verdict_lines(view, width)]
    lines.append(f"\n{view.facts_version}" if fc.facts_version else "")
    return "\n".join(lines).rstrip() + "\n"


def rich_text(fc: FactCheck, lang: str | None = None) -> "RenderableType":
    """Give a fact-check as a rich renderable, for a terminal.

    Parameters
    ----------
    fc : FactCheck
        As `wafer_calc.check` gives it.
    lang : str, optional
        As in `text`.

    Returns
    -------
    rich renderable
        For ``rich.console.Console().print``.

    Raises
    ------
    UnknownNameError
        No such language.
    """
    from wafer_calc.report.rich_view import render

    return render(lay_out(fc, lang))


def is_terminal(stream: object = None) -> bool:
    """Say whether a stream is a terminal that shows colour: not a pipe, and no ``NO_COLOR``.

    Parameters
    ----------
    stream : file, optional
        Standard output if left out.

    Returns
    -------
    bool
        Whether `rich_text` is for it, else `text`.
    """
    import os

    asked = sys.stdout if stream is None else stream
    isatty = getattr(asked, "isatty", None)
    return bool(isatty and isatty()) and not os.environ.get("NO_COLOR")


def cells_of(line: str) -> int:
    """Count the columns that a line takes in a terminal.

    Parameters
    ----------
    line : str
        Without line breaks.

    Returns
    -------
    int
        Wide and full-width characters count two, combining marks none.

    Examples
    --------
    >>> print(cells_of("40亿片 GW"))
    9
    """
    if line.isascii():
        return len(line)
    return sum(
        0
        if unicodedata.category(letter) in {"Cf", "Me", "Mn"}
        else 2
        if unicodedata.east_asian_width(letter) in {"W", "F"}
        else 1
        for letter in line
    )


def clean(line: str) -> str:
    """Put a space for whatever could move a terminal's cursor, colour it or turn its direction."""
    if line.isascii() and line.isprintable():
        return line
    return "".join(" " if unicodedata.category(c) in {"Cc", "Cf", "Cs"} else c for c in line)


def wrap(
    line: str, width: int, indent: str = "", first: str | None = None, *, whole: bool = False
) -> list[str]:
    """Break a line at spaces and between Chinese characters.

    Parameters
    ----------
    line : str
        Any text; runs of white space become one space.
    width : int
        Columns that a line may take.
    indent : str
        Put before each line.
    first : str, optional
        Put before the first line in place of `indent`.
    whole : bool
        Break at spaces only.

    Returns
    -------
    list of str
        At least one line; a word too long for a line is broken.

    Examples
    --------
    >>> print(wrap("年可产硅片40亿片 a year", 12))
    ['年可产硅片', '40亿片 a', 'year']
    """
    lines: list[str] = []
    current = indent if first is None else first
    bare = True  # nothing but the indent stands on the line yet
    for piece in _pieces(line, whole):
        if bare and piece == " ":
            continue
        while cells_of(current) + cells_of(piece.rstrip()) > width:
            if not bare:
                lines.append(current.rstrip())
                current, bare = indent, True
                piece = piece.lstrip()
            else:
                room = _fitting(piece, width - cells_of(current))
                lines.append(current + piece[:room])
                current, piece = indent, piece[room:]
        if piece:
            current, bare = current + piece, False
    if not bare or not lines:
        lines.append(current.rstrip())
    return lines


def columns(
    rows: Iterable[Sequence[str]],
    width: int,
    right: frozenset[int] = frozenset(),
    names: frozenset[int] = frozenset({0}),
) -> list[str]:
    """Set rows in columns, the first row as their heads with a rule below.

    Parameters
    ----------
    rows : iterable of sequences of str
        As many cells each; the widest columns are wrapped until the table fits.
    width : int
        Columns of the terminal.
    right : frozenset of int
        Columns set to the right.
    names : frozenset of int
        Columns that are wrapped last.

    Returns
    -------
    list of str
        Lines, two spaces in.
    """
    table = [list(row) for row in rows]
    sizes = _sizes(table, width - 2, names)
    rule = "  " + "  ".join("─" * size for size in sizes)
    lines: list[str] = []
    for n, row in enumerate(table):
        lines += _row(row, sizes, right, names)
        if n == 0:
            lines.append(rule)
    return lines


def cited(link: Link) -> str:
    """Give a text with the numbers of its sources in brackets."""
    return link.text + (f" {marks(link.sources)}" if link.sources else "")


def marks(sources: Iterable[int]) -> str:
    """Give the numbers of sources as ``[1][4–6]``."""
    return "".join(f"[{a}]" if a == b else f"[{a}–{b}]" for a, b in runs(sources))


def references(s: StatementBlock, view: View) -> str:
    """Give the first few references of a statement in a line, and how many more there are."""
    said = "; ".join(map(cited, s.references[:FEW]))
    more = len(s.references) - FEW
    return said + (f"; {view.words['and_more'].format(n=more)}" if more > 0 else "")


def sentences(view: View) -> list[tuple[str, tuple[Link, ...]]]:
    """Give the parts that are lists of sentences, with their names."""
    words = view.words
    parts = (
        (words["likelihood"], view.likelihood),
        (words["needed_values"], tuple(Link(text=line) for line in view.needed_values)),
    )
    return [(name, rows) for name, rows in parts if rows]


def quantity_cells(view: View) -> list[list[str]]:
    """Give the table of the text's figures, heads first."""
    words = view.words
    rows = [[words[f"col_{name}"] for name in ("id", "text", "value", "kind", "of")]]
    for q in view.quantities:
        value = f"{q.value} → {q.intended}?" if q.intended else q.value
        rows.append([str(q.id), q.text, value, q.kind, q.entity])
    return rows


def scenario_cells(view: View) -> list[list[str]]:
    """Give the scenario table, heads first."""
    words = view.words
    names = ("assumption", "yield", "published", "energy", "share", "claim", "source")
    rows = [[words[f"col_{name}"] for name in names]]
    rows[0][4] = view.share_head
    for s in view.scenarios:
        name = f"{s.name} · {s.kind}" if s.kind else s.name
        energy = f"{s.energy} ({s.spread})" if s.spread else s.energy
        source = marks(s.sources) or s.source_text
        rows.append([name, s.yield_dc, s.published, energy, s.share, s.meets_word, source])
    return rows


def _title(name: str, width: int) -> str:
    name = clean(name)
    return f"{name} {'─' * max(3, width - cells_of(name) - 1)}"


def _bullet(line: str, width: int) -> list[str]:
    return wrap(line, width, "    ", "  - ")


def _labelled(label: str, line: str, width: int) -> list[str]:
    return wrap(f"{label}: {line}", width, "       ", "     ")


def _statement_lines(n: int, s: StatementBlock, view: View, width: int) -> list[str]:
    words = view.words
    aside = "" if s.main else f" ({words['secondary']})"
    value = f": {s.value}" if s.value else ""
    lines = wrap(f"{s.title}{value}{aside} — {s.rating_word}", width, "     ", f"  {n:>2} ")
    if s.needed:
        lines += wrap(s.needed, width, "     ")
    if s.reason:
        lines += _labelled(words["reason"], s.reason, width)
    if s.references:
        lines += _labelled(words["reference"], references(s, view), width)
    if s.reach:
        lines += _labelled(words["reach"], s.reach, width)
    if s.repair:
        lines += _labelled(words["repair"], s.repair, width)
    return lines


def _scenario_lines(view: View, width: int) -> list[str]:
    rows = scenario_cells(view)
    lines = columns(rows, width, frozenset({1, 2, 3, 4}))
    sizes = _sizes(rows, width - 2)
    rule = "  " + "═" * (sum(sizes) + 2 * (len(sizes) - 1))
    out: list[str] = lines[:0]
    at = 0
    for n, row in enumerate(rows):
        height = len(_row(row, sizes, frozenset(), frozenset({0}))) + (1 if n == 0 else 0)
        block = lines[at : at + height]
        at += height
        claim = n > 0 and view.scenarios[n - 1].is_claim
        out += [rule, *block, rule] if claim else block
    return out


def _verdict_lines(view: View, width: int) -> list[str]:
    words = view.words
    lines = wrap(view.rating_word, width, "  ")
    if view.needed:
        lines += wrap(view.needed, width, "  ")
    if view.odds:
        lines += wrap(view.odds, width, "  ")
    if view.decided_by:
        lines += wrap(f"{words['decided_by']}: {view.decided_by}", width, "  ")
    for line in view.projects:
        lines += _bullet(line, width)
    return lines + (wrap(view.summary, width, "  ") if view.summary else [])


def _source_lines(view: View, width: int) -> list[str]:
    lines: list[str] = []
    for s in view.sources:
        parts = [s.publisher, s.title, s.date, s.url or "", s.via]
        lines += wrap(". ".join(p for p in parts if p), width, "       ", f"  [{s.n}]".ljust(7))
    return lines


_WORDS = re.compile(" |[^ ]+")


def _pieces(line: str, whole: bool = False) -> Iterable[str]:
    said = " ".join(clean(line).split())
    if said.isascii():
        yield from _WORDS.findall(said)
        return
    piece = ""
    for letter in said:
        space = " " in (piece[-1:], letter)
        if piece and (space if whole else _may_break(piece[-1], letter)):
            yield piece
            piece = ""
        piece += letter
    if piece:
        yield piece


def _may_break(before: str, after: str) -> bool:
    if " " in (before, after):
        return True
    if before.isascii() and after.isascii():
        return False
    if after in _CLOSING or before in _OPENING or (before.isdigit() and after in _MULTIPLIERS):
        return False
    return any(unicodedata.east_asian_width(letter) in {"W", "F"} for letter in (before, after))


def _fitting(piece: str, room: int) -> int:
    taken = 0
    for n, letter in enumerate(piece):
        taken += cells_of(letter)
        if taken > room:
            return max(n, 1)
    return len(piece)


def _sizes(table: list[list[str]], width: int, names: frozenset[int] = frozenset({0})) -> list[int]:
    sizes = [max(max(cells_of(cell) for cell in column), 1) for column in zip(*table, strict=True)]
    longest = [
        max(
            # only names are broken between Chinese characters: figures keep their units whole
            max((cells_of(p.strip()) for p in _pieces(c, n not in names)), default=1)
            for c in column
        )
        for n, column in enumerate(zip(*table, strict=True))
    ]
    gaps = 2 * (len(sizes) - 1)
    for names_too in (False, True):  # names are broken last: they read worst in pieces
        while sum(sizes) + gaps > width:
            able = [
                n
                for n, (size, least) in enumerate(zip(sizes, longest, strict=True))
                if size > max(min(least, 24), 8) and (names_too or n not in names)
            ]
            if not able:
                break
            sizes[max(able, key=lambda n: sizes[n])] -= 1
    while sum(sizes) + gaps > width and max(sizes) > 4:
        sizes[sizes.index(max(sizes))] -= 1
    return sizes


def _row(
    row: Sequence[str], sizes: list[int], right: frozenset[int], names: frozenset[int]
) -> list[str]:
    wrapped = [
        wrap(cell, size, whole=n not in names)
        for n, (cell, size) in enumerate(zip(row, sizes, strict=True))
    ]
    lines = []
    for n in range(max(map(len, wrapped))):
        cells = []
        for column, (parts, size) in enumerate(zip(wrapped, sizes, strict=True)):
            part = parts[n] if n < len(parts) else ""
            space = " " * (size - cells_of(part))
            cells.append(space + part if column in right else part + space)
        lines.append("  " + "  ".join(cells).rstrip())
    return lines
