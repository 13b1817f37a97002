"""The words and the relations of a language that portray somebody: data, read once."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from app.languages import load

type Words = frozenset[str]


@dataclass(frozen=True)
class Wording:
    """The words of one language, as lemmas in lower case, and the names of its parser.

    `relations` and `tags` map what the code asks for to the parser's own names; `lemmas` mends what
    the model takes for a lemma, `endings` come off a plural or an abbreviation. Verbs: `light` say
    nothing alone, `control` leave what is done to the verb after them, after `unfulfilled` ones it
    is not done, after `object_control` ones somebody else does it, `stative` passives say how
    something is, `calling` ones take an object and what it is called. Nouns: `titles` and `people`
    stand for a person, `groups` for what is none, `heads` over a name make a label of both, through
    `agentive` ones the name acts, `places` may stand beside a place's name, `places_of` before it
    with an 'of', `anaphors` with 'the' mean a group named before, which `groupish` ones make it.
    `plain_modifiers` and `plain_nouns` say nothing of what they stand at, `relational` adjectives
    belong to the title beside them.

    `noun_first`: a noun stands before its modifiers, its complements and its name. `forms` are
    endings that tell what the fine tags of a parser do not; `relatives` the pronouns of relative
    clauses, `negating` the words (one, or several together) that negate a verb, where its tags and
    relations do not tell them. `late_subjects`: its parser takes objects for second subjects.
    """

    noun_first: bool
    late_subjects: bool
    forms: Mapping[str, tuple[str, ...]]
    negating: tuple[Words, ...]
    relatives: Words

    relations: Mapping[str, Words]
    tags: Mapping[str, Words]
    of: Words
    as_: Words
    the: Words
    articles: Words
    negative: Words
    indefinite: Words
    relational: Words
    stative: Words
    lemmas: Mapping[str, str]
    light: Words
    control: Words
    unfulfilled: Words
    object_control: Words
    calling: Words
    titles: Words
    people: Words
    groups: Words
    heads: Words
    agentive: Words
    places: Words
    places_of: Words
    anaphors: Words
    groupish: Words
    plain_modifiers: Words
    plain_nouns: Words
    speech: Words
    endings: tuple[str, ...]

    def holds(self, words: Words, surface: str) -> bool:
        """Whether a list has a word as it stands, or without an ending: the model takes no
        lemma of a capitalised plural."""
        return surface in words or any(
            surface.removesuffix(ending) in words for ending in self.endings
        )


_LISTS = (
    *("relatives", "of", "the", "articles", "negative", "indefinite", "relational", "stative"),
    *(
        "light",
        "control",
        "unfulfilled",
        "object_control",
        "calling",
        "titles",
        "people",
        "groups",
        "heads",
    ),
    *("agentive", "places", "places_of", "anaphors", "groupish", "plain_modifiers", "plain_nouns"),
)


@cache
def wording(language: str) -> Wording | None:
    """The wording of a language (ISO 639-1), None for one without data."""
    data = load(language, "portrayal")
    if not data:
        return None
    return Wording(
        relations={name: frozenset(names) for name, names in data["relations"].items()},
        tags={name: frozenset(names) for name, names in data["tags"].items()},
        noun_first=data["noun_first"],
        late_subjects=data["late_subjects"],
        forms={name: tuple(endings) for name, endings in data["forms"].items()},
        negating=tuple(frozenset(together) for together in data["negating"]),
        as_=frozenset(data["as"]),
        lemmas=data["lemmas"],
        endings=tuple(data["endings"]),
        speech=frozenset(load(language, "quotes")["speech"]),
        **{name: frozenset(data[name]) for name in _LISTS},
    )
