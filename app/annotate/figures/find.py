"""From a text with its annotation to the quantities in it."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from text_to_num import text2num

from app.annotate.figures.language import Words, words
from app.domain.annotation import Annotation, Mention
from app.domain.figure import Figure, FigureKind
from app.domain.quote import Utterance
from app.domain.timex import TimeExpression

_CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ"})
_NOUNS = frozenset({"NOUN", "PROPN"})
_VERBS = frozenset({"VERB", "AUX"})
_NEAR = 40  # characters from a number to the noun that it counts
_CLOCK = re.compile(r"[0-2]?\d\.[0-5]\d")
_YEARS = range(1500, 2100)
_LEMMAS = 24  # content words of a sentence that are kept


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
        self.tokens = annotation.tokens
        self.sentences = annotation.sentences
        self.openings = [start for start, _ in annotation.sentences]
        self.mentions = mentions
        self.taken = sorted(
            [(each.start, each.end) for each in (*mentions, *annotation.mentions)]
            + [(each.start, each.end) for each in dates]
        )
        self.quotes = quotes

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
        if self._is_taken(core, end) or self._is_no_amount(match):
            return None
        value, upper, quantifier = self._amount(match)
        if value is None:
            return None
        kind, unit = self._measured(match)
        noun: str | None = None
        if kind == "count":
            counted = self._counted(core, match.end())
            if counted is not None:
                noun, end = self.tokens.lemmas[counted].lower(), self.tokens.ends[counted]
        elif kind == "duration":
            old = self._word_after(end)
            if old is not None and self._word(old) in self.known.old:
                kind, end = "age", self.tokens.ends[old]
        if (kind == "count" and self._is_age(core, end)) or (
            match["measure"] in self.known.ages and self._is_age(start, end)
        ):
            kind = "age"
        if kind == "count" and noun is None and not self._counts_alone(match):
            return None
        per, end = self._rate(end)
        sentence = bisect_right(self.openings, core) - 1
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
            verb=self._verb(core),
            lemmas=self._lemmas(sentence),
            mentions=self._names(sentence),
        )

    # --- what is no quantity

    def _is_taken(self, start: int, end: int) -> bool:
        index = bisect_left(self.taken, (end, 0)) - 1
        while index >= 0 and self.taken[index][1] > start - 100:
            if self.taken[index][0] < end and start < self.taken[index][1]:
                return True
            index -= 1
        return False

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
        token = bisect_right(self.tokens.ends, match.end() - 1)
        if token >= len(self.tokens.deps):
            return False
        return bool(match["vague"] or match["quantifier"] or match["scale"]) or (
            self.tokens.deps[token] in ("nsubj", "nsubjpass", "dobj", "pobj", "attr")
            and self.tokens.pos[token] == "NUM"
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
        token = bisect_right(self.tokens.ends, start)
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
            and self.tokens.pos[token - 2] == "PROPN"
        )

    def _counted(self, start: int, end: int) -> int | None:
        """The noun that a number counts, right behind it or as the parse has it."""
        tokens = self.tokens
        first, last = bisect_right(tokens.ends, start), bisect_left(tokens.starts, end)
        for token in range(first, last + self._is_linked(last)):
            head = tokens.heads[token]
            for _ in range(3):
                if head >= last or tokens.heads[head] == head:
                    break
                head = tokens.heads[head]
            if (
                head >= last
                and tokens.pos[head] in _NOUNS
                and tokens.starts[head] - end <= _NEAR
                and "\n" not in self.text[end : tokens.starts[head]]
            ):
                return head
        if last < len(tokens.pos) and tokens.starts[last] <= end + 1 and tokens.pos[last] in _NOUNS:
            head = last
            while (
                head + 1 < len(tokens.pos)
                and tokens.deps[head] == "compound"
                and tokens.pos[head + 1] in _NOUNS
            ):
                head += 1
            return head
        return None

    def _is_linked(self, token: int) -> bool:
        """Whether a token links a number that is a noun to what it counts."""
        return (
            0 < token < len(self.tokens.pos)
            and self.tokens.pos[token - 1] in _NOUNS
            and self._word(token) in self.known.linking
        )

    def _rate(self, end: int) -> tuple[str | None, int]:
        match = self.known.rate.match(self.lower, end)
        if match is None:
            return None, end
        return self.known.rates[match.group().lstrip(", ")], match.end()

    # --- where it stands

    def _word(self, token: int) -> str:
        return self.lower[self.tokens.starts[token] : self.tokens.ends[token]]

    def _word_after(self, offset: int) -> int | None:
        token = bisect_left(self.tokens.starts, offset)
        while token < len(self.tokens.starts) and self._word(token) == "-":
            token += 1
        near = token < len(self.tokens.starts) and self.tokens.starts[token] <= offset + 2
        return token if near else None

    def _verb(self, offset: int) -> str | None:
        tokens = self.tokens
        token = bisect_right(tokens.ends, offset)
        for _ in range(12):
            if token >= len(tokens.heads) or tokens.heads[token] == token:
                break
            token = tokens.heads[token]
            if tokens.pos[token] in _VERBS:
                break
        verb = token < len(tokens.pos) and tokens.pos[token] in _VERBS
        return tokens.lemmas[token].lower() if verb else None

    def _lemmas(self, sentence: int) -> tuple[str, ...]:
        if sentence < 0:
            return ()
        start, end = self.sentences[sentence]
        first = bisect_left(self.tokens.starts, start)
        last = bisect_left(self.tokens.starts, end)
        found = (
            self.tokens.lemmas[token].lower()
            for token in range(first, last)
            if self.tokens.pos[token] in _CONTENT
        )
        return tuple(dict.fromkeys(found))[:_LEMMAS]

    def _names(self, sentence: int) -> tuple[int, ...]:
        if sentence < 0:
            return ()
        start, end = self.sentences[sentence]
        first = bisect_left(self.mentions, start, key=lambda each: each.start)
        last = bisect_left(self.mentions, end, key=lambda each: each.start)
        return tuple(each.start for each in self.mentions[first:last])

    def _attribution(self, start: int, end: int) -> str | None:
        """Who is quoted with it, as they stand in the text."""
        for quote in self.quotes:
            if quote.start > start:
                break
            if end <= quote.end and quote.speaker is not None:
                return self.text[quote.speaker.start : quote.speaker.end]
        return None
