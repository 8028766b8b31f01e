"""Reference classes: named sets of plants whose yield scatters by stated, sourced spreads."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from math import prod, sqrt
from statistics import fmean, stdev
from typing import TYPE_CHECKING, Any

from wafer_calc import facts
from wafer_calc.assumptions.stations import StationGroup, station_group
from wafer_calc.assumptions.tabulated import fleet
from wafer_calc.errors import AssumptionError, UnknownNameError
from wafer_calc.facts.records import Fact, Source
from wafer_calc.tables import read_table
from wafer_calc.uncertainty.closed_form import product
from wafer_calc.uncertainty.distributions import Distribution, Lognormal
from wafer_calc.uncertainty.makers import (
    between,
    complement,
    empirical,
    from_fact,
    normal,
    triangular,
)
from wafer_calc.units import Quantity, magnitude

if TYPE_CHECKING:
    from numpy.random import Generator

    from wafer_calc.uncertainty.propagation import Propagation

__all__ = [
    "ClassInput", "ReferenceClass", "fleet_class", "portfolio", "reference_classes", "sampled",
    "station_class",
]  # fmt: skip


# How far back the grid's refusals are a sample of what a new plant meets: in 2016 the lines to the
# north-west were missing, which they no longer were by 2018.
RECENT_YEARS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassInput:
    """One uncertain factor of a class's yield.

    Attributes
    ----------
    name, name_zh : str
        In a reader's words.
    distribution : Distribution
        In kWh/kW for the yield itself, a pure number for what multiplies it.
    """

    name: str
    name_zh: str
    distribution: Distribution


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceClass:
    """A named set of plants, and how far the yield of a portfolio spread over it scatters.

    Attributes
    ----------
    key : str
        ``"fleet"``, ``"stations"`` or ``"trackers"``, with country, region or province.
    name, name_zh : str
        In a reader's words, fit for "for …".
    inputs : tuple of ClassInput
        Factors whose product is the portfolio's yield in a year; the first carries the unit.
    places : tuple of str
        Its stations, empty for a fleet.
    yields : tuple of float [kWh per kW DC and year]
        What each of them makes by itself, as modelled, before the grid refuses anything.
    sources : tuple of Source
        Every source that went in.
    place : str or None
        Region or province of its stations, as `station_group` takes it.
    """

    key: str
    name: str
    name_zh: str
    inputs: tuple[ClassInput, ...]
    sources: tuple[Source, ...]
    place: str | None = None
    places: tuple[str, ...] = ()
    yields: tuple[float, ...] = ()

    def reaching(self, needed: Quantity) -> tuple[int, int] | None:
        """Count the places that reach a yield one by one, and all; None for a fleet."""
        if not self.yields:
            return None
        wanted = float(magnitude(needed, "kWh/kW", "needed"))
        return sum(one >= wanted for one in self.yields), len(self.yields)


def portfolio(of: ReferenceClass, *, years: int = 1, aged: bool = True) -> Lognormal:
    """Give the yield of a portfolio spread over a class.

    Parameters
    ----------
    of : ReferenceClass
        Whose plants.
    years : int
        Over how many years the weather averages out; 1 for a single year.
    aged : bool
        Whether the year's degradation is in it; without it, modules at their nameplate.

    Returns
    -------
    Lognormal [kWh/kW]
        A year of the portfolio, in closed form.

    Examples
    --------
    >>> from wafer_calc.units import Q_
    >>> made = portfolio(fleet_class("China", 2021))
    >>> print(f"{made.exceeds(Q_(1500, 'kWh/kW')):.2f}")
    0.00
    """
    weather, degradation = (_words()["input"][key]["en"] for key in ("weather", "degradation"))
    factors = [
        _calmer(one.distribution, years) if one.name == weather else one.distribution
        for one in of.inputs
        if aged or one.name != degradation
    ]
    return product(*factors, unit="kWh/kW")


def sampled(
    of: ReferenceClass, n: int = 2**14, *, rng: "Generator | int | None" = None
) -> "Propagation":
    """Draw a year of a portfolio spread over a class, where the closed form is not enough.

    Parameters
    ----------
    of : ReferenceClass
        Whose plants.
    n, rng
        As for `wafer_calc.uncertainty.propagate`.

    Returns
    -------
    Propagation [kWh/kW]
        Its quantiles lie within 1 % of those of `portfolio`.

    Examples
    --------
    >>> made = sampled(station_class("Inner Mongolia", tracking=True), rng=1)
    >>> print(f"{made.samples.magnitude.size} samples")
    16384 samples
    """
    from wafer_calc.uncertainty.propagation import propagate

    inputs = {f"factor_{place}": one.distribution for place, one in enumerate(of.inputs)}
    return propagate(lambda **factors: prod(factors.values()), inputs, n, rng=rng)


def fleet_class(
    country: str = "China", year: int | None = None, *, on: str | None = None
) -> ReferenceClass:
    """Make the class of a country's whole fleet, from all plants to its larger ones.

    Parameters
    ----------
    country : str
        As in `fleet`.
    year : int, optional
        The latest one known where not given.
    on : str, optional
        Only what had been published by then.

    Returns
    -------
    ReferenceClass
        Named after the year of its figures.

    Raises
    ------
    UnknownNameError, AssumptionError, ReadError
        As in `fleet`.

    Notes
    -----
    The yield lies between the series of all plants and that of the larger ones, nine times in
    ten, where both are known of the year; otherwise at the one figure. Hours per registered kW
    are per kW DC at most; the reading per kW AC is the other end of a triangle.

    Examples
    --------
    >>> made = fleet_class("China", 2021)
    >>> print(made.name, "-", ", ".join(one.name for one in made.inputs))
    the Chinese fleet of 2021 - hours of the fleet, DC or AC basis, weather of the year
    """
    base = fleet(country, year, series="all", on=on)
    series = [base]
    with suppress(UnknownNameError, AssumptionError):  # not every country tells its larger plants
        series.append(fleet(country, base.year, series="large", on=on))
    hours = sorted(one.specific_yield for one in series)
    weather = _spread("weather_year", on)
    inputs = [_input("hours", between(hours[0], hours[-1], "kWh/kW"))]
    if base.basis == "as_registered" and base.dc_ac_ratio:
        inputs.append(_input("basis", triangular(1.0 / base.dc_ac_ratio, 1.0, 1.0, "")))
    inputs.append(_input("weather", _relative(weather)))
    words = _words()["fleet"]
    adjective = words["adjective"].get(country, {"en": f"{country}'s", "zh": country})
    return ReferenceClass(
        key=f"fleet:{country}",
        name=words["name"]["en"].format(country=adjective["en"], year=base.year),
        name_zh=words["name"]["zh"].format(country=adjective["zh"], year=base.year),
        inputs=tuple(inputs),
        sources=_once([s for one in series for s in one.sources], [weather]),
    )


def station_class(place: str, *, tracking: bool = False, on: str | None = None) -> ReferenceClass:
    """Make the class of new plants at the stations of a region or a province.

    Parameters
    ----------
    place : str
        A region (``"North-west"``) or province (``"Inner Mongolia"``, ``"内蒙古"``) of China.
    tracking : bool
        Whether the plants turn about a horizontal north-south axis.
    on : str, optional
        Only spreads and curtailment published by then.

    Returns
    -------
    ReferenceClass
        For a portfolio spread evenly over the stations, in its first full year.

    Raises
    ------
    UnknownNameError
        No such region or province.
    AssumptionError
        A province with a single station, which is no class.

    Examples
    --------
    >>> made = station_class("Inner Mongolia")
    >>> print(made.name)
    plants at Inner Mongolia stations
    """
    found = station_group(place, mounting="tracker" if tracking else "fixed")
    yields = found.yields
    if len(yields) < 2:
        raise AssumptionError(f"place: {place!r} has one station; a class needs two or more")
    resource, ratio, weather = (
        _spread(cause, on) for cause in ("resource_data", "performance_ratio", "weather_year")
    )
    inputs = [
        _input("places", normal(fmean(yields), stdev(yields) / sqrt(len(yields)), "kWh/kW")),
        _input("resource", _relative(resource)),
        _input("performance_ratio", _relative(ratio)),
        _input("weather", _relative(weather)),
    ]
    lost = _curtailment(found, on)
    if lost:
        inputs.append(_input("curtailment", complement(_observed(lost))))
    aged = [f for f in facts.find("pv.degradation_annual", on=on, subject="system") if f.low][:1]
    inputs += [_input("degradation", complement(from_fact(fact))) for fact in aged]
    words = _words()["trackers" if tracking else "stations"]
    return ReferenceClass(
        key=f"{'trackers' if tracking else 'stations'}:{found.name}",
        name=words["en"].format(place=found.name),
        name_zh=words["zh"].format(place=found.name_zh),
        inputs=tuple(inputs),
        place=found.name,
        places=found.places,
        yields=yields,
        sources=_once(found.sources, [resource, ratio, weather], lost, aged),
    )


@cache
def reference_classes(
    *, country: str = "China", province: str | None = None, on: str | None = None
) -> tuple[ReferenceClass, ...]:
    """Give the classes that a claim about photovoltaic plants is held against.

    Parameters
    ----------
    country : str
        Where the plants stand.
    province : str, optional
        That of the factory or the plants, for classes of its own.
    on : str, optional
        Only what had been published by then.

    Returns
    -------
    tuple of ReferenceClass
        The country's fleet; in China also new plants at north-western stations, and in the
        province fixed plants and trackers. What is not known is left out.

    Examples
    --------
    >>> for one in reference_classes(province="Inner Mongolia", on="2022-07"):
    ...     print(one.name)
    the Chinese fleet of 2021
    plants at north-western stations
    plants at Inner Mongolia stations
    single-axis trackers at Inner Mongolia stations
    """
    made: list[ReferenceClass] = []
    with suppress(UnknownNameError, AssumptionError):  # nothing known of that fleet by then
        made.append(fleet_class(country, on=on))
    if country == "China":
        made.append(station_class("North-west", on=on))
        if province is not None and len(station_group(province).yields) > 1:
            made.append(station_class(province, on=on))
            made.append(station_class(province, tracking=True, on=on))
    return tuple(made)


def _curtailment(group: StationGroup, on: str | None) -> list[Fact]:
    """Give what the grid took of the provinces' output, else what it refused of the country's."""
    own = facts.find("pv.provincial_utilisation", on=on)
    of_provinces = [fact for fact in own if fact.tags.get("province") in group.provinces]
    known = of_provinces or list(facts.find("pv.curtailment", on=on, country="China"))
    latest = max((_year(fact) for fact in known), default=0)
    return [fact for fact in known if _year(fact) > latest - RECENT_YEARS]


def _year(fact: Fact) -> int:
    return int(str(fact.period)[:4])


def _observed(lost: list[Fact]) -> Distribution:
    taken = {"pv.provincial_utilisation"}
    shares = [1.0 - fact.value if fact.key in taken else fact.value for fact in lost]
    return empirical(shares, "", lower=0, upper=1)


def _spread(cause: str, on: str | None) -> Fact:
    """Give the spread judged for a portfolio, not that measured of one plant."""
    found = facts.find("uncertainty.pv", on=on, cause=cause)
    return next((fact for fact in found if fact.kind == "assumption"), found.best)


def _relative(fact: Fact) -> Lognormal:
    """Give a factor of mean one with a fact's relative standard deviation."""
    return product(normal(1.0, fact.value, ""))


def _calmer(weather: Distribution, years: int) -> Distribution:
    mean, std = weather.moments()
    return product(normal(mean, std / sqrt(years), ""))


def _input(key: str, distribution: Distribution) -> ClassInput:
    words = _words()["input"][key]
    return ClassInput(name=words["en"], name_zh=words["zh"], distribution=distribution)


def _once(sources: Iterable[Source], *cited: Iterable[Fact]) -> tuple[Source, ...]:
    every = [*sources, *(fact.source for some in cited for fact in some)]
    return tuple({source.id: source for source in every}.values())


@cache
def _words() -> dict[str, Any]:
    return read_table("wafer_calc.assumptions", "classes")
