"""Imports: many documents in one request."""

from typing import Annotated

from fastapi import Response

from app.services import query
from app.services.imports import UNPACKED, Bounds, start_import
from app.web.dependencies import ServiceOf, SessionOf
from app.web.numbers import Whole, record_id
from app.web.parameters.base import QueryOf
from app.web.parameters.imports import (
    ImportedParameters,
    ImportErrorParameters,
    ImportListParameters,
)
from app.web.problems import LOCATION, documented
from app.web.routing import Router
from app.web.schemas import imports as wire
from app.web.uploads import DOCUMENTED, Uploaded

router = Router(prefix="/v1/imports", tags=["imports"])

_ASKED = "The id of an import, which the answer to it names."


@router.post(
    "",
    status_code=202,
    operation_id="create_import",
    summary="Send in many documents",
    response_description="Taken: the documents are on disk.",
    responses={202: {"headers": LOCATION}, **documented(400, 413, 415, 507)},
    openapi_extra=DOCUMENTED,
)
def create_import(files: Uploaded, service: ServiceOf, response: Response) -> wire.Import:
    """Takes NDJSON, a row as in `POST /v1/articles` on each line, one file of another type (JSON,
    CSV, Parquet, WARC), or files as multipart parts named `files`, each also compressed with gzip
    or Zstandard: what a file is, its type or name says, else its first bytes. The body may have
    `PARALLAX_MAX_IMPORT_BYTES` as it is sent, and ten times that unpacked.

    The answer comes once all of it is on disk, with the import's address in `Location`; ask there
    how far it is. A bad row or file fails alone, under its line."""
    settings = service.settings
    most = Bounds(settings.max_import_rows, UNPACKED * settings.max_import_bytes)
    number = start_import(service.store, files, most)
    service.work.wake()
    response.headers["Location"] = f"/v1/imports/{number}"
    with service.store.read() as session:
        return wire.Import.model_validate(query.import_(session, number))


@router.get(
    "",
    operation_id="list_imports",
    summary="List imports",
    response_description="One page of imports.",
    responses=documented(),
)
def list_imports(
    parameters: Annotated[ImportListParameters, QueryOf], session: SessionOf
) -> wire.ImportList:
    """The imports, the newest first, each with how far it is."""
    page = query.imports(session, parameters.page())
    return wire.ImportList.of(page, wire.ImportSummary.model_validate)


@router.get(
    "/{id}",
    operation_id="get_import",
    summary="Get one import",
    response_description="The import as far as it is.",
    responses=documented(404),
)
def get_import(id: Annotated[Whole, record_id(None, _ASKED)], session: SessionOf) -> wire.Import:
    """How far an import is, what became of its documents, and why the first hundred of those that
    failed did. `done` means that all of its articles are analysed too."""
    return wire.Import.model_validate(query.import_(session, id))


@router.get(
    "/{id}/errors",
    operation_id="list_import_errors",
    summary="List the failures of an import",
    response_description="A page of its failures.",
    responses=documented(404),
)
def list_import_errors(
    id: Annotated[Whole, record_id(None, _ASKED)],
    parameters: Annotated[ImportErrorParameters, QueryOf],
    session: SessionOf,
) -> wire.ImportFailureList:
    """Every document of the import that was not taken, by its line, and why."""
    page = query.import_errors(session, id, parameters.page())
    return wire.ImportFailureList.of(page, wire.ImportFailure.model_validate)


@router.get(
    "/{id}/articles",
    operation_id="list_import_articles",
    summary="List what an import made",
    response_description="One page of its documents that were taken.",
    responses=documented(404),
)
def list_import_articles(
    id: Annotated[Whole, record_id(None, _ASKED)],
    parameters: Annotated[ImportedParameters, QueryOf],
    session: SessionOf,
) -> wire.ImportedDocumentList:
    """Every document of the import that was taken, by its line, with the article that it became;
    `outcome=created` lists the new articles alone."""
    page = query.imported(session, id, parameters.where(), parameters.page())
    return wire.ImportedDocumentList.of(page, wire.ImportedDocument.model_validate)
