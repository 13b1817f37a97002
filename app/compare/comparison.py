"""The sections of a comparison put together."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, NamedTuple

from app.compare import entities, figures, labels, quotes, reuse, roles, statements, terms, timeline
from app.compare.copies import Copies
from app.domain.answer import NEEDS, Comparison, Section
from app.domain.comparison import (
    EvidenceSource,
    LeftOut,
    Side,
    SideSummary,
)


class _Method(NamedTuple):
    """How a section is made, and the version of that."""

    make: Callable[..., Any]
    version: str


_METHODS: Mapping[Section, _Method] = {
    "entities": _Method(entities.entity_section, entities.METHOD),
    "terms": _Method(terms.term_section, terms.METHOD),
    "labels": _Method(labels.label_section, labels.METHOD),
    "roles": _Method(roles.role_section, roles.METHOD),
    "quotes": _Method(quotes.quote_section, quotes.METHOD),
    "figures": _Method(figures.figure_section, figures.METHOD),
    "timeline": _Method(timeline.timeline_section, timeline.METHOD),
    "statements": _Method(statements.statement_section, statements.METHOD),
    "reuse": _Method(reuse.reuse_section, reuse.METHOD),
}


def compare(
    sides: Sequence[Side],
    source: EvidenceSource,
    *,
    left_out: Sequence[LeftOut],
    sections: Collection[Section],
    evidence: int,
    top: int,
    unclear: bool = False,
    versions: Mapping[str, str],
) -> Comparison:
    """What two to eight sides share and what sets them apart, in the sections asked for.

    `evidence` bounds the spots of an item on a side, `top` the items of a list. Swapping sides
    swaps the answer. `unclear` lists the sentences of which `statements` can say neither that they
    are shared nor that they are one side's alone. `versions` names what the findings came from; the
    methods' own are added.
    """
    asked = {name: method for name, method in _METHODS.items() if name in sections}
    telling = [name for name in asked if "fingerprints" in NEEDS[name]]
    copies = {"copies": Copies(sides)} if telling else {}
    listing = {"unclear": unclear}
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
        versions={
            **versions,
            **{f"compare.{name}": method.version for name, method in asked.items()},
        },
        **{
            name: method.make(
                sides,
                source,
                evidence=evidence,
                top=top,
                **(copies if name in telling else {}),
                **(listing if name == "statements" else {}),
            )
            for name, method in asked.items()
        },
    )
