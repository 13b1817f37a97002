"""The sections of a comparison put together."""

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from app.compare import statements
from app.compare.copies import Copies
from app.compare.sections import (
    brief,
    entities,
    figures,
    labels,
    quotes,
    reuse,
    roles,
    terms,
    timeline,
)
from app.domain.answer import NEEDS, WRITTEN_FROM, Comparison, Section
from app.domain.comparison import (
    EvidenceSource,
    LeftOut,
    Side,
    SideSummary,
)
from app.domain.sections.quotes import SameQuote


class _Method(NamedTuple):
    """How a section is made, and the version of that."""

    make: Callable[..., Any]
    version: str


def _statement_section(*sides: Any, **options: Any) -> Any:
    # Here, for most processes never compare, and it brings numpy and scipy.
    from app.compare.statements.section import statement_section

    return statement_section(*sides, **options)


_METHODS: Mapping[Section, _Method] = {
    "entities": _Method(entities.entity_section, entities.METHOD),
    "terms": _Method(terms.term_section, terms.METHOD),
    "labels": _Method(labels.label_section, labels.METHOD),
    "roles": _Method(roles.role_section, roles.METHOD),
    "quotes": _Method(quotes.quote_section, quotes.METHOD),
    "figures": _Method(figures.figure_section, figures.METHOD),
    "timeline": _Method(timeline.timeline_section, timeline.METHOD),
    "statements": _Method(_statement_section, statements.METHOD),
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
    pairs: int = statements.PAIRS,
    versions: Mapping[str, str],
) -> Comparison:
    """What two to eight sides share and what sets them apart, in the sections asked for.

    `evidence` bounds the spots of an item on a side, `top` the items of a list. Swapping sides
    swaps the answer. `unclear` lists the sentences of which `statements` can say neither that they
    are shared nor that they are one side's alone; of very large sides at most `pairs` pairs of
    sentences are weighed there. A `brief` is written from sections that have
    enough for it, whether or not these are answered too. `versions` names what the findings came
    from; the methods' own are added.
    """
    asked = [name for name in _METHODS if name in sections]
    making = {*asked, *(WRITTEN_FROM if "brief" in sections else ())}
    copies = Copies(sides) if any("fingerprints" in NEEDS[name] for name in making) else None

    @cache
    def quoted() -> Sequence[SameQuote]:
        return quotes.same_quotes(sides, source)

    def make(name: Section, evidence: int, top: int) -> Any:
        more: dict[str, object] = {}
        if "fingerprints" in NEEDS[name]:
            more["copies"] = copies
        if name in ("quotes", "statements"):
            more["quoted"] = quoted
        if name == "statements":
            more |= {"unclear": unclear, "pairs": pairs}
        return _METHODS[name].make(sides, source, evidence=evidence, top=top, **more)

    made: dict[str, Any] = {name: make(name, evidence, top) for name in asked}
    versions = {
        **versions,
        **{f"compare.{name}": _METHODS[name].version for name in _METHODS if name in making},
    }
    if "brief" in sections:
        enough = evidence >= brief.SPOTS and top >= brief.ITEMS
        written_from = {
            name: made[name]
            if enough and name in made
            else make(name, max(evidence, brief.SPOTS), max(top, brief.ITEMS))
            for name in WRITTEN_FROM
        }
        made["brief"] = brief.brief_section(brief.Sections(**written_from), sides, top=top)
        versions["compare.brief"] = brief.METHOD
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
        versions=versions,
        **made,
    )
