"""A fresh store for each test of the services."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.store.engine.schema import upgrade
from app.store.engine.sessions import Store
from tests.databases import new_url


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    url = new_url(tmp_path)
    upgrade(url)
    with Store(url, busy_seconds=1.0) as store:
        yield store
