"""A zarr store opened so that chunks which lie uncompressed on a disk are mapped, not copied."""

from __future__ import annotations

import json
import math
import mmap
import os
import sys
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from wafer_calc.errors import MissingExtraError, ReadError

if TYPE_CHECKING:
    import xarray as xr

# What xarray would have to do to the numbers as they are stored
_DECODED = ("scale_factor", "add_offset", "missing_value", "_Unsigned")
_ORDER = {"little": "<", "big": ">"}[sys.byteorder]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunks:
    """Where the chunks of an array lie; small, for it goes to every worker.

    Attributes
    ----------
    folder : str
        Of the array.
    prefix, separator : str
        A chunk's file is called the prefix and its numbers, joined by the separator.
    dtype : str
        ``"<f4"`` and the like.
    shape, chunk : tuple of int
        Of the array and of every chunk, also those at its edges.
    fill : float
        What a chunk without a file holds.
    """

    folder: str
    prefix: str
    separator: str
    dtype: str
    shape: tuple[int, ...]
    chunk: tuple[int, ...]
    fill: float


def open_zarr(path: str | os.PathLike[str]) -> xr.Dataset:
    """Open a zarr store of weather or yields, in dask's chunks of its own size.

    Parameters
    ----------
    path : path
        A store, of zarr's format 2 or 3.

    Returns
    -------
    xarray.Dataset
        As `xarray.open_zarr` gives it: the same variables, attributes and coordinates. Floats whose
        chunks lie on a local disk uncompressed, in the machine's byte order, are mapped into memory
        instead of being copied there, which makes maps twice as fast.

    Raises
    ------
    ReadError
        No store at `path`. When it is computed: a chunk's file that is too short or too long.
    MissingExtraError
        xarray, dask or zarr is not installed.

    Notes
    -----
    A mapped file must not be cut short while it is read: the operating system would end the
    process. To write a store that can be mapped,
    ``ds.to_zarr(path, encoding={name: {"compressors": None} for name in ds.data_vars})``.

    Examples
    --------
    >>> import tempfile
    >>> import xarray as xr
    >>> ds = xr.Dataset({"temp_air": ("time", [1.5, 2.5])}).chunk(time=1)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = ds.to_zarr(folder, encoding={"temp_air": {"compressors": None}}, consolidated=False)
    ...     print(open_zarr(folder).temp_air.values)
    [1.5 2.5]
    """
    try:
        import xarray as xr
        import zarr  # noqa: F401  # what xarray opens it by
        from dask import array as _  # noqa: F401
    except ImportError as error:
        raise MissingExtraError(
            f"open_zarr: {error.name} is not installed; pip install 'wafer-calc[grid]'"
        ) from error
    try:
        # asked for only where it is: xarray warns of a store without
        consolidated = (Path(path) / ".zmetadata").exists()
        ds = xr.open_dataset(os.fspath(path), engine="zarr", chunks={}, consolidated=consolidated)
    except Exception as error:  # whatever zarr and its stores raise
        raise ReadError(
            f"path: {str(path)!r} cannot be read as zarr ({type(error).__name__}: {error})"
        ) from error
    store = Path(path).absolute()
    found = {name: _chunks(store, str(name), data) for name, data in ds.data_vars.items()}
    mapped = {name: ds[name].copy(data=_mapped(chunks)) for name, chunks in found.items() if chunks}
    for name, data in mapped.items():
        data.encoding = ds[name].encoding
    return ds.assign(mapped)


def _mapped(chunks: Chunks) -> Any:
    import dask.array as da

    sizes = tuple(
        tuple(min(c, n - first) for first in range(0, n, c))
        for n, c in zip(chunks.shape, chunks.chunk, strict=True)
    )
    return da.map_blocks(  # type: ignore[no-untyped-call]  # dask leaves it untyped
        map_chunk,
        chunks,
        # of its own at each opening: the files may have changed since the last
        name=f"map_chunk-{uuid.uuid4().hex}",
        chunks=sizes,
        dtype=np.dtype(chunks.dtype),
        meta=np.empty((0,) * len(sizes), chunks.dtype),
    )


def map_chunk(chunks: Chunks, block_id: tuple[int, ...]) -> NDArray[Any]:
    """Map a chunk into memory, read-only.

    Parameters
    ----------
    chunks : Chunks
        The array.
    block_id : tuple of int
        Which chunk.

    Returns
    -------
    ndarray
        Without what lies beyond the array's edges.

    Raises
    ------
    ReadError
        A file of another length than a chunk's.
    """
    path = Path(chunks.folder, chunks.prefix + chunks.separator.join(map(str, block_id)))
    dtype = np.dtype(chunks.dtype)
    kept = tuple(
        slice(0, min(c, n - i * c))
        for i, n, c in zip(block_id, chunks.shape, chunks.chunk, strict=True)
    )
    wanted = math.prod(chunks.chunk) * dtype.itemsize
    try:
        with path.open("rb", buffering=0) as file:
            size = os.fstat(file.fileno()).st_size
            lain = _pages(file.fileno(), wanted) if size == wanted else b""
    except FileNotFoundError:
        return np.full([k.stop for k in kept], chunks.fill, dtype)
    if size != wanted:
        raise ReadError(
            f"{path}: {size} bytes came, wanted the {wanted} of a whole chunk; write it anew, or "
            "remove it to have its hours missing"
        )
    return np.frombuffer(lain, dtype).reshape(chunks.chunk)[kept]


def _pages(descriptor: int, size: int) -> mmap.mmap:
    """Map a file, all pages at once where the system can."""
    populate = getattr(mmap, "MAP_POPULATE", None)  # Linux alone
    if populate is None:
        return mmap.mmap(descriptor, size, access=mmap.ACCESS_READ)
    return mmap.mmap(descriptor, size, flags=mmap.MAP_SHARED | populate, prot=mmap.PROT_READ)


def _chunks(store: Path, name: str, data: xr.DataArray) -> Chunks | None:
    """Say where an array's chunks lie; nothing where they cannot be taken as they are."""
    fill = data.encoding.get("_FillValue", np.nan)
    if (
        data.dtype.kind != "f"
        or not data.ndim
        or not all(data.shape)
        or any(key in data.encoding for key in _DECODED)
        or np.ndim(fill) != 0
        or not np.isnan(fill)
    ):
        return None
    folder = store / name
    try:
        for file, read in (("zarr.json", _of_format_3), (".zarray", _of_format_2)):
            if (folder / file).is_file():
                found = read(str(folder), json.loads((folder / file).read_text()))
                break
        else:
            return None
    except (KeyError, TypeError, ValueError, OSError):  # in words that are not known here
        return None
    same = found and found.shape == data.shape and np.dtype(found.dtype) == data.dtype
    return found if same else None


def _of_format_3(folder: str, about: dict[str, Any]) -> Chunks | None:
    kinds = {"float32": "f4", "float64": "f8"}
    keys = about["chunk_key_encoding"]
    plain = {"name": "bytes", "configuration": {"endian": sys.byteorder}}
    if (
        about["node_type"] != "array"
        or about["data_type"] not in kinds
        or about["codecs"] != [plain]
        or about["chunk_grid"]["name"] != "regular"
        or about.get("storage_transformers")
        or keys["name"] not in ("default", "v2")
    ):
        return None
    default = keys["name"] == "default"
    separator = keys.get("configuration", {}).get("separator", "/" if default else ".")
    return Chunks(
        folder=folder,
        prefix=f"c{separator}" if default else "",
        separator=separator,
        dtype=_ORDER + kinds[about["data_type"]],
        shape=tuple(about["shape"]),
        chunk=tuple(about["chunk_grid"]["configuration"]["chunk_shape"]),
        fill=float(about["fill_value"]),
    )


def _of_format_2(folder: str, about: dict[str, Any]) -> Chunks | None:
    if (
        about["dtype"] not in (f"{_ORDER}f4", f"{_ORDER}f8")
        or about["compressor"] is not None
        or about["filters"]
        or about["order"] != "C"
    ):
        return None
    return Chunks(
        folder=folder,
        prefix="",
        separator=about.get("dimension_separator", "."),
        dtype=about["dtype"],
        shape=tuple(about["shape"]),
        chunk=tuple(about["chunks"]),
        fill=float(about["fill_value"]),
    )
