"""Lists of feeds, in and out, as OPML."""

from xml.etree import ElementTree

import httpx
import pytest

from tests.intake.loopback import Site
from tests.web.feeds.polled import feed_of


def test_opml_goes_out_as_it_came_in(client: httpx.Client, site: Site) -> None:
    site.routes["/feed.xml"] = feed_of(site, "/a1")
    url = f"http://127.0.0.1:{site.port}/feed.xml"
    given = f"""<?xml version="1.0"?><opml version="1.0"><head><title>mine</title></head><body>
    <outline text="North"><outline text="Tidings &amp; Tides" type="rss" xmlUrl="{url}"/>
    <outline text="Closed" xmlUrl="ftp://news.example/feed"/>
    <outline text="again" xmlUrl="{url}"/></outline></body></opml>"""
    kind = {"Content-Type": "text/x-opml"}
    answer = client.post("/v1/feeds/opml", content=given, headers=kind)
    assert answer.status_code == 200, answer.text
    said = answer.json()
    assert (said["created"], said["existing"]) == (1, 0)
    assert [each["pointer"] for each in said["failed"]] == ["line 3"]
    (feed,) = client.get("/v1/feeds").json()["items"]
    assert feed["source"]["name"] == "Tidings & Tides"
    written = client.get("/v1/feeds/opml")
    assert written.headers["content-type"] == "text/x-opml; charset=utf-8"
    (outline,) = ElementTree.fromstring(written.content).iter("outline")
    assert outline.attrib == {"type": "rss", "text": "Tidings & Tides", "xmlUrl": url}
    again = client.post("/v1/feeds/opml", content=written.content, headers=kind).json()
    assert again == {"created": 0, "existing": 1, "failed": []}


BOMB = (
    '<!DOCTYPE opml [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    '<opml><body><outline text="&b;" xmlUrl="http://news.example/"/></body></opml>'
)
INSIDE = (
    '<!DOCTYPE opml [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    '<opml><body><outline text="&a;" xmlUrl="http://news.example/"/></body></opml>'
)
DEEP = "<opml><body>" + "<outline>" * 10_000
MANY = (
    "<opml><body>"
    + "".join(f'<outline xmlUrl="http://n.example/{n}"/>' for n in range(5_001))
    + "</body></opml>"
)


@pytest.mark.parametrize(
    ("content", "status", "said"),
    [
        (BOMB, 422, "a document type is not taken"),
        (INSIDE, 422, "a document type is not taken"),
        (DEEP, 422, "nested more than 50 deep"),
        (MANY, 413, "5,000 feeds at most"),
        ("<opml><body>", 422, "no XML at line 1"),
        ("<html><body/></html>", 422, "begins with <html>"),
        ("<opml><body/></opml>", 422, "holds no feed"),
        ("", 422, "empty"),
    ],
    ids=["bomb", "inside", "deep", "many", "cut", "html", "none", "empty"],
)
def test_hostile_lists_are_refused(
    client: httpx.Client, content: str, status: int, said: str
) -> None:
    answer = client.post(
        "/v1/feeds/opml", content=content, headers={"Content-Type": "application/xml"}
    )
    assert answer.status_code == status, answer.text
    assert said in answer.text
    assert client.get("/v1/feeds").json()["items"] == []
    wrong = client.post("/v1/feeds/opml", content="{}", headers={"Content-Type": "text/plain"})
    assert wrong.status_code == 415
