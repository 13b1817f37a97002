"""Annotated documents in Parquet: what `parallax annotate --out` writes and `parallax ingest` takes
without analysing it again.

A row has what came in (`submission`), what was found in it (`analysis`, with the versions of models
and methods as `pipeline`), and for whoever reads the file with other programs the cleaned text with
its names: `text[start:end] == mention.text`.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import orjson

from app.domain.annotation import Analysis, BroughtAnalysis
from app.domain.article import Document, Submission
from app.errors import UnreadableDocument
from app.intake.rows import Row
from app.intake.submissions import pack

if TYPE_CHECKING:
    from pydantic import TypeAdapter

# What is needed of a file; the other columns are for people.
COLUMNS = ("name", "line", "error", "submission", "text", "language", "pipeline", "analysis")


@dataclass(frozen=True, slots=True)
class Entry:
    """A document on its way out: where it stood, and what became of it. Without a `submission`
    there is an `error`; without an `analysis` it is still to be analysed."""

    name: str | None
    line: int
    submission: Submission | None = None
    document: Document | None = None
    analysis: Analysis | None = None
    error: str | None = None


def annotated_table(entries: Sequence[Entry]) -> Any:
    """The entries as an Arrow table."""
    import pyarrow

    return pyarrow.Table.from_pylist([_columns(entry) for entry in entries], schema=_schema())


def is_annotated(names: Collection[str]) -> bool:
    """Whether columns are those of annotated documents."""
    return {"submission", "analysis", "pipeline"} <= set(names)


def annotated_row(number: int, name: str | None, values: Mapping[str, object]) -> Row:
    """The Row of an annotated document. One whose analysis failed there is one without.

    Raises UnreadableDocument where the file was written by something else.
    """
    packed, error = values.get("submission"), values.get("error")
    if packed is None and error:
        place = f"{values.get('name') or 'standard input'}:{values.get('line')}"
        return Row(number, name, None, UnreadableDocument(f"{place}: {error}"))
    submission = _submission(packed)
    text, pipeline, content = (values.get(each) for each in ("text", "pipeline", "analysis"))
    brought = None
    if isinstance(text, str) and isinstance(pipeline, str) and isinstance(content, bytes):
        brought = BroughtAnalysis(text, pipeline, content)
    return Row(number, name, submission, None, brought=brought)


def analysis_of(brought: BroughtAnalysis) -> Analysis:
    """The analysis as it was made.

    Raises UnreadableDocument where it is none, or what it names does not stand in its text.
    """
    from pydantic import ValidationError

    try:
        analysis: Analysis = _adapter(Analysis).validate_json(brought.content)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(map(str, first["loc"]))
        raise UnreadableDocument(f"its analysis is none: {where}: {first['msg']}") from None
    for cluster in analysis.clusters:
        for mention in cluster.mentions:
            if brought.text[mention.start : mention.end] != mention.text:
                raise UnreadableDocument(
                    f"its analysis is of another text: {mention.text[:60]!r} does not stand at "
                    f"{mention.start}"
                )
    return analysis


@cache
def _schema() -> Any:
    import pyarrow as pa

    mention = pa.struct(
        [
            ("start", pa.int32()),
            ("end", pa.int32()),
            ("text", pa.string()),
            ("type", pa.string()),
            ("name", pa.string()),
        ]
    )
    return pa.schema(
        [
            ("name", pa.string()),
            ("line", pa.int64()),
            ("error", pa.string()),
            ("source", pa.string()),
            ("title", pa.string()),
            ("url", pa.string()),
            ("published_at", pa.timestamp("us", "UTC")),
            ("language", pa.string()),
            ("text", pa.string()),
            ("mentions", pa.list_(mention)),
            ("pipeline", pa.string()),
            ("submission", pa.binary()),
            ("analysis", pa.binary()),
        ]
    )


def _columns(entry: Entry) -> dict[str, object]:
    document, analysis = entry.document, entry.analysis
    columns: dict[str, object] = {"name": entry.name, "line": entry.line, "error": entry.error}
    if entry.submission is not None:
        columns["submission"] = pack(entry.submission)
    if document is not None:
        columns |= {
            "source": document.source,
            "title": document.title,
            "url": document.url,
            "published_at": document.published and document.published.instant,
            "language": document.language,
            "text": document.text,
        }
    if analysis is not None:
        columns |= {
            "language": analysis.language,
            "pipeline": analysis.pipeline,
            "analysis": orjson.dumps(analysis),
            "mentions": [
                {
                    "start": mention.start,
                    "end": mention.end,
                    "text": mention.text,
                    "type": mention.type,
                    "name": cluster.name,
                }
                for cluster in analysis.clusters
                for mention in cluster.mentions
            ],
        }
    return columns


def _submission(packed: object) -> Submission:
    from pydantic import ValidationError

    if not isinstance(packed, bytes):
        raise UnreadableDocument("it holds no document")
    try:
        found: Submission = _adapter(Submission).validate_json(packed)
    except ValidationError:
        raise UnreadableDocument("its document is none that `parallax annotate` wrote") from None
    return found


@cache
def _adapter(kind: type) -> "TypeAdapter[Any]":
    # Here, because building it takes a moment that only such files need.
    from pydantic import TypeAdapter

    return TypeAdapter(kind)
