"""Comparisons: what each side says, with the evidence."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from importlib import import_module
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field, create_model
from pydantic.config import JsonDict
from pydantic.json_schema import SkipJsonSchema

from app.domain import answer
from app.domain import comparison as domain
from app.domain.answer import SECTIONS
from app.domain.limits import MAX_NAME, MAX_TITLE
from app.domain.text import Utf16
from app.web.schemas.base import Answer
from app.web.schemas.spots import Placed, Turn, turning

_SPOT: JsonDict = {"article": 1, "revision": 1, "start": 12, "end": 19, "text": "Palmyra"}
_COUNTS: JsonDict = {"articles": 1, "share": 0.25, "headline": 1, "lead": 1, "salience": 0.5}
_EXAMPLE: JsonDict = {
    "sides": [
        {"key": key, "name": name, "articles": 1, "words": 14}
        for key, name in (
            ("meridian-dispatch", "Meridian Dispatch"),
            ("the-daily-lantern", "The Daily Lantern"),
        )
    ],
    "versions": {"pipeline": "en_core_web_md 3.8.0"},
    "left_out": [],
    "entities": {
        "distance": 0.31,
        "shared": [
            {
                "entity": 1,
                "name": "Palmyra",
                "type": "GPE",
                "sides": {
                    "meridian-dispatch": {"mentions": 1, **_COUNTS, "evidence": [_SPOT]},
                    "the-daily-lantern": {
                        "mentions": 1,
                        **_COUNTS,
                        "evidence": [{**_SPOT, "article": 2, "start": 30, "end": 37}],
                    },
                },
            }
        ],
        "only": {"meridian-dispatch": [], "the-daily-lantern": []},
        "more": 0,
        "note": None,
    },
    "terms": {"items": [], "more": 0, "note": "insufficient evidence"},
}


class ComparedSide(Answer):
    """A side as the answer heads it."""

    key: str = Field(description="Names the side in every map of the answer.")
    name: str
    articles: int
    words: int


class LeftOut(Answer):
    """An article that could not be compared."""

    article: int
    side: str
    reason: str


_Absent = SkipJsonSchema[None]


def _with_sections[C: BaseModel](answer: type[C]) -> type[C]:
    """The same answer with a field for each section, absent unless it was asked for: the `SECTION`
    of the module of that name in `app.web.schemas.sections`."""
    sections: dict[str, Any] = {}
    for name in SECTIONS:
        section = import_module(f"app.web.schemas.sections.{name}").SECTION
        sections[name] = (section | _Absent, None)
    return create_model(
        answer.__name__,
        __base__=answer,
        __doc__=answer.__doc__,
        __module__=answer.__module__,
        **sections,
    )


@_with_sections
class Comparison(Answer):
    """What the sides share and what tells them apart. A section not asked for is absent."""

    model_config = ConfigDict(
        # A section is there only when it was asked for.
        json_schema_serialization_defaults_required=False,
        json_schema_extra={"example": _EXAMPLE},
    )

    sides: list[ComparedSide]
    left_out: list[LeftOut] = Field(description="Articles that could not be compared, and why.")
    versions: dict[str, str] = Field(description="What the answer came from.")

    @classmethod
    def of(cls, comparison: answer.Comparison, turn: Turn | None = None) -> Self:
        """The wire shape of a comparison; sections that were not asked for are not set."""
        fields: dict[str, object] = {
            name: getattr(comparison, name) for name in ("sides", "left_out", "versions")
        }
        for name in SECTIONS:
            section = getattr(comparison, name)
            if section is not None:
                fields[name] = section
        return cls.model_validate(fields, context=turning(turn))

    def spots(self) -> Iterator[Placed]:
        """All the evidence in the answer, in whatever section."""
        yield from _spots(tuple(getattr(self, name) for name in SECTIONS))


def _spots(part: object) -> Iterator[Placed]:
    match part:
        case Placed():
            yield part
        case BaseModel():
            yield from _spots([getattr(part, name) for name in type(part).model_fields])
        case dict():
            yield from _spots(list(part.values()))
        case list() | tuple():
            for each in part:
                yield from _spots(each)


class TextToCompare(BaseModel):
    """One text; it makes one side, which its `source` names."""

    model_config = ConfigDict(extra="forbid")

    source: str = Field(
        min_length=1, max_length=MAX_NAME, description="Names the side; each differs."
    )
    title: str | None = Field(None, max_length=MAX_TITLE)
    text: str = Field(min_length=1, description="Compared as it stands: nothing is cleaned away.")
    published_at: str | None = Field(None, description="An ISO 8601 date or date-time.")
    language: str | None = Field(None, description="ISO 639-1; found out where it is absent.")


class TextsToCompare(BaseModel):
    """Texts to compare with each other."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "example": {
                "articles": [
                    {
                        "source": "Meridian Dispatch",
                        "title": "Army enters Palmyra",
                        "text": "The Syrian army said on Thursday that it had entered Palmyra.",
                    },
                    {
                        "source": "The Daily Lantern",
                        "title": "Assad's troops reach Tadmur",
                        "text": "Government troops reached the edge of Palmyra, residents said.",
                    },
                ]
            }
        },
    )

    articles: list[TextToCompare] = Field(min_length=2, max_length=8)


class ComparedText(Answer):
    """A text of the request as it was compared: all offsets count into its `text`."""

    article: int = Field(description="Its place in the request, from 0.")
    source: str
    title: str | None
    published_at: datetime | None
    language: str | None = Field(description="As given, or as found out.")
    body_start: int = Field(description="Where the body begins in the text.")
    text: str = Field(description="Title, empty line, text.")

    @classmethod
    def of(cls, text: domain.ComparedText, offsets: Utf16 | None = None) -> Self:
        """The wire shape of a text that was compared."""
        start = text.body_start
        return cls(
            article=text.article,
            source=text.source,
            title=text.title,
            published_at=text.published.instant if text.published else None,
            language=text.language,
            body_start=offsets.at(start) if offsets else start,
            text=text.text,
        )


class TextComparison(Comparison):
    """A comparison of texts from the request, and those texts."""

    articles: list[ComparedText]

    @classmethod
    def of_texts(
        cls,
        comparison: answer.Comparison,
        texts: Sequence[domain.ComparedText],
        *,
        utf16: bool = False,
    ) -> Self:
        """The wire shape of a comparison of texts, with the texts."""
        offsets = {text.article: Utf16(text.text) for text in texts} if utf16 else {}

        def turn(article: int, _: int) -> Utf16:
            return offsets[article]

        answers = [ComparedText.of(text, offsets.get(text.article)) for text in texts]
        whole = Comparison.of(comparison, turn if utf16 else None)
        given = {name: getattr(whole, name) for name in whole.model_fields_set}
        return cls(**given, articles=answers)
