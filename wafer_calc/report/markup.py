"""A fact-check as schema.org ClaimReview, the markup that search engines read."""

import datetime
import json
from typing import Any

from wafer_calc.claims.records import FactCheck
from wafer_calc.errors import ReadError
from wafer_calc.report.view import lay_out

# schema.org wants a number beside the word; none where nothing could be checked
_VALUE = {
    "impossible": 1, "inconsistent": 1, "does_not_hold": 1, "overstated": 2, "understated": 2,
    "holds_if": 3, "holds": 4,
}  # fmt: skip
BEST, WORST = 4, 1


def claim_review(
    fc: FactCheck,
    *,
    author: str,
    url: str,
    date: str | datetime.date | None = None,
    claim_author: str | None = None,
    claim_url: str | None = None,
    lang: str | None = None,
) -> dict[str, Any]:
    """Give a fact-check as a ClaimReview document.

    Parameters
    ----------
    fc : FactCheck
        As `wafer_calc.check` gives it.
    author : str
        Name of the organisation that publishes the review.
    url : str
        Where the review stands.
    date : str or datetime.date, optional
        Day of the review; today if left out.
    claim_author, claim_url : str, optional
        Who made the claim, and the page it stands on.
    lang : str, optional
        ``"en"`` or ``"zh"``, the language of the rating; the check's own if left out.

    Returns
    -------
    dict
        JSON-LD; `alternateName` is the rating's word, `ratingExplanation` the needed value, the
        reach of the alternatives and the summary.

    Raises
    ------
    ReadError
        An empty author or url.

    Notes
    -----
    https://schema.org/ClaimReview; ratings run from 1 (does not hold) to 4 (holds).
    """
    for name, came in (("author", author), ("url", url)):
        if not came.strip():
            raise ReadError(f"{name}: empty, wanted the review's {name}")
    view = lay_out(fc, lang)
    words = view.words
    rating: dict[str, Any] = {"@type": "Rating"}
    if fc.verdict.rating in _VALUE:
        rating |= {
            "ratingValue": _VALUE[fc.verdict.rating],
            "bestRating": BEST,
            "worstRating": WORST,
        }
    rating["alternateName"] = view.rating_word
    decided = next((s for s in view.statements if s.id == fc.verdict.decided_by), None)
    said = (
        ("", fc.verdict.needed),
        (words["reach"], decided.reach if decided else ""),
        ("", view.odds),
        ("", view.summary),
    )
    rating["ratingExplanation"] = " ".join(
        f"{label}{words['colon']}{text}" if label else text for label, text in said if text
    )
    claim: dict[str, Any] = {"@type": "Claim"}
    if fc.on:
        claim["datePublished"] = fc.on
    if claim_author:
        claim["author"] = {"@type": "Organization", "name": claim_author}
    if claim_url:
        claim["appearance"] = {"@type": "CreativeWork", "url": claim_url}
    day = date if date is not None else datetime.date.today()
    return {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": url,
        "datePublished": str(day),
        "inLanguage": words["html_lang"],
        "author": {"@type": "Organization", "name": author},
        "claimReviewed": fc.text,
        "itemReviewed": claim,
        "reviewRating": rating,
    }


def as_script(document: dict[str, Any]) -> str:
    """Give a document as JSON that cannot end the script element it stands in.

    Parameters
    ----------
    document : dict
        From `claim_review`.

    Returns
    -------
    str
        ``<``, ``>`` and ``&`` are written as escapes, which JSON reads back unchanged.
    """
    text = json.dumps(document, ensure_ascii=False)
    for letter in "<>&\u2028\u2029":
        text = text.replace(letter, f"\\u{ord(letter):04x}")
    return text
