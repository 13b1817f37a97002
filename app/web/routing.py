"""Routes whose answers are made in one thread, and routers that are asked only for their paths."""

from collections.abc import Callable
from contextlib import ExitStack
from functools import wraps
from inspect import iscoroutinefunction
from typing import Any

from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute
from pydantic import BaseModel
from starlette.responses import Response
from starlette.routing import Match
from starlette.types import Scope

from app.store.engine.sessions import LazySession


class Router(APIRouter):
    """A router that says at once that it has nothing for a path without its prefix."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Whether one of its routes takes the request."""
        if self.prefix not in scope["path"]:
            return Match.NONE, {}
        return super().matches(scope)


def include(app: FastAPI, router: APIRouter) -> None:
    """Adds the routes of a router to an application. The function of each reads, makes the answer
    and writes it as JSON in one thread, where its session begins and ends.

    The framework would have four take turns: to begin the session, for the function, to look at
    what it returned, and to end the session.
    """
    for route in router.routes:
        # Routers are included in every application that a process makes.
        if isinstance(route, APIRoute) and not hasattr(route.endpoint, "__wrapped__"):
            route.endpoint = _in_one_thread(route.endpoint, route)
    app.include_router(router)


def _in_one_thread(endpoint: Callable[..., Any], route: APIRoute) -> Callable[..., Any]:
    if iscoroutinefunction(endpoint):
        return endpoint
    status, only_set = route.status_code or 200, route.response_model_exclude_unset

    @wraps(endpoint)
    def answer(**given: Any) -> Any:
        with ExitStack() as sessions:
            for each in given.values():
                if isinstance(each, LazySession):
                    sessions.enter_context(each)
            found = endpoint(**given)
        # What a function says on the framework's own response, the framework adds to the answer.
        own = any(isinstance(each, Response) for each in given.values())
        if own or not isinstance(found, BaseModel):
            return found
        # Its fields were checked when it was made.
        body = found.__pydantic_serializer__.to_json(found, by_alias=True, exclude_unset=only_set)
        return Response(body, status, media_type="application/json")

    return answer
