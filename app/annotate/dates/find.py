"""From a text with its annotation to the expressions of time in it."""

import re
from collections.abc import Iterator, Mapping
from datetime import date

from app.annotate.dates.grammar import Grammar, Pattern, grammar
from app.annotate.parse import Parse
from app.domain.annotation import Annotation
from app.domain.spans import Spans
from app.domain.timex import NO_SUCH_DAY, Form, Granularity, TimeExpression

_AROUND = 48  # characters from a key word to either end of an expression
_AUXILIARIES = 8  # tokens before a verb in which its auxiliaries are looked for
_VERBS = frozenset({"VERB", "AUX"})
_OPEN_CLAUSE = "xcomp"
_GRANULARITIES: Mapping[str | None, Granularity] = {
    "day": "day",
    "week": "week",
    "month": "month",
    "quarter": "quarter",
    "year": "year",
    "decade": "decade",
}


def dates(text: str, annotation: Annotation) -> tuple[TimeExpression, ...]:
    """All expressions of time of a text, in its order; none in a language without a grammar.

    The longest at a place wins. Durations and ages are none. A word that has other senses ('May',
    a bare '2000') counts where the model sees a time or a word before it says so. Time grows in
    proportion to the text.
    """
    rules = grammar(annotation.language)
    if rules is None:
        return ()
    finder = _Finder(text, annotation, rules)
    return tuple(finder.find())


class _Finder:
    def __init__(self, text: str, annotation: Annotation, rules: Grammar) -> None:
        self.text = text
        self.rules = rules
        self.parse = Parse(text, annotation)
        self.names = Spans(annotation.mentions)
        self.times = Spans(each for each in annotation.values if each.type in ("DATE", "TIME"))

    def find(self) -> Iterator[TimeExpression]:
        """The expressions, in order, none within another."""
        spots: dict[int, tuple[re.Match[str], Pattern]] = {}
        lower = _lower(self.text).translate(self.rules.characters)
        windows = {key: _windows(lower, regex) for key, regex in self.rules.keys.items()}
        for pattern in self.rules.patterns:
            for first, last in windows[pattern.key]:
                for match in pattern.regex.finditer(lower, first, last):
                    known = spots.get(match.start())
                    if known is not None and known[0].end() >= match.end():
                        continue
                    if self._sound(match, pattern):
                        spots[match.start()] = (match, pattern)
        end = 0
        for start in sorted(spots):
            match, pattern = spots[start]
            if start >= end:
                made = self._made(match, pattern)
                if made is not None:
                    yield made
                    end = match.end()

    def _sound(self, match: re.Match[str], pattern: Pattern) -> bool:
        """Whether a match is a time, and not a name, a verb or a number."""
        groups = match.groupdict()
        if self.names.overlapping(match.start(), match.end()):
            return False
        if (groups.get("unit") or "").lower() in pattern.without:
            return False
        if pattern.needs != "date":
            return True
        word = groups.get("month")
        if word is not None:
            start = match.start("month")
            if self.rules.months_capital and not self.text[start].isupper():
                return False
            if self._pos(start) in _VERBS:
                return False
        else:
            start = match.start("year")
        if not self._alone(match):
            return False
        if self.times.at(start):
            return True
        before = self.text[max(0, start - 12) : start].split()
        return bool(before) and before[-1].lower() in self.rules.inside

    def _alone(self, match: re.Match[str]) -> bool:
        """Whether nothing follows that a number would count ('in 2000 villages')."""
        parse = self.parse
        token = parse.token_at(match.end())
        near = token < parse.size and parse.starts[token] <= match.end() + 1
        return not (
            near and parse.tags[token] in self.rules.counted_tags and match.group().isdigit()
        )

    def _pos(self, offset: int) -> str:
        token = self.parse.token_at(offset)
        return self.parse.pos[token] if token < self.parse.size else ""

    def _made(self, match: re.Match[str], pattern: Pattern) -> TimeExpression | None:
        groups = {name: value for name, value in match.groupdict().items() if value is not None}
        rules, at = self.rules, _At(match, self.text)
        month = rules.months.get(groups.get("month", "").lower())
        month = int(groups["nmonth"]) if "nmonth" in groups else month
        year = int(groups["year"]) if "year" in groups else None
        day = int(groups["day"]) if "day" in groups else None
        marked = pattern.direction
        if marked is None:
            marked = int(self._future(match.start()))
        match pattern.form:
            case "explicit":
                return at.explicit(groups.get("decade"), year, month, day)
            case "days":
                return at.days(year, month, day, int(groups["last"]), marked)
            case "day":
                return at.expression("day", "day", month=month, day=day, direction=marked)
            case "months":
                other = rules.months[groups["month2"].lower()]
                value = f"{year}-{month:02d}/{year}-{other:02d}"
                return at.expression("explicit", "range", value)
            case "years":
                return at.expression("explicit", "range", f"{year}/{groups['year2']}")
            case "quarter" | "half":
                named = rules.ordinals.get(groups.get("ordinal", "").lower(), 0)
                return at.part_of_year(pattern.form, int(groups.get("quarter", named)), year)
            case "season":
                code = rules.seasons[groups["season"].lower()]
                if year is not None:
                    return at.expression("explicit", "season", f"{year}-{code}")
                return at.expression("season", "season", unit=code, direction=marked)
            case "month":
                return at.expression("month", "month", month=month, direction=marked)
            case "weekday":
                index = rules.weekdays[groups["weekday"].lower()]
                return at.expression("weekday", "day", number=index, direction=marked)
        return self._counted(at, groups, pattern)

    def _counted(self, at: "_At", groups: Mapping[str, str], pattern: Pattern) -> TimeExpression:
        """Of a form that counts units of time."""
        number = pattern.number
        if "number" in groups:
            number = _number(groups["number"], self.rules)
        unit = pattern.unit or self.rules.units.get(groups.get("unit", "").lower())
        direction = pattern.direction or 0
        if pattern.form == "shift":
            return at.expression(
                "shift",
                _GRANULARITIES.get(unit, "year"),
                number=number,
                unit=unit,
                direction=direction,
            )
        if pattern.form == "window":
            return at.expression("window", "range", number=number, unit=unit, direction=direction)
        return at.expression("unknown", _GRANULARITIES.get(unit, "range"), reason=pattern.reason)

    def _future(self, offset: int) -> bool:
        """Whether the verb that an expression belongs to speaks of what is to come."""
        parse, token = self.parse, self.parse.token_at(offset)
        verb = parse.verb(token) if token < parse.size else None
        if verb is None:
            return False
        head = parse.heads[verb]
        if self._to_come(verb) or parse.word(head) in self.rules.future_heads:
            return True
        # 'restera fermé': the one verb says what the other leads to.
        if parse.deps[verb] == _OPEN_CLAUSE and self._to_come(head):
            return True
        return any(
            parse.word(child) in self.rules.future or self._to_come(child)
            for child in parse.children(verb)
            if verb - _AUXILIARIES <= child < verb
        )

    def _to_come(self, token: int) -> bool:
        """Whether a verb's own form is one of the future."""
        if self.parse.pos[token] not in _VERBS:
            return False
        lemma, word = self.parse.lemmas[token].lower(), self.parse.word(token)
        stem = self.rules.future_stems.get(lemma, lemma.removesuffix("e"))
        return any(word == stem + ending for ending in self.rules.future_endings)


class _At:
    """Makes the expression that stands where a pattern matched."""

    def __init__(self, match: re.Match[str], text: str) -> None:
        self.start, self.end = match.span()
        self.text = text[self.start : self.end]

    def expression(
        self,
        form: Form,
        granularity: Granularity,
        value: str | None = None,
        *,
        direction: int = 0,
        month: int | None = None,
        day: int | None = None,
        number: int | None = None,
        unit: str | None = None,
        reason: str | None = None,
    ) -> TimeExpression:
        """An expression with these fields."""
        return TimeExpression(
            self.start,
            self.end,
            self.text,
            form,
            granularity,
            value,
            direction,
            month,
            day,
            number,
            unit,
            reason,
        )

    def explicit(
        self, decade: str | None, year: int | None, month: int | None, day: int | None
    ) -> TimeExpression | None:
        """A day, month, year or decade that is told whole."""
        if decade is not None:
            return self.expression("explicit", "decade", f"{decade}/{int(decade) + 9}")
        if year is None:
            return None
        if month is None:
            return self.expression("explicit", "year", f"{year:04d}")
        if day is None:
            return self.expression("explicit", "month", f"{year:04d}-{month:02d}")
        value = _iso(year, month, day)
        if value is None:
            return self.expression("unknown", "day", reason=NO_SUCH_DAY)
        return self.expression("explicit", "day", value)

    def days(
        self, year: int | None, month: int | None, day: int | None, last: int, direction: int
    ) -> TimeExpression:
        """Several days of a month."""
        if year is None or month is None or day is None:
            return self.expression(
                "days", "range", month=month, day=day, number=last, direction=direction
            )
        one, two = _iso(year, month, day), _iso(year, month, last)
        if one is None or two is None:
            return self.expression("unknown", "range", reason=NO_SUCH_DAY)
        return self.expression("explicit", "range", f"{one}/{two}")

    def part_of_year(self, form: str, index: int, year: int | None) -> TimeExpression | None:
        """A quarter or half; None for one that no year has."""
        if not 1 <= index <= (4 if form == "quarter" else 2):
            return None
        if year is None:
            return self.expression("quarter", "quarter", number=index)
        if form == "quarter":
            return self.expression("explicit", "quarter", f"{year}-Q{index}")
        return self.expression("explicit", "half", f"{year}-H{index}")


def _lower(text: str) -> str:
    """The text in lower case, each character still at its place."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(each if len(low := each.lower()) != 1 else low for each in text)


def _windows(text: str, key: re.Pattern[str]) -> list[tuple[int, int]]:
    """The stretches of a text around its key words, those that overlap joined."""
    found: list[tuple[int, int]] = []
    for match in key.finditer(text):
        first, last = max(0, match.start() - _AROUND), match.end() + _AROUND
        if found and first <= found[-1][1]:
            found[-1] = (found[-1][0], last)
        else:
            found.append((first, last))
    return found


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:  # the 31st of April
        return None


def _number(word: str, rules: Grammar) -> int:
    return int(word) if word.isdigit() else rules.numbers[word.lower()]
