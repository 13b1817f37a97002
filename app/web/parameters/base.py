"""What the query parameters of several operations share: offsets, pages, periods."""

from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import Query
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from app.domain.article import Published
from app.domain.correction import EntityCorrectionKind
from app.domain.page import PageRequest
from app.domain.source_correction import SourceCorrectionKind
from app.domain.story_correction import StoryCorrectionKind
from app.errors import InvalidInput
from app.web.numbers import Whole

type EntityType = Literal[
    "PERSON", "NORP", "FAC", "ORG", "GPE", "LOC", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW"
]
type CorrectionKind = EntityCorrectionKind | StoryCorrectionKind | SourceCorrectionKind
type Offsets = Literal["codepoints", "utf16"]


def _instant(value: str) -> str:
    try:
        Published.parse(value)
    except InvalidInput as error:
        raise ValueError(error.detail) from None
    return value


def _when(value: str | None) -> datetime | None:
    return Published.parse(value).instant if value is not None else None


Instant = Annotated[str, AfterValidator(_instant)]
Country = Annotated[str, Field(pattern="^[A-Za-z]{2}$")]


class Parameters(BaseModel):
    """Parameters of a query; one that is not listed is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class OffsetParameters(Parameters):
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


class PageParameters(Parameters):
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


class PeriodParameters(Parameters):
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


class UpdatedParameters(Parameters):
    """Changed since when."""

    updated_since: Instant | None = Field(
        None,
        description="Only what changed at this instant or later (`updated_at`). To follow all "
        "changes, deletions too, ask `/v1/changes`.",
    )

    @property
    def updated_since_instant(self) -> datetime | None:
        """`updated_since` as an instant in UTC."""
        return _when(self.updated_since)


QueryOf = Query()
