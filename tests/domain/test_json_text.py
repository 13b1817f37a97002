"""What is wrong with a text that is no JSON is said in the same words on every Python."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.json_text import NotJson, decoded, read_json, refused

# Texts that are JSON or nearly so.
PIECES = st.sampled_from(
    [
        *(
            "[",
            "]",
            "{",
            "}",
            ",",
            ":",
            '"a"',
            '"',
            "\\",
            "\\u00e9",
            "\\u12",
            "1",
            "-",
            "0",
            ".5",
            "e9",
        ),
        *("true", "nul", "NaN", "-Infinity", " ", "\n", "\t", "\r", "\x00", "\u00a0", "é", "'"),
    ]
)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "it ends where a value is due at line 1, column 1"),
        ("[1,\n 2", "it ends where ',' or ']' is due at line 2, column 3"),
        ('{"a": 1,}', "a name in double quotes is due, not '}' at line 1, column 9"),
        ("[1,]", "a value is due, not ']' at line 1, column 4"),
        ('{\n  "a": tru\n}', "a value is due, not 'tru' at line 2, column 8"),
        ("{a: 1}", "a name in double quotes is due, not 'a' at line 1, column 2"),
        ("{'a': 1}", 'a name in double quotes is due, not "\'" at line 1, column 2'),
        ('{"a" 1}', "':' is due, not '1' at line 1, column 6"),
        ('{"a": 1 "b": 2}', "',' or '}' is due, not '\"' at line 1, column 9"),
        ('{"a": [1}', "'}' does not close '[' at line 1, column 9"),
        ('{"a": NaN}', "a value is due, not 'NaN' at line 1, column 7"),
        ("-Infinity", "a value is due, not '-Infinity' at line 1, column 1"),
        ("01", "nothing more may follow the value at line 1, column 2"),
        ('{"a": 1}\n{"b": 2}', "nothing more may follow the value at line 2, column 1"),
        ('["abc', "a string is never closed that opens at line 1, column 2"),
        ('["a\nb"]', "a string is not closed in its line; it opens at line 1, column 2"),
        ('["a\tb"]', "a string holds the control character U+0009 unescaped at line 1, column 4"),
        (r'["é\x"]', r"a string holds \x, which is no escape, at line 1, column 4"),
        (r'"\u12"', r"\u without four hexadecimal digits, which is no escape, at line 1, column 2"),
        ("9" * 401, "a number of 401 digits (at most 400) stands at line 1, column 1"),
        ("[" * 100_000, "it is nested more than 200 deep at line 1, column 201"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(text: str, said: str) -> None:
    with pytest.raises(NotJson) as caught:
        read_json(text)
    assert str(caught.value).endswith(said)


@given(st.lists(PIECES).map("".join))
def test_the_fault_is_the_first(text: str) -> None:
    """What stands before it can be gone on with: cut there, the text only ends too early."""
    try:
        read_json(text)
    except NotJson as error:
        lines = text.split("\n")
        before = "\n".join([*lines[: error.line - 1], lines[error.line - 1][: error.column - 1]])
        if error.reason == "nothing more may follow the value":
            read_json(before)
        else:
            with pytest.raises(NotJson, match=r"it ends where|never closed"):
                read_json(before)


def test_bytes_that_are_no_text_are_named() -> None:
    with pytest.raises(NotJson, match="the byte 0xFF is not UTF-8 at line 2, column 3"):
        decoded('é\nü"'.encode() + b"\xff")


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b'{"a" 1}', "':' is due, not '1' at column 6"),
        (b'"\xff"', "the byte 0xFF is not UTF-8 at column 2"),
        (b"1e999", "it holds a number, a character or a depth that cannot be read at column 1"),
    ],
)
def test_why_a_faster_reader_refused(raw: bytes, said: str) -> None:
    assert refused(raw).in_line == said
