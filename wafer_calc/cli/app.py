"""The program itself: what it is called, how it ends, and its errors of one line."""

import os
import sys
import warnings
from typing import Annotated, Any, NoReturn

import typer

from wafer_calc import __version__
from wafer_calc.errors import WaferCalcError, WaferCalcWarning

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


def main() -> NoReturn:
    """Run the command line; 0 done, 2 bad input, 130 interrupted."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    warnings.showwarning = _noted
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


_show_warning = warnings.showwarning


def _noted(message: Warning | str, category: type[Warning], *rest: Any, **more: Any) -> None:
    """Say what the package warns of in one line; leave the warnings of others as they are."""
    if issubclass(category, WaferCalcWarning):
        print(f"wafer-calc: note: {' '.join(str(message).split())}", file=sys.stderr)
    else:
        _show_warning(message, category, *rest, **more)


def _fail(message: str) -> NoReturn:
    print(f"wafer-calc: {' '.join(message.split())}", file=sys.stderr)
    sys.exit(2)
