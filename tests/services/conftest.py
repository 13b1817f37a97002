"""A fresh store for each test of the services."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.store.engine.schema import upgrade
from app.store.engine.sessions import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    url = f"sqlite:///{tmp_path / 'collection.db'}"
    upgrade(url)
    with Store(url, busy_seconds=1.0) as store:
        yield store
