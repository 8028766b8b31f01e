import base64
import hashlib
import json
import os
import re
import sys
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from wafer_calc.claims import check
from wafer_calc.claims.records import NeededValue, Odds
from wafer_calc.errors import MissingExtraError, UnknownNameError
from wafer_calc.report import claim_review, html, text
from wafer_calc.report.quote import used
from wafer_calc.report.terminal import cells_of

VOID = {"meta", "img", "br", "link", "input"}


class Page(HTMLParser):
    """What a browser would find: elements with their attributes, and the text outside scripts."""

    def __init__(self, source):
        super().__init__(convert_charrefs=True)
        self.elements, self.open, self.words = [], [], []
        self.feed(source)
        assert not self.open, f"never closed: {self.open}"

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open and self.open[-1] not in {"script", "style"}:
            self.words.append(data)

    def all(self, tag):
        return [attrs for name, attrs in self.elements if name == tag]

    @property
    def text(self):
        return " ".join("".join(self.words).split())


@pytest.fixture
def page(made_check):
    return Page(html(made_check, "en", figures=False))


def test_every_part_is_on_the_page(page):
    for part in (
        "The claim", "Holds only under favourable conditions", "about 6 in 10", "1,166 DC", "46.6",
        "Three Gorges for 2022: 78.79 TWh", "Electricity statistics 2021", "A reading that would fit",
        "What would fit", "Method", "via World-Energy",
    ):  # fmt: skip
        assert part in page.text


def test_each_figure_of_the_claim_is_marked_where_it_stands(made_check):
    source = html(made_check, figures=False)
    marked = re.findall(r"<mark[^>]*>([^<]*)<a", source)
    assert marked == ["40GW", "40亿片", "600亿度", "60%"]
    quote = re.search(r"<blockquote[^>]*>(.*?)</blockquote>", source, re.S)[1]
    assert re.sub(r"<a [^>]*>\d+</a>|<[^>]+>", "", quote) == made_check.text


def test_the_policy_admits_nothing_from_outside_and_the_style_by_its_hash(made_check):
    source = html(made_check, figures=False)
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', source)[1].replace(
        "&#39;", "'"
    )
    style = re.search(r"<style>(.*?)</style>", source, re.S)[1]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "script-src" not in policy  # so scripts fall to default-src: none


def test_nothing_on_the_page_loads_or_runs(made_check):
    page = Page(html(made_check, figures=False))
    assert [one["type"] for one in page.all("script")] == ["application/ld+json"]
    for tag, attrs in page.elements:
        assert tag not in {"link", "iframe", "object", "embed", "form", "base"}
        assert not [name for name in attrs if name.startswith("on") or name in {"style", "srcset"}]
    assert all(one["src"].startswith("data:image/") for one in page.all("img"))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_hostile_claim_is_text_and_nothing_else(hostile_check, lang):
    page = Page(html(hostile_check, lang))
    assert {tag for tag, _ in page.elements} & {"script", "img"} == {"script", "img"}
    assert len(page.all("script")) == 1
    assert all("onerror" not in one for one in page.all("img"))
    assert page.text.count("<script>document.title='owned'</script>") > 5
    assert "{{ 7*7 }}" in page.text  # a template is no template once it is a claim
    assert "javascript:" not in [one.get("href", "")[:11] for one in page.all("a")]


def test_the_markup_cannot_be_closed_by_a_claim(hostile_check):
    source = html(hostile_check, figures=False)
    script = re.search(r'<script type="application/ld\+json">(.*?)</script>', source, re.S)[1]
    assert json.loads(script)["claimReviewed"] == hostile_check.text
    assert "<" not in script


def test_a_screen_reader_finds_its_way(made_check):
    page = Page(html(made_check, "zh"))
    assert page.all("html")[0]["lang"] == "zh-CN"
    assert page.all("blockquote")[0]["lang"] == "zh"
    assert len(page.all("h1")) == 1
    assert all("scope" in one for one in page.all("th"))
    assert all(len(one["alt"]) > 20 for one in page.all("img"))
    ids = [attrs["id"] for _, attrs in page.elements if "id" in attrs]
    assert len(ids) == len(set(ids))
    inner = [one["href"][1:] for one in page.all("a") if one["href"].startswith("#")]
    assert set(inner) <= set(ids)
    assert {one["aria-labelledby"] for one in page.all("section")} <= set(ids)


def test_sources_are_numbered_linked_and_cited(made_check):
    page = Page(html(made_check, "en", figures=False))
    links = [one["href"] for one in page.all("a")]
    for source in made_check.sources:
        assert source["url"] in links
    assert links.count("#source-2") == 2  # the yardstick's statement, and what was known later


def test_colours_have_the_contrast_that_reading_needs():
    # WCAG 2.2, 1.4.3: 4.5 to 1; luminance as defined there
    from importlib.resources import files

    style = (files("wafer_calc.report") / "templates" / "page.css").read_text("utf-8")
    light, dark = (
        dict(re.findall(r"--([\w-]+): (#\w{6});", part)) for part in style.split("@media")[:2]
    )
    for colours in (light, dark):
        for letters, ground in (
            ("ink", "paper"), ("soft", "paper"), ("link", "paper"), ("ink", "mark"), ("ink", "claim"),
            ("ink", "tint"), ("good", "good-tint"), ("mid", "mid-tint"), ("bad", "bad-tint"),
            ("blank", "blank-tint"), ("ink", "mid-tint"), ("ink", "bad-tint"),
        ):  # fmt: skip
            assert contrast(colours[letters], colours[ground]) >= 4.5, (letters, ground)


def test_the_page_is_small_and_says_the_same_twice(made_check):
    source = html(made_check, date="2022-08-01")
    assert len(source.encode()) < 500_000
    assert source == html(made_check, date="2022-08-01")
    assert source.count("data:image/svg+xml;base64,") == 2  # energies, and watts per wafer


def test_the_price_has_its_figure_where_the_text_implies_one(made_check):
    price = replace(made_check.statements[0], id=3, relation="yuan_per_wafer", value=7.5)
    more = replace(made_check, statements=(*made_check.statements, price))
    assert html(more).count("data:image/svg+xml;base64,") == 3
    assert html(replace(more, on=None)).count("data:image/svg+xml;base64,") == 2


def test_of_a_long_text_only_the_sentences_with_figures_are_quoted(made_check):
    before, after = "前文。" * 600, "后文！" * 600
    moved = tuple(
        replace(q, start=q.start + len(before), end=q.end + len(before))
        for q in made_check.quantities
    )
    long = replace(made_check, text=before + made_check.text + after, quantities=moved)
    source = html(long, figures=False)
    quote = re.search(r"<blockquote[^>]*>(.*?)</blockquote>", source, re.S)[1]
    said = re.sub(r"<a [^>]*>\d+</a>|<[^>]+>", "", quote)
    assert said == f" […] {made_check.text} […]"
    assert before in source  # the whole text is there to be opened
    assert "前文" not in text(long)
    assert "<details>" not in html(made_check, figures=False)


def test_odds_needed_values_and_projects_are_told(made_check):
    odds = Odds(
        reference_class="plants", needed=1500.0, probability=0.6, sites_reaching=12, sites=20,
        p10_twh=50.0, p50_twh=60.0, p90_twh=65.0, decided_by="hours", swing_twh=3.0,
        sentence="12 of 20 stations reach it", sources=("cec-2021",),
    )  # fmt: skip
    needed = NeededValue(
        input="full_load_hours", value=1500.0, unit="hour", sentence="It takes 1500 h"
    )
    other = replace(made_check.verdict, rating="holds", summary="fine")
    told = replace(
        made_check,
        odds=(odds,),
        needed_values=(needed,),
        project_verdicts=(made_check.verdict, other),
    )
    for said in (Page(html(told, "en", figures=False)).text, text(told, "en")):
        for part in ("12 of 20 stations reach it", "It takes 1500 h", "Project 2: Holds: fine"):
            assert part in said


def test_figures_that_no_statement_uses_are_counted_when_they_are_many(made_check):
    more = tuple(replace(made_check.quantities[0], id=n) for n in range(10, 30))
    told = text(replace(made_check, quantities=(*made_check.quantities, *more)), "en")
    assert "Figures of the text that no statement uses: 20." in told


def test_a_check_of_nothing_still_makes_a_page(made_check):
    empty = replace(
        made_check, quantities=(), statements=(), scenarios=(), hypotheses=(), known_later=(),
        sources=(), on=None, verdict=replace(
            made_check.verdict, rating="cannot_check", decided_by=None, probability=None, needed=None
        ),
    )  # fmt: skip
    page = Page(html(empty, "en"))
    assert "Cannot be checked" in page.text
    assert "no figure that could be checked" in page.text


def test_an_unknown_language_and_a_missing_library_say_so(made_check, monkeypatch):
    with pytest.raises(UnknownNameError, match="nearest|known"):
        html(made_check, "de")
    monkeypatch.setitem(sys.modules, "jinja2", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'wafer-calc\[report\]'"):
        html(made_check)


def contrast(one, other):
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def luminance(colour):
    parts = (int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5))
    linear = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.skipif(
    "WAFER_CALC_VALIDATION" not in os.environ, reason="WAFER_CALC_VALIDATION is not set"
)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_labelled_claim_has_its_text_page_and_markup(lang):
    path = Path(os.environ["WAFER_CALC_VALIDATION"]) / "claims" / "dev.jsonl"
    cases = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert cases
    for case in cases:
        fc = check(case["text"], on=(case["date"] or "2022")[:4])
        assert max(map(cells_of, text(fc, lang).splitlines())) <= 80, case["id"]
        page = Page(html(fc, lang, figures=False))
        marked = {one["id"] for one in page.all("mark")}
        assert marked == {f"in-text-{q.id + 1}" for q in used(fc)}, case["id"]
        assert claim_review(fc, author="a", url="u", lang=lang)["claimReviewed"] == case["text"]
