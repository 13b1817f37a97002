"""Swagger UI in a real browser, with every other host out of reach."""

from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser, Error, Page, Route, expect

expect.set_options(timeout=30_000)


@pytest.fixture(scope="module")
def elsewhere() -> list[str]:
    return []


@pytest.fixture(scope="module")
def page(chromium: Browser, address: str, elsewhere: list[str]) -> Iterator[Page]:
    with chromium.new_page(base_url=address) as page:

        def only_ours(route: Route) -> None:
            if route.request.url.startswith((address, "data:", "blob:")):
                route.continue_()
            else:
                elsewhere.append(route.request.url)
                route.abort()

        page.route("**/*", only_ours)
        yield page


def test_an_operation_is_tried_and_its_answer_seen(
    page: Page, client: httpx.Client, elsewhere: list[str]
) -> None:
    errors: list[Error] = []
    page.on("pageerror", lambda error: errors.append(error))
    page.goto("/docs")
    operation = page.locator("#operations-sources-list_sources")
    operation.locator(".opblock-summary").click()
    operation.get_by_role("button", name="Execute").click()
    answer = operation.locator(".live-responses-table .response").first
    expect(answer.locator(".response-col_status")).to_contain_text("200")
    expect(answer).to_contain_text("meridian-dispatch")
    assert elsewhere == []
    assert errors == []


def test_an_article_is_sent_in_from_the_page(page: Page, client: httpx.Client) -> None:
    page.goto("/docs")
    operation = page.locator("#operations-articles-create_article")
    operation.locator(".opblock-summary").click()
    operation.get_by_role("button", name="Execute").click()
    answer = operation.locator(".live-responses-table .response").first
    expect(answer).to_contain_text("Army enters Palmyra")


def test_the_example_of_a_comparison_is_filled_in(page: Page, client: httpx.Client) -> None:
    page.goto("/docs")
    operation = page.locator("#operations-compare-compare_stored")
    operation.locator(".opblock-summary").click()
    operation.get_by_role("button", name="Execute").click()
    answer = operation.locator(".live-responses-table .response").first
    expect(answer.locator(".response-col_status")).to_contain_text("200")
    expect(answer).to_contain_text("the-daily-lantern")


def test_files_can_be_picked_for_an_import(page: Page, client: httpx.Client) -> None:
    page.goto("/docs")
    operation = page.locator("#operations-imports-create_import")
    operation.locator(".opblock-summary").click()
    operation.locator("select.content-type").first.select_option("multipart/form-data")
    operation.locator("input[type=file]").set_input_files(
        {"name": "a.txt", "mimeType": "text/plain", "buffer": b"Rain in Veldhaven\n\nIt rained."}
    )
    operation.get_by_role("button", name="Execute").click()
    answer = operation.locator(".live-responses-table .response").first
    expect(answer.locator(".response-col_status")).to_contain_text("202")
    expect(answer).to_contain_text('"received": 1')


def test_operations_are_found_by_the_name_of_their_tag(page: Page, client: httpx.Client) -> None:
    page.goto("/docs")
    page.locator(".operation-filter-input").fill("sources")
    expect(page.locator("#operations-tag-sources")).to_be_visible()
    expect(page.locator("#operations-tag-articles")).to_be_hidden()


def test_nothing_is_locked_where_no_key_is_needed(page: Page, client: httpx.Client) -> None:
    page.goto("/docs")
    expect(page.locator("#operations-tag-articles")).to_be_visible()
    expect(page.locator(".authorization__btn")).to_have_count(0)


def test_the_page_takes_whatever_its_address_ends_with(client: httpx.Client) -> None:
    assert client.get("/docs?lang=en").status_code == 200


def test_every_tag_is_there(page: Page, client: httpx.Client) -> None:
    page.goto("/docs")
    for tag in ("articles", "imports", "entities", "sources", "compare", "service"):
        expect(page.locator(f"#operations-tag-{tag}")).to_be_visible()
