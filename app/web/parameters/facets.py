"""The parameter that asks how a whole list divides up."""

from collections.abc import Sequence
from typing import Annotated, Any, cast, get_args

from pydantic import AfterValidator, Field

from app.domain.facets import FacetName


def _known(names: Sequence[str]) -> AfterValidator:
    def check(value: str) -> str:
        asked = value.split(",")
        for each in asked:
            if each not in names:
                raise ValueError(f"{each[:40]!r} is no facet of this list: choose {_or(names)}")
            if asked.count(each) > 1:
                raise ValueError(f"{each} is named twice")
        return value

    return AfterValidator(check)


def _or(names: Sequence[str]) -> str:
    return " or ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _facets(what: str) -> Any:
    return Field(
        None,
        description=f"{what}, comma-separated: counts over all that matches, not over this page "
        "alone. A hundred values each at most, outlets and entities with most first, days (in "
        "UTC) from the newest; they stand under `facets`.",
    )


ARTICLE_FACETS: tuple[FacetName, ...] = get_args(FacetName.__value__)
STORY_FACETS: tuple[FacetName, ...] = ("source", "day")


def asked_facets(value: str) -> tuple[FacetName, ...]:
    """The facets that a checked value of the parameter names."""
    return cast(tuple[FacetName, ...], tuple(value.split(",")))


ArticleFacets = Annotated[str, _known(ARTICLE_FACETS)]
StoryFacets = Annotated[str, _known(STORY_FACETS)]


def article_facets() -> Any:
    """The field for `facets` of a list of articles."""
    return _facets("How the articles divide up by `source`, `day` or `entity`")


def story_facets() -> Any:
    """The field for `facets` of a list of stories."""
    return _facets("How the stories divide up by `source` or by `day`, that of the last report")
