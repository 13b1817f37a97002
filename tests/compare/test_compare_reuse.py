"""Text that sides share, and texts of one origin."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.annotate.fingerprints import WORDS, fingerprints
from app.compare import passages
from app.compare.copies import Copies
from app.compare.sections.reuse import reuse_section
from app.compare.texts_in_memory import AnalysedText, TextsInMemory
from app.domain.annotation import AnalysisInput
from app.domain.comparison import Side, TextToCompare
from app.domain.sections.reuse import ReuseSection
from app.services.compare import compare_texts
from app.services.pipeline import Analyser
from tests.compare.articles import real_articles, without_articles

AGENCY = (
    "The harbour of Sund was shut on Friday after a ferry struck its pier, the keeper said, and "
    "ships lay off the coast for hours on end while divers looked for the anchor. Nobody was hurt."
    "\n\nThe owner of the ferry said that it would pay for the pier and for the fish that rotted."
)
OWN = (
    "Snow fell on the hills above the town for the third day in a row, and the school stayed shut. "
    "Farmers dug their sheep out of the drifts with their bare hands, as their fathers had done."
)


def reuse(analyser: Analyser, *texts: str, title: str | None = None) -> ReuseSection:
    sides = [TextToCompare(f"s{n}", text, title and f"{title} {n}") for n, text in enumerate(texts)]
    answer = compare_texts(sides, analyser.analyse, sections=["reuse"])
    assert answer.reuse is not None
    return answer.reuse


def test_one_text_under_two_headlines_is_derived_wholly(analyser: Analyser) -> None:
    (pair,) = reuse(analyser, AGENCY, AGENCY, title="Headline").pairs
    assert (pair.verdict, pair.containment) == ("wholly", 1.0)


def test_a_paragraph_taken_over_is_derived_partly(analyser: Analyser) -> None:
    (pair,) = reuse(analyser, AGENCY, OWN + "\n\n" + AGENCY.split("\n\n")[1] + "\n\n" + OWN).pairs
    assert pair.verdict == "partly"
    assert pair.passages[0].sides["s0"].text.startswith("The owner of the ferry said")


def test_two_texts_of_their_own_share_nothing(analyser: Analyser) -> None:
    section = reuse(analyser, AGENCY, OWN)
    assert [(pair.verdict, pair.passages) for pair in section.pairs] == [("not", ())]
    assert section.origins == ()


def test_three_outlets_with_one_agency_text_are_one_origin(analyser: Analyser) -> None:
    section = reuse(analyser, AGENCY, AGENCY + " It rained.", OWN, AGENCY.upper())
    (origin,) = section.origins
    assert origin.articles == (0, 1, 3)
    assert origin.sides == ("s0", "s1", "s3")


def test_what_copies_of_one_text_say_has_one_origin(analyser: Analyser) -> None:
    told = "Rescuers found 40 people in the hall on Friday, the mayor said, and brought them home. "
    sides = [
        TextToCompare(f"s{n}", text)
        for n, text in enumerate((told + AGENCY, told + AGENCY, OWN + " " + told, OWN))
    ]
    answer = compare_texts(sides, analyser.analyse, sections=["figures", "statements"])
    assert answer.figures is not None
    assert answer.statements is not None
    people = next(
        each for each in answer.figures.items if each.noun == "people" or each.noun == "person"
    )
    assert (set(people.sides), people.origins) == ({"s0", "s1", "s2"}, 2)
    origins = {
        each.sides["s0"][0].text[:9]: each.origins
        for each in answer.statements.shared
        if "s0" in each.sides
    }
    assert origins == {"Rescuers ": 2, "The harbo": 1, "Nobody wa": 1, "The owner": 1}


@pytest.mark.parametrize("copies", [40, 41, 90])
def test_however_many_carry_one_text_it_has_one_origin(analyser: Analyser, copies: int) -> None:
    (analysis,) = analyser.analyse([AnalysisInput(AGENCY, 0, "en")])
    clusters = range(len(analysis.clusters))
    carried = AnalysedText(AGENCY, 0, analysis, clusters)
    source = TextsInMemory(dict.fromkeys(range(copies), carried))
    found = [source.findings(number) for number in range(copies)]
    sides = [Side("a", "a", tuple(found[::2])), Side("b", "b", tuple(found[1::2]))]
    section = reuse_section(sides, source, copies=Copies(sides), evidence=1, top=10)
    assert [origin.articles for origin in section.origins] == [tuple(range(copies))]
    assert {pair.verdict for pair in section.pairs} == {"wholly"}


def test_passages_are_what_stands_in_both(analyser: Analyser) -> None:
    texts = (AGENCY, OWN + " " + AGENCY.replace(", ", " , ").upper())
    (pair,) = reuse(analyser, *texts).pairs
    assert pair.passages
    for passage in pair.passages:
        for spot in passage.sides.values():
            assert texts[spot.article][spot.start : spot.end] == spot.text
        one, other = (
            [word.key for word in passages.words(spot.text)] for spot in passage.sides.values()
        )
        assert one == other
        assert len(one) == passage.words


TEXT = st.lists(st.sampled_from(["a", "b", "c"]), max_size=40).map(" ".join)


@given(TEXT, TEXT)
def test_passages_never_overlap_and_the_longest_come_first(one: str, other: str) -> None:
    first, second = passages.words(one), passages.words(other)
    found = passages.shared(first, second, seed=3, least=4)
    assert [each.words for each in found] == sorted((e.words for e in found), reverse=True)
    taken: set[int] = set()
    for each in found:
        here = set(range(each.first.start, each.first.end))
        assert not taken & here
        taken |= here
        assert one[each.first.start : each.first.end] == other[each.second.start : each.second.end]


@given(TEXT, TEXT, TEXT)
def test_a_passage_of_eight_words_leaves_a_common_fingerprint(
    shared: str, before: str, after: str
) -> None:
    if len(shared.split()) >= WORDS + 3:
        one = set(fingerprints(f"x {before} {shared}", 0))
        assert one & set(fingerprints(f"{shared} {after} y", 0))


@without_articles
def test_the_real_articles_share_no_text(analyser: Analyser) -> None:
    answer = compare_texts(real_articles(), analyser.analyse, sections=["reuse"])
    assert answer.reuse is not None
    assert [pair.verdict for pair in answer.reuse.pairs] == ["not"]
