"""Sides whose texts call and portray by number, and the evidence that belongs to them."""

from collections.abc import Collection, Mapping, Sequence

from app.domain.comparison import (
    ArticleFindings,
    EntityCounts,
    EntityLabel,
    EntityOccurrences,
    Side,
    Spot,
    TermOccurrences,
)
from app.domain.portrayal import Label, LabelKind, Part, Role

# Entity, kind and label; entity, part, verb and whether it is negated.
type Called = tuple[int, LabelKind, str]
type Done = tuple[int, Part, str, bool]


class Portrayals:
    """Articles made of words in a row, each a label or a verb; a source of evidence for them."""

    def __init__(self) -> None:
        self.read: dict[int, str] = {}

    def side(self, key: str, *articles: tuple[Sequence[Called], Sequence[Done]]) -> Side:
        """A side with these articles."""
        return Side(key, key.title(), tuple(self._article(*each) for each in articles))

    def _article(self, called: Sequence[Called], done: Sequence[Done]) -> ArticleFindings:
        number, text, owners = len(self.read), "", {}
        labels, roles = [], []
        for entity, kind, words in called:
            owners[len(text)] = entity
            labels.append(Label(len(text), len(text) + len(words), words, kind, len(text)))
            text += words + " "
        for entity, part, verb, negated in done:
            owners[len(text)] = entity
            end = len(text) + len(verb)
            roles.append(Role(len(text), end, verb, part, negated, verb == "say", len(text)))
            text += verb + " "
        self.read[number] = text
        return ArticleFindings(
            number,
            1,
            len(text.split()),
            "test",
            False,
            EntityCounts((), (), (), ()),
            {},
            owners=owners,
            labels=labels,
            roles=roles,
        )

    def labels(self, entities: Collection[int]) -> Mapping[int, EntityLabel]:
        return {entity: EntityLabel(f"Entity {entity}", "ORG") for entity in entities}

    def mentions(
        self, wanted: Collection[EntityOccurrences], limit: int
    ) -> Mapping[EntityOccurrences, Sequence[Spot]]:
        return {}

    def terms(
        self, wanted: Collection[TermOccurrences], limit: int
    ) -> Mapping[TermOccurrences, Sequence[Spot]]:
        return {}

    def texts(self, articles: Collection[int]) -> Mapping[int, str]:
        return {article: self.read[article] for article in articles}
