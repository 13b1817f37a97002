"""The OpenAPI document: a change of the contract is a change of the snapshot, made on purpose.

`PARALLAX_WRITE_SNAPSHOT=1 pytest tests/web/test_openapi.py` writes it anew.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.main import create_app
from app.settings import Settings

SNAPSHOT = Path(__file__).with_name("openapi.json")

# Their examples need an entity or a story of their own: tests/web/test_corrections_api.py and
# tests/web/test_stories_api.py try them.
CORRECTING = (
    *("merge_entity", "split_entity", "change_entity", "undo_correction"),
    *("merge_story", "split_story"),
)


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


def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    text = json.dumps(document)
    for name in document["components"]["schemas"]:
        assert f'"#/components/schemas/{name}"' in text, f"{name} is never used"
    for part in text.split('"#/components/schemas/')[1:]:
        assert part.split('"')[0] in document["components"]["schemas"]


def test_every_example_works_when_tried(client: httpx.Client, document: dict[str, Any]) -> None:
    order = {"post": 0, "get": 1, "patch": 2, "delete": 3}
    made = client.post("/v1/articles", json={"text": "This one is removed.", "source": "Example"})
    for method, path, operation in sorted(operations(document), key=lambda o: order[o[0]]):
        if operation["operationId"] in CORRECTING:
            continue
        parameters = operation.get("parameters", ())
        given = {(p["in"], p["name"]): p["example"] for p in parameters if "example" in p}
        # The examples speak of article 1, which other tests still want.
        if method == "delete":
            given["path", "id"] = made.json()["id"]
        query = {name: value for (place, name), value in given.items() if place == "query"}
        values = {name: value for (place, name), value in given.items() if place == "path"}
        content, headers = body(document, operation)
        answer = client.request(
            method, path.format(**values), params=query, content=content, headers=headers
        )
        assert answer.is_success, f"{method} {path}: {answer.text}"


def body(document: dict[str, Any], operation: dict[str, Any]) -> tuple[bytes, dict[str, str]]:
    content = operation.get("requestBody", {}).get("content", {})
    for kind, media in content.items():
        if "$ref" in media["schema"]:
            shape = media["schema"]["$ref"].rpartition("/")[2]
            sent = json.dumps(document["components"]["schemas"][shape]["example"])
        else:
            sent = media["example"]
        return sent.encode(), {"Content-Type": kind}
    return b"", {}
