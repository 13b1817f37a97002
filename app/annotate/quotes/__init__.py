"""Who says what: direct, mixed and indirect speech with its content, cue and speaker."""

from app.annotate.quotes.direct import Direct
from app.annotate.quotes.language import cues as cues_of
from app.annotate.quotes.marks import paragraphs, quotations
from app.annotate.quotes.syntax import Parse
from app.domain.annotation import Annotation
from app.domain.quote import Quote
from app.domain.text import Span


def quotes(text: str, body_start: int, annotation: Annotation) -> tuple[Quote, ...]:
    cues = cues_of(annotation.language)
    if cues is None:
        return ()
    blocks = paragraphs(text, body_start)
    parse = Parse(text, annotation, blocks)
    marked = quotations(text, blocks)
    found = []
    for item in Direct(parse, cues, marked).find():
        cue = Span(parse.starts[item.cue], parse.ends[item.cue]) if item.cue is not None else None
        s = item.speaker
        found.append(Quote("direct", Span(item.quotation.start, item.quotation.end), cue, s.span if s else None, s.name if s else None))
    return tuple(sorted(found, key=lambda q: q.content))
