"""Texts that are nowhere stored, as a comparison takes them: counted, and kept for evidence."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.annotation import Analysis, Mention
from app.domain.comparison import (
    ArticleFindings,
    EntityCounts,
    EntityLabel,
    EntityOccurrences,
    Spot,
    TermOccurrences,
)
from app.domain.place import Place
from app.domain.text import count_words, lead


@dataclass(frozen=True, slots=True)
class AnalysedText:
    """A text with its analysis; `entities` are those of `analysis.clusters`, one for each."""

    text: str
    body_start: int
    analysis: Analysis
    entities: Sequence[int]
    published: date | None = None


class TextsInMemory:
    """Findings and evidence from analysed texts; an article's number is its place among them,
    its revision 1."""

    def __init__(self, texts: Mapping[int, AnalysedText]) -> None:
        self._texts = texts
        self._labels = _labels(texts.values())
        self._mentions: dict[EntityOccurrences, list[Mention]] = {}
        self._spans: dict[TermOccurrences, Sequence[tuple[int, int]]] = {}
        for article, text in texts.items():
            for cluster, entity in zip(text.analysis.clusters, text.entities, strict=True):
                place = EntityOccurrences(article, 1, entity)
                self._mentions.setdefault(place, []).extend(cluster.mentions)
            for term in text.analysis.terms:
                self._spans[TermOccurrences(article, 1, term.lemma)] = term.spans
        for mentions in self._mentions.values():
            mentions.sort(key=lambda mention: mention.start)

    def findings(self, article: int) -> ArticleFindings:
        """What one of the texts brings to a comparison."""
        text = self._texts[article]
        first = lead(text.text, text.body_start)
        mentions, headline, in_lead = Counter[int](), Counter[int](), Counter[int]()
        for cluster, entity in zip(text.analysis.clusters, text.entities, strict=True):
            mentions[entity] += len(cluster.mentions)
            for mention in cluster.mentions:
                headline[entity] += mention.start < text.body_start
                in_lead[entity] += first.start <= mention.start < first.end
        return ArticleFindings(
            article=article,
            revision=1,
            words=count_words(text.text),
            pipeline=text.analysis.pipeline,
            titled=text.body_start > 0,
            entities=EntityCounts(
                entities=tuple(mentions),
                mentions=tuple(mentions.values()),
                headline=tuple(headline[entity] for entity in mentions),
                lead=tuple(in_lead[entity] for entity in mentions),
            ),
            terms={term.lemma: len(term.spans) for term in text.analysis.terms},
            language=text.analysis.language,
            published=text.published,
            body_start=text.body_start,
            owners={
                mention.start: entity
                for cluster, entity in zip(text.analysis.clusters, text.entities, strict=True)
                for mention in cluster.mentions
            },
            quotes=text.analysis.findings.quotes,
            figures=text.analysis.findings.figures,
            dates=text.analysis.findings.dates,
            labels=text.analysis.findings.labels,
            roles=text.analysis.findings.roles,
            sentences=text.analysis.findings.sentences,
            fingerprints=text.analysis.findings.fingerprints,
        )

    def labels(self, entities: Collection[int]) -> Mapping[int, EntityLabel]:
        """The name, type and place of every entity asked for."""
        return {entity: self._labels[entity] for entity in entities}

    def mentions(
        self, wanted: Collection[EntityOccurrences], limit: int
    ) -> Mapping[EntityOccurrences, Sequence[Spot]]:
        """The first `limit` mentions at each place, in the order of the text."""
        return {
            place: [
                Spot(place.article, 1, mention.start, mention.end, mention.text)
                for mention in self._mentions[place][:limit]
            ]
            for place in wanted
        }

    def terms(
        self, wanted: Collection[TermOccurrences], limit: int
    ) -> Mapping[TermOccurrences, Sequence[Spot]]:
        """The first `limit` occurrences at each place, in the order of the text."""
        return {
            place: [
                Spot(place.article, 1, start, end, self._texts[place.article].text[start:end])
                for start, end in self._spans[place][:limit]
            ]
            for place in wanted
        }

    def texts(self, articles: Collection[int]) -> Mapping[int, str]:
        """The text of every article asked for."""
        return {article: self._texts[article].text for article in articles}


def _labels(texts: Iterable[AnalysedText]) -> dict[int, EntityLabel]:
    """For each entity the label of its cluster with the most mentions; of equal ones that of the
    fullest name, so that the order of the texts makes no difference."""
    best: dict[int, tuple[int, int, str, str]] = {}
    places: dict[int, Place] = {}
    for text in texts:
        for cluster, entity in zip(text.analysis.clusters, text.entities, strict=True):
            rank = (len(cluster.mentions), len(cluster.name), cluster.name, cluster.type)
            best[entity] = max(best.get(entity, rank), rank)
            if cluster.place is not None:
                places.setdefault(entity, cluster.place)
    return {
        entity: EntityLabel(name, type_, places.get(entity))
        for entity, (_, _, name, type_) in best.items()
    }
