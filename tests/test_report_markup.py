from dataclasses import replace

import jsonschema
import pytest

from wafer_calc.errors import ReadError
from wafer_calc.report import claim_review
from wafer_calc.report.markup import as_script

# Required and recommended properties of schema.org/ClaimReview, as search engines ask for them
THING = {"type": "object", "required": ["@type"]}
NAMED = {
    **THING,
    "required": ["@type", "name"],
    "properties": {"@type": {"enum": ["Organization", "Person"]}, "name": {"minLength": 1}},
}
SCHEMA = {
    "type": "object",
    "required": ["@context", "@type", "url", "claimReviewed", "reviewRating", "author", "datePublished"],
    "properties": {
        "@context": {"const": "https://schema.org"},
        "@type": {"const": "ClaimReview"},
        "url": {"type": "string", "format": "uri-reference", "minLength": 1},
        "claimReviewed": {"type": "string", "minLength": 1},
        "datePublished": {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}"},
        "inLanguage": {"enum": ["en", "zh-CN"]},
        "author": NAMED,
        "itemReviewed": {
            **THING,
            "properties": {
                "@type": {"const": "Claim"},
                "datePublished": {"type": "string", "pattern": r"^\d{4}(-\d{2}){0,2}$"},
                "author": NAMED,
                "appearance": {**THING, "required": ["@type", "url"]},
            },
            "additionalProperties": False,
        },
        "reviewRating": {
            "type": "object",
            "required": ["@type", "alternateName"],
            "properties": {
                "@type": {"const": "Rating"},
                "ratingValue": {"type": "integer", "minimum": 1, "maximum": 4},
                "bestRating": {"const": 4},
                "worstRating": {"const": 1},
                "alternateName": {"type": "string", "minLength": 1},
                "ratingExplanation": {"type": "string", "minLength": 1},
            },
            "dependentRequired": {"ratingValue": ["bestRating", "worstRating"]},
            "additionalProperties": False,
        },
    },
    "additionalProperties": False,
}  # fmt: skip
WORDS = {
    "cannot_check": (None, "Cannot be checked"),
    "impossible": (1, "Impossible as written"),
    "inconsistent": (1, "Inconsistent"),
    "does_not_hold": (1, "Does not hold"),
    "overstated": (2, "Overstated"),
    "understated": (2, "Understated"),
    "holds_if": (3, "Holds only under favourable conditions"),
    "holds": (4, "Holds"),
}


@pytest.mark.parametrize("rating", WORDS)
def test_the_document_is_a_claim_review_whatever_the_rating(made_check, rating):
    rated = replace(made_check, verdict=replace(made_check.verdict, rating=rating))
    document = claim_review(
        rated, author="Example desk", url="https://example.org/1", lang="en",
        claim_author="Example daily", claim_url="https://example.org/claim",
    )  # fmt: skip
    jsonschema.Draft202012Validator(SCHEMA).validate(document)
    value, word = WORDS[rating]
    assert document["reviewRating"].get("ratingValue") == value
    assert document["reviewRating"]["alternateName"] == word


def test_the_explanation_has_the_needed_value_and_the_interval(made_check):
    document = claim_review(made_check, author="a", url="u", date="2022-08-01", lang="en")
    explanation = document["reviewRating"]["ratingExplanation"]
    assert explanation.startswith("1500 kWh per kW DC")
    assert "1,166 h to 1,715 h" in explanation
    assert document["datePublished"] == "2022-08-01"
    assert document["itemReviewed"]["datePublished"] == "2022-07"


def test_an_empty_author_or_address_is_refused(made_check):
    with pytest.raises(ReadError, match="author: empty"):
        claim_review(made_check, author=" ", url="u")
    with pytest.raises(ReadError, match="url: empty"):
        claim_review(made_check, author="a", url="")


def test_markup_holds_no_letter_that_html_reads():
    assert as_script({"a": "</script>&\u2028"}) == '{"a": "\\u003c/script\\u003e\\u0026\\u2028"}'
