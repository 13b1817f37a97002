"""The pages in a real browser, with every other host out of reach: the ways of a reader, what axe
says of each page in light and dark, and what stays without a script."""

import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.pages.conftest import PASTED

expect.set_options(timeout=30_000)
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
COMPARED = "/compare?source=meridian-dispatch&source=the-daily-lantern&until=2017-01-01"
PAGES = (
    *("/", "/articles?q=ferry", "/stories", "/stories/1", "/compare", COMPARED),
    *("/compare?story=1", "/articles/1?at=0-12", "/nowhere"),
    *("/entities?q=palmira", "/entities/4", "/sources/coastal-courier"),
    "/sources/coastal-courier/quotes",
)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("there is no chromium here (apt-get install chromium)")
    with sync_playwright() as playwright:
        # A resolver that knows no host but ours: nothing reaches the network, asked for or not.
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"],
        )
        yield browser
        browser.close()


type Open = Callable[..., Page]


@pytest.fixture
def opened(chromium: Browser, address: str) -> Iterator[Open]:
    """Opens pages; at the end nothing was asked of other hosts, and no console had errors."""
    trouble: list[str] = []
    contexts = []

    def open_page(**settings: Any) -> Page:
        context = chromium.new_context(base_url=address, **settings)
        contexts.append(context)
        page = context.new_page()

        def asked(url: str) -> None:
            if not url.startswith((address, "data:", "blob:")):
                trouble.append(url)

        page.on("request", lambda request: asked(request.url))
        page.on("pageerror", lambda error: trouble.append(str(error)))
        page.on("console", lambda said: _complaint(trouble, said.type, said.text))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert trouble == []


def _complaint(trouble: list[str], kind: str, text: str) -> None:
    # A page that is not there is told in the console too.
    if kind in ("error", "warning") and "404" not in text:
        trouble.append(text)


def test_two_texts_are_pasted_and_compared(opened: Open) -> None:
    page = opened()
    page.goto("/compare")
    for number, (outlet, headline, text) in enumerate(PASTED, 1):
        page.locator(f"#text-{number}").fill(text)
        page.locator(f"#source-{number}").fill(outlet)
        page.locator(f"#title-{number}").fill(headline)
    page.get_by_role("button", name="Compare").click()
    expect(page.locator(".side-name").first).to_have_text("Harbour Post")
    page.locator("#figures a", has_text="417 seamen").first.click()
    marked = page.locator(":target")
    expect(marked).to_have_text("417 seamen")
    expect(marked).to_be_in_viewport()


def test_a_story_is_opened_and_a_figure_followed_to_its_sentence(opened: Open) -> None:
    page = opened()
    page.goto("/")
    page.locator(".story-list .headline", has_text="Ferry").first.click()
    page.get_by_role("link", name="Compare these").click()
    link = page.locator("#figures .number-line a").first
    words = link.inner_text()
    link.click()
    target = page.locator("mark#at")
    expect(target).to_have_text(words)
    expect(target).to_be_in_viewport()


def test_the_address_keeps_what_is_folded(opened: Open) -> None:
    page = opened()
    page.goto(COMPARED)
    page.locator("#figures > summary").click()
    expect(page.locator("#figures")).not_to_have_attribute("open", "")
    page.wait_for_url("**fold=figures%2Croles%2Cmethod")
    page.reload()
    expect(page.locator("#figures")).not_to_have_attribute("open", "")
    expect(page.locator("#brief")).to_have_attribute("open", "")


def test_layers_are_switched_off_and_on_without_a_script(opened: Open) -> None:
    page = opened(java_script_enabled=False)
    page.goto("/articles/1")
    name = page.locator(".text .in-name").first
    expect(name).to_have_css("text-decoration-line", "underline")
    page.locator("#show-names").uncheck()
    expect(name).to_have_css("text-decoration-line", "none")


def test_without_a_script_the_same_is_read_and_sent(opened: Open) -> None:
    with_script, without = opened(), opened(java_script_enabled=False)
    for path in PAGES:
        texts = []
        for page in (with_script, without):
            page.goto(path)
            texts.append(page.locator("main").inner_text())
        assert texts[0] == texts[1]
    without.goto("/compare")
    without.locator("#text-1").fill(PASTED[0][2])
    without.locator("#text-2").fill(PASTED[1][2])
    without.get_by_role("button", name="Compare").click()
    expect(without.locator(".side-name").first).to_have_text("Text A")


def test_the_keyboard_alone_gets_everywhere(opened: Open) -> None:
    page = opened()
    page.goto("/compare")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="To the content")).to_be_focused()
    page.locator("#text-1").focus()
    page.keyboard.type(PASTED[0][2])
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "text-2":
            break
    page.keyboard.type(PASTED[1][2])
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.type") == "submit":
            break
    page.keyboard.press("Enter")
    expect(page.locator(".side-name").first).to_have_text("Text A")
    page.locator("#brief > summary").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#brief")).not_to_have_attribute("open", "")


@pytest.mark.parametrize("width", [390, 1280, 1600])
def test_no_page_is_wider_than_its_window(opened: Open, width: int) -> None:
    page = opened(viewport={"width": width, "height": 900})
    for path in PAGES:
        page.goto(path)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, path


def test_bars_of_one_share_are_of_one_length_whatever_stands_over_them(opened: Open) -> None:
    page = opened()
    page.goto("/compare")
    for number, (outlet, _, text) in enumerate(PASTED, 1):
        page.locator(f"#text-{number}").fill(text)
        page.locator(f"#source-{number}").fill(outlet * 9 if number == 1 else outlet)
    page.get_by_role("button", name="Compare").click()
    widths = (
        page.locator("#entities tbody tr")
        .first.locator("svg.bar")
        .evaluate_all("bars => bars.map((each) => each.getBoundingClientRect().width)")
    )
    assert len(widths) == 2
    assert abs(widths[0] - widths[1]) < 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(opened: Open, scheme: str) -> None:
    page = opened(color_scheme=scheme, bypass_csp=True)
    reports = {}
    for path in PAGES:
        page.goto(path)
        page.evaluate("document.querySelectorAll('details').forEach((each) => (each.open = true))")
        found = Axe().run(page)
        if found.violations_count:
            reports[path] = found.generate_report()
    assert reports == {}


def test_a_comparison_prints_on_a4_as_far_as_it_is_open(opened: Open) -> None:
    page = opened()
    page.goto(COMPARED)
    sheet = page.pdf(prefer_css_page_size=True)
    assert sheet.startswith(b"%PDF")
    assert b"/MediaBox [0 0 594" in sheet.replace(b"/MediaBox[", b"/MediaBox [")
    page.emulate_media(media="print")
    expect(page.locator(".contents")).to_be_hidden()
    expect(page.locator("#roles")).to_be_hidden()
    expect(page.locator("#figures .number-line").first).to_be_visible()
