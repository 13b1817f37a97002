"""The words of a language that say that something is said: data, read once."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from app.languages import load


@dataclass(frozen=True)
class Cues:
    """The cue words of one language, as lemmas in lower case.

    Verbs by what they take: `speech`, `thought` and `evidence` a clause, `infinitive` 'to ...',
    `gerund` '... of doing', `label` an object in other words ('called it a ...'), `quoted`
    whatever stands in marks; `tell` take a person first, `never` are no cue even right beside a
    quotation. `nouns` and `adjectives` take a clause, nouns through `support` verbs too ('made the
    claim that'). `source` heads 'according to', `prepositions` lead to quoted words, `owners` to
    whose a noun is, `naming` to a name ('identified as'); `anonymity` is asked for ('not to be
    named'). `nobody` are words that nobody speaks through. `pronouns` and `titles` tell the gender
    or number of whom they mean.

    Of grammar: `that` opens a clause, `like` one about the cue ('as he said'), `to_tags` and
    `to_words` an infinitive, `asides` a clause about the speaker; `calls` take infinitives by
    `call_prepositions` too. `negations` and `clitics` (objects before the verb) are words,
    `gerund_tags`, `plural_tags`, `finite_tags` and `verb_tags` the parser's tags. Verbs of
    `inverting` have their subject behind them where a quotation or clause stands before, and the
    parser may take it for an object ('..., a déclaré la maire'); `linkers` stand between the two
    ('a-t-il').
    """

    speech: frozenset[str]
    thought: frozenset[str]
    evidence: frozenset[str]
    tell: frozenset[str]
    infinitive: frozenset[str]
    gerund: frozenset[str]
    label: frozenset[str]
    quoted: frozenset[str]
    never: frozenset[str]
    support: frozenset[str]
    nouns: frozenset[str]
    adjectives: frozenset[str]
    source: frozenset[str]
    prepositions: frozenset[str]
    owners: frozenset[str]
    naming: frozenset[str]
    anonymity: frozenset[str]
    nobody: frozenset[str]
    relative: frozenset[str]
    that: frozenset[str]
    like: frozenset[str]
    to_tags: frozenset[str]
    to_words: frozenset[str]
    gerund_tags: frozenset[str]
    plural_tags: frozenset[str]
    finite_tags: frozenset[str]
    verb_tags: frozenset[str]
    asides: frozenset[str]
    calls: frozenset[str]
    call_prepositions: frozenset[str]
    negations: frozenset[str]
    clitics: frozenset[str]
    inverting: frozenset[str]
    linkers: frozenset[str]
    pronouns: Mapping[str, Mapping[str, str]]
    titles: Mapping[str, frozenset[str]]
    verbs: frozenset[str]


_LISTS = (
    "speech",
    "thought",
    "evidence",
    "tell",
    "infinitive",
    "gerund",
    "label",
    "quoted",
    "never",
    "support",
    "nouns",
    "adjectives",
    "source",
    "prepositions",
    "owners",
    "naming",
    "anonymity",
    "nobody",
    "relative",
    "that",
    "like",
    "to_tags",
    "to_words",
    "gerund_tags",
    "plural_tags",
    "finite_tags",
    "verb_tags",
    "asides",
    "calls",
    "call_prepositions",
    "negations",
    "clitics",
    "inverting",
    "linkers",
)
_VERBS = ("speech", "thought", "evidence", "infinitive", "gerund", "label", "quoted")


@cache
def cues(language: str) -> Cues | None:
    """The cues of a language (ISO 639-1), None for one without data."""
    data = load(language, "quotes")
    if not data:
        return None
    lists = {name: frozenset(data[name]) for name in _LISTS}
    return Cues(
        **lists,
        pronouns=data["pronouns"],
        titles={gender: frozenset(words) for gender, words in data["titles"].items()},
        verbs=frozenset().union(*(lists[name] for name in _VERBS)),
    )
