"""The sides of a comparison as sentences name them, and which places the brief has quoted."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from app.compare.phrases import listed, number, quoted
from app.domain.comparison import Side, Spot
from app.domain.names import fold

# Spots of one side that a sentence shows.
SPOTS = 3


class Sides:
    """The sides in their order, with the phrases by which sentences refer to them."""

    def __init__(self, sides: Sequence[Side]) -> None:
        self.keys = tuple(side.key for side in sides)
        self.names: Mapping[str, str] = {side.key: side.name for side in sides}
        self.published: Mapping[int, date | None] = {
            article.article: article.published for side in sides for article in side.articles
        }

    def ordered(self, keys: Collection[str]) -> tuple[str, ...]:
        """These sides in the order of the comparison."""
        return tuple(key for key in self.keys if key in keys)

    def named(self, keys: Collection[str]) -> str:
        """The names of these sides: 'A and B'."""
        return listed(self.names[key] for key in self.ordered(keys))

    def together(self, keys: Collection[str]) -> str:
        """These sides as the subject of a sentence: 'Both', 'All three', or their names."""
        if len(self.ordered(keys)) < len(self.keys):
            return self.named(keys)
        return "Both" if len(self.keys) == 2 else f"All {number(len(self.keys))}"

    def within(self, keys: Collection[str]) -> str:
        """These sides as where something stands: 'both', 'all three', or their names."""
        whole = len(self.ordered(keys)) == len(self.keys)
        return self.together(keys).lower() if whole else self.named(keys)

    def others(self, key: str) -> str:
        """All sides but one, as those in which something was not found: 'B', 'the other two'."""
        names = [self.names[each] for each in self.keys if each != key]
        return names[0] if len(names) == 1 else f"the other {number(len(names))}"

    def words(self, found: Mapping[str, Iterable[Spot]], joint: str = ", ") -> str:
        """The words of each side that has any: '“31” in A, “28” in B'."""
        parts = []
        for key in self.ordered(found):
            surfaces = dict.fromkeys(quoted(spot.text) for spot in found[key])
            if surfaces:
                parts.append(f"{listed(surfaces)} in {self.names[key]}")
        return joint.join(parts)

    def evidence(self, *found: Mapping[str, Iterable[Spot]]) -> dict[str, tuple[Spot, ...]]:
        """The spots of all these maps by side, each once, in their order."""
        spots: defaultdict[str, dict[Spot, None]] = defaultdict(dict)
        for each in found:
            for key, some in each.items():
                spots[key].update(dict.fromkeys(some))
        return {key: tuple(spots[key]) for key in self.keys if spots[key]}


class NameIndex:
    """Finds names that may mean the same person or thing: all words of one are words of the other
    ('Weiss', 'Anna Weiss')."""

    def __init__(self, named: Iterable[tuple[int | None, str]]) -> None:
        self._by_word: defaultdict[str, set[tuple[int | None, frozenset[str]]]] = defaultdict(set)
        for entity, name in named:
            words = frozenset(fold(name).split())
            for word in words:
                self._by_word[word].add((entity, words))

    def may_be_another(self, entity: int | None, name: str, *, fuller: bool = False) -> bool:
        """Whether another entity has this name or a fuller one, or, unless `fuller`, a shorter one.
        A name without an entity (None) always counts as another's."""
        words = frozenset(fold(name).split())
        return any(
            (words <= other or (not fuller and other <= words))
            for word in words
            for of, other in self._by_word.get(word, ())
            if of is None or of != entity
        )


class Told:
    """The places of the texts that the brief has quoted so far."""

    def __init__(self) -> None:
        self._spans: defaultdict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)

    def add(self, found: Mapping[str, Iterable[Spot]]) -> None:
        """Marks these places as quoted."""
        for spots in found.values():
            for spot in spots:
                self._spans[spot.article, spot.revision].append((spot.start, spot.end))

    def __contains__(self, spot: Spot) -> bool:
        """Whether this place overlaps one that was quoted."""
        spans = self._spans.get((spot.article, spot.revision), ())
        return any(start < spot.end and spot.start < end for start, end in spans)

    def covers(self, spot: Spot) -> bool:
        """Whether a single quoted place covers half of this one or more."""
        spans = self._spans.get((spot.article, spot.revision), ())
        most = max((min(e, spot.end) - max(s, spot.start) for s, e in spans), default=0)
        return 2 * most >= spot.end - spot.start
