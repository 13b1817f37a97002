"""Direct speech: quotations that stand for themselves, each with its cue and speaker."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.annotate.quotes import speakers
from app.annotate.quotes.cueing import CueSearch
from app.annotate.quotes.language import QuoteCues
from app.annotate.quotes.marks import BLANKS, MARKS, Quotation, is_title
from app.annotate.quotes.posts import signed
from app.annotate.quotes.speakers import Speaker
from app.annotate.quotes.syntax import QuoteParse

_TERMINAL = frozenset(".!?…")
_SPLITS = (",", "—", "–", "-", ":", ";")
_STOP = re.compile(r"(?<=[a-z\d)\]]{2})[.!?][\"'”’]*(?=\s|$)")
_CONJUNCTION = 3  # words: ", but" or "and that"
_NEAR = 1500  # characters: further on, a speaker is not taken to go on


@dataclass(frozen=True, slots=True)
class Attributed:
    """A quotation with its speaker and the token of its cue; None where it continues another
    quotation."""

    quotation: Quotation
    cue: int | None
    speaker: Speaker | None


class Direct:
    """The search for direct speech in one text."""

    def __init__(self, parse: QuoteParse, cues: QuoteCues, quotations: Sequence[Quotation]) -> None:
        self.parse = parse
        self.cues = cues
        self.quotations = quotations
        self.text = parse.text
        self.search = CueSearch(parse, cues)

    def find(self) -> list[Attributed]:
        """The quotations that someone says, in the order of the text."""
        found: list[Attributed] = []
        quoted = self.quotations
        for index, quotation in enumerate(quoted):
            previous = quoted[index - 1] if index else None
            following = quoted[index + 1] if index + 1 < len(quoted) else None
            last = found[-1] if found else None
            item = self._attribute(quotation, previous, following, last)
            if item is not None:
                found.extend(self._parts(item))
        return found

    def _parts(self, item: Attributed) -> list[Attributed]:
        """A quotation without a cue of its own, cut in two where its cue stands between its marks
        ('« Il faut partir, dit-il. Vite. »'); else the quotation as it is."""
        parse, quotation = self.parse, item.quotation
        low, high = parse.token_at(quotation.start), parse.token_at(quotation.end)
        for verb in range(low, min(high, parse.size)) if item.cue is None else ():
            if parse.lemmas[verb] not in self.cues.inverting or parse.pos[verb] != "VERB":
                continue
            comma = parse.before_inversion(verb)
            sentence = parse.sentence_of(verb)
            subject = parse.subject(verb)
            if comma is None or comma <= low or parse.surface(comma) != "," or subject is None:
                continue
            if not verb < subject < high:
                continue
            speaker = speakers.phrase(
                parse, subject, max(sentence.start, verb + 1), min(sentence.stop, high)
            )
            if speaker is None:
                continue
            opening = Quotation(quotation.start, parse.ends[comma - 1], quotation.paragraph, True)
            start = speaker.span.end
            while start < quotation.end and self.text[start] in ".,;:!? \xa0\u202f":
                start += 1
            found = [Attributed(opening, verb, speaker)]
            if any(map(str.isalnum, self.text[start : quotation.end])):
                rest = Quotation(start, quotation.end, quotation.paragraph, quotation.closed)
                found.append(Attributed(rest, verb, speaker))
            return found
        return [item]

    def _attribute(
        self,
        quotation: Quotation,
        previous: Quotation | None,
        following: Quotation | None,
        last: Attributed | None,
    ) -> Attributed | None:
        block = self.parse.blocks[quotation.paragraph]
        same = previous is not None and previous.end > block[0]
        gap_start = previous.end if previous is not None and same else block[0]
        gap = self.text[gap_start : quotation.start].strip().lstrip("> ")
        signed = self._signed(quotation, block[0])
        if signed is not None:
            return Attributed(quotation, None, signed)
        whole = self._opens_sentence(quotation, gap)
        since = self._since(quotation, last, block[0])
        cued = None
        apart = gap.endswith(_SPLITS) and (since or self._is_sentence(quotation))
        if whole or apart or gap.endswith("("):
            cued = self.search.after(quotation, following)
        if cued is not None:
            return Attributed(quotation, cued.cue, cued.speaker)
        if not gap and quotation.paragraph and not same:
            cued = self.search.announced(quotation)
        elif gap.endswith((",", ":")) or self._closes_sentence(quotation):
            cued = self.search.before(quotation, gap_start, gap)
        if cued is not None and not (since and last and cued.cue == last.cue):
            return Attributed(quotation, cued.cue, cued.speaker)
        if since and last is not None and self._splits(last, quotation, since):
            return Attributed(quotation, last.cue, last.speaker)
        cried = self.search.cried(quotation)
        if cried is not None:
            return Attributed(quotation, cried.cue, cried.speaker)
        if not whole:
            return None
        if not self._closes_sentence(quotation):
            goes_on = since and last is not None and self._goes_on(last, quotation)
            return Attributed(quotation, last.cue, last.speaker) if last and goes_on else None
        return self._continued(quotation, since, gap_start, last)

    def _signed(self, quotation: Quotation, paragraph: int) -> Speaker | None:
        name = signed(self.text, paragraph, quotation.start, quotation.end)
        if name is None:
            return None
        return Speaker(name, name, self.parse.token_at(name.end - 1))

    def _since(self, quotation: Quotation, last: Attributed | None, start: int) -> str:
        """The text since the last direct speech of the same paragraph, if that is near."""
        if last is None or last.quotation.end <= start:
            return ""
        if quotation.start - last.quotation.end > _NEAR:
            return ""
        return self.text[last.quotation.end : quotation.start].strip() or " "

    def _continued(
        self, quotation: Quotation, since: str, gap_start: int, last: Attributed | None
    ) -> Attributed | None:
        """A quotation without a cue, given to the speaker before it, unless a sentence about
        somebody else leads into it."""
        if since and last is not None and self._stops(last, quotation) <= 1:
            return Attributed(quotation, last.cue, last.speaker)
        if self.text[quotation.start] in "'‘‹" and not self.text.startswith("''", quotation.start):
            return None  # a heading, more often than speech
        if not quotation.closed and self.search.cue_within(quotation):
            return None  # its end is missing, and nobody knows where it was
        led_in = self._led_in(quotation, gap_start)
        if led_in is None and last is not None and (since or self._next_paragraph(quotation, last)):
            led_in = last.speaker
        return Attributed(quotation, None, led_in)

    def _next_paragraph(self, quotation: Quotation, last: Attributed) -> bool:
        """Whether a paragraph of nothing but a quotation follows one that ends with the cue of
        what was said before, or with that alone: the same one speaks on, unless it was a question.
        """
        start, end = self.parse.blocks[quotation.paragraph]
        told = self.text[last.quotation.start : last.quotation.end].rstrip(MARKS + BLANKS)
        between = self.text[last.quotation.end : start]
        return (
            quotation.start == start
            and end - quotation.end <= 1
            and between.strip(".").count("\n\n") == 1
            and self._stops(last, quotation) <= 1
            and not told.endswith("?")
        )

    def _goes_on(self, last: Attributed, quotation: Quotation) -> bool:
        """Whether a quotation that opens a sentence goes on with what was said right before the
        cue, although the text ends that sentence: '"...," he said. "We fight on" to the last.'"""
        parse = self.parse
        inside = range(parse.token_at(quotation.start), parse.token_at(quotation.end))
        behind = itertools.takewhile(
            lambda token: not parse.is_stop(token), range(inside.stop, parse.size)
        )
        return (
            last.cue is not None
            and last.quotation.end <= parse.starts[last.cue] < quotation.start
            and self._stops(last, quotation) == 1
            and self._is_sentence(quotation)
            and any(parse.tags[token] in self.cues.finite_tags for token in inside)
            and not any(parse.lemmas[token] in self.cues.speech for token in behind)
        )

    def _stops(self, last: Attributed, quotation: Quotation) -> int:
        """How many sentences end between the direct speech before and a quotation; the points of
        abbreviations end none."""
        parse = self.parse
        between = range(parse.token_at(last.quotation.end), parse.token_at(quotation.start))
        return sum(map(parse.is_stop, between))

    def _is_sentence(self, quotation: Quotation) -> bool:
        """Whether it opens with a capital and is no title; then it is no part of the sentence
        before it."""
        inner = self.text[quotation.start : quotation.end].lstrip(MARKS + BLANKS)
        return inner[:1].isupper() and not is_title(self.text, quotation)

    def _splits(self, last: Attributed, quotation: Quotation, gap: str) -> bool:
        """Whether a cue clause and at most a conjunction stand between two parts of one sentence:
        '"...," he said, but "..."'."""
        if gap.endswith(_SPLITS):
            return True
        if last.cue is None or _STOP.search(gap) or not self._closes_sentence(quotation):
            return False
        cue = self.parse.ends[last.cue]
        speaker = last.speaker.span.end if last.speaker else 0
        behind = self.text[max(cue, speaker) : quotation.start]
        return last.quotation.end <= cue < quotation.start and len(behind.split()) <= _CONJUNCTION

    def _led_in(self, quotation: Quotation, gap_start: int) -> Speaker | None:
        """The person that the sentence before a quotation is about: 'Khaled shook his head.'"""
        parse = self.parse
        high = parse.token_at(quotation.start)
        floor = parse.token_at(gap_start)
        if high - 1 < floor:
            return None
        sentence = parse.sentence_of(high - 1)
        first = sentence.start
        if first < floor:
            return None
        for token in range(first, min(sentence.stop, high)):
            if parse.heads[token] == token:
                subject = parse.subject(token)
                if subject is not None and parse.is_person(subject, self.cues):
                    return speakers.phrase(parse, subject, first, token)
        return None

    def _opens_sentence(self, quotation: Quotation, gap: str) -> bool:
        """Whether it begins where a sentence may: nothing, a stop or a colon before it."""
        inner = self.text[quotation.start : quotation.end].lstrip(MARKS + "[(…." + BLANKS)
        if not gap:
            return True
        before = gap.rstrip(MARKS + ")] ")
        return before[-1:] in ".!?:…" and (inner[:1].isupper() or not inner[:1].isalpha())

    def _closes_sentence(self, quotation: Quotation) -> bool:
        inner = self.text[quotation.start : quotation.end].rstrip(MARKS + BLANKS)
        behind = self.text[quotation.end : quotation.end + 1]
        return inner[-1:] in _TERMINAL or behind in (".", "!", "?") or not quotation.closed
