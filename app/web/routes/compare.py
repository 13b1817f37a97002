"""Comparisons: what sides share, and what tells them apart."""

from typing import Annotated

from fastapi import APIRouter

from app.domain import deadline
from app.domain.annotation import Analysis, AnalysisInput
from app.domain.article import Published
from app.domain.comparison import TextToCompare
from app.errors import InvalidInput
from app.services.compare import compare_stored, compare_texts
from app.web.bodies import JsonObject, documented_body, shaped
from app.web.dependencies import COMPARISON_TIMEOUT, ComparingSessionOf, ServiceOf
from app.web.offsets import turn_for
from app.web.parameters.base import QueryOf
from app.web.parameters.comparison import ComparisonParameters, TextComparisonParameters
from app.web.problems import documented
from app.web.schemas import comparison as wire

router = APIRouter(prefix="/v1/compare", tags=["compare"])


@router.get(
    "",
    operation_id="compare_stored",
    summary="Compare stored articles",
    responses=documented(),
    response_model_exclude_unset=True,
)
def compare_stored_articles(
    parameters: Annotated[ComparisonParameters, QueryOf],
    session: ComparingSessionOf,
    service: ServiceOf,
) -> wire.Comparison:
    """Compares two to eight sides: either outlets (`source`), with the articles that they
    published from `since` and before `until` or in a `story`, or single articles (`article`).
    A `story` alone is compared between all its outlets.

    Articles whose analysis is pending or impossible are named in `left_out`.
    """
    comparison = compare_stored(
        session,
        sources=parameters.source,
        articles=parameters.article,
        story=parameters.story,
        since=parameters.since_instant,
        until=parameters.until_instant,
        sections=parameters.section,
        evidence=parameters.evidence,
        top=parameters.top,
        unclear=parameters.unclear,
        max_side_articles=service.settings.max_side_articles,
        max_pairs=service.settings.max_sentence_pairs,
        vectors=service.vectors,
    )
    answer = wire.Comparison.of(comparison)
    turn = turn_for(session, answer.spots(), parameters)
    return wire.Comparison.of(comparison, turn) if turn else answer


@router.post(
    "",
    operation_id="compare_texts",
    summary="Compare the texts in the request",
    responses=documented(400, 413, 415),
    response_model_exclude_unset=True,
    openapi_extra=documented_body(wire.TextsToCompare),
)
def compare_given_texts(
    body: JsonObject,
    parameters: Annotated[TextComparisonParameters, QueryOf],
    service: ServiceOf,
) -> wire.TextComparison:
    """Compares two to eight texts, each a side that its `source` names. Nothing is cleaned or
    stored, and nothing is looked up in the store: entity ids hold within the answer, and `article`
    is a text's place in the request, from 0. Since it takes the time of an analysis, it needs a
    key where writes do."""
    asked = shaped(wire.TextsToCompare, body)

    def analyse(inputs: list[AnalysisInput]) -> list[Analysis]:
        analyses = service.analyse(inputs)
        # From here on: an analysis has bounds of its own, by the length of its text.
        deadline.begin(service.settings.comparison_timeout, COMPARISON_TIMEOUT)
        return analyses

    with service.patience.long():
        comparison, texts = compare_texts(
            [_text(place, text) for place, text in enumerate(asked.articles)],
            analyse,
            sections=parameters.section,
            evidence=parameters.evidence,
            top=parameters.top,
            unclear=parameters.unclear,
            max_chars=service.settings.max_text_chars,
            max_pairs=service.settings.max_sentence_pairs,
            encoder=service.encoder,
        )
    return wire.TextComparison.of_texts(comparison, texts, utf16=parameters.utf16)


def _text(place: int, text: wire.TextToCompare) -> TextToCompare:
    published = None
    if text.published_at is not None:
        try:
            published = Published.parse(text.published_at)
        except InvalidInput as error:
            raise error.at(f"#/articles/{place}/published_at") from None
    return TextToCompare(
        source=text.source,
        title=text.title,
        text=text.text,
        published=published,
        language=text.language,
    )
