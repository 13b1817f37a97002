"""Articles, their revisions, and how they are sent in."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import AliasPath, BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from app.domain import article as domain
from app.domain.limits import MAX_AUTHORS, MAX_NAME, MAX_TITLE, MAX_URL
from app.domain.text import Utf16
from app.web.schemas.base import Answer, ArticleSource, Listing, listing_example
from app.web.schemas.facets import FacetedListing

EXAMPLE: JsonDict = {
    "id": 1,
    "external_id": None,
    "url": "https://meridian.example/world/syrian-army-reaches-palmyra",
    "source": {"slug": "meridian-dispatch", "name": "Meridian Dispatch"},
    "title": "Army enters Palmyra",
    "subtitle": None,
    "authors": ["Ada Example"],
    "published_at": "2016-03-24T00:00:00Z",
    "published_day": "2016-03-24",
    "published_precision": "day",
    "language": "en",
    "word_count": 14,
    "state": "ready",
    "reason": None,
    "revision": 1,
    "story": None,
    "pipeline": "en_core_web_md 3.8.0",
    "body_start": 21,
    "created_at": "2026-11-23T09:30:00Z",
    "updated_at": "2026-11-23T09:30:02Z",
}
TEXT_EXAMPLE: JsonDict = {
    **EXAMPLE,
    "text": "Army enters Palmyra\n\nThe Syrian army said on Thursday that it had entered Palmyra.",
    "removed": [{"text": "Follow us on social media", "reason": "a line that asks to follow"}],
}


class Article(Answer):
    """An article without its text."""

    model_config = ConfigDict(json_schema_extra={"example": EXAMPLE})

    id: int = Field(description="Never used again after a deletion.")
    external_id: str | None = Field(description="The id that the outlet or the sender gave.")
    url: str | None = Field(description="Where it was published, in canonical form.")
    source: ArticleSource | None = Field(description="The outlet; null where nothing says.")
    title: str | None = Field(description="The headline; null where nothing says.")
    subtitle: str | None = Field(
        description="What stands below the headline; null where nothing does."
    )
    authors: list[str] = Field(description="Those who signed it, as printed.")
    published_at: datetime | None = Field(
        None,
        validation_alias=AliasPath("published", "instant"),
        description="When it appeared, in UTC; midnight where only the day is known.",
    )
    published_day: date | None = Field(
        None,
        validation_alias=AliasPath("published", "day"),
        description="The day as the outlet printed it, in its own time zone.",
    )
    published_precision: Literal["day", "time"] | None = Field(
        None,
        validation_alias=AliasPath("published", "precision"),
        description="Whether a time was given, or the day alone.",
    )
    language: str | None = Field(description="ISO 639-1, or null where it cannot be told.")
    word_count: int = Field(description="Words of its text.")
    state: domain.State = Field(
        description="`pending` until it is analysed; `failed` with the `reason` if it cannot be."
    )
    reason: str | None = Field(
        description="Why it failed, or why it is ready without an analysis: a language without "
        "a pipeline."
    )
    revision: int = Field(description="Counts from 1; changed content makes a new one.")
    story: int | None = Field(description="The story it belongs to; null until it joins one.")
    pipeline: str | None = Field(description="The versions that analysed it.")
    body_start: int = Field(description="Where the body begins in the text, in code points.")
    created_at: datetime = Field(description="When it was taken in, in UTC.")
    updated_at: datetime = Field(
        description="When anything that is shown of it, or found in it, last changed."
    )

    @classmethod
    def of(cls, article: domain.Article, *, utf16: bool = False) -> "Article":
        """The wire shape of an article as lists have it."""
        wire = cls.model_validate(article)
        if not utf16 or not article.body_start:
            return wire
        # What stands before the body is the title and the subtitle, so their characters suffice.
        head = "".join(filter(None, (article.title, article.subtitle)))
        extra = Utf16(head).at(len(head)) - len(head)
        return wire.model_copy(update={"body_start": wire.body_start + extra})


class ArticleList(FacetedListing[Article]):
    """One page of articles."""

    model_config = ConfigDict(json_schema_extra={"example": listing_example(EXAMPLE)})


class Removed(Answer):
    """What cleaning took away."""

    text: str = Field(description="What stood there.")
    reason: str = Field(description="Why it is no part of the article.")


class ArticleWithText(Article):
    """An article with its text, and what cleaning took away from it."""

    model_config = ConfigDict(json_schema_extra={"example": TEXT_EXAMPLE})

    text: str = Field(
        description="Title and subtitle, each a paragraph of its own, then the body; paragraphs "
        "are parted by an empty line. All offsets count into this text."
    )
    removed: list[Removed] = Field(description="What cleaning took away, and why.")

    @classmethod
    def detail(cls, detail: domain.ArticleDetail, *, utf16: bool = False) -> "ArticleWithText":
        """The wire shape of an article with its text."""
        article = Article.model_validate(detail.article)
        start = article.body_start
        return cls(
            **{
                **{name: getattr(article, name) for name in Article.model_fields},
                "body_start": Utf16(detail.text).at(start) if utf16 else start,
            },
            text=detail.text,
            removed=[Removed.model_validate(r) for r in detail.removed],
        )


class Revision(Answer):
    """One state of an article's content."""

    number: int = Field(description="Counts from 1.")
    title: str | None = Field(description="The headline in this revision.")
    word_count: int = Field(description="Words of its text.")
    content_hash: str = Field(description="Equal hashes mean equal content.")
    cleaner: str = Field(description="The version of the cleaner that made its text.")
    created_at: datetime = Field(description="When this revision was taken in, in UTC.")


class RevisionList(Listing[Revision]):
    """One page of an article's revisions."""


class RevisionWithText(Revision):
    """A revision with its text and what it was made from."""

    text: str = Field(description="Title and subtitle, each a paragraph of its own, then the body.")
    body_start: int = Field(description="Where the body begins in the text, in code points.")
    raw: str = Field(description="What came in.")
    raw_kind: domain.RawKind = Field(description="What `raw` is: plain text or HTML.")
    removed: list[Removed] = Field(description="What cleaning took away, and why.")

    @classmethod
    def detail(cls, detail: domain.RevisionDetail, *, utf16: bool = False) -> "RevisionWithText":
        """The wire shape of a revision with its text."""
        head = Revision.model_validate(detail.revision)
        start = detail.body_start
        return cls(
            **{name: getattr(head, name) for name in Revision.model_fields},
            text=detail.text,
            body_start=Utf16(detail.text).at(start) if utf16 else start,
            raw=detail.raw,
            raw_kind=detail.raw_kind,
            removed=[Removed.model_validate(r) for r in detail.removed],
        )


Name = Annotated[str, Field(max_length=MAX_NAME)]
Title = Annotated[str, Field(max_length=MAX_TITLE)]
Address = Annotated[str, Field(max_length=MAX_URL)]
Authors = Annotated[list[Name], Field(max_length=MAX_AUTHORS)]


def _or_one_name(schema: dict[str, Any]) -> None:
    """Adds to the schema of a list of authors that one name may stand for it."""
    schema["anyOf"].insert(1, {"type": "string", "maxLength": MAX_NAME})


class NewArticle(BaseModel):
    """An article to keep: exactly one of `text`, `html` and `url` is its content. A `url` beside
    a text or HTML says where that was published."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "example": {
                "title": "Army enters Palmyra",
                "text": "The Syrian army said on Thursday that it had entered Palmyra, which "
                "Islamic State (IS) has held since May.",
                "source": "Meridian Dispatch",
                "published_at": "2016-03-24",
                "authors": ["Ada Example"],
            }
        },
    )

    text: str | None = Field(None, description="Plain text; an empty line parts paragraphs.")
    html: str | None = Field(None, description="A whole HTML page; its main text is kept.")
    url: Address | None = Field(
        None, description="An http or https address: fetched, where no text or HTML is given."
    )
    title: Title | None = Field(
        None, description="The headline; read from the document where it is absent."
    )
    subtitle: Title | None = Field(None, description="What stands below the headline.")
    source: Name | None = Field(None, description="The outlet's name, as people write it.")
    published_at: str | None = Field(
        None,
        description="An ISO 8601 date or date-time, or one in print that is no other "
        "(March 5, 2024); without an offset it is UTC.",
    )
    authors: Authors | None = Field(
        None,
        json_schema_extra=_or_one_name,
        description="Those who signed it; one may stand as a text of its own.",
    )
    language: str | None = Field(None, description="ISO 639-1; found out where it is absent.")
    external_id: Name | int | None = Field(
        None, description="Your own id, unique within the source; a number is kept as its digits."
    )


class ArticlePatch(BaseModel):
    """What to change; what is absent or null stays as it is."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"example": {"authors": ["Ada Example", "Ben Sample"]}}
    )

    title: Title | None = Field(None, description="The headline; another one makes a new revision.")
    subtitle: Title | None = Field(
        None, description="What stands below the headline; another one makes a new revision."
    )
    source: Name | None = Field(None, description="The outlet's name.")
    published_at: str | None = Field(None, description="An ISO 8601 date or date-time.")
    authors: Authors | None = Field(
        None,
        json_schema_extra=_or_one_name,
        description="Those who signed it; one may stand as a text of its own.",
    )
    language: str | None = Field(None, description="ISO 639-1; the text is analysed anew.")
    url: Address | None = Field(
        None, description="Where it was published, an http or https address."
    )
    external_id: Name | int | None = Field(None, description="Your own id.")
