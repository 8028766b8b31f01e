"""A fact-check as one self-contained HTML page."""

import base64
import datetime
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from io import BytesIO
from typing import TYPE_CHECKING, Any

from wafer_calc import __version__
from wafer_calc.claims.records import FactCheck, Statement
from wafer_calc.display import number
from wafer_calc.errors import MissingExtraError
from wafer_calc.report.markup import as_script, claim_review
from wafer_calc.report.terminal import sentences
from wafer_calc.report.view import View, claimed, lay_out, runs
from wafer_calc.units import Q_

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_TONE = {
    "holds": "good", "holds_if": "mid", "overstated": "mid", "understated": "mid",
    "does_not_hold": "bad", "inconsistent": "bad", "impossible": "bad", "cannot_check": "blank",
}  # fmt: skip
# a sign beside each colour, for readers who do not see it
_SIGN = {
    "holds": "✓", "holds_if": "◐", "overstated": "▲", "understated": "▼", "does_not_hold": "✗",
    "inconsistent": "≠", "impossible": "⊘", "cannot_check": "?",
}  # fmt: skip
_DARK_INK = "#e6e9ec"


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A figure as the page holds it."""

    uri: str
    alt: str
    caption: str
    width: int
    height: int


def html(
    fc: FactCheck,
    lang: str | None = None,
    *,
    author: str = "wafer_calc",
    url: str = "#verdict",
    date: str | datetime.date | None = None,
    figures: bool = True,
) -> str:
    """Give a fact-check as an HTML page that needs nothing but itself.

    Parameters
    ----------
    fc : FactCheck
        As `wafer_calc.check` gives it.
    lang : str, optional
        ``"en"`` or ``"zh"``, the language of headings; the check's own if left out.
    author, url, date : str, optional
        For the page's ClaimReview markup, as in `claim_review`; the url left out refers to the
        page itself, wherever it stands.
    figures : bool
        Whether to draw figures, which takes most of the time.

    Returns
    -------
    str
        A document in UTF-8 without scripts, whose content-security policy admits its own style
        and its own pictures alone. Every word of the claim is escaped.

    Raises
    ------
    UnknownNameError
        No such language.
    MissingExtraError
        jinja2 or matplotlib is not installed.
    """
    try:
        from jinja2 import Environment, StrictUndefined
        from markupsafe import Markup
    except ImportError as error:
        raise MissingExtraError(
            "the HTML report needs jinja2; install it with pip install 'wafer-calc[report]'"
        ) from error
    view = lay_out(fc, lang)
    templates = files("wafer_calc.report") / "templates"
    style = (templates / "page.css").read_text("utf-8")
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    template = environment.from_string((templates / "page.html").read_text("utf-8"))
    document = claim_review(fc, author=author, url=url, date=date, lang=lang)
    return template.render(
        view=view,
        words=view.words,
        claim_text=fc.text,
        sentences=sentences(view),
        runs=runs,
        claim_lang={"zh": "zh", "en": "en"}[_script(fc)],
        decided_id=(fc.verdict.decided_by or 0) + 1,
        tone=_TONE,
        sign=_SIGN,
        policy=_policy(style),
        style=Markup(style),  # our own file, and the policy's hash is of this text
        markup=Markup(as_script(document)),  # as_script leaves no < > or & in it
        pictures=list(_pictures(fc, view)) if figures else [],
        version=__version__,
    )


def _policy(style: str) -> str:
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _script(fc: FactCheck) -> str:
    return "zh" if any("\u4e00" <= letter <= "\u9fff" for letter in fc.text) else "en"


def _pictures(fc: FactCheck, view: View) -> Iterator[Picture]:
    from wafer_calc.report import figures

    words = view.words
    if fc.scenarios:
        ax = figures.energies(fc, lang=view.lang)
        yield _picture(ax, _energies_alt(fc, words), words["figure_energies"])
    for relation, draw in (("watt_per_wafer", _powers), ("yuan_per_wafer", _prices)):
        one = next((s for s in fc.statements if s.relation == relation and s.value), None)
        if one is not None:
            drawn = draw(one, fc, view)
            if drawn is not None:
                yield drawn


def _powers(one: Statement, fc: FactCheck, view: View) -> Picture:
    from wafer_calc.report import figures

    ax = figures.wafer_powers(Q_(one.value, "W/wafer"), on=fc.on, lang=view.lang)
    alt = view.words["figure_powers_alt"].format(value=number(one.value or 0.0, 3))
    return _picture(ax, alt, view.words["figure_powers"])


def _prices(one: Statement, fc: FactCheck, view: View) -> Picture | None:
    from wafer_calc.report import figures

    if fc.on is None:
        return None
    ax = figures.wafer_prices(Q_(one.value, "CNY/wafer"), fc.on, lang=view.lang)
    alt = view.words["figure_prices_alt"].format(value=number(one.value or 0.0, 3))
    return _picture(ax, alt, view.words["figure_prices"])


def _energies_alt(fc: FactCheck, words: dict[str, Any]) -> str:
    energies = [s.energy_twh for s in fc.scenarios]
    claim = claimed(fc)
    key = "figure_alt" if claim else "figure_alt_no_claim"
    return str(
        words[key].format(
            n=len(energies),
            low=number(min(energies), 3),
            high=number(max(energies), 3),
            claim=number(claim.energy_twh, 3) if claim else "",
            meets=sum(s.meets is True for s in fc.scenarios),
        )
    )


def _picture(ax: "Axes", alt: str, caption: str) -> Picture:
    svg, width, height = _svg(ax)
    uri = "data:image/svg+xml;base64," + base64.b64encode(svg).decode()
    return Picture(uri=uri, alt=alt, caption=caption, width=width, height=height)


def _svg(ax: "Axes") -> tuple[bytes, int, int]:
    import matplotlib as mpl

    from wafer_calc.report.drawing import INK

    figure = ax.get_figure(root=True)
    assert figure is not None
    out = BytesIO()
    # letters as outlines: the reader's machine may have no Chinese font; the salt keeps ids stable
    with mpl.rc_context({"svg.fonttype": "path", "svg.hashsalt": "wafer_calc"}):
        figure.savefig(out, format="svg", transparent=True, metadata={"Date": None})
    text = out.getvalue().decode()
    text = re.sub(r"<metadata>.*?</metadata>", "", text, flags=re.DOTALL)
    text = text.replace(INK, "var(--ink)")
    rules = (
        f"<style>svg{{--ink:{INK};color-scheme:light dark}}"
        f"@media (prefers-color-scheme:dark){{svg{{--ink:{_DARK_INK}}}}}</style>"
    )
    text = re.sub(r"(<svg[^>]*>)", lambda match: match[1] + rules, text, count=1)
    width, height = (round(96 * inches) for inches in figure.get_size_inches())
    return text.encode(), width, height
