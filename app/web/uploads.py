"""Bodies of imports, written to disk while they come in."""

from collections.abc import AsyncIterator
from tempfile import TemporaryFile
from typing import Annotated, Any, BinaryIO

from fastapi import Depends, Request
from starlette.datastructures import UploadFile

from app.errors import InvalidInput, UnsupportedMedia
from app.web.bodies import MEDIA_TYPE

NDJSON = "application/x-ndjson"
MULTIPART = "multipart/form-data"
_FIELD = "files"
_MOST_FILES = 10_000


# Names with open files; NDJSON sent as the body itself has no name.
type Files = tuple[tuple[str | None, BinaryIO], ...]


async def _upload(request: Request) -> AsyncIterator[Files]:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == NDJSON:
        with TemporaryFile() as rows:
            async for chunk in request.stream():
                rows.write(chunk)
            rows.seek(0)
            yield ((None, rows),)
    elif kind == MULTIPART:
        async with request.form(max_files=_MOST_FILES, max_fields=_MOST_FILES) as form:
            yield tuple(_file(name, part) for name, part in form.multi_items())
    else:
        given = f"not {kind[:MEDIA_TYPE]}" if kind else "and name that in Content-Type"
        raise UnsupportedMedia(
            f"Send an import as {NDJSON}, or as {MULTIPART} with files, {given}."
        )


def _file(name: str, part: object) -> tuple[str, BinaryIO]:
    if name != _FIELD or not isinstance(part, UploadFile):
        raise InvalidInput(f"An import takes parts named {_FIELD}, each a file.").at(f"#/{name}")
    return part.filename or "unnamed", part.file


# Open until the route is done with it; the answer needs it no more.
Uploaded = Annotated[Files, Depends(_upload, scope="function")]

DOCUMENTED: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            NDJSON: {
                "schema": {
                    "description": "One JSON object a line, each as `POST /v1/articles` takes it.",
                },
                "example": '{"title": "Army enters Palmyra", "text": "The Syrian army said on '
                'Thursday that it had entered Palmyra.", "source": "Example Times"}\n',
            },
            MULTIPART: {
                "schema": {
                    "type": "object",
                    "required": [_FIELD],
                    "properties": {
                        _FIELD: {
                            "type": "array",
                            "minItems": 1,
                            "items": {
                                "type": "string",
                                # Swagger UI shows its file picker for this alone.
                                "format": "binary",
                                "contentMediaType": "application/octet-stream",
                            },
                            "description": "Text, Markdown, HTML, JSON, NDJSON or CSV files, "
                            "or feeds.",
                        }
                    },
                    "additionalProperties": False,
                }
            },
        },
    }
}
