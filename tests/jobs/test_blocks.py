"""Blocks of documents annotated into Parquet files, one like the other wherever that is done."""

import gzip
import json
from dataclasses import replace
from pathlib import Path

import pyarrow
import pytest
from pyarrow import parquet

from app.domain.annotation import AnalysisInput, Failure, Outcome
from app.errors import InvalidInput
from app.intake.places import Place, existing, places
from app.intake.readers import read_path
from app.jobs.blocks import Block, Order, annotated, blocks, grouped
from app.settings import Settings
from tests.jobs.imports_under_way import document
from tests.jobs.small_analysers import analyse

SETTINGS = Settings()


def outcomes(inputs: list[AnalysisInput]) -> list[Outcome]:
    return [
        Failure("it was given up") if "a ghost" in text.text else analyse(text) for text in inputs
    ]


def rows_file(folder: Path, name: str, count: int) -> Path:
    path = folder / name
    path.write_bytes(
        gzip.compress("\n".join(json.dumps(document(n)) for n in range(count)).encode())
    )
    return path


def made(place: Path, order: Order, done: frozenset[str] = frozenset()) -> list[Block]:
    return [each for group in grouped(places(str(place))) for each in blocks(group, order, done)]


def test_blocks_are_the_same_each_time_and_have_their_names_from_what_they_are_of(
    tmp_path: Path,
) -> None:
    path = rows_file(tmp_path, "a.jsonl.gz", 25)
    order = Order("out", documents=10)
    first, again = made(path, order), made(path, replace(order, out="elsewhere"))
    assert first == again
    assert [len(json.loads(block.rows)) for block in first] == [10, 10, 5]
    assert sum(block.size for block in first) == path.stat().st_size
    other = made(path, replace(order, language="fr"))
    assert not {block.name for block in first} & {block.name for block in other}
    path.write_bytes(path.read_bytes() + gzip.compress(b"\n"))
    assert not {block.name for block in first} & {block.name for block in made(path, order)}


def test_a_block_that_is_there_is_not_done_again(tmp_path: Path) -> None:
    path = rows_file(tmp_path, "a.jsonl.gz", 25)
    order = Order(str(tmp_path / "out"), documents=10)
    first, *_ = made(path, order)
    done = annotated(first, outcomes, SETTINGS, order.out)
    assert (done.documents, done.failed) == (10, 0)
    there = existing(order.out)
    assert there == {first.name}
    again = made(path, order, frozenset(there))
    assert [(each.there, len(json.loads(each.rows))) for each in again] == [
        (10, 0),
        (0, 10),
        (0, 5),
    ]
    assert annotated(again[0], outcomes, SETTINGS, order.out).there == 10


def test_small_files_are_read_together_and_large_ones_alone() -> None:
    small = [Place(f"{n}.html", 10_000, 0) for n in range(1_200)]
    large = [Place(f"{n}.warc.gz", 1_000_000_000, 0) for n in range(3)]
    groups = grouped([*small, *large])
    assert [len(group) for group in groups] == [500, 500, 200, 1, 1, 1]


def test_a_file_has_the_cleaned_text_and_its_names_for_other_programs(tmp_path: Path) -> None:
    path = rows_file(tmp_path, "a.jsonl.gz", 5)
    out = str(tmp_path / "out")
    (block,) = made(path, Order(out, documents=10))
    annotated(block, outcomes, SETTINGS, out)
    rows = parquet.read_table(Path(out) / block.name).to_pylist()
    assert len(rows) == 5
    for row in rows:
        assert row["mentions"]
        for mention in row["mentions"]:
            assert row["text"][mention["start"] : mention["end"]] == mention["text"]
        assert row["source"] == "Herald"
        assert row["pipeline"] == "small-1"


def test_what_cannot_be_read_or_analysed_is_there_with_its_reason(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    good = document(1)
    bad = good | {"text": f"{good['text']} He saw a ghost.", "external_id": "bad"}
    path.write_text(f'{json.dumps(good)}\n{{"text": ""}}\n{json.dumps(bad)}\n')
    out = str(tmp_path / "out")
    (block,) = made(path, Order(out, documents=10))
    done = annotated(block, outcomes, SETTINGS, out)
    assert (done.documents, done.failed) == (3, 2)
    assert done.errors[0].startswith(f"{path}:2: text is blank")
    assert done.errors[1] == f"{path}:3: it was given up"
    rows = list(read_path(Path(out)))
    assert [row.error is None for row in rows] == [True, False, True]
    assert [row.brought is not None for row in rows] == [True, False, False]
    assert rows[1].error
    assert f"{path}:2" in rows[1].error.detail


def test_an_input_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match=r"no file at '.*none'"):
        places(str(tmp_path / "none"))
    with pytest.raises(InvalidInput, match=r"nowhere://x"):
        places("nowhere://x/y")


def test_a_folder_of_an_object_store_is_listed_and_read_by_its_address(tmp_path: Path) -> None:
    rows_file(tmp_path, "a.jsonl.gz", 3)
    (tmp_path / "b.warc").write_bytes(b"")
    table = pyarrow.table({"text": [str(document(n)["text"]) for n in range(2)]})
    parquet.write_table(table, tmp_path / "c.parquet")
    # The one file store that needs no network answers by an address, too.
    found = places(f"file://{tmp_path}")
    assert [each.address.rsplit("/", 1)[1] for each in found] == [
        "a.jsonl.gz",
        "b.warc",
        "c.parquet",
    ]
    (group,) = grouped(found)
    (block,) = blocks(group, Order("out", documents=10), ())
    assert len(json.loads(block.rows)) == 5
