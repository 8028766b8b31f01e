"""What all figures share: an Axes to draw on, colours, and fonts that hold the letters."""

import unicodedata
import warnings
from functools import cache
from typing import TYPE_CHECKING, Any

from wafer_calc.errors import MissingExtraError, WaferCalcWarning

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# names under which matplotlib lists fonts that hold simplified Chinese, the plainest first
_CJK = (
    "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Source Han Sans CN", "PingFang SC",
    "Hiragino Sans GB", "Microsoft YaHei", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "SimHei",
    "Droid Sans Fallback", "Noto Sans CJK JP", "Noto Serif CJK SC", "Noto Serif CJK JP",
    "AR PL UMing CN", "SimSun", "Arial Unicode MS",
)  # fmt: skip


# Okabe & Ito (2008), "Color Universal Design": told apart with any kind of colour vision
BLUE, ORANGE, VERMILION, GREEN, GREY = "#0072B2", "#E69F00", "#D55E00", "#009E73", "#888888"
LONGEST = 44  # letters of a label, past which it would leave no room for the bars
INK = "#1c2733"  # text and lines; the HTML page turns it light in a dark setting
SERIES = (BLUE, VERMILION, GREEN, ORANGE, "#CC79A7", "#56B4E9")
MARKERS = "osD^vPX"


@cache
def cjk_font() -> str | None:
    """Find a font for Chinese.

    Returns
    -------
    str or None
        Its family, as matplotlib lists it; None where the system has none that is known.

    Raises
    ------
    MissingExtraError
        matplotlib is not installed.
    """
    try:
        from matplotlib import font_manager
    except ImportError as error:
        raise MissingExtraError(
            "figures need matplotlib; install it with pip install 'wafer-calc[report]'"
        ) from error
    known = {font.name for font in font_manager.fontManager.ttflist}
    return next((name for name in _CJK if name in known), None)


def drawable_language(lang: str) -> str:
    """Give the language that a figure can be lettered in.

    Parameters
    ----------
    lang : str
        ``"en"`` or ``"zh"``.

    Returns
    -------
    str
        ``"en"`` in place of ``"zh"`` where no Chinese font is found, with a warning.
    """
    if lang == "zh" and cjk_font() is None:
        warnings.warn(
            "no Chinese font found, the figure is lettered in English; install one such as "
            "Noto Sans CJK (Debian: fonts-noto-cjk)",
            WaferCalcWarning,
            stacklevel=3,
        )
        return "en"
    return lang


def drawable(label: str, instead: str) -> str:
    """Give a label, or what stands instead where its letters would come out as empty boxes.

    Parameters
    ----------
    label : str
        From a text or a fact; may hold any letters.
    instead : str
        Such as ``"assumption 3"``.

    Returns
    -------
    str
        One line, without control characters; dollar signs are drawn, not read as mathematics.
    """
    line = "".join(c if c.isprintable() else " " for c in label)
    if len(line) > LONGEST:
        line = line[: LONGEST - 1] + "…"
    wide = any(unicodedata.east_asian_width(c) in {"W", "F"} for c in line)
    return instead if wide and cjk_font() is None else line.replace("$", r"\$")


def letter(ax: "Axes") -> None:
    """Set the fonts of every text of an Axes, so that Chinese among Latin letters is drawn.

    Parameters
    ----------
    ax : matplotlib.axes.Axes
        Finished but for its fonts.
    """
    chinese = cjk_font()
    families = ["DejaVu Sans", *([chinese] if chinese else [])]
    texts: list[Any] = [
        ax.title, ax.xaxis.label, ax.yaxis.label, *ax.get_xticklabels(), *ax.get_yticklabels(),
        *ax.texts, *(text for drawn in _legends(ax) for text in drawn.get_texts()),
    ]  # fmt: skip
    for text in texts:
        text.set_fontfamily(families)


def axes(ax: "Axes | None", *, height: float) -> "Axes":
    """Give the caller's Axes, or a new one on a figure that pyplot does not know."""
    if ax is not None:
        return ax
    try:
        from matplotlib.figure import Figure
    except ImportError as error:
        raise MissingExtraError(
            "figures need matplotlib; install it with pip install 'wafer-calc[report]'"
        ) from error
    return Figure(figsize=(7.2, height), layout="constrained").add_subplot()


def finished(ax: "Axes") -> "Axes":
    """Set the look that all figures have, and the fonts."""
    for side in ("top", "right"):
        ax.spines[side].set_visible(False)
    for side in ("left", "bottom"):
        ax.spines[side].set_color(INK)
    ax.tick_params(colors=INK, labelsize=8.5)
    for text in (ax.title, ax.xaxis.label, ax.yaxis.label):
        text.set_color(INK)
        text.set_fontsize(10 if text is ax.title else 9)
    for drawn in _legends(ax):
        for text in drawn.get_texts():
            text.set_color(INK)
    letter(ax)
    return ax


def legend(ax: "Axes", columns: int) -> None:
    """Put the legend below an Axes that has its figure to itself, else inside it."""
    figure = ax.get_figure(root=True)
    if figure is not None and len(figure.axes) == 1 and figure.get_layout_engine() is not None:
        handles, labels = ax.get_legend_handles_labels()
        figure.legend(
            handles, labels, loc="outside lower right", ncols=columns, fontsize=8, frameon=False
        )
    else:
        ax.legend(ncols=columns, fontsize=8, framealpha=0.8)


def _legends(ax: "Axes") -> list[Any]:
    figure = ax.get_figure(root=True)
    own = ax.get_legend()
    return ([own] if own else []) + (list(figure.legends) if figure is not None else [])
