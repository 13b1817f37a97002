"""A comparison as the template `compare.html` takes it."""

from collections.abc import Mapping
from typing import Any

from app.domain.answer import Comparison
from app.domain.sections.brief import HEADINGS, BriefItem, BriefSection
from app.pages.citing import Citations
from app.pages.comparison.bars import entity_bars, voice_bars
from app.pages.comparison.decks import decks
from app.pages.comparison.figures import groups, headings
from app.pages.comparison.labels import telling
from app.pages.comparison.places import atlas
from app.pages.comparison.quoted import Texts, place_of, quoted_texts
from app.pages.comparison.same_words import given_quotes
from app.pages.comparison.statements import extent, facts, nearest
from app.pages.comparison.timeline import moments
from app.pages.comparison.trimming import trimmed
from app.pages.sides import looks

# Items of a list over all sides, where nobody says how many.
_ITEMS = 36


def view(
    comparison: Comparison,
    citations: Citations,
    *,
    top: int | None = None,
    texts: Texts | None,
    more: str | None = None,
) -> dict[str, Any]:
    """What the template is given, at most `top` items of each list, by default the fewer the more
    sides there are; each section that was not asked for is None. With `texts` the page holds these
    itself; `more` is the address of the same page with longer lists."""
    sides = looks(comparison.sides, comparison.articles)
    whole, c = comparison, trimmed(comparison, top or _ITEMS // len(sides))
    quoted = quoted_texts(c, texts or {})
    return {
        "c": c,
        "sides": sides,
        "decks": decks(whole, sides),
        "whole": more,
        "href": citations.href,
        "brief": brief_parts(c.brief) if c.brief else None,
        "facts": facts(c.statements, sides) if c.statements else None,
        "near": nearest,
        "extent": extent(whole.statements, sides) if whole.statements else None,
        "figures": groups(c.figures, sides) if c.figures else None,
        "figure_headings": headings(len(sides)),
        "around": citations.around,
        "telling": telling(c.labels) if c.labels else None,
        "moments": moments(c.timeline, sides, citations) if c.timeline else None,
        "map": atlas(c.entities, sides) if c.entities else None,
        "entity_bars": entity_bars(c.entities, sides) if c.entities else None,
        "given_quotes": given_quotes(c.quotes) if c.quotes else None,
        "voice_bars": voice_bars(c.quotes, sides) if c.quotes else None,
        "texts": quoted,
        "anchors": {(e.article.article, e.article.revision): e.anchor for e in quoted},
        "holds_texts": texts is not None,
        "chart_files": {},
    }


def within(texts: Texts) -> Citations:
    """Citations that open in the page itself, which holds the texts."""
    return Citations(lambda spot: f"#{place_of(spot)}", texts)


def brief_parts(brief: BriefSection) -> Mapping[str, list[BriefItem]]:
    """The sentences of a brief under their headings."""
    parts = {
        heading: [each for each in brief.items if each.kind in kinds] for heading, kinds in HEADINGS
    }
    return {heading: items for heading, items in parts.items() if items}
