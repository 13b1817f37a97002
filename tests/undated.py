"""Answers and records but for when they changed: what is undone leaves them as they were."""

import re

_WHEN = re.compile(r'"updated_at": ?"[^"]*"|updated_at=datetime\.datetime\([^)]*\)')


def undated(said: object) -> str:
    """A text, or a record as a text, without the times of its last changes."""
    return _WHEN.sub("", said if isinstance(said, str) else repr(said))
