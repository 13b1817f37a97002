"""Shares as bars, mirrored where there are two sides."""

from collections.abc import Mapping, Sequence

from app.domain.sections.entities import EntitySection
from app.domain.sections.quotes import QuoteSection
from app.pages.sides import SideLook


def lengths(shares: Sequence[Mapping[str, float]]) -> list[Mapping[str, float]]:
    """The shares of items as lengths of bars, the largest of all 100."""
    largest = max((share for item in shares for share in item.values()), default=0.0)
    return [
        {key: round(100 * share / largest, 1) if largest else 0.0 for key, share in item.items()}
        for item in shares
    ]


def entity_bars(section: EntitySection, sides: Mapping[str, SideLook]) -> list[Mapping[str, float]]:
    """The bars of the shared entities, in their order."""
    return lengths(
        [{k: item.sides[k].share for k in sides if k in item.sides} for item in section.shared]
    )


def voice_bars(section: QuoteSection, sides: Mapping[str, SideLook]) -> list[Mapping[str, float]]:
    """The bars of the speakers, in their order."""
    return lengths(
        [{k: item.sides[k].share for k in sides if k in item.sides} for item in section.speakers]
    )
