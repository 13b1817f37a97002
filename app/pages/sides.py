"""How the sides of a comparison look: each has a letter and a number, which its colour goes by."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.domain.comparison import ComparedArticle, SideSummary

LETTERS = "ABCDEFGH"


@dataclass(frozen=True, slots=True)
class SideLook:
    """A side with its `letter` and, from 1, its `number`; its articles, those left out too."""

    number: int
    letter: str
    side: SideSummary
    articles: Sequence[ComparedArticle]

    @property
    def key(self) -> str:
        """Names the side in the maps of an answer."""
        return self.side.key

    @property
    def name(self) -> str:
        """The name for people."""
        return self.side.name


def looks(
    sides: Sequence[SideSummary], articles: Sequence[ComparedArticle]
) -> Mapping[str, SideLook]:
    """The look of each side by its key, in their order."""
    return {
        side.key: SideLook(
            number, LETTERS[number - 1], side, [each for each in articles if each.side == side.key]
        )
        for number, side in enumerate(sides, 1)
    }
