"""Whole tables as files: the same rows as the lists, in each format, with their filters."""

import csv
import io
import json
from datetime import datetime
from typing import Any

import httpx
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from app.domain.export import COLUMNS, TABLES


def written(client: httpx.Client, table: str, **query: Any) -> httpx.Response:
    answer = client.get(f"/v1/export/{table}", params=query)
    assert answer.status_code == 200, answer.text
    return answer


def lines(client: httpx.Client, table: str, **query: Any) -> list[dict[str, Any]]:
    return [json.loads(line) for line in written(client, table, **query).text.splitlines()]


def parquet(client: httpx.Client, table: str, **query: Any) -> pa.Table:
    whole = written(client, table, format="parquet", **query).content
    return pq.read_table(io.BytesIO(whole))


@pytest.mark.parametrize("table", TABLES)
def test_the_three_formats_have_the_same_rows_and_all_columns(
    client: httpx.Client, table: str
) -> None:
    rows = lines(client, table)
    flat = list(csv.DictReader(io.StringIO(written(client, table, format="csv").text)))
    whole = parquet(client, table)
    assert whole.column_names == list(COLUMNS[table])
    assert len(rows) == len(flat) == whole.num_rows
    assert rows or table == "corrections"
    for row in rows:
        assert list(row) == list(COLUMNS[table])
    if "id" in COLUMNS[table]:
        assert [row["id"] for row in rows] == whole.column("id").to_pylist()


def test_a_file_has_its_type_and_a_name(client: httpx.Client) -> None:
    for form, kind in (("ndjson", "application/x-ndjson"), ("csv", "text/csv; charset=utf-8")):
        head = written(client, "sources", format=form).headers
        assert head["content-type"] == kind
        assert head["content-disposition"] == f'attachment; filename="sources.{form}"'


def test_parquet_has_times_lists_and_maps_as_such(client: httpx.Client) -> None:
    articles = parquet(client, "articles")
    assert articles.schema.field("published_at").type == pa.timestamp("us", tz="UTC")
    assert articles.schema.field("authors").type == pa.list_(pa.string())
    listed = client.get("/v1/articles", params={"sort": "id", "limit": 200}).json()["items"]
    times = [
        datetime.fromisoformat(when) if (when := each["published_at"]) else None for each in listed
    ]
    assert articles.column("published_at").to_pylist() == times
    entities = parquet(client, "entities", type="GPE").to_pylist()
    by_name = {each["name"]: each for each in entities}
    palmyra = client.get("/v1/entities", params={"q": "Palmyra"}).json()["items"][0]
    assert by_name["Palmyra"]["aliases"] == palmyra["aliases"]
    assert by_name["Palmyra"]["place"] == palmyra["place"]


def test_what_is_found_in_articles_is_what_their_lists_say(client: httpx.Client) -> None:
    for kind in ("mentions", "quotes", "figures", "dates"):
        rows = lines(
            client, kind, source="Meridian Dispatch", since="2016-03-20", until="2016-03-26"
        )
        (article,) = {row["article"] for row in rows}
        listed = client.get(f"/v1/articles/{article}/{kind}", params={"limit": 200}).json()["items"]
        assert len(rows) == len(listed)
        text = client.get(f"/v1/articles/{article}").json()["text"]
        for row, each in zip(rows, listed, strict=True):
            assert text[row["start"] : row["end"]] == row["text"]
            assert (row["start"], row.get("entity")) == (
                each["content"]["start"] if kind == "quotes" else each["start"],
                each.get("entity"),
            )
            assert row.get("value") == each.get("value")


def test_filters_are_those_of_the_lists(client: httpx.Client) -> None:
    for query in (
        {"q": "ferries"},
        {"source": "coastal-courier"},
        {"story": 1},
        {"language": "en"},
    ):
        listed = client.get("/v1/articles", params={"limit": 200, "sort": "id", **query}).json()
        rows = lines(client, "articles", **query)
        assert [row["id"] for row in rows] == [each["id"] for each in listed["items"]]
    stories = client.get("/v1/stories", params={"sort": "id", "q": "ferry"}).json()["items"]
    assert [row["id"] for row in lines(client, "stories", q="ferry")] == [
        each["id"] for each in stories
    ]


@pytest.mark.parametrize(
    ("path", "pointer"),
    [
        ("articles?source=nobody", "?source"),
        ("mentions?q=palmyra+(", "?q"),
        ("stories?story=1", "?story"),
        ("entities?type=CITY", "?type"),
        ("sources?format=xml", "?format"),
    ],
)
def test_what_cannot_be_is_refused_before_the_file_begins(
    client: httpx.Client, path: str, pointer: str
) -> None:
    answer = client.get(f"/v1/export/{path}")
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert [each["pointer"].partition("/")[0] for each in answer.json()["errors"]] == [pointer]
    assert client.get("/v1/export/nothing").status_code == 404
