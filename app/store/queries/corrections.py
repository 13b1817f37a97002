"""The log of corrections as it is read."""

from typing import Any

from sqlalchemy import Select, or_, select

from app.domain.correction import Correction
from app.domain.page import CorrectionFilter, Page, PageRequest
from app.domain.story_correction import StoryCorrection
from app.errors import NotFound
from app.store.corrections.log import correction_of
from app.store.corrections.story_log import story_correction_of
from app.store.engine.paging import Sort, count, fetch, paged, read_request
from app.store.engine.sessions import ReadSession
from app.store.tables import correction


def find_correction(s: ReadSession, correction_id: int) -> Correction | StoryCorrection:
    """One correction. Raises NotFound."""
    row = s.connection.execute(
        select(correction).where(correction.c.id == correction_id)
    ).one_or_none()
    if row is None:
        raise NotFound(f"there is no correction {correction_id}")
    return _logged(row)


def correction_page(
    s: ReadSession, where: CorrectionFilter, page: PageRequest
) -> Page[Correction | StoryCorrection]:
    """The log by `id`, the newest first unless asked otherwise.

    Raises InvalidInput at `?sort`, `?cursor`, `?limit`.
    """
    order = read_request(page, "corrections", where, {"id": int}, "-id")
    key = correction.c.id
    base: Select[Any] = select(key)
    if where.entity is not None:
        other = (correction.c.other_id == where.entity) & correction.c.story_id.is_(None)
        base = base.where(or_(correction.c.entity_id == where.entity, other))
    if where.story is not None:
        other = (correction.c.other_id == where.story) & correction.c.story_id.is_not(None)
        base = base.where(or_(correction.c.story_id == where.story, other))
    if where.kinds:
        base = base.where(correction.c.kind.in_(where.kinds))
    if where.in_force is not None:
        undone = correction.c.undone_at
        base = base.where(undone.is_(None) if where.in_force else undone.is_not(None))
    rows, cursor = fetch(s.connection, base, key, Sort(key, int), order)
    ids = [row[0] for row in rows]
    found = {
        row.id: _logged(row) for row in s.connection.execute(select(correction).where(key.in_(ids)))
    }
    return paged(
        [found[each] for each in ids], cursor, count(s.connection, base, exact=order.exact)
    )


def _logged(row: Any) -> Correction | StoryCorrection:
    return correction_of(row) if row.story_id is None else story_correction_of(row)
