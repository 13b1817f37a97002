"""Who stands on the sides of a comparison of what is stored."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from app.domain.article import Published
from app.domain.comparison import ArticleRef
from app.domain.limits import MAX_KEY
from app.errors import InvalidInput
from app.services.revisions import NO_REVISIONS, NamedRevisions
from app.store.engine.sessions import ReadSession
from app.store.existence import require_filter_story
from app.store.queries.sides import (
    SideFilter,
    articles_named,
    side_articles,
)
from app.store.queries.sources import sources_named
from app.store.queries.stories import stories_by_id
from app.store.records import SideArticle

MIN_SIDES, MAX_SIDES = 2, 8
# What stands for any outlet, or none.
ANY_SOURCE = "*"

_PERIOD = re.compile(r"@([^@]*)\.\.([^@]*)\Z")


@dataclass(frozen=True, slots=True)
class SideRequest:
    """A side as it is asked for: articles by id, or what outlets (names or slugs; none: any, and
    what has no outlet) published from `since` and before `until`. `pointer` is where it was asked
    for, which errors name."""

    key: str
    sources: tuple[str, ...] = ()
    articles: tuple[ArticleRef, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    pointer: str = "?side"

    @classmethod
    def parse(cls, value: str) -> "SideRequest":
        """From `KEY:SOURCE[,SOURCE][@FROM..TO]`; either end of the period may be left out.

        Raises InvalidInput at `?side`.
        """
        key, parted, rest = value.partition(":")
        if not parted or not rest.strip():
            raise InvalidInput(
                f"{value[:80]!r} is no side: it reads KEY:SOURCE, KEY:SOURCE,SOURCE or "
                f"KEY:SOURCE@FROM..TO, with {ANY_SOURCE} for any source."
            ).at("?side")
        period = _PERIOD.search(rest)
        named = rest[: period.start()] if period else rest
        since, until = (_instant(each) for each in period.groups()) if period else (None, None)
        sources = tuple(each.strip() for each in named.split(","))
        return cls(
            key.strip(), () if sources == (ANY_SOURCE,) else sources, since=since, until=until
        )


class ArticleFilter(NamedTuple):
    """Which articles may stand on any side."""

    since: datetime | None = None
    until: datetime | None = None
    story: int | None = None


class OnSide(NamedTuple):
    """An article on a side. `number` stands for it in the comparison: its id, or that of the
    revision that was named."""

    number: int
    article: SideArticle


class RequestedSide(NamedTuple):
    """A side as it was asked for: its key, its name, its period, and all that stands on it."""

    key: str
    name: str
    articles: Sequence[OnSide]
    since: datetime | None = None
    until: datetime | None = None


def sides(
    session: ReadSession,
    *,
    sources: Sequence[str] = (),
    articles: Sequence[ArticleRef] = (),
    asked: Sequence[SideRequest] = (),
    others: str | None = None,
    within: ArticleFilter,
    limit: int,
    revisions: NamedRevisions = NO_REVISIONS,
) -> list[RequestedSide]:
    """The sides that are asked for, each with all its articles, of which it may have `limit`.

    An outlet of `sources` is a side, an article of `articles`, each that is `asked`; a story
    without any of them stands for all its outlets, and with `others` for that outlet and all the
    rest.

    Raises InvalidInput, with the parameter at fault.
    """
    _check_kinds(sources=sources, article=articles, side=asked, others=others)
    if articles:
        _check_unfiltered(within)
        _check_number(articles, "article")
        found = _named_sides(session, articles, revisions)
        _check_distinct(found, ["?article"] * len(found))
        return found
    if within.story is not None:
        require_filter_story(session, within.story)
    if others is not None:
        return _against_others(session, others, within, limit)
    if asked:
        found = _asked_sides(session, asked, within, limit, revisions)
    else:
        slugs = (
            _outlets(session, within.story) if within.story is not None and not sources else sources
        )
        _check_number(slugs, "source")
        found = [_outlet_side(session, slug, within, limit) for slug in slugs]
    _check_distinct(found, [each.pointer for each in asked] or ["?source"] * len(found))
    return found


def _check_kinds(**named: object) -> None:
    """One way of naming sides at a time."""
    kinds = [name.removesuffix("s") if name == "sources" else name for name in named if named[name]]
    if len(kinds) > 1:
        raise InvalidInput(
            f"A comparison names its sides in one way, not by {' and '.join(kinds)}: leave out "
            "all but one."
        ).at(f"?{kinds[1]}")


def _check_unfiltered(within: ArticleFilter) -> None:
    for name, value in within._asdict().items():
        if value is not None:
            raise InvalidInput(
                f"{name} chooses among the articles of sources; these are chosen already."
            ).at(f"?{name}")


def _check_number(named: Sequence[ArticleRef] | Sequence[str], parameter: str) -> None:
    pointer = f"?{parameter}"
    if not MIN_SIDES <= len(named) <= MAX_SIDES:
        raise InvalidInput(
            f"A comparison has two to eight sides, not {len(named)}: name each {parameter} that "
            "is one."
        ).at(pointer)
    for number, name in enumerate(named):
        if name in named[:number]:
            raise InvalidInput(
                f"{parameter} {name} is named twice: nothing can be compared with itself."
            ).at(pointer)


def _check_distinct(found: Sequence[RequestedSide], pointers: Sequence[str]) -> None:
    """Nothing stands on two sides, and no two sides have one key."""
    keys: set[str] = set()
    on: dict[tuple[int, int], str] = {}
    for side, pointer in zip(found, pointers, strict=True):
        if side.key in keys:
            raise InvalidInput(f"Two sides have the key {side.key!r}: each must differ.").at(
                pointer
            )
        keys.add(side.key)
        for _, each in side.articles:
            if (each.id, each.revision) in on:
                raise InvalidInput(
                    f"Article {each.id} stands on two sides, {on[each.id, each.revision]!r} and "
                    f"{side.key!r}, at revision {each.revision}: nothing can be compared with "
                    "itself."
                ).at(pointer)
            on[each.id, each.revision] = side.key


def _outlets(session: ReadSession, story: int) -> list[str]:
    """The slugs of the outlets of a story, each of which is a side.

    Raises InvalidInput at `?story`.
    """
    (found,) = stories_by_id(session, [story])
    slugs = sorted(each.source.slug for each in found.sources if each.source is not None)
    if not MIN_SIDES <= len(slugs) <= MAX_SIDES:
        raise InvalidInput(
            f"A comparison has two to eight sides, and story {story} has articles of "
            f"{len(slugs)} outlets: name those to compare, or one to set against all others, or "
            "single articles."
        ).at("?story")
    return slugs


def _outlet_side(
    session: ReadSession, name: str, within: ArticleFilter, limit: int
) -> RequestedSide:
    (outlet,) = sources_named(session, [name])
    found = _articles(session, outlet.name, SideFilter((outlet.slug,), *within), limit, "?source")
    return RequestedSide(outlet.slug, outlet.name, found)


def _against_others(
    session: ReadSession, name: str, within: ArticleFilter, limit: int
) -> list[RequestedSide]:
    pointer = "?others"
    if within.story is None:
        raise InvalidInput(
            "others sets one outlet against the rest of a story: name the story."
        ).at(pointer)
    (outlet,) = sources_named(session, [name], pointer)
    own = SideFilter((outlet.slug,), *within)
    return [
        RequestedSide(
            outlet.slug, outlet.name, _articles(session, outlet.name, own, limit, pointer)
        ),
        RequestedSide(
            "others",
            f"Others than {outlet.name}",
            _articles(
                session,
                f"Others than {outlet.name}",
                SideFilter((), *within, without=outlet.slug),
                limit,
                pointer,
            ),
        ),
    ]


def _asked_sides(
    session: ReadSession,
    asked: Sequence[SideRequest],
    within: ArticleFilter,
    limit: int,
    revisions: NamedRevisions,
) -> list[RequestedSide]:
    if not MIN_SIDES <= len(asked) <= MAX_SIDES:
        raise InvalidInput(f"A comparison has two to eight sides, not {len(asked)}.").at(
            asked[0].pointer.partition("/0")[0]
        )
    return [_asked_side(session, each, within, limit, revisions) for each in asked]


def _asked_side(
    session: ReadSession,
    side: SideRequest,
    within: ArticleFilter,
    limit: int,
    revisions: NamedRevisions,
) -> RequestedSide:
    if not side.key or len(side.key) > MAX_KEY or not side.key.isprintable():
        raise InvalidInput(
            f"A side's key has 1 to {MAX_KEY} printable characters, unlike {side.key[:80]!r}."
        ).at(side.pointer)
    if side.articles:
        if side.sources or side.since or side.until:
            raise InvalidInput(
                f"Side {side.key!r} names articles: sources and a period choose among articles "
                "that nobody named."
            ).at(side.pointer)
        _check_unfiltered(within)
        return RequestedSide(
            side.key, side.key, _named(session, side.articles, revisions, side.pointer)
        )
    outlets = sources_named(session, side.sources, side.pointer)
    since, until = _later(side.since, within.since), _earlier(side.until, within.until)
    chosen = SideFilter(tuple(each.slug for each in outlets), since, until, within.story)
    return RequestedSide(
        side.key, side.key, _articles(session, side.key, chosen, limit, side.pointer), since, until
    )


def _articles(
    session: ReadSession, name: str, chosen: SideFilter, limit: int, pointer: str
) -> list[OnSide]:
    found = side_articles(session, chosen, limit + 1)
    if not found:
        among = " in this story" if chosen.story is not None else ""
        period = " in this period" if chosen.since or chosen.until else ""
        raise InvalidInput(
            f"{name} has no articles{among}{period}: there is nothing to compare."
        ).at(pointer)
    if len(found) > limit:
        raise InvalidInput(
            f"{name} has more than {limit:,} articles here, the most that a side may have: narrow "
            "the period with since and until."
        ).at(pointer)
    return [OnSide(each.id, each) for each in found]


def _named_sides(
    session: ReadSession, articles: Sequence[ArticleRef], revisions: NamedRevisions
) -> list[RequestedSide]:
    found = _named(session, articles, revisions, "?article")
    outlets = [each.article.source for each in found]
    one = len({each.article.id for each in found}) == 1
    return [
        RequestedSide(
            f"article:{ref}",
            f"Revision {each.article.revision}"
            if one
            else _side_name(each.article, ref, alone=outlets.count(each.article.source) == 1),
            [each],
        )
        for ref, each in zip(articles, found, strict=True)
    ]


def _named(
    session: ReadSession, refs: Sequence[ArticleRef], revisions: NamedRevisions, pointer: str
) -> list[OnSide]:
    """Articles that are named. Raises InvalidInput at the pointer for what there is not."""
    there = articles_named(session, [each.article for each in refs])
    return [_on_side(there, each, revisions, pointer) for each in refs]


def _on_side(
    there: Mapping[int, SideArticle], ref: ArticleRef, revisions: NamedRevisions, pointer: str
) -> OnSide:
    if ref.article not in there:
        raise InvalidInput(f"There is no article {ref.article}.").at(pointer)
    article = there[ref.article]
    if ref.revision is None:
        return OnSide(article.id, article)
    try:
        named = revisions.get(ref)
    except InvalidInput as error:
        raise error.at(pointer) from None
    return OnSide(
        named.number,
        article._replace(
            revision=ref.revision,
            title=named.text.title,
            state="ready",
            analysed=named.analysis.annotation is not None,
            reason=named.analysis.reason,
        ),
    )


def _side_name(article: SideArticle, ref: ArticleRef, *, alone: bool) -> str:
    """The outlet's name, with the title where other articles of that outlet stand beside it, and
    the revision where one is named."""
    parts = [article.source, None if alone and article.source else article.title]
    name = ": ".join(filter(None, parts)) or f"article {article.id}"
    return name if ref.revision is None else f"{name} (revision {ref.revision})"


def _instant(value: str) -> datetime | None:
    if not value.strip():
        return None
    try:
        return Published.parse(value).instant
    except InvalidInput as error:
        raise InvalidInput(f"side: {error.detail}.").at("?side") from None


def _later(*instants: datetime | None) -> datetime | None:
    return max(_given(instants), default=None)


def _earlier(*instants: datetime | None) -> datetime | None:
    return min(_given(instants), default=None)


def _given(instants: Sequence[datetime | None]) -> Iterator[datetime]:
    return (each for each in instants if each is not None)
