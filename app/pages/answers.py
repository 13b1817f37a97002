"""HTML answers, and who wants them."""

from collections.abc import Callable
from urllib.parse import quote, urlencode

from starlette._utils import get_route_path
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import Scope

from app.errors import ParallaxError
from app.pages.charts.drawing import MEDIA_TYPE, ChartFile
from app.pages.environment import rendered, versioned
from app.pages.kept import Kept
from app.web.sessions import Visit

# Nothing but the service's own files; no script, style or handler in a page itself.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

type Address = Callable[..., str]


def page(request: Request, template: str, status: int = 200, **given: object) -> HTMLResponse:
    """The page that a template makes of what is given, with the policy of all pages."""
    return html(request.scope, template, status, **given)


def page_with(
    request: Request, template: str, problem: ParallaxError | None, **given: object
) -> HTMLResponse:
    """The same with what is wrong with what was asked, if anything is, under its status."""
    status, detail = (problem.status, problem.detail) if problem else (200, None)
    return page(request, template, status, problem=detail, **given)


def html(scope: Scope, template: str, status: int = 200, **given: object) -> HTMLResponse:
    """The same for what has no request yet."""
    address = address_in(scope)

    def asset(name: str) -> str:
        return address(versioned(name))

    # None for what was refused before anybody asked who it is.
    visit: Visit | None = scope.get("state", {}).get("visit")
    about = {"at": address, "asset": asset, "path": get_route_path(scope), "here": _here(scope)}
    answer = HTMLResponse(
        rendered(template, {**about, "visit": visit, **given}),
        status,
        {"Content-Security-Policy": POLICY},
    )
    if visit is not None:
        visit.keep(answer)
    return answer


def _here(scope: Scope) -> str:
    """Where to come back to: this page, where it can be asked for again."""
    path = get_route_path(scope)
    if scope["method"] not in ("GET", "HEAD") or path == "/sign-in":
        return "/"
    query = scope["query_string"].decode("latin-1")
    return f"{quote(path)}{'?' if query else ''}{query}"


def see(address: str) -> RedirectResponse:
    """Sends a browser that wrote on to this address."""
    return RedirectResponse(address, 303)


def kept_answer(kept: Kept) -> Response:
    """A page as one file, under the policy that it states itself."""
    return HTMLResponse(kept.page, headers=_of_file(kept.name, kept.policy))


def chart_answer(chart: ChartFile) -> Response:
    """A chart as a file, under the policy that names its style."""
    return Response(chart.svg, media_type=MEDIA_TYPE, headers=_of_file(chart.name, chart.policy))


def _of_file(name: str, policy: str) -> dict[str, str]:
    return {
        "Content-Security-Policy": policy,
        "Content-Disposition": f'inline; filename="{name}"',
    }


def address_in(scope: Scope) -> Address:
    """The function that makes the address of a page from its path and parameters, for a service
    that may stand below a path of its host. What is None or empty is left out."""
    root = scope.get("root_path", "").rstrip("/")

    def address(path: str, **parameters: object) -> str:
        given = {name: value for name, value in parameters.items() if value not in (None, "", ())}
        query = urlencode(given, doseq=True, quote_via=quote, safe=":,")
        return f"{root}{path}{'?' if query else ''}{query}"

    return address


def wants_html(scope: Scope) -> bool:
    """Whether the client names HTML among what it takes and likes nothing of JSON better: browsers
    do, programs that take anything (`*/*`) do not."""
    quality: dict[str, float] = {}
    for part in ",".join(Headers(scope=scope).getlist("accept")).split(","):
        kind, *parameters = (each.strip().lower() for each in part.split(";"))
        weight = next((each[2:] for each in parameters if each.startswith("q=")), "1")
        try:
            quality[kind] = float(weight)
        except ValueError:
            continue
    wanted = quality.get("text/html", 0.0)
    return wanted > 0 and wanted >= quality.get("application/json", 0.0)
