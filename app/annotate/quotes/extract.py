"""From a text with its annotation to the quotes in it."""

import re
from collections.abc import Sequence
from dataclasses import replace

from app.annotate.quotes.direct import Direct
from app.annotate.quotes.indirect import Indirect, Reported
from app.annotate.quotes.language import quote_cues
from app.annotate.quotes.marks import Quotation, paragraphs, quotations
from app.annotate.quotes.speakers import Speaker
from app.annotate.quotes.syntax import QuoteParse, trim
from app.annotate.quotes.transcripts import transcript
from app.domain.annotation import Annotation
from app.domain.quote import Quote, QuoteKind
from app.domain.spans import Spans
from app.domain.text import Span

_BEFORE = 4  # quotes: what one says may be nested in what another does
_NEAR = 200  # characters from what one says to a quotation that goes on with it
_STOP = re.compile(r"[.!?](?=\s|$)")


def quotes(text: str, body_start: int, annotation: Annotation) -> tuple[Quote, ...]:
    """All quotes of a text, in the order of their contents; none in a language without cues.

    `body_start` says where the body begins (code points); no quote crosses a paragraph, except a
    quotation whose mark is left open and opens again. Time grows in proportion to the text. Any
    text will do, however its marks are set. Cues and their clauses are found over the parse as
    Krestel, Bergler & Witte (2008) and Pareti et al. (2013) describe it, by lists of verbs.
    """
    blocks = paragraphs(text, body_start)
    return quotes_among(text, annotation, blocks, quotations(text, blocks))


def quotes_among(
    text: str,
    annotation: Annotation,
    blocks: Sequence[tuple[int, int]],
    marked: Sequence[Quotation],
) -> tuple[Quote, ...]:
    """As `quotes`, for a text whose paragraphs and quotations are known."""
    cues = quote_cues(annotation.language)
    if cues is None:
        return ()
    said = list(transcript(text, blocks, annotation.mentions, cues))
    if said:
        return tuple(said)
    parse = QuoteParse(text, annotation, blocks, cues)
    direct = Direct(parse, cues, marked).find()
    covered = [Span(item.quotation.start, item.quotation.end) for item in direct]
    taken = frozenset(span.start for span in covered)
    used = frozenset(item.cue for item in direct if item.cue is not None)
    found = {
        content: _quote(parse, "direct", content, item.cue, item.speaker)
        for item, content in zip(direct, covered, strict=True)
    }
    marks = Spans(marked)
    for item in Indirect(parse, cues, marks, covered, used).find():
        reported = _reported(parse, item, marks, taken)
        if reported is not None:
            found.setdefault(reported.content, reported)
    return tuple(_continued(text, sorted(found.values(), key=lambda quote: quote.content)))


def _quote(
    parse: QuoteParse, kind: QuoteKind, content: Span, cue: int | None, speaker: Speaker | None
) -> Quote:
    if speaker is not None and _overlap(speaker.span, content):
        speaker = None
    return Quote(
        kind,
        content,
        parse.cue(cue) if cue is not None else None,
        speaker.span if speaker else None,
        speaker.name if speaker else None,
    )


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _reported(
    parse: QuoteParse, item: Reported, marked: Spans[Quotation], taken: frozenset[int]
) -> Quote | None:
    """The quote of a reported clause; its edges are moved so that they cut no quotation and leave
    direct speech out. None where no word is left."""
    start, end = parse.starts[item.first], parse.ends[item.last]
    kind: QuoteKind = "indirect"
    for quotation in marked.overlapping(start, end):
        if quotation.start not in taken:
            kind = "mixed"
            start, end = min(start, quotation.start), max(end, quotation.end)
        elif quotation.start <= start:
            start = quotation.end
        else:
            end = quotation.start
            break
    if kind == "mixed":
        end = _without_aside(parse, marked, start, end)
    content = trim(parse.text, start, end) if start < end else None
    if content is None or not any(map(str.isalnum, parse.text[content.start : content.end])):
        return None
    return _quote(parse, kind, content, item.cue, item.speaker)


def _without_aside(parse: QuoteParse, marked: Spans[Quotation], start: int, end: int) -> int:
    """Where a reported clause ends before what its speaker does behind the last quotation: '...
    that "help is coming", before boarding a plane'."""
    last = max((each.end for each in marked.overlapping(start, end)), default=end)
    comma = parse.token_at(last)
    if comma + 2 < parse.size and last < end and parse.surface(comma) == ",":
        gerunds = parse.cues.gerund_tags
        opening = parse.tags[comma + 1], parse.tags[comma + 2]
        if opening[0] in gerunds or (parse.pos[comma + 1] == "ADP" and opening[1] in gerunds):
            return last
    return end


def _continued(text: str, ordered: Sequence[Quote]) -> list[Quote]:
    """The quotes; a quotation without a cue gets the speaker of the sentence before it."""
    result: list[Quote] = []
    for quote in ordered:
        if quote.kind == "direct" and quote.speaker is None and result:
            before = max(result[-_BEFORE:], key=lambda other: other.content.end)
            if before.speaker is not None:
                ends = (before.content.end, before.speaker.end, before.cue.end if before.cue else 0)
                if _is_next_sentence(text, max(ends), quote.content.start):
                    quote = replace(quote, speaker=before.speaker, name=before.name)
        result.append(quote)
    return result


def _is_next_sentence(text: str, end: int, start: int) -> bool:
    """Whether the sentence that goes on at `end` is the last one before `start`."""
    if not 0 <= start - end < _NEAR:
        return False
    between = text[end:start]
    return len(_STOP.findall(between)) <= 1 and "\n" not in between.strip(" ")
