"""A fact-check for a reader: text for a terminal, an HTML page, figures, ClaimReview markup."""

from wafer_calc.report.terminal import is_terminal, rich_text, text

__all__ = ["is_terminal", "rich_text", "text"]
