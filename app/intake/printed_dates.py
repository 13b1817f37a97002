"""Dates as outlets print them, in the languages that they print them in; and lines that are such.

What one cannot tell (03/04/2024: March or April?) is no date here.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone

from app.domain.article import Published
from app.languages import ALL, load

_DATA = load(ALL, "printed_dates")
_WEEKDAYS, _SMALL = frozenset(_DATA["weekdays"]), frozenset(_DATA["small"])
# Words for the day that an article appeared on, and for other days of it (an update, a manuscript).
_APPEARED, _ANOTHER_DAY = frozenset(_DATA["appeared"]), frozenset(_DATA["another_day"])
# Hours from UTC; names that several zones share (IST, AST) tell no hour.
_ZONES: dict[str, int] = _DATA["zones"]
_OTHER_ZONES = frozenset(_DATA["shared_zones"])
_LONGEST = 200

_TOKEN = re.compile(r"\d+|[^\W\d_]+|\S")
_NUMERIC = re.compile(
    r"(?<!\d)(?:(?P<y>\d{4}) ?[-/.年] ?(?P<m>\d{1,2}) ?[-/.月] ?(?P<d>\d{1,2})日?"
    r"|(?P<a>\d{1,2})(?P<mark> ?[-/.] ?)(?P<b>\d{1,2})(?P=mark)(?P<c>\d{4}))(?!\d)"
)
_WORDED = re.compile(
    r"(?<!\d)(?:(?P<d>\d{1,2})(?:st|nd|rd|th|er|º|°)?[.,]?(?:[ -](?:de|of))?[ -]"
    r"(?P<m>[^\W\d_]{3,12})\.?,?(?: del?)?[ -](?P<y>\d{4})"
    r"|(?P<m2>(?<![^\W\d_])[^\W\d_]{3,12})\.? (?P<d2>\d{1,2})(?:st|nd|rd|th)?,? (?P<y2>\d{4}))"
    r"(?!\d)"
)
_SIGN = re.compile(r"\d ?[:/.-] ?\d")
_TO_TIME = re.compile(
    r"[\s,;:|•·(T–—-]*(?:(?:at|um|à|a las|alle|ore|om|kl\.?|às) )?", re.IGNORECASE
)
_TIME = re.compile(
    r"(?<![\d:])(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,]\d{1,9})?)?)?"
    r"(?! ?[-/.:]?\d)(?: ?(?P<half>[ap])\.? ?m\b\.?)?(?: ?(?:uhr|hrs?|h)\b)?"
    r"(?:,? ?\(?(?P<zone>[+-]\d\d:?\d\d|[a-z]{1,4}\b))?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Found:
    """A date, where it stands in its line, and the words since the date before it."""

    start: int
    end: int
    published: Published
    label: frozenset[str]


def printed_date(value: str) -> Published | None:
    """The date that a value is, and nothing else but a weekday, a time of day and its zone ("Tue, 5
    March 2024, 9.30am GMT", "2024/3/5 10:00 EST"); None where it is none, or more than one.

    A time without a zone is taken as UTC, as an ISO 8601 one is; one in a zone that cannot be told
    is left out.
    """
    found = _dates(value)
    if len(found) != 1:
        return None
    rest = _tokens(f"{value[: found[0].start]} {value[found[0].end :]}")
    known = _WEEKDAYS | _SMALL | _OTHER_ZONES
    return found[0].published if all(not t.isalnum() or t in known for t in rest) else None


def is_date_line(line: str) -> bool:
    """Whether a line says when something appeared or was changed, and nothing else."""
    if len(line) > _LONGEST or not any(c.isdigit() for c in line):
        return False
    tokens = _tokens(line)
    if not (_SIGN.search(line) or any(token in _MONTH for token in tokens)):
        return False
    return is_of_dates(line)


def is_of_dates(words: str) -> bool:
    """Whether all words of a line are such as lines of dates hold ("2024", "last updated")."""
    return all(_is_of_a_date(token) for token in _tokens(words[:_LONGEST]))


def day_of_line(line: str) -> Published | None:
    """When an article appeared, by a line of dates: the first that is said to be that day, else the
    first that isn't said to be another's (an update's, a manuscript's)."""
    found = _dates(line)
    said = [each.published for each in found if each.label & _APPEARED]
    bare = [each.published for each in found if not each.label & _ANOTHER_DAY]
    return next(iter((*said, *bare)), None)


def other_days_of_line(line: str) -> frozenset[date]:
    """The days of a line that are said to be others than that on which an article appeared."""
    return frozenset(
        each.published.day
        for each in _dates(line)
        if each.label & _ANOTHER_DAY and not each.label & _APPEARED
    )


def _dates(text: str) -> list[_Found]:
    """The dates of a short text in their order; none of a long one."""
    if len(text) > _LONGEST:
        return []
    matches = sorted((*_NUMERIC.finditer(text), *_WORDED.finditer(text)), key=re.Match.start)
    days = [(m.start(), m.end(), _day(m)) for m in matches]
    found: list[_Found] = []
    at = 0
    for index, (start, end, day) in enumerate(days):
        if day is None or start < at:
            continue
        until = days[index + 1][0] if index + 1 < len(days) else len(text)
        begin = _TO_TIME.match(text, end, until)
        clock = _TIME.match(text, begin.end() if begin else end, until)
        published = _published(day, clock) if clock else None
        if clock and published:
            end = clock.end()
        else:
            clocks = (_published(day, each) for each in _TIME.finditer(text, at, start))
            published = next(filter(None, clocks), None)
        if published is None:
            published = Published.parse(day.isoformat())
        label = frozenset(_tokens(text[at:start]))
        found.append(_Found(start, end, published, label))
        at = end
    return found


def _day(match: re.Match[str]) -> date | None:
    part = match.groupdict()
    if "mark" in part:
        year, month, day = part["y"], part["m"], part["d"]
        if year is None:
            year, day, month = part["c"], part["a"], part["b"]
            # Only dots say that the day comes first.
            if "." not in part["mark"] and day != month and max(int(day), int(month)) <= 12:
                return None
            if int(month) > 12:
                day, month = month, day
    else:
        year, day = part["y"] or part["y2"], part["d"] or part["d2"]
        month = _MONTH.get(_folded(part["m"] or part["m2"]))
    try:
        return date(int(year), int(month), int(day)) if month else None
    except ValueError:
        return None


def _published(day: date, clock: re.Match[str]) -> Published | None:
    """The day with the time of day that a match is; None where it is none. The day alone, where
    the zone is one that cannot be told."""
    part = clock.groupdict()
    if part["minute"] is None and part["half"] is None:
        return None
    hour = int(part["hour"])
    if part["half"] and hour <= 12:
        hour = hour % 12 + (12 if part["half"].lower() == "p" else 0)
    zone = _folded(part["zone"] or "z")
    try:
        if zone in _OTHER_ZONES:
            return Published.parse(day.isoformat())
        if zone[0] in "+-":
            digits = int(zone[1:3]) * 60 + int(zone[-2:])
            offset = timedelta(minutes=digits if zone[0] == "+" else -digits)
        else:
            offset = timedelta(hours=_ZONES.get(zone, 0))
        moment = time(hour, int(part["minute"] or 0), int(part["second"] or 0))
        printed = datetime.combine(day, moment, timezone(offset))
        return Published(printed.astimezone(UTC), day, "time")
    except (ValueError, OverflowError):
        return None


def _tokens(text: str) -> list[str]:
    return _TOKEN.findall(_folded(text))


def _folded(text: str) -> str:
    """In lower case, without accents."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in parts if not unicodedata.combining(c))


def _is_of_a_date(token: str) -> bool:
    if token.isdigit():
        return len(token) <= 4
    return not token.isalnum() or token in _WORDS


def _month_words() -> dict[str, str]:
    """The number of each month by its names and by three letters or more that begin one of them,
    and none of another month."""
    owners: dict[str, set[str]] = {}
    for number, names in enumerate(_DATA["months"], 1):
        for name in names:
            for length in range(3, len(name) + 1):
                owners.setdefault(name[:length], set()).add(str(number))
    return {word: of.pop() for word, of in owners.items() if len(of) == 1}


_MONTH = _month_words()
_WORDS = frozenset((*_MONTH, *_ZONES)).union(
    *(words for kind, words in _DATA.items() if kind not in ("months", "zones"))
)
