"""What is found in texts beside their names: stored with an analysis, read for lists and sides."""

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import fields
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple, get_args, get_origin, get_type_hints

from sqlalchemy import delete, select

from app.domain.quote import Utterance
from app.domain.text import Span
from app.store.analyses.packed_analysis import KINDS, PackedAnalysis
from app.store.engine.bulk_writes import insert_rows, upsert
from app.store.engine.parameters import chunks
from app.store.engine.sessions import ReadSession, WriteSession
from app.store.tables import article, finding, quote

_QUOTE = (
    "article_id",
    "revision",
    "kind",
    "start",
    "end",
    "words",
    "cue_start",
    "cue_end",
    "speaker_start",
    "speaker_end",
    "voice_start",
    "voice_end",
    "mention_start",
    "quoted",
    "reason",
)


class RevisionFindings(NamedTuple):
    """What is found in one revision of an article by one pipeline version."""

    article: int
    revision: int
    analysis: PackedAnalysis


def store_findings(s: WriteSession, found: Sequence[RevisionFindings]) -> None:
    """Stores what is found in these articles, in place of what stood there before."""
    s.connection.execute(
        delete(quote).where(quote.c.article_id.in_([each.article for each in found]))
    )
    insert_rows(
        s.connection,
        quote,
        _QUOTE,
        [_quote_row(each, said) for each in found for said in each.analysis.quotes],
    )
    upsert(
        s.connection,
        finding,
        ("article_id", "revision", "pipeline", "kind", "found"),
        [
            (each.article, each.revision, each.analysis.pipeline, kind, rows)
            for each in found
            for kind, rows in each.analysis.findings.items()
        ],
        replace=("found",),
    )


def stored_findings(
    s: ReadSession, articles: Collection[int], kinds: Collection[str]
) -> dict[int, dict[str, Any]]:
    """By article and kind what its current analysis found of these kinds (of `KINDS`, and
    "quotes"), as records in the order of the text."""
    read: defaultdict[int, dict[str, Any]] = defaultdict(dict)
    packed = [kind for kind in KINDS if kind in kinds]
    for some in chunks(sorted(articles)):
        if packed:
            rows = s.connection.execute(
                select(finding.c.article_id, finding.c.kind, finding.c.found)
                .join_from(
                    article,
                    finding,
                    (finding.c.article_id == article.c.id)
                    & (finding.c.revision == article.c.revision)
                    & (finding.c.pipeline == article.c.pipeline),
                )
                .where(article.c.id.in_(some), finding.c.kind.in_(packed))
            )
            for number, kind, found in rows:
                read[number][kind] = _records(found, KINDS[kind])
        if "quotes" in kinds:
            for number, said in groupby(_quotes(s, some), key=itemgetter(0)):
                read[number]["quotes"] = [each for _, each in said]
    return read


def _quotes(s: ReadSession, articles: Sequence[int]) -> list[tuple[int, Utterance]]:
    rows = s.connection.execute(
        select(quote)
        .where(quote.c.article_id.in_(articles))
        .order_by(quote.c.article_id, quote.c.start, quote.c.id)
    )
    return [(row.article_id, utterance(row)) for row in rows]


def utterance(row: Any) -> Utterance:
    """The record of a row of `quote`."""
    return Utterance(
        kind=row.kind,
        start=row.start,
        end=row.end,
        words=row.words,
        quoted=tuple(Span(*each) for each in row.quoted),
        cue=_span(row.cue_start, row.cue_end),
        speaker=_span(row.speaker_start, row.speaker_end),
        voice=_span(row.voice_start, row.voice_end),
        mention=row.mention_start,
        reason=row.reason,
    )


def _span(start: int | None, end: int | None) -> Span | None:
    return None if start is None or end is None else Span(start, end)


def _quote_row(found: RevisionFindings, said: Utterance) -> tuple[object, ...]:
    return (
        found.article,
        found.revision,
        said.kind,
        said.start,
        said.end,
        said.words,
        said.cue and said.cue.start,
        said.cue and said.cue.end,
        said.speaker and said.speaker.start,
        said.speaker and said.speaker.end,
        said.voice and said.voice.start,
        said.voice and said.voice.end,
        said.mention,
        [[each.start, each.end] for each in said.quoted],
        said.reason,
    )


def _records(rows: Any, record: type | None) -> Sequence[Any]:
    if record is None:
        return tuple(rows)
    readers = _readers(record)
    if not readers:
        return [record(*row) for row in rows]
    for row in rows:
        for index, reader in readers:
            row[index] = reader(row[index])
    return [record(*row) for row in rows]


@cache
def _readers(record: type) -> tuple[tuple[int, Callable[[Any], Any]], ...]:
    """The fields of a record that JSON does not give back as they were, and how they are."""
    hints = get_type_hints(record)
    found = [(index, _reader(hints[field.name])) for index, field in enumerate(fields(record))]
    return tuple((index, reader) for index, reader in found if reader is not None)


def _reader(hint: Any) -> Callable[[Any], Any] | None:
    if hint is Span:
        return lambda value: Span(*value)
    if get_origin(hint) is tuple:
        inner = _reader(get_args(hint)[0])
        if inner is None:
            return tuple
        return lambda value: tuple(inner(each) for each in value)
    for part in get_args(hint):
        if part is not type(None) and (reader := _reader(part)) is not None:
            return lambda value: None if value is None else reader(value)
    return None
