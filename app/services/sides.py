"""Who stands on the sides of a comparison of what is stored."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from app.errors import InvalidInput
from app.store.engine.sessions import ReadSession
from app.store.existence import require_filter_story
from app.store.queries.sides import NamedArticle, named_articles, side_articles, source_named
from app.store.queries.stories import stories_by_id
from app.store.records import SideArticle

MIN_SIDES, MAX_SIDES = 2, 8


class RequestedSide(NamedTuple):
    """A side as it was asked for: its key, its name, and all that stands on it."""

    key: str
    name: str
    articles: Sequence[SideArticle]


class SideFilter(NamedTuple):
    """Which articles of an outlet count."""

    since: datetime | None
    until: datetime | None
    story: int | None


def sides(
    session: ReadSession,
    *,
    sources: Sequence[str],
    articles: Sequence[int],
    within: SideFilter,
    limit: int,
) -> list[RequestedSide]:
    """The sides that are asked for, each with all its articles, of which an outlet may have
    `limit`; a story without a source stands for all its outlets.

    Raises InvalidInput, with the parameter at fault.
    """
    if sources and articles:
        raise InvalidInput(
            "A comparison is of sources or of articles: leave out the one or the other."
        ).at("?article")
    if articles:
        for name, value in within._asdict().items():
            if value is not None:
                raise InvalidInput(
                    f"{name} chooses among the articles of sources; these are chosen already."
                ).at(f"?{name}")
        _check_sides(articles, "article")
        return _named_sides(session, articles)
    if within.story is not None:
        require_filter_story(session, within.story)
    if within.story is not None and not sources:
        outlets: Sequence[str] = _outlets(session, within.story)
    else:
        _check_sides(sources, "source")
        outlets = sources
    return [_source_side(session, slug, within, limit) for slug in outlets]


def _check_sides(named: Sequence[int] | Sequence[str], parameter: str) -> None:
    pointer = f"?{parameter}"
    if not MIN_SIDES <= len(named) <= MAX_SIDES:
        raise InvalidInput(
            f"A comparison has two to eight sides, not {len(named)}: name each by "
            f"{parameter}, as in ?{parameter}=A&{parameter}=B."
        ).at(pointer)
    for number, name in enumerate(named):
        if name in named[:number]:
            raise InvalidInput(
                f"{parameter} {name} is named twice: nothing can be compared with itself."
            ).at(pointer)


def _outlets(session: ReadSession, story: int) -> list[str]:
    """The slugs of the outlets of a story, each of which is a side.

    Raises InvalidInput at `?story`.
    """
    (found,) = stories_by_id(session, [story])
    slugs = sorted(each.source.slug for each in found.sources if each.source is not None)
    if not MIN_SIDES <= len(slugs) <= MAX_SIDES:
        raise InvalidInput(
            f"A comparison has two to eight sides, and story {story} has articles of "
            f"{len(slugs)} outlets: name those to compare by source, or articles by article."
        ).at("?story")
    return slugs


def _source_side(session: ReadSession, slug: str, within: SideFilter, limit: int) -> RequestedSide:
    source = source_named(session, slug)
    if source is None:
        raise InvalidInput(f"There is no source {slug[:80]!r}: /v1/sources lists the slugs.").at(
            "?source"
        )
    since, until, story = within
    found = side_articles(session, slug, since, until, limit + 1, story)
    if not found:
        among = " in this story" if story is not None else ""
        period = " in this period" if since or until else ""
        raise InvalidInput(
            f"{source.name} has no articles{among}{period}: there is nothing to compare."
        ).at("?source")
    if len(found) > limit:
        raise InvalidInput(
            f"{source.name} has more than {limit:,} articles here, the most that a side may have: "
            "narrow the period with since and until."
        ).at("?source")
    return RequestedSide(source.slug, source.name, found)


def _named_sides(session: ReadSession, articles: Sequence[int]) -> list[RequestedSide]:
    found = named_articles(session, articles)
    for article in articles:
        if article not in found:
            raise InvalidInput(f"There is no article {article}.").at("?article")
    outlets = [found[article].source for article in articles]
    return [
        RequestedSide(
            f"article:{article}",
            _side_name(found[article], alone=outlets.count(found[article].source) == 1),
            [found[article].article],
        )
        for article in articles
    ]


def _side_name(named: NamedArticle, *, alone: bool) -> str:
    """The outlet's name, with the title where other articles of that outlet stand beside it."""
    parts = [named.source, None if alone and named.source else named.title]
    return ": ".join(filter(None, parts)) or f"article {named.article.id}"
