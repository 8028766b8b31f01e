"""The simulation over a map: yields of every cell, where a claim would hold, a store to resume."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from wafer_calc.grid.opening import open_zarr
    from wafer_calc.grid.question import figure, where
    from wafer_calc.grid.store import to_zarr
    from wafer_calc.grid.yields import annual_yield

__all__ = ["annual_yield", "figure", "open_zarr", "to_zarr", "where"]

# loaded on first use: a figure needs no store, and neither is needed for a yield
_HOMES = {
    "annual_yield": "yields",
    "figure": "question",
    "open_zarr": "opening",
    "to_zarr": "store",
    "where": "question",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'wafer_calc.grid' has no attribute {name!r}")
    return getattr(import_module(f"wafer_calc.grid.{_HOMES[name]}"), name)
