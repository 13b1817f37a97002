"""Names of several texts to entities in memory, as ingest does it with those of the store."""

from collections.abc import Iterable

from app.resolve.across import ArticleNames, CorpusResolver


def resolve_together(texts: Iterable[ArticleNames]) -> list[list[int]]:
    """The entity of each cluster of each text, numbered from 1 as they appear."""
    resolver = CorpusResolver()
    numbers: dict[int, int] = {}
    return [
        [numbers.setdefault(group, len(numbers) + 1) for group, _ in resolver.take(names)]
        for names in texts
    ]
