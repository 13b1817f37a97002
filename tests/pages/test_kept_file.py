"""A comparison as one file to keep: over HTTP, and from the command line."""

import re
from base64 import b64encode
from hashlib import sha256

import httpx
import pytest

from app.domain.answer import Comparison
from app.domain.comparison import (
    ComparedArticle,
    Filters,
    SideSummary,
    Spot,
)
from app.domain.sections.brief import BriefItem, BriefSection
from app.pages.kept import comparison_file
from tests.pages.reading import one, parsed, words
from tests.pages.test_compare_page import STORED

FILE = STORED.replace("/compare?", "/compare.html?")


@pytest.mark.parametrize("path", [FILE, "/compare.html?story=1", "/compare.html?story=2&top=50"])
def test_it_asks_for_nothing_and_is_small(browser: httpx.Client, path: str) -> None:
    answer = browser.get(path)
    assert answer.status_code == 200
    assert len(answer.content) < 400_000
    tree = parsed(answer.text)
    assert tree.cssselect("script, link, img, iframe, form, [src], [style]") == []
    ids = {element.get("id") for element in tree.cssselect("[id]")}
    for link in tree.cssselect("a"):
        assert link.get("href")[0] == "#"
        assert link.get("href")[1:] in ids
    addresses = re.findall(r"url\(\"([^\"]{5})", answer.text)
    assert set(addresses) == {"data:"}


def test_its_policy_allows_its_own_style_alone_and_stands_in_it_too(browser: httpx.Client) -> None:
    answer = browser.get(FILE)
    tree = parsed(answer.text)
    style = one(tree, "style").text or ""
    digest = b64encode(sha256(style.encode()).digest()).decode()
    policy = answer.headers["content-security-policy"]
    assert f"style-src 'sha256-{digest}'" in policy
    assert "unsafe" not in policy
    assert one(tree, "meta[http-equiv]").get("content") == policy
    assert answer.headers["content-disposition"].endswith('.html"')


def test_it_says_what_the_page_says(browser: httpx.Client) -> None:
    kept, page = parsed(browser.get(FILE).text), parsed(browser.get(STORED).text)
    # What asks for nothing leads to no other file, nor to longer lists.
    for link in page.cssselect(".as-file, .section a.no-print"):
        link.drop_tree()
    assert kept.cssselect(".as-file") == []
    assert [words(e) for e in kept.cssselect(".section")] == [
        words(e) for e in page.cssselect(".section")
    ]


def test_each_place_opens_in_the_texts_at_its_end(browser: httpx.Client) -> None:
    tree = parsed(browser.get(FILE).text)
    figure = one(tree, "#figures .said a")
    assert words(one(tree, f'[id="{figure.get("href")[1:]}"]')) == words(figure)


def test_of_long_texts_the_paragraphs_with_evidence_are_in_it() -> None:
    text = "\n\n".join(f"Paragraph {n} of many. " + "Words. " * 200 for n in range(60))
    start = text.index("Paragraph 30")
    spot = Spot(1, 1, start, start + 12, "Paragraph 30")
    item = BriefItem("shared", "Both say it.", ("a", "b"), {"a": (spot,)})
    sides = tuple(SideSummary(key, key.upper(), 1, 9) for key in "ab")
    articles = tuple(
        ComparedArticle(n, "Long", key, None, None, key, 1) for n, key in ((1, "a"), (2, "b"))
    )
    comparison = Comparison(
        sides, articles, Filters(), (), {}, brief=BriefSection((item,), 0, None)
    )
    page = comparison_file(comparison, {(1, 1): text}).page
    shown = [words(p) for p in parsed(page).cssselect(".given p[dir]")]
    assert len(shown) == 1
    assert shown[0].startswith("Paragraph 30 of many.")
    assert 'id="t1-1-' in page


def test_of_a_text_without_paragraphs_what_is_around_its_evidence_is_in_it() -> None:
    text = "Words of many. " * 40_000
    places = (30_000, 30_300, 450_000)
    spots = tuple(Spot(1, 1, at, at + 5, text[at : at + 5]) for at in places)
    item = BriefItem("shared", "Both say it.", ("a", "b"), {"a": spots})
    sides = tuple(SideSummary(key, key.upper(), 1, 9) for key in "ab")
    articles = (ComparedArticle(1, "Long", "a", None, None, "a", 1),)
    comparison = Comparison(
        sides, articles, Filters(), (), {}, brief=BriefSection((item,), 0, None)
    )
    page = comparison_file(comparison, {(1, 1): text}).page
    assert len(page) < 200_000
    parts = parsed(page).cssselect(".given p:not(.column-head)")
    assert [part.get("class") for part in parts] == ["headline", "gap", None]
    assert [len(part.cssselect(".spot")) for part in parts] == [2, 0, 1]


def test_the_page_leads_to_the_file(browser: httpx.Client) -> None:
    link = one(parsed(browser.get(f"{STORED}&section=brief").text), "a[download]").get("href")
    tree = parsed(browser.get(link).text)
    assert [e.get("id") for e in tree.cssselect(".section")] == ["brief", "method"]


def test_what_cannot_be_compared_is_told(browser: httpx.Client) -> None:
    assert browser.get("/compare.html?article=1").status_code == 422
    assert browser.get("/compare.html").status_code == 422
