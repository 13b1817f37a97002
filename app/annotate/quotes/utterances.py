"""The quotes of a text with their voices, as they are kept."""

from collections.abc import Sequence

from app.annotate.quotes.extract import quotes_among
from app.annotate.quotes.marks import MARKS, Quotation, paragraphs, quotations
from app.annotate.quotes.voices import voices
from app.domain.annotation import Annotation, Mention
from app.domain.quote import Quote, Utterance, Voice
from app.domain.spans import Spans
from app.domain.text import Span, count_words


def utterances(
    text: str, body_start: int, annotation: Annotation, mentions: Sequence[Mention]
) -> tuple[Utterance, ...]:
    """All quotes of a text in its order, each with the mention that its speaker stands for.
    `mentions` are the names of the text as resolution knows them; none may overlap."""
    blocks = paragraphs(text, body_start)
    marked = quotations(text, blocks)
    found = quotes_among(text, annotation, blocks, marked)
    if not found:
        return ()
    starts = {mention.start for mention in mentions}
    marks = Spans(marked)
    return tuple(
        _utterance(text, quote, voice, marks, starts)
        for quote, voice in zip(found, voices(text, annotation, found, mentions), strict=True)
    )


def _utterance(
    text: str, quote: Quote, voice: Voice, marked: Spans[Quotation], names: set[int]
) -> Utterance:
    content = quote.content
    named = voice.named and voice.span is not None and voice.span.start in names
    return Utterance(
        kind=quote.kind,
        start=content.start,
        end=content.end,
        words=count_words(text[content.start : content.end]),
        quoted=_quoted(text, content, marked) if quote.kind != "indirect" else (),
        cue=quote.cue,
        speaker=quote.speaker,
        voice=voice.span,
        mention=voice.span.start if named and voice.span else None,
        reason=voice.reason,
    )


def _quoted(text: str, content: Span, marked: Spans[Quotation]) -> tuple[Span, ...]:
    """The words between marks within a content, without the marks."""
    found = []
    for quotation in marked.starting(content.start, content.end):
        start, end = quotation.start, min(quotation.end, content.end)
        while start < end and (text[start] in MARKS or text[start].isspace()):
            start += 1
        while start < end and (text[end - 1] in MARKS or text[end - 1].isspace()):
            end -= 1
        if start < end:
            found.append(Span(start, end))
    return tuple(found)
