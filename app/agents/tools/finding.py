"""Tools that find stories and articles, and read one."""

from collections.abc import Sequence
from datetime import datetime

from pydantic import Field

from app.agents.claims import Place, compact, place_of, revision_path
from app.agents.parts import Parts
from app.agents.tool import Arguments
from app.agents.tools.naming import about_article, named_entity, named_outlet
from app.agents.tools.sides import Day, Id
from app.domain import deadline
from app.domain.article import Article, Published
from app.domain.comparison import Spot
from app.domain.page import ArticleFilter, PageRequest, StoryFilter
from app.domain.story import MissedStory, Story
from app.domain.text import lead
from app.errors import InvalidInput
from app.services import query, stories
from app.store.engine.sessions import ReadSession

_NAMES = 5  # of a story, outlets apart
_OUTLETS = 12
_TEXT = 4_000  # characters of one page of a text


class FoundArguments(Arguments):
    """What both lists can be narrowed by."""

    query: str | None = Field(
        None, max_length=1000, description='Words; OR, "a phrase", -word, title:word.'
    )
    names: list[str] = Field(
        [], max_length=8, description="Who or what is named, all of them: names or ids."
    )
    since: Day | None = Field(None, description="First ISO day.")
    until: Day | None = Field(None, description="ISO day after the last.")
    limit: int = Field(8, ge=1, le=50)
    cursor: str | None = Field(None, description="`next_cursor` of the answer before.")


class StoryArguments(FoundArguments):
    """Which stories."""

    outlets: list[str] = Field([], max_length=8, description="Reported by all of these.")
    without: str | None = Field(None, description="Not reported by this outlet.")
    min_outlets: int | None = Field(None, ge=1, le=1000)


class ArticleArguments(FoundArguments):
    """Which articles, or the text of one."""

    outlets: list[str] = Field([], max_length=8, description="Of any of these.")
    story: Id | None = Field(None, description="Of this story.")
    read: Id | None = Field(None, description="The text of this article, in place of a list.")
    start: int = Field(0, ge=0, description="With `read`: from this character on.")


def find_stories(parts: Parts, asked: StoryArguments) -> str:
    """Stories, the newest first."""
    with (
        deadline.within(parts.settings.query_timeout, "PARALLAX_QUERY_TIMEOUT"),
        parts.store.read() as session,
    ):
        where = StoryFilter(
            sources=tuple(named_outlet(session, each) for each in asked.outlets),
            entities=tuple(named_entity(session, each).id for each in asked.names),
            since=_instant(asked.since),
            until=_instant(asked.until),
            min_sources=asked.min_outlets,
            q=asked.query,
        )
        page = PageRequest(limit=asked.limit, cursor=asked.cursor)
        if asked.without is None:
            found = stories.stories(session, where, page)
            items = [_story(each) for each in found.items]
            cursor, total = found.next_cursor, found.total.value
        else:
            slug = named_outlet(session, asked.without)
            missed = stories.missed(session, slug, where, page)
            items = [_missed(each) for each in missed.items]
            cursor, total = missed.next_cursor, missed.total.value
    return compact({"stories": items, "total": total, "next_cursor": cursor})


def find_articles(parts: Parts, asked: ArticleArguments) -> str:
    """Articles, the newest first, each with how its lead begins; or the text of one."""
    with (
        deadline.within(parts.settings.query_timeout, "PARALLAX_QUERY_TIMEOUT"),
        parts.store.read() as session,
    ):
        if asked.read is not None:
            return _text(session, asked.read, asked.start)
        where = ArticleFilter(
            q=asked.query,
            sources=tuple(named_outlet(session, each) for each in asked.outlets),
            entities=tuple(named_entity(session, each).id for each in asked.names),
            since=_instant(asked.since),
            until=_instant(asked.until),
            story=asked.story,
        )
        page = PageRequest(limit=asked.limit, cursor=asked.cursor, sort="-published_at")
        found = query.articles(session, where, page)
        texts = query.texts(session, [(each.id, each.revision) for each in found.items])
    items = [_article(each, texts[each.id, each.revision]) for each in found.items]
    return compact(
        {"articles": items, "total": found.total.value, "next_cursor": found.next_cursor}
    )


def _text(session: ReadSession, article: int, start: int) -> str:
    detail = query.article(session, article)
    found, text = detail.article, detail.text
    if start >= len(text):
        raise InvalidInput(f"Article {article} has {len(text):,} characters: start is past them.")
    end = min(len(text), start + _TEXT)
    place = Place(article, found.revision)
    return compact(
        {
            **about_article(found),
            "revision": found.revision,
            "length": len(text),
            "start": start,
            "end": end,
            "text": text[start:end],
            "next_start": end if end < len(text) else None,
            "path": revision_path(place),
        }
    )


def _article(article: Article, text: str) -> dict[str, object]:
    place = lead(text, article.body_start)
    surface = text[place.start : place.end]
    spot = Spot(article.id, article.revision, place.start, place.end, surface)
    begins = place_of(spot)
    return {
        **about_article(article),
        "lead": {name: begins[name] for name in ("quote", "revision", "start", "end")},
        "path": revision_path(Place(article.id, article.revision)),
    }


def _missed(missed: MissedStory) -> dict[str, object]:
    """A story with what the collection has of the outlet from its days: without any article of
    it, that none is of the story says nothing."""
    return {
        **_story(missed.story),
        "of_the_outlet": {
            "articles_in_those_days": missed.articles,
            "not_analysed": missed.unread,
            "undated": missed.undated,
        },
    }


def _story(story: Story) -> dict[str, object]:
    outlets: Sequence[str] = [each.source.name for each in story.sources if each.source]
    found = {
        "story": story.id,
        "title": story.title,
        "articles": story.articles,
        "outlets": outlets[:_OUTLETS],
        "more_outlets": len(outlets[_OUTLETS:]) or None,
        "first": _day(story.first_published),
        "last": _day(story.last_published),
        "names": [each.name for each in story.entities[:_NAMES]],
        "path": f"/v1/articles?story={story.id}",
    }
    return {name: value for name, value in found.items() if value is not None}


def _instant(day: str | None) -> datetime | None:
    return Published.parse(day).instant if day else None


def _day(instant: datetime | None) -> str | None:
    return instant.date().isoformat() if instant else None
