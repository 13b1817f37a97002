"""Words of a language that resolution goes by: titles, particles, common words. They are data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from app.languages import ALL, load


@dataclass(frozen=True, slots=True)
class Cues:
    """Word lists, in lower case but for `no_names`.

    Of names: `articles` open one without being of it, `closing_words` ("Monday") may follow one;
    `common_words` are words of the language that are also names or acronyms of something;
    `headline_words` are of no name though a headline writes them with a capital; `no_names` are
    short forms of common words ("TV"). `event_openings` open an event's name ("Battle of").

    Of people: `titles` stand before a person's name, `honorifics` are those that a surname alone
    may follow; `first_names`; `introductions` say that a name is new ("identified as"); `kin` say
    whose relative somebody is; `person_nouns` say what somebody is, `person_verbs` what only people
    do; `person_pronouns` take up people alone.

    Of places: `place_words` close a name, each with its type (events and laws too); `place_nouns`
    say what it is; `place_prepositions` and `directions` ("northeast of") stand before it,
    `path_prepositions` ("to") before people too; `local_words` are of what a town has ("police"),
    `surroundings` stand behind its name ("Kiel harbour").

    Of organisations: `org_words` close a name, `org_nouns` say what it is, `company_words` are
    those of companies; `institutions` name one together with a country's adjective ("Syrian army").

    Of ships: `vessel_nouns` say what it is, `vessel_parts` are of one ("the Vasa's hull"), `aboard`
    says where its people are.

    Of grammar: `genitives` ("of") join a noun to a name, `copulas` say what something is, `who`
    opens a clause about a person, `bracket_words` ("or the") before a
    short form in brackets, `inner_words` stand within names, `conjunctions` between two of
    them; `heads` says which word of a name tells what it is, the "first" or the "last".
    `coarse_types` are those that the language's models give to more than they say (French: LOC to
    every place).

    Of no language: `particles` belong to the surname that follows them, `suffixes` close a
    person's name ("jr"), `company_forms` a company's ("Inc").
    """

    headline_words: frozenset[str] = frozenset()
    company_forms: frozenset[str] = frozenset()
    articles: frozenset[str] = frozenset()
    no_names: frozenset[str] = frozenset()
    event_openings: frozenset[str] = frozenset()
    closing_words: frozenset[str] = frozenset()
    titles: frozenset[str] = frozenset()
    honorifics: frozenset[str] = frozenset()
    suffixes: frozenset[str] = frozenset()
    particles: frozenset[str] = frozenset()
    first_names: frozenset[str] = frozenset()
    common_words: frozenset[str] = frozenset()
    introductions: frozenset[str] = frozenset()
    org_words: frozenset[str] = frozenset()
    person_verbs: frozenset[str] = frozenset()
    person_pronouns: frozenset[str] = frozenset()
    person_nouns: frozenset[str] = frozenset()
    company_words: frozenset[str] = frozenset()
    local_words: frozenset[str] = frozenset()
    kin: frozenset[str] = frozenset()
    place_nouns: frozenset[str] = frozenset()
    org_nouns: frozenset[str] = frozenset()
    place_prepositions: frozenset[str] = frozenset()
    path_prepositions: frozenset[str] = frozenset()
    directions: frozenset[str] = frozenset()
    institutions: frozenset[str] = frozenset()
    genitives: frozenset[str] = frozenset()
    bracket_words: frozenset[str] = frozenset()
    copulas: frozenset[str] = frozenset()
    who: frozenset[str] = frozenset()
    inner_words: frozenset[str] = frozenset()
    conjunctions: frozenset[str] = frozenset()
    coarse_types: frozenset[str] = frozenset()
    surroundings: frozenset[str] = frozenset()
    vessel_nouns: frozenset[str] = frozenset()
    vessel_parts: frozenset[str] = frozenset()
    aboard: frozenset[str] = frozenset()
    place_words: Mapping[str, str] = field(default_factory=dict)
    heads: str = "last"

    @classmethod
    @cache
    def of(cls, language: str) -> "Cues":
        """The lists of a language; for a language without a file only those of none."""
        lists = {**load(ALL, "resolution"), **load(language, "resolution")}
        place_words = lists.pop("place_words", {})
        heads = lists.pop("heads", "last")
        return cls(
            **{title: frozenset(words) for title, words in lists.items()},
            place_words=place_words,
            heads=heads,
        )
