"""What the words around a number say of it: what it counts, whose age or name it is."""

from collections.abc import Sequence, Set

from app.annotate.figures.language import Words
from app.annotate.parse import Parse
from app.domain.annotation import Annotation, Mention
from app.domain.quote import Utterance
from app.domain.spans import Spans

_CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ"})
_NOUNS = frozenset({"NOUN", "PROPN"})
_OBJECTS = frozenset(
    {
        "nummod",
        "quantmod",
        "advmod",
        "amod",
        "compound",
        "dobj",
        "obj",
        "attr",
        "oprd",
        "nsubj:pass",
    }
)
_NEAR = 40  # characters from a number to the noun that it counts
_ABOVE = 3  # steps from the head of a number to the noun that it counts
_SEVERAL = 24  # characters of a list of ages to either side of one
_LEMMAS = 24  # content words of a sentence that are kept
_NAMES = 60  # names of a sentence that are kept


class Surroundings:
    """The words of one text with what the model says of them, asked by their offset."""

    def __init__(
        self,
        text: str,
        lower: str,
        annotation: Annotation,
        known: Words,
        mentions: Spans[Mention],
        quotes: Sequence[Utterance],
    ) -> None:
        self.text, self.lower, self.known = text, lower, known
        self.parse = Parse(text, annotation)
        self.mentions = mentions
        # Spoken parts of one quotation never overlap: Spans answers which of them holds a number.
        self.quotes = Spans(quotes) if quotes else None
        said_by = {each.speaker.start: each.speaker for each in quotes if each.speaker is not None}
        self.speakers = Spans(said_by.values())
        self._told: dict[int, tuple[tuple[str, ...], tuple[int, ...]]] = {}

    # --- single words

    def _word(self, token: int) -> str:
        return self.lower[self.parse.starts[token] : self.parse.ends[token]]

    def noun(self, token: int) -> str:
        """The lemma of a word."""
        return self.parse.lemmas[token].lower()

    def lemma_before(self, offset: int) -> str:
        """The lemma of the word before an offset; '' where none is."""
        token = self.parse.token_at(offset) - 1
        return self.noun(token) if token >= 0 else ""

    def end(self, token: int) -> int:
        """Where a word ends."""
        return self.parse.ends[token]

    def is_plural(self, offset: int) -> bool:
        """Whether a noun in the plural stands at an offset, perhaps behind an adjective."""
        parse, token = self.parse, self.parse.token_at(offset)
        for each in range(token, min(token + 2, parse.size)):
            if parse.tags[each] in self.known.plural:
                return True
            if parse.pos[each] != "ADJ":
                return False
        return False

    def is_noun(self, offset: int) -> bool:
        """Whether the word at an offset is read as a noun."""
        token = self.parse.token_at(offset)
        return token < self.parse.size and self.parse.pos[token] in _NOUNS

    def has(self, offset: int, of: Set[str], near: int) -> bool:
        """Whether one of some words stands near an offset, in its sentence."""
        parse, token = self.parse, self.parse.token_at(offset)
        if token == parse.size:
            return False
        sentence = parse.sentence_of(token)
        start = max(parse.starts[sentence.start], offset - near)
        around = self.lower[start : min(parse.ends[sentence.stop - 1], offset + near)]
        return any(match[0] in of for match in self.known.word.finditer(around))

    # --- what a number counts

    def counted(self, start: int, end: int) -> int | None:
        """The noun that a number counts, right behind it or as the parse has it."""
        parse, inside = self.parse, self.parse.within(start, end)
        last = inside.stop
        for token in range(inside.start, last + self._is_linked(last)):
            above = parse.chain(parse.heads[token], _ABOVE)
            head = next((each for each in above if each >= last), None)
            if (
                head is not None
                and parse.pos[head] in _NOUNS
                and parse.starts[head] - end <= _NEAR
                and "\n" not in self.text[end : parse.starts[head]]
            ):
                return head
        if last < parse.size and parse.starts[last] <= end + 1 and parse.pos[last] in _NOUNS:
            head = last
            while (
                head + 1 < parse.size
                and parse.deps[head] == "compound"
                and parse.pos[head + 1] in _NOUNS
            ):
                head += 1
            return head
        return None

    def _is_linked(self, token: int) -> bool:
        """Whether a token links a number that is a noun to what it counts."""
        return (
            0 < token < self.parse.size
            and self.parse.pos[token - 1] in _NOUNS
            and self._word(token) in self.known.linking
        )

    def state(self, end: int) -> tuple[int, int] | None:
        """Where the word stands that says what became of those who are counted ('12 dead')."""
        parse, token = self.parse, self.parse.token_at(end)
        if token >= parse.size or parse.starts[token] != end + 1:
            return None
        return (end + 1, parse.ends[token]) if self._word(token) in self.known.states else None

    def meant(self, start: int, end: int) -> str | None:
        """The noun that a number alone counts: of what it is a part ('three of the men'), what it
        is said to be ('30 were pupils'), or what was counted before it ('8 ships in Kern and 21 in
        Otterby')."""
        found = self._part_of(end)
        if found is not None:
            return found
        parse, token = self.parse, self.parse.token_at(start)
        after = parse.token_at(end)
        if after < parse.size and self.noun(after) in self.known.being:
            said = [each for each in parse.children(after) if parse.deps[each] == "attr"]
            plural = [each for each in said if parse.tags[each] in self.known.plural]
            return self.noun(plural[0]) if plural and plural[0] > after else None
        head = parse.heads[token]
        joined = self._word(token - 1) in self.known.both or self._word(token - 1) == ","
        if parse.deps[token] != "conj" or not joined:
            return None
        nouns = [head] if parse.pos[head] == "NOUN" else parse.children(head)
        counted = [
            each
            for each in nouns
            if each < token
            and parse.pos[each] == "NOUN"
            and any(parse.deps[child] == "nummod" for child in parse.children(each))
        ]
        return self.noun(counted[-1]) if counted else None

    def _part_of(self, end: int) -> str | None:
        """The noun of the things that a number is some of."""
        parse, of = self.parse, self.parse.token_at(end)
        if of >= parse.size or self._word(of) not in self.known.partitive:
            return None
        for token in range(of + 1, min(of + 6, parse.size)):
            if parse.heads[token] == of and parse.pos[token] == "NOUN":
                return self.noun(token)
        return None

    def is_counted_one(self, start: int, end: int) -> bool:
        """Whether 'one' counts the noun that follows ('one soldier'), which nobody is quoted as."""
        parse, token = self.parse, self.parse.token_at(start)
        if token >= parse.size or parse.pos[token] != "NUM":
            return False
        head = parse.heads[token]
        if not token < head <= token + 3 or parse.pos[head] != "NOUN":
            return False
        if self.noun(head) in self.known.not_one or self._word(token - 1) in ("no", "any", "each"):
            return False
        return self.speakers.at(start) is None

    def stands_for_a_noun(self, end: int) -> bool:
        """Whether a number is itself a subject or object ('400 were killed')."""
        token = self.parse.token_at(end - 1)
        if token >= self.parse.size:
            return False
        return (
            self.parse.deps[token] in ("nsubj", "nsubjpass", "dobj", "pobj", "attr")
            and self.parse.pos[token] == "NUM"
        )

    def is_name(self, start: int, end: int, written: str) -> bool:
        """Whether a number is the name of a thing: 'a Falcon 9 rocket', 'Flight 370', 'its 737
        aircraft'."""
        parse = self.parse
        before, after = parse.token_at(start) - 1, parse.token_at(end)
        behind = parse.starts[after] - end <= 1 if after < parse.size else False
        following = self._word(after) if behind else ""
        if written in self.known.models and following in self.known.modelled:
            return True
        if before < 0 or parse.ends[before] < start - 1 or self.text[start - 1] == "\n":
            return False
        if self.is_labelled(start):
            return True
        if parse.pos[before] != "PROPN" or not self.text[parse.starts[before]].isupper():
            return False
        first = before
        while first > 0 and parse.pos[first] == "PROPN":
            first -= 1
        if parse.pos[first] == "DET":  # 'the Apollo 11 astronauts'
            return True
        single = behind and parse.tags[after] in ("NN", "NNP") and self.known.plural
        return bool(single) or following in self.known.modelled

    def is_labelled(self, start: int) -> bool:
        """Whether the word before a number says that it tells which one ('room 12', 'seat 12B')."""
        before = self.parse.token_at(start) - 1
        return (
            before >= 0
            and self._word(before) in self.known.labels
            and self.parse.pos[before] not in ("VERB", "AUX")
        )

    # --- ages

    def old(self, end: int) -> int | None:
        """Where the word ends that makes a time an age ('six-year-old')."""
        token = self.parse.token_at(end)
        while token < self.parse.size and self._word(token) == "-":
            token += 1
        if token >= self.parse.size or self.parse.starts[token] > end + 2:
            return None
        for words in self.known.old:
            start = self.parse.starts[token]
            if self.lower.startswith(words, start) and not (
                self.lower[start + len(words) : start + len(words) + 1].isalnum()
            ):
                return start + len(words)
        return None

    def is_age(self, start: int, end: int, counted: int | None) -> bool:
        """Whether a plain number is somebody's age."""
        parse, token = self.parse, self.parse.token_at(start)
        if token == 0:
            return False
        before = self._word(token - 1)
        if before in self.known.linking and token > 1:
            before = self._word(token - 2)
        if before in self.known.aged:
            return True
        if token < 2:
            return False
        if self._is_one_of_ages(start):
            return True
        earlier, after = self.noun(token - 2), self.lower[end : end + 1]
        if before in ("of", "between") and counted is None:
            return earlier in self.known.people or earlier in self.known.aged
        if self.noun(token - 1) in self.known.reached and counted is None:
            return (
                parse.pos[token - 2] in ("PROPN", "PRON", "AUX")
                and float(self._whole(start, end)) >= 1
            )
        if before != "," or parse.ends[token - 2] != parse.starts[token - 1]:
            return False
        if after not in (",", ".", ")") or self.lower[end + 1 : end + 3].strip().isdecimal():
            return False
        # 'Weiss, 44, said', 'her brother, 12, was': set off by commas behind a name or a person.
        return parse.pos[token - 2] == "PROPN" or (
            after == "," and parse.pos[token - 2] == "NOUN" and earlier in self.known.people
        )

    def _is_one_of_ages(self, start: int) -> bool:
        """Whether a number is one of several ages ('his daughters, 4 and 7, slept')."""
        first = max(0, start - _SEVERAL)
        for match in self.known.several_ages.finditer(self.lower, first, start + _SEVERAL):
            if not match.start() < start < match.end():
                continue
            if match["opens"] != ", ":
                return True
            token = self.parse.token_at(match.start()) - 1
            closed = self.lower[match.end() : match.end() + 1] in (",", ".", ";", ")")
            if closed and token >= 0 and (self.noun(token) in self.known.people):
                return True
        return False

    def _whole(self, start: int, end: int) -> str:
        written = self.lower[start:end]
        return written if written.isdecimal() else "1"

    def is_aged(self, start: int, surface: str, end: int) -> bool:
        """Whether a time is an age by the word before it ('aged six months')."""
        token = self.parse.token_at(start) - 1
        if token < 0:
            return False
        before = self._word(token)
        if surface not in self.known.ages:
            return before in self.known.aged
        if before in self.known.linking and token > 0:
            before = self._word(token - 1)
        if before in self.known.aged:
            return True
        return (
            before == ","
            and self.text[end : end + 1] in (",", ".")
            and token >= 1
            and self.parse.pos[token - 1] == "PROPN"
        )

    def is_body(self, offset: int) -> bool:
        """Whether pounds are lost or gained by a body."""
        token = self.parse.token_at(offset)
        return token < self.parse.size and self._verb(token) in ("lose", "gain", "shed", "weigh")

    def is_paid(self, offset: int) -> bool:
        """Whether an amount is what somebody pays."""
        token = self.parse.token_at(offset)
        return token < self.parse.size and self._verb(token) in self.known.paying

    def is_negated(self, token: int) -> bool:
        """Whether a number is the object of a verb that is denied."""
        parse, verb = self.parse, token
        while parse.pos[verb] not in ("VERB", "AUX"):
            if parse.deps[verb] not in _OBJECTS or parse.heads[verb] == verb:
                return False
            verb = parse.heads[verb]
        return verb < token and any(
            self._word(each) in self.known.negated for each in parse.children(verb) if each < token
        )

    # --- where a figure stands

    def place(self, token: int) -> tuple[str | None, tuple[str, ...], tuple[int, ...]]:
        """The verb, the words and the names of where a number stands."""
        sentence = self.parse.sentence_of(token)
        if sentence.start not in self._told:
            self._told[sentence.start] = self._lemmas(sentence), self._names(sentence)
        return self._verb(token), *self._told[sentence.start]

    def _verb(self, token: int) -> str | None:
        """The verb that a number hangs on, by its lemma."""
        verb = self.parse.verb(self.parse.heads[token])
        return None if verb is None else self.parse.lemmas[verb].lower()

    def _lemmas(self, sentence: range) -> tuple[str, ...]:
        lemmas, pos = self.parse.lemmas, self.parse.pos
        found = [lemmas[token].lower() for token in sentence if pos[token] in _CONTENT]
        return tuple(dict.fromkeys(found))[:_LEMMAS]

    def _names(self, sentence: range) -> tuple[int, ...]:
        start, end = self.parse.starts[sentence.start], self.parse.ends[sentence.stop - 1]
        return tuple(each.start for each in self.mentions.starting(start, end)[:_NAMES])

    def attribution(self, start: int, end: int) -> str | None:
        """Who is quoted with it, as they stand in the text."""
        quote = self.quotes.at(start) if self.quotes else None
        if quote is None or end > quote.end or quote.speaker is None:
            return None
        return self.text[quote.speaker.start : quote.speaker.end]
