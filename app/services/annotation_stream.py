"""Rows of texts to rows of findings, without a store: what `parallax annotate` does."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future
from dataclasses import asdict, dataclass
from itertools import batched

from app.domain.annotation import Analysis, AnalysisInput, Outcome
from app.domain.article import Published
from app.domain.json_text import NotJson, decoded, read_json
from app.domain.language_tags import NO_TAG, primary_language
from app.domain.quote import Utterance
from app.domain.shown import DATE, FIGURE, REFERENCE, quote_surfaces, shown
from app.domain.story import NO_PROFILE
from app.domain.text import check_characters
from app.domain.timex import resolve
from app.errors import InvalidInput, ParallaxError, Unavailable
from app.resolve.across import ArticleNames
from app.resolve.context import Context
from app.services.joint_resolution import resolve_together

KEYS = ("id", "text", "title", "source", "published_at", "language")
_BATCH = 32
_AHEAD = 4

type Submit = Callable[[list[AnalysisInput]], list[Future[Outcome]]]


@dataclass(frozen=True, slots=True)
class TextRow:
    """One line of the input: its id as it was given, its text untouched, and keys that nobody
    reads; or the error that stands for it."""

    line: int
    id: object
    text: AnalysisInput | None
    unknown: tuple[str, ...] = ()
    error: ParallaxError | None = None
    published: Published | None = None


@dataclass(frozen=True, slots=True)
class Annotated:
    """One line of the output: the analysis with an entity for each of its clusters, or an error."""

    row: TextRow
    analysis: Analysis | None
    entities: tuple[int, ...]
    error: ParallaxError | None


def read_rows(lines: Iterable[bytes], max_chars: int) -> Iterator[TextRow]:
    """The rows of NDJSON lines, blank ones left out; a line that cannot be read is a row with
    its error."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _row(number, line.removeprefix(b"\xef\xbb\xbf"), max_chars)


def annotate(rows: Iterable[TextRow], submit: Submit, *, across: bool) -> Iterator[Annotated]:
    """Analyses each row, in order. Entities are numbered from 1 within each text, or, with
    `across`, over the whole input, which is then read to its end before the first answer."""
    found = _analysed(rows, submit)
    if not across:
        for row, analysis, error in found:
            yield Annotated(row, analysis, _own(analysis), error)
        return
    every = list(found)
    names = [_names(number, row, analysis) for number, (row, analysis, _) in enumerate(every)]
    for (row, analysis, error), entities in zip(every, resolve_together(names), strict=True):
        yield Annotated(row, analysis, tuple(entities), error)


def _names(number: int, row: TextRow, analysis: Analysis | None) -> ArticleNames:
    day = row.published.day if row.published else None
    if analysis is None:
        return ArticleNames((), Context(number, day, NO_PROFILE))
    return ArticleNames.of(analysis.clusters, Context(number, day, analysis.profile))


def answer(found: Annotated) -> dict[str, object]:
    """One line of the output; `error` stands in it only where there is one."""
    if found.analysis is None:
        reason = found.error.detail if found.error else None
        empty: dict[str, object] = {key: [] for key in ("mentions", "references", *_FOUND)}
        return {"id": found.row.id, **empty, "error": reason}
    mentions = [
        (mention, entity)
        for cluster, entity in zip(found.analysis.clusters, found.entities, strict=True)
        for mention in cluster.mentions
    ]
    mentions.sort(key=lambda each: each[0].start)
    text = found.row.text.text if found.row.text else ""
    owners = {mention.start: entity for mention, entity in mentions}
    day = found.row.published.day if found.row.published else None
    findings = found.analysis.findings
    return {
        "id": found.row.id,
        "mentions": [asdict(mention) | {"entity": entity} for mention, entity in mentions],
        "references": [
            shown(each, REFERENCE, entity=owners.get(each.mention)) for each in findings.references
        ],
        "quotes": [_quote(said, text, owners) for said in findings.quotes],
        "figures": [shown(each, FIGURE) for each in findings.figures],
        "dates": [shown(resolve(each, day), DATE) for each in findings.dates],
    }


_FOUND = ("quotes", "figures", "dates")


def _quote(said: Utterance, text: str, owners: Mapping[int, int | None]) -> dict[str, object]:
    surfaces = quote_surfaces(said, text)._asdict()
    return {
        "kind": said.kind,
        **{name: each and asdict(each) for name, each in surfaces.items()},
        "entity": None if said.mention is None else owners.get(said.mention),
    }


def _own(analysis: Analysis | None) -> tuple[int, ...]:
    return tuple(range(1, len(analysis.clusters) + 1)) if analysis else ()


type _Found = tuple[TextRow, Analysis | None, ParallaxError | None]


def _analysed(rows: Iterable[TextRow], submit: Submit) -> Iterator[_Found]:
    """Batches ahead of the one that is waited for keep every worker busy."""
    ahead: deque[tuple[tuple[TextRow, ...], list[Future[Outcome]]]] = deque()
    for batch in batched(rows, _BATCH):
        ahead.append((batch, submit([row.text for row in batch if row.text])))
        if len(ahead) > _AHEAD:
            yield from _answers(*ahead.popleft())
    while ahead:
        yield from _answers(*ahead.popleft())


def _answers(batch: tuple[TextRow, ...], futures: list[Future[Outcome]]) -> Iterator[_Found]:
    waited_for = iter(futures)
    for row in batch:
        if row.text is None:
            yield row, None, row.error
            continue
        outcome = next(waited_for).result()
        if isinstance(outcome, Analysis):
            yield row, outcome, None
        else:
            yield row, None, Unavailable(outcome.reason)


def _row(number: int, line: bytes, max_chars: int) -> TextRow:
    try:
        value = read_json(decoded(line.rstrip()))
    except NotJson as error:
        return _refused(number, f"is not JSON: {error.in_line}")
    if not isinstance(value, dict):
        return _refused(number, "is not an object")
    unknown = tuple(key for key in value if key not in KEYS)
    try:
        text = _input(value, max_chars)
        day = _string(value, "published_at")
        published = Published.parse(day) if day else None
    except InvalidInput as error:
        return TextRow(number, value.get("id"), None, unknown, error)
    return TextRow(number, value.get("id"), text, unknown, published=published)


def _refused(number: int, why: str) -> TextRow:
    return TextRow(number, None, None, error=InvalidInput(f"line {number} {why}"))


def _input(value: dict[str, object], max_chars: int) -> AnalysisInput:
    text = value.get("text")
    if not isinstance(text, str):
        raise InvalidInput("text is missing, or is not a string")
    if len(text) > max_chars:
        raise InvalidInput(f"text has {len(text):,} characters; the limit is {max_chars:,}")
    title = _string(value, "title")
    # Offsets are of the text alone: a title beside it only tells where the body begins.
    body_start = len(title) if title and text.startswith(title) else 0
    language = _string(value, "language")
    if language and primary_language(language) is None:
        raise InvalidInput(f"language {language[:40]!r} {NO_TAG}")
    return AnalysisInput(check_characters(text), body_start, language)


def _string(value: dict[str, object], key: str) -> str | None:
    found = value.get(key)
    if found is not None and not isinstance(found, str):
        raise InvalidInput(f"{key} is not a string")
    return found or None
