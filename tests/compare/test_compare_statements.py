"""Sentences aligned across sides, and what each side alone reports."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from app.compare.assignment import assign
from app.domain.compared_statements import StatementSection
from app.domain.comparison import TextToCompare
from app.services.analyse import Analyser
from app.services.compare import compare_texts
from evaluation import statements as measured
from evaluation.changed_quotes import carriers
from tests.compare.articles import real_articles, without_articles

TEXT = (
    "The ferry struck the pier on Tuesday evening. Forty people were hurt. The captain, Daniel "
    "Mercer, said the engines had failed.\n\nThe harbour stayed shut until Friday."
)


def compared(analyser: Analyser, *texts: str) -> StatementSection:
    sides = [TextToCompare(f"s{n}", text) for n, text in enumerate(texts)]
    answer, _ = compare_texts(sides, analyser.analyse, sections=["statements"])
    assert answer.statements is not None
    return answer.statements


def aligned(section: StatementSection) -> list[tuple[str, ...]]:
    return [
        tuple(spot.text for spots in each.sides.values() for spot in spots)
        for each in section.shared
    ]


def test_identical_texts_align_every_sentence(analyser: Analyser) -> None:
    section = compared(analyser, TEXT, TEXT)
    assert len(section.shared) == 4
    assert [each.confidence for each in section.shared] == [1.0] * 4
    assert section.only == {"s0": (), "s1": ()}


@pytest.mark.parametrize("text", ["Yes. It was. So they did.", "Why not? The river rose."])
def test_identical_sentences_without_a_content_word_are_aligned(
    analyser: Analyser, text: str
) -> None:
    section = compared(analyser, text, text)
    assert {each.confidence for each in section.shared} == {1.0}
    assert section.only == {"s0": (), "s1": ()}


def test_other_sentences_without_a_content_word_are_not_aligned(analyser: Analyser) -> None:
    assert compared(analyser, "So they did.", "That's it.").shared == ()


def test_a_paraphrase_is_aligned(analyser: Analyser) -> None:
    one, other = (
        "Marrick plans to cut 950 jobs. The river rose.",
        "It rained. At Marrick, 950 jobs will be cut.",
    )
    assert aligned(compared(analyser, one, other)) == [
        ("Marrick plans to cut 950 jobs.", "At Marrick, 950 jobs will be cut.")
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The army retook Palmyra on Sunday.", "The army lost Palmyra on Sunday."),
        ("The minister will resign in May.", "The minister will not resign in May."),
        ("Norland beat Sutland in Palmyra.", "Sutland beat Norland in Palmyra."),
        ("The police arrested three men.", "The police released three men."),
        ("It was a mistake.", "It was not a mistake."),
    ],
)
def test_the_opposite_is_not_aligned(analyser: Analyser, one: str, other: str) -> None:
    section = compared(analyser, one, other)
    assert section.shared == ()
    assert [each.spot.text for each in section.only["s0"]] == [one]


def test_every_sentence_is_in_one_list_or_the_other(analyser: Analyser) -> None:
    section = compared(analyser, TEXT, "The ferry hit the pier on Tuesday. Rain fell.")
    assert len(section.shared) + len(section.only["s0"]) == 4
    assert len(section.shared) + len(section.only["s1"]) == 2


def test_what_one_side_alone_has_comes_by_importance(analyser: Analyser) -> None:
    section = compared(analyser, TEXT, "Snow lay on the hills.")
    importance = [each.importance for each in section.only["s0"]]
    assert importance == sorted(importance, reverse=True)
    # Whom it names counts beside where it stands.
    assert section.only["s0"][0].spot.text.startswith("The captain, Daniel")


def test_three_sides_are_aligned_together(analyser: Analyser) -> None:
    section = compared(analyser, TEXT, TEXT, TEXT)
    assert [list(each.sides) for each in section.shared] == [["s0", "s1", "s2"]] * 4


def test_swapped_sides_swap_the_answer(analyser: Analyser) -> None:
    other = "The captain said the engines had failed. The ferry hit the pier on Tuesday."
    here, there = compared(analyser, TEXT, other), compared(analyser, other, TEXT)
    assert {frozenset(pair) for pair in aligned(here)} == {
        frozenset(pair) for pair in aligned(there)
    }


def test_spots_are_what_stands_there(analyser: Analyser) -> None:
    texts = (TEXT, "The ferry hit the pier on Tuesday. Rain fell.")
    section = compared(analyser, *texts)
    spots = [spot for each in section.shared for spots in each.sides.values() for spot in spots]
    spots += [each.spot for found in section.only.values() for each in found]
    assert all(texts[spot.article][spot.start : spot.end] == spot.text for spot in spots)


@given(st.dictionaries(st.tuples(st.integers(0, 5), st.integers(0, 5)), st.floats(0.1, 1.0)))
def test_the_assignment_is_the_best(scores: dict[tuple[int, int], float]) -> None:
    table = [[scores.get((row, column), 0.0) for column in range(6)] for row in range(6)]
    best = linear_sum_assignment(table, maximize=True)
    most = sum(table[row][column] for row, column in zip(*best, strict=True))
    pairs: Sequence[tuple[int, int]] = list(assign(scores))
    assert sum(scores[pair] for pair in pairs) == pytest.approx(most)
    assert len({row for row, _ in pairs}) == len({column for _, column in pairs}) == len(pairs)


def test_deleted_and_denied_sentences_of_a_report_are_noticed(analyser: Analyser) -> None:
    found = measured.changed(analyser, carriers()[:2])
    assert found["deleted"] == 1.0
    assert found["identical"] == 1.0
    assert found["denied"] >= 0.85


# Two reports of one event: sentences about the museum, one of each about the bell as well.
MUSEUM = (
    "The museum in Larnach opened its new wing on Monday. Visitors filled the museum all day. "
    "The museum expects a hundred thousand visitors a year. The architect praised the museum. "
)
GALLERY = (
    "On Monday the mayor opened the new wing of the museum in Larnach. A choir sang in the museum. "
    "The museum cost nine million. Schools will come to the museum without charge. "
)
BELL = "In its hall, which smells of paint, hangs the bronze bell of the drowned village."
BELL_TOO = "The bronze bell, which divers hung up in spring, was the favourite of the children."


def test_a_pair_that_stands_out_among_sentences_of_one_event_is_aligned(analyser: Analyser) -> None:
    pairs = aligned(compared(analyser, MUSEUM + BELL, GALLERY + BELL_TOO))
    assert (BELL, BELL_TOO) in pairs
    assert (BELL_TOO, BELL) in aligned(compared(analyser, GALLERY + BELL_TOO, MUSEUM + BELL))


def test_a_shared_subject_of_two_sentences_alone_is_no_shared_report(analyser: Analyser) -> None:
    assert compared(analyser, BELL, BELL_TOO).shared == ()
    others = "The bank raised its rates. Rain fell in the hills. A bus was late. The team won."
    assert compared(analyser, f"{others} {BELL}", f"{GALLERY} {BELL_TOO}").shared == ()


def test_a_word_that_more_sentences_have_makes_no_pair_stand_out(analyser: Analyser) -> None:
    again = " They cast a bronze bell to hang there."
    assert (BELL, BELL_TOO) not in aligned(
        compared(analyser, MUSEUM + BELL + again, GALLERY + BELL_TOO + again)
    )


def test_two_words_that_no_other_sentence_has_both_of_make_a_pair_stand_out(
    analyser: Analyser,
) -> None:
    one = MUSEUM + BELL + " The gate is of bronze. Banners hang on it."
    other = GALLERY + BELL_TOO + " At nine a bell rang."
    assert (BELL, BELL_TOO) in aligned(compared(analyser, one, other))
    again = " They cast another bronze bell to hang there."
    assert (BELL, BELL_TOO) not in aligned(compared(analyser, one + again, other))


@without_articles
@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("partial withdrawal", "pulling most"),
        ("ceasefire", "cease-fire"),
        ("executions", "executions"),
        ("footage", "footage"),
        ("peace talks", "peace talks"),
    ],
)
def test_what_both_real_articles_report_is_aligned(
    analyser: Analyser, one: str, other: str
) -> None:
    answer, _ = compare_texts(real_articles(), analyser.analyse, sections=["statements"])
    assert answer.statements is not None
    pairs = aligned(answer.statements)
    assert any(one in first and other in second for first, second in pairs)


@without_articles
@pytest.mark.parametrize("pattern", ["one resident,", "lifetime of hell"])
def test_the_residents_voice_is_heard_on_one_side(analyser: Analyser, pattern: str) -> None:
    answer, _ = compare_texts(real_articles(), analyser.analyse, sections=["statements"])
    assert answer.statements is not None
    assert any(pattern in each.spot.text for each in answer.statements.only["VICE News"])
