"""The words of a language that say that something is said: data, read once."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from app.languages import load

type Words = frozenset[str]


@dataclass(frozen=True)
class QuoteCues:
    """The cue words of one language, as lemmas in lower case. A language leaves empty what it has
    no use for."""

    # --- verbs, by what they take

    # A clause: 'said that ...', '..., he announced'.
    speech: Words
    # A clause, and somebody who thinks it: 'believes that ...'.
    thought: Words
    # A clause, and something that shows it: 'documents show that ...'.
    evidence: Words
    # A person before the clause: 'told reporters that ...'.
    tell: Words
    # An infinitive: 'vowed to ...', 'asked them to ...'.
    infinitive: Words
    # A gerund: 'denied doing ...', 'accused them of doing ...'.
    gerund: Words
    # An object in other words: 'called it "a disgrace"'.
    label: Words
    # Somebody and what he is found to be, which is done by it and not said: 'declared X bankrupt'.
    verdict: Words
    # Whatever stands between quotation marks: 'praised the "courage" of ...'.
    quoted: Words
    # Words as they are, even such as read like the name of a work: 'chanting "No More"'.
    uttering: Words
    # Nothing, not even right beside a quotation: 'became', 'went'.
    never: Words
    # A noun of `nouns`: 'made the claim that ...', 'issued a warning that ...'.
    support: Words
    # An object before an infinitive, so that without one they are passive: 'X urged to leave'.
    needing: Words
    # A clause that is said to be untrue: 'disputed that ...'. Nobody says what it says.
    denying: Words
    # A clause that several parties settle on: 'agreed that the troops would leave'.
    agreeing: Words
    # An object, and an infinitive that their subject does: 'used the speech to say ...'.
    purpose: Words
    # A name: 'identified as X', 'called X'.
    naming: Words
    # What a source may ask not to be: 'asked not to be named'.
    anonymity: Words
    # A subject behind them, where a quotation or clause stands before, that the parser may take for
    # an object: '..., a déclaré la maire'.
    inverting: Words
    # All of the above that may be the cue of a quotation.
    verbs: Words

    # --- other cues

    # Nouns that take a clause: 'the claim that ...'.
    nouns: Words
    # Nouns that take quoted words with an 'of': 'chants of "No more"'.
    cries: Words
    # Nouns for what words stand in, which speak for whoever makes them: 'issued a statement saying
    # ...', 'a sign reading "No more"'.
    writings: Words
    # Adjectives that take a clause: 'is confident that ...'.
    adjectives: Words
    # The head of 'according to X', 'selon X'.
    source: Words

    # --- what stands around them

    # Lead to quoted words: 'spoke of "a disgrace"'.
    prepositions: Words
    # Lead to whose a noun is: 'the claim of X'.
    owners: Words
    # So many speak: 'almost half', 'as many as'.
    amounts: Words
    # Nobody speaks through these: 'it', 'this'.
    nobody: Words
    # Whom a text speaks to: 'by using this site you agree that ...'.
    readers: Words
    # Open a line as a name does and are none: 'UPDATE: ...'.
    captions: Words
    # Open a relative clause: 'who', 'which'.
    relative: Words
    # Opens a clause: 'that', 'que'.
    that: Words
    # Opens a clause about the cue: 'as he said', 'comme il l'a dit'.
    like: Words
    # Open a clause about the speaker: 'X, who ...'.
    asides: Words
    # Open an infinitive, where no tag tells it: 'de', 'à'.
    to_words: Words
    # Negate a verb, where no relation tells it: 'ne'.
    negations: Words
    # Objects before the verb: 'le', 'lui'.
    clitics: Words
    # Join what somebody else says: 'while', 'but'.
    contrasting: Words
    # Stand between a verb and the subject behind it: the '-t-' of 'a-t-il'.
    linkers: Words
    # By the word what it tells of whom it means: 'she' {"gender": "f"}, 'they' {"number": "pl"}.
    pronouns: Mapping[str, Mapping[str, str]]
    # Nouns for people: 'resident'.
    people: Words
    # Endings of other nouns for people: the 'er' of 'docker'; nouns that end so and are none.
    person_endings: tuple[str, ...]
    not_people: Words
    # The gender that a noun tells: 'waitress' "f".
    genders: Mapping[str, str]
    # Patterns: of words for somebody by age ('the 43-year-old'), and of those with which somebody
    # of that `{age}` comes in ('a 43-year-old nurse').
    age: str
    aged: str
    # By the gender that they tell: "m" 'mr', 'sir'.
    titles: Mapping[str, Words]

    # --- fine tags of the parser

    # Of the word that opens an infinitive: "TO".
    to_tags: Words
    # Of an auxiliary such as 'would', where a tag tells it: "MD".
    modal_tags: Words
    # Of a gerund: "VBG".
    gerund_tags: Words
    # Of a plural noun: "NNS".
    plural_tags: Words
    # Of a verb that may stand as the only one of a clause: "VBD".
    finite_tags: Words
    # Of a participle that opens a sentence about whom something was said to: "VBN".
    addressed_tags: Words
    # Of any verb: "VB".
    verb_tags: Words


_CUE_VERBS = ("speech", "thought", "evidence", "infinitive", "gerund", "label", "quoted")


@cache
def quote_cues(language: str) -> QuoteCues | None:
    """The cues of a language (ISO 639-1), None for one without data."""
    data, told = load(language, "quotes"), load(language, "references")
    if not data:
        return None
    lists = {name: frozenset(words) for name, words in data.items() if isinstance(words, list)}
    return QuoteCues(
        **lists,
        pronouns=data["pronouns"],
        needing=frozenset(load(language, "portrayal")["needing"]),
        people=frozenset(load(language, "portrayal")["people"]),
        person_endings=tuple(told.get("endings", ())),
        not_people=frozenset(told.get("not_people", ())),
        genders={noun: gender for gender, nouns in told.get("nouns", {}).items() for noun in nouns},
        age=data["age"],
        aged=data["aged"],
        titles={gender: frozenset(words) for gender, words in data["titles"].items()},
        verbs=frozenset().union(*(lists[name] for name in _CUE_VERBS)),
    )
