"""Weather for any place on Earth from PVGIS and NASA POWER, kept in a cache on disk."""

from __future__ import annotations

import io
import json
import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from wafer_calc.errors import NetworkError, RangeError, ReadError, WaferCalcError
from wafer_calc.weather import cache
from wafer_calc.weather.frames import weather_from_frame
from wafer_calc.weather.record import Weather

if TYPE_CHECKING:
    import datetime

    import requests

PVGIS_URL = "https://re.jrc.ec.europa.eu/api/v5_3/"
NASA_POWER_URL = "https://power.larc.nasa.gov/api/temporal/hourly/point"
_MAX_BYTES = 256 * 2**20
_MAX_PAUSE_S = 60.0
_AGENT = "wafer-calc (https://pypi.org/project/wafer-calc)"

Progress = Callable[[str], None]


def get_pvgis(
    latitude: float,
    longitude: float,
    *,
    start: int | None = None,
    end: int | None = None,
    use_horizon: bool = True,
    offline: bool = False,
    refresh: bool = False,
    timeout: float = 30.0,
    tries: int = 4,
    pause: float = 1.0,
    progress: Progress | None = None,
    url: str = PVGIS_URL,
) -> Weather:
    """Fetch a typical year, or years as they were, from the European Commission's PVGIS.

    Parameters
    ----------
    latitude, longitude : float [degrees]
        North and east positive; asked for to 1e-4 of a degree.
    start, end : int, optional
        First and last year of hourly values; the typical year where neither is given.
    use_horizon : bool
        Whether hills around the place take sun away.
    offline : bool
        Take it from the cache or fail; the network is not touched.
    refresh : bool
        Ask the service even where the cache has an answer.
    timeout : float [s]
        For a connection, for each wait on the server; an answer may take ten times as long.
    tries : int
        How often at most to ask, where the service is busy (429), fails (5xx) or stays silent.
    pause : float [s]
        Before the second try, doubled before each further one; the server's own wish comes first.
    progress : callable, optional
        Called with a sentence on each step.
    url : str
        Base of the service.

    Returns
    -------
    Weather
        With its quality report.

    Raises
    ------
    NetworkError
        No answer, a refusal, or one that is no PVGIS answer; with `offline`, nothing in the cache.
    RangeError
        Coordinates or years that cannot be.
    """
    from pvlib.iotools import read_pvgis_hourly, read_pvgis_tmy

    params = _place(latitude, longitude, "lat", "lon") | {"outputformat": "json"}
    if not use_horizon:
        params["usehorizon"] = 0
    if start is None and end is None:
        endpoint, reader = "tmy", read_pvgis_tmy
    else:
        first, last = start if start is not None else end, end if end is not None else start
        if first is None or last is None or first > last:
            raise RangeError(f"start, end: {start!r}, {end!r} came, wanted years in order")
        endpoint, reader = "seriescalc", read_pvgis_hourly
        params |= {"startyear": first, "endyear": last, "angle": 0, "components": 1}

    def parse(body: bytes) -> Weather:
        data, meta = reader(io.StringIO(body.decode("utf-8")), pvgis_format="json")
        return weather_from_frame(data, meta)

    return _ask(
        "PVGIS", url.rstrip("/") + "/" + endpoint, params, parse, offline=offline, refresh=refresh,
        timeout=timeout, tries=tries, pause=pause, progress=progress,
    )  # fmt: skip


def get_nasa_power(
    latitude: float,
    longitude: float,
    start: str | datetime.date,
    end: str | datetime.date,
    *,
    offline: bool = False,
    refresh: bool = False,
    timeout: float = 60.0,
    tries: int = 4,
    pause: float = 1.0,
    progress: Progress | None = None,
    url: str = NASA_POWER_URL,
) -> Weather:
    """Fetch hourly weather of any days since 2001 from NASA POWER.

    Parameters
    ----------
    latitude, longitude : float [degrees]
        North and east positive; asked for to 1e-4 of a degree.
    start, end : str or datetime.date
        First and last day, both included.
    offline, refresh, timeout, tries, pause, progress, url
        As in `get_pvgis`.

    Returns
    -------
    Weather
        In UTC, with its quality report; hours that the service lacks are NaN.

    Raises
    ------
    NetworkError
        No answer, a refusal, or one that is no POWER answer; with `offline`, nothing in the cache.
    RangeError
        Coordinates or days that cannot be.
    """
    import pandas as pd
    from pvlib.iotools.nasa_power import VARIABLE_MAP

    try:
        first, last = pd.Timestamp(start), pd.Timestamp(end)
    except (ValueError, TypeError) as error:
        raise RangeError(f"start, end: {start!r}, {end!r} came, wanted days ({error})") from error
    if not first <= last:
        raise RangeError(f"start, end: {start!r}, {end!r} came, wanted days in order")
    names = {name: code for code, name in VARIABLE_MAP.items()}
    wanted = [names[name] for name in ("ghi", "dni", "dhi", "temp_air", "wind_speed")]
    params = _place(latitude, longitude, "latitude", "longitude") | {
        "start": f"{first:%Y%m%d}",
        "end": f"{last:%Y%m%d}",
        "community": "re",
        "parameters": ",".join(wanted),
        "format": "json",
        "header": "true",
        "time-standard": "utc",
    }

    # pvlib's own getter has no time-out and hides the status of a refusal, and it has no reader
    # of what it got; the names and the meaning of the columns are pvlib's
    def parse(body: bytes) -> Weather:
        answer = json.loads(body)
        data = pd.DataFrame(answer["properties"]["parameter"]).rename(columns=VARIABLE_MAP)
        data.index = pd.to_datetime(data.index, format="%Y%m%d%H", utc=True)
        east, north, height = answer["geometry"]["coordinates"]
        meta = {
            "fill_value": answer["header"]["fill_value"],
            "parameters": answer["parameters"],
            "latitude": north,
            "longitude": east,
            "altitude": height,
        }
        return weather_from_frame(data.where(data != meta["fill_value"]), meta)

    return _ask(
        "NASA POWER", url, params, parse, offline=offline, refresh=refresh, timeout=timeout,
        tries=tries, pause=pause, progress=progress,
    )  # fmt: skip


def _ask(
    service: str,
    url: str,
    params: Mapping[str, Any],
    parse: Callable[[bytes], Weather],
    *,
    offline: bool,
    refresh: bool,
    timeout: float,
    tries: int,
    pause: float,
    progress: Progress | None,
) -> Weather:
    """Give the weather that a request answers, from the cache or from the service."""
    say = progress or (lambda message: None)
    request_key = cache.key(url, params)
    kept = None if refresh and not offline else cache.load(request_key)
    if kept is not None:
        try:
            weather = parse(kept)
        except (ValueError, LookupError, TypeError, AttributeError):
            kept = None  # written by another version; ask again
        else:
            say(f"{service}: from the cache")
            return weather
    if offline:
        raise NetworkError(
            f"{service}: offline, and this request is not in the cache ({cache.folder()}); "
            "fetch it once with offline=False"
        )
    if tries < 1:
        raise RangeError(f"tries: {tries} came, wanted 1 or more")
    problem = ""
    for attempt in range(1, tries + 1):
        say(f"{service}: asking" + (f", try {attempt} of {tries}" if attempt > 1 else ""))
        wait = min(pause * 2 ** (attempt - 1), _MAX_PAUSE_S)
        try:
            body = _get(service, url, params, timeout)
            weather = parse(body)
        except _Busy as busy:
            problem = str(busy)
            wait = wait if busy.wanted is None else min(max(busy.wanted, wait), _MAX_PAUSE_S)
        except (WaferCalcError, OSError) as error:
            if not isinstance(error, ReadError):
                raise
            problem = f"an answer that cannot be used ({error})"
        except (ValueError, LookupError, TypeError, AttributeError) as error:
            problem = f"an answer that is not what was asked for ({type(error).__name__}: {error})"
        else:
            cache.store(request_key, body)
            say(f"{service}: {len(body) / 1e6:.1f} MB received")
            return weather
        if attempt < tries:
            say(f"{service}: {problem}; again in {wait:.1f} s")
            time.sleep(wait)
    raise NetworkError(f"{service}: {problem}, after {tries} tries at {url}")


class _Busy(Exception):
    """A failure worth another try; with the pause that the server asked for, if it did."""

    def __init__(self, problem: str, wanted: float | None = None) -> None:
        super().__init__(problem)
        self.wanted = wanted


def _get(service: str, url: str, params: Mapping[str, Any], timeout: float) -> bytes:
    import requests
    import urllib3

    deadline = time.monotonic() + 10 * timeout
    try:
        with requests.get(
            url, params=params, timeout=timeout, stream=True, headers={"User-Agent": _AGENT}
        ) as answer:
            if answer.status_code == 429 or answer.status_code >= 500:
                raise _Busy(f"status {answer.status_code}", _retry_after(answer))
            body = bytearray()
            # what has come, not a full block: a server that drips must not hold us past the deadline
            while part := answer.raw.read1(65536, decode_content=True):
                body += part
                if time.monotonic() > deadline:
                    raise _Busy(f"still sending after {10 * timeout:g} s")
                if len(body) > _MAX_BYTES:
                    raise NetworkError(f"{service}: an answer of over {_MAX_BYTES >> 20} MB")
            if answer.raw.length_remaining:
                raise _Busy(f"an answer that breaks off after {len(body)} bytes")
            if answer.status_code != 200:
                raise NetworkError(
                    f"{service}: status {answer.status_code}, {_reason(bytes(body))}, at {url}"
                )
            return bytes(body)
    except (requests.Timeout, urllib3.exceptions.TimeoutError) as error:
        raise _Busy(f"no answer within {timeout:g} s") from error
    except (requests.ConnectionError, urllib3.exceptions.HTTPError) as error:
        raise _Busy(f"the connection failed ({_short(error)})") from error
    except requests.RequestException as error:
        raise NetworkError(f"{service}: {_short(error)}, at {url}") from error


def _retry_after(answer: requests.Response) -> float | None:
    """Give the seconds that a server asks to wait; a date there is left to the own pause."""
    try:
        return max(float(answer.headers.get("Retry-After", "")), 0.0)
    except ValueError:
        return None


def _reason(body: bytes) -> str:
    """Give what a refusing server says: PVGIS and POWER put it into JSON."""
    text = body[:2000].decode("utf-8", "replace").strip()
    try:
        said = json.loads(text)
    except ValueError:
        return text[:200] or "without a word"
    if isinstance(said, dict):
        said = said.get("message", said.get("messages", said.get("detail", said)))
    return str(said)[:200]


def _short(error: BaseException) -> str:
    words = str(error).split("\n")[0]
    return f"{type(error).__name__}: {words[:160]}"


def _place(latitude: float, longitude: float, north: str, east: str) -> dict[str, Any]:
    for name, value, limit in (("latitude", latitude, 90.0), ("longitude", longitude, 180.0)):
        if not -limit <= value <= limit:
            raise RangeError(f"{name}: {value!r} came, wanted {-limit:g} to {limit:g}")
    return {north: round(float(latitude), 4), east: round(float(longitude), 4)}
