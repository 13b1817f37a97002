"""Who is named on each side, how prominently, and how far apart the sides are in it."""

from collections.abc import Mapping, Sequence
from math import fsum, log2, sqrt

from app.compare.evidence import first_places, join
from app.domain.comparison import (
    EntityItem,
    EntityOnSide,
    EntityPlace,
    EntitySection,
    EvidenceSource,
    Findings,
    Side,
    Spot,
)
from app.domain.names import fold

METHOD = "1"

# What makes an entity salient in a news text: how often it is named, and whether headline and
# lead name it (the strongest features that Dunietz & Gillick 2014 report). The weights are ours.
_FREQUENCY, _HEADLINE, _LEAD = 0.5, 0.3, 0.2


class _Tally:
    """What one side's articles add up to for one entity."""

    __slots__ = ("articles", "headline", "lead", "mentions", "salience")

    def __init__(self) -> None:
        self.mentions = self.articles = self.headline = self.lead = 0
        self.salience = 0.0


def entity_section(
    sides: Sequence[Side], source: EvidenceSource, *, evidence: int, top: int
) -> EntitySection:
    """Shared entities and those that one side alone names, each list cut at `top` items, each
    item with at most `evidence` spots a side, chosen by position."""
    tallies = {side.key: _tally(side) for side in sides}
    named = sorted({entity for tally in tallies.values() for entity in tally})
    labels = source.labels(named)
    shared: list[int] = []
    only: dict[str, list[int]] = {side.key: [] for side in sides}
    for entity in named:
        keys = [key for key, tally in tallies.items() if entity in tally]
        (shared if len(keys) > 1 else only[keys[0]]).append(entity)

    def rank(entity: int) -> tuple[int, int, str, str, str, int]:
        found = [tally[entity] for tally in tallies.values() if entity in tally]
        label = labels[entity]
        return (
            -sum(each.mentions for each in found),
            -sum(each.articles for each in found),
            fold(label.name),
            label.name,
            label.type,
            entity,
        )

    shown = sorted(shared, key=rank)[:top]
    shown_only = {key: sorted(entities, key=rank)[:top] for key, entities in only.items()}
    every = [*shown, *(entity for entities in shown_only.values() for entity in entities)]
    spots = _spots(sides, tallies, every, source, evidence)
    totals = {key: _total(tally) for key, tally in tallies.items()}
    counts = {side.key: len(side.articles) for side in sides}

    def item(entity: int) -> EntityItem:
        return EntityItem(
            entity,
            *labels[entity],
            {
                key: _on_side(tally[entity], totals[key], counts[key], spots[key][entity])
                for key, tally in tallies.items()
                if entity in tally
            },
        )

    return EntitySection(
        distance=distance(
            [{e: t.mentions for e, t in tally.items()} for tally in tallies.values()]
        ),
        shared=tuple(map(item, shown)),
        only={key: tuple(map(item, entities)) for key, entities in shown_only.items()},
        more=len(named) - len(every),
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
    terms = []
    for item in {item for side in sides for item in side}:
        shares = [side.get(item, 0) / total for side, total in zip(sides, totals, strict=True)]
        mean = fsum(shares) / len(sides)
        terms += [share * log2(share / mean) for share in shares if share]
    divergence = fsum(terms) / len(sides) / log2(len(sides))
    return round(sqrt(min(max(divergence, 0.0), 1.0)), 6)


def salience(article: Findings) -> dict[int, float]:
    """How much an article is about each of its entities, in 0..1.

    Half is its mentions relative to those of the article's most mentioned entity, three tenths a
    place in the headline, a fifth one in the lead; where there is no headline the other two
    share its weight. Features: Dunietz & Gillick 2014; the weights are set by hand.
    """
    most = max((finding.mentions for finding in article.entities), default=1)
    scale = 1.0 if article.titled else 1.0 / (1.0 - _HEADLINE)
    return {
        entity: scale
        * (_FREQUENCY * mentions / most + _HEADLINE * (headline > 0) + _LEAD * (lead > 0))
        for entity, mentions, headline, lead in article.entities
    }


def _tally(side: Side) -> dict[int, _Tally]:
    tallies: dict[int, _Tally] = {}
    for article in side.articles:
        weights = salience(article)
        for entity, mentions, headline, lead in article.entities:
            tally = tallies.get(entity)
            if tally is None:
                tally = tallies[entity] = _Tally()
            tally.mentions += mentions
            tally.articles += 1
            tally.headline += headline
            tally.lead += lead
            tally.salience += weights[entity]
    return tallies


def _total(tallies: Mapping[int, _Tally]) -> int:
    return sum(tally.mentions for tally in tallies.values())


def _on_side(tally: _Tally, total: int, articles: int, spots: tuple[Spot, ...]) -> EntityOnSide:
    return EntityOnSide(
        mentions=tally.mentions,
        articles=tally.articles,
        share=round(tally.mentions / total, 6),
        headline=tally.headline,
        lead=tally.lead,
        salience=round(tally.salience / articles, 6),
        evidence=spots,
    )


def _spots(
    sides: Sequence[Side],
    tallies: Mapping[str, Mapping[int, _Tally]],
    shown: Sequence[int],
    source: EvidenceSource,
    limit: int,
) -> dict[str, dict[int, tuple[Spot, ...]]]:
    places = {
        side.key: first_places(
            side,
            [entity for entity in shown if entity in tallies[side.key]],
            lambda article: ((found.entity, found.mentions) for found in article.entities),
            lambda article, entity: EntityPlace(article.article, article.revision, entity),
            limit,
        )
        for side in sides
    }
    wanted = [place for of in places.values() for each in of.values() for place in each]
    spots = source.mentions(wanted, limit) if wanted else {}
    return {
        key: {entity: join(each, spots, limit) for entity, each in of.items()}
        for key, of in places.items()
    }
