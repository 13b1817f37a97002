"""Any document, in any format: read or refused in words, in time in proportion to its length."""

import json
from collections.abc import Callable
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.article import Document, Published, Submission
from app.domain.json_text import NotJson, decoded, read_json
from app.domain.markdown import escaped
from app.domain.names import name_key, name_skeleton
from app.domain.source_name import source_slug
from app.errors import ParallaxError
from app.intake.bylines import byline_people, people
from app.intake.charsets import guess
from app.intake.documents import declared_charset, decode
from app.intake.feeds import feed_entries
from app.intake.identity import canonical_url
from app.intake.language import detect
from app.intake.leftovers import leftover
from app.intake.printed_dates import is_date_line, printed_date
from app.intake.readers import read_file
from app.intake.wikidata import Dump
from app.services.ingest import read_document
from app.settings import Settings
from app.store.engine.text_query import parse_query
from tests.threats.repeated import Repeated, assert_in_proportion, examples, repeated

_PROSE = "<p>The council said that it would come back to the matter before the summer recess.</p>"
_SIGNS = (*"(\"'\\{}[]&<>|=~`*_-.:,;#%@$!?/\t\0\x85\u2028\u200b\u0301\xa0éİßﬁ漢ﷺ😀", "\n", "\r\n")
_HTML = (
    *(
        "<p>",
        "</p>",
        "<div>",
        "</div>",
        "<b>",
        "<em>a</em>",
        "<br>",
        "<!--",
        "-->",
        "<li>a",
        "<td>c",
    ),
    *("<ul>", "<table><tr>", "<a href=/x>a</a> ", "<a href=/x>u ", "<h1>a</h1>", "<img src=x>"),
    *("<script>", "<style>", "<svg>", "<title>", "<select>", "<iframe src=x>", "<figcaption>a"),
    *(
        '<meta name="author" content="A">',
        '<script type="application/ld+json">',
        "<![CDATA[",
        "]]>",
    ),
    *("<p>By Ann Lowe</p>", "<time>5 March 2024</time>", "&#x200b;", "&amp;", "<p>Share this</p>"),
)
_LINES = (
    *(
        "By Ann Lowe ",
        "By A, ",
        "and ",
        "Ann Lowe, ",
        "Reuters ",
        "5 March 2024 ",
        "2024-03-05 ",
        "Mon ",
    ),
    *(
        "9:30 ",
        "Photo: A. ",
        "Read more\n",
        "Follow us on X\n",
        "Share this\n\n",
        "a\n\n",
        "Getty ",
    ),
    *("LONDON (AP) — ", "Updated: ", "1% ", "A. ", "http://a.example/ ", "a@b.example (A) ", "%41"),
)
_MARKS = (
    *(
        "# ",
        "* a\n",
        "[a](b) ",
        "![a](b)",
        "---\n",
        "+++\n",
        "```\n",
        "    a\n",
        "1. a\n",
        "> ",
        "_a_",
    ),
    *(
        "**a",
        "a: b\n",
        "- a\n",
        "a = 1\n",
        "[a]\n",
        "[[a]]\n",
        "&a *a ",
        "- - ",
        "? ",
        "a.b = {c=1}\n",
    ),
)
_DATA = (
    *(
        '{"text": "a"}\n',
        '{"a":',
        '["',
        "[[",
        "1,",
        ",0",
        "1e9",
        "\\u0041",
        '"a":1,',
        "true,",
        "null",
    ),
    *("a,b\n", '"a","b"\n', '""', "a\tb\n", "a;b\n"),
)
_XML = (
    *(
        "<item>",
        "</item>",
        "<item><title>x</title><link>http://a.example/1</link></item>",
        "<link/>",
    ),
    *(
        "<entry>",
        "<a:b>",
        "<description>a",
        "&lt;p&gt;",
        "&nbsp;",
        "<?a?>",
        "<!DOCTYPE a>",
        "<guid>",
    ),
    *("<pubDate>Mon, 4 Mar 2024 09:30:00 GMT</pubDate>", "<dc:creator>A</dc:creator>"),
)
_ALL = (*_SIGNS, *_HTML, *_LINES, *_MARKS, *_DATA, *_XML)


def _document(submission: Submission) -> Document | None:
    try:
        return read_document(submission, Settings(), None)
    except ParallaxError as error:
        assert error.detail  # noqa: PT017
        return None


def _text(text: str) -> None:
    _document(Submission(text=text, source="Example Times"))


def _page(html: str) -> None:
    page = f"<html><body><article>{_PROSE * 5}{html}</article></body></html>"
    _document(Submission(html=page, source="Example Times"))


def _head(html: str) -> None:
    page = f"<html><head>{html}</head><body><article>{_PROSE * 5}</article></body></html>"
    _document(Submission(html=page, source="Example Times"))


def _file(name: str, before: str = "", after: str = "") -> Callable[[str], None]:
    def read(text: str) -> None:
        raw = f"{before}{text}{after}".encode("utf-8", "replace")
        for row in read_file(name, BytesIO(raw)):
            assert (row.submission is None) != (row.error is None)

    return read


def _feed(text: str) -> None:
    raw = f"<rss version='2.0'><channel><title>t</title>{text}</channel></rss>"
    feed_entries(raw.encode("utf-8", "replace"))


def _entry(text: str) -> None:
    _feed(
        f"<item><link>http://a.example/1</link><description><![CDATA[{text}]]></description></item>"
    )


def _row(text: str) -> None:
    fields = ("title", "subtitle", "source", "url", "published_at", "language", "external_id")
    rows = [{"text": "Rain fell.", field: text} for field in (*fields, "authors")]
    _file("a.ndjson")("\n".join(map(json.dumps, rows)))


def _item(text: str) -> None:
    labels = {"en": {"language": "en", "value": text}}
    aliases = {"en": [{"language": "en", "value": part} for part in text.split(" ")]}
    item = {"id": "Q1", "type": "item", "labels": labels, "aliases": aliases, "claims": {}}
    list(Dump(("en",), ("PERSON",), 0).entries([json.dumps(item).encode()], "dump"))


def _json(text: str) -> None:
    try:
        read_json(decoded(text.encode("utf-8", "replace")))
    except NotJson as error:
        assert error.in_line  # noqa: PT017


def _bytes(text: str) -> None:
    raw = text.encode("utf-16", "replace")
    decode(text.encode("utf-8", "replace"))
    declared_charset(raw)
    guess(text.encode("latin-1", "replace"))


def _line(text: str) -> None:
    for read in (byline_people, printed_date, is_date_line, leftover, Published.parse):
        try:
            read(text)
        except ParallaxError as error:
            assert error.detail  # noqa: PT017
    people([text])


def _name(text: str) -> None:
    name_key(text)
    name_skeleton(text)
    source_slug(text)


# What reads, and what it is fed with besides signs.
_READERS: dict[str, tuple[Callable[[str], object], tuple[str, ...]]] = {
    "text": (_text, _LINES),
    "page": (_page, (*_HTML, *_LINES)),
    "head of a page": (_head, _HTML),
    "txt": (_file("a.txt"), _LINES),
    "Markdown": (_file("a.md"), _MARKS),
    "YAML": (_file("a.md", "---\ntitle: a\n", "\n---\nText."), _MARKS),
    "TOML": (_file("a.md", "+++\ntitle = 'a'\n", "\n+++\nText."), _MARKS),
    "JSON file": (_file("a.json", '[{"text": "a"},'), _DATA),
    "NDJSON": (_file("a.ndjson"), _DATA),
    "CSV": (_file("a.csv", "text,title\n"), _DATA),
    "row": (_row, _LINES),
    "feed": (_feed, _XML),
    "entry of a feed": (_entry, _HTML),
    "unknown": (_file("unnamed"), _ALL),
    "JSON": (_json, _DATA),
    "bytes": (_bytes, (*_HTML, *_LINES)),
    "line": (_line, _LINES),
    "name": (_name, _LINES),
    "address": (
        lambda text: canonical_url(f"https://a.example/{text}"),
        ("%41", "?a=b&", "../", ";"),
    ),
    "language": (detect, _LINES),
    "Wikidata": (_item, _LINES),
    "question": (parse_query, ('"a" ', "-a ", "a ", "(", "OR ", "NOT ", "title:", "pre* ", "“a”")),
    "Markdown of ours": (escaped, _MARKS),
}


def _quietly(read: Callable[[str], object]) -> Callable[[str], None]:
    def reading(text: str) -> None:
        try:
            read(text)
        except ParallaxError as error:
            assert error.detail  # noqa: PT017

    return reading


@pytest.mark.parametrize("reader", _READERS)
@given(data=st.data())
@examples(6, measured=True)
def test_reading_takes_time_in_proportion(reader: str, data: st.DataObject) -> None:
    read, pieces = _READERS[reader]
    text = data.draw(repeated((*_SIGNS, *pieces)))
    assert_in_proportion(_quietly(read), text.of)


@pytest.mark.parametrize("reader", _READERS)
@given(data=st.data())
@examples(30)
def test_any_text_is_read_or_refused_in_words(reader: str, data: st.DataObject) -> None:
    read, pieces = _READERS[reader]
    parts = st.sampled_from((*pieces, *_SIGNS)) | st.sampled_from(_ALL) | st.text(max_size=12)
    _quietly(read)(data.draw(st.lists(parts, max_size=20).map("".join)))


@given(st.lists(st.sampled_from(_ALL) | st.text(max_size=30), max_size=30).map("".join))
@examples(60)
def test_what_is_kept_of_a_document_is_what_stood_there(text: str) -> None:
    document = _document(Submission(text=text, source="Example Times"))
    if document is None:
        return
    for clean_start, start, length in document.offsets.segments:
        kept = document.text[clean_start : clean_start + length]
        assert document.raw[start : start + length] == kept
    for removed in document.removed:
        assert document.raw[removed.start : removed.end] == removed.text


def test_a_text_is_of_the_size_that_is_asked_for() -> None:
    assert Repeated("(", "ab", ")").of(10) == "(abababababab)"
