"""The parse of a text: its tokens with their sentences, heads and dependents."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence, Set

from app.domain.annotation import Annotation

# Steps from a token towards its root. Prose needs half of them; a parse may hold a circle.
_STEPS = 12
# Dependents of a token that are known. More are a sentence without an end, slow to go through.
_CHILDREN = 60
_VERBS = frozenset({"VERB", "AUX"})


class Parse:
    """The tokens of a text, numbered from 0, and what a reader of spaCy asks of them.

    `starts`, `ends` (characters), `pos`, `tags`, `lemmas`, `deps` and `heads` are the columns of
    `Tokens`, `size` is their length; `openings` are the first tokens of the sentences. A subclass
    may mend a column before it asks for anything.
    """

    def __init__(self, text: str, annotation: Annotation) -> None:
        tokens = annotation.tokens
        self.text = text
        self.starts, self.ends = tokens.starts, tokens.ends
        self.pos, self.tags = tokens.pos, tokens.tags
        self.lemmas: Sequence[str] = tokens.lemmas
        self.deps: Sequence[str] = tokens.deps
        self.heads: Sequence[int] = tokens.heads
        self.size = len(tokens.starts)
        # At once: a cached property would make every other attribute of the object slower to read.
        self.openings = self._openings(start for start, _ in annotation.sentences)
        self._children: list[Sequence[int] | None] = [None] * self.size

    def _openings(self, offsets: Iterable[int]) -> list[int]:
        """The first token of each sentence, for sentences that begin at these characters; what
        stands before the first of them is a sentence too."""
        tokens = {bisect_left(self.starts, offset) for offset in offsets}
        return sorted((tokens | {0}) - {self.size})

    # --- places in the text

    def token_at(self, offset: int) -> int:
        """The first token that ends behind a character; `size` where none does."""
        return bisect_right(self.ends, offset)

    def within(self, start: int, end: int) -> range:
        """The tokens that share a character with `[start, end)`."""
        return range(bisect_right(self.ends, start), bisect_left(self.starts, end))

    def surface(self, token: int) -> str:
        """A token as it stands in the text."""
        return self.text[self.starts[token] : self.ends[token]]

    def word(self, token: int) -> str:
        """A token as it stands in the text, in lower case."""
        return self.text[self.starts[token] : self.ends[token]].lower()

    def sentence(self, token: int) -> int:
        """The number of a token's sentence, counted from 0."""
        return bisect_right(self.openings, token) - 1

    def sentence_of(self, token: int) -> range:
        """The tokens of a token's sentence."""
        following = bisect_right(self.openings, token)
        last = self.openings[following] if following < len(self.openings) else self.size
        return range(self.openings[following - 1], last)

    # --- the tree

    def roots(self, tokens: range) -> list[int]:
        """The tokens of a span whose heads stand outside of it, or that have none."""
        heads = self.heads
        return [token for token in tokens if heads[token] == token or heads[token] not in tokens]

    def chain(self, token: int, steps: int = _STEPS) -> Iterator[int]:
        """A token, its head, the head of that and so on, at most `steps` up."""
        yield token
        for _ in range(steps):
            head = self.heads[token]
            if head == token:
                return
            token = head
            yield token

    def past(self, token: int, relations: Set[str], steps: int = _STEPS) -> int:
        """The first token of a chain that stands in none of these relations to its head."""
        for _ in range(steps):
            if self.deps[token] not in relations:
                break
            token = self.heads[token]
        return token

    def verb(self, token: int) -> int | None:
        """The first verb or auxiliary of a chain."""
        pos, heads = self.pos, self.heads
        for _ in range(_STEPS + 1):
            if pos[token] in _VERBS:
                return token
            if heads[token] == token:
                return None
            token = heads[token]
        return None

    def children(self, token: int) -> Sequence[int]:
        """The dependents of a token, in the order of the text."""
        found = self._children[token]
        return self._find_children(token) if found is None else found

    def _find_children(self, token: int) -> Sequence[int]:
        """As `children`; from now on those of all tokens of the sentence are known."""
        sentence = self.sentence_of(token)
        found: list[list[int]] = [[] for _ in sentence]
        for each, head in enumerate(self.heads[sentence.start : sentence.stop], sentence.start):
            if head != each and head in sentence:
                near = found[head - sentence.start]
                if len(near) < _CHILDREN:
                    near.append(each)
        self._children[sentence.start : sentence.stop] = found
        return found[token - sentence.start]

    def edges(self, token: int) -> tuple[int, int]:
        """The first and the last token of a token's subtree, both inclusive."""
        first = last = token
        while (left := self.children(first)) and left[0] < first:
            first = left[0]
        while (right := self.children(last)) and right[-1] > last:
            last = right[-1]
        return first, last
