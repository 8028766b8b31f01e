import datetime

import pytest

from wafer_calc.tables import plain, read_table


def test_a_date_becomes_its_iso_text():
    # JSON has no dates; both ways of reading a table must give the same
    assert plain({"a": datetime.date(2022, 2, 17), "b": [1, 2.5, {"c": True}]}) == {
        "a": "2022-02-17",
        "b": [1, 2.5, {"c": True}],
    }


def test_a_table_that_is_not_there_says_so():
    with pytest.raises(FileNotFoundError, match="no_such_table"):
        read_table("wafer_calc.facts", "no_such_table")
