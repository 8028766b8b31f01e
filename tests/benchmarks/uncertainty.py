"""Timings of the uncertainty part; run as a script for the figures, or with pytest -m benchmark."""

import resource
import subprocess
import sys
import time
import tracemalloc

import pytest

from wafer_calc.uncertainty import between, needed, normal, propagate, sobol, tornado, triangular
from wafer_calc.units import Q_

# Widths chosen to exercise every kind of distribution; they are no statement about the world.
CHAIN = {
    "n_wafers": between(Q_(3.8e9, "wafer"), Q_(4.2e9, "wafer")),
    "area": normal(Q_(0.0441, "m**2/wafer"), Q_(0.0001, "m**2/wafer")),
    "cell_efficiency": triangular(0.222, 0.227, 0.232, ""),
    "cell_to_module": triangular(0.96, 0.98, 1.0, ""),
    "cell_yield": triangular(0.96, 0.98, 0.99, ""),
    "module_yield": triangular(0.985, 0.992, 0.998, ""),
    "insolation": between(Q_(1700, "kWh/m**2"), Q_(2000, "kWh/m**2")),
    "performance_ratio": between(0.78, 0.88, ""),
    "uncurtailed": triangular(0.93, 0.975, 0.99, ""),
    "weather": between(0.967, 1.033, ""),
}


CLAIM = "包头40GW单晶硅项目年产40亿片硅片，全部制成光伏电站后年发电量超过600亿度，相当于三峡的60%"


def energy_twh(**factor):
    """Wafers into annual energy: ten factors, as arrays with units."""
    power = factor["n_wafers"] * factor["area"] * Q_(1000.0, "W/m**2")
    power = power * (
        factor["cell_efficiency"]
        * factor["cell_to_module"]
        * factor["cell_yield"]
        * factor["module_yield"]
    )
    hours = factor["insolation"] / Q_(1.0, "kW/m**2")
    return (
        power * hours * (factor["performance_ratio"] * factor["uncurtailed"] * factor["weather"])
    ).to("TWh")


def best(work, times=3):
    """Shortest of several runs [s]."""
    found = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        found.append(time.perf_counter() - start)
    return min(found)


@pytest.mark.benchmark
def test_a_million_samples_of_ten_factors_under_a_second_and_200_megabytes():
    propagate(energy_twh, CHAIN, 2**10, rng=1)  # imports
    seconds = best(lambda: propagate(energy_twh, CHAIN, 2**20, rng=1))
    tracemalloc.start()
    propagate(energy_twh, CHAIN, 2**20, rng=1)
    peak = tracemalloc.get_traced_memory()[1] / 1e6
    tracemalloc.stop()
    rss = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"2**20 samples, ten factors: {seconds:.2f} s, {peak:.0f} MB (process {rss:.0f} MB)")
    assert seconds < 1.0
    assert peak < 200.0


@pytest.mark.benchmark
def test_sobol_indices_under_half_a_second():
    seconds = best(lambda: sobol(energy_twh, CHAIN, rng=1))
    print(f"Sobol indices, ten factors: {seconds:.3f} s")
    assert seconds < 0.5


@pytest.mark.benchmark
def test_small_questions_are_quick():
    fourteen = best(lambda: propagate(energy_twh, CHAIN, rng=1))
    swings = best(lambda: tornado(energy_twh, CHAIN))
    inverse = best(
        lambda: needed(
            lambda capacity_dc, full_load_hours: capacity_dc * full_load_hours,
            Q_(60, "TWh"), "full_load_hours", fixed={"capacity_dc": Q_(40, "GW")},
        )
    )  # fmt: skip
    print(
        f"2**14 samples {fourteen * 1e3:.1f} ms, tornado {swings * 1e3:.1f} ms, "
        f"needed value {inverse * 1e3:.2f} ms"
    )
    assert fourteen < 0.06


@pytest.mark.benchmark
def test_odds_add_less_than_sixty_milliseconds_to_a_fact_check():
    from wafer_calc.assumptions.classes import reference_classes, sampled
    from wafer_calc.claims import check

    def bare():
        check(CLAIM, on="2022-07", probability=False)

    def with_odds():
        reference_classes.cache_clear()
        check(CLAIM, on="2022-07")

    def drawn():
        for one in reference_classes(province="Inner Mongolia", on="2022-07"):
            sampled(one, 2**14, rng=1)

    for work in (bare, with_odds, drawn):
        work()
    without, closed, samples = best(bare, 7), best(with_odds, 7), best(drawn, 7)
    print(
        f"fact-check {without * 1e3:.1f} ms; odds in closed form and needed values add "
        f"{(closed - without) * 1e3:.1f} ms; 2**14 samples of each of four classes "
        f"{samples * 1e3:.1f} ms"
    )
    assert closed - without + samples < 0.06


@pytest.mark.benchmark
def test_a_service_life_and_a_growing_fleet():
    from wafer_calc.assumptions.classes import fleet_class
    from wafer_calc.assumptions.years import class_lifetime, class_passing_year

    fleet = fleet_class("China", 2021)
    life = best(lambda: class_lifetime(Q_(40, "GW"), fleet, 30, rng=1))
    passed = best(lambda: class_passing_year(Q_(40, "GW"), fleet, Q_(103.6, "TWh"), rng=1))
    print(f"30 years, 2**14 samples: {life * 1e3:.0f} ms; passing year {passed * 1e3:.0f} ms")


@pytest.mark.benchmark
def test_cold_imports():
    for module in (
        "numpy, pint",
        "wafer_calc.uncertainty",
        "scipy.special",
        "scipy.optimize",
        "scipy.stats",
    ):
        code = (
            f"import time; t = time.perf_counter(); import {module}; print(time.perf_counter() - t)"
        )
        found = [
            float(
                subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout
            )
            for _ in range(3)
        ]
        print(f"import {module}: {min(found):.2f} s")


if __name__ == "__main__":
    for check in [value for name, value in list(globals().items()) if name.startswith("test_")]:
        check()
