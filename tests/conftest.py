"""What holds for all tests."""

import os
import shutil
from collections.abc import Iterator

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

from tests.databases import TestServer

# Properties have no deadline: a busy machine is no failure. Each run tries the same examples, so
# that a change fails for what it changes; `make fuzz` tries others each time.
settings.register_profile("parallax", deadline=None, derandomize="FUZZ" not in os.environ)
settings.load_profile("parallax")


_SERVER = pytest.StashKey[TestServer]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--engine postgresql`: the run starts a server for itself."""
    parser.addoption(
        "--engine", choices=("sqlite", "postgresql"), default="sqlite", help="The database engine."
    )


def pytest_configure(config: pytest.Config) -> None:
    """Starts the server, once for all worker processes."""
    if config.getoption("--engine") == "postgresql" and "PYTEST_XDIST_WORKER" not in os.environ:
        config.stash[_SERVER] = TestServer()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Ends it."""
    if _SERVER in config.stash:
        config.stash[_SERVER].stop()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Says in a line how many tests a clone without `../shared` leaves out."""
    skipped = terminalreporter.stats.get("skipped", ())
    left_out = sum("../shared" in str(each.longrepr) for each in skipped)
    if left_out:
        terminalreporter.write_line(
            f"Left out: {left_out} tests that read the articles and the data of ../shared."
        )


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The one browser of a test process: it has room for one Playwright."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.skip("there is no chromium here (apt-get install chromium)")
    with sync_playwright() as playwright:
        # A resolver that knows no host but ours: nothing reaches the network, asked for or not.
        browser = playwright.chromium.launch(
            executable_path=path,
            args=["--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"],
        )
        yield browser
        browser.close()
