"""Whole briefs: of sections of any shape, of texts, and as a page."""

from hypothesis import given
from hypothesis import strategies as st

from app.compare.brief.rendering import markdown_page, text_page
from app.compare.sections.brief import Sections
from app.domain.answer import Comparison
from app.domain.comparison import Filters, LeftOut, SideSummary, Spot, TextToCompare
from app.domain.sections.brief import BriefSection
from app.domain.sections.statements import Difference, OwnStatement, SharedStatement
from app.services.compare import compare_texts
from app.services.pipeline import Analyser
from tests.compare.articles import real_articles, without_articles
from tests.compare.briefed import (
    FELL,
    TAKEN,
    brief,
    mirrored,
    own,
    shared,
    side,
    spot,
    stands,
    surfaces,
    told,
)

# Sections of any shape: sentences that sides share, differ in or have alone, never both.
KEYS = ("a", "b", "c", "d")
PLACES = st.lists(
    st.tuples(
        st.sampled_from(["same", "differs", "only"]),
        st.sets(st.sampled_from(KEYS), min_size=2),
        st.floats(0.3, 1.0),
        st.sets(st.sampled_from(KEYS)),
        st.sampled_from(["", '"so" it', "“so” it", '"', "it’s so, " * 20, "so\n it", "a" * 300]),
    ),
    max_size=30,
)


def any_sections(found: list[tuple[str, set[str], float, set[str], str]]) -> Sections:
    facts: list[SharedStatement] = []
    only: dict[str, list[OwnStatement]] = {key: [] for key in KEYS}
    for row, (kind, keys, sure, lead, end) in enumerate(found):
        places = {
            key: spot(n, f"The {key} fact {row} was told there {end}.", 1000 * row)
            for n, key in enumerate(KEYS)
            if key in keys
        }
        if kind == "only":
            only[min(keys)].append(own(places[min(keys)], sure, sure))
            continue
        words: list[tuple[Difference, dict[str, list[Spot]]]] = [
            (
                "number",
                {key: [spot(each.article, "fact", each.start + 6)] for key, each in places.items()},
            )
        ]
        facts.append(
            shared(places, words if kind == "differs" else (), lead="".join(lead), confidence=sure)
        )
    return told(*facts, only=only)


@given(PLACES)
def test_whatever_the_sections_a_brief_keeps_to_them(
    found: list[tuple[str, set[str], float, set[str], str]],
) -> None:
    sections = any_sections(found)
    sides = [side(key, n) for n, key in enumerate(KEYS)]
    section = brief(sections, sides)
    assert section == brief(sections, sides)
    assert mirrored(section) == mirrored(brief(sections, sides[::-1]))
    assert len(section.items) <= 40
    assert all(len(each.text) < 1200 for each in section.items)
    told_alike: set[Spot] = set()
    alone: set[Spot] = set()
    for item in section.items:
        assert all(stands(surface, item) for surface in surfaces(item)), item
        assert list(item.sides) == [key for key in KEYS if key in item.sides]
        spots = {each for of in item.evidence.values() for each in of}
        (alone if item.kind == "only" else told_alike).update(spots)
    assert not alone & told_alike


ONE = (
    "The ferry struck the pier at Kelmouth on Tuesday evening. Forty people were hurt, the police "
    'said. "We heard the engines go astern, then nothing," said Anna Reyes, a nurse. The harbour '
    "stayed shut until Friday. The captain, Daniel Mercer, was questioned for four hours in town."
)
OTHER = (
    "On Tuesday evening the ferry struck the pier at Kelmouth. The police said 47 people were "
    'hurt. "We heard the engines go astern," said Reyes. Captain Mercer has been released without '
    "charge. A church in the hills opened its doors to the families of the passengers."
)


def compared(analyser: Analyser, *texts: str) -> tuple[Comparison, BriefSection]:
    sides = [TextToCompare(f"s{n}", text) for n, text in enumerate(texts)]
    answer = compare_texts(sides, analyser.analyse, sections=["brief"])
    assert answer.brief is not None
    return answer, answer.brief


def test_the_brief_of_two_texts_quotes_what_stands_there(analyser: Analyser) -> None:
    answer, section = compared(analyser, ONE, OTHER)
    assert section.items
    for item in section.items:
        assert all(stands(surface, item) for surface in surfaces(item)), item.text
        for spots in item.evidence.values():
            assert all((ONE, OTHER)[s.article][s.start : s.end] == s.text for s in spots)
    assert "compare.brief" in answer.versions
    assert answer.statements is None


def test_a_brief_is_written_from_the_same_whatever_else_is_asked_for(analyser: Analyser) -> None:
    _, alone = compared(analyser, ONE, OTHER)
    sides = [TextToCompare(f"s{n}", text) for n, text in enumerate((ONE, OTHER))]
    for evidence, top in ((5, 50), (0, 40)):
        whole = compare_texts(sides, analyser.analyse, evidence=evidence, top=top)
        assert whole.brief == alone


def page_of(brief: BriefSection) -> Comparison:
    sides = tuple(SideSummary(key, f"*{key.upper()}*", 2, 900) for key in "ab")
    left_out = (LeftOut(7, "b", "it is still pending"),)
    return Comparison(sides, (), Filters(), left_out, {}, brief=brief)


def test_the_page_has_each_sentence_with_its_places() -> None:
    section = brief(
        told(
            shared({"a": FELL, "b": TAKEN}),
            only={"b": [own(spot(2, "The mayor * has left the old town.", 60))]},
        )
    )
    text = text_page(page_of(section), section)
    assert text.startswith("Brief: *A* and *B*\nCompared: *A* (two articles, 900 words) and *B*")
    assert (
        "\nWHAT THEY SHARE\n- Both report: “The town fell to the army on Sunday.” (A). "
        "(1:0-36, 2:0-46)\n" in text
    )
    assert "\nHOW FAR THIS REACHES\nArticle 7 (*B*) is left out: it is still pending." in text
    assert max(map(len, text.splitlines())) <= 96
    page = markdown_page(page_of(section), section)
    assert page.startswith("# Brief: \\*A\\* and \\*B\\*\n")
    assert (
        "\n## What only one reports\n\n- Reported in B, not found in A: “The mayor \\* has left"
        in page
    )


@without_articles
def test_the_brief_of_the_real_articles_is_one_page(analyser: Analyser) -> None:
    answer = compare_texts(real_articles(), analyser.analyse, sections=["brief"])
    assert answer.brief is not None
    assert {"shared", "only", "voices", "labels"} <= {each.kind for each in answer.brief.items}
    assert len(answer.brief.items) <= 30
    assert all(stands(s, item) for item in answer.brief.items for s in surfaces(item))
    assert not {
        spot
        for item in answer.brief.items
        if item.kind == "only"
        for spots in item.evidence.values()
        for spot in spots
    } & {
        spot
        for item in answer.brief.items
        if item.kind in ("shared", "differs")
        for spots in item.evidence.values()
        for spot in spots
    }
