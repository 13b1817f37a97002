"""List, entity and compare requests over HTTP against the bare SQL that each of them needs.

The service runs as users run it (`parallax serve`), on stores of two sizes; requests are sent one
after the other over loopback. The bare SQL is what the same question sends to the database,
recorded once, then run again and again through `sqlite3` or psycopg alone with every row fetched.
So `request / bare` is what everything around the SQL costs, and growth what ten times the articles
do. The collection on PostgreSQL is a copy of the one in the file.
"""

import sqlite3
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import psycopg
from sqlalchemy import Engine, event

from app.domain.page import ArticleFilter, EntityFilter, PageRequest, StoryFilter
from app.services import query, stories
from app.services.compare import compare_stored
from app.store.copying import copy_collection
from app.store.engine.schema import upgrade
from app.store.engine.sessions import ReadSession, Store
from benchmarks import postgresql
from benchmarks.corpus import made_store
from benchmarks.service import service

ROUNDS = 60
_SIDE = 25

type Ask = Callable[[ReadSession], object]
type Statement = tuple[str, Any]


@dataclass(frozen=True, slots=True)
class Question:
    """One request and the same question asked of the services in this process."""

    name: str
    path: str
    ask: Ask


@dataclass(frozen=True, slots=True)
class QueryFigures:
    """Milliseconds of one question at one size on one engine: the request's median and 95th
    percentile, the bare SQL's median, and the ratio of the medians."""

    name: str
    engine: str
    articles: int
    p50: float
    p95: float
    bare: float
    ratio: float


def measure(sizes: Sequence[int], stores: Path | None) -> list[QueryFigures]:
    """The figures of every question at each size on each engine. Stores are made in the folder
    `stores`, and found there again the next time (100,000 articles take minutes to make), else made
    for this run; they are copied into a PostgreSQL of this run."""
    with tempfile.TemporaryDirectory() as folder, postgresql.server() as server:
        figures = []
        for size in sizes:
            url = made_store(stores or Path(folder), size)
            figures += _measure_store(url, "SQLite", size)
            copy = postgresql.database(server, f"made_{size}")
            _copy(url, copy)
            figures += _measure_store(copy, "PostgreSQL", size)
        return figures


def _copy(url: str, to: str) -> None:
    upgrade(to)
    with Store(url) as source, Store(to) as target:
        copy_collection(source, target, lambda table, done, total: None)
    with psycopg.connect(to, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")


def _measure_store(url: str, engine: str, size: int) -> list[QueryFigures]:
    with Store(url) as store:
        questions = _questions(store)
        recorded = {each.name: _record(store, each.ask) for each in questions}
    figures = []
    with service(url) as base, httpx.Client(base_url=base, timeout=60) as client:
        for each in questions:
            request = client.build_request("GET", each.path)
            times = sorted(_times(partial(_answered, client, request)))
            bare = sorted(_bare(url, recorded[each.name]))
            p50, p95, least = _at(times, 0.5), _at(times, 0.95), _at(bare, 0.5)
            ratio = round(p50 / max(least, 0.001), 2)
            figures.append(QueryFigures(each.name, engine, size, p50, p95, least, ratio))
    return figures


def _answered(client: httpx.Client, request: httpx.Request) -> None:
    client.send(request).raise_for_status()


def _questions(store: Store) -> list[Question]:
    """The requests. The comparison is of two outlets over the time in which one of them brought
    out `_SIDE` articles, at every size: a story does not grow with the store."""
    with store.read() as session:
        source, other = (s.slug for s in query.sources(session, PageRequest(limit=2)).items)
        most = query.entities(session, EntityFilter(), PageRequest(limit=1)).items[0]
        latest = query.articles(
            session, ArticleFilter(sources=(source,)), PageRequest(_SIDE, sort="-published_at")
        ).items
    days = [article.published.instant for article in latest if article.published]
    since, until = min(days), max(days) + timedelta(days=1)
    period = f"since={_wire(since)}&until={_wire(until)}"
    page = PageRequest(limit=50)
    word = most.name.split()[0]
    return [
        Question("articles", "/v1/articles", lambda s: query.articles(s, ArticleFilter(), page)),
        Question(
            "articles of a source",
            f"/v1/articles?source={source}",
            lambda s: query.articles(s, ArticleFilter(sources=(source,)), page),
        ),
        Question(
            "articles by text",
            f"/v1/articles?q={word}",
            lambda s: query.articles(s, ArticleFilter(q=word), page),
        ),
        Question("entities", "/v1/entities", lambda s: query.entities(s, EntityFilter(), page)),
        Question(
            "entities by name",
            f"/v1/entities?q={word[:4]}",
            lambda s: query.entities(s, EntityFilter(q=word[:4]), page),
        ),
        Question(
            "entity",
            f"/v1/entities/{most.id}",
            lambda s: query.entity(s, most.id),
        ),
        Question("stories", "/v1/stories", lambda s: stories.stories(s, StoryFilter(), page)),
        Question(
            "similar articles",
            f"/v1/articles/{latest[0].id}/similar",
            lambda s: stories.similar(s, latest[0].id, page),
        ),
        Question(
            "compare two sources",
            f"/v1/compare?source={source}&source={other}&{period}",
            lambda s: compare_stored(s, sources=[source, other], since=since, until=until),
        ),
    ]


def _wire(when: datetime) -> str:
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _record(store: Store, ask: Ask) -> list[Statement]:
    """The statements that a question sends, with their parameters."""
    statements: list[Statement] = []

    def note(
        _connection: object, _cursor: object, statement: str, parameters: Any, *_: object
    ) -> None:
        statements.append((statement, parameters))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        with store.read() as session:
            ask(session)
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    return [each for each in statements if each[0].lstrip().upper().startswith(("SELECT", "WITH"))]


def _bare(url: str, statements: Sequence[Statement]) -> list[float]:
    path = url.removeprefix("sqlite:///")
    connect: Callable[[], Any] = (
        partial(psycopg.connect, url) if path == url else partial(sqlite3.connect, path)
    )
    with closing(connect()) as connection:

        def run() -> None:
            for statement, parameters in statements:
                connection.execute(statement, parameters).fetchall()

        return _times(run)


def _times(run: Callable[[], object]) -> list[float]:
    """Milliseconds of each of `ROUNDS` runs, after three that warm caches."""
    for _ in range(3):
        run()
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        run()
        times.append((time.perf_counter() - began) * 1000)
    return times


def _at(ascending: Sequence[float], share: float) -> float:
    return round(ascending[min(len(ascending) - 1, int(len(ascending) * share))], 2)
