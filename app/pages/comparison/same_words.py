"""Quotes that several sides give, each wording once."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.comparison import Spot
from app.domain.sections.quotes import QuoteSection, SameQuote


@dataclass(frozen=True, slots=True)
class GivenQuote:
    """A quote as two sides give it; `places` are those of all sides that give it in the same
    words."""

    item: SameQuote
    places: Mapping[str, Spot]


def given_quotes(section: QuoteSection) -> list[GivenQuote]:
    """The quotes in their order. Of one that more than two sides give word for word the section has
    a pair of each two of them: that is one here, with the places of all."""
    found: list[GivenQuote] = []
    places: dict[str, dict[str, Spot]] = {}
    for item in section.same:
        if item.change != "same":
            found.append(GivenQuote(item, item.sides))
            continue
        wording = "".join(filter(str.isalnum, next(iter(item.sides.values())).text.casefold()))
        if wording not in places:
            places[wording] = {}
            found.append(GivenQuote(item, places[wording]))
        for side, spot in item.sides.items():
            places[wording].setdefault(side, spot)
    return found
