"""The parse of a text, as the search for quotes asks for it."""

from collections.abc import Sequence
from itertools import pairwise

from app.annotate.mended import MendedParse
from app.annotate.quotes.language import QuoteCues
from app.domain.annotation import Annotation
from app.domain.spans import Spans
from app.domain.text import Span

_SUBJECTS = frozenset(["nsubj", "nsubjpass", "csubj", "csubjpass", "expl"])
_MISTAKEN = frozenset(["dobj", "obl:arg", "obl:mod", "xcomp", "nmod"])
_BEFORE_INVERSION = frozenset([",", "»", "”", '"', "!", "?"])
_LONGEST = 400  # tokens in a sentence
_TRIM = frozenset(" \t\r\n\xa0,;:.-–—…!?")
# What ends a sentence where the parse cannot be trusted to: around quotation marks.
_STOPS = frozenset([".", "!", "?", "...", "…"])


class QuoteParse(MendedParse):
    """A parse whose sentences never cross the border of a paragraph (`blocks`), whatever the model
    says: a token whose head stands in another paragraph is a root."""

    def __init__(
        self, text: str, annotation: Annotation, blocks: Sequence[tuple[int, int]], cues: QuoteCues
    ) -> None:
        super().__init__(text, annotation)
        self.cues = cues
        self.blocks = blocks
        self._people = Spans(each for each in annotation.mentions if each.type == "PERSON")
        if cues.inverting:
            self.deps = self._with_inverted_subjects(cues)
        whole = sorted({*self.openings, *self._openings(start for start, _ in blocks)})
        # A sentence without an end would make every question about it slow.
        self.openings = [
            cut
            for first, stop in pairwise([*whole, self.size])
            for cut in range(first, stop, _LONGEST)
        ]
        self.heads = [
            head if first <= head < stop else token
            for first, stop in pairwise([*self.openings, self.size])
            for token, head in enumerate(self.heads[first:stop], first)
        ]

    def _with_inverted_subjects(self, cues: QuoteCues) -> list[str]:
        """The relations, with subjects mended that stand behind their verb and that the parser took
        for its object: a verb of speech right behind a comma or a mark has no object."""
        deps, heads = list(self.deps), self.heads
        told = {heads[i] for i, dep in enumerate(deps) if dep in _SUBJECTS}
        # What a preposition stands before is no subject.
        cased = {heads[i] for i, dep in enumerate(deps) if dep == "case"}
        for i, dep in enumerate(deps):
            verb = heads[i]
            if dep not in _MISTAKEN or verb >= i or i in cased:
                continue
            if self.pos[i] not in ("NOUN", "PROPN"):
                continue
            if self.lemmas[verb] not in cues.inverting or verb in told:
                continue
            if self.before_inversion(verb) is not None:
                deps[i] = "nsubj"
                told.add(verb)
        return deps

    def before_inversion(self, verb: int) -> int | None:
        """The comma or mark right before a verb, its auxiliaries and pronouns; None without one."""
        before = verb - 1
        while before > 0 and self.pos[before] in ("AUX", "PRON"):
            before -= 1
        return before if before >= 0 and self.surface(before) in _BEFORE_INVERSION else None

    def subject(self, verb: int) -> int | None:
        """The subject of a verb, the nearest of several; None without one."""
        found = [child for child in self.children(verb) if self.deps[child] in _SUBJECTS]
        return min(found, key=lambda child: abs(child - verb), default=None)

    def is_person(self, token: int, cues: QuoteCues) -> bool:
        """Whether a token is part of a person's name, or a pronoun for a person."""
        if self.pos[token] == "PRON":
            return "gender" in cues.pronouns.get(self.lemmas[token].lower(), {})
        return self._people.at(self.starts[token]) is not None

    def name_start(self, token: int) -> int:
        """The first token of the person's name that a token is in, the token itself outside of
        one: the parse of a headline cuts names in two."""
        name = self._people.at(self.starts[token])
        return token if name is None else min(token, self.token_at(name.start))

    def cue(self, token: int) -> Span:
        """The characters of a cue, with the particle right behind it ('pointed out')."""
        last = token
        if token + 1 < self.size and self.heads[token + 1] == token:
            relation = self.deps[token + 1]
            if relation in ("prt", "fixed") or (relation == "prep" and self.deps[token] == "prep"):
                last = token + 1  # "according to" is a preposition of two words
        return Span(self.starts[token], self.ends[last])

    def span(self, first: int, last: int) -> Span | None:
        """The characters of tokens `first` to `last` (inclusive), punctuation at the edges left
        out except quotation marks and brackets; None where nothing is left."""
        if first > last or first >= self.size:
            return None
        found = trim(self.text, self.starts[first], self.ends[last])
        if found is not None:
            for linker in self.cues.linkers:
                if self.text.startswith(linker, found.start, found.end):
                    return trim(self.text, found.start + len(linker), found.end)
        return found

    def is_stop(self, token: int) -> bool:
        """Whether a token ends a sentence."""
        return self.surface(token) in _STOPS


def trim(text: str, start: int, end: int) -> Span | None:
    """`[start, end)` without white space and punctuation at its edges, None if nothing is left."""
    while start < end and text[start] in _TRIM:
        start += 1
    while start < end and text[end - 1] in _TRIM:
        end -= 1
    return Span(start, end) if start < end else None
