"""The HTTP service put together: the one place where its parts meet."""

import gc
import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import ExitStack, asynccontextmanager
from functools import partial
from pathlib import Path

from anyio.to_thread import current_default_thread_limiter
from fastapi import Depends, FastAPI
from fastapi.concurrency import run_in_threadpool
from fastapi.middleware.cors import CORSMiddleware
from starlette.middleware import Middleware
from starlette.routing import Match, Route
from starlette.types import Scope

from app import __version__, logs
from app.agents.http import PATH, AgentEndpoint
from app.agents.parts import Allowed, Parts
from app.domain.page import ArticleFilter, PageRequest
from app.intake.fetch import Fetcher
from app.jobs.elsewhere import Elsewhere, Onlooker
from app.jobs.encoding import EncoderProcess
from app.jobs.feed_loop import FeedPolling
from app.jobs.pool import AnalyserPool, analyser_pool
from app.jobs.runner import Runner
from app.jobs.webhook_loop import WebhookLoop
from app.measures import all_sums
from app.pages import assembly as pages
from app.pages.problems import ProblemPages
from app.services import query
from app.services.vectors import Encoder, Vectors
from app.services.work import Work
from app.settings import Settings
from app.store.engine.schema import upgrade
from app.store.engine.sessions import Store
from app.web import documentation, problems
from app.web.body_limit import BodyLimit
from app.web.dependencies import THREADS, Patience, PatientEncoder, PatientFetcher, Service
from app.web.folder_load import FolderLoad
from app.web.guard import Guard, RateLimit
from app.web.keys import HEADER, Keys
from app.web.metrics import Gauges, Metrics
from app.web.observation import Observation
from app.web.parameters.check import check_query
from app.web.representation import Representation
from app.web.routes import (
    articles,
    changes,
    compare,
    corrections,
    entities,
    export,
    feeds,
    imports,
    service,
    sources,
    stories,
    webhooks,
)
from app.web.routing import include
from app.web.security_headers import SafeHeaders
from app.web.sessions import Sessions
from app.web.streams import Streams

_ROUTERS = (
    *(articles, imports, stories, entities, corrections, sources, compare, changes, webhooks),
    *(feeds, export),
)


def create_app(
    settings: Settings | None = None,
    pool: AnalyserPool | None = None,
    *,
    elsewhere: Elsewhere | None = None,
) -> FastAPI:
    """The application for these settings, by default those of the environment. A `pool` that is
    given stays its owner's to close; without one the application has its own. With `elsewhere` it
    has none and analyses nothing: another process does.

    Raises InvalidInput for a setting that makes no sense.
    """
    settings = settings or Settings()
    logs.configure(settings)
    metrics = Metrics()
    keys = Keys(settings.api_keys, for_reads=settings.keys_for_reads)
    sessions = Sessions(_session_secret(settings, elsewhere), keys)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        current_default_thread_limiter().total_tokens = THREADS
        with ExitStack() as parts:
            app.state.service = await run_in_threadpool(
                _assemble, parts, settings, metrics, pool, elsewhere
            )
            await run_in_threadpool(pages.load)
            # What is there by now stays for good: without this every full collection walks all of
            # it, 60 ms in the middle of one request in twenty.
            gc.collect()
            gc.freeze()
            # A large comparison makes a million objects, none of them in cycles: with Python's own
            # thresholds looking for these takes a quarter of its time.
            gc.set_threshold(50_000, 20, 20)
            gc.enable()
            yield
            await run_in_threadpool(parts.close)

    app = FastAPI(
        title="Parallax",
        version=__version__,
        summary=documentation.SUMMARY,
        description=documentation.DESCRIPTION,
        openapi_tags=documentation.TAGS,
        license_info=documentation.LICENSE,
        contact=documentation.contact(settings.contact),
        servers=documentation.SERVERS,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        dependencies=[Depends(check_query)],
        lifespan=lifespan,
        middleware=_middleware(settings, metrics, sessions),
    )
    problems.install(app)
    documentation.install(app)
    for module in _ROUTERS:
        include(app, module.router)
    # Its front page goes before the links that programs find there.
    pages.install(app)
    include(app, service.router)
    app.router.routes.append(_SeenRoute(PATH, _agents(settings), methods=["POST"]))
    app.webhooks.include_router(webhooks.messages)
    documentation.publish(app, keys)
    return app


def _session_secret(settings: Settings, elsewhere: Elsewhere | None) -> bytes:
    """What signs the sessions of browsers: the same in all web processes of one start."""
    if settings.session_secret:
        return settings.session_secret.encode()
    return elsewhere.key if elsewhere else secrets.token_bytes(32)


def at_work(
    parts: ExitStack, settings: Settings, pool: AnalyserPool, encoder: Encoder | None = None
) -> tuple[Store, Runner]:
    """The store, brought up to date, and who does its work with the workers of the pool; closing
    `parts` ends them.

    Raises ParallaxError where the database cannot be used.
    """
    upgrade(settings.database_url)
    store = parts.enter_context(Store(settings.database_url))
    store.hold_room()
    fetcher = Fetcher.from_settings(settings)
    filling = Vectors(store, encoder) if encoder else None
    runner = parts.enter_context(Runner(store, pool, settings, fetcher, filling))
    poll_feeds(parts, settings, store, runner.wake)
    parts.enter_context(WebhookLoop(store, fetcher, settings.fetch_timeout))
    if settings.articles:
        parts.enter_context(
            FolderLoad(Path(settings.articles), store, settings, fetcher, runner.wake)
        )
    return store, runner


def poll_feeds(
    parts: ExitStack, settings: Settings, store: Store, accepted: Callable[[], None]
) -> None:
    """Has the feeds of the store polled, unless the settings say no; closing `parts` ends it."""
    if settings.feeds:
        # Asked once: whoever fails is asked again at the next poll.
        fetcher = Fetcher.from_settings(settings, attempts=1)
        parts.enter_context(FeedPolling(store, settings, fetcher, accepted))


def _assemble(
    parts: ExitStack,
    settings: Settings,
    metrics: Metrics,
    pool: AnalyserPool | None,
    elsewhere: Elsewhere | None,
) -> Service:
    """The parts of the service, at work; closing `parts` ends them in the opposite order.

    Raises ParallaxError where the database cannot be used.
    """
    encoder: Encoder | None = None
    if settings.vectors:
        encoder = elsewhere or parts.enter_context(EncoderProcess())
    work: Work
    if elsewhere:
        store = parts.enter_context(Store(settings.database_url))
        work, analyse = elsewhere, elsewhere.analyse
        elsewhere.count_there()
    elif pool or settings.workers:
        # First, since its workers take seconds to load and do so beside all else.
        pool = pool or parts.enter_context(analyser_pool(settings))
        store, work = at_work(parts, settings, pool, encoder)
        analyse = pool.analyse
    else:
        upgrade(settings.database_url)
        store = parts.enter_context(Store(settings.database_url))
        work = onlooker = Onlooker(store)
        fetcher = Fetcher.from_settings(settings)
        parts.enter_context(WebhookLoop(store, fetcher, settings.fetch_timeout))
        analyse = onlooker.analyse
        poll_feeds(parts, settings, store, onlooker.wake)
    sums = elsewhere.sums if elsewhere else all_sums
    metrics.show(Gauges(partial(_articles_by_state, store), work.status, store.sizes, sums))
    patience = Patience(work)
    return Service(
        settings,
        store,
        analyse,
        work,
        patience,
        Fetcher.from_settings(settings),
        metrics,
        encoder,
        Vectors(store, PatientEncoder(encoder, patience)) if encoder else None,
        Streams(store, settings.max_streams),
    )


class _SeenRoute(Route):
    """A route that the log and the metrics see, as they do those of the framework."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        match, inner = super().matches(scope)
        return match, {**inner, "route": self}


def _agents(settings: Settings) -> AgentEndpoint:
    """Where agents ask. What writes is theirs only with a key: of an open service everyone who
    reaches it knows, of a tool that is offered to a model not even its user."""

    def parts(scope: Scope) -> Parts:
        service: Service = scope["app"].state.service

        fetcher = PatientFetcher(service.fetcher, service.patience)
        wait = service.patience.wait
        analyse = service.analyse_while_asked
        return Parts(settings, service.store, service.vectors, fetcher, analyse, wait)

    def allowed(caller: str | None) -> Allowed:
        return Allowed(analysing=bool(caller) or not settings.api_keys, writing=bool(caller))

    return AgentEndpoint(
        parts, allowed, settings.mcp_hosts, settings.cors_origins, settings.max_body_bytes
    )


def _articles_by_state(store: Store) -> dict[str, int]:
    one = PageRequest(limit=1, exact=True)
    with store.read() as session:
        return {
            state: query.articles(session, ArticleFilter(state=state), one).total.value
            for state in ("pending", "ready", "failed")
        }


def _middleware(settings: Settings, metrics: Metrics, sessions: Sessions) -> list[Middleware]:
    """From the outermost to the innermost."""
    cors = Middleware(
        CORSMiddleware,
        allow_origins=settings.cors_origins,
        allow_methods=["GET", "POST", "PATCH", "DELETE"],
        allow_headers=[HEADER, "Content-Type", "If-None-Match", "X-Request-ID"],
        expose_headers=["ETag", "Location", "Retry-After", "X-Request-ID"],
    )
    return [
        Middleware(Observation, metrics=metrics),
        Middleware(SafeHeaders),
        *([cors] if settings.cors_origins else []),
        Middleware(ProblemPages),
        Middleware(problems.Unexpected),
        Middleware(Representation),
        Middleware(
            BodyLimit, max_body=settings.max_body_bytes, max_import=settings.max_import_bytes
        ),
        Middleware(
            Guard,
            sessions=sessions,
            rate_limit=RateLimit(settings.rate_limit),
            origins=settings.cors_origins,
        ),
    ]
