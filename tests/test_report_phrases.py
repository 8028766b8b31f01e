import re
import string
from typing import get_args

import pytest

from wafer_calc.claims.records import Comparator, Kind, Period, Rating
from wafer_calc.errors import UnknownNameError
from wafer_calc.report.phrases import phrases


def flat(table, at=""):
    for name, value in table.items():
        if isinstance(value, dict):
            yield from flat(value, f"{at}{name}.")
        else:
            yield f"{at}{name}", value


def test_both_languages_say_the_same_things():
    # units are symbols in English where Chinese has a word (CNY, year), so those tables may differ
    english, chinese = dict(flat(phrases("en"))), dict(flat(phrases("zh")))
    either = {
        name
        for name in english.keys() ^ chinese.keys()
        if not re.match(r"unit\.|each\.|figure_words\.steps\.", name)
    }
    assert not either


def test_both_languages_fill_in_the_same_figures():
    english, chinese = dict(flat(phrases("en"))), dict(flat(phrases("zh")))
    for name in english.keys() & chinese.keys():
        if isinstance(english[name], str):
            fields = [
                {field for _, field, _, _ in string.Formatter().parse(words[name]) if field}
                for words in (english, chinese)
            ]
            assert fields[0] == fields[1], name


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(
    ("table", "words"), [("rating", Rating), ("kind", Kind), ("cmp", Comparator), ("per", Period)]
)
def test_every_word_of_the_records_has_its_phrase(lang, table, words):
    assert set(phrases(lang)[table]) == set(get_args(words))


def test_no_english_is_left_in_the_chinese():
    for name, value in flat(phrases("zh")):
        for line in value if isinstance(value, list) else [value]:
            left = re.sub(r"\{\w+\}|wafer_calc|[A-Z]{1,3}Wh|kWh|kW|CO2|zh-CN|W\b|m²", "", line)
            assert not re.search("[A-Za-z]{3}", left), (name, line)


def test_an_unknown_language_is_refused_by_name():
    with pytest.raises(UnknownNameError, match="lang: no such name 'klingon'; known: en, zh"):
        phrases("klingon")
