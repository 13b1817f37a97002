"""Revisions of articles as they stand on the sides of a comparison: analysed when asked for, their
names resolved to the entities of the collection, and nothing of it stored."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, NamedTuple

from app.compare.texts_in_memory import AnalysedText, TextsInMemory
from app.domain import deadline
from app.domain.annotation import Analysis, AnalysisInput
from app.domain.answer import Comparison
from app.domain.comparison import (
    ArticleFindings,
    ArticleRef,
    EntityLabel,
    EntityOccurrences,
    EvidenceSource,
    Spot,
    TermOccurrences,
)
from app.domain.sections.figures import ComparedFigure
from app.domain.sections.reuse import Origin, ReusePair
from app.errors import InvalidInput
from app.resolve.across import ArticleNames
from app.resolve.context import Context
from app.services.analysis_writing import resolve_across
from app.services.vectors import Encoder, with_vectors
from app.store.engine.sessions import ReadSession, Store
from app.store.queries.entities import merged_entities
from app.store.queries.sides import RevisionText, revisions_named

# Each is analysed while somebody waits.
_MOST = 16


class NamedRevision(NamedTuple):
    """A revision with its analysis. `number` stands for its article among those of a comparison:
    below 0, so that it is no article's id, and each revision of one article has its own."""

    number: int
    text: RevisionText
    analysis: Analysis


@dataclass(frozen=True, slots=True)
class NamedRevisions:
    """The revisions that a comparison names."""

    found: Mapping[ArticleRef, NamedRevision]

    def get(self, ref: ArticleRef) -> NamedRevision:
        """One of them. Raises InvalidInput where the article has no such revision."""
        if ref not in self.found:
            raise InvalidInput(f"Article {ref.article} has no revision {ref.revision}.")
        return self.found[ref]

    def read(
        self, session: ReadSession, encoder: Encoder | None
    ) -> tuple[list[ArticleFindings], EvidenceSource]:
        """What they bring to a comparison, with the vectors of their sentences where there is an
        encoder, and where their evidence comes from."""
        texts = [each for each in self.found.values() if each.analysis.annotation is not None]
        owners = _owners(session, texts)
        memory = TextsInMemory(
            {
                each.number: AnalysedText(
                    each.text.text, each.text.body_start, each.analysis, of, each.text.published
                )
                for each, of in zip(texts, owners, strict=True)
            }
        )
        numbers = [each.number for each in texts]
        brought = [memory.findings(number) for number in numbers]
        if encoder:
            brought = with_vectors(brought, memory.texts(numbers), encoder)
        return brought, memory

    def placed(self, comparison: Comparison) -> Comparison:
        """The comparison with each place of theirs in its article and revision."""
        places = {
            each.number: (each.text.article, each.text.number) for each in self.found.values()
        }
        placed: Comparison = _placed(comparison, places)
        return placed


NO_REVISIONS = NamedRevisions({})


def named_revisions(
    store: Store,
    named: Iterable[ArticleRef],
    analyse: Callable[[list[AnalysisInput]], Sequence[Analysis]],
) -> NamedRevisions:
    """The revisions among what is named, analysed; what there is not is left out.

    Raises InvalidInput for more than 16, what `analyse` raises, and DeadlinePassed.
    """
    refs = sorted({each for each in named if each.revision is not None}, key=str)
    if not refs:
        return NO_REVISIONS
    if len(refs) > _MOST:
        raise InvalidInput(f"A comparison may name {_MOST} revisions, not {len(refs)}.")
    # In a session of its own: none is open while a model runs.
    with store.read() as session:
        stored = revisions_named(session, [(each.article, each.revision or 0) for each in refs])
    there = [each for each in refs if (each.article, each.revision) in stored]
    texts = [stored[each.article, each.revision or 0] for each in there]
    analyses = analyse([AnalysisInput(each.text, each.body_start, each.language) for each in texts])
    deadline.check()
    return NamedRevisions(
        {
            ref: NamedRevision(-number, text, analysis)
            for number, (ref, text, analysis) in enumerate(
                zip(there, texts, analyses, strict=True), 1
            )
        }
    )


class BothSources:
    """Evidence from what is stored and from texts in memory (an `EvidenceSource`): articles and
    entities below 0 are in memory alone."""

    def __init__(self, stored: EvidenceSource, memory: EvidenceSource) -> None:
        self._stored = stored
        self._memory = memory

    def labels(self, entities: Collection[int]) -> Mapping[int, EntityLabel]:
        """The name and type of every entity asked for."""
        there, here = _parted(entities, lambda each: each)
        return {**self._stored.labels(there), **self._memory.labels(here)}

    def mentions(
        self, wanted: Collection[EntityOccurrences], limit: int
    ) -> Mapping[EntityOccurrences, Sequence[Spot]]:
        """The first `limit` mentions at each place, in the order of the text."""
        there, here = _parted(wanted, lambda each: each.article)
        return {**self._stored.mentions(there, limit), **self._memory.mentions(here, limit)}

    def terms(
        self, wanted: Collection[TermOccurrences], limit: int
    ) -> Mapping[TermOccurrences, Sequence[Spot]]:
        """The first `limit` occurrences at each place, in the order of the text."""
        there, here = _parted(wanted, lambda each: each.article)
        return {**self._stored.terms(there, limit), **self._memory.terms(here, limit)}

    def texts(self, articles: Collection[int]) -> Mapping[int, str]:
        """The text of every article asked for."""
        there, here = _parted(articles, lambda each: each)
        return {**self._stored.texts(there), **self._memory.texts(here)}


def _parted[T](every: Collection[T], number: Callable[[T], int]) -> tuple[list[T], list[T]]:
    return [e for e in every if number(e) >= 0], [e for e in every if number(e) < 0]


def _owners(session: ReadSession, texts: Sequence[NamedRevision]) -> list[list[int]]:
    """The entity of each cluster of each text: one of the collection, followed to where it was
    merged, or, below 0, one that only these texts have."""
    assigned = resolve_across(
        session,
        [
            ArticleNames.of(
                each.analysis.clusters,
                Context(each.text.article, each.text.published, each.analysis.profile),
            )
            for each in texts
        ],
    )
    known = {to.entity for of in assigned for to in of if to.entity is not None}
    merged = merged_entities(session, known)
    return [
        [-1 - to.group if to.entity is None else merged.get(to.entity, to.entity) for to in of]
        for of in assigned
    ]


def _placed(part: Any, places: Mapping[int, tuple[int, int]]) -> Any:
    """The same with places in articles and revisions; an entity that only these texts have has no
    id."""
    if isinstance(part, Spot | ComparedFigure):
        if part.article not in places:
            return part
        article, revision = places[part.article]
        return replace(part, article=article, revision=revision)
    if isinstance(part, tuple):
        return tuple(_placed(each, places) for each in part)
    if isinstance(part, dict):
        return {key: _placed(each, places) for key, each in part.items()}
    if not is_dataclass(part) or isinstance(part, type):
        return part
    changed = {each.name: _placed(getattr(part, each.name), places) for each in fields(part)}
    if isinstance(part, ReusePair | Origin):
        changed["articles"] = tuple(places.get(each, (each, 0))[0] for each in part.articles)
    if isinstance(entity := changed.get("entity"), int) and entity < 0:
        changed["entity"] = None
    return replace(part, **changed)
