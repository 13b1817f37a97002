"""The stories of articles as they are stored, and their moves within one transaction."""

from collections.abc import Collection, Iterator, Sequence

from sqlalchemy import bindparam, select, update

from app.domain.story import Member, Profile
from app.domain.story_grouping import Membership, StoryGrouping
from app.store.changes import note, note_moves
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


class StoredGrouping(StoryGrouping):
    """The stories of the store, for the one transaction that moves their articles. `flush` writes
    the moves and the counts of all stories that they touched."""

    def __init__(self, s: WriteSession, search: SimilarSearch, most: int) -> None:
        super().__init__(most)
        self._s, self._search = s, search
        self._profiles: dict[int, Profile] = {}
        self._stories: dict[int, list[int]] = {}
        self._moved: dict[int, int | None] = {}
        self._came: dict[int, int | None] = {}
        self._went: dict[int, int] = {}
        self._touched: set[int] = set()

    def take_up(self, article_id: int, found: Profile) -> Member | None:
        """Stores the new profile of an article, and takes the article out of a story that it
        shares. Returns it as it stands then; None where nothing is to do: its profile is what it
        was, or says nothing."""
        self._load([article_id])
        known = self._profiles.get(article_id)
        at = self._memberships[article_id]
        if known == found and (at.story is not None or not found.keys):
            return None
        drop_profiles(self._s, [article_id])
        if at.story is not None and not at.fixed:
            alone = len(self._articles_of(at.story)) == 1
            if not found.keys or not alone:
                self._move(article_id, None)
        if not found.keys:
            return None
        store_profiles(self._s, [(article_id, at.day, found)], self._search.keys)
        self._profiles[article_id] = found
        at = self._memberships[article_id]
        return Member(article_id, at.story, at.day, found, at.fixed)

    def candidates(self, new: Member) -> list[Member]:
        """The articles that share most of the keys under which this one is indexed."""
        return self._members(similar_articles(self._s, new, self._search))

    def flush(self) -> None:
        """Writes all moves, and the counts of the stories that they touched."""
        if self._moved:
            self._s.connection.execute(
                update(article)
                .where(_ARTICLE.id == bindparam("the_id"))
                .values(story_id=bindparam("the_story")),
                [{"the_id": key, "the_story": to} for key, to in sorted(self._moved.items())],
            )
        self._note_moved()
        refresh_stories(self._s, self._touched, self._went)
        self._moved.clear()
        self._came.clear()
        self._touched.clear()
        self._went.clear()

    def _note_moved(self) -> None:
        """Notes the articles that left a story for another; the others joined their first one."""
        away = {each: self._moved[each] for each, was in self._came.items() if was is not None}
        note_moves(
            self._s,
            "article",
            "moved",
            {each: to for each, to in away.items() if to != self._came[each]},
        )
        note(self._s, "article", "changed", self._moved.keys() - away)

    def _move(self, article_id: int, to: int | None) -> None:
        was = self._memberships[article_id].story
        self._came.setdefault(article_id, was)
        super()._move(article_id, to)
        self._moved[article_id] = to
        self._touched |= {each for each in (was, to) if each is not None}
        if was is not None and to is not None:
            self._went[was] = to

    def _articles_of(self, story: int) -> list[int]:
        if story not in self._stories:
            rows = self._s.connection.execute(_BY_STORY, {"story": story}).all()
            for number, *membership in rows:
                self._memberships.setdefault(number, Membership(*membership))
            held = [row.id for row in rows if self._memberships[row.id].story == story]
            came = (each for each, to in self._moved.items() if to == story)
            self._stories[story] = held + [each for each in came if each not in held]
        return self._stories[story]

    def _new_story(self) -> int:
        return create_story(self._s)

    def _members(self, articles: Collection[int]) -> list[Member]:
        self._load(articles)
        return [
            Member(each, at.story, at.day, self._profiles[each], at.fixed)
            for each in articles
            if each in self._profiles
            for at in (self._memberships[each],)
        ]

    def _load(self, articles: Collection[int]) -> None:
        missing = [e for e in articles if e not in self._memberships or e not in self._profiles]
        for number, at, found in _memberships(self._s, missing):
            self._memberships.setdefault(number, at)
            if found is not None:
                self._profiles.setdefault(number, found)


def stored_members(s: ReadSession, articles: Sequence[int]) -> list[Member]:
    """Those of these articles that have a profile, in their order."""
    found = {
        number: Member(number, at.story, at.day, has, at.fixed)
        for number, at, has in _memberships(s, articles)
        if has is not None
    }
    return [found[each] for each in articles if each in found]


def _memberships(
    s: ReadSession, articles: Sequence[int]
) -> Iterator[tuple[int, Membership, Profile | None]]:
    if not articles:
        return
    rows = s.connection.execute(_BY_ARTICLE, {"numbers": as_numbers(articles)}).all()
    for number, *at, packed in rows:
        yield number, Membership(*at), None if packed is None else unpack_profile(packed)
