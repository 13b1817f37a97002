"""What answers and comparisons show of what is found in a text: the fields, and surfaces.

The records have more, which only serves to find and to match: a new field is shown nowhere unless
it is named here.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from app.domain.quote import Utterance
from app.domain.text import Span, Surface

FIGURE = (
    *("start", "end", "text", "kind", "value", "upper", "quantifier", "unit", "per", "noun"),
    "attribution",
)
DATE = ("start", "end", "text", "value", "granularity", "reason")
REFERENCE = ("start", "end", "text", "kind", "mention", "reason")


def shown(finding: object, fields: Sequence[str], **beside: object) -> dict[str, Any]:
    """These fields of a finding by name, and what stands `beside` them."""
    return {name: getattr(finding, name) for name in fields} | beside


class QuoteSurfaces(NamedTuple):
    """What stands at the places of a quote."""

    content: Surface
    cue: Surface | None
    speaker: Surface | None


def quote_surfaces(quote: Utterance, text: str) -> QuoteSurfaces:
    """The surfaces of a quote in its text."""
    return QuoteSurfaces(
        _surface(Span(quote.start, quote.end), text),
        _surface(quote.cue, text) if quote.cue else None,
        _surface(quote.speaker, text) if quote.speaker else None,
    )


def _surface(span: Span, text: str) -> Surface:
    return Surface(span.start, span.end, text[span.start : span.end])
