"""`parallax correct`, as a user runs it."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from tests.cli.command import Done, Run
from tests.undated import undated


def entities(run: Run) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = json.loads(run("entities", "--json").stdout)["items"]
    return items


@contextmanager
def undone(run: Run, done: Done) -> Iterator[str]:
    """What a correction said; undone again at the end, since other tests read the sample too."""
    assert done.returncode == 0, done.stderr
    before = done.stdout
    number = before.removeprefix("correction ").partition(":")[0]
    try:
        yield before
    finally:
        assert run("correct", "undo", number).returncode == 0


def test_a_merge_and_its_undoing(sample: Run) -> None:
    into, merged = (each["id"] for each in entities(sample)[:2])
    before = undated(sample("entities", "--json").stdout)
    done = sample("correct", "merge", str(merged), "--into", str(into), "--author", "ada")
    with undone(sample, done) as said:
        assert f"entity {merged} is part of entity {into}" in said
        assert merged not in [each["id"] for each in entities(sample)]
        log = json.loads(sample("correct", "log", "--json").stdout.splitlines()[0])
        assert (log["kind"], log["author"]) == ("merge", "ada")
    assert undated(sample("entities", "--json").stdout) == before


def test_a_split_by_a_name(sample: Run) -> None:
    entity = next(each for each in entities(sample) if len(each["aliases"]) > 1)
    alias = entity["aliases"][-1]
    done = sample("correct", "split", str(entity["id"]), "--alias", alias["text"], "--name", "New")
    with undone(sample, done):
        [new] = [each for each in entities(sample) if each["name"] == "New"]
        assert new["mentions"] == alias["mentions"]


@pytest.mark.parametrize(
    ("arguments", "field", "value"),
    [(("retype", "LAW"), "type", "LAW"), (("rename", "Quite other"), "name", "Quite other")],
)
def test_what_an_entity_is(sample: Run, arguments: tuple[str, str], field: str, value: str) -> None:
    entity = entities(sample)[0]["id"]
    command, given = arguments
    with undone(sample, sample("correct", command, str(entity), given)):
        [found] = [each for each in entities(sample) if each["id"] == entity]
        assert found[field] == value
        assert "nothing changed" in sample("correct", command, str(entity), given).stdout


def test_a_name_dropped(sample: Run) -> None:
    entity = next(each for each in entities(sample) if len(each["aliases"]) > 1)
    alias = entity["aliases"][-1]
    done = sample("correct", "alias", str(entity["id"]), "--drop", alias["text"])
    with undone(sample, done):
        [found] = [each for each in entities(sample) if each["id"] == entity["id"]]
        assert found["mentions"] == entity["mentions"] - alias["mentions"]


def test_what_cannot_be_is_one_sentence(sample: Run) -> None:
    for arguments in (
        ("merge", "999999", "--into", "1"),
        ("split", "1", "--alias", "Nobody At All"),
        ("undo", "999999"),
    ):
        done = sample("correct", *arguments)
        assert done.returncode == 1
        assert done.stderr.startswith("parallax: ")
        assert "Traceback" not in done.stderr
    assert sample("correct", "split", "1").returncode == 2


def test_the_log_is_a_table(sample: Run) -> None:
    entity = str(entities(sample)[0]["id"])
    with undone(sample, sample("correct", "pin", entity, "--reason", "well known")):
        shown = sample("correct", "log", "--entity", entity).stdout
        assert "stays" in shown
