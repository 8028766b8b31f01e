"""Labelled cases as TextQuantity, so that checking can be measured apart from reading."""

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest

from wafer_calc.claims.records import Intended, TextQuantity

_PHASE = re.compile(r"phase\s*(\d+|[IVX]+)|[一二三四]期", re.IGNORECASE)
_UNIT = re.compile(
    r"\b(one|single|each|per)\b.*\b(turbine|unit|machine|reactor)|^(turbine|unit)$", re.IGNORECASE
)
_TECHNOLOGIES = (
    ("offshore_wind", r"offshore|海上风"),
    ("csp", r"\bCSP\b|solar thermal|光热"),
    ("ingot", r"\bingots?\b|拉晶|拉棒"),
    ("wafer", r"\bwafers?\b|硅片|切片|单晶硅"),
    ("cell", r"\bcells?\b|电池片"),
    ("module", r"\bmodules?\b.{0,20}(factory|plant|line|capacity)|组件"),
    ("storage", r"storage|batter|储能"),
    ("wind", r"\bwind|风电|风机|风力"),
    ("nuclear", r"nuclear|核电|华龙|reactor"),
    ("hydro", r"hydro|水电|dam\b"),
    ("pv", r"\bPV\b|solar|photovolt|光伏|panels"),
)
_PLACES = (
    ("UK", r"\bUK\b|Cumbria|British|Britain|London Array|Scotland|England|Wales|Hornsea|GBP|£"),
    ("US", r"California|\bUS\b|U\.S\.|Nevada|Texas|Arizona|American|Topaz|square miles|acres"),
    ("India", r"India|Rajasthan|Gujarat|crore|lakh|\bRs\b|INR"),
    ("China", r"China|Chinese|CNY|yuan|RMB"),
    ("UAE", r"Dubai|Abu Dhabi|\bUAE\b|AED"),
    ("Australia", r"Australia|Queensland|Victoria|NSW|AUD"),
    ("Germany", r"German"),
)
_YARDSTICKS = (
    ("three_gorges", r"three gorges|三峡"),
    ("gezhouba", r"gezhouba|葛洲坝"),
    ("daya_bay", r"daya bay|大亚湾"),
    ("baihetan", r"baihetan|白鹤滩"),
    ("itaipu", r"itaipu|伊泰普"),
)


def cases(path: str) -> list[dict[str, Any]]:
    """Read the labelled cases of a file, one a line."""
    return [json.loads(line) for line in Path(path).read_text("utf-8").splitlines() if line]


def dev() -> list[dict[str, Any]]:
    """Read the labelled cases; the test that asks is skipped where there are none."""
    root = os.environ.get("WAFER_CALC_VALIDATION")
    path = Path(root or "", "claims", "dev.jsonl")
    if not root or not path.is_file():
        pytest.skip("WAFER_CALC_VALIDATION does not name a folder with claims/dev.jsonl")
    return cases(str(path))


def quantities(case: dict[str, Any]) -> tuple[TextQuantity, ...]:
    """Give a case's labels as a reader without error would hand them over."""
    text = case["text"]
    place = _first(_PLACES, text) or ("China" if case["lang"] == "zh" else None)
    return tuple(_made(n, row, text, place) for n, row in enumerate(case["quantities"]))


def date(case: dict[str, Any]) -> str | None:
    """Give a case's date as `check` takes it; the first year of two."""
    return case["date"] and case["date"].partition("/")[0]


def _made(n: int, row: dict[str, Any], text: str, place: str | None) -> TextQuantity:
    value = tuple(row["value"]) if isinstance(row["value"], list) else float(row["value"])
    number = tuple(row["number"]) if isinstance(row["number"], list) else float(row["number"])
    said = f"{row['entity']} {row.get('role', '')}"
    phase = _PHASE.search(row["entity"])
    if row.get("role") == "size class":
        part = "class"
    elif _UNIT.search(row["entity"]) and row["kind"] == "capacity":
        part = "unit"
    elif phase:
        part = "phase"
    else:
        part = "whole"
    yardstick = _first(_YARDSTICKS, said) if row["unit"] == "dimensionless" else None
    intended = row.get("intended")
    return TextQuantity(
        id=n,
        start=row["start"],
        end=row["end"],
        text=text[row["start"] : row["end"]],
        value=value,
        unit=row["unit"],
        number=number,
        resolution=0.0,
        kind=row["kind"],
        cmp=row["cmp"],
        per=row["per"],
        entity=row["entity"],
        part=part,
        phase=phase.group(0) if phase and part == "phase" else None,
        role=row.get("role"),
        technology=_first(_TECHNOLOGIES, said) or _first(_TECHNOLOGIES, text),
        place=place,
        yardstick=yardstick,
        intended=Intended(value=intended["value"], unit=intended["unit"]) if intended else None,
    )


def _first(table: tuple[tuple[str, str], ...], text: str) -> str | None:
    return next((name for name, p in table if re.search(p, text, re.IGNORECASE)), None)
