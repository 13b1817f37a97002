"""The pages put into an application."""

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

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

_ROUTERS = (
    *(lists.front, lists.router, compare.router, articles.router, stories.router, adding.router),
    *(entities.router, entity_corrections.router, corrections.router, source_corrections.router),
    *(story_corrections.router, signing_in.router, sources.router),
)


def install(app: FastAPI) -> None:
    """Serves the pages, and beside them their style, script and fonts."""
    app.mount(ASSETS_ADDRESS, StaticFiles(directory=ASSETS), name="assets")
    for router in _ROUTERS:
        app.include_router(router)
