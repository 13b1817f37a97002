"""What the store takes and gives beside the domain's records."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple

from app.domain.annotation import Analysis, Cluster, Reason
from app.domain.article import Document

type Outcome = Literal["created", "existing", "revised", "deleted"]
type RowOutcome = Literal["created", "existing", "revised", "deleted", "failed"]


@dataclass(frozen=True, slots=True)
class KnownArticle:
    """The article that an identity names."""

    id: int
    revision: int
    content_hash: str


@dataclass(frozen=True, slots=True)
class Accepted:
    """What became of a document: "created", "revised" (new content of a known article),
    "existing" (nothing new), or "deleted" (its identity was deleted here; `id` is None then)."""

    id: int | None
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class PendingArticle:
    """An article that waits for its analysis. `language` is what it came with, or None."""

    id: int
    revision: int
    text: str
    body_start: int
    language: str | None


@dataclass(frozen=True, slots=True)
class ResolvedCluster:
    """A cluster with its entity. Where `entity` is None a new one is made; clusters of one call
    with the same `group` (any text but None) share it. `reasons` are those of the resolution
    across articles; the cluster brings its own. `keys` are those under which resolution is to find
    the entity again."""

    cluster: Cluster
    entity: int | None
    group: str | None = None
    reasons: tuple[Reason, ...] = ()
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ResolvedAnalysis:
    """An analysis of one revision of one article, its clusters resolved across all articles.
    `analysis.clusters` is not read: `clusters` stands for it."""

    article: int
    revision: int
    analysis: Analysis
    clusters: tuple[ResolvedCluster, ...]


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """An article as the document that it would be were it to come in now: its current metadata and
    the content of its current revision."""

    id: int
    revision: int
    source_slug: str | None
    document: Document


@dataclass(frozen=True, slots=True)
class ImportLine:
    """A document of an import on its way in: `payload` is kept as it is until it is taken, or
    `error` says why it cannot be. `line` counts from 1."""

    line: int
    payload: bytes | None = None
    name: str | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """A document of an import that has no outcome yet."""

    id: int
    import_id: int
    line: int
    name: str | None
    payload: bytes


class SideArticle(NamedTuple):
    """An article that may stand on a side of a comparison, with the revision that would; `source`
    is its outlet's name."""

    id: int
    state: str
    analysed: bool
    reason: str | None
    title: str | None
    source: str | None
    url: str | None
    published_at: datetime | None
    revision: int
