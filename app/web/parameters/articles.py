"""Query parameters of articles and of what is found in one."""

from pydantic import Field

from app.domain.article import State
from app.domain.page import (
    ArticleFilter,
    MentionFilter,
    QuoteFilter,
    ReferenceFilter,
)
from app.domain.quote import QuoteKind
from app.domain.reference import ReferenceKind
from app.web.numbers import FilterId, Whole
from app.web.parameters.base import (
    Country,
    EntityType,
    OffsetParameters,
    PageParameters,
    PeriodParameters,
    UpdatedParameters,
    sorted_by,
)
from app.web.parameters.facets import ArticleFacets, article_facets


class RevisionListParameters(PageParameters):
    """Which revisions."""

    sort: str | None = sorted_by("-number", "number")


class ArticleFilterParameters(PeriodParameters, UpdatedParameters):
    """Which articles."""

    q: str | None = Field(
        None,
        max_length=1000,
        description="Full text. Words that must all stand in it (`ferry strike`, or with `AND`), "
        "in any of their forms (`ferries` finds `ferry`), with accents or without; `ferry OR "
        'train`, which binds less than AND; `"a phrase"`; `-word` or `NOT word` for what must not '
        "stand in it; `nationalis*` for all words that begin so; `title:word` for title and "
        'subtitle, `source:slug` or `source:"An Outlet\'s Name"`; parentheses around any of it '
        "(`title:(ferry OR train) -(strike source:coastal-courier)`). What is not understood is "
        "422, with the character at fault, counted from 0.",
        examples=["title:(ferry OR fog) -lawyer"],
    )
    source: tuple[str, ...] = Field((), description="An outlet, by slug or name; may repeat.")
    source_tag: tuple[str, ...] = Field(
        (), description="A tag that its outlet has; may repeat: any of them."
    )
    source_country: tuple[Country, ...] = Field(
        (), description="Where its outlet is, as two letters of ISO 3166-1: `DE`; may repeat."
    )
    entity: tuple[FilterId, ...] = Field(
        (), description="The id of an entity it mentions; may repeat: it mentions all of them."
    )
    language: str | None = Field(None, description="Its language, as ISO 639-1: `en`.")
    state: State | None = Field(None, description="Where its analysis stands.")
    story: FilterId | None = Field(None, description="The id of the story it belongs to.")

    def where(self) -> ArticleFilter:
        """The filter that the parameters make."""
        return ArticleFilter(
            q=self.q,
            sources=self.source,
            source_tags=self.source_tag,
            source_countries=tuple(each.upper() for each in self.source_country),
            entities=self.entity,
            since=self.since_instant,
            until=self.until_instant,
            language=self.language,
            state=self.state,
            story=self.story,
            updated_since=self.updated_since_instant,
        )


class ArticleListParameters(PageParameters, OffsetParameters, ArticleFilterParameters):
    """Which page of which articles."""

    sort: str | None = sorted_by("-id", "id", "published_at", "word_count", "updated_at")
    facets: ArticleFacets | None = article_facets()


class MentionListParameters(PageParameters, OffsetParameters):
    """Which mentions of an article."""

    sort: str | None = sorted_by("start", "start")
    type: tuple[EntityType, ...] = Field((), description="A type to keep; may repeat.")
    entity: tuple[FilterId, ...] = Field(
        (), description="Only mentions of this entity; may repeat: of all these entities."
    )

    def where(self) -> MentionFilter:
        """The filter that the parameters make."""
        return MentionFilter(types=self.type, entities=self.entity)


class QuoteListParameters(PageParameters, OffsetParameters):
    """Which quotes of an article."""

    sort: str | None = sorted_by("start", "start")
    kind: tuple[QuoteKind, ...] = Field((), description="A kind to keep; may repeat.")
    entity: tuple[FilterId, ...] = Field(
        (), description="Only quotes of this entity; may repeat: of all these entities."
    )

    def where(self) -> QuoteFilter:
        """The filter that the parameters make."""
        return QuoteFilter(kinds=self.kind, entities=self.entity)


class ReferenceListParameters(PageParameters, OffsetParameters):
    """Which references of an article."""

    sort: str | None = sorted_by("start", "start")
    kind: tuple[ReferenceKind, ...] = Field((), description="A kind to keep; may repeat.")
    entity: tuple[FilterId, ...] = Field(
        (), description="Only references to this entity; may repeat: to all these entities."
    )

    def where(self) -> ReferenceFilter:
        """The filter that the parameters make."""
        return ReferenceFilter(kinds=self.kind, entities=self.entity)


class FindingListParameters(PageParameters, OffsetParameters):
    """Which page of what is found in an article."""

    sort: str | None = sorted_by("start", "start")


class SubmitParameters(OffsetParameters):
    """How long to wait for the analysis."""

    wait: Whole = Field(
        30,
        ge=0,
        le=60,
        description="Seconds to wait for the analysis before answering 202.",
    )
