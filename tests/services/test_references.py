"""What 'he' stands for, from the text to the store, the lists and the comparison."""

import json
from concurrent.futures import Future
from typing import Any

import pytest

from app.domain.annotation import Analysis, AnalysisInput
from app.domain.article import Submission
from app.domain.comparison import ArticleRef
from app.domain.page import MentionFilter, PageRequest, ReferenceFilter
from app.domain.reference import ResolvedReference
from app.errors import InvalidInput, NotFound
from app.services import annotation_stream, correct, query
from app.services.analysis_writing import Analysed, record
from app.services.compare import compare_stored
from app.services.corrector import Corrector
from app.services.entity_changes import EntityChanges
from app.services.ingest import accept
from app.services.pipeline import Analyser
from app.settings import Settings
from app.store.articles.queue import pending
from app.store.engine.sessions import Store

ALL = PageRequest(limit=200)
TEXT = (
    "Marta Kellin opened the harbour museum in Dunholm on Monday. She thanked the city. "
    "Later she left for the capital, and her assistant closed the doors."
)


@pytest.fixture(scope="module")
def analyser() -> Analyser:
    settings = Settings()
    return Analyser(settings.models, settings.default_language)


@pytest.fixture
def article(store: Store, analyser: Analyser) -> int:
    made = accept(store, Submission(text=TEXT, source="Star", language="en"), Settings())
    assert made.id is not None
    with store.read() as s:
        waiting = pending(s, 10)
    found = analyser.analyse([AnalysisInput(a.text, a.body_start, a.language) for a in waiting])
    with store.write() as s:
        record(
            s,
            [Analysed(a.id, a.revision, each) for a, each in zip(waiting, found, strict=True)],
        )
    return made.id


def references(store: Store, article: int, **where: Any) -> tuple[ResolvedReference, ...]:
    with store.read() as s:
        return query.references(s, article, ReferenceFilter(**where), ALL).page.items


def kellin(store: Store, article: int) -> int:
    with store.read() as s:
        found = query.mentions(s, article, MentionFilter(), ALL).items
    (owner,) = {each.entity for each in found if "Kellin" in each.text}
    assert owner is not None
    return owner


def test_she_is_the_woman_named_before(store: Store, article: int) -> None:
    found = references(store, article)
    assert [each.reference.text for each in found] == ["She", "she", "her"]
    assert {each.entity for each in found} == {kellin(store, article)}
    for each in found:
        assert TEXT[each.reference.start : each.reference.end] == each.reference.text
        assert TEXT[each.reference.mention :].startswith("Marta Kellin")


def test_references_are_filtered_by_kind_and_entity(store: Store, article: int) -> None:
    assert references(store, article, kinds=("description",)) == ()
    assert len(references(store, article, entities=(kellin(store, article),))) == 3
    with pytest.raises(InvalidInput):
        references(store, article, entities=(999,))
    with pytest.raises(NotFound):
        references(store, 999)


def test_references_come_in_pages(store: Store, article: int) -> None:
    with store.read() as s:
        first = query.references(s, article, ReferenceFilter(), PageRequest(limit=2)).page
        rest = query.references(
            s, article, ReferenceFilter(), PageRequest(limit=2, cursor=first.next_cursor)
        ).page
    assert [each.reference.text for each in first.items + rest.items] == ["She", "she", "her"]
    assert (first.total.value, rest.next_cursor) == (3, None)


def test_they_follow_what_people_correct(store: Store, article: int) -> None:
    with store.read() as s:
        (mention,) = [
            m for m in query.mentions(s, article, MentionFilter(), ALL).items if "Kellin" in m.text
        ]
    changes = EntityChanges(reject_mentions=(mention.id,))
    (done,) = correct.change_entity(store, mention.entity or 0, changes, Corrector())
    assert {each.entity for each in references(store, article)} == {None}
    correct.undo(store, done.id, Corrector())
    assert {each.entity for each in references(store, article)} == {mention.entity}


def test_what_she_does_is_compared_under_her_name(store: Store, article: int) -> None:
    other = accept(store, Submission(text="Nothing of note.", source="Globe"), Settings())
    with store.write() as s:
        nothing = Analysis("p", None, (), (), "en")
        record(s, [Analysed(other.id or 0, 1, nothing)])
    with store.read() as s:
        roles = compare_stored(
            s, articles=[ArticleRef(article), ArticleRef(other.id or 0)], sections=["roles"]
        ).roles
    assert roles is not None
    verbs = {
        each.verb
        for item in roles.items
        if item.entity == kellin(store, article)
        for side in item.sides.values()
        for each in side.agent
    }
    assert {"open", "thank", "leave"} <= verbs


def test_annotate_gives_them_without_a_store(analyser: Analyser) -> None:
    def submit(inputs: list[AnalysisInput]) -> list[Future[Analysis]]:
        futures: list[Future[Analysis]] = [Future() for _ in inputs]
        for future, analysis in zip(futures, analyser.analyse(inputs), strict=True):
            future.set_result(analysis)
        return futures

    rows = annotation_stream.read_rows([json.dumps({"id": 1, "text": TEXT}).encode()], 10_000)
    (found,) = annotation_stream.annotate(rows, submit, across=False)  # type: ignore[arg-type]
    answer = annotation_stream.answer(found)
    told = answer["references"]
    assert isinstance(told, list)
    named = answer["mentions"]
    assert isinstance(named, list)
    owner = next(each["entity"] for each in named if "Kellin" in each["text"])
    assert [(each["text"], each["entity"]) for each in told] == [
        ("She", owner),
        ("she", owner),
        ("her", owner),
    ]
