"""Assumptions out of the simulation, and the shipped table of station yields held to it."""

import dataclasses
from importlib.resources import files

import numpy as np
import pytest

from wafer_calc import Q_
from wafer_calc.assumptions import clear_sky, fleet, insolation, region, site, weather
from wafer_calc.assumptions.make_station_table import make_station_table
from wafer_calc.assumptions.station_table import FILE, MOUNTINGS, station_yields, table_plant
from wafer_calc.energy import annual_energy, optimal_tilt, simulate
from wafer_calc.errors import AssumptionError, RangeError, UnknownNameError
from wafer_calc.plant import Plant
from wafer_calc.weather import all_stations, find_station, find_stations, station_weather


def per_kw(plant, stations):
    made = simulate(station_weather(stations), plant)
    return made.specific_yield.m_as("kWh/kW"), made.monthly.m_as("kWh"), made.performance_ratio


@pytest.mark.parametrize("mounting", MOUNTINGS)
def test_the_shipped_table_is_what_the_engine_gives(mounting):
    rows = station_yields(mounting)
    assert set(rows) == {station.wmo for station in all_stations()}
    for tilt in sorted({row.surface_tilt for row in rows.values()}):
        stations = [s for s in all_stations() if rows[s.wmo].surface_tilt == tilt]
        yields, months, ratios = per_kw(table_plant(mounting, surface_tilt=tilt), stations)
        kept = [rows[station.wmo] for station in stations]
        np.testing.assert_allclose([row.specific_yield for row in kept], yields, rtol=1e-3)
        np.testing.assert_allclose([row.monthly for row in kept], months, rtol=2e-3)
        np.testing.assert_allclose([row.performance_ratio for row in kept], ratios, rtol=1e-3)


@pytest.mark.parametrize("name", ["Baotou", "Lhasa", "Chengdu"])
def test_the_tilts_of_the_table_are_the_best_ones(name):
    station = find_station(name)
    best = optimal_tilt(station_weather(station), Plant()).m_as("degree")
    assert station_yields("fixed")[station.wmo].surface_tilt == pytest.approx(best, abs=0.51)


@pytest.mark.slow
def test_one_command_makes_the_table_anew():
    def figures(text):
        rows = [line.split(",") for line in text.splitlines()[2:]]
        return [row[:2] for row in rows], np.array([row[2:] for row in rows], dtype=float)

    shipped = (files("wafer_calc.assumptions") / FILE).read_text("utf-8")
    made = make_station_table()
    assert made.splitlines()[:2] == shipped.splitlines()[:2]
    assert figures(made)[0] == figures(shipped)[0]
    np.testing.assert_allclose(figures(made)[1], figures(shipped)[1], rtol=1e-3)


def test_baotou_by_either_name():
    a = site("Baotou")
    assert dataclasses.replace(site("包头"), note=a.note) == a
    assert 1480 < a.specific_yield < 1600
    assert sum(a.monthly) == pytest.approx(a.specific_yield, abs=0.1)
    assert (a.kind, a.basis, a.year, a.samples) == ("modelled", "dc", None, None)
    assert (a.name, a.name_zh) == ("Baotou, fixed plant, typical year", "包头固定支架电站，典型年")
    assert a.sources
    assert site("Baotou", mounting="tracker").specific_yield > a.specific_yield


def test_a_plant_of_ones_own_is_simulated():
    a = site("Baotou", plant=Plant(surface_tilt=40))
    yields, months, ratio = per_kw(Plant(surface_tilt=40), find_station("Baotou"))
    assert a.specific_yield == pytest.approx(float(yields))
    assert a.monthly == pytest.approx(tuple(months))
    assert a.performance_ratio == pytest.approx(float(ratio))
    assert site("Baotou", plant=Plant(surface_tilt=40, losses=0.3)).specific_yield < (
        0.85 * a.specific_yield
    )


def test_inner_mongolia_fixed_and_on_trackers():
    # the figures that the claim of 60 TWh for 40 GW (1500 kWh/kW) is held against
    fixed, tracking = (region("Inner Mongolia", mounting=m) for m in MOUNTINGS)
    assert fixed.specific_yield == pytest.approx(1530, rel=0.02)
    assert tracking.specific_yield == pytest.approx(1715, rel=0.02)
    assert len(fixed.samples) == len(find_stations("Inner Mongolia")) == 14
    assert fixed.specific_yield == pytest.approx(np.mean(fixed.samples))
    assert (fixed.low, fixed.high) == (min(fixed.samples), max(fixed.samples))
    assert "mean of 14 stations" in fixed.name
    assert fixed.name_zh == "内蒙古固定支架电站，14个气象站平均"
    made = annual_energy(Q_(40, "GW"), fixed)
    assert made.energy_ac.m_as("TWh") == pytest.approx(0.04 * fixed.specific_yield)
    assert made.monthly.m_as("TWh").sum() == pytest.approx(made.energy_ac.m_as("TWh"), rel=1e-4)


def test_regions_have_their_names():
    assert region("西北").name == region("north-western").name
    assert region("西北").name.startswith("North-west China, fixed plants, mean of 17")
    assert region("西北").name_zh.startswith("西北固定支架电站")
    assert (region("all").place, len(region("全国").samples)) == ("China", 67)
    own = region("Ningxia", plant=Plant(surface_tilt=35))
    assert own.name.startswith("Ningxia, given plants")


def test_given_weather_of_one_and_of_many_sites():
    one = weather(station_weather(find_station("Baotou")), plant=Plant(surface_tilt=38), name="w")
    assert one.name == "w"
    assert one.specific_yield == pytest.approx(
        site("Baotou", plant=Plant(surface_tilt=38)).specific_yield
    )
    many = weather(station_weather(find_stations("Gansu")), plant=Plant(surface_tilt=38))
    assert len(many.samples) == len(find_stations("Gansu"))
    assert many.specific_yield == pytest.approx(np.mean(many.samples))


def test_weather_with_gaps_has_no_year():
    whole = station_weather(find_station("Baotou"))
    holed = whole.ghi.copy()
    holed[100] = np.nan
    with pytest.raises(RangeError, match="weather: hours are missing at 1 of 1 sites"):
        weather(whole.replace(ghi=holed), plant=Plant())


def test_no_cloud_and_two_axes_bound_every_station():
    two_axes = Plant(tracking="two_axis")
    for name in ("Baotou", "Lhasa", "Golmud", "Guangzhou"):
        station = find_station(name)
        bound = clear_sky(
            station.latitude, station.longitude, altitude=station.altitude, plant=two_axes
        )
        assert bound.specific_yield > site(name, mounting="tracker").specific_yield * 1.1
        assert bound.specific_yield < 4000
    assert "upper bound" in bound.note
    assert clear_sky(40.66, 109.85, plant=two_axes, name="bound").name == "bound"
    south = clear_sky(-24.09, -69.93, plant=two_axes)
    assert south.name == "A sky without clouds at 24.09° S, 69.93° W"
    assert south.name_zh == "全年无云（南纬24.09°，西经69.93°）"


def test_irradiation_with_a_plant_of_its_own_losses():
    # (1 − 0.14) · 0.96 = 0.8256; at 45 °C less 0.37 % · 20 = 7.4 %: 0.7645
    plant = Plant(losses=0.14)
    cool = insolation(Q_(1950, "kWh/m^2"), plane="poa", plant=plant)
    warm = insolation(Q_(1950, "kWh/m^2"), plane="poa", plant=plant, temp_cell=Q_(45, "degC"))
    assert cool.specific_yield == pytest.approx(1950 * 0.8256)
    assert warm.performance_ratio == pytest.approx(0.8256 * (1 - 0.074))


def test_modelled_names_that_no_table_has():
    with pytest.raises(UnknownNameError, match=r"no such name 'Baotu'; nearest: .*Baotou"):
        site("Baotu")
    with pytest.raises(UnknownNameError, match="mounting: no such name 'roof'"):
        site("Baotou", mounting="roof")
    with pytest.raises(UnknownNameError, match="mounting: no such name 'roof'"):
        table_plant("roof")
    with pytest.raises(UnknownNameError, match="no such name 'Atlantis'"):
        region("Atlantis")
    with pytest.raises(RangeError):
        clear_sky(140, 0, plant=Plant())


def test_tabulated_hours_and_a_real_plant():
    with pytest.raises(AssumptionError, match="hold their plants' losses already"):
        fleet("China", 2021, plant=Plant())
    with pytest.raises(AssumptionError, match="give the plant to site, region"):
        annual_energy(Q_(40, "GW"), site("Baotou"), plant=Plant())
