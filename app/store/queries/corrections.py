"""The log of corrections as it is read."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select

from app.domain.logged import LoggedCorrection
from app.domain.page import CorrectionFilter, Page, PageRequest
from app.errors import NotFound
from app.store.corrections.log import correction_of
from app.store.corrections.source_log import source_correction_of
from app.store.corrections.story_log import story_correction_of
from app.store.engine.paging import Sort, count, fetch, paged, read_request
from app.store.engine.sessions import ReadSession
from app.store.queries.sources import source_ids
from app.store.tables import correction


def find_correction(s: ReadSession, correction_id: int) -> LoggedCorrection:
    """One correction. Raises NotFound."""
    row = s.connection.execute(
        select(correction).where(correction.c.id == correction_id)
    ).one_or_none()
    if row is None:
        raise NotFound(f"there is no correction {correction_id}")
    return _logged(row)


def correction_page(
    s: ReadSession, where: CorrectionFilter, page: PageRequest
) -> Page[LoggedCorrection]:
    """The log by `id`, the newest first unless asked otherwise.

    Raises InvalidInput at `?sort`, `?cursor`, `?limit`.
    """
    order = read_request(page, "corrections", where, {"id": int}, "-id")
    base, key = matching_corrections(s, where)
    rows, cursor = fetch(s.connection, base, key, Sort(key, int), order)
    found = corrections_by_id(s, [row[0] for row in rows])
    return paged(found, cursor, count(s.connection, base, exact=order.exact))


def matching_corrections(
    s: ReadSession, where: CorrectionFilter
) -> tuple[Select[Any], ColumnElement[int]]:
    """The ids of the corrections that match, with the column of their id."""
    key = correction.c.id
    base: Select[Any] = select(key)
    if where.entity is not None:
        other = (
            (correction.c.other_id == where.entity)
            & correction.c.story_id.is_(None)
            & correction.c.source_id.is_(None)
        )
        base = base.where(or_(correction.c.entity_id == where.entity, other))
    if where.story is not None:
        other = (correction.c.other_id == where.story) & correction.c.story_id.is_not(None)
        base = base.where(or_(correction.c.story_id == where.story, other))
    if where.source is not None:
        (outlet,) = source_ids(s, [where.source])
        other = (correction.c.other_id == outlet) & correction.c.source_id.is_not(None)
        base = base.where(or_(correction.c.source_id == outlet, other))
    if where.kinds:
        base = base.where(correction.c.kind.in_(where.kinds))
    if where.in_force is not None:
        undone = correction.c.undone_at
        base = base.where(undone.is_(None) if where.in_force else undone.is_not(None))
    return base, key


def corrections_by_id(s: ReadSession, ids: Sequence[int]) -> list[LoggedCorrection]:
    """These corrections, in their order."""
    rows = s.connection.execute(select(correction).where(correction.c.id.in_(ids)))
    found = {row.id: _logged(row) for row in rows}
    return [found[each] for each in ids]


def _logged(row: Any) -> LoggedCorrection:
    if row.source_id is not None:
        return source_correction_of(row)
    return correction_of(row) if row.story_id is None else story_correction_of(row)
