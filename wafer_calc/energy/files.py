"""A folder of weather files into one table of yields, in parallel, and resumed where it stopped."""

import csv
import glob
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from wafer_calc.energy.simulation import simulate
from wafer_calc.errors import RangeError, ReadError, UnitError, WaferCalcError
from wafer_calc.plant import Plant

if TYPE_CHECKING:
    import pandas

PathLike = str | os.PathLike[str]
Row = dict[str, Any]
Options = tuple[Plant, str, bool]

_TEXTS = ("file", "error", "run")
COLUMNS = (
    "file",
    "latitude [deg]",
    "longitude [deg]",
    "specific_yield [kWh/kW]",
    "full_load_hours [h]",
    "performance_ratio [1]",
    "poa_global [kWh/m2]",
    "missing_hours [h]",
    "error",
    "run",
)
_DIGITS = 24  # of a run's name
_FILES_WORTH_A_PROCESS = 16  # it takes as long to start as these to simulate


def simulate_files(
    paths: PathLike | Iterable[PathLike],
    plant: Plant,
    *,
    transposition: Literal["isotropic", "haydavies", "perez"] = "haydavies",
    repair: bool = False,
    processes: int | None = None,
    table: PathLike | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> "pandas.DataFrame":
    """Simulate a plant under every weather file of a folder.

    Parameters
    ----------
    paths : path, pattern or iterable of them
        A folder (every file in it), a pattern such as ``"weather/*.epw"``, or files.
    plant : Plant
        The same for every file.
    transposition : str
        Model of the sky, as for `simulate`.
    repair : bool
        As for `wafer_calc.weather.read`.
    processes : int, optional
        Worker processes. Left out, as many as there are processors, but no more than one for 16
        files; 1 starts none. A script that lets them start must hold its own work under
        ``if __name__ == "__main__":``, for each of them imports it.
    table : path, optional
        A CSV file to which each row is added as soon as it is known. Files whose content is in it
        already, for the same plant and options, are not simulated again; those with an error are.
    progress : callable, optional
        Called with the number of files done and of all files.

    Returns
    -------
    pandas.DataFrame
        A row a file, in the order given; its unit in each column's name. A file that cannot be
        read is a row with its ``error`` and NaN for figures.

    Raises
    ------
    ReadError
        No file there, or a `table` of another shape.
    RangeError
        Fewer than one process.
    UnitError, UnknownNameError
        No Plant, or no such model of the sky.
    """
    import pandas

    from wafer_calc.errors import unknown_name
    from wafer_calc.kernels.engine import SKIES

    if not isinstance(plant, Plant):
        raise UnitError(f"plant: {type(plant).__name__} came, wanted a Plant")
    if transposition not in SKIES:
        raise unknown_name("transposition", str(transposition), SKIES)
    if processes is not None and processes < 1:
        raise RangeError(f"processes: {processes} came, wanted 1 or more")
    files = find_files(paths)
    kept = _kept(Path(table)) if table is not None else {}
    options = (plant, transposition, repair)
    runs = {path: _run_of(path, options) for path in files}
    rows = {path: kept[run] | {"file": str(path)} for path, run in runs.items() if run in kept}
    left = [path for path in files if path not in rows]
    if progress is not None:
        progress(len(rows), len(files))
    for path, row in _computed(left, options, _workers(processes, len(left))):
        rows[path] = row | {"run": runs[path]}
        if table is not None:
            _append(Path(table), rows[path])
        if progress is not None:
            progress(len(rows), len(files))
    frame = pandas.DataFrame([rows[path] for path in files], columns=list(COLUMNS))
    return frame.astype(dict.fromkeys(set(COLUMNS) - set(_TEXTS), float)).drop(columns="run")


def find_files(paths: PathLike | Iterable[PathLike]) -> list[Path]:
    """List the files behind folders, patterns and names, each once.

    Parameters
    ----------
    paths : path, pattern or iterable of them
        As for `simulate_files`.

    Returns
    -------
    list of Path
        Those of a folder or a pattern sorted by name; a name is listed whether there is such a
        file or not. Files whose name begins with a dot are left out of folders.

    Raises
    ------
    ReadError
        A folder or pattern without files, or nothing at all.
    """
    asked = [paths] if isinstance(paths, str | os.PathLike) else list(paths)
    found: dict[Path, None] = {}
    for item in asked:
        path = Path(item)
        if path.is_dir():
            names = sorted(p for p in path.iterdir() if p.is_file() and p.name[0] != ".")
        elif glob.has_magic(str(path)) and not path.exists():
            names = sorted(
                p for p in map(Path, glob.glob(str(path), recursive=True)) if p.is_file()
            )
        else:
            names = [path]
        if not names:
            raise ReadError(f"paths: no file in {str(path)!r}, wanted weather files")
        found |= dict.fromkeys(names)
    if not found:
        raise ReadError("paths: nothing came, wanted a folder, a pattern or files")
    return list(found)


def _workers(processes: int | None, files: int) -> int:
    if processes is None:
        processes = min(os.cpu_count() or 1, files // _FILES_WORTH_A_PROCESS)
    return min(processes, files)


def _computed(files: list[Path], options: Options, workers: int) -> Iterator[tuple[Path, Row]]:
    """Give each file's row as soon as it is known."""
    if workers <= 1:
        yield from ((path, _row(path, options)) for path in files)
        return
    left = dict.fromkeys(files)
    for path, row in _shared_out(files, options, workers):
        if row is not None:
            del left[path]
            yield path, row
    # A worker that dies takes the others' files with it. Each of them gets a worker to itself, so
    # that only the file that kills it is lost.
    for path in left:
        for _, row in _shared_out([path], options, 1):
            died = {"error": "the process that read it died; is it too large for the memory?"}
            yield path, row if row is not None else _blank(path) | died


def _shared_out(
    files: list[Path], options: Options, workers: int
) -> Iterator[tuple[Path, Row | None]]:
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor, as_completed
    from concurrent.futures.process import BrokenProcessPool

    # a fork would copy locks that the caller's other threads may hold
    pool = ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"))
    try:
        futures = {pool.submit(_row, path, options): path for path in files}
        for future in as_completed(futures):
            try:
                yield futures[future], future.result()
            except BrokenProcessPool:
                yield futures[future], None
    finally:
        pool.shutdown(cancel_futures=True)


def _row(path: Path, options: Options) -> Row:
    from wafer_calc.weather import read

    plant, transposition, repair = options
    try:
        weather = read(path, repair=repair)
        made = simulate(weather, plant, transposition=transposition).to_dict()  # type: ignore[arg-type]  # checked by the caller
    except (WaferCalcError, OSError) as error:
        return _blank(path) | {"error": str(error)}
    except Exception as error:  # one file of thousands must not end the run
        return _blank(path) | {"error": f"{type(error).__name__}: {error}"}
    figures = (
        weather.latitude,
        weather.longitude,
        made["specific_yield_kwh_per_kw_dc"],
        made["full_load_hours_h"],
        made["performance_ratio"],
        made["poa_global_kwh_per_m2"],
        made["missing_hours_h"],
    )
    plain = [float("nan") if figure is None else figure for figure in figures]
    return _blank(path) | dict(zip(COLUMNS[1:-2], plain, strict=True))


def _blank(path: Path) -> Row:
    return {"file": str(path)} | dict.fromkeys(COLUMNS[1:-2], float("nan")) | {"error": ""}


def _run_of(path: Path, options: Options) -> str:
    """Name a run by what decides its row: the file's bytes, the options and the package."""
    import hashlib

    from wafer_calc import __version__

    digest = hashlib.blake2b(repr((options, __version__)).encode(), digest_size=_DIGITS // 2)
    try:
        with path.open("rb") as file:
            while part := file.read(2**20):
                digest.update(part)
    except OSError:
        return ""
    return digest.hexdigest()


def _kept(table: Path) -> dict[str, Row]:
    """Read the rows of earlier runs; those with an error or cut off are taken out, to be redone."""
    if not table.exists() or table.stat().st_size == 0:
        return {}
    with table.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        columns = list(reader.fieldnames or ())
        if columns != list(COLUMNS):
            raise ReadError(
                f"table: {str(table)!r} has the columns {', '.join(columns) or 'none'}, wanted "
                f"{', '.join(COLUMNS)}; name another file"
            )
        rows = list(reader)
    whole = [row for row in rows if None not in row and None not in row.values()]
    good = [r for r in whole if len(r["run"]) == _DIGITS and not r["error"] and _numbers(r)]
    if len(good) < len(rows) or not _ends_its_line(table):
        part = table.with_name(f"{table.name}.part")
        _write(part, good, "w")
        part.replace(table)
    return {row["run"]: dict(row) for row in good}


def _numbers(row: Row) -> bool:
    try:
        return all(float(row[name]) is not None for name in COLUMNS[1:-2])
    except ValueError:
        return False


def _append(table: Path, row: Row) -> None:
    table.parent.mkdir(parents=True, exist_ok=True)
    _write(table, [row], "a")


def _write(table: Path, rows: Sequence[Row], mode: str) -> None:
    with table.open(mode, encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        if file.tell() == 0:
            writer.writeheader()
        writer.writerows(rows)


def _ends_its_line(table: Path) -> bool:
    """Say whether an earlier run was not cut off within a row."""
    with table.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1) == b"\n"
