"""The brief of a comparison, as it is answered."""

from collections.abc import Iterable
from typing import Self

from pydantic import Field
from pydantic.json_schema import SkipJsonSchema

from app.domain.sections.brief import BriefKind
from app.web.schemas.base import Answer, More, Note
from app.web.schemas.spots import Place, Placed, Spot


class BriefSpot(Spot):
    """Evidence for a sentence of the brief."""

    text: str | SkipJsonSchema[None] = Field(  # type: ignore[assignment] # frozen: read alone
        None,
        description="The surface as it stands there; absent where another section of the answer "
        "has it, at the same place.",
        exclude_if=lambda found: found is None,
    )


class BriefItem(Answer):
    """A sentence or two on some of the sides."""

    kind: BriefKind = Field(description="What it speaks of.")
    text: str = Field(
        description="What it quotes stands in the evidence, white space apart, and is cut with an "
        "ellipsis where it is long."
    )
    sides: list[str] = Field(description="The sides that it is about.")
    evidence: dict[str, list[BriefSpot]] = Field(
        description="What it is said by, whole: `evidence` does not cut it."
    )


class BriefSection(Answer):
    """What an analyst would write from the sections in five minutes, in the order of reading."""

    items: list[BriefItem] = Field(description="The sentences, in the order of reading.")
    more: More
    note: Note

    def beside(self, others: Iterable[Place]) -> Self:
        """The same without the surfaces that the evidence of other sections has."""
        told = {_place(each) for each in others if isinstance(each, Placed)}

        def shortened(spot: BriefSpot) -> BriefSpot:
            return spot.model_copy(update={"text": None}) if _place(spot) in told else spot

        items = [
            item.model_copy(
                update={
                    "evidence": {
                        side: [shortened(spot) for spot in spots]
                        for side, spots in item.evidence.items()
                    }
                }
            )
            for item in self.items
        ]
        return self.model_copy(update={"items": items})


def _place(spot: Place) -> tuple[int, int, int, int]:
    return spot.article, spot.revision, spot.start, spot.end


SECTION = BriefSection
