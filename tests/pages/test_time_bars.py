"""Bars of articles over time."""

from datetime import date, timedelta

import pytest

from app.domain.facets import DayFacet
from app.pages.sources.coverage import bars


def days(*counts: tuple[date | None, int]) -> list[DayFacet]:
    return [DayFacet(day, count) for day, count in counts]


@pytest.mark.parametrize(
    ("span", "step"),
    [
        *((1, "day"), (61, "day"), (62, "week"), (420, "week"), (440, "month"), (1_800, "month")),
        *((2_000, "year"), (22_000, "year"), (40_000, "10 years"), (700_000, "100 years")),
    ],
)
def test_the_step_grows_with_the_time_and_no_article_is_lost(span: int, step: str) -> None:
    last = date(2016, 3, 24)
    found = bars(days((last, 3), (last - timedelta(days=span), 2), (None, 4)))
    assert found
    assert found.step == step
    assert len(found.bars) <= 62
    assert sum(each.articles for each in found.bars) == 5
    assert found.undated == 4
    for one, other in zip(found.bars, found.bars[1:], strict=False):
        assert one.after == other.first
        assert one.x + one.width < other.x
    assert found.bars[0].first <= last - timedelta(days=span)
    assert last < found.bars[-1].after


def test_the_last_and_the_first_day_of_the_calendar_stand() -> None:
    for day in (date.min, date.max):
        found = bars(days((day, 1)))
        assert found
        assert [each.articles for each in found.bars] == [1]
    both = bars(days((date.min, 1), (date.max, 1)))
    assert both
    assert both.step == "1000 years"


def test_the_words_say_what_the_bars_show() -> None:
    found = bars(days((date(2016, 3, 24), 5), (date(2016, 3, 27), 1)))
    assert found
    assert found.says == (
        "6 articles, 24 March 2016 to 27 March 2016, by day; most in one day: 5 (24 March 2016); "
        "none in 2 of 4."
    )
    assert [each.height for each in found.bars] == [100, 0, 0, 20]


def test_undated_articles_alone_make_no_chart() -> None:
    assert bars(days((None, 4))) is None
    assert bars([]) is None
