"""What is not found in an outlet, on its page and on those of stories: who carried it, when, and
how sure that is."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Literal

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.pages.reading import one, parsed, words
from tests.pages.test_source_page import listed

FLOOD = (
    "The river Velda broke through the dam at Ostrow on Tuesday night. The mayor, Hanna Brandt, "
    "ordered 400 people out of the lower town. Firefighters filled sandbags until the morning."
)
OPERA = "The opera in Ostrow opens its season with a work by Leo Janson, said the director."


@pytest.fixture(scope="module")
def desk(serve_sample: Callable[[], AbstractContextManager[str]]) -> Iterator[httpx.Client]:
    """The sample, and a flood that two outlets report; others have articles of its days, of other
    days, or without a date."""
    with serve_sample() as address, httpx.Client(base_url=address, timeout=70) as client:
        for source, text, day in (
            ("North Sun", FLOOD, "2019-05-07"),
            ("South Sun", f"{FLOOD} Nobody was hurt.", "2019-05-08"),
            ("East Star", OPERA, "2019-05-07"),
            ("East Star", f"{OPERA} Tickets are sold out.", None),
            ("West Star", f"{OPERA} It has five acts.", "2019-03-01"),
            ("West Star", f"{OPERA} It was first played in 1901.", "2019-09-01"),
            ("Quiet Post", f"{OPERA} The conductor is ill.", None),
        ):
            body = {"source": source, "text": text, "published_at": day, "title": text[:40]}
            assert client.post("/v1/articles?wait=60", json=body).status_code == 201
        client.headers["Accept"] = "text/html"
        yield client


def flood(desk: httpx.Client) -> int:
    found = desk.get("/v1/stories?source=north-sun&source=south-sun").json()["items"]
    assert len(found) == 1
    return int(found[0]["id"])


def test_an_outlet_with_articles_of_those_days_has_none_of_the_story(desk: httpx.Client) -> None:
    item = one(parsed(desk.get("/sources/east-star").text), "#missed li")
    assert one(item, ".headline").get("href") == f"/stories/{flood(desk)}"
    said = words(item)
    assert "2 outlets carried it, 7 May 2019 to 8 May 2019: North Sun, South Sun." in said
    assert "the collection has 1 article from those days" in said
    assert "1 more article of it has no date." in said
    for carried in item.cssselect("p:first-of-type a"):
        assert listed(desk, carried.get("href")) == 1
    assert listed(desk, item.cssselect("p")[1].cssselect("a")[0].get("href")) == 1


def test_without_articles_of_those_days_it_abstains(desk: httpx.Client) -> None:
    said = words(one(parsed(desk.get("/sources/west-star").text), "#missed li"))
    assert "Cannot be said: the collection has no article of this outlet from these days." in said


def test_what_is_older_or_younger_than_its_articles_is_not_counted(desk: httpx.Client) -> None:
    tree = parsed(desk.get("/sources/east-star").text)
    assert words(one(tree, "#missed .more-link")) == "1 story without it"
    assert listed(desk, one(tree, "#missed .more-link a").get("href")) == 1


def test_an_outlet_without_dates_is_not_judged(desk: httpx.Client) -> None:
    tree = parsed(desk.get("/sources/quiet-post").text)
    assert "It cannot be said: none of its articles has a date" in words(one(tree, "#missed"))
    assert "None of its articles has a date." in words(tree)
    assert tree.cssselect(".time-bars") == []


def test_a_story_says_of_whom_it_can_be_said(desk: httpx.Client) -> None:
    tree = parsed(desk.get(f"/stories/{flood(desk)}").text)
    rows = tree.cssselect("#absent tbody tr")
    assert [(words(one(r, "th")), words(one(r, "td a"))) for r in rows] == [("East Star", "1")]
    assert listed(desk, one(rows[0], "td a").get("href")) == 1
    outlets = desk.get("/v1/sources").json()["total"]["value"]
    assert f"Of {outlets - 3} outlets it cannot be said" in words(one(tree, "#absent"))


def test_an_undated_story_says_that_nobody_can(desk: httpx.Client) -> None:
    body = {"source": "Loose Leaf", "text": "Bakers in Grimsel went on strike over flour. " * 3}
    article = desk.post("/v1/articles?wait=60", json=body).json()
    tree = parsed(desk.get(f"/stories/{article['story']}").text)
    assert "no article of this story has a date" in words(one(tree, "#absent"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_what_is_not_found(
    desk: httpx.Client, chromium: Browser, scheme: Literal["light", "dark"]
) -> None:
    context = chromium.new_context(
        base_url=str(desk.base_url), color_scheme=scheme, bypass_csp=True
    )
    page = context.new_page()
    for path in ("/sources/east-star", "/sources/quiet-post", f"/stories/{flood(desk)}"):
        page.goto(path)
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
    context.close()
