"""Which places an answer needs to show: found by counting, before any of them is fetched."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from heapq import nsmallest

from app.domain.comparison import ArticleFindings, EntityLabel, EvidenceSource, Side, Spot
from app.domain.names import fold
from app.domain.portrayal import Label, Role


def _first_occurrences[Item, Occurrence](
    side: Side,
    shown: Collection[Item],
    counts: Callable[[ArticleFindings], Iterable[tuple[Item, int]]],
    occurrence: Callable[[ArticleFindings, Item], Occurrence],
    limit: int,
) -> dict[Item, list[Occurrence]]:
    """For each shown item the articles of this side that hold its first `limit` occurrences, in
    their order, each as `occurrence` names it."""
    wanted = set(shown)
    occurrences: dict[Item, list[Occurrence]] = {item: [] for item in shown}
    found = dict.fromkeys(shown, 0)
    for article in side.articles if limit > 0 else ():
        if not wanted:
            break
        for item, count in counts(article):
            if item in wanted:
                occurrences[item].append(occurrence(article, item))
                found[item] += count
                if found[item] >= limit:
                    wanted.discard(item)
    return occurrences


def first_spots[Item, Occurrence](
    shown: Mapping[str, Collection[Item]],
    sides: Sequence[Side],
    counts: Callable[[ArticleFindings], Iterable[tuple[Item, int]]],
    occurrence: Callable[[ArticleFindings, Item], Occurrence],
    look_up: Callable[[Collection[Occurrence], int], Mapping[Occurrence, Sequence[Spot]]],
    limit: int,
) -> dict[str, dict[Item, tuple[Spot, ...]]]:
    """For each side the first `limit` spots of each item that is shown for it. `counts` are an
    article's items with how often it has each, `occurrence` names one in an article, and `look_up`
    (of an `EvidenceSource`) finds the spots of all that are wanted, asked once or not at all."""
    occurrences = {
        side.key: _first_occurrences(side, shown[side.key], counts, occurrence, limit)
        for side in sides
    }
    wanted = [each for of in occurrences.values() for found in of.values() for each in found]
    spots = look_up(wanted, limit) if wanted else {}
    return {
        key: {item: _spots_at(found, spots, limit) for item, found in of.items()}
        for key, of in occurrences.items()
    }


def owned[Owned: (Label, Role)](
    side: Side, of: Callable[[ArticleFindings], Iterable[Owned]]
) -> Iterator[tuple[ArticleFindings, int, Owned]]:
    """The labels or roles of a side whose mention belongs to an entity: with their article and
    that entity, in the order of the articles and their texts."""
    for article in side.articles:
        owners = article.owners
        for each in of(article):
            entity = owners.get(each.mention)
            if entity is not None:
                yield article, entity, each


def spot_in(article: ArticleFindings, start: int, end: int, texts: Mapping[int, str]) -> Spot:
    """The evidence at `[start, end)` of an article, whose text is among `texts`."""
    return article.spot(start, end, texts[article.article][start:end])


def _spots_at[Occurrence](
    occurrences: Iterable[Occurrence], spots: Mapping[Occurrence, Sequence[Spot]], limit: int
) -> tuple[Spot, ...]:
    """The first `limit` spots of these occurrences, in their order."""
    return tuple(spot for each in occurrences for spot in spots.get(each, ()))[:limit]


def first_ranked[Weight: (int, tuple[bool, int])](
    weights: Mapping[int, Weight], source: EvidenceSource, top: int
) -> tuple[list[int], Mapping[int, EntityLabel]]:
    """The first `top` entities by weight, ascending, then by name; and the labels of all that came
    into question. Only for those is the source asked, which may be slow."""
    candidates = list(weights)
    if len(candidates) > top:
        last = nsmallest(top, weights.values())[-1]
        candidates = [entity for entity in candidates if weights[entity] <= last]
    labels = source.labels(candidates)

    def rank(entity: int) -> tuple[Weight, str, str, str, int]:
        name, type_, _ = labels[entity]
        return weights[entity], fold(name), name, type_, entity

    return sorted(candidates, key=rank)[:top], labels
