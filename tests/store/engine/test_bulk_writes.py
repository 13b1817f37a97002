"""Rows written many at a time: every value as it was given, on either engine."""

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.store.engine.bulk_writes import insert_rows, update_rows, upsert
from app.store.engine.sessions import Store
from app.store.tables import alias, entity, profile
from tests.store.desk import add, document

# What stands for something else in an array, a JSON text or a stream of rows.
AWKWARD = [
    'say "no"',
    "O'Neil",
    "back\\slash",
    "{a,b}",
    "NULL",
    "",
    " ",
    "a\tb\nc",
    "\\N",
    "Łódź 🏙",
    "a,b",
    "%s ? :x",
]
_ENTITY = ("id", "type", "name", "key", "skeleton", "mentions", "articles", "knowledge_id")


def entities(store: Store, names: list[str]) -> None:
    with store.write() as s:
        insert_rows(
            s.connection,
            entity,
            _ENTITY,
            [(n, "ORG", name, name, name, 1, 1, None) for n, name in enumerate(names, start=1)],
        )


def test_texts_come_back_as_they_were_given(store: Store) -> None:
    entities(store, AWKWARD)
    with store.write() as s:
        upsert(
            s.connection,
            alias,
            ("entity_id", "text", "key", "skeleton", "mentions"),
            [(n, text, text, "", 2) for n, text in enumerate(AWKWARD, start=1)],
            add=("mentions",),
        )
        update_rows(
            s.connection,
            entity,
            ("knowledge_id", "country"),
            [(n, text, None) for n, text in enumerate(AWKWARD, start=1)],
        )
        stored = select(alias.c.text, alias.c.key).order_by(alias.c.entity_id)
        assert s.connection.execute(stored).all() == [(each, each) for each in AWKWARD]
        known = select(entity.c.name, entity.c.knowledge_id, entity.c.country).order_by(entity.c.id)
        assert s.connection.execute(known).all() == [(each, each, None) for each in AWKWARD]


def test_rows_that_are_there_are_added_to_or_replaced(store: Store) -> None:
    entities(store, ["Verin", "Karo"])
    columns = ("entity_id", "text", "key", "skeleton", "mentions")
    with store.write() as s:
        for key, more in (("first", 2), ("second", 3)):
            rows = [(1, "Verin", key, "", more), (2, key, key, "", more)]
            upsert(s.connection, alias, columns, rows, add=("mentions",), replace=("key",))
        found = select(alias.c.text, alias.c.key, alias.c.mentions).order_by(alias.c.text)
        assert s.connection.execute(found).all() == [
            ("Verin", "second", 5),
            ("first", "first", 2),
            ("second", "second", 3),
        ]


def test_counts_of_rows_are_added_to_and_the_rest_is_overwritten(store: Store) -> None:
    entities(store, ["Verin", "Karo", "Stone"])
    with store.write() as s:
        update_rows(
            s.connection,
            entity,
            ("mentions", "latitude"),
            [(1, 4, 1.5), (2, 0, 52), (3, -1, None), (99, 1, None)],
            add=("mentions",),
        )
        found = select(entity.c.mentions, entity.c.latitude).order_by(entity.c.id)
        assert s.connection.execute(found).all() == [(5, 1.5), (1, 52), (0, None)]


def test_bytes_and_values_that_are_packed(store: Store) -> None:
    with store.write() as s:
        first, second = (add(s, document(f"Report {n}.")).id for n in range(2))
        rows = [(first, 1, [["a"], [1]]), (second, 2, [["\\x00"], [2]])]
        upsert(s.connection, profile, ("article_id", "day", "profile"), rows, replace=("profile",))
        found = select(profile.c.day, profile.c.profile).order_by(profile.c.article_id)
        assert s.connection.execute(found).all() == [(1, [["a"], [1]]), (2, [["\\x00"], [2]])]


def test_what_the_database_refuses_is_an_error_of_sqlalchemy(store: Store) -> None:
    columns = ("entity_id", "text", "key", "skeleton", "mentions")
    with store.write() as s, pytest.raises(IntegrityError):
        upsert(s.connection, alias, columns, [(1, "x", "x", "x", None)], add=("mentions",))
