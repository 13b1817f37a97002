"""Where to begin, and how the service itself is: probes and metrics."""

from fastapi import FastAPI, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from app.errors import ParallaxError, Unavailable
from app.web.dependencies import ServiceOf
from app.web.problems import documented, documented_probe, from_error
from app.web.routing import Router
from app.web.schemas import service as wire

router = Router(tags=["service"])


@router.get(
    "/",
    operation_id="get_links",
    summary="Where to begin",
    response_description="The addresses to begin with.",
    responses=documented(),
)
def get_links(request: Request) -> wire.Links:
    """The addresses to begin with: the OpenAPI document and its page, and whatever can be read
    without knowing an id."""
    app: FastAPI = request.app
    root = request.scope.get("root_path", "").rstrip("/")
    found = [
        wire.Link(rel="service-desc", href=f"{root}{app.openapi_url}", title="OpenAPI document"),
        wire.Link(rel="service-doc", href=f"{root}/docs", title="Documentation to try"),
    ]
    for path, methods in app.openapi()["paths"].items():
        if "get" in methods and "{" not in path and path != "/":
            operation = methods["get"]
            found.append(
                wire.Link(
                    rel=operation["operationId"], href=f"{root}{path}", title=operation["summary"]
                )
            )
    return wire.Links(service=app.title, version=app.version, links=found)


@router.get(
    "/healthz",
    operation_id="get_health",
    summary="Is the process up",
    response_description="It is up.",
    responses=documented_probe(),
)
def get_health() -> wire.Health:
    """Answers as soon as the process does; a container's liveness probe."""
    return wire.Health(status="ok")


@router.get(
    "/readyz",
    operation_id="get_readiness",
    summary="Are database and workers up",
    response_description="It takes work and does it.",
    response_model=wire.Readiness,
    responses=documented_probe(),
)
def get_readiness(service: ServiceOf) -> wire.Readiness | Response:
    """200 when the database can store something and a worker has its model loaded; a container's
    readiness probe. Until then, and whenever that ends (a full disk, a database that is gone or
    locked by another program), 503 with the reason."""
    # Answered, not raised: what a probe sees every second is not worth a line in the log.
    try:
        service.store.probe()
        status = service.work.status()
    except ParallaxError as error:
        return from_error(Unavailable(error.detail))
    if service.settings.workers and status.workers < 1:
        return from_error(Unavailable(status.error or "The workers are still loading."))
    return wire.Readiness(status="ready", workers=status.workers)


@router.get(
    "/metrics",
    operation_id="get_metrics",
    summary="Figures for Prometheus",
    response_description="The figures, in the text format of Prometheus.",
    responses={
        200: {"content": {"text/plain": {"schema": {"type": "string"}}}},
        **documented(),
    },
    response_class=Response,
)
def get_metrics(service: ServiceOf) -> Response:
    """Requests by route and their durations, articles by state (the pending ones wait), workers,
    stages of ingest with their seconds, failed fetches and the bytes of the database, in the text
    format of Prometheus. Needs a key where reads do."""
    return Response(generate_latest(service.metrics.registry), media_type=CONTENT_TYPE_LATEST)
