"""What the tools of an agent work with."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.domain.annotation import Analysis, AnalysisInput
from app.services.ingest import PageFetcher
from app.services.vectors import Vectors
from app.settings import Settings
from app.store.engine.sessions import Store


@dataclass(frozen=True, slots=True)
class Parts:
    """The collection with what answers questions about it. `analyse` takes texts that are stored
    nowhere; `wait` returns when an article is analysed, or after so many seconds."""

    settings: Settings
    store: Store
    vectors: Vectors | None
    fetcher: PageFetcher
    analyse: Callable[[list[AnalysisInput]], Sequence[Analysis]]
    wait: Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Allowed:
    """What this caller may do beside reading: have texts analysed that are stored nowhere, and add
    articles to the collection."""

    analysing: bool
    writing: bool
