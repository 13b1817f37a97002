"""How the service itself is: probes and metrics."""

from fastapi import APIRouter, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from app.errors import ParallaxError, Unavailable
from app.web.dependencies import ServiceOf
from app.web.problems import documented, documented_probe, from_error
from app.web.schemas import service as wire

router = APIRouter(tags=["service"])


@router.get(
    "/healthz", operation_id="get_health", summary="Is the process up", responses=documented_probe()
)
def get_health() -> wire.Health:
    """Answers as soon as the process does; a container's liveness probe."""
    return wire.Health(status="ok")


@router.get(
    "/readyz",
    operation_id="get_readiness",
    summary="Are database and workers up",
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
