"""From a text with its annotation to the quantities in it."""

import re
from collections.abc import Iterator, Sequence
from math import isfinite

from text_to_num import text2num

from app.annotate.figures.language import Words, words
from app.annotate.parse import Parse
from app.domain.annotation import Annotation, Mention
from app.domain.figure import Figure, FigureKind
from app.domain.quote import Utterance
from app.domain.spans import Spans
from app.domain.timex import TimeExpression

_CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ"})
_NOUNS = frozenset({"NOUN", "PROPN"})
_NEAR = 40  # characters from a number to the noun that it counts
_ABOVE = 3  # steps from the head of a number to the noun that it counts
_CLOCK = re.compile(r"[0-2]?\d\.[0-5]\d")
_YEARS = range(1500, 2100)
_LEMMAS = 24  # content words of a sentence that are kept
_NAMES = 60  # names of a sentence that are kept


def figures(
    text: str,
    annotation: Annotation,
    mentions: Sequence[Mention],
    dates: Sequence[TimeExpression],
    quotes: Sequence[Utterance],
) -> tuple[Figure, ...]:
    """All quantities of a text, in its order; none in a language without the words for it.

    `mentions`, `dates` and `quotes` are what else was found: a number within a name or a date is
    no figure, and one that somebody is quoted with is theirs. A bare 'one' counts nothing, nor
    does a year, a time of day, a score or the number of a list. Time grows in proportion to the
    text.
    """
    known = words(annotation.language)
    if known is None:
        return ()
    return tuple(_Finder(text, annotation, known, mentions, dates, quotes).find())


class _Finder:
    def __init__(
        self,
        text: str,
        annotation: Annotation,
        known: Words,
        mentions: Sequence[Mention],
        dates: Sequence[TimeExpression],
        quotes: Sequence[Utterance],
    ) -> None:
        self.text = text
        lower = text.lower()
        lower = lower if len(lower) == len(text) else text
        self.lower = lower.translate(known.characters)
        self.known = known
        self.parse = Parse(text, annotation)
        self.mentions = Spans(mentions)
        self.names = Spans(annotation.mentions)
        self.dates = Spans(dates)
        # Spoken parts of one quotation never overlap: Spans answers which of them holds a number.
        self.quotes = Spans(quotes)
        self._told: tuple[range, tuple[str, ...], tuple[int, ...]] | None = None

    def find(self) -> Iterator[Figure]:
        """The figures, in order, none within another."""
        end = 0
        for match in self.known.pattern.finditer(self.lower):
            if match.start() < end:
                continue
            made = self._figure(match)
            if made is not None:
                yield made
                end = made.end

    def _figure(self, match: re.Match[str]) -> Figure | None:
        start, end = match.span()
        core = match.start("vague") if match["vague"] else match.start("one")
        token = self.parse.token_at(core)
        if token == self.parse.size or self._is_taken(core, end) or self._is_no_amount(match):
            return None
        value, upper, quantifier = self._amount(match)
        if value is None or not (isfinite(value) and isfinite(upper or 0)):
            return None
        kind, unit = self._measured(match)
        noun: str | None = None
        if kind == "count":
            counted = self._counted(core, match.end())
            if counted is not None:
                noun, end = self.parse.lemmas[counted].lower(), self.parse.ends[counted]
        elif kind == "duration":
            old = self._word_after(end)
            if old is not None and self._word(old) in self.known.old:
                kind, end = "age", self.parse.ends[old]
        if (kind == "count" and self._is_age(core, end)) or (
            match["measure"] in self.known.ages and self._is_age(start, end)
        ):
            kind = "age"
        if kind == "count" and noun is None and not self._counts_alone(match):
            return None
        per, end = self._rate(end)
        lemmas, names = self._said_beside(self.parse.sentence_of(token))
        return Figure(
            start=start,
            end=end,
            text=self.text[start:end],
            kind=kind,
            value=round(value, 6),
            upper=None if upper is None else round(upper, 6),
            quantifier=quantifier,
            unit=unit,
            per=per,
            noun=noun,
            attribution=self._attribution(start, end),
            verb=self._verb(token),
            lemmas=lemmas,
            mentions=names,
        )

    # --- what is no quantity

    def _is_taken(self, start: int, end: int) -> bool:
        spans = (self.mentions, self.names, self.dates)
        return any(each.overlapping(start, end) for each in spans)

    def _is_no_amount(self, match: re.Match[str]) -> bool:
        """Whether it is a time of day, a year, an item's number, a bare 'one', or a score."""
        if self._is_hour(match):
            return True
        if match["vague"] or match["sign"] or match["measure"]:
            return False
        one, after = match["one"], self.lower[match.end() : match.end() + 9].lstrip(" ")
        if after.startswith(self.known.clock):
            return True
        if _CLOCK.fullmatch(one) and self._at(match):
            return True
        if one in self.known.alone and not match["scale"] and not match["two"]:
            return True
        opens = self.text.rfind("\n", 0, match.start()) + 1 == match.start()
        if opens and one.isdigit() and after[:1] in (".", ")"):
            return True
        if (
            match["joint"] in ("-", "–", "—")
            and self._counted(match.start("one"), match.end()) is None
        ):
            return True
        return (
            one.isdigit()
            and len(one) == 4
            and int(one) in _YEARS
            and not match["scale"]
            and self._counted(match.start("one"), match.end()) is None
        )

    def _at(self, match: re.Match[str]) -> bool:
        before = self.lower[max(0, match.start() - 9) : match.start()].split()
        return bool(before) and before[-1] in self.known.at

    def _is_hour(self, match: re.Match[str]) -> bool:
        return match["measure"] in self.known.hours and not match["vague"] and self._at(match)

    def _counts_alone(self, match: re.Match[str]) -> bool:
        """Whether a number says something without a noun ('at least 400 were killed')."""
        parse, token = self.parse, self.parse.token_at(match.end() - 1)
        if token >= parse.size:
            return False
        return bool(match["vague"] or match["quantifier"] or match["scale"]) or (
            parse.deps[token] in ("nsubj", "nsubjpass", "dobj", "pobj", "attr")
            and parse.pos[token] == "NUM"
        )

    # --- what it says

    def _amount(self, match: re.Match[str]) -> tuple[float | None, float | None, str | None]:
        quantifier = self.known.quantifiers.get(match["quantifier"] or "")
        if match["vague"]:
            low, high = self.known.vague[match["vague"]]
            return low, high if high > low else None, quantifier or "about"
        value = self._value(match["one"], match["scale"])
        if value is None or not match["two"]:
            return value, None, quantifier
        upper = self._value(match["two"], match["scale2"])
        if upper is None:
            return value, None, quantifier
        if match["scale2"] and not match["scale"]:
            value *= self.known.scales[match["scale2"]]  # '2 to 3 million'
        return min(value, upper), max(value, upper), quantifier

    def _value(self, number: str, scale: str | None) -> float | None:
        spelled = number
        for opening, meant in self.known.leading.items():
            if number.startswith(opening):
                spelled = meant + number[len(opening) :]
        try:
            value = float(self._plain(spelled))
        except ValueError:
            try:
                value = float(text2num(spelled, self.known.numerals))
            except ValueError:  # 'two three'
                return None
        return value * (self.known.scales[scale] if scale else 1)

    def _plain(self, number: str) -> str:
        """A number in digits as Python writes it."""
        for mark in self.known.thousands:
            number = number.replace(mark, "")
        return number.replace(self.known.decimal, ".")

    def _measured(self, match: re.Match[str]) -> tuple[FigureKind, str | None]:
        known, measure = self.known, match["measure"]
        if match["sign"]:
            return "money", known.currencies[match["sign"]]
        if measure is None:
            return "count", None
        if measure in known.currencies:
            return "money", known.currencies[measure]
        if measure in known.percent:
            return "percent", known.percent[measure]
        kind: FigureKind = "measure" if measure in known.units else "duration"
        return kind, known.units.get(measure) or known.durations[measure]

    def _is_age(self, start: int, end: int) -> bool:
        token = self.parse.token_at(start)
        before = self._word(token - 1) if token else ""
        if before in self.known.linking and token > 1:
            before = self._word(token - 2)
        if before in self.known.aged:
            return True
        # 'Weiss, 44, said': set off by commas behind a name.
        return (
            before == ","
            and self.text[end : end + 1] in (",", ".")
            and token >= 2
            and self.parse.pos[token - 2] == "PROPN"
        )

    def _counted(self, start: int, end: int) -> int | None:
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

    def _rate(self, end: int) -> tuple[str | None, int]:
        match = self.known.rate.match(self.lower, end)
        if match is None:
            return None, end
        return self.known.rates[match.group().lstrip(", ")], match.end()

    # --- where it stands

    def _word(self, token: int) -> str:
        return self.lower[self.parse.starts[token] : self.parse.ends[token]]

    def _word_after(self, offset: int) -> int | None:
        parse, token = self.parse, self.parse.token_at(offset)
        while token < parse.size and self._word(token) == "-":
            token += 1
        near = token < parse.size and parse.starts[token] <= offset + 2
        return token if near else None

    def _verb(self, token: int) -> str | None:
        """The verb that a number hangs on, by its lemma."""
        verb = self.parse.verb(self.parse.heads[token])
        return None if verb is None else self.parse.lemmas[verb].lower()

    def _said_beside(self, sentence: range) -> tuple[tuple[str, ...], tuple[int, ...]]:
        """The first content words of a sentence and where its first names start; looked up once for
        all figures of the sentence."""
        if self._told is None or self._told[0] != sentence:
            parse = self.parse
            content = (
                parse.lemmas[each].lower() for each in sentence if parse.pos[each] in _CONTENT
            )
            start, end = parse.starts[sentence.start], parse.ends[sentence.stop - 1]
            names = [each.start for each in self.mentions.starting(start, end)[:_NAMES]]
            self._told = (sentence, tuple(dict.fromkeys(content))[:_LEMMAS], tuple(names))
        return self._told[1:]

    def _attribution(self, start: int, end: int) -> str | None:
        """Who is quoted with it, as they stand in the text."""
        quote = self.quotes.at(start)
        if quote is None or end > quote.end or quote.speaker is None:
            return None
        return self.text[quote.speaker.start : quote.speaker.end]
