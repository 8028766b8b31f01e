import pickle
import subprocess
import sys

import pint
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pint.testing import assert_allclose

from wafer_calc.errors import ReadError, UnitError
from wafer_calc.tables import read_table
from wafer_calc.units import Q_, fraction, magnitude, quantity, ureg

READINGS = {
    "600亿度": Q_(60, "TWh"),
    "六百亿千瓦时": Q_(60, "TWh"),
    "40亿片": Q_(4e9, "wafer"),
    "40億片": Q_(4e9, "wafer"),
    "1600万千瓦": Q_(16, "GW"),
    "1.2万亿千瓦时": Q_(1200, "TWh"),
    "三千多万吨": Q_(3e7, "metric_ton"),
    "3萬噸": Q_(3e4, "metric_ton"),
    "4 billion wafers": Q_(4e9, "wafer"),
    "1,058 MW": Q_(1.058, "GW"),
    "16 170 MWh": Q_(16.17, "GWh"),
    "1，000 kWh": Q_(1, "MWh"),
    "half a million homes": Q_(5e5, "household"),
    "２０ＧＷ": Q_(20, "GW"),
    "3000余亩": Q_(2e6, "m**2"),  # 3000 · 2000/3 m²
    "60％": Q_(0.6, ""),
    "20 MWp": Q_(20, "MW"),
    "六成": Q_(0.6, ""),
    "17,000 California homes": Q_(17_000, "household"),
    "$2.5 billion": Q_(2.5e9, "USD"),
    "GBP644m": Q_(6.44e8, "GBP"),
    "300亿元人民币": Q_(3e10, "CNY"),
    "0.35元/千瓦时": Q_(0.35, "CNY/kWh"),
    "$50/MWh": Q_(0.05, "USD/kWh"),
    "7 US cents/kWh": Q_(0.07, "USD/kWh"),
    "350 g/kWh": Q_(0.35, "kg/kWh"),
    "12 MT": Q_(12, "metric_ton"),
    "12 Mt": Q_(12e6, "metric_ton"),
    "5 kt": Q_(5000, "metric_ton"),
    "12,000 tons": Q_(12_000, "metric_ton"),  # a ton is a tonne in our texts
    "a terawatt hour": Q_(1, "TWh"),
    "5千瓦": Q_(5, "kW"),
    "9 million solar panels": Q_(9e6, "panel"),
}


@pytest.mark.parametrize(("text", "wanted"), READINGS.items())
def test_reads_a_quantity_as_the_press_prints_it(text, wanted):
    read = quantity(text)
    assert isinstance(read, pint.Quantity)
    assert_allclose(read.to(wanted.units), wanted, rtol=1e-9)


@pytest.mark.parametrize(
    ("text", "kind", "says"),
    [
        ("9**9**9", UnitError, "unknown unit"),
        ("__import__('os')", ReadError, "no number"),
        ("", ReadError, "empty"),
        (" \n", ReadError, "empty"),
        ("40GW 50GW", ReadError, "more than one quantity"),
        ("40GW和60亿度", ReadError, "more than one quantity"),
        ("5 zorks", UnitError, "unknown unit 'zorks'"),
        ("5 megawat", UnitError, "nearest: megawatt"),
        ("1.5 millon homes", UnitError, "millon homes"),
        ("40", UnitError, "has no unit"),
        ("1200~1500小时", ReadError, "is a range"),
        ("约40GW", ReadError, "begins with '约'"),
        ("9" * 400 + "GW", ReadError, "no number that can be read"),
        (None, ReadError, "is no string"),
        (b"5 GW", ReadError, "is no string"),
    ],
)
def test_says_what_is_wrong(text, kind, says):
    with pytest.raises(kind, match=says.replace("*", r"\*").replace("(", r"\(")):
        quantity(text)


@given(st.text(max_size=40))
def test_any_text_is_a_quantity_or_one_of_our_errors(text):
    try:
        read = quantity(text)
    except (UnitError, ReadError):
        return
    assert isinstance(read, pint.Quantity)


def test_every_row_of_the_word_table_has_pints_own_factor():
    base_names = {"piece": "wafer", "dimensionless": ""}
    table = read_table("wafer_calc", "units")
    for base, rows in table.items():
        if base in ("words", "degC"):
            continue
        for name, row in rows.items():
            factor = float(row.split()[0])
            assert ureg.Quantity(1.0, name).m_as(base_names.get(base, base)) == pytest.approx(
                factor, rel=1e-9
            ), name


def test_no_word_stands_for_two_units():
    seen = {}
    for rows in (t for key, t in read_table("wafer_calc", "units").items() if key != "words"):
        for name, row in rows.items():
            for word in row.split()[1:]:
                assert seen.setdefault(word.partition("!")[0], name) == name


def test_chinese_multipliers_are_no_prefixes_of_pint():
    for word in ("亿watt", "万watt", "吉watt"):
        assert word not in ureg
    assert f"{Q_(4e10, 'W').to_compact():~P}" == "40.0 GW"


def run(code):
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout


def test_an_application_registry_set_before_our_import_is_used():
    code = (
        "import pint; own = pint.UnitRegistry(); pint.set_application_registry(own)\n"
        "from wafer_calc.units import Q_, quantity\n"
        "total = own.Quantity(1, 'GW') + quantity('100万千瓦') + Q_(500, '千瓦')\n"
        "print(total.to('GW').magnitude, isinstance(total, pint.Quantity))"
    )
    assert run(code).split() == ["2.0005", "True"]


def test_a_pickle_opens_in_a_fresh_process_that_imports_us():
    packed = pickle.dumps([quantity("40亿片"), quantity("300亿元"), Q_(7.5, "CNY/wafer")])
    code = (
        "import pickle, wafer_calc.units as u\n"
        f"wafers, money, price = pickle.loads({packed!r})\n"
        "print((money / wafers - price).m_as('CNY/wafer'), (wafers + u.quantity('1亿片')).m)"
    )
    assert run(code).split() == ["0.0", "4100000000.0"]


def test_a_users_quantities_mix_with_ours():
    own = pint.get_application_registry().Quantity(60, "TWh")
    assert (own / quantity("40GW")).m_as("hour") == pytest.approx(1500.0)


def test_importing_twice_defines_once():
    code = (
        "import importlib, warnings; warnings.simplefilter('error')\n"
        "import wafer_calc.units as u; importlib.reload(u)\n"
        "print(u.quantity('1亩').m_as('m**2'))"
    )
    assert float(run(code)) == pytest.approx(666.667, abs=1e-3)


def test_magnitude_wants_a_unit_of_the_right_dimension():
    with pytest.raises(UnitError, match="capacity_dc: 40 has no unit, wanted W"):
        magnitude(40, "W", "capacity_dc")
    with pytest.raises(UnitError, match="capacity_dc"):
        magnitude(Q_(40, "GWh"), "W", "capacity_dc")
    assert magnitude(Q_(40, "GW"), "MW", "capacity_dc") == 40_000.0


def test_percent_and_fraction_mean_the_same():
    assert fraction(Q_(22.7, "%"), "x") == pytest.approx(fraction(0.227, "x"))
