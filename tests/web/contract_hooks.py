"""What schemathesis must be told: how a body of NDJSON is written."""

import json
from typing import Any

import schemathesis


@schemathesis.serializer("application/x-ndjson")
def ndjson(_: schemathesis.SerializationContext, value: Any) -> bytes:
    """The body: text as it stands, anything else as one line of JSON."""
    if isinstance(value, bytes):
        return value
    text = value if isinstance(value, str) else json.dumps(value) + "\n"
    return text.encode("utf-8", "surrogatepass")
