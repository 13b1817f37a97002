"""Sentences whose words another side has too."""

from hypothesis import given, settings
from hypothesis import strategies as st

from app.compare import passages
from app.compare.statements.taken import taken
from app.domain.comparison import Spot
from app.domain.sections.quotes import DiffPart, SameQuote
from tests.compare.told import Told

PASSAGE = "the engines of the ferry had failed twice before"


def found(told: Told, *same: SameQuote) -> list[str]:
    statements = told.statements()
    places = taken(told.sides, statements, range(len(statements)), told.by_article, same)
    return [statements[place].text for place in sorted(places)]


def test_eight_words_in_a_row_are_taken_and_seven_are_not() -> None:
    eight = " ".join(PASSAGE.split()[:8])
    seven = " ".join(PASSAGE.split()[:7])
    one = f"It is true that {eight}."
    assert found(Told([[one, "Snow fell."]], [[f"He knew {eight}, he said."]])) == [
        one,
        f"He knew {eight}, he said.",
    ]
    assert found(Told([[f"It is true that {seven}."]], [[f"He knew {seven}, he said."]])) == []


def test_case_accents_and_points_make_no_difference() -> None:
    one, other = "Le café, la mer; et le vieux port.", "le cafe la mer et LE vieux port"
    assert found(Told([[one]], [[other]], language="fr")) == [one, other]


def test_words_that_one_side_repeats_are_its_own() -> None:
    assert found(Told([[PASSAGE], [PASSAGE]], [["Snow fell on the hills."]])) == []


def test_a_run_does_not_go_on_into_the_next_article() -> None:
    first, second = PASSAGE.split()[:4], PASSAGE.split()[4:8]
    parted = [[" ".join(first)], [" ".join(second)]]
    assert found(Told(parted, [[" ".join(first + second)]])) == []


def test_a_passage_over_two_sentences_takes_both() -> None:
    one = ["The harbour stayed shut.", "Nobody left the town for days."]
    assert found(Told([one], [[" ".join(one)]]))[:2] == one


def test_a_passage_that_ends_with_the_first_word_of_a_sentence_leaves_it_alone() -> None:
    one = [f"Then {PASSAGE}.", "The harbour stayed shut for days."]
    other = f"They said {PASSAGE}. The end."
    assert found(Told([one], [[other]])) == [one[0], other]


def test_a_sentence_of_a_quote_that_both_give_is_taken_if_both_give_its_words() -> None:
    told = Told(
        [["“We wait here,", "the wind is cold,", "and nobody sleeps.”"]],
        [["“We wait here,” he said, “and nobody slept.”"]],
    )
    long, short = (told.by_article[number].strip() for number in range(2))
    same = SameQuote(
        "altered",
        0.6,
        {
            "s0": Spot(0, 1, 1, len(long) - 1, long[1:-1]),
            "s1": Spot(1, 1, 1, len(short) - 1, short[1:-1]),
        },
        (
            DiffPart("equal", "We wait here", "We wait here"),
            DiffPart("delete", "the wind is cold", ""),
            DiffPart("equal", "and nobody", "and nobody"),
            DiffPart("replace", "sleeps", "slept"),
        ),
    )
    assert found(told, same) == ["“We wait here,", "and nobody sleeps.”", short]


def test_texts_without_words_are_none() -> None:
    assert found(Told([["..."]], [["?"]])) == []


WORDS = st.lists(st.sampled_from("abc"), max_size=30)


@settings(deadline=None)
@given(st.lists(st.lists(WORDS, max_size=3), min_size=2, max_size=3))
def test_taken_is_what_brute_force_finds(drawn: list[list[list[str]]]) -> None:
    """One word a sentence: which words stand in a run of eight that another side has."""
    told = Told(*drawn)
    size = passages.LEAST
    runs = [
        {tuple(words[at : at + size]) for words in side for at in range(len(words) - size + 1)}
        for side in drawn
    ]
    expected = []
    for number, side in enumerate(drawn):
        others = set().union(*(each for n, each in enumerate(runs) if n != number))
        for words in side:
            inside = {
                place
                for at in range(len(words) - size + 1)
                if tuple(words[at : at + size]) in others
                for place in range(at, at + size)
            }
            expected += [place in inside for place in range(len(words))]
    statements = told.statements()
    places = taken(told.sides, statements, range(len(statements)), told.by_article, ())
    assert [place in places for place in range(len(statements))] == expected
