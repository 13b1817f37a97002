"""Column types that both SQLite and PostgreSQL hold alike."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import JSON, BigInteger, Dialect, Integer, LargeBinary
from sqlalchemy.types import TypeDecorator, TypeEngine

from app.domain.annotation import Reason
from app.store.engine.packing import deflate, inflate, pack, unpack

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_EPOCH_DAY = date(1970, 1, 1).toordinal()

# SQLite numbers rows only in a column declared INTEGER, which holds 64 bits there.
Id: TypeEngine[int] = BigInteger().with_variant(Integer(), "sqlite")


def to_microseconds(value: datetime) -> int:
    """Microseconds from 1970 in UTC; negative before it."""
    return (value - EPOCH) // _MICROSECOND


def month_of(value: datetime) -> int:
    """The month in UTC, counted from the year 0."""
    utc = value.astimezone(UTC)
    return utc.year * 12 + utc.month - 1


def month_start(month: int) -> datetime:
    """The first instant of a month of `month_of`."""
    return datetime(month // 12, month % 12 + 1, 1, tzinfo=UTC)


class Instant(TypeDecorator[datetime]):
    """An aware `datetime`, kept as microseconds since 1970 in UTC: one order and eight bytes in
    every database, and no driver's idea of time zones in between."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        """The number that is stored."""
        return None if value is None else to_microseconds(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        """The instant, in UTC."""
        return None if value is None else EPOCH + timedelta(microseconds=value)


def to_days(day: date) -> int:
    """Days since 1 January 1970; negative before it."""
    return day.toordinal() - _EPOCH_DAY


def from_days(days: int) -> date:
    """The day that stands so many days after 1 January 1970."""
    return date.fromordinal(days + _EPOCH_DAY)


class Day(TypeDecorator[date]):
    """A calendar day, kept as days since 1970."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> int | None:
        """The number that is stored."""
        return None if value is None else to_days(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> date | None:
        """The day."""
        return None if value is None else from_days(value)


class Coded(TypeDecorator[str]):
    """One of a few words, kept as its place among them: a new word goes to the end."""

    impl = Integer
    cache_ok = True

    def __init__(self, *words: str) -> None:
        super().__init__()
        self.words = words

    def process_bind_param(self, value: str | None, dialect: Dialect) -> int | None:
        """The number that is stored."""
        return None if value is None else self.words.index(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> str | None:
        """The word."""
        return None if value is None else self.words[value]


class Packed(TypeDecorator[object]):
    """A JSON value, deflated: text and parses shrink to a fifth or less. Bytes, which JSON has not,
    are taken for a value that is packed already."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: object | None, dialect: Dialect) -> bytes | None:
        """The bytes that are stored."""
        return value if value is None or isinstance(value, bytes) else pack(value)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> object | None:
        """The value, as plain lists, dicts and scalars."""
        return None if value is None else unpack(value)


class Deflated(TypeDecorator[str]):
    """A text, deflated to half or less. The database itself cannot look into it."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        """The bytes that are stored."""
        return None if value is None else deflate(value.encode())

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> str | None:
        """The text."""
        return None if value is None else inflate(value).decode()


class Reasons(TypeDecorator[Sequence[Reason]]):
    """Why names were joined: JSON, each reason as the list of its values."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: Sequence[Reason] | None, dialect: Dialect) -> object:
        """The lists."""
        return value and [[each.rule, each.detail, each.score] for each in value]

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Sequence[Reason]:
        """The reasons."""
        return read_reasons(value)


def read_reasons(lists: Any | None) -> tuple[Reason, ...]:
    """The reasons that are kept as lists."""
    return tuple(Reason(*each) for each in lists or ())
