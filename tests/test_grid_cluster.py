"""The same call on a cluster: two worker processes, to the last digit."""

import maps
import numpy as np
import pytest
import xarray as xr

from wafer_calc.grid import annual_yield, to_zarr
from wafer_calc.plant import Losses, Plant, Tracker

distributed = pytest.importorskip("distributed")


@pytest.fixture(scope="module")
def client():
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        yield client


@pytest.fixture(scope="module")
def ds():
    made = maps.made_map(4, 6)
    made.ghi[1, 2, :] = np.nan
    return made


# a plant with records inside; none of it is a quantity
PLANT = Plant(
    tracking=Tracker(gcr=0.3), losses=Losses(soiling=0.05), temperature="pvsyst_freestanding"
)


def test_two_processes_give_what_one_does_to_the_last_digit(client, ds):
    alone = annual_yield(ds, PLANT)
    lazy = annual_yield(ds.chunk(latitude=2, longitude=2), PLANT)
    shared = lazy.compute()
    xr.testing.assert_identical(shared, alone)
    assert shared.specific_yield[0, 1, 2].isnull()
    assert shared.missing_hours[0, 1, 2] == 8760
    done = client.run(lambda dask_worker: dask_worker.state.executed_count)
    assert len(done) == 2
    assert all(count > 0 for count in done.values())


@pytest.mark.slow
def test_compiled_alike_in_each_process(client, ds):
    pytest.importorskip("numba")
    alone = annual_yield(ds, PLANT, engine="numba")
    lazy = annual_yield(ds.chunk(latitude=2, longitude=2), PLANT, engine="numba")
    xr.testing.assert_identical(lazy.compute(), alone)


def test_a_store_is_filled_by_the_cluster(client, ds, tmp_path):
    stored = to_zarr(ds.chunk(latitude=2), PLANT, tmp_path / "y.zarr")
    np.testing.assert_array_equal(stored.specific_yield, annual_yield(ds, PLANT).specific_yield)
    assert stored.attrs["errors"] == []
