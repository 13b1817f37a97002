from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.article import Submission
from app.errors import InvalidInput
from app.intake.rows import FIELDS, submission_from_row


def errors_of(row: dict[str, object]) -> dict[str, str]:
    with pytest.raises(InvalidInput) as caught:
        submission_from_row(row)
    return {error.pointer: error.detail for error in caught.value.errors}


def test_every_field_of_a_row_is_taken() -> None:
    submission = submission_from_row(
        {
            "text": "The army moved.\n",
            "url": " https://example.org/a ",
            "title": "  The\narmy  moved ",
            "subtitle": "On Wednesday",
            "source": "The Courier",
            "published_at": "2016-03-24T23:30:00-07:00",
            "authors": ["Ann  Bell", "Carl Dent", "Ann Bell"],
            "language": "en-GB",
            "external_id": 17,
        }
    )
    assert submission.text == "The army moved.\n"
    assert submission.url == "https://example.org/a"
    assert submission.title == "The army moved"
    assert submission.subtitle == "On Wednesday"
    assert submission.source == "The Courier"
    assert submission.published is not None
    assert submission.published.instant == datetime(2016, 3, 25, 6, 30, tzinfo=UTC)
    assert submission.published.day == date(2016, 3, 24)
    assert submission.authors == ("Ann Bell", "Carl Dent")
    assert submission.language == "en"
    assert submission.external_id == "17"


def test_a_zero_byte_in_a_title_is_one_bad_character() -> None:
    assert submission_from_row({"text": "x", "title": "a\x00b"}).title == "a\ufffdb"


def test_null_and_blank_metadata_are_absent() -> None:
    nothing: dict[str, object] = dict.fromkeys(FIELDS)
    blank = {"title": " ", "source": "", "authors": ["", " "], "language": " ", "published_at": ""}
    assert submission_from_row({**nothing, "text": "x", **blank}) == Submission(text="x")


@pytest.mark.parametrize(
    ("given_", "expected"),
    [("EN", "en"), ("pt_BR", "pt"), ("zh-Hant-TW", "zh"), ("deu", "deu"), (" fr ", "fr")],
)
def test_language_is_cut_to_its_primary_subtag(given_: str, expected: str) -> None:
    assert submission_from_row({"text": "x", "language": given_}).language == expected


def test_one_author_may_be_a_text() -> None:
    assert submission_from_row({"text": "x", "authors": "Ann Bell"}).authors == ("Ann Bell",)


@pytest.mark.parametrize(
    ("row", "pointer", "says"),
    [
        ({}, "#/text", "one of text, html, url"),
        ({"text": None, "title": "x"}, "#/text", "missing"),
        ({"text": " \n\u00a0"}, "#/text", "blank"),
        ({"text": "x", "html": "<p>x"}, "#/html", "beside text"),
        ({"text": 3}, "#/text", "must be text, not a number"),
        ({"text": ["x"]}, "#/text", "not a list"),
        ({"text": "x", "source": "a\x00b"}, "#/source", "character 1 is U+0000"),
        ({"text": "a\ud800"}, "#/text", "lone surrogate"),
        ({"text": "x", "authors": ["a", "\udfff"]}, "#/authors/1", "lone surrogate"),
        ({"text": "x", "colour": 1}, "#/colour", "not a known field"),
        ({"text": "x", "a/b~c": 1}, "#/a~1b~0c", "not a known field"),
        ({"text": "x", "title": "t" * 2001}, "#/title", "2001 characters; at most 2000"),
        ({"text": "x", "authors": ["a", "t" * 301]}, "#/authors/1", "at most 300"),
        ({"text": "x", "source": "t" * 301}, "#/source", "at most 300"),
        ({"text": "x", "authors": ["a"] * 101}, "#/authors", "at most 100"),
        ({"text": "x", "authors": [1]}, "#/authors/0", "a number stands there"),
        ({"text": "x", "authors": {"name": "a"}}, "#/authors", "an object stands there"),
        ({"text": "x", "language": "English"}, "#/language", "language tag"),
        ({"text": "x", "published_at": "03/04/2016"}, "#/published_at", "not a date"),
        ({"text": "x", "published_at": "2016-02-30"}, "#/published_at", "not a date"),
        ({"text": "x", "published_at": 1458777600}, "#/published_at", "must be text"),
        ({"text": "x", "external_id": True}, "#/external_id", "not true or false"),
        ({"text": "x", "external_id": 1.5}, "#/external_id", "not a number"),
        ({"text": "x", "external_id": 10**5000}, "#/external_id", "too many digits"),
        ({"url": "ftp://example.org/a"}, "#/url", "http or https"),
        ({"url": "file:///etc/passwd"}, "#/url", "http or https"),
        ({"url": "example.org/a"}, "#/url", "http or https"),
        ({"url": "http://"}, "#/url", "http or https"),
        ({"url": "http://a b/"}, "#/url", "http or https"),
        ({"url": "http://[::1"}, "#/url", "http or https"),
        ({"url": "http://a:0/"}, "#/url", "http or https"),
        ({"url": "http://a:70000/"}, "#/url", "http or https"),
        ({"url": "http://a/" + "x" * 5000}, "#/url", "at most 2048"),
    ],
)
def test_bad_field_is_named(row: dict[str, object], pointer: str, says: str) -> None:
    found = errors_of(row)
    assert list(found) == [pointer]
    assert says in found[pointer]


def test_all_bad_fields_are_named_at_once() -> None:
    found = errors_of({"text": 1, "title": [], "language": "??", "foo": 1, "url": "gopher://x"})
    assert set(found) == {"#/text", "#/title", "#/language", "#/foo", "#/url"}


def test_fields_that_are_not_asked_for_are_unknown() -> None:
    with pytest.raises(InvalidInput) as caught:
        submission_from_row({"text": "x", "url": "http://a/"}, fields=("text", "title"))
    assert [error.pointer for error in caught.value.errors] == ["#/url"]


json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(codec=None, exclude_categories=())),
    lambda children: st.lists(children, max_size=3) | st.dictionaries(st.text(), children),
    max_leaves=5,
)


@given(st.dictionaries(st.sampled_from(FIELDS) | st.text(), json_values))
def test_no_row_raises_anything_but_invalid_input(row: dict[str, object]) -> None:
    refused: InvalidInput | None = None
    try:
        submission = submission_from_row(row)
    except InvalidInput as error:
        refused = error
    if refused is None:
        assert submission.text is None or submission.html is None
        assert submission.text or submission.html or submission.url
        return
    assert refused.errors
    for field in refused.errors:
        assert field.detail.encode()
        assert field.pointer.isascii()
