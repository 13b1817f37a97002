"""The quotes of an article, as they are answered."""

from collections.abc import Callable
from typing import Self

from pydantic import ConfigDict, Field
from pydantic.config import JsonDict

from app.domain.quote import QuoteKind, StoredQuote
from app.domain.text import Surface
from app.web.schemas.base import Answer, Listing, listing_example
from app.web.schemas.spots import Turn

_EXAMPLE: JsonDict = {
    "id": 1,
    "article": 1,
    "revision": 1,
    "kind": "direct",
    "content": {"start": 40, "end": 74, "text": "\u201cThe road to the east is open,\u201d"},
    "cue": {"start": 87, "end": 91, "text": "said"},
    "speaker": {"start": 75, "end": 86, "text": "Anna Weiss"},
    "entity": 4,
    "entity_name": "Anna Weiss",
    "reason": "named",
}


class Part(Answer):
    """A surface at its place in the article's text."""

    start: int = Field(description="Its first character, counted from 0.")
    end: int = Field(description="One past its last character.")
    text: str = Field(description="The surface as it stands there.")


class Quote(Answer):
    """Words that an article gives to someone. A quotation that its cue splits is two quotes."""

    model_config = ConfigDict(json_schema_extra={"example": _EXAMPLE})

    id: int = Field(description="Its number.")
    article: int = Field(description="The article that it stands in.")
    revision: int = Field(description="The revision of the article.")
    kind: QuoteKind = Field(
        description="`direct` stands for itself, `indirect` is in the article's own words, `mixed` "
        "is that with quoted words in it."
    )
    content: Part = Field(description="The words that are given.")
    cue: Part | None = Field(description="What says that it is said: `told`, `according to`.")
    speaker: Part | None = Field(description="The speaker as it stands: `he`, `one resident`.")
    entity: int | None = Field(description="Whom the speaker stands for; null where uncertain.")
    entity_name: str | None = Field(description="Its name; null where there is no entity.")
    reason: str = Field(description="How the speaker was found, or why not.")

    @classmethod
    def of(cls, quote: StoredQuote, turn: Turn | None = None) -> Self:
        """The wire shape of a quote."""
        part = _parts(turn, quote.article, quote.revision)
        return cls(
            id=quote.id,
            article=quote.article,
            revision=quote.revision,
            kind=quote.kind,
            content=part(quote.content),
            cue=quote.cue and part(quote.cue),
            speaker=quote.speaker and part(quote.speaker),
            entity=quote.entity,
            entity_name=quote.entity_name,
            reason=quote.reason,
        )


class QuoteList(Listing[Quote]):
    """One page of an article's quotes."""

    model_config = ConfigDict(json_schema_extra={"example": listing_example(_EXAMPLE)})


def _parts(turn: Turn | None, article: int, revision: int) -> Callable[[Surface], Part]:
    if turn is None:
        return Part.model_validate
    offsets = turn(article, revision)
    return lambda each: Part(start=offsets.at(each.start), end=offsets.at(each.end), text=each.text)
