"""Signing in and correcting in a real browser, where writing takes a key."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.pages.correcting.conftest import KEY


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_who_signs_in_comes_back_and_corrects(
    chromium: Browser, keyed_address: str, scripts: bool
) -> None:
    page = _page(chromium, keyed_address, java_script_enabled=scripts)
    page.goto("/entities?q=Moscow")
    page.get_by_role("link", name="Moscow", exact=True).click()
    page.locator(".corrections").get_by_role("link", name="Sign in").click()
    page.locator("#key").fill(KEY)
    page.keyboard.press("Enter")
    expect(page.locator(".page-title")).to_have_text("Moscow")
    page.locator("#retype > summary").click()
    page.locator("#retype-type").select_option("FAC")
    page.get_by_role("button", name="Say so").click()
    expect(page.get_by_role("status")).to_contain_text("Moscow is of the kind ‘building’")
    expect(page.locator(".kicker")).to_have_text("building")
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("status")).to_contain_text("Undone")
    expect(page.locator(".kicker")).to_have_text("country or town")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Sign in").first).to_be_visible()
    assert page.context.cookies() == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_where_a_key_is_asked_for(
    chromium: Browser, keyed_address: str, scheme: str
) -> None:
    page = _page(chromium, keyed_address, color_scheme=scheme, bypass_csp=True)
    reports = {}
    for path in ("/sign-in", "/", "/compare", "/entities/4", "/corrections"):
        page.goto(path)
        found = Axe().run(page)
        if found.violations_count:
            reports[path] = found.generate_report()
    page.goto("/sign-in?next=/corrections")
    page.locator("#key").fill("guess")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_have_text("This key is not known.")
    found = Axe().run(page)
    if found.violations_count:
        reports["refused"] = found.generate_report()
    assert reports == {}


@pytest.mark.parametrize("width", [390, 1280])
def test_no_link_of_the_head_is_cut_in_two(
    chromium: Browser, keyed_address: str, width: int
) -> None:
    page = _page(chromium, keyed_address, viewport={"width": width, "height": 900})
    page.goto("/")
    heights = page.locator(".top nav a").evaluate_all(
        "links => links.map((each) => each.getBoundingClientRect().height)"
    )
    assert len(set(heights)) == 1
    assert heights[0] < 40  # one line of 15 px and what is around it
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def _page(browser: Browser, address: str, **settings: Any) -> Page:
    context = browser.new_context(base_url=address, **settings)
    return context.new_page()
