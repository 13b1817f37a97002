"""Which articles are in a story."""

from collections.abc import Collection, Sequence

from sqlalchemy import select, update

from app.store.changes import date_of, note
from app.store.engine.bulk_writes import insert_rows, reserve_ids
from app.store.engine.parameters import numbers
from app.store.engine.sessions import ReadSession, WriteSession
from app.store.tables import article, story


def create_story(s: WriteSession) -> int:
    """Creates a story without articles. Returns its id."""
    (made,) = create_stories(s, 1)
    return made


def create_stories(s: WriteSession, count: int) -> Sequence[int]:
    """Creates so many stories without articles. Returns their ids, ascending."""
    made = reserve_ids(s.connection, story, count)
    at = date_of(s, "story", made)
    insert_rows(
        s.connection,
        story,
        ("id", "articles", "sources", "updated_at"),
        [(n, 0, 0, at) for n in made],
    )
    note(s, "story", "created", made)
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
