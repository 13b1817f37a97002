"""The pages of the whole service, with the sample in it."""

from collections.abc import Callable, Iterator

import httpx
import pytest

from tests.web.conftest import address as address
from tests.web.conftest import serve_sample as serve_sample

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
