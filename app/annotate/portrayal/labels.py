"""The names, titles, modifiers, appositions, heads and descriptions put on the names of a text."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from app.annotate.portrayal.anaphora import meant
from app.annotate.portrayal.noun_first import phrases
from app.annotate.portrayal.predications import said_of
from app.annotate.portrayal.tree import MentionTokens, Tree
from app.domain.annotation import Mention
from app.domain.portrayal import LABEL_KINDS, Label, LabelKind

_LONGEST = 80  # characters of a label that is more than a name
_LEAD = 8  # tokens before a name
_TO_HEAD = 5  # tokens from a name to the noun that it modifies, at most
_WORDS = 5  # tokens of a modifier, hyphens among them
_ORDER = {kind: place for place, kind in enumerate(LABEL_KINDS)}


def labels_in(tree: Tree, mentions: Sequence[Mention]) -> tuple[Label, ...]:
    """All labels of the names of a text, in its order, each once.

    A label stands in the sentence of its mention, except a noun phrase that means a group named
    shortly before. Kinds of wording after Hamborg, Zhukova & Gipp (2019), found over the dependency
    parse; what is uncertain is left out.
    """
    search = _Search(tree)
    near = list(chain.from_iterable(map(search.of, tree.names)))
    found = {_bare(mention) for mention in mentions}
    found.update(near)
    found.update(
        label
        for name, first, last in meant(tree, near)
        for label in search.label(name, first, last, "description")
    )
    return _ordered(found)


def names_alone(mentions: Sequence[Mention]) -> tuple[Label, ...]:
    """The names themselves, in the order of the text, each once."""
    return _ordered({_bare(mention) for mention in mentions})


def _ordered(found: Iterable[Label]) -> tuple[Label, ...]:
    return tuple(sorted(found, key=lambda x: (x.start, x.end, _ORDER[x.kind], x.mention)))


def _bare(mention: Mention) -> Label:
    return Label(mention.start, mention.end, mention.text, "name", mention.start)


class _Search:
    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.words = tree.words

    def of(self, name: MentionTokens) -> Iterator[Label]:
        """All labels of a name except the name itself."""
        yield from self._before(name)
        yield from self._head(name)
        if self.words.noun_first:
            for first, last, kind in phrases(self.tree, name):
                yield from self.label(name, first, last, kind)
        yield from self._beside(name)
        yield from self._under(name)
        for first, last in said_of(self.tree, name):
            yield from self.label(name, first, last, "description")

    def label(self, name: MentionTokens, first: int, last: int, kind: LabelKind) -> Iterator[Label]:
        """The label of these tokens, unless they are too many or cross a line."""
        tree = self.tree
        if last < first:
            return
        start, end = tree.starts[first], tree.ends[last]
        surface = tree.text[start:end]
        if (
            0 < len(surface) <= _LONGEST
            and "\n\n" not in surface
            and surface == surface.strip()
            and any(map(str.isalpha, surface))
        ):
            yield Label(start, end, surface, kind, name.mention.start)

    def _before(self, name: MentionTokens) -> Iterator[Label]:
        """Titles and modifiers: the words right before a name that depend on it."""
        tree, words = self.tree, self.words
        if tree.is_(name.root, "premodifier"):
            return  # what stands before it belongs to the head of the phrase
        first, last = self._lead(name), name.first - 1
        if last < first:
            return
        if name.mention.type == "PERSON":
            if tree.noun(last, words.people | words.titles):
                title = self._title(first, last)
                if title < last or not words.holds(words.courtesy, tree.word(last)):
                    yield from self.label(name, title, last, "title")
                yield from self._modifiers(name, first, title - 1)
                return
        elif tree.pos[last] == "NOUN" and tree.noun(last, words.groups | words.places):
            yield from self.label(name, first, last, "apposition")
            return
        if tree.pos[last] != "NOUN":
            yield from self._modifiers(name, first, last)

    def _lead(self, name: MentionTokens) -> int:
        """The first of the tokens right before a name that depend on it; articles and possessors
        are left out."""
        tree, words = self.tree, self.words
        inner, first = words.relations["inner"], name.first
        while first > max(0, name.first - _LEAD):
            token = first - 1
            head = tree.heads[token]
            if tree.deps[token] not in inner or not first <= head <= name.last:
                hyphenated = tree.word(token) == "-" or (
                    first < name.first and tree.word(first) == "-"
                )
                if not hyphenated or not token < head <= name.last:
                    break
            if (
                tree.pos[token] == "DET"
                or tree.word(token) in words.articles
                or tree.is_(token, "possessor")
            ):
                break
            first = token
        return first

    def _title(self, first: int, last: int) -> int:
        """The first token of the title that ends with `last`: 'human rights activist'."""
        noun = last
        while noun > first and self._in_title(noun - 1):
            noun -= 1
        if noun > first and (
            (noun < last and self._plain_adjective(noun - 1)) or self._relational(noun - 1)
        ):
            noun -= 1
        return noun

    def _plain_adjective(self, token: int) -> bool:
        return self.tree.pos[token] == "ADJ" and token not in self.tree.owner

    def _relational(self, token: int) -> bool:
        return self.tree.word(token) in self.words.relational

    def _in_title(self, token: int) -> bool:
        tree = self.tree
        return token not in tree.owner and (
            self.words.holds(self.words.titles, tree.word(token))
            or (tree.pos[token] in ("NOUN", "PROPN") and tree.is_(token, "premodifier"))
        )

    def _modifiers(self, name: MentionTokens, first: int, last: int) -> Iterator[Label]:
        tree = self.tree
        if name.mention.type == "NORP" and any(
            tree.lemmas[child] in self.words.indefinite
            for child in tree.of(name.root, "determiner")
        ):
            return  # 'a moderate Republican' is one of them
        start = first
        for token in range(first, last + 1):
            head = tree.heads[token]
            if first <= head <= last and head > token:
                continue  # a part of the modifier that it hangs on
            begin = max(start, tree.left(token, start))
            if self._modifies(token) and token - begin < _WORDS:
                yield from self.label(name, begin, token, "modifier")
            start = token + 1

    def _modifies(self, token: int) -> bool:
        tree = self.tree
        return (
            tree.is_(token, "premodifier")
            and tree.pos[token] in ("ADJ", "VERB", "PROPN", "NOUN")
            and (
                tree.owner[token].mention.type == "NORP"
                if token in tree.owner
                else tree.tagged(token, "adjective")
            )
            and tree.word(token) not in self.words.plain_modifiers
            and tree.word(token + 1) != "-"
            and not (
                tree.owner_type(tree.heads[token]) == "GPE"
                and tree.word(token) in self.words.peoples
            )
            # In 'a delegate supporting X' the participle has an object, whatever the parse says.
            and not (tree.tagged(token, "gerund") and self._after_noun(token))
        )

    def _after_noun(self, token: int) -> bool:
        return token > 0 and self.tree.pos[token - 1] in ("NOUN", "PROPN")

    def _head(self, name: MentionTokens) -> Iterator[Label]:
        """The name with the noun that it modifies: 'Syrian regime', "Assad's army"."""
        tree = self.tree
        head = tree.heads[name.root]
        if not (tree.is_(name.root, "premodifier") or tree.is_(name.root, "possessor")):
            return
        if not name.last < head <= name.last + _TO_HEAD or not tree.noun(head, self.words.heads):
            return
        if any(token in tree.owner for token in range(name.last + 1, head + 1)):
            return
        if any(tree.pos[token] in ("CCONJ", "VERB", "DET") for token in range(name.last + 1, head)):
            return
        if (
            head + 1 < tree.size
            and tree.is_(head + 1, "premodifier")
            and tree.heads[head + 1] > head
        ):
            return
        first = name.first
        if first > 1 and tree.word(first - 1) == "(":
            if first - 2 not in tree.owner:
                return
            first = tree.owner[first - 2].first  # 'Islamic State (IS) militants'
        yield from self.label(name, first, head, "head")

    def _fits(self, name: MentionTokens, noun: int) -> bool:
        """Whether a noun can describe what a name names."""
        tree, words = self.tree, self.words
        if noun in tree.owner or tree.pos[noun] not in ("NOUN", "PROPN"):
            return False
        if name.mention.type == "PERSON":
            return tree.noun(noun, words.people | words.titles)
        return tree.noun(noun, words.groups | words.places) or (
            tree.pos[noun] == "NOUN"
            and tree.lemmas[noun] not in words.plain_nouns
            and name.mention.type in ("ORG", "GPE", "NORP", "LOC", "FAC")
            and not tree.noun(noun, words.people)
            and self._determined(noun)
        )

    def _determined(self, noun: int) -> bool:
        return any(
            self.tree.word(child) in self.words.articles
            for child in self.tree.of(noun, "determiner")
        )

    def _beside(self, name: MentionTokens) -> Iterator[Label]:
        """Appositions behind a name ('Iran, a key ally') and before it ('the director, X')."""
        tree = self.tree
        hosts = {name.root}
        if tree.is_(name.root, "conjunct"):
            hosts.add(tree.heads[name.root])
        for host in sorted(hosts):
            for noun in tree.of(host, "apposition"):
                if noun <= name.last or not self._fits(name, noun) or self._taken(noun):
                    continue
                first = tree.left(noun, name.last + 1)
                if name.last + 1 < first and tree.gap(name.last, first):
                    yield from self.label(name, first, tree.right(noun), "apposition")
                    yield from self._joined(name, noun)
        noun = tree.heads[name.root]
        if self._apposed(name.root) and noun < name.first and self._fits(name, noun):
            last = tree.end(noun, name.first)
            # Right before the name it is a title, where nouns come first.
            if tree.gap(last, name.first) and not (
                self.words.noun_first and last + 1 == name.first
            ):
                yield from self.label(name, tree.left(noun), last, "apposition")

    def _joined(self, name: MentionTokens, noun: int) -> Iterator[Label]:
        """What is joined to an apposition by 'and': 'X, a hero and a critic of Y'."""
        tree = self.tree
        for other in tree.of(noun, "conjunct"):
            if other > noun and self._fits(name, other):
                yield from self.label(name, tree.left(other), tree.right(other), "apposition")

    def _apposed(self, token: int) -> bool:
        """Whether it stands in apposition to its head, by its relation or as one of two without an
        'and'."""
        tree = self.tree
        return tree.is_(token, "apposition") or (
            tree.is_(token, "loose_apposition")
            and not any(tree.pos[child] == "CCONJ" for child in tree.children(token))
            and not any(
                child != token and tree.is_(child, "conjunct")
                for child in (*tree.children(tree.heads[token]), *tree.children(token))
            )
        )

    def _taken(self, noun: int) -> bool:
        """Whether a noun describes the name behind it: in 'at the café, the owner, X' X is the
        owner, not the café."""
        return any(
            token > noun and token in self.tree.owner for token in self.tree.of(noun, "apposition")
        )

    def _under(self, name: MentionTokens) -> Iterator[Label]:
        """What a place is called before its name: 'the ancient city of Palmyra'."""
        noun = self.tree.place(name)
        if noun is not None:
            last = self.tree.end(noun, name.first)
            yield from self.label(name, self.tree.left(noun), last, "apposition")
