"""The cue of a quotation: the clause beside it that says who says it."""

import re
from dataclasses import dataclass

from app.annotate.quotes import speakers
from app.annotate.quotes.language import QuoteCues
from app.annotate.quotes.marks import BLANKS, MARKS, Quotation
from app.annotate.quotes.speakers import Speaker
from app.annotate.quotes.syntax import QuoteParse

_TERMINAL = frozenset(".!?…")
_BREAKS = frozenset(",!?—–-…")
_NEW_SENTENCE = re.compile(r"[.!?]\s+[A-Z]")
_NAME_LIMIT = 8  # tokens of 'Reid:' before a quotation
_REGION = 70  # tokens: a cue stands near its quotation
_BEGINNING = 30  # tokens behind a quotation in which any verb may be its cue
_SHORT_CLAUSE = 6  # tokens of a clause such as 'the analyst Orton notes'
_APART = frozenset([",", ";", "-", "–", "—"])  # what a clause of its own stands behind
_PARTICLES = 2  # words such as the 'back' of 'shot back'
_BEHIND = 3  # characters behind a quotation in which a comma or dash links it


@dataclass(frozen=True, slots=True)
class Cued:
    """The token of a cue, and who speaks by it."""

    cue: int
    speaker: Speaker | None


class CueSearch:
    """The search for the cues of one text's quotations."""

    def __init__(self, parse: QuoteParse, cues: QuoteCues) -> None:
        self.parse = parse
        self.cues = cues
        self.text = parse.text

    def after(self, quotation: Quotation, following: Quotation | None) -> Cued | None:
        parse = self.parse
        inner = self.text[quotation.start : quotation.end].rstrip(MARKS + BLANKS)
        behind = self.text[quotation.end : quotation.end + _BEHIND].lstrip()[:1]
        linked = inner[-1:] in _BREAKS or behind in (",", "—", "–", "-")
        if not linked and inner[-1:] in _TERMINAL:
            return None
        low = parse.token_at(quotation.end)
        limit = parse.blocks[self._block_of(quotation)][1]
        if following is not None and not self._in_phrase(quotation, following):
            limit = min(limit, following.start)
        high = low
        while high < parse.size and parse.starts[high] < limit and high - low < _REGION:
            if parse.is_stop(high) or parse.surface(high) == ";":
                break
            high += 1
        while low < high and parse.pos[low] in ("PUNCT", "SPACE"):
            low += 1
        verb = self._topmost(low, high)
        if verb is None and linked:
            verb = self._any_verb(low, high)
        if verb is None or self._says_more(verb, high, following):
            return None
        speaker = self._speaker(verb, low, high) if parse.pos[verb] == "VERB" else None
        if speaker is None or not self._clause_starts(low, verb, speaker):
            speaker = speakers.before(parse, verb, low)
            if speaker is None:
                return None
        return Cued(verb, speaker)

    def _in_phrase(self, quotation: Quotation, following: Quotation) -> bool:
        """Whether the next quotation is part of the phrase before it, as a title is."""
        between = self.text[quotation.end : following.start].rstrip()
        return between[-1:].isalnum() and not _NEW_SENTENCE.search(between)

    def _says_more(self, verb: int, high: int, following: Quotation | None) -> bool:
        """Whether a clause follows that `verb` reports; then the quotation is not what it
        reports. 'Recalled him saying' and the next quotation are no such clauses."""
        parse = self.parse
        if following is not None:
            high = min(high, parse.token_at(following.start))
        for child in parse.children(verb):
            if (
                parse.deps[child] == "ccomp"
                and verb < child < high
                and parse.subject(child) is not None
                and not self._says_it(child)
            ):
                left = parse.edges(child)[0]
                if not any(
                    parse.surface(i) in _APART for i in range(verb + 1, min(left + 1, child))
                ):
                    return True
        return False

    def _says_it(self, verb: int) -> bool:
        """Whether a gerund of speech has nothing of its own to report: 'recalled him saying'."""
        parse = self.parse
        return (
            parse.lemmas[verb] in self.cues.speech
            and parse.tags[verb] in self.cues.gerund_tags
            and not any(parse.deps[child] == "ccomp" for child in parse.children(verb))
        )

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
            self.parse.pos[i] in ("PUNCT", "SPACE", "ADV", "AUX", "CCONJ", "SCONJ")
            or self.parse.surface(i) in self.cues.linkers
            or self.parse.lemmas[i] in self.cues.clitics
            for i in range(low, start)
        )

    def _topmost(self, low: int, high: int) -> int | None:
        """The cue verb in `[low, high)` that no other cue verb there governs."""
        parse, verbs = self.parse, self.cues.verbs
        candidates = [
            i
            for i in range(low, high)
            if parse.lemmas[i].lower() in verbs
            and parse.pos[i] in ("VERB", "AUX", "NOUN", "PROPN")
            and (parse.pos[i] == "VERB" or parse.tags[i] in self.cues.verb_tags)
        ]
        if not candidates:
            return self._mistaken(low, high)
        known = set(candidates)
        for i in candidates:
            if known.isdisjoint(each for each in parse.chain(i) if each != i):
                return i
        return candidates[0]

    def _mistaken(self, low: int, high: int) -> int | None:
        """A cue verb that the tagger took for a noun, at the end of a clause: 'Orton notes'."""
        parse, verb = self.parse, high - 1
        if not 2 <= high - low <= _SHORT_CLAUSE or parse.pos[verb - 1] != "PROPN":
            return None
        if parse.pos[verb] not in ("NOUN", "PROPN") or parse.lemmas[verb] not in self.cues.speech:
            return None
        return verb

    def _any_verb(self, low: int, high: int) -> int | None:
        """A finite verb of any kind near the beginning: '"...," he laughed'."""
        parse = self.parse
        for i in range(low, min(high, low + _BEGINNING)):
            if parse.tags[i] in self.cues.finite_tags and parse.pos[i] == "VERB":
                if parse.lemmas[i].lower() in self.cues.never:
                    return None
                return i
        return None

    def _speaker(self, verb: int, low: int, high: int) -> Speaker | None:
        parse = self.parse
        subject = parse.subject(verb)
        if subject is not None and low <= subject < high:
            return speakers.of_verb(parse, self.cues, verb, low, high)
        if all(
            parse.pos[i] == "AUX" or parse.lemmas[i] in self.cues.clitics for i in range(low, verb)
        ):
            found = speakers.inverted(parse, verb, high)
            if found is not None:
                return found
        found = speakers.before(parse, verb, low)
        if found is not None:
            return found
        return speakers.of_verb(parse, self.cues, verb, low, high)

    def before(self, quotation: Quotation, gap_start: int, gap: str) -> Cued | None:
        parse = self.parse
        high = parse.token_at(quotation.start)
        floor = parse.token_at(gap_start)
        low = high
        while low > floor and high - low < _REGION and not parse.is_stop(low - 1):
            low -= 1
        if gap.endswith(":"):
            named = self._named(self._behind_dash(low, high), high)
            if named is not None:
                return named
        verb = self._nearest(low, high, gap[-1:])
        if verb is None:
            return None
        speaker = speakers.of_verb(parse, self.cues, verb, low, high)
        if speaker is None:
            speaker = speakers.before(parse, verb, low)
        if speaker is None and gap[-1:] not in (":", ","):
            return None
        return Cued(verb, speaker)

    def cried(self, quotation: Quotation) -> Cued | None:
        """The cue of 'their chants of "..."'."""
        parse = self.parse
        noun = parse.token_at(quotation.start) - 2
        if noun < 0 or parse.lemmas[noun] not in self.cues.cries or parse.pos[noun] != "NOUN":
            return None
        if parse.lemmas[noun + 1] not in self.cues.owners:
            return None
        return Cued(noun, speakers.owner(parse, self.cues, noun, 0, noun + 1))

    def cue_within(self, quotation: Quotation) -> bool:
        """Whether a quotation holds a cue clause: ', said ...' or ', she said'."""
        parse, first = self.parse, self.parse.token_at(quotation.start)
        last = min(parse.token_at(quotation.end), first + 2 * _REGION, parse.size)
        for token in range(first + 2, last):
            if parse.pos[token] == "VERB" and parse.lemmas[token] in self.cues.speech:
                subject = parse.pos[token - 1] in ("PRON", "PROPN")
                if parse.surface(token - 2 if subject else token - 1) == ",":
                    return True
        return False

    def announced(self, quotation: Quotation) -> Cued | None:
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
            return self._named(low, high)
        speaker = self._speaker(verb, low, high)
        return Cued(verb, speaker) if speaker is not None else None

    def _behind_dash(self, low: int, high: int) -> int:
        """The token behind the last dash in `[low, high)`; `low` without one."""
        for token in range(high - 1, low, -1):
            if (
                self.parse.surface(token) in ("-", "–", "—", "―")
                and self.text[self.parse.starts[token] - 1].isspace()
            ):
                return token + 1
        return low

    def _named(self, low: int, high: int) -> Cued | None:
        """The cue of 'Reid: "..."': a colon behind a name and nothing else."""
        parse = self.parse
        colon = high - 1
        while colon > low and parse.surface(colon) != ":":
            colon -= 1
        if not 0 < colon - low <= _NAME_LIMIT or parse.surface(colon) != ":":
            return None
        if any(parse.pos[i] in ("VERB", "AUX", "ADP") for i in range(low, colon)):
            return None
        if parse.pos[colon - 1] != "PROPN":
            return None
        speaker = speakers.before(parse, colon, low)
        return Cued(colon, speaker) if speaker is not None else None

    def _particles(self, low: int, high: int) -> bool:
        """Whether nothing but particles stands in `[low, high)`: the 'back' of 'shot back:'."""
        parse = self.parse
        return high - low <= _PARTICLES and all(
            parse.pos[i] in ("ADV", "PART", "ADP") and parse.deps[i] in ("prt", "advmod")
            for i in range(low, high)
        )

    def _nearest(self, low: int, high: int, final: str) -> int | None:
        """The cue verb that leads up to token `high`."""
        parse, verbs = self.parse, self.cues.verbs
        linked = final in (":", ",")
        for i in range(high - 1, low - 1, -1):
            if parse.pos[i] != "VERB":
                continue
            lemma = parse.lemmas[i]
            if any(
                parse.lemmas[k] in self.cues.that and parse.pos[k] == "SCONJ"
                for k in range(i + 1, min(high, i + 3))
            ):
                return None
            adjacent = i == high - 1 or (linked and self._particles(i + 1, high - 1))
            if lemma in verbs or (adjacent and linked and lemma not in self.cues.never):
                return i if linked or (adjacent and lemma in self.cues.speech) else None
        return None
