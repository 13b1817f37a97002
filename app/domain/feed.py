"""What is remembered of a feed between two visits."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FeedState:
    """A feed's address with what its server needs to tell whether it changed since."""

    url: str
    etag: str | None = None
    last_modified: str | None = None
