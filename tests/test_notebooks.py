"""The notebooks run from top to bottom, assert their headline numbers, and match their scripts."""

from pathlib import Path

import jupytext
import nbformat
import pytest

FOLDER = Path(__file__).parents[1] / "examples" / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))


def sources(notebook):
    return [(cell.cell_type, cell.source.strip()) for cell in notebook.cells]


def test_there_are_four():
    assert {path.stem for path in NOTEBOOKS} == {
        "claim_40gw", "how_sure", "weather_to_yield", "your_claim",
    }  # fmt: skip


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_says_what_its_script_says(path):
    script = jupytext.read(path.with_suffix(".py"))
    assert sources(nbformat.read(path, as_version=4)) == sources(script)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_outputs_are_kept_and_kept_small(path):
    notebook = nbformat.read(path, as_version=4)
    assert any(cell.get("outputs") for cell in notebook.cells)
    assert path.stat().st_size < 200_000
    assert "/home/" not in path.read_text("utf-8")
    assert not [
        output
        for cell in notebook.cells
        for output in cell.get("outputs", ())
        if output.output_type == "error"
    ]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_and_its_numbers_hold(path, tmp_path, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(FOLDER.parents[1]))  # the kernel is a process of its own
    client = pytest.importorskip("nbclient", reason="the notebook extra is not installed")
    notebook = nbformat.read(path, as_version=4)
    resources = {"metadata": {"path": str(tmp_path)}}
    done = client.NotebookClient(notebook, timeout=120, resources=resources).execute()
    asserting = [cell for cell in done.cells if "assert " in cell.source]
    assert asserting
    assert all(cell.execution_count for cell in asserting)
