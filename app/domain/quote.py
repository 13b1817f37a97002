"""Who says what in a text."""

from dataclasses import dataclass
from typing import Literal

from app.domain.text import Span, Surface

type QuoteKind = Literal["direct", "indirect", "mixed"]


@dataclass(frozen=True, slots=True)
class Quote:
    """Words that a text gives to someone.

    `direct` is a quotation that stands for itself, its marks in `content`; `indirect` a clause in
    the words of the text; `mixed` such a clause with quoted words in it. `cue` is what says that
    it is said ('told', 'according to'): the parts of a quotation that its cue splits are quotes
    of their own with the same cue. `speaker` is the whole phrase as it stands, with its titles,
    appositions and relative clauses, `name` its core ('one resident'; equal where there is no
    more to it); both are None where the text names nobody.
    """

    kind: QuoteKind
    content: Span
    cue: Span | None
    speaker: Span | None
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
    """A quote with its voice, flat, as it is kept. `quoted` are the words between quotation marks
    in it, without the marks; `words` counts those of the whole content. `mention` is where the
    mention starts that the speaker stands for, None where that is no name or uncertain."""

    kind: QuoteKind
    start: int
    end: int
    words: int
    quoted: tuple[Span, ...]
    cue: Span | None
    speaker: Span | None
    voice: Span | None
    mention: int | None
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
    reason: str
