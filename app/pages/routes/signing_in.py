"""`/sign-in` and `/sign-out`: the session of who has a key."""

import re

from fastapi import APIRouter
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from app.errors import NotFound
from app.pages.answers import address_in, page, see
from app.pages.parameters import OwnForm, query_of
from app.web.parameters.base import Parameters
from app.web.sessions import Visit

router = APIRouter(include_in_schema=False)

# A path of ours: what begins with two slashes, in either direction, names another host.
_OWN = re.compile(r"/(?![/\\])[!-\[\]-~]*")


class SignInParameters(Parameters):
    """Where to go on to."""

    next: str = Field("/", description="A path of this service.")


@router.get("/sign-in")
def show_sign_in(request: Request) -> Response:
    _check_keys(request)
    return page(
        request, "sign_in.html", next=query_of(request, SignInParameters).next, problem=None
    )


@router.post("/sign-in")
def sign_in(request: Request, form: OwnForm) -> Response:
    visit = _check_keys(request)
    given, following = form.get("key", ("",))[0], form.get("next", ("/",))[0]
    owner = visit.owner(given.strip())
    if owner is None:
        problem = "This key is not known."
        return page(request, "sign_in.html", 401, next=following, problem=problem)
    visit.sign_in(owner)
    to = following if _OWN.fullmatch(following) else "/"
    answer = see(address_in(request.scope)(to))
    visit.keep(answer)
    return answer


@router.post("/sign-out")
def sign_out(request: Request, form: OwnForm) -> Response:
    visit = _check_keys(request)
    visit.sign_out()
    answer = see(address_in(request.scope)("/"))
    visit.keep(answer)
    return answer


def _check_keys(request: Request) -> Visit:
    visit: Visit = request.state.visit
    if not visit.keys:
        raise NotFound("Nobody signs in here: no keys are configured, and everyone may write.")
    return visit
