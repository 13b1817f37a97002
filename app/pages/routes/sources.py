"""`/sources/{slug}`: an outlet over time, whom it names and quotes, and where it is not found."""

from datetime import UTC, date, datetime, time, timedelta

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.domain.article import Source
from app.domain.page import ArticleFilter, Page, PageRequest, QuoteFilter, StoryFilter
from app.domain.quote import QuoteKind
from app.domain.story import MissedStory
from app.pages.answers import chart_answer, page
from app.pages.charts.coverage import outlet_chart
from app.pages.parameters import query_of
from app.pages.sources.coverage import bars
from app.services import outlets, query, stories
from app.web.dependencies import SessionOf
from app.web.numbers import FilterId
from app.web.parameters.base import Parameters

router = APIRouter(include_in_schema=False)

_ARTICLES, _NAMED, _VOICES, _MISSED, _QUOTES = 12, 14, 10, 8, 25


class QuotesFrom(Parameters):
    """Which quotes of an outlet, and which page of them."""

    entity: FilterId | None = None
    kind: QuoteKind | None = None
    cursor: str | None = None


@router.get("/sources/{slug}")
def show_source(slug: str, request: Request, session: SessionOf) -> Response:
    query_of(request, Parameters)
    source = query.source(session, slug)
    where = _missed_where(source)
    return page(
        request,
        "source.html",
        source=source,
        coverage=bars(outlets.outlet_days(session, source.slug)),
        names=outlets.names_of_outlet(session, source.slug, _NAMED),
        voices=outlets.voices_of_outlet(session, source.slug, _VOICES),
        quoted=outlets.quoted_articles(source),
        missed=_missed(session, source, where),
        missed_where=where,
        articles=query.articles(
            session, ArticleFilter(sources=(source.slug,)), PageRequest(_ARTICLES)
        ),
    )


@router.get("/sources/{slug}/coverage.svg")
def draw_source(slug: str, request: Request, session: SessionOf) -> Response:
    query_of(request, Parameters)
    source = query.source(session, slug)
    return chart_answer(outlet_chart(source, bars(outlets.outlet_days(session, source.slug))))


@router.get("/sources/{slug}/quotes")
def show_quotes(slug: str, request: Request, session: SessionOf) -> Response:
    asked = query_of(request, QuotesFrom)
    source = query.source(session, slug)
    where = QuoteFilter(
        (asked.kind,) if asked.kind else (), (asked.entity,) if asked.entity else ()
    )
    return page(
        request,
        "source_quotes.html",
        source=source,
        asked=asked,
        speaker=query.entity(session, asked.entity).entity if asked.entity else None,
        found=outlets.quotes_of_outlet(
            session, source.slug, where, PageRequest(_QUOTES, asked.cursor)
        ),
        quoted=outlets.quoted_articles(source),
    )


def _missed_where(source: Source) -> StoryFilter | None:
    """The stories that may be missing: of the time from which there are articles of the outlet, and
    reported by two others. None where no article of it is dated."""
    if source.first_published is None or source.last_published is None:
        return None
    last = source.last_published.date()
    # No day comes after the last of the calendar.
    after = source.last_published if last == date.max else _begin(last + timedelta(days=1))
    return StoryFilter(since=_begin(source.first_published.date()), until=after, min_sources=2)


def _begin(day: date) -> datetime:
    return datetime.combine(day, time.min, UTC)


def _missed(
    session: SessionOf, source: Source, where: StoryFilter | None
) -> Page[MissedStory] | None:
    if where is None:
        return None
    # The newest first: the index by day gives them without sorting all stories.
    return stories.missed(session, source.slug, where, PageRequest(_MISSED))
