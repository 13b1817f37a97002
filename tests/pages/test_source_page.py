"""`/sources/{slug}`: an outlet over time, whom it names and quotes, what is not found in it."""

import re
from collections.abc import Iterator

import httpx
import pytest
from lxml.html import HtmlElement

from tests.pages.reading import one, parsed, words

SLUG = "the-daily-lantern"
PATH = f"/sources/{SLUG}"


@pytest.fixture
def tree(browser: httpx.Client) -> HtmlElement:
    return parsed(browser.get(PATH).text)


def listed(browser: httpx.Client, address: str) -> int:
    """How many items a list says that it has."""
    tree = parsed(browser.get(address).text)
    said = [words(each) for each in tree.cssselect(".lists > .note, .facts-line")]
    counts = [found[0] for each in said if (found := re.match(r"[\d,]+", each))]
    return int(counts[0].replace(",", ""))


def numbers(tree: HtmlElement, selector: str) -> Iterator[tuple[int, str]]:
    for link in tree.cssselect(selector):
        if number := re.match(r"[\d,]+", words(link)):
            yield int(number[0].replace(",", "")), link.get("href")


@pytest.mark.parametrize(
    "selector",
    [".facts-line a", ".time-bars td a", "#named td a", "#quoted td a", "#quoted .note a"],
)
def test_every_number_leads_to_a_list_of_so_many(
    browser: httpx.Client, tree: HtmlElement, selector: str
) -> None:
    found = list(numbers(tree, selector))
    assert found
    for number, address in found:
        assert listed(browser, address) == number, address


def test_the_bars_say_what_the_table_says_and_leave_nothing_out(
    browser: httpx.Client, tree: HtmlElement
) -> None:
    bars = [words(e) for e in tree.cssselect(".time-bars svg title")]
    rows = [
        (words(one(row, "th")), int(words(one(row, "td a")).split()[0]))
        for row in tree.cssselect(".time-bars tbody tr")
    ]
    assert bars == [f"{label}: {n} article{'s' if n > 1 else ''}" for label, n in rows]
    source = browser.get(f"/v1/sources/{SLUG}").json()
    assert sum(n for _, n in rows) == source["articles"]
    assert words(one(tree, ".time-bars figcaption")).startswith(f"{source['articles']} articles, ")


def test_names_stand_with_their_share_in_it_and_in_all(
    browser: httpx.Client, tree: HtmlElement
) -> None:
    row = one(tree, "#named tbody tr")
    own, everywhere = (int(words(e)) for e in row.cssselect("td a"))
    name = words(one(row, "bdi"))
    entity = browser.get("/v1/entities", params={"q": name, "limit": 1}).json()["items"][0]
    assert entity["articles"] == everywhere
    assert {s["source"]["slug"]: s["articles"] for s in entity["sources"]}[SLUG] == own
    total = browser.get("/v1/articles?limit=1").json()["total"]["value"]
    assert words(row.cssselect(".share")[1]) == f"{everywhere / total:.0%}".replace("%", " %")


def test_of_names_in_as_many_articles_the_most_mentioned_come_first(browser: httpx.Client) -> None:
    slug = "the-daily-lantern"
    tree = parsed(browser.get(f"/sources/{slug}").text)
    shown = [words(e) for e in tree.cssselect("#named tbody bdi")]
    listed = browser.get("/v1/entities", params={"source": slug, "limit": 200}).json()["items"]
    listed.sort(key=lambda each: (-each["articles"], -each["mentions"]))
    mentions = {each["name"]: each["mentions"] for each in listed}
    assert [mentions[name] for name in shown] == [e["mentions"] for e in listed[: len(shown)]]


def test_its_quotes_are_those_of_its_articles(browser: httpx.Client, tree: HtmlElement) -> None:
    articles = browser.get("/v1/articles", params={"source": SLUG}).json()["items"]
    quotes = [
        quote
        for article in articles
        for quote in browser.get(f"/v1/articles/{article['id']}/quotes").json()["items"]
    ]
    first = one(tree, "#quoted tbody tr")
    speaker = int(one(first, "th a").get("href").rpartition("/")[2])
    own = [each for each in quotes if each["entity"] == speaker]
    counts = [len(own), *(sum(q["kind"] == k for q in own) for k in ("direct", "indirect"))]
    assert [words(e).replace("–", "0") for e in first.cssselect("td")] == list(map(str, counts))
    without = sum(each["entity"] is None for each in quotes)
    assert f"Of the {len(quotes)} quotes in its articles, {without} have" in words(tree)


def test_a_quote_opens_its_place(browser: httpx.Client) -> None:
    tree = parsed(browser.get(f"{PATH}/quotes").text)
    link = one(tree, "blockquote a")
    article = parsed(browser.get(link.get("href")).text)
    assert words(one(article, "#at")).startswith(words(link).rstrip(" …"))


def test_an_outlet_or_quotes_that_are_not_there_are_told(browser: httpx.Client) -> None:
    assert browser.get("/sources/nobody").status_code == 404
    assert browser.get("/sources/nobody/quotes").status_code == 404
    assert browser.get(f"{PATH}/quotes?entity=99999").status_code in (404, 422)
    assert browser.get(f"{PATH}/quotes?kind=loud").status_code == 422
    assert browser.get(f"{PATH}?kind=direct").status_code == 422


def test_an_outlet_of_the_last_day_of_the_calendar_is_shown(browser: httpx.Client) -> None:
    row = {"source": "Last Day", "published_at": "9999-12-31", "text": "It rained in Veldhaven."}
    number = browser.post("/v1/articles", json=row).json()["id"]
    try:
        assert browser.get("/sources/last-day").status_code == 200
    finally:
        browser.delete(f"/v1/articles/{number}")
