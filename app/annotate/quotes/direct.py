"""Direct speech: quotations that stand for themselves, each with its cue and speaker."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.annotate.quotes import speakers
from app.annotate.quotes.language import Cues
from app.annotate.quotes.marks import Quotation, is_title
from app.annotate.quotes.speakers import Speaker
from app.annotate.quotes.syntax import Parse

_TERMINAL = frozenset(".!?…")
_BREAKS = frozenset(",!?—–-…")
_QUOTE_MARKS = frozenset("\"“”„‟«»'‘’‚‹›＂`")
_SPLITS = (",", "—", "–", "-", ":", ";")
_STOP = re.compile(r"(?<=[a-z\d)\]]{2})[.!?][\"'”’]*(?=\s|$)")
_CONJUNCTION = 3  # words: ", but" or "and that"
_NAME_LIMIT = 8
_REGION = 70  # tokens: a cue stands near its quotation


@dataclass(frozen=True, slots=True)
class Attributed:
    """A quotation with what introduces it: the token of its cue, None where it only continues."""

    quotation: Quotation
    cue: int | None
    speaker: Speaker | None


class Direct:
    """The search for direct speech in one text."""

    def __init__(self, parse: Parse, cues: Cues, quotations: Sequence[Quotation]) -> None:
        self.parse = parse
        self.cues = cues
        self.quotations = quotations
        self.text = parse.text

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
                found.append(item)
        return found

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
        gap = self.text[gap_start : quotation.start].strip()
        whole = self._opens_sentence(quotation, gap)
        continues = last is not None and last.quotation.end > block[0]
        since = self.text[last.quotation.end : quotation.start].strip() if last and continues else ""
        after = None
        if whole or (gap.endswith(_SPLITS) and (continues or self._is_sentence(quotation))):
            after = self._cue_after(quotation, following)
        if after is not None:
            return after
        ahead = None
        if not gap and quotation.paragraph and not same:
            ahead = self._announced(quotation)
        if gap.endswith((",", ":")) or self._closes_sentence(quotation):
            ahead = self._cue_before(quotation, gap_start, gap)
        if ahead is not None and not (continues and last and ahead.cue == last.cue):
            return ahead
        if continues and last is not None and self._splits(last, quotation, since):
            return Attributed(quotation, last.cue, last.speaker)
        if not whole or not self._closes_sentence(quotation):
            return None
        if continues and last is not None:
            return Attributed(quotation, last.cue, last.speaker)
        if self.text[quotation.start] in "'‘‹":
            return None  # a heading, more often than speech
        if gap:
            return Attributed(quotation, None, self._led_in(quotation, gap_start))
        return Attributed(quotation, None, None)
    def _is_sentence(self, quotation: Quotation) -> bool:
        """Whether it begins with a capital and is no title: then no part of what stands before."""
        inner = self.text[quotation.start : quotation.end].lstrip("".join(_QUOTE_MARKS))
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
        """The person that the sentence before a quotation is about: 'Khaled shook his head. "No." '"""
        parse = self.parse
        high = parse.token_at(quotation.start)
        floor = parse.token_at(gap_start)
        if high - 1 < floor:
            return None
        first, last = parse.sentence(high - 1)
        if first < floor:
            return None
        for token in range(first, min(last, high)):
            if parse.head(token) == token:
                subject = parse.subject(token)
                if subject is not None and parse.is_person(subject, self.cues):
                    return speakers.phrase(parse, subject, first, token)
        return None

    @staticmethod
    def _sentence_between(gap: str) -> bool:
        """Whether the gap goes on after the sentence of the cue with another one."""
        return len(_STOP.findall(gap)) > 1

    def _opens_sentence(self, quotation: Quotation, gap: str) -> bool:
        """Whether it begins where a sentence may: nothing, a stop or a colon before it."""
        inner = self.text[quotation.start : quotation.end].lstrip("".join(_QUOTE_MARKS) + "[(…. ")
        if not gap:
            return True
        before = gap.rstrip("".join(_QUOTE_MARKS) + ")] ")
        return before[-1:] in ".!?:…" and (inner[:1].isupper() or not inner[:1].isalpha())

    def _closes_sentence(self, quotation: Quotation) -> bool:
        inner = self.text[quotation.start : quotation.end].rstrip("".join(_QUOTE_MARKS) + " ")
        behind = self.text[quotation.end : quotation.end + 1]
        return inner[-1:] in _TERMINAL or behind in (".", "!", "?") or not quotation.closed

    def _cue_after(
        self, quotation: Quotation, following: Quotation | None
    ) -> Attributed | None:
        parse = self.parse
        inner = self.text[quotation.start : quotation.end].rstrip("".join(_QUOTE_MARKS) + " ")
        behind = self.text[quotation.end : quotation.end + 3].lstrip()[:1]
        linked = inner[-1:] in _BREAKS or behind in (",", "—", "–", "-")
        if not linked and inner[-1:] in _TERMINAL:
            return None
        low = parse.token_at(quotation.end)
        limit = parse.blocks[self._block_of(quotation)][1]
        if following is not None and not self._in_phrase(quotation, following):
            limit = min(limit, following.start)
        high = low
        while high < parse.size and parse.starts[high] < limit and high - low < _REGION:
            if parse.is_stop(high) or parse.word(high) == ";":
                break
            high += 1
        while low < high and parse.pos[low] in ("PUNCT", "SPACE"):
            low += 1
        verb = self._topmost(low, high)
        if verb is None and linked:
            verb = self._any_verb(low, high)
        if verb is None or self._says_more(verb, high):
            return None
        speaker = self._speaker(verb, low, high) if parse.pos[verb] == "VERB" else None
        if speaker is None or not self._clause_starts(low, verb, speaker):
            speaker = speakers.before(parse, verb, low)
            if speaker is None:
                return None
        return Attributed(quotation, verb, speaker)

    def _in_phrase(self, quotation: Quotation, following: Quotation) -> bool:
        """Whether the next quotation goes on with the words before it, as a title does."""
        between = self.text[quotation.end : following.start].rstrip()
        return between[-1:].isalnum() and not re.search(r"[.!?]\s+[A-Z]", between)

    def _says_more(self, verb: int, high: int) -> bool:
        """Whether a clause follows that is what `verb` says: then the quotation is not."""
        parse = self.parse
        for child in parse.children(verb):
            if parse.deps[child] == "ccomp" and verb < child < high and parse.subject(child) is not None:
                left = parse.edges(child)[0]
                if not any(parse.word(i) == "," for i in range(verb + 1, min(left + 1, child))):
                    return True
        return False

    def _block_of(self, quotation: Quotation) -> int:
        blocks = self.parse.blocks
        index = quotation.paragraph
        while index + 1 < len(blocks) and blocks[index][1] < quotation.end:
            index += 1
        return index

    def _clause_starts(self, low: int, verb: int, speaker: Speaker) -> bool:
        """Whether the cue clause begins right behind the quotation: by its verb or its speaker,
        adverbs aside."""
        start = min(self.parse.token_at(speaker.span.start), verb)
        return all(
            self.parse.pos[i] in ("PUNCT", "SPACE", "ADV", "AUX", "CCONJ", "SCONJ") for i in range(low, start)
        )

    def _topmost(self, low: int, high: int) -> int | None:
        """The cue verb in `[low, high)` that no other cue verb there governs."""
        parse, verbs = self.parse, self.cues.verbs
        candidates = [
            i for i in range(low, high)
            if parse.lemmas[i].lower() in verbs and parse.pos[i] in ("VERB", "AUX", "NOUN", "PROPN")
            and (parse.pos[i] == "VERB" or parse.tokens.tags[i].startswith("VB"))
        ]
        if not candidates:
            return self._mistaken(low, high)
        known = set(candidates)
        for i in candidates:
            parse.sentence(i)
            if not known.intersection(parse.ancestors(i)):
                return i
        return candidates[0]

    def _mistaken(self, low: int, high: int) -> int | None:
        """A cue verb at the end of a short clause that the tagger took for a noun: 'Bozell notes'."""
        parse = self.parse
        if 2 <= high - low <= 6 and parse.pos[high - 2] == "PROPN":
            if parse.pos[high - 1] in ("NOUN", "PROPN") and parse.lemmas[high - 1] in self.cues.speech:
                parse.sentence(high - 1)
                return high - 1
        return None

    def _any_verb(self, low: int, high: int) -> int | None:
        """A finite verb of any kind near the beginning: '"...," he laughed'."""
        parse = self.parse
        for i in range(low, min(high, low + 30)):
            if parse.tokens.tags[i] in ("VBD", "VBZ", "VBP") and parse.pos[i] == "VERB":
                if parse.lemmas[i].lower() in self.cues.never:
                    return None
                parse.sentence(i)
                return i
        return None

    def _speaker(self, verb: int, low: int, high: int) -> Speaker | None:
        parse = self.parse
        parse.sentence(verb)
        subject = parse.subject(verb)
        if subject is not None and low <= subject < high:
            return speakers.of_verb(parse, self.cues, verb, low, high)
        if verb == low:
            found = speakers.inverted(parse, verb, high)
            if found is not None:
                return found
        found = speakers.before(parse, verb, low)
        if found is not None:
            return found
        return speakers.of_verb(parse, self.cues, verb, low, high)

    def _cue_before(self, quotation: Quotation, gap_start: int, gap: str) -> Attributed | None:
        parse = self.parse
        high = parse.token_at(quotation.start)
        floor = parse.token_at(gap_start)
        low = high
        while low > floor and high - low < _REGION and not parse.is_stop(low - 1):
            low -= 1
        verb = self._nearest(low, high, gap[-1:])
        if verb is None:
            return self._named(quotation, low, high) if gap.endswith(":") else None
        speaker = speakers.of_verb(parse, self.cues, verb, low, high)
        if speaker is None:
            speaker = speakers.before(parse, verb, low)
        if speaker is None and gap[-1:] != ":":
            return None
        return Attributed(quotation, verb, speaker)

    def _announced(self, quotation: Quotation) -> Attributed | None:
        """The cue of a quotation that a colon at the end of the paragraph before announces."""
        start, end = self.parse.blocks[quotation.paragraph - 1]
        if self.text[end - 1] != ":":
            return None
        parse = self.parse
        high = parse.token_at(end)
        floor = parse.token_at(start)
        low = high
        while low > floor and high - low < _REGION and not parse.is_stop(low - 1):
            low -= 1
        verb = self._nearest(low, high, ":")
        if verb is None:
            return self._named(quotation, low, high)
        speaker = self._speaker(verb, low, high)
        return Attributed(quotation, verb, speaker) if speaker is not None else None

    def _named(self, quotation: Quotation, low: int, high: int) -> Attributed | None:
        """The cue of 'Reid: "..."': a colon behind a name and nothing else."""
        parse = self.parse
        colon = high - 1
        while colon > low and parse.word(colon) != ":":
            colon -= 1
        if not 0 < colon - low <= _NAME_LIMIT or parse.word(colon) != ":":
            return None
        if any(parse.pos[i] in ("VERB", "AUX", "ADP") for i in range(low, colon)):
            return None
        if parse.pos[colon - 1] != "PROPN":
            return None
        parse.sentence(colon - 1)
        speaker = speakers.before(parse, colon, low)
        return Attributed(quotation, colon, speaker) if speaker is not None else None

    def _nearest(self, low: int, high: int, final: str) -> int | None:
        """The cue verb that leads up to token `high`."""
        parse, verbs = self.parse, self.cues.verbs
        linked = final in (":", ",")
        for i in range(high - 1, low - 1, -1):
            if parse.pos[i] != "VERB":
                continue
            lemma = parse.lemmas[i]
            if any(parse.lemmas[k] == "that" and parse.pos[k] == "SCONJ" for k in range(i + 1, min(high, i + 3))):
                return None
            adjacent = i == high - 1 or (linked and i == high - 2)
            if lemma in verbs or (adjacent and linked and lemma not in self.cues.never):
                parse.sentence(i)
                return i if linked or (adjacent and lemma in self.cues.speech) else None
        return None
