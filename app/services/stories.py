"""Articles join stories as they are analysed, and stories are grouped anew as a whole."""

from collections.abc import Iterable

from app.domain.story import Profile
from app.store.sessions import WriteSession
from app.store.shelf import Likeness, StoryShelf
from app.stories import indexing
from app.stories.joining import MOST
from app.stories.stream import add

SEARCH = Likeness(
    indexing.INDEXED_KEYS, indexing.PER_KEY, indexing.WINDOW_DAYS, indexing.CANDIDATES
)


def join_stories(session: WriteSession, analysed: Iterable[tuple[int, Profile]]) -> None:
    """Lets articles, one after another, join stories by their profiles, in the caller's
    transaction. What says nothing is in no story; what is as it was stays where it is."""
    shelf = StoryShelf(session, SEARCH, MOST)
    for article, profile in analysed:
        new = shelf.take_up(article, profile)
        if new is not None:
            add(shelf, new)
    shelf.flush()
