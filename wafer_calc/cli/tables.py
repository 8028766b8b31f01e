"""The commands that answer from tables: estimate, assumptions and facts."""

from typing import Annotated, Any

import typer

from wafer_calc.cli.app import app
from wafer_calc.cli.shared import Json, On, document, is_number, table
from wafer_calc.errors import ReadError


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
        own = quantity(hours) if not is_number(hours) else Q_(float(hours), "hour")
        chosen: tuple[Any, ...] = (assumptions.full_load_hours(own, basis="dc"),)
    elif site is not None:
        chosen = (assumptions.site(site),)
    elif country is not None:
        chosen = (assumptions.fleet(country, year, series=series),)
    else:
        chosen = assumptions.default_set(on=on)
    yields = [(a, annual_energy(capacity_dc, a)) for a in chosen]
    if as_json:
        print(document([{"assumption": a.name, **y.to_dict()} for a, y in yields]))
        return
    print(f"{capacity_dc.to('GW'):.4g~P} DC, first full year")
    table(
        [
            ["assumption", "kind", "kWh/kW DC", "TWh"],
            *(
                [a.name, a.kind, f"{a.specific_yield:.0f}", f"{y.energy_ac.m_as('TWh'):.4g}"]
                for a, y in sorted(yields, key=lambda pair: pair[0].specific_yield)
            ),
        ],
        {2, 3},
    )


def _capacity_of(n_wafers: Any, wafer_format: str | None, efficiency: str | None) -> Any:
    from wafer_calc.units import quantity
    from wafer_calc.wafers import capacity_from_wafers

    if wafer_format is None or efficiency is None:
        raise ReadError(
            f"estimate: {n_wafers:~P} need a wafer format and a cell efficiency to become watts; "
            "add --format G12 --efficiency 22.7%"
        )
    share = float(efficiency) if is_number(efficiency) else quantity(efficiency)
    return capacity_from_wafers(n_wafers, wafer_format, cell_efficiency=share)


@app.command("assumptions")
def list_assumptions(on: On = None, as_json: Json = False) -> None:
    """List the irradiance assumptions that claims are tried under, with their sources.

    Example: wafer-calc assumptions --on 2022-07
    """
    from wafer_calc import assumptions

    chosen = sorted(assumptions.default_set(on=on), key=lambda a: a.specific_yield)
    if as_json:
        print(document([a.to_dict() for a in chosen]))
        return
    table(
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
        print(document([fact.to_dict() for fact in found]))
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
        table([["period", "value", "which", "published", "source"], *rows], {1})
        print()
    for source in facts.sources(found):
        print(f"[{cited[source.id]}] {source.cite()}" + (f" {source.url}" if source.url else ""))
