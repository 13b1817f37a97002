"""Titles, names and texts that would be something else stay text."""

import httpx
import pytest

from tests.pages.conftest import Paste
from tests.pages.reading import parsed

HOSTILE = {
    "script": '<script>alert(1)</script><img src=x onerror="alert(2)">',
    "attribute": '" onmouseover="alert(1)" x="',
    "template": "{{ 7 * 7 }} {% raw %} ${7*7}",
    "close": "</textarea></details></main></html><h1>Mine</h1>",
    "right to left": "\u202eevil\u202c \u05d0\u05d1\u05d2 \u0627\u0644\u0639\u0631\u0628 123",
    "one word": "W" * 500,
    "emoji": "👩‍👩‍👧‍👦 🇸🇾 👍🏽 Ferry 🚢",
    "controls": "a\u0007b\u200bc\u2028d\u00a0e",
}
TEXT = (
    " The ferry sailed from Kelmouth to Hallow Island on Monday with 400 people. "
    '"We are {0}," said Ada Brookes. {0} called it a strike.'
)


@pytest.mark.parametrize("name", HOSTILE)
def test_they_are_shown_as_they_are_and_make_no_element(paste: Paste, name: str) -> None:
    hostile = HOSTILE[name]
    answer = paste(
        (f"A {hostile}", hostile, TEXT.format(hostile)),
        (f"B {hostile}", f"More {hostile}", f"Brief. {TEXT.format(hostile)}"),
    )
    assert answer.status_code == 200
    tree = parsed(answer.text)
    shown = tree.text_content()
    assert hostile in shown
    assert "49 " not in shown
    assert len(tree.cssselect("script, img, h1")) == 2  # our script, our heading
    assert not [e for e in tree.iter() if any(n.startswith("on") for n in e.attrib)]
    for given in tree.cssselect(".given p[dir], .side-name"):
        assert given.get("dir") == "auto"


def test_they_come_back_in_the_form_as_they_were(paste: Paste) -> None:
    hostile = HOSTILE["close"]
    answer = paste((hostile, hostile, f"\n{hostile}"), ("", "", ""))
    tree = parsed(answer.text)
    # A browser drops the first of two line ends there.
    assert tree.cssselect("textarea")[0].text_content() == f"\n\n{hostile}"
    assert tree.cssselect("input[name=source]")[0].get("value") == hostile


@pytest.mark.parametrize("text", ["?", "a", "\u00a0.", "1", "👍", "\u05d0", "...", "x\n" * 20])
def test_texts_that_say_nothing_are_compared(paste: Paste, text: str) -> None:
    answer = paste(("", "", text), ("", "", f"{text} {text}"))
    assert answer.status_code == 200


def test_stored_ones_too(browser: httpx.Client) -> None:
    numbers = []
    for name, hostile in HOSTILE.items():
        row = {
            "source": f"Outlet {hostile}"[:300],
            "title": hostile,
            "subtitle": hostile,
            "authors": [hostile[:200]],
            "text": TEXT.format(hostile),
            "external_id": name,
        }
        answer = browser.post("/v1/articles", json=row)
        assert answer.status_code == 201, answer.text
        numbers.append(answer.json()["id"])
    try:
        for number in numbers:
            page = browser.get(f"/articles/{number}")
            assert page.status_code == 200
            tree = parsed(page.text)
            assert len(tree.cssselect("script, img")) == 1
        compared = browser.get("/compare", params={"article": numbers[:8]})
        assert compared.status_code == 200
        assert len(compared.content) < 150_000
        assert len(parsed(compared.text).cssselect("script, img")) == 1
    finally:
        for number in numbers:
            browser.delete(f"/v1/articles/{number}")
