"""The errors of the package: each names the argument, what came, what was wanted and the mend."""

import difflib
from collections.abc import Iterable


class WaferCalcError(Exception):
    """Whatever the package refuses; catch this to catch all of its kinds."""


class UnitError(WaferCalcError, ValueError):
    """A unit is missing, unknown or of the wrong dimension."""


class RangeError(WaferCalcError, ValueError):
    """A value is not finite, or outside what it can physically be."""


class ShapeError(WaferCalcError, ValueError):
    """Arrays whose shapes do not go together."""


class UnknownNameError(WaferCalcError, LookupError):
    """A name that no table has; the message lists the nearest ones."""


class ReadError(WaferCalcError, ValueError):
    """A text or a file that cannot be read as what was asked for."""


class AssumptionError(WaferCalcError, ValueError):
    """Assumptions that contradict each other, such as tabulated hours with a plant's losses."""


class MissingExtraError(WaferCalcError, ImportError):
    """A feature whose optional dependencies are not installed; the message gives the command."""


class NetworkError(WaferCalcError, OSError):
    """A service that did not answer, or not with what was asked for."""


class WaferCalcWarning(UserWarning):
    """Something was done that the caller should know of."""


def unknown_name(argument: str, came: str, known: Iterable[str]) -> UnknownNameError:
    """Build the error for a name that is in no table, with the nearest known names.

    Parameters
    ----------
    argument : str
        The argument that carried the name.
    came : str
        What came.
    known : iterable of str
        The names there are.

    Returns
    -------
    UnknownNameError
        Ready to be raised.
    """
    names = sorted(set(known))
    lowered = {name.casefold(): name for name in names}
    near = [lowered[n] for n in difflib.get_close_matches(came.casefold(), list(lowered), n=5)]
    if near:
        mend = f"nearest: {', '.join(near)}"
    else:
        mend = f"known: {', '.join(names[:12])}" + (" …" if len(names) > 12 else "")
    return UnknownNameError(f"{argument}: no such name {came!r}; {mend}")
