"""From a text with its annotation to the quotes in it."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from app.annotate.quotes.direct import Direct
from app.annotate.quotes.indirect import Indirect, Reported
from app.annotate.quotes.language import cues as cues_of
from app.annotate.quotes.marks import Quotation, paragraphs, quotations
from app.annotate.quotes.syntax import Parse, trim
from app.domain.annotation import Annotation
from app.domain.quote import Quote
from app.domain.text import Span

_STOP = re.compile(r"[.!?](?=\s|$)")
_MARKS = "\"“”„‟«»'‘’‚‹›＂`"


def quotes(text: str, body_start: int, annotation: Annotation) -> tuple[Quote, ...]:
    """All quotes of a text, in the order of their contents; none in a language without cues."""
    cues = cues_of(annotation.language)
    if cues is None:
        return ()
    blocks = paragraphs(text, body_start)
    parse = Parse(text, annotation, blocks)
    marked = quotations(text, blocks)
    direct = Direct(parse, cues, marked).find()
    covered = [Span(item.quotation.start, item.quotation.end) for item in direct]
    used = frozenset(item.cue for item in direct if item.cue is not None)
    found: dict[Span, Quote] = {}
    for item, content in zip(direct, covered, strict=True):
        found[content] = Quote(
            "direct",
            content,
            _cue(parse, item.cue),
            item.speaker.span if item.speaker else None,
            item.speaker.name if item.speaker else None,
        )
    reports: list[Quote] = []
    for reported in Indirect(parse, cues, marked, covered, used).find():
        for quote in _reported(parse, reported, marked, covered):
            if quote.content not in found:
                found[quote.content] = quote
                reports.append(quote)
    ordered = sorted(found.values(), key=lambda quote: quote.content)
    return tuple(_continued(text, ordered))


def _continued(text: str, ordered: Sequence[Quote]) -> list[Quote]:
    """The quotes, a quotation without a cue given to whoever the sentence before it speaks of."""
    result: list[Quote] = []
    for quote in ordered:
        if quote.kind == "direct" and quote.speaker is None and result:
            before = max(result[-4:], key=lambda q: q.content.end)
            reach = max(before.content.end, before.cue.end if before.cue else 0, before.speaker.end if before.speaker else 0)
            between = text[reach : quote.content.start]
            if before.speaker is not None and reach <= quote.content.start and _ends_one_sentence(between):
                quote = replace(quote, speaker=before.speaker, name=before.name)
        result.append(quote)
    return result


def _ends_one_sentence(between: str) -> bool:
    return len(between) < 200 and len(_STOP.findall(between)) <= 1 and "\n" not in between.strip(" ")


def _cue(parse: Parse, token: int | None) -> Span | None:
    return Span(parse.starts[token], parse.ends[token]) if token is not None else None


def _reported(
    parse: Parse, item: Reported, marked: Sequence[Quotation], covered: Sequence[Span]
) -> list[Quote]:
    text = parse.text
    start, end = parse.starts[item.first], parse.ends[item.last]
    index = max(0, bisect_left(marked, start, key=lambda q: q.end))
    mixed = False
    taken = {span.start for span in covered}
    inside = []
    while index < len(marked) and marked[index].start < end:
        quotation = marked[index]
        index += 1
        if quotation.end <= start:
            continue
        if quotation.start in taken:
            if quotation.start <= start:
                start = max(start, quotation.end)
            else:
                end = min(end, quotation.start)
            continue
        mixed = True
        inside.append(quotation)
        start, end = min(start, quotation.start), max(end, quotation.end)
    if start >= end:
        return []
    span = trim(text, start, end)
    if span is None or not any(c.isalnum() for c in text[span.start:span.end]):
        return []
    kind = "mixed" if mixed else "indirect"
    s = item.speaker
    return [Quote(kind, span, _cue(parse, item.cue), s.span if s else None, s.name if s else None)]
