"""Entities as they are kept: what the names of all articles resolve to."""

from dataclasses import dataclass
from datetime import datetime

from app.domain.annotation import Reason
from app.domain.article import SourceRef
from app.domain.place import Place as Place


@dataclass(frozen=True, slots=True)
class Alias:
    """One surface of an entity, with how many of its mentions read so."""

    text: str
    mentions: int


@dataclass(frozen=True, slots=True)
class EntityCandidate:
    """An entity that a name may belong to, as resolution left it."""

    entity: int
    # "Bashar al-Assad"
    name: str
    # "PERSON"
    type: str
    # The knowledge entry that it is: "Q44329".
    knowledge_id: str | None
    # Those of all its clusters, and of its name: "bashar al assad", "~assad".
    keys: frozenset[str]


@dataclass(frozen=True, slots=True)
class SourceCount:
    """How often one outlet mentions an entity, in how many of its articles."""

    source: SourceRef
    mentions: int
    articles: int


@dataclass(frozen=True, slots=True)
class Entity:
    """An entity as lists show it; the counts are of the mentions that the list's filter takes.
    `more_sources` counts the outlets that `sources` leaves out."""

    id: int
    name: str
    type: str
    aliases: tuple[Alias, ...]
    mentions: int
    articles: int
    sources: tuple[SourceCount, ...]
    place: Place | None
    knowledge_id: str | None
    updated_at: datetime
    merged_into: int | None = None
    more_sources: int = 0


@dataclass(frozen=True, slots=True)
class Joined:
    """Why the names of one article were taken for this entity."""

    article: int
    name: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class EntityDetail:
    """An entity with its first and last appearance and the reasons its names were joined."""

    entity: Entity
    first_seen: datetime | None
    last_seen: datetime | None
    joined: tuple[Joined, ...]


@dataclass(frozen=True, slots=True)
class StoredMention:
    """A mention with its place in the store; `entity` is None where a person rejected it, and so
    is its name."""

    id: int
    article: int
    revision: int
    start: int
    end: int
    text: str
    type: str
    entity: int | None
    entity_name: str | None


@dataclass(frozen=True, slots=True)
class MentionInContext:
    """A mention with the text around it: `context[start - context_start:end - context_start]`
    is the mention's text."""

    mention: StoredMention
    source: SourceRef | None
    context: str
    context_start: int


@dataclass(frozen=True, slots=True)
class Neighbour:
    """An entity that stands in the same articles as another one, in how many of them."""

    id: int
    name: str
    type: str
    articles: int
    mentions: int


@dataclass(frozen=True, slots=True)
class CoverageBucket:
    """One outlet's mentions of an entity in one day; `day` is None for undated articles."""

    source: SourceRef | None
    day: str | None
    mentions: int
    articles: int


@dataclass(frozen=True, slots=True)
class Node:
    """An entity in the graph of all."""

    id: int
    name: str
    type: str
    mentions: int
    articles: int


@dataclass(frozen=True, slots=True)
class Edge:
    """Two entities that articles name together, and how many articles."""

    one: int
    other: int
    articles: int
