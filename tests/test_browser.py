"""The HTML report in headless Chromium, as its readers will have it."""

import os
import re
import shutil

import pytest

from wafer_calc.report import html

CHROMIUM = os.environ.get("WAFER_CALC_CHROMIUM") or next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
SWITCHES = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
]  # fmt: skip

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here; Debian: apt install chromium"),
]


@pytest.fixture(scope="module")
def browser():
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with sync_api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield chromium
        chromium.close()


class Visit:
    """A page opened in a fresh window, with all that it asked for and complained of."""

    def __init__(self, browser, path, width, scheme="light"):
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, offline=True
        )
        self.page = context.new_page()
        self.complaints, self.requests, self.dialogs = [], [], []
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", lambda dialog: (self.dialogs.append(dialog), dialog.dismiss()))
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.goto(path.as_uri())
        self.page.wait_for_load_state("load")

    @property
    def text(self):
        return self.page.evaluate(
            "() => { getSelection().selectAllChildren(document.body); return getSelection().toString() }"
        )


@pytest.fixture
def open_page(browser, tmp_path):
    visits = []

    def open_(source, width=1280, scheme="light"):
        path = tmp_path / f"page{len(visits)}.html"
        path.write_text(source, encoding="utf-8")
        visits.append(Visit(browser, path, width, scheme))
        return visits[-1]

    yield open_
    for visit in visits:
        visit.page.context.close()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_report_opens_without_a_complaint_or_a_request(open_page, checked, lang):
    visit = open_page(html(checked, lang))
    assert visit.complaints == []
    assert [url for url in visit.requests if not url.startswith(("file:", "data:"))] == []
    loaded = visit.page.evaluate(
        "[...document.images].map(one => one.complete && one.naturalWidth)"
    )
    assert loaded
    assert all(loaded)
    links = visit.page.evaluate("[...document.links].map(one => one.href)")
    for source in checked.sources:
        if source["url"]:
            assert source["url"] in links


def test_the_text_can_be_selected(open_page, checked):
    text = "".join(open_page(html(checked, "en", figures=False)).text.split())
    used = {n for s in checked.statements for n in (*s.numerator, *s.denominator)}
    for quantity in checked.quantities:
        if quantity.id not in used:
            continue
        assert "".join(quantity.text.split()) in text
    assert "Theclaim" in text


def test_a_hostile_claim_is_shown_and_does_nothing(open_page, hostile_check):
    visit = open_page(html(hostile_check, "en", figures=False))
    visit.page.wait_for_timeout(300)  # an onerror would have fired by then
    assert visit.page.title().startswith("Fact-check")
    assert visit.complaints == []
    assert visit.dialogs == []
    assert "<script>document.title='owned'</script>\"><img src=x onerror=" in visit.text
    assert visit.page.evaluate("document.querySelectorAll('script:not([type])').length") == 0


def test_a_script_that_got_in_would_still_not_run(open_page, made_check):
    source = html(made_check, figures=False)
    bad = source.replace(
        "<main>", "<main><script>document.title='owned'</script><img src=x onerror=alert(1)>"
    )
    visit = open_page(bad)
    assert visit.page.title() != "owned"
    assert visit.dialogs == []
    assert any("Content Security Policy" in complaint for complaint in visit.complaints)


def test_nothing_sticks_out_sideways(open_page, checked, hostile_check):
    for check in (checked, hostile_check):
        page = open_page(html(check)).page
        for width in (320, 390, 768, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_dark_setting_turns_the_page_dark(open_page, made_check):
    visit = open_page(html(made_check, figures=False), scheme="dark")
    ground = visit.page.evaluate("getComputedStyle(document.body).backgroundColor")
    ink = visit.page.evaluate("getComputedStyle(document.body).color")
    assert brightness(ground) < 60
    assert brightness(ink) > 200


def test_it_prints_on_a4_in_black_on_white(open_page, checked):
    visit = open_page(html(checked, figures=False), scheme="dark")
    visit.page.emulate_media(media="print")
    assert brightness(visit.page.evaluate("getComputedStyle(document.body).color")) == 0
    pdf = visit.page.pdf(prefer_css_page_size=True)
    box = re.search(rb"/MediaBox \[\s*0 0 ([\d.]+) ([\d.]+)\s*\]", pdf)
    # 210 x 297 mm are 595.3 x 841.9 points
    assert [float(side) for side in box.groups()] == pytest.approx([595.3, 841.9], abs=1.0)


def test_headings_and_tables_are_what_a_screen_reader_needs(open_page, checked):
    page = open_page(html(checked, "en", figures=False), 390).page
    levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3')].map(one => +one.tagName[1])")
    assert levels[0] == 1
    assert set(levels[1:]) == {2}
    for role in ("table", "columnheader", "rowheader", "cell"):
        assert page.get_by_role(role).count() > 0  # also on a phone, where rows become cards
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#verdict"


def brightness(colour):
    red, green, blue = (float(part) for part in re.findall(r"[\d.]+", colour)[:3])
    return (red + green + blue) / 3
