"""What holds for every page: its policy, its size, what it asks for, whom it answers."""

import re
from pathlib import Path

import httpx
import pytest

from tests.pages.conftest import PASTED, Paste
from tests.pages.reading import one, parsed, words
from tests.pages.test_compare_page import STORED

PAGES = (
    *("/entities/4/merge?q=a", "/sources/coastal-courier/correct", "/stories/1/correct?q=ferry"),
    "/corrections",
    *("/", "/articles", "/articles?q=ferry", "/stories", "/stories/1", "/compare", STORED),
    *("/compare?story=1", "/articles/1", "/articles/5?at=3-9", "/nowhere"),
    *("/entities", "/entities/4", "/sources/coastal-courier"),
    "/sources/coastal-courier/quotes",
)
ASSETS = Path(__file__).parents[2] / "app" / "pages" / "assets"


@pytest.fixture(params=[*PAGES, "pasted"])
def answer(request: pytest.FixtureRequest, browser: httpx.Client, paste: Paste) -> httpx.Response:
    return paste(*PASTED) if request.param == "pasted" else browser.get(request.param)


def test_a_page_may_load_our_own_files_and_nothing_else(answer: httpx.Response) -> None:
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert set(re.findall(r"https?:\S+|\*", policy)) == set()
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_page_has_no_style_script_or_handler_of_its_own(answer: httpx.Response) -> None:
    tree = parsed(answer.text)
    assert tree.cssselect("style, script:not([src]), iframe, object, embed, base") == []
    for element in tree.iter():
        for name in element.attrib:
            assert name != "style"
            assert not name.startswith("on")


def test_a_page_asks_no_other_service(answer: httpx.Response) -> None:
    tree = parsed(answer.text)
    for element in tree.cssselect("[src], link[href], form[action], image, use"):
        address = element.get("src") or element.get("href") or element.get("action") or ""
        assert address.startswith("/")
        assert not address.startswith("//")


def test_a_page_is_small_and_names_its_language(answer: httpx.Response) -> None:
    assert len(answer.content) < 150_000
    assert parsed(answer.text).get("lang") == "en"
    assert answer.text.startswith("<!doctype html>")


def test_ids_are_there_once_and_links_within_a_page_lead_somewhere(answer: httpx.Response) -> None:
    tree = parsed(answer.text)
    ids = [element.get("id") for element in tree.cssselect("[id]")]
    assert len(ids) == len(set(ids))
    for link in tree.cssselect('a[href^="#"]'):
        assert link.get("href")[1:] in ids


def test_the_script_is_small_and_everything_is_ours(browser: httpx.Client) -> None:
    assert (ASSETS / "pages.js").stat().st_size < 15_000
    tree = parsed(browser.get("/compare").text)
    for element in tree.cssselect("link[href], script[src]"):
        asset = browser.get(element.get("href") or element.get("src"))
        assert asset.status_code == 200
        assert not re.findall(rb"https?://(?!www\.w3\.org/)", asset.content)
    style = (ASSETS / "pages.css").read_text("utf-8")
    for font in re.findall(r'url\("([^"]+)"\)', style):
        assert browser.get(f"/assets/{font}").status_code == 200


def test_a_problem_is_a_page_for_browsers_and_json_for_programs(browser: httpx.Client) -> None:
    page = browser.get("/nowhere")
    assert (page.status_code, page.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert "nothing at /nowhere" in words(one(parsed(page.text), ".lede"))
    for accept in ("*/*", "application/json", "application/json, text/html;q=0.5"):
        answer = browser.get("/nowhere", headers={"Accept": accept})
        assert answer.headers["content-type"] == "application/problem+json"
    answer = browser.get("/v1/articles/4711")
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_wrong_method_keeps_its_header(browser: httpx.Client) -> None:
    answer = browser.delete("/compare")
    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD, POST"
    assert answer.headers["content-type"].startswith("text/html")


def test_the_page_of_the_api_takes_a_query_that_nobody_reads(browser: httpx.Client) -> None:
    assert browser.get("/docs?x=1").status_code == 200


def test_pages_stand_below_a_path_of_their_host() -> None:
    from app.pages.answers import address_in

    at = address_in({"type": "http", "root_path": "/parallax/"})
    assert at("/compare", article=[1, 2], since=None) == "/parallax/compare?article=1&article=2"
