"""Rows of made-up entities, with every count that is kept of them."""

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Table

from app.domain.annotation import TYPES
from app.domain.names import name_key, name_skeleton

SOURCES = 50
_SYLLABLES = tuple(c + v for c in "bdfgklmnprstvz" for v in "aeiou")

type Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Draw:
    """Which entity stands in which article, ascending by article, how often; and the articles."""

    article: Ints
    entity: Ints
    mentions: Ints
    source: Ints
    published: Ints


def invented_name(number: int) -> str:
    """A name that no other number has."""
    digits = []
    rest = number + 1
    while rest:
        rest, digit = divmod(rest, len(_SYLLABLES))
        digits.append(_SYLLABLES[digit])
    family = "".join(digits).capitalize()
    return f"{_SYLLABLES[number * 7 % len(_SYLLABLES)].capitalize()}a {family}"


def entities(draw: Draw, names: list[str]) -> Iterator[tuple[object, ...]]:
    """Rows of `entity`."""
    mentions = np.bincount(draw.entity, draw.mentions).astype(int)
    articles = np.bincount(draw.entity)
    for number in np.flatnonzero(articles):
        name = names[number]
        kind = TYPES[(number * 3) % 10 if number % 4 == 0 else (0, 3, 4)[number % 3]]
        yield (
            int(number) + 1,
            kind,
            int(mentions[number]),
            int(articles[number]),
            name,
            name_key(name),
            name_skeleton(name),
            *(None,) * 5,
        )


def aliases(draw: Draw, names: list[str]) -> Iterator[tuple[object, ...]]:
    """Rows of `alias`."""
    mentions = np.bincount(draw.entity, draw.mentions).astype(int)
    articles = np.bincount(draw.entity)
    for number in np.flatnonzero(articles):
        full, short = names[number], names[number].split()[1]
        rest = int(mentions[number] - articles[number])
        for surface, count in sorted([(full, int(articles[number])), (short, rest)]):
            if count:
                key, skeleton = name_key(surface), name_skeleton(surface)
                yield int(number) + 1, surface, key, skeleton, count


def entity_keys(draw: Draw, names: list[str]) -> Iterator[tuple[object, ...]]:
    """Rows of `entity_key`."""
    articles = np.bincount(draw.entity)
    for number in np.flatnonzero(articles):
        yield int(number) + 1, name_key(names[number]), int(articles[number])


def entity_sources(draw: Draw) -> Iterator[tuple[object, ...]]:
    """Rows of `entity_source`."""
    pairs = draw.entity * SOURCES + draw.source[draw.article]
    unique, inverse, articles = np.unique(pairs, return_inverse=True, return_counts=True)
    mentions = np.bincount(inverse, draw.mentions).astype(int)
    for pair, in_mentions, in_articles in zip(unique, mentions, articles, strict=True):
        entity, source = divmod(int(pair), SOURCES)
        yield entity + 1, source + 1, int(in_mentions), int(in_articles)


def entity_months(draw: Draw) -> Iterator[tuple[object, ...]]:
    """Rows of `entity_month`."""
    instants = draw.published.astype("datetime64[us]")
    # numpy counts months from 1970, the store from the year 0.
    months = instants.astype("datetime64[M]").astype(np.int64) + 1970 * 12
    last = int(months.max()) + 1
    pairs = (draw.entity * last + months[draw.article]) * SOURCES + draw.source[draw.article]
    unique, inverse, articles = np.unique(pairs, return_inverse=True, return_counts=True)
    mentions = np.bincount(inverse, draw.mentions).astype(int)
    for pair, in_mentions, in_articles in zip(unique, mentions, articles, strict=True):
        rest, source = divmod(int(pair), SOURCES)
        entity, month = divmod(rest, last)
        yield entity + 1, month, source + 1, int(in_mentions), int(in_articles)


def insert_rows(
    connection: sqlite3.Connection, table: Table, rows: Iterable[tuple[object, ...]]
) -> None:
    """Inserts rows in the order of the columns; those at the end that rows lack stay empty."""
    rows = iter(rows)
    first = next(rows, None)
    if first is None:
        return
    names = ", ".join(f'"{column.name}"' for column in list(table.columns)[: len(first)])
    places = ", ".join("?" for _ in first)
    connection.executemany(
        f'INSERT INTO "{table.name}" ({names}) VALUES ({places})', chain([first], rows)
    )
