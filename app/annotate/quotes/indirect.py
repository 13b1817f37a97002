"""Indirect and mixed speech: cue words with the clause that they report."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from app.annotate.quotes import speakers
from app.annotate.quotes.language import Cues
from app.annotate.quotes.marks import Quotation, is_title
from app.annotate.quotes.speakers import Speaker
from app.annotate.quotes.syntax import Parse
from app.domain.text import Span

_SUBJECTS = frozenset(["nsubj", "nsubjpass", "expl", "csubj"])
_OBJECTS = frozenset(["dobj", "oprd", "attr", "ccomp", "acomp", "xcomp"])


@dataclass(frozen=True, slots=True)
class Reported:
    """What a cue reports: tokens `[first, last]`, the cue's token, and the speaker."""

    first: int
    last: int
    cue: int
    speaker: Speaker | None


class Indirect:
    """The search for indirect and mixed speech in one text, outside of `covered` spans (direct
    speech, in the order of the text)."""

    def __init__(
        self,
        parse: Parse,
        cues: Cues,
        quotations: Sequence[Quotation],
        covered: Sequence[Span],
        used: frozenset[int],
    ) -> None:
        self.parse = parse
        self.cues = cues
        self.quotations = quotations
        self.covered = covered
        self.used = used
        self._quotation_starts = [quotation.start for quotation in quotations]
        self._taken = frozenset(span.start for span in covered)
        self._covered_starts = [span.start for span in covered]

    def in_direct(self, token: int) -> bool:
        """Whether a token is part of direct speech."""
        offset = self.parse.starts[token]
        index = bisect_right(self._covered_starts, offset) - 1
        return index >= 0 and offset < self.covered[index].end

    def _quoted_word(self, token: int) -> bool:
        """Whether a token stands between marks: what is said there is not said by the text."""
        offset = self.parse.starts[token]
        index = bisect_right(self._quotation_starts, offset) - 1
        if index < 0:
            return False
        quotation = self.quotations[index]
        return offset < quotation.end and (quotation.closed or quotation.start in self._taken)

    def find(self) -> list[Reported]:
        """Everything reported, in the order of its cues."""
        parse, cues = self.parse, self.cues
        verbs, nouns, adjectives = cues.verbs, cues.nouns, cues.adjectives
        wanted = verbs | nouns | adjectives | {"accord"}
        found: list[Reported] = []
        for i, lemma in enumerate(parse.lemmas):
            if lemma not in wanted or self._quoted_word(i):
                continue
            pos = parse.pos[i]
            if pos == "VERB":
                if lemma == "accord":
                    parse.sentence(i)
                    found.extend(self._according(i))
                elif lemma in verbs and i not in self.used:
                    parse.sentence(i)
                    for item in self._verb(i, lemma):
                        self._part_parallel(found, item)
                        found.append(item)
            elif pos == "NOUN" and lemma in nouns:
                parse.sentence(i)
                found.extend(self._noun(i))
            elif pos == "ADJ" and lemma in adjectives:
                parse.sentence(i)
                found.extend(self._adjective(i))
        return found

    def _part_parallel(self, found: list[Reported], item: Reported) -> None:
        """Cut the content before `item` where it runs into it: 'with the government insisting ...
        and the opposition saying ...'."""
        parse = self.parse
        if not found or item.speaker is None or parse.tokens.tags[item.cue] != "VBG":
            return
        before = found[-1]
        head = parse.token_at(item.speaker.span.start)
        if (
            parse.tokens.tags[before.cue] == "VBG"
            and before.first < head - 1 and item.cue <= before.last
            and before.cue < before.first
            and parse.pos[head - 1] in ("CCONJ", "SCONJ")
        ):
            found[-1] = replace(before, last=head - 2)

    # --- verbs

    def _verb(self, verb: int, lemma: str) -> Iterator[Reported]:
        parse, cues = self.parse, self.cues
        first, last = parse.sentence(verb)
        children = parse.children(verb)
        if lemma in cues.speech and any(parse.deps[c] == "neg" for c in children):
            return
        clause = self._clause(verb, lemma, children)
        content = clause or self._parenthetical(verb, children, first, last)
        if content is None:
            content = self._infinitive(verb, lemma, children)
        if content is None:
            content = self._gerund(verb, lemma, children)
        if content is None:
            content = self._quoted(verb, lemma, children)
        if content is None:
            return
        speaker = speakers.of_verb(parse, cues, verb, first, last)
        if speaker is None and not any(parse.deps[c] in _SUBJECTS for c in children):
            speaker = speakers.before(parse, verb, first)
        if speaker is None and (clause is None or lemma not in cues.speech):
            return
        if speaker is not None and lemma not in cues.speech and self._no_voice(speaker):
            return
        yield from self._pieces(content, verb, speaker)

    def _no_voice(self, speaker: Speaker) -> bool:
        """Whether what thinks or shows is nobody: 'this', 'it', 'which'."""
        return self.parse.lemmas[speaker.head].lower() in self.cues.nobody

    def _clause(self, verb: int, lemma: str, children: list[int]) -> tuple[int, int] | None:
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
            to = next((c for c in inner if parse.tokens.tags[c] == "TO"), None)
            if to is not None:
                return (to, right) if lemma in cues.infinitive else None
            if parse.subject(child) is None and parse.tokens.tags[child] == "VBG":
                return None
            start = self._clause_start(verb, lemma, left, children, inner)
            return start, self._clause_end(child, right)
        if clauses and lemma not in cues.evidence:
            return self._inverted(verb, clauses[-1])
        return self._displaced(verb)

    def _displaced(self, verb: int) -> tuple[int, int] | None:
        """A 'that' clause which the parse hung on a noun in between: 'said in a debate that ...'."""
        parse = self.parse
        for token in range(verb + 1, parse.edges(verb)[1]):
            if parse.lemmas[token] != "that" or parse.deps[token] != "mark":
                continue
            root = parse.head(token)
            noun = parse.head(root)
            if parse.deps[root] in ("acl", "relcl", "advcl") and parse.lemmas[noun] not in self.cues.nouns:
                return token, parse.edges(root)[1]
            return None
        return None

    def _inverted(self, verb: int, root: int) -> tuple[int, int] | None:
        """The clause before ', he said'."""
        parse = self.parse
        subject = parse.subject(verb)
        last = min(verb, parse.edges(subject)[0] if subject is not None and subject > root else verb) - 1
        while last > root and parse.pos[last] in ("ADV", "AUX", "SPACE"):
            last -= 1
        if parse.pos[last] != "PUNCT":
            return None
        return parse.edges(root)[0], last

    def _clause_start(
        self, verb: int, lemma: str, left: int, children: list[int], inner: list[int]
    ) -> int:
        """Where a clause behind its verb really begins: at its 'that', or at a noun that the
        parse took for an object of a verb which takes no person."""
        parse = self.parse
        for child in inner:
            if parse.deps[child] == "mark" and parse.lemmas[child] == "that":
                return child
        for token in range(verb + 1, left):
            if parse.lemmas[token] == "that" and parse.pos[token] == "SCONJ":
                return token
        if lemma not in self.cues.tell:
            for child in children:
                if verb < child < left and parse.deps[child] == "dobj":
                    return max(verb + 1, parse.edges(child)[0])
        return max(left, verb + 1)

    def _clause_end(self, root: int, right: int) -> int:
        """Where a clause really ends: no participle is coordinated with it ('said that ... and
        asking ...' has two cues)."""
        parse = self.parse
        if parse.tokens.tags[root] == "VBG":
            return right
        for child in parse.children(root):
            if (
                child > root
                and parse.deps[child] == "conj"
                and parse.tokens.tags[child] == "VBG"
                and not any(parse.deps[c] == "aux" for c in parse.children(child))
            ):
                return max(root, parse.edges(child)[0] - 2)
        return right

    def _parenthetical(
        self, verb: int, children: list[int], first: int, last: int
    ) -> tuple[int, int] | None:
        """The sentence around 'he said' between commas, or 'as he said'."""
        parse = self.parse
        if parse.lemmas[verb] not in self.cues.speech | self.cues.evidence | self.cues.thought:
            return None
        relation = parse.deps[verb]
        left, right = parse.edges(verb)
        if parse.subject(verb) is None or any(parse.deps[c] in ("dobj", "xcomp") for c in children):
            return None
        marked = any(
            parse.deps[c] in ("mark", "advmod") and parse.lemmas[c] == "as" and c < verb for c in children
        )
        if relation != "parataxis" and not (relation in ("advcl", "ccomp") and marked):
            return None
        head = parse.head(verb)
        if self.in_direct(head):
            return None
        low, high = parse.edges(head)
        return max(low, first), min(high, last - 1)

    def _infinitive(self, verb: int, lemma: str, children: list[int]) -> tuple[int, int] | None:
        """What a verb promises, asks for or plans: 'vowed to ...', 'urged them to ...'."""
        parse = self.parse
        if lemma not in self.cues.infinitive:
            return None
        for child in children:
            if child < verb or parse.deps[child] not in ("xcomp", "ccomp", "advcl"):
                continue
            inner = parse.children(child)
            to = next((c for c in inner if parse.tokens.tags[c] == "TO"), None)
            if to is not None:
                return to, parse.edges(child)[1]
        for child in children:
            if child > verb and parse.lemmas[child] in ("for", "on") and parse.deps[child] == "prep" and lemma == "call":
                return child, parse.edges(child)[1]
        return None

    def _gerund(self, verb: int, lemma: str, children: list[int]) -> tuple[int, int] | None:
        """What a verb says with a gerund: 'accused them of ...', 'denied ...ing'."""
        parse = self.parse
        if lemma not in self.cues.gerund:
            return None
        for child in children:
            if child < verb:
                continue
            if parse.deps[child] in ("xcomp", "ccomp") and parse.tokens.tags[child] == "VBG":
                return parse.edges(child)
            if parse.deps[child] == "prep" and any(
                parse.deps[c] == "pcomp" for c in parse.children(child)
            ):
                objects = [c for c in children if parse.deps[c] == "dobj" and verb < c < child]
                left = parse.edges(objects[0])[0] if objects else parse.edges(child)[0]
                return left, parse.edges(child)[1]
        return None

    def _quoted(self, verb: int, lemma: str, children: list[int]) -> tuple[int, int] | None:
        """What a verb says of something in quoted words: 'called it "a disgrace"'."""
        parse = self.parse
        label = lemma in self.cues.label
        first = last = -1
        for child in children:
            relation = parse.deps[child]
            if child < verb or not (relation in _OBJECTS or relation in ("prep", "dative")):
                continue
            low, high = parse.edges(child)
            quotation = self._fragment(low, high)
            if quotation is not None and not label and is_title(parse.text, quotation):
                quotation = None
            if relation in ("prep", "dative"):
                allowed = parse.lemmas[child] in self.cues.prepositions
                if not (allowed and (quotation or (label and parse.lemmas[child] == "as"))):
                    continue
            first = low if first < 0 else first
            last = max(last, high)
        if first < 0 or self._fragment(first, last) is None:
            return None
        return max(first, verb + 1), last

    def _fragment(self, first: int, last: int) -> Quotation | None:
        """A quotation within tokens `[first, last]` that is no direct speech."""
        start, end = self.parse.starts[first], self.parse.ends[last]
        index = bisect_right(self.quotations, start, key=lambda q: q.end)
        while index < len(self.quotations) and self.quotations[index].start < end:
            quotation = self.quotations[index]
            if quotation.start not in self._taken:
                return quotation
            index += 1
        return None

    # --- other cues

    def _according(self, token: int) -> Iterator[Reported]:
        """'According to X, ...' and '..., according to X'."""
        parse = self.parse
        first, last = parse.sentence(token)
        source = None
        for child in parse.children(token):
            if parse.deps[child] == "prep":
                for inner in parse.children(child):
                    if parse.deps[inner] == "pobj":
                        source = inner
        if source is None:
            return
        head = parse.head(token)
        if head == token:  # cut off by the border of a paragraph
            roots = [i for i in range(first, last) if parse.head(i) == i and i != token]
            if not roots:
                return
            head = max(roots, key=lambda i: parse.edges(i)[1] - parse.edges(i)[0])
        for _ in range(12):
            if parse.pos[head] in ("VERB", "AUX") or parse.head(head) == head:
                break
            head = parse.head(head)
        if head in self.used:
            return
        left, _ = parse.edges(token)
        speaker = speakers.phrase(parse, source, left, last)
        low, high = parse.edges(head)
        yield from self._pieces((low, high), token, speaker)

    def _noun(self, noun: int) -> Iterator[Reported]:
        """'X's claim that ...', 'made the claim that ...'."""
        parse = self.parse
        first, last = parse.sentence(noun)
        children = parse.children(noun)
        clause = None
        for child in children:
            if child > noun and parse.deps[child] in ("acl", "ccomp", "relcl"):
                inner = parse.children(child)
                if any(parse.deps[c] == "mark" and parse.lemmas[c] == "that" for c in inner):
                    clause = child
        if clause is None:
            return
        speaker = None
        for child in children:
            if parse.deps[child] == "poss":
                speaker = speakers.phrase(parse, child, first, noun)
            elif parse.deps[child] == "prep" and parse.lemmas[child] in ("of", "by", "from", "among") and child < clause:
                for inner in parse.children(child):
                    if parse.deps[inner] == "pobj":
                        speaker = speakers.phrase(parse, inner, noun + 1, parse.edges(clause)[0])
        head = parse.head(noun)
        if speaker is None and parse.deps[noun] == "dobj" and parse.lemmas[head] in self.cues.support | self.cues.speech:
            speaker = speakers.of_verb(parse, self.cues, head, first, last)
        if speaker is None:
            return
        low, high = parse.edges(clause)
        yield from self._pieces((low, high), noun, speaker)

    def _adjective(self, adjective: int) -> Iterator[Reported]:
        """'is confident that ...'."""
        parse = self.parse
        first, last = parse.sentence(adjective)
        head = parse.head(adjective)
        if parse.deps[adjective] not in ("acomp", "conj", "ROOT"):
            return
        for child in parse.children(adjective):
            if parse.deps[child] == "ccomp" and child > adjective:
                speaker = speakers.of_verb(parse, self.cues, head, first, last)
                if speaker is not None and not self._no_voice(speaker):
                    yield from self._pieces(parse.edges(child), adjective, speaker)
                return

    # --- contents

    def _pieces(
        self, content: tuple[int, int], cue: int, speaker: Speaker | None
    ) -> Iterator[Reported]:
        """The content without the cue's own clause in the middle of it."""
        first, last = content
        parse = self.parse
        if first <= cue <= last:
            left, right = parse.edges(cue)
            if first <= left - 1:
                yield Reported(first, left - 1, cue, speaker)
            if right + 1 <= last:
                yield Reported(right + 1, last, cue, speaker)
        else:
            yield Reported(first, last, cue, speaker)
