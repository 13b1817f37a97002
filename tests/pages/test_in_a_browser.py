"""The pages in a real browser, with every other host out of reach: the ways of a reader, what axe
says of each page in light and dark, and what stays without a script."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.pages.conftest import PASTED, Open

COMPARED = "/compare?source=meridian-dispatch&source=the-daily-lantern&until=2017-01-01"
PAGES = (
    *("/entities/4/merge?q=a", "/sources/coastal-courier/correct", "/stories/1/correct?q=ferry"),
    "/corrections",
    *("/", "/articles?q=ferry", "/stories", "/stories/1", "/compare", COMPARED),
    *("/compare?story=1", "/articles/1?at=0-12", "/nowhere", "/add"),
    *("/entities?q=palmira", "/entities/4", "/sources/coastal-courier"),
    "/sources/coastal-courier/quotes",
)


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


def test_outlets_and_articles_of_a_story_are_chosen(opened: Open) -> None:
    page = opened(java_script_enabled=False)
    for box, button in (("source", "outlets"), ("article", "articles")):
        page.goto("/stories/1")
        for number in (0, 1):
            page.locator(f"input[name={box}]").nth(number).check()
        page.get_by_role("button", name=f"Compare the chosen {button}").click()
        expect(page.locator(".side-name")).to_have_count(2)


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
            if page is with_script:  # Files are read into texts by the script alone.
                page.evaluate("document.querySelectorAll('.open-file').forEach((e) => e.remove())")
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


def test_two_are_merged_by_keyboard_the_counts_change_and_are_undone(opened: Open) -> None:
    page = opened(java_script_enabled=False)
    page.goto("/entities?q=Moscow")
    page.get_by_role("link", name="Moscow", exact=True).press("Enter")
    counts = page.locator(".facts-line")
    before = counts.inner_text()
    page.locator("#merge > summary").press("Enter")
    page.locator("#merge-q").focus()
    page.keyboard.type("Kremlin")
    page.keyboard.press("Enter")
    _tab_to(page, "input[name=into]")
    page.keyboard.press("Space")
    _tab_to(page, "#merge-reason")
    page.keyboard.type("It stands for it")
    _tab_to(page, "#merge-author")
    page.keyboard.type("Ada")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Corrected: Kremlin is part of Moscow.")
    assert counts.inner_text() != before
    _tab_to(page, ".done button")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Undone: Kremlin is part of Moscow.")
    assert counts.inner_text() == before


def _tab_to(page: Page, selector: str) -> None:
    wanted = page.locator(selector).first
    for _ in range(60):
        page.keyboard.press("Tab")
        if wanted.evaluate("each => each === document.activeElement"):
            return
    pytest.fail(f"the keyboard does not get to {selector}")


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


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_forms_that_came_to_nothing_and_what_was_done(
    opened: Open, scheme: str
) -> None:
    page = opened(color_scheme=scheme, bypass_csp=True)
    page.goto("/entities/4")
    page.locator("#rename > summary").click()
    page.locator("#rename-name").fill(" ")
    page.get_by_role("button", name="Rename").click()
    expect(page.locator("#rename-name-wrong")).to_be_visible()
    reports = [Axe().run(page)]
    page.locator("#rename-name").fill("Otherwise")
    page.get_by_role("button", name="Rename").click()
    expect(page.get_by_role("status")).to_contain_text("Otherwise")
    reports.append(Axe().run(page))
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("status")).to_contain_text("Undone")
    assert [each.generate_report() for each in reports if each.violations_count] == []


def test_a_comparison_prints_on_a4_folded_or_not(opened: Open) -> None:
    page = opened()
    page.goto(COMPARED)
    sheet = page.pdf(prefer_css_page_size=True)
    assert sheet.startswith(b"%PDF")
    assert b"/MediaBox [0 0 594" in sheet.replace(b"/MediaBox[", b"/MediaBox [")
    page.emulate_media(media="print")
    expect(page.locator(".contents")).to_be_hidden()
    expect(page.locator("#roles .deeds").first).to_be_visible()
    expect(page.locator("#figures .number-line").first).to_be_visible()
    expect(page.locator(".headlines .on-paper").first).to_be_visible()
