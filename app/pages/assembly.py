"""The pages put into an application."""

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from app.pages.environment import ASSETS, ASSETS_ADDRESS
from app.pages.routes import articles, compare

_ROUTERS = (compare, articles)


def install(app: FastAPI) -> None:
    """Serves the pages, and beside them their style, script and fonts."""
    app.mount(ASSETS_ADDRESS, StaticFiles(directory=ASSETS), name="assets")
    for module in _ROUTERS:
        app.include_router(module.router)
