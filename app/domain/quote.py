"""Who says what in a text."""

from dataclasses import dataclass
from typing import Literal

from app.domain.text import Span, Surface

type QuoteKind = Literal["direct", "indirect", "mixed"]


@dataclass(frozen=True, slots=True)
class Quote:
    """Words that a text attributes to someone. A quotation that its cue splits is two quotes."""

    # "direct": a quotation that stands for itself; "indirect": a clause in the words of the text;
    # "mixed": such a clause with quoted words in it.
    kind: QuoteKind
    # With its quotation marks.
    content: Span
    # What says that it is said: 'told', 'according to'.
    cue: Span | None
    # The whole phrase, with titles, appositions and clauses: 'one resident, who gave no name'. None
    # where the text names nobody.
    speaker: Span | None
    # The core of that phrase: 'one resident'.
    name: Span | None


@dataclass(frozen=True, slots=True)
class Voice:
    """Whom the speaker of a quote stands for."""

    # The mention that names them, or the words that a nameless speaker has ('one resident'); None
    # where that is uncertain.
    span: Span | None
    # Whether it is a mention.
    named: bool
    # How it was found, or why it was not: "subject before it", "more than one fits".
    reason: str


@dataclass(frozen=True, slots=True)
class Utterance:
    """A quote with its voice, as it is kept."""

    kind: QuoteKind
    # Of the content.
    start: int
    end: int
    # How many the content has.
    words: int
    # What stands between quotation marks in it, without the marks.
    quoted: tuple[Span, ...]
    # 'told'
    cue: Span | None
    # As it stands: 'he'.
    speaker: Span | None
    # The mention or the words that the speaker stands for; None where that is uncertain.
    voice: Span | None
    # Where the mention starts that the speaker stands for; None without one.
    mention: int | None
    # How that was found, or why not: "subject before it".
    reason: str


@dataclass(frozen=True, slots=True)
class StoredQuote:
    """A quote with its place in the store; `entity` is None where the speaker is nobody's name, or
    uncertain: `reason` says how the speaker was found, or why not."""

    id: int
    article: int
    revision: int
    kind: QuoteKind
    content: Surface
    cue: Surface | None
    speaker: Surface | None
    entity: int | None
    entity_name: str | None
    reason: str
