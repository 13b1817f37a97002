"""Articles of sentences written down, without a model: for the parts of `statements`."""

import zlib
from collections.abc import Collection, Mapping, Sequence

from app.compare.statements.sentences import Statement, statements_of
from app.domain.comparison import (
    ArticleFindings,
    EntityCounts,
    EntityLabel,
    EntityOccurrences,
    Side,
    Spot,
    TermOccurrences,
)
from app.domain.names import fold
from app.domain.statement import Sentence


class Told:
    """Sides of articles, an article its sentences in a row; and where their texts come from (an
    `EvidenceSource` that knows no names and no terms, for the sentences have none)."""

    def __init__(self, *sides: Sequence[Sequence[str]], language: str = "en") -> None:
        self.by_article: dict[int, str] = {}
        self.sides = [
            Side(
                f"s{number}",
                f"S{number}",
                tuple(self._article(each, language) for each in articles),
            )
            for number, articles in enumerate(sides)
        ]

    def _article(self, sentences: Sequence[str], language: str) -> ArticleFindings:
        number, text, found = len(self.by_article), "", []
        for each in sentences:
            digest = zlib.crc32(fold(each).encode())
            found.append(Sentence(len(text), len(text) + len(each), digest=digest))
            text += each + " "
        self.by_article[number] = text
        nothing = EntityCounts((), (), (), ())
        return ArticleFindings(
            number, 1, len(text.split()), "", False, nothing, {}, language, sentences=found
        )

    def texts(self, articles: Collection[int]) -> Mapping[int, str]:
        """The text of every article asked for."""
        return {number: self.by_article[number] for number in articles}

    def labels(self, entities: Collection[int]) -> Mapping[int, EntityLabel]:
        """None."""
        return {}

    def mentions(
        self, wanted: Collection[EntityOccurrences], limit: int
    ) -> Mapping[EntityOccurrences, Sequence[Spot]]:
        """None."""
        return {}

    def terms(
        self, wanted: Collection[TermOccurrences], limit: int
    ) -> Mapping[TermOccurrences, Sequence[Spot]]:
        """None."""
        return {}

    def statements(self, most: int | None = None) -> list[Statement]:
        """The sentences of all sides."""
        return statements_of(self.sides, self.by_article, most)
