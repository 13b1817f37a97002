"""Stories as they are kept: counted anew where their articles changed, followed where they went."""

from collections.abc import Collection, Mapping

from sqlalchemy import func, select, update

from app.store.changes import note
from app.store.engine.sessions import WriteSession
from app.store.tables import article, story


def refresh_stories(
    s: WriteSession, story_ids: Collection[int], went: Mapping[int, int] = {}
) -> None:
    """Counts the articles of these stories and their outlets anew, with their span of time. One
    that has none any more is merged into the story that `went` names for it, and whatever was
    merged into it too."""
    if not story_ids:
        return
    note(s, "story", "changed", story_ids)
    mine = article.c.story_id == story.c.id
    s.connection.execute(
        update(story)
        .where(story.c.id.in_(story_ids))
        .values(
            articles=select(func.count()).where(mine).scalar_subquery(),
            sources=select(func.count(func.distinct(article.c.source_id)))
            .where(mine)
            .scalar_subquery(),
            first_published_at=select(func.min(article.c.published_at))
            .where(mine)
            .scalar_subquery(),
            last_published_at=select(func.max(article.c.published_at))
            .where(mine)
            .scalar_subquery(),
        )
    )
    counts = s.connection.execute(
        select(story.c.id, story.c.articles).where(story.c.id.in_(story_ids))
    ).all()
    alive = {number for number, articles in counts if articles}
    s.connection.execute(update(story).where(story.c.id.in_(alive)).values(merged_into=None))
    for emptied in sorted(set(story_ids) - alive):
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
