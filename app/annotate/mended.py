"""A parse without the slips that the parser makes again and again in news."""

from app.annotate.borders import borders
from app.annotate.parse import Parse
from app.domain.annotation import Annotation

_SUBJECTS = frozenset(["nsubj", "nsubjpass", "csubj", "csubjpass", "expl"])
_NOUNS = frozenset(["NOUN", "PROPN"])
# Penn tags; in a language with others the joined verbs and openings are left as they are.
_FINITE = frozenset(["VBD", "VBZ", "VBP"])
_REPORTED = frozenset(["ccomp", "dobj"])
_CLOSING = frozenset(['"', "”", "''", "’"])
_CONJUNCTS = 3  # steps from a verb to the first of those that it is joined to
_OPENING = 6  # steps from a noun up to the preposition that opens its sentence


class MendedParse(Parse):
    """A parse in which

    - a sentence ends behind a dateline and behind the signature of a post;
    - whoever stands between an opening phrase and a verb without a subject is its subject, and no
      apposition to the opening ('In a letter to X, Y wrote');
    - the second verb of somebody who speaks is not one of those that he speaks of ('X said Y had
      lost, and praised Z').
    """

    def __init__(self, text: str, annotation: Annotation) -> None:
        super().__init__(text, annotation)
        self._heads, self._deps = list(self.heads), list(self.deps)
        self.heads, self.deps = self._heads, self._deps
        self._with_subject = {
            head for head, dep in zip(self._heads, self._deps, strict=True) if dep in _SUBJECTS
        }
        self._part(text)
        for token, tag in enumerate(self.tags):
            if tag in _FINITE and token not in self._with_subject:
                if self._deps[token] == "conj":
                    self._mend_joined(token)
                else:
                    self._mend_subject(token)

    def _part(self, text: str) -> None:
        """Lets sentences begin behind datelines and signatures too."""
        first = {token for token in map(self.token_at, borders(text)) if 0 < token < self.size}
        self.openings = sorted({*self.openings, *first})
        for opening in first:
            self._cut(opening)

    def _cut(self, opening: int) -> None:
        """Lets no relation cross `opening`; the phrase that a verb behind it has lost its subject
        with becomes that subject."""
        sentence = self.sentence_of(opening)
        before = self.sentence_of(opening - 1)
        orphans = [i for i in sentence if self.heads[i] in before]
        for token in (*orphans, *(i for i in before if self.heads[i] in sentence)):
            if self.deps[token] in _SUBJECTS:
                self._with_subject.discard(self.heads[token])
            self._heads[token] = token
        root = next((i for i in sentence if self.heads[i] == i and i not in orphans), None)
        if root is None or root in self._with_subject:
            return
        for token in orphans:
            if token < root and self.pos[token] in _NOUNS:
                self._subject_of(token, root)
                return

    def _subject_of(self, noun: int, verb: int) -> None:
        self._heads[noun], self._deps[noun] = verb, "nsubj"
        self._with_subject.add(verb)

    def _mend_subject(self, verb: int) -> None:
        """The noun right before a verb without a subject, where it is an apposition, behind a
        comma, to a phrase that opens the sentence."""
        noun = verb - 1
        if noun < 1 or self.pos[noun] not in _NOUNS:
            return
        while self.deps[noun] == "compound" and noun < self.heads[noun] < verb:
            noun = self.heads[noun]
        if self.deps[noun] not in ("appos", "conj") or self.heads[noun] >= noun:
            return
        first = noun
        while first > 0 and self.heads[first - 1] == noun and self.surface(first - 1) != ",":
            first -= 1
        if first < 1 or self.surface(first - 1) != ",":
            return
        for token in self.chain(self.heads[noun], _OPENING):
            if self.deps[token] == "prep" and self.heads[token] == verb:
                if token == self.sentence_of(verb).start:
                    self._subject_of(noun, verb)
                return

    def _mend_joined(self, verb: int) -> None:
        """A finite verb behind ', and' that is joined to what is said goes to the verb that says
        it."""
        said = verb
        for _ in range(_CONJUNCTS):
            if self.deps[said] != "conj":
                break
            said = self.heads[said]
        saying = self.heads[said]
        if (
            self.deps[said] not in _REPORTED
            or not saying < said < verb
            or saying not in self._with_subject
            or self.tags[saying] != self.tags[verb]
            or any(self.heads[i] == verb and self.deps[i] == "aux" for i in range(said + 1, verb))
        ):
            return
        link = next(
            (i for i in range(verb - 1, said, -1) if self.deps[i] == "cc"),
            None,
        )
        if link is None or any(self.pos[i] != "ADV" for i in range(link + 1, verb)):
            return
        before = self.surface(link - 1)
        apart = before == "," or (
            (
                before in _CLOSING
                or self._modal(said)
                or self.lemmas[verb] == self.lemmas[saying] != self.lemmas[said]
            )
            and self.lemmas[verb] not in ("be", "have")
        )
        if apart:
            self._heads[verb] = self._heads[link] = saying
            if self.pos[link - 1] == "PUNCT" and before == ",":
                self._heads[link - 1] = saying

    def _modal(self, verb: int) -> bool:
        """Whether a verb stands in a tense that a plain past is not joined to: 'would lose'."""
        return any(
            self.heads[i] == verb and self.tags[i] == "MD" for i in range(max(0, verb - 3), verb)
        )
