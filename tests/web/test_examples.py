"""The examples of the OpenAPI document work as written on a fresh sample, in any order."""

import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode

import httpx
import pytest

from app.main import create_app
from app.settings import Settings
from tests.web.conftest import serving, wait_until_ready

# What they take the id of is no part of the sample: the operation before them answers with it. And
# no outlet of the sample can be merged that the examples of others do not name.
WITHOUT_EXAMPLE = {
    *("undo_correction", "get_import", "list_import_errors", "list_import_articles"),
    *("merge_source", "get_feed", "change_feed", "delete_feed"),
    *("get_webhook", "change_webhook", "delete_webhook", "test_webhook", "list_webhook_deliveries"),
}


class Example(NamedTuple):
    """An operation with its example, as it is sent."""

    operation: str
    method: str
    path: str
    body: bytes
    kind: str | None


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    return create_app(Settings(log_level="error")).openapi()


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the sample, loaded as `make run` does."""
    database = tmp_path_factory.mktemp("examples") / "sample.db"
    subprocess.run(
        [Path(sys.executable).with_name("parallax"), "ingest", "--sample"],
        env={**os.environ, "PARALLAX_DATABASE_URL": f"sqlite:///{database}"},
        check=True,
        capture_output=True,
        timeout=120,
    )
    return database


def examples(document: dict[str, Any]) -> Iterator[Example]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            if operation["operationId"] in WITHOUT_EXAMPLE:
                continue
            values = {
                (parameter["in"], parameter["name"]): parameter["example"]
                for parameter in operation.get("parameters", ())
                if "example" in parameter
            }
            address = path.format(**{name: v for (at, name), v in values.items() if at == "path"})
            query = {name: value for (at, name), value in values.items() if at == "query"}
            if query:
                address += "?" + urlencode(query, doseq=True)
            yield from (
                Example(operation["operationId"], method, address, *sent)
                for sent in bodies(document, operation)
            )


def bodies(
    document: dict[str, Any], operation: dict[str, Any]
) -> Iterator[tuple[bytes, str | None]]:
    content = operation.get("requestBody", {}).get("content")
    if content is None:
        yield b"", None
        return
    for kind, media in content.items():
        if "$ref" in media["schema"]:
            shape = media["schema"]["$ref"].rpartition("/")[2]
            yield json.dumps(document["components"]["schemas"][shape]["example"]).encode(), kind
        elif "example" in media:
            yield media["example"].encode(), kind


def test_every_operation_has_an_example(document: dict[str, Any]) -> None:
    operations = {
        operation["operationId"]
        for methods in document["paths"].values()
        for operation in methods.values()
    }
    assert {each.operation for each in examples(document)} == operations - WITHOUT_EXAMPLE
    assert len(operations) > 30


@pytest.mark.parametrize("seed", [1, 2])
def test_examples_work_in_any_order(
    document: dict[str, Any], sample: Path, tmp_path: Path, seed: int
) -> None:
    database = shutil.copy(sample, tmp_path / "copy.db")
    order = list(examples(document))
    random.Random(seed).shuffle(order)
    app = create_app(Settings(database_url=f"sqlite:///{database}", feeds=False, log_level="error"))
    answers = []
    with serving(app) as address, httpx.Client(base_url=address, timeout=70) as client:
        wait_until_ready(address, 12)
        for each in order:
            headers = {"Content-Type": each.kind} if each.kind else {}
            answer = client.request(each.method, each.path, content=each.body, headers=headers)
            answers.append((each.method, each.path, answer.status_code, answer.text[:200]))
    assert [each for each in answers if not 200 <= each[2] < 300] == []
    assert len(answers) > 30


def test_corrections_speak_of_what_they_name(
    document: dict[str, Any], sample: Path, tmp_path: Path
) -> None:
    """An id of the sample moves when its names are found otherwise: then the example moves too."""
    database = shutil.copy(sample, tmp_path / "copy.db")
    app = create_app(Settings(database_url=f"sqlite:///{database}", feeds=False, log_level="error"))
    sent = {each.operation: each for each in examples(document)}
    with serving(app) as address, httpx.Client(base_url=address) as client:

        def name(path: str) -> str:
            answer: str = client.get(path.removesuffix("/merge").removesuffix("/split")).json()[
                "name"
            ]
            return answer

        merge = sent["merge_entity"]
        assert name(merge.path) == "Bashar"
        assert name(f"/v1/entities/{json.loads(merge.body)['into']}") == "Bashar al-Assad"
        assert name(sent["split_entity"].path) == "Islamic State"
        assert name(sent["change_entity"].path) == "Deir ez-Zor"


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("merge_entity", "undo_correction"),
        ("create_import", "get_import"),
        ("create_import", "list_import_errors"),
        ("create_import", "list_import_articles"),
        ("create_webhook", "get_webhook"),
        ("create_webhook", "list_webhook_deliveries"),
    ],
)
def test_what_has_no_example_works_on_what_another_answers_with(
    document: dict[str, Any], sample: Path, tmp_path: Path, first: str, then: str
) -> None:
    database = shutil.copy(sample, tmp_path / "copy.db")
    (made,) = (each for each in examples(document) if each.operation == first)
    ((method, path),) = (
        (method, path)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
        if operation["operationId"] == then
    )
    app = create_app(Settings(database_url=f"sqlite:///{database}", feeds=False, log_level="error"))
    with serving(app) as address, httpx.Client(base_url=address, timeout=70) as client:
        headers = {"Content-Type": made.kind or ""}
        answer = client.request(made.method, made.path, content=made.body, headers=headers)
        assert answer.is_success, answer.text
        again = client.request(method, path.format(id=answer.json()["id"]))
    assert again.status_code == 200, again.text
