import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wafer_calc.errors import ReadError
from wafer_calc.numerals import find_numerals, fold, read_numeral

READINGS = {
    "六百亿": 6e10,
    "两千五百万": 2.5e7,
    "一百二十三亿四千五百万": 12_345_000_000.0,
    "三万五": 35_000.0,  # the last digit stands one place below 万
    "二十万零五百": 200_500.0,
    "三点五亿": 3.5e8,
    "廿五": 25.0,
    "二〇二一": 2021.0,
    "贰佰叁拾": 230.0,
    "1.2万亿": 1.2e12,
    "1亿5000万": 1.5e8,
    "3千5百": 3500.0,
    "3千5百万": 3.5e7,  # 万 counts both parts before it
    "2亿9千3百万": 2.93e8,
    "1亿5千万7百": 150_000_700.0,
    "两亿九千三百多万": 2.93e8,  # 多 inside changes no place
    "3百多万": 3e6,
    "2亿9千3百多万": 2.93e8,
    "一万多亿": 1e12,
    "3万多亿": 3e12,
    "十几亿": 1e9,
    "１２００": 1200.0,
    "12,50,000": 1_250_000.0,  # lakh grouping
    "1,058.5": 1058.5,
    "16 170": 16_170.0,
    "16'170": 16_170.0,
    "16\u202f170": 16_170.0,
    "1.234.567": 1_234_567.0,
    "1，000": 1000.0,
    "1,5": 1.5,
    "2½": 2.5,
    "1.5 billion": 1.5e9,
    "1.5bn": 1.5e9,
    "5.2 lakh": 520_000.0,
    "3 crore": 3e7,
    "two dozen": 24.0,
    "half a million": 5e5,
    "a quarter of a million": 2.5e5,
    "two and a half million": 2.5e6,
    "a million and a half": 1.5e6,
    "one hundred and twenty-five thousand": 125_000.0,
    "百分之六十五点五": 0.655,
    "三分之二": 2 / 3,
    "two-thirds": 2 / 3,
    "3/4": 0.75,
}


@pytest.mark.parametrize(("text", "value"), READINGS.items())
def test_reads_what_is_printed(text, value):
    numeral = read_numeral(text)
    assert numeral.value == pytest.approx(value, rel=1e-12)
    assert (numeral.start, numeral.end) == (0, len(text))


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("1.2-1.5亿", 1.2e8, 1.5e8),
        ("1200~1500", 1200.0, 1500.0),
        ("15至20", 15.0, 20.0),
        ("3 to 4 million", 3e6, 4e6),
        ("三四百万", 3e6, 4e6),
        ("两三", 2.0, 3.0),
        ("120,000–225,000", 120_000.0, 225_000.0),
    ],
)
def test_reads_both_ends_of_a_range(text, low, high):
    assert read_numeral(text).value == pytest.approx((low, high))


def test_and_joins_a_range_only_after_between():
    (between,) = find_numerals("between 3 and 4 ")
    assert between.value == (3.0, 4.0)
    assert [n.value for n in find_numerals("phases 3 and 4 ")] == [3.0, 4.0]


@pytest.mark.parametrize(("text", "cmp"), [("3000余", ">="), ("7000多万", ">="), ("十来", "~")])
def test_more_and_some_stand_inside(text, cmp):
    assert read_numeral(text).cmp == cmp


def test_a_unit_keeps_its_own_thousand():
    # 四十七亿千瓦: the 千 belongs to 千瓦
    (numeral,) = find_numerals("四十七亿千瓦")
    assert numeral.value == 4.7e9
    assert numeral.end == 4


@pytest.mark.parametrize(
    ("text", "step"), [("23390万", 1e4), ("2.4亿", 1e7), ("六百亿", 1e10), ("1.25", 0.01)]
)
def test_the_step_is_one_unit_of_the_last_digit(text, step):
    assert read_numeral(text).step == pytest.approx(step)


def test_traditional_and_full_width_read_like_plain():
    for odd, plain in [("六百億", "六百亿"), ("５萬", "5万"), ("兩千", "两千"), ("貳佰", "贰佰")]:
        assert fold(odd) == plain


@pytest.mark.parametrize("text", ["", "abc", "40 50", "四五六七百", "9" * 400])
def test_refuses_what_is_not_one_numeral(text):
    with pytest.raises(ReadError, match="not one numeral"):
        read_numeral(text)


@given(
    st.text(
        st.sampled_from("0123456789,，. '/-~至一二百万亿点分之多 半half and a million"), max_size=60
    )
)
def test_any_text_gives_offsets_in_order(text):
    folded = fold(text)
    assert len(folded) == len(text)
    position = 0
    for numeral in find_numerals(folded):
        assert position <= numeral.start < numeral.end <= len(text)
        position = numeral.end


@given(st.integers(0, 10**15))
def test_plain_and_grouped_integers_are_themselves(number):
    assert read_numeral(str(number)).value == number
    assert read_numeral(f"{number:,}").value == number


@pytest.mark.parametrize(
    "piece", ["7", "亿", " ", ",", "1,", "1 ", "12,34,", "1,111,", "百分之", "a half and "]
)
def test_time_grows_no_faster_than_the_text(piece):
    def seconds(size):
        text = (piece * size)[:size]
        begin = time.process_time()
        for _ in find_numerals(text):
            pass
        return time.process_time() - begin

    # ten times the text within forty times the time: quadratic growth would need a hundred
    assert seconds(200_000) < 40 * max(seconds(20_000), 2e-3)
