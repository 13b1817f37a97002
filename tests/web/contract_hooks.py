"""What schemathesis must be told: how bodies are written, and that any file is a file."""

import json
from typing import Any

import schemathesis

# Lists of any words: what is no list there is a list of one in an address.
FREE_WORDS = ("tag", "source", "source_tag")


@schemathesis.serializer(
    "application/x-ndjson",
    "application/gzip",
    "application/vnd.apache.parquet",
    "application/warc",
    "application/zstd",
    "text/csv",
)
def written(_: schemathesis.SerializationContext, value: Any) -> bytes:
    """The body: text as it stands, anything else as one line of JSON."""
    if isinstance(value, bytes):
        return value
    text = value if isinstance(value, str) else json.dumps(value) + "\n"
    return text.encode("utf-8", "surrogatepass")


@schemathesis.hook
def filter_case(_: schemathesis.HookContext, case: schemathesis.Case[Any]) -> bool:
    """Leaves out imports that are meant to be wrong (a file may hold anything, and is refused
    within the import, by its name), tags that are meant to be wrong and are words like others in an
    address (`tag=3`), and streams without an end."""
    query = case.query or {}
    if case.operation.label == "GET /v1/events":
        return query.get("seconds") in (1, "1")
    wrong = case.meta and case.meta.generation.mode == schemathesis.GenerationMode.NEGATIVE
    free = any(isinstance(query.get(name), bool | int | float) for name in FREE_WORDS)
    return not (wrong and (free or case.operation.label == "POST /v1/imports"))
