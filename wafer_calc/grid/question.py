"""Where could a capacity make a claimed energy: the cells, their share of the area, the margin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from wafer_calc.claims.records import FactCheck
from wafer_calc.errors import AssumptionError, MissingExtraError, ShapeError, UnitError
from wafer_calc.grid.fields import LATITUDE, LONGITUDE, coordinate_name
from wafer_calc.grid.yields import annual_yield
from wafer_calc.plant import Plant
from wafer_calc.units import Quantity, magnitude

if TYPE_CHECKING:
    import xarray as xr
    from matplotlib.axes import Axes

Claim = FactCheck | str | Quantity | tuple[Quantity, Quantity]

_INK = "#1c2733"


def where(claim: Claim, ds: xr.Dataset, plant: Plant | None = None, **options: Any) -> xr.Dataset:
    """Find the cells in which a capacity would make the energy that a claim names.

    Parameters
    ----------
    claim : FactCheck, str, Quantity [hour], or (Quantity [power], Quantity [energy])
        A checked claim, its text, the yield itself (``Q_(1500, "kWh/kW")``), or capacity on the DC
        side and energy a year.
    ds : xarray.Dataset
        Weather, as for `annual_yield`; or what `annual_yield` or `to_zarr` gave.
    plant : Plant, optional
        What stands in every cell; of no meaning where `ds` holds yields.
    **options
        For `annual_yield`.

    Returns
    -------
    xarray.Dataset
        That of `annual_yield` averaged over its years, with ``meets`` (1 where the cell would
        meet the claim, 0 where not, NaN where weather is missing) and ``margin`` (yield over the
        needed one, less one). The attribute ``needed_yield`` is in kWh/kW; ``share_of_area``, unless
        the data are lazy, is that of `share_of_area`.

    Raises
    ------
    AssumptionError
        The claim names no energy a year of a capacity, or a capacity of nothing.
    UnitError, RangeError
        A pair without units of power and energy, or not above zero; weather without a plant.

    Examples
    --------
    >>> from wafer_calc.units import Q_
    >>> print(f"{needed_yield((Q_(40, 'GW'), Q_(60, 'TWh'))):.0f} kWh/kW")
    1500 kWh/kW
    """
    needed = needed_yield(claim)
    if "specific_yield" in ds:
        found = ds
    elif plant is None:
        raise UnitError("plant: none came; weather needs a Plant to become a yield")
    else:
        found = annual_yield(ds, plant, **options)
    if "year" in found.dims:
        # a year without its weather says nothing; the others still have a mean
        found = found.mean("year", skipna=True, keep_attrs=True)
    specific = found["specific_yield"]
    found = found.assign(
        meets=(specific >= needed).astype(float).where(specific.notnull()),
        margin=specific / needed - 1.0,
    )
    found["meets"].attrs = {
        "units": "1",
        "long_name": f"whether the yield is at least {needed:.4g} kWh/kW",
        "flag_values": [0.0, 1.0],
        "flag_meanings": "short_of_the_claim meets_the_claim",
    }
    found["margin"].attrs = {"units": "1", "long_name": "yield over the needed one, less one"}
    found.attrs["needed_yield"] = needed
    if specific.chunks is None:
        found.attrs["share_of_area"] = share_of_area(found)
    return found


def needed_yield(claim: Claim) -> float:
    """Give the yield that a claim needs.

    Parameters
    ----------
    claim : FactCheck, str, Quantity [hour], or (Quantity [power], Quantity [energy])
        As for `where`.

    Returns
    -------
    float [kWh per kW DC and year]
        Energy over capacity.

    Raises
    ------
    AssumptionError
        The claim names no energy a year of a capacity, or a capacity of nothing.
    UnitError, RangeError
        A pair without units of power and energy, or below zero.
    """
    if isinstance(claim, str):
        from wafer_calc.claims import check

        claim = check(claim)
    if isinstance(claim, FactCheck):
        asked = [s for s in claim.statements if s.relation == "full_load_hours" and s.value]
        if not asked:
            raise AssumptionError(
                "claim: it names no energy a year of a capacity; wanted both, such as '40 GW of "
                "solar plants would generate 60 TWh a year'"
            )
        # what the text prints of one entity comes before what is held against a fact
        return float(next((s for s in asked if s.main), asked[0]).value or 0.0)
    if hasattr(claim, "m_as"):
        return float(magnitude(claim, "hour", "claim", low=0.0, low_open=True))
    if not isinstance(claim, tuple) or len(claim) != 2:
        raise UnitError(
            f"claim: {type(claim).__name__} came, wanted a FactCheck, a text, or capacity and energy"
        )
    capacity_dc, energy = claim
    power = float(magnitude(capacity_dc, "kW", "capacity_dc", low=0.0))
    if power == 0.0:
        raise AssumptionError("claim: a capacity of 0 W makes nothing; wanted more")
    return float(magnitude(energy, "kWh", "energy", low=0.0, low_open=True)) / power


def share_of_area(found: xr.Dataset) -> float:
    """Give the share of the area with weather that meets the claim.

    Parameters
    ----------
    found : xarray.Dataset
        From `where`.

    Returns
    -------
    float
        Between 0 and 1, cells weighed by the cosine of their latitude, which is their area on a
        grid of even degrees; NaN without any weather.
    """
    meets = found["meets"].compute()
    latitude = found[coordinate_name(found, LATITUDE)]
    weights = (meets * 0.0 + 1.0) * np.cos(np.radians(latitude))
    total = float(weights.sum())
    return float((meets * weights).sum()) / total if total else float("nan")


def figure(found: xr.Dataset, ax: Axes | None = None) -> Axes:
    """Draw the yields of a map, with a scale, and an outline around the cells that meet the claim.

    Parameters
    ----------
    found : xarray.Dataset
        From `where`, or from `annual_yield`, over two dimensions in space.
    ax : matplotlib.axes.Axes, optional
        Made if left out, on a figure that pyplot does not know.

    Returns
    -------
    matplotlib.axes.Axes
        The one drawn on.

    Raises
    ------
    ShapeError
        Not over two dimensions in space.
    MissingExtraError
        matplotlib is not installed.

    Notes
    -----
    The colours are cividis (Nuñez, Anderton & Renslow 2018, doi:10.1371/journal.pone.0199239), made
    to be read alike with and without colour blindness. Cells without weather are left blank.
    """
    try:
        from matplotlib.figure import Figure
    except ImportError as error:
        raise MissingExtraError(
            "figure: matplotlib is not installed; pip install 'wafer-calc[report]'"
        ) from error
    specific = found["specific_yield"]
    if "year" in specific.dims:
        specific = specific.mean("year")
    specific = specific.squeeze(drop=True)
    if specific.ndim != 2:
        raise ShapeError(f"found: it lies over {specific.dims}, wanted two dimensions in space")
    latitude, longitude = (found[coordinate_name(found, n)] for n in (LATITUDE, LONGITUDE))
    if latitude.ndim == 1:
        specific = specific.transpose(latitude.dims[0], ...)
    if ax is None:
        ax = Figure(figsize=(7.2, 4.8), layout="constrained").add_subplot()
    x, y = _corners(longitude.to_numpy()), _corners(latitude.to_numpy())
    marked = "needed_yield" in found.attrs and "meets" in found
    mesh = ax.pcolormesh(x, y, specific.to_numpy(), cmap="cividis", rasterized=True)
    # beside the map and as high as it; the mark of the needed yield stands between them
    scale = ax.inset_axes((1.12 if marked else 1.03, 0.0, 0.035, 1.0))
    bar = ax.figure.colorbar(mesh, cax=scale)
    bar.set_label("specific yield [kWh per kW DC and year]", color=_INK, fontsize=9)
    bar.ax.tick_params(colors=_INK, labelsize=8.5)
    title = "Yearly yield"
    if marked:
        needed = found.attrs["needed_yield"]
        meets = found["meets"].squeeze(drop=True).transpose(*specific.dims)
        _outline(ax, meets.to_numpy(), x, y)
        _mark(bar, needed)
        title = _title(needed, share_of_area(found))
    ax.set_title(title, loc="left", fontsize=10, color=_INK)
    ax.set_xlabel("longitude [°E]", fontsize=9, color=_INK)
    ax.set_ylabel("latitude [°N]", fontsize=9, color=_INK)
    ax.tick_params(colors=_INK, labelsize=8.5)
    # a kilometre is as long either way in the middle of the map
    middle = np.radians(float(latitude.mean()))
    ax.set_aspect(1.0 / max(float(np.cos(middle)), 0.2))
    return ax


def _mark(bar: Any, needed: float) -> None:
    """Mark the needed yield in the colour bar, also where no cell comes near it."""
    low, high = bar.vmin, bar.vmax
    if low <= needed <= high:
        for colour, width in (("white", 3.0), (_INK, 1.4)):
            bar.ax.axhline(needed, color=colour, linewidth=width)
    place = min(max(needed, low), high)
    arrow = "▸" if place == needed else ("▴" if needed > high else "▾")
    bar.ax.annotate(
        f"{needed:.0f} {arrow}", (0.0, place), xycoords=("axes fraction", "data"),
        xytext=(-3, 0), textcoords="offset points", ha="right", va="center", fontsize=8.5,
        color=_INK, annotation_clip=False,
    )  # fmt: skip


def _title(needed: float, share: float) -> str:
    if not share > 0.0:
        return f"No cell reaches {needed:.0f} kWh/kW"
    told = "under 1%" if share < 0.005 else f"{share:.0%}"
    return f"Outlined: at least {needed:.0f} kWh/kW, {told} of the area"


def _outline(ax: Axes, meets: NDArray[Any], x: NDArray[Any], y: NDArray[Any]) -> None:
    """Draw the edges between cells that meet the claim and cells that do not."""
    from matplotlib.collections import LineCollection

    if x.ndim == 1:
        x, y = np.meshgrid(x, y)
    corners = np.stack([x, y], axis=-1)
    inside = np.pad(np.nan_to_num(meets) > 0, 1)
    across = inside[1:-1, 1:] != inside[1:-1, :-1]
    along = inside[1:, 1:-1] != inside[:-1, 1:-1]
    edges = [
        np.stack([corners[:-1][across], corners[1:][across]], axis=1),
        np.stack([corners[:, :-1][along], corners[:, 1:][along]], axis=1),
    ]
    # dark on white shows on the whole scale, from dark blue to yellow
    for colour, width in (("white", 3.0), (_INK, 1.4)):
        lines = LineCollection(np.concatenate(edges).tolist(), colors=colour, linewidths=width)
        lines.set_capstyle("projecting")
        lines.set_snap(False)
        ax.add_collection(lines)


def _corners(centres: NDArray[Any]) -> NDArray[Any]:
    """Give the corners of cells around their centres, along each axis."""
    for axis in range(centres.ndim):
        centres = np.moveaxis(_edges(np.moveaxis(centres, axis, 0)), 0, axis)
    return centres


def _edges(centres: NDArray[Any]) -> NDArray[Any]:
    if len(centres) < 2:
        return np.concatenate([centres - 0.5, centres + 0.5])
    between = (centres[1:] + centres[:-1]) / 2
    first, last = centres[:1] * 2 - between[:1], centres[-1:] * 2 - between[-1:]
    return np.concatenate([first, between, last])
