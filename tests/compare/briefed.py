"""Sections written by hand, and the brief of them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from app.compare.sections.brief import Sections, brief_section
from app.domain.comparison import ArticleFindings, EntityCounts, Side, Spot
from app.domain.sections.brief import BriefItem, BriefSection
from app.domain.sections.entities import EntitySection
from app.domain.sections.figures import ComparedFigure, FigureGroup, FigureSection, Verdict
from app.domain.sections.labels import LabelSection
from app.domain.sections.quotes import (
    QuoteSection,
    SameQuote,
    SpeakerItem,
    SpeakerOnSide,
    Unattributed,
)
from app.domain.sections.reuse import ReuseSection
from app.domain.sections.statements import (
    Difference,
    Differing,
    OwnStatement,
    SharedStatement,
    StatementSection,
)
from app.domain.sections.timeline import Timeline

# What stands between our quotation marks; between single ones, up to the last that may end it.
_QUOTED = re.compile(r"“([^“”]+)”|‘(.+?)’(?=[\s.;,]|$)")

NOTHING = Sections(
    EntitySection(None, (), {}, 0, None),
    LabelSection((), 0, None),
    QuoteSection((), {}, (), 0, None),
    FigureSection((), 0, None),
    Timeline((), 0, None),
    StatementSection((), {}, 0, None, 0, None),
    ReuseSection((), (), 0, None),
)


def spot(article: int, text: str, start: int = 0) -> Spot:
    """A surface in the first revision of an article."""
    return Spot(article, 1, start, start + len(text), text)


def side(key: str, number: int, words: int = 500, published: date | None = None) -> Side:
    """A side of one article, of its key in capitals as name."""
    return Side(
        key,
        key.upper(),
        (
            ArticleFindings(
                number, 1, words, "", False, EntityCounts((), (), (), ()), {}, published=published
            ),
        ),
    )


AB = (side("a", 1), side("b", 2))
ABC = (*AB, side("c", 3))


def brief(sections: Sections = NOTHING, sides: Sequence[Side] = AB, top: int = 50) -> BriefSection:
    """The brief of sections."""
    return brief_section(sections, sides, top=top)


def texts(section: BriefSection, kind: str) -> list[str]:
    """The sentences of a kind."""
    return [each.text for each in section.items if each.kind == kind]


def shared(
    words: Mapping[str, Spot],
    differs: Sequence[tuple[Difference, Mapping[str, Sequence[Spot]]]] = (),
    *,
    lead: str = "",
    confidence: float = 0.9,
    origins: int = 2,
) -> SharedStatement:
    """A fact that sides report, in the lead of those whose keys stand in `lead`."""
    return SharedStatement(
        "differs" if differs else "same",
        tuple(
            Differing(what, {key: tuple(spots) for key, spots in found.items()})
            for what, found in differs
        ),
        confidence,
        {},
        {key: key in lead for key in words},
        origins,
        {key: (each,) for key, each in words.items()},
    )


def own(each: Spot, importance: float = 0.5, confidence: float = 0.9) -> OwnStatement:
    """A sentence of one side alone."""
    return OwnStatement(importance, confidence, each, {})


def told(
    *facts: SharedStatement, only: Mapping[str, Sequence[OwnStatement]] | None = None
) -> Sections:
    """Sections that have statements alone."""
    alone = {key: tuple(found) for key, found in (only or {}).items()}
    return NOTHING._replace(statements=StatementSection(facts, alone, 0, None, 0, None))


def figure(each: Spot, attribution: str | None = None) -> ComparedFigure:
    """A count."""
    return ComparedFigure(
        each.article, 1, each.start, each.end, each.text,
        "count", 1.0, None, None, None, None, None, attribution,
    )  # fmt: skip


def figures(verdict: Verdict, **sides: ComparedFigure) -> FigureGroup:
    """A figure of each side about the same thing."""
    return FigureGroup(
        verdict, "count", None, None, "", 2, dict.fromkeys(sides, 1),
        {key: (each,) for key, each in sides.items()},
    )  # fmt: skip


def speaker(name: str, entity: int | None, **sides: Sequence[Spot]) -> SpeakerItem:
    """A speaker with quotes on sides."""
    return SpeakerItem(
        entity,
        name,
        {key: SpeakerOnSide(len(found), 0, 9, 0.5, tuple(found)) for key, found in sides.items()},
    )


def quotes(*speakers: SpeakerItem, same: Sequence[SameQuote] = ()) -> Sections:
    """Sections that have quotes alone."""
    lost = {key: Unattributed(0, 0) for key in "ab"}
    return NOTHING._replace(quotes=QuoteSection(speakers, lost, tuple(same), 0, None))


def surfaces(item: BriefItem) -> Iterator[str]:
    """What the text of an item quotes, ellipses left out."""
    for found in _QUOTED.finditer(item.text):
        yield (found[1] or found[2]).removesuffix(" …")


def stands(surface: str, item: BriefItem) -> bool:
    """Whether a surface stands in the evidence of an item, white space apart."""
    whole = (" ".join(each.text.split()) for spots in item.evidence.values() for each in spots)
    return any(surface in text for text in whole)


def mirrored(section: BriefSection) -> set[object]:
    """What does not depend on the order of the sides."""
    return {
        (
            each.kind,
            frozenset(each.sides),
            frozenset((key, frozenset(spots)) for key, spots in each.evidence.items()),
        )
        for each in section.items
    }


def with_note(sections: Sections, note: str) -> Sections:
    """The sections, the timeline with a note."""
    return sections._replace(timeline=replace(sections.timeline, note=note))


FELL = spot(1, "The town fell to the army on Sunday.")
TAKEN = spot(2, "On Sunday the army took the whole of the town.")
