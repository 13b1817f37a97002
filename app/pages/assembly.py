"""The pages put into an application."""

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from app.pages.comparison.coast import load_coasts
from app.pages.environment import ASSETS, ASSETS_ADDRESS
from app.pages.routes import (
    adding,
    articles,
    compare,
    corrections,
    entities,
    entity_corrections,
    lists,
    signing_in,
    source_corrections,
    sources,
    stories,
    story_corrections,
)
from app.services.compare import load_methods
from app.web.routing import include

_ROUTERS = (
    *(lists.front, lists.router, compare.router, articles.router, stories.router, adding.router),
    *(entities.router, entity_corrections.router, corrections.router, source_corrections.router),
    *(story_corrections.router, signing_in.router, sources.router),
)


def load() -> None:
    """Loads what the first readers of a process would wait for. Not the templates: all together
    they take four megabytes, which who asks for no pages needs not, and each some milliseconds."""
    load_coasts()
    load_methods()


def install(app: FastAPI) -> None:
    """Serves the pages, and beside them their style, script and fonts."""
    app.mount(ASSETS_ADDRESS, StaticFiles(directory=ASSETS), name="assets")
    for router in _ROUTERS:
        include(app, router)
