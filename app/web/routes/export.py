"""Whole tables as files, for notebooks and databases."""

from collections.abc import Callable
from itertools import chain
from typing import Annotated, Any

from starlette.responses import StreamingResponse

from app.domain.export import TableFormat
from app.services.export import exported
from app.services.table_files import MEDIA_TYPES
from app.web.dependencies import ServiceOf
from app.web.parameters.base import QueryOf
from app.web.parameters.export import (
    ArticleExportParameters,
    CorrectionExportParameters,
    EntityExportParameters,
    SourceExportParameters,
    StoryExportParameters,
)
from app.web.problems import documented
from app.web.routing import Router

router = Router(prefix="/v1/export", tags=["export"])

_TABLES: dict[str, tuple[Any, str]] = {
    "articles": (ArticleExportParameters, "Articles with their text."),
    "mentions": (ArticleExportParameters, "Mentions in these articles, each with its entity."),
    "quotes": (ArticleExportParameters, "Quotes in these articles, each with its speaker."),
    "figures": (ArticleExportParameters, "Figures in these articles."),
    "dates": (ArticleExportParameters, "Expressions of time in these articles."),
    "entities": (EntityExportParameters, "Entities with their names and counts."),
    "stories": (StoryExportParameters, "Stories with their outlets and main entities."),
    "sources": (SourceExportParameters, "Outlets with their articles counted."),
    "corrections": (CorrectionExportParameters, "What people corrected, and undid."),
}
_FILES: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The file.",
        "content": {
            kind.partition(";")[0]: {"schema": {"type": "string", "format": "binary"}}
            for kind in MEDIA_TYPES.values()
        },
    }
}


def _writes(table: str, parameters_of: Any) -> Callable[..., StreamingResponse]:
    def export(
        parameters: Annotated[parameters_of, QueryOf], service: ServiceOf
    ) -> StreamingResponse:
        parts = exported(service.store, table, parameters.format, parameters.where())
        # A filter that names nothing is an error of the request, which a file begun could not say.
        first = next(parts, b"")
        return _file(table, parameters.format, chain([first], parts))

    return export


def _file(table: str, format_: TableFormat, parts: chain[bytes]) -> StreamingResponse:
    name = f"{table}.{format_}"
    return StreamingResponse(
        parts,
        media_type=MEDIA_TYPES[format_],
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


for _table, (_parameters, _what) in _TABLES.items():
    router.add_api_route(
        f"/{_table}",
        _writes(_table, _parameters),
        methods=["GET"],
        operation_id=f"export_{_table}",
        summary=f"Write out {_table}",
        description=f"{_what} By id, as JSON Lines, CSV (lists and maps as JSON in their cells) or "
        "Parquet (with times, lists and maps as such). It is sent as it is read: what comes or "
        "goes meanwhile may or may not be among it, and a file that breaks off was not finished.",
        responses=_FILES | documented(),
        response_class=StreamingResponse,
    )
