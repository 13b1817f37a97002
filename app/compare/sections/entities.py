"""Who is named on each side, how prominently, and how far apart the sides are in it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from heapq import nsmallest
from itertools import chain
from math import fsum, log2, sqrt

from app.compare.evidence import first_spots
from app.compare.method import Method
from app.compare.notes import reach
from app.domain.comparison import (
    ArticleFindings,
    EntityOccurrences,
    EvidenceSource,
    Side,
    Spot,
    rounded,
)
from app.domain.names import fold
from app.domain.sections.entities import EntityItem, EntityOnSide, EntitySection

# What makes an entity salient in a news text: how often it is named, and whether headline and
# lead name it (the strongest features that Dunietz & Gillick 2014 report). The weights are ours.
_FREQUENCY, _HEADLINE, _LEAD = 0.5, 0.3, 0.2


class _Tally:
    """The sums over one side's articles for one entity."""

    __slots__ = ("articles", "headline", "lead", "mentions", "salience")

    def __init__(self, mentions: int, headline: int, lead: int, salience: float) -> None:
        self.mentions, self.headline, self.lead = mentions, headline, lead
        self.articles, self.salience = 1, salience


def entity_section(
    sides: Sequence[Side], source: EvidenceSource, *, evidence: int, top: int
) -> EntitySection:
    """Shared entities and those that one side alone names, `top` of each; of what the sides alone
    name the first of each side, then the second, and so on. Each item has at most `evidence` spots
    a side, chosen by position."""
    tallies = {side.key: _tally(side) for side in sides}
    shared, only = _parted(tallies)
    lists = [_head(shared, tallies, top), *(_head(each, tallies, top) for each in only.values())]
    labels = source.labels([entity for candidates in lists for entity in candidates])

    def rank(entity: int) -> tuple[int, int, str, str, str, int]:
        name, type_, _ = labels[entity]
        return (*_weight(entity, tallies), fold(name), name, type_, entity)

    shown, *alone = (sorted(candidates, key=rank)[:top] for candidates in lists)
    shown_only = _in_turns(alone, top)
    every = [*shown, *(entity for entities in shown_only for entity in entities)]
    spots = first_spots(
        {key: [entity for entity in every if entity in of] for key, of in tallies.items()},
        sides,
        lambda article: zip(article.entities.entities, article.entities.mentions, strict=True),
        lambda article, entity: EntityOccurrences(article.article, article.revision, entity),
        source.mentions,
        evidence,
    )
    totals = {key: _total(tally) for key, tally in tallies.items()}
    counts = {side.key: len(side.articles) for side in sides}

    def item(entity: int) -> EntityItem:
        label = labels[entity]
        return EntityItem(
            entity,
            label.name,
            label.type,
            {
                key: _on_side(tally[entity], totals[key], counts[key], spots[key][entity])
                for key, tally in tallies.items()
                if entity in tally
            },
            label.place,
        )

    return EntitySection(
        distance=distance(
            [{e: t.mentions for e, t in tally.items()} for tally in tallies.values()]
        ),
        shared=tuple(map(item, shown)),
        only={
            key: tuple(map(item, entities)) for key, entities in zip(only, shown_only, strict=True)
        },
        more=len(shared) + sum(map(len, only.values())) - len(every),
        note=reach(sides, "named entities", lambda article: article.entities.entities),
    )


def distance[Item](sides: Sequence[Mapping[Item, int]]) -> float | None:
    """The Jensen-Shannon distance of the sides' shares (Lin 1991), 0 (alike) to 1 (nothing in
    common), or None where a side is empty.

    The divergence is the general one for any number of distributions of equal weight, in bits;
    its upper bound, log2 of their number, scales it to 0..1, and its root is the distance. Sums
    are exact, so that the order of the sides makes no difference.
    """
    totals = [sum(side.values()) for side in sides]
    if not all(totals):
        return None
    named = Counter(chain.from_iterable(sides))
    # What one side alone names adds its share times log2(share / (share / sides)).
    terms = [
        sum(count for item, count in side.items() if named[item] == 1) / total * log2(len(sides))
        for side, total in zip(sides, totals, strict=True)
    ]
    for item in (item for item, number in named.items() if number > 1):
        shares = [side.get(item, 0) / total for side, total in zip(sides, totals, strict=True)]
        mean = fsum(shares) / len(sides)
        terms += [share * log2(share / mean) for share in shares if share]
    divergence = fsum(terms) / len(sides) / log2(len(sides))
    return rounded(sqrt(min(max(divergence, 0.0), 1.0)))


def salience(article: ArticleFindings) -> list[float]:
    """How much an article is about each of its entities, in their order, in 0..1.

    Half is its mentions relative to those of the article's most mentioned entity, three tenths a
    place in the headline, a fifth one in the lead; where there is no headline the other two
    share its weight. Features: Dunietz & Gillick 2014; the weights are set by hand.
    """
    counts = article.entities
    scale = 1.0 if article.titled else 1.0 / (1.0 - _HEADLINE)
    most = max(counts.mentions, default=1)
    named, headlined, led = scale * _FREQUENCY / most, scale * _HEADLINE, scale * _LEAD
    return [
        named * mentions + (headlined if headline else 0.0) + (led if lead else 0.0)
        for mentions, headline, lead in zip(
            counts.mentions, counts.headline, counts.lead, strict=True
        )
    ]


def _tally(side: Side) -> dict[int, _Tally]:
    tallies: dict[int, _Tally] = {}
    for article in side.articles:
        rows = zip(article.entities.rows(), salience(article), strict=True)
        for (entity, mentions, headline, lead), weight in rows:
            tally = tallies.get(entity)
            if tally is None:
                tallies[entity] = _Tally(mentions, headline, lead, weight)
            else:
                tally.mentions += mentions
                tally.articles += 1
                tally.headline += headline
                tally.lead += lead
                tally.salience += weight
    return tallies


def _parted(
    tallies: Mapping[str, Mapping[int, _Tally]],
) -> tuple[list[int], dict[str, list[int]]]:
    """The entities of several sides, and for each side those that it alone names."""
    sides = Counter(chain.from_iterable(tallies.values()))
    return (
        [entity for entity, number in sides.items() if number > 1],
        {key: [entity for entity in tally if sides[entity] == 1] for key, tally in tallies.items()},
    )


def _weight(entity: int, tallies: Mapping[str, Mapping[int, _Tally]]) -> tuple[int, int]:
    """The negated mentions and articles: sorted ascending, the most mentioned comes first."""
    mentions = articles = 0
    for tally in tallies.values():
        if entity in tally:
            mentions -= tally[entity].mentions
            articles -= tally[entity].articles
    return mentions, articles


def _head(entities: list[int], tallies: Mapping[str, Mapping[int, _Tally]], top: int) -> list[int]:
    """The entities that may be among the first `top`. Equal ones are ordered by name, so all that
    tie with the last are kept."""
    if len(entities) <= top:
        return entities
    weights = {entity: _weight(entity, tallies) for entity in entities}
    last = nsmallest(top, weights.values())[-1]
    return [entity for entity, weight in weights.items() if weight <= last]


def _in_turns(lists: Sequence[list[int]], most: int) -> list[list[int]]:
    """The beginnings of the lists, `most` items together."""
    places = sorted((rank, place) for place, each in enumerate(lists) for rank in range(len(each)))
    taken = Counter(place for _, place in places[:most])
    return [each[: taken[place]] for place, each in enumerate(lists)]


def _total(tallies: Mapping[int, _Tally]) -> int:
    return sum(tally.mentions for tally in tallies.values())


def _on_side(tally: _Tally, total: int, articles: int, spots: tuple[Spot, ...]) -> EntityOnSide:
    return EntityOnSide(
        mentions=tally.mentions,
        articles=tally.articles,
        share=rounded(tally.mentions / total),
        headline=tally.headline,
        lead=tally.lead,
        salience=rounded(tally.salience / articles),
        evidence=spots,
    )


METHOD = Method(
    "entities",
    needs=frozenset({"entities"}),
    version="2",
    make=lambda material, evidence, top: entity_section(
        material.sides, material.source, evidence=evidence, top=top
    ),
)
