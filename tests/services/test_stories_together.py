"""Articles that come together join the stories that they would join one after another."""

import random
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from sqlalchemy import select

from app.domain.story import NO_PROFILE, UNIT, Profile
from app.store.engine.sessions import Store
from app.store.stories.grouping import StoredGrouping
from app.store.stories.similar import SimilarSearch
from app.store.tables import article, profile, profile_key, story
from app.stories.indexing import INDEXED_KEYS
from app.stories.stream import add
from tests.services.events import send
from tests.store.desk import new_store
from tests.store.recount import assert_stories_hold

# So little is looked at that it matters which articles are nearest.
SEARCH = SimilarSearch(INDEXED_KEYS, per_key=2, days=9, articles=3)
MOST = 3
DAYS = ("2024-03-01", "2024-03-02", "2024-03-09", "2024-03-20", None)


def drawn(random_: random.Random) -> Profile:
    """A profile of a few words out of few; now and then one that says nothing."""
    words = random_.sample("abcdefg", random_.randint(0, 5))
    length = sum(range(1, len(words) + 1)) or 1
    weights = tuple(round(UNIT * n / length) for n in range(len(words), 0, -1))
    return Profile(tuple(words), weights) if words else NO_PROFILE


def join(store: Store, found: Sequence[tuple[int, Profile]], at_once: int) -> None:
    for start in range(0, len(found), at_once):
        some = dict(found[start : start + at_once])
        with store.write() as s:
            grouping = StoredGrouping(s, SEARCH, MOST, some)
            for number, each in some.items():
                new = grouping.take_up(number, each)
                if new is not None:
                    add(grouping, new)
            grouping.flush()


def standing(store: Store) -> Mapping[str, Sequence[object]]:
    """What is stored of stories and profiles."""
    with store.read() as s:
        assert_stories_hold(s)
        return {
            "stories": s.connection.execute(
                select(article.c.id, article.c.story_id).order_by(article.c.id)
            ).all(),
            "profiles": s.connection.execute(select(profile).order_by(profile.c.article_id)).all(),
            "keys": sorted(map(tuple, s.connection.execute(select(profile_key)))),
            "counts": s.connection.execute(
                select(story.c.id, story.c.articles, story.c.sources).order_by(story.c.id)
            ).all(),
        }


@pytest.mark.parametrize("seed", range(4))
def test_how_many_come_together_makes_no_difference(tmp_path: Path, seed: int) -> None:
    left = []
    for at_once in (1, 5, 40):
        folder = tmp_path / str(at_once)
        folder.mkdir()
        random_ = random.Random(seed)
        with new_store(folder) as store:
            sent = [
                send(store, f"report {n}", f"{n}", source="Star", day=random_.choice(DAYS))
                for n in range(40)
            ]
            first = [(each, drawn(random_)) for each in sent]
            again = [(each, drawn(random_)) for each in sent[::3]]
            join(store, first, at_once)
            once = standing(store)
            join(store, again, at_once)
            left.append((once, standing(store)))
    assert left[0] == left[1] == left[2]
    assert len(left[0][0]["counts"]) > 3
