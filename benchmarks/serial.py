"""What is serial of an analysis: seconds an article beside the model, and how many workers that
keeps busy.

    python -m benchmarks serial

Annotating is parallel over all workers, and so is all that is found in a text by itself. Names are
resolved to the entities of all articles, and everything is stored, in one transaction at a time
(docs/decisions/0024). Both are timed here one after the other in one process, batch by batch: the
model on one core, then what its worker hands over and the transaction that stores it, on a database
that is filled so from nothing. With more workers than `workers`, the transaction is the limit.
"""

import pickle
import statistics
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from app.domain.annotation import AnalysisInput
from app.domain.article import Submission
from app.jobs.analysis_loop import BATCH_TEXTS
from app.jobs.worker import load_analyser, outcomes
from app.services.analysis_writing import Analysed, record
from app.services.ingest import accept
from app.settings import Settings
from app.store.articles.queue import pending
from app.store.engine.schema import upgrade
from app.store.engine.sessions import Store
from app.store.records import PendingArticle
from benchmarks.postgresql import database, server

ENGINES = ("sqlite", "postgresql")


@dataclass(frozen=True, slots=True)
class SerialShare:
    """Milliseconds an article, medians of batches: of the `analysis` in a worker, and of what one
    process at a time does, `handed` over (unpickled) and `stored`; and how many workers keep that
    busy."""

    engine: str
    articles: int
    analysis: float
    handed: float
    stored: float
    workers: float


def measure(corpus: Sequence[str]) -> list[SerialShare]:
    """The shares on each engine, with the same analyses."""
    settings = Settings()
    analyser = load_analyser(dict(settings.models), settings.default_language, settings.knowledge)
    with ExitStack() as parts:
        folder = Path(parts.enter_context(tempfile.TemporaryDirectory()))
        urls = {
            "sqlite": f"sqlite:///{folder / 'serial.db'}",
            "postgresql": database(parts.enter_context(server()), "serial"),
        }
        stores = {}
        for engine, url in urls.items():
            upgrade(url)
            stores[engine] = parts.enter_context(Store(url))
            for number, text in enumerate(corpus):
                given = Submission(
                    text=text, source=f"Outlet {number % 9}", external_id=str(number), language="en"
                )
                accept(stores[engine], given, settings)
        analysing: list[float] = []
        handing: list[float] = []
        storing: dict[str, list[float]] = {engine: [] for engine in ENGINES}
        while batch := _waiting(stores["sqlite"]):
            began = time.perf_counter()
            found = outcomes(
                analyser,
                [AnalysisInput(a.text, a.body_start, a.language, keep=True) for a in batch],
            )
            sent = pickle.dumps(found)
            analysing.append(_each(began, batch))
            began = time.perf_counter()
            found = pickle.loads(sent)
            handing.append(_each(began, batch))
            for engine, store in stores.items():
                waiting = _waiting(store)
                began = time.perf_counter()
                with store.write() as session:
                    record(
                        session,
                        [
                            Analysed(a.id, a.revision, each)
                            for a, each in zip(waiting, found, strict=True)
                        ],
                    )
                storing[engine].append(_each(began, batch))
    return [_share(engine, len(corpus), analysing, handing, storing[engine]) for engine in ENGINES]


def _waiting(store: Store) -> Sequence[PendingArticle]:
    with store.read() as session:
        return pending(session, BATCH_TEXTS)


def _each(began: float, batch: Sequence[object]) -> float:
    return (time.perf_counter() - began) * 1_000 / len(batch)


def _share(
    engine: str,
    articles: int,
    analysing: Sequence[float],
    handing: Sequence[float],
    storing: Sequence[float],
) -> SerialShare:
    # The first batch loads what the others have.
    analysis, handed, stored = (
        statistics.median(each[1:] or each) for each in (analysing, handing, storing)
    )
    return SerialShare(
        engine,
        articles,
        round(analysis, 2),
        round(handed, 2),
        round(stored, 2),
        round(analysis / stored, 1),
    )
