"""No page breaks, at any width, of texts that are made to break it."""

from collections.abc import Iterator

import httpx
import pytest

from tests.pages.conftest import Open
from tests.pages.test_hostile_texts import HOSTILE, TEXT

ARABIC = {
    "source": "\u0627\u0644\u062c\u0631\u064a\u062f\u0629",
    "title": "\u0633\u0648\u0631\u064a\u0627 Palmyra \u062a\u062f\u0645\u0631 2016",
    "text": "\u0642\u0627\u0644 Ada Brookes 400 \u0641\u064a \u062f\u0645\u0634\u0642.",
}


@pytest.fixture(scope="module")
def hostile(browser: httpx.Client) -> Iterator[list[str]]:
    """The pages of hostile articles, their stories, outlets and names, and of comparisons."""
    rows = [
        {
            "source": f"Outlet {each}"[:300],
            "title": each,
            "subtitle": each,
            "authors": [each[:200]],
            "text": f"{TEXT.format(each)} {'N' * 250} met Mr {'K' * 200} in {each[:250]}.",
            "external_id": f"layout {name}",
        }
        for name, each in HOSTILE.items()
    ]
    empty = {"text": TEXT.format("of nobody"), "external_id": "layout empty"}
    made = []
    for row in [*rows, empty, ARABIC]:
        answer = browser.post("/v1/articles", json=row)
        assert answer.status_code == 201, answer.text
        made.append(answer.json())
    numbers = [each["id"] for each in made]
    entities = browser.get("/v1/entities", params={"article": numbers[5]}).json()["items"]
    pages = [f"/articles/{number}" for number in numbers]
    pages += sorted({f"/stories/{each['story']}" for each in made if each["story"]})
    pages += [f"/sources/{each['source']['slug']}" for each in made if each["source"]]
    pages += [f"/entities/{each['id']}" for each in entities]
    pages += ["/", "/articles", "/stories", "/entities?min_mentions=1", "/nowhere/" + "x" * 300]
    pages += [f"/articles?q={'W' * 300}", f"/compare?article={numbers[0]}&article={numbers[5]}"]
    pages += ["/compare?" + "&".join(f"article={number}" for number in numbers[:8])]
    yield pages
    for number in numbers:
        browser.delete(f"/v1/articles/{number}")


@pytest.mark.parametrize("width", [390, 1280])
def test_hostile_texts_break_no_layout(opened: Open, hostile: list[str], width: int) -> None:
    page = opened(viewport={"width": width, "height": 900})
    wide = {}
    for path in hostile:
        page.goto(path)
        page.evaluate("document.querySelectorAll('details').forEach((each) => (each.open = true))")
        if (found := page.evaluate("document.documentElement.scrollWidth")) > width:
            wide[path] = found
    assert wide == {}


def test_texts_from_right_to_left_keep_their_direction(opened: Open, hostile: list[str]) -> None:
    page = opened()
    number = next(each for each in reversed(hostile) if each.startswith("/articles/"))
    page.goto(number)
    title = page.locator("h1.page-title")
    assert title.evaluate("each => getComputedStyle(each).direction") == "rtl"
    assert page.locator(".facts-line").evaluate("each => getComputedStyle(each).direction") == "ltr"
