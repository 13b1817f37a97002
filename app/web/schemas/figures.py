"""The figures of an article, as they are answered."""

from typing import Self

from pydantic import ConfigDict
from pydantic.config import JsonDict

from app.domain import figure as domain
from app.domain.shown import FIGURE, shown
from app.web.schemas.base import Listing, listing_example
from app.web.schemas.sections.figures import QuantityFields
from app.web.schemas.spots import Placed, Turn, turning

_EXAMPLE: JsonDict = {
    "article": 1,
    "revision": 1,
    "start": 40,
    "end": 61,
    "text": "at least 400 fighters",
    "kind": "count",
    "value": 400.0,
    "upper": None,
    "quantifier": "at least",
    "unit": None,
    "per": None,
    "noun": "fighter",
    "attribution": "the ministry",
}


class Figure(QuantityFields, Placed):
    """A quantity that an article gives."""

    model_config = ConfigDict(json_schema_extra={"example": _EXAMPLE})

    @classmethod
    def of(cls, article: int, revision: int, figure: domain.Figure, turn: Turn | None) -> Self:
        """The wire shape of a figure in this revision of an article."""
        fields = shown(figure, FIGURE, article=article, revision=revision)
        return cls.model_validate(fields, context=turning(turn))


class FigureList(Listing[Figure]):
    """One page of an article's figures."""

    model_config = ConfigDict(json_schema_extra={"example": listing_example(_EXAMPLE)})
