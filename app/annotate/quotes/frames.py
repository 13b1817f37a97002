"""What a cue verb reports: the frames in which verbs take clauses, phrases and quoted words."""

from collections.abc import Sequence

from app.annotate.quotes.language import QuoteCues
from app.annotate.quotes.marks import Quotation, is_title
from app.annotate.quotes.syntax import QuoteParse
from app.domain.spans import Spans
from app.domain.text import Span

_OBJECTS = frozenset(["dobj", "oprd", "attr", "ccomp", "acomp", "xcomp"])


class Frames:
    """The contents of the cue verbs of one text, as tokens `(first, last)`, both inclusive.

    `covered` are the spans of direct speech in the order of the text: nothing in them is reported.
    """

    def __init__(
        self,
        parse: QuoteParse,
        cues: QuoteCues,
        quotations: Spans[Quotation],
        covered: Sequence[Span],
    ) -> None:
        self.parse = parse
        self.cues = cues
        self.quotations = quotations
        self.covered = Spans(covered)
        self.taken = frozenset(span.start for span in covered)

    def in_direct(self, token: int) -> bool:
        """Whether a token is part of direct speech."""
        return self.covered.at(self.parse.starts[token]) is not None

    def is_to_come(self, verb: int, children: Sequence[int]) -> bool:
        """Whether a verb stands in the infinitive of a headline, so that nothing is said yet: 'Lind
        to tell court that ...'."""
        parse = self.parse
        return parse.heads[verb] == verb and any(c < verb and self._is_to(c) for c in children)

    def clause(self, verb: int, lemma: str, children: Sequence[int]) -> tuple[int, int] | None:
        """What a verb says in a clause of its own: 'said that ...', '..., he said'."""
        parse, cues = self.parse, self.cues
        if lemma not in cues.speech and lemma not in cues.thought and lemma not in cues.evidence:
            return None
        clauses = [c for c in children if parse.deps[c] == "ccomp" and not self.in_direct(c)]
        for child in clauses:
            if child < verb:
                continue
            left, right = parse.edges(child)
            inner = parse.children(child)
            to = next((c for c in inner if self._is_to(c)), None)
            if to is not None:
                return (to, right) if lemma in cues.infinitive else None
            if lemma in cues.verdict and self._is_verdict(child, inner):
                return None
            if lemma in cues.denying or (lemma in cues.agreeing and self._is_settled(verb, inner)):
                return None
            if parse.subject(child) is None and parse.tags[child] in cues.gerund_tags:
                return None
            start = self._clause_start(verb, lemma, left, children, inner)
            return start, self._clause_end(child, right)
        if clauses and lemma not in cues.evidence:
            return self._inverted(verb, clauses[-1])
        return self._displaced(verb)

    def _is_verdict(self, root: int, inner: Sequence[int]) -> bool:
        """Whether a clause says without a verb what somebody is: 'X guilty of fraud'."""
        parse = self.parse
        return parse.pos[root] in ("ADJ", "NOUN") and not any(
            parse.pos[c] in ("AUX", "VERB") or parse.deps[c] == "mark" for c in inner
        )

    def _is_settled(self, verb: int, inner: Sequence[int]) -> bool:
        """Whether several parties settle on what a clause says will be: an act, no speech."""
        parse = self.parse
        subject = parse.subject(verb)
        several = subject is not None and (
            parse.tags[subject] in self.cues.plural_tags
            or any(parse.deps[c] == "conj" for c in parse.children(subject))
        )
        return several and any(parse.tags[c] in self.cues.modal_tags for c in inner)

    def _displaced(self, verb: int) -> tuple[int, int] | None:
        """A 'that' clause that the parse hung on a noun: 'said in a debate that ...'."""
        parse = self.parse
        for token in range(verb + 1, parse.edges(verb)[1]):
            if parse.lemmas[token] not in self.cues.that or parse.deps[token] != "mark":
                continue
            root = parse.heads[token]
            noun = parse.heads[root]
            if (
                parse.deps[root] in ("acl", "relcl", "advcl")
                and parse.lemmas[noun] not in self.cues.nouns
            ):
                return token, parse.edges(root)[1]
            return None
        return None

    def _inverted(self, verb: int, root: int) -> tuple[int, int] | None:
        """The clause before ', he said'."""
        parse = self.parse
        subject = parse.subject(verb)
        last = (
            min(verb, parse.edges(subject)[0] if subject is not None and subject > root else verb)
            - 1
        )
        while last > root and parse.pos[last] in ("ADV", "AUX", "SPACE"):
            last -= 1
        if parse.pos[last] != "PUNCT":
            return None
        return parse.edges(root)[0], last

    def _clause_start(
        self, verb: int, lemma: str, left: int, children: Sequence[int], inner: Sequence[int]
    ) -> int:
        """Where a clause behind its verb really begins: at its 'that', or at a noun that the parse
        took for an object although the verb takes no person."""
        parse = self.parse
        for child in inner:
            if parse.deps[child] == "mark" and parse.lemmas[child] in self.cues.that:
                return child
        for token in range(verb + 1, left):
            # Two words away it opens the clause whatever the tagger says: "that IS fighters ...".
            if parse.lemmas[token] in self.cues.that and (
                parse.pos[token] == "SCONJ" or token + 2 >= left
            ):
                return token
        if lemma not in self.cues.tell:
            for child in children:
                if verb < child < left and parse.deps[child] == "dobj":
                    return max(verb + 1, parse.edges(child)[0])
        return max(left, verb + 1)

    def _clause_end(self, root: int, right: int) -> int:
        """Where a clause really ends: before a participle that is coordinated with it ('said that
        ... and asking ...' has two cues)."""
        parse = self.parse
        if parse.tags[root] in self.cues.gerund_tags:
            return right
        for child in parse.children(root):
            if (
                child > root
                and parse.deps[child] == "conj"
                and parse.tags[child] in self.cues.gerund_tags
                and not any(parse.deps[c] == "aux" for c in parse.children(child))
            ):
                return max(root, parse.edges(child)[0] - 2)
        return right

    def parenthetical(
        self, verb: int, children: Sequence[int], sentence: range
    ) -> tuple[int, int] | None:
        """The sentence around 'he said' between commas, or 'as he said'."""
        parse = self.parse
        if parse.lemmas[verb] not in self.cues.speech | self.cues.evidence | self.cues.thought:
            return None
        relation = parse.deps[verb]
        if parse.subject(verb) is None or any(
            parse.deps[c] in ("dobj", "xcomp")
            and not (c < verb and parse.lemmas[c] in self.cues.clitics)
            for c in children
        ):
            return None
        marked = any(
            parse.deps[c] in ("mark", "advmod") and parse.lemmas[c] in self.cues.like and c < verb
            for c in children
        )
        inverted = self._inversion(verb)
        if inverted is not None and 0 < inverted <= sentence.start:
            # The parser began a sentence with the cue; what it is about is the one before.
            return parse.sentence_of(inverted - 1).start, inverted - 1
        if relation != "parataxis" and not (
            relation in ("advcl", "ccomp") and (marked or inverted is not None)
        ):
            return None
        head = parse.heads[verb]
        if self.in_direct(head):
            return None
        low, high = parse.edges(head)
        return max(low, sentence.start), min(high, sentence.stop - 1)

    def infinitive(self, verb: int, lemma: str, children: Sequence[int]) -> tuple[int, int] | None:
        """What a verb promises, asks for or plans: 'vowed to ...', 'urged them to ...'."""
        parse = self.parse
        if lemma not in self.cues.infinitive or self._is_passive(verb, lemma, children):
            return None
        for child in children:
            if child < verb or parse.deps[child] not in ("xcomp", "ccomp", "advcl"):
                continue
            inner = parse.children(child)
            to = next((c for c in inner if self._is_to(c)), None)
            if to is not None:
                if parse.lemmas[child] in self.cues.anonymity and any(
                    parse.deps[c] == "auxpass" for c in inner
                ):
                    return None  # "asked not to be named" is about the quote
                return to, parse.edges(child)[1]
        return None

    def _is_passive(self, verb: int, lemma: str, children: Sequence[int]) -> bool:
        """Whether a verb has nobody before its infinitive, and is the passive of a headline: 'X
        urged to step down'."""
        parse = self.parse
        subject = parse.subject(verb)
        if lemma not in self.cues.needing or subject is None or parse.deps[subject] != "nsubj":
            return False
        behind = [c for c in children if c > verb]
        return not any(
            parse.deps[c] in ("dobj", "dative")
            or (parse.deps[c] in ("ccomp", "xcomp") and parse.subject(c) is not None)
            for c in behind
        )

    def _inversion(self, verb: int) -> int | None:
        """The comma before a cue whose subject stands behind it ('..., craint le maire')."""
        parse = self.parse
        subject = parse.subject(verb)
        if parse.lemmas[verb] not in self.cues.inverting or subject is None or subject < verb:
            return None
        comma = parse.before_inversion(verb)
        if comma is None or "\n" in parse.text[parse.ends[comma - 1] : parse.starts[verb]]:
            return None
        return comma if parse.surface(comma) == "," and not self.in_direct(comma) else None

    def _is_to(self, token: int) -> bool:
        """Whether it opens an infinitive."""
        parse = self.parse
        return parse.tags[token] in self.cues.to_tags or (
            parse.deps[token] == "mark" and parse.lemmas[token] in self.cues.to_words
        )

    def gerund(self, verb: int, lemma: str, children: Sequence[int]) -> tuple[int, int] | None:
        """What a verb says with a gerund: 'accused them of ...', 'denied ...ing'."""
        parse = self.parse
        if lemma not in self.cues.gerund:
            return None
        for child in children:
            if child < verb:
                continue
            if (
                parse.deps[child] in ("xcomp", "ccomp")
                and parse.tags[child] in self.cues.gerund_tags
            ):
                return parse.edges(child)
            if parse.deps[child] == "prep" and any(
                parse.deps[c] == "pcomp" for c in parse.children(child)
            ):
                objects = [c for c in children if parse.deps[c] == "dobj" and verb < c < child]
                left = parse.edges(objects[0])[0] if objects else parse.edges(child)[0]
                return left, parse.edges(child)[1]
        return None

    def quoted(self, verb: int, lemma: str, children: Sequence[int]) -> tuple[int, int] | None:
        """What a verb says of something in quoted words: 'called it "a disgrace"'."""
        parse = self.parse
        label = lemma in self.cues.label
        first = last = -1
        holds = False
        for child in children:
            relation = parse.deps[child]
            if child < verb or not (relation in _OBJECTS or relation in ("prep", "dative")):
                continue
            low, high = parse.edges(child)
            quotation = self._fragment(low, high)
            if (
                quotation is not None
                and not label
                and is_title(parse.text, quotation)
                and not self._uttered(verb, lemma, quotation)
            ):
                quotation = None
            if relation in ("prep", "dative"):
                allowed = parse.lemmas[child] in self.cues.prepositions
                if not (
                    allowed and (quotation or (label and parse.lemmas[child] in self.cues.like))
                ):
                    continue
            holds = holds or quotation is not None
            first = low if first < 0 else first
            last = max(last, high)
        if not holds:
            return None
        return max(first, verb + 1), last

    def _uttered(self, verb: int, lemma: str, quotation: Quotation) -> bool:
        """Whether a verb utters the words of a quotation right behind it, so that they name no
        work: 'chanted "No More"', 'a sign reading "No More"'."""
        parse = self.parse
        if quotation.start != parse.starts[verb + 1]:
            return False
        head = parse.heads[verb]
        return lemma in self.cues.uttering or (
            parse.deps[verb] in ("acl", "relcl") and parse.lemmas[head] in self.cues.writings
        )

    def _fragment(self, first: int, last: int) -> Quotation | None:
        """A quotation within tokens `[first, last]` that is no direct speech."""
        inside = self.quotations.overlapping(self.parse.starts[first], self.parse.ends[last])
        return next((each for each in inside if each.start not in self.taken), None)
