"""The parts of a command put together: the store, the encoder of sentences, the workers."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import TYPE_CHECKING

from app.serving import read_settings

if TYPE_CHECKING:
    from app.intake.fetch import Fetcher
    from app.jobs.encoding import EncoderProcess
    from app.jobs.pool import AnalyserPool
    from app.jobs.runner import Runner
    from app.settings import Settings
    from app.store.engine.sessions import Store


@contextmanager
def open_store(settings: "Settings") -> "Iterator[Store]":
    """The store of these settings, its schema brought up to date, made where there is none."""
    from app.store.engine.schema import upgrade
    from app.store.engine.sessions import Store

    upgrade(settings.database_url)
    with Store(settings.database_url) as store:
        yield store


def open_encoder(settings: "Settings") -> "AbstractContextManager[EncoderProcess | None]":
    """What makes sentence vectors, None where the settings want none."""
    from app.jobs.encoding import EncoderProcess

    return EncoderProcess() if settings.vectors else nullcontext()


@contextmanager
def open_collection(settings: "Settings | None" = None) -> "Iterator[Store]":
    """The store of a collection that is there already: to read from, or to correct. Raises
    NotFound where there is none."""
    from app.store.engine.schema import require_collection

    settings = settings or read_settings()
    require_collection(settings.database_url)
    with open_store(settings) as store:
        yield store


@contextmanager
def working(
    store: "Store", settings: "Settings", fetcher: "Fetcher"
) -> "Iterator[tuple[Runner, AnalyserPool]]":
    """Workers that analyse what is pending, and what runs them."""
    from app.jobs.pool import analyser_pool
    from app.jobs.runner import Runner

    with analyser_pool(settings) as pool:
        # A missing model is told before anything is taken.
        pool.check()
        with Runner(store, pool, settings, fetcher) as runner:
            yield runner, pool
