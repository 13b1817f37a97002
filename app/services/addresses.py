"""Addresses into rows: a page is one document, a feed one for each of its entries."""

from collections.abc import Collection, Iterator

from app.domain.feed import FeedState
from app.intake.fetch import Fetcher
from app.intake.pages import read_address
from app.intake.rows import Row
from app.store.articles.feeds import feed_state, store_feed_states
from app.store.engine.sessions import Store


def is_address(name: str) -> bool:
    """Whether an input is an address on the web, and not a path."""
    return name.lower().startswith(("http://", "https://"))


class Visits:
    """Reads addresses in one run, and remembers the state of those that were feeds."""

    def __init__(self, store: Store, fetcher: Fetcher) -> None:
        self._store = store
        self._fetcher = fetcher
        self._states: dict[str, FeedState] = {}

    def rows(self, url: str) -> Iterator[Row]:
        """Reads an address. Yields its rows, none of a feed that did not change since the last
        visit."""
        with self._store.read() as session:
            known = feed_state(session, url)
        read = read_address(self._fetcher, url, known)
        if read.state:
            self._states[url] = read.state
        yield from read.rows

    def remember(self, failed: Collection[str]) -> None:
        """Stores the state of the feeds, once their articles are stored. Those in `failed` are read
        whole the next time: what could not be taken from them may be there by then."""
        states = [state for url, state in self._states.items() if url not in failed]
        if states:
            with self._store.write() as session:
                store_feed_states(session, states)
