"""Sentence vectors for those who compare: taken from the store, and made where they are missing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import batched
from typing import Protocol

import structlog

from app.compare.method import needs_of
from app.domain import deadline
from app.domain.answer import Section
from app.domain.comparison import ArticleFindings
from app.errors import ParallaxError, Unavailable
from app.store.analyses.vectors import SentenceVectors, store_vectors, without_vectors
from app.store.engine.sessions import ReadSession, Store
from app.store.queries.comparison import comparison_findings
from app.store.queries.evidence import StoredEvidence

log = structlog.get_logger(__name__)

# Articles of one transaction; what was made before a request is broken off is kept.
_TOGETHER = 32


class Encoder(Protocol):
    """Makes sentence vectors."""

    @property
    def version(self) -> str:
        """All that decides what a vector is."""
        ...

    def encode(self, sentences: Sequence[str]) -> bytes:
        """512 bytes for each sentence, in their order. Raises Unavailable."""
        ...


@dataclass(frozen=True, slots=True)
class Vectors:
    """The vectors of what is stored. They are a cache: the same bytes come from it and from the
    encoder, and nobody fails because it cannot be written."""

    store: Store
    encoder: Encoder

    def complete(
        self, session: ReadSession, found: Sequence[ArticleFindings]
    ) -> list[ArticleFindings]:
        """Makes and stores the vectors that are missing. Returns the findings, each with the
        vectors of its sentences. Raises Unavailable where they cannot be made."""
        made: dict[int, ArticleFindings] = {}
        for some in batched(filter(_lacking, found), _TOGETHER):
            texts = StoredEvidence(session).texts([each.article for each in some])
            encoded = with_vectors(some, texts, self.encoder)
            try:
                self._store(encoded)
            except ParallaxError as error:
                log.warning("sentence vectors not kept", articles=len(encoded), why=error.detail)
            made.update((each.article, each) for each in encoded)
        return [made.get(each.article, each) for each in found]

    def fill(self, after: int, limit: int) -> int | None:
        """Makes and stores the vectors of at most `limit` articles past the id `after` that lack
        them; where they cannot be made these articles are passed over. Returns the id of the
        last, None where none was left. Raises what the store raises."""
        with self.store.read() as session:
            ids = without_vectors(session, self.encoder.version, after, limit)
            found = comparison_findings(session, ids, ("sentences",))
            texts = StoredEvidence(session).texts(ids)
        try:
            made = with_vectors(found, texts, self.encoder)
        except Unavailable as error:
            log.warning("sentence vectors not made", articles=ids, why=error.detail)
        else:
            self._store(made)
        return max(ids, default=None)

    def _store(self, made: Sequence[ArticleFindings]) -> None:
        if not made:
            return
        version = self.encoder.version
        with self.store.write() as session:
            store_vectors(
                session,
                [
                    SentenceVectors(
                        each.article, each.revision, each.pipeline, version, each.vectors
                    )
                    for each in made
                ],
            )


def with_vectors(
    found: Sequence[ArticleFindings], texts: Mapping[int, str], encoder: Encoder
) -> list[ArticleFindings]:
    """The findings of these articles with the vectors of their sentences. Raises Unavailable, and
    DeadlinePassed."""
    encoded = []
    for each in found:
        deadline.check()
        vectors = encoder.encode(_sentences(each, texts[each.article]))
        encoded.append(replace(each, vectors=vectors))
    return encoded


def read_vectors(sections: Sequence[Section]) -> bool:
    """Whether one of these sections reads vectors."""
    return "vectors" in needs_of(sections)


def _sentences(found: ArticleFindings, text: str) -> list[str]:
    return [text[each.start : each.end] for each in found.sentences]


def _lacking(found: ArticleFindings) -> bool:
    return bool(found.sentences) and not found.vectors
