"""JSON bodies that other parsers let through."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import BadRequest, InvalidInput, ParallaxError
from app.web.bodies import parse_json, shaped
from app.web.schemas.articles import ArticlePatch

JSON_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**30), 10**30)
    | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00")),
    lambda inner: st.lists(inner) | st.dictionaries(st.text("abc/~ é"), inner),
    max_leaves=20,
)


@given(JSON_VALUES)
def test_what_json_can_say_is_read_as_it_is(value: object) -> None:
    assert parse_json(json.dumps(value).encode()) == value


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused_by_name(raw: bytes) -> None:
    with suppress(BadRequest, InvalidInput):
        json.dumps(parse_json(raw))


@pytest.mark.parametrize(
    ("raw", "kind", "said"),
    [
        (b'{"a": 1,}', BadRequest, "line 1, column 9"),
        (b'{\n  "a": tru\n}', BadRequest, "line 2, column 8"),
        (b'{"a": NaN}', BadRequest, "a value is due, not 'NaN' at line 1, column 7"),
        (b'{"a": -Infinity}', BadRequest, "not '-Infinity' at line 1, column 7"),
        (b"[" * 100_000, BadRequest, "nested more than 200 deep at line 1, column 201"),
        (b"[" * 201 + b"]" * 201, BadRequest, "The body is nested more than 200 deep."),
        (b'{"a": "\xff"}', BadRequest, "byte 7 is 0xff"),
        (b'\xef\xbb\xbf{"a": "\xff"}', BadRequest, "byte 10 is 0xff"),
        (b'{"a": ' + b"9" * 5000 + b"}", InvalidInput, "a number of 5,000 digits"),
        (b'{"a": 1, "a": 2}', InvalidInput, "'a' twice"),
        (b'{"source": "x\\u0000"}', InvalidInput, "source: character 1 is U+0000"),
        (b'{"title": "\\ud800"}', InvalidInput, "lone surrogate (U+D800)"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(
    raw: bytes, kind: type[ParallaxError], said: str
) -> None:
    with pytest.raises(kind) as caught:
        parse_json(raw)
    assert said in caught.value.detail


def test_a_bad_character_deep_inside_has_a_pointer() -> None:
    with pytest.raises(InvalidInput) as caught:
        parse_json(b'{"articles": [{}, {"a/b": "ok\\udfff"}]}')
    assert caught.value.errors[0].pointer == "#/articles/1/a~1b"


def test_a_bad_character_in_a_name_is_found() -> None:
    with pytest.raises(InvalidInput, match="U\\+0000"):
        parse_json(b'{"a\\u0000": 1}')


def test_two_hundred_in_one_another_are_read() -> None:
    assert parse_json(b"[" * 200 + b"]" * 200)


def test_a_surrogate_pair_is_one_character() -> None:
    assert parse_json(b'"\\ud83d\\ude00"') == "\N{GRINNING FACE}"


def test_every_field_out_of_shape_is_named() -> None:
    with pytest.raises(InvalidInput) as caught:
        shaped(ArticlePatch, {"title": 5, "authors": ["a", 7], "colour": "red"})
    assert [(e.pointer, e.detail) for e in caught.value.errors] == [
        ("#/title", "title must be a string."),
        ("#/authors/1", "authors[1] must be a string."),
        ("#/colour", "There is no field 'colour' here."),
    ]


def test_null_is_absent() -> None:
    assert shaped(ArticlePatch, {"title": None}) == ArticlePatch()
