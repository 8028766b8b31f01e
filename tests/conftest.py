"""Records made by hand that several test files hold up to a renderer."""

import io
import os
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from wafer_calc import cli
from wafer_calc.claims import check
from wafer_calc.claims.records import (
    FactCheck,
    Hypothesis,
    Reference,
    Scenario,
    Statement,
    TextQuantity,
    Verdict,
)

TEXT = (
    "40GW单晶硅项目全部达产后，可年产硅片40亿片。如果全部用于光伏电站，年发电量将会超过600亿度，"
    "相当于三峡大坝全年发电量的60%。"
)
SOURCES = (
    {
        "id": "cec-2021",
        "title": "Electricity statistics 2021",
        "publisher": "China Electricity Council",
        "date": "2022-01",
        "url": "https://www.cec.org.cn/a?b=1&c=2",
        "via": None,
    },
    {
        "id": "ctg-2022-02-17",
        "title": "Three Gorges crosses 100 billion kWh",
        "publisher": "China Three Gorges Corporation",
        "date": "2022-02-17",
        "url": "https://www.world-energy.org/article/22797.html",
        "via": "World-Energy",
    },
)


def text_quantity(id_, span, value, unit, kind, cmp="=", per="none", **rest):
    start = TEXT.index(span)
    return TextQuantity(
        id=id_, start=start, end=start + len(span), text=span, value=value, unit=unit,
        number=value, resolution=0.0, kind=kind, cmp=cmp, per=per, entity="单晶硅项目", **rest,
    )  # fmt: skip


def scenario(name, hours, year, meets, kind="reported", source="cec-2021"):
    # 40 GW x hours: 1166 h are 46.6 TWh, 45 % of 103.649 TWh
    return Scenario(
        name=name, kind=kind, yield_kwh_per_kw_dc=hours, published=hours, basis="dc",
        energy_twh=hours * 0.04, p10_twh=hours * 0.038, p90_twh=hours * 0.042,
        share_of_yardstick=hours * 0.04 / 103.649, yardstick_year=year, meets=meets, source=source,
    )  # fmt: skip


@pytest.fixture
def made_check():
    """The article's claim, with few scenarios and figures worked out by hand."""
    quantities = (
        text_quantity(0, "40GW", 4e10, "W", "capacity", per="year"),
        text_quantity(1, "40亿片", 4e9, "piece", "wafer_count", per="year"),
        text_quantity(2, "600亿度", 6e10, "kWh", "generation", ">=", "year", technology="pv"),
        text_quantity(3, "60%", 0.6, "dimensionless", "energy_ratio", yardstick="three_gorges"),
    )
    statements = (
        Statement(
            id=0, relation="watt_per_wafer", numerator=(0,), denominator=(1,), value=10.0,
            unit="W/piece", main=True, rating="holds", cmp="=", needed="10.0 W a wafer",
            reason="40 GW / 4 billion = 10.0 W", band=(4.0, 12.5),
            references=(Reference(label="G12 at 22.7 %", value=10.01, sources=("cec-2021",)),),
        ),
        Statement(
            id=1, relation="full_load_hours", numerator=(2,), denominator=(0,), value=1500.0,
            unit="hour", main=True, rating="holds_if", cmp=">=",
            needed="1500 kWh per kW DC; Chinese plants made 1166 to 1281 in 2021",
            reason="600 / 40 = 15; 60 TWh / 40 GW = 1500 h", band=(1166.0, 1715.0),
            references=(
                Reference(
                    label="Chinese PV, 2021", value=1166.0, low=1166.0, high=1281.0,
                    sources=("cec-2021",),
                ),
            ),
        ),
        Statement(
            id=2, relation="implied_yardstick", numerator=(2,), denominator=(3,), value=1e11,
            unit="kWh/year", main=True, rating="holds", cmp="=", needed="100 TWh a year",
            reason="60 / 0.6 = 100", repair="62.2 TWh",
            references=(
                Reference(
                    label="Three Gorges 2021", value=1.03649e11, sources=("ctg-2022-02-17",)
                ),
            ),
        ),
    )  # fmt: skip
    return FactCheck(
        text=TEXT,
        lang="zh",
        on="2022-07",
        quantities=quantities,
        statements=statements,
        scenarios=(
            scenario("Germany, fleet 2021", 950.0, 2021, False),
            scenario("China, all plants 2021", 1166.0, 2021, False),
            scenario("Inner Mongolia, fixed, modelled", 1530.0, 2021, True, "modelled"),
            scenario("Best zone, guaranteed purchase", 1500.0, 2021, True, "policy"),
        ),
        hypotheses=(
            Hypothesis(alternative="G12", satisfies=("watt_per_wafer",), fails=()),
            Hypothesis(alternative="M10", satisfies=(), fails=("watt_per_wafer",)),
        ),
        known_later=(
            {
                "key": "three_gorges.generation", "label": "Three Gorges", "period": 2022,
                "value": 78.79, "unit": "TWh", "published": "2023-01", "source": "ctg-2022-02-17",
            },
        ),
        sources=SOURCES,
        verdict=Verdict(
            rating="holds_if", decided_by=1, needed="1500 kWh per kW DC", probability=0.62,
            reference_class="40 GW portfolio in north-western China",
            summary="At the Chinese average of 2021 it would be 47 TWh, 45 % of Three Gorges.",
        ),
        scenario_title="One year's wafers, 40 GW DC, first full year",
        facts_version="0123456789ab",
    )  # fmt: skip


@pytest.fixture
def hostile_check(made_check):
    """The same with markup and control characters in everything that a text can bring in."""
    bad = "<script>document.title='owned'</script>\"><img src=x onerror=document.title='owned'>\x1b[31m"
    quantities = tuple(
        replace(q, entity=bad, start=q.start + len(bad), end=q.end + len(bad))
        for q in made_check.quantities
    )
    return replace(
        made_check,
        text=bad + made_check.text + "</style></script>{{ 7*7 }}",
        quantities=quantities,
        statements=tuple(replace(s, needed=bad, reason=bad) for s in made_check.statements),
        scenarios=tuple(replace(s, name=bad, source=bad) for s in made_check.scenarios),
        scenario_title=bad,
        verdict=replace(made_check.verdict, summary=bad, reference_class=bad),
        sources=(*made_check.sources, {"id": "x", "title": bad, "url": "javascript:alert(1)"}),
    )


@pytest.fixture(scope="session")
def article_check():
    """A whole check of the article, where it is at hand."""
    folder = os.environ.get("WAFER_CALC_VALIDATION")
    if not folder:
        return None
    article = Path(folder) / "articles" / "2022-baotou-40gw.txt"
    return check(article.read_text("utf-8"), on="2022-07")


@pytest.fixture
def checked(made_check, article_check):
    """The article's check, or the one made by hand where the article is not at hand."""
    return article_check or made_check


@pytest.fixture
def run(monkeypatch, capsys):
    """Run the command line in this process: exit code, standard output, standard error."""

    def call(*arguments: str, stdin: bytes = b"") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["wafer-calc", *arguments])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        with pytest.raises(SystemExit) as stop:
            cli.main()
        out, err = capsys.readouterr()
        return stop.value.code, out, err

    return call
