"""Comparisons: what sides share, and what tells them apart."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, TypedDict

from app.domain import deadline
from app.domain.answer import Comparison
from app.domain.article import Published
from app.domain.comparison import ArticleRef, ComparedText, TextToCompare
from app.domain.text import Utf16
from app.errors import InvalidInput
from app.services.compare import compare_stored, compare_texts
from app.services.revisions import named_revisions
from app.services.sides import SideRequest
from app.store.engine.sessions import ReadSession
from app.web.bodies import JsonObject, documented_body, shaped
from app.web.dependencies import COMPARISON_TIMEOUT, InComparisonTime, Service, ServiceOf
from app.web.offsets import around, surroundings, turn_for
from app.web.parameters.base import QueryOf
from app.web.parameters.comparison import ComparisonParameters, TextComparisonParameters
from app.web.problems import documented
from app.web.routing import Router
from app.web.schemas import comparison as wire

router = Router(prefix="/v1/compare", tags=["compare"])


@router.get(
    "",
    operation_id="compare_stored",
    dependencies=[InComparisonTime],
    summary="Compare stored articles",
    response_description="The comparison, with the sections that were asked for.",
    responses=documented(),
    response_model_exclude_unset=True,
)
def compare_stored_articles(
    parameters: Annotated[ComparisonParameters, QueryOf],
    service: ServiceOf,
) -> wire.Comparison:
    """Compares two to eight sides, named in one of four ways:

    - outlets (`source`), with the articles that they published from `since` and before `until` or
      in a `story`; a `story` alone is compared between all its outlets;
    - single articles (`article`), or revisions of one (`article=7@1&article=7@3`): what was changed
      after publication, told as facts, figures, quotes and words. A revision that is named is
      analysed when it is asked for;
    - groups of outlets, or periods of one (`side`);
    - one outlet of a `story` against the rest of it (`others`).

    Articles whose analysis is pending or impossible are named in `left_out`.
    """
    revisions = named_revisions(
        service.store, parameters.named_articles, service.analyse_while_asked
    )
    with service.store.read() as session:
        comparison = compare_stored(
            session,
            sources=parameters.source,
            articles=parameters.named_articles,
            asked=[SideRequest.parse(each) for each in parameters.side],
            others=parameters.others,
            story=parameters.story,
            since=parameters.since_instant,
            until=parameters.until_instant,
            **_bounds(parameters),
            **service.comparing,
            revisions=revisions,
        )
        return _stored_answer(session, comparison, parameters)


@router.post(
    "",
    operation_id="compare_texts",
    summary="Compare the texts in the request, or sides of stored articles",
    response_description="The comparison, with the sections that were asked for; of texts, with "
    "these as they were compared.",
    responses=documented(400, 413, 415),
    response_model_exclude_unset=True,
    openapi_extra=documented_body(wire.ToCompare),
)
def compare_given(
    body: JsonObject,
    parameters: Annotated[TextComparisonParameters, QueryOf],
    service: ServiceOf,
) -> wire.TextComparison | wire.Comparison:
    """Compares two to eight texts (`articles`), each a side that its `source` names. Nothing is
    cleaned or stored, and nothing is looked up in the store: entity ids hold within the answer, and
    `article` is a text's place in the request, from 0. Since it takes the time of an analysis, it
    needs a key where writes do.

    With `sides` it compares what is stored: groups of outlets, periods, or articles by id.
    """
    asked = shaped(wire.ToCompare, body)
    if (asked.articles is None) == (asked.sides is None):
        raise InvalidInput("Send articles, the texts to compare, or sides, and not both.").at("#")
    if asked.sides is not None:
        deadline.begin(service.settings.comparison_timeout, COMPARISON_TIMEOUT)
        sides = [_side(place, side) for place, side in enumerate(asked.sides)]
        named = [each for side in sides for each in side.articles]
        revisions = named_revisions(service.store, named, service.analyse_while_asked)
        with service.store.read() as session:
            comparison = compare_stored(
                session,
                asked=sides,
                **_bounds(parameters),
                **service.comparing,
                revisions=revisions,
            )
            return _stored_answer(session, comparison, parameters)
    return _compared_texts(asked.articles or [], parameters, service)


class _Bounds(TypedDict):
    sections: Sequence[str]
    evidence: int
    top: int
    unclear: bool


def _bounds(parameters: TextComparisonParameters | ComparisonParameters) -> _Bounds:
    return _Bounds(
        sections=parameters.section,
        evidence=parameters.evidence,
        top=parameters.top,
        unclear=parameters.unclear,
    )


def _stored_answer(
    session: ReadSession,
    comparison: Comparison,
    parameters: TextComparisonParameters | ComparisonParameters,
) -> wire.Comparison:
    answer = wire.Comparison.of(comparison)
    if not parameters.utf16 and not parameters.context:
        return answer
    spots = list(answer.spots())
    turn = turn_for(session, spots, parameters)
    return wire.Comparison.of(comparison, turn, surroundings(session, spots, parameters.context))


def _compared_texts(
    texts: Sequence[wire.TextToCompare], parameters: TextComparisonParameters, service: Service
) -> wire.TextComparison:
    with service.patience.long():
        comparison = compare_texts(
            [_text(place, text) for place, text in enumerate(texts)],
            service.analyse_to_compare,
            **_bounds(parameters),
            max_chars=service.settings.max_text_chars,
            max_pairs=service.settings.max_sentence_pairs,
            encoder=service.encoder,
        )
    whole = {
        each.article: each.text for each in comparison.articles if isinstance(each, ComparedText)
    }

    def turn(article: int, _: int) -> Utf16:
        return offsets[article]

    offsets = {article: Utf16(text) for article, text in whole.items()} if parameters.utf16 else {}
    return wire.TextComparison.of(
        comparison,
        turn if parameters.utf16 else None,
        around({(article, 1): text for article, text in whole.items()}, parameters.context),
    )


def _side(place: int, side: wire.SideToCompare) -> SideRequest:
    row = f"#/sides/{place}"
    return SideRequest(
        side.key.strip(),
        tuple(side.sources or ()),
        tuple(_named(each, row) for each in side.articles or ()),
        _instant(side.since, f"{row}/since"),
        _instant(side.until, f"{row}/until"),
        row,
    )


def _named(article: int | str, pointer: str) -> ArticleRef:
    try:
        return ArticleRef.parse(str(article))
    except InvalidInput as error:
        raise error.at(f"{pointer}/articles") from None


def _instant(value: str | None, pointer: str) -> datetime | None:
    published = _published(value, pointer)
    return published.instant if published else None


def _text(place: int, text: wire.TextToCompare) -> TextToCompare:
    return TextToCompare(
        source=text.source,
        title=text.title,
        text=text.text,
        published=_published(text.published_at, f"#/articles/{place}/published_at"),
        language=text.language,
    )


def _published(value: str | None, pointer: str) -> Published | None:
    if value is None:
        return None
    try:
        return Published.parse(value)
    except InvalidInput as error:
        raise error.at(pointer) from None
