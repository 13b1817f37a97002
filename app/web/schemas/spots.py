"""Spots in texts, with as much around them and their offsets counted as the client asked for."""

from collections.abc import Callable, Mapping
from typing import Self

from pydantic import Field, ValidationInfo, model_validator
from pydantic.json_schema import SkipJsonSchema

from app.domain.text import Utf16
from app.web.schemas.base import Answer

# From an article's id and revision to what turns offsets of its text.
type Turn = Callable[[int, int], Utf16]
# From an article's id and revision, and a span of its text, to what stands before and after it.
type Around = Callable[[int, int, int, int], tuple[str, str]]


def turning(turn: Turn | None, around: Around | None = None) -> Mapping[str, object]:
    """The validation context in which spots are made with offsets in UTF-16 code units; in code
    points where `turn` is None. Evidence has what stands `around` it where that is given."""
    return {"turn": turn, "around": around}


class Place(Answer):
    """A place in one revision of one article: `[start, end)`."""

    article: int = Field(description="The article whose text it stands in.")
    revision: int = Field(description="The revision of the article.")
    start: int = Field(description="Its first character, counted from 0.")
    end: int = Field(description="One past its last character.")

    @model_validator(mode="after")
    def _turned(self, info: ValidationInfo) -> Self:
        context = info.context or {}
        turn: Turn | None = context.get("turn")
        changed = self._beside(context.get("around"))
        if turn is not None:
            offsets = turn(self.article, self.revision)
            changed |= {name: offsets.at(getattr(self, name)) for name in self._offsets()}
        return self.model_copy(update=changed) if changed else self

    @classmethod
    def _offsets(cls) -> tuple[str, ...]:
        return ("start", "end")

    def _beside(self, _around: Around | None) -> dict[str, object]:
        return {}


class Placed(Place):
    """A surface at its place: `text` stands at `[start, end)` of one revision of one article."""

    text: str = Field(description="The surface as it stands there.")


class Spot(Placed):
    """Evidence for what is said of a side."""

    article: int = Field(
        description="The article's id; in a comparison of texts its place in the request, from 0."
    )
    before: str | SkipJsonSchema[None] = Field(
        None,
        description="What stands before it; absent unless `context` asks for it.",
        exclude_if=lambda found: found is None,
    )
    after: str | SkipJsonSchema[None] = Field(
        None,
        description="What stands after it; absent unless `context` asks for it.",
        exclude_if=lambda found: found is None,
    )

    def _beside(self, around: Around | None) -> dict[str, object]:
        if around is None:
            return {}
        before, after = around(self.article, self.revision, self.start, self.end)
        return {"before": before, "after": after}
