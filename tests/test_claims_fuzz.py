import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_claims_sentences import CASES

from wafer_calc.claims import check
from wafer_calc.errors import WaferCalcError

TEXTS = [case[0] for case in CASES]
SIGNS = "0123456789亿万千%.,e-−/()—GWhk年 \u200f\x00\ud800％，"


@st.composite
def spliced(draw):
    text = ""
    for _ in range(draw(st.integers(0, 4))):
        sentence = draw(st.sampled_from(TEXTS))
        start = draw(st.integers(0, len(sentence)))
        text += sentence[start : draw(st.integers(start, len(sentence)))]
        text += draw(st.text(st.sampled_from(SIGNS), max_size=4))
    return text


def whole_or_refused(text):
    try:
        fc = check(text, on="2022-07")
    except WaferCalcError:
        return
    json.dumps(fc.to_dict(), allow_nan=False)
    for q in fc.quantities:
        assert text[q.start : q.end] == q.text


@settings(max_examples=120, deadline=None)
@given(spliced())
def test_spliced_sentences_give_a_document(text):
    whole_or_refused(text)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_any_text_gives_a_document(text):
    whole_or_refused(text)


@pytest.mark.slow
@settings(max_examples=5000, deadline=None)
@given(spliced())
def test_many_spliced_sentences_give_a_document(text):
    whole_or_refused(text)


def test_a_long_text_is_checked_in_pieces_that_stay_right():
    # two hundred claims after one another: the work grows with their number, and each is found
    fc = check("。\n".join(TEXTS * 5), on="2022-07")
    assert len([s for s in fc.statements if s.relation == "full_load_hours" and s.value]) > 50
