"""The rows of what names resolve to: entities, clusters, mentions, and their counts by article."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import select

from app.domain.annotation import Mention
from app.domain.names import name_key, name_skeleton
from app.store.changes import date_of, note
from app.store.engine.bulk_writes import insert_rows, reserve_ids, update_rows
from app.store.engine.parameters import numbers
from app.store.engine.sessions import WriteSession
from app.store.entity_counts import Tally
from app.store.records import ResolvedAnalysis, ResolvedCluster
from app.store.tables import cluster, entity, entity_article, mention


class AnalysedArticle(NamedTuple):
    """What the clusters of an article are counted by: its outlet, its date, and where its body and
    lead stand in the text, which what is found is kept beside."""

    revision: int
    source_id: int | None
    published_at: datetime | None
    published_day: date | None
    body_start: int
    lead_start: int
    lead_end: int
    text: str


_ENTITY = (
    "type",
    "name",
    "key",
    "skeleton",
    "mentions",
    "articles",
    "knowledge_id",
    "latitude",
    "longitude",
    "country",
    "updated_at",
)


_CLUSTER = (
    "id",
    "article_id",
    "revision",
    "entity_id",
    "mentions",
    "headline",
    "lead",
    "first_start",
    "type",
    "name",
    "knowledge_id",
    "known_by",
    "reasons",
)


_MENTION = ("article_id", "revision", "cluster_id", "start", "end", "type", "text")


_ENTITY_ARTICLE = (
    "entity_id",
    "article_id",
    "mentions",
    "headline",
    "lead",
    "source_id",
    "published_at",
    "published_day",
)


def store_clusters(
    s: WriteSession,
    results: Sequence[ResolvedAnalysis],
    articles: Mapping[int, AnalysedArticle],
    tally: Tally,
) -> None:
    """Stores the clusters of articles, with their mentions and the entities that do not exist yet,
    and adds them to the counts."""
    found, new = _owners(s, [each for result in results for each in result.clusters])
    entities = iter(found)
    owners = [[next(entities) for _ in result.clusters] for result in results]
    rows = _Rows()
    ids = iter(reserve_ids(s.connection, cluster, sum(len(each.clusters) for each in results)))
    for result, owned in zip(results, owners, strict=True):
        rows.add(result, owned, ids, articles[result.article], tally)
    _create_entities(s, new, tally)
    insert_rows(s.connection, cluster, _CLUSTER, rows.clusters)
    insert_rows(s.connection, mention, _MENTION, rows.mentions)
    insert_rows(s.connection, entity_article, _ENTITY_ARTICLE, rows.entities)


type _NewEntities = Mapping[int, Mapping[str, Any]]


def _owners(s: WriteSession, clusters: Sequence[ResolvedCluster]) -> tuple[list[int], _NewEntities]:
    """Teaches the entities that exist what only a cluster here knows of them: the knowledge entry
    and the place. Returns the entity of each cluster, and what those are, by id, that do not exist
    yet."""
    made: dict[object, dict[str, Any]] = {}
    slots: list[object] = []
    for index, each in enumerate(clusters):
        if each.entity is not None:
            slots.append(each.entity)
            continue
        slot = ("alone", index) if each.group is None else ("group", each.group)
        slots.append(slot)
        new = made.setdefault(
            slot,
            {
                "type": each.cluster.type,
                "name": each.cluster.name,
                "key": name_key(each.cluster.name),
                "skeleton": name_skeleton(each.cluster.name),
                **_known(each),
            },
        )
        new |= {name: value for name, value in _known(each).items() if new[name] is None}
    ids = dict(zip(made, reserve_ids(s.connection, entity, len(made)), strict=True))
    _teach(s, [each for each in clusters if each.entity is not None])
    owners = [ids[slot] if slot in ids else int(str(slot)) for slot in slots]
    return owners, {ids[slot]: new for slot, new in made.items()}


def _create_entities(s: WriteSession, new: _NewEntities, tally: Tally) -> None:
    """Creates entities with their counts: adding these later would write each row, and its entries
    in a dozen indexes, once more."""
    note(s, "entity", "created", new)
    at = date_of(s, "entity", new)
    rows = []
    for number, what in new.items():
        mentions, articles = tally.of_new(number)
        row = {**what, "mentions": mentions, "articles": articles, "updated_at": at}
        rows.append((number, *map(row.__getitem__, _ENTITY)))
    insert_rows(s.connection, entity, ("id", *_ENTITY), rows)


def _known(each: ResolvedCluster) -> dict[str, Any]:
    place = each.cluster.place
    return {
        "knowledge_id": each.cluster.knowledge_id,
        "latitude": place and place.latitude,
        "longitude": place and place.longitude,
        "country": place and place.country,
    }


# What an entity is taught all at once, by the first of it, which it lacks then.
_TAUGHT = (("knowledge_id",), ("latitude", "longitude", "country"))


def _teach(s: WriteSession, clusters: Sequence[ResolvedCluster]) -> None:
    known = {
        names: {
            each.entity: tuple(map(_known(each).__getitem__, names))
            for each in clusters
            if each.entity is not None and _known(each)[names[0]] is not None
        }
        for names in _TAUGHT
    }
    for names, told in known.items():
        lacking = select(entity.c.id).where(
            entity.c.id.in_(numbers(told)), entity.c[names[0]].is_(None)
        )
        ids = s.connection.execute(lacking.order_by(entity.c.id)).scalars().all() if told else ()
        update_rows(s.connection, entity, names, [(each, *told[each]) for each in ids])


class _Rows:
    """What is found in articles, as rows of their tables."""

    def __init__(self) -> None:
        self.clusters: list[tuple[object, ...]] = []
        self.mentions: list[tuple[object, ...]] = []
        self.entities: list[tuple[object, ...]] = []

    def add(
        self,
        result: ResolvedAnalysis,
        owners: Sequence[int],
        ids: Iterator[int],
        place: AnalysedArticle,
        tally: Tally,
    ) -> None:
        """The rows of one article: its clusters get the next of `ids`."""
        sums: defaultdict[int, list[int]] = defaultdict(lambda: [0, 0, 0])
        found: list[tuple[Mention, int]] = []
        for each, owner in zip(result.clusters, owners, strict=True):
            named = each.cluster.mentions
            starts = [name.start for name in named]
            counts = (
                len(starts),
                sum(start < place.body_start for start in starts),
                sum(place.lead_start <= start < place.lead_end for start in starts),
            )
            number = next(ids)
            self.clusters.append(
                (
                    number,
                    result.article,
                    result.revision,
                    owner,
                    *counts,
                    min(starts, default=0),
                    each.cluster.type,
                    each.cluster.name,
                    each.cluster.knowledge_id,
                    each.keys,
                    each.cluster.reasons + each.reasons,
                )
            )
            sums[owner] = [have + more for have, more in zip(sums[owner], counts, strict=True)]
            found += [(name, number) for name in named]
            for name in named:
                tally.surface(owner, name.text, 1)
            for key in set(each.keys):
                tally.key(owner, key, 1)
        found.sort(key=lambda pair: (pair[0].start, pair[0].end))
        self.mentions += [
            (result.article, result.revision, within, name.start, name.end, name.type, name.text)
            for name, within in found
        ]
        for owner, counted in sorted(sums.items()):
            tally.article(owner, place.source_id, place.published_at, counted[0])
            self.entities.append(
                (
                    owner,
                    result.article,
                    *counted,
                    place.source_id,
                    place.published_at,
                    place.published_day,
                )
            )
