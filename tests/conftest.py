"""What holds for all tests."""

import pytest
from hypothesis import settings

# Properties have no deadline: a busy machine is no failure.
settings.register_profile("parallax", deadline=None)
settings.load_profile("parallax")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Says in a line how many tests a clone without `../shared` leaves out."""
    skipped = terminalreporter.stats.get("skipped", ())
    left_out = sum("../shared" in str(each.longrepr) for each in skipped)
    if left_out:
        terminalreporter.write_line(
            f"Left out: {left_out} tests that read the articles and the data of ../shared."
        )
