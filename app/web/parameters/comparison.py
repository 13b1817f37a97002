"""Query parameters of comparisons."""

from typing import Annotated

from pydantic import AfterValidator, Field, WithJsonSchema

from app.domain.answer import Section
from app.domain.comparison import ArticleRef
from app.domain.limits import EVIDENCE, MAX_EVIDENCE, MAX_TOP, TOP
from app.errors import InvalidInput
from app.web.numbers import LARGEST_ID, FilterId, Whole
from app.web.parameters.base import OffsetParameters, PeriodParameters
from app.web.schemas.comparison import REVISION


def _named(value: str) -> str:
    try:
        ArticleRef.parse(value)
    except InvalidInput as error:
        raise ValueError(error.detail) from None
    return value


ArticleName = Annotated[
    str,
    AfterValidator(_named),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "integer", "minimum": 1, "maximum": LARGEST_ID},
                {"type": "string", "pattern": REVISION},
            ]
        }
    ),
]


class _Sections(OffsetParameters):
    section: tuple[Section, ...] = Field(
        (), description="A section to answer with; may repeat. None asked for means all."
    )
    evidence: Whole = Field(
        EVIDENCE, ge=0, le=MAX_EVIDENCE, description="Most spots of evidence for one item."
    )
    top: Whole = Field(TOP, ge=1, le=MAX_TOP, description="Most items in one list of a section.")
    context: Whole = Field(
        0, ge=0, le=300, description="Characters `before` and `after` each spot of evidence."
    )
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
        description="An outlet, by slug or name, that makes one side; two to eight of them.",
        examples=[["meridian-dispatch", "the-daily-lantern"]],
    )
    article: tuple[ArticleName, ...] = Field(
        (),
        description="The id of an article that makes one side, or one revision of it: `7@1`; two "
        "to eight of them.",
    )
    side: tuple[str, ...] = Field(
        (),
        description="A side of several outlets, or of a period: `KEY:SOURCE[,SOURCE][@FROM..TO]`, "
        "`*` for any source, as in "
        "`before:meridian-dispatch@..2016-03-24`; two to eight of them.",
    )
    others: str | None = Field(
        None,
        description="An outlet of the `story`, by slug or name: it is set against all the rest, "
        "articles without an outlet among them.",
    )
    story: FilterId | None = Field(
        None,
        description="The id of a story: only its articles stand on the sides. Without a source all "
        "its outlets are sides.",
    )

    @property
    def named_articles(self) -> list[ArticleRef]:
        """`article`, read."""
        return [ArticleRef.parse(each) for each in self.article]
