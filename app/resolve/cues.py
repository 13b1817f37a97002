"""Words of a language that resolution goes by: titles, particles, common words. They are data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from app.languages import ALL, load

type Words = frozenset[str]


@dataclass(frozen=True, slots=True)
class NameCues:
    """The words of one language that names are resolved by, in lower case but for `no_names`. A
    language leaves empty what it has no use for."""

    # --- names

    # Open a name without being of it: 'the'.
    articles: Words = frozenset()
    # May follow a name that the model took too long: 'monday'.
    closing_words: Words = frozenset()
    # Words of the language that are a name or an acronym of something too: 'who', 'amazon'.
    common_words: Words = frozenset()
    # Of no name, though a headline writes them with a capital: 'accuses'.
    headline_words: Words = frozenset()
    # Short forms of common words, as they are written: 'TV'.
    no_names: Words = frozenset()
    # Open an event's name: the 'battle' of 'Battle of X'.
    event_openings: Words = frozenset()
    # Stand within names, in lower case: 'of', 'de'.
    inner_words: Words = frozenset()
    # Stand between two names: 'and'.
    conjunctions: Words = frozenset()

    # --- people

    # Stand before a person's name: 'minister'.
    titles: Words = frozenset()
    # Those of them that a surname alone may follow: 'mrs'.
    honorifics: Words = frozenset()
    # 'ada'.
    first_names: Words = frozenset()
    # Say that a name is new to the text: 'identified' as X.
    introductions: Words = frozenset()
    # Say whose relative somebody is: 'wife'.
    kin: Words = frozenset()
    # Say what somebody is: 'singer'.
    person_nouns: Words = frozenset()
    # Say what only people do: 'marry'.
    person_verbs: Words = frozenset()
    # Take up people alone: 'she'.
    person_pronouns: Words = frozenset()
    # Open a clause about a person: ', who '.
    who: Words = frozenset()
    # Belong to the surname behind them, in any language: 'al', 'von'.
    particles: Words = frozenset()
    # Close a person's name, in any language: 'jr'.
    suffixes: Words = frozenset()

    # --- places

    # Close a name (or open it), with the type of what it names: 'river' "LOC".
    place_words: Mapping[str, str] = field(default_factory=dict)
    # Say what a place is: 'village'.
    place_nouns: Words = frozenset()
    # Stand before places alone: 'near'.
    place_prepositions: Words = frozenset()
    # Stand before places, and people too: 'to'.
    path_prepositions: Words = frozenset()
    # Stand before a place: 'northeast' of X.
    directions: Words = frozenset()
    # Are of what a town has, behind its name: 'police'.
    local_words: Words = frozenset()
    # Stand behind a town's name: the 'harbour' of 'Kiel harbour'.
    surroundings: Words = frozenset()

    # --- organisations

    # Close (or open) an organisation's name: 'academy'.
    org_words: Words = frozenset()
    # Say what an organisation is: 'airline'.
    org_nouns: Words = frozenset()
    # Are of a company's name: 'motors'.
    company_words: Words = frozenset()
    # Close a company's name, in any language: 'inc'.
    company_forms: Words = frozenset()
    # Name something together with a country's adjective: the 'army' of 'Syrian army'.
    institutions: Words = frozenset()

    # --- ships

    # Say what a ship is: 'ferry'.
    vessel_nouns: Words = frozenset()
    # Are of a ship: 'hull'.
    vessel_parts: Words = frozenset()
    # Say where the people of a ship are: 'on board'.
    aboard: Words = frozenset()

    # --- grammar

    # Join a noun to the name behind it: 'of'.
    genitives: Words = frozenset()
    # Say what something is, as lemmas: 'be'.
    copulas: Words = frozenset()
    # May stand before a short form in brackets: the 'or the' of '(or the EU)'.
    bracket_words: Words = frozenset()
    # Types that the language's models give to more than they say: French "LOC" to every place.
    coarse_types: Words = frozenset()
    # Which word of a name tells what it names: "last" ('Aswan Dam') or "first" ('Lac Léman').
    heads: str = "last"

    @classmethod
    @cache
    def of(cls, language: str) -> "NameCues":
        """The lists of a language, with those that hold in every language."""
        lists = {**load(ALL, "resolution"), **load(language, "resolution")}
        place_words = lists.pop("place_words", {})
        heads = lists.pop("heads", "last")
        return cls(
            **{title: frozenset(words) for title, words in lists.items()},
            place_words=place_words,
            heads=heads,
        )
