"""Words of a language that resolution goes by: titles, particles, common words. They are data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import orjson

_FOLDER = Path(__file__).parent.parent / "data" / "resolve"


@dataclass(frozen=True, slots=True)
class Cues:
    """Word lists, all in lower case.

    `articles` open a name without being of it; `titles` stand before a person's name, `honorifics`
    are those that a surname alone may follow; `suffixes` close a person's name ("jr");
    `particles` belong to the surname that follows them; `first_names` are people's;
    `common_words` are words of the language that are also names or acronyms of something;
    `introductions` are words before a name that say that it is new ("identified as").

    `org_words` and `place_words` (with the type of place) close the name of such a thing;
    `person_nouns`, `place_nouns` and `org_nouns` say what somebody or something is;
    `place_prepositions` stand before places, `directions` ("northeast of") too; `institutions`
    are nouns that name one together with a country's adjective ("Syrian army"); `headline_words`
    are of no name though a headline writes them with a capital. `particles`, `suffixes` and
    `company_forms` ("Inc") are of no language.
    """

    headline_words: frozenset[str] = frozenset()
    company_forms: frozenset[str] = frozenset()
    articles: frozenset[str] = frozenset()
    titles: frozenset[str] = frozenset()
    honorifics: frozenset[str] = frozenset()
    suffixes: frozenset[str] = frozenset()
    particles: frozenset[str] = frozenset()
    first_names: frozenset[str] = frozenset()
    common_words: frozenset[str] = frozenset()
    introductions: frozenset[str] = frozenset()
    org_words: frozenset[str] = frozenset()
    person_nouns: frozenset[str] = frozenset()
    place_nouns: frozenset[str] = frozenset()
    org_nouns: frozenset[str] = frozenset()
    place_prepositions: frozenset[str] = frozenset()
    directions: frozenset[str] = frozenset()
    institutions: frozenset[str] = frozenset()
    place_words: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    @cache
    def of(cls, language: str) -> "Cues":
        """The lists of a language; for a language without a file only those of none."""
        path = _FOLDER / f"{language}.json"
        lists = orjson.loads((_FOLDER / "names.json").read_bytes())
        if path.is_file():
            lists |= orjson.loads(path.read_bytes())
        place_words = lists.pop("place_words", {})
        return cls(
            **{title: frozenset(words) for title, words in lists.items()}, place_words=place_words
        )
