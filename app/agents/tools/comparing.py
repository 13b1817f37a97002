"""Tools that compare what is stored, or texts that nobody stores."""

from pydantic import Field

from app.agents.parts import Parts
from app.agents.tools import sections
from app.agents.tools.sections import SECTION_OF, About, Named, claims_about
from app.agents.tools.sides import Sides, comparison_of, told
from app.agents.tools.texts import ComparedTexts, text_comparison
from app.domain.answer import Comparison


class CoverageArguments(Sides):
    """Which sides, and what about them."""

    about: About = "overview"


class OnlyArguments(Sides):
    """Which sides, and of which of them."""

    side: str | None = Field(None, description="Only this one: key or name.")


def compare_coverage(parts: Parts, asked: CoverageArguments) -> str:
    """What sides share and how they differ."""
    comparison = comparison_of(parts, asked, SECTION_OF[asked.about])
    claims = claims_about(asked.about, comparison, Named(comparison))
    section = "brief" if asked.about == "overview" else SECTION_OF[asked.about][0]
    return told(comparison, claims, asked, note=_note(comparison), asked=asked, section=section)


def what_only_one_reports(parts: Parts, asked: OnlyArguments) -> str:
    """What one side alone has, with what comes nearest elsewhere."""
    comparison = comparison_of(parts, asked, ["statements"])
    claims = sections.only(comparison, Named(comparison), asked.side)
    return told(
        comparison, claims, asked, note=_note(comparison), asked=asked, section="statements"
    )


def compare_texts(parts: Parts, asked: ComparedTexts) -> str:
    """The same of texts that are sent."""
    comparison = text_comparison(parts, asked, SECTION_OF[asked.about])
    claims = claims_about(asked.about, comparison, Named(comparison))
    return told(comparison, claims, asked, note=_note(comparison))


def _note(comparison: Comparison) -> str | None:
    """How far the one section reaches that the claims are of; of an overview that of sentences."""
    for section in (
        comparison.statements,
        comparison.figures,
        comparison.entities,
        comparison.labels,
        comparison.timeline,
        comparison.reuse,
    ):
        if section is not None:
            return section.note
    return None
