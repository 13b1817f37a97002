"""How alike articles are: the cosine of their profiles, less the further apart their days are."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from app.domain.story import UNIT, Member, Profile, SharedKey, key_kind

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

type Matrix = NDArray[np.float64]

# Days after which two articles that say the same are half as alike. Long: what a story turns on
# (a trial, a leak) comes back after weeks, and what is another event mostly has other names.
HALF_LIKE_DAYS = 120


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
    return alike


def likenesses_to(one: Member, others: Sequence[Member]) -> list[float]:
    """The likeness of an article to each of the others, as `likenesses` has it."""
    own = dict(zip(one.profile.keys, one.profile.weights, strict=True))
    found = []
    for other in others:
        apart = 0
        if one.day is not None and other.day is not None:
            apart = abs((one.day - other.day).days)
        products = sum(
            own[key] * weight
            for key, weight in zip(other.profile.keys, other.profile.weights, strict=True)
            if key in own
        )
        alike = round(products / UNIT / (1 + apart / HALF_LIKE_DAYS))
        found.append(float(min(alike, UNIT)))
    return found


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
