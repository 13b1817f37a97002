"""The log of changes as it is followed."""

from collections.abc import Collection

from sqlalchemy import func, select

from app.domain.change import KINDS, TYPES, Change, ChangePage
from app.domain.limits import MAX_CHANGES
from app.errors import InvalidInput
from app.store.engine.sessions import ReadSession
from app.store.tables import change, change_count, source

# Changes that are looked at for one page: of few that are asked for, a page may hold none.
_LOOKED_AT = 20_000


def last_change(s: ReadSession) -> int:
    """The number of the last change, 0 before the first."""
    return s.connection.execute(select(change_count.c.last)).scalar() or 0


def changes_after(
    s: ReadSession,
    after: int,
    limit: int,
    types: Collection[str] = (),
    kinds: Collection[str] = (),
) -> ChangePage:
    """The changes that follow a number, of these types and kinds where any are given, in their
    order: `limit` at most, or fewer where others lie between. The last page says where to go on.

    Raises InvalidInput at `?after` for a number that no change has had, `?limit`, `?type`, `?kind`.
    """
    if not 1 <= limit <= MAX_CHANGES:
        raise InvalidInput(f"limit is {limit}: it must be 1 to {MAX_CHANGES:,}").at("?limit")
    for name, given, known in (("type", types, TYPES), ("kind", kinds, KINDS)):
        for each in given:
            if each not in known:
                raise InvalidInput(f"{each[:40]!r} is no {name}: choose {', '.join(known)}").at(
                    f"?{name}"
                )
    newest = last_change(s)
    if not 0 <= after <= newest:
        raise InvalidInput(
            "this cursor is not of this collection as it is now (another one, or an older state of "
            "it was put back): start again from the beginning, without `after`"
        ).at("?after")
    looked = (
        select(change).where(change.c.number > after).order_by(change.c.number).limit(_LOOKED_AT)
    ).subquery()
    (end,) = s.connection.execute(select(func.max(looked.c.number))).one()
    wanted = (
        select(looked, source.c.slug)
        .outerjoin_from(
            looked, source, (looked.c.type == "source") & (source.c.id == looked.c.object_id)
        )
        .order_by(looked.c.number)
        .limit(limit + 1)
    )
    if types:
        wanted = wanted.where(looked.c.type.in_(types))
    if kinds:
        wanted = wanted.where(looked.c.kind.in_(kinds))
    rows = s.connection.execute(wanted).all()
    items = tuple(
        Change(row.number, row.at, row.type, row.object_id, row.kind, row.other_id, row.slug)
        for row in rows[:limit]
    )
    if len(rows) > limit:
        return ChangePage(items, items[-1].number, more=True)
    last = after if end is None else end
    return ChangePage(items, last, more=last < newest)
