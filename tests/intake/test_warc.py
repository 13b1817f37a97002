"""WARC into rows: pages, what is passed over, what is broken."""

import gc
import gzip
import io
import tracemalloc
import zlib

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from app.errors import TooLarge, UnreadableDocument
from app.intake.readers import read_bytes, read_file
from app.intake.rows import Row

PROSE = "The ferry to Sund runs again, the harbour said."
PAGE = f"<html><body><p>{PROSE}</p></body></html>"


def record(
    body: bytes,
    *,
    url: str = "https://herald.example/ferry",
    kind: str = "response",
    status: str = "200 OK",
    headers: tuple[str, ...] = ("Content-Type: text/html; charset=utf-8",),
    length: int | None = None,
) -> bytes:
    http = "\r\n".join([f"HTTP/1.1 {status}", *headers, "", ""]).encode() + body
    head = [
        "WARC/1.0",
        f"WARC-Type: {kind}",
        f"WARC-Target-URI: {url}",
        "WARC-Date: 2016-03-24T09:30:00Z",
        "WARC-Record-ID: <urn:uuid:0b1b4c2e-0000-4000-8000-000000000001>",
        "Content-Type: application/http; msgtype=response",
        f"Content-Length: {len(http) if length is None else length}",
    ]
    return "\r\n".join([*head, "", ""]).encode() + http + b"\r\n\r\n"


def read(content: bytes, limit: int = 100_000) -> list[Row]:
    return list(read_bytes("news.warc", content, limit=limit))


def pages(rows: list[Row]) -> list[tuple[str | None, str | None]]:
    return [(row.submission.url, row.submission.html) for row in rows if row.submission]


def error(row: Row) -> str:
    assert row.error
    return row.error.detail


# warcio leaves its temporary files to the collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_what_another_program_wrote_is_read() -> None:
    target = io.BytesIO()
    writer = WARCWriter(target, gzip=True)
    writer.write_record(writer.create_warcinfo_record("news.warc.gz", {"software": "test"}))
    for number in range(3):
        headers = StatusAndHeaders(
            "200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1"
        )
        url = f"https://herald.example/{number}"
        asked = StatusAndHeaders(
            "GET / HTTP/1.1", [("Host", "herald.example")], is_http_request=True
        )
        writer.write_record(writer.create_warc_record(url, "request", http_headers=asked))
        body = io.BytesIO(PAGE.replace("runs", f"runs {number} times").encode())
        writer.write_record(writer.create_warc_record(url, "response", body, http_headers=headers))
    del writer
    gc.collect()
    rows = list(read_bytes("news.warc.gz", target.getvalue()))
    assert [row.line for row in rows] == [3, 5, 7]
    assert pages(rows) == [
        (f"https://herald.example/{n}", PAGE.replace("runs", f"runs {n} times")) for n in range(3)
    ]


def test_a_page_is_read_in_the_charset_that_its_server_names() -> None:
    text = f"<p>{PROSE} Цена билета выросла.</p>"
    page = record(text.encode("koi8-r"), headers=("content-type: Text/HTML;charset=KOI8-R",))
    assert pages(read(page)) == [("https://herald.example/ferry", text)]


def test_what_is_no_page_is_passed_over_and_says_why() -> None:
    rows = read(
        record(b"\xff\xd8\xff", headers=("Content-Type: image/jpeg",))
        + record(b"gone", status="404 Not Found")
        + record(b"", status="301 Moved Permanently")
        + record(b"", kind="revisit")
        + record(b"", kind="request")
        + record(b"example.org", url="dns:example.org")
        + record(b"x", headers=())
        + record(PAGE.encode())
    )
    passed = [(row.line, row.passed) for row in rows if row.passed]
    assert passed == [
        (1, "image/jpeg, no HTML"),
        (2, "status 404"),
        (3, "status 301"),
        (4, "a page that had not changed"),
        (6, "no answer of a web server"),
        (7, "no type, no HTML"),
    ]
    assert [row.line for row in rows if row.submission] == [8]
    assert not [row for row in rows if row.error]


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ("Transfer-Encoding: chunked", b"%x\r\n%b\r\n0\r\n\r\n" % (len(PAGE), PAGE.encode())),
        ("Transfer-Encoding: chunked", PAGE.encode()),
        ("Content-Encoding: gzip", gzip.compress(PAGE.encode(), mtime=0)),
        ("Content-Encoding: gzip", PAGE.encode()),
        ("Content-Encoding: deflate", zlib.compress(PAGE.encode())),
        ("Content-Encoding: deflate", zlib.compress(PAGE.encode(), wbits=-15)),
    ],
)
def test_a_page_is_read_as_it_was_before_it_was_sent(headers: str, body: bytes) -> None:
    rows = read(record(body, headers=("Content-Type: text/html", headers)))
    assert pages(rows) == [("https://herald.example/ferry", PAGE)]


def test_a_page_that_cannot_be_taken_fails_alone_by_its_address() -> None:
    packed = gzip.compress(b"ferry " * 1_000_000)
    rows = read(
        record(PAGE.encode() + b" " * 200_000)
        + record(packed, headers=("Content-Type: text/html", "Content-Encoding: gzip"))
        + record(b"x", headers=("Content-Type: text/html", "Content-Encoding: br"))
        + record(b"  ")
        + record(b"%PDF-1.4 \x00\x00\x00\x00\x00")
        + record(b"x", headers=("Content-Type: text/html", "X: " + "x" * 70_000))
        + record(PAGE.encode())
    )
    assert [row.error is not None for row in rows] == [True] * 6 + [False]
    assert isinstance(rows[0].error, TooLarge)
    assert isinstance(rows[1].error, TooLarge)
    assert "'br'" in error(rows[2])
    assert all("https://herald.example/ferry" in error(row) for row in rows[:6])


@pytest.mark.parametrize(
    ("damaged", "says"),
    [
        (record(PAGE.encode())[:-30], "bytes before its record does"),
        (record(PAGE.encode(), length=90_000), "bytes before its record does"),
        (record(PAGE.encode(), length=20), "stands where WARC/1.0 is due"),
        (
            record(PAGE.encode()).replace(b"Content-Length: ", b"Content-Length: -"),
            "Content-Length",
        ),
        (record(PAGE.encode()).replace(b"Content-Length: ", b"X-Length: "), "Content-Length is ''"),
        (b"something else\r\n\r\n", "'something else' stands where WARC/1.0 is due"),
        (b"WARC/1.0\r\nWARC-Type: response\r\n", "in the middle of a head"),
        (b"WARC/1.0\r\nX: " + b"x" * 100_000, "more than 65,536 bytes"),
        (b"WARC/1.0\r\n" + b"X: y\r\n" * 2_000, "more than 1,000 lines"),
    ],
)
def test_a_broken_record_is_told_by_its_place_and_keeps_what_came_before(
    damaged: bytes, says: str
) -> None:
    good = record(PAGE.encode())
    rows = read(good * 2 + damaged)
    assert len(pages(rows)) >= 2
    assert rows[-1].name == "news.warc"
    assert isinstance(rows[-1].error, UnreadableDocument)
    assert says in error(rows[-1])
    assert "nothing after it was read" in error(rows[-1])


def test_the_place_of_a_broken_record_is_where_it_opens() -> None:
    good = record(PAGE.encode())
    (_, _, broken) = read(good * 2 + b"x\r\n")
    assert f"record 3, at byte {2 * len(good) - 4:,} of the archive" in error(broken)


def test_a_packed_archive_that_breaks_off_keeps_what_came_before() -> None:
    members = [gzip.compress(record(PAGE.encode())) for _ in range(5)]
    rows = list(read_bytes("news.warc.gz", b"".join(members)[:-20]))
    assert len(pages(rows)) == 4
    assert "in record 5: its gzip data breaks off" in error(rows[-1])


def test_memory_does_not_grow_with_the_archive() -> None:
    member = gzip.compress(record(PAGE.encode() + b" " * 50_000))

    def peak(count: int) -> int:
        archive = io.BytesIO(member * count)
        tracemalloc.start()
        try:
            for row in read_file("news.warc.gz", archive):
                assert row.submission
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    few, many = peak(100), peak(400)
    assert many < few * 1.2 + 100_000, (few, many)


def test_a_bomb_in_a_record_takes_no_memory() -> None:
    head = record(b"", headers=("Content-Type: image/png",), length=50_000_000)
    bomb = gzip.compress(head[: -len(b"\r\n\r\n")] + bytes(60_000_000))
    tracemalloc.start()
    try:
        list(read_file("news.warc.gz", io.BytesIO(bomb), limit=100_000))
        assert tracemalloc.get_traced_memory()[1] < 3_000_000
    finally:
        tracemalloc.stop()
