"""Whatever waits for its analysis is given one that a test makes up."""

from collections.abc import Callable

from app.domain.annotation import Analysis
from app.services.analysis_writing import Analysed, record
from app.store.articles.queue import pending
from app.store.engine.sessions import Store
from app.store.records import PendingArticle


def analyse_pending(
    store: Store, analysis: Callable[[PendingArticle], Analysis], at_once: int = 100
) -> None:
    """Records an analysis of every pending article, so many in one transaction."""
    while True:
        with store.read() as s:
            waiting = pending(s, at_once)
        if not waiting:
            return
        with store.write() as s:
            done = record(s, [Analysed(e.id, e.revision, analysis(e)) for e in waiting])
            assert len(done) == len(waiting)
