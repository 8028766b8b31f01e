"""The rules of the layout that no linter knows."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "wafer_calc"
FILES = sorted(PACKAGE.rglob("*.py"))


def imported_names(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Attribute) and node.attr == "iotools":
            names.add("pvlib.iotools")
    return names


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_a_file_is_one_subject(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 500


def test_only_weather_reads_weather_files():
    readers = {path for path in FILES if "pvlib.iotools" in imported_names(path)}
    assert all(path.is_relative_to(PACKAGE / "weather") for path in readers)


def test_only_the_command_line_prints_and_exits():
    for path in FILES:
        if path.is_relative_to(PACKAGE / "cli"):
            continue
        calls = [
            n.func for n in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(n, ast.Call)
        ]
        names = {f.id for f in calls if isinstance(f, ast.Name)}
        assert not names & {"print", "exit", "quit"}, path


def test_text_never_goes_into_the_unit_parser():
    for path in FILES:
        assert ".parse_expression(" not in path.read_text("utf-8"), path
