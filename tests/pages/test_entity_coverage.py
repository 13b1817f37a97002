"""Who names an entity over time: every mention is counted, in as many steps as can be shown."""

from datetime import UTC, date, datetime, timedelta

import pytest

from app.domain.article import SourceRef
from app.domain.entity import CoverageBucket
from app.pages.entities.coverage import coverage
from app.pages.steps import step_between
from app.services import query
from app.store.engine.sessions import Store
from tests.store.conftest import store as store
from tests.store.desk import add, analyse_all, document

SUN = SourceRef("sun", "Sun")


def test_shorter_steps_are_summed_and_undated_mentions_count_in_all() -> None:
    buckets = [
        CoverageBucket(SUN, "2001-03-01", 2, 1),
        CoverageBucket(SUN, "2001-07-01", 3, 2),
        CoverageBucket(SUN, "2016-01-01", 1, 1),
        CoverageBucket(SUN, None, 4, 4),
        CoverageBucket(None, "2016-01-01", 9, 3),
    ]
    found = coverage(buckets, step_between(date(2001, 3, 1), date(2016, 1, 1)))
    assert found.step == "year"
    assert [(lane.source, lane.mentions) for lane in found.lanes] == [(SUN, 10), (None, 9)]
    dots = [(dot.label, dot.mentions, dot.articles) for dot in found.lanes[0].dots]
    assert dots == [("2001", 5, 3), ("2016", 1, 1)]
    assert found.lanes[0].dots[1].x == found.lanes[1].dots[0].x
    assert found.ticks[0][0] == "2001"


def test_of_many_outlets_those_that_name_it_most_are_shown() -> None:
    buckets = [
        CoverageBucket(SourceRef(f"s{n}", f"S{n}"), "2016-01-01", n, 1) for n in range(1, 31)
    ]
    found = coverage(buckets, step_between(date(2016, 1, 1), date(2016, 1, 1)))
    assert (len(found.lanes), found.more) == (20, 10)
    assert found.lanes[0].mentions == 30


def test_without_dates_there_are_lanes_and_no_dots() -> None:
    found = coverage([CoverageBucket(SUN, None, 4, 4)], None)
    assert [(lane.mentions, lane.dots) for lane in found.lanes] == [(4, [])]
    assert found.ticks == []


@pytest.mark.parametrize("step", ["day", "week", "month"])
def test_what_is_read_in_steps_is_what_the_days_sum_up_to(store: Store, step: str) -> None:
    first = datetime(1969, 12, 20, 12, tzinfo=UTC)
    with store.write() as writing:
        for n in range(40):
            day = (first + timedelta(days=n)).date().isoformat()
            source = ("Daily Star", "Evening Post", None)[n % 3]
            add(
                writing, document(f"Ada came. {n}", source=source, published=day if n % 7 else None)
            )
        analyse_all(writing, {"Ada": None})
    with store.read() as s:
        found = query.coverage_by(s, 1, step)  # type: ignore[arg-type] # one of the three
        days = query.coverage_by(s, 1, "day")
    assert sum(each.mentions for each in found) == sum(each.articles for each in found) == 40
    assert sum(each.mentions for each in found if each.day is None) == 6

    def start(text: str | None) -> str | None:
        if text is None:
            return None
        day = date.fromisoformat(text)
        if step == "week":
            day -= timedelta(days=day.weekday())
        return (day.replace(day=1) if step == "month" else day).isoformat()

    summed: dict[tuple[SourceRef | None, str | None], int] = {}
    for each in days:
        key = each.source, start(each.day)
        summed[key] = summed.get(key, 0) + each.mentions
    assert {(each.source, each.day): each.mentions for each in found} == summed
