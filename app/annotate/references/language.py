"""The words of a language that stand for names: data, read once."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from app.languages import load

type Words = frozenset[str]


@dataclass(frozen=True)
class Standing:
    """The words of one language, in lower case.

    `pronouns` have the gender ("m", "f") that they tell and their form (subject, object,
    possessive, reflexive); `possessive_tags` tell one form from the other where the word does not
    ('her').
    `genders` of titles, nouns and first names are of those that tell it; a name that both have
    tells none. `people` are nouns for one person, by their lemmas,
    and so are others with one of the `endings` ('climber'), but for `not_people` ('number');
    `groups` are nouns for one organisation. Nouns of a list of `same` may mean the same thing, by
    its first word. `the` opens a definite description; `linkers` ("of") end what a label calls
    somebody, `past` words ("former") say that he is it no more, `kin` are nouns that say whose
    somebody is.
    """

    pronouns: Mapping[str, tuple[str, str]]
    possessive_tags: Words
    singular_tags: Words
    titles: Mapping[str, str]
    nouns: Mapping[str, str]
    first_names: Mapping[str, str]
    people: Words
    the: Words
    linkers: Words
    indefinite: Words
    kin: Words
    past: Words
    groups: Words
    same: Mapping[str, str]
    endings: tuple[str, ...]
    not_people: Words

    def kind(self, noun: str) -> str:
        """The one word for all that mean the same as a noun."""
        return self.same.get(noun, noun)


@cache
def standing(language: str) -> Standing | None:
    """The words of a language (ISO 639-1), None for one without data."""
    data, portrayal = load(language, "references"), load(language, "portrayal")
    if not data:
        return None
    nouns = _genders(data["nouns"])
    return Standing(
        pronouns={word: (gender, form) for word, (gender, form) in data["pronouns"].items()},
        possessive_tags=frozenset(data["possessive_tags"]),
        singular_tags=frozenset(data["singular_tags"]),
        titles=_genders(data["titles"]),
        nouns=nouns,
        first_names=_genders(data["first_names"]),
        people=frozenset(portrayal["people"]) | frozenset(nouns),
        the=frozenset(portrayal["the"]),
        linkers=frozenset(data["linkers"]),
        indefinite=frozenset(portrayal["indefinite"]),
        kin=frozenset(data["kin"]),
        past=frozenset(data["past"]),
        groups=frozenset(data["groups"]),
        same={word: words[0] for words in data["same"] for word in words},
        endings=tuple(data["endings"]),
        not_people=frozenset(data["not_people"]),
    )


def _genders(lists: Mapping[str, list[str]]) -> dict[str, str]:
    return {word: gender for gender, words in lists.items() for word in words}
