"""The schema: made from nothing, the same as the models, refused when it is of another version."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import make_url
from sqlalchemy.schema import CreateIndex, CreateTable

import migrations
from app.errors import SchemaMismatch, Unavailable
from app.store.engine.full_text import SEARCH_TABLE
from app.store.engine.schema import upgrade
from app.store.engine.sessions import Store
from app.store.tables import article
from tests.store.desk import old_database


def _differences(store: Store) -> list[object]:
    """What alembic would change to make the schema what the models say."""
    with store.write() as s:
        context = MigrationContext.configure(
            s.connection,
            opts={
                "compare_type": True,
                "include_name": lambda name, kind, _: (
                    kind != "table" or not str(name).startswith(SEARCH_TABLE)
                ),
            },
        )
        return list(compare_metadata(context, article.metadata))


def test_the_migrations_make_what_the_models_say(store: Store) -> None:
    assert _differences(store) == []


def _history() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    return ScriptDirectory.from_config(config)


@pytest.mark.parametrize("revision", [each.revision for each in _history().walk_revisions()][1:])
def test_a_database_of_each_older_version_becomes_what_the_models_say(
    tmp_path: Path, revision: str
) -> None:
    url = old_database(tmp_path, revision)
    upgrade(url)
    with Store(url) as store:
        assert _differences(store) == []


def test_head_is_the_newest_migration() -> None:
    assert _history().get_heads() == [migrations.HEAD]


def test_alembic_on_the_command_line_finds_nothing_to_do(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'store.db'}"
    upgrade(url)
    root = Path(__file__).parents[3]
    done = subprocess.run(
        [sys.executable, "-m", "alembic", "check"],
        cwd=root,
        env={"PARALLAX_DATABASE_URL": url, "PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_nothing_in_the_tables_needs_sqlite() -> None:
    dialect = make_url("postgresql://").get_dialect()()
    for table in article.metadata.sorted_tables:
        assert str(CreateTable(table).compile(dialect=dialect))
        for index in table.indexes:
            assert len(str(index.name)) <= 63  # PostgreSQL cuts longer names off
            assert str(CreateIndex(index).compile(dialect=dialect))


def test_upgrading_again_changes_nothing(store: Store) -> None:
    with store.write() as s:
        s.connection.exec_driver_sql("INSERT INTO source (slug, name, articles) VALUES ('a','A',0)")
    upgrade(store.url)
    with store.read() as s:
        assert s.connection.exec_driver_sql("SELECT slug FROM source").scalars().all() == ["a"]


def test_a_newer_schema_is_refused_with_both_revisions(store: Store) -> None:
    with store.write() as s:
        s.connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    says = rf"9999.*{migrations.HEAD}"
    with pytest.raises(SchemaMismatch, match=says):
        upgrade(store.url)
    with Store(store.url) as other, pytest.raises(SchemaMismatch, match=says), other.read():
        pass


def test_a_database_that_was_never_upgraded_says_what_makes_it_one(tmp_path: Path) -> None:
    with (
        Store(f"sqlite:///{tmp_path / 'new.db'}") as store,
        pytest.raises(SchemaMismatch, match="parallax serve"),
        store.read(),
    ):
        pass


def test_processes_that_start_at_once_do_not_disturb_one_another(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'store.db'}"
    code = f"from app.store.engine.schema import upgrade; upgrade({url!r})"
    root = Path(__file__).parents[3]
    running = [
        subprocess.Popen([sys.executable, "-c", code], cwd=root, stderr=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    errors = [process.communicate()[1] for process in running]
    assert [process.returncode for process in running] == [0] * 4, errors


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("sqlite://", "needs a file"),
        ("sqlite:////no/such/folder/x.db", "/no/such/folder"),
        ("mysql://somewhere/db", "PostgreSQL"),
        ("postgresql://127.0.0.1:9/db", "cannot be reached"),
        ("postgresql://somewhere", "names no database"),
        ("not an address", "no database address"),
    ],
)
def test_an_address_that_cannot_be_used_is_named(url: str, says: str) -> None:
    with pytest.raises(Unavailable, match=says):
        upgrade(url)


def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("These are notes, and no database at all. " * 50)
    with pytest.raises(Unavailable, match=r"notes\.txt is not a sound SQLite database"):
        upgrade(f"sqlite:///{path}")
    assert path.read_text().startswith("These are notes")


def test_a_migration_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE mention (id INTEGER)")
    other.close()
    with pytest.raises(Exception, match="mention"):
        upgrade(f"sqlite:///{path}")
    with sqlite3.connect(path) as other:
        names = other.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    other.close()
    assert names == [("mention",)]
