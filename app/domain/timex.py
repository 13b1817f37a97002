"""Expressions of time in a text, and what they say once the day of publication is known.

Values are those of TIMEX3 (Pustejovsky et al. 2003), as far as ISO 8601 has no own: '2016-03-24',
'2016-03', '2016', '2016-W12', '2016-W12-WE' (its weekend), '2015-Q1', '2015-H1', '2015-SP'
(seasons: WI SP SU FA), and 'START/END' for a range or a decade.
"""

from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from app.domain.feasts import easter, nth_weekday

type Granularity = Literal[
    "day", "weekend", "week", "month", "season", "quarter", "half", "year", "decade", "range"
]
type Form = Literal[
    "explicit", "weekday", "weekday_in_week", "week_from_weekday", "day", "days", "event_day",
    "nth_weekday", "easter", "weekend", "month", "quarter", "season", "shift", "window", "unknown",
]  # fmt: skip

NO_SUCH_DAY = "there is no such day"
OF_ANY_YEAR = "it names an event, whose year is not told"
UNDATED = "the article has no date of publication"
# The `unit` of an expression whose direction is that of the verb, not of its own words.
TENSE = "tense"
# An event that is named by its day alone, so long ago at most, is taken for one of this year.
_NEWS = 100
_SATURDAY = 5
# A day without its year that is so near is taken for the one to come, where the last is long ago.
_SOON = 45


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """Words that say when, `text` at `[start, end)`, as the grammar understands them.

    `explicit` ones have their `value`; all others wait for the day of publication: a `weekday`
    (0: Monday), a `day` of a month or `days` of it up to `number`, a `month`, `quarter` or
    `season` (its code in `unit`), a weekday in the week before, of or after publication
    (`weekday_in_week`), the day a week from a weekday, the nth weekday of a month (`nth_weekday`:
    which one in `day`, -1 for the last), the day that is `number` days from `easter`, a `weekend`,
    the day of an event ('the Jan. 6 riot', with the year of a well-known one in `number`), a
    `shift` by `number` units, a `window` of `number` units up to publication (or from it on).
    `direction` is -1 for what was, 1 for what is to come, 0 where the words say neither.
    `unknown` ones have no value, for a `reason`.
    """

    start: int
    end: int
    text: str
    form: Form
    granularity: Granularity
    value: str | None = None
    direction: int = 0
    month: int | None = None
    day: int | None = None
    number: int | None = None
    unit: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Dated:
    """An expression of time with its value, None for a `reason`."""

    start: int
    end: int
    text: str
    value: str | None
    granularity: Granularity
    reason: str | None


def resolve(expression: TimeExpression, published: date | None) -> Dated:
    """What an expression says in a text that was published on this day.

    A weekday, day or month without its year is the last one up to the day of publication, unless
    the words, the tense or a nearness within 45 days speak for the next.
    """
    value, reason = expression.value, expression.reason
    if expression.form not in ("explicit", "unknown"):
        if published is None:
            value, reason = None, UNDATED
        else:
            try:
                value = _RESOLVERS[expression.form](expression, published)
            except _OfAnyYear:
                value, reason = None, OF_ANY_YEAR
            except (ValueError, OverflowError):
                value, reason = None, NO_SUCH_DAY
    return Dated(
        expression.start,
        expression.end,
        expression.text,
        value,
        expression.granularity,
        reason,
    )


def _weekday(each: TimeExpression, published: date) -> str:
    ahead = ((each.number or 0) - published.weekday()) % 7
    if each.direction > 0:
        # 'next Friday' is not today, but what 'will meet on Friday' can meet today.
        return (published + timedelta(days=ahead or 7 * (each.unit != TENSE))).isoformat()
    behind = (7 - ahead) % 7
    if each.direction < 0 and behind == 0 and each.unit != TENSE:
        behind = 7
    return (published - timedelta(days=behind)).isoformat()


def _weekday_in_week(each: TimeExpression, published: date) -> str:
    days = (each.number or 0) - published.weekday() + 7 * each.direction
    return (published + timedelta(days=days)).isoformat()


def _week_from_weekday(each: TimeExpression, published: date) -> str:
    ahead = ((each.number or 0) - published.weekday()) % 7
    days = (ahead or 7) + 7 if each.direction > 0 else ahead - 14
    return (published + timedelta(days=days)).isoformat()


def _nearest(day_in: Callable[[int], date], direction: int, published: date) -> date:
    """The day of a feast or the like in the year that is meant: the next one for what is to come
    or is near, else the last."""
    here = day_in(published.year)
    last = here if here <= published else day_in(published.year - 1)
    following = here if here >= published else day_in(published.year + 1)
    soon = direction == 0 and (following - published).days <= _SOON < (published - last).days
    return following if direction > 0 or soon else last


def _nth_weekday(each: TimeExpression, published: date) -> str:
    def in_year(year: int) -> date:
        return nth_weekday(year, each.month or 1, each.day or 1, each.number or 0)

    return _nearest(in_year, each.direction, published).isoformat()


def _easter(each: TimeExpression, published: date) -> str:
    def in_year(year: int) -> date:
        return easter(year) + timedelta(days=each.number or 0)

    return _nearest(in_year, each.direction, published).isoformat()


def _weekend(each: TimeExpression, published: date) -> str:
    """The weekend of this week, the one before or the one after; where the tense tells, the last
    one that has begun, or the next that is not over."""
    weeks = each.direction
    if each.unit == TENSE:
        begun = published.weekday() >= _SATURDAY
        weeks = 0 if each.direction > 0 or begun else -1
    year, week, _ = (published + timedelta(weeks=weeks)).isocalendar()
    return f"{year:04d}-W{week:02d}-WE"


def _event_day(each: TimeExpression, published: date) -> str:
    """The day of an event; ValueError where it may be of any year."""
    month, day = each.month or 1, each.day or 1
    if each.number is not None and date(each.number, month, day) <= published:
        return date(each.number, month, day).isoformat()
    year = published.year - (date(published.year, month, day) > published)
    found = date(year, month, day)
    if (published - found).days > _NEWS:
        raise _OfAnyYear
    return found.isoformat()


class _OfAnyYear(ValueError):
    """A day that names an event without its year."""


def _year_of(month: int, day: int, direction: int, published: date) -> int:
    """The year of a day whose year is not told."""
    if day > monthrange(2000, month)[1]:
        raise ValueError(day)
    here = date(published.year, month, min(day, monthrange(published.year, month)[1]))
    if direction > 0:
        return published.year + (here < published)
    if here <= published:
        following = published.year + 1
        coming = date(following, month, min(day, monthrange(following, month)[1]))
        soon = (coming - published).days <= _SOON and (published - here).days > 300
        return following if soon and direction == 0 else published.year
    if direction == 0 and (here - published).days <= _SOON:
        return published.year
    return published.year - 1


def _day(each: TimeExpression, published: date) -> str:
    day = each.day or 1
    if each.month is None:
        return _day_of_month(day, each.direction, published).isoformat()
    month = each.month
    return date(_year_of(month, day, each.direction, published), month, day).isoformat()


def _day_of_month(day: int, direction: int, published: date) -> date:
    """The next day of this number for what is to come, else the last ('on the 15th')."""
    step = 1 if direction > 0 else -1
    for months in range(0, 4 * step, step):
        first = _moved(published.replace(day=1), "month", months)
        if day > monthrange(first.year, first.month)[1]:
            continue
        found = first.replace(day=day)
        if (found >= published) if direction > 0 else (found <= published):
            return found
    raise ValueError(day)


def _days(each: TimeExpression, published: date) -> str:
    month, first, last = each.month or 1, each.day or 1, each.number or 1
    year = _year_of(month, first, each.direction, published)
    return f"{date(year, month, first).isoformat()}/{date(year, month, last).isoformat()}"


def _month(each: TimeExpression, published: date) -> str:
    month, year = each.month or 1, published.year
    # 'will open in May', written in May, is of this year; 'next May' is not.
    same = month == published.month and each.unit != TENSE
    if each.direction > 0:
        year += month < published.month or same
    elif each.direction < 0:
        year -= month > published.month or same
    elif month > published.month + 1:
        year -= 1
    elif month == 1 and published.month == 12:
        year += 1
    return f"{year:04d}-{month:02d}"


def _quarter(each: TimeExpression, published: date) -> str:
    quarter = each.number or 1
    now = (published.month + 2) // 3
    if each.direction > 0:
        return f"{published.year + (quarter < now):04d}-Q{quarter}"
    ended = quarter < now if each.direction < 0 else quarter <= now
    return f"{published.year if ended else published.year - 1:04d}-Q{quarter}"


# The month in which a season (of the northern half of the earth) ends.
_SEASON_ENDS = {"WI": 2, "SP": 5, "SU": 8, "FA": 11}


def _season(each: TimeExpression, published: date) -> str:
    code = each.unit or "SU"
    over = published.month > _SEASON_ENDS[code]
    year = published.year
    if each.direction > 0:
        year += over
    elif each.direction < 0 or (each.direction == 0 and published.month < _SEASON_ENDS[code] - 2):
        year -= not over
    return f"{year:04d}-{code}"


def _shift(each: TimeExpression, published: date) -> str:
    unit = "day" if each.granularity == "day" else each.unit or "day"
    return _of(unit, _moved(published, each.unit, each.direction * (each.number or 0)))


def _window(each: TimeExpression, published: date) -> str:
    other = _moved(published, each.unit, each.direction * (each.number or 1))
    first, last = min(published, other), max(published, other)
    return f"{first.isoformat()}/{last.isoformat()}"


def _moved(day: date, unit: str | None, number: int) -> date:
    if unit == "day":
        return day + timedelta(days=number)
    if unit == "week":
        return day + timedelta(weeks=number)
    months = {"month": 1, "quarter": 3, "year": 12, "decade": 120}[unit or "year"] * number
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _of(unit: str, day: date) -> str:
    """The unit of time that a day is in."""
    match unit:
        case "day":
            return day.isoformat()
        case "week":
            year, week, _ = day.isocalendar()
            return f"{year:04d}-W{week:02d}"
        case "month":
            return f"{day.year:04d}-{day.month:02d}"
        case "quarter":
            return f"{day.year:04d}-Q{(day.month + 2) // 3}"
        case "decade":
            first = day.year // 10 * 10
            return f"{first:04d}/{first + 9:04d}"
        case _:
            return f"{day.year:04d}"


_RESOLVERS: Mapping[str, Callable[[TimeExpression, date], str]] = {
    "weekday": _weekday,
    "weekday_in_week": _weekday_in_week,
    "week_from_weekday": _week_from_weekday,
    "event_day": _event_day,
    "nth_weekday": _nth_weekday,
    "easter": _easter,
    "weekend": _weekend,
    "day": _day,
    "days": _days,
    "month": _month,
    "quarter": _quarter,
    "season": _season,
    "shift": _shift,
    "window": _window,
}
