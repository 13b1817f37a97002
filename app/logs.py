"""Log lines, ours and those of libraries, in one form on standard error."""

import logging
import sys

import structlog

from app.errors import InvalidInput
from app.settings import Settings

_LEVELS = ("debug", "info", "warning", "error")


def configure(settings: Settings) -> None:
    """Sets the process's logging up; for the roots alone, since logging is one for a process.

    Raises InvalidInput for a level that is none.
    """
    level = settings.log_level.lower()
    if level not in _LEVELS:
        raise InvalidInput(
            f"PARALLAX_LOG_LEVEL: {settings.log_level!r} is none of {', '.join(_LEVELS)}"
        )
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    renderer: structlog.typing.Processor
    if settings.log_json:
        shared.append(structlog.processors.format_exc_info)
        renderer = structlog.processors.JSONRenderer()
    else:
        renderer = structlog.dev.ConsoleRenderer(
            colors=sys.stderr.isatty(),
            exception_formatter=structlog.dev.plain_traceback,
        )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level.upper())
    # A line for each request that we make and each step of a migration says nothing to who runs
    # the service.
    for library in ("httpx", "httpcore", "alembic", "mcp"):
        logging.getLogger(library).setLevel(max(root.level, logging.WARNING))
    logging.getLogger("uvicorn.access").disabled = True
