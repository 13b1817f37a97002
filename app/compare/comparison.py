"""The sections of a comparison put together."""

from collections.abc import Collection, Mapping, Sequence

from app.compare import entities, terms
from app.domain.comparison import (
    Comparison,
    EvidenceSource,
    LeftOut,
    Section,
    Side,
    SideSummary,
)

METHODS: Mapping[Section, str] = {"entities": entities.METHOD, "terms": terms.METHOD}


def compare(
    sides: Sequence[Side],
    source: EvidenceSource,
    *,
    left_out: Sequence[LeftOut],
    sections: Collection[Section],
    evidence: int,
    top: int,
    versions: Mapping[str, str],
) -> Comparison:
    """What two to eight sides share and what sets them apart, in the sections asked for.

    `evidence` bounds the spots of an item on a side, `top` the items of a list. Swapping sides
    swaps the answer. `versions` names what the findings came from; the methods' own are added.
    """
    methods = {f"compare.{name}": METHODS[name] for name in METHODS if name in sections}
    return Comparison(
        sides=tuple(
            SideSummary(
                side.key,
                side.name,
                len(side.articles),
                sum(article.words for article in side.articles),
            )
            for side in sides
        ),
        left_out=tuple(left_out),
        versions={**versions, **methods},
        entities=entities.entity_section(sides, source, evidence=evidence, top=top)
        if "entities" in sections
        else None,
        terms=terms.term_section(sides, source, evidence=evidence, top=top)
        if "terms" in sections
        else None,
    )
