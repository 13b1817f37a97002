"""Texts that are stored nowhere as the sides of a comparison."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from app.compare.texts_in_memory import AnalysedText, TextsInMemory
from app.domain.annotation import Analysis, AnalysisInput
from app.domain.comparison import LeftOut, Side, TextToCompare
from app.domain.story import NO_PROFILE
from app.resolve.across import ArticleNames
from app.resolve.context import Context
from app.services.joint_resolution import resolve_together
from app.services.vectors import Encoder, with_vectors

type Analyse = Callable[[list[AnalysisInput]], Sequence[Analysis]]


class TextSides(NamedTuple):
    """Texts as sides, one each, with where their evidence comes from. `inputs` and `analyses` are
    those of the texts, in their order; a text without a pipeline is `left_out`."""

    sides: Sequence[Side]
    source: TextsInMemory
    left_out: Sequence[LeftOut]
    inputs: Sequence[AnalysisInput]
    analyses: Sequence[Analysis]


def text_sides(
    texts: Sequence[TextToCompare], analyse: Analyse, encoder: Encoder | None
) -> TextSides:
    """Analyses texts and resolves their names together, with the vectors of their sentences where
    there is an encoder. Raises what `analyse` and the encoder raise."""
    inputs = [_input(text) for text in texts]
    analyses = analyse(inputs)
    found = [n for n, analysis in enumerate(analyses) if analysis.annotation is not None]
    # Joined in an order of their own, so that the order of the request changes no entity.
    order = sorted(found, key=lambda number: texts[number].source)
    # That they report one event is for who compares them to say: no text is asked what it is about.
    joined = resolve_together(
        ArticleNames.of(analyses[number].clusters, Context(number, None, NO_PROFILE))
        for number in order
    )
    entities = _renumbered(dict(sorted(zip(order, joined, strict=True))))
    memory = TextsInMemory(
        {
            n: AnalysedText(
                inputs[n].text,
                inputs[n].body_start,
                analyses[n],
                entities[n],
                published.day if (published := texts[n].published) else None,
            )
            for n in found
        }
    )
    brought = [memory.findings(n) for n in found]
    if encoder:
        brought = with_vectors(brought, memory.texts(found), encoder)
    by_place = {each.article: each for each in brought}
    return TextSides(
        [
            Side(text.source, text.source, (by_place[n],) if n in by_place else ())
            for n, text in enumerate(texts)
        ],
        memory,
        [
            LeftOut(n, texts[n].source, analysis.reason or "not analysed")
            for n, analysis in enumerate(analyses)
            if n not in entities
        ],
        inputs,
        analyses,
    )


def _input(text: TextToCompare) -> AnalysisInput:
    if not text.title or not text.title.strip():
        return AnalysisInput(text.text, 0, text.language)
    head = text.title + "\n\n"
    return AnalysisInput(head + text.text, len(head), text.language)


def _renumbered(entities: Mapping[int, Sequence[int]]) -> dict[int, list[int]]:
    """The same entities, numbered from 1 in the order in which the texts name them."""
    numbers: dict[int, int] = {}
    return {
        text: [numbers.setdefault(entity, len(numbers) + 1) for entity in found]
        for text, found in entities.items()
    }
