"""Where a new sentence begins that no stop announces: behind datelines and signatures."""

import re
from collections.abc import Iterator

from app.domain.datelines import DATELINE

# What a post ends with: 'Ann Berg (@annberg) May 4, 2024'.
_SIGNATURE = re.compile(
    r"\(@\w{1,30}\)\s(?:[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4}|\d{1,2} [A-Z][a-z]{2,8}\.? \d{4})(?=\s|$)"
)


def borders(text: str) -> Iterator[int]:
    """The offsets behind the datelines that open a line and behind the signatures of posts: what
    stands before has no part in the sentence after it."""
    for found in DATELINE.finditer(text):
        yield found.end()
    for found in _SIGNATURE.finditer(text):
        yield found.end()
