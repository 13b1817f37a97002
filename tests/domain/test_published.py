from contextlib import suppress
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.article import Published
from app.errors import InvalidInput


def test_a_date_is_its_midnight_in_utc() -> None:
    published = Published.parse("2016-03-24")
    assert published == Published(
        datetime(2016, 3, 24, tzinfo=UTC), date(2016, 3, 24), precision="day"
    )


def test_a_date_time_keeps_the_day_as_printed() -> None:
    published = Published.parse("2016-03-24T01:30:00+05:00")
    assert published.instant == datetime(2016, 3, 23, 20, 30, tzinfo=UTC)
    assert published.day == date(2016, 3, 24)
    assert published.precision == "time"


@pytest.mark.parametrize(
    "value",
    [
        "",
        "yesterday",
        "2016-02-30",
        "2016-W12-4",
        "20160324",
        "2016-03-24Tnoon",
        "0001-01-01T00:00:00+14:00",
    ],
)
def test_what_is_no_date_is_refused(value: str) -> None:
    with pytest.raises(InvalidInput, match="is not a date"):
        Published.parse(value)


@given(st.text())
def test_nothing_else_is_ever_raised(value: str) -> None:
    with suppress(InvalidInput):
        assert Published.parse(value).instant.tzinfo is UTC
