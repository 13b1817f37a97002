"""Spots in texts, their offsets counted the way that the client asked for."""

from collections.abc import Callable, Mapping
from typing import Self

from pydantic import Field, ValidationInfo, model_validator

from app.domain.text import Utf16
from app.web.schemas.base import Answer

# From an article's id and revision to what turns offsets of its text.
type Turn = Callable[[int, int], Utf16]


def turning(turn: Turn | None) -> Mapping[str, object]:
    """The validation context in which spots are made with offsets in UTF-16 code units; in code
    points where `turn` is None."""
    return {"turn": turn}


class Placed(Answer):
    """A surface at its place: `text` stands at `[start, end)` of one revision of one article."""

    article: int = Field(description="The article whose text it stands in.")
    revision: int = Field(description="The revision of the article.")
    start: int = Field(description="Its first character, counted from 0.")
    end: int = Field(description="One past its last character.")
    text: str = Field(description="The surface as it stands there.")

    @model_validator(mode="after")
    def _turned(self, info: ValidationInfo) -> Self:
        turn: Turn | None = (info.context or {}).get("turn")
        if turn is None:
            return self
        offsets = turn(self.article, self.revision)
        return self.model_copy(
            update={name: offsets.at(getattr(self, name)) for name in self._offsets()}
        )

    @classmethod
    def _offsets(cls) -> tuple[str, ...]:
        return ("start", "end")


class Spot(Placed):
    """Evidence for what is said of a side."""

    article: int = Field(
        description="The article's id; in a comparison of texts its place in the request, from 0."
    )
