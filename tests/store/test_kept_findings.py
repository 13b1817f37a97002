"""Findings are kept as bare values, in the order of their record's fields."""

import sqlite3
from contextlib import closing
from dataclasses import fields
from pathlib import Path

import pytest

from app.domain.statement import Sentence
from app.store.analyses.findings import stored_findings
from app.store.analyses.packed_findings import KINDS
from app.store.engine.packing import pack
from app.store.engine.schema import upgrade
from app.store.engine.sessions import Store
from tests.store.desk import old_database

# What schema 0010 holds. A record of another shape needs a migration of what is stored.
KEPT = {
    "figures": "start end text kind value upper quantifier unit per noun attribution verb lemmas "
    "mentions",
    "dates": "start end text form granularity value direction month day number unit reason",
    "labels": "start end text kind mention",
    "roles": "start end verb part negated reporting mention through",
    "references": "start end text kind mention reason",
    "sentences": "start end lemmas verbs negated named acting suffering mentions subjects objects "
    "digest",
}


@pytest.mark.parametrize("kind", KINDS)
def test_records_are_of_the_shape_that_the_schema_holds(kind: str) -> None:
    record = KINDS[kind]
    assert [field.name for field in fields(record)] == KEPT[kind].split()


def test_sentences_of_the_schema_before_are_read_as_they_were(tmp_path: Path) -> None:
    names, gone = ["kellin", "meet", "venn"], [[[0, 1, 2]], [[0, 1]], [0], ["3"], [""]]
    values = [0, 25, names, ["meet"], ["meet"], [0, 2], [0], [2], *gone, [0, 20], [0], [20], 77]
    url = old_database(tmp_path, "0005")
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as old, old:
        old.execute(
            "INSERT INTO article (id, state, word_count, revision, body_start, created_at, "
            "identity, content_hash, authors, pipeline) "
            "VALUES (1, 'ready', 5, 1, 0, 0, 'a', 'a', '[]', 'p')"
        )
        old.execute(
            "INSERT INTO revision (article_id, number, word_count, body_start, lead_start, "
            "lead_end, created_at, content_hash, cleaner, raw_kind, text, context, removed, "
            "offsets, raw) VALUES (1, 1, 5, 0, 0, 0, 0, '', '1', 'text', ?, ?, ?, ?, ?)",
            ("Kellin did not meet Venn.", *[pack([])] * 4),
        )
        old.execute(
            "INSERT INTO analysis (article_id, revision, pipeline, created_at, terms, spans) "
            "VALUES (1, 1, 'p', 0, ?, ?)",
            (pack({"meet": 1}), pack({"meet": [[15, 19]]})),
        )
        old.execute(
            "INSERT INTO finding (article_id, revision, pipeline, kind, found) "
            "VALUES (1, 1, 'p', 'sentences', ?)",
            (pack([values]),),
        )
    upgrade(url)
    with Store(url) as store, store.read() as s:
        (read,) = stored_findings(s, [1], ["sentences"])[1]["sentences"]
    assert read == Sentence(
        start=0,
        end=25,
        lemmas=("kellin", "meet", "venn"),
        verbs=("meet",),
        negated=("meet",),
        named=(0, 2),
        acting=(0,),
        suffering=(2,),
        mentions=(0, 20),
        subjects=(0,),
        objects=(20,),
        digest=77,
    )
