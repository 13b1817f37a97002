"""Query parameters: what each list and comparison takes, and what is refused.

A parameter that is unknown, blank, or repeated where it may not be is never ignored.
"""

from collections import Counter
from datetime import datetime
from typing import Annotated, Any, Literal
from urllib.parse import parse_qsl

from fastapi import Query, Request
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from app.domain.answer import Section
from app.domain.article import Published, State
from app.domain.correction import CorrectionKind as EntityCorrectionKind
from app.domain.page import (
    ArticleFilter,
    CorrectionFilter,
    EntityFilter,
    MentionFilter,
    PageRequest,
    QuoteFilter,
    ReferenceFilter,
)
from app.domain.quote import QuoteKind
from app.domain.reference import ReferenceKind
from app.domain.story_correction import StoryCorrectionKind
from app.domain.text import check_characters
from app.errors import FieldError, InvalidInput
from app.web.numbers import LARGEST_ID, FilterId, Whole
from app.web.request_errors import invalid_fields

type EntityType = Literal[
    "PERSON", "NORP", "FAC", "ORG", "GPE", "LOC", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW"
]
type CorrectionKind = EntityCorrectionKind | StoryCorrectionKind
type Offsets = Literal["codepoints", "utf16"]


def check_query(request: Request) -> None:
    """Refuses what the OpenAPI document does not list for the operation of this request.

    Raises InvalidInput with every bad parameter under its pointer `?name`.
    """
    query = request.scope["query_string"]
    if not query:
        return
    try:
        given = parse_qsl(query.decode("ascii"), keep_blank_values=True, errors="strict")
    except UnicodeDecodeError:
        raise InvalidInput("The query is not percent-encoded UTF-8.") from None
    known = _documented(request)
    problems = [
        FieldError(f"?{name}", f"There is no parameter {name[:80]!r} here.")
        for name in dict.fromkeys(name for name, _ in given)
        if name not in known
    ]
    problems += [
        FieldError(f"?{name}", f"{name} may be given only once.")
        for name, times in Counter(name for name, _ in given).items()
        if times > 1 and known.get(name) is False
    ]
    for name, value in given:
        if name in known and not value.strip():
            problems.append(FieldError(f"?{name}", f"{name} is blank."))
        try:
            check_characters(value)
        except InvalidInput as error:
            problems.append(FieldError(f"?{name}", f"{name}: {error.detail}."))
    if problems:
        raise invalid_fields(problems)


def _documented(request: Request) -> dict[str, bool]:
    """The query parameters of the operation, each with whether it may repeat."""
    method = "GET" if request.method == "HEAD" else request.method
    paths = request.app.openapi()["paths"]
    operation = paths[request.scope["route"].path_format][method.lower()]
    return {
        parameter["name"]: parameter["schema"].get("type") == "array"
        for parameter in operation.get("parameters", ())
        if parameter["in"] == "query"
    }


def _instant(value: str) -> str:
    try:
        Published.parse(value)
    except InvalidInput as error:
        raise ValueError(error.detail) from None
    return value


def _when(value: str | None) -> datetime | None:
    return Published.parse(value).instant if value is not None else None


Instant = Annotated[str, AfterValidator(_instant)]


class _Parameters(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class OffsetParameters(_Parameters):
    """How offsets are counted."""

    offsets: Offsets = Field(
        "codepoints",
        description="What offsets count: Unicode code points, or the UTF-16 code units of "
        "JavaScript strings.",
    )

    @property
    def utf16(self) -> bool:
        """Whether the answer counts UTF-16 code units."""
        return self.offsets == "utf16"


def sorted_by(default: str, *fields: str) -> Any:
    """The `sort` of a list that can be sorted by these fields."""
    names = " or ".join(f"`{field}`" for field in fields)
    return Field(
        None,
        description=f"{names}, `-` before it for descending order; `{default}` if absent.",
    )


class PageParameters(_Parameters):
    """Which page of a list. Each list has a `sort` of its own."""

    sort: str | None

    limit: Whole = Field(50, ge=1, le=200, description="Most items on the page.")
    cursor: str | None = Field(
        None, description="Where the page starts: the `next_cursor` of the page before."
    )
    total: Literal["exact"] | None = Field(
        None, description="`exact` counts past 10,000, which takes longer."
    )

    def page(self) -> PageRequest:
        """The page asked for."""
        return PageRequest(self.limit, self.cursor, self.sort, self.total == "exact")


class RevisionListParameters(PageParameters):
    """Which revisions."""

    sort: str | None = sorted_by("-number", "number")


class SourceListParameters(PageParameters):
    """Which outlets."""

    sort: str | None = sorted_by("slug", "slug", "name", "articles")


class NeighbourListParameters(PageParameters):
    """Which neighbours of an entity."""

    sort: str | None = sorted_by("-articles", "articles", "mentions", "name")


class CoverageListParameters(PageParameters):
    """Which days of coverage."""

    sort: str | None = sorted_by("day", "day")


class PeriodParameters(_Parameters):
    """From when to when."""

    since: Instant | None = Field(
        None,
        description="Published at this date or date-time or later (ISO 8601, UTC unless it says "
        "otherwise). Undated articles do not match.",
    )
    until: Instant | None = Field(
        None,
        description="Published before this date or date-time. Undated articles do not match.",
    )

    @property
    def since_instant(self) -> datetime | None:
        """`since` as an instant in UTC."""
        return _when(self.since)

    @property
    def until_instant(self) -> datetime | None:
        """`until` as an instant in UTC."""
        return _when(self.until)


class ArticleListParameters(PageParameters, OffsetParameters, PeriodParameters):
    """Which articles."""

    sort: str | None = sorted_by("-id", "id", "published_at", "word_count")
    q: str | None = Field(
        None,
        max_length=1000,
        description='Full text: plain words that must all stand in it, `"a phrase"`, '
        "`-word` for one that must not.",
    )
    source: tuple[str, ...] = Field((), description="The slug of an outlet; may repeat.")
    entity: FilterId | None = Field(None, description="The id of an entity it mentions.")
    language: str | None = Field(None, description="Its language, as ISO 639-1: `en`.")
    state: State | None = Field(None, description="Where its analysis stands.")
    story: FilterId | None = Field(None, description="The id of the story it belongs to.")

    def where(self) -> ArticleFilter:
        """The filter that the parameters make."""
        return ArticleFilter(
            q=self.q,
            sources=self.source,
            entity=self.entity,
            since=self.since_instant,
            until=self.until_instant,
            language=self.language,
            state=self.state,
            story=self.story,
        )


class MentionListParameters(PageParameters, OffsetParameters):
    """Which mentions of an article."""

    sort: str | None = sorted_by("start", "start")
    type: tuple[EntityType, ...] = Field((), description="A type to keep; may repeat.")
    entity: FilterId | None = Field(None, description="Only mentions of this entity.")

    def where(self) -> MentionFilter:
        """The filter that the parameters make."""
        return MentionFilter(types=self.type, entity=self.entity)


class QuoteListParameters(PageParameters, OffsetParameters):
    """Which quotes of an article."""

    sort: str | None = sorted_by("start", "start")
    kind: tuple[QuoteKind, ...] = Field((), description="A kind to keep; may repeat.")
    entity: FilterId | None = Field(None, description="Only quotes of this entity.")

    def where(self) -> QuoteFilter:
        """The filter that the parameters make."""
        return QuoteFilter(kinds=self.kind, entity=self.entity)


class ReferenceListParameters(PageParameters, OffsetParameters):
    """Which references of an article."""

    sort: str | None = sorted_by("start", "start")
    kind: tuple[ReferenceKind, ...] = Field((), description="A kind to keep; may repeat.")
    entity: FilterId | None = Field(None, description="Only references to this entity.")

    def where(self) -> ReferenceFilter:
        """The filter that the parameters make."""
        return ReferenceFilter(kinds=self.kind, entity=self.entity)


class FindingListParameters(PageParameters, OffsetParameters):
    """Which page of what is found in an article."""

    sort: str | None = sorted_by("start", "start")


class EntityListParameters(PageParameters, PeriodParameters):
    """Which entities; the counts are of the mentions that these parameters take."""

    sort: str | None = sorted_by("-mentions", "mentions", "articles", "name", "relevance")
    q: str | None = Field(
        None, max_length=200, description="The beginning of a name, or a name spelled nearly so."
    )
    type: tuple[EntityType, ...] = Field((), description="A type to keep; may repeat.")
    source: tuple[str, ...] = Field((), description="The slug of an outlet; may repeat.")
    article: tuple[FilterId, ...] = Field((), description="The id of an article; may repeat.")
    story: FilterId | None = Field(None, description="The id of a story: only in its articles.")
    min_mentions: Whole | None = Field(
        None, ge=1, le=LARGEST_ID, description="Only entities mentioned at least so often."
    )

    def where(self) -> EntityFilter:
        """The filter that the parameters make."""
        return EntityFilter(
            q=self.q,
            types=self.type,
            sources=self.source,
            articles=self.article,
            since=self.since_instant,
            until=self.until_instant,
            min_mentions=self.min_mentions,
            story=self.story,
        )


class EntityMentionParameters(PageParameters, OffsetParameters, PeriodParameters):
    """Which mentions of an entity."""

    sort: str | None = sorted_by("-article", "article")
    source: tuple[str, ...] = Field((), description="The slug of an outlet; may repeat.")

    def where(self) -> MentionFilter:
        """The filter that the parameters make."""
        return MentionFilter(
            sources=self.source, since=self.since_instant, until=self.until_instant
        )


class CorrectionListParameters(PageParameters):
    """Which corrections."""

    sort: str | None = sorted_by("-id", "id")
    entity: FilterId | None = Field(
        None, description="Those that concern this entity: corrected, merged into, or split off."
    )
    story: FilterId | None = Field(None, description="Those that concern this story, likewise.")
    kind: tuple[CorrectionKind, ...] = Field((), description="A kind to keep; may repeat.")
    state: Literal["active", "undone"] | None = Field(
        None, description="Those that are in force, or those that were undone."
    )

    def where(self) -> CorrectionFilter:
        """The filter that the parameters make."""
        in_force = None if self.state is None else self.state == "active"
        return CorrectionFilter(
            entity=self.entity, story=self.story, kinds=self.kind, in_force=in_force
        )


class UndoParameters(_Parameters):
    """Who undoes a correction, and why."""

    author: str | None = Field(
        None, max_length=200, description="Who undoes it; the API key's mark if absent."
    )
    reason: str | None = Field(None, max_length=2000, description="Why.")


class SubmitParameters(OffsetParameters):
    """How long to wait for the analysis."""

    wait: Whole = Field(
        30,
        ge=0,
        le=60,
        description="Seconds to wait for the analysis before answering 202.",
    )


class _Sections(OffsetParameters):
    section: tuple[Section, ...] = Field(
        (), description="A section to answer with; may repeat. None asked for means all."
    )
    evidence: Whole = Field(5, ge=0, le=50, description="Most spots of evidence for one item.")
    top: Whole = Field(50, ge=1, le=500, description="Most items in one list of a section.")
    unclear: bool = Field(
        False,
        description="Whether `statements` lists the sentences of which it can say neither that "
        "they are shared nor that they are one side's alone.",
    )


class TextComparisonParameters(_Sections):
    """What to say of the texts in the request."""


class ComparisonParameters(_Sections, PeriodParameters):
    """Which sides, and what to say of them."""

    source: tuple[str, ...] = Field(
        (),
        description="The slug of an outlet that makes one side; two to eight of them.",
        examples=[["meridian-dispatch", "the-daily-lantern"]],
    )
    article: tuple[FilterId, ...] = Field(
        (), description="The id of an article that makes one side; two to eight of them."
    )
    story: FilterId | None = Field(
        None,
        description="The id of a story: only its articles stand on the sides. Without a source all "
        "its outlets are sides.",
    )


QueryOf = Query()
