"""The forms in which answers are written."""

from enum import StrEnum


class Format(StrEnum):
    """How tables are written."""

    ndjson = "ndjson"
    csv = "csv"
    parquet = "parquet"


class Written(StrEnum):
    """How a comparison is printed."""

    table = "table"
    json = "json"
    markdown = "markdown"
    csv = "csv"
    brief = "brief"
