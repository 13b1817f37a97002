"""Files to keep in a real browser: from the service under their own policy, and from a disk."""

from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page

from app.pages.charts.comparison import CHARTS
from tests.pages.conftest import Open

COMPARED = "source=meridian-dispatch&source=the-daily-lantern&until=2017-01-01"
FILES = (
    *(f"/compare/{chart}.svg?{COMPARED}" for chart in CHARTS),
    *("/compare/entities.svg?story=1", "/sources/coastal-courier/coverage.svg"),
    *("/entities/4/coverage.svg", "/stories/1/brief.html"),
)


@pytest.mark.parametrize("path", FILES)
def test_a_file_opens_from_the_service_with_its_style(opened: Open, path: str) -> None:
    page = opened()
    answer = page.goto(path)
    assert answer
    assert answer.status == 200
    if path.partition("?")[0].endswith(".svg"):
        assert _fill(page, ".paper") == "rgb(255, 255, 255)"
        size = "e => [e.getBBox().width <= +e.getAttribute('width'), e.getBBox().x >= 0]"
        assert page.eval_on_selector("svg", size) == [True, True]


def test_a_chart_of_a_disk_asks_for_nothing_and_is_light_in_the_dark(
    chromium: Browser, browser: httpx.Client, tmp_path: Path
) -> None:
    page = _from_disk(chromium, browser, "/compare/figures.svg?story=1", tmp_path / "figures.svg")
    assert _fill(page, ".paper") == "rgb(255, 255, 255)"
    assert _fill(page, ".title") == "rgb(25, 27, 31)"


def test_a_brief_of_a_disk_reads_and_prints(
    chromium: Browser, browser: httpx.Client, tmp_path: Path
) -> None:
    page = _from_disk(chromium, browser, "/stories/1/brief.html", tmp_path / "brief.html")
    assert page.locator("#brief li").count() > 3
    page.locator("#brief .cite").first.click()
    assert page.locator(":target").count() == 1
    assert page.pdf(format="A4").startswith(b"%PDF")


def _fill(page: Page, selector: str) -> str:
    fill: str = page.eval_on_selector(selector, "e => getComputedStyle(e).fill")
    return fill


def _from_disk(chromium: Browser, browser: httpx.Client, path: str, file: Path) -> Page:
    file.write_bytes(browser.get(path).content)
    page = chromium.new_page(color_scheme="dark")
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda said: complaints.append(said.text))
    page.goto(file.as_uri())
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    assert complaints == []
    return page
