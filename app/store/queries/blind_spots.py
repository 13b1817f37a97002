"""Stories that others report and one outlet does not, and how sure that is."""

from datetime import timedelta

from sqlalchemy import func, or_, select

from app.domain.page import Page, PageRequest, StoryFilter
from app.domain.story import MissedStory, Story
from app.store.engine.sessions import ReadSession
from app.store.queries.sources import source_led_to
from app.store.queries.stories import story_page
from app.store.tables import article

# Before the first and after the last article of a story: who reports a day late has not missed it.
_MARGIN = timedelta(days=1)


def missed_page(
    s: ReadSession, slug: str, where: StoryFilter, page: PageRequest
) -> Page[MissedStory]:
    """The stories that match and have no article of this outlet, in the order of `story_page`, each
    with what the collection has of the outlet from those days.

    Raises NotFound for the outlet; InvalidInput as `story_page`.
    """
    outlet = source_led_to(s, slug)
    found = story_page(s, where, page)
    undated = s.connection.execute(
        select(func.count()).where(article.c.source_id == outlet, article.c.published_at.is_(None))
    ).scalar_one()
    items = tuple(MissedStory(each, *_coverage(s, outlet, each), undated) for each in found.items)
    return Page(items, found.next_cursor, found.total)


def _coverage(s: ReadSession, outlet: int, story: Story) -> tuple[int | None, int | None]:
    """The articles of an outlet in the days of a story, and those of them that were not read."""
    if story.first_published is None or story.last_published is None:
        return None, None
    unread = or_(article.c.state != "ready", article.c.reason.is_not(None))
    row = s.connection.execute(
        select(func.count(), func.count().filter(unread)).where(
            article.c.source_id == outlet,
            article.c.published_at >= story.first_published - _MARGIN,
            article.c.published_at <= story.last_published + _MARGIN,
        )
    ).one()
    return row[0], row[1]
