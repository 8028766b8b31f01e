"""The commands about many places: a map's yields and the claim on it, and a folder of files."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from wafer_calc.cli.app import app
from wafer_calc.cli.shared import (
    Azimuth,
    DcAcRatio,
    GammaPdc,
    Json,
    Losses,
    Repair,
    Tracking,
    Transposition,
    document,
    plain,
    plant_of,
    progress_bar,
    table,
)
from wafer_calc.errors import MissingExtraError, RangeError, ReadError

if TYPE_CHECKING:
    import xarray as xr

Tilt = Annotated[float, typer.Option(help="Degrees from the horizontal.")]


@app.command("map")
def draw_map(
    dataset: Annotated[
        Path, typer.Argument(help="A zarr store or netCDF file of weather, or of yields.")
    ],
    claim: Annotated[
        str | None, typer.Option(help="A claim's words: where would its capacity make its energy?")
    ] = None,
    needed: Annotated[
        float | None, typer.Option(help="The yield to reach, kWh per kW DC and year.")
    ] = None,
    out: Annotated[
        list[Path] | None,
        typer.Option(
            help="Write here: .zarr (resumed if it is there), .nc or .png; may be repeated."
        ),
    ] = None,
    label: Annotated[
        str | None,
        typer.Option(help="Whether a stamp is the start, middle or end of its interval."),
    ] = None,
    tilt: Tilt = 20.0,
    azimuth: Azimuth = 180.0,
    tracking: Tracking = None,
    losses: Losses = None,
    dc_ac_ratio: DcAcRatio = 1.2,
    gamma_pdc: GammaPdc = -0.0037,
    transposition: Transposition = "haydavies",
    as_json: Json = False,
) -> None:
    """Simulate every cell of a map, and say in which of them a claim would hold.

    Example: wafer-calc map era5.nc --claim "40 GW of solar plants would make 60 TWh a year"
    """
    from wafer_calc import grid
    from wafer_calc.grid.question import needed_yield

    if claim is not None and needed is not None:
        raise RangeError("--claim, --needed: both came, wanted one of them")
    if needed is not None and not needed > 0:
        raise RangeError(f"--needed: {needed:g} came, wanted above 0 kWh per kW DC and year")
    asked: Any = claim
    if needed is not None:
        from wafer_calc.units import Q_

        asked = Q_(needed, "kWh/kW")
    hours = None if asked is None else needed_yield(asked)
    stores, files = _sorted_out(out or [])
    plant = plant_of(tilt, azimuth, tracking, losses, dc_ac_ratio, gamma_pdc)
    options: dict[str, Any] = {"transposition": transposition, "label": label}
    with _opened(dataset) as ds:
        if "specific_yield" in ds:
            found = ds
            if stores:
                raise ReadError(f"--out: {str(dataset)!r} holds yields already; they need no store")
        elif stores:
            with progress_bar("simulating") as progress:
                found = grid.to_zarr(ds, plant, stores[0], progress=progress, **options)
        else:
            found = grid.annual_yield(ds, plant, **options)
        errors = found.attrs.get("errors", [])
        found = found.compute()
    if asked is not None:
        found = grid.where(asked, found)
    for path in files:
        _write(found, path)
    told = _summary(found) | {"errors": list(errors)}
    if as_json:
        print(document(told))
        return
    print(
        f"{told['cells']} cells"
        + (
            f", {told['without_weather']} of them without weather"
            if told["without_weather"]
            else ""
        )
    )
    if told["mean"] is not None:
        print(
            f"yield: {told['min']:.0f} to {told['max']:.0f} kWh per kW DC and year, "
            f"{told['mean']:.0f} in the mean of the area"
        )
    if hours is not None:
        share = told["share_of_area"]
        print(
            f"needed: {hours:.0f} kWh per kW DC and year; "
            + ("unknown where" if share is None else f"{share:.1%} of the area reaches it")
        )
    for line in errors:
        print(f"wafer-calc: note: {line}", file=sys.stderr)


def _sorted_out(out: list[Path]) -> tuple[list[Path], list[Path]]:
    stores = [path for path in out if path.suffix == ".zarr"]
    files = [path for path in out if path.suffix in (".nc", ".png")]
    for path in out:
        if path not in stores and path not in files:
            raise ReadError(
                f"--out: {str(path)!r} came, wanted a name that ends in .zarr, .nc or .png"
            )
    if len(stores) > 1:
        raise ReadError(f"--out: {len(stores)} stores came, wanted one")
    return stores, files


def _opened(path: Path) -> "xr.Dataset":
    try:
        import xarray as xr
    except ImportError as error:
        raise MissingExtraError(
            "map: xarray is not installed; pip install 'wafer-calc[grid]'"
        ) from error
    from wafer_calc import grid

    if not path.exists():
        raise ReadError(f"DATASET: no such file or folder {str(path)!r}")
    if path.is_dir() and not any(path.iterdir()):
        raise ReadError(f"DATASET: {str(path)!r} is an empty folder, wanted a zarr store")
    try:
        if path.is_dir():
            return grid.open_zarr(path)
        return xr.open_dataset(path, chunks={})
    except ReadError:
        raise
    except Exception as error:  # every backend of xarray has errors of its own
        raise ReadError(
            f"DATASET: {str(path)!r} cannot be read as zarr or netCDF "
            f"({type(error).__name__}: {error})"
        ) from error


def _write(found: "xr.Dataset", path: Path) -> None:
    from wafer_calc import grid

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix == ".png":
            drawn: Any = grid.figure(found).figure
            drawn.savefig(path, dpi=160)
        else:
            # netCDF has no lists of words
            attrs = {name: value for name, value in found.attrs.items() if name != "errors"}
            found.drop_encoding().assign_attrs(attrs).to_netcdf(path)
    except OSError as error:
        raise ReadError(f"--out: cannot write {str(path)!r}: {error}") from error
    print(f"wrote {path}", file=sys.stderr)


def _summary(found: "xr.Dataset") -> dict[str, Any]:
    """Give the figures of a map that are printed."""
    import numpy as np

    from wafer_calc.grid.fields import LATITUDE, coordinate_name

    specific = found["specific_yield"]
    if "year" in specific.dims:
        specific = specific.mean("year")
    # each cell counts for its area on a grid of even degrees
    latitude = found[coordinate_name(found, LATITUDE)]
    area = latitude.copy(data=np.cos(np.radians(latitude.fillna(90.0))))
    return {
        "cells": int(specific.size),
        "without_weather": int(specific.isnull().sum()),
        "min": plain(float(specific.min())),
        "mean": plain(float(specific.weighted(area).mean())),
        "max": plain(float(specific.max())),
        "needed": plain(float(found.attrs.get("needed_yield", "nan"))),
        "share_of_area": plain(float(found.attrs.get("share_of_area", "nan"))),
    }


@app.command()
def yields(
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH…", help="Weather files, folders or patterns.")
    ],
    csv: Annotated[
        Path | None,
        typer.Option(help="Write each row here as it is known; a second run takes it up."),
    ] = None,
    processes: Annotated[
        int | None, typer.Option(help="As many as there are processors, if left out and worth it.")
    ] = None,
    tilt: Tilt = 20.0,
    azimuth: Azimuth = 180.0,
    tracking: Tracking = None,
    losses: Losses = None,
    dc_ac_ratio: DcAcRatio = 1.2,
    gamma_pdc: GammaPdc = -0.0037,
    transposition: Transposition = "haydavies",
    repair: Repair = False,
    as_json: Json = False,
) -> None:
    """Simulate a plant under every weather file of a folder: one table, a row a file.

    Example: wafer-calc yields weather/ --tilt 35 --csv yields.csv
    """
    from wafer_calc.energy import simulate_files

    plant = plant_of(tilt, azimuth, tracking, losses, dc_ac_ratio, gamma_pdc)
    with progress_bar("simulating") as progress:
        found = simulate_files(
            paths,
            plant,
            transposition=transposition,  # type: ignore[arg-type]  # checked there
            repair=repair,
            processes=processes,
            table=csv,
            progress=progress,
        )
    if as_json:
        rows = [
            {str(k): plain(v) if isinstance(v, float) else v for k, v in row.items()}
            for row in found.to_dict("records")
        ]
        print(document(rows))
        return
    shown = [["file", "kWh/kW DC", "ratio", "missing h", "error"]]
    for row in found.to_dict("records"):
        figures = (
            ["", "", ""]
            if row["error"]
            else [
                f"{row['specific_yield [kWh/kW]']:.0f}",
                f"{row['performance_ratio [1]']:.3f}",
                f"{row['missing_hours [h]']:g}",
            ]
        )
        shown.append([Path(row["file"]).name, *figures, row["error"]])
    table(shown, {1, 2, 3})
    failed = int((found["error"] != "").sum())
    if failed:
        print(
            f"wafer-calc: note: {failed} of {len(found)} files could not be read", file=sys.stderr
        )
