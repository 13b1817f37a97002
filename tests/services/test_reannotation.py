"""Older versions move forward: only they, going on where a run broke off, told what it changed."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from app.domain.annotation import Analysis, AnalysisInput
from app.domain.page import EntityFilter
from app.services import correct, query
from app.services.corrector import Corrector
from app.services.entity_changes import EntityChanges
from app.services.reannotation import current_versions, reannotate
from app.store.articles.queue import mark_failed, pending
from app.store.engine.sessions import Store
from tests.services.small_corpus import ALL, analyse, new_store, tell, told

NEW = {"en": "p2"}


@pytest.fixture
def collection(tmp_path: Path) -> Iterator[Store]:
    with new_store(tmp_path) as store:
        for number in range(3):
            tell(store, f"Alpha met Beta {number}.", "Star")
        tell(store, "Gamma paid Alpha.", "Globe")
        yield store


class Worker:
    """Analyses by a version that knows no Beta."""

    def __init__(self, store: Store, without: str = "Beta") -> None:
        self.store = store
        self.without = without
        self.waits = 0

    def wake(self) -> None:
        analyse(self.store, 2, pipeline="p2", without=self.without)

    def wait(self, article: int, timeout: float) -> bool:
        self.waits += 1
        return True


class Failing(Worker):
    """Can analyse nothing."""

    def wake(self) -> None:
        with self.store.write() as session:
            for each in pending(session, 100):
                mark_failed(session, each.id, each.revision, "told to")


def test_what_changed_is_told_for_each_article(collection: Store) -> None:
    changes = list(reannotate(collection, NEW, Worker(collection)))
    assert [each.lost for each in changes] == [("Beta",)] * 3 + [()]
    assert [each.changed for each in changes] == [True] * 3 + [False]
    with collection.read() as session:
        names = [each.name for each in query.entities(session, EntityFilter(), ALL).items]
    assert names == ["Alpha", "Gamma"]


def test_what_is_up_to_date_is_left_alone(collection: Store) -> None:
    list(reannotate(collection, NEW, Worker(collection)))
    before = told(collection)
    assert list(reannotate(collection, NEW, Worker(collection))) == []
    assert told(collection) == before


def test_a_run_that_broke_off_is_gone_on_with(
    collection: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.services.reannotation._ARTICLES", 2)
    first = list(islice(reannotate(collection, NEW, Worker(collection)), 2))
    rest = list(reannotate(collection, NEW, Worker(collection)))
    assert [each.article for each in first + rest] == [1, 2, 3, 4]


def test_corrections_hold(collection: Store) -> None:
    with collection.read() as session:
        ids = {each.name: each.id for each in query.entities(session, EntityFilter(), ALL).items}
    by = Corrector("tester")
    correct.merge(collection, ids["Gamma"], ids["Alpha"], by)
    correct.change_entity(collection, ids["Alpha"], EntityChanges(name="Aleph"), by)
    list(reannotate(collection, NEW, Worker(collection)))
    with collection.read() as session:
        found = query.entities(session, EntityFilter(), ALL).items
    assert [(each.id, each.name, each.mentions) for each in found] == [(ids["Alpha"], "Aleph", 5)]


def test_an_article_that_fails_says_so(collection: Store) -> None:
    changes = list(reannotate(collection, NEW, Failing(collection)))
    assert [each.failed for each in changes] == [True] * 4


def test_the_current_version_is_asked_for_each_language(collection: Store) -> None:
    def analyser(inputs: list[AnalysisInput]) -> list[Analysis]:
        return [Analysis(f"p of {each.language}", None, (), (), each.language) for each in inputs]

    assert current_versions(collection, analyser) == {"en": "p of en"}
