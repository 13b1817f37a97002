import io
import json
import tracemalloc
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.intake.kinds import Kind, sniff
from app.intake.readers import read_bytes, read_file
from app.intake.rows import Row


def texts(rows: list[Row]) -> list[tuple[int, str | None]]:
    return [(row.line, row.submission.text if row.submission else None) for row in rows]


def read(name: str | None, content: bytes, limit: int = 10_000) -> list[Row]:
    return list(read_bytes(name, content, limit=limit))


def error(row: Row) -> str:
    assert row.error is not None
    return row.error.detail


def test_ndjson_goes_on_after_a_broken_line() -> None:
    rows = read("a.jsonl", b'{"text": "a"}\n\n{"text": "b"\n{"text": "c"}')
    assert texts(rows) == [(1, "a"), (3, None), (4, "c")]
    assert (
        error(rows[1]) == "line 3 is not valid JSON: it ends where ',' or '}' is due at column 13"
    )


def test_ndjson_takes_a_byte_order_mark_and_crlf() -> None:
    rows = read("a.ndjson", b'\xef\xbb\xbf{"text": "a"}\r\n{"text": "b"}\r\n')
    assert texts(rows) == [(1, "a"), (2, "b")]


def test_ndjson_line_in_latin1_names_its_byte() -> None:
    rows = read("a.jsonl", '{"text": "a"}\n{"text": "é"}\n{"text": "b"}\n'.encode("latin-1"))
    assert texts(rows) == [(1, "a"), (2, None), (3, "b")]
    assert "offset 24 (0xE9)" in error(rows[1])


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (b"[1]", "no JSON object"),
        (b"null", "no JSON object"),
        (b'{"text": NaN}', "NaN"),
        (b"[" * 100_000, "nested more than 200 deep at column 201"),
        (
            b'{"external_id": ' + b"9" * 5000 + b"}",
            "number of 5,000 digits (at most 400) stands at column 17",
        ),
        (b'{"text": "a\\ud800"}', "lone surrogate"),
        (b'{"text": "a", "source": "b\\u0000"}', "U+0000"),
        (b'{"file": "a.txt"}', "names a file"),
    ],
)
def test_ndjson_line_that_is_no_row(line: bytes, says: str) -> None:
    rows = read("a.jsonl", line + b'\n{"text": "b"}\n', limit=200_000)
    assert says in error(rows[0])
    assert texts(rows[1:]) == [(2, "b")]


def test_ndjson_line_over_the_limit_is_skipped() -> None:
    rows = read("a.jsonl", b'{"text": "' + b"x" * 50_000 + b'"}\n{"text": "b"}', limit=1000)
    assert texts(rows) == [(1, None), (2, "b")]
    assert "more than 1000 characters" in error(rows[0])


def test_ndjson_in_utf16_is_refused() -> None:
    rows = read("a.jsonl", '{"text": "a"}'.encode("utf-16"))
    assert [row.line for row in rows] == [1]
    assert "UTF-16" in error(rows[0])


@pytest.mark.parametrize(
    "content",
    [
        b'[{"text": "a"},\n {"text": "b"}]',
        b'{"articles": [{"text": "a"},\n{"text": "b"}]}',
        b'{"total": 2, "articles": [{"text": "a"},\n{"text": "b"}], "next": null}',
        b'{"text": "a"}\n{"text": "b"}',
    ],
)
def test_json_arrays_wrapped_arrays_and_objects(content: bytes) -> None:
    assert texts(read("a.json", content)) == [(1, "a"), (2, "b")]


def test_json_that_breaks_keeps_what_stood_before() -> None:
    rows = read("a.json", b'[{"text": "a"},\n{"text": "b"},\n{"text" "c"}, {"text": "d"}]')
    assert texts(rows) == [(1, "a"), (2, "b"), (3, None)]
    assert error(rows[2]) == (
        "line 3 is not valid JSON: ':' is due, not '\"' at column 9; nothing after it was read"
    )


@pytest.mark.parametrize("content", [b"", b"  \n", b"{", b"[", b"[1,", b'{"a"', b"nul", b'"x'])
def test_json_that_ends_early_is_an_error(content: bytes) -> None:
    assert error(read("a.json", content)[-1])


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_csv_delimiter_is_told_from_the_header(delimiter: str) -> None:
    lines = ["Title,authors,TEXT", '"One, two","Ann Bell; Carl Dent","first\nsecond"', "x,,z"]
    content = "\r\n".join(lines).replace(",", delimiter).replace(f"One{delimiter}", "One,")
    rows = read("a.csv", content.encode())
    assert texts(rows) == [(2, "first\nsecond"), (4, "z")]
    assert rows[0].submission is not None
    assert rows[0].submission.title == "One, two"
    assert rows[0].submission.authors == ("Ann Bell", "Carl Dent")
    assert rows[1].submission is not None
    assert rows[1].submission.authors == ()


def test_csv_record_of_another_length_is_an_error_alone() -> None:
    rows = read("a.csv", b"text,title\na,b\nc\nd,e\n")
    assert texts(rows) == [(2, "a"), (3, None), (4, "d")]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "names its columns"),
        (b"a,b\n1,2\n", "names its columns"),
        (b"text,colour\n1,2\n", "'colour'"),
        (b"text,text\n1,2\n", "twice"),
        (b"title,source\n1,2\n", "none of the columns"),
        (b'text\n"a"b\n', "line 2 is not valid CSV"),
        (b'text\n"never closed\nand so on\n', "line 2 is not valid CSV"),
        (b"text\n" + b"x" * 20_000, "more than 10000 characters"),
        (b'text\n"' + b"x\n" * 20_000, "more than 10000 characters"),
    ],
)
def test_csv_that_cannot_be_read(content: bytes, says: str) -> None:
    rows = read("a.csv", content)
    assert len(rows) == 1
    assert says in error(rows[0])


def test_csv_in_an_older_encoding() -> None:
    prose = "Le marché a été fermé mercredi, où les étals étaient restés vides après l'été. " * 4
    rows = read("a.csv", f"text;title\n{prose};Marché fermé\n".encode("cp1252"))
    assert rows[0].submission is not None
    assert rows[0].submission.title == "Marché fermé"


def test_front_matter_is_a_row() -> None:
    content = (
        b"---\ntitle: 'No: really'\ndate: 2016-03-24 10:00:00 +0100\nauthor: [Ann, Bell]\n"
        b"language: no\nexternal_id: 007\nsubtitle: ~\n---\n\nThe market closed.\n\n---\n\nMore."
    )
    (row,) = read("a.txt", content)
    assert row.submission is not None
    assert row.submission.text == "The market closed.\n\n---\n\nMore."
    assert row.submission.title == "No: really"
    assert row.submission.published is not None
    assert row.submission.published.instant.isoformat() == "2016-03-24T09:00:00+00:00"
    assert row.submission.authors == ("Ann", "Bell")
    assert (row.submission.language, row.submission.external_id) == ("no", "007")
    assert row.submission.subtitle is None


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"---\ntitle: a\ncolour: b\n---\nx", "colour is not a known field"),
        (b"---\ntitle: [a\n---\nx", "not valid YAML at line"),
        (b"---\ntitle: {a: b}\n---\nx", "title must be text"),
        (b"---\ntitle: a\n---\n", "nothing stands after"),
        (b"---\ntext: a\n---\nx", "names a text"),
        (b"---\na: &a [x,x]\nb: &b [*a,*a]\nauthors: [*b,*b]\n---\nx", "a is not a known field"),
        (b"---\n" + b"[" * 500 + b"\n---\nx", "not valid YAML"),
    ],
)
def test_front_matter_that_is_broken(content: bytes, says: str) -> None:
    (row,) = read("a.txt", content)
    assert says in error(row)


def test_front_matter_in_toml_is_a_row() -> None:
    content = (
        b'+++\ntitle = "No: really"\ndate = 2016-03-24T10:00:00+01:00\nauthors = ["Ann", "Bell"]\n'
        b'draft = true\ntags = ["x"]\n[params]\na = 1\n+++\n\nThe market closed.\n\n+++\n'
    )
    (row,) = read("a.md", content)
    assert row.submission is not None
    assert row.submission.title == "No: really"
    assert row.submission.published is not None
    assert row.submission.published.instant.isoformat() == "2016-03-24T09:00:00+00:00"
    assert row.submission.authors == ("Ann", "Bell")
    assert row.submission.html == "<p>The market closed.</p>\n<p>+++</p>\n"


def test_broken_toml_says_where() -> None:
    (row,) = read("a.txt", b"+++\ntitle = No\n+++\nThe market closed.")
    assert "not valid TOML" in error(row)
    assert "line 1" in error(row)


@pytest.mark.parametrize("content", ["+++\nThe market closed.", "+++ a +++\nb", "+++\n+++\nb"])
def test_pluses_without_front_matter_are_text(content: str) -> None:
    assert texts(read("a.txt", content.encode())) == [(1, content)]


@pytest.mark.parametrize("content", ["---\nThe market closed.", "---\nA b\n---\nC", "--- a ---\nb"])
def test_dashes_without_front_matter_are_text(content: str) -> None:
    assert texts(read("a.txt", content.encode())) == [(1, content)]


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.md", None])
@pytest.mark.parametrize("content", [b"", b" \n ", b"%PDF-1.4", b"x" * 20_000])
def test_document_without_text_or_too_long(name: str | None, content: bytes) -> None:
    assert error(read(name, content)[0])


def test_markdown_is_the_html_it_stands_for() -> None:
    (row,) = read("a.md", b"---\ntitle: T\n---\nThe **old** [market](http://m.example/) & <b>more")
    assert row.submission is not None
    assert row.submission.title == "T"
    assert row.submission.text is None
    assert row.submission.html == (
        '<p>The <strong>old</strong> <a href="http://m.example/">market</a> &amp; <b>more</p>\n'
    )


def test_endless_markdown_stays_text() -> None:
    (row,) = read("a.md", b"a\n" * 150_000, limit=1_000_000)
    assert row.submission is not None
    assert row.submission.text == "a\n" * 150_000


def test_html_file_is_html() -> None:
    (row,) = read("A.HTM", b"<p>The market closed.")
    assert row.submission is not None
    assert row.submission.html == "<p>The market closed."


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b'{"text": "a"}\n', "ndjson"),
        (b'{"text": "a" broken}\n{"text": "b"}', "ndjson"),
        (b'\xef\xbb\xbf{"text": "a"}', "ndjson"),
        (b'{"status": "ok", "articles": []}', "json"),
        (b'{\n  "text": "a"\n}', "json"),
        (b'{"text": "a",\n"title": "b"}', "json"),
        (b" [\n{}]", "json"),
        (b"<!DOCTYPE html><html>", "html"),
        (b"<div>a</div>", "html"),
        (b'<?xml version="1.0"?>\n<!-- a -->\n<rss version="2.0">', "feed"),
        (b'<feed xmlns="http://www.w3.org/2005/Atom">', "feed"),
        (b"<html><body><rss >", "html"),
        (b"title;text\na;b", "csv"),
        (b"The text, they said, was lost.", "text"),
        (b"---\ntitle: a\n---\nb", "text"),
    ],
)
def test_what_has_no_name_is_sniffed(content: bytes, kind: Kind) -> None:
    assert sniff(content) == kind


class Endless(io.RawIOBase):
    """A stream that makes its rows as they are read."""

    def __init__(self, row: bytes, count: int, opening: bytes = b"", closing: bytes = b"") -> None:
        self._pieces: Iterator[bytes] = iter((opening, *(row for _ in range(count)), closing))
        self._left = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # typeshed: Buffer
        while not self._left:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._left = piece
        size = min(len(buffer), len(self._left))
        buffer[:size], self._left = self._left[:size], self._left[size:]
        return size


@pytest.mark.parametrize(
    ("name", "row", "opening", "closing"),
    [
        ("a.jsonl", b'{"text": "' + b"x" * 990 + b'"}\n', b"", b""),
        ("a.json", b'{"text": "' + b"x" * 990 + b'"},\n', b"[", b'{"text": "x"}]'),
        ("a.csv", b"x" * 1000 + b",t\n", b"text,title\n", b""),
    ],
)
def test_long_files_take_little_memory(
    name: str, row: bytes, opening: bytes, closing: bytes
) -> None:
    stream = io.BufferedReader(Endless(row, 6_000, opening, closing))
    tracemalloc.start()
    count = sum(1 for found in read_file(name, stream, limit=50_000) if found.error is None)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count >= 6_000
    assert peak < 2_000_000


@given(st.binary(max_size=200), st.sampled_from([None, "a.json", "a.jsonl", "a.csv", "a.md"]))
def test_no_bytes_raise(content: bytes, name: str | None) -> None:
    for row in read(name, content):
        assert (row.submission is None) != (row.error is None)


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1)))
def test_json_texts_come_back_as_they_were(values: list[str]) -> None:
    values = [value for value in values if value.strip()]
    rows = [{"text": value} for value in values]
    array = json.dumps(rows, indent=1, ensure_ascii=False).encode()
    lines = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows).encode()
    for name, content in (("a.json", array), ("a.jsonl", lines)):
        found = list(read_bytes(name, content))
        assert [row.submission and row.submission.text for row in found] == values
