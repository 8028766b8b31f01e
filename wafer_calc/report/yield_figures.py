"""Figures of an energy yield and of what decides it; each function takes and returns an Axes."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from wafer_calc.energy import EnergyYield
from wafer_calc.errors import AssumptionError, RangeError, ShapeError
from wafer_calc.report.drawing import (
    BLUE,
    GREEN,
    GREY,
    INK,
    ORANGE,
    VERMILION,
    axes,
    drawable,
    drawable_language,
    finished,
    legend,
)  # fmt: skip
from wafer_calc.report.phrases import phrases
from wafer_calc.uncertainty import Tornado
from wafer_calc.units import Quantity, finite, magnitude

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def monthly_yield(
    monthly: EnergyYield | Sequence[float] | Quantity,
    ax: "Axes | None" = None,
    *,
    lang: str = "en",
) -> "Axes":
    """Draw the energy of each month.

    Parameters
    ----------
    monthly : EnergyYield, or twelve floats or Quantity [kWh/kW], shape (12,)
        A yield of one site that has its months; or per kW DC, January first, such as an
        assumption's ``monthly``.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a new one if left out.
    lang : str
        ``"en"`` or ``"zh"``.

    Returns
    -------
    matplotlib.axes.Axes
        Twelve bars.

    Raises
    ------
    ShapeError
        Not twelve values.
    AssumptionError
        A yield whose assumption gives no months.
    """
    import numpy as np

    if isinstance(monthly, EnergyYield):
        if monthly.monthly is None:
            raise AssumptionError("monthly: this yield has no months; its assumption gives a year")
        monthly = monthly.monthly / monthly.capacity_dc
    is_quantity = hasattr(monthly, "m_as")
    values = np.asarray(
        magnitude(monthly, "kWh/kW", "monthly") if is_quantity else finite(monthly, "monthly")
    )
    if values.shape != (12,):
        raise ShapeError(f"monthly: shape {values.shape}, wanted (12,), January first")
    lang = drawable_language(lang)
    words = phrases(lang)["figure_words"]
    ax = axes(ax, height=3.0)
    ax.bar(range(12), values, color=BLUE, alpha=0.8, width=0.7)
    ax.set_xticks(range(12), words["months"])
    ax.set_ylabel(words["monthly_y"])
    ax.set_title(words["monthly_title"])
    return finished(ax)


def loss_waterfall(
    losses: EnergyYield | Mapping[str, float], ax: "Axes | None" = None, *, lang: str = "en"
) -> "Axes":
    """Draw how one loss after the other takes from the energy that the sun brought.

    Parameters
    ----------
    losses : EnergyYield, or mapping of str to float
        A simulated yield of one site; or each loss's name and the fraction it takes of what the
        ones before it left, a gain being negative.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a new one if left out.
    lang : str
        ``"en"`` or ``"zh"``.

    Returns
    -------
    matplotlib.axes.Axes
        A bar for the start, one a loss, and one for what is left.

    Raises
    ------
    RangeError
        No loss, or one of 100 % or more.
    AssumptionError
        A yield that was not simulated, and so has no steps.
    """
    steps = _steps(losses)
    lang = drawable_language(lang)
    words = phrases(lang)["figure_words"]
    ax = axes(ax, height=3.6)
    left, most = 100.0, 100.0
    names = [words["waterfall_start"]]
    ax.bar(0, left, color=BLUE, alpha=0.8, width=0.65)
    for n, (name, loss) in enumerate(steps.items(), 1):
        after = left * (1 - loss)
        most = max(most, after)
        ax.bar(n, left - after, bottom=after, color=VERMILION if loss > 0 else GREEN, width=0.65)
        ax.plot([n - 0.675, n + 0.325], [left, left], color=GREY, linewidth=0.8)
        ax.annotate(
            f"{-100 * loss:+.1f}", (n, max(left, after)), xytext=(0, 3),
            textcoords="offset points", ha="center", fontsize=8, color=INK,
        )  # fmt: skip
        left = after
        told = words["steps"].get(name, name.replace("_", " "))
        names.append(drawable(told, words["assumption"].format(n=n)))
    ax.bar(len(steps) + 1, left, color=BLUE, alpha=0.8, width=0.65)
    ax.annotate(
        f"{left:.1f}", (len(steps) + 1, left), xytext=(0, 3), textcoords="offset points",
        ha="center", fontsize=8, color=INK,
    )  # fmt: skip
    ax.set_xticks(range(len(steps) + 2), [*names, words["waterfall_end"]], rotation=40, ha="right")
    ax.set_ylim(max(0.0, 10 * (left // 10) - 10), 1.05 * most)
    ax.set_ylabel(words["waterfall_y"])
    ax.set_title(words["waterfall_title"])
    return finished(ax)


def _steps(losses: EnergyYield | Mapping[str, float]) -> dict[str, float]:
    if isinstance(losses, EnergyYield):
        if losses.waterfall is None:
            raise AssumptionError(
                "losses: this yield was not simulated; its losses are not told apart"
            )
        losses = {name: float(finite(loss, name)) for name, loss in losses.waterfall.items()}
    if not losses:
        raise RangeError("losses: empty, wanted at least one name with its fraction")
    for name, loss in losses.items():
        if not -1 < float(finite(loss, f"losses[{name!r}]")) < 1:
            raise RangeError(
                f"losses[{name!r}]: {loss:g} is outside (-1, 1); fractions, not percent"
            )
    return dict(losses)


def tornado(made: Tornado, ax: "Axes | None" = None, *, lang: str = "en") -> "Axes":
    """Draw how far each input alone moves a result, the strongest on top.

    Parameters
    ----------
    made : Tornado
        From `wafer_calc.uncertainty.tornado`.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a new one if left out.
    lang : str
        ``"en"`` or ``"zh"``.

    Returns
    -------
    matplotlib.axes.Axes
        One bar an input, in the unit of the result.

    Raises
    ------
    RangeError
        No input is uncertain.
    """
    if not made.swings:
        raise RangeError("made: no input is uncertain, so none moves the result")
    unit = made.base.units
    base = float(made.base.m)
    lang = drawable_language(lang)
    words = phrases(lang)["figure_words"]
    ax = axes(ax, height=1.4 + 0.34 * len(made.swings))
    names = []
    for n, swing in enumerate(sorted(made.swings, key=lambda one: one.width.m_as(unit))):
        low, high = float(swing.low.m_as(unit)), float(swing.high.m_as(unit))
        ax.barh(
            n, low - base, left=base, color=ORANGE, height=0.6, hatch="//", edgecolor="white",
            linewidth=0, label=words["tornado_low"] if n == 0 else None,
        )  # fmt: skip
        ax.barh(
            n, high - base, left=base, color=BLUE, height=0.6,
            label=words["tornado_high"] if n == 0 else None,
        )  # fmt: skip
        names.append(drawable(swing.name.replace("_", " "), words["assumption"].format(n=n + 1)))
    ax.axvline(base, color=INK, linewidth=1.2, label=words["tornado_base"])
    ax.set_yticks(range(len(names)), names)
    ax.set_xlabel(f"[{unit:~P}]" if f"{unit:~P}" else "")
    ax.set_title(words["tornado_title"])
    legend(ax, columns=3)
    return finished(ax)
