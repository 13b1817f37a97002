"""From a text with its annotation to the quantities in it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from math import isfinite

from app.annotate.figures.amounts import Amount, Amounts
from app.annotate.figures.exclusions import Exclusions
from app.annotate.figures.language import Words, words
from app.annotate.figures.surroundings import Surroundings
from app.domain.annotation import Annotation, Mention
from app.domain.figure import Figure, FigureKind
from app.domain.quote import Utterance
from app.domain.spans import Spans
from app.domain.timex import TimeExpression

# What a quantifier says behind a verb that is denied ('did not hire more than six nurses').
_TURNED: Mapping[str, str] = {"more than": "at most", "at least": "less than"}
_OLDEST = 120
_STRONGEST = 10  # what a magnitude stays below
_BODY = 1000  # what pounds of a body that gained or lost them stay below
_NEAR = 120  # characters around a number in which a word of context is looked for


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
    does a year, a time of day, a score, a number that is a name or the number of a list. Time
    grows in proportion to the text.
    """
    known = words(annotation.language)
    if known is None:
        return ()
    lower = _lower(text, known)
    taken = Spans(dates)
    starts = [start for start in _starts(lower, known) if taken.at(start) is None]
    if not starts:
        return ()
    finder = _Finder(text, lower, annotation, known, Spans(mentions), taken, quotes)
    return tuple(finder.find(starts))


def _lower(text: str, known: Words) -> str:
    """The text in lower case, each character still at its place."""
    lower = text.lower()
    lower = lower if len(lower) == len(text) else text
    for character, meant in known.characters.items():
        lower = lower.replace(character, meant)
    return lower


def _starts(lower: str, known: Words) -> list[int]:
    """Where a number may begin, in order. Two patterns go through a text faster than one that
    looks for digits and words at each place."""
    found = [match.start() for match in known.first_digits.finditer(lower)]
    found += [match.start() for match in known.first_words.finditer(f" {lower}")]
    found.sort()
    return found


class _Finder:
    def __init__(
        self,
        text: str,
        lower: str,
        annotation: Annotation,
        known: Words,
        mentions: Spans[Mention],
        dates: Spans[TimeExpression],
        quotes: Sequence[Utterance],
    ) -> None:
        self.text, self.lower, self.known = text, lower, known
        self.about = Surroundings(text, lower, annotation, known, mentions, quotes)
        names = mentions, Spans(annotation.mentions)
        self.excluded = Exclusions(text, lower, known, self.about, dates, names)
        self.amounts = Amounts(text, lower, known, self.about)

    def find(self, starts: Iterable[int]) -> Iterator[Figure]:
        """The figures whose numbers begin at these places, in order, none within another."""
        end = 0
        for start in starts:
            if start < end:
                continue
            amount = self.amounts.at(start)
            if amount is None or amount.start < end:
                continue
            if amount.pair is not None:
                for made in self._votes(amount):
                    yield made
                    end = made.end
                end = max(end, amount.pair.end)
                continue
            figure = self._figure(amount)
            if figure is not None:
                yield figure
                end = figure.end

    def _figure(self, amount: Amount) -> Figure | None:
        if self.about.parse.token_at(amount.core) == self.about.parse.size:
            return None
        if (
            not isfinite(amount.value)
            or self.excluded.is_taken(amount)
            or self.excluded.is_no_amount(amount)
        ):
            return None
        kind, unit = self._measured(amount)
        named = self._named(amount) if kind == "count" else None
        if named is not None:
            kind, unit = ("percent" if named == "%" else "measure"), named
        noun: str | None = None
        value, end = amount.value, amount.end
        counted = None
        if kind == "count":
            counted = self.about.counted(amount.core, end)
            if counted is not None:
                noun, last = self.about.noun(counted), self.about.end(counted)
                if noun in self.known.quakes and value < _STRONGEST and not value.is_integer():
                    kind, unit, noun = "measure", "magnitude", None
                else:
                    end = last
                    value = self._thousands(amount, value)
        elif kind == "duration":
            old = self.about.old(end)
            if old is not None:
                kind, end = "age", old
        if kind in ("count", "duration") and self._is_age(amount, counted, end):
            kind = "age"
            if noun is not None:
                noun, end = None, amount.end
        if kind == "count" and noun is None:
            state = self.about.state(amount.closed)
            if state is not None:
                noun, end = self.lower[slice(*state)], state[1]
            else:
                noun = self.about.meant(amount.core, amount.closed)
                if noun is None and not self._counts_alone(amount):
                    return None
        if amount.shared:
            return self._made(amount, kind, unit, None, value, end)
        per, end = self._rate(end)
        return self._made(amount, kind, unit, noun, value, end, per)

    def _made(
        self,
        amount: Amount,
        kind: FigureKind,
        unit: str | None,
        noun: str | None,
        value: float,
        end: int,
        per: str | None = None,
    ) -> Figure:
        quantifier = amount.quantifier
        if amount.number.vague:
            quantifier = quantifier or "about"
        token = self.about.parse.token_at(amount.core)
        if quantifier is not None and quantifier in _TURNED and self.about.is_negated(token):
            quantifier = _TURNED[quantifier]
        verb, lemmas, names = self.about.place(token)
        return Figure(
            start=amount.start,
            end=end,
            text=self.text[amount.start : end],
            kind=kind,
            value=round(value, 6),
            upper=None if amount.upper is None else round(amount.upper, 6),
            quantifier=quantifier,
            unit=unit,
            per=per,
            noun=noun,
            attribution=self.about.attribution(amount.start, end),
            verb=verb,
            lemmas=lemmas,
            mentions=names,
        )

    def _votes(self, amount: Amount) -> Iterator[Figure]:
        """Both sides of a vote; of a score, none."""
        pair, ballot = amount.pair, self.known.ballot
        if pair is None or ballot is None or self.excluded.is_taken(amount):
            return
        if min(amount.value, pair.value) < 10 or not self.about.has(
            amount.core, self.known.votes, _NEAR
        ):
            return
        plain = replace(amount, pair=None, start=amount.core)
        yield self._made(plain, "count", None, ballot, amount.value, amount.number.end)
        other = replace(plain, start=pair.start, core=pair.start, number=pair)
        yield self._made(other, "count", None, ballot, pair.value, pair.end)

    def _counts_alone(self, amount: Amount) -> bool:
        """Whether a number says something without a noun ('at least 400 were killed')."""
        if amount.number.vague or amount.quantifier or amount.number.factor > 1:
            return True
        return self.about.stands_for_a_noun(amount.closed)

    # --- what it says

    def _thousands(self, amount: Amount, value: float) -> float:
        """A number of things with a decimal point and three digits: the point parts thousands."""
        written = self.lower[amount.core : amount.closed]
        whole, _, rest = written.partition(self.known.decimal)
        if len(rest) == 3 and rest.isdecimal() and whole.isdecimal() and whole != "0":
            return value * 1000
        return value

    def _measured(self, amount: Amount) -> tuple[FigureKind, str | None]:
        measure = amount.measure
        if amount.shared:
            return "percent", "%"
        if measure is None:
            return "count", None
        if measure.unit == "GBP" and not amount.signed and self._weighs(amount):
            return "measure", "lb"
        return measure.kind, measure.unit

    def _weighs(self, amount: Amount) -> bool:
        """Whether pounds are of weight: by a word for weight nearby or what follows, in a text
        that does not count its money in them."""
        surface = amount.measure.surface if amount.measure else ""
        if surface not in ("pound", "pounds") or amount.number.factor >= 1_000_000:
            return False
        after = self.known.word.match(self.lower, amount.end + 1)
        if after and after[0] in self.known.paid_for:
            return False
        if self.about.is_paid(amount.core) and not self.lower.startswith(" of ", amount.end):
            return False
        if surface == "pound":
            return amount.number.value > 1
        if self.about.has(amount.core, self.known.weighing, _NEAR):
            return True
        return "£" not in self.text and amount.value < _BODY and self.about.is_body(amount.core)

    def _named(self, amount: Amount) -> str | None:
        """The unit that stands before a number ('magnitude 6.8')."""
        flat, start = self.amounts.flat, amount.start
        if not flat.endswith(self.known.naming, 0, start):
            return None
        return next(
            unit for name, unit in self.known.named.items() if flat.endswith(f"{name} ", 0, start)
        )

    def _is_age(self, amount: Amount, counted: int | None, end: int) -> bool:
        if amount.value > _OLDEST or amount.number.vague:
            return False
        if amount.measure is None:
            return self.about.is_age(amount.core, amount.closed, counted)
        aged = amount.measure.surface in self.known.ages or amount.measure.unit in (
            "year", "month", "week", "day"
        )  # fmt: skip
        return aged and self.about.is_aged(amount.start, amount.measure.surface, end)

    def _rate(self, end: int) -> tuple[str | None, int]:
        rate = self.known.rate
        match = rate.match(self.lower, end)
        if match is None:
            # 'hundreds of rockets and shells a day'
            if self.lower[end : end + 1] != " ":
                return None, end
            beside = self.known.beside.match(self.lower, end)
            match = rate.match(self.lower, beside.end()) if beside else None
        if match is None:
            return None, end
        return self.known.rates[match.group().lstrip(", ")], match.end()
