"""The words and the relations of a language that portray somebody: data, read once."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from app.languages import load

type Words = frozenset[str]


@dataclass(frozen=True)
class PortrayalWords:
    """The words of one language, as lemmas in lower case, and the names that its parser gives to
    relations and tags. A language leaves empty what it has no use for."""

    # --- grammar

    # Whether a noun stands before its modifiers, its complements and its name: 'le groupe armé X'.
    noun_first: bool
    # Whether its parser takes objects behind a verb for second subjects.
    late_subjects: bool
    # By what the code asks for the parser's relations: "premodifier" {"amod", "compound"}.
    relations: Mapping[str, Words]
    # By what the code asks for the parser's fine tags: "participle" {"VBN"}.
    tags: Mapping[str, Words]
    # By tag the endings that tell it where the fine tags do not: "participle" 'é', 'ée'.
    forms: Mapping[str, tuple[str, ...]]
    # What comes off a plural or an abbreviation: 's', '.'.
    endings: tuple[str, ...]
    # By what the model takes for a lemma the lemma that it is: 'hop' is 'hope'.
    lemmas: Mapping[str, str]

    # --- small words

    # 'of', 'du'.
    of: Words
    # Stand before what somebody is called: 'as', 'comme'.
    as_: Words
    # Make a noun one that is known: 'the', 'this'.
    the: Words
    # 'a', 'the'.
    articles: Words
    # Make a noun one of several: 'a', 'any'.
    indefinite: Words
    # Deny what a noun says: 'no', 'hardly'.
    negative: Words
    # Negate a verb, alone or several together, where no relation tells it: {'ne', 'plus'}.
    negating: tuple[Words, ...]
    # Open a relative clause, where no tag tells it: 'qui', 'que'.
    relatives: Words

    # --- verbs

    # Say nothing alone: 'be', 'have'.
    light: Words
    # Leave what is done to the verb behind them: 'tried to leave'.
    control: Words
    # What stands behind them is not done: 'failed to leave'.
    unfulfilled: Words
    # Somebody else does what stands behind them: 'asked them to leave'.
    object_control: Words
    # With a preposition, the same: 'called on them to leave' ("call" {"on"}).
    appealing: Mapping[str, Words]
    # With a preposition, take an object like others: 'railed against them' ("rail" {"against"}).
    prepositional: Mapping[str, Words]
    # Both of these.
    taking: Mapping[str, Words]
    # Take an object before an infinitive, so that without one they are passive: 'X urged to leave'.
    needing: Words
    # Take two objects, so that one is left in the passive: 'is given a prize'.
    giving: Words
    # Names the agent of a passive: 'by', 'par'.
    by: Words
    # Short for 'is', or for 'has': "'s".
    short: Words
    # Say in the passive how something is, not what was done to it: 'is based in'.
    stative: Words
    # Take an object and what it is called: 'branded X a traitor'.
    calling: Words
    # Tell what somebody says: 'announced'.
    speech: Words

    # --- nouns and adjectives

    # Stand before a person's name: 'admiral', 'president'.
    titles: Words
    # Are said out of courtesy and tell nothing: 'mr'.
    courtesy: Words
    # May be called to come, which calls nobody so: 'called him a taxi'.
    summoned: Words
    # Say what one person is: 'activist', 'lawyer'.
    people: Words
    # Say what an organisation or a people is: 'alliance', 'army'.
    groups: Words
    # Make a label with a name before them: 'Syrian regime', "Assad's army".
    heads: Words
    # Act for the name before them: 'IS fighters'.
    agentive: Words
    # Say what a place is: 'the capital, X'.
    places: Words
    # Say what the place behind an 'of' is: 'the ancient city of X'.
    places_of: Words
    # Mean with 'the' a group named before: 'the militant group'.
    anaphors: Words
    # Tell that a name is such a group's: 'the jihadist faction X'.
    groupish: Words
    # Say nothing of the noun that they stand at: 'additional', 'current'.
    plain_modifiers: Words
    # Tell with a country's name whom of its people is meant: 'black America'.
    peoples: Words
    # Say nothing of what they are said of: 'case', 'day'.
    plain_nouns: Words
    # Belong to the title beside them: 'foreign minister'.
    relational: Words

    def holds(self, words: Words, surface: str) -> bool:
        """Whether a list has a word as it stands, or without an ending: the model takes no
        lemma of a capitalised plural."""
        return surface in words or any(
            surface.removesuffix(ending) in words for ending in self.endings
        )


_OF_THEIR_OWN = frozenset({"negating", "endings"})


@cache
def portrayal_words(language: str) -> PortrayalWords | None:
    """The words of a language (ISO 639-1), None for one without data."""
    data = load(language, "portrayal")
    if not data:
        return None
    lists = {
        "as_" if name == "as" else name: frozenset(words)
        for name, words in data.items()
        if isinstance(words, list) and name not in _OF_THEIR_OWN
    }
    return PortrayalWords(
        **lists,
        noun_first=data["noun_first"],
        late_subjects=data["late_subjects"],
        relations={name: frozenset(names) for name, names in data["relations"].items()},
        tags={name: frozenset(names) for name, names in data["tags"].items()},
        forms={name: tuple(endings) for name, endings in data["forms"].items()},
        endings=tuple(data["endings"]),
        lemmas=data["lemmas"],
        appealing={verb: frozenset(words) for verb, words in data["appealing"].items()},
        prepositional={verb: frozenset(words) for verb, words in data["prepositional"].items()},
        taking={
            verb: frozenset(
                [*data["appealing"].get(verb, ()), *data["prepositional"].get(verb, ())]
            )
            for verb in {*data["appealing"], *data["prepositional"]}
        },
        negating=tuple(frozenset(together) for together in data["negating"]),
        speech=frozenset(load(language, "quotes")["speech"]),
    )
