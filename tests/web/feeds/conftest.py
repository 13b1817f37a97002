"""The site whose feeds are polled, and the service that polls them."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.intake.loopback import Site, running
from tests.web.feeds.polled import service


@pytest.fixture
def site() -> Iterator[Site]:
    with running() as found:
        yield found


@pytest.fixture
def client(tmp_path: Path) -> Iterator[httpx.Client]:
    with service(tmp_path) as made:
        yield made
