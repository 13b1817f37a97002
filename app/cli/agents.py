"""`parallax mcp`: the tools of an agent over standard input and output."""

import signal
from collections.abc import Sequence
from contextlib import ExitStack
from threading import Lock
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.assembly import open_collection, open_encoder
from app.domain.annotation import Analysis, AnalysisInput
from app.serving import read_settings

if TYPE_CHECKING:
    from app.intake.fetch import Fetcher
    from app.jobs.pool import AnalyserPool
    from app.jobs.runner import Runner
    from app.settings import Settings
    from app.store.engine.sessions import Store


def mcp(
    write: Annotated[
        bool, typer.Option("--write", help="Offer add_text, which stores articles.")
    ] = False,
) -> None:
    """Offer the collection to an agent, by the Model Context Protocol on standard input and output.

    A client starts this command itself; docs/agents.md says how it is told to. Over HTTP the
    service offers the same at /mcp.
    """
    from app.agents.parts import Allowed, Parts
    from app.agents.stdio import answer
    from app.intake.fetch import Fetcher
    from app.services.vectors import Vectors

    settings = read_settings()
    # A thread waits for standard input, which nothing interrupts: Ctrl-C ends this process as
    # SIGTERM does, and its workers end with it.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    with (
        open_collection(settings) as store,
        open_encoder(settings) as encoder,
        ExitStack() as parts,
    ):
        vectors = Vectors(store, encoder) if encoder else None
        fetcher = Fetcher.from_settings(settings)
        late = _WhenNeeded(parts, store, settings, fetcher)
        answer(
            Parts(settings, store, vectors, fetcher, late.analyse, late.wait),
            Allowed(analysing=True, writing=write),
        )


class _WhenNeeded:
    """The workers, which take seconds to start and 500 MB, from when a tool first needs them."""

    def __init__(
        self, parts: ExitStack, store: "Store", settings: "Settings", fetcher: "Fetcher"
    ) -> None:
        self._parts = parts
        self._store = store
        self._settings = settings
        self._fetcher = fetcher
        self._lock = Lock()
        self._pool: AnalyserPool | None = None
        self._runner: Runner | None = None

    def analyse(self, texts: list[AnalysisInput]) -> Sequence[Analysis]:
        """The analyses of texts that are stored nowhere."""
        return self._workers().analyse(texts)

    def wait(self, article: int, seconds: int) -> None:
        """Waits until the article is analysed, here or by a service on the same collection."""
        from app.jobs.runner import Runner

        pool = self._workers()
        with self._lock:
            if self._runner is None:
                runner = Runner(self._store, pool, self._settings, self._fetcher)
                self._runner = self._parts.enter_context(runner)
        self._runner.wait(article, seconds)

    def _workers(self) -> "AnalyserPool":
        from app.jobs.pool import analyser_pool

        with self._lock:
            if self._pool is None:
                self._pool = self._parts.enter_context(analyser_pool(self._settings))
        return self._pool
