"""Time `wafer-calc check` on one sentence against importing numpy and pint, both cold.

Run from the root of the repository: python tests/benchmarks/cold_start.py [PAIRS]
"""

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
FLOOR = "import numpy, pint; pint.get_application_registry().meter"
CLAIM = (
    "A 40 GW wafer factory will make 4 billion wafers a year; as solar plants they would generate "
    "more than 60 TWh a year, 60% of the output of the Three Gorges dam."
)
COMMANDS = {
    "floor: numpy, pint, one unit": ["-c", FLOOR],
    "check": ["-m", "wafer_calc.cli", "check", CLAIM],
    "check --no-probability": ["-m", "wafer_calc.cli", "check", CLAIM, "--no-probability"],
    "read a claim, in Python": ["-c", f"import wafer_calc as wc; wc.read_quantities({CLAIM!r})"],
}


def seconds(arguments: list[str]) -> float:
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    began = time.perf_counter()
    subprocess.run(
        [sys.executable, *arguments],
        check=True,
        cwd="/",
        env=environment,
        stdout=subprocess.DEVNULL,
    )
    return time.perf_counter() - began


def main(pairs: int = 9) -> None:
    for arguments in COMMANDS.values():
        seconds(arguments)  # byte code and the disk's cache
    rounds = [{name: seconds(a) for name, a in COMMANDS.items()} for _ in range(pairs)]
    floor = next(iter(COMMANDS))
    print(f"{'':32}{'median s':>10}{'over the floor, pair by pair':>32}")
    for name in COMMANDS:
        ratios = [r[name] / r[floor] for r in rounds]
        print(
            f"{name:32}{statistics.median(r[name] for r in rounds):10.3f}"
            f"{statistics.median(ratios):14.2f} ({min(ratios):.2f}–{max(ratios):.2f})"
        )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
