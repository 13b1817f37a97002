"""Which articles are in a story."""

from collections.abc import Collection

from sqlalchemy import insert, select, update

from app.store.changes import note
from app.store.engine.parameters import numbers
from app.store.engine.sessions import ReadSession, WriteSession
from app.store.tables import article, story

# Made once: making it takes as long as its answer.
_NEW_STORY = insert(story).values(articles=0).returning(story.c.id)


def create_story(s: WriteSession) -> int:
    """Creates a story without articles. Returns its id."""
    made: int = s.connection.execute(_NEW_STORY).scalar_one()
    note(s, "story", "created", [made])
    return made


def articles_in_story(s: ReadSession, story_id: int) -> tuple[int, ...]:
    """The ids of the articles of a story, ascending."""
    rows = s.connection.execute(
        select(article.c.id).where(article.c.story_id == story_id).order_by(article.c.id)
    )
    return tuple(rows.scalars())


def stories_of_articles(s: ReadSession, articles: Collection[int]) -> dict[int, int | None]:
    """The story of each of these articles that are still there."""
    rows = s.connection.execute(
        select(article.c.id, article.c.story_id).where(article.c.id.in_(numbers(articles)))
    )
    return {row.id: row.story_id for row in rows}


def place_articles(s: WriteSession, articles: Collection[int], to: int, *, fixed: bool) -> None:
    """Puts articles into a story, for good where `fixed`."""
    note(s, "article", "moved", articles, to=to)
    s.connection.execute(
        update(article)
        .where(article.c.id.in_(numbers(articles)))
        .values(story_id=to, story_fixed=fixed)
    )
