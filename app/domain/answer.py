"""The answer of a comparison: its sections, each item with its evidence."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from app.domain.comparison import ComparedArticle, Filters, LeftOut, SideSummary
from app.domain.sections.brief import BriefSection
from app.domain.sections.entities import EntitySection
from app.domain.sections.figures import FigureSection
from app.domain.sections.labels import LabelSection
from app.domain.sections.quotes import QuoteSection
from app.domain.sections.reuse import ReuseSection
from app.domain.sections.roles import RoleSection
from app.domain.sections.statements import StatementSection
from app.domain.sections.terms import TermSection
from app.domain.sections.timeline import Timeline

# In the order in which they are answered. Each names a module in `app.domain.sections`,
# `app.compare.sections`, `app.web.schemas.sections` and `app.terminal.sections`.
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
SECTIONS: tuple[Section, ...] = get_args(Section.__value__)


@dataclass(frozen=True, slots=True)
class Comparison:
    """The answer. `articles` are all that stand on the sides, those that are `left_out` too;
    sections that were not asked for are None; `versions` names what it came from."""

    sides: tuple[SideSummary, ...]
    articles: tuple[ComparedArticle, ...]
    filters: Filters
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
