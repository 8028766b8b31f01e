import json

import numpy as np
import pytest

from wafer_calc import weather
from wafer_calc.errors import NetworkError
from wafer_calc.weather import cache, clear_sky, read


@pytest.fixture(autouse=True)
def own_cache(monkeypatch, tmp_path):
    monkeypatch.setenv("WAFER_CALC_CACHE", str(tmp_path / "cache"))


@pytest.fixture
def pvgis(monkeypatch):
    """What PVGIS is asked, and a sky in its place; the service itself has tests of its own."""
    asked = []

    def get(*place, **options):
        options.pop("progress")
        asked.append((place, options))
        return clear_sky(40.5, 109.9, 1000.0).replace(source="PVGIS")

    monkeypatch.setattr(weather, "get_pvgis", get)
    return asked


def test_weather_is_fetched_shown_and_written(run, pvgis, tmp_path):
    out_file = tmp_path / "baotou.csv"
    code, out, err = run("fetch", "40.5", "109.9", "--out", str(out_file))
    assert code == 0
    assert pvgis == [
        ((40.5, 109.9), {"start": None, "end": None, "offline": False, "refresh": False})
    ]
    assert out.startswith("PVGIS: 40.5000, 109.9000, 1000 m, 8760 records")
    assert err == f"wrote {out_file}\n"
    again = read(out_file)
    assert np.sum(again.ghi) == pytest.approx(np.sum(clear_sky(40.5, 109.9, 1000.0).ghi), rel=1e-3)


def test_the_south_and_the_west_are_negative_numbers(run, pvgis):
    code, _, _ = run("fetch", "-33.9", "-70.5", "--start", "2019", "--end", "2020", "--offline")
    assert code == 0
    assert pvgis[0][0] == (-33.9, -70.5)
    assert pvgis[0][1] == {"start": 2019, "end": 2020, "offline": True, "refresh": False}


def test_weather_as_a_document(run, pvgis):
    _, out, _ = run("fetch", "40.5", "109.9", "--json")
    assert json.loads(out)["records"] == 8760


def test_offline_without_the_answer_is_an_error_of_one_line(run):
    code, out, err = run("fetch", "40.5", "109.9", "--offline")
    assert (code, out) == (2, "")
    assert "PVGIS: offline, and this request is not in the cache" in err
    assert len(err.splitlines()) == 1
    code, _, err = run(
        "fetch", "40", "10", "--from", "nasa-power", "--start", "2021-01-01", "--end", "2021-12-31", "--offline"
    )  # fmt: skip
    assert code == 2
    assert "NASA POWER: offline" in err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["40", "10", "--from", "meteonorm"], "--from: no such name 'meteonorm'"),
        (["40", "10", "--from", "nasa-power"], "nasa-power needs both days"),
        (["40", "10", "--start", "2019-01-01"], "wanted a year for pvgis"),
        (["99", "10", "--offline"], "latitude: 99"),
    ],
)
def test_what_cannot_be_fetched(run, arguments, told):
    code, out, err = run("fetch", *arguments)
    assert (code, out) == (2, "")
    assert told in err


def test_the_cache_has_a_place_and_is_cleared(run, tmp_path):
    assert run("cache", "path") == (0, f"{tmp_path / 'cache'}\n", "")
    cache.store(cache.key("http://x", {}), b"answer")
    code, out, _ = run("cache", "clear")
    assert (code, out) == (0, f"1 answer thrown away from {tmp_path / 'cache'}\n")
    assert run("cache", "clear")[1].startswith("0 answers")


def test_a_service_that_fails_is_an_error_of_one_line(run, monkeypatch):
    def get(*place, **options):
        raise NetworkError("PVGIS: status 503, after 4 tries")

    monkeypatch.setattr(weather, "get_pvgis", get)
    assert run("fetch", "40", "10") == (2, "", "wafer-calc: PVGIS: status 503, after 4 tries\n")
