"""`/`, `/articles` and `/stories`: what is in the collection."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from app.main import create_app
from app.settings import Settings
from tests.databases import new_url
from tests.pages.reading import one, parsed, words
from tests.web.conftest import serving


def test_a_browser_finds_a_page_and_a_program_addresses(browser: httpx.Client) -> None:
    page = browser.get("/")
    assert page.headers["content-type"].startswith("text/html")
    assert "Accept" in page.headers["vary"]
    answer = browser.get("/", headers={"Accept": "*/*"})
    assert answer.json()["service"] == "Parallax"
    assert browser.head("/").status_code == 200


def test_the_front_page_shows_what_is_there(browser: httpx.Client) -> None:
    tree = parsed(browser.get("/").text)
    outlets = browser.get("/v1/sources?sort=-articles").json()["items"]
    shown = [words(e) for e in tree.cssselect(".outlet-list bdi")]
    assert shown == [each["name"] for each in outlets]
    stories = browser.get("/v1/stories").json()["items"]
    links = [a.get("href") for a in tree.cssselect(".story-list .headline")]
    assert sorted(links) == sorted(f"/stories/{each['id']}" for each in stories)
    assert browser.get(one(tree, ".article-list .headline").get("href")).status_code == 200


def test_the_search_box_takes_the_query_language(browser: httpx.Client) -> None:
    q = 'title:(ferry OR fog) -lawyer source:"Coastal Courier"'
    tree = parsed(browser.get("/articles", params={"q": q, "since": "", "source": ""}).text)
    found = browser.get("/v1/articles", params={"q": q}).json()["items"]
    assert found
    shown = [a.get("href") for a in tree.cssselect(".article-list .headline")]
    assert shown == [f"/articles/{each['id']}" for each in found]
    assert one(tree, "#q").get("value") == q


def test_a_query_that_is_not_understood_says_at_which_character(browser: httpx.Client) -> None:
    answer = browser.get("/articles", params={"q": "ferry AND"})
    assert answer.status_code == 422
    tree = parsed(answer.text)
    assert "Character 6" in words(one(tree, "[role=alert]"))
    assert one(tree, "#q").get("value") == "ferry AND"


@pytest.mark.parametrize("path", ["/articles", "/stories"])
def test_long_lists_go_on(browser: httpx.Client, path: str) -> None:
    seen: list[str] = []
    link: str | None = f"{path}?limit=2&source=coastal-courier"
    while link:
        tree = parsed(browser.get(link).text)
        seen += [a.get("href") for a in tree.cssselect("li .headline")]
        more = tree.cssselect("a.button.quiet")
        link = more[0].get("href") if more else None
    total = browser.get(f"/v1{path}?source=coastal-courier").json()["total"]["value"]
    assert len(seen) == len(set(seen)) == total


def test_stories_that_an_outlet_does_not_have(browser: httpx.Client) -> None:
    row = {"source": "Lone Gazette", "title": "Bees swarm in Oakdale", "text": "Bees. " * 5}
    number = browser.post("/v1/articles", json=row).json()["id"]
    try:
        tree = parsed(browser.get("/stories?without_source=lone-gazette&min_sources=2").text)
        assert len(tree.cssselect(".story-list .headline")) == 3
        assert "does not mean not reported" in words(tree)
        story = parsed(browser.get("/stories/1").text)
        assert "Of 1 outlet it cannot be said" in words(one(story, "#absent"))
    finally:
        browser.delete(f"/v1/articles/{number}")


def test_a_story_shows_its_articles_in_time_and_leads_to_the_comparison(
    browser: httpx.Client,
) -> None:
    tree = parsed(browser.get("/stories/2").text)
    articles = browser.get("/v1/articles?story=2&sort=published_at").json()["items"]
    dots = tree.cssselect(".lane a")
    assert len(dots) == len(articles)
    assert {a.get("href") for a in dots} == {f"/articles/{each['id']}" for each in articles}
    listed = [a.get("href") for a in tree.cssselect(".article-list .headline")]
    assert listed == [f"/articles/{each['id']}" for each in articles]
    assert browser.get(one(tree, ".actions .button").get("href")).status_code == 200
    others = one(tree, '.outlet-list a[href*="others"]').get("href")
    assert browser.get(others).status_code == 200


def test_a_story_of_one_outlet_is_a_page_that_says_why(browser: httpx.Client) -> None:
    row = {
        "source": "Lone Gazette",
        "title": "Bees swarm in Oakdale orchards",
        "text": "Beekeepers in Oakdale lost forty hives on Tuesday, said Piet Harmsen.",
    }
    article = browser.post("/v1/articles", json=row).json()
    try:
        answer = browser.get(f"/stories/{article['story']}")
        assert answer.status_code == 200
        tree = parsed(answer.text)
        assert "cannot be compared" in words(one(tree, ".problem"))
        assert one(tree, ".article-list .headline").get("href") == f"/articles/{article['id']}"
        assert tree.cssselect(".actions .button") == []
    finally:
        browser.delete(f"/v1/articles/{article['id']}")


def test_a_story_that_went_into_another_says_so(browser: httpx.Client) -> None:
    row = {"source": "Lone Gazette", "title": "Bees swarm", "text": "Beekeepers lost hives."}
    article = browser.post("/v1/articles", json=row).json()
    try:
        body = {"into": 3, "reason": "for the test"}
        merged = browser.post(f"/v1/stories/{article['story']}/merge", json=body)
        assert merged.status_code == 200
        tree = parsed(browser.get(f"/stories/{article['story']}").text)
        assert one(tree, ".actions .button").get("href") == "/stories/3"
    finally:
        browser.delete(f"/v1/articles/{article['id']}")


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    folder: Path = tmp_path_factory.mktemp("pages")
    app = create_app(Settings(database_url=new_url(folder, "empty"), log_level="error"))
    with (
        serving(app) as address,
        httpx.Client(base_url=address, timeout=90, headers={"Accept": "text/html"}) as client,
    ):
        yield client


def token(client: httpx.Client) -> dict[str, str]:
    """What every form of the front page carries."""
    field = one(parsed(client.get("/").text), "input[name=form_token]")
    return {"form_token": str(field.get("value"))}


def test_an_empty_collection_invites(empty: httpx.Client) -> None:
    tree = parsed(empty.get("/").text)
    assert one(tree, ".invite a.button").get("href") == "/compare"
    assert one(tree, 'form[action="/add/sample"]').get("method") == "post"
    assert empty.get("/stories").status_code == 200
    assert empty.get("/articles").status_code == 200


def test_a_collection_of_the_first_day_of_the_calendar_has_a_front_page(
    empty: httpx.Client,
) -> None:
    row = {"text": "It rained in Veldhaven.", "source": "Gazette", "published_at": "0001-01-01"}
    added = empty.post("/v1/articles", json=row, params={"wait": 60}).json()
    try:
        tree = parsed(empty.get("/").text)
        assert one(tree, ".story-list .headline").get("href") == f"/stories/{added['story']}"
    finally:
        empty.delete(f"/v1/articles/{added['id']}")


def test_a_text_is_added_and_shown(empty: httpx.Client) -> None:
    form = {
        "text": "Rain in Veldhaven\r\n\r\nIt rained in Veldhaven on Monday.",
        "source": "Gazette",
    }
    answer = empty.post("/add", data=form | token(empty))
    assert answer.status_code == 303
    tree = parsed(empty.get(answer.headers["location"]).text)
    assert "It rained in Veldhaven on Monday." in words(one(tree, ".text"))
    assert words(one(tree, ".kicker")) == "Gazette"


def test_files_are_an_import_that_tells_how_far_it_is(empty: httpx.Client) -> None:
    files = [
        ("files", (f"{n}.txt", f"Snow on day {n}\n\nIt snowed in Oslo.".encode())) for n in range(3)
    ]
    files.append(("files", ("bad.json", b"{")))
    answer = empty.post("/add", data=token(empty), files=files)
    assert answer.status_code == 303
    place = answer.headers["location"]
    with empty.stream("GET", f"{place}/progress") as events:
        assert events.headers["content-type"].startswith("text/event-stream")
        told = [line for line in events.iter_lines() if line.startswith("data: ")]
    assert '"state":"done"' in told[-1]
    tree = parsed(empty.get(place).text)
    assert "3 new" in words(one(tree, "[role=status]"))
    assert "bad.json" in words(tree)
    assert empty.get("/imports/99").status_code == 404


def test_the_sample_is_loaded_from_the_page(empty: httpx.Client) -> None:
    answer = empty.post("/add/sample", data=token(empty))
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert "Meridian Dispatch" in words(parsed(empty.get("/").text))


def test_nothing_and_what_is_not_fetched_are_refused(empty: httpx.Client) -> None:
    form = token(empty)
    assert empty.post("/add", data=form | {"text": "  "}).status_code == 422
    refused = empty.post("/add", data=form | {"text": "http://127.0.0.1:1/x"})
    assert refused.status_code == 422
    assert refused.headers["content-type"].startswith("text/html")


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
    ],
)
@pytest.mark.parametrize("path", ["/add", "/add/sample", "/compare"])
def test_a_form_of_another_site_is_not_taken(
    empty: httpx.Client, path: str, headers: dict[str, str]
) -> None:
    before = empty.get("/v1/articles", headers={"Accept": "*/*"}).json()["total"]
    fields = {"text": "Rain fell on Monday."} | token(empty)
    answer = empty.post(path, data=fields, headers=headers)
    assert answer.status_code == 403
    assert empty.get("/v1/articles", headers={"Accept": "*/*"}).json()["total"] == before
