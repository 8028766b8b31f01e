"""The package's TOML tables, read whole; a built package holds them as JSON, which reads faster."""

import json
from importlib.resources import files
from typing import Any


def read_table(package: str, name: str) -> dict[str, Any]:
    """Read one table that ships with a package.

    TOML is the source. Building a wheel puts each table's JSON beside it (``.ci/build_tables.py``),
    because tomllib takes about a second for a megabyte; a source tree has TOML alone.

    Parameters
    ----------
    package : str
        Dotted name of the package that holds the table, such as ``"wafer_calc.facts"``.
    name : str
        Name of the table, without its ending.

    Returns
    -------
    dict
        The table; a TOML date is its ISO text.

    Raises
    ------
    FileNotFoundError
        No such table.

    Examples
    --------
    >>> print(len(read_table("wafer_calc.facts", "topics")["topics"]) > 5)
    True
    """
    folder = files(package)
    built = folder / f"{name}.json"
    if built.is_file():
        table: dict[str, Any] = json.loads(built.read_bytes())
        return table
    import tomllib  # only a source tree needs the parser

    return plain(tomllib.loads((folder / f"{name}.toml").read_text("utf-8")))


def plain(table: dict[str, Any]) -> dict[str, Any]:
    """Give a TOML document as JSON can hold it: dates become their ISO text.

    Parameters
    ----------
    table : dict
        What tomllib read.

    Returns
    -------
    dict
        The same, of str, int, float, bool, list and dict only.
    """
    made: dict[str, Any] = json.loads(json.dumps(table, default=str))
    return made
