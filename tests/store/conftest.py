"""A store in a fresh folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from desk import new_store

from app.store.sessions import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty store, made by the real migrations."""
    with new_store(tmp_path) as made:
        yield made
