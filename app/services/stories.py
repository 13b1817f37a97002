"""Articles join stories as they are analysed; what is like an article."""

from collections.abc import Collection, Mapping
from dataclasses import replace

from app.domain.facets import FacetName, Facets
from app.domain.outlet import AbsentOutlets
from app.domain.page import Page, PageRequest, StoryFilter, Total
from app.domain.story import UNIT, Member, MissedStory, Profile, SimilarArticle, Story
from app.domain.text import check_characters
from app.services.filters import check_filters
from app.store.engine.paging import paged, paged_in_memory, read_request
from app.store.engine.sessions import ReadSession, WriteSession
from app.store.existence import require_article
from app.store.queries import facets
from app.store.queries.articles import articles_by_id
from app.store.queries.blind_spots import absent_outlets, missed_page
from app.store.queries.stories import find_story, story_page
from app.store.stories.grouping import StoredGrouping, stored_members
from app.store.stories.similar import SimilarSearch, similar_articles
from app.stories import indexing
from app.stories.joining import MOST
from app.stories.likeness import likenesses_to, shared
from app.stories.stream import add

SEARCH = SimilarSearch(
    indexing.INDEXED_KEYS, indexing.PER_KEY, indexing.WINDOW_DAYS, indexing.CANDIDATES
)
# Articles that are shown as similar to one, and of what they share so much.
_SIMILAR = SEARCH._replace(per_key=80, articles=200)
_SHARED = 12
# The least similarity that is told: below it, articles share what all news share.
_LEAST = 0.05


def join_stories(session: WriteSession, analysed: Mapping[int, Profile]) -> None:
    """Lets articles, one after another, join stories by their profiles, in the caller's
    transaction. What says nothing is in no story; what is as it was stays where it is."""
    grouping = StoredGrouping(session, SEARCH, MOST, analysed)
    for article, profile in analysed.items():
        new = grouping.take_up(article, profile)
        if new is not None:
            add(grouping, new)
    grouping.flush()


def stories(session: ReadSession, where: StoryFilter, page: PageRequest) -> Page[Story]:
    """Stories by `last_published` (the newest first), `first_published`, `articles`, `sources` or
    `id`."""
    _check(where)
    return story_page(session, where, page)


def story_facets(session: ReadSession, where: StoryFilter, wanted: Collection[FacetName]) -> Facets:
    """How all the stories that match divide up."""
    _check(where)
    return facets.story_facets(session, where, wanted)


def missed(
    session: ReadSession, slug: str, where: StoryFilter, page: PageRequest
) -> Page[MissedStory]:
    """Stories that others report and this outlet does not, in the same orders. Raises NotFound."""
    check_characters(slug)
    _check(where)
    return missed_page(session, slug, replace(where, without_source=slug), page)


def absent(session: ReadSession, story_id: int, most: int) -> AbsentOutlets | None:
    """The outlets that have no article in a story, and how sure that is; None where no article of
    it is dated. Raises NotFound."""
    return absent_outlets(session, story_id, most)


def _check(where: StoryFilter) -> None:
    check_filters(source=where.sources, without_source=where.without_source, q=where.q)


def story(session: ReadSession, story_id: int) -> Story:
    """A story, also one without articles any more. Raises NotFound."""
    return find_story(session, story_id)


def similar(session: ReadSession, article: int, page: PageRequest) -> Page[SimilarArticle]:
    """The articles most like one by their words and names, less the further apart their days are,
    by `similarity` (the most like first); of many, two hundred that share most.

    Raises NotFound.
    """
    require_article(session, article)
    order = read_request(page, "similar", article, {"similarity": int}, "-similarity")
    near: list[tuple[int, Member]] = []
    own = next(iter(stored_members(session, [article])), None)
    if own is not None:
        others = stored_members(session, similar_articles(session, own, _SIMILAR))
        likeness = map(round, likenesses_to(own, others))
        near = [
            (each, other)
            for each, other in zip(likeness, others, strict=True)
            if each >= _LEAST * UNIT
        ]
    near.sort(key=_by_likeness, reverse=order.descending)
    shown, cursor = paged_in_memory(near, order, _by_likeness)
    found = articles_by_id(session, [other.article for _, other in shown])
    items = [
        SimilarArticle(
            found[other.article],
            round(each / UNIT, 6),
            tuple(shared(own.profile, other.profile)[:_SHARED]) if own else (),
        )
        for each, other in shown
    ]
    return paged(items, cursor, Total(len(near), "eq" if len(near) < _SIMILAR.articles else "gte"))


def _by_likeness(found: tuple[int, Member]) -> tuple[int, int]:
    return found[0], found[1].article
