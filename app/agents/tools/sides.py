"""The sides that tools compare: how a model names them, and the comparison made of them."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Annotated
from urllib.parse import urlencode

from pydantic import AfterValidator, Field

from app.agents.claims import Claim, Claims, Place, revision_path
from app.agents.parts import Parts
from app.agents.tool import Arguments
from app.agents.tools.naming import named_outlet
from app.domain import deadline
from app.domain.answer import Comparison, Section
from app.domain.article import Published
from app.domain.comparison import ArticleRef, ComparedText
from app.domain.limits import MAX_TOP
from app.errors import InvalidInput
from app.services.compare import compare_stored
from app.services.revisions import named_revisions
from app.services.sides import SideRequest

# Places of one item that are read from the store; a claim shows fewer.
_EVIDENCE = 5
_SMALLEST, _USUAL, _LARGEST = 1_500, 5_500, 60_000


def _dated(value: str) -> str:
    try:
        Published.parse(value)
    except InvalidInput as error:
        raise ValueError(error.detail) from None
    return value


Day = Annotated[str, AfterValidator(_dated)]
Id = Annotated[int, Field(ge=1, le=2**63 - 1)]


class Sized(Arguments):
    """How much of an answer is wanted."""

    start: int = Field(0, ge=0, description="`next_start` of the answer before.")
    max_bytes: int = Field(
        _USUAL, ge=_SMALLEST, le=_LARGEST, description=f"Of the answer, up to {_LARGEST}."
    )


class Sides(Sized):
    """Two to eight sides, named in one way."""

    story: Id | None = Field(None, description="A story id: its outlets are the sides.")
    outlets: list[str] = Field(
        [],
        max_length=8,
        description="Names, each a side; with `story` only their articles there.",
    )
    articles: list[Id | str] = Field(
        [], max_length=8, description="Ids, each a side; 7@1 is a revision of 7."
    )
    sides: list[str] = Field(
        [],
        max_length=8,
        description="Groups or periods: KEY:OUTLET,OUTLET@FROM..TO, * for any outlet.",
    )
    others: str | None = Field(None, description="With `story`: this outlet against the rest.")
    since: Day | None = Field(None, description="First ISO day.")
    until: Day | None = Field(None, description="ISO day after the last.")

    def query(self) -> Mapping[str, object]:
        """The parameters of `GET /v1/compare` that name the same sides."""
        given = {
            "story": self.story,
            "source": self.outlets,
            "article": self.articles,
            "side": self.sides,
            "others": self.others,
            "since": self.since,
            "until": self.until,
        }
        return {name: value for name, value in given.items() if value not in (None, [])}


def comparison_of(parts: Parts, asked: Sides, sections: Collection[Section]) -> Comparison:
    """The comparison of stored sides. Raises InvalidInput where they are not two to eight, or name
    what is not there; DeadlinePassed."""
    _check(asked)
    settings = parts.settings
    articles = [ArticleRef.parse(str(each)) for each in asked.articles]
    with deadline.within(settings.comparison_timeout, "PARALLAX_COMPARISON_TIMEOUT"):
        revisions = named_revisions(parts.store, articles, parts.analyse)
        with parts.store.read() as session:
            outlets = [named_outlet(session, each) for each in asked.outlets]
            others = named_outlet(session, asked.others) if asked.others else None
            return compare_stored(
                session,
                sources=outlets,
                articles=articles,
                asked=[SideRequest.parse(each) for each in asked.sides],
                others=others,
                story=asked.story,
                since=_instant(asked.since),
                until=_instant(asked.until),
                sections=sections,
                evidence=_EVIDENCE,
                top=MAX_TOP,
                max_side_articles=settings.max_side_articles,
                max_pairs=settings.max_sentence_pairs,
                vectors=parts.vectors,
                revisions=revisions,
            )


def told(
    comparison: Comparison,
    claims: Sequence[Claim],
    sized: Sized,
    *,
    note: str | None,
    asked: Sides | None = None,
    section: str = "brief",
) -> str:
    """The answer: the sides, the claims that fit, the texts that they point into, how far this
    reaches, and the address at which the API has all of it."""
    about = {Place(each.article, each.revision): each for each in comparison.articles}

    def described(place: Place) -> dict[str, object] | None:
        article = about.get(place)
        if article is None:
            return None
        stored = not isinstance(article, ComparedText)
        return _given(
            article=place.article,
            revision=place.revision,
            side=article.side,
            source=article.source,
            title=article.title,
            url=article.url,
            published=_day(article.published_at),
            path=revision_path(place) if stored else None,
        )

    head = {
        "sides": [
            {"side": each.key, "name": each.name, "articles": each.articles, "words": each.words}
            for each in comparison.sides
        ]
    }
    left_out = [f"article {each.article}: {each.reason}" for each in comparison.left_out[:5]]
    query = urlencode({**asked.query(), "section": section}, doseq=True) if asked else None
    tail = _given(
        left_out=left_out or None, note=note, path=f"/v1/compare?{query}" if query else None
    )
    return Claims(claims, described).answer(head, tail, sized.start, sized.max_bytes)


def _check(asked: Sides) -> None:
    named = [name for name in ("outlets", "articles", "sides", "others") if getattr(asked, name)]
    if len(named) > 1:
        raise InvalidInput(f"Name the sides in one way, not by {' and '.join(named)}.")
    if not named and asked.story is None:
        raise InvalidInput(
            "Name two to eight sides: a story (find_stories has its id), outlets, articles, or "
            "sides."
        )
    if named and named[0] != "others" and len(getattr(asked, named[0])) < 2:
        raise InvalidInput(
            f"A comparison has two to eight sides: {named[0]} names one. Name another, or give "
            "`story` and `others` to set one outlet against the rest."
        )


def _instant(day: str | None) -> datetime | None:
    return Published.parse(day).instant if day else None


def _day(published: datetime | None) -> str | None:
    return published.date().isoformat() if published else None


def _given(**values: object) -> dict[str, object]:
    return {name: value for name, value in values.items() if value is not None}
