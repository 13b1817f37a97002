"""A well-known thing and the names it goes by."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.place import Place

# Of several things with one name the most prominent is meant where it has so many times the
# prominence (Wikidata: articles in all languages) of the next, and some of its own: 'Paris' the
# capital has over 300 articles, the one in Texas 60. Below that a name stays in doubt.
PROMINENT_TIMES = 4
LEAST_PROMINENCE = 10


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing in the world with the names it goes by. `country` is ISO 3166-1 alpha-2: where a
    place is, and whom a people or an institution belongs to. `prominence` (0 where nobody knows)
    weighs it against others of the same name."""

    id: str
    name: str
    type: str
    aliases: tuple[str, ...] = ()
    description: str | None = None
    place: Place | None = None
    country: str | None = None
    wikidata: str | None = None
    prominence: int = 0

    @property
    def names(self) -> tuple[str, ...]:
        """The name and its aliases."""
        return (self.name, *self.aliases)


def meant(entries: Sequence[Entry]) -> Entry | None:
    """The one of several entries of one name that is meant without more being said: the only one,
    or one far more prominent than every other; None where that leaves a doubt."""
    if len(entries) == 1:
        return entries[0]
    first, *rest = sorted(entries, key=lambda entry: -entry.prominence)
    most = max(entry.prominence for entry in rest)
    if first.prominence >= LEAST_PROMINENCE and first.prominence >= PROMINENT_TIMES * most:
        return first
    return None
