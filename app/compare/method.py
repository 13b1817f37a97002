"""How a section of a comparison is made, and from what."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import import_module
from typing import Any

from app.compare.copies import Copies
from app.compare.shared_quotes import shared_quotes
from app.domain import deadline
from app.domain.answer import SECTIONS, Section
from app.domain.comparison import EvidenceSource, Side
from app.domain.sections.quotes import SameQuote


@dataclass(frozen=True, slots=True)
class Method:
    """How one section is made.

    `needs` are the fields of `ArticleFindings` that it reads, beside those that every article
    brings. The `version` changes with every change of `make` that changes an answer. `make` takes
    the material, how many spots an item may show and how many items a list may hold.
    """

    name: Section
    needs: frozenset[str]
    version: str
    make: Callable[["Material", int, int], Any]


@cache
def method_of(section: Section) -> Method:
    """The `METHOD` of the module of that name in `app.compare.sections`. It is imported when it is
    first asked for: most processes never compare."""
    method: Method = import_module(f"app.compare.sections.{section}").METHOD
    return method


def load_methods() -> None:
    """Imports the modules of all sections, and what these import when they are first used: 200 ms
    that the first comparison of a process would wait for."""
    for section in SECTIONS:
        method_of(section)
    for module in ("app.compare.statements.section", "scipy.sparse"):
        import_module(module)


def needs_of(sections: Collection[Section]) -> frozenset[str]:
    """The fields of `ArticleFindings` that these sections read."""
    return frozenset[str]().union(*(method_of(name).needs for name in sections))


class Material:
    """What the sections of one comparison are made from, and what several of them use, made
    once. `unclear` and `pairs` are for `statements`: see `compare`."""

    def __init__(
        self, sides: Sequence[Side], source: EvidenceSource, *, unclear: bool, pairs: int
    ) -> None:
        self.sides = sides
        self.source = source
        self.unclear = unclear
        self.pairs = pairs
        self._made: dict[tuple[Section, int, int], Any] = {}

    @cached_property
    def copies(self) -> Copies:
        """Which articles carry one text."""
        return Copies(self.sides)

    @cached_property
    def _quotes(self) -> Sequence[SameQuote]:
        return shared_quotes(self.sides, self.source)

    def quotes(self) -> Sequence[SameQuote]:
        """The quotes that two sides share, looked for at the first call."""
        return self._quotes

    def section(self, name: Section, evidence: int, top: int) -> Any:
        """A section with at most `evidence` spots an item and `top` items a list, made at the first
        call. Raises DeadlinePassed."""
        key = (name, evidence, top)
        if key not in self._made:
            deadline.check()
            self._made[key] = method_of(name).make(self, evidence, top)
        return self._made[key]

    @property
    def made(self) -> frozenset[Section]:
        """The sections that were made."""
        return frozenset(name for name, _, _ in self._made)
