"""Revisions as sides: analysed within the deadline, and without an id for whom the collection does
not know."""

from collections.abc import Sequence

import pytest

from app.domain import deadline
from app.domain.annotation import Analysis, AnalysisInput
from app.domain.article import Submission
from app.domain.comparison import ArticleRef
from app.errors import DeadlinePassed, InvalidInput
from app.services.analysis_writing import Analysed, record
from app.services.compare import compare_stored
from app.services.ingest import accept
from app.services.pipeline import Analyser
from app.services.revisions import NO_REVISIONS, named_revisions
from app.settings import Settings
from app.store.articles.queue import pending
from app.store.engine.sessions import Store

FIRST = (
    "Marta Kellin opened the harbour museum in Dunholm on Monday, said Viggo Sandmo. "
    "Sandmo runs the museum. Kellin thanked the city."
)
SECOND = "Marta Kellin opened the harbour museum in Dunholm on Tuesday. Kellin thanked the city."


@pytest.fixture(scope="module")
def analyser() -> Analyser:
    settings = Settings()
    return Analyser(settings.models, settings.default_language)


@pytest.fixture
def revised(store: Store, analyser: Analyser) -> int:
    """An article of which only the second revision was ever analysed."""
    for text in (FIRST, SECOND):
        known = Submission(text=text, source="Star", external_id="museum", language="en")
        made = accept(store, known, Settings())
    assert made.id is not None
    with store.read() as s:
        (waiting,) = pending(s, 10)
    (found,) = analyser.analyse([AnalysisInput(waiting.text, waiting.body_start, "en")])
    with store.write() as s:
        record(s, [Analysed(waiting.id, waiting.revision, found)])
    return made.id


def both(article: int) -> list[ArticleRef]:
    return [ArticleRef(article, 1), ArticleRef(article, 2)]


def test_whom_only_an_earlier_revision_names_has_no_id(
    store: Store, analyser: Analyser, revised: int
) -> None:
    revisions = named_revisions(store, both(revised), analyser.analyse)
    with store.read() as session:
        found = compare_stored(session, articles=both(revised), revisions=revisions)
    assert found.entities is not None
    (alone,) = found.entities.only[f"article:{revised}@1"]
    assert (alone.name, alone.entity) == ("Viggo Sandmo", None)
    assert {each.name for each in found.entities.shared if each.entity} == {
        "Marta Kellin",
        "Dunholm",
    }
    assert found.quotes is not None
    assert {(each.name, each.entity) for each in found.quotes.speakers} == {("Viggo Sandmo", None)}


def test_a_revision_is_analysed_once_as_it_is_stored(
    store: Store, analyser: Analyser, revised: int
) -> None:
    asked: list[AnalysisInput] = []

    def analyse(texts: list[AnalysisInput]) -> Sequence[Analysis]:
        asked.extend(texts)
        return analyser.analyse(texts)

    named = [*both(revised), *both(revised), ArticleRef(revised), ArticleRef(revised, 3)]
    revisions = named_revisions(store, named, analyse)
    assert [each.text for each in asked] == [FIRST, SECOND]
    assert set(revisions.found) == set(both(revised))


def test_the_deadline_holds_for_the_analysis_too(
    store: Store, analyser: Analyser, revised: int
) -> None:
    with deadline.within(1e-9, "PARALLAX_COMPARISON_TIMEOUT"), pytest.raises(DeadlinePassed):
        named_revisions(store, both(revised), analyser.analyse)


def test_without_revisions_nothing_is_analysed(store: Store) -> None:
    def analyse(_texts: list[AnalysisInput]) -> Sequence[Analysis]:
        raise AssertionError("nobody asked for that")

    assert named_revisions(store, [ArticleRef(1)], analyse) is NO_REVISIONS


def test_too_many_are_refused(store: Store, analyser: Analyser) -> None:
    with pytest.raises(InvalidInput, match="16 revisions, not 17"):
        named_revisions(store, [ArticleRef(1, n) for n in range(1, 18)], analyser.analyse)


@pytest.mark.parametrize("name", ["", "7@", "@1", "7@1@1", "0", "7@0", "-7", "٧", "9" * 20])
def test_what_names_no_article_is_refused(name: str) -> None:
    with pytest.raises(InvalidInput, match="names no article"):
        ArticleRef.parse(name)


@pytest.mark.parametrize("name", ["7", "7@1"])
def test_a_name_reads_as_it_was_written(name: str) -> None:
    assert str(ArticleRef.parse(name)) == name
