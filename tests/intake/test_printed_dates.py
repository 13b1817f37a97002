"""Dates as outlets print them, and the lines that hold them."""

import pytest

from app.intake.printed_dates import day_of_line, is_date_line, printed_date


@pytest.mark.parametrize(
    ("printed", "instant"),
    [
        ("Jan 9, 2015", "2015-01-09T00:00:00+00:00"),
        ("9th February 2016", "2016-02-09T00:00:00+00:00"),
        ("2017/3/8 7:05:09", "2017-03-08T07:05:09+00:00"),
        ("2017-03-08 07:05 PDT", "2017-03-08T14:05:00+00:00"),
        ("Sat, 7 Oct 2017, 3.20pm BST", "2017-10-07T14:20:00+00:00"),
        ("21. Dezember 2018, 18:40 Uhr", "2018-12-21T18:40:00+00:00"),
        ("le 3 août 2019 à 10h30", "2019-08-03T10:30:00+00:00"),
        ("14 de mayo de 2020", "2020-05-14T00:00:00+00:00"),
        ("2021年6月4日", "2021-06-04T00:00:00+00:00"),
        ("30/11/2021", "2021-11-30T00:00:00+00:00"),
        ("12.03.2022", "2022-03-12T00:00:00+00:00"),
        # Which of the zones called IST is meant cannot be told, so no hour is.
        ("Monday, 4 July 2022 9:15 am IST", "2022-07-04T00:00:00+00:00"),
    ],
)
def test_a_printed_date_is_read(printed: str, instant: str) -> None:
    found = printed_date(printed)
    assert found is not None
    assert found.instant.isoformat() == instant


@pytest.mark.parametrize(
    "text",
    [
        *("", "yesterday", "03/04/2022", "31 February 2020", "May 2020", "2020"),
        *("4 May 2020 to 6 May 2020", "the vote of 4 May 2020", "4 May 2020" + " " * 300),
    ],
)
def test_what_is_no_one_day_is_no_date(text: str) -> None:
    assert printed_date(text) is None


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Published: 8 November 2021, 07:15 GMT", "2021-11-08"),
        ("Submitted 3 May 2016; accepted 1 June 2016; first published online 9 June 2016", "06-09"),
        ("May 3, 2016 | Updated May 5, 2016", "2016-05-03"),
        ("Last updated: 3 May 2016", None),
        ("Aktualisiert am 17.01.2021", None),
        ("Publié le 2 mars 2020 à 18:00, mis à jour le 4 mars 2020", "2020-03-02"),
        ("Posted at 10:30", None),
    ],
)
def test_the_day_of_a_date_line_is_that_of_publication(line: str, day: str | None) -> None:
    assert is_date_line(line)
    found = day_of_line(line)
    assert (found is None) == (day is None)
    assert found is None or found.day.isoformat().endswith(day or "")


@pytest.mark.parametrize(
    "line", ["The vote is on 3 May 2016", "March of the ants", "24 March 2004 | Ada", "9 lives"]
)
def test_a_line_with_other_words_is_no_date_line(line: str) -> None:
    assert not is_date_line(line)
