"""What the commands share: options of the same name, tables, documents and the bar."""

import json
import math
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

from wafer_calc.errors import ReadError

if TYPE_CHECKING:
    from wafer_calc.plant import Plant

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


Azimuth = Annotated[float, typer.Option(help="Degrees from north; 180 is south.")]
Tracking = Annotated[str | None, typer.Option(help="single_axis or two_axis; fixed if left out.")]
Losses = Annotated[
    float | None,
    typer.Option(help="All DC losses as one fraction; PVWatts' 0.1408 if left out."),
]
DcAcRatio = Annotated[float, typer.Option(help="Modules over inverter rating.")]
GammaPdc = Annotated[float, typer.Option(help="Power per degree Celsius.")]
Transposition = Annotated[str, typer.Option(help="isotropic, haydavies or perez.")]
Repair = Annotated[
    bool,
    typer.Option("--repair", help="Move the sun to late stamps, rebuild DNI that does not add up."),
]


def document(value: Any) -> str:
    """Write a value as the JSON that other programs read."""
    return json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False)


def plain(value: float) -> float | None:
    """Give a figure as JSON has it: unknown is null."""
    return None if math.isnan(value) else float(value)


def with_bar(items: Sequence[Any], what: str) -> Iterable[Any]:
    """Draw a bar on a terminal's standard error while many items are worked through."""
    if len(items) < 2 or not sys.stderr.isatty():
        return items
    from rich.console import Console
    from rich.progress import track

    return track(items, description=what, console=Console(stderr=True), transient=True)


@contextmanager
def progress_bar(what: str) -> Iterator[Callable[[int, int], None] | None]:
    """Draw a bar on a terminal's standard error from the counts that long work calls back with."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def table(rows: Sequence[Sequence[str]], right: set[int]) -> None:
    """Print rows under each other, the first of them as heads; columns in `right` end alike."""
    from wafer_calc.report.terminal import columns

    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else 80
    print("\n".join(columns(rows, max(width, 40), frozenset(right))))


def is_number(text: str) -> bool:
    """Say whether a word of the command line is a number."""
    try:
        float(text)
    except ValueError:
        return False
    return True


def number(text: str, name: str) -> float:
    """Give the degrees of an option that may be a word as well."""
    if not is_number(text):
        raise ReadError(f"{name}: {text!r} is not a number; wanted degrees, or optimal")
    return float(text)


def plant_of(
    surface_tilt: float,
    azimuth: float,
    tracking: str | None,
    losses: float | None,
    dc_ac_ratio: float,
    gamma_pdc: float,
) -> "Plant":
    """Make a plant of what the command line says of it."""
    from wafer_calc import plant

    return plant.Plant(
        surface_tilt=surface_tilt,
        surface_azimuth=azimuth,
        tracking=tracking,  # type: ignore[arg-type]  # the plant checks the word
        losses=plant.Losses() if losses is None else losses,
        dc_ac_ratio=dc_ac_ratio,
        gamma_pdc=gamma_pdc,
    )
