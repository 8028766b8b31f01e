"""How many megabytes a second are read: claims end to end, claims among prose, and noise.

Run from the root of the repository: PYTHONPATH=.:tests python tests/benchmarks/reading.py
"""

import time
from pathlib import Path

import pytest
from claims_score import cases

from wafer_calc.claims import read_quantities

CASES = Path(__file__).parents[1] / "claims_cases"
NOISE = {"digits": "7", "亿": "亿", "spaces": " ", "commas": ",", "年": "年", "lines": "\n"}
LEAST_MB_S = 1.0
PROSE = {
    "zh": "记者在现场看到，工人们正在调试设备，车间里机器的声音此起彼伏。负责人表示，团队将继续改进工艺，"
    "与当地学校合作培养技术人员，让更多年轻人留在家乡工作，也希望把经验带到别的地方去。\n",
    "en": "Visitors were shown around the site by its manager, who spoke of the years it had taken to "
    "win over the neighbours. The council, for its part, hopes that the road will be mended before "
    "winter and that the school will send its pupils to see how the machines are looked after.\n",
}


def dense(lang: str, size: int) -> str:
    """Sentences with a quantity in every dozen words, as much as `size` bytes of them."""
    text = "\n".join(row["text"] for row in cases(CASES / f"{lang}.jsonl")) + "\n"
    return text * max(1, size // len(text.encode()))


def page(lang: str, size: int) -> str:
    """The same sentences, each followed by prose without a number, as in a newspaper."""
    text = "\n".join(row["text"] + "\n" + PROSE[lang] for row in cases(CASES / f"{lang}.jsonl"))
    return text * max(1, size // len(text.encode()))


def speed(text: str) -> float:
    """Megabytes a second, the best of three."""
    best = float("inf")
    for _ in range(3):
        begin = time.process_time()
        read_quantities(text)
        best = min(best, time.process_time() - begin)
    return len(text.encode()) / 1e6 / best


@pytest.mark.benchmark
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_megabyte_of_newsprint_reads_within_a_second_and_ten_within_ten(lang):
    assert speed(page(lang, 1_000_000)) >= LEAST_MB_S
    assert speed(page(lang, 10_000_000)) >= LEAST_MB_S


@pytest.mark.benchmark
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_claims_end_to_end_read_in_linear_time(lang):
    # ten times the text, at no less than half the speed
    assert speed(dense(lang, 10_000_000)) >= 0.5 * speed(dense(lang, 1_000_000))


@pytest.mark.benchmark
@pytest.mark.parametrize("name", NOISE)
def test_a_megabyte_of_noise_reads_within_a_second(name):
    assert speed(NOISE[name] * (1_000_000 // len(NOISE[name].encode()))) >= LEAST_MB_S


if __name__ == "__main__":
    read_quantities("40GW")
    for lang in ("zh", "en"):
        for size in (1_000_000, 10_000_000):
            for name, made in (("claims", dense), ("page", page)):
                text = made(lang, size)
                print(f"{lang} {name}, {len(text.encode()) / 1e6:4.1f} MB: {speed(text):5.2f} MB/s")
    for name, piece in NOISE.items():
        print(f"1 MB of {name}: {speed(piece * (1_000_000 // len(piece.encode()))):6.2f} MB/s")
