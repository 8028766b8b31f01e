"""Yields of a map written to a zarr store block by block: what is done stays done."""

from __future__ import annotations

import hashlib
import itertools
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from wafer_calc.errors import MissingExtraError, ReadError, WaferCalcError
from wafer_calc.grid.yields import annual_yield
from wafer_calc.plant import Plant

if TYPE_CHECKING:
    import xarray as xr

_BLOCK_BYTES = 64 * 2**20  # of one variable, where the weather is in no chunks
# A cell is done once its missing hours are known: so they are written last
_DONE = "missing_hours"


def to_zarr(
    ds: xr.Dataset,
    plant: Plant,
    path: str | os.PathLike[str],
    *,
    progress: Callable[[int, int], None] | None = None,
    **options: Any,
) -> xr.Dataset:
    """Simulate a map block by block into a zarr store, which a second call takes up again.

    Parameters
    ----------
    ds : xarray.Dataset
        Weather, as for `annual_yield`; chunked by dask if it is larger than memory.
    plant : Plant
        What stands in every cell.
    path : path
        A folder: none yet, or what an earlier call for the same weather and plant left there.
    progress : callable, optional
        Called with the number of blocks done and of all blocks.
    **options
        For `annual_yield`.

    Returns
    -------
    xarray.Dataset
        That of `annual_yield`, opened from the store. Cells whose weather could not be read are NaN
        also in ``missing_hours``; the attribute ``errors`` has a line on each such block, and a
        later call tries them again.

    Raises
    ------
    ReadError
        A store of something else at `path`.
    MissingExtraError
        zarr or dask is not installed.
    UnitError, ShapeError, UnknownNameError
        As for `annual_yield`.

    Notes
    -----
    A block is a chunk in space, or all of space that 64 MB of a variable hold. As many are computed
    at once as there are processors, or by the `distributed.Client` there is; memory is bounded by
    that many blocks.
    """
    try:
        import dask
        import xarray as xr
        import zarr
    except ImportError as error:
        raise MissingExtraError(
            f"to_zarr: {error.name} is not installed; pip install 'wafer-calc[grid]'"
        ) from error

    lazy = annual_yield(_chunked(ds), plant, **options)
    folder = Path(path)
    run = _run_of(ds, lazy)
    if folder.exists() and any(folder.iterdir()):
        _check(zarr.open_group(folder, mode="r") if _is_zarr(folder) else None, folder, run)
    else:
        # a store's chunks are all alike; dask's need not be
        even = {d: max(sizes) for d, sizes in lazy.chunksizes.items()}
        empty = lazy.chunk(even).drop_encoding().assign_attrs(run=run, errors=[])
        empty.to_zarr(folder, compute=False, consolidated=False, zarr_format=3)
    group: Any = zarr.open_group(folder, mode="r+", use_consolidated=False)
    blocks = list(_blocks(lazy))
    # a client that is there takes the blocks; else each is one thread's work
    options_of_dask = (
        {} if dask.base.get_scheduler() else {"scheduler": "synchronous"}  # type: ignore[no-untyped-call]  # dask leaves it untyped
    )

    def computed(block: dict[Any, slice]) -> dict[str, Any]:
        made = lazy.isel(block).compute(**options_of_dask)
        return {str(name): made[name].to_numpy() for name in made.data_vars}

    errors = []
    left = [block for block in blocks if _is_open(group, lazy, block)]
    done = len(blocks) - len(left)
    pool = ThreadPoolExecutor(os.cpu_count() or 1)
    try:
        futures = {pool.submit(computed, block): block for block in left}
        for future in as_completed(futures):
            block = futures[future]
            try:
                figures = future.result()
            except Exception as error:  # whatever a codec or a file system raises on damaged data
                errors.append(_told(lazy, block, error))
            else:
                for name in sorted(figures, key=lambda name: name == _DONE):
                    group[name][_region(lazy, block)] = figures[name]
            done += 1
            if progress is not None:
                progress(done, len(blocks))
    finally:
        pool.shutdown(cancel_futures=True)
    group.attrs["errors"] = sorted(errors)
    found: xr.Dataset = xr.open_zarr(folder, consolidated=False)
    return found


def _chunked(ds: xr.Dataset) -> xr.Dataset:
    """Cut weather that is in no chunks into blocks along its first dimension in space."""
    if ds.chunks:
        return ds
    time = next((d for d in ("time", "valid_time") if d in ds.dims), None)
    widest = max(ds.data_vars.values(), key=lambda data: data.ndim, default=None)
    if widest is None or time is None:
        return ds
    space = [d for d in widest.dims if d != time]
    size = int(widest.dtype.itemsize * np.prod([ds.sizes[d] for d in widest.dims]))
    chunks: dict[Any, int] = {time: -1}
    if space:
        longest = max(space, key=lambda d: ds.sizes[d])
        pieces = -(-size // _BLOCK_BYTES)
        chunks[longest] = max(1, ds.sizes[longest] // pieces)
    return ds.chunk(chunks)


def _blocks(lazy: xr.Dataset) -> Iterator[dict[Any, slice]]:
    """Go through the chunks in space; each has all years."""
    sizes = {d: s for d, s in lazy[_DONE].chunksizes.items() if d != "year"}
    edges = [np.cumsum([0, *lengths]).tolist() for lengths in sizes.values()]
    slices = [[slice(a, b) for a, b in itertools.pairwise(e)] for e in edges]
    for chosen in itertools.product(*slices):
        yield dict(zip(sizes, chosen, strict=True))


def _region(lazy: xr.Dataset, block: dict[Any, slice]) -> tuple[slice, ...]:
    return tuple(block.get(d, slice(None)) for d in lazy[_DONE].dims)


def _is_open(group: Any, lazy: xr.Dataset, block: dict[Any, slice]) -> bool:
    try:
        known = group[_DONE][_region(lazy, block)]
    except Exception:  # a chunk of the store itself that was damaged is computed again
        return True
    return bool(np.isnan(known).any())


def _told(lazy: xr.Dataset, block: dict[Any, slice], error: Exception) -> str:
    where = ", ".join(f"{d} {s.start} to {s.stop - 1}" for d, s in block.items()) or "the point"
    kind = "" if isinstance(error, WaferCalcError) else f"{type(error).__name__}: "
    return f"{where}: {kind}{' '.join(str(error).split())}"[:500]


def _run_of(ds: xr.Dataset, lazy: xr.Dataset) -> str:
    """Name a run by what decides its figures, but for the weather's own values."""
    # a store without consolidated metadata lists its variables in any order
    about = [lazy.attrs["plant"], lazy.attrs["source"], *sorted(map(str, ds.data_vars))]
    about += [f"{d}: {size}" for d, size in sorted(lazy.sizes.items(), key=str)]
    digest = hashlib.blake2b("\n".join(about).encode(), digest_size=12)
    for name in sorted(map(str, lazy.coords)):
        if lazy[name].dtype.kind in "fiuM":
            digest.update(np.ascontiguousarray(lazy[name].to_numpy()).tobytes())
    return digest.hexdigest()


def _is_zarr(folder: Path) -> bool:
    return (folder / "zarr.json").exists()


def _check(group: Any, folder: Path, run: str) -> None:
    found = None if group is None else group.attrs.get("run")
    if found != run:
        raise ReadError(
            f"path: {str(folder)!r} holds "
            + ("no yields" if found is None else "the yields of other weather or another plant")
            + "; name another folder, or remove it"
        )
