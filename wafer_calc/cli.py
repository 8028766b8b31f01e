"""The command line: arguments in, text out; the only place that prints or exits."""

import json
import os
import shutil
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from wafer_calc import __version__
from wafer_calc.errors import ReadError, WaferCalcError

app = typer.Typer(
    name="wafer-calc",
    help="Solar wafers into watts, watts into yearly energy, press claims into checked facts.",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@app.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False,
) -> None:
    """Turn solar wafers into watts, watts into yearly energy, press claims into checked facts."""
    if version:
        print(__version__)
        raise typer.Exit
    if context.invoked_subcommand is None:
        print(context.get_help())


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]
Lang = Annotated[
    str | None, typer.Option(help="Language of the answer: zh or en; default the claim's own.")
]
On = Annotated[
    str | None,
    typer.Option(
        metavar="DATE", help="Judge by what was published by then: YYYY, YYYY-MM or YYYY-MM-DD."
    ),
]


def main() -> NoReturn:
    """Run the command line; 0 done, 2 bad input, 130 interrupted."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        app(standalone_mode=False)
    except WaferCalcError as error:
        _fail(str(error))
    except typer.Exit as stop:
        sys.exit(stop.exit_code)
    except typer.Abort:
        sys.exit(130)
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        # the reader of the pipe left; keep the interpreter from complaining as it closes
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as error:
        # typer keeps its usage errors private, but they all say what was wrong in one sentence
        message = getattr(error, "format_message", None)
        if message is None:
            raise
        _fail(f"{message()} (wafer-calc --help lists what there is)")
    sys.exit(0)


def _fail(message: str) -> NoReturn:
    print(f"wafer-calc: {' '.join(message.split())}", file=sys.stderr)
    sys.exit(2)


def _document(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False)


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
    for n, (text, path) in enumerate(_with_bar(read, "checking"), 1):
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
        print(_document(documents[0] if len(documents) == 1 else documents))


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


def _with_bar(items: Sequence[Any], what: str) -> Iterable[Any]:
    """Draw a bar on a terminal's standard error while many items are worked through."""
    if len(items) < 2 or not sys.stderr.isatty():
        return items
    from rich.console import Console
    from rich.progress import track

    return track(items, description=what, console=Console(stderr=True), transient=True)


def _table(rows: Sequence[Sequence[str]], right: set[int]) -> None:
    from wafer_calc.report.terminal import columns

    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else 80
    print("\n".join(columns(rows, max(width, 40), frozenset(right))))


@app.command()
def estimate(
    amount: Annotated[str, typer.Argument(help="A capacity or a number of wafers, with its unit.")],
    wafer_format: Annotated[
        str | None,
        typer.Option("--format", help="Wafer format, where wafers are given: M10, G12 …"),
    ] = None,
    efficiency: Annotated[
        str | None, typer.Option(help="Cell efficiency, where wafers are given: 22.7% or 0.227.")
    ] = None,
    hours: Annotated[
        str | None, typer.Option(help="Full-load hours of your own, kWh per kW DC: 1500.")
    ] = None,
    country: Annotated[str | None, typer.Option(help="A country's fleet.")] = None,
    year: Annotated[int | None, typer.Option(help="The fleet's year.")] = None,
    series: Annotated[str, typer.Option(help="all (every plant) or large (6 MW and up).")] = "all",
    site: Annotated[
        str | None, typer.Option(help="A station, in English or Chinese: Baotou, 包头.")
    ] = None,
    on: On = None,
    as_json: Json = False,
) -> None:
    """Estimate the energy that a capacity, or a number of wafers, makes in a year.

    Example: wafer-calc estimate "4 billion wafers" --format G12 --efficiency 22.7%
    """
    from wafer_calc import assumptions
    from wafer_calc.energy import annual_energy
    from wafer_calc.units import Q_, quantity

    capacity_dc = quantity(amount)
    if capacity_dc.check("[wafer]"):
        capacity_dc = _capacity_of(capacity_dc, wafer_format, efficiency)
    if hours is not None:
        own = quantity(hours) if not _is_number(hours) else Q_(float(hours), "hour")
        chosen: tuple[Any, ...] = (assumptions.full_load_hours(own, basis="dc"),)
    elif site is not None:
        chosen = (assumptions.site(site),)
    elif country is not None:
        chosen = (assumptions.fleet(country, year, series=series),)
    else:
        chosen = assumptions.default_set(on=on)
    yields = [(a, annual_energy(capacity_dc, a)) for a in chosen]
    if as_json:
        print(_document([{"assumption": a.name, **y.to_dict()} for a, y in yields]))
        return
    print(f"{capacity_dc.to('GW'):.4g~P} DC, first full year")
    _table(
        [
            ["assumption", "kind", "kWh/kW DC", "TWh"],
            *(
                [a.name, a.kind, f"{a.specific_yield:.0f}", f"{y.energy_ac.m_as('TWh'):.4g}"]
                for a, y in sorted(yields, key=lambda pair: pair[0].specific_yield)
            ),
        ],
        {2, 3},
    )


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _capacity_of(n_wafers: Any, wafer_format: str | None, efficiency: str | None) -> Any:
    from wafer_calc.units import quantity
    from wafer_calc.wafers import capacity_from_wafers

    if wafer_format is None or efficiency is None:
        raise ReadError(
            f"estimate: {n_wafers:~P} need a wafer format and a cell efficiency to become watts; "
            "add --format G12 --efficiency 22.7%"
        )
    share = float(efficiency) if _is_number(efficiency) else quantity(efficiency)
    return capacity_from_wafers(n_wafers, wafer_format, cell_efficiency=share)


@app.command("assumptions")
def list_assumptions(on: On = None, as_json: Json = False) -> None:
    """List the irradiance assumptions that claims are tried under, with their sources.

    Example: wafer-calc assumptions --on 2022-07
    """
    from wafer_calc import assumptions

    chosen = sorted(assumptions.default_set(on=on), key=lambda a: a.specific_yield)
    if as_json:
        print(_document([a.to_dict() for a in chosen]))
        return
    _table(
        [
            ["assumption", "kind", "published", "basis", "kWh/kW DC", "source"],
            *(
                [
                    a.name,
                    a.kind,
                    "" if a.published is None else f"{a.published:.4g}",
                    a.basis or "",
                    f"{a.specific_yield:.0f}",
                    "; ".join(dict.fromkeys(s.publisher for s in a.sources)),
                ]
                for a in chosen
            ),
        ],
        {2, 4},
    )


@app.command()
def simulate(
    file: Annotated[Path, typer.Argument(help="EPW, TMY2, TMY3, SAM/NSRDB or PVGIS weather file.")],
    tilt: Annotated[str, typer.Option(help="Degrees from the horizontal, or optimal.")] = "optimal",
    azimuth: Annotated[float, typer.Option(help="Degrees from north; 180 is south.")] = 180.0,
    tracking: Annotated[
        str | None, typer.Option(help="single_axis or two_axis; fixed if left out.")
    ] = None,
    losses: Annotated[
        float | None,
        typer.Option(help="All DC losses as one fraction; PVWatts' 0.1408 if left out."),
    ] = None,
    dc_ac_ratio: Annotated[float, typer.Option(help="Modules over inverter rating.")] = 1.2,
    gamma_pdc: Annotated[float, typer.Option(help="Power per degree Celsius.")] = -0.0037,
    transposition: Annotated[
        str, typer.Option(help="isotropic, haydavies or perez.")
    ] = "haydavies",
    repair: Annotated[
        bool,
        typer.Option(
            "--repair", help="Move the sun to late stamps, rebuild DNI that does not add up."
        ),
    ] = False,
    as_json: Json = False,
) -> None:
    """Simulate a plant hour by hour under a weather file: yield, losses, quality of the file.

    Example: wafer-calc simulate beijing.epw --repair --tilt 35
    """
    from dataclasses import replace

    from wafer_calc import energy, weather
    from wafer_calc.plant import Losses, Plant

    read = weather.read(file, repair=repair)
    plant = Plant(
        surface_tilt=20.0 if tilt == "optimal" else _number(tilt, "--tilt"),
        surface_azimuth=azimuth,
        tracking=tracking,  # type: ignore[arg-type]  # the plant checks the word
        losses=Losses() if losses is None else losses,
        dc_ac_ratio=dc_ac_ratio,
        gamma_pdc=gamma_pdc,
    )
    if tilt == "optimal" and tracking is None:
        best = energy.optimal_tilt(read, plant, transposition=transposition)  # type: ignore[arg-type]
        plant = replace(plant, surface_tilt=float(best.m_as("degree")))
    made = energy.simulate(read, plant, transposition=transposition)  # type: ignore[arg-type]
    quality = read.quality
    told = made.to_dict()
    if as_json:
        document = {"file": str(file), "plant": plant.to_dict(), **told}
        print(_document(document | {"quality": quality.to_dict() if quality else None}))
        return
    standing = tracking or f"fixed, {plant.surface_tilt:.1f}° from the horizontal"
    print(f"{told['specific_yield_kwh_per_kw_dc']:.0f} kWh per kW DC and year ({standing})")
    print(
        f"performance ratio {told['performance_ratio']:.3f}, {transposition} sky, "
        f"losses on DC {plant.total_losses:.2%}"
    )
    print(
        f"irradiation: {told['ghi_kwh_per_m2']:.0f} kWh/m² on the horizontal, "
        f"{told['poa_global_kwh_per_m2']:.0f} on the plane\n"
    )
    _table(
        [
            ["month", "kWh/kW"],
            *zip(_MONTHS, map("{:.0f}".format, told["monthly_kwh"]), strict=True),
        ],
        {1},
    )
    print("\nWhat each step takes, in order (a gain is negative):")
    steps = [
        [name.replace("_", " "), f"{100 * share:.2f}"] for name, share in told["waterfall"].items()
    ]
    _table([["step", "%"], *steps], {1})
    if quality is not None:
        print(f"\nThe file: {quality.text()}")


def _number(text: str, name: str) -> float:
    if not _is_number(text):
        raise ReadError(f"{name}: {text!r} is not a number; wanted degrees, or optimal")
    return float(text)


@app.command("facts")
def list_facts(
    key: Annotated[
        str,
        typer.Argument(help="A key or its beginning, such as three_gorges; all keys if left out."),
    ] = "",
    on: On = None,
    as_json: Json = False,
) -> None:
    """Look up the figures that claims are judged by.

    Example: wafer-calc facts three_gorges.generation --on 2022-07
    """
    from wafer_calc import facts
    from wafer_calc.errors import unknown_name

    if not key and not as_json:
        print("\n".join(facts.keys()))
        return
    known = facts.keys()
    if not any(name.startswith(key) for name in known):
        raise unknown_name("KEY", key, known)
    found = facts.all_facts(key, on=on)
    if as_json:
        print(_document([fact.to_dict() for fact in found]))
        return
    cited = {source.id: n for n, source in enumerate(facts.sources(found), 1)}
    for name in dict.fromkeys(fact.key for fact in found):
        print(name)
        rows = [
            [
                "" if fact.period is None else str(fact.period),
                f"{fact.value:.6g} {fact.unit}" + (f" a {fact.per}" if fact.per else ""),
                ", ".join([*fact.tags.values(), *([fact.scope] if fact.scope else [])]),
                fact.published,
                f"[{cited[fact.source.id]}]",
            ]
            for fact in found
            if fact.key == name
        ]
        _table([["period", "value", "which", "published", "source"], *rows], {1})
        print()
    for source in facts.sources(found):
        print(f"[{cited[source.id]}] {source.cite()}" + (f" {source.url}" if source.url else ""))


if __name__ == "__main__":
    main()
