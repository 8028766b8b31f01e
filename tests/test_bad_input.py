"""Every public computation refuses what it cannot mean, with a typed error that says what was wrong."""

import math

import pint
import pytest

import wafer_calc as wc
from wafer_calc import Q_
from wafer_calc.assumptions import (
    default_set,
    fleet,
    full_load_hours,
    guaranteed_hours,
    insolation,
    plant_record,
)
from wafer_calc.energy import energy_in_year, factory_fleet, lifetime_energy
from wafer_calc.errors import RangeError, ShapeError, UnitError, UnknownNameError, WaferCalcError
from wafer_calc.wafers import WaferFormat, find_format

HOURS = full_load_hours(Q_(1500, "hour"), basis="dc")
YIELD = wc.annual_energy(Q_(40, "GW"), HOURS)
AGEING = {"first_year_loss": 0.02, "annual_degradation": 0.005}

# A working call of each function: its arguments by name, each quantity with its unit.
CALLS = {
    wc.power_per_wafer: {"wafer_format": "G12", "cell_efficiency": 0.23, "cell_to_module": 1.0},
    wc.capacity_from_wafers: {
        "n_wafers": Q_(4e9, "wafer"), "wafer_format": "G12", "cell_efficiency": 0.23,
        "cell_to_module": 1.0, "wafer_yield": 0.98, "cell_yield": 0.98, "module_yield": 0.99,
    },
    wc.wafers_from_capacity: {
        "capacity_dc": Q_(40, "GW"), "wafer_format": "G12", "cell_efficiency": 0.23,
        "cell_to_module": 1.0, "wafer_yield": 0.98, "cell_yield": 0.98, "module_yield": 0.99,
    },
    wc.implied_efficiency: {
        "capacity_dc": Q_(40, "GW"), "n_wafers": Q_(4e9, "wafer"), "wafer_format": "G12",
        "cell_to_module": 1.0, "wafer_yield": 0.98, "cell_yield": 0.98, "module_yield": 0.99,
    },
    WaferFormat: {
        "name": "own", "side": Q_(182, "mm"), "long_side": Q_(210, "mm"),
        "diameter": Q_(270, "mm"), "published_area": Q_(380, "cm^2"),
    },
    full_load_hours: {"hours": Q_(1500, "hour"), "basis": "ac", "dc_ac_ratio": 1.2},
    insolation: {
        "irradiation": Q_(1700, "kWh/m^2"), "plane": "horizontal", "performance_ratio": 0.8,
        "transposition_factor": 1.1,
    },
    wc.annual_energy: {"capacity_dc": Q_(40, "GW"), "assumption": HOURS, "curtailment": 0.02},
    energy_in_year: {"new": YIELD, "year": 3} | AGEING,
    lifetime_energy: {"new": YIELD, "years": 25} | AGEING,
    factory_fleet: {
        "capacity_per_year": Q_(40, "GW"), "years": 5, "assumption": HOURS, "curtailment": 0.02,
        "horizon": 6, "service_life": 25, "first_year_share": 0.5,
    } | AGEING,
}  # fmt: skip
QUANTITIES = [
    (call, name)
    for call, arguments in CALLS.items()
    for name, value in arguments.items()
    if isinstance(value, pint.Quantity)
]
FRACTIONS = [
    (call, name)
    for call, arguments in CALLS.items()
    for name, value in arguments.items()
    if isinstance(value, float)
]


def _ids(value):
    return getattr(value, "__name__", value)


def refuse(call, name, value, error):
    """The call with one argument replaced raises this error, and the message begins with its name."""
    with pytest.raises(error) as caught:
        call(**(CALLS[call] | {name: value}))
    assert isinstance(caught.value, WaferCalcError)
    assert str(caught.value).startswith(f"{name}: "), str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize("call", CALLS, ids=_ids)
def test_the_calls_work_as_they_stand(call):
    assert call(**CALLS[call]) is not None


@pytest.mark.parametrize(("call", "name"), QUANTITIES, ids=_ids)
def test_a_quantity_without_its_unit(call, name):
    number = CALLS[call][name].magnitude
    assert f"{number!r} has no unit, wanted" in refuse(call, name, number, UnitError)


@pytest.mark.parametrize(("call", "name"), QUANTITIES, ids=_ids)
@pytest.mark.parametrize("unit", ["kg", "CNY", "person"])
def test_a_quantity_of_another_dimension(call, name, unit):
    assert ", wanted " in refuse(call, name, Q_(1.0, unit), UnitError)


@pytest.mark.parametrize(("call", "name"), QUANTITIES, ids=_ids)
@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf])
def test_a_quantity_that_is_not_finite(call, name, number):
    unit = CALLS[call][name].units
    assert "is not finite" in refuse(call, name, Q_(number, unit), RangeError)


@pytest.mark.parametrize(("call", "name"), QUANTITIES, ids=_ids)
def test_a_quantity_below_zero(call, name):
    assert "is too low, wanted" in refuse(call, name, -CALLS[call][name], RangeError)


@pytest.mark.parametrize(("call", "name"), FRACTIONS, ids=_ids)
def test_percent_in_the_place_of_a_fraction(call, name):
    assert "if percent was meant, write Q_(22.7, '%')" in refuse(call, name, 22.7, RangeError)


@pytest.mark.parametrize(("call", "name"), FRACTIONS, ids=_ids)
@pytest.mark.parametrize("number", [math.nan, math.inf, -0.1])
def test_a_fraction_that_is_none(call, name, number):
    refuse(call, name, number, RangeError)


@pytest.mark.parametrize(("call", "name"), FRACTIONS, ids=_ids)
@pytest.mark.parametrize("value", ["much", None, Q_(0.2, "kW")])
def test_something_else_than_a_fraction(call, name, value):
    if value is None and name in {"performance_ratio", "transposition_factor", "dc_ac_ratio"}:
        value = object()  # None stands for "not given" there
    refuse(call, name, value, UnitError)


@pytest.mark.parametrize(
    "call", [c for c, arguments in CALLS.items() if "wafer_format" in arguments], ids=_ids
)
@pytest.mark.parametrize("name", ["M11", "", "210 W", None, 182])
def test_an_unknown_format(call, name):
    message = refuse(call, "wafer_format", name, UnknownNameError)
    assert "nearest:" in message or "known:" in message or "wanted a name such as" in message


@pytest.mark.parametrize(
    ("call", "name", "came", "told"),
    [
        (fleet, "country", "Atlantis", "country: no such name 'Atlantis'"),
        (fleet, "country", None, "country: no such name 'None'"),
        (guaranteed_hours, "zone", "zone 51", "zone: no such name 'zone 51'"),
        (plant_record, "plant_name", "Gollmud", "plant: no such name 'Gollmud'; nearest: golmud"),
        (find_format, "name", "M1O", "wafer_format: no such name 'M1O'; nearest: .*M10"),
    ],
)
def test_names_that_no_table_has(call, name, came, told):
    with pytest.raises(UnknownNameError, match=told):
        call(**{name: came})


@pytest.mark.parametrize("call", [default_set, guaranteed_hours])
@pytest.mark.parametrize("on", ["2022-13", "July 2022", "", "22"])
def test_dates_that_are_none(call, on):
    with pytest.raises(WaferCalcError, match="on: .* is no date"):
        call(on=on)


def test_arrays_that_do_not_go_together():
    with pytest.raises(ShapeError, match=r"cell_efficiency \(2,\), cell_to_module \(3,\)"):
        wc.power_per_wafer("G12", cell_efficiency=[0.2, 0.21], cell_to_module=[1, 1, 1])
    with pytest.raises(ShapeError, match=r"wafer_yield \(2,\), cell_yield \(3,\)"):
        wc.capacity_from_wafers(
            Q_(1, "wafer"), "G12", cell_efficiency=0.2, wafer_yield=[1, 1], cell_yield=[1, 1, 1]
        )


def test_an_unknown_public_name():
    with pytest.raises(AttributeError, match="module 'wafer_calc' has no attribute 'power'"):
        wc.power  # noqa: B018  # the access itself is tested
