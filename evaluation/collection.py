"""Articles resolved one after another into one collection, as the service does it."""

from collections.abc import Collection as Rules
from collections.abc import Sequence

from app.annotate.terms import terms
from app.domain.annotation import Annotation, Cluster
from app.domain.story import Profile
from app.languages import load
from app.resolve.across import ArticleNames, CorpusResolver
from app.resolve.context import Context
from app.stories.profile import profile


def about(text: str, annotation: Annotation, clusters: Sequence[Cluster]) -> Profile:
    """What a text is about, with the names that resolution found in it."""
    return profile(text, terms(annotation), clusters, load(annotation.language, "frequencies"))


class Collection:
    """Entities in memory, numbered from 0."""

    def __init__(self, without: Rules[str] = ()) -> None:
        self._resolver = CorpusResolver(without)
        self._numbers: dict[int, int] = {}
        self._articles = 0
        self._entities = 0

    def add(self, clusters: Sequence[Cluster], what: Profile) -> list[int]:
        """The entity of each cluster of one article, in their order."""
        self._articles += 1
        names = ArticleNames.of(clusters, Context(self._articles, None, what))
        entities = []
        for group, _ in self._resolver.take(names):
            if group not in self._numbers:
                self._numbers[group] = self.alone()
            entities.append(self._numbers[group])
        return entities

    def alone(self) -> int:
        """A new entity for a mention that nothing could claim."""
        self._entities += 1
        return self._entities - 1
