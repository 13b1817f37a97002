"""The quotes of a text with their voices, as they are kept."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from app.annotate.quotes.extract import quotes_among
from app.annotate.quotes.marks import MARKS, Quotation, paragraphs, quotations
from app.annotate.quotes.voices import voices
from app.domain.annotation import Annotation, Mention
from app.domain.quote import Quote, Utterance, Voice
from app.domain.reference import Reference
from app.domain.spans import Spans
from app.domain.text import Span, count_words


def utterances(
    text: str,
    body_start: int,
    annotation: Annotation,
    mentions: Sequence[Mention],
    genders: Mapping[int, str] = MappingProxyType({}),
) -> tuple[Utterance, ...]:
    """All quotes of a text in its order, each with whom its speaker stands for. `mentions` are the
    names of the text as resolution knows them; none may overlap. `genders` as for `voices`."""
    blocks = paragraphs(text, body_start)
    marked = quotations(text, blocks)
    found = quotes_among(text, annotation, blocks, marked)
    if not found:
        return ()
    starts = {mention.start for mention in mentions}
    heard = voices(text, annotation, found, mentions, genders)
    marks = Spans(marked)
    return tuple(
        _utterance(text, quote, voice, marks, starts)
        for quote, voice in zip(found, heard, strict=True)
    )


def with_references(
    said: Sequence[Utterance], references: Sequence[Reference], mentions: Sequence[Mention]
) -> tuple[Utterance, ...]:
    """The same quotes; a speaker that is a pronoun or a description which `references` tells the
    name of stands for that name, so that there is one answer for both."""
    meant = {Span(each.start, each.end): each for each in references}
    names = {mention.start: Span(mention.start, mention.end) for mention in mentions}
    found = []
    for utterance in said:
        reference = meant.get(utterance.speaker) if utterance.speaker else None
        if reference is not None and reference.mention != utterance.mention:
            utterance = replace(
                utterance,
                voice=names[reference.mention],
                mention=reference.mention,
                reason=reference.reason,
            )
        found.append(utterance)
    return tuple(found)


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
        quoted=_quoted(text, quote, marked),
        cue=quote.cue,
        speaker=quote.speaker,
        voice=voice.span,
        mention=voice.span.start if named and voice.span else None,
        reason=voice.reason,
    )


def _quoted(text: str, quote: Quote, marked: Spans[Quotation]) -> tuple[Span, ...]:
    """The words between marks within a content, without the marks; all of it in a transcript."""
    content = quote.content
    if quote.kind == "indirect":
        return ()
    found = []
    for quotation in marked.starting(content.start, content.end):
        start, end = quotation.start, min(quotation.end, content.end)
        while start < end and (text[start] in MARKS or text[start].isspace()):
            start += 1
        while start < end and (text[end - 1] in MARKS or text[end - 1].isspace()):
            end -= 1
        if start < end:
            found.append(Span(start, end))
    if not found and quote.kind == "direct":
        return (content,)
    return tuple(found)
