"""Texts that a model sends to be compared: nothing of them is stored."""

from collections.abc import Collection, Sequence

from pydantic import BaseModel, ConfigDict, Field

from app.agents.parts import Parts
from app.agents.tools.sections import About
from app.agents.tools.sides import Day, Sized
from app.domain import deadline
from app.domain.annotation import Analysis, AnalysisInput
from app.domain.answer import Comparison, Section
from app.domain.article import Published
from app.domain.comparison import TextToCompare
from app.domain.limits import MAX_NAME, MAX_TITLE, MAX_TOP
from app.services.compare import compare_texts

_EVIDENCE = 5


class GivenText(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    source: str = Field(min_length=1, max_length=MAX_NAME, description="Names the side.")
    title: str | None = Field(None, max_length=MAX_TITLE)
    text: str = Field(min_length=1)
    published_at: Day | None = None


class ComparedTexts(Sized):
    """The texts, and what about them."""

    texts: list[GivenText] = Field(min_length=2, max_length=8)
    about: About = "overview"


def text_comparison(
    parts: Parts, asked: ComparedTexts, sections: Collection[Section]
) -> Comparison:
    """The comparison of texts that are sent. Raises what `compare_texts` raises."""
    settings = parts.settings

    def analyse(inputs: list[AnalysisInput]) -> Sequence[Analysis]:
        analyses = parts.analyse(inputs)
        # From here on: an analysis has bounds of its own, by the length of its text.
        deadline.begin(settings.comparison_timeout, "PARALLAX_COMPARISON_TIMEOUT")
        return analyses

    return compare_texts(
        [
            TextToCompare(
                source=each.source,
                title=each.title,
                text=each.text,
                published=Published.parse(each.published_at) if each.published_at else None,
            )
            for each in asked.texts
        ],
        analyse,
        sections=sections,
        evidence=_EVIDENCE,
        top=MAX_TOP,
        max_chars=settings.max_text_chars,
        max_pairs=settings.max_sentence_pairs,
        encoder=parts.vectors.encoder if parts.vectors else None,
    )
