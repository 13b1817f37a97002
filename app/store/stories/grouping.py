"""The stories of articles as they are stored, and their moves within one transaction."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import select

from app.domain.story import Member, Profile
from app.domain.story_grouping import Membership, StoryGrouping
from app.store.changes import date_of, note, note_moves
from app.store.engine.bulk_writes import update_rows
from app.store.engine.parameters import as_numbers, numbers_of
from app.store.engine.sessions import ReadSession, WriteSession
from app.store.stories.counts import refresh_stories
from app.store.stories.membership import create_stories
from app.store.stories.profiles import drop_profiles, key_entries, store_profiles, unpack_profile
from app.store.stories.similar import (
    KeyEntry,
    SimilarSearch,
    entries_near,
    is_near,
    most_alike,
)
from app.store.tables import article, profile

_ARTICLE = article.c
_MEMBERSHIP = (_ARTICLE.id, _ARTICLE.story_id, _ARTICLE.published_day, _ARTICLE.story_fixed)
# Made once: several are sent for each batch, and making one takes longer than its answer.
_BY_ARTICLE = (
    select(*_MEMBERSHIP, profile.c.profile)
    .outerjoin_from(article, profile, profile.c.article_id == _ARTICLE.id)
    .where(_ARTICLE.id.in_(numbers_of("numbers")))
)
_BY_STORY = (
    select(*_MEMBERSHIP).where(_ARTICLE.story_id.in_(numbers_of("stories"))).order_by(_ARTICLE.id)
)
# Stories that begin here are numbered from here on until they are written: after all others.
_UNWRITTEN = 2**62
# The stories of so many of those most like an article are most of those that it is compared with.
_LIKELY = 4


class StoredGrouping(StoryGrouping):
    """The stories of the store, for the one transaction that lets articles join them: those of
    `analysed`, by id with the profiles that were found, are taken up one after another.

    What they need of the store is read for all of them at once; what changes is kept here until
    `flush` writes it, with the counts of all stories that were touched. An article finds those
    taken up before it as if each had been written in its turn.
    """

    def __init__(
        self, s: WriteSession, search: SimilarSearch, most: int, analysed: Mapping[int, Profile]
    ) -> None:
        super().__init__(most)
        self._s, self._search = s, search
        self._profiles: dict[int, Profile] = {}
        self._stories: dict[int, list[int]] = {}
        self._moved: dict[int, int | None] = {}
        self._came: dict[int, int | None] = {}
        self._went: dict[int, int] = {}
        self._touched: set[int] = set()
        self._begun = 0
        # Profiles taken up, and what the index would have of them.
        self._taken: dict[int, Profile] = {}
        self._entries: defaultdict[str, list[KeyEntry]] = defaultdict(list)
        self._found: dict[int, list[list[KeyEntry]]] = {}
        self._load(analysed)
        self._indexed = self._profiles.keys() & analysed.keys()
        self._read_ahead(
            [
                Member(each, None, self._memberships[each].day, found)
                for each, found in analysed.items()
                if found.keys and found != self._profiles.get(each)
            ]
        )

    def _read_ahead(self, wanted: Sequence[Member]) -> None:
        """Reads what most of these articles will ask for."""
        near = entries_near(self._s, wanted, self._search, besides=len(self._indexed))
        alike: list[list[int]] = []
        for each, entries in zip(wanted, near, strict=True):
            self._found[each.article] = entries
            alike.append(most_alike(each, entries, self._search))
        self._load(set().union(*alike))
        likely = {other for others in alike for other in others[:_LIKELY]}
        stories = {
            story
            for each in likely | self._indexed
            if (story := self._memberships[each].story) is not None
        }
        self._load_stories(stories)
        self._load(
            [
                each
                for story in stories
                if len(self._stories[story]) <= self._most
                for each in self._stories[story]
            ]
        )

    def take_up(self, article_id: int, found: Profile) -> Member | None:
        """Takes up the new profile of an article, and takes the article out of a story that it
        shares. Returns it as it stands then; None where nothing is to do: its profile is what it
        was, or says nothing."""
        known = self._profiles.get(article_id)
        at = self._memberships[article_id]
        if known == found and (at.story is not None or not found.keys):
            return None
        self._taken[article_id] = found
        if at.story is not None and not at.fixed:
            alone = len(self._articles_of(at.story)) == 1
            if not found.keys or not alone:
                self._move(article_id, None)
        if not found.keys:
            self._profiles.pop(article_id, None)
            return None
        self._profiles[article_id] = found
        for key, entry in key_entries(article_id, at.day, found, self._search.keys):
            self._entries[key].append(entry)
        at = self._memberships[article_id]
        return Member(article_id, at.story, at.day, found, at.fixed)

    def candidates(self, new: Member) -> list[Member]:
        """The articles that share most of the keys under which this one is indexed."""
        found = []
        for key, stored in zip(new.profile.keys, self._found[new.article], strict=False):
            taken = [e for e in self._entries[key] if is_near(e, new.day, self._search)]
            found.append([*(e for e in stored if e.article not in self._taken), *taken])
        return self._members(most_alike(new, found, self._search))

    def flush(self) -> None:
        """Writes the profiles, the moves, and the counts of the stories that they touched."""
        drop_profiles(self._s, self._taken.keys() & self._indexed)
        store_profiles(
            self._s,
            [
                (each, self._memberships[each].day, found)
                for each, found in self._taken.items()
                if found.keys
            ],
            self._search.keys,
        )
        self._number_stories()
        at = date_of(self._s, "article", self._moved)
        update_rows(
            self._s.connection,
            article,
            ("story_id", "updated_at"),
            [(each, to, at) for each, to in sorted(self._moved.items())],
        )
        self._note_moved()
        refresh_stories(self._s, self._touched, self._went)

    def _number_stories(self) -> None:
        """Creates the stories that began here, and names them by their ids from now on."""
        made = create_stories(self._s, self._begun)
        ids = dict(zip(range(_UNWRITTEN, _UNWRITTEN + self._begun), made, strict=True))
        self._moved = {
            each: None if to is None else ids.get(to, to) for each, to in self._moved.items()
        }
        self._went = {ids.get(was, was): ids.get(to, to) for was, to in self._went.items()}
        self._touched = {ids.get(each, each) for each in self._touched}

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
            self._load_stories([story])
        return self._stories[story]

    def _load_stories(self, stories: Collection[int]) -> None:
        """Loads which articles are in these stories, none of which is loaded yet."""
        rows: Sequence[Any] = ()
        if written := [each for each in stories if each < _UNWRITTEN]:
            rows = self._s.connection.execute(_BY_STORY, {"stories": as_numbers(written)}).all()
        held: dict[int, list[int]] = {each: [] for each in stories}
        for number, story, *rest in rows:
            at = self._memberships.setdefault(number, Membership(story, *rest))
            # One that was loaded before may have left meanwhile.
            if at.story == story:
                held[story].append(number)
        for each, to in self._moved.items():
            if to in held and each not in held[to]:
                held[to].append(each)
        self._stories |= held

    def _new_story(self) -> int:
        self._begun += 1
        return _UNWRITTEN + self._begun - 1

    def _members(self, articles: Collection[int]) -> list[Member]:
        self._load(articles)
        return [
            Member(each, at.story, at.day, self._profiles[each], at.fixed)
            for each in articles
            if each in self._profiles
            for at in (self._memberships[each],)
        ]

    def _load(self, articles: Collection[int]) -> None:
        missing = [
            each
            for each in articles
            if each not in self._taken
            and (each not in self._memberships or each not in self._profiles)
        ]
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
