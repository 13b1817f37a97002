"""What stories and entities share when they are made anew: an order that does not tell when an
article came, and ids that stay."""

from collections.abc import Mapping
from datetime import date


def day_order(day: date | None, identity: str) -> tuple[date, str]:
    """The place of an article by what came with it; undated ones last. (Its id tells when it
    came.)"""
    return day or date.max, identity


def keep_ids(together: Mapping[tuple[int, int], int], kept: Mapping[int, int]) -> dict[int, int]:
    """The id of each group that has one already: the one in `kept`, else the old one that it
    shares most with and no other group has more claim to. `together` has how much an old id and a
    group share."""
    ids = dict(kept)
    taken = set(ids.values())
    for (old, group), _ in sorted(together.items(), key=lambda item: (-item[1], item[0])):
        if group not in ids and old not in taken:
            ids[group] = old
            taken.add(old)
    return ids
