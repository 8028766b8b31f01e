"""The claim's capacity under many irradiance assumptions: the scenario table."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from wafer_calc.claims.claim import Claim
from wafer_calc.claims.records import Scenario, TextQuantity
from wafer_calc.claims.references import Alternative
from wafer_calc.claims.statements import Checked
from wafer_calc.claims.values import TOLERANCE, Figure, amount
from wafer_calc.claims.wording import measure, say
from wafer_calc.facts import Fact, Source

if TYPE_CHECKING:
    from wafer_calc.energy.records import Assumption

_QUANTILES = (0.10, 0.90)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The capacity, the energy claimed of it, and the yardstick, as far as the text has them."""

    capacity: tuple[TextQuantity, ...]
    energy: Figure | None
    yardstick: tuple[Alternative, ...]

    @property
    def capacity_w(self) -> float:
        """All of the capacity, in W."""
        return amount(self.capacity).mid


def asked(found: Sequence[Checked], claim: Claim) -> Asked | None:
    """Find the PV capacity that scenarios are made of.

    Parameters
    ----------
    found : sequence of Checked
        The text's statements.
    claim : Claim
        Its quantities and date.

    Returns
    -------
    Asked or None
        Of the first project that has one; None where no PV capacity is printed.
    """
    for one in found:
        if one.pair.relation.name == "full_load_hours" and claim.technology(one.pair) == "pv":
            energy = amount(one.pair.numerator).times(one.pair.factors[0])
            return Asked(
                capacity=one.pair.denominator,
                energy=energy,
                yardstick=_yardstick(found, one.pair.project),
            )
    for one in found:
        for q in sorted(one.pair.quantities, key=lambda q: q.part != "whole"):
            if q.kind == "capacity" and q.technology in ("pv", "wafer", "cell", "module"):
                return Asked(
                    capacity=(q,), energy=None, yardstick=_yardstick(found, one.pair.project)
                )
    return None


def table(
    found: Sequence[Checked], claim: Claim, assumptions: "Sequence[Assumption] | None"
) -> tuple[tuple[Scenario, ...], str, tuple[Source, ...]]:
    """Give the scenario table, its title and its sources.

    Parameters
    ----------
    found : sequence of Checked
        The text's statements.
    claim : Claim
        Its quantities, language and date.
    assumptions : sequence of Assumption or None
        The caller's own; the default ones of the date if None.

    Returns
    -------
    rows : tuple of Scenario
        By yield, lowest first; empty where the text has no PV capacity.
    title : str
        What the table assumes.
    sources : tuple of Source
        Of all rows.
    """
    wanted = asked(found, claim)
    if wanted is None:
        return (), "", ()
    if assumptions is None:
        from wafer_calc.assumptions import default_set

        assumptions = default_set(on=claim.moment.on)
    rows = sorted(
        (_row(one, wanted, claim.lang) for one in assumptions),
        key=lambda row: row.yield_kwh_per_kw_dc,
    )
    factory = any(q.per == "year" for q in wanted.capacity)
    title = say(
        claim.lang,
        "scenario_title_factory" if factory else "scenario_title_plant",
        capacity=measure(wanted.capacity_w, "W", claim.lang),
    )
    sources = tuple(source for one in assumptions for source in one.sources)
    sources += tuple(fact.source for one in wanted.yardstick for fact in one.facts)
    return tuple(rows), title, sources


def _row(one: "Assumption", wanted: Asked, lang: str) -> Scenario:
    to_twh = wanted.capacity_w / 1000.0 / 1e9
    energy = one.specific_yield * to_twh
    spread: tuple[float, float] | None = None
    if one.samples and len(one.samples) > 4:
        low, high = np.quantile(one.samples, _QUANTILES)
        spread = float(low) * to_twh, float(high) * to_twh
    against = _in_year(wanted.yardstick, one.year)
    return Scenario(
        name=one.name_zh or one.name if lang == "zh" else one.name,
        kind=one.kind,
        yield_kwh_per_kw_dc=one.specific_yield,
        published=one.published,
        basis=one.basis,
        energy_twh=energy,
        p10_twh=spread[0] if spread else None,
        p90_twh=spread[1] if spread else None,
        share_of_yardstick=energy * 1e9 / against.high if against else None,
        yardstick_year=against.year if against else None,
        meets=None if wanted.energy is None else meets(energy * 1e9, wanted.energy),
        source=", ".join(dict.fromkeys(source.id for source in one.sources)),
    )


_EXACT = 1e-9  # of floating point alone


def meets(energy_kwh: float, claimed: Figure) -> bool:
    """Whether an energy is what is claimed, or more (less, for an upper limit).

    "Over 60 TWh" is held against the printed 60, as the counts of stations that reach it are.
    """
    slack = _EXACT if claimed.cmp in (">=", "<=") else TOLERANCE[claimed.cmp]
    if claimed.cmp == "<=":
        return energy_kwh <= claimed.high * (1 + slack)
    return energy_kwh >= claimed.low * (1 - slack)


def _yardstick(found: Sequence[Checked], project: int) -> tuple[Alternative, ...]:
    for one in found:
        if one.pair.relation.name == "implied_yardstick" and one.pair.project == project:
            return tuple(a for a in one.alternatives if _measured(a.facts[0]))
    return ()


def _measured(fact: Fact) -> bool:
    return fact.key.endswith(".generation")


def _in_year(yardsticks: tuple[Alternative, ...], year: int | None) -> Alternative | None:
    same = [one for one in yardsticks if one.year == year]
    return same[0] if same else (yardsticks[0] if yardsticks else None)
