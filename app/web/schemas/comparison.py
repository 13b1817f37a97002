"""Comparisons: what each side says, with the evidence."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from importlib import import_module
from inspect import getdoc
from typing import Annotated, Any, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ValidationInfo,
    create_model,
    model_validator,
)
from pydantic.config import JsonDict
from pydantic.json_schema import SkipJsonSchema

from app.domain import answer
from app.domain.answer import SECTIONS, Section
from app.domain.limits import MAX_KEY, MAX_NAME, MAX_SIDE_ARTICLES, MAX_SIDE_SOURCES, MAX_TITLE
from app.web.schemas.base import Answer
from app.web.schemas.spots import Around, Place, Turn, turning

_SPOT: JsonDict = {"article": 1, "revision": 1, "start": 12, "end": 19, "text": "Palmyra"}
_COUNTS: JsonDict = {"articles": 1, "share": 0.25, "headline": 1, "lead": 1, "salience": 0.5}
_EXAMPLE: JsonDict = {
    "sides": [
        {"key": key, "name": name, "articles": 1, "words": 14, "since": None, "until": None}
        for key, name in (
            ("meridian-dispatch", "Meridian Dispatch"),
            ("the-daily-lantern", "The Daily Lantern"),
        )
    ],
    "articles": [
        {
            "article": 1,
            "title": "Army enters Palmyra",
            "source": "Meridian Dispatch",
            "url": "https://meridian.example/palmyra",
            "published_at": "2016-03-24T00:00:00Z",
            "side": "meridian-dispatch",
            "revision": 1,
        },
        {
            "article": 2,
            "title": "Assad's troops reach Tadmur",
            "source": "The Daily Lantern",
            "url": None,
            "published_at": "2016-03-24T00:00:00Z",
            "side": "the-daily-lantern",
            "revision": 1,
        },
    ],
    "filters": {"story": None, "since": None, "until": None},
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


# An article, or one revision of it.
REVISION = r"^[1-9][0-9]{0,17}(@[1-9][0-9]{0,17})?$"


class ComparedSide(Answer):
    """A side as the answer heads it."""

    key: str = Field(description="Names the side in every map of the answer.")
    name: str = Field(description="Names the side for people: the outlet, or the article's title.")
    articles: int = Field(description="How many articles stand on it.")
    words: int = Field(description="Words in all of them.")
    since: datetime | None = Field(description="Where the side has a period: from when.")
    until: datetime | None = Field(description="Until when, exclusively.")


class ComparedArticle(Answer):
    """An article that stands on a side."""

    article: int = Field(
        description="The article's id; in a comparison of texts its place in the request, from 0."
    )
    title: str | None = Field(description="Its headline.")
    source: str | None = Field(description="The outlet's name.")
    url: str | None = Field(description="Where it was published.")
    published_at: datetime | None = Field(
        description="When it appeared, in UTC; null where nobody knows."
    )
    side: str = Field(description="The key of its side.")
    revision: int = Field(description="The revision that stands there; 1 for a text.")


class Filters(Answer):
    """What chose among the articles of all sides."""

    story: int | None = Field(description="Only articles of this story; null: of any.")
    since: datetime | None = Field(
        description="Only articles published from then on; null: from whenever."
    )
    until: datetime | None = Field(
        description="Only articles published before; null: until whenever."
    )


class LeftOut(Answer):
    """An article that could not be compared."""

    article: int = Field(description="The article's id, or its place in the request.")
    side: str = Field(description="The key of its side.")
    reason: str = Field(
        description="Why: its analysis is pending, failed, or its language has no pipeline."
    )


_Absent = SkipJsonSchema[None]
# Its evidence is that of the other sections: where these have a surface, it only says the place.
BRIEF: Section = "brief"


def _with_sections[C: BaseModel](answer: type[C]) -> type[C]:
    """The same answer with a field for each section, absent unless it was asked for: the `SECTION`
    of the module of that name in `app.web.schemas.sections`."""
    sections: dict[str, Any] = {}
    for name in SECTIONS:
        section = import_module(f"app.web.schemas.sections.{name}").SECTION
        sections[name] = (section | _Absent, Field(None, description=getdoc(section)))
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

    sides: list[ComparedSide] = Field(description="The sides, in the order of the request.")
    articles: Sequence[ComparedArticle] = Field(
        description="All articles that stand on the sides, those that are left out too."
    )
    filters: Filters = Field(description="What chose among the articles of all sides.")
    left_out: list[LeftOut] = Field(description="Articles that could not be compared, and why.")
    versions: dict[str, str] = Field(description="What the answer came from.")

    @classmethod
    def of(
        cls,
        comparison: answer.Comparison,
        turn: Turn | None = None,
        around: Around | None = None,
    ) -> Self:
        """The wire shape of a comparison; sections that were not asked for are not set."""
        fields: dict[str, object] = {
            name: getattr(comparison, name)
            for name in ("sides", "articles", "filters", "left_out", "versions")
        }
        for name in SECTIONS:
            section = getattr(comparison, name)
            if section is not None:
                fields[name] = section
        made = cls.model_validate(fields, context=turning(turn, around))
        brief = getattr(made, BRIEF)
        if brief is None:
            return made
        others = [getattr(made, name) for name in SECTIONS if name != BRIEF]
        return made.model_copy(update={BRIEF: brief.beside(_spots(others))})

    def spots(self) -> Iterator[Place]:
        """All the evidence in the answer, in whatever section."""
        yield from _spots(tuple(getattr(self, name) for name in SECTIONS))


def _spots(part: object) -> Iterator[Place]:
    match part:
        case Place():
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
    title: str | None = Field(
        None,
        max_length=MAX_TITLE,
        description="The headline; it stands before the text, an empty line between.",
    )
    text: str = Field(min_length=1, description="Compared as it stands: nothing is cleaned away.")
    published_at: str | None = Field(None, description="An ISO 8601 date or date-time.")
    language: str | None = Field(None, description="ISO 639-1; found out where it is absent.")


class SideToCompare(BaseModel):
    """A side of stored articles: those that are named, or what outlets published in a period."""

    model_config = ConfigDict(extra="forbid")

    key: str = Field(min_length=1, max_length=MAX_KEY, description="Names the side; each differs.")
    sources: list[str] | None = Field(
        None,
        max_length=MAX_SIDE_SOURCES,
        description="Outlets by slug or name; absent: any outlet.",
    )
    articles: list[int | Annotated[str, Field(pattern=REVISION)]] | None = Field(
        None,
        max_length=MAX_SIDE_ARTICLES,
        description="Articles by id, in place of sources; a revision of one as `7@1`.",
    )
    since: str | None = Field(None, description="An ISO 8601 date or date-time, inclusive.")
    until: str | None = Field(None, description="An ISO 8601 date or date-time, exclusive.")


class ToCompare(BaseModel):
    """Texts to compare with each other, or sides of stored articles: one of the two."""

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

    articles: list[TextToCompare] | None = Field(
        None, min_length=2, max_length=8, description="Texts, each a side of its own."
    )
    sides: list[SideToCompare] | None = Field(
        None, min_length=2, max_length=8, description="Sides of stored articles."
    )


class ComparedText(ComparedArticle):
    """A text of the request as it was compared: all offsets count into its `text`."""

    language: str | None = Field(description="As given, or as found out.")
    body_start: int = Field(description="Where the body begins in the text.")
    text: str = Field(description="Title, empty line, text.")

    @model_validator(mode="after")
    def _turned(self, info: ValidationInfo) -> Self:
        turn: Turn | None = (info.context or {}).get("turn")
        if turn is None:
            return self
        return self.model_copy(update={"body_start": turn(self.article, 1).at(self.body_start)})


class TextComparison(Comparison):
    """A comparison of texts from the request, and those texts."""

    articles: Sequence[ComparedText] = Field(description="The texts as they were compared.")
