"""Findings are kept as bare values, in the order of their record's fields."""

from dataclasses import fields

import pytest

from app.domain.statement import Sentence
from app.store.analyses.findings import stored_findings
from app.store.analyses.packed_analysis import KINDS
from app.store.engine.packing import pack
from app.store.engine.schema import upgrade
from app.store.engine.sessions import Store
from tests.store.desk import add, analyse_all, document

# What schema 0006 holds. A record of another shape needs a migration of what is stored.
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
    held = [] if record is None else [field.name for field in fields(record)]
    assert held == KEPT.get(kind, "").split()


def test_sentences_of_the_schema_before_are_read_as_they_were(store: Store) -> None:
    text = "Kellin did not meet Venn."
    names, gone = ["kellin", "meet", "venn"], [[[0, 1, 2]], [[0, 1]], [0], ["3"], [""]]
    values = [0, 25, names, ["meet"], ["meet"], [0, 2], [0], [2], *gone, [0, 20], [0], [20], 77]
    with store.write() as s:
        add(s, document(text))
        (article,) = analyse_all(s, {"Kellin": None, "Venn": None})
        changed = s.connection.exec_driver_sql(
            "UPDATE finding SET found = ? WHERE kind = 'sentences'", (pack([values]),)
        )
        assert changed.rowcount == 1
        s.connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0005'")
    upgrade(store.url)
    with store.read() as s:
        (read,) = stored_findings(s, [article], ["sentences"])[article]["sentences"]
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
