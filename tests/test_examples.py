"""Every example runs as a reader would run it; each asserts its own headline number."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
EXAMPLES = sorted((ROOT / "examples").glob("*.py"))
HEADLINES = {
    "01_units_and_wafers": ("40.0 GW", "30.3 %: above silicon's limit of 29.4 %"),
    "02_one_capacity_many_assumptions": ("46.6 TWh", "51.2 TWh", "in year 3"),
    "03_check_a_claim": ("10 W/piece", "1500 hour", "holds_if"),
}


def test_every_example_has_its_headline():
    assert {path.stem for path in EXAMPLES} == set(HEADLINES)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_runs_and_prints_its_headline(path):
    done = subprocess.run(
        [sys.executable, "-W", "error", str(path)],
        capture_output=True,
        encoding="utf-8",
        env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    for headline in HEADLINES[path.stem]:
        assert headline in done.stdout
