"""The brief of a comparison, as it is answered."""

from pydantic import Field

from app.domain.sections.brief import BriefKind
from app.web.schemas.base import Answer, More, Note
from app.web.schemas.spots import Spot


class BriefItem(Answer):
    """A sentence or two on some of the sides."""

    kind: BriefKind = Field(description="What it speaks of.")
    text: str = Field(
        description="What it quotes stands in the evidence, white space apart, and is cut with an "
        "ellipsis where it is long."
    )
    sides: list[str] = Field(description="The sides that it is about.")
    evidence: dict[str, list[Spot]] = Field(
        description="What it is said by, whole: `evidence` does not cut it."
    )


class BriefSection(Answer):
    """What an analyst would write from the sections in five minutes, in the order of reading."""

    items: list[BriefItem] = Field(description="The sentences, in the order of reading.")
    more: More
    note: Note


SECTION = BriefSection
