"""Stories as they are kept: counted anew where their articles changed, followed where they went."""

from collections.abc import Collection, Mapping

from sqlalchemy import func, select, update

from app.store.changes import date_of, note
from app.store.engine.bulk_writes import update_rows
from app.store.engine.parameters import numbers
from app.store.engine.sessions import WriteSession
from app.store.tables import article, story

_COUNTS = ("articles", "sources", "first_published_at", "last_published_at", "updated_at")


def refresh_stories(
    s: WriteSession, story_ids: Collection[int], went: Mapping[int, int] = {}
) -> None:
    """Counts the articles of these stories and their outlets anew, with their span of time. One
    that has none any more is merged into the story that `went` names for it, and whatever was
    merged into it too."""
    if not story_ids:
        return
    note(s, "story", "changed", story_ids)
    counted = s.connection.execute(
        select(
            article.c.story_id,
            func.count(),
            func.count(func.distinct(article.c.source_id)),
            func.min(article.c.published_at),
            func.max(article.c.published_at),
        )
        .where(article.c.story_id.in_(numbers(story_ids)))
        .group_by(article.c.story_id)
    ).all()
    alive = {row[0] for row in counted}
    at = date_of(s, "story", story_ids)
    update_rows(
        s.connection, story, (*_COUNTS, "merged_into"), [(*row, at, None) for row in counted]
    )
    emptied_stories = sorted(set(story_ids) - alive)
    update_rows(
        s.connection, story, _COUNTS, [(each, 0, 0, None, None, at) for each in emptied_stories]
    )
    for emptied in emptied_stories:
        target = _end(emptied, went, alive)
        moved = s.connection.execute(
            update(story)
            .where((story.c.id == emptied) | (story.c.merged_into == emptied))
            .values(merged_into=target)
            .returning(story.c.id)
        ).scalars()
        note(s, "story", "merged" if target is not None else "changed", moved, to=target)


def _end(emptied: int, went: Mapping[int, int], alive: Collection[int]) -> int | None:
    """The story at the end of where an emptied one's articles went; None: they went nowhere."""
    seen = {emptied}
    at: int | None = went.get(emptied)
    while at is not None and at not in alive:
        if at in seen:
            return None
        seen.add(at)
        at = went.get(at)
    return at
