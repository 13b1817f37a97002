"""`/entities` and `/entities/{id}`."""

import httpx

from tests.pages.reading import one, parsed, words


def number_of(browser: httpx.Client, name: str) -> int:
    found = browser.get("/v1/entities", params={"q": name, "limit": 1}).json()["items"]
    assert found[0]["name"] == name
    return int(found[0]["id"])


def test_names_are_found_by_near_spelling(browser: httpx.Client) -> None:
    tree = parsed(browser.get("/entities?q=palmira&type=").text)
    assert words(one(tree, ".named-list tbody th")) == "Palmyra"
    assert browser.get(one(tree, ".named-list tbody th a").get("href")).status_code == 200


def test_an_entity_says_what_it_is_called_who_names_it_and_why_it_is_one(
    browser: httpx.Client,
) -> None:
    number = number_of(browser, "Islamic State")
    entity = browser.get(f"/v1/entities/{number}").json()
    tree = parsed(browser.get(f"/entities/{number}").text)
    called = [words(e) for e in tree.cssselect(".words.wide li")]
    assert called == [f"{a['text']}{a['mentions']}" for a in entity["aliases"]]
    lanes = {words(e.cssselect("bdi")[0]) for e in tree.cssselect(".lane:not(.days)")}
    assert lanes == {each["source"]["name"] for each in entity["sources"]}
    assert "IS = Islamic State" in words(tree)


def test_of_neighbours_in_as_many_articles_the_most_mentioned_come_first(
    browser: httpx.Client,
) -> None:
    number = number_of(browser, "Hafez al-Assad")
    found = browser.get(f"/v1/entities/{number}/neighbours?sort=-mentions&limit=200").json()
    found = found["items"]
    assert {each["articles"] for each in found} == {1}
    tree = parsed(browser.get(f"/entities/{number}").text)
    title = next(e for e in tree.cssselect("h2") if words(e) == "In the same articles")
    mentions = {each["name"]: each["mentions"] for each in found}
    shown = [mentions[words(e)] for e in title.getparent().cssselect("bdi")]
    assert shown == [each["mentions"] for each in found[: len(shown)]]


def test_its_mentions_stand_in_context_and_open_their_places(browser: httpx.Client) -> None:
    number = number_of(browser, "Islamic State")
    tree = parsed(browser.get(f"/entities/{number}").text)
    mentions = browser.get(f"/v1/entities/{number}/mentions?limit=25").json()["items"]
    links = tree.cssselect(".contexts .sentence a")
    assert [words(a) for a in links] == [each["text"] for each in mentions]
    article = parsed(browser.get(links[0].get("href")).text)
    assert words(one(article, "#at")) == words(links[0])


def test_a_merge_and_its_undoing_are_seen_on_the_page(browser: httpx.Client) -> None:
    one_id, other = number_of(browser, "Moscow"), number_of(browser, "Kremlin")
    before = parsed(browser.get(f"/entities/{one_id}").text)
    count = words(one(before, ".facts-line"))
    body = {"into": one_id, "reason": "stands for it"}
    made = browser.post(f"/v1/entities/{other}/merge", json=body)
    assert made.status_code == 200
    merged = parsed(browser.get(f"/entities/{one_id}").text)
    assert words(one(merged, ".facts-line")) != count
    assert "stands for it" in words(merged)
    moved = parsed(browser.get(f"/entities/{other}").text)
    assert one(moved, ".problem a").get("href") == f"/entities/{one_id}"
    log = browser.get("/v1/corrections?limit=1").json()["items"]
    assert browser.delete(f"/v1/corrections/{log[0]['id']}").status_code in (200, 204)
    after = parsed(browser.get(f"/entities/{one_id}").text)
    assert words(one(after, ".facts-line")) == count


def test_an_entity_that_is_not_there_is_told(browser: httpx.Client) -> None:
    assert browser.get("/entities/99999").status_code == 404


def test_names_in_an_article_lead_to_their_entity(browser: httpx.Client) -> None:
    tree = parsed(browser.get("/articles/1").text)
    short = next(e for e in tree.cssselect(".in-name") if words(e) == "IS")
    entity = parsed(browser.get(short.get("href")).text)
    assert words(one(entity, ".page-title")) == "Islamic State"
