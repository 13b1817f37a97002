"""Comparisons of texts in a request, with an analyser that takes capitalised words for names."""

import re
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.annotation import (
    Analysis,
    AnalysisInput,
    Annotation,
    Cluster,
    Mention,
    Term,
    Tokens,
)
from app.domain.answer import Comparison
from app.domain.comparison import ComparedText, Spot, TextToCompare
from app.errors import InvalidInput, TooLarge
from app.services.compare import compare_texts

NO_TOKENS = Tokens((), (), (), (), (), (), ())


def analyse(inputs: Sequence[AnalysisInput]) -> list[Analysis]:
    return [_analysis(text) for text in inputs]


def _analysis(given: AnalysisInput) -> Analysis:
    if given.language == "xx":
        return Analysis("no model", None, (), (), "xx", "no pipeline for language 'xx'")
    names: dict[str, list[Mention]] = {}
    words: dict[str, list[tuple[int, int]]] = {}
    for match in re.finditer(r"\w+", given.text):
        if match.group()[0].isupper():
            names.setdefault(match.group(), []).append(
                Mention(match.start(), match.end(), match.group(), "ORG")
            )
        else:
            words.setdefault(match.group(), []).append(match.span())
    return Analysis(
        "small 1",
        Annotation("small 1", "en", NO_TOKENS, (), ()),
        tuple(Cluster(name, "ORG", tuple(found), None, ()) for name, found in names.items()),
        tuple(Term(word, tuple(spans)) for word, spans in words.items()),
        given.language or "en",
    )


A = TextToCompare("A", "Palmyra fell. Soldiers entered Palmyra.\n\nHoms waited.", "Palmyra falls")
B = TextToCompare("B", "In Palmyra nothing moved.\n\nDamascus waited.")


def texts_of(comparison: Comparison) -> list[ComparedText]:
    """The texts that the answer's offsets count into."""
    return [each for each in comparison.articles if isinstance(each, ComparedText)]


def test_a_text_is_title_empty_line_text_as_they_were_sent() -> None:
    first, second = texts_of(compare_texts([A, B], analyse))
    assert first.text == "Palmyra falls\n\nPalmyra fell. Soldiers entered Palmyra.\n\nHoms waited."
    assert first.text[first.body_start :] == A.text
    assert (second.text, second.body_start) == (B.text, 0)
    assert (first.article, second.article) == (0, 1)


def test_shared_and_only_with_headline_and_lead() -> None:
    comparison = compare_texts([A, B], analyse)
    assert comparison.entities is not None
    (palmyra,) = comparison.entities.shared
    assert palmyra.name == "Palmyra"
    ours, theirs = palmyra.sides["A"], palmyra.sides["B"]
    assert (ours.mentions, ours.headline, ours.lead, ours.salience) == (3, 1, 2, 1.0)
    assert (theirs.mentions, theirs.headline, theirs.lead) == (1, 0, 1)
    assert [spot.start for spot in ours.evidence] == [0, 15, 46]
    only = comparison.entities.only
    assert [item.name for item in only["A"]] == ["Homs", "Soldiers"]
    assert [item.name for item in only["B"]] == ["Damascus", "In"]


def test_swapping_the_texts_swaps_the_answer() -> None:
    one = compare_texts([A, B], analyse)
    other = compare_texts([B, A], analyse)
    assert one.entities is not None
    assert other.entities is not None
    assert one.entities.distance == other.entities.distance
    assert [item.name for item in one.entities.shared] == [
        item.name for item in other.entities.shared
    ]
    assert [item.name for item in one.entities.only["A"]] == [
        item.name for item in other.entities.only["A"]
    ]


def test_a_text_in_a_language_without_a_pipeline_is_left_out_with_its_reason() -> None:
    comparison = compare_texts([A, TextToCompare("C", "Palmyra.", language="xx")], analyse)
    assert comparison.sides[1].articles == 0
    (left_out,) = comparison.left_out
    assert (left_out.article, left_out.side) == (1, "C")
    assert left_out.reason == "no pipeline for language 'xx'"
    assert comparison.entities is not None
    assert comparison.entities.distance is None
    assert texts_of(comparison)[1].language == "xx"


def test_versions_name_what_the_answer_came_from() -> None:
    comparison = compare_texts([A, B], analyse, sections=["entities"])
    assert set(comparison.versions) == {"parallax", "pipeline", "compare.entities"}
    assert comparison.versions["pipeline"] == "small 1"
    assert comparison.terms is None


@pytest.mark.parametrize(
    ("texts", "pointer", "says"),
    [
        ([], "#/articles", "not 0"),
        ([A], "#/articles", "not 1"),
        ([TextToCompare(str(n), "x") for n in range(9)], "#/articles", "not 9"),
        ([A, B, TextToCompare("A", "x")], "#/articles/2/source", "each must differ"),
        ([A, TextToCompare(" ", "x")], "#/articles/1/source", "blank"),
        ([A, TextToCompare("B", " \n")], "#/articles/1/text", "blank"),
        ([A, TextToCompare("B", "a\x00b")], "#/articles/1/text", "character 1 is U+0000"),
        ([A, TextToCompare("B", "x", "\ud800")], "#/articles/1/title", "lone surrogate"),
    ],
)
def test_what_cannot_be_compared_is_refused_with_its_place(
    texts: list[TextToCompare], pointer: str, says: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        compare_texts(texts, analyse)
    assert [error.pointer for error in refused.value.errors] == [pointer]
    assert says in refused.value.detail


def test_a_text_over_the_limit_is_too_large() -> None:
    with pytest.raises(TooLarge) as refused:
        compare_texts([A, TextToCompare("B", "x" * 101)], analyse, max_chars=100)
    assert refused.value.errors[0].pointer == "#/articles/1/text"


@pytest.mark.parametrize(
    ("ask", "pointer"),
    [
        (lambda: compare_texts([A, B], analyse, sections=["verdicts"]), "?section"),
        (lambda: compare_texts([A, B], analyse, evidence=-1), "?evidence"),
        (lambda: compare_texts([A, B], analyse, evidence=51), "?evidence"),
        (lambda: compare_texts([A, B], analyse, top=0), "?top"),
        (lambda: compare_texts([A, B], analyse, top=501), "?top"),
    ],
)
def test_what_cannot_be_answered_is_refused(ask: Callable[[], object], pointer: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        ask()
    assert [error.pointer for error in refused.value.errors] == [pointer]


any_text = st.text(st.characters(codec="utf-8", exclude_characters="\x00")).filter(str.strip)


@settings(deadline=None)
@given(st.lists(st.tuples(any_text, st.none() | any_text), min_size=2, max_size=4))
def test_every_spot_is_the_slice_of_its_text(drawn: list[tuple[str, str | None]]) -> None:
    comparison = compare_texts(
        [TextToCompare(f"s{n}", text, title) for n, (text, title) in enumerate(drawn)], analyse
    )
    assert comparison.entities is not None
    assert comparison.terms is not None
    items = [
        *comparison.entities.shared,
        *(i for o in comparison.entities.only.values() for i in o),
    ]
    spots: list[Spot] = [
        spot for item in items for side in item.sides.values() for spot in side.evidence
    ]
    spots += [s for item in comparison.terms.items for of in item.evidence.values() for s in of]
    texts = texts_of(comparison)
    assert all(texts[spot.article].text[spot.start : spot.end] == spot.text for spot in spots)
    assert all(spot.revision == 1 for spot in spots)
