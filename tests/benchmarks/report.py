"""Time to write the HTML report with its figures, cold; run as a script, or with pytest -m benchmark."""

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

CLAIM = (
    "A factory of 40 GW a year makes 4 billion wafers a year. As solar plants they would generate "
    "over 60 TWh a year, 60% of the Three Gorges dam's annual generation."
)
CODE = """
import sys
from pathlib import Path
from wafer_calc import check, report
page = report.html(check({claim!r}, on="2022-07"), {lang!r})
Path(sys.argv[1]).write_text(page, encoding="utf-8")
"""
LIMIT_S = 2.0


def cold_seconds(code: str, path: Path) -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", code, str(path)], check=True)
    return time.perf_counter() - start


def measure(lang: str, times: int = 5) -> tuple[float, int]:
    """Median wall time of a fresh process, checking included, and the page's size."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.html"
        seconds = [cold_seconds(CODE.format(claim=CLAIM, lang=lang), path) for _ in range(times)]
        return statistics.median(seconds), path.stat().st_size


@pytest.mark.benchmark
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_report_with_figures_takes_under_two_seconds_cold(lang):
    seconds, size = measure(lang)
    assert seconds < LIMIT_S
    assert size < 500_000


if __name__ == "__main__":
    for language in ("en", "zh"):
        seconds, size = measure(language)
        print(f"HTML report with figures, {language}: {seconds:.2f} s cold, {size / 1000:.0f} kB")
