"""The words of a language that stand for names: data, read once."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from app.languages import load

type Words = frozenset[str]


@dataclass(frozen=True)
class ReferenceWords:
    """The words of one language, in lower case; nouns are lemmas. A gender is "m" or "f"."""

    # By the pronoun the gender that it tells, and its form: 'him' ("m", "object"); other forms are
    # "subject", "possessive" and "reflexive".
    pronouns: Mapping[str, tuple[str, str]]
    # Fine tags of a possessive, where the word may be an object too: 'her' ("PRP$").
    possessive_tags: Words
    # Fine tags of nouns for one: "NN".
    singular_tags: Words
    # The gender of those who have a title: 'baroness' "f".
    titles: Mapping[str, str]
    # The gender of those whom a noun is said of: 'actor' "m".
    nouns: Mapping[str, str]
    # The gender of a first name; one that both have is left out: 'ada' "f".
    first_names: Mapping[str, str]
    # Nouns for one person: 'activist', and those of `nouns`.
    people: Words
    # Endings of other nouns for one person: the 'er' of 'climber'.
    endings: tuple[str, ...]
    # Nouns with such an ending for something else: 'number'.
    not_people: Words
    # Nouns for one organisation: 'airline'.
    groups: Words
    # Nouns that say whose somebody is: 'daughter', 'aide'.
    kin: Words
    # Say that somebody is something no more: 'former'.
    past: Words
    # By a noun the one that stands for all that mean the same: 'carrier' 'airline'.
    same: Mapping[str, str]
    # Open a definite description: 'the', 'this'.
    the: Words
    # Who is of a party ('democrat'), and what politicians are called ('senator').
    members: Words
    offices: Words
    # End what a label calls somebody: the 'of' of 'president of the club'.
    linkers: Words

    def kind(self, noun: str) -> str:
        """The one word for all that mean the same as a noun."""
        return self.same.get(noun, noun)


@cache
def reference_words(language: str) -> ReferenceWords | None:
    """The words of a language (ISO 639-1), None for one without data."""
    data, portrayal = load(language, "references"), load(language, "portrayal")
    if not data:
        return None
    nouns = _genders(data["nouns"])
    return ReferenceWords(
        pronouns={word: (gender, form) for word, (gender, form) in data["pronouns"].items()},
        possessive_tags=frozenset(data["possessive_tags"]),
        singular_tags=frozenset(data["singular_tags"]),
        titles=_genders(data["titles"]),
        nouns=nouns,
        first_names=_genders(data["first_names"]),
        people=frozenset(portrayal["people"])
        | frozenset(nouns)
        | (frozenset(portrayal["titles"]) - frozenset(portrayal["courtesy"])),
        the=frozenset(portrayal["the"]),
        members=frozenset(load(language, "resolution").get("party_members", ())),
        offices=frozenset(data["offices"]),
        linkers=frozenset(data["linkers"]),
        kin=frozenset(data["kin"]),
        past=frozenset(data["past"]),
        groups=frozenset(data["groups"]),
        same={word: words[0] for words in data["same"] for word in words},
        endings=tuple(data["endings"]),
        not_people=frozenset(data["not_people"]),
    )


def _genders(lists: Mapping[str, list[str]]) -> dict[str, str]:
    return {word: gender for gender, words in lists.items() for word in words}
