"""Words of a language that resolution goes by: titles, particles, common words. They are data."""

from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

import orjson

_FOLDER = Path(__file__).parent.parent / "data" / "resolve"


@dataclass(frozen=True, slots=True)
class Cues:
    """Word lists, all in lower case unless said.

    `articles` open a name without being of it; `titles` stand before a person's name, `honorifics`
    are those that a surname alone may follow; `suffixes` close a person's name ("jr");
    `particles` belong to the surname that follows them; `common_words` are words of the language
    that are also names or acronyms of something; `introductions` are words before a name that
    say that it is new ("identified as").
    """

    articles: frozenset[str]
    titles: frozenset[str]
    honorifics: frozenset[str]
    suffixes: frozenset[str]
    particles: frozenset[str]
    common_words: frozenset[str]
    introductions: frozenset[str]

    @classmethod
    @cache
    def of(cls, language: str) -> "Cues":
        """The lists of a language; empty ones for a language without a file."""
        path = _FOLDER / f"{language}.json"
        lists = orjson.loads(path.read_bytes()) if path.is_file() else {}
        return cls(**{field.name: frozenset(lists.get(field.name, ())) for field in fields(cls)})
