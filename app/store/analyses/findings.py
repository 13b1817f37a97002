"""What is found in texts beside their names: stored with an analysis, read for lists and sides."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import delete, select

from app.domain.quote import Utterance
from app.domain.text import Span
from app.store.analyses.packed_analysis import unpack_fingerprints
from app.store.analyses.packed_findings import KINDS, unpack_findings
from app.store.engine.bulk_writes import insert_rows
from app.store.engine.parameters import chunks
from app.store.engine.sessions import ReadSession, WriteSession
from app.store.tables import analysis, article, quote, revision
from app.store.tables.joins import CURRENT_ANALYSIS, CURRENT_REVISION

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


class RevisionQuotes(NamedTuple):
    """Who says what in one revision of an article."""

    article: int
    revision: int
    quotes: Sequence[Utterance]


def store_quotes(s: WriteSession, found: Sequence[RevisionQuotes]) -> None:
    """Stores the quotes of these articles in place of those that stood there before."""
    s.connection.execute(
        delete(quote).where(quote.c.article_id.in_([each.article for each in found]))
    )
    insert_rows(
        s.connection,
        quote,
        _QUOTE,
        [_quote_row(each, said) for each in found for said in each.quotes],
    )


def stored_findings(
    s: ReadSession, articles: Collection[int], kinds: Collection[str]
) -> dict[int, dict[str, Any]]:
    """By article and kind what its current analysis found of these kinds (of `KINDS`,
    "fingerprints" and "quotes"), as records in the order of the text."""
    read: defaultdict[int, dict[str, Any]] = defaultdict(dict)
    packed = [kind for kind in KINDS if kind in kinds]
    for some in chunks(sorted(articles)):
        if packed:
            for number, found in _packed(s, some, packed):
                read[number] |= found
        if "fingerprints" in kinds:
            rows = s.connection.execute(
                select(article.c.id, analysis.c.fingerprints)
                .join_from(article, analysis, CURRENT_ANALYSIS)
                .where(article.c.id.in_(some))
            )
            for number, fingerprints in rows:
                read[number]["fingerprints"] = unpack_fingerprints(fingerprints)
        if "quotes" in kinds:
            for number, said in groupby(_quotes(s, some), key=itemgetter(0)):
                read[number]["quotes"] = [each for _, each in said]
    return read


def _packed(
    s: ReadSession, articles: Sequence[int], kinds: Sequence[str]
) -> Iterator[tuple[int, dict[str, list[Any]]]]:
    rows = s.connection.execute(
        select(article.c.id, analysis.c.findings, revision.c.text, analysis.c.terms)
        .join_from(article, analysis, CURRENT_ANALYSIS)
        .join(revision, CURRENT_REVISION)
        .where(article.c.id.in_(articles))
    )
    for number, packed, text, terms in rows:
        yield number, unpack_findings(packed, kinds, text, terms)


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


def _quote_row(found: RevisionQuotes, said: Utterance) -> tuple[object, ...]:
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
