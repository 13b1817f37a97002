"""Addresses into rows: a page is one document, a feed one for each of its entries."""

from collections.abc import Iterator

from app.intake.fetch import Fetcher
from app.intake.pages import read_address
from app.intake.rows import Row


def is_address(name: str) -> bool:
    """Whether an input is an address on the web, and not a path."""
    return name.lower().startswith(("http://", "https://"))


def visit(fetcher: Fetcher, url: str) -> Iterator[Row]:
    """The rows of an address."""
    return read_address(fetcher, url)
