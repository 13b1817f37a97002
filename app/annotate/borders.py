"""Where a new sentence begins that no stop announces: behind datelines and signatures."""

import re
from collections.abc import Iterator

# 'LONDON (Reuters) - ', 'PARIS, March 3 (AP) — ', 'NEW YORK/CAIRO — ', 'Oslo (dpa) - '
_PLACE = r"[A-Z][A-Z.'’-]+(?:[ /][A-Z][A-Z.'’-]+){0,4}"
_WITH = r"(?:, [A-Z][\w.]{1,12}(?: \w{1,9}\.?)?){0,2}(?:, \d{1,2} [A-Z]\w+)?"
_AGENCY = r" ?\([A-Z][\w ./-]{1,30}\)"
_DATELINE = re.compile(
    rf"(?m:^)(?:{_PLACE}{_WITH}(?:{_AGENCY})?"
    rf"|[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){{0,3}}{_WITH}{_AGENCY})"
    # A small letter goes on with the sentence: 'UNESCO - the UN's body for culture - said'.
    r"\s?[-–—―]{1,2}\s(?![a-z])"
)
# What a post ends with: 'Ann Berg (@annberg) May 4, 2024'.
_SIGNATURE = re.compile(
    r"\(@\w{1,30}\)\s(?:[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4}|\d{1,2} [A-Z][a-z]{2,8}\.? \d{4})(?=\s|$)"
)


def borders(text: str) -> Iterator[int]:
    """The offsets behind the datelines that open a line and behind the signatures of posts: what
    stands before has no part in the sentence after it."""
    for found in _DATELINE.finditer(text):
        yield found.end()
    for found in _SIGNATURE.finditer(text):
        yield found.end()
