"""Indirect and mixed speech: cue words with the clause that they report."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from app.annotate.quotes import speakers
from app.annotate.quotes.frames import Frames
from app.annotate.quotes.language import QuoteCues
from app.annotate.quotes.marks import Quotation
from app.annotate.quotes.speakers import Speaker
from app.annotate.quotes.syntax import QuoteParse
from app.domain.spans import Spans
from app.domain.text import Span

_SUBJECTS = frozenset(["nsubj", "nsubjpass", "expl", "csubj"])
_LISTENING = frozenset(["DET", "ADJ", "NOUN", "PROPN", "PRON", "ADP"])
_LISTENER = 6  # tokens for those to whom something is told


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
        parse: QuoteParse,
        cues: QuoteCues,
        quotations: Spans[Quotation],
        covered: Sequence[Span],
        used: frozenset[int],
    ) -> None:
        self.parse = parse
        self.cues = cues
        self.quotations = quotations
        self.used = used
        self.frames = Frames(parse, cues, quotations, covered)

    def _quoted_word(self, token: int) -> bool:
        """Whether a token stands between quotation marks: somebody else says it, not the text."""
        quotation = self.quotations.at(self.parse.starts[token])
        return quotation is not None and (quotation.closed or quotation.start in self.frames.taken)

    def find(self) -> list[Reported]:
        """Everything reported, in the order of its cues."""
        parse, cues = self.parse, self.cues
        verbs, nouns, adjectives = cues.verbs, cues.nouns, cues.adjectives
        wanted = verbs | nouns | adjectives | cues.source
        found: list[Reported] = []
        for i, lemma in enumerate(parse.lemmas):
            if lemma not in wanted or self._quoted_word(i):
                continue
            pos = parse.pos[i]
            if pos == "VERB":
                if lemma in cues.source:
                    found.extend(self._according(i))
                elif lemma in verbs and i not in self.used:
                    for item in self._verb(i, lemma):
                        self._part_parallel(found, item)
                        self._part_contrast(found, item)
                        found.append(item)
            elif pos == "ADP" and lemma in cues.source:
                found.extend(self._by_preposition(i))
            elif pos == "NOUN" and lemma in nouns:
                found.extend(self._noun(i))
            elif pos == "ADJ" and lemma in adjectives:
                found.extend(self._adjective(i))
        return found

    def _part_contrast(self, found: list[Reported], item: Reported) -> None:
        """Cut the content before `item` where somebody else has the word: 'X said that ..., while
        Y said ...'."""
        if not found or item.speaker is None:
            return
        parse, before = self.parse, found[-1]
        joined = parse.heads[item.cue]
        if not (before.cue < before.first < joined < item.cue <= before.last):
            return
        if parse.deps[item.cue] not in ("conj", "advcl") or parse.subject(item.cue) is None:
            return
        first = parse.edges(item.cue)[0]
        for token in (first, first - 1):
            if before.first < token - 1 and parse.word(token) in self.cues.contrasting:
                apart = parse.word(token) != "and" or parse.surface(token - 1) == ","
                if apart:
                    found[-1] = replace(before, last=token - 1)
                return

    def _part_parallel(self, found: list[Reported], item: Reported) -> None:
        """Cuts the content before `item` where it runs into it: 'with the government insisting ...
        and the opposition saying ...'."""
        parse = self.parse
        if not found or item.speaker is None or parse.tags[item.cue] not in self.cues.gerund_tags:
            return
        before = found[-1]
        head = parse.token_at(item.speaker.span.start)
        if (
            parse.tags[before.cue] in self.cues.gerund_tags
            and before.first < head - 1
            and item.cue <= before.last
            and before.cue < before.first
            and parse.pos[head - 1] in ("CCONJ", "SCONJ")
        ):
            found[-1] = replace(before, last=head - 2)

    # --- verbs

    def _verb(self, verb: int, lemma: str) -> Iterator[Reported]:
        parse, cues, frames = self.parse, self.cues, self.frames
        sentence = parse.sentence_of(verb)
        children = parse.children(verb)
        if lemma in cues.speech and any(
            parse.deps[c] == "neg" or parse.lemmas[c] in cues.negations for c in children
        ):
            return
        if frames.is_to_come(verb, children):
            return
        clause = frames.clause(verb, lemma, children)
        content = clause or frames.parenthetical(verb, children, sentence)
        if content is None:
            content = frames.infinitive(verb, lemma, children)
        if content is None:
            content = frames.gerund(verb, lemma, children)
        if content is None:
            content = frames.quoted(verb, lemma, children)
        inserted = self._inserted(verb, sentence)
        if inserted is not None:
            yield from inserted
            return
        if content is None:
            return
        speaker = speakers.of_verb(parse, cues, verb, sentence.start, sentence.stop)
        if speaker is None and not any(parse.deps[c] in _SUBJECTS for c in children):
            if speakers.is_addressed(parse, cues, verb):
                return
            speaker = speakers.before(parse, verb, sentence.start)
        if speaker is None and (clause is None or lemma not in cues.speech):
            return
        if speaker is not None and self._no_voice(speaker, lemma):
            return
        yield from self._pieces(content, verb, speaker)

    def _inserted(self, verb: int, sentence: range) -> list[Reported] | None:
        """The sentence around a cue clause between commas whose subject is whom it speaks of: in
        'X, Y wrote, is ...' Y speaks, and of X. None where the clause is no such."""
        parse = self.parse
        if parse.lemmas[verb] not in self.cues.speech:
            return None
        if parse.tags[verb] not in self.cues.finite_tags:
            return None
        after = self._behind_listener(verb, sentence)
        if (
            after + 1 >= sentence.stop
            or parse.surface(after) != ","
            or parse.pos[after + 1] not in ("AUX", "VERB")
            or parse.tags[after + 1] in self.cues.gerund_tags
        ):
            return None
        comma = verb - 1
        while comma > sentence.start and parse.pos[comma] in ("PROPN", "PRON", "NOUN", "DET"):
            comma -= 1
        if parse.surface(comma) != "," or comma == verb - 1 or comma - sentence.start < 1:
            return None
        if parse.pos[comma - 1] not in ("PROPN", "NOUN", "PRON"):
            return None
        span = parse.span(comma + 1, verb - 1)
        if span is None:
            return None
        speaker = Speaker(span, span, verb - 1)
        return [
            Reported(sentence.start, comma - 1, verb, speaker),
            Reported(after + 1, sentence.stop - 1, verb, speaker),
        ]

    def _behind_listener(self, verb: int, sentence: range) -> int:
        """The token behind a verb and those to whom something is told: 'told the jury'."""
        parse = self.parse
        after = verb + 1
        if parse.lemmas[verb] in self.cues.tell:
            while (
                after < min(sentence.stop - 1, verb + 1 + _LISTENER)
                and parse.pos[after] in _LISTENING
            ):
                after += 1
        return after

    def _no_voice(self, speaker: Speaker, cue: str = "") -> bool:
        """Whether a speaker stands for nobody: the reader, and, where a word thinks or shows
        something, 'this', 'it', 'which'."""
        word = self.parse.lemmas[speaker.head].lower()
        return word in self.cues.readers or (
            cue not in self.cues.speech and word in self.cues.nobody
        )

    # --- other cues

    def _according(self, token: int) -> Iterator[Reported]:
        """'According to X, ...' and '..., according to X'."""
        parse = self.parse
        source: int | None = None
        for child in parse.children(token):
            if parse.deps[child] == "prep":
                for inner in parse.children(child):
                    if parse.deps[inner] == "pobj":
                        source = inner
        if source is None:
            return
        yield from self._from_source(token, source, token)

    def _by_preposition(self, token: int) -> Iterator[Reported]:
        """'Selon X, ...' and '..., d'après X': the preposition depends on X."""
        parse = self.parse
        fixed = parse.deps[token] == "fixed"
        case = parse.heads[token] if fixed else token
        source = parse.heads[case]
        if (fixed or parse.deps[case] == "case") and parse.pos[source] in ("NOUN", "PROPN", "PRON"):
            yield from self._from_source(case, source, source)

    def _from_source(self, token: int, source: int, top: int) -> Iterator[Reported]:
        """What a source says that the cue `token` names; `top` is the root of the phrase of
        both."""
        parse = self.parse
        sentence = parse.sentence_of(token)
        head = parse.heads[top]
        if head == top:  # cut off by the border of a paragraph
            roots = [i for i in sentence if parse.heads[i] == i and i != top]
            if not roots:
                return
            head = max(roots, key=lambda i: parse.edges(i)[1] - parse.edges(i)[0])
        verb = parse.verb(head)
        head = [*parse.chain(head)][-1] if verb is None else verb
        if head in self.used:
            return
        left, _ = parse.edges(top)
        speaker = speakers.phrase(parse, source, left, sentence.stop)
        yield from self._pieces(parse.edges(head), token, speaker, top)

    def _noun(self, noun: int) -> Iterator[Reported]:
        """'X's claim that ...', 'made the claim that ...'."""
        parse = self.parse
        sentence = parse.sentence_of(noun)
        clause = self._that_clause(noun)
        if clause is None:
            return
        low, high = parse.edges(clause)
        speaker = speakers.owner(parse, self.cues, noun, sentence.start, low)
        head = parse.heads[noun]
        if speaker is None and parse.deps[noun] == "dobj":
            lemma = parse.lemmas[head]
            denied = lemma in self.cues.denying
            if not denied and (lemma in self.cues.support or lemma in self.cues.speech):
                speaker = speakers.of_verb(parse, self.cues, head, sentence.start, sentence.stop)
        if speaker is not None:
            yield from self._pieces((low, high), noun, speaker)

    def _that_clause(self, noun: int) -> int | None:
        parse = self.parse
        for child in parse.children(noun):
            if child > noun and parse.deps[child] in ("acl", "ccomp", "relcl"):
                for inner in parse.children(child):
                    if parse.deps[inner] == "mark" and parse.lemmas[inner] in self.cues.that:
                        return child
        return None

    def _adjective(self, adjective: int) -> Iterator[Reported]:
        """'is confident that ...'."""
        parse = self.parse
        sentence = parse.sentence_of(adjective)
        head = parse.heads[adjective]
        if parse.deps[adjective] not in ("acomp", "conj", "ROOT"):
            return
        for child in parse.children(adjective):
            if parse.deps[child] == "ccomp" and child > adjective:
                speaker = speakers.of_verb(parse, self.cues, head, sentence.start, sentence.stop)
                if speaker is not None and not self._no_voice(speaker):
                    yield from self._pieces(parse.edges(child), adjective, speaker)
                return

    # --- contents

    def _pieces(
        self, content: tuple[int, int], cue: int, speaker: Speaker | None, top: int | None = None
    ) -> Iterator[Reported]:
        """The content, without the cue's own clause (rooted in `top`) where that stands in the
        middle of it."""
        first, last = content
        parse = self.parse
        if first <= cue <= last:
            left, right = parse.edges(cue if top is None else top)
            if first <= left - 1:
                yield Reported(first, left - 1, cue, speaker)
            if right + 1 <= last:
                yield Reported(right + 1, last, cue, speaker)
        else:
            yield Reported(first, last, cue, speaker)
