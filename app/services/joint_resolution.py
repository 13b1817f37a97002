"""Names of several texts to entities in memory, as ingest does it with those of the store."""

from collections.abc import Iterable

from app.resolve.across import Names, Resolution


def resolve_together(texts: Iterable[Names]) -> list[list[int]]:
    """The entity of each cluster of each text, numbered from 1 as they appear."""
    resolution = Resolution()
    numbers: dict[int, int] = {}
    return [
        [numbers.setdefault(group, len(numbers) + 1) for group, _ in resolution.take(names)]
        for names in texts
    ]
