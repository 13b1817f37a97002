"""Imports: on disk before the answer, whole or not at all."""

import gzip
import io
import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pyarrow
import pytest
from pyarrow import parquet

from app.domain.article import Import, Published, Submission
from app.errors import InvalidInput, NotFound, TooLarge
from app.intake.submissions import pack, unpack
from app.services.imports import Bounds, Prepared, finish, prepare, start_import
from app.services.ingest import known
from app.settings import Settings
from app.store.articles.imports import waiting_import_rows
from app.store.articles.queue import mark_failed, pending
from app.store.engine.sessions import Store
from app.store.queries.imports import find_import
from tests.databases import asked

PROSE = "The council met on Monday and spoke about the harbour for a long time."


def body(count: int) -> io.BytesIO:
    rows = [{"text": f"{PROSE} {n}", "source": "Herald"} for n in range(count)]
    return io.BytesIO("\n".join(map(json.dumps, rows)).encode())


def column(store: Store, query: str) -> list[object]:
    return [row[0] for row in asked(store.url, query)]


def imported(store: Store, number: int) -> Import:
    with store.read() as session:
        return find_import(session, number)


@pytest.mark.parametrize(
    "submission",
    [
        Submission(text="Some text."),
        Submission(html="<p>ünï \U0001f600</p>", url="https://example.org/a", authors=("A", "B")),
        Submission(
            text="x",
            title="T",
            subtitle="S",
            source="Herald",
            language="en",
            external_id="7",
            published=Published.parse("2016-03-24T23:30:00-05:00"),
        ),
        Submission(text="x", published=Published.parse("2016-03-24")),
    ],
)
def test_a_submission_comes_out_as_it_went_in(submission: Submission) -> None:
    assert unpack(pack(submission)) == submission


def test_a_day_as_printed_survives_the_wait() -> None:
    late = Published.parse("2016-03-24T23:30:00-05:00")
    assert late.instant == datetime(2016, 3, 25, 4, 30, tzinfo=UTC)
    waited = unpack(pack(Submission(text="x", published=late))).published
    assert waited
    assert waited.day.day == 24
    assert waited.instant.utcoffset() == timedelta(0)


def test_all_rows_are_on_disk_when_the_id_is_given(store: Store) -> None:
    number = start_import(store, [(None, body(1_300))])
    assert column(store, "SELECT count(*) FROM import_row WHERE state = 'waiting'") == [1_300]
    found = imported(store, number)
    assert (found.state, found.received, found.created) == ("running", 1_300, 0)


def test_files_are_read_by_their_names(store: Store) -> None:
    files = [
        ("a.txt", io.BytesIO(PROSE.encode())),
        ("b.csv", io.BytesIO(f"text,source\n{PROSE},Herald\n{PROSE},Gazette\n".encode())),
        ("c.json", io.BytesIO(b"[{]")),
    ]
    found = imported(store, start_import(store, list(files)))
    assert (found.received, found.failed) == (4, 1)
    assert found.errors[0].name == "c.json"


@pytest.mark.parametrize("content", [b"", b"\n\n  \n"])
def test_an_import_of_nothing_is_refused(store: Store, content: bytes) -> None:
    with pytest.raises(InvalidInput, match="no document"):
        start_import(store, [(None, io.BytesIO(content))])
    assert column(store, "SELECT count(*) FROM import") == [0]


class Torn(io.BytesIO):
    """A file that cannot be read to its end."""

    def readline(self, size: int | None = -1, /) -> bytes:
        if self.tell() > 100_000:
            raise OSError("the connection broke")
        return super().readline(size)

    def read(self, size: int | None = -1, /) -> bytes:
        if self.tell() > 100_000:
            raise OSError("the connection broke")
        return super().read(min(size, 8_192) if size and size > 0 else 8_192)

    def read1(self, size: int | None = -1, /) -> bytes:
        return self.read(size)


def test_of_an_import_that_breaks_off_nothing_stays(store: Store) -> None:
    with pytest.raises(OSError, match="connection broke"):
        start_import(store, [(None, Torn(body(3_000).getvalue()))])
    assert column(store, "SELECT count(*) FROM import") == [0]
    assert column(store, "SELECT count(*) FROM import_row") == [0]


def test_rows_of_an_open_import_are_not_taken(store: Store) -> None:
    start_import(store, [(None, body(3))])
    asked(store.url, "UPDATE import SET state = 'open'")
    with store.read() as session:
        assert waiting_import_rows(session, 10) == []


def break_off(store: Store, prepared: Sequence[Prepared]) -> None:
    with store.write() as session:
        finish(session, prepared)
        raise RuntimeError("power cut")


def test_each_row_has_its_outcome_in_the_transaction_of_its_article(store: Store) -> None:
    number = start_import(store, [(None, body(3))])
    with store.read() as session:
        waiting = waiting_import_rows(session, 10)
    prepared = [prepare(row, unpack(row.payload), {}, Settings()) for row in waiting]
    with pytest.raises(RuntimeError, match="power cut"):
        break_off(store, prepared)
    assert imported(store, number).created == 0
    assert column(store, "SELECT count(*) FROM article") == [0]
    with store.write() as session:
        finish(session, prepared)
    assert imported(store, number).created == 3
    with store.write() as session:
        finish(session, prepared)
    assert imported(store, number).created == 3


def test_a_row_without_prose_fails_alone(store: Store) -> None:
    rows = b'{"html": "<html><body><nav><a href=/>Home</a></nav></body></html>"}\n'
    number = start_import(store, [(None, io.BytesIO(rows + body(1).getvalue()))])
    with store.read() as session:
        waiting = waiting_import_rows(session, 10)
    with store.write() as session:
        finish(session, [prepare(row, unpack(row.payload), {}, Settings()) for row in waiting])
    found = imported(store, number)
    assert (found.created, found.failed) == (1, 1)
    assert found.errors[0].line == 1


def test_an_import_of_more_rows_than_may_be_leaves_nothing(store: Store) -> None:
    rows = io.BytesIO(b'{"text": "A ship sank.", "source": "Rail"}\n' * 1_200)
    with pytest.raises(TooLarge, match="holds 1,000 documents at most"):
        start_import(store, [(None, rows)], Bounds(rows=1_000))
    with store.read() as session:
        assert waiting_import_rows(session, 1) == []
        with pytest.raises(NotFound):
            find_import(session, 1)


@pytest.mark.parametrize("name", ["rows.jsonl.gz", None])
def test_an_import_that_unpacks_to_more_than_may_be_is_read_no_further(
    store: Store, name: str | None
) -> None:
    bomb = io.BytesIO(gzip.compress(body(1).getvalue() + b"\n" * 20_000_000 + body(1).getvalue()))
    found = imported(store, start_import(store, [(name, bomb)], Bounds(unpacked=1_000_000)))
    assert (found.received, found.failed) == (2, 1)
    assert "unpacks to more than 1,000,000 bytes" in found.errors[0].detail


def test_rows_of_parquet_are_bounded_by_what_they_unpack_to(store: Store) -> None:
    target = io.BytesIO()
    parquet.write_table(pyarrow.table({"text": [PROSE * 100] * 5_000}), target)
    assert len(target.getvalue()) < 100_000
    with pytest.raises(TooLarge, match="1,000,000 bytes at most, unpacked"):
        start_import(store, [("rows.parquet", target)], Bounds(unpacked=1_000_000))
    assert column(store, "SELECT count(*) FROM import_row") == [0]


def test_pages_of_an_archive_are_received_and_the_rest_is_passed_over(store: Store) -> None:
    def record(status: str) -> bytes:
        http = f"HTTP/1.1 {status}\r\nContent-Type: text/html\r\n\r\n<p>{PROSE}</p>".encode()
        head = "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/x\r\n"
        return f"{head}Content-Length: {len(http)}\r\n\r\n".encode() + http + b"\r\n\r\n"

    archive = record("200 OK") + record("404 Not Found") + record("500 Oh")
    found = imported(store, start_import(store, [("news.warc", io.BytesIO(archive))]))
    assert (found.received, found.passed, found.bytes) == (1, 2, len(archive))
    with pytest.raises(InvalidInput, match="no page that was answered with 200, 1 other record"):
        start_import(store, [("news.warc", io.BytesIO(record("404 Not Found")))])


def test_what_is_there_already_is_known_and_not_read_again(store: Store) -> None:
    def take(number: int) -> Import:
        with store.read() as session:
            waiting = waiting_import_rows(session, 10)
        submissions = [unpack(row.payload) for row in waiting]
        with store.read() as session:
            there = known(session, submissions)
        prepared = [
            prepare(row, submission, there, Settings())
            for row, submission in zip(waiting, submissions, strict=True)
        ]
        with store.write() as session:
            finish(session, prepared)
        assert [each.document is None for each in prepared] == [bool(there)] * len(prepared)
        return imported(store, number)

    assert take(start_import(store, [(None, body(3))])).created == 3
    assert take(start_import(store, [(None, body(3))])).existing == 3


def test_how_far_an_import_is_and_how_long_it_will_take(store: Store) -> None:
    number = start_import(store, [(None, body(4))])
    begun = imported(store, number)
    assert (begun.analysed, begun.per_second, begun.seconds_left) == (0, None, None)
    with store.read() as session:
        first, second, *_ = waiting_import_rows(session, 10)
    with store.write() as session:
        finish(
            session,
            [prepare(each, unpack(each.payload), {}, Settings()) for each in (first, second)],
        )
    assert imported(store, number).analysed == 0
    with store.write() as session:
        (article, *_) = pending(session, 10)
        mark_failed(session, article.id, article.revision, "it is a test")
    under_way = imported(store, number)
    assert under_way.analysed == 1
    assert under_way.per_second
    assert under_way.seconds_left is not None
    assert under_way.seconds_left >= 0
    assert under_way.finished_at is None
