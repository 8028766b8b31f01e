import subprocess
import sys

import pytest

from wafer_calc import facts
from wafer_calc.errors import ReadError, UnknownNameError


def test_the_year_before_the_claim_is_known_and_the_next_is_not():
    # CTG, 17 February 2022: 103.649 TWh in 2021
    known = facts.find("three_gorges.generation", on="2022-07")
    assert known.best.period == 2021
    assert known.best.value == pytest.approx(103.649, abs=0.05)


def test_no_topic_is_read_on_import():
    code = "import wafer_calc.facts.lookup as l; print(l._topic.cache_info().currsize)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "0"


def test_an_unknown_key_names_the_nearest():
    with pytest.raises(UnknownNameError, match="three_gorges.generation"):
        facts.find("three_gorges.genaration")


def test_a_date_that_is_none():
    with pytest.raises(ReadError, match="on: '2022-13' is no date"):
        facts.find("three_gorges.generation", on="2022-13")
