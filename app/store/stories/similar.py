"""How an article is found among all others: by the keys of its profile that tell it from them."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import text

from app.domain.story import Member
from app.store.engine.column_types import to_days
from app.store.engine.sessions import ReadSession
from app.store.tables.stories import UNDATED

# After every day that a date can name.
_NEVER = -UNDATED


class SimilarSearch(NamedTuple):
    """How articles are sought that are like one: by so many of its keys, of each key so many that
    are nearest in time, not further than some days; and of all these so many that share most."""

    keys: int
    per_key: int
    days: int
    articles: int

    @property
    def most(self) -> int:
        """Entries of a key that a walk along the index takes: one may be the article's own."""
        return self.per_key + 1


class KeyEntry(NamedTuple):
    """What the index has of an article under a key; the day in days since 1970, or `UNDATED`."""

    article: int
    weight: int
    day: int


class _Walks(NamedTuple):
    """A key with the days of its walks along the index: back from `day` to `low`, on from it to
    `high`, and through `undated`."""

    key: str
    low: int
    day: int
    high: int
    undated: int


def similar_articles(s: ReadSession, new: Member, search: SimilarSearch) -> list[int]:
    """The ids of the articles that share most of an article's keys, those that share most first;
    by the products of their weights."""
    (found,) = entries_near(s, [new], search)
    return most_alike(new, found, search)


def entries_near(
    s: ReadSession, articles: Sequence[Member], search: SimilarSearch, besides: int = 0
) -> list[list[list[KeyEntry]]]:
    """For each article and each key that it is sought by, the entries of the index that are nearest
    to its day; `besides` more of each walk, for entries that the caller leaves out."""
    wanted = [_walks(each, search) for each in articles]
    at = {walks: n for n, walks in enumerate(dict.fromkeys(w for each in wanted for w in each))}
    found: list[list[KeyEntry]] = [[] for _ in at]
    for n, *entry in _walked(s, list(at), search.most + besides):
        found[n].append(KeyEntry(*entry))
    return [[found[at[walks]] for walks in each] for each in wanted]


def most_alike(
    new: Member, found: Sequence[Sequence[KeyEntry]], search: SimilarSearch
) -> list[int]:
    """The ids of the articles that share most of an article's keys, those that share most first;
    `found` are the entries of each of its keys."""
    middle = 0 if new.day is None else to_days(new.day)
    shared: defaultdict[int, int] = defaultdict(int)
    for entries, weight in zip(found, new.profile.weights, strict=False):
        near = [
            (0 if each.day == UNDATED or new.day is None else abs(each.day - middle), each)
            for each in _met(entries, new.day, search.most)
            if each.article != new.article
        ]
        if len(near) > search.per_key:
            near.sort(key=lambda entry: (entry[0], -entry[1].article))
        for _, each in near[: search.per_key]:
            shared[each.article] += each.weight * weight
    return sorted(shared, key=lambda each: (-shared[each], each))[: search.articles]


def is_near(entry: KeyEntry, day: date | None, search: SimilarSearch) -> bool:
    """Whether the walks from a day come by an entry at all."""
    if day is None or entry.day == UNDATED:
        return True
    return abs(entry.day - to_days(day)) <= search.days


def _met(entries: Sequence[KeyEntry], day: date | None, most: int) -> Sequence[KeyEntry]:
    """Of entries of one key, in whatever order, those that the walks from a day meet."""
    if len(entries) <= most:
        return entries
    back, on, undated = [], [], []
    middle = _NEVER if day is None else to_days(day)
    for each in entries:
        if each.day > middle:
            on.append(each)
        elif day is not None and each.day == UNDATED:
            undated.append(each)
        else:
            back.append(each)
    back.sort(key=lambda each: (-each.day, -each.article))
    on.sort(key=lambda each: (each.day, each.article))
    undated.sort(key=lambda each: -each.article)
    return [*back[:most], *on[:most], *undated[:most]]


def _walks(new: Member, search: SimilarSearch) -> list[_Walks]:
    if new.day is None:
        period = (UNDATED, _NEVER, UNDATED, _NEVER)
    else:
        middle = to_days(new.day)
        period = (middle - search.days, middle, middle + search.days, UNDATED)
    return [_Walks(key, *period) for key in new.profile.keys[: search.keys]]


def _walked(s: ReadSession, wanted: Sequence[_Walks], most: int) -> Iterator[Sequence[Any]]:
    """The entries that these walks meet, `most` each, behind the number of the walks."""
    if not wanted:
        return
    if s.connection.dialect.name == "postgresql":
        given: dict[str, object] = dict(
            zip(_Walks._fields, map(list, zip(*wanted, strict=True)), strict=True)
        )
        yield from s.connection.execute(_LATERAL, given | {"most": most})
        return
    for first in range(0, len(wanted), _TOGETHER):
        some = wanted[first : first + _TOGETHER]
        places = [
            place
            for each in some
            for place in (
                *(each.key, each.low, each.day, most),
                *(each.key, each.day, each.high, most),
                *(each.key, each.undated, most),
            )
        ]
        rows = s.connection.exec_driver_sql(_united(len(some)), tuple(places))
        for n, *entry in rows:
            yield first + n, *entry


# For each key three walks along the index, each broken off: back in time from a day, on from it,
# and through the undated.
_BACK = "day BETWEEN {} AND {} ORDER BY day DESC, article_id DESC LIMIT {}"
_ON = "day > {} AND day <= {} ORDER BY day, article_id LIMIT {}"
_UNDATED = "day = {} ORDER BY article_id DESC LIMIT {}"
# Keys of one statement where each has walks of its own in it.
_TOGETHER = 24


@cache
def _united(keys: int) -> str:
    return " UNION ALL ".join(
        f"SELECT * FROM (SELECT {n}, article_id, weight, day FROM profile_key "  # noqa: S608 - numbers and names of ours
        f"WHERE key = ? AND {walk.replace('{}', '?')})"
        for n in range(keys)
        for walk in (_BACK, _ON, _UNDATED)
    )


# On PostgreSQL all walks together, in a quarter of the time that a union for each article takes.
_WANTED = (
    "unnest(CAST(:key AS varchar[]), CAST(:low AS integer[]), CAST(:day AS integer[]), "
    "CAST(:high AS integer[]), CAST(:undated AS integer[])) "
    "WITH ORDINALITY AS wanted (key, low, middle, high, undated, n)"
)
_ENTRIES = " UNION ALL ".join(
    f"(SELECT article_id, weight, day FROM profile_key WHERE key = wanted.key AND {walk})"  # noqa: S608 - words of ours
    for walk in (
        _BACK.format("wanted.low", "wanted.middle", ":most"),
        _ON.format("wanted.middle", "wanted.high", ":most"),
        _UNDATED.format("wanted.undated", ":most"),
    )
)
_LATERAL = text(
    f"SELECT wanted.n - 1, found.* FROM {_WANTED} CROSS JOIN LATERAL ({_ENTRIES}) AS found"  # noqa: S608
)
