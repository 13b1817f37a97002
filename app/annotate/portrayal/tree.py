"""The parse of a text with the names in it, as the search for labels and roles asks for it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.annotate.mended import MendedParse
from app.annotate.portrayal.language import PortrayalWords
from app.domain.annotation import Annotation, Mention
from app.domain.reference import Reference

_REACH = 8  # tokens of a phrase on either side of its noun
_DEEP = 8  # steps up the tree
_GAP = 3  # tokens between a noun and its apposition: a comma, a title
_ENDING = frozenset({"PUNCT", "SPACE", "CCONJ", "SCONJ", "VERB", "AUX", "PRON"})


@dataclass(frozen=True, slots=True)
class MentionTokens:
    """The tokens of a mention, or of a word that stands for one."""

    mention: Mention
    # Both inclusive.
    first: int
    last: int
    # The one that the others hang on.
    root: int
    # Where the mention starts that it stands for: itself, but for a word like 'he'.
    of: int


class Tree(MendedParse):
    """A parse with the names among its tokens, lemmas mended and in lower case. `owner` is the name
    that a token is of."""

    def __init__(
        self, text: str, annotation: Annotation, mentions: Sequence[Mention], words: PortrayalWords
    ) -> None:
        super().__init__(text, annotation)
        self.words = words
        mended = words.lemmas
        self.lemmas = [mended.get(lemma, lemma).lower() for lemma in self.lemmas]
        found = (self._name(mention) for mention in mentions)
        self.names = sorted(
            (name for name in found if name), key=lambda name: (name.first, name.last)
        )
        self._types = {mention.start: mention.type for mention in mentions}
        self.owner: dict[int, MentionTokens] = {}
        for name in self.names:
            for token in range(name.first, name.last + 1):
                self.owner.setdefault(token, name)

    def _name(self, mention: Mention) -> MentionTokens | None:
        inside = self.within(mention.start, mention.end)
        if not inside:
            return None
        roots = self.roots(inside) or inside[-1:]
        worded = [token for token in roots if self.pos[token] != "PUNCT"]
        return MentionTokens(mention, inside[0], inside[-1], (worded or roots)[-1], mention.start)

    def owner_type(self, token: int) -> str | None:
        """The type of the name that a token is part of; None outside of names."""
        name = self.owner.get(token)
        return None if name is None else name.mention.type

    def standing_for(self, reference: Reference) -> MentionTokens | None:
        """A pronoun or description in place of the name that it stands for."""
        meant = self._types.get(reference.mention)
        if meant is None:
            return None
        name = self._name(Mention(reference.start, reference.end, reference.text, meant))
        return name and replace(name, of=reference.mention)

    def of(self, token: int, relation: str) -> list[int]:
        """The dependents of a token in a relation, in the order of the text."""
        names = self.words.relations[relation]
        return [child for child in self.children(token) if self.deps[child] in names]

    def is_(self, token: int, relation: str) -> bool:
        """Whether a token stands in a relation to its head."""
        return self.deps[token] in self.words.relations[relation]

    def tagged(self, token: int, tag: str) -> bool:
        """Whether a token has one of the fine tags of a kind, or, being a verb, one of its
        endings."""
        if self.tags[token] in self.words.tags[tag]:
            return True
        endings = self.words.forms.get(tag)
        if not endings:
            return False
        return self.pos[token] in ("VERB", "AUX") and self.word(token).endswith(endings)

    def relative(self, token: int) -> bool:
        """Whether a token is a pronoun that opens a relative clause."""
        return self.tagged(token, "relative") or self.word(token) in self.words.relatives

    def negations(self, verb: int) -> list[int]:
        """What negates a verb, among its dependents."""
        found = self.of(verb, "negation")
        if self.words.negating:
            near = {self.word(child): child for child in self.children(verb)}
            found += [
                max(near[word] for word in together)
                for together in self.words.negating
                if together <= near.keys()
            ]
        return found

    def noun(self, token: int, words: frozenset[str]) -> bool:
        """Whether a token is a noun of a list, by its lemma or its surface."""
        return self.pos[token] in ("NOUN", "PROPN") and (
            self.lemmas[token] in words or self.words.holds(words, self.word(token))
        )

    def left(self, noun: int, stop: int = 0) -> int:
        """Where a noun's phrase begins, without its article: its modifiers right before it."""
        inner, first = self.words.relations["inner"], noun
        for token in range(noun - 1, max(stop, noun - _REACH) - 1, -1):
            if self.deps[token] not in inner or not token < self.heads[token] <= noun:
                break
            first = token
        while first < noun and (
            self.pos[first] in ("PUNCT", "DET", "PRON", "SPACE")
            or self.word(first) in self.words.articles
        ):
            first += 1
        return first

    def right(self, noun: int) -> int:
        """Where a noun's phrase ends: with the prepositional phrase right behind it, if any."""
        if self.words.noun_first:
            return self.end(noun, self.size)
        last = noun
        following = noun + 1
        if not (
            following < self.size
            and self.is_(following, "preposition")
            and self.heads[following] == noun
            and self.word(following) not in self.words.by
        ):
            return last
        whole = noun
        for token in range(following, min(self.size, noun + 1 + _REACH)):
            if token in self.owner and self._hangs(self.owner[token].root, noun):
                whole = max(whole, self.owner[token].last)  # a name is not cut: 'Arts and Sports'
            if token <= whole:
                last = token
                continue
            if self.pos[token] == "CCONJ" and self._in_body(token, noun):
                continue
            if self.pos[token] in ("PUNCT", "SPACE", "CCONJ") and self.word(token) != "-":
                return last
            if not self._hangs(token, noun):
                return last
            if self.pos[token] in ("NOUN", "PROPN"):
                last = token
        return last if self._closed(last, noun) else noun

    def _in_body(self, token: int, noun: int) -> bool:
        """Whether an 'and' stands within a name that nobody found: 'Centre for Trade and Arts'."""
        return (
            noun < token - 1
            and token + 1 < self.size
            and all(
                self.pos[i] == "PROPN" and self.surface(i)[:1].isupper()
                for i in (token - 1, token + 1)
            )
            and token - 1 not in self.owner
            and token + 1 not in self.owner
        )

    def end(self, noun: int, stop: int) -> int:
        """Where a noun's modifiers and complements behind it end, before `stop`; the noun itself
        in a language that has them before it."""
        last = noun
        if not self.words.noun_first:
            return last
        for token in range(noun + 1, min(stop, noun + 1 + _REACH)):
            if self.pos[token] in _ENDING and self.word(token) != "-":
                return last
            if not self._hangs(token, noun):
                return last
            if self.pos[token] in ("NOUN", "PROPN", "ADJ"):
                last = token
        return last if stop <= noun + 1 + _REACH or self._closed(last, noun) else noun

    def _hangs(self, token: int, noun: int) -> bool:
        """Whether a token is of a noun's phrase, outside of the clauses in it."""
        for each in self.chain(token, _DEEP):
            if each == noun:
                return True
            if self.is_(each, "relative") or self.is_(each, "adnominal"):
                return False
        return False

    def _closed(self, last: int, noun: int) -> bool:
        """Whether a phrase that was cut at its greatest length really ends there."""
        following = last + 1
        return following >= self.size or not self._hangs(following, noun)

    def place(self, name: MentionTokens) -> int | None:
        """The noun that says what a place is, in 'the ancient city of Palmyra'."""
        if self.words.noun_first:
            return self._place_before(name)
        of = self.heads[name.root]
        noun = self.heads[of]
        if (
            name.mention.type in ("GPE", "LOC", "FAC")
            and self.is_(name.root, "preposition_object")
            and self.word(of) in self.words.of
            and noun == of - 1 < name.first - 1
            and self.gap(of, name.first)
            and self.pos[noun] == "NOUN"
            and self.lemmas[noun] == self.word(noun)  # of 'the cities of X and Y' X is but one
            and self.lemmas[noun] in self.words.places_of
        ):
            return noun
        return None

    def _place_before(self, name: MentionTokens) -> int | None:
        noun = self.heads[name.root]
        if (
            name.mention.type in ("GPE", "LOC", "FAC")
            and self.is_(name.root, "complement")
            and noun < name.first
            and self.pos[noun] == "NOUN"
            and self.lemmas[noun] == self.word(noun)  # of 'the cities of X and Y' X is but one
            and self.lemmas[noun] in self.words.places_of
            and self.linked(noun, name)
        ):
            return noun
        return None

    def apposed(self, name: MentionTokens) -> bool:
        """Whether a name stands in apposition to its head: 'the group X', without an 'of'."""
        if self.is_(name.root, "apposition"):
            return True
        return (
            self.words.noun_first
            and name.mention.type != "NORP"
            and (self.is_(name.root, "complement") or self.is_(name.root, "premodifier"))
            and not any(
                self.word(token) in self.words.of
                for token in range(self.heads[name.root] + 1, name.first)
            )
        )

    def linked(self, noun: int, name: MentionTokens) -> bool:
        """Whether a name complements or modifies the noun before it: nothing but adjectives,
        articles and an 'of' stand between, the 'of' before a complement alone."""
        between = range(noun + 1, name.first)
        links = [token for token in between if self.word(token) in self.words.of]
        people = self.is_(name.root, "premodifier") and name.mention.type == "NORP"
        return (
            len(between) <= _REACH
            and (self.is_(name.root, "complement") or people)
            and len(links) == (not people)
            and all(
                token not in self.owner and (token in links or self.pos[token] in ("ADJ", "DET"))
                for token in between
            )
        )

    def gap(self, first: int, last: int) -> bool:
        """Whether only a comma, a dash or nothing stands between two places (tokens between
        `first` and `last`, both exclusive)."""
        between = range(first + 1, last)
        return len(between) <= _GAP and all(
            self.pos[i] in ("PUNCT", "PART", "DET")
            or self.word(i) in self.words.articles
            or self.words.holds(self.words.titles, self.word(i))
            for i in between
        )
