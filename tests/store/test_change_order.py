"""Numbers of changes become visible in their order, whoever writes and whenever it commits."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, create_engine

from app.store.articles.write import delete_article
from app.store.changes import note
from app.store.engine.connections import parse_url
from app.store.engine.sessions import Store, WriteSession
from app.store.queries.changes import changes_after
from tests.databases import on_postgresql
from tests.store.desk import add, document

WRITERS, WRITES = 4, 12


@contextmanager
def unordered(store: Store) -> Iterator[Engine]:
    """Connections of writers that do not take turns from their beginning on, as those of the store
    do: on PostgreSQL nothing but the numbers keeps them in order. SQLite has one writer anyhow."""
    engine = create_engine(parse_url(store.url), isolation_level=_ISOLATION[on_postgresql()])
    try:
        yield engine
    finally:
        engine.dispose()


_ISOLATION = {True: "READ COMMITTED", False: "SERIALIZABLE"}


def write(engine: Engine, id_: int, before_commit: threading.Event | None = None) -> None:
    """Notes the change of an outlet; waits, its number taken, before it commits."""
    with engine.connect() as connection, connection.begin():
        if not on_postgresql():
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        session = WriteSession(connection)
        note(session, "source", "changed", [id_])
        for last in session.before_commit:
            last()
        if before_commit is not None:
            assert before_commit.wait(30)


def seen(store: Store, after: int = 0) -> list[tuple[int, int]]:
    """Numbers and outlets after a number."""
    with store.read() as s:
        return [(each.number, each.id) for each in changes_after(s, after, 1_000).items]


def test_the_lower_number_may_commit_last_and_nobody_passes_it(store: Store) -> None:
    commit = threading.Event()
    with unordered(store) as engine:
        first = threading.Thread(target=write, args=(engine, 1, commit))
        second = threading.Thread(target=write, args=(engine, 2))
        first.start()
        time.sleep(0.3)
        second.start()
        second.join(0.7)
        # The later writer waits for a number, so no follower can be ahead of the earlier one.
        assert second.is_alive()
        assert seen(store) == []
        commit.set()
        first.join(30)
        second.join(30)
    assert seen(store) == [(1, 1), (2, 2)]


def test_a_follower_of_many_writers_misses_nothing(store: Store) -> None:
    def work(writer: int) -> None:
        pause = threading.Event()
        threading.Timer(0.05, pause.set).start()
        for n in range(WRITES):
            write(engine, writer * 100 + n, pause if n == 0 else None)

    with unordered(store) as engine:
        threads = [threading.Thread(target=work, args=(each,)) for each in range(WRITERS)]
        for each in threads:
            each.start()
        followed: list[tuple[int, int]] = []
        while any(each.is_alive() for each in threads) or seen(store, len(followed)):
            followed += seen(store, followed[-1][0] if followed else 0)
    assert followed == seen(store)
    assert [number for number, _ in followed] == list(range(1, WRITERS * WRITES + 1))


def test_what_is_undone_takes_no_number(store: Store) -> None:
    try:
        with store.write() as s:
            add(s, document("Never."))
            raise KeyError
    except KeyError:
        pass
    with store.write() as s:
        add(s, document("Ever."))
    # The outlet, then its article.
    assert [number for number, _ in seen(store)] == [1, 2]


def test_of_what_is_deleted_that_alone_is_kept(store: Store) -> None:
    with store.write() as s:
        article = add(s, document("Gone soon.")).id
        assert article is not None
    with store.write() as s:
        delete_article(s, article)
    with store.read() as s:
        found = [(each.type, each.kind) for each in changes_after(s, 0, 10).items]
    assert found == [("source", "created"), ("article", "deleted")]
