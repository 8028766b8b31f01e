"""Energies printed in a unit of power: what is written, against the fleets of the world."""

import re
from collections.abc import Sequence

from wafer_calc import facts
from wafer_calc.claims.claim import Claim
from wafer_calc.claims.pairs.pairing import Pair
from wafer_calc.claims.pairs.stated import misprints
from wafer_calc.claims.rating import Limit, Rated
from wafer_calc.claims.records import Rating, Statement, TextQuantity
from wafer_calc.claims.references import Alternative, alternative_of
from wafer_calc.claims.relations import relations
from wafer_calc.claims.statements import Checked
from wafer_calc.claims.values import HOURS_PER, Figure, figure, per_year, unit_of, usable
from wafer_calc.claims.wording import measure, named, number, say, span


def misprinted(quantities: Sequence[TextQuantity], claim: Claim) -> list[Checked]:
    """Rate each energy that is printed as a power, as it is written.

    Parameters
    ----------
    quantities : sequence of TextQuantity
        Of one project.
    claim : Claim
        The text's language and date.

    Returns
    -------
    list of Checked
        ``impossible``, since a power is no energy; held against the project's own capacity, or
        else the whole fleet of China. The intended reading is the repair.
    """
    made = []
    relation = relations()["power_as_written"]
    for pair in misprints(quantities):
        q = pair.numerator[0]
        own = _own_capacity(q, quantities)
        fleets = claim.references(relation, None, None)
        fleet = fleets[0] if fleets else None
        rating: Rating = "impossible"  # a power is no energy, however small
        if own is not None:
            against = own.text
            value = figure(own).mid
        elif fleet is not None:
            against, value = named(fleet, claim.lang), fleet.high
        else:
            against, value = "", pair.figure.mid
        intended = figure(q)
        meant = span(intended.low, intended.high, intended.unit, claim.lang)
        statement = Statement(
            id=0,
            relation=relation.name,
            numerator=(q.id,),
            denominator=() if own is None else (own.id,),
            value=pair.figure.mid / value,
            unit="dimensionless",
            main=True,
            rating=rating,
            cmp=q.cmp,
            needed="",
            reason=_as_written(q, pair.figure.mid, against, value, claim.lang),
            references=(),
            band=(None, 1.0) if pair.figure.mid > value else None,
            repair=say(claim.lang, "as_intended", value=meant),
            project=q.project,
        )
        limit = Limit(side="high", value=value, law={}, alternative=fleet)
        made.append(
            Checked(
                statement=statement,
                pair=pair,
                figure=pair.figure,
                alternatives=_shown(fleet),
                rated=Rated(rating=rating, limit=limit),
            )
        )
    return made


def _as_written(q: TextQuantity, mid: float, against: str, value: float, lang: str) -> str:
    text = f"{q.text} ({measure(mid, 'W', lang)})"
    if not against:
        return say(lang, "written_alone", text=text)
    told = say(lang, "written", text=text, fleet=against, value=measure(value, "W", lang))
    return told + say(lang, "joined") + f"{number(mid / value)} : 1"


def beyond(quantities: Sequence[TextQuantity], claim: Claim, text: str) -> list[Checked]:
    """Rate each capacity, or a year's energy, that no power plants could come to: the world's, or any one place's.

    Parameters
    ----------
    quantities : sequence of TextQuantity
        Of one project.
    claim : Claim
        The text's language and date.
    text : str
        Which may speak of the whole world.

    Returns
    -------
    list of Checked
        ``impossible`` each: above `_FLEETS` times the whole fleet of China, or `_FLEETS_OF_ONE`
        times where the text does not speak of the world; of one plant, above `_PLANTS` times the
        largest there is.
    """
    relation = relations()["power_as_written"]
    fleets = claim.references(relation, None, None)
    if not fleets:
        return []
    worldwide = _WORLD.search(text) is not None
    made = []
    for q in quantities:
        size = _power_of(q)
        if size is None:
            continue
        most_of, allowed = fleets[0], _FLEETS if worldwide else _FLEETS_OF_ONE
        plant = _ONE_PLANT.match(text, q.end) or _PLANT_OF.search(text, q.start - _LEAD, q.start)
        if plant:
            most_of = alternative_of(facts.find("three_gorges.capacity").best, "W")
            allowed = _PLANTS
        most = most_of.high
        if size.low <= allowed * most:
            continue
        pair = Pair(relation=relation, numerator=(q,), denominator=(), figure=size)
        times = size.mid / most
        statement = Statement(
            id=0,
            relation=relation.name,
            numerator=(q.id,),
            denominator=(),
            value=times,
            unit="dimensionless",
            main=True,
            rating="impossible",
            cmp=q.cmp,
            needed="",
            reason=say(
                claim.lang,
                "beyond_one" if plant or not worldwide and times <= _FLEETS else "beyond_fleet",
                text=f"{q.text} ({measure(size.mid, 'W', claim.lang)})",
                fleet=named(most_of, claim.lang),
                value=measure(most, "W", claim.lang),
                times=number(times),
            ),
            band=(None, allowed),
            project=q.project,
        )
        made.append(
            Checked(
                statement=statement,
                pair=pair,
                figure=pair.figure,
                alternatives=_shown(most_of),
                rated=Rated(
                    rating="impossible",
                    limit=Limit(side="high", value=most, law={}, alternative=most_of),
                ),
            )
        )
    return made


def _power_of(q: TextQuantity) -> Figure | None:
    """Give a capacity, or the power that runs all year for an energy; None for others."""
    if q.intended is not None or not usable(q):
        return None
    if q.kind == "capacity" and unit_of(q) == "W":
        return figure(q)
    scale = per_year(q) if q.kind == "generation" and unit_of(q) == "kWh" else None
    return None if scale is None else figure(q).times(scale * 1e3 / HOURS_PER["year"])


_LEAD = 60  # characters before a power in which its plant stands
_PLANT_OF = re.compile(
    r"\b(?:a|an|the|its) (?:[a-z'-]+ ){0,3}(?:solar|wind|photovoltaic|hydro\w*|nuclear|tidal|power) (?:power )?(?:plant|farm|park|station) (?:with a (?:total |installed )*capacity )?of (?:about |around |some |over |up to )?$",
    re.IGNORECASE,
)
_FLEETS = 10.0  # of the largest fleet there is: no world total, and no plan, comes near
_FLEETS_OF_ONE = 4.0  # what no plant, province or plan of one country comes near
_PLANTS = 4.0  # of the largest plant there is: "the 800 GW solar farm"
_ONE_PLANT = re.compile(
    r"[ -](?:[A-Z][a-z]+ ){0,3}(?:floating |onshore |offshore |solar |wind |photovoltaic |pv |hydro|nuclear |tidal |thermal |power |electric |trough |parabolic ){1,4}"
    r"(?:plant|farm|park|station|dam|reactor|turbine)\b(?! (?:capacity|fleet|market|pipeline|target|portfolio))",
    re.IGNORECASE,
)
_WORLD = re.compile(r"\b(?:world|global)|全球|世界", re.IGNORECASE)


def _shown(fleet: Alternative | None) -> tuple[Alternative, ...]:
    return () if fleet is None else (fleet,)


def _own_capacity(q: TextQuantity, quantities: Sequence[TextQuantity]) -> TextQuantity | None:
    own = [
        other
        for other in quantities
        if other.project == q.project
        and other.id != q.id
        and other.kind == "capacity"
        and other.part in ("whole", "phase")
        and other.intended is None
        and usable(other)
    ]
    return own[0] if len(own) == 1 else None
