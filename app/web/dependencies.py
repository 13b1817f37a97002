"""What routes are given: the service's parts and sessions of the store."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from threading import BoundedSemaphore
from typing import TYPE_CHECKING, Annotated, TypedDict

from fastapi import Depends, Request

from app.domain import deadline
from app.domain.annotation import Analysis, AnalysisInput
from app.errors import Unavailable
from app.intake.fetch import Fetcher
from app.services.ingest import PageFetcher
from app.services.vectors import Encoder, Vectors
from app.services.work import Work
from app.settings import Settings
from app.store.engine.sessions import ReadSession, Store
from app.web.metrics import Metrics
from app.web.streams import Streams

if TYPE_CHECKING:
    from app.intake.fetch import Fetched

# Requests are answered in threads. Some may take their time (an analysis, another server), and
# there must always be threads for the rest.
THREADS = 128
_LONG = 96
COMPARISON_TIMEOUT = "PARALLAX_COMPARISON_TIMEOUT"


class Patience:
    """Lets a bounded number of requests at a time take long."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._places = BoundedSemaphore(_LONG)

    def wait(self, article: int, seconds: int) -> None:
        """Returns when the article is analysed, after `seconds`, or at once where too many
        requests wait already."""
        if seconds == 0 or not self._places.acquire(blocking=False):
            self._work.wake()
            return
        try:
            self._work.wait(article, seconds)
        finally:
            self._places.release()

    @contextmanager
    def long(self) -> Iterator[None]:
        """A place for something else that may take long; raises Unavailable where none is left."""
        if not self._places.acquire(blocking=False):
            raise Unavailable("Too many requests that take long are under way. Try again soon.")
        try:
            yield
        finally:
            self._places.release()


@dataclass(frozen=True, slots=True)
class PatientEncoder:
    """An encoder for requests that take long only where they need one."""

    encoder: Encoder
    patience: Patience

    @property
    def version(self) -> str:
        """All that decides what a vector is."""
        return self.encoder.version

    def encode(self, sentences: Sequence[str]) -> bytes:
        """What the encoder says; raises Unavailable also where too many requests take long."""
        with self.patience.long():
            return self.encoder.encode(sentences)


@dataclass(frozen=True, slots=True)
class PatientFetcher:
    """A fetcher for requests that take long only where they fetch."""

    fetcher: PageFetcher
    patience: Patience

    def fetch(self, url: str) -> "Fetched":
        """What the fetcher says; raises Unavailable also where too many requests take long."""
        with self.patience.long():
            return self.fetcher.fetch(url)


class Comparing(TypedDict):
    """The settings and parts that every comparison of stored articles takes."""

    max_side_articles: int
    max_pairs: int
    vectors: Vectors | None


@dataclass(frozen=True, slots=True)
class Service:
    """The parts that `app.main` put together."""

    settings: Settings
    store: Store
    analyse: Callable[[list[AnalysisInput]], list[Analysis]]
    work: Work
    patience: Patience
    fetcher: Fetcher
    metrics: Metrics
    encoder: Encoder | None
    vectors: Vectors | None
    streams: Streams

    @property
    def comparing(self) -> Comparing:
        """What every comparison of stored articles is given."""
        return Comparing(
            max_side_articles=self.settings.max_side_articles,
            max_pairs=self.settings.max_sentence_pairs,
            vectors=self.vectors,
        )

    def analyse_to_compare(self, texts: list[AnalysisInput]) -> list[Analysis]:
        """Analyses texts that are to be compared; the deadline of the comparison begins then: an
        analysis has bounds of its own, by the length of its text."""
        analyses = self.analyse(texts)
        deadline.begin(self.settings.comparison_timeout, COMPARISON_TIMEOUT)
        return analyses

    def analyse_while_asked(self, texts: list[AnalysisInput]) -> list[Analysis]:
        """Analyses texts for a request; raises Unavailable also where too many take long."""
        with self.patience.long():
            return self.analyse(texts)


# Asynchronous, like all that only looks at the request: the framework has each other function wait
# for a thread of its own.
async def _service(request: Request) -> Service:
    service: Service = request.app.state.service
    return service


ServiceOf = Annotated[Service, Depends(_service)]


# Asynchronous, so that the deadline holds for all of the request: a thread would have its own.
async def _comparing(service: ServiceOf) -> None:
    deadline.begin(service.settings.comparison_timeout, COMPARISON_TIMEOUT)


async def _reading(request: Request) -> ReadSession:
    service = await _service(request)
    deadline.begin(service.settings.query_timeout, "PARALLAX_QUERY_TIMEOUT")
    return service.store.read_lazily()


async def _reading_much(request: Request) -> ReadSession:
    service = await _service(request)
    await _comparing(service)
    return service.store.read_lazily()


# The deadline alone, for a route that opens its session when it has what takes long.
InComparisonTime = Depends(_comparing)
# Begins and ends in the thread of the function (`app.web.routing`), before the answer is sent: a
# slow client must not hold a snapshot of the store.
SessionOf = Annotated[ReadSession, Depends(_reading)]
# The same with the time of a comparison.
ComparingSessionOf = Annotated[ReadSession, Depends(_reading_much)]


async def _caller(request: Request) -> str | None:
    caller: str | None = getattr(request.state, "caller", None)
    return caller


# The mark of the API key of this request ("key:" and part of its hash), None where there is none.
Caller = Annotated[str | None, Depends(_caller)]
