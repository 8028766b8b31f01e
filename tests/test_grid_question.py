import maps
import matplotlib.collections
import numpy as np
import pytest
import xarray as xr
from matplotlib.figure import Figure
from pint.testing import assert_allclose

from wafer_calc.claims import check
from wafer_calc.errors import AssumptionError, RangeError, ReadError, ShapeError, UnitError
from wafer_calc.grid import annual_yield, figure, where
from wafer_calc.grid.question import needed_yield, share_of_area
from wafer_calc.plant import Plant
from wafer_calc.units import Q_

CLAIM = (Q_(40, "GW"), Q_(60, "TWh"))


def yields(values, latitude=(60.0, 0.0), longitude=(100.0, 101.0), year=(2021,)):
    values = np.asarray(values, dtype=float)
    return xr.Dataset(
        {"specific_yield": (("year", "latitude", "longitude"), values.reshape(len(year), 2, 2))},
        {"year": list(year), "latitude": list(latitude), "longitude": list(longitude)},
    )


def test_sixty_terawatt_hours_of_forty_gigawatts():
    assert needed_yield(CLAIM) == 1500.0
    assert needed_yield((Q_(40e9, "W"), Q_(216, "PJ"))) == pytest.approx(1500.0)  # 216 / 3.6 = 60
    text = "40GW项目全部达产后，如果全部用于光伏电站，年发电量将会超过600亿度"
    assert needed_yield(text) == 1500.0
    assert needed_yield(check(text)) == 1500.0


def test_cells_their_margin_and_their_share_of_the_area():
    found = where(CLAIM, yields([1500.0, 1499.0, 1650.0, 1200.0]))
    assert found.meets.values.tolist() == [[1.0, 0.0], [1.0, 0.0]]
    np.testing.assert_allclose(found.margin.values, [[0.0, -1 / 1500], [0.1, -0.2]], atol=1e-12)
    # a cell at 60° has half the area of one at the equator: (0.5 + 1) / (1 + 2)
    assert found.attrs["share_of_area"] == pytest.approx(0.5)
    assert found.attrs["needed_yield"] == 1500.0
    # without weather at the equator's poorer cell: (0.5 + 1) / (1 + 1)
    found = where(CLAIM, yields([1500.0, 1499.0, 1650.0, np.nan]))
    assert found.meets[1, 1].isnull()
    assert found.attrs["share_of_area"] == pytest.approx(0.75)


def test_the_mean_of_the_years_decides():
    found = where(
        CLAIM, yields([1400, 1400, np.nan, 1400, 1600, 1500, 1600, 1700], year=(2020, 2021))
    )
    assert found.meets.values.tolist() == [[1.0, 0.0], [1.0, 1.0]]


def test_no_weather_anywhere_has_no_share():
    assert np.isnan(where(CLAIM, yields([np.nan] * 4)).attrs["share_of_area"])


def test_weather_becomes_yields_first():
    ds, plant = maps.made_map(2, 2), Plant(surface_tilt=30)
    best = float(annual_yield(ds, plant).specific_yield.max())
    lazy = where((Q_(1, "kW"), Q_(best, "kWh")), ds.chunk(latitude=1), plant)
    assert lazy.meets.chunks
    assert "share_of_area" not in lazy.attrs
    assert float(lazy.meets.sum()) == 1.0
    assert 0.2 < share_of_area(lazy) < 0.3
    with pytest.raises(UnitError, match="plant: none came"):
        where(CLAIM, ds)


@pytest.mark.parametrize(
    ("claim", "error", "told"),
    [
        ("太阳能很好。", AssumptionError, "names no energy a year of a capacity"),
        ((Q_(0, "GW"), Q_(60, "TWh")), AssumptionError, "a capacity of 0 W makes nothing"),
        ((40, 60), UnitError, "capacity_dc: 40 has no unit"),
        ((Q_(40, "GW"), Q_(60, "GW")), UnitError, "energy"),
        ((Q_(40, "GW"), Q_(-60, "TWh")), RangeError, "energy: .* too low"),
        ((Q_(40, "GW"),), UnitError, "claim: tuple came"),
        (1500, UnitError, "claim: int came, wanted a FactCheck, a text, or capacity and energy"),
    ],
)
def test_claims_without_a_needed_yield_are_refused(claim, error, told):
    with pytest.raises(error, match=told):
        where(claim, yields([1500.0] * 4))


def test_the_figure_outlines_what_meets_the_claim():
    ax = figure(where(CLAIM, yields([1600.0, 1499.0, 1650.0, 1200.0])))
    assert ax.get_title(loc="left") == "Outlined: at least 1500 kWh/kW, 50% of the area"
    lines = [c for c in ax.collections if isinstance(c, matplotlib.collections.LineCollection)]
    # the western column of two cells: two edges west, two east, one north, one south
    assert [len(c.get_segments()) for c in lines] == [6, 6]
    ends = np.array(lines[0].get_segments()).reshape(-1, 2)
    assert ends[:, 0].min() == 99.5
    assert ends[:, 0].max() == 100.5
    (scale,) = ax.child_axes
    assert scale.get_ylabel() == "specific yield [kWh per kW DC and year]"
    assert [t.get_text() for t in scale.texts] == ["1500 ▸"]


def test_the_mark_stays_by_the_scale_when_no_cell_comes_near():
    ax = figure(where(CLAIM, yields([1000.0, 1100.0, 1200.0, 1300.0])))
    assert ax.get_title(loc="left") == "No cell reaches 1500 kWh/kW"
    assert [t.get_text() for t in ax.child_axes[0].texts] == ["1500 ▴"]


def test_figures_of_yields_alone_of_curved_grids_and_on_axes_of_ones_own(tmp_path):
    plain = yields([1600.0, np.nan, 1650.0, 1200.0])
    ax = Figure().add_subplot()
    assert figure(plain, ax) is ax
    assert ax.get_title(loc="left") == "Yearly yield"
    turned = where(CLAIM, plain.transpose("longitude", "latitude", "year"))
    assert figure(turned).get_xlim() == (99.5, 101.5)
    curved = xr.Dataset(
        {"specific_yield": (("y", "x"), [[1600.0, 1400.0], [1700.0, 1300.0]])},
        {
            "lat": (("y", "x"), [[50.0, 51.0], [48.0, 49.0]]),
            "lon": (("y", "x"), [[9.0, 11.0], [10.0, 12.0]]),
        },
    )
    drawn = figure(where(CLAIM, curved))
    drawn.figure.savefig(tmp_path / "map.png")
    assert (tmp_path / "map.png").stat().st_size > 5000


def test_what_is_no_map_is_refused():
    with pytest.raises(ShapeError, match="wanted two dimensions in space"):
        figure(yields([1.0] * 4).isel(latitude=0))
    with pytest.raises(ReadError, match="no coordinate called latitude or lat"):
        figure(yields([1.0] * 4).drop_vars("latitude"))


def test_needed_energy_comes_back_from_the_needed_yield():
    assert_allclose(Q_(needed_yield(CLAIM), "kWh/kW") * Q_(40, "GW"), Q_(60, "TWh"))
