"""The parse of a text, as the search for quotes asks for it."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise

from app.annotate.quotes.language import Cues
from app.domain.annotation import Annotation, Tokens
from app.domain.text import Span

_SUBJECTS = frozenset(["nsubj", "nsubjpass", "csubj", "csubjpass", "expl"])
_MISTAKEN = frozenset(["dobj", "obl:arg", "obl:mod", "xcomp", "nmod"])
_BEFORE_INVERSION = frozenset([",", "»", "”", '"', "!", "?"])
_LONGEST = 400  # tokens in a sentence
_TRIM = frozenset(" \t\r\n\xa0,;:.-–—…!?")
# What ends a sentence where the parse cannot be trusted to: around quotation marks.
_STOPS = frozenset([".", "!", "?", "...", "…"])


class Parse:
    """Tokens with the edges of the subtrees of those sentences that were asked for.

    Sentences never cross the border of a paragraph, whatever the model says: a token whose head
    stands in another paragraph is a root.
    """

    def __init__(
        self, text: str, annotation: Annotation, blocks: Sequence[tuple[int, int]], cues: Cues
    ) -> None:
        self.text = text
        self.cues = cues
        self.tokens: Tokens = annotation.tokens
        self.starts = annotation.tokens.starts
        self.ends = annotation.tokens.ends
        self.pos = annotation.tokens.pos
        self.lemmas = annotation.tokens.lemmas
        self.deps = annotation.tokens.deps
        self.size = len(self.starts)
        self.blocks = blocks
        people = [mention for mention in annotation.mentions if mention.type == "PERSON"]
        self._person_starts = [mention.start for mention in people]
        self._person_ends = [mention.end for mention in people]
        self._borders = self._sentence_borders(annotation)
        if cues.inverting:
            self.deps = tuple(self._with_inverted_subjects(cues))
        self._heads = list(annotation.tokens.heads)
        self._left = list(range(self.size))
        self._right = list(range(self.size))
        self._prepared = bytearray(len(self._borders))

    def _sentence_borders(self, annotation: Annotation) -> list[int]:
        starts = self.starts
        offsets = {start for start, _ in annotation.sentences}
        offsets.update(start for start, _ in self.blocks)
        borders = {bisect_left(starts, offset) for offset in offsets}
        borders.add(0)
        borders.discard(self.size)
        ordered = sorted(borders)
        # A sentence without an end would make every question about it slow.
        for first, following in pairwise([*ordered, self.size]):
            borders.update(range(first, following, _LONGEST))
        return sorted(borders)

    def _with_inverted_subjects(self, cues: Cues) -> list[str]:
        """The relations, those of subjects mended that stand behind their verb and that the parser
        took for its object: a verb of speech right behind a comma or a mark has none."""
        deps, heads = list(self.deps), self.tokens.heads
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
        return before if before >= 0 and self.word(before) in _BEFORE_INVERSION else None

    def token_at(self, offset: int) -> int:
        """The first token that ends after `offset` (their number where none does)."""
        return bisect_right(self.ends, offset)

    def sentence(self, token: int) -> tuple[int, int]:
        """`[first, last)` of the tokens of its sentence; from now on its subtrees are known."""
        index = bisect_right(self._borders, token) - 1
        first = self._borders[index]
        last = self._borders[index + 1] if index + 1 < len(self._borders) else self.size
        if not self._prepared[index]:
            self._prepared[index] = 1
            heads, left, right = self._heads, self._left, self._right
            for i in range(first, last):
                head = heads[i]
                if not first <= head < last:
                    heads[i] = i
                elif head > i and left[i] < left[head]:
                    left[head] = left[i]
            for i in range(last - 1, first - 1, -1):
                head = heads[i]
                if head < i and right[i] > right[head]:
                    right[head] = right[i]
        return first, last

    def head(self, token: int) -> int:
        """The head of a token of a prepared sentence; itself for a root."""
        return self._heads[token]

    def edges(self, token: int) -> tuple[int, int]:
        """The first and the last token of its subtree, both inclusive."""
        return self._left[token], self._right[token]

    def children(self, token: int) -> list[int]:
        """Its dependents in the order of the text."""
        heads = self._heads
        return [
            i
            for i in range(self._left[token], self._right[token] + 1)
            if heads[i] == token and i != token
        ]

    def word(self, token: int) -> str:
        """The surface of a token."""
        return self.text[self.starts[token] : self.ends[token]]

    def ancestors(self, token: int) -> list[int]:
        """Its heads, nearest first; bounded, for a parse may hold a circle."""
        found: list[int] = []
        heads = self._heads
        while (head := heads[token]) != token and len(found) < 60:
            found.append(head)
            token = head
        return found

    def subject(self, verb: int) -> int | None:
        """Its own subject, if it has one; the nearest of several."""
        found = [child for child in self.children(verb) if self.deps[child] in _SUBJECTS]
        return min(found, key=lambda child: abs(child - verb), default=None)

    def is_person(self, token: int, cues: Cues) -> bool:
        """Whether it is part of a person's name, or a pronoun for one."""
        if self.pos[token] == "PRON":
            return "gender" in cues.pronouns.get(self.lemmas[token].lower(), {})
        index = bisect_right(self._person_starts, self.starts[token]) - 1
        return index >= 0 and self.starts[token] < self._person_ends[index]

    def cue(self, token: int) -> Span:
        """The characters of a cue, with the particle right behind it ('pointed out')."""
        last = token
        if token + 1 < self.size and self._heads[token + 1] == token:
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
        """Whether it ends a sentence."""
        return self.word(token) in _STOPS


def trim(text: str, start: int, end: int) -> Span | None:
    """`[start, end)` without white space and punctuation at its edges, None if nothing is left."""
    while start < end and text[start] in _TRIM:
        start += 1
    while start < end and text[end - 1] in _TRIM:
        end -= 1
    return Span(start, end) if start < end else None
