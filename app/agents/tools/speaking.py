"""The tool that says who is quoted, and with which words."""

from collections.abc import Iterator

from pydantic import Field

from app.agents.claims import Claim, Claims, Place, revision_path
from app.agents.parts import Parts
from app.agents.tools import sections
from app.agents.tools.naming import about_article
from app.agents.tools.sections import Named
from app.agents.tools.sides import Sides, comparison_of, told
from app.compare.phrases import quoted
from app.domain import deadline
from app.domain.comparison import ArticleRef, Spot
from app.domain.page import PageRequest, QuoteFilter
from app.domain.quote import StoredQuote
from app.errors import InvalidInput
from app.services import query

_MOST = 200


class SpeakingArguments(Sides):
    """Where, and of whom."""

    speaker: str | None = Field(
        None, max_length=200, description="Only this one: entity id or part of a name."
    )
    quotes: int = Field(2, ge=1, le=5, description="Shown of each on a side.")


def who_said_what(parts: Parts, asked: SpeakingArguments) -> str:
    """Who is quoted in one article, or on each side of several."""
    if list(asked.query()) == ["article"] and len(asked.articles) == 1:
        return _in_article(parts, ArticleRef.parse(str(asked.articles[0])), asked)
    comparison = comparison_of(parts, asked, ["quotes"])
    sides = Named(comparison)
    claims = list(sections.voices(comparison, sides, asked.quotes, asked.speaker))
    if asked.speaker is None:
        claims += sections.same_quotes(comparison, sides)
    note = comparison.quotes.note if comparison.quotes else None
    return told(comparison, claims, asked, note=note, asked=asked, section="quotes")


def _in_article(parts: Parts, named: ArticleRef, asked: SpeakingArguments) -> str:
    article = named.article
    if named.revision is not None:
        raise InvalidInput(
            f"Name another revision beside {named}, or the article alone: {article}."
        )
    with (
        deadline.within(parts.settings.query_timeout, "PARALLAX_QUERY_TIMEOUT"),
        parts.store.read() as session,
    ):
        found = query.article(session, article).article
        page = query.quotes(session, article, QuoteFilter(), PageRequest(limit=_MOST))
    described = about_article(found)

    def about(place: Place) -> dict[str, object]:
        return {**described, "revision": place.revision, "path": revision_path(place)}

    claims = list(_quotes(page.items, asked.speaker))
    tail = {"path": f"/v1/articles/{article}/quotes"}
    return Claims(claims, about).answer({}, tail, asked.start, asked.max_bytes)


def _quotes(found: tuple[StoredQuote, ...], speaker: str | None) -> Iterator[Claim]:
    wanted = speaker.casefold() if speaker else None
    for each in found:
        spoken = each.speaker.text if each.speaker else None
        name = each.entity_name or spoken
        if wanted and wanted != str(each.entity) and wanted not in (name or "").casefold():
            continue
        who = f"{quoted(name)} is quoted" if name else "Somebody is quoted, whom it does not name"
        yield Claim(
            "quote",
            f"{who} ({each.kind}).",
            [
                Spot(
                    each.article,
                    each.revision,
                    each.content.start,
                    each.content.end,
                    each.content.text,
                ),
                *(
                    [
                        Spot(
                            each.article,
                            each.revision,
                            each.speaker.start,
                            each.speaker.end,
                            spoken,
                        )
                    ]
                    if each.speaker and spoken
                    else []
                ),
            ],
            {"entity": each.entity},
        )
