"""Figures of a fact-check; each function takes and returns an Axes."""

from collections.abc import Sequence
from math import inf
from statistics import median
from typing import TYPE_CHECKING, Any

from wafer_calc import facts
from wafer_calc.claims.records import FactCheck
from wafer_calc.display import number
from wafer_calc.errors import RangeError, UnknownNameError
from wafer_calc.report.drawing import (
    BLUE,
    GREY,
    INK,
    MARKERS,
    SERIES,
    VERMILION,
    axes,
    drawable,
    drawable_language,
    finished,
    legend,
)  # fmt: skip
from wafer_calc.report.phrases import phrases
from wafer_calc.report.view import claimed, middle
from wafer_calc.units import Q_, Quantity, magnitude

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_HATCH = {"reported": "", "modelled": "///", "policy": "xxx"}


def figure(fc: FactCheck, *, lang: str | None = None) -> "Figure":
    """Draw the energy under each assumption against the claim, on a figure of its own.

    Parameters
    ----------
    fc : FactCheck
        With at least one scenario.
    lang : str, optional
        ``"en"`` or ``"zh"``; the check's own if left out.

    Returns
    -------
    matplotlib.figure.Figure
        Not known to pyplot, so nothing has to be closed.

    Raises
    ------
    RangeError
        The check has no scenario.
    MissingExtraError
        matplotlib is not installed.
    """
    ax = axes(None, height=1.5 + 0.34 * len(fc.scenarios))
    energies(fc, ax, lang=lang)
    made = ax.figure
    assert made is not None
    return made  # type: ignore[return-value]  # an Axes made here stands on a Figure, not a SubFigure


def energies(fc: FactCheck, ax: "Axes | None" = None, *, lang: str | None = None) -> "Axes":
    """Draw annual energy under each assumption, its spread, the claim and the yardstick's years.

    Parameters
    ----------
    fc : FactCheck
        With at least one scenario.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a new one if left out.
    lang : str, optional
        ``"en"`` or ``"zh"``; the check's own if left out.

    Returns
    -------
    matplotlib.axes.Axes
        One bar an assumption, greatest yield on top.

    Raises
    ------
    RangeError
        The check has no scenario.
    """
    if not fc.scenarios:
        raise RangeError("fc: has no scenario to draw; the text claims no energy of a capacity")
    lang = drawable_language(lang or fc.lang)
    words = phrases(lang)["figure_words"]
    ax = axes(ax, height=1.5 + 0.34 * len(fc.scenarios))
    rows = sorted(fc.scenarios, key=lambda s: s.yield_kwh_per_kw_dc)
    claim = claimed(fc)
    for n, row in enumerate(rows):
        colour = GREY if row.meets is None else BLUE if row.meets else VERMILION
        ax.barh(
            n, row.energy_twh, height=0.62, facecolor=colour, alpha=0.75, edgecolor="white",
            hatch=_HATCH[row.kind], linewidth=0,
        )  # fmt: skip
        if row.p10_twh is not None and row.p90_twh is not None:
            ax.plot([row.p10_twh, row.p90_twh], [n, n], color=INK, linewidth=1.4)
            ax.plot([row.p10_twh, row.p90_twh], [n, n], "|", color=INK, markersize=7)
        ax.annotate(
            number(row.energy_twh, 3), (0, n), xytext=(5, 0), textcoords="offset points",
            va="center", fontsize=8, color="#000000",
            bbox={"boxstyle": "round,pad=0.2", "facecolor": "white", "alpha": 0.85, "linewidth": 0},
        )  # fmt: skip
    names = [drawable(s.name, words["assumption"].format(n=n)) for n, s in enumerate(rows, 1)]
    ax.set_yticks(range(len(rows)), names)
    _yardstick_lines(ax, fc, words)
    if claim:
        label = words["claim"].format(value=_compared(claim.cmp, claim.energy_twh))
        ax.axvline(claim.energy_twh, color=INK, linewidth=2, linestyle="--", label=label)
    greatest = max(
        [max(s.energy_twh, s.p90_twh or 0.0) for s in rows] + ([claim.energy_twh] if claim else [])
    )
    ax.set_xlim(0, 1.14 * greatest)
    ax.set_ylim(-0.6, len(rows) - 0.4)
    ax.set_xlabel(words["energies_x"])
    _energy_legend(ax, fc, words, lang)
    return finished(ax)


def wafer_powers(
    implied: Quantity,
    ax: "Axes | None" = None,
    *,
    on: str | None = None,
    wafer_formats: Sequence[str] = ("M2", "G1", "M6", "M10", "G12R", "G12"),
    lang: str = "en",
) -> "Axes":
    """Draw the power of a wafer of each format up to silicon's limit, and the implied power.

    Parameters
    ----------
    implied : Quantity [W/wafer]
        What a text implies, capacity over number of wafers.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a new one if left out.
    on : str, optional
        Date whose cell efficiencies are shown; all on record if left out.
    wafer_formats : sequence of str
        Names as `wafer_calc.wafers.find_format` knows them.
    lang : str
        ``"en"`` or ``"zh"``.

    Returns
    -------
    matplotlib.axes.Axes
        One row a format; the dark part spans the cell efficiencies on record in the facts, the
        light part ends at the limit of single-junction silicon.

    Raises
    ------
    UnitError
        Not a power per wafer.
    UnknownNameError
        No such format.
    """
    from wafer_calc.wafers import find_format

    watts = float(magnitude(implied, "W/wafer", "implied", low=0.0, low_open=True))
    lang = drawable_language(lang)
    words = phrases(lang)["figure_words"]
    limit = _share(facts.find("silicon.efficiency_limit").best)
    efficiencies = [_share(fact) for fact in facts.find("cell.efficiency", on=on)]
    low, high = (min(efficiencies), max(efficiencies)) if efficiencies else (limit, limit)
    made = sorted(map(find_format, wafer_formats), key=lambda one: float(one.area.m_as("m^2")))
    ax = axes(ax, height=1.4 + 0.3 * len(made))
    for n, one in enumerate(made):
        full = 1000 * float(one.area.m_as("m^2"))  # W at 100 %: 1000 W/m2, IEC 60904-3
        ax.barh(n, limit * full, height=0.6, color=BLUE, alpha=0.25)
        ax.barh(n, (high - low) * full, left=low * full, height=0.6, color=BLUE, alpha=0.85)
    if efficiencies:
        label = words["efficiency"].format(low=number(100 * low, 3), high=number(100 * high, 3))
        ax.barh(0, 0, color=BLUE, alpha=0.85, label=label)
    ax.barh(0, 0, color=BLUE, alpha=0.25, label=words["limit"].format(limit=number(100 * limit, 3)))
    label = words["implied"].format(value=number(watts, 3))
    ax.axvline(watts, color=VERMILION, linewidth=2, linestyle="--", label=label)
    ax.set_yticks(range(len(made)), [one.name for one in made])
    ax.set_ylim(-0.6, len(made) - 0.4)
    ax.set_xlabel(words["powers_x"])
    ax.set_title(words["powers_title"])
    legend(ax, columns=3)
    return finished(ax)


def wafer_prices(
    claim: Quantity | None = None,
    on: str | None = None,
    ax: "Axes | None" = None,
    *,
    wafer_formats: Sequence[str] = ("M6", "M10", "G12"),
    lang: str = "en",
) -> "Axes":
    """Draw wafer prices through time, and the price that a text implies at its date.

    Parameters
    ----------
    claim : Quantity [CNY/wafer], optional
        The implied price.
    on : str, optional
        ``YYYY-MM`` or ``YYYY-MM-DD``, where the claim's point stands; needed with `claim`.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a new one if left out.
    wafer_formats : sequence of str
        Which formats; those without any price are left out.
    lang : str
        ``"en"`` or ``"zh"``.

    Returns
    -------
    matplotlib.axes.Axes
        A point a quotation, lines through their medians; what came after `on` is pale.

    Raises
    ------
    RangeError
        No price of any of the formats is on record, or a claim without its date.
    """
    lang = drawable_language(lang)
    words = phrases(lang)["figure_words"]
    series = _price_series(wafer_formats)
    if not series:
        raise RangeError(f"wafer_formats: no price on record for any of {', '.join(wafer_formats)}")
    if claim is not None and on is None:
        raise RangeError("on: a claim's price needs its date, such as '2022-07'")
    ax = axes(ax, height=3.4)
    names = sorted({name for name, _ in series})
    moment = inf if on is None else _year(on) + 1 / 24  # the month of the claim is still its own
    for (name, vat), points in series.items():
        n = names.index(name)
        excluded = vat.startswith("excl")
        dates = sorted({at for at, _ in points})
        if not excluded:  # several traders and dopings on a day: the line joins their medians
            medians = [median(price for at, price in points if at == date) for date in dates]
            ax.plot(dates, medians, color=SERIES[n % len(SERIES)], linewidth=1.3, alpha=0.5)
        label = words[f"prices_vat_{'excl' if excluded else 'incl'}"].format(format=name)
        for later in (False, True):
            here = [(at, price) for at, price in points if (at > moment) is later]
            ax.plot(
                [at for at, _ in here], [price for _, price in here], linestyle="none",
                marker=MARKERS[n % len(MARKERS)], color=SERIES[n % len(SERIES)], markersize=4.5,
                markerfacecolor="none" if excluded else SERIES[n % len(SERIES)],
                alpha=0.35 if later else 1.0, label=None if later else label,
            )  # fmt: skip
    if claim is not None and on is not None:
        price = float(magnitude(claim, "CNY/wafer", "claim", low=0.0))
        ax.plot(
            [_year(on)], [price], marker="*", markersize=15, color=INK, linestyle="none", zorder=5,
            label=words["prices_claim"].format(value=number(price, 3)),
        )  # fmt: skip
    ax.set_ylim(bottom=0)
    ax.xaxis.set_major_formatter(lambda value, _: f"{value:.0f}" if value == round(value) else "")
    ax.set_ylabel(words["prices_y"])
    ax.set_title(words["prices_title"])
    legend(ax, columns=3)
    return finished(ax)


def _share(fact: facts.Fact) -> float:
    return float(magnitude(Q_(fact.value, fact.unit), "", fact.key))


def _compared(cmp: str, value: float) -> str:
    return f"{phrases('en')['cmp'][cmp].replace('=', '')}{number(value, 3)}"


def _yardstick_lines(ax: "Axes", fc: FactCheck, words: dict[str, Any]) -> None:
    ratio = next((q for q in fc.quantities if q.kind == "energy_ratio" and q.yardstick), None)
    if ratio is None:
        return
    try:
        known = facts.find(f"{ratio.yardstick}.generation", on=fc.on)
    except UnknownNameError:
        return
    share = middle(ratio.value)
    years = {str(f.period): f.value for f in reversed(known.facts) if f.unit == "TWh"}
    for year in sorted(years)[-3:]:
        at = share * years[year]
        ax.axvline(at, color=GREY, linewidth=1.1, linestyle=":")
        ax.annotate(
            year, (at, 1.0), xycoords=("data", "axes fraction"), xytext=(0, 3), fontsize=7.5,
            textcoords="offset points", rotation=60, ha="left", va="bottom", color=INK,
        )  # fmt: skip


def _energy_legend(ax: "Axes", fc: FactCheck, words: dict[str, Any], lang: str) -> None:
    ratio = next((q for q in fc.quantities if q.kind == "energy_ratio" and q.yardstick), None)
    for meets, colour, key in ((True, BLUE, "met"), (False, VERMILION, "missed")):
        if any(s.meets is meets for s in fc.scenarios):
            ax.barh(0, 0, color=colour, alpha=0.75, label=words[key])
    for kind, name in phrases(lang)["scenario_kind"].items():
        if _HATCH[kind] and any(s.kind == kind for s in fc.scenarios):
            ax.barh(
                0, 0, facecolor=GREY, edgecolor="white", hatch=_HATCH[kind], linewidth=0, label=name
            )
    if any(s.p10_twh is not None for s in fc.scenarios):
        ax.plot([], [], "|-", color=INK, label=words["spread"])
    if ratio is not None and any(line.get_linestyle() == ":" for line in ax.lines):
        share = number(100 * middle(ratio.value), 3)
        ax.plot([], [], ":", color=GREY, label=words["yardstick_note"].format(share=share))
    legend(ax, columns=2)


def _price_series(names: Sequence[str]) -> dict[tuple[str, str], list[tuple[float, float]]]:
    series: dict[tuple[str, str], list[tuple[float, float]]] = {}
    for fact in facts.find("wafer.price"):
        name = fact.tags.get("format", "")
        if name in names and fact.period is not None and fact.unit.startswith("CNY"):
            key = (name, fact.tags.get("vat", "incl"))
            series.setdefault(key, []).append((_year(str(fact.period)), fact.value))
    return {key: sorted(series[key]) for key in sorted(series)}


def _year(date: str) -> float:
    year, *rest = (int(part) for part in date.split("-"))
    month = rest[0] if rest else 7  # a year's mean stands at its middle
    day = rest[1] if len(rest) > 1 else 15
    return year + (month - 1) / 12 + (day - 1) / 365
