"""A fact-check for a reader: text for a terminal, an HTML page, figures, ClaimReview markup."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from wafer_calc.report.terminal import is_terminal, rich_text, text

if TYPE_CHECKING:
    from wafer_calc.report.figures import figure
    from wafer_calc.report.markup import claim_review
    from wafer_calc.report.page import html

__all__ = ["claim_review", "figure", "html", "is_terminal", "rich_text", "text"]

# loaded on first use: text in a pipe needs none of them
_LATER = {"claim_review": "markup", "figure": "figures", "html": "page"}


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(f"module 'wafer_calc.report' has no attribute {name!r}")
    return getattr(import_module(f"wafer_calc.report.{_LATER[name]}"), name)
