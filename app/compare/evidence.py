"""Which places an answer needs to show: found by counting, before any of them is fetched."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from heapq import nsmallest

from app.domain.comparison import EntityLabel, EvidenceSource, Findings, Side, Spot
from app.domain.names import fold


def first_places[Item, Place](
    side: Side,
    shown: Collection[Item],
    counts: Callable[[Findings], Iterable[tuple[Item, int]]],
    place: Callable[[Findings, Item], Place],
    limit: int,
) -> dict[Item, list[Place]]:
    """For each shown item the places, in the order of the articles, that hold its first `limit`
    occurrences on this side: no more articles than those need."""
    wanted = set(shown)
    places: dict[Item, list[Place]] = {item: [] for item in shown}
    found = dict.fromkeys(shown, 0)
    for article in side.articles if limit > 0 else ():
        if not wanted:
            break
        for item, count in counts(article):
            if item in wanted:
                places[item].append(place(article, item))
                found[item] += count
                if found[item] >= limit:
                    wanted.discard(item)
    return places


def spot_in(article: Findings, start: int, end: int, texts: Mapping[int, str]) -> Spot:
    """The evidence at `[start, end)` of an article, whose text is among `texts`."""
    return article.spot(start, end, texts[article.article][start:end])


def join[Place](
    places: Iterable[Place], spots: Mapping[Place, Sequence[Spot]], limit: int
) -> tuple[Spot, ...]:
    """The first `limit` spots at these places, in their order."""
    return tuple(spot for place in places for spot in spots.get(place, ()))[:limit]


def first_ranked[Weight: (int, tuple[bool, int])](
    weights: Mapping[int, Weight], source: EvidenceSource, top: int
) -> tuple[list[int], Mapping[int, EntityLabel]]:
    """The first `top` entities by weight, ascending, of equal ones by name, and their labels:
    names are asked for those alone that may be among them."""
    candidates = list(weights)
    if len(candidates) > top:
        last = nsmallest(top, weights.values())[-1]
        candidates = [entity for entity in candidates if weights[entity] <= last]
    labels = source.labels(candidates)

    def rank(entity: int) -> tuple[Weight, str, str, str, int]:
        name, type_ = labels[entity]
        return weights[entity], fold(name), name, type_, entity

    return sorted(candidates, key=rank)[:top], labels
