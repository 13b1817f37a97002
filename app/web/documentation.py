"""The OpenAPI document and Swagger UI, served from this process alone: no other host is asked."""

import base64
import hashlib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import fastapi_offline
from fastapi import FastAPI, Request
from fastapi.openapi.docs import get_swagger_ui_html
from fastapi.staticfiles import StaticFiles
from pydantic.json_schema import models_json_schema
from starlette.responses import HTMLResponse

from app.web.documented_schemas import finish_schema
from app.web.keys import HEADER, Keys
from app.web.schemas.articles import ArticlePatch, NewArticle
from app.web.schemas.comparison import ToCompare
from app.web.schemas.corrections import (
    EntityMerge,
    EntityPatch,
    EntitySplit,
    SourceMerge,
    SourcePatch,
    StoryMerge,
    StorySplit,
)
from app.web.schemas.feeds import FeedPatch, NewFeed
from app.web.schemas.problem import Problem
from app.web.schemas.webhooks import NewWebhook, WebhookPatch

DOCS = "/docs"
_ASSETS = Path(fastapi_offline.__file__).parent / "static"
_INLINE_SCRIPT = re.compile(rb"<script>(.*?)</script>", re.DOTALL)
# Shapes that the framework does not see: these bodies are read, and failures written, by our code.
_OWN_SHAPES = (
    *(Problem, NewArticle, ArticlePatch, ToCompare),
    *(EntityMerge, EntityPatch, EntitySplit, StoryMerge, StorySplit),
    *(SourceMerge, SourcePatch, NewFeed, FeedPatch, NewWebhook, WebhookPatch),
)

_LAST = (
    *("since", "until", "updated_since", "section", "evidence", "top", "context", "unclear"),
    "format",
    *("sort", "limit", "cursor", "total", "wait", "offsets"),
)

LICENSE = {"name": "MIT", "identifier": "MIT"}
SERVERS = [{"url": "/", "description": "The service that this document comes from."}]
SUMMARY = "What outlets share, what only one of them says, and in which words, with evidence."
DESCRIPTION = """\
Send articles in, ask for their entities, and compare how sources cover the same events.

* **Evidence.** Whatever Parallax reports of a text carries the article and `[start, end)` into its
  stored text; `text[start:end]` is the surface reported. Offsets count Unicode code points;
  `?offsets=utf16` counts UTF-16 code units, as JavaScript strings do.
* **Lists** take `limit` (1 to 200) and `cursor`; `next_cursor` of one page is the `cursor` of the
  next. Totals are counted to 10,000 unless `total=exact`.
* **Failures** are `application/problem+json` (RFC 9457). A parameter that is unknown, blank,
  repeated where it may not be, or that names nothing stored is 422, never ignored.
* **Keys.** Where the service is set up with API keys, everything but GET needs one in `X-API-Key`;
  reads too where it says so.
* **Caching.** GET answers carry an `ETag`; `If-None-Match` answers 304 while nothing changed.
"""
TAGS = [
    {"name": "articles", "description": "Articles: send in, find, read, change, remove."},
    {"name": "imports", "description": "Many documents in one request."},
    {"name": "stories", "description": "Which articles report the same event."},
    {"name": "entities", "description": "What the names in the articles stand for."},
    {
        "name": "corrections",
        "description": "What people corrected; undoing it.",
    },
    {"name": "sources", "description": "The outlets."},
    {"name": "feeds", "description": "Feeds that the service polls, and so fills itself."},
    {"name": "compare", "description": "What sides share, and what tells them apart."},
    {"name": "changes", "description": "What changed, to be followed: polled, streamed or sent."},
    {"name": "webhooks", "description": "Saved searches whose finds are sent to an address."},
    {"name": "export", "description": "Whole tables as files."},
    {"name": "service", "description": "How the service itself is."},
]


def contact(given: str | None) -> dict[str, str]:
    """Who made the service and, where a mail address or that of a page is given, who runs it."""
    if given is None:
        return {"name": "The Parallax developers"}
    return {"name": "Who runs this service", "email" if "@" in given else "url": given}


def publish(app: FastAPI, keys: Keys) -> None:
    """Writes the OpenAPI document of an application that has all its routes, with the parts that
    we read by hand. An operation that needs one of the `keys` says so.

    Requests are checked against it, many at a time: it is whole before the first one comes.
    """
    document = app.openapi()
    _, own = models_json_schema(
        [(shape, "validation") for shape in _OWN_SHAPES],
        ref_template="#/components/schemas/{model}",
    )
    components = document["components"]
    schemas = {**components["schemas"], **own["$defs"]}
    components["schemas"] = {name: schemas[name] for name in sorted(schemas)}
    for schema in schemas.values():
        finish_schema(schema, schemas)
    if keys:
        components["securitySchemes"] = {
            "ApiKey": {"type": "apiKey", "in": "header", "name": HEADER}
        }
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            _finish_parameters(operation)
            if keys.needed(method.upper(), path):
                operation["security"] = [{"ApiKey": []}]


def _finish_parameters(operation: dict[str, Any]) -> None:
    parameters = operation.get("parameters", [])
    parameters.sort(key=_rank)
    for parameter in parameters:
        _never_null(parameter["schema"])
        # Swagger UI fills its form in from here, and not from the schema.
        if examples := parameter["schema"].get("examples"):
            parameter["example"] = examples[0]


def _never_null(schema: dict[str, Any]) -> None:
    """Removes null from the types of a parameter: nobody can send it; they leave it out."""
    if "anyOf" in schema:
        schema.update(next(kind for kind in schema.pop("anyOf") if kind.get("type") != "null"))


def _rank(parameter: Mapping[str, Any]) -> int:
    """Where a parameter stands in its operation: what is asked for before how it is answered."""
    name = parameter["name"]
    return _LAST.index(name) + 1 if name in _LAST else 0


def install(app: FastAPI) -> None:
    """Serves Swagger UI at `/docs` from the assets in the package."""
    app.mount(f"{DOCS}/assets", StaticFiles(directory=_ASSETS), name="docs-assets")

    @app.get(DOCS, include_in_schema=False)
    def docs(request: Request) -> HTMLResponse:
        root = request.scope.get("root_path", "").rstrip("/")
        page = get_swagger_ui_html(
            openapi_url=f"{root}{app.openapi_url}",
            title=f"{app.title} API",
            swagger_js_url=f"{root}{DOCS}/assets/swagger-ui-bundle.js",
            swagger_css_url=f"{root}{DOCS}/assets/swagger-ui.css",
            swagger_favicon_url=f"{root}{DOCS}/assets/favicon.png",
            swagger_ui_parameters={
                "displayRequestDuration": True,
                "tryItOutEnabled": True,
                "filter": True,
            },
        )
        page.headers["Content-Security-Policy"] = _policy(bytes(page.body))
        return page


def _policy(page: bytes) -> str:
    """A Content-Security-Policy that allows this page its own files and its one inline script."""
    scripts = " ".join(
        f"'sha256-{base64.b64encode(hashlib.sha256(script).digest()).decode()}'"
        for script in _INLINE_SCRIPT.findall(page)
    )
    return (
        f"default-src 'none'; script-src 'self' {scripts}; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'"
    )
