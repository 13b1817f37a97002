"""Times in the words of a page."""

import pytest

from app.pages.wording import time_value


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("2016-03-24", "24 March 2016"),
        ("2016-03", "March 2016"),
        ("2016-W12", "week of 21 March 2016"),
        ("2016-W12-WE", "weekend of 26 March 2016"),
        ("2020-W53", "week of 28 December 2020"),
        ("2016-W53", "2016-W53"),
        ("0000-W01", "0000-W01"),
        ("2016-W11/2016-W12", "week of 14 March 2016 to week of 21 March 2016"),
        ("2016-Q2", "2nd quarter of 2016"),
        ("198X", "198X"),
    ],
)
def test_a_value_is_told_in_words(value: str, said: str) -> None:
    assert time_value(value) == said
