import warnings
from dataclasses import replace

import numpy as np
import pytest
from matplotlib.figure import Figure

from wafer_calc import Q_, report
from wafer_calc.energy import EnergyYield, simulate
from wafer_calc.errors import AssumptionError, RangeError, ShapeError, UnitError, WaferCalcWarning
from wafer_calc.plant import Plant
from wafer_calc.report import drawing, figures, yield_figures
from wafer_calc.uncertainty import Swing, Tornado
from wafer_calc.weather import clear_sky


@pytest.fixture
def no_chinese_font(monkeypatch):
    monkeypatch.setattr(drawing, "cjk_font", lambda: None)


def widths(ax):
    return [patch.get_width() for patch in ax.patches if patch.get_width() > 0]


def rendered(ax):
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # a glyph that no font has is a warning of matplotlib
        ax.figure.canvas.draw()
    return ax


def test_one_bar_an_assumption_and_the_claim_in_its_place(made_check):
    ax = rendered(figures.energies(made_check, lang="en"))
    # 950, 1166, 1500, 1530 h x 40 GW
    assert widths(ax) == pytest.approx([38.0, 46.64, 60.0, 61.2])
    dashed = [line for line in ax.lines if line.get_linestyle() == "--"]
    assert [line.get_xdata()[0] for line in dashed] == [60.0]
    assert [label.get_text() for label in ax.get_yticklabels()][0] == "Germany, fleet 2021"


def test_the_yardsticks_years_are_those_known_at_the_claims_date(made_check):
    ax = figures.energies(made_check, lang="en")
    years = {t.get_text() for t in ax.texts if t.get_text().isdigit() and len(t.get_text()) == 4}
    assert "2021" in years
    assert "2022" not in years  # published in 2023
    dotted = [x for line in ax.lines if line.get_linestyle() == ":" for x in line.get_xdata()[:1]]
    assert min(abs(x - 0.6 * 103.649) for x in dotted) < 1e-9


def test_each_kind_of_rating_and_source_looks_different(made_check):
    ax = figures.energies(made_check, lang="en")
    looks = {(p.get_facecolor(), p.get_hatch()) for p in ax.patches if p.get_width() > 0}
    assert len(looks) == 3  # missed, reached by a model, reached by a policy figure


def test_a_check_without_scenarios_cannot_be_drawn(made_check):
    with pytest.raises(RangeError, match="no scenario"):
        report.figure(replace(made_check, scenarios=()))


def test_a_figure_is_given_for_saving(made_check, tmp_path):
    drawn = report.figure(made_check)
    assert isinstance(drawn, Figure)
    drawn.savefig(tmp_path / "figure.png", dpi=50)
    assert (tmp_path / "figure.png").stat().st_size > 5000


def test_a_given_axes_is_drawn_on_and_given_back(made_check):
    ax = Figure().subplots(1, 2)[0]
    assert figures.energies(made_check, ax) is ax
    assert rendered(ax).get_legend() is not None


@pytest.mark.skipif(drawing.cjk_font() is None, reason="no Chinese font on this machine")
def test_chinese_labels_are_drawn_with_a_font_that_has_them(made_check):
    named = replace(made_check.scenarios[0], name="全国平均 2021")
    ax = rendered(figures.energies(replace(made_check, scenarios=(named,)), lang="zh"))
    assert ax.get_xlabel() == "年发电量 [TWh]"
    assert ax.get_yticklabels()[0].get_text() == "全国平均 2021"


@pytest.mark.usefixtures("no_chinese_font")
def test_without_a_chinese_font_the_figure_is_english_and_says_so(made_check):
    named = replace(made_check.scenarios[0], name="全国平均 2021")
    with pytest.warns(WaferCalcWarning, match="lettered in English"):
        ax = figures.energies(replace(made_check, scenarios=(named,)), lang="zh")
    assert ax.get_xlabel() == "annual energy [TWh]"
    assert ax.get_yticklabels()[0].get_text() == "assumption 1"


def test_dollars_and_long_names_are_drawn_as_they_are():
    assert drawing.drawable("a $x$", "") == r"a \$x\$"
    assert drawing.drawable("x" * 100, "") == "x" * 43 + "…"


def test_a_wafer_reaches_up_to_silicons_limit():
    ax = rendered(figures.wafer_powers(Q_(10, "W/wafer"), on="2022-07"))
    # G12: 441 cm2 less its corners, x 29.4 % x 1000 W/m2 is a little under 13 W
    assert 12.7 < max(widths(ax)) < 13.0
    assert [line.get_xdata()[0] for line in ax.lines] == [10.0]
    with pytest.raises(UnitError, match="implied"):
        figures.wafer_powers(10.0)


def test_prices_stand_at_their_dates_and_the_claim_among_them():
    ax = rendered(figures.wafer_prices(Q_(7.5, "CNY/wafer"), "2022-07"))
    star = [line for line in ax.lines if line.get_marker() == "*"]
    assert star[0].get_ydata()[0] == 7.5
    assert star[0].get_xdata()[0] == pytest.approx(2022.5, abs=0.06)
    assert ax.get_ylim()[0] == 0
    with pytest.raises(RangeError, match="needs its date"):
        figures.wafer_prices(Q_(7.5, "CNY/wafer"))
    with pytest.raises(RangeError, match="no price on record"):
        figures.wafer_prices(wafer_formats=("G99",))


def test_twelve_months_make_twelve_bars():
    ax = rendered(yield_figures.monthly_yield(Q_(np.arange(1.0, 13.0), "kWh/kW")))
    assert [patch.get_height() for patch in ax.patches] == pytest.approx(list(range(1, 13)))
    made = EnergyYield(
        capacity_dc=Q_(2, "GW"),
        energy_ac=Q_(156, "GWh"),
        specific_yield=Q_(78, "kWh/kW"),
        monthly=Q_(2 * np.arange(1.0, 13.0), "GWh"),
    )
    assert yield_figures.monthly_yield(made).patches[11].get_height() == pytest.approx(12.0)
    with pytest.raises(AssumptionError, match="has no months"):
        yield_figures.monthly_yield(replace(made, monthly=None))
    with pytest.raises(ShapeError, match=r"shape \(3,\), wanted \(12,\)"):
        yield_figures.monthly_yield([1.0, 2.0, 3.0])


def test_losses_multiply_down_to_what_is_delivered():
    ax = rendered(yield_figures.loss_waterfall({"soiling": 0.02, "inverter": 0.04}))
    heights = [patch.get_height() for patch in ax.patches]
    # 100, then 2.00, then 4 % of 98 = 3.92, left 94.08
    assert heights == pytest.approx([100.0, 2.0, 3.92, 94.08])
    with pytest.raises(AssumptionError, match="was not simulated"):
        yield_figures.loss_waterfall(
            EnergyYield(
                capacity_dc=Q_(1, "kW"), energy_ac=Q_(1, "MWh"), specific_yield=Q_(1000, "kWh/kW")
            )
        )
    with pytest.raises(RangeError, match="fractions, not percent"):
        yield_figures.loss_waterfall({"soiling": 2.0})
    with pytest.raises(RangeError, match="losses: empty"):
        yield_figures.loss_waterfall({})


def test_a_simulated_years_steps_end_at_its_energy():
    made = simulate(clear_sky(40.53, 109.88, 1004), Plant(surface_tilt=35))
    last = rendered(yield_figures.loss_waterfall(made, lang="zh")).patches[-1]
    # the steps lead from the horizontal irradiation to the AC energy, 1 kWh/m2 being 1 kWh per kW
    assert last.get_height() == pytest.approx(
        100 * made.energy_ac.m_as("kWh") / made.ghi.m_as("kWh/m^2")
    )


def test_the_strongest_input_is_on_top():
    swings = (
        Swing(name="full_load_hours", low=Q_(7, "TWh"), high=Q_(12000, "GWh")),
        Swing(name="capacity_dc", low=Q_(9.5, "TWh"), high=Q_(10.5, "TWh")),
    )
    ax = rendered(yield_figures.tornado(Tornado(base=Q_(10.0, "TWh"), swings=swings)))
    assert [label.get_text() for label in ax.get_yticklabels()] == [
        "capacity dc",
        "full load hours",
    ]
    assert sorted(patch.get_width() for patch in ax.patches) == [-3.0, -0.5, 0.5, 2.0]
    assert ax.get_xlabel() == "[TWh]"
    with pytest.raises(RangeError, match="no input is uncertain"):
        yield_figures.tornado(Tornado(base=Q_(10.0, "TWh"), swings=()))
