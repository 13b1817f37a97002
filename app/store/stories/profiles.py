"""Profiles: what articles are about, stored so that those like them find them."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import cast

from sqlalchemy import bindparam, delete, select, update

from app.domain.story import Profile
from app.store.engine.bulk_writes import upsert
from app.store.engine.column_types import to_days
from app.store.engine.packing import pack
from app.store.engine.parameters import numbers
from app.store.engine.sessions import ReadSession, WriteSession
from app.store.stories.similar import KeyEntry
from app.store.tables import profile, profile_key
from app.store.tables.stories import UNDATED


def store_profiles(
    s: WriteSession, found: Sequence[tuple[int, date | None, Profile]], indexed: int
) -> None:
    """Stores the profiles of articles, each with its day. `indexed` keys of each find it."""
    upsert(
        s.connection,
        profile,
        ("article_id", "day", "profile"),
        [
            (number, UNDATED if day is None else to_days(day), pack([each.keys, each.weights]))
            for number, day, each in found
        ],
    )
    upsert(
        s.connection,
        profile_key,
        ("key", "day", "article_id", "weight"),
        [
            (key, entry.day, number, entry.weight)
            for number, day, each in found
            for key, entry in key_entries(number, day, each, indexed)
        ],
    )


def key_entries(
    article_id: int, day: date | None, found: Profile, indexed: int
) -> Iterator[tuple[str, KeyEntry]]:
    """What the index has of an article: `indexed` keys, each with its entry."""
    on = UNDATED if day is None else to_days(day)
    for key, weight in zip(found.keys[:indexed], found.weights[:indexed], strict=True):
        yield key, KeyEntry(article_id, weight, on)


def drop_profiles(s: WriteSession, article_ids: Collection[int]) -> None:
    """Deletes the profiles of articles: those like them find them no more."""
    if not article_ids:
        return
    rows = s.connection.execute(select(profile).where(profile.c.article_id.in_(article_ids))).all()
    gone = [
        {"the_key": key, "the_day": row.day, "the_article": row.article_id}
        for row in rows
        for key in unpack_profile(row.profile).keys
    ]
    if gone:
        keys = profile_key.c
        s.connection.execute(
            delete(profile_key).where(
                keys.key == bindparam("the_key"),
                keys.day == bindparam("the_day"),
                keys.article_id == bindparam("the_article"),
            ),
            gone,
        )
        s.connection.execute(delete(profile).where(profile.c.article_id.in_(article_ids)))


def redate_profile(s: WriteSession, article_id: int, day: date | None) -> None:
    """Moves the profile of an article to another day of publication."""
    row = s.connection.execute(select(profile).where(profile.c.article_id == article_id)).first()
    to = UNDATED if day is None else to_days(day)
    if row is None or row.day == to:
        return
    keys = profile_key.c
    s.connection.execute(
        update(profile_key)
        .where(
            keys.key.in_(unpack_profile(row.profile).keys),
            keys.day == row.day,
            keys.article_id == article_id,
        )
        .values(day=to)
    )
    s.connection.execute(update(profile).where(profile.c.article_id == article_id).values(day=to))


def stored_profiles(s: ReadSession, article_ids: Collection[int]) -> dict[int, Profile]:
    """The profiles of those of the articles that have one."""
    rows = s.connection.execute(
        select(profile.c.article_id, profile.c.profile).where(
            profile.c.article_id.in_(numbers(article_ids))
        )
    )
    return {number: unpack_profile(packed) for number, packed in rows}


def unpack_profile(packed: object) -> Profile:
    """A profile as it was before it was kept."""
    keys, weights = cast(tuple[list[str], list[int]], packed)
    return Profile(tuple(keys), tuple(weights))
