"""The commands about one place's weather: simulate a file, fetch from the network, the cache."""

import sys
from pathlib import Path
from typing import Annotated

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
    number,
    plant_of,
    table,
)
from wafer_calc.errors import RangeError, unknown_name

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@app.command()
def simulate(
    file: Annotated[Path, typer.Argument(help="EPW, TMY2, TMY3, SAM/NSRDB or PVGIS weather file.")],
    tilt: Annotated[str, typer.Option(help="Degrees from the horizontal, or optimal.")] = "optimal",
    azimuth: Azimuth = 180.0,
    tracking: Tracking = None,
    losses: Losses = None,
    dc_ac_ratio: DcAcRatio = 1.2,
    gamma_pdc: GammaPdc = -0.0037,
    transposition: Transposition = "haydavies",
    repair: Repair = False,
    as_json: Json = False,
) -> None:
    """Simulate a plant hour by hour under a weather file: yield, losses, quality of the file.

    Example: wafer-calc simulate beijing.epw --repair --tilt 35
    """
    from dataclasses import replace

    from wafer_calc import energy, weather

    read = weather.read(file, repair=repair)
    fixed = 20.0 if tilt == "optimal" else number(tilt, "--tilt")
    plant = plant_of(fixed, azimuth, tracking, losses, dc_ac_ratio, gamma_pdc)
    if tilt == "optimal" and tracking is None:
        best = energy.optimal_tilt(read, plant, transposition=transposition)  # type: ignore[arg-type]
        plant = replace(plant, surface_tilt=float(best.m_as("degree")))
    made = energy.simulate(read, plant, transposition=transposition)  # type: ignore[arg-type]
    quality = read.quality
    told = made.to_dict()
    if as_json:
        answer = {"file": str(file), "plant": plant.to_dict(), **told}
        print(document(answer | {"quality": quality.to_dict() if quality else None}))
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
    table(
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
    table([["step", "%"], *steps], {1})
    if quality is not None:
        print(f"\nThe file: {quality.text()}")


cache_app = typer.Typer(help="The answers of weather services that are kept on disk.")
app.add_typer(cache_app, name="cache")


@app.command(context_settings={"ignore_unknown_options": True})
def fetch(
    latitude: Annotated[float, typer.Argument(help="Degrees north; south is negative.")],
    longitude: Annotated[float, typer.Argument(help="Degrees east; west is negative.")],
    service: Annotated[str, typer.Option("--from", help="pvgis or nasa-power.")] = "pvgis",
    start: Annotated[
        str | None,
        typer.Option(
            help="First year (pvgis) or day (nasa-power); pvgis' typical year if left out."
        ),
    ] = None,
    end: Annotated[str | None, typer.Option(help="Last year or day.")] = None,
    offline: Annotated[
        bool, typer.Option("--offline", help="Take it from the cache or fail.")
    ] = False,
    refresh: Annotated[
        bool, typer.Option("--refresh", help="Ask even where the cache has an answer.")
    ] = False,
    out: Annotated[
        Path | None, typer.Option(help="Write a SAM CSV file, which simulate and yields read.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Fetch the weather of any place from PVGIS or NASA POWER, and examine it.

    Example: wafer-calc fetch 40.5 109.9 --out baotou.csv
    """
    from wafer_calc import weather

    def say(message: str) -> None:
        if sys.stderr.isatty():
            print(message, file=sys.stderr)

    if service == "pvgis":
        first, last = _year(start, "--start"), _year(end, "--end")
        got = weather.get_pvgis(
            latitude,
            longitude,
            start=first,
            end=last,
            offline=offline,
            refresh=refresh,
            progress=say,
        )
    elif service == "nasa-power":
        if start is None or end is None:
            raise RangeError(
                "--start, --end: nasa-power needs both days, such as --start 2021-01-01 "
                "--end 2021-12-31"
            )
        got = weather.get_nasa_power(
            latitude, longitude, start, end, offline=offline, refresh=refresh, progress=say
        )
    else:
        raise unknown_name("--from", service, ["pvgis", "nasa-power"])
    if out is not None:
        weather.write(got, out)
        print(f"wrote {out}", file=sys.stderr)
    if as_json:
        print(document(got.to_dict()))
        return
    print(
        f"{got.source}: {got.latitude:.4f}, {got.longitude:.4f}, {got.altitude:.0f} m, "
        f"{len(got.times)} records from {got.times[0]:%Y-%m-%d} to {got.times[-1]:%Y-%m-%d}"
    )
    if got.quality is not None:
        print(got.quality.text())


def _year(text: str | None, name: str) -> int | None:
    if text is None:
        return None
    if not text.isdecimal():
        raise RangeError(f"{name}: {text!r} came, wanted a year for pvgis, such as 2019")
    return int(text)


@cache_app.command("path")
def cache_path() -> None:
    """Print the folder of the cache.

    Example: wafer-calc cache path
    """
    from wafer_calc.weather import cache

    print(cache.folder())


@cache_app.command("clear")
def cache_clear() -> None:
    """Throw away every answer that is kept.

    Example: wafer-calc cache clear
    """
    from wafer_calc.weather import cache

    count = cache.clear()
    print(f"{count} answer{'' if count == 1 else 's'} thrown away from {cache.folder()}")
