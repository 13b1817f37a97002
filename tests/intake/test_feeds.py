import time
from datetime import UTC, datetime

import httpx
import pytest

from app.domain.feed import FeedState
from app.errors import FetchFailed, UnreadableDocument, UnsupportedMedia
from app.intake.feeds import feed_entries
from app.intake.fetch import Fetcher
from app.intake.pages import AddressRead, read_address
from app.intake.readers import read_bytes

FULL = "<p>" + "The market on the square closed after a hundred years. " * 20 + "</p>"
RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>The Courier &amp; Post</title><language>en-GB</language>
%s
</channel></rss>"""


def rss(items: str) -> bytes:
    return (RSS % items).encode()


def test_rss_entry_with_the_whole_text() -> None:
    feed = feed_entries(
        rss(
            "<item><title>Market &lt;b&gt;closed&lt;/b&gt;</title><link>https://c.example/a</link>"
            "<pubDate>Thu, 24 Mar 2016 23:30:00 -0700</pubDate><dc:creator>Ann Bell</dc:creator>"
            f"<content:encoded><![CDATA[{FULL}]]></content:encoded></item>"
        )
    )
    (entry,) = feed.entries
    found = entry.submission
    assert found is not None
    assert found.url == "https://c.example/a"
    assert found.title == "Market closed"
    assert found.source == feed.title == "The Courier & Post"
    assert found.authors == ("Ann Bell",)
    assert found.language == "en"
    assert found.html is not None
    assert "hundred years" in found.html
    assert found.published is not None
    assert found.published.instant == datetime(2016, 3, 25, 6, 30, tzinfo=UTC)
    assert found.published.day.isoformat() == "2016-03-24"


@pytest.mark.parametrize(
    "body",
    [
        "<description>Only a teaser.</description>",
        "<content:encoded>&lt;p&gt;Short.&lt;/p&gt;</content:encoded>",
        f"<content:encoded><![CDATA[{FULL}<p>It goes on […]</p>]]></content:encoded>",
        f"<content:encoded><![CDATA[{FULL}<a href='/x'>Continue reading</a>]]></content:encoded>",
        f"<description><![CDATA[{FULL}]]></description>",
    ],
)
def test_entry_without_the_whole_text_is_a_bare_address(body: str) -> None:
    feed = feed_entries(rss(f"<item><link>https://c.example/a</link>{body}</item>"))
    (entry,) = feed.entries
    assert entry.submission is not None
    assert (entry.submission.html, entry.submission.text) == (None, None)


def test_atom_entry() -> None:
    content = f"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title>Bote</title>
    <entry><title type="html">Markt &amp;amp; Platz</title><link href="/a"/>
    <published>2016-03-24T10:00:00+01:00</published><author><name>Ann Bell</name></author>
    <content type="html"><![CDATA[{FULL}]]></content></entry>
    <entry><link href="http://bote.example/b"/><updated>2016-03-24T10:00:00Z</updated></entry>
    </feed>""".encode()
    first, second = (
        e.submission for e in feed_entries(content, url="http://bote.example/f").entries
    )
    assert first is not None
    assert first.url == "http://bote.example/a"
    assert first.title == "Markt & Platz"
    assert first.language == "de"
    assert first.html is not None
    assert first.published is not None
    assert first.published.instant.hour == 9
    assert second is not None
    assert second.published is None


@pytest.mark.parametrize(
    ("author", "expected"),
    [
        ("ann@c.example (Ann Bell)", ("Ann Bell",)),
        ("ann@c.example", ()),
        ("Ann Bell", ("Ann Bell",)),
    ],
)
def test_rss_author_is_a_name(author: str, expected: tuple[str, ...]) -> None:
    item = f"<item><link>http://c.example/a</link><author>{author}</author></item>"
    (entry,) = feed_entries(rss(item)).entries
    assert entry.submission is not None
    assert entry.submission.authors == expected


@pytest.mark.parametrize(
    ("dated", "day"),
    [
        ("<pubDate>Nov 7, 2017</pubDate>", "2017-11-07"),
        ("<pubDate>2017/11/7 09:15:20</pubDate>", "2017-11-07"),
        ("<dc:date>2017-11-07T23:30:00-05:00</dc:date>", "2017-11-07"),
        ("<atom:updated>2017-11-07T08:00:00Z</atom:updated>", "2017-11-07"),
        ("<pubDate>07/11/2017</pubDate>", None),
    ],
)
def test_the_day_of_an_rss_entry(dated: str, day: str | None) -> None:
    item = f"<item><link>http://c.example/a</link>{dated}</item>"
    content = rss(item).replace(b"<rss ", b"<rss xmlns:atom='http://www.w3.org/2005/Atom' ")
    (entry,) = feed_entries(content).entries
    assert entry.submission is not None
    published = entry.submission.published
    assert (published.day.isoformat() if published else None) == day


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("//c.example/7/Snow Falls, Again", "https://c.example/7/Snow%20Falls,%20Again"),
        ("https://c.example/{7}", "https://c.example/%7B7%7D"),
        ("www.c.example/7", "https://www.c.example/7"),
        ("/7/snow.html", "https://feed.example/7/snow.html"),
        ("snow.html", "https://feed.example/news/snow.html"),
    ],
)
def test_a_link_that_is_slightly_off_is_an_address(link: str, address: str) -> None:
    item = f"<link>https://feed.example/news/</link><item><link><![CDATA[{link}]]></link></item>"
    (entry,) = feed_entries(rss(item)).entries
    assert entry.submission is not None
    assert entry.submission.url == address


@pytest.mark.parametrize(
    ("title", "plain"),
    [
        ("How the &lt;video&gt; tag came", "How the <video> tag came"),
        ("A &lt;em&gt;real&lt;/em&gt; winter&lt;br/&gt; at last", "A real winter at last"),
        ("Fewer than 5 &lt; 6", "Fewer than 5 < 6"),
    ],
)
def test_a_tag_that_a_title_speaks_of_stays(title: str, plain: str) -> None:
    (entry,) = feed_entries(
        rss(f"<item><link>http://c.example/a</link><title>{title}</title></item>")
    ).entries
    assert entry.submission is not None
    assert entry.submission.title == plain


def test_entries_that_cannot_be_taken_say_why() -> None:
    feed = feed_entries(
        rss(
            "<item><title>No link</title></item>"
            "<item><link>ftp://c.example/a</link></item>"
            "<item><link>http://c.example/b</link><pubDate>yesterday</pubDate></item>"
        )
    )
    assert [entry.number for entry in feed.entries] == [1, 2, 3]
    details = [entry.error.detail if entry.error else None for entry in feed.entries]
    assert details[0] == "entry 1 of the feed has no link"
    assert details[1] is not None
    assert "http or https" in details[1]
    last = feed.entries[2].submission
    assert last is not None
    assert last.published is None


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "no RSS or Atom"),
        (b"<html><body>no</body></html>", "no RSS or Atom"),
        (b"http://example.org/feed", "no RSS or Atom"),
        (b"%PDF-1.4", "PDF"),
        (rss("<item><link>http://c.example/a</link>")[:-30], "broken at line"),
        (rss("<item><title>a</item>"), "broken at line"),
    ],
)
def test_what_is_no_whole_feed_is_refused(content: bytes, says: str) -> None:
    with pytest.raises(UnreadableDocument, match=says):
        feed_entries(content)


def test_slip_in_an_entry_is_mended() -> None:
    feed = feed_entries(
        rss("<item><title>A&nbsp;&amp; B & C</title><link>http://c/a</link></item>")
    )
    (entry,) = feed.entries
    assert entry.submission is not None
    assert entry.submission.title == "A & B & C"


def bomb() -> bytes:
    entities = ['<!ENTITY a "lollollol">']
    entities += [f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(9)]
    return f"<?xml version='1.0'?><!DOCTYPE r [{''.join(entities)}]>".encode()


@pytest.mark.parametrize(
    "prologue",
    [
        bomb(),
        b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY j SYSTEM "file:///etc/passwd">]>',
        b'<?xml version="1.0"?><!DOCTYPE r SYSTEM "http://127.0.0.1:9/x.dtd">',
    ],
)
def test_entities_of_a_document_type_expand_to_nothing(prologue: bytes) -> None:
    item = "<item><title>x&j;</title><link>http://c.example/a</link></item>"
    content = prologue + rss(item).split(b"?>", 1)[1]
    began = time.monotonic()
    try:
        feed = feed_entries(content)
    except UnreadableDocument:
        pass
    else:
        assert all(len(str(entry.submission)) < 1000 for entry in feed.entries)
        assert "root:" not in str(feed)
    assert time.monotonic() - began < 15


def test_feed_file_gives_rows() -> None:
    item = "<item><link>http://c.example/a</link></item>"
    rows = list(read_bytes("feed.xml", rss(item + "<item/>" + item)))
    assert [(row.line, row.error is None) for row in rows] == [(1, True), (2, False), (3, True)]


def fetcher(handler: httpx.MockTransport) -> Fetcher:
    return Fetcher(
        max_bytes=100_000,
        timeout=5,
        allow_private=False,
        user_agent="Parallax/1",
        transport=handler,
        sleep=lambda seconds: None,
    )


def test_a_second_visit_asks_only_for_what_changed() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        if request.url.path == "/robots.txt":
            return httpx.Response(404)
        if request.headers.get("if-none-match") == '"1"':
            assert request.headers["if-modified-since"] == "Thu, 24 Mar 2016 10:00:00 GMT"
            return httpx.Response(304)
        headers = {"etag": '"1"', "last-modified": "Thu, 24 Mar 2016 10:00:00 GMT"}
        headers["content-type"] = "application/rss+xml"
        return httpx.Response(200, content=rss("<item><link>/a</link></item>"), headers=headers)

    web = fetcher(httpx.MockTransport(answer))
    first = read_address(web, "https://c.example/feed")
    (row,) = first.rows
    assert row.submission is not None
    assert row.submission.url == "https://c.example/a"
    assert first.state == FeedState(
        "https://c.example/feed", '"1"', "Thu, 24 Mar 2016 10:00:00 GMT"
    )
    assert read_address(web, "https://c.example/feed", first.state) == AddressRead((), first.state)


@pytest.mark.parametrize(
    ("response", "error"),
    [
        (httpx.Response(304), FetchFailed),
        (httpx.Response(500), FetchFailed),
        (httpx.Response(200, json={}), UnsupportedMedia),
        (httpx.Response(200, content=b"<rss version='2.0'><channel>"), UnreadableDocument),
    ],
)
def test_what_is_no_feed_is_remembered_as_none(
    response: httpx.Response, error: type[Exception]
) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(404) if request.url.path == "/robots.txt" else response

    read = read_address(fetcher(httpx.MockTransport(answer)), "https://c.example/feed")
    assert [type(row.error) for row in read.rows] == [error]
    assert read.state is None
