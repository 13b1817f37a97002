"""The pages of the whole service, with the sample in it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.conftest import address as address
from tests.web.conftest import serve_sample as serve_sample

# Milliseconds: the first text waits for the models to be loaded.
_PATIENCE = 90_000
expect.set_options(timeout=30_000)
PASTED = (
    (
        "Harbour Post",
        "Ferry strike ends in Kelmouth",
        "The strike at the Mercer Line ferries in Kelmouth ended on Friday. At least 400 seamen "
        'had stopped work for nine days. "We won everything we asked for," said Ada Brookes, who '
        "leads the union. Ferries to Hallow Island will sail again on Monday.",
    ),
    (
        "Inland Herald",
        "Ferries to sail again",
        "The Mercer Line's ferries in Kelmouth will sail to Hallow Island again on Monday after a "
        "strike that 417 seamen took part in. The company gave way on pay alone, said Ada "
        "Brookes of the union. A lawyer called the strike unlawful.",
    ),
)


@pytest.fixture(scope="session")
def browser(address: str) -> Iterator[httpx.Client]:
    """A client that would rather have HTML, as browsers do."""
    accept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    with httpx.Client(base_url=address, timeout=70, headers={"Accept": accept}) as client:
        yield client


type Paste = Callable[..., httpx.Response]


@pytest.fixture(scope="session")
def paste(browser: httpx.Client) -> Paste:
    """Sends texts in the form of `/compare`: (outlet, headline, text) each."""

    def send(*texts: tuple[str, str, str]) -> httpx.Response:
        fields = {
            "source": [each[0] for each in texts],
            "title": [each[1] for each in texts],
            "text": [each[2] for each in texts],
        }
        return browser.post("/compare", data=fields)

    return send


type Open = Callable[..., Page]


@pytest.fixture
def opened(chromium: Browser, address: str) -> Iterator[Open]:
    """Opens pages of the service with the sample."""
    with opening(chromium, address) as open_page:
        yield open_page


@contextmanager
def opening(chromium: Browser, address: str) -> Iterator[Open]:
    """Opens pages of a service; at the end nothing was asked of other hosts, and no console had
    errors."""
    trouble: list[str] = []
    contexts = []

    def open_page(**settings: Any) -> Page:
        context = chromium.new_context(base_url=address, **settings)
        context.set_default_timeout(_PATIENCE)
        contexts.append(context)
        page = context.new_page()

        def asked(url: str) -> None:
            if not url.startswith((address, "data:", "blob:")):
                trouble.append(url)

        page.on("request", lambda request: asked(request.url))
        page.on("pageerror", lambda error: trouble.append(str(error)))
        page.on("console", lambda said: _complaint(trouble, said.type, said.text))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert trouble == []


def _complaint(trouble: list[str], kind: str, text: str) -> None:
    # A page that is not there, or is about what cannot be done, is told in the console too.
    if kind in ("error", "warning") and not any(f"status of {n}" in text for n in (404, 422)):
        trouble.append(text)
