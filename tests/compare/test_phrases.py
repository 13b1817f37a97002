"""Phrases that sentences about a comparison are made of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.compare.phrases import counted, cut, ended, listed, number, quoted, self_contained


@pytest.mark.parametrize(
    ("names", "phrase"),
    [
        ([], ""),
        (["A"], "A"),
        (["B", "A"], "B and A"),
        (["A", "B", "C"], "A, B and C"),
    ],
)
def test_names_are_listed_in_their_order(names: list[str], phrase: str) -> None:
    assert listed(names) == phrase


@pytest.mark.parametrize(
    ("count", "phrase"),
    [(0, "no quotes"), (1, "one quote"), (2, "two quotes"), (10, "ten quotes"), (11, "11 quotes"),
     (1204, "1,204 quotes")],
)  # fmt: skip
def test_numbers_are_read_as_words_up_to_ten(count: int, phrase: str) -> None:
    assert counted(count, "quote") == phrase
    assert phrase.startswith(number(count))


@pytest.mark.parametrize(
    ("surface", "phrase"),
    [
        ("Rain fell.", "“Rain fell.”"),
        ("Rain\n  fell.", "“Rain fell.”"),
        ("nothing at all,", "“nothing at all”"),
        # Marks that enclose all of it, or have no counterpart, go; then ours are double.
        ('"Rain fell."', "“Rain fell.”"),
        ("“Rain fell.”", "“Rain fell.”"),
        ("“Rain fell.", "“Rain fell.”"),
        ("Rain fell.”", "“Rain fell.”"),
        ('"Rain fell.', "“Rain fell.”"),
        # Others stay as they stand, between single ones.
        ('"Rain fell," she said.', '‘"Rain fell," she said.’'),
        ("“Rain fell,” she said.", "‘“Rain fell,” she said.’"),
        ("It's Assad’s town.", "“It's Assad’s town.”"),
    ],
)
def test_a_surface_is_quoted_between_marks_that_differ_from_its_own(
    surface: str, phrase: str
) -> None:
    assert quoted(surface) == phrase


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("The army took the town, and the river rose.", "The army took the town …"),
        ("The army said 1,200 people had left their homes.", "The army said 1,200 people …"),
        ("The army retook the last of the four bridges.", "The army retook the last …"),
    ],
)
def test_a_long_sentence_is_cut_behind_a_clause_or_a_word(text: str, phrase: str) -> None:
    assert cut(text, 30) == phrase


@given(st.text(max_size=300), st.integers(20, 200))
def test_what_is_cut_begins_as_it_did_and_is_bounded(text: str, longest: int) -> None:
    short = cut(text, longest)
    assert len(short) <= longest + 2
    assert text.startswith(short.removesuffix(" …"))


@pytest.mark.parametrize(
    ("sentence", "phrase"),
    [("A: “It fell.”", "A: “It fell.”"), ("A: “It fell”", "A: “It fell”."),
     ("A: “It fell …”", "A: “It fell …”"), ("A: ‘\"Why?\"’", "A: ‘\"Why?\"’")],
)  # fmt: skip
def test_a_sentence_has_one_end(sentence: str, phrase: str) -> None:
    assert ended(sentence) == phrase


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        ("The army took the town.", True),
        ("He took the town.", False),
        ("Her teacher was Khaled al-Asaad.", False),
        ("This was denied.", False),
        ('"It fell," he said.', False),
        ("“It fell,” he said.", False),
        ("...", False),
    ],
)
def test_a_sentence_that_leans_on_another_is_told(text: str, alone: bool) -> None:
    assert self_contained(text) == alone
