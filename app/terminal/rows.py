"""Rows of a table as JSON Lines or CSV."""

import csv
import json
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import TextIO


class Format(StrEnum):
    """How tables are written."""

    ndjson = "ndjson"
    csv = "csv"


def write_rows(rows: Iterable[Mapping[str, object]], format_: Format, file: TextIO) -> None:
    """Writes the rows as they come; in CSV, lists and maps stand as JSON."""
    if format_ is Format.ndjson:
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
        return
    writer: csv.DictWriter[str] | None = None
    for row in rows:
        if writer is None:
            writer = csv.DictWriter(file, fieldnames=list(row), lineterminator="\n")
            writer.writeheader()
        flat = {
            key: json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value
            for key, value in row.items()
        }
        writer.writerow(flat)
