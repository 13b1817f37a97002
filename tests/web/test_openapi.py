"""The OpenAPI document: a change of the contract is a change of the snapshot, made on purpose.

`PARALLAX_WRITE_SNAPSHOT=1 pytest tests/web/test_openapi.py` writes it anew.
"""

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.main import create_app
from app.settings import Settings

SNAPSHOT = Path(__file__).with_name("openapi.json")


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    return create_app(Settings(log_level="error")).openapi()


def operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield method, path, operation


def test_the_document_is_the_snapshot(document: dict[str, Any]) -> None:
    text = json.dumps(document, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
    if os.environ.get("PARALLAX_WRITE_SNAPSHOT"):
        SNAPSHOT.write_text(text, "utf-8")
    assert text == SNAPSHOT.read_text("utf-8")


def test_every_operation_is_documented_whole(document: dict[str, Any]) -> None:
    names = []
    for method, path, operation in operations(document):
        where = f"{method} {path}"
        assert len(operation["tags"]) == 1, where
        assert operation["summary"], where
        assert len(operation["description"]) > 20, where
        names.append(operation["operationId"])
        for status, answer in operation["responses"].items():
            if int(status) >= 400:
                assert list(answer["content"]) == ["application/problem+json"], where
        assert {"422", "500", "503"} <= set(operation["responses"]), where
        if path.startswith("/v1"):
            assert {"401", "429"} <= set(operation["responses"]), where
        for parameter in operation.get("parameters", ()):
            assert parameter.get("description"), f"{where} {parameter['name']}"
    assert len(names) == len(set(names))


def fields(schema: dict[str, Any], where: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The properties of a schema, and of those within it."""
    for name, field in schema.get("properties", {}).items():
        yield f"{where}.{name}", field
        yield from fields(field, f"{where}.{name}")
    for part in (*schema.get("anyOf", ()), schema.get("items"), schema.get("additionalProperties")):
        if isinstance(part, dict):
            yield from fields(part, where)


def test_every_field_has_a_description(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    found = [each for name, schema in schemas.items() for each in fields(schema, name)]
    assert len(found) > 400
    assert [where for where, field in found if not field.get("description")] == []


def test_every_answer_says_what_comes_back(document: dict[str, Any]) -> None:
    said = {
        f"{method} {path} {status}": answer["description"]
        for method, path, operation in operations(document)
        for status, answer in operation["responses"].items()
    }
    unsaid = ("Successful Response", "The answer.", "")
    assert [where for where, each in said.items() if each in unsaid] == []


def test_names_of_schemas_are_names_of_things(document: dict[str, Any]) -> None:
    """Two shapes of one name would be told apart by the path of their module."""
    assert [name for name in document["components"]["schemas"] if not name.isalnum()] == []


def test_what_may_be_left_out_has_no_default_of_null(document: dict[str, Any]) -> None:
    found = [each for n, s in document["components"]["schemas"].items() for each in fields(s, n)]
    assert [where for where, field in found if field.get("default", 0) is None] == []


def test_examples_are_in_the_order_of_the_fields(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]

    def check(example: Any, schema: dict[str, Any], where: str) -> int:
        if "$ref" in schema:
            schema = schemas[schema["$ref"].rpartition("/")[2]]
        if isinstance(example, list):
            return sum(check(each, schema.get("items", {}), where) for each in example)
        if not isinstance(example, dict):
            return 0
        known = schema.get("properties", {})
        assert [name for name in example if name in known] == [n for n in known if n in example]
        return 1 + sum(check(each, known.get(n, {}), f"{where}.{n}") for n, each in example.items())

    checked = [check(s["example"], s, name) for name, s in schemas.items() if "example" in s]
    assert sum(checked) > 60


def test_it_says_who_made_it_under_which_terms_and_where_it_is(document: dict[str, Any]) -> None:
    assert document["info"]["license"] == {"name": "MIT", "identifier": "MIT"}
    assert document["info"]["contact"]["name"]
    assert [server["url"] for server in document["servers"]] == ["/"]
    for given, field in (("desk@example.org", "email"), ("https://example.org/desk", "url")):
        keyed = create_app(Settings(contact=given, log_level="error")).openapi()
        assert keyed["info"]["contact"][field] == given


@pytest.mark.parametrize(
    ("settings", "reads", "writes"),
    [
        (Settings(log_level="error"), False, False),
        (Settings(api_keys=("secret",), log_level="error"), False, True),
        (Settings(api_keys=("secret",), keys_for_reads=True, log_level="error"), True, True),
    ],
)
def test_an_operation_has_a_padlock_where_it_needs_a_key(
    settings: Settings, reads: bool, writes: bool
) -> None:
    """And needs one where it has a padlock: the service itself is asked."""
    app = create_app(settings)
    document = app.openapi()
    client = TestClient(app, raise_server_exceptions=False)
    assert "security" not in document
    assert ("securitySchemes" in document["components"]) == writes
    locked = {(m, p): "security" in o for m, p, o in operations(document)}
    assert locked["get", "/healthz"] is False
    assert locked["get", "/v1/articles"] is reads
    assert locked["post", "/v1/articles"] is writes
    for (method, path), lock in locked.items():
        asked = client.request(method, re.sub(r"{\w+}", "1", path))
        assert (asked.status_code == 401) == lock, f"{method} {path}"


def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    text = json.dumps(document)
    for name in document["components"]["schemas"]:
        assert f'"#/components/schemas/{name}"' in text, f"{name} is never used"
    for part in text.split('"#/components/schemas/')[1:]:
        assert part.split('"')[0] in document["components"]["schemas"]
