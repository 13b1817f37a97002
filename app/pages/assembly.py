"""The pages put into an application."""

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from app.pages.environment import ASSETS, ASSETS_ADDRESS
from app.pages.routes import adding, articles, compare, entities, lists, stories
from app.web.routing import include

_ROUTERS = (
    *(lists.front, lists.router, compare.router, articles.router, stories.router, adding.router),
    entities.router,
)


def install(app: FastAPI) -> None:
    """Serves the pages, and beside them their style, script and fonts."""
    app.mount(ASSETS_ADDRESS, StaticFiles(directory=ASSETS), name="assets")
    for router in _ROUTERS:
        include(app, router)
