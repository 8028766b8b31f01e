"""The records Assumption and EnergyYield."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from wafer_calc import display, facts
from wafer_calc.errors import RangeError
from wafer_calc.facts.records import Source
from wafer_calc.units import Q_, Floats, Quantity, finite

if TYPE_CHECKING:
    import pandas

AssumptionKind = Literal["reported", "modelled", "policy"]
Basis = Literal["dc", "ac", "as_registered"]


def hours_per_year() -> float:
    """Give the hours of a year by which a capacity factor divides.

    Returns
    -------
    float
        8760: the one place where the package takes it from.

    Examples
    --------
    >>> print(f"{hours_per_year():.0f}")
    8760
    """
    return facts.find("year.hours").best.value


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumption:
    """What one kW DC is assumed to make in a year, and where that comes from.

    Attributes
    ----------
    name : str
        Place and year, as a reader would call it.
    kind : str
        ``"reported"``, ``"modelled"`` or ``"policy"``.
    specific_yield : float [kWh per kW DC and year]
        The reading that the kind of figure gives first (the DC reading for `as_registered`).
    low, high : float or None [kWh per kW DC and year]
        The interval between the readings of an `as_registered` figure, or a stated spread.
    published : float or None [h or kWh/kW]
        The figure as its source prints it.
    basis : str or None
        Of the published figure: ``"dc"``, ``"ac"`` or ``"as_registered"``.
    dc_ac_ratio : float or None
        The ratio that turned it into kWh per kW DC; that of the assumption's own plants.
    year : int or None
        The year described.
    place : str or None
        Where the plants stand.
    sources : tuple of Source
        Every source that went in.
    monthly : tuple of float or None [kWh per kW DC]
        Twelve values where the model gives them.
    performance_ratio : float or None
        Where the model gives it.
    samples : tuple of float or None [kWh per kW DC and year]
        Yields of the many plants or years it is made of.
    note : str or None
        What a reader should know.
    name_zh : str or None
        The name in Chinese.

    Raises
    ------
    RangeError
        A yield that is not finite, not above zero, above 8760 kWh/kW, or outside its own interval.
    """

    name: str
    kind: AssumptionKind
    specific_yield: float
    sources: tuple[Source, ...]
    low: float | None = None
    high: float | None = None
    published: float | None = None
    basis: Basis | None = None
    dc_ac_ratio: float | None = None
    year: int | None = None
    place: str | None = None
    monthly: tuple[float, ...] | None = None
    performance_ratio: float | None = None
    samples: tuple[float, ...] | None = None
    note: str | None = None
    name_zh: str | None = None

    def __post_init__(self) -> None:
        hours = hours_per_year()
        for field in ("specific_yield", "low", "high"):
            value = getattr(self, field)
            if value is not None and not 0 < finite(value, field) <= hours:
                raise RangeError(f"{field}: {value:g} kWh/kW is outside (0, {hours:g}]")
        low = self.specific_yield if self.low is None else self.low
        high = self.specific_yield if self.high is None else self.high
        if not low <= self.specific_yield <= high:
            raise RangeError(
                f"specific_yield: {self.specific_yield:g} kWh/kW is outside its own interval "
                f"[{low:g}, {high:g}]"
            )

    def to_dict(self) -> dict[str, Any]:
        """Give the record as plain values, units in the names, lists for tuples."""
        return {
            "name": self.name,
            "name_zh": self.name_zh,
            "kind": self.kind,
            "specific_yield_kwh_per_kw_dc": self.specific_yield,
            "low_kwh_per_kw_dc": self.low,
            "high_kwh_per_kw_dc": self.high,
            "published_h": self.published,
            "basis": self.basis,
            "dc_ac_ratio": self.dc_ac_ratio,
            "year": self.year,
            "place": self.place,
            "monthly_kwh_per_kw_dc": _listed(self.monthly),
            "performance_ratio": self.performance_ratio,
            "samples_kwh_per_kw_dc": _listed(self.samples),
            "note": self.note,
            "sources": [source.to_dict() for source in self.sources],
        }

    def to_dataframe(self) -> "pandas.DataFrame":
        """Give the record as a table of one row, units in the names of its columns."""
        import pandas

        row = self.to_dict()
        row["sources"] = "; ".join(source.cite() for source in self.sources)
        del row["monthly_kwh_per_kw_dc"], row["samples_kwh_per_kw_dc"]
        return pandas.DataFrame([row]).set_index("name")

    def _repr_html_(self) -> str:
        ends = [display.number(end) for end in (self.low, self.high) if end is not None]
        rows = [
            ("kWh per kW DC and year", self.specific_yield),
            ("interval", "–".join(ends) or None),
            ("as published", self.published),
            ("basis", self.basis),
            ("kind", self.kind),
            ("place", self.place),
            ("year", self.year),
            ("performance ratio", self.performance_ratio),
        ]
        cited = "; ".join(source.cite() for source in self.sources)
        shown = [row for row in rows if row[1] is not None]
        return display.table(self.name, ("assumption", "value"), shown, cited)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class HourlyYield:
    """What one kW DC makes in every interval of the weather.

    Attributes
    ----------
    times : pandas.DatetimeIndex (time,)
        The weather's own stamps.
    energy_dc, energy_ac : Quantity [kWh], (time,) or (site, time)
        Into and out of the inverter.
    poa_global : Quantity [W/m²], (time,) or (site, time)
        Irradiance in the plane of the modules.
    """

    times: "pandas.DatetimeIndex"
    energy_dc: Quantity
    energy_ac: Quantity
    poa_global: Quantity

    def to_dataframe(self) -> "pandas.DataFrame":
        """Give one site's steps as a table, units in the names; of many, with a level `site`."""
        import pandas

        columns = {
            "energy_dc_kwh": self.energy_dc.m_as("kWh"),
            "energy_ac_kwh": self.energy_ac.m_as("kWh"),
            "poa_global_w_per_m2": self.poa_global.m_as("W/m^2"),
        }
        if self.energy_ac.ndim == 1:
            return pandas.DataFrame(columns, index=self.times)
        sites = range(self.energy_ac.shape[0])
        index = pandas.MultiIndex.from_product([sites, self.times], names=["site", "time"])
        return pandas.DataFrame({name: c.ravel() for name, c in columns.items()}, index=index)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class EnergyYield:
    """The energy that a capacity makes in a year.

    Attributes
    ----------
    capacity_dc : Quantity [power]
        Capacity of the modules at standard test conditions, scalar or array.
    energy_ac : Quantity [energy]
        Of one year, delivered on the AC side; shape of the capacity or (site,).
    specific_yield : Quantity [kWh/kW]
        Per kW DC and year.
    low, high : Quantity [energy] or None
        The year's energy at the ends of the assumption's interval.
    monthly : Quantity [energy] or None
        The year's energy by month, (..., 12).
    performance_ratio : float, ndarray or None
        Where the assumption's model gives it.
    assumption : Assumption or None
        What the year was assumed to be like.
    sources : tuple of Source
        Every source that went in.
    energy_dc, energy_clipped : Quantity [energy] or None
        Into the inverter, and what its rated power cut off; of a simulated year, as all below.
    ghi, poa_global : Quantity [kWh/m²] or None
        Irradiation of the year on the horizontal and in the plane of the modules.
    monthly_dc : Quantity [energy] or None
        Like `monthly`, into the inverter.
    monthly_poa : Quantity [kWh/m²] or None
        Irradiation in the plane by month, (..., 12).
    waterfall : mapping of str to float or ndarray, or None
        From the horizontal irradiation to the AC energy: the fraction that each step takes of
        what the ones before it left, in order; a gain is negative.
    missing_hours : float, ndarray or None
        Hours of the year without weather; where there are any, the figures are NaN.
    hourly : HourlyYield or None
        Every step, where asked for.
    """

    capacity_dc: Quantity
    energy_ac: Quantity
    specific_yield: Quantity
    low: Quantity | None = None
    high: Quantity | None = None
    monthly: Quantity | None = None
    performance_ratio: Floats | None = None
    assumption: Assumption | None = None
    sources: tuple[Source, ...] = ()
    energy_dc: Quantity | None = None
    energy_clipped: Quantity | None = None
    ghi: Quantity | None = None
    poa_global: Quantity | None = None
    monthly_dc: Quantity | None = None
    monthly_poa: Quantity | None = None
    waterfall: Mapping[str, Floats] | None = None
    missing_hours: Floats | None = None
    hourly: HourlyYield | None = None

    @property
    def full_load_hours(self) -> Quantity:
        """Hours at full DC capacity that make the year's energy."""
        return self.specific_yield.to("hour")

    @property
    def capacity_factor(self) -> Quantity:
        """Share of the year's 8760 hours that the full-load hours fill."""
        return Q_(self.specific_yield.m_as("hour") / hours_per_year(), "")

    def to_dict(self) -> dict[str, Any]:
        """Give the record as plain values, units in the names, lists for arrays."""
        return {
            "capacity_dc_kw": _plain(self.capacity_dc, "kW"),
            "energy_ac_kwh": _plain(self.energy_ac, "kWh"),
            "energy_ac_low_kwh": _plain(self.low, "kWh"),
            "energy_ac_high_kwh": _plain(self.high, "kWh"),
            "specific_yield_kwh_per_kw_dc": _plain(self.specific_yield, "kWh/kW"),
            "full_load_hours_h": _plain(self.full_load_hours, "hour"),
            "capacity_factor": _plain(self.capacity_factor, ""),
            "performance_ratio": _listed(self.performance_ratio),
            "energy_dc_kwh": _plain(self.energy_dc, "kWh"),
            "energy_clipped_kwh": _plain(self.energy_clipped, "kWh"),
            "ghi_kwh_per_m2": _plain(self.ghi, "kWh/m^2"),
            "poa_global_kwh_per_m2": _plain(self.poa_global, "kWh/m^2"),
            "missing_hours_h": _listed(self.missing_hours),
            "monthly_kwh": _plain(self.monthly, "kWh"),
            "monthly_dc_kwh": _plain(self.monthly_dc, "kWh"),
            "monthly_poa_kwh_per_m2": _plain(self.monthly_poa, "kWh/m^2"),
            "waterfall": (
                None
                if self.waterfall is None
                else {name: _listed(share) for name, share in self.waterfall.items()}
            ),
            "assumption": None if self.assumption is None else self.assumption.to_dict(),
            "sources": [source.to_dict() for source in self.sources],
        }

    def to_dataframe(self) -> "pandas.DataFrame":
        """Give the year's figures as a table, a row per site, units in the names of its columns."""
        import pandas

        made = self.to_dict()
        monthly = made.pop("monthly_kwh")
        for name in ("assumption", "sources", "monthly_dc_kwh", "monthly_poa_kwh_per_m2"):
            del made[name]
        for name, share in (made.pop("waterfall") or {}).items():
            made[f"loss_{name}"] = share
        rows = max(np.size(column) for column in made.values())
        columns = {
            name: np.broadcast_to(np.ravel(np.asarray(value, dtype=float)), rows)
            for name, value in made.items()
        }
        if monthly is not None:
            by_month = np.reshape(np.asarray(monthly, dtype=float), (-1, 12))
            by_month = np.broadcast_to(by_month, (rows, 12))
            columns |= {f"energy_ac_{n + 1:02d}_kwh": by_month[:, n] for n in range(12)}
        table = pandas.DataFrame(columns)
        table.index.name = "site"
        return table

    def _repr_html_(self) -> str:
        sites = np.broadcast(self.energy_ac.m, self.specific_yield.m, self.capacity_dc.m).size
        shown = min(sites, _SHOWN)
        columns = [
            np.broadcast_to(np.ravel(quantity.m_as(unit)), sites)[:shown].tolist()
            for quantity, unit in (
                (self.capacity_dc, "W"), (self.energy_ac, "kWh"), (self.specific_yield, "kWh/kW"),
                (self.capacity_factor, ""),
            )
        ]  # fmt: skip
        rows = [
            (display.quantity(power, "W"), display.quantity(energy, "kWh"), made, factor)
            for power, energy, made, factor in zip(*columns, strict=True)
        ]
        headers = ("capacity DC", "energy AC in a year", "kWh per kW DC", "capacity factor")
        name = self.assumption.name if self.assumption else "Energy yield"
        cited = "; ".join(source.cite() for source in self.sources)
        note = f"the first {shown} of {sites} sites. {cited}" if sites > shown else cited
        return display.table(name, headers, rows, note)


_SHOWN = 20  # rows of a table in a notebook


def _plain(value: Quantity | None, unit: str) -> Any:
    return None if value is None else _listed(value.m_as(unit))


def _listed(value: Any) -> Any:
    """Give an array or a tuple as a list and a number as a float; None for the unknown, NaN too."""
    if value is None:
        return None
    array = np.asarray(value, dtype=float)
    plain = array.astype(object)
    plain[np.isnan(array)] = None
    return plain.tolist()
