"""How alike articles are: the cosine of their profiles, less the further apart their days are.

Two that tell of different names in the same words (match reports, obituaries) are of one template
and of two events: they are not alike at all.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from app.domain.story import NAME_MARK, UNIT, YEAR_MARK, Member, Profile, SharedKey, key_kind

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

type Matrix = NDArray[np.float64]

# Days after which two articles that say the same are half as alike. Long: what a story turns on
# (a trial, a leak) comes back after weeks, what is another event mostly has other names, and beyond
# half a year no article is looked at. At 120 follow-ups fell out of their event.
HALF_LIKE_DAYS = 365
# The words but the names of two articles of one template have at least this cosine, squared, as a
# fraction: 0.75. No two reports of one event on the public data that are so alike differ in what
# they name first, and all templates that were tried are more alike.
_TEMPLATE = (9, 16)
# So many of an article's weightiest names say of whom it tells.
_FIRST_NAMES = 2
# Less alike, names and all, no story takes two articles: they need not be looked at.
_LEAST_OF_TEMPLATE = 0.1


def likenesses(profiles: Sequence[Profile], days: Sequence[date | None]) -> Matrix:
    """The likeness of each two articles, in whole ten-thousandths (0 to `UNIT`): sums of them are
    exact, in whatever order. An article without a day is as near to one day as to another."""
    # Here and in `joining`: a tenth of a second that a service without new articles need not spend.
    import numpy as np

    vectors = _vectors(profiles)
    cosines = vectors @ vectors.T / UNIT
    when = np.array([np.nan if day is None else day.toordinal() for day in days])
    apart = np.nan_to_num(np.abs(when[:, None] - when[None, :]))
    alike: Matrix = np.minimum(np.rint(cosines / (1 + apart / HALF_LIKE_DAYS)), UNIT)
    told = [_told(each) for each in profiles]
    for one, other in np.argwhere(np.triu(alike, 1) >= UNIT * _LEAST_OF_TEMPLATE):
        if _of_one_template(told[one], told[other]):
            alike[one, other] = alike[other, one] = 0
    return alike


def likenesses_to(one: Member, others: Sequence[Member]) -> list[float]:
    """The likeness of an article to each of the others, as `likenesses` has it."""
    told = _told(one.profile)
    found = []
    for other in others:
        its = _told(other.profile)
        apart = 0
        if one.day is not None and other.day is not None:
            apart = abs((one.day - other.day).days)
        common = told.weights.keys() & its.weights.keys()
        products = sum(told.weights[key] * its.weights[key] for key in common)
        alike = round(products / UNIT / (1 + apart / HALF_LIKE_DAYS))
        if alike >= UNIT * _LEAST_OF_TEMPLATE and _of_one_template(told, its):
            alike = 0
        found.append(float(min(alike, UNIT)))
    return found


@dataclass(frozen=True, slots=True)
class _Told:
    """A profile in parts: the weights of its keys, its weightiest names, all its names and words,
    and the words that are in none of its names, with the sum of the squares of their weights."""

    weights: Mapping[str, int]
    first: tuple[str, ...]
    names: frozenset[str]
    words: Mapping[str, int]
    square: int

    @classmethod
    def of(cls, profile: Profile) -> "_Told":
        names = [key.removeprefix(NAME_MARK) for key in profile.keys if key[0] == NAME_MARK]
        every = frozenset(names).union(*(name.split() for name in names))
        words = {
            key: weight
            for key, weight in zip(profile.keys, profile.weights, strict=True)
            if key[0] not in (NAME_MARK, YEAR_MARK)
        }
        own = {key: weight for key, weight in words.items() if key not in every}
        return cls(
            dict(zip(profile.keys, profile.weights, strict=True)),
            tuple(names[:_FIRST_NAMES]),
            every | words.keys(),
            own,
            sum(weight * weight for weight in own.values()),
        )

    def lacks(self, other: "_Told") -> bool:
        """Whether one of the other's first names is nowhere here, nor a word of it."""
        return any(
            name not in self.names and self.names.isdisjoint(name.split()) for name in other.first
        )


# One article is compared with many, and many with one. Each takes some ten kilobytes.
_told = lru_cache(maxsize=192)(_Told.of)


def _of_one_template(one: _Told, other: _Told) -> bool:
    if not (one.lacks(other) and other.lacks(one)):
        return False
    product = sum(weight * other.words.get(key, 0) for key, weight in one.words.items())
    least, of = _TEMPLATE
    return product > 0 and of * product * product >= least * one.square * other.square


def _vectors(profiles: Sequence[Profile]) -> Matrix:
    import numpy as np

    # The order of the columns does not matter: sums of whole numbers are exact.
    every = set[str]().union(*(each.keys for each in profiles))
    column = dict(zip(every, range(len(every)), strict=True)).__getitem__
    vectors = np.zeros((len(profiles), len(every)))
    for row, each in enumerate(profiles):
        vectors[row, list(map(column, each.keys))] = each.weights
    return vectors


def shared(one: Profile, other: Profile) -> list[SharedKey]:
    """What two articles share, each with its part in the cosine of their profiles (0..1, rounded
    to six digits), the largest first."""
    own = dict(zip(one.keys, one.weights, strict=True))
    products = {
        key: own[key] * weight
        for key, weight in zip(other.keys, other.weights, strict=True)
        if key in own
    }
    whole = sum(products.values())
    found = sorted(products, key=lambda key: (-products[key], key))
    return [SharedKey(*key_kind(key), round(products[key] / whole, 6)) for key in found]
