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
    # Those of them that say that the text has told of it: 'the'.
    definite_articles: Words = frozenset()
    # May follow a name that the model took too long: 'monday'.
    closing_words: Words = frozenset()
    # Words of the language that are a name or an acronym of something too: 'who', 'amazon'.
    common_words: Words = frozenset()
    # The ten thousand most common words (those of `frequencies`): 'river', 'london'.
    vocabulary: Words = frozenset()
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
    # Stand before those: 'her'.
    owners: Words = frozenset()
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
    # Vietnamese surnames, which stand before the other names: 'nguyen'.
    family_openings: Words = frozenset()
    # Korean and Chinese surnames, before a given name with a hyphen: 'kim'.
    hyphened_families: Words = frozenset()
    # End surnames that are a parent's name, whose bearers go by their first: 'dóttir'.
    patronymics: Words = frozenset()
    # Pet forms of first names, with the form in full: 'bob' "robert".
    pet_names: Mapping[str, str] = field(default_factory=dict)
    # First names that tell a man, a woman (those of `references`).
    male_names: Words = frozenset()
    female_names: Words = frozenset()
    # Titles that do: 'mr', 'mrs'.
    male_honorifics: Words = frozenset()
    female_honorifics: Words = frozenset()
    # Open the title of a peer, which a place closes: the 'duke' of 'Duke of X'.
    nobility: Words = frozenset()
    # Behind a person's name and a comma, as they are written without their dots: 'PhD'.
    degrees: Words = frozenset()
    # Stand before the state of a member of a parliament: the 'R' of 'R-Texas'.
    party_marks: Words = frozenset()
    # Who is of a party, in the singular: 'democrat'.
    party_members: Words = frozenset()
    # Names of places that are first names too: 'florence'.
    place_first_names: Words = frozenset()
    # Of `place_words` those that are surnames too: 'marsh'.
    landform_surnames: Words = frozenset()

    # --- places

    # Close a name (or open it), with the type of what it names: 'river' "LOC".
    place_words: Mapping[str, str] = field(default_factory=dict)
    # Say what a place is: 'village'.
    place_nouns: Words = frozenset()
    # Stand before places alone: 'near'.
    place_prepositions: Words = frozenset()
    # Stand before places, and people too: 'to'.
    path_prepositions: Words = frozenset()
    # Stand before a river with its article: 'along' the X; and of what a river has: 'banks'.
    waterside: Words = frozenset()
    banks: Words = frozenset()
    # What "in" stands behind where no place follows: 'shares' in X.
    stakes: Words = frozenset()
    # Stand before a place: 'northeast' of X.
    directions: Words = frozenset()
    # Are of what a town has, behind its name: 'police'.
    local_words: Words = frozenset()
    # Stand behind a town's name: the 'harbour' of 'Kiel harbour'.
    surroundings: Words = frozenset()
    # Short forms of states, as they are written but for the last dot: 'Fla' "Florida".
    state_names: Mapping[str, str] = field(default_factory=dict)
    # The state of a city of the same name, both by their entries.
    states_of_cities: Mapping[str, str] = field(default_factory=dict)
    # Tell the state from its city, before and behind the name: 'upstate', 'legislature'.
    state_openings: Words = frozenset()
    state_closings: Words = frozenset()
    # Who holds them is of a state: the 'governor' of 'Governor X of New York'.
    state_offices: Words = frozenset()

    # --- organisations

    # Close (or open) an organisation's name: 'academy'.
    org_words: Words = frozenset()
    # Say what an organisation is: 'airline'.
    org_nouns: Words = frozenset()
    # Are of a company's name: 'motors'.
    company_words: Words = frozenset()
    # Close a newspaper's: 'courier'.
    newspaper_words: Words = frozenset()
    # Close a company's name, in any language: 'inc'.
    company_forms: Words = frozenset()
    # Name something together with a country's adjective: the 'army' of 'Syrian army'.
    institutions: Words = frozenset()

    # --- storms, law cases, things

    # Stand before a storm's name, and before those: 'hurricane', 'tropical'.
    storms: Words = frozenset()
    storm_openings: Words = frozenset()
    # Stand between the two sides of a law case: 'v'.
    case_marks: Words = frozenset()
    # Stand behind the name of a doctrine: the 'rights' of 'Miranda rights'.
    law_nouns: Words = frozenset()
    # Tell that a text speaks of law: 'court'.
    court_words: Words = frozenset()
    # Have numbers or codes behind them: the 'pixel' of 'Pixel 6'.
    product_lines: Words = frozenset()

    # --- ships

    # Titles that are of ships' names too: 'queen'.
    ship_titles: Words = frozenset()
    # Open a ship's name, as they are written: 'HMS'.
    ship_prefixes: Words = frozenset()

    # Say what a ship is: 'ferry'.
    vessel_nouns: Words = frozenset()
    # Are of a ship: 'hull'.
    vessel_parts: Words = frozenset()
    # Say where the people of a ship are: 'on board'.
    aboard: Words = frozenset()

    # --- pages

    # What a page says of itself, which runs into the names beside it: 'continue reading'.
    furniture: Words = frozenset()

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
        given = load(language, "references").get("first_names", {})
        heads = lists.pop("heads", "last")
        place_words, pet_names = lists.pop("place_words", {}), lists.pop("pet_names", {})
        state_names = lists.pop("state_names", {})
        states_of_cities = lists.pop("states_of_cities", {})
        return cls(
            **{title: frozenset(words) for title, words in lists.items()},
            place_words=place_words,
            pet_names=pet_names,
            state_names=state_names,
            states_of_cities=states_of_cities,
            vocabulary=frozenset(load(language, "frequencies")),
            male_names=frozenset(given.get("m", ())),
            female_names=frozenset(given.get("f", ())),
            heads=heads,
        )

    def is_given(self, word: str) -> bool:
        """Whether a word is a first name."""
        return word in self.first_names or word in self.male_names or word in self.female_names
