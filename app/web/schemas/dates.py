"""The expressions of time in an article, as they are answered."""

from typing import Self

from pydantic import ConfigDict, Field
from pydantic.config import JsonDict

from app.domain import timex as domain
from app.domain.shown import DATE, shown
from app.domain.timex import Granularity
from app.web.schemas.base import Listing, listing_example
from app.web.schemas.spots import Placed, Turn, turning

_EXAMPLE: JsonDict = {
    "article": 1,
    "revision": 1,
    "start": 40,
    "end": 48,
    "text": "last May",
    "value": "2015-05",
    "granularity": "month",
    "reason": None,
}


class Date(Placed):
    """Words that say when."""

    model_config = ConfigDict(json_schema_extra={"example": _EXAMPLE})

    value: str | None = Field(
        description="ISO 8601, or TIMEX3's: `2015-Q1`, `2015-SU`, `START/END`; null where it is "
        "uncertain."
    )
    granularity: Granularity = Field(description="How exact the value is.")
    reason: str | None = Field(description="Why there is no value.")

    @classmethod
    def of(cls, article: int, revision: int, dated: domain.Dated, turn: Turn | None) -> Self:
        """The wire shape of an expression in this revision of an article."""
        fields = shown(dated, DATE, article=article, revision=revision)
        return cls.model_validate(fields, context=turning(turn))


class DateList(Listing[Date]):
    """One page of an article's expressions of time."""

    model_config = ConfigDict(json_schema_extra={"example": listing_example(_EXAMPLE)})
