"""One timeline for all sides."""

from collections.abc import Mapping

from app.compare.sections.timeline import timeline_section
from app.domain.article import Published
from app.domain.comparison import TextToCompare
from app.domain.limits import EVIDENCE
from app.domain.sections.timeline import Timeline
from app.services.compare import compare_texts
from app.services.pipeline import Analyser
from tests.compare.articles import real_articles, without_articles

PUBLISHED = Published.parse("2016-03-24")


def timeline(
    analyser: Analyser, *texts: str, published: Published | None = PUBLISHED, top: int = 50
) -> Timeline:
    sides = [TextToCompare(f"s{n}", text, published=published) for n, text in enumerate(texts)]
    answer = compare_texts(sides, analyser.analyse, sections=["timeline"], top=top)
    assert answer.timeline is not None
    return answer.timeline


def counts(section: Timeline) -> dict[str, Mapping[str, int]]:
    return {item.value: item.counts for item in section.items}


def test_two_wordings_of_one_time_are_one_item(analyser: Analyser) -> None:
    section = timeline(analyser, "It fell last May.", "It fell in May 2015.")
    assert counts(section) == {"2015-05": {"s0": 1, "s1": 1}}


def test_times_stand_in_their_order(analyser: Analyser) -> None:
    section = timeline(
        analyser,
        "He came last week, after the first quarter of 2015. He left on 3 May 2015.",
        "It began in 2011. It goes on today.",
    )
    values = [item.value for item in section.items]
    assert values == ["2011", "2015-Q1", "2015-05-03", "2016-W11", "2016-03-24"]


def test_of_many_those_that_most_places_name_are_kept(analyser: Analyser) -> None:
    section = timeline(analyser, "In 2011, then in 2012.", "In 2012, or in 2013.", top=1)
    assert counts(section) == {"2012": {"s0": 1, "s1": 1}}
    assert section.more == 2


def test_undated_texts_keep_what_is_told_whole(analyser: Analyser) -> None:
    section = timeline(analyser, "It fell last May.", "It fell in May 2015.", published=None)
    assert counts(section) == {"2015-05": {"s1": 1}}


def test_evidence_is_bounded_and_true(analyser: Analyser) -> None:
    texts = ("It fell in May 2015. " * 9, "In May 2015 it fell.")
    section = timeline(analyser, *texts)
    (item,) = section.items
    assert item.counts == {"s0": 9, "s1": 1}
    assert len(item.sides["s0"]) == EVIDENCE
    spots = [spot for side in item.sides.values() for spot in side]
    assert all(texts[spot.article][spot.start : spot.end] == spot.text for spot in spots)


def test_no_sides_no_times() -> None:
    class Nothing:
        pass

    assert timeline_section([], Nothing(), evidence=5, top=50) == Timeline((), 0, None)  # type: ignore[arg-type]


@without_articles
def test_both_real_articles_date_the_fall_of_the_city(analyser: Analyser) -> None:
    answer = compare_texts(real_articles(), analyser.analyse, sections=["timeline"])
    assert answer.timeline is not None
    assert set(counts(answer.timeline)["2015-05"]) == {"VICE News", "Inquisitr"}
