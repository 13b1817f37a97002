"""A collection as an earlier version left it, made of the rows that were kept of it."""

import base64
import gzip
import json
import zlib
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import JSON, Boolean, Connection, MetaData, Table, insert, update

from app.store.articles.searchable import SearchedText, add_to_search
from app.store.engine import bulk_writes
from app.store.engine.connections import write_engine
from app.store.engine.packing import inflate
from app.store.tables import article
from tests.databases import empty_url
from tests.store.desk import migrate

type Row = dict[str, Any]
# Rows that no version before this one could have.
_SINCE = {"correction": 2}
# Where a sentence had five more values before 0006.
_GONE = slice(8, 8)


_FOLDER = Path(__file__).parent


@cache
def kept(number: int = 1) -> dict[str, Any]:
    """The rows of each table as the first version from `number` on wrote them of which there are
    some, else the last, and what that version saw in them."""
    files = sorted(_FOLDER.glob("*.json.gz"))
    file = next((each for each in files if int(each.name[:4]) >= number), files[-1])
    whole: dict[str, Any] = json.loads(gzip.decompress(file.read_bytes()))
    return whole


def old_collection(folder: Path, number: int) -> str:
    """The address of a database of this schema with what version `number` would have stored: the
    columns that it had, in the shape that they had."""
    url = empty_url(folder, "old")
    migrate(url, f"{number:04d}")
    engine = write_engine(url, 10.0)
    with engine.begin() as connection:
        schema = MetaData()
        schema.reflect(connection)
        for table in schema.sorted_tables:
            rows = kept(number)["rows"].get(table.name, ())
            if rows and _SINCE.get(table.name, 1) <= number:
                _fill(connection, table, [_as_of(number, table, row) for row in rows])
        if number >= 7:
            add_to_search(connection, _texts(kept(number)["rows"]))
    engine.dispose()
    return url


def _fill(connection: Connection, table: Table, rows: list[Row]) -> None:
    own = [each.parent.name for each in table.foreign_keys if each.column.table is table]
    connection.execute(insert(table), [row | dict.fromkeys(own) for row in rows])
    for row in rows:
        if named := {name: row[name] for name in own if row.get(name) is not None}:
            connection.execute(update(table).where(table.c.id == row["id"]).values(named))
    model = article.metadata.tables.get(table.name)
    if model is not None and "id" in row:
        bulk_writes.set_last_id(connection, model, max(row["id"] for row in rows))


def _as_of(number: int, table: Table, row: Row) -> Row:
    old = {name: _value(table, name, row[name]) for name in row if name in table.c}
    if number < 4 and "story_id" in old:
        old["story_id"] = None
    if number < 6 and old.get("kind") == "sentences" and "found" in old:
        sentences = json.loads(zlib.decompress(old["found"]))
        for values in sentences:
            values[_GONE] = [[[0]], [[0]], [0], ["3"], [""]]
        old["found"] = zlib.compress(json.dumps(sentences).encode(), 1)
    return old


def _value(table: Table, name: str, value: Any) -> Any:
    if isinstance(value, dict):
        return _bytes(value)
    kind = table.c[name].type
    if isinstance(kind, JSON) and isinstance(value, str):
        return json.loads(value)
    return bool(value) if isinstance(kind, Boolean) else value


def _text(value: Any) -> str:
    """A text, deflated since 0010."""
    return inflate(_bytes(value)).decode() if isinstance(value, dict) else value


def _bytes(value: dict[str, str]) -> bytes:
    return base64.b64decode(value["base64"])


def _texts(rows: dict[str, list[Row]]) -> list[SearchedText]:
    texts = {(row["article_id"], row["number"]): _text(row["text"]) for row in rows["revision"]}
    return [
        SearchedText(
            row["id"], texts[row["id"], row["revision"]], row["body_start"], row["language"]
        )
        for row in rows["article"]
    ]
