"""Who a text speaks of: the persons that it names, and nameless ones beside them."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.annotate.parse import Parse
from app.annotate.references.genders import genders_of, telling
from app.annotate.references.language import ReferenceWords
from app.domain.annotation import Annotation, Cluster, Mention
from app.domain.portrayal import Label
from app.domain.quote import Utterance
from app.domain.spans import Spans

NAMELESS = -1
_TITLE = 16  # characters before a name in which its title ends

_CHAIN = frozenset(["conj", "appos"])
# A noun in these relations says something of another word, which means somebody itself.
OF_ANOTHER = frozenset(["appos", "attr", "compound", "amod", "nmod", "npadvmod", "oprd"])
_CASE = frozenset(["prep", "agent", "dative"])
# A verb in these relations may take its subject from the one above it.
_SHARING = frozenset(["xcomp", "conj", "advcl", "pcomp", "prep"])
_SUBJECTS = frozenset(["nsubj", "nsubjpass"])
_DEEP = 4  # steps up the tree: a list, an apposition and two prepositions


@dataclass(frozen=True, slots=True)
class Appearance:
    """Where a person is spoken of: by name, by a noun or by a pronoun."""

    token: int
    # The number of its sentence.
    sentence: int
    # The relation in which it stands to its verb: "nsubj".
    relation: str
    # The number of the person's cluster; NAMELESS without one.
    person: int
    # The gender that the text tells: "m", "f".
    gender: str | None


class PeopleParse(Parse):
    """A parse with the clusters of the text, its quotations, and its persons' genders.

    `owner` is the number of the cluster that a token is of, `mention_owner` the same by where a
    mention starts; `appearances` are those of the persons that the text names.
    """

    def __init__(
        self,
        text: str,
        annotation: Annotation,
        clusters: Sequence[Cluster],
        quotes: Sequence[Utterance],
        labels: Sequence[Label],
        words: ReferenceWords,
    ) -> None:
        super().__init__(text, annotation)
        self.words, self.clusters = words, clusters
        self._subject = {
            head for head, dep in zip(self.heads, self.deps, strict=True) if dep in _SUBJECTS
        }
        self.owner: dict[int, int] = {}
        self.mention_owner: dict[int, int] = {}
        self.appearances: list[Appearance] = []
        for number, cluster in enumerate(clusters):
            for mention in cluster.mentions:
                self.mention_owner[mention.start] = number
        self.labels = telling(clusters, labels, words)
        self.genders = genders_of(text, clusters, self.labels, words)
        for number, cluster in enumerate(clusters):
            for mention in cluster.mentions:
                self._enter(number, mention)
        self._quoted = Spans(span for quote in quotes for span in quote.quoted)
        self._speakers = {
            span.start: self.mention_owner.get(quote.mention, NAMELESS)
            for quote in quotes
            if quote.mention is not None
            for span in quote.quoted
        }

    def relation(self, token: int) -> str:
        """The relation in which a token stands to its verb, or the word that it is joined to
        does."""
        return self.deps[self.past(token, _CHAIN, _DEEP)]

    def governor(self, token: int) -> int:
        """The token that a token depends on, or that the word does which it is joined to;
        prepositions are passed over."""
        return self.past(self.heads[self.past(token, _CHAIN, _DEEP)], _CASE, _DEEP)

    def sharing(self, verb: int) -> set[int]:
        """A verb with those above it whose subject it may share: 'X hopes to ...'."""
        found = {verb}
        for _ in range(_DEEP):
            if self.deps[verb] not in _SHARING or verb in self._subject:
                break
            verb = self.heads[verb]
            found.add(verb)
        return found

    def quoted(self, token: int) -> int | None:
        """The person in whose quoted words a token stands (NAMELESS where nobody knows); None
        outside of quotation marks."""
        quoted = self._quoted.at(self.starts[token])
        return None if quoted is None else self._speakers.get(quoted.start, NAMELESS)

    def _enter(self, number: int, mention: Mention) -> None:
        inside = self.within(mention.start, mention.end)
        for token in inside:
            self.owner[token] = number
        if not inside or self.clusters[number].type != "PERSON":
            return
        root = (self.roots(inside) or inside)[-1]
        self.appearances.append(
            Appearance(root, self.sentence(root), self.relation(root), number, self.genders[number])
        )

    def nameless(self, meant: Mapping[int, int]) -> list[Appearance]:
        """The nouns for one person, and names that resolution does not know, with no name beside
        them; `meant` are those, by their token, that mean a cluster."""
        found = []
        named_beside = {
            self.heads[appearance.token]
            for appearance in self.appearances
            if self.deps[appearance.token] in ("appos", "attr", "compound", "nmod")
        }
        for token, pos in enumerate(self.pos):
            if pos not in ("NOUN", "PROPN") or token in self.owner:
                continue
            if self.tags[token] not in self.words.singular_tags or self.deps[token] in OF_ANOTHER:
                continue
            lemma = self.lemmas[token].lower()
            # A name that resolution does not know counts only behind a title: else nobody can tell
            # whether it is a person's.
            if pos == "PROPN" and (token == 0 or self.word(token - 1) not in self.words.titles):
                continue
            if pos == "NOUN" and not self._is_person(lemma):
                continue
            if token in meant:
                person = meant[token]
                gender = self.genders.get(person)
            elif token in named_beside:
                continue
            else:
                person, gender = NAMELESS, self.words.nouns.get(lemma)
            found.append(
                Appearance(token, self.sentence(token), self.relation(token), person, gender)
            )
        return found

    def restricted(self, token: int, relations: frozenset[str]) -> bool:
        """Whether a token has a dependent in one of these relations."""
        return any(self.deps[child] in relations for child in self.children(token))

    def last_of(self, person: int, token: int) -> int | None:
        """The token of the last mention of a cluster before another token; None without one."""
        mentions = self.clusters[person].mentions
        index = bisect_left(mentions, self.starts[token], key=lambda mention: mention.start)
        if not index:
            return None
        return self.token_at(mentions[index - 1].start)

    def _is_person(self, noun: str) -> bool:
        words = self.words
        return noun in words.people or (
            noun.endswith(words.endings) and noun not in words.not_people
        )
