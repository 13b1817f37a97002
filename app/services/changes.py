"""What changed in the collection, a page at a time and for ever."""

import re
from collections.abc import Collection

from app.domain.change import ChangePage
from app.errors import InvalidInput
from app.store.engine.sessions import ReadSession
from app.store.queries.changes import changes_after

_CURSOR = re.compile(r"[0-9]{1,18}")


def changes(
    session: ReadSession,
    after: str | None,
    limit: int,
    types: Collection[str] = (),
    kinds: Collection[str] = (),
) -> ChangePage:
    """The changes after a cursor, from the beginning without one.

    Raises InvalidInput at the parameter that does not fit.
    """
    return changes_after(session, position(after), limit, types, kinds)


def position(cursor: str | None) -> int:
    """The number of the change that a cursor stands for. Raises InvalidInput at `?after`."""
    if cursor is None:
        return 0
    if not _CURSOR.fullmatch(cursor):
        raise InvalidInput("this is not a cursor of changes: take `next_cursor` as it is").at(
            "?after"
        )
    return int(cursor)
