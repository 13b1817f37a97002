"""Feeds that are read again and again."""

from dataclasses import dataclass

from app.intake.feeds import Feed, feed_entries
from app.intake.fetch import Fetcher


@dataclass(frozen=True, slots=True)
class FeedState:
    """A feed's address with what its server needs to tell whether it changed since; where this is
    kept between two polls is the caller's business."""

    url: str
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class FeedPoll:
    """`feed` is None where nothing changed; `state` is for the next poll."""

    state: FeedState
    feed: Feed | None


def poll(fetcher: Fetcher, state: FeedState) -> FeedPoll:
    """What a feed holds now, if it changed since `state`.

    Raises the errors of `Fetcher.fetch`, and UnreadableDocument for what is no feed, or a broken
    one; the state of the last poll is then still the one to go on with.
    """
    fetched = fetcher.fetch(
        state.url, accept="feed", etag=state.etag, last_modified=state.last_modified
    )
    following = FeedState(state.url, fetched.etag, fetched.last_modified)
    if fetched.status == 304:
        return FeedPoll(following, None)
    return FeedPoll(following, feed_entries(fetched.content, url=fetched.url))
