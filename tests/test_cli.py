"""The command line, as a shell sees it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from wafer_calc import cli

CLAIM = (
    "A 40 GW wafer factory will make 4 billion wafers a year. Used in solar plants they would "
    "generate more than 60 TWh a year, 60% of the output of the Three Gorges dam."
)


def test_a_claim_is_checked_with_its_figures_and_a_verdict(run):
    code, out, err = run("check", CLAIM, "--on", "2022-07")
    assert (code, err) == (0, "")
    # 40 GW / 4e9 = 10 W; 60 TWh / 40 GW = 1500 h; 60 TWh / 60 % = 100 TWh
    for figure in ("10 W", "1,500 h", "100 TWh", "Holds only under favourable conditions"):
        assert figure in out
    assert all(len(line) <= 80 for line in out.splitlines())


def test_the_document_is_one_json_object_with_its_schema(run):
    code, out, _ = run("check", CLAIM, "--on", "2022-07", "--json")
    document = json.loads(out)
    assert code == 0
    assert document["verdict"]["rating"] == "holds_if"
    assert {s["relation"] for s in document["statements"]} >= {"watt_per_wafer", "full_load_hours"}


def test_the_answer_comes_in_chinese_when_asked(run):
    _, out, _ = run("check", CLAIM, "--lang", "zh")
    assert "仅在有利条件下成立" in out


def test_standard_input_and_files_of_several_encodings_read_alike(run, tmp_path):
    words = "40GW单晶硅项目年产硅片40亿片。"
    _, from_stdin, _ = run("check", "-", "--json", stdin=words.encode())
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "gb18030"):
        file = tmp_path / f"{encoding}.txt"
        file.write_bytes(words.encode(encoding))
        code, out, _ = run("check", str(file), "--json")
        assert code == 0
        assert json.loads(out)["quantities"] == json.loads(from_stdin)["quantities"]


def test_a_folder_of_articles_becomes_a_folder_of_pages(run, tmp_path):
    pytest.importorskip("jinja2")
    files = []
    for name in ("a", "b"):
        files.append(tmp_path / f"{name}.txt")
        files[-1].write_text(CLAIM, encoding="utf-8")
    code, out, err = run("check", *map(str, files), "--html", str(tmp_path / "pages"))
    assert code == 0
    assert out.count("a.txt") == out.count("b.txt") == 1
    for name in ("a", "b"):
        assert "<!doctype html>" in (tmp_path / "pages" / f"{name}.html").read_text("utf-8")
        assert f"{name}.html" in err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("check", "missing.txt"), "no such file 'missing.txt'"),
        (("check",), "Missing argument"),
        (("check", CLAIM, "--on", "soon"), "'soon'"),
        (("check", CLAIM, "--lang", "fr"), "'fr'"),
        (("estimate", "40"), "no unit"),
        (("estimate", "40 parsecs"), "parsecs"),
        (("estimate", "4 billion wafers"), "--format G12"),
        (("estimate", "4 billion wafers", "--format", "G13", "--efficiency", "22%"), "G12"),
        (("estimate", "4 billion wafers", "--format", "G12", "--efficiency", "22.7"), "percent"),
        (("estimate", "40 GW", "--country", "Chna", "--year", "2021"), "China"),
        (("estimate", "--", "-40 GW"), "-40"),
        (("facts", "three_gorgs"), "three_gorges"),
        (("simulate", "missing.epw"), "missing.epw"),
        (("nonsense",), "nonsense"),
    ],
)
def test_bad_input_is_one_line_and_exit_code_2(run, arguments, words):
    code, out, err = run(*arguments)
    assert code == 2
    assert out == ""
    assert err.count("\n") == 1
    assert words in err


@pytest.mark.parametrize("data", [b"\x00\x01\x02", bytes(range(128, 256)) * 3])
def test_a_file_that_is_not_text_is_refused(run, tmp_path, data):
    file = tmp_path / "claim.txt"
    file.write_bytes(data)
    code, _, err = run("check", str(file))
    assert code == 2
    assert "not text" in err


def test_wafers_become_watts_and_energy(run):
    # 4e9 · 440.96 cm² · 0.1 W/cm² · 0.227 = 40.04 GW; · 1166 h = 46.69 TWh
    arguments = ("4 billion wafers", "--format", "G12", "--efficiency", "22.7%")
    code, out, _ = run("estimate", *arguments, "--country", "China", "--year", "2021")
    assert code == 0
    assert "40.04 GW" in out
    assert "46.69" in out


def test_own_hours_are_taken_as_they_are(run):
    _, out, _ = run("estimate", "40 GW", "--hours", "1500", "--json")
    assert json.loads(out)[0]["energy_ac_kwh"] == pytest.approx(60e9)


def test_assumptions_lie_on_both_sides_of_the_claim(run):
    _, out, _ = run("assumptions", "--on", "2022-07", "--json")
    yields = [a["specific_yield_kwh_per_kw_dc"] for a in json.loads(out)]
    assert len(yields) >= 10
    assert min(yields) < 1500 < max(yields)


def test_facts_are_those_of_the_date(run):
    _, then, _ = run("facts", "three_gorges.generation", "--on", "2022-07", "--json")
    _, now, _ = run("facts", "three_gorges.generation", "--json")
    assert max(f["period"] for f in json.loads(then)) == 2021
    assert max(f["period"] for f in json.loads(now)) >= 2023


def test_facts_list_their_sources_by_number(run):
    _, out, _ = run("facts", "three_gorges.generation")
    assert "103.649 TWh" in out
    assert "China Three Gorges Corporation" in out


@pytest.mark.parametrize(
    "command", ["check", "estimate", "assumptions", "facts", "simulate", "map", "yields", "fetch"]
)
def test_every_command_helps_with_an_example(run, command):
    code, out, _ = run(command, "--help")
    assert code == 0
    assert "Example: wafer-calc " in out


def test_the_installed_program_answers_in_a_pipe():
    # a real process: UTF-8 out whatever the locale says, no colour, no traceback
    done = subprocess.run(
        [sys.executable, "-m", "wafer_calc.cli", "check", "年产硅片40亿片的40GW项目"],
        capture_output=True,
        check=False,
        env={"PYTHONPATH": str(Path(cli.__file__).parents[2]), "LC_ALL": "C", "PYTHONUTF8": "0"},
    )
    assert done.returncode == 0
    assert "40亿片" in done.stdout.decode("utf-8")
    assert b"\x1b[" not in done.stdout
    assert done.stderr == b""
