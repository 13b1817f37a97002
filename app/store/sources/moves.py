"""Articles that move from one outlet to another, with all that is counted by outlet."""

from collections.abc import Sequence
from itertools import batched

from sqlalchemy import select, update

from app.store.changes import note
from app.store.engine.parameters import numbers
from app.store.engine.sessions import WriteSession
from app.store.entity_counts import Tally
from app.store.stories.counts import refresh_stories
from app.store.tables import article, entity_article, source

_BATCH = 1_000


def move_articles(s: WriteSession, came_as: str, was: int, to: int) -> int:
    """Moves the articles that came in under a name from one outlet to another, wherever that is
    kept. Returns how many."""
    ids = list(
        s.connection.execute(
            select(article.c.id)
            .where(article.c.source_id == was, article.c.came_as == came_as)
            .order_by(article.c.id)
        ).scalars()
    )
    for some in batched(ids, _BATCH):
        _move(s, some, was, to)
    note(s, "source", "changed", [was, to] if ids else [])
    for outlet, more in ((was, -len(ids)), (to, len(ids))):
        s.connection.execute(
            update(source).where(source.c.id == outlet).values(articles=source.c.articles + more)
        )
    return len(ids)


def _move(s: WriteSession, ids: Sequence[int], was: int, to: int) -> None:
    found = entity_article.c
    tally = Tally()
    for row in s.connection.execute(
        select(found.entity_id, found.published_at, found.mentions).where(
            found.article_id.in_(numbers(ids))
        )
    ):
        for outlet, sign in ((was, -1), (to, 1)):
            tally.by_source_and_month(row.entity_id, outlet, row.published_at, row.mentions, sign)
    tally.apply(s)
    note(s, "article", "changed", ids)
    for table, key in ((article, article.c.id), (entity_article, found.article_id)):
        s.connection.execute(update(table).where(key.in_(numbers(ids))).values(source_id=to))
    stories = s.connection.execute(
        select(article.c.story_id)
        .where(article.c.id.in_(numbers(ids)), article.c.story_id.is_not(None))
        .distinct()
    ).scalars()
    refresh_stories(s, list(stories))
