"""`/articles/{id}`: an article to read."""

import httpx
import pytest

from tests.pages.reading import one, parsed, words


def test_the_text_stands_there_whole(browser: httpx.Client) -> None:
    article = browser.get("/v1/articles/1").json()
    tree = parsed(browser.get("/articles/1").text)
    lines = [words(e) for e in tree.cssselect(".article-head .page-title, .lede, .text p")]
    assert lines == [" ".join(line.split()) for line in article["text"].split("\n") if line]


def test_names_quotes_figures_and_dates_are_marked_where_they_stand(browser: httpx.Client) -> None:
    tree = parsed(browser.get("/articles/1").text)
    for layer in ("name", "quote", "figure", "date"):
        found = browser.get(
            f"/v1/articles/1/{ {'name': 'mentions'}.get(layer, layer + 's') }",
            params={"limit": 200},
        ).json()["items"]
        surfaces = [(e.get("content") or e)["text"] for e in found]
        marked = [words(e) for e in tree.cssselect(f".in-{layer}")]
        assert sorted(marked) == sorted(" ".join(each.split()) for each in surfaces)


def test_a_mark_says_who_or_what_is_meant(browser: httpx.Client) -> None:
    tree = parsed(browser.get("/articles/1").text)
    short = next(e for e in tree.cssselect(".in-name") if words(e) == "IS")
    assert short.get("title") == "Islamic State, organisation"
    date = next(e for e in tree.cssselect(".in-date") if words(e) == "last May")
    assert date.get("title") == "May 2015"


def test_the_place_that_it_is_opened_at_is_marked(browser: httpx.Client) -> None:
    figure = browser.get("/v1/articles/1/figures").json()["items"][-1]
    tree = parsed(browser.get(f"/articles/1?at={figure['start']}-{figure['end']}").text)
    assert words(one(tree, "mark#at")) == figure["text"]


@pytest.mark.parametrize("at", ["5", "9-5", "0-99999999", "a-b", "5-5", "-1-4"])
def test_a_place_that_is_none_is_told(browser: httpx.Client, at: str) -> None:
    answer = browser.get("/articles/1", params={"at": at})
    assert answer.status_code == 422
    assert "START-END" in words(one(parsed(answer.text), ".lede"))


def test_similar_articles_lead_on(browser: httpx.Client) -> None:
    tree = parsed(browser.get("/articles/5").text)
    first = one(tree, ".similar a.headline").get("href")
    assert browser.get(first).status_code == 200
    compare = one(tree, ".similar .quiet-link").get("href")
    assert browser.get(compare).status_code == 200


def test_an_article_that_is_not_there_is_404(browser: httpx.Client) -> None:
    answer = browser.get("/articles/4711")
    assert answer.status_code == 404
    assert "no article 4711" in words(one(parsed(answer.text), ".lede"))
    assert browser.get("/articles/x").status_code == 404


def test_revisions_show_what_changed_and_are_compared(browser: httpx.Client) -> None:
    row = {
        "source": "Lone Gazette",
        "external_id": "revised",
        "title": "Bees swarm in Oakdale",
        "text": "Beekeepers in Oakdale lost 40 hives on Tuesday. <b>Nobody</b> was hurt.",
    }
    number = browser.post("/v1/articles", json=row).json()["id"]
    changed = row | {"text": row["text"].replace("40", "60") + " More rain is coming."}
    browser.post("/v1/articles", json=changed)
    try:
        tree = parsed(browser.get(f"/articles/{number}").text)
        change = one(tree, "p.change")
        assert [words(e) for e in change.cssselect("del")] == ["40"]
        assert [words(e) for e in change.cssselect("ins")] == ["60", "More rain is coming."]
        assert "<b>Nobody</b>" in words(change)
        older = parsed(browser.get(f"/articles/{number}?revision=1").text)
        assert "not the current one" in words(one(older, ".problem"))
        assert "lost 40 hives" in words(one(older, ".text"))
        path = f"article={number}@1&article={number}@2"
        compared = parsed(browser.get(f"/compare?{path}").text)
        link = one(compared, '#figures a[href*="revision=1"]')
        assert "40" in words(one(parsed(browser.get(link.get("href")).text), "#at"))
        kept = parsed(browser.get(f"/compare.html?{path}").text)
        assert len(kept.cssselect(".given")) == 2
    finally:
        browser.delete(f"/v1/articles/{number}")


def test_what_was_cleaned_away_is_told(browser: httpx.Client) -> None:
    with_something = next(
        each["id"]
        for each in browser.get("/v1/articles?limit=50").json()["items"]
        if browser.get(f"/v1/articles/{each['id']}").json()["removed"]
    )
    removed = browser.get(f"/v1/articles/{with_something}").json()["removed"]
    tree = parsed(browser.get(f"/articles/{with_something}").text)
    shown = one(tree, "#removed").cssselect("li")
    assert len(shown) == len(removed)
    assert removed[0]["reason"] in words(shown[0])
