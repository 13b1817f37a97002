"""The articles of `PARALLAX_ARTICLES`, loaded beside the first requests."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Self

import structlog

from app.errors import InvalidInput, ParallaxError
from app.intake.readers import read_path
from app.services.ingest import PageFetcher, submit
from app.settings import Settings
from app.store.engine.sessions import Store

_log = structlog.get_logger("parallax.loading")

_STOP_SECONDS = 5.0


class FolderLoad:
    """Loads a folder, file or manifest in a thread of its own, and calls `wake` when all is loaded.
    Each start may load it anew: articles that are there already are recognised, and deleted ones
    stay deleted. Use as a context manager.

    Raises InvalidInput where there is nothing at `path`.
    """

    def __init__(
        self,
        path: Path,
        store: Store,
        settings: Settings,
        fetcher: PageFetcher,
        wake: Callable[[], None],
    ) -> None:
        if not path.exists():
            raise InvalidInput(f"PARALLAX_ARTICLES: there is no file or folder {path}")
        self._path = path
        self._store = store
        self._settings = settings
        self._fetcher = fetcher
        self._wake = wake
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._load, name="loading", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopping.set()
        self._thread.join(_STOP_SECONDS)

    def _load(self) -> None:
        taken = failed = 0
        try:
            rows = read_path(self._path)
            for each in submit(self._store, rows, self._settings, self._fetcher):
                if each.error is None:
                    taken += 1
                else:
                    failed += 1
                    place = each.name or f"line {each.line}"
                    _log.warning("article_not_loaded", place=place, why=each.error.detail)
                if self._stopping.is_set():
                    return
        except ParallaxError as error:
            _log.error("loading_stopped", path=str(self._path), why=error.detail)
        self._wake()
        _log.info("articles_loaded", path=str(self._path), taken=taken, failed=failed)
