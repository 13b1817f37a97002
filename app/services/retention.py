"""Retention: what is older than a collection is to keep is deleted, as a person would delete it."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime

from app.errors import NotFound
from app.store.articles import write
from app.store.articles.expiry import expired_counts, expired_ids
from app.store.engine.sessions import ReadSession, Store
from app.store.queries.sources import source_ids

# Of one transaction, some tens of milliseconds: so long others who write wait.
_ARTICLES = 10


@dataclass(frozen=True, slots=True)
class Retention:
    """Which articles go: those published before an instant, or that came in before it where they
    are undated; of these outlets (slugs or names), of all without."""

    before: datetime
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Expired:
    """How many articles go or have gone, and of which outlet how many ("": of none)."""

    articles: int
    sources: dict[str, int] = field(default_factory=dict)


def expired(store: Store, what: Retention) -> Expired:
    """What would go. Raises InvalidInput for an outlet that there is not, and what the store
    raises."""
    with store.read() as session:
        counts = expired_counts(session, what.before, _sources(session, what))
    return Expired(sum(counts.values()), counts)


def delete_expired(
    store: Store,
    what: Retention,
    show: Callable[[int], None] = lambda _done: None,
    stopped: Callable[[], bool] = lambda: False,
) -> int:
    """Deletes what is to go, as `DELETE /v1/articles/{id}` does: no feed brings it back. Returns
    how many articles went; `show` is told how many have, and once `stopped` says so, the rest
    stays. Raises what `expired` raises."""
    after = done = 0
    while not stopped():
        with store.read() as session:
            sources = _sources(session, what)
            some = expired_ids(session, what.before, sources, after, _ARTICLES)
        if not some:
            break
        with store.free_room() as session:
            for article in some:
                with suppress(NotFound):  # somebody else has deleted it meanwhile
                    write.delete_article(session, article)
                    done += 1
        after = some[-1]
        show(done)
    return done


def _sources(session: ReadSession, what: Retention) -> Sequence[int]:
    return source_ids(session, what.sources) if what.sources else ()
