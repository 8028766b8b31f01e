import gold
import pytest
import scoring

from wafer_calc.claims import check


@pytest.fixture(scope="module")
def checked():
    return [(case, check(case["text"], on=gold.date(case))) for case in gold.dev()]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_four_of_five_pairs_are_found(checked, lang):
    counts = [scoring.found_pairs(case, fc) for case, fc in checked if case["lang"] == lang]
    wanted, hit = (sum(column) for column in zip(*counts, strict=True))
    assert hit / wanted >= 0.80


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_three_of_four_verdicts_are_the_labels(checked, lang):
    right = [scoring.verdict_right(case, fc) for case, fc in checked if case["lang"] == lang]
    assert sum(right) / len(right) >= 0.75


def test_nothing_plausible_is_impossible_nor_the_reverse(checked):
    assert not [case["id"] for case, fc in checked if scoring.worst_mistake(case, fc)]


def test_labels_without_a_reader_give_pairs_and_verdicts_too(monkeypatch):
    # the same measures, with the labels themselves in the reader's place
    wanted = hit = right = 0
    for case in gold.dev():
        quantities = gold.quantities(case)
        monkeypatch.setattr(
            "wafer_calc.claims.checking.read_quantities", lambda text, q=quantities: q
        )
        fc = check(case["text"], on=gold.date(case))
        counts = scoring.found_pairs(case, fc)
        wanted, hit = wanted + counts[0], hit + counts[1]
        right += scoring.verdict_right(case, fc)
    assert hit / wanted >= 0.80
    assert right / len(gold.dev()) >= 0.75
