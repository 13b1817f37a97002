"""What the articles around two names have in common, where the names alone say too little."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from app.domain.story import UNIT, YEAR_MARK, Profile, key_kind

# Two articles of unrelated news are less alike than this in 19 of 20 cases, two of one event more
# alike in 19 of 20 (ECB+, what names the thing itself left out).
ENOUGH = 0.05
# Keys of a profile below which a text is too short to say what it is about.
_TOLD = 12
# Articles that stand for all that name an entity: the last ones.
SEEN = 4
# Years after which two articles that say the same are half as alike.
_HALF_LIKE_DAYS = 365
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Context:
    """What an article that names something is about, and its day. `article` orders articles."""

    article: int
    day: date | None
    profile: Profile


@dataclass(frozen=True, slots=True)
class Nearness:
    """How alike two articles are (0..1) by the words and names in them, and by which most."""

    likeness: float
    shared: tuple[str, ...]


UNKNOWN = Nearness(ENOUGH, ())


def nearness(own: Context, seen: Iterable[Context], names: Collection[str]) -> Nearness:
    """The greatest likeness of an article to one of those that name an entity; the words of the
    compared `names` (keys) themselves do not count. UNKNOWN where an article is too short to say
    what it is about: that is no evidence either way."""
    told = [each for each in seen if _tells(each)]
    if not _tells(own) or not told:
        return UNKNOWN
    words = {word for name in names for word in name.split()}
    weights = {
        key: weight
        for key, weight in zip(own.profile.keys, own.profile.weights, strict=True)
        # A year is common to all that happens in it.
        if not key.startswith(YEAR_MARK) and not words.issuperset(key_kind(key)[0].split())
    }
    return max((_near(own, weights, each) for each in told), key=lambda near: near.likeness)


def latest(seen: Sequence[Context], new: Context) -> tuple[Context, ...]:
    """The contexts of an entity once one more article names it: those of the last SEEN articles."""
    others = [each for each in seen if each.article != new.article]
    return tuple(sorted([*others, new], key=lambda each: -each.article)[:SEEN])


def _tells(context: Context) -> bool:
    return len(context.profile.keys) >= _TOLD


def _near(own: Context, weights: dict[str, int], other: Context) -> Nearness:
    products = {
        key: weights[key] * weight
        for key, weight in zip(other.profile.keys, other.profile.weights, strict=True)
        if key in weights
    }
    days = 0 if own.day is None or other.day is None else abs((own.day - other.day).days)
    likeness = sum(products.values()) / UNIT**2 / (1 + days / _HALF_LIKE_DAYS)
    most = sorted(products, key=lambda key: (-products[key], key))[:_SHOWN]
    return Nearness(min(likeness, 1.0), tuple(key_kind(key)[0] for key in most))
