"""Stories that others report and one outlet does not, and how sure that is."""

from datetime import datetime

from sqlalchemy import func, or_, select

from app.domain.outlet import AbsentOutlet, AbsentOutlets
from app.domain.page import Page, PageRequest, StoryFilter
from app.domain.story import MissedStory, Story
from app.store.engine.sessions import ReadSession
from app.store.queries.sources import source_led_to, sources_by_id
from app.store.queries.stories import find_story, story_page
from app.store.tables import article, source


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


def absent_outlets(s: ReadSession, story_id: int, most: int) -> AbsentOutlets | None:
    """The outlets that have no article in a story, at most so many of them; None where no article
    of the story is dated, so that nobody knows when they should have had one. Raises NotFound."""
    story = find_story(s, story_id)
    if story.days is None:
        return None
    since, until = story.days
    inside = select(article.c.source_id).where(
        article.c.story_id == story_id, article.c.source_id.is_not(None)
    )
    # The index by day has the outlet too: even years of it are counted quickly.
    counted = s.connection.execute(
        select(article.c.source_id, func.count())
        .where(
            article.c.published_at >= since,
            article.c.published_at < until,
            article.c.source_id.not_in(inside),
        )
        .group_by(article.c.source_id)
    )
    about: dict[int, int] = {row[0]: row[1] for row in counted}
    outlets: int = s.connection.execute(
        select(func.count()).where(source.c.articles > 0, source.c.id.not_in(inside))
    ).scalar_one()
    shown = sorted(about, key=lambda each: (-about[each], each))[:most]
    named = dict(zip(sorted(shown), sources_by_id(s, shown), strict=True))
    return AbsentOutlets(
        tuple(AbsentOutlet(named[each], *_between(s, each, since, until)) for each in shown),
        len(about) - len(shown),
        outlets - len(about),
    )


def _coverage(s: ReadSession, outlet: int, story: Story) -> tuple[int | None, int | None]:
    """The articles of an outlet in the days of a story, and those of them that were not read."""
    return (None, None) if story.days is None else _between(s, outlet, *story.days)


def _between(s: ReadSession, outlet: int, since: datetime, until: datetime) -> tuple[int, int]:
    unread = or_(article.c.state != "ready", article.c.reason.is_not(None))
    row = s.connection.execute(
        select(func.count(), func.count().filter(unread)).where(
            article.c.source_id == outlet,
            article.c.published_at >= since,
            article.c.published_at < until,
        )
    ).one()
    return row[0], row[1]
