"""The brief of a story as one file to keep."""

import re
from base64 import b64encode
from hashlib import sha256

import httpx

from tests.pages.reading import one, parsed, words


def test_it_asks_for_nothing_and_is_small(browser: httpx.Client) -> None:
    answer = browser.get("/stories/1/brief.html")
    assert answer.status_code == 200
    assert len(answer.content) < 400_000
    tree = parsed(answer.text)
    assert tree.cssselect("script, link, img, iframe, form, [src], [style]") == []
    ids = {element.get("id") for element in tree.cssselect("[id]")}
    links = tree.cssselect("a")
    assert links
    for link in links:
        assert link.get("href")[0] == "#"
        assert link.get("href")[1:] in ids
    style = one(tree, "style").text or ""
    digest = b64encode(sha256(style.encode()).digest()).decode()
    policy = answer.headers["content-security-policy"]
    assert f"style-src 'sha256-{digest}'" in policy
    assert one(tree, "meta[http-equiv]").get("content") == policy
    assert answer.headers["content-disposition"] == 'inline; filename="story-1-brief.html"'
    assert set(re.findall(r"url\(\"([^\"]{5})", answer.text)) == {"data:"}


def test_it_says_what_the_brief_of_the_api_says_with_its_places(browser: httpx.Client) -> None:
    tree = parsed(browser.get("/stories/1/brief.html").text)
    story = browser.get("/v1/stories/1").json()
    assert words(one(tree, "h1")) == story["title"]
    brief = browser.get("/v1/stories/1/brief").json()["brief"]
    shown = [words(li) for li in tree.cssselect("#brief li")]
    assert len(shown) == len(brief["items"]) > 3
    for item in brief["items"]:
        assert any(each.startswith(" ".join(item["text"].split())) for each in shown)
    for link in tree.cssselect("#brief .cite"):
        place = one(tree, f'[id="{link.get("href")[1:]}"]')
        assert place.get("class") == "spot"


def test_the_page_of_the_story_leads_to_it(browser: httpx.Client) -> None:
    tree = parsed(browser.get("/stories/1").text)
    assert one(tree, "a[download]").get("href") == "/stories/1/brief.html"


def test_a_story_without_a_brief_is_told(browser: httpx.Client) -> None:
    body = {"text": "A baker in Tolmin sold a cake to a duck. " * 4, "source": "Lone Leaf"}
    article = browser.post("/v1/articles?wait=60", json=body).json()
    try:
        answer = browser.get(f"/stories/{article['story']}/brief.html")
        assert answer.status_code == 422
        assert "two outlets or more" in words(one(parsed(answer.text), ".lede, .problem, main"))
        page = parsed(browser.get(f"/stories/{article['story']}").text)
        assert page.cssselect("a[download]") == []
    finally:
        browser.delete(f"/v1/articles/{article['id']}")
    assert browser.get("/stories/9999/brief.html").status_code == 404
