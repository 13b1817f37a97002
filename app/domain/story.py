"""What tells an article from all others: by it articles of one event are found."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Profile:
    """What an article is about: its most telling words (lemmas) and names (marked with "@"), the
    weightiest first. Taken as a vector it is of the length `UNIT`, in whole numbers, so that sums
    are the same in every order."""

    keys: tuple[str, ...]
    weights: tuple[int, ...]


UNIT = 10_000
NAME_MARK = "@"
