"""Numbers, days and kinds in the words of a page."""

import re
from collections.abc import Iterable
from datetime import date, datetime

_TYPES = {
    "PERSON": "person",
    "NORP": "people or group",
    "FAC": "building",
    "ORG": "organisation",
    "GPE": "country or town",
    "LOC": "place",
    "PRODUCT": "product",
    "EVENT": "event",
    "WORK_OF_ART": "work",
    "LAW": "law",
}
_UNITS = {
    **{"km": "kilometres", "m": "metres", "cm": "centimetres", "mm": "millimetres"},
    **{"mile": "miles", "ft": "feet", "yard": "yards", "km2": "square kilometres"},
    **{"m2": "square metres", "mile2": "square miles", "ha": "hectares", "acre": "acres"},
    **{"t": "tonnes", "kg": "kilograms", "g": "grams", "lb": "pounds", "ton": "tons"},
    **{"l": "litres", "barrel": "barrels", "km/h": "kilometres an hour", "mph": "miles an hour"},
    **{"second": "seconds", "minute": "minutes", "hour": "hours", "day": "days", "week": "weeks"},
    **{"month": "months", "year": "years", "decade": "decades", "century": "centuries"},
}
_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_PARTS = {
    **{f"Q{n}": f"{word} quarter of" for n, word in enumerate(("1st", "2nd", "3rd", "4th"), 1)},
    **{"H1": "first half of", "H2": "second half of"},
    **{"SP": "spring", "SU": "summer", "FA": "autumn", "WI": "winter"},
}
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_MONTH = re.compile(r"(\d{4})-(\d\d)")
_WEEK = re.compile(r"(\d{4})-W(\d\d)(-WE)?")
_PART = re.compile(r"(\d{4})-(Q[1-4]|H[12]|SP|SU|FA|WI)")


def day(value: date | datetime | None) -> str:
    """24 March 2016"""
    return "no date" if value is None else f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def short_day(value: date) -> str:
    """24 Mar"""
    return f"{value.day} {_MONTHS[value.month - 1][:3]}"


def month(value: date) -> str:
    """March 2016"""
    return f"{_MONTHS[value.month - 1]} {value.year}"


def time_value(value: str) -> str:
    """A value of TIMEX3 for people: '24 March 2016', 'March 2016', 'week of 21 March 2016' (its
    Monday). One of a form that is not known stays as it is."""
    if "/" in value:
        return " to ".join(time_value(each) for each in value.split("/"))
    if found := _DAY.fullmatch(value):
        return f"{int(found[3])} {_month(found[2])} {found[1]}"
    if found := _MONTH.fullmatch(value):
        return f"{_month(found[2])} {found[1]}"
    if (found := _WEEK.fullmatch(value)) and 1 <= int(found[2]) <= _last_week(int(found[1])):
        first = date.fromisocalendar(int(found[1]), int(found[2]), 6 if found[3] else 1)
        return f"{'weekend' if found[3] else 'week'} of {day(first)}"
    if found := _PART.fullmatch(value):
        return f"{_PARTS[found[2]]} {found[1]}"
    return value


def _last_week(year: int) -> int:
    """The number of the last week of a year in ISO 8601: 28 December is always in it."""
    return date(year, 12, 28).isocalendar().week if year >= 1 else 0


def _month(number: str) -> str:
    return _MONTHS[int(number) - 1] if 1 <= int(number) <= len(_MONTHS) else number


def many(count: int, noun: str, plural: str | None = None) -> str:
    """1 article, 1,200 articles"""
    return f"{count:,} {noun if count == 1 else plural or f'{noun}s'}"


def percent(share: float) -> str:
    """17 %, and 'below 1 %' where rounding would make nothing of something."""
    return "below 1 %" if 0 < share < 0.005 else f"{share:.0%}".replace("%", " %")


def thousands(value: float) -> str:
    """1,200 and 3.5"""
    return f"{value:,.0f}" if value == int(value) else f"{value:,g}"


def amount(value: float) -> str:
    """1,200, and '25 million' from a million on."""
    for size, word in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")):
        if abs(value) >= size:
            return f"{value / size:,.4g} {word}"
    return thousands(value)


def unit(code: str) -> str:
    """What a unit of measurement is called: 'kilometres' for km. One without a name here stays as
    it is."""
    return _UNITS.get(code, code)


def entity_type(code: str) -> str:
    """What a type of OntoNotes is called here: 'country or town' for GPE."""
    return _TYPES.get(code, code.lower())


def listed(names: Iterable[str]) -> str:
    """A, B and C"""
    every = list(names)
    return " and ".join(filter(None, (", ".join(every[:-1]), *every[-1:])))


def shortened(text: str, longest: int = 300) -> str:
    """The text on one line, or its beginning up to a word, with an ellipsis."""
    line = " ".join(text.split())
    if len(line) <= longest:
        return line
    end = line.rfind(" ", longest // 2, longest)
    return f"{line[: end if end > 0 else longest].rstrip(' ,;:')} …"


def sentence(detail: str) -> str:
    """What is wrong, as a sentence: with a capital and a full stop."""
    capital = f"{detail[:1].upper()}{detail[1:]}"
    return capital if capital.endswith((".", "!", "?")) else f"{capital}."
