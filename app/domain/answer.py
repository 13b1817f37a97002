"""The answer of a comparison: its sections, each item with its evidence."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from app.domain.comparison import EntitySection, LeftOut, SideSummary, TermSection
from app.domain.sections.brief import BriefSection
from app.domain.sections.figures import FigureSection
from app.domain.sections.labels import LabelSection
from app.domain.sections.quotes import QuoteSection
from app.domain.sections.reuse import ReuseSection
from app.domain.sections.roles import RoleSection
from app.domain.sections.statements import StatementSection
from app.domain.sections.timeline import Timeline

type Section = Literal[
    "entities",
    "terms",
    "labels",
    "roles",
    "quotes",
    "figures",
    "timeline",
    "statements",
    "reuse",
    "brief",
]
SECTIONS: tuple[Section, ...] = (
    *("entities", "terms", "labels", "roles", "quotes", "figures", "timeline", "statements"),
    *("reuse", "brief"),
)

# The sections that a brief is written from.
WRITTEN_FROM: tuple[Section, ...] = (
    *("entities", "labels", "quotes", "figures", "timeline", "statements", "reuse"),
)

_READ: Mapping[Section, frozenset[str]] = {
    "entities": frozenset({"entities"}),
    "terms": frozenset({"terms"}),
    "labels": frozenset({"labels", "owners"}),
    "roles": frozenset({"roles", "owners"}),
    "quotes": frozenset({"quotes", "owners"}),
    "figures": frozenset({"figures", "owners", "fingerprints"}),
    "timeline": frozenset({"dates"}),
    "statements": frozenset(
        {"sentences", "owners", "fingerprints", "vectors", "quotes", "figures", "dates"}
    ),
    "reuse": frozenset({"fingerprints"}),
}
# The fields of `Findings` that a section reads, beside what every article brings.
NEEDS: Mapping[Section, frozenset[str]] = {
    **_READ,
    "brief": frozenset[str]().union(*(_READ[name] for name in WRITTEN_FROM)),
}


@dataclass(frozen=True, slots=True)
class Comparison:
    """The answer. Sections that were not asked for are None; `versions` names what it came from."""

    sides: tuple[SideSummary, ...]
    left_out: tuple[LeftOut, ...]
    versions: Mapping[str, str]
    entities: EntitySection | None = None
    terms: TermSection | None = None
    labels: LabelSection | None = None
    roles: RoleSection | None = None
    quotes: QuoteSection | None = None
    figures: FigureSection | None = None
    timeline: Timeline | None = None
    statements: StatementSection | None = None
    reuse: ReuseSection | None = None
    brief: BriefSection | None = None
