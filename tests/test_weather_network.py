import datetime
import json
import os
import socket
import sys
import threading
import time
from concurrent.futures import ProcessPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import numpy as np
import pandas as pd
import pytest

from wafer_calc.errors import MissingExtraError, NetworkError, RangeError
from wafer_calc.weather import cache, get_nasa_power, get_pvgis

QUICK = {"timeout": 0.5, "tries": 3, "pause": 0.01}


def power_answer(ghi=100.0):
    hours = pd.date_range("2021-06-01", periods=48, freq="h").strftime("%Y%m%d%H")
    values = {
        "ALLSKY_SFC_SW_DWN": ghi, "ALLSKY_SFC_SW_DNI": 0.0, "ALLSKY_SFC_SW_DIFF": ghi,
        "T2M": 20.0, "WS10M": 3.0,
    }  # fmt: skip
    columns = {name: dict.fromkeys(hours, value) for name, value in values.items()}
    columns["T2M"][hours[5]] = -999.0
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [109.88, 40.53, 1100.0]},
        "properties": {"parameter": columns},
        "header": {"title": "NASA/POWER", "fill_value": -999.0, "time_standard": "UTC"},
        "parameters": {},
        "times": {},
    }


def pvgis_answer(hourly=False):
    times = pd.date_range("2021-01-01", periods=8760, freq="h")
    names = ("time", "Gb(i)", "Gd(i)", "Gr(i)", "H_sun", "T2m", "WS10m", "Int")
    numbers = (60.0, 40.0, 0.0, 10.0, 5.0, 2.0, 0.0)
    if not hourly:
        names = (
            "time(UTC)",
            "T2m",
            "RH",
            "G(h)",
            "Gb(n)",
            "Gd(h)",
            "IR(h)",
            "WS10m",
            "WD10m",
            "SP",
        )
        numbers = (5.0, 50.0, 100.0, 0.0, 100.0, 300.0, 2.0, 0.0, 1e5)
    rows = [
        dict(zip(names, (t.strftime("%Y%m%d:%H%M"), *numbers), strict=True))
        for t in times[: 24 if hourly else None]
    ]
    location = {"latitude": 40.53, "longitude": 109.88, "elevation": 1004.0}
    if not hourly:
        location["irradiance_time_offset"] = 0.5
    outputs = {"hourly": rows} if hourly else {"tmy_hourly": rows, "months_selected": []}
    return {"inputs": {"location": location}, "outputs": outputs, "meta": {"inputs": {}}}


class Server:
    """A server on this machine that answers each request as the next step of a script says."""

    def __init__(self, script):
        self.script, self.requests = list(script), []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                outer.requests.append(urlsplit(self.path))
                step = outer.script[min(len(outer.requests), len(outer.script)) - 1]
                step(self)

            def log_message(self, *args):
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.http.server_port}/"
        self.thread = threading.Thread(
            target=self.http.serve_forever, kwargs={"poll_interval": 0.02}
        )

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *args):
        self.http.shutdown()
        self.http.server_close()
        self.thread.join(5)
        assert not self.thread.is_alive()


def well(answer, *, status=200, headers=(), part=1.0, slowly=0.0):
    body = json.dumps(answer).encode() if not isinstance(answer, bytes) else answer

    def step(handler):
        handler.send_response(status)
        handler.send_header("Content-Length", str(len(body)))
        for name, value in headers:
            handler.send_header(name, value)
        handler.end_headers()
        sent = body[: int(len(body) * part)]
        size = max(len(sent) // 20, 1) if slowly else len(sent)
        try:
            for i in range(0, len(sent), max(size, 1)):
                handler.wfile.write(sent[i : i + size])
                handler.wfile.flush()
                time.sleep(slowly)
        except OSError:
            pass  # the other side has hung up, as it may

    return step


def silence(handler):
    time.sleep(1.5)


@pytest.fixture(autouse=True)
def own_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("WAFER_CALC_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


def june(server, **changes):
    return get_nasa_power(40.53, 109.88, "2021-06-01", "2021-06-02", url=server.url,
                          **(QUICK | changes))  # fmt: skip


def test_power_answers_well_and_is_asked_once():
    said = []
    with Server([well(power_answer())]) as server:
        w = june(server, progress=said.append)
        again = june(server, progress=said.append)
        offline = june(server, offline=True)
    assert len(server.requests) == 1
    query = parse_qs(server.requests[0].query)
    assert query["start"] == ["20210601"]
    assert query["time-standard"] == ["utc"]
    assert "ALLSKY_SFC_SW_DNI" in query["parameters"][0]
    assert (w.latitude, w.longitude, w.altitude) == (40.53, 109.88, 1100.0)
    assert w.label == "start"
    assert np.isnan(w.temp_air[5])  # the service's mark for missing
    assert w.quality.missing == {"temp_air": 1}
    np.testing.assert_array_equal(again.ghi, w.ghi)
    np.testing.assert_array_equal(offline.ghi, w.ghi)
    assert said[0] == "NASA POWER: asking"
    assert said[-1] == "NASA POWER: from the cache"


def test_pvgis_typical_year():
    with Server([well(pvgis_answer())]) as server:
        w = get_pvgis(40.53, 109.88, url=server.url, **QUICK | {"timeout": 5})
    assert server.requests[0].path == "/tmy"
    assert len(w.times) == 8760
    assert w.phase == -30.0
    assert w.source == "PVGIS"


def test_pvgis_years():
    with Server([well(pvgis_answer(hourly=True))]) as server:
        w = get_pvgis(40.53, 109.88, start=2020, url=server.url, use_horizon=False, **QUICK)
    assert server.requests[0].path == "/seriescalc"
    query = parse_qs(server.requests[0].query)
    assert (query["startyear"], query["endyear"], query["usehorizon"]) == (
        ["2020"],
        ["2020"],
        ["0"],
    )
    assert w.ghi[0] == 100
    assert w.dhi[0] == 40


@pytest.mark.parametrize(
    "bad",
    [
        well({}, status=429), well({}, status=500), well(b"gone", status=503), silence,
        well(power_answer(), part=0.5), well(b"<html>busy</html>"), well({"detail": "no data"}),
        well(b'{"geometry": 1'), well([1, 2]),
    ],
    ids=["429", "500", "503", "silent", "half", "html", "other", "cut", "list"],
)  # fmt: skip
def test_a_bad_answer_is_asked_for_again(bad):
    said = []
    with Server([bad, well(power_answer())]) as server:
        w = june(server, progress=said.append)
    assert len(server.requests) == 2
    assert w.ghi[0] == 100
    assert any("again in 0.0 s" in message for message in said)
    assert "NASA POWER: asking, try 2 of 3" in said


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        (well({}, status=429), "status 429, after 3 tries"),
        (well({}, status=500), "status 500, after 3 tries"),
        (silence, "no answer within 0.5 s, after 3 tries"),
        (well(power_answer(), part=0.5), "after 3 tries"),
        (well(b"<html>"), "not what was asked for"),
    ],
    ids=["429", "500", "silent", "half", "html"],
)
def test_it_gives_up_by_itself_and_keeps_nothing(bad, words):
    with Server([bad]) as server:
        with pytest.raises(NetworkError, match=words):
            june(server)
        assert len(server.requests) == 3
    assert cache.clear() == 0


def test_a_refusal_is_not_repeated_and_says_why():
    refusal = {"message": "Location over the sea. Please, select another location"}
    with Server([well(refusal, status=400)]) as server:
        with pytest.raises(NetworkError, match="PVGIS: status 400, Location over the sea"):
            get_pvgis(0.0, 0.0, url=server.url, **QUICK)
        assert len(server.requests) == 1


def test_nobody_listens():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(NetworkError, match="the connection failed"):
        get_pvgis(40.0, 110.0, url=f"http://127.0.0.1:{port}/", **QUICK)


def test_a_slow_answer_is_waited_for_but_not_for_ever():
    with Server([well(power_answer(), slowly=0.02)]) as server:
        assert june(server).ghi[0] == 100
    with Server([well(power_answer(), slowly=0.05)]) as server:
        begun = time.monotonic()
        with pytest.raises(NetworkError, match="still sending after 0.6 s"):
            june(server, timeout=0.06, tries=1, refresh=True)
        assert time.monotonic() - begun < 3


def test_the_servers_own_wish_to_wait_comes_first():
    said = []
    busy = well({}, status=429, headers=[("Retry-After", "0.3")])
    with Server([busy, well(power_answer())]) as server:
        begun = time.monotonic()
        june(server, progress=said.append)
    assert time.monotonic() - begun > 0.3
    assert "NASA POWER: status 429; again in 0.3 s" in said


def test_pauses_grow(monkeypatch):
    pauses = []
    monkeypatch.setattr(time, "sleep", pauses.append)
    with Server([well({}, status=500)]) as server, pytest.raises(NetworkError):
        june(server, tries=5, pause=2.0)
    assert [p for p in pauses if p] == [2.0, 4.0, 8.0, 16.0]  # the server's own naps are 0


def test_offline_never_touches_the_network():
    with Server([well(power_answer())]) as server:
        with pytest.raises(NetworkError, match="offline, and this request is not in the cache"):
            june(server, offline=True)
        assert server.requests == []


def test_refresh_asks_again():
    with Server([well(power_answer()), well(power_answer(ghi=120.0))]) as server:
        june(server)
        assert june(server, refresh=True).ghi[0] == 120
        assert june(server, offline=True).ghi[0] == 120


def test_what_cannot_be_asked_for():
    for bad in ({"latitude": 140.0}, {"longitude": float("nan")}):
        place = {"latitude": 40.0, "longitude": 110.0} | bad
        with pytest.raises(RangeError, match=next(iter(bad))):
            get_pvgis(**place)
    with pytest.raises(RangeError, match="wanted years in order"):
        get_pvgis(40.0, 110.0, start=2021, end=2020)
    with pytest.raises(RangeError, match="wanted days in order"):
        get_nasa_power(40.0, 110.0, "2021-02-01", "2021-01-01")
    with pytest.raises(RangeError, match="wanted days"):
        get_nasa_power(40.0, 110.0, "someday", datetime.date(2021, 1, 1))
    with pytest.raises(RangeError, match="tries: 0"):
        get_pvgis(40.0, 110.0, tries=0)


def test_a_damaged_entry_is_thrown_away():
    request = cache.key("http://x", {"a": 1})
    path = cache.store(request, b"weather\nof a year")
    assert cache.load(request) == b"weather\nof a year"
    path.write_bytes(path.read_bytes()[:-3])
    assert cache.load(request) is None
    assert not path.exists()


def test_a_write_that_fails_leaves_nothing(monkeypatch):
    def full(handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        cache.store("0" * 64, b"weather")
    assert list(cache.folder().iterdir()) == []
    assert cache.load("0" * 64) is None


def _write_and_read(letter):
    body, seen = letter * 200_000, set()
    for _ in range(40):
        cache.store("f" * 64, body)
        found = cache.load("f" * 64)
        seen.add(None if found is None else (found[:1], len(set(found)), len(found)))
    return seen


def test_two_processes_at_once_never_see_half_an_answer():
    with ProcessPoolExecutor(2) as pool:
        seen = set().union(*pool.map(_write_and_read, [b"a", b"b"]))
    assert seen <= {(b"a", 1, 200_000), (b"b", 1, 200_000)}


def test_clearing_counts_what_was_kept():
    cache.store("a" * 64, b"1")
    cache.store("b" * 64, b"2")
    assert cache.clear() == 2
    assert cache.clear() == 0
    assert cache.load("a" * 64) is None


def test_the_folder_is_the_platforms_and_platformdirs_is_named_where_it_lacks(monkeypatch):
    monkeypatch.delenv("WAFER_CALC_CACHE")
    assert cache.folder().name == "wafer_calc"
    monkeypatch.setitem(sys.modules, "platformdirs", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'wafer-calc\[network\]'"):
        cache.folder()
