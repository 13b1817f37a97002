import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.annotate.chunks import chunk


@given(text=st.text("ab .\n", max_size=300), limit=st.integers(2, 60))
def test_pieces_are_the_text_and_none_is_over_the_limit(text: str, limit: int) -> None:
    pieces = chunk(text, limit)
    assert "".join(part for _, part in pieces) == text
    assert all(text[offset : offset + len(part)] == part for offset, part in pieces)
    assert all(0 < len(part) <= limit for _, part in pieces) or not text


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("aaaa aaa\n\nbbb bbb bbb", "aaaa aaa\n\n"),
        ("aaaa aaa\nbbb bbb bbb", "aaaa aaa\n"),
        ("aaaa aaa. bbb bbb bbb", "aaaa aaa. "),
        ("aaaa aaab bbb bbb bbb", "aaaa aaab "),
        ("aaaaaaaaaaaaaaaaaaaaa", "aaaaaaaaaaaa"),
    ],
)
def test_cuts_where_it_hurts_least(text: str, first: str) -> None:
    assert chunk(text, 12)[0] == (0, first)
