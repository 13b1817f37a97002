"""Names and evidence for what a comparison shows."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import select

from app.domain.comparison import EntityLabel, EntityOccurrences, Spot, TermOccurrences
from app.domain.place import Place
from app.store.analyses.packed_analysis import unpack_places
from app.store.engine import parameters
from app.store.engine.parameters import chunks
from app.store.engine.sessions import ReadSession
from app.store.tables import analysis, article, cluster, entity, mention, revision
from app.store.tables.joins import CURRENT_ANALYSIS, CURRENT_REVISION


class StoredEvidence:
    """Names and evidence for the items that a comparison shows (an `EvidenceSource`)."""

    def __init__(self, session: ReadSession) -> None:
        self._session = session

    def labels(self, entities: Collection[int]) -> Mapping[int, EntityLabel]:
        """The name, type and place of every entity asked for."""
        columns = entity.c
        return {
            row.id: EntityLabel(
                row.name,
                row.type,
                None if row.latitude is None else Place(row.latitude, row.longitude, row.country),
            )
            for chunk in chunks(sorted(entities))
            for row in self._session.connection.execute(
                select(
                    *(columns.id, columns.name, columns.type),
                    *(columns.latitude, columns.longitude, columns.country),
                ).where(columns.id.in_(chunk))
            )
        }

    def mentions(
        self, wanted: Collection[EntityOccurrences], limit: int
    ) -> Mapping[EntityOccurrences, Sequence[Spot]]:
        """The first `limit` mentions at each place, in the order of the text."""
        spots: defaultdict[EntityOccurrences, list[Spot]] = defaultdict(list)
        for chunk in chunks(sorted(wanted)):
            # A join with the places: were they in an IN, SQLite would read every mention it has.
            places = parameters.pairs([(place.entity, place.article) for place in chunk])
            rows = self._session.connection.execute(
                select(
                    cluster.c.article_id,
                    cluster.c.revision,
                    cluster.c.entity_id,
                    mention.c.start,
                    mention.c.end,
                    mention.c.text,
                )
                .join_from(
                    places,
                    cluster,
                    (cluster.c.entity_id == places.c.first)
                    & (cluster.c.article_id == places.c.second),
                )
                .join(mention, mention.c.cluster_id == cluster.c.id)
                .order_by(mention.c.start, mention.c.end, mention.c.id)
            )
            for article_id, number, entity_id, start, end, text in rows:
                found = spots[EntityOccurrences(article_id, number, entity_id)]
                if len(found) < limit:
                    found.append(Spot(article_id, number, start, end, text))
        return spots

    def terms(
        self, wanted: Collection[TermOccurrences], limit: int
    ) -> Mapping[TermOccurrences, Sequence[Spot]]:
        """The first `limit` occurrences at each place, in the order of the text."""
        lemmas: defaultdict[int, set[str]] = defaultdict(set)
        for place in wanted:
            lemmas[place.article].add(place.lemma)
        spots: dict[TermOccurrences, list[Spot]] = {}
        for chunk in chunks(sorted(lemmas)):
            rows = self._session.connection.execute(
                select(
                    analysis.c.article_id,
                    analysis.c.revision,
                    analysis.c.spans,
                    analysis.c.terms,
                    revision.c.text,
                )
                .join_from(article, analysis, CURRENT_ANALYSIS)
                .join(revision, CURRENT_REVISION)
                .where(article.c.id.in_(chunk))
            )
            for article_id, number, packed, terms, text in rows:
                places = unpack_places(packed, terms, lemmas[article_id])
                for lemma, spans in places.items():
                    spots[TermOccurrences(article_id, number, lemma)] = [
                        Spot(article_id, number, start, end, text[start:end])
                        for start, end in spans[:limit]
                    ]
        return spots

    def texts(self, articles: Collection[int]) -> Mapping[int, str]:
        """The text of every article asked for: its current revision's."""
        return {
            row.id: row.text
            for chunk in chunks(sorted(articles))
            for row in self._session.connection.execute(
                select(article.c.id, revision.c.text)
                .join_from(article, revision, CURRENT_REVISION)
                .where(article.c.id.in_(chunk))
            )
        }
