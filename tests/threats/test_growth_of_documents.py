"""No document holds the service: reading grows as the length does, whatever is repeated in it."""

import json
from io import BytesIO

import pytest

from app.domain.article import Submission
from app.errors import InvalidInput, ParallaxError, UnreadableDocument
from app.intake.charsets import guess
from app.intake.feeds import feed_entries
from app.intake.readers import read_file
from app.services.ingest import read_document
from app.settings import Settings
from app.web.bodies import parse_json
from tests.threats.growth import MOST, growth

_PROSE = "<p>The council said that it would come back to the matter before the summer recess.</p>"
_HTML = (
    '<a href="/x">a link</a> ',
    "<p><a href=/x>a link</a></p>",
    "<a href=/x>unclosed ",
    "<li><a href=/x>a link and more</a></li>",
    "<div>",
    "<b>",
    "<br>a line",
    "<!-- ",
    "&#x200b;",
    "<table><tr><td>cell",
)
_FRAGMENTS = (
    "(",
    '"',
    "\\",
    "1% ",
    "\n\n",
    "Photo: A. ",
    "# ",
    "* a\n",
    "[a](b) ",
    "---\n",
    "{",
    "&",
)
_FILES = ("a.txt", "a.md", "a.html", "a.xml", "a.json", "a.ndjson", "a.csv")


@pytest.mark.parametrize("fragment", _HTML)
def test_html(fragment: str) -> None:
    def page(size: int) -> str:
        return f"<html><body><article>{_PROSE * 5}{fragment * size}</article></body></html>"

    assert growth(_read_html, page, 1_000) < MOST


@pytest.mark.parametrize("fragment", _FRAGMENTS)
@pytest.mark.parametrize("name", _FILES)
def test_files(name: str, fragment: str) -> None:
    def read(raw: bytes) -> None:
        for row in read_file(name, BytesIO(raw)):
            assert row.submission or row.error

    assert growth(read, lambda size: (fragment * size).encode()[:size], 20_000) < MOST


@pytest.mark.parametrize("fragment", ["(", '"', "1% ", "Photo: A. ", "Share this\n\n", "a\n\n"])
def test_cleaning(fragment: str) -> None:
    def read(text: str) -> None:
        _submit(Submission(text=text, source="Example Times"))

    assert growth(read, lambda size: fragment * size, 1_000) < MOST


def test_a_long_string_and_many_values_behind_it_in_json() -> None:
    def array(size: int) -> bytes:
        return b'["' + b"a" * (size * 20) + b'"' + b",0" * size + b"]"

    def read(raw: bytes) -> None:
        rows = list(read_file("a.json", BytesIO(raw)))
        assert all(row.line == 1 for row in rows)

    assert growth(read, array, 5_000) < MOST


# Each held a pattern of ours, or of the extractor's, for the square of its length or worse.
@pytest.mark.parametrize(
    "data", ["<!--", "&lt;", "\\u003c", '\\"', '"author":', '"author":"name":', "[{"], ids=repr
)
def test_data_of_a_page(data: str) -> None:
    def page(size: int) -> str:
        script = f'<script type="application/ld+json">{{"@type":"Article",{data * size}</script>'
        return f"<html><head>{script}</head><body><article>{_PROSE * 5}</article></body></html>"

    assert growth(_read_html, page, 5_000) < MOST


@pytest.mark.parametrize("fragment", ["<!--", "<script>", "<", "é"])
def test_bytes_of_an_older_encoding(fragment: str) -> None:
    assert growth(guess, lambda size: (fragment * size).encode("latin-1"), 5_000) < MOST


@pytest.mark.parametrize("author", ["a@(", "@", "a@b.example (", "a@b.example (A) "])
def test_authors_in_a_feed(author: str) -> None:
    def feed(size: int) -> bytes:
        item = f"<item><link>http://a.example/1</link><author>{author * size}</author></item>"
        return f"<rss version='2.0'><channel><title>t</title>{item}</channel></rss>".encode()

    assert growth(feed_entries, feed, 500) < MOST


def test_comments_behind_a_feed_that_is_broken() -> None:
    comments = "<!-- -->" * 200
    broken = f"<rss version='2.0'><channel><title>a & b</title></channel></rss>{comments}x"
    with pytest.raises(UnreadableDocument, match="the feed is broken"):
        feed_entries(broken.encode())


def test_names_given_twice_in_a_body() -> None:
    def body(size: int) -> bytes:
        names = [f'"n{number}":0' for number in range(size)]
        return ("{" + ",".join([*names, names[-1]]) + "}").encode()

    def read(raw: bytes) -> None:
        with pytest.raises(InvalidInput, match="twice in one object"):
            parse_json(raw)

    assert growth(read, body, 5_000) < MOST


def test_the_place_of_a_value_in_json_is_counted_from_the_line_break() -> None:
    rows = list(read_file("a.json", BytesIO(json.dumps([{"text": "a b"}] * 3, indent=1).encode())))
    assert [row.line for row in rows] == [2, 5, 8]


def _read_html(html: str) -> None:
    _submit(Submission(html=html, source="Example Times"))


def _submit(submission: Submission) -> None:
    try:
        read_document(submission, Settings(), None)
    except ParallaxError as error:
        assert error.detail  # noqa: PT017
