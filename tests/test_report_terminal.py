import subprocess
import sys
import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wafer_calc.errors import UnknownNameError
from wafer_calc.report import is_terminal, rich_text, text
from wafer_calc.report.terminal import cells_of, columns, wrap


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_no_line_is_wider_than_the_terminal(made_check, lang):
    lines = text(made_check, lang).splitlines()
    assert max(map(cells_of, lines)) <= 80
    assert max(map(cells_of, text(made_check, lang, width=120).splitlines())) > 80


def test_every_part_is_there_with_its_figures(made_check):
    page = text(made_check, "en")
    # 1166 h x 40 GW = 46.64 TWh, / 103.649 = 45.0 %
    for part in ("40GW", "≥ 1,500 h", "46.6", "(2021)", "1,166 DC", "about 6 in 10", "[2]"):
        assert part in page
    assert page.index("The claim") < page.index("Sources") < page.index("Verdict")
    assert "https://www.cec.org.cn/a?b=1&c=2" in page
    assert "Holds only under favourable conditions" in page


def test_the_claim_stands_in_its_place_between_two_rules(made_check):
    lines = text(made_check, "en").splitlines()
    at = next(n for n, line in enumerate(lines) if "▶ THE CLAIM" in line)
    assert set(lines[at - 1].strip()) == {"═"}
    assert set(lines[at + 1].strip()) == {"═"}
    rest = "\n".join(lines[at:])
    assert "Inner Mongolia" in rest  # 1530 > 1500
    assert "Germany, fleet" not in rest  # 950 < 1500


def test_a_year_of_the_yardstick_is_told_once_or_where_it_differs(made_check):
    rows = [replace(made_check.scenarios[0], yardstick_year=2016), *made_check.scenarios[1:]]
    page = text(replace(made_check, scenarios=tuple(rows)), "en", width=140)
    assert page.count("(2021)") == 1  # in the column's head
    assert "36.7 (2016)" in page


def test_two_sources_of_one_figure_are_cited_together(made_check):
    statement = made_check.statements[1]
    again = replace(statement.references[0], sources=("ctg-2022-02-17",))
    told = replace(statement, references=(*statement.references, again))
    page = text(replace(made_check, statements=(told,)), "en", width=200)
    assert "Held against: Chinese PV, 2021: 1,166 h (1,166 h to 1,281 h) [1][2]\n" in page


def test_text_in_a_pipe_loads_no_library_of_the_other_faces():
    code = (
        "import sys; from wafer_calc import check, report; "
        "report.text(check('40GW单晶硅项目年产硅片40亿片，年发电量超过600亿度', on='2022-07')); "
        "others = {'rich', 'matplotlib', 'pandas', 'pvlib', 'wafer_calc.report.page'}; "
        "print(sorted(others & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_headings_are_in_the_language_asked_for(made_check):
    assert "结论" in text(made_check)  # the claim is Chinese
    assert "Verdict" in text(made_check, "en")
    assert "仅在有利条件下成立" in text(made_check, "zh")
    with pytest.raises(UnknownNameError, match="lang: no such name 'fr'"):
        text(made_check, "fr")


def test_a_check_of_nothing_is_short_but_whole(made_check):
    empty = replace(
        made_check, quantities=(), statements=(), scenarios=(), hypotheses=(), known_later=(),
        sources=(), verdict=replace(made_check.verdict, rating="cannot_check", decided_by=None),
    )  # fmt: skip
    page = text(empty, "en")
    assert "Cannot be checked" in page
    assert "Figures in the text" not in page


def test_control_characters_of_a_claim_never_reach_the_terminal(hostile_check):
    for page in (text(hostile_check), text(hostile_check, "en"), _printed(hostile_check)):
        assert {c for c in page if unicodedata.category(c) == "Cc"} <= {"\n"}


def test_a_terminal_gets_colour_and_a_pipe_none(made_check):
    assert "\x1b[" in _printed(made_check, force_terminal=True)
    assert "\x1b[" not in _printed(made_check)
    assert "▶ THE CLAIM" in _printed(made_check)


def test_brackets_of_a_claim_are_no_markup(made_check):
    page = _printed(replace(made_check, text="[bold]40GW[/] [link=x]", quantities=()))
    assert "[bold]40GW[/] [link=x]" in page


def test_no_color_and_pipes_are_told_from_terminals(monkeypatch):
    class Terminal:
        def isatty(self):
            return True

    monkeypatch.delenv("NO_COLOR", raising=False)
    assert is_terminal(Terminal())
    assert not is_terminal(object())
    monkeypatch.setenv("NO_COLOR", "1")
    assert not is_terminal(Terminal())


def test_chinese_takes_two_columns_and_combining_marks_none():
    assert cells_of("40亿片 GW") == 9  # 2 + 2·2 + 1 + 2
    assert cells_of("e\u0301") == 1


def test_no_line_begins_with_a_closing_mark():
    assert wrap("年产四十亿片，达产", 12) == ["年产四十亿", "片，达产"]


@given(st.text(st.sampled_from("a亿，. )(b"), max_size=60), st.integers(4, 20))
def test_wrapping_loses_nothing_and_keeps_to_the_width(line, width):
    lines = wrap(line, width)
    assert "".join("".join(lines).split()) == "".join(line.split())
    assert max(map(cells_of, lines)) <= width


def test_columns_wrap_names_last():
    rows = [["name", "value"], ["a long name of an assumption", "12 345"]]
    assert columns(rows, 60)[2] == "  a long name of an assumption  12 345"
    assert max(map(cells_of, columns(rows, 30))) <= 30


def _printed(fc, **how):
    from rich.console import Console

    console = Console(width=80, **how)
    with console.capture() as capture:
        console.print(rich_text(fc, "en"))
    return capture.get()
