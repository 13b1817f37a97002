"""The stories of articles as they are stored, and their moves within one transaction."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import bindparam, select, update

from app.domain.story import Group, Member, NearStory, Profile
from app.store.engine.parameters import as_numbers, numbers_of
from app.store.engine.sessions import ReadSession, WriteSession
from app.store.stories.counts import refresh_stories
from app.store.stories.membership import create_story
from app.store.stories.profiles import drop_profiles, store_profiles, unpack_profile
from app.store.stories.similar import SimilarSearch, similar_articles
from app.store.tables import article, profile

_ARTICLE = article.c
_MEMBERSHIP = (_ARTICLE.id, _ARTICLE.story_id, _ARTICLE.published_day, _ARTICLE.story_fixed)
# Made once: several are sent for each article, and making one takes longer than its answer.
_BY_ARTICLE = (
    select(*_MEMBERSHIP, profile.c.profile)
    .outerjoin_from(article, profile, profile.c.article_id == _ARTICLE.id)
    .where(_ARTICLE.id.in_(numbers_of("numbers")))
)
_BY_STORY = (
    select(*_MEMBERSHIP).where(_ARTICLE.story_id == bindparam("story")).order_by(_ARTICLE.id)
)


class _Membership(NamedTuple):
    story: int | None
    day: date | None
    fixed: bool


class StoryPlacement:
    """Where articles stand, for the one transaction that moves them. `flush` writes the moves and
    the counts of all stories that they touched."""

    def __init__(self, s: WriteSession, search: SimilarSearch, most: int) -> None:
        self._s, self._search, self._most = s, search, most
        self._places: dict[int, _Membership] = {}
        self._profiles: dict[int, Profile] = {}
        self._stories: dict[int, list[int]] = {}
        self._moved: dict[int, int | None] = {}
        self._went: dict[int, int] = {}
        self._touched: set[int] = set()

    def take_up(self, article_id: int, found: Profile) -> Member | None:
        """Stores the new profile of an article, and takes the article out of a story that it
        shares. Returns it as it stands then; None where nothing is to do: its profile is what it
        was, or says nothing."""
        self._load([article_id])
        known = self._profiles.get(article_id)
        place = self._places[article_id]
        if known == found and (place.story is not None or not found.keys):
            return None
        drop_profiles(self._s, [article_id])
        if place.story is not None and not place.fixed:
            alone = len(self._held(place.story)) == 1
            if not found.keys or not alone:
                self._move(article_id, None)
        if not found.keys:
            return None
        store_profiles(self._s, [(article_id, place.day, found)], self._search.keys)
        self._profiles[article_id] = found
        place = self._places[article_id]
        return Member(article_id, place.story, place.day, found, place.fixed)

    def candidates(self, new: Member) -> list[Member]:
        """The articles that share most of the keys under which this one is indexed."""
        return self._members(similar_articles(self._s, new, self._search))

    def story(self, story: int, day: date | None) -> NearStory:
        """A story as it is now; of a large one the articles nearest to the day."""
        held = sorted(self._held(story))
        fixed = any(self._places[each].fixed for each in held)
        if len(held) <= self._most:
            return NearStory(story, tuple(self._members(held)), whole=False, fixed=fixed)
        apart = {each: _days_apart(self._places[each].day, day) for each in held}
        nearest = sorted(held, key=lambda each: (apart[each], each))[: self._most]
        return NearStory(story, tuple(self._members(nearest)), whole=True, fixed=fixed)

    def place(self, group: Group) -> None:
        """Puts articles into their story, a new one where it has no id."""
        articles = list(group.articles)
        for whole in group.whole:
            articles += self._held(whole)
        target = group.story
        if target is None:
            target = create_story(self._s)
        for each in articles:
            if self._places[each].story != target:
                self._move(each, target)

    def flush(self) -> None:
        """Writes all moves, and the counts of the stories that they touched."""
        if self._moved:
            self._s.connection.execute(
                update(article)
                .where(_ARTICLE.id == bindparam("the_id"))
                .values(story_id=bindparam("the_story")),
                [{"the_id": key, "the_story": to} for key, to in sorted(self._moved.items())],
            )
        refresh_stories(self._s, self._touched, self._went)
        self._moved.clear()
        self._touched.clear()
        self._went.clear()

    def _move(self, article_id: int, to: int | None) -> None:
        was = self._places[article_id]
        if was.story is not None:
            self._held(was.story).remove(article_id)
            self._touched.add(was.story)
            if to is not None:
                self._went[was.story] = to
        if to is not None:
            self._held(to).append(article_id)
            self._touched.add(to)
        self._places[article_id] = was._replace(story=to)
        self._moved[article_id] = to

    def _held(self, story_id: int) -> list[int]:
        """The articles of a story, which the caller may change."""
        if story_id not in self._stories:
            rows = self._s.connection.execute(_BY_STORY, {"story": story_id}).all()
            for number, *place in rows:
                self._places.setdefault(number, _Membership(*place))
            held = [row.id for row in rows if self._places[row.id].story == story_id]
            came = (each for each, to in self._moved.items() if to == story_id)
            self._stories[story_id] = held + [each for each in came if each not in held]
        return self._stories[story_id]

    def _members(self, articles: Collection[int]) -> list[Member]:
        self._load(articles)
        return [
            Member(each, place.story, place.day, self._profiles[each], place.fixed)
            for each in articles
            if each in self._profiles
            for place in (self._places[each],)
        ]

    def _load(self, articles: Collection[int]) -> None:
        missing = [e for e in articles if e not in self._places or e not in self._profiles]
        for number, place, found in _memberships(self._s, missing):
            self._places.setdefault(number, place)
            if found is not None:
                self._profiles.setdefault(number, found)


def stored_members(s: ReadSession, articles: Sequence[int]) -> list[Member]:
    """Those of these articles that have a profile, in their order."""
    found = {
        number: Member(number, place.story, place.day, has, place.fixed)
        for number, place, has in _memberships(s, articles)
        if has is not None
    }
    return [found[each] for each in articles if each in found]


def _memberships(
    s: ReadSession, articles: Sequence[int]
) -> Iterator[tuple[int, _Membership, Profile | None]]:
    if not articles:
        return
    rows = s.connection.execute(_BY_ARTICLE, {"numbers": as_numbers(articles)}).all()
    for number, *place, packed in rows:
        yield number, _Membership(*place), None if packed is None else unpack_profile(packed)


def _days_apart(one: date | None, other: date | None) -> int:
    return 0 if one is None or other is None else abs((one - other).days)
