"""A store in a fresh folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.store.engine.sessions import Store
from tests.store.desk import new_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store, made by the real migrations."""
    with new_store(tmp_path) as made:
        yield made
