"""One pool of small analysers for all tests of the runner, and a fresh store for each."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.jobs.pool import AnalyserPool
from app.store.engine.schema import upgrade
from app.store.engine.sessions import Store
from tests.databases import new_url
from tests.jobs.imports_under_way import Services
from tests.jobs.small_analysers import Obedient


@pytest.fixture(scope="session")
def obedient() -> Iterator[AnalyserPool]:
    with AnalyserPool(Obedient, 2) as pool:
        yield pool


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    url = new_url(tmp_path)
    upgrade(url)
    with Store(url, busy_seconds=1.0) as store:
        yield store


@pytest.fixture
def service() -> Iterator[Services]:
    services = Services()
    yield services
    services.end()
