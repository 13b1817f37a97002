"""Rows of made-up stories: articles that came one after another report one event."""

import sqlite3
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from app.domain.story import UNIT
from app.services.stories import SEARCH
from app.store.engine.packing import pack
from app.store.tables import profile, profile_key, story
from benchmarks.entity_rows import insert_rows, invented_name

_ARTICLES = 8
_KEYS, _OF_STORY = 64, 24
_WORDS = 20_000
_MICROSECONDS_A_DAY = 86_400_000_000


def story_of(number: int) -> int:
    """The id of the story of an article, by its number from 0."""
    return number // _ARTICLES + 1


def add_stories(
    connection: sqlite3.Connection,
    random: np.random.Generator,
    published: NDArray[np.int64],
    source: NDArray[np.int64],
) -> None:
    """Inserts the stories of articles of these outlets that came at these instants, with profiles
    by which articles of one story find each other."""
    insert_rows(connection, story, _stories(published, source))
    words = [invented_name(n * 31).replace(" ", "").lower() for n in range(_WORDS)]
    weights = np.cumsum(1.0 / (np.arange(_WORDS) + 50.0))
    shared: list[str] = []
    profiles, keys = [], []
    for number, instant in enumerate(published):
        if number % _ARTICLES == 0:
            shared = _drawn(random, words, weights, _OF_STORY)
        own = _drawn(random, words, weights, _KEYS)
        found = list(dict.fromkeys([*shared, *own]))[:_KEYS]
        weighed = np.sort(random.random(len(found)) + 0.2)[::-1]
        numbers = [round(each) for each in UNIT * weighed / np.sqrt((weighed**2).sum())]
        day = int(instant) // _MICROSECONDS_A_DAY
        profiles.append((number + 1, day, pack([found, numbers])))
        keys += [
            (key, day, number + 1, weight)
            for key, weight in zip(found[: SEARCH.keys], numbers[: SEARCH.keys], strict=True)
        ]
    insert_rows(connection, profile, profiles)
    insert_rows(connection, profile_key, sorted(keys))


def _stories(
    published: NDArray[np.int64], source: NDArray[np.int64]
) -> Iterator[tuple[object, ...]]:
    for first in range(0, len(published), _ARTICLES):
        some = published[first : first + _ARTICLES]
        outlets = len(set(source[first : first + _ARTICLES].tolist()))
        yield story_of(first), len(some), outlets, int(some.min()), int(some.max())


def _drawn(
    random: np.random.Generator, words: list[str], weights: NDArray[np.float64], count: int
) -> list[str]:
    drawn = np.searchsorted(weights, random.random(count) * weights[-1])
    return [words[n] for n in drawn]
