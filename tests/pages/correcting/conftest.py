"""A collection of its own to be corrected, by browsers that need no key, signed in, or did not."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from app.main import create_app
from app.settings import Settings
from tests.databases import new_url
from tests.pages.correcting.sending import send
from tests.web.conftest import SAMPLE, SAMPLE_ARTICLES, serving, wait_until_ready

KEY = "a key"
BROWSER = {"Accept": "text/html", "Sec-Fetch-Site": "same-origin"}


@pytest.fixture(scope="session")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A database with the sample in it."""
    folder: Path = tmp_path_factory.mktemp("corrected")
    url = new_url(folder, "corrected", keep=True)
    app = create_app(Settings(database_url=url, articles=str(SAMPLE), log_level="error"))
    with serving(app) as address:
        wait_until_ready(address, SAMPLE_ARTICLES)
    return url


def service(url: str, *keys: str) -> Iterator[str]:
    settings = Settings(
        database_url=url, api_keys=keys, workers=0, vectors=False, feeds=False, log_level="error"
    )
    with serving(create_app(settings)) as address:
        yield address


@pytest.fixture(scope="session")
def open_address(url: str) -> Iterator[str]:
    yield from service(url)


@pytest.fixture(scope="session")
def keyed_address(url: str) -> Iterator[str]:
    yield from service(url, KEY)


@pytest.fixture
def stranger(keyed_address: str) -> Iterator[httpx.Client]:
    """A browser that has not signed in."""
    with httpx.Client(base_url=keyed_address, headers=BROWSER, timeout=70) as client:
        yield client


@pytest.fixture(params=["without keys", "signed in"])
def browser(
    request: pytest.FixtureRequest, open_address: str, keyed_address: str
) -> Iterator[httpx.Client]:
    signed_in = request.param == "signed in"
    address = keyed_address if signed_in else open_address
    with httpx.Client(base_url=address, headers=BROWSER, timeout=70) as client:
        if signed_in:
            answer = send(client, client.get("/sign-in"), "/sign-in", key=KEY)
            assert answer.status_code == 303
        yield client


@pytest.fixture
def visitor(open_address: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=open_address, headers=BROWSER, timeout=70) as client:
        yield client
