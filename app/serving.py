"""`parallax serve`. It imports little before its workers start: they load their models while the
rest is imported, which takes seconds on both sides."""

import ctypes
import gc
import json
import os
import signal
import sys
import threading
from contextlib import nullcontext, suppress
from typing import TYPE_CHECKING, Annotated

import typer

from app.errors import FieldError, InvalidInput
from app.linear_algebra import ONE_THREAD

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from socket import socket

    from app.settings import Settings

# For requests under way when the service is told to end; its threads need as long again.
_GRACE_SECONDS = 4
# Parameters of mallopt(3).
_M_MMAP_THRESHOLD, _M_ARENA_MAX = -3, -8


def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(help="Port to listen on; 0 for one that is free.", min=0, max=65535)
    ] = 8000,
    web_workers: Annotated[
        int,
        typer.Option(
            help="Processes that answer; rate limits and connections are counted in each.",
            min=1,
            max=64,
        ),
    ] = 1,
) -> None:
    """Serve the API and its documentation (/docs).

    Brings the database up to date by itself, and analyses what is pending.
    """
    prepare()
    from app.jobs.pool import analyser_pool
    from app.listening import is_loopback, listening
    from app.store.engine.schema import upgrade

    settings = read_settings(serving=True)
    if web_workers > 1 and settings.workers == 0:
        raise InvalidInput(
            "--web-workers answer with what this process analyses, and PARALLAX_WORKERS is 0: "
            "start as many services instead."
        )
    if not settings.api_keys and not is_loopback(host):
        typer.echo(
            f"parallax: everyone who reaches {host} may read, write and delete: PARALLAX_API_KEYS "
            "is not set.",
            err=True,
        )
    # First, and held: nobody waits for a migration and a model to learn that the port is taken.
    analysers = analyser_pool(settings) if settings.workers else nullcontext()
    with listening(host, port) as sockets, analysers as pool:
        # A database that cannot be used is told in a sentence; uvicorn would log where it was met.
        upgrade(settings.database_url)
        if pool and web_workers > 1:
            from app.web_workers import supervise

            supervise(sockets, settings, pool, web_workers)
        else:
            from app.main import create_app

            answer(create_app(settings, pool), settings, sockets)


def prepare() -> None:
    """Makes this process one that serves; before more is imported."""
    # What is imported and put together stays for good: collections among it find nothing and are a
    # sixth of the start. The application turns them on again when it is ready.
    gc.disable()
    _give_memory_back()


def answer(
    app: "Callable[..., Awaitable[None]]", settings: "Settings", sockets: "list[socket]"
) -> None:
    """Answers at these sockets until the process is told to end."""
    import uvicorn

    from app.protocol import bounded

    server = uvicorn.Server(
        uvicorn.Config(
            app,
            http=bounded(settings.max_connections, settings.request_timeout),
            ws="none",
            proxy_headers=bool(settings.trusted_proxies),
            forwarded_allow_ips=list(settings.trusted_proxies),
            timeout_graceful_shutdown=_GRACE_SECONDS,
            log_config=None,
            access_log=False,
        )
    )
    try:
        with suppress(KeyboardInterrupt):
            server.run(sockets)
    except SystemExit:
        # uvicorn's code for a start that failed is 3, which says 'done in part' here.
        raise typer.Exit(1) from None


def web_process() -> None:
    """What each of several web processes does; `app.web_workers` starts it and tells it on standard
    input where to answer, and whom to ask for analyses."""
    os.environ.update(ONE_THREAD)
    prepare()
    from socket import socket

    from app.jobs.elsewhere import Elsewhere
    from app.main import create_app

    settings = read_settings(serving=True)
    given = json.loads(sys.stdin.buffer.readline())
    threading.Thread(target=_end_with_parent, daemon=True).start()
    sockets = [socket(fileno=each) for each in given["sockets"]]
    elsewhere = Elsewhere(given["address"], bytes.fromhex(given["key"]))
    answer(create_app(settings, elsewhere=elsewhere), settings, sockets)


def _end_with_parent() -> None:
    """Ends this process with the one that started it, however that ended."""
    sys.stdin.buffer.read()
    os.kill(os.getpid(), signal.SIGTERM)


def _give_memory_back() -> None:
    """Has glibc, where that is the allocator, return large pieces to the system as soon as they are
    free, and share two heaps among all threads. By itself it keeps pieces of up to 32 MB once it
    has seen such, and makes eight heaps a core: a comparison's tables would stay for ever."""
    with suppress(OSError, AttributeError):
        mallopt = ctypes.CDLL(None).mallopt
        mallopt(_M_MMAP_THRESHOLD, 1_000_000)
        mallopt(_M_ARENA_MAX, 2)


def read_settings(*, serving: bool = False) -> "Settings":
    """The settings of the environment; a command that shows its own progress logs less.

    A variable PARALLAX_* that is like no setting is told on standard error. Raises InvalidInput
    with the names of those that make no sense, or that are a setting misspelt.
    """
    from pydantic import ValidationError

    from app import logs
    from app.settings import Settings

    _check_names()
    try:
        settings = Settings()
    except ValidationError as problems:
        errors = [
            FieldError(
                f"PARALLAX_{'_'.join(map(str, each['loc'][:1])).upper()}",
                each["msg"].removeprefix("Value error, "),
            )
            for each in problems.errors()
        ]
        names = ", ".join(error.pointer for error in errors)
        raise InvalidInput(f"These settings make no sense: {names}.", errors=errors) from None
    if "log_level" not in settings.model_fields_set:
        level = "info" if serving else "warning"
        settings = settings.model_copy(update={"log_level": level})
    logs.configure(settings)
    return settings


def _check_names() -> None:
    """Told, because a key or an address that is not read would go unnoticed for long. What is like
    no setting is let pass: Kubernetes sets PARALLAX_PORT and more for a service of our name."""
    from app.settings import unknown_names

    unknown = unknown_names(os.environ)
    errors = [
        FieldError(name, f"there is no such setting: did you mean {nearest}?")
        for name, nearest in unknown.items()
        if nearest
    ]
    if errors:
        names = ", ".join(error.pointer for error in errors)
        raise InvalidInput(f"These settings are misspelt: {names}.", errors=errors)
    for name in unknown:
        typer.echo(
            f"parallax: {name} is no setting and is not read (the README lists them).", err=True
        )
