"""The story of every article, and their moves when stories are grouped anew."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import bindparam, select, update

from app.store.changes import note
from app.store.engine.parameters import numbers
from app.store.engine.sessions import ReadSession, WriteSession
from app.store.stories.counts import refresh_stories
from app.store.stories.membership import create_story
from app.store.tables import article, profile


class GroupedArticle(NamedTuple):
    """An article that has a profile, with its story. `identity` tells it from all others by what
    came with it."""

    article: int
    identity: str
    day: date | None
    story: int | None
    fixed: bool


def grouped_articles(s: ReadSession) -> list[GroupedArticle]:
    """All articles that have a profile."""
    rows = s.connection.execute(
        select(
            article.c.id,
            article.c.identity,
            article.c.published_day,
            article.c.story_id,
            article.c.story_fixed,
        ).join_from(article, profile, profile.c.article_id == article.c.id)
    )
    return [GroupedArticle(*row) for row in rows]


def move_articles(
    s: WriteSession, groups: Sequence[tuple[int | None, Sequence[GroupedArticle]]]
) -> int:
    """Puts articles into the stories that come with them, new ones where there is no id. One that
    has another story by now than it had, or that a person put there, stays. Returns how many it
    moved."""
    moved = 0
    went: dict[int, int] = {}
    touched: set[int] = set()
    for to, group in groups:
        now = s.connection.execute(
            select(article.c.id, article.c.story_id, article.c.story_fixed).where(
                article.c.id.in_(numbers([each.article for each in group]))
            )
        )
        there = {row.id: (row.story_id, row.story_fixed) for row in now}
        free = [each for each in group if there.get(each.article) == (each.story, False)]
        if not free:
            continue
        target = create_story(s) if to is None else to
        s.connection.execute(
            update(article)
            .where(article.c.id == bindparam("the_id"))
            .values(story_id=bindparam("the_story")),
            [{"the_id": each.article, "the_story": target} for each in free],
        )
        note(s, "article", "moved", [each.article for each in free], to=target)
        for each in free:
            if each.story is not None:
                went[each.story] = target
                touched.add(each.story)
        touched.add(target)
        moved += len(free)
    refresh_stories(s, touched, went)
    return moved
