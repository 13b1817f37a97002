"""Articles that are like one: found by the keys of its profile, nearest in time first."""

from collections import defaultdict
from functools import cache
from typing import NamedTuple

from sqlalchemy import TextClause, text

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


def similar_articles(s: ReadSession, new: Member, search: SimilarSearch) -> list[int]:
    """The ids of the articles that share most of an article's keys, those that share most first;
    by the products of their weights."""
    keys = list(zip(new.profile.keys, new.profile.weights, strict=True))[: search.keys]
    if not keys:
        return []
    if new.day is None:
        period = {"low": UNDATED, "day": _NEVER, "high": UNDATED, "undated": _NEVER}
        middle = 0
    else:
        middle = to_days(new.day)
        period = {
            "low": middle - search.days,
            "day": middle,
            "high": middle + search.days,
            "undated": UNDATED,
        }
    named = {f"key{n}": key for n, (key, _) in enumerate(keys)}
    rows = s.connection.execute(
        _search(len(keys)), {**named, **period, "most": search.per_key + 1}
    ).all()
    near: defaultdict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for n, number, weight, day in rows:
        if number != new.article:
            apart = 0 if day == UNDATED or new.day is None else abs(day - middle)
            near[n].append((apart, -number, weight))
    shared: defaultdict[int, int] = defaultdict(int)
    for n, found in near.items():
        for _, number, weight in sorted(found)[: search.per_key]:
            shared[-number] += weight * keys[n][1]
    return sorted(shared, key=lambda each: (-shared[each], each))[: search.articles]


@cache
def _search(keys: int) -> TextClause:
    """For each key three walks along the index, each broken off: back in time from a day, on from
    it, and through the undated."""
    parts = []
    for n in range(keys):
        for period, order in (
            ("day BETWEEN :low AND :day", "day DESC, article_id DESC"),
            ("day > :day AND day <= :high", "day, article_id"),
            ("day = :undated", "article_id DESC"),
        ):
            parts.append(
                f"SELECT * FROM (SELECT {n} AS n, article_id, weight, day FROM profile_key "  # noqa: S608 - numbers and names of ours
                f"WHERE key = :key{n} AND {period} ORDER BY {order} LIMIT :most) AS part"
            )
    return text(" UNION ALL ".join(parts))
