"""Bodies of imports, written to disk while they come in."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from tempfile import TemporaryFile
from typing import Annotated, Any, BinaryIO

from fastapi import Depends, Request
from starlette.datastructures import FormData, UploadFile

from app.domain.text import check_characters
from app.errors import BadRequest, InvalidInput, UnsupportedMedia
from app.web.bodies import MEDIA_TYPE

NDJSON = "application/x-ndjson"
MULTIPART = "multipart/form-data"
# What a body may be that is one file, by its type, and the name under which it is read. A type that
# says no more than how it is packed leaves what is in it to its first bytes.
_FILES: Mapping[str, str] = {
    "application/json": "body.json",
    "text/csv": "body.csv",
    "application/vnd.apache.parquet": "body.parquet",
    "application/warc": "body.warc",
    "application/gzip": "body.gz",
    "application/zstd": "body.zst",
}
_DESCRIBED: Mapping[str, str] = {
    "application/json": "An array of such objects.",
    "text/csv": "Rows whose columns are named as the fields of such an object.",
    "application/vnd.apache.parquet": "The same as Parquet.",
    "application/warc": "A web archive: its HTML pages that were answered with 200.",
    "application/gzip": "Any of these as a file that is compressed.",
    "application/zstd": "Any of these as a file that is compressed.",
}
_FIELD = "files"
_MOST_FILES = 10_000


# Names with open files; NDJSON sent as the body itself has no name.
type Files = tuple[tuple[str | None, BinaryIO], ...]


@asynccontextmanager
async def sent_form(request: Request, most: int) -> AsyncIterator[FormData]:
    """The form of a request, of at most `most` fields and as many files, which are open until the
    block ends. Raises BadRequest where it is not in the coding that its Content-Type names, and
    InvalidInput for characters that no text may hold: some codings have them."""
    try:
        form = await request.form(max_files=most, max_fields=most)
    except UnicodeError:
        raise BadRequest("The form is not in the coding that its Content-Type names.") from None
    try:
        for name, part in form.multi_items():
            check_characters(name)
            check_characters(part if isinstance(part, str) else part.filename or "")
        yield form
    finally:
        await form.close()


async def _upload(request: Request) -> AsyncIterator[Files]:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == NDJSON or kind in _FILES:
        with TemporaryFile() as body:
            async for chunk in request.stream():
                body.write(chunk)
            body.seek(0)
            yield ((_FILES.get(kind), body),)
    elif kind == MULTIPART:
        if "content-encoding" in request.headers:
            raise UnsupportedMedia("Compress the files of a multipart body, not the body.")
        async with sent_form(request, _MOST_FILES) as form:
            yield tuple(_file(name, part) for name, part in form.multi_items())
    else:
        given = f"not {kind[:MEDIA_TYPE]}" if kind else "and name that in Content-Type"
        raise UnsupportedMedia(
            f"Send an import as {NDJSON}, as {MULTIPART} with files, or as one file of the type "
            f"{', '.join(_FILES)}, {given}."
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
                            "description": "Text, Markdown, HTML, JSON, NDJSON, CSV, Parquet or "
                            "WARC files, or feeds, each also compressed with gzip or Zstandard.",
                        }
                    },
                    "additionalProperties": False,
                }
            },
            **{
                kind: {"schema": {"type": "string", "format": "binary", "description": said}}
                for kind, said in _DESCRIBED.items()
            },
        },
    }
}
