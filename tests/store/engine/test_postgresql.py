"""What PostgreSQL does its own way (`pytest --engine postgresql`)."""

import psycopg
import pytest
from sqlalchemy import make_url, text

from app.domain.page import ArticleFilter, EntityFilter, PageRequest
from app.errors import InvalidInput, StoreBusy, Unavailable
from app.services import query
from app.store.engine.run_lock import DatabaseLock
from app.store.engine.sessions import Store
from tests.databases import on_postgresql
from tests.store.desk import add, analyse_all, document

pytestmark = pytest.mark.skipif(
    not on_postgresql(), reason="of PostgreSQL: pytest --engine postgresql"
)
WRITER = int.from_bytes(b"parallax")


def test_a_writer_that_takes_too_long_is_told_and_nobody_else_waits(store: Store) -> None:
    with psycopg.connect(store.url) as other:
        other.execute("SELECT pg_advisory_xact_lock(%s)", (WRITER,))
        with (
            Store(store.url, busy_seconds=0.1) as hasty,
            pytest.raises(StoreBusy, match="locked"),
            hasty.write(),
        ):
            pass
        with store.read() as s:
            assert s.connection.execute(text("SELECT count(*) FROM article")).scalar() == 0
        store.probe()


def end_connections(url: str) -> None:
    """Ends all connections to a database but this, as a server does that is restarted."""
    with psycopg.connect(url, autocommit=True) as other:
        other.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def test_a_server_that_ends_connections_is_asked_again(store: Store) -> None:
    with store.read():
        pass
    end_connections(store.url)
    with store.write() as s:
        add(s, document("Assad met Putin."))

    def broken_off() -> None:
        with store.write() as s:
            end_connections(store.url)
            add(s, document("Obama spoke."))

    with pytest.raises(Unavailable, match="cannot be"):
        broken_off()
    with store.read() as after:
        assert after.connection.execute(text("SELECT count(*) FROM article")).scalar() == 1


def test_a_database_that_is_not_there_is_named_without_its_password(store: Store) -> None:
    url = make_url(store.url).set(database="missing", password="secret")
    with (
        Store(url.render_as_string(hide_password=False)) as other,
        pytest.raises(Unavailable, match="missing cannot be") as caught,
        other.read(),
    ):
        pass
    assert "secret" not in caught.value.detail


def test_text_is_ordered_by_code_points_whatever_the_order_of_the_database(store: Store) -> None:
    names = ["Zürich", "bern", "Ärzte", "apple", "Bern", "Zz", "ärzte"]
    with store.write() as s:
        collations = s.connection.execute(
            text(
                "SELECT DISTINCT collation_name FROM information_schema.columns "
                "WHERE table_schema = 'public' AND data_type = 'character varying' "
                "AND table_name <> 'alembic_version'"
            )
        )
        assert collations.scalars().all() == ["C"]
        add(s, document(" met ".join(names)))
        analyse_all(s, dict.fromkeys(names))
        listed = query.entities(s, EntityFilter(), PageRequest(sort="name")).items
    assert [each.name for each in listed] == sorted(names)


def test_a_number_too_large_for_a_column_is_in_no_row(store: Store) -> None:
    with store.write() as s:
        add(s, document("Assad met Putin."))
        analyse_all(s, {"Assad": None})
        assert query.entities(s, EntityFilter(min_mentions=2**62), PageRequest()).items == ()
        with pytest.raises(InvalidInput):
            query.articles(s, ArticleFilter(entities=(2**62,)), PageRequest())


def test_one_runner_alone_has_the_work_and_the_next_takes_it_up(store: Store) -> None:
    first, second = DatabaseLock(store.url), DatabaseLock(store.url)
    assert first.acquire()
    assert first.acquire()
    assert not second.acquire()
    end_connections(store.url)  # as where its process is killed
    assert second.acquire()
    second.release()
    first.release()
