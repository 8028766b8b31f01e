"""Answers of weather services kept on disk: checksummed, written whole or not at all."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from wafer_calc.errors import MissingExtraError

_ENDING = ".answer"


def folder() -> Path:
    """Give the folder of the cache: ``WAFER_CALC_CACHE``, or the platform's place for caches.

    Returns
    -------
    pathlib.Path
        Not necessarily there yet.

    Raises
    ------
    MissingExtraError
        platformdirs is not installed and the variable is not set.
    """
    chosen = os.environ.get("WAFER_CALC_CACHE")
    if chosen:
        return Path(chosen)
    try:
        from platformdirs import user_cache_path
    except ImportError as error:
        raise MissingExtraError(
            "the cache of weather from the network needs platformdirs; install it with "
            "pip install 'wafer-calc[network]', or set WAFER_CALC_CACHE to a folder"
        ) from error
    return user_cache_path("wafer_calc", appauthor=False)


def key(url: str, params: Mapping[str, Any]) -> str:
    """Give the key of a request: equal for equal requests, whatever the order of parameters.

    Parameters
    ----------
    url : str
        Where the request goes.
    params : mapping
        What it asks for.

    Returns
    -------
    str
        64 hexadecimal digits.

    Examples
    --------
    >>> print(key("http://x", {"a": 1, "b": 2}) == key("http://x", {"b": 2, "a": 1}))
    True
    """
    text = json.dumps([url, {name: params[name] for name in sorted(params)}], ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()


def load(request_key: str) -> bytes | None:
    """Give the answer kept for a request, or None; a damaged one is thrown away.

    Parameters
    ----------
    request_key : str
        Of `key`.

    Returns
    -------
    bytes or None
    """
    path = _path(request_key)
    try:
        head, _, body = path.read_bytes().partition(b"\n")
    except OSError:
        return None
    if head.decode("ascii", "replace") == hashlib.sha256(body).hexdigest():
        return body
    path.unlink(missing_ok=True)
    return None


def store(request_key: str, body: bytes) -> Path:
    """Keep the answer to a request.

    A reader in another process sees the whole answer or none: it is written beside its place and
    moved there in one step. Of two writers at once, the later one's stays.

    Parameters
    ----------
    request_key : str
        Of `key`.
    body : bytes
        The answer.

    Returns
    -------
    pathlib.Path
        Where it lies.
    """
    path = _path(request_key)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f"{request_key[:16]}-", suffix=".part")
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(hashlib.sha256(body).hexdigest().encode() + b"\n" + body)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return path


def clear() -> int:
    """Throw away every answer kept.

    Returns
    -------
    int
        How many there were.
    """
    count = 0
    for path in folder().glob("*"):
        if path.suffix in (_ENDING, ".part"):
            path.unlink(missing_ok=True)
            count += path.suffix == _ENDING
    return count


def _path(request_key: str) -> Path:
    return folder() / f"{request_key}{_ENDING}"
