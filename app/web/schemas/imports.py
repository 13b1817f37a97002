"""Imports: many documents in one request."""

from datetime import datetime
from typing import Literal

from pydantic import ConfigDict, Field
from pydantic.config import JsonDict

from app.domain.article import ImportOutcome
from app.web.schemas.base import Answer, Listing, listing_example

_FAILURE: JsonDict = {"line": 2, "name": None, "detail": "text is blank."}


class ImportFailure(Answer):
    """A document that was not taken."""

    model_config = ConfigDict(json_schema_extra={"example": _FAILURE})

    line: int = Field(description="Its line in the NDJSON, or its place among the files, from 1.")
    name: str | None = Field(description="The name of its file, where there are files.")
    detail: str = Field(description="What is wrong with it.")


_IMPORT: JsonDict = {
    "id": 1,
    "state": "done",
    "bytes": 5120,
    "received": 3,
    "passed": 0,
    "created": 2,
    "existing": 0,
    "failed": 1,
    "analysed": 3,
    "per_second": 20.5,
    "seconds_left": None,
    "created_at": "2026-11-23T09:30:00Z",
    "finished_at": "2026-11-23T09:30:01Z",
}
_DOCUMENT: JsonDict = {"line": 1, "name": None, "outcome": "created", "article": 7}


class ImportSummary(Answer):
    """An import and how many of its documents came to what."""

    model_config = ConfigDict(json_schema_extra={"example": _IMPORT})

    id: int = Field(description="Its number.")
    state: Literal["running", "done"] = Field(description="`done` means analysed too.")
    bytes: int = Field(description="Bytes that were sent, as they were sent.")
    received: int = Field(description="Documents in the request.")
    passed: int = Field(
        description="Records of web archives that are passed over: no pages, or not answered "
        "with 200."
    )
    created: int = Field(description="New articles.")
    existing: int = Field(
        description="Documents whose article was there already; another text made a new revision."
    )
    failed: int = Field(description="Documents that were not taken, which its `errors` explain.")
    analysed: int = Field(
        description="Documents that are through: analysed, there already, or failed."
    )
    per_second: float | None = Field(description="Of these, a second since the import began.")
    seconds_left: int | None = Field(description="Until the rest is through at this rate.")
    created_at: datetime = Field(description="When it was sent in, in UTC.")
    finished_at: datetime | None = Field(description="When the last of it was analysed.")


class ImportList(Listing[ImportSummary]):
    """One page of imports."""

    model_config = ConfigDict(json_schema_extra={"example": listing_example(_IMPORT)})


class Import(ImportSummary):
    """An import and what became of its documents."""

    model_config = ConfigDict(json_schema_extra={"example": {**_IMPORT, "errors": [_FAILURE]}})

    errors: list[ImportFailure] = Field(description="The first hundred of its failures.")


class ImportedDocument(Answer):
    """A document of an import that was taken, and the article that it became."""

    model_config = ConfigDict(json_schema_extra={"example": _DOCUMENT})

    line: int = Field(description="Its line in the NDJSON, or its place among the files, from 1.")
    name: str | None = Field(description="The name of its file, where there are files.")
    outcome: ImportOutcome = Field(
        description="`created`: a new article; `revised`: a new revision of one that was there; "
        "`existing`: one that was there, as it is."
    )
    article: int | None = Field(
        description="The id of the article; null where it was deleted before, and stays so."
    )


class ImportedDocumentList(Listing[ImportedDocument]):
    """One page of the documents of an import that were taken."""

    model_config = ConfigDict(json_schema_extra={"example": listing_example(_DOCUMENT)})


class ImportFailureList(Listing[ImportFailure]):
    """One page of the failures of an import."""

    model_config = ConfigDict(json_schema_extra={"example": listing_example(_FAILURE)})
