"""The OpenAPI document promises what the reader of rows takes: no more, and no less."""

import json
from pathlib import Path
from typing import Any

import pytest

from app.errors import InvalidInput
from app.intake.rows import changes_from_row, submission_from_row

DOCUMENT = json.loads(Path(__file__).with_name("openapi.json").read_text("utf-8"))
FIELDS = ("url", "title", "subtitle", "source", "external_id")


def limits(schema: str, field: str) -> dict[str, Any]:
    """What the document says of a field where it is not null."""
    either = DOCUMENT["components"]["schemas"][schema]["properties"][field]["anyOf"]
    return dict(next(each for each in either if each["type"] != "null"))


def value(field: str, length: int) -> str:
    return ("https://example.org/" if field == "url" else "").ljust(length, "x")


@pytest.mark.parametrize("field", FIELDS)
def test_a_field_of_a_new_article_is_as_long_as_the_document_says(field: str) -> None:
    longest = limits("NewArticle", field)["maxLength"]
    taken = submission_from_row({"text": "x", field: value(field, longest)})
    assert getattr(taken, field) == value(field, longest)
    with pytest.raises(InvalidInput, match=f"at most {longest} are taken") as caught:
        submission_from_row({"text": "x", field: value(field, longest + 1)})
    assert [error.pointer for error in caught.value.errors] == [f"#/{field}"]


@pytest.mark.parametrize("field", FIELDS)
def test_a_field_of_a_change_is_as_long_as_the_document_says(field: str) -> None:
    longest = limits("ArticlePatch", field)["maxLength"]
    assert getattr(changes_from_row({field: value(field, longest)}), field) is not None
    with pytest.raises(InvalidInput, match=f"at most {longest} are taken"):
        changes_from_row({field: value(field, longest + 1)})


@pytest.mark.parametrize("schema", ["NewArticle", "ArticlePatch"])
def test_as_many_authors_are_taken_as_the_document_says(schema: str) -> None:
    said = limits(schema, "authors")
    names = [str(number).rjust(said["items"]["maxLength"], "x") for number in range(101)]
    assert changes_from_row({"authors": names[:100]}).authors == tuple(names[:100])
    assert said["maxItems"] == 100
    with pytest.raises(InvalidInput, match="at most 100 are taken"):
        changes_from_row({"authors": names})
