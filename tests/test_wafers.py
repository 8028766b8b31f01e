"""Wafer formats, watts per wafer, and wafers into capacity and back."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pint.testing import assert_allclose

from wafer_calc.errors import RangeError, ShapeError, UnitError, UnknownNameError
from wafer_calc.units import Q_
from wafer_calc.wafers import (
    WaferFormat,
    capacity_from_wafers,
    find_format,
    formats,
    implied_efficiency,
    power_per_wafer,
    wafers_from_capacity,
)


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("G12", "G12"),
        ("g12", "G12"),
        ("210", "G12"),
        ("210 mm", "G12"),
        ("210毫米", "G12"),
        ("182mm", "M10"),
        ("M10", "M10"),
        ("166", "M6"),
        ("158.75 mm", "G1"),
        ("156.75", "M2"),
        ("210R", "G12R"),
        ("182x210", "G12R"),
        ("210×182 mm", "G12R"),
        ("182*183.75", "G10L"),
    ],
)
def test_formats_by_the_names_of_the_trade(asked, name):
    assert find_format(asked).name == name


def test_every_printed_area_agrees_with_its_outline():
    printed = [fmt for fmt in formats() if fmt.published_area is not None]
    assert len(printed) >= 5
    for fmt in printed:
        assert_allclose(fmt.area, fmt.published_area, rtol=3e-4, msg=fmt.name)


def test_every_format_has_a_source_and_sides_in_order():
    for fmt in formats():
        assert fmt.sources, fmt.name
        full = fmt.side * (fmt.side if fmt.long_side is None else fmt.long_side)
        assert 0.9 * full < fmt.area <= full * (1 + 1e-12), fmt.name


def test_a_rectangle_without_a_corner_circle_is_full():
    # 18.2 cm · 21.0 cm = 382.2 cm²
    assert_allclose(find_format("G12R").area, Q_(382.2, "cm^2"))


def test_watts_of_a_g12():
    # 440.96 cm² · 0.1 W/cm² · 22.7 % = 10.01 W
    assert_allclose(power_per_wafer("G12", cell_efficiency=0.227), Q_(10.01, "W/wafer"), rtol=2e-4)
    assert_allclose(
        power_per_wafer("G12", cell_efficiency=Q_(22.7, "%"), cell_to_module=Q_(98, "%")),
        Q_(9.81, "W/wafer"),
        rtol=2e-4,
    )


def test_forty_gigawatts_out_of_four_billion_g12():
    capacity = capacity_from_wafers(Q_(4e9, "wafer"), "G12", cell_efficiency=0.227)
    assert_allclose(capacity, Q_(40.04, "GW"), rtol=1e-4)


def test_the_chinese_words_for_the_units_serve_as_well():
    capacity = capacity_from_wafers(Q_(4e9, "片"), "G12", cell_efficiency=0.227)
    assert capacity.m_as("吉瓦") == pytest.approx(40.04, rel=1e-4)


def test_yields_multiply():
    # 0.98 · 0.95 · 0.99 = 0.92169
    whole = capacity_from_wafers(Q_(1e6, "wafer"), "M10", cell_efficiency=0.24)
    less = capacity_from_wafers(
        Q_(1e6, "wafer"), "M10", cell_efficiency=0.24,
        wafer_yield=0.98, cell_yield=0.95, module_yield=Q_(99, "%"),
    )  # fmt: skip
    assert (less / whole).m_as("") == pytest.approx(0.92169)


@given(
    n=st.floats(0, 1e12),
    efficiency=st.floats(0.05, 0.4),
    ctm=st.floats(0.5, 1.1),
    shares=st.tuples(*[st.floats(0.1, 1.0)] * 3),
    name=st.sampled_from([fmt.name for fmt in formats()]),
)
def test_to_capacity_and_back(n, efficiency, ctm, shares, name):
    chain = dict(zip(("wafer_yield", "cell_yield", "module_yield"), shares, strict=True))
    chain |= {"cell_to_module": ctm}
    capacity = capacity_from_wafers(Q_(n, "wafer"), name, cell_efficiency=efficiency, **chain)
    back = wafers_from_capacity(capacity, name, cell_efficiency=efficiency, **chain)
    assert back.m_as("wafer") == pytest.approx(n, rel=1e-9, abs=1e-9)
    if n >= 1:
        implied = implied_efficiency(capacity, Q_(n, "wafer"), name, **chain)
        assert implied.value.m_as("") == pytest.approx(efficiency, rel=1e-9)


def test_no_wafers_no_watts():
    assert capacity_from_wafers(Q_(0, "wafer"), "M6", cell_efficiency=0.2) == Q_(0, "GW")
    assert wafers_from_capacity(Q_(0, "W"), "M6", cell_efficiency=0.2) == Q_(0, "wafer")


def test_ten_watts_per_wafer_needs_more_than_silicon_can_give_on_m10():
    # 40 GW / 4e9 = 10 W; 10 W / (330.15 cm² · 0.1 W/cm²) = 30.3 %, above the 29.4 % limit
    implied = implied_efficiency(Q_(40, "GW"), Q_(4e9, "wafer"), "M10")
    assert_allclose(implied.value, Q_(30.3, "%"), rtol=1e-3)
    assert implied.possible is False
    assert_allclose(implied.limit, Q_(29.4, "%"))
    assert "Richter" in implied.source.cite()


def test_ten_watts_per_wafer_is_possible_on_g12():
    # 10 W / 44.096 W = 22.68 %
    implied = implied_efficiency(Q_(40, "GW"), Q_(4e9, "wafer"), "G12")
    assert_allclose(implied.value, Q_(22.68, "%"), rtol=1e-3)
    assert implied.possible is True


def test_losses_on_the_way_ask_for_better_cells():
    # 22.68 % / (0.95 · 0.98) = 24.36 %
    implied = implied_efficiency(
        Q_(40, "GW"), Q_(4e9, "wafer"), "G12", cell_to_module=0.98, cell_yield=0.95
    )
    assert_allclose(implied.value, Q_(24.36, "%"), rtol=1e-3)


def test_arrays_go_through():
    capacity = Q_(np.array([20.0, 40.0, 53.0]), "GW")
    implied = implied_efficiency(capacity, Q_(4e9, "wafer"), "M10")
    np.testing.assert_array_equal(implied.possible, [True, False, False])
    watts = power_per_wafer("G12", cell_efficiency=np.array([0.2, 0.25]))
    assert_allclose(watts, Q_(np.array([8.819, 11.024]), "W/wafer"), rtol=1e-4)


def test_a_format_of_ones_own():
    own = WaferFormat(name="own", side=Q_(10, "cm"), long_side=Q_(20, "cm"))
    assert find_format(own) is own
    # 0.02 m² · 1000 W/m² · 0.25 = 5 W
    assert_allclose(power_per_wafer(own, cell_efficiency=0.25), Q_(5.0, "W/wafer"))


def test_unknown_formats_are_answered_with_the_nearest():
    with pytest.raises(UnknownNameError, match=r"wafer_format: no such name 'M11'; nearest: .*M10"):
        power_per_wafer("M11", cell_efficiency=0.2)
    with pytest.raises(UnknownNameError, match="wafer_format: 210 is a int, wanted a name such as"):
        find_format(210)


@pytest.mark.parametrize(
    ("changed", "error", "told"),
    [
        ({"side": 0.2}, UnitError, "side: 0.2 has no unit, wanted m"),
        ({"side": Q_(1, "kg")}, UnitError, "side: 1 kg is"),
        ({"side": Q_(-182, "mm")}, RangeError, "side: -0.182 m is too low, wanted more than 0 m"),
        ({"side": Q_(float("nan"), "mm")}, RangeError, "side: .* is not finite"),
        ({"long_side": Q_(100, "mm")}, RangeError, "long_side: 100 mm is shorter than side 182 mm"),
        ({"diameter": Q_(0, "mm")}, RangeError, "diameter: 0 m is too low"),
        ({"published_area": Q_(-1, "cm^2")}, RangeError, "published_area: -0.0001 m"),
    ],
)
def test_outlines_that_cannot_be(changed, error, told):
    with pytest.raises(error, match=told):
        WaferFormat(**({"name": "own", "side": Q_(182, "mm")} | changed))


def test_arrays_that_do_not_go_together():
    with pytest.raises(ShapeError, match=r"n_wafers \(2,\), power_per_wafer \(3,\)"):
        capacity_from_wafers(
            Q_(np.ones(2), "wafer"), "G12", cell_efficiency=np.array([0.2, 0.21, 0.22])
        )


def test_records_as_plain_values():
    made = json.loads(json.dumps(find_format("G12").to_dict()))
    assert (made["side_mm"], made["long_side_mm"], made["diameter_mm"]) == (210, None, 295)
    assert made["area_cm2"] == pytest.approx(440.96, abs=0.01)
    assert made["sources"]
    implied = implied_efficiency(Q_(np.array([20, 40]), "GW"), Q_(4e9, "wafer"), "M10")
    made = json.loads(json.dumps(implied.to_dict()))
    assert made["possible"] == [True, False]
    assert made["value_percent"][1] == pytest.approx(30.29, abs=0.01)
