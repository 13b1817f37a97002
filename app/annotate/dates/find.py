"""From a text with its annotation to the expressions of time in it."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from app.annotate.dates.expressions import Place
from app.annotate.dates.grammar import Grammar, Pattern, grammar
from app.annotate.dates.tense import Tense
from app.annotate.parse import Parse
from app.domain.annotation import Annotation
from app.domain.spans import Spans
from app.domain.timex import TENSE, Granularity, TimeExpression

_AROUND = 48  # characters from a key word to either end of an expression
_VERBS = frozenset({"VERB", "AUX"})
_MOST = frozenset({"JJS", "RBS"})
_BEFORE_NOUNS = frozenset({"ADJ", "ADV", "PUNCT"})
# A pattern of two branches has its weekday in either.
_WEEKDAYS = ("weekday", "weekday2", "weekday3")
_PIVOT_DECADE = 10  # 'the 20s' are of the last century, 'the 10s' of this
_PIVOT = 49  # '49 is of this century, '50 of the last
# Forms whose year or week is told by the tense, where no word of theirs tells it.
_TENSED = frozenset({
    "day", "days", "nth_weekday", "holiday", "weekend", "month", "quarter", "season", "weekday",
})  # fmt: skip
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
        self.tense = Tense(self.parse, rules)
        self.names = Spans(annotation.mentions)
        self.times = Spans(each for each in annotation.values if each.type in ("DATE", "TIME"))

    def find(self) -> Iterator[TimeExpression]:
        """The expressions, in order, none within another."""
        spots: dict[int, tuple[re.Match[str], Pattern]] = {}
        lower = _lower(self.text).translate(self.rules.characters)
        windows = _windows(lower, self.rules)
        for pattern in self.rules.patterns:
            for first, last in windows.get(pattern.key, ()):
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
        if pattern.needs == "sure":
            return True
        if pattern.needs == "alone":
            return self._is_alone(match)
        if pattern.needs != "quarter" and self.names.overlapping(match.start(), match.end()):
            return False
        if (groups.get("unit") or "").lower() in pattern.without:
            return False
        if pattern.needs == "general":
            return self._general(match) or self._belongs_to_many(match)
        if pattern.needs == "future":
            return self._is_due_in(match.start())
        if pattern.needs == "quarter":
            return self._is_quarter(match)
        if pattern.needs != "date":
            return True
        word = groups.get("month")
        if word is not None:
            start = match.start("month")
            if self.rules.months_capital and not self.text[start].isupper():
                return False
            if self._pos(start) in _VERBS:
                return False
            if word not in self.rules.ambiguous:
                return True
        else:
            start = match.start("short") - 1 if groups.get("short") else match.start("year")
            counted = self._counts(match)
            if counted is not None:
                return not counted
        if self.times.at(start):
            return True
        before = self.text[max(0, start - 12) : start].split()
        return bool(before) and before[-1].lower() in self.rules.inside

    def _counts(self, match: re.Match[str]) -> bool | None:
        """Whether a bare year counts the things that follow ('in 2000 villages') or says when they
        were ('the 2020 elections'); None where neither is sure."""
        parse, rules = self.parse, self.rules
        token = parse.token_at(match.end())
        if token >= parse.size or parse.starts[token] > match.end() + 1:
            return None
        digits = match.group()
        if not digits.isdigit() and "short" not in match.groupdict():
            return None
        noun = token
        while noun < min(token + 3, parse.size) and parse.pos[noun] in _BEFORE_NOUNS:
            noun += 1
        if noun >= parse.size or parse.pos[noun] not in ("NOUN", "PROPN"):
            return None
        if parse.lemmas[noun].lower() in rules.events or parse.word(noun) in rules.events:
            return False
        before = parse.word(parse.token_at(match.start()) - 1) if match.start() else ""
        determined = before in rules.determiners
        if parse.tags[noun] in rules.counted_tags:
            return not determined or digits.endswith("0")
        return False if determined else None

    def _general(self, match: re.Match[str]) -> bool:
        """Whether 'today' stands for these days in general: behind a noun in the plural that does
        something ('Cities today are louder')."""
        parse = self.parse
        token = parse.token_at(match.start())
        if not 0 < token < parse.size - 1:
            return False
        return (
            parse.tags[token - 1] in self.rules.counted_tags
            and parse.tags[token + 1] in ("VBP", "MD")
            and parse.ends[token - 1] == parse.starts[token] - 1
        )

    def _belongs_to_many(self, match: re.Match[str]) -> bool:
        """Whether it is that of people who do something these days ("today's pupils read less")."""
        parse, rules = self.parse, self.rules
        mark = parse.token_at(match.end())
        if mark + 1 >= parse.size or parse.word(mark) not in rules.determiners:
            return False
        noun = parse.heads[mark - 1]
        if noun <= mark or parse.tags[noun] not in rules.counted_tags:
            return False
        return parse.lemmas[noun].lower() in rules.people and parse.deps[noun] == "nsubj"

    def _is_alone(self, match: re.Match[str]) -> bool:
        """Whether a feast, season or day stands in no larger name, and before no noun ('Easter
        eggs', 'on the 5th floor')."""
        if any(
            each.start < match.start() or each.end > match.end()
            for each in self.names.overlapping(match.start(), match.end())
        ):
            return False
        if " " in (match.groupdict().get("holiday") or ""):
            return True
        parse, token = self.parse, self.parse.token_at(match.end())
        if token >= parse.size or parse.starts[token] > match.end() + 1:
            return True
        return parse.pos[token] not in ("NOUN", "PROPN", "ADJ")

    def _is_due_in(self, offset: int) -> bool:
        """Whether 'in six years' tells when something is to come, and not since when it is the
        most or the first of its kind."""
        parse, token = self.parse, self.parse.token_at(offset)
        if any(parse.tags[each] in _MOST for each in range(max(0, token - 4), token)):
            return False
        return parse.pos[parse.heads[token]] in _VERBS and self.tense.at(offset) > 0

    def _is_quarter(self, match: re.Match[str]) -> bool:
        """Whether 'Q3' is no model of a car: what has a name before it tells of accounts."""
        parse, token = self.parse, self.parse.token_at(match.start())
        if token == 0 or parse.pos[token - 1] != "PROPN":
            return True
        if parse.ends[token - 1] < match.start() - 1:
            return True
        after = parse.token_at(match.end())
        return after < parse.size and parse.lemmas[after].lower() in self.rules.accounts

    def _pos(self, offset: int) -> str:
        token = self.parse.token_at(offset)
        return self.parse.pos[token] if token < self.parse.size else ""

    def _made(self, match: re.Match[str], pattern: Pattern) -> TimeExpression | None:
        groups = {name: value for name, value in match.groupdict().items() if value is not None}
        rules, at = self.rules, Place(match, self.text)
        month = rules.months.get(groups.get("month", "").lower())
        month = int(groups["nmonth"]) if "nmonth" in groups else month
        year = int(groups["year"]) if "year" in groups else None
        day = int(groups["day"]) if "day" in groups else None
        marked, told = pattern.direction, None
        if marked is None and pattern.form in _TENSED:
            marked, told = self.tense.at(match.start()), TENSE
        marked = marked or 0
        match pattern.form:
            case "explicit":
                if pattern.value is not None:
                    return at.expression("explicit", "day", pattern.value)
                if "short" in groups:
                    year = int(groups["short"])
                    year += 2000 if year <= _PIVOT else 1900
                if "a" in groups and year is not None:
                    weekday = rules.weekdays.get(groups.get("weekday", ""))
                    weekday = rules.short_weekdays.get(groups.get("shortday", ""), weekday)
                    return at.numeric(int(groups["a"]), int(groups["b"]), year, weekday)
                return at.explicit(groups.get("decade"), year, month, day)
            case "days":
                return at.days(year, month, day, int(groups["last"]), marked)
            case "day":
                return at.expression("day", "day", month=month, day=day, direction=marked)
            case "nth_weekday":
                nth = -1 if "final" in groups else rules.ordinals[groups["ordinal"].lower()]
                weekday = rules.weekdays[groups["weekday"].lower()]
                return at.nth_weekday(year, month or 1, nth, weekday, marked)
            case "holiday":
                return at.holiday(rules.holidays[groups["holiday"]], year, marked)
            case "weekend":
                return at.expression("weekend", "weekend", direction=marked, unit=told)
            case "century":
                nth = int(groups["nth"]) if "nth" in groups else rules.ordinals[groups["ordinal"]]
                return at.expression("explicit", "range", f"{nth - 1}01/{nth}00")
            case "short_decade":
                short = groups.get("short")
                tens = int(short) if short else rules.decades[groups["decadeword"]]
                first = tens + (1900 if tens > _PIVOT_DECADE else 2000)
                return at.expression("explicit", "decade", f"{first}/{first + 9}")
            case "event_day":
                known = rules.known_days.get(f"{month}-{day} {groups['event']}")
                return at.expression("event_day", "day", month=month, day=day, number=known)
            case "months":
                other = rules.months[groups["month2"].lower()]
                value = f"{year}-{month:02d}/{year}-{other:02d}"
                return at.expression("explicit", "range", value)
            case "years":
                last = groups.get("year2") or f"{year}"[:2] + groups["short"]
                if int(last) <= (year or 0):
                    return None
                return at.expression("explicit", "range", f"{year}/{last}")
            case "quarter" | "half":
                named = rules.ordinals.get(groups.get("ordinal", "").lower(), 0)
                return at.part_of_year(
                    pattern.form, int(groups.get("quarter", named)), year, marked
                )
            case "season":
                code = rules.seasons[groups["season"].lower()]
                if year is not None:
                    return at.expression("explicit", "season", f"{year}-{code}")
                # A season that is told in the past may still go on.
                direction = marked if told is None else max(0, marked)
                return at.expression("season", "season", unit=code, direction=direction)
            case "month":
                return at.expression("month", "month", month=month, direction=marked, unit=told)
            case "weekday" | "weekday_in_week" | "week_from_weekday":
                day_name = next(groups[name] for name in _WEEKDAYS if name in groups)
                index = rules.weekdays[day_name.lower()]
                return at.expression(pattern.form, "day", number=index, direction=marked, unit=told)
        return self._counted(at, groups, pattern)

    def _counted(self, at: Place, groups: Mapping[str, str], pattern: Pattern) -> TimeExpression:
        """Of a form that counts units of time."""
        number = pattern.number
        if "number" in groups:
            number = _number(groups["number"], self.rules)
        unit = pattern.unit or self.rules.units.get(groups.get("unit", "").lower())
        direction = pattern.direction or 0
        if pattern.form == "shift":
            return at.expression(
                "shift",
                _GRANULARITIES.get(pattern.granularity or unit, "year"),
                number=number,
                unit=unit,
                direction=direction,
            )
        if pattern.form == "window":
            return at.expression("window", "range", number=number, unit=unit, direction=direction)
        return at.expression("unknown", _GRANULARITIES.get(unit, "range"), reason=pattern.reason)


def _lower(text: str) -> str:
    """The text in lower case, each character still at its place."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(each if len(low := each.lower()) != 1 else low for each in text)


def _windows(text: str, rules: Grammar) -> Mapping[str, list[tuple[int, int]]]:
    """The stretches of a text around the key words of each kind, those that overlap joined."""
    found: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for match in rules.key.finditer(f" {text}"):
        for key in rules.keys[match[1]]:
            _widen(found[key], match)
    for key, mark in rules.marks.items():
        for match in mark.finditer(text):
            _widen(found[key], match)
    return found


def _widen(windows: list[tuple[int, int]], match: re.Match[str]) -> None:
    first, last = max(0, match.start() - _AROUND), match.end() + _AROUND
    if windows and first <= windows[-1][1]:
        windows[-1] = (windows[-1][0], last)
    else:
        windows.append((first, last))


def _number(word: str, rules: Grammar) -> int:
    return int(word) if word.isdigit() else rules.numbers[word.lower()]
