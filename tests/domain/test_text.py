import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.text import Utf16, check_characters, count_words
from app.errors import InvalidInput


@given(st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"])))
def test_text_without_forbidden_characters_passes(text: str) -> None:
    assert check_characters(text) is text


@pytest.mark.parametrize(
    ("text", "place"), [("a\x00b", "character 1 is U+0000"), ("ab\ud83d", "character 2 is a lone")]
)
def test_forbidden_characters_are_refused_with_their_place(text: str, place: str) -> None:
    with pytest.raises(InvalidInput, match=place.replace("+", r"\+")):
        check_characters(text)


@given(st.text(st.characters(exclude_categories=["Cs"])), st.data())
def test_utf16_offsets_are_those_of_javascript(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    assert Utf16(text).at(offset) == len(text[:offset].encode("utf-16-le")) // 2


@pytest.mark.parametrize(
    ("text", "words"),
    [("", 0), ("one two", 2), ("one — two", 2), ("it's 40,000\n\nmore", 3), ("... —", 0)],
)
def test_words_are_counted_as_white_space_parts_them(text: str, words: int) -> None:
    assert count_words(text) == words
