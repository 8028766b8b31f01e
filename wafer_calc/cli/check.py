"""The command that checks a claim: its text from words, files or a pipe; its answer as text, page or JSON."""

import os
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from wafer_calc.cli.app import app
from wafer_calc.cli.shared import Json, Lang, On, document, with_bar
from wafer_calc.errors import ReadError


def _claim_text(argument: str) -> tuple[str, Path | None]:
    """Give the text behind an argument: standard input, a file, or the words themselves."""
    if argument == "-":
        return _decoded(sys.stdin.buffer.read(), "standard input"), None
    path = Path(argument)
    try:
        is_file, is_folder = path.is_file(), path.is_dir()
    except (OSError, ValueError):  # too long or with a NUL for a file's name: it is the claim
        is_file = is_folder = False
    if is_file:
        return _decoded(path.read_bytes(), argument), path
    if is_folder:
        raise ReadError(f"TEXT: {argument!r} is a folder; name its files, such as {argument}/*.txt")
    if path.suffix.lower() in {".txt", ".md", ".html", ".htm"} and " " not in argument:
        raise ReadError(
            f"TEXT: no such file {argument!r}; a claim's own words go in quotation marks"
        )
    # a shell's bytes are UTF-8 whatever the locale made of them
    return os.fsencode(argument).decode("utf-8", errors="replace"), None


def _decoded(data: bytes, name: str) -> str:
    if b"\0" in data and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ReadError(
            f"{name}: not text (it has NUL bytes); wanted UTF-8, UTF-16 with a mark, or GB 18030"
        )
    encodings = (
        ["utf-16"] if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "gb18030"]
    )
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ReadError(f"{name}: not text; wanted UTF-8, UTF-16 with a mark, or GB 18030")


@app.command()
def check(
    texts: Annotated[
        list[str],
        typer.Argument(
            metavar="TEXT|FILE|-",
            help="The claim's words, a file, several files, or - for standard input.",
        ),
    ],
    as_json: Json = False,
    html: Annotated[
        Path | None,
        typer.Option(help="Write a page to this file, or one page a text into this folder."),
    ] = None,
    lang: Lang = None,
    on: On = None,
    probability: Annotated[
        bool, typer.Option(help="Give the odds; without them the start is quicker.")
    ] = True,
) -> None:
    """Check a press claim in Chinese or English.

    Example: wafer-calc check "A 40 GW factory makes 4 billion wafers a year" --on 2022-07
    """
    from wafer_calc import claims, report

    read = [_claim_text(text) for text in texts]
    in_folder = html is not None and (len(read) > 1 or html.is_dir() or html.suffix == "")
    documents = []
    for n, (text, path) in enumerate(with_bar(read, "checking"), 1):
        fc = claims.check(text, on=on, lang=lang, probability=probability)
        if html is not None:
            name = path.stem if path else f"claim-{n}"
            _write(html / f"{name}.html" if in_folder else html, report.html(fc, lang=lang))
        if as_json:
            documents.append(fc.to_dict())
        elif len(read) == 1:
            _show(fc, lang)
        else:
            print(f"{path or f'claim {n}'}: {fc.verdict.summary}")
    if as_json:
        print(document(documents[0] if len(documents) == 1 else documents))


def _show(fc: Any, lang: str | None) -> None:
    from wafer_calc import report

    if report.is_terminal():
        from rich.console import Console

        Console().print(report.rich_text(fc, lang=lang))
    else:
        print(report.text(fc, lang=lang), end="")


def _write(path: Path, page: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page, encoding="utf-8")
    except OSError as error:
        raise ReadError(f"--html: cannot write {str(path)!r}: {error.strerror}") from error
    print(f"wrote {path}", file=sys.stderr)
