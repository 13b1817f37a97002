"""Stories, and articles that are like one."""

from datetime import datetime
from typing import Literal, Self

from pydantic import ConfigDict, Field
from pydantic.config import JsonDict

from app.domain import story as domain
from app.web.parameters.base import EntityType
from app.web.schemas.articles import EXAMPLE, Article
from app.web.schemas.base import Answer, ArticleSource, Listing, listing_example
from app.web.schemas.facets import FacetedListing

_STORY: JsonDict = {
    "id": 1,
    "title": "Army enters Palmyra",
    "articles": 3,
    "first_published": "2016-03-24T00:00:00Z",
    "last_published": "2016-03-28T00:00:00Z",
    "outlets": 1,
    "sources": [
        {
            "source": {"slug": "meridian-dispatch", "name": "Meridian Dispatch"},
            "articles": 2,
        },
        {"source": None, "articles": 1},
    ],
    "entities": [{"entity": 1, "name": "Palmyra", "type": "GPE", "articles": 3, "mentions": 10}],
    "merged_into": None,
    "updated_at": "2026-11-23T09:30:02Z",
}
_SIMILAR: JsonDict = {
    "article": EXAMPLE,
    "similarity": 0.412,
    "shared": [{"text": "palmyra", "kind": "name", "share": 0.2}],
}


class StorySource(Answer):
    """An outlet in a story."""

    source: ArticleSource | None = Field(description="Null: articles of no known outlet.")
    articles: int = Field(description="Its articles in the story.")


class StoryEntity(Answer):
    """An entity in a story."""

    entity: int = Field(description="Its id.")
    name: str = Field(description="Its name.")
    type: EntityType = Field(description="What it is (OntoNotes' types).")
    articles: int = Field(description="In how many of the story's articles it is mentioned.")
    mentions: int = Field(description="How often the story's articles mention it.")


class Story(Answer):
    """Articles that report the same event."""

    model_config = ConfigDict(json_schema_extra={"example": _STORY})

    id: int = Field(
        description="Never used again; that of a story without articles answers with `merged_into`."
    )
    title: str | None = Field(description="The title of its first article.")
    articles: int = Field(description="How many articles it has.")
    first_published: datetime | None = Field(description="Null where no article of it is dated.")
    last_published: datetime | None = Field(
        description="Publication of its latest article; null where none is dated."
    )
    outlets: int = Field(description="How many known outlets report it.")
    sources: list[StorySource] = Field(description="Those of most articles first.")
    entities: list[StoryEntity] = Field(
        description="At most ten, those that most of its articles mention first."
    )
    merged_into: int | None = Field(
        description="Where its last articles went; null while it has articles."
    )
    updated_at: datetime = Field(description="When anything that is shown of it last changed.")


class StoryList(FacetedListing[Story]):
    """One page of stories."""

    model_config = ConfigDict(json_schema_extra={"example": listing_example(_STORY)})


class MissedStory(Answer):
    """A story that an outlet does not report, and how sure that is."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"story": _STORY, "articles": 7, "unread": 0, "undated": 2}}
    )

    story: Story = Field(description="The story that others report.")
    articles: int | None = Field(
        description="Articles of the outlet in the collection from the days of the story, a day "
        "more on either side: with none its silence says nothing. Null where the story has no date."
    )
    unread: int | None = Field(
        description="Of these articles those that are not analysed, or could not be."
    )
    undated: int = Field(description="Articles of the outlet of which nobody knows the day.")


class MissedStoryList(Listing[MissedStory]):
    """One page of stories that an outlet does not report."""


class Shared(Answer):
    """What two articles share."""

    text: str = Field(description="A lemma, a name in lower case, or a year.")
    kind: Literal["word", "name", "year"] = Field(
        description="What it is: a telling word, a name, or a year."
    )
    share: float = Field(description="Its part in the likeness, 0 to 1.")


class Similar(Answer):
    """An article like another one."""

    model_config = ConfigDict(json_schema_extra={"example": _SIMILAR})

    article: Article = Field(description="The article that is like it.")
    similarity: float = Field(description="0 to 1; the nearer in time, the more alike.")
    shared: list[Shared] = Field(description="At most twelve, those of the largest part first.")

    @classmethod
    def of(cls, similar: domain.SimilarArticle, *, utf16: bool = False) -> Self:
        """The wire shape of a similar article."""
        return cls(
            article=Article.of(similar.article, utf16=utf16),
            similarity=similar.similarity,
            shared=[Shared.model_validate(each) for each in similar.shared],
        )


class SimilarList(Listing[Similar]):
    """One page of similar articles."""

    model_config = ConfigDict(json_schema_extra={"example": listing_example(_SIMILAR)})
