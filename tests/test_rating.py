import pytest

from wafer_calc.claims.rating import Limit, breaks, rate, satisfies, worst
from wafer_calc.claims.references import Alternative
from wafer_calc.claims.values import Figure, quotient, total


def claimed(value, cmp="=", rounding=0.0, high=None):
    return Figure(
        low=value, mid=(value + (high or value)) / 2, high=high or value, unit="", cmp=cmp,
        rounding=rounding,
    )  # fmt: skip


def known(low, high=None, default=False):
    return Alternative(low=low, high=high or low, facts=(), default=default)


USUAL = known(100.0, default=True)
OTHERS = (USUAL, known(150.0), known(80.0))


def rating(value, cmp="=", *, alternatives=OTHERS, spread=True, boast="numerator"):
    return rate(claimed(value, cmp), alternatives, spread=spread, boast=boast).rating


@pytest.mark.parametrize(
    ("value", "cmp", "expected"),
    [
        (104, "=", "holds"),  # within 5 %
        (94, "~", "holds"),  # within 10 %
        (106, "=", "holds_if"),  # between 80 and 150
        (150, "=", "holds_if"),
        (165, "~", "holds_if"),  # 150 x 1.1
        (166, "=", "overstated"),  # 1.11 times the farthest
        (224, "=", "overstated"),  # 1.49 times
        (226, "=", "does_not_hold"),  # 1.51 times
        (60, "=", "understated"),
        (50, "=", "does_not_hold"),  # 80 / 50 = 1.6
        (100, ">=", "holds"),
        (140, ">=", "holds_if"),  # 150 reaches it
        (151, ">=", "overstated"),  # nothing does, and no 5 % is forgiven
        (70, ">=", "holds"),  # 100 is more than 70, and no more than 1.5 times it
        (40, ">=", "does_not_hold"),  # "over 40" is not said of 100
        (120, "<=", "holds"),
        (70, "<=", "understated"),
    ],
)
def test_the_table_of_ratings(value, cmp, expected):
    assert rating(value, cmp) == expected


def test_between_named_alternatives_there_is_nothing_where_they_are_no_spread():
    assert rating(125, spread=False) == "understated"  # 150 is nearest, missed by 1.2


def test_a_boast_in_the_denominator_turns_the_words():
    assert rating(60, boast="denominator") == "overstated"
    assert rating(166, boast="denominator") == "understated"


def test_bounds_come_before_bands():
    limit = Limit(side="high", value=8760, law={"en": "a year"})
    usual = known(20000, default=True)
    assert rate(claimed(9000), (usual,), (limit,), spread=True, boast="numerator").rating == (
        "impossible"
    )
    assert not breaks(claimed(8800), limit)  # within 2 %, as printed figures round
    assert not breaks(claimed(9000, "<="), limit)


def test_nothing_to_hold_against_is_no_guess():
    assert rating(1, alternatives=()) == "cannot_check"


def test_the_rounding_of_the_print_widens_the_tolerance():
    # "2 GW" may be 1.5 to 2.5
    assert satisfies(claimed(2.0, rounding=0.25), 2.4, 2.4)
    assert not satisfies(claimed(2.0, rounding=0.0), 2.4, 2.4)


def test_a_range_holds_where_any_of_it_does():
    assert satisfies(claimed(60.0, "range", high=99.0), 95.0, 95.0)


def test_a_judged_reach_needs_no_further_tolerance():
    assert satisfies(claimed(104.0), 90.0, 100.0)
    assert not satisfies(claimed(104.0), 90.0, 100.0, judged=True)


def test_the_worst_decides_and_what_cannot_be_checked_decides_last():
    assert worst(["holds", "overstated", "cannot_check"]) == "overstated"
    assert worst(["does_not_hold", "impossible", "inconsistent"]) == "impossible"
    assert worst(["cannot_check"]) == "cannot_check"
    assert worst([]) == "cannot_check"


@pytest.mark.parametrize(
    ("over", "under", "expected"),
    [(">=", "=", ">="), ("=", ">=", "<="), (">=", ">=", "~"), ("~", "=", "~"), ("<=", ">=", "<=")],
)
def test_comparators_of_a_quotient(over, under, expected):
    # at least 60 over 40 is at least 1.5; 60 over at least 40 is at most 1.5
    made = quotient(claimed(60.0, over), claimed(40.0, under), 1.0)
    assert (made.mid, made.cmp) == (1.5, expected)


def test_a_quotient_of_ranges_keeps_its_ends():
    # 420 / (120 to 225): 1.87 to 3.5, and 420 / 172.5 = 2.43 in the middle
    made = quotient(claimed(420.0), claimed(120.0, "range", high=225.0), 1.0)
    assert (made.low, made.high) == (pytest.approx(420 / 225), pytest.approx(3.5))
    assert made.mid == pytest.approx(420 / 172.5)


def test_a_sum_adds_its_ends():
    made = total([claimed(1.0, "~"), claimed(2.0)])
    assert (made.mid, made.cmp) == (3.0, "~")
