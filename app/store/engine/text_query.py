"""Full-text queries as people type them: plain words, "phrases", -not. Nothing else is syntax."""

import re
from dataclasses import dataclass

from app.errors import InvalidInput

MAX_PARTS = 50
_PART = re.compile(r"""(?P<minus>-?)(?:"(?P<phrase>[^"]*)(?:"|$)|(?P<word>[^\s"]+))""")


@dataclass(frozen=True, slots=True)
class TextQuery:
    """What must stand in a text, all of it, and what must not. Each is one or more words that
    follow one another."""

    wanted: tuple[str, ...]
    unwanted: tuple[str, ...]


def parse_query(q: str) -> TextQuery:
    """The query that a person typed. The parts hold no quotation mark; what has no letter or digit
    is left out. The index reads a part as it reads a text ("al-Assad" is two words in a row).

    Raises InvalidInput at `?q` where nothing is left to look for.
    """
    wanted: dict[str, None] = {}
    unwanted: dict[str, None] = {}
    for part in _PART.finditer(q.replace("“", '"').replace("”", '"').replace("„", '"')):
        phrase = part["word"] if part["phrase"] is None else part["phrase"]
        if any(map(str.isalnum, phrase)):
            (unwanted if part["minus"] else wanted)[" ".join(phrase.split())] = None
    if not wanted:
        raise InvalidInput(
            "q only says what is not wanted: name a word to look for"
            if unwanted
            else "q holds no word to look for"
        ).at("?q")
    if len(wanted) + len(unwanted) > MAX_PARTS:
        raise InvalidInput(f"q holds more than {MAX_PARTS} words and phrases").at("?q")
    return TextQuery(tuple(wanted), tuple(unwanted))
