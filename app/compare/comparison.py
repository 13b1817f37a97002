"""The sections of a comparison put together."""

from collections.abc import Collection, Mapping, Sequence

from app.compare.method import Material, method_of
from app.compare.statements import PAIRS
from app.domain.answer import SECTIONS, Comparison, Section
from app.domain.comparison import (
    NO_FILTERS,
    ComparedArticle,
    EvidenceSource,
    Filters,
    LeftOut,
    Side,
    SideSummary,
)


def compare(
    sides: Sequence[Side],
    source: EvidenceSource,
    *,
    articles: Sequence[ComparedArticle] = (),
    filters: Filters = NO_FILTERS,
    left_out: Sequence[LeftOut],
    sections: Collection[Section],
    evidence: int,
    top: int,
    unclear: bool = False,
    pairs: int = PAIRS,
    versions: Mapping[str, str],
) -> Comparison:
    """What two to eight sides share and what sets them apart, in the sections asked for.

    `evidence` bounds the spots of an item on a side, `top` the items of a list. Swapping sides
    swaps the answer. `unclear` lists the sentences of which `statements` can say neither that they
    are shared nor that they are one side's alone; of very large sides at most `pairs` pairs of
    sentences are weighed there. `articles` are all that stand on the sides; `versions` names
    what the findings came from; those of the methods
    that made a section, or what a section is written from, are added.
    """
    material = Material(sides, source, unclear=unclear, pairs=pairs)
    answered = {
        name: material.section(name, evidence, top) for name in SECTIONS if name in sections
    }
    return Comparison(
        sides=tuple(
            SideSummary(
                side.key,
                side.name,
                len(side.articles),
                sum(article.words for article in side.articles),
                side.since,
                side.until,
            )
            for side in sides
        ),
        articles=tuple(articles),
        filters=filters,
        left_out=tuple(left_out),
        versions={
            **versions,
            **{
                f"compare.{name}": method_of(name).version
                for name in SECTIONS
                if name in material.made
            },
        },
        **answered,
    )
