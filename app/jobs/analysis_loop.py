"""Pending articles out of the store, through the pool, and what it finds into the store."""

import threading
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from functools import partial
from itertools import count

import structlog

from app.domain.annotation import AnalysisInput, Failure, Outcome
from app.errors import ParallaxError
from app.jobs.pending_work import OwnWork
from app.jobs.pool import AnalyserPool
from app.measures import STAGES
from app.services.analysis_writing import Analysed, record
from app.store.analyses.model_output import stored_annotations
from app.store.articles.queue import mark_failed
from app.store.engine.sessions import Store
from app.store.records import PendingArticle

log = structlog.get_logger(__name__)

# A batch is one message to a worker, one call of the model and one transaction. The model gains
# nothing from more texts; fewer characters would keep an urgent text waiting less, and cost more
# commits.
BATCH_TEXTS = 64
BATCH_CHARS = 200_000
# One batch in the works and one waiting, for each worker: it never runs dry.
BATCHES_PER_WORKER = 2

type Result = tuple[PendingArticle, Outcome]


class AnalysisLoop:
    """Keeps the workers fed and writes what they find; `turn` is called over and over by one
    thread. `finished` hears the ids of articles that are no longer pending."""

    def __init__(
        self,
        store: Store,
        pool: AnalyserPool,
        finished: Callable[[Sequence[int]], None],
        work: OwnWork,
    ) -> None:
        self._store = store
        self._pool = pool
        self._finished = finished
        self._work = work
        self._wake = threading.Event()
        # What each batch still waits for; a batch is gone with its last answer.
        self._in_flight: dict[int, dict[Future[Outcome], PendingArticle]] = {}
        self._numbers = count()
        self._done: deque[tuple[int, Future[Outcome]]] = deque()
        self._unwritten: list[Result] = []
        self._urgent: dict[int, None] = {}
        self._urgent_lock = threading.Lock()

    def wake(self) -> None:
        """Tells the loop that there may be something to do."""
        self._wake.set()

    def prioritise(self, article: int) -> None:
        """Has a pending article analysed before the others."""
        with self._urgent_lock:
            self._urgent[article] = None
        self._wake.set()

    def turn(self, seconds: float) -> None:
        """Stores what is done, hands out what is pending, then waits up to `seconds` for more.

        Raises what the store and the pool raise; whatever was not stored is kept and stored by a
        later turn, whatever was not analysed is still pending.
        """
        self.write()
        self._work.keep(self._in_hand())
        self._hand_out()
        if not self._done:
            self._wake.wait(seconds)
        self._wake.clear()

    def write(self) -> None:
        """Stores what the workers have answered, a batch at a time."""
        while self._done or self._unwritten:
            error = self._collect()
            if self._unwritten:
                self._store_results(self._unwritten)
                ids = [article.id for article, _ in self._unwritten]
                self._unwritten = []
                self._finished(ids)
            if error:
                raise error

    def give_back(self) -> None:
        """Leaves what is not stored to others."""
        self._work.give_back()

    def _collect(self) -> BaseException | None:
        """Takes up the answers of the batch that answered first. Returns what kept texts from being
        analysed, which pend again."""
        error = None
        first = self._done[0][0] if self._done else None
        while self._done and self._done[0][0] == first:
            number, future = self._done.popleft()
            batch = self._in_flight[number]
            article = batch.pop(future)
            if not batch:
                del self._in_flight[number]
            error = future.exception() or error
            if not future.exception():
                self._unwritten.append((article, future.result()))
        return error

    def _store_results(self, results: list[Result]) -> None:
        try:
            self._store_together(results)
        except ParallaxError:
            raise
        except Exception as error:
            # A fault of ours over one article must neither lose the others nor come back for ever.
            if len(results) > 1:
                for result in results:
                    self._store_results([result])
                return
            article, _ = results[0]
            log.exception("article not stored", article=article.id, revision=article.revision)
            reason = f"What was found could not be stored ({type(error).__name__})."
            self._store_together([(article, Failure(reason))])

    def _store_together(self, results: Sequence[Result]) -> None:
        found = [
            Analysed(article.id, article.revision, outcome)
            for article, outcome in results
            if not isinstance(outcome, Failure)
        ]
        with STAGES.timed("store", len(results)), self._store.write() as session:
            record(session, found)
            for article, outcome in results:
                if isinstance(outcome, Failure):
                    mark_failed(session, article.id, article.revision, outcome.reason)
            self._work.done(session, [article.id for article, _ in results])
        for article, outcome in results:
            if isinstance(outcome, Failure):
                log.warning("article failed", article=article.id, revision=article.revision)
        log.debug("articles stored", articles=[article.id for article, _ in results])

    def _hand_out(self) -> None:
        free = BATCHES_PER_WORKER * self._pool.workers - len(self._in_flight)
        with self._urgent_lock:
            urgent = list(self._urgent)
            self._urgent.clear()
        if free <= 0 and not urgent:
            return
        first, rest = self._work.take(urgent, BATCH_TEXTS * max(free, 0), self._in_hand())
        for batch in batches(first, 1):
            self._submit(batch, urgent=True)
        for batch in batches(rest, self._pool.workers)[: max(free, 0)]:
            self._submit(batch, urgent=False)

    def _in_hand(self) -> set[int]:
        """The articles that are being analysed, or are and not stored yet."""
        flying = (each.id for batch in self._in_flight.values() for each in batch.values())
        return {*flying, *(article.id for article, _ in self._unwritten)}

    def _submit(self, batch: list[PendingArticle], *, urgent: bool) -> None:
        with self._store.read() as session:
            said = stored_annotations(session, [(a.id, a.revision) for a in batch])
        texts = [
            AnalysisInput(
                a.text, a.body_start, a.language, said.get((a.id, a.revision), ()), keep=True
            )
            for a in batch
        ]
        futures = self._pool.submit(texts, urgent=urgent)
        number = next(self._numbers)
        self._in_flight[number] = dict(zip(futures, batch, strict=True))
        for future in futures:
            future.add_done_callback(partial(self._answered, number))

    def _answered(self, batch: int, future: Future[Outcome]) -> None:
        self._done.append((batch, future))
        self._wake.set()


def batches(waits: Sequence[PendingArticle], workers: int) -> list[list[PendingArticle]]:
    """The articles in order, in batches of at most BATCH_TEXTS texts and about BATCH_CHARS
    characters; where there are few, in smaller ones, so that every worker has some."""
    chars = sum(len(article.text) for article in waits)
    most_texts = min(BATCH_TEXTS, -(-len(waits) // workers))
    most_chars = min(BATCH_CHARS, -(-chars // workers))
    found: list[list[PendingArticle]] = []
    size = 0
    for article in waits:
        if not found or len(found[-1]) >= most_texts or size >= most_chars:
            found.append([])
            size = 0
        found[-1].append(article)
        size += len(article.text)
    return found
