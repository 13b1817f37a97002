"""Feeds as a user has them: a service, and a real server of feeds on the loopback address."""

import time
from email.utils import formatdate
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.databases import new_url
from tests.intake.loopback import Handler, Site
from tests.web.feeds.polled import added, feed_of, page, rss, service, titles, until
from tests.web.running import fresh_process, started


def test_a_service_fills_itself_and_asks_only_for_what_is_new(
    client: httpx.Client, site: Site
) -> None:
    def feed(handler: Handler) -> None:
        if handler.headers.get("if-none-match") == '"v1"':
            handler.answer(304)
        else:
            feed_of(site, "/a1", "/a2", etag='"v1"')(handler)

    site.routes["/feed.xml"] = feed
    number = added(client, site)
    found = until(client, number, lambda f: f["polls"] >= 2)
    assert (found["state"], found["last_error"], found["failures"]) == ("active", None, 0)
    assert (found["title"], found["created"]) == ("Oslo Tidings", 2)
    assert found["source"] == {"slug": "oslo-tidings", "name": "Oslo Tidings"}
    assert found["last_poll"] == dict.fromkeys(found["last_poll"], 0)
    assert found["next_poll_at"] > found["last_poll_at"]
    assert titles(client) == ["Item /a1", "Item /a2"]
    # Each page once, robots.txt before all; the feed the second time only if it had changed.
    assert site.pages().count("/a1") == site.pages().count("/a2") == 1
    asked = [headers.get("If-None-Match") for path, headers in site.asked if path == "/feed.xml"]
    assert asked[0] is None
    assert set(asked[1:]) == {'"v1"'}
    assert site.asked[0][0] == "/robots.txt"

    site.routes["/feed.xml"] = feed_of(site, "/a3", "/a1", "/a2", last_modified=formatdate())
    found = until(client, number, lambda f: f["created"] == 3)
    assert found["last_poll"]["existing"] == 2
    assert titles(client)[-1] == "Item /a3"
    assert site.pages().count("/a1") == 1


def test_a_deleted_article_is_told_and_not_brought_back(client: httpx.Client, site: Site) -> None:
    site.routes["/feed.xml"] = feed_of(site, "/a1", "/a2")
    # Its link leads elsewhere: it is known by where it led.
    site.routes["/a2"] = lambda h: h.answer(302, location="/b2")
    site.routes["/b2"] = page("Moved")
    number = added(client, site)
    until(client, number, lambda f: f["created"] == 2)
    for each in client.get("/v1/articles").json()["items"]:
        assert client.delete(f"/v1/articles/{each['id']}").status_code == 204
    found = until(client, number, lambda f: f["last_poll"]["deleted"] == 2)
    assert found["last_poll"]["existing"] == 0
    assert titles(client) == []
    assert site.pages().count("/a1") == 1


def test_a_server_that_asks_for_time_gets_it(client: httpx.Client, site: Site) -> None:
    site.routes["/feed.xml"] = lambda h: h.answer(429, retry_after="3600")
    number = added(client, site)
    found = until(client, number, lambda f: f["polls"] == 1)
    assert "answered 429" in found["last_error"]
    assert found["failures"] == 1
    last, due = (
        time.mktime(time.strptime(found[name][:19], "%Y-%m-%dT%H:%M:%S"))
        for name in ("last_poll_at", "next_poll_at")
    )
    assert 3590 <= due - last <= 3610
    assert site.pages() == ["/feed.xml"]


def test_failures_double_the_pause_and_one_success_ends_them(
    client: httpx.Client, site: Site
) -> None:
    site.routes["/feed.xml"] = lambda h: h.answer(500)
    number = added(client, site)
    found = until(client, number, lambda f: f["failures"] == 2)
    assert "answered 500" in found["last_error"]
    assert found["last_success_at"] is None
    site.routes["/feed.xml"] = feed_of(site, "/a1")
    found = until(client, number, lambda f: f["created"] == 1)
    assert (found["failures"], found["last_error"]) == (0, None)


def test_a_feed_that_is_gone_is_stopped_until_a_person_says_otherwise(
    client: httpx.Client, site: Site
) -> None:
    site.routes["/feed.xml"] = lambda h: h.answer(410)
    number = added(client, site)
    found = until(client, number, lambda f: f["state"] == "gone")
    assert found["next_poll_at"] is None
    time.sleep(3)
    assert site.pages() == ["/feed.xml"]
    assert client.get("/v1/feeds", params={"state": "gone"}).json()["total"]["value"] == 1
    site.routes["/feed.xml"] = feed_of(site, "/a1")
    client.patch(f"/v1/feeds/{number}", json={"state": "active"})
    until(client, number, lambda f: f["created"] == 1)
    client.patch(f"/v1/feeds/{number}", json={"state": "paused"})
    asked = len(site.asked)
    time.sleep(3)
    assert len(site.asked) == asked


def test_robots_txt_is_obeyed_for_feeds_and_for_what_they_link_to(
    client: httpx.Client, site: Site
) -> None:
    rules = b"User-agent: *\nDisallow: /closed"
    site.routes["/robots.txt"] = lambda h: h.answer(200, rules, content_type="text/plain")
    site.routes["/feed.xml"] = feed_of(site, "/open", "/closed/1")
    site.routes["/closed/feed.xml"] = feed_of(site, "/open2")
    number = added(client, site)
    other = added(client, site, "/closed/feed.xml")
    found = until(client, number, lambda f: f["created"] == 1)
    assert found["last_poll"]["failed"] == 1
    found = until(client, other, lambda f: f["polls"] > 0)
    assert "robots.txt" in found["last_error"]
    assert not any(path.startswith("/closed") for path in site.pages())


def test_what_is_no_feed_and_where_it_leads_is_told(client: httpx.Client, site: Site) -> None:
    site.routes["/page"] = page("No feed")
    site.routes["/round"] = lambda h: h.answer(302, location="/round")
    site.routes["/moved"] = lambda h: h.answer(301, location="/feed.xml")
    site.routes["/feed.xml"] = feed_of(site, "/a1")
    numbers = {path: added(client, site, path) for path in ("/page", "/round", "/moved")}
    said = {
        path: until(client, number, lambda f: f["polls"] > 0) for path, number in numbers.items()
    }
    assert "no RSS or Atom feed" in said["/page"]["last_error"]
    assert "more than 5 redirects" in said["/round"]["last_error"]
    assert said["/moved"]["created"] == 1


def test_a_feed_of_ten_thousand_links_is_taken_a_bounded_piece_at_a_time(
    tmp_path: Path, site: Site
) -> None:
    paths = [f"/n{number}" for number in range(10_000)]
    site.routes["/feed.xml"] = lambda h: h.answer(200, rss(site, *paths), content_type="text/xml")
    site.routes |= {path: page(f"Fog over {path[1:]}") for path in paths[:4]}
    with service(tmp_path, feed_articles=2) as client:
        number = added(client, site)
        found = until(client, number, lambda f: f["polls"] >= 2)
        assert found["created"] == 4
        assert found["last_poll"]["waiting"] == 1_000 - 4
        assert titles(client) == ["Item /n0", "Item /n1", "Item /n2", "Item /n3"]
        assert len([path for path in site.pages() if path != "/feed.xml"]) <= 6


def test_a_feed_may_not_lead_inside(tmp_path: Path, site: Site) -> None:
    with service(tmp_path, fetch_private=False) as client:
        for url in (
            f"http://127.0.0.1:{site.port}/feed.xml",
            "http://169.254.169.254/latest/meta-data",
            "http://10.0.0.1/feed.xml",
            "http://localhost/feed.xml",
            "http://user:secret@news.example/feed.xml",
            "file:///etc/passwd",
            "http://[::1]/feed",
        ):
            answer = client.post("/v1/feeds", json={"url": url})
            assert answer.status_code == 422, url
            assert [each["pointer"] for each in answer.json()["errors"]] == ["#/url"]
        assert client.get("/v1/feeds").json()["items"] == []
    assert site.asked == []


def test_a_link_in_a_feed_may_not_lead_inside(client: httpx.Client, site: Site) -> None:
    inside = "http://169.254.169.254/latest/meta-data"
    item = f"<item><title>x</title><link>{inside}</link></item>"
    site.routes["/feed.xml"] = lambda h: h.answer(
        200, rss(site, "/a1").replace(b"<item>", item.encode() + b"<item>", 1)
    )
    site.routes["/a1"] = page("Fog")
    number = added(client, site)
    found = until(client, number, lambda f: f["created"] == 1)
    assert found["last_poll"]["failed"] == 1
    assert len(titles(client)) == 1


def test_a_feed_is_changed_listed_by_its_outlet_and_removed(
    client: httpx.Client, site: Site
) -> None:
    site.routes["/feed.xml"] = feed_of(site, "/a1")
    number = added(client, site, source="Harbour Weekly", interval=600)
    found = until(client, number, lambda f: f["created"] == 1)
    assert found["source"]["slug"] == "harbour-weekly"
    assert found["interval"] == 600
    again = client.post("/v1/feeds", json={"url": found["url"], "source": "Others"})
    assert again.status_code == 200
    assert again.json()["source"] == found["source"]
    article = client.get("/v1/articles").json()["items"][0]
    assert article["source"]["name"] == "Harbour Weekly"

    client.patch("/v1/sources/harbour-weekly", json={"name": "Harbour Daily"})
    listed = client.get("/v1/feeds", params={"source": "Harbour Daily"}).json()["items"]
    assert [each["id"] for each in listed] == [number]
    assert listed[0]["source"] == {"slug": "harbour-daily", "name": "Harbour Daily"}
    assert client.delete(f"/v1/feeds/{number}").status_code == 204
    assert client.get(f"/v1/feeds/{number}").status_code == 404
    assert client.delete(f"/v1/feeds/{number}").status_code == 404
    assert titles(client) == ["Item /a1"]


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "#/url"),
        ({"url": "no address"}, "#/url"),
        ({"url": "https://news.example/feed", "interval": 5}, "#/interval"),
        ({"url": "https://news.example/feed", "source": "..."}, "#/source"),
        ({"url": "https://news.example/feed", "title": "x"}, "#/title"),
    ],
)
def test_what_is_no_feed_to_add_is_refused_at_its_field(
    client: httpx.Client, body: dict[str, Any], pointer: str
) -> None:
    answer = client.post("/v1/feeds", json=body)
    assert answer.status_code == 422, answer.text
    assert [each["pointer"] for each in answer.json()["errors"]] == [pointer]


def test_several_services_poll_a_feed_once(tmp_path: Path, site: Site) -> None:
    """Both are on one database; each feed is polled by one of them, whichever claims it."""
    for name in ("x", "y", "z"):
        site.routes[f"/{name}.xml"] = feed_of(site, f"/{name}1")
    shared = {"database_url": new_url(tmp_path, "shared", keep=True), "feed_interval": 600}
    with service(tmp_path, **shared) as one, service(tmp_path, **shared) as two:
        numbers = [added(one, site, f"/{name}.xml") for name in ("x", "y", "z")]
        for each in numbers:
            assert until(two, each, lambda f: f["polls"] == 1)["created"] == 1
        time.sleep(2)
    pages = site.pages()
    assert sorted(pages) == sorted({*pages})


def test_a_service_ends_within_ten_seconds_while_a_feed_hangs(tmp_path: Path, site: Site) -> None:
    site.routes["/feed.xml"] = lambda h: time.sleep(60)
    url = new_url(tmp_path, "hanging", keep=True)
    with service(tmp_path, database_url=url) as client:
        number = added(client, site)
        while "/feed.xml" not in site.pages():
            time.sleep(0.05)
        began = time.monotonic()
    assert time.monotonic() - began < 10
    # What was broken off is due as before, and nobody's.
    site.routes["/feed.xml"] = feed_of(site, "/a1")
    with service(tmp_path, database_url=url) as client:
        assert until(client, number, lambda f: f["polls"] > 0)["created"] == 1


@pytest.mark.slow
def test_a_poll_outlives_the_process_that_made_it(tmp_path: Path, site: Site) -> None:
    """Killed in the middle of a poll: what was taken is there, and the rest comes with the next
    process, each page asked for once."""
    paths = [f"/k{number}" for number in range(12)]
    site.routes["/feed.xml"] = feed_of(site, *paths)
    site.routes["/k9"] = lambda h: time.sleep(60)
    given = {"database_url": new_url(tmp_path, "killed", keep=True), "workers": "0"}
    given |= {"fetch_private": "true", "feed_interval": "600", "fetch_timeout": "5"}
    port, process = started(tmp_path, **given)
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30) as client:
        number = added(client, site)
    while "/k9" not in site.pages():
        time.sleep(0.05)
    process.kill()
    process.wait()
    site.routes["/k9"] = page("Back")
    with (
        fresh_process(tmp_path, **given) as port,
        httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30) as client,
    ):
        deadline = time.monotonic() + 100
        while client.get(f"/v1/feeds/{number}").json()["polls"] < 1:
            assert time.monotonic() < deadline
            time.sleep(0.5)
        assert sorted(titles(client)) == sorted(f"Item {path}" for path in paths)
    pages = site.pages()
    assert [pages.count(path) for path in paths[:8]] == [1] * 8


def test_polling_can_be_turned_off(tmp_path: Path, site: Site) -> None:
    with service(tmp_path, feeds=False) as client:
        number = added(client, site)
        time.sleep(2)
        assert client.get(f"/v1/feeds/{number}").json()["polls"] == 0
    assert site.asked == []


@pytest.mark.parametrize("method", ["PATCH", "DELETE", "PUT"])
def test_a_list_of_feeds_is_no_feed(client: httpx.Client, method: str) -> None:
    assert client.request(method, "/v1/feeds/opml").status_code == 405
    assert client.request(method, "/v1/feeds/other").status_code == 404
