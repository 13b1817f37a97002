"""Lists of words as one pattern."""

import re

import pytest

from app.annotate.patterns import any_of, words_of


@pytest.mark.parametrize(
    ("words", "text", "found"),
    [
        (("per", "per cent", "percent"), "per cent", "per cent"),
        (("per", "per cent", "percent"), "per head", "per"),
        (("per", "per cent", "percent"), "percentage", "percent"),
        (("a.m.", "a"), "a.m.", "a.m."),
        (("a.m.", "a"), "axmx", "a"),
        (("six", "sixty"), "sixt", "six"),
        (("l", "é"), "été", "é"),
    ],
)
def test_the_longest_word_that_fits_is_found(words: tuple[str, ...], text: str, found: str) -> None:
    match = re.match(any_of(words), text)
    assert match is not None
    assert match[0] == found


def test_a_word_that_goes_on_takes_the_shorter_one_where_a_pattern_asks_for_its_end() -> None:
    pattern = re.compile(rf"(?:{any_of(['two', 'two thirds'])})(?!\w)")
    match = pattern.match("two thirdsmen")
    assert match is not None
    assert match[0] == "two"


def test_no_words_match_nothing_but_the_empty_text() -> None:
    assert re.fullmatch(any_of([]), "") is not None


def test_words_are_found_at_their_offsets() -> None:
    text = "two men, (three) and-two: twofold, untwo"
    found = [(each.start(), each[1]) for each in words_of(["two", "three"]).finditer(f" {text}")]
    assert found == [(0, "two"), (10, "three"), (21, "two")]
    assert all(text.startswith(word, start) for start, word in found)
