"""The brief put together: what is told first, how much of it, and where the evidence is thin."""

from collections.abc import Sequence
from typing import NamedTuple

from app.compare.brief.actors import label_items, own_names, shared_names
from app.compare.brief.figures import figure_items
from app.compare.brief.reuse import reuse_items
from app.compare.brief.sides import Sides, Told
from app.compare.brief.statements import differing_items, own_items, shared_items
from app.compare.brief.voices import joint_speakers, lone_speakers, quote_items
from app.compare.method import Material, Method, needs_of
from app.compare.notes import joined
from app.compare.phrases import counted
from app.domain.answer import Section
from app.domain.comparison import Side
from app.domain.sections.brief import BriefSection
from app.domain.sections.entities import EntitySection
from app.domain.sections.figures import FigureSection
from app.domain.sections.labels import LabelSection
from app.domain.sections.quotes import QuoteSection
from app.domain.sections.reuse import ReuseSection
from app.domain.sections.statements import StatementSection
from app.domain.sections.timeline import Timeline

# The sections that a brief is written from have so many items at least, and spots of each item.
ITEMS, SPOTS = 20, 3
# Most items of each kind in a brief, so that it stays one page; `_OWN` are sentences of all sides.
_SHARED, _DIFFERS, _FIGURES, _OWN, _NAMES = 5, 4, 3, 6, 2
_QUOTES, _JOINT, _LABELS, _REUSE = 2, 2, 3, 2
_FEW_WORDS = 100  # of a side: a note says that it has few


class Sections(NamedTuple):
    """What the brief is written from, with the names that the answer has for it."""

    entities: EntitySection
    labels: LabelSection
    quotes: QuoteSection
    figures: FigureSection
    timeline: Timeline
    statements: StatementSection
    reuse: ReuseSection


_WRITTEN_FROM: Sequence[Section] = Sections._fields  # type: ignore[assignment]


def brief_section(sections: Sections, sides: Sequence[Side], *, top: int) -> BriefSection:
    """At most `top` items, and at most one page of them."""
    named, told = Sides(sides), Told()
    quotes = list(quote_items(sections.quotes, named, told))
    passages = list(reuse_items(sections.reuse, named, told))
    differing = list(differing_items(sections.statements, named, told))
    shared = list(shared_items(sections.statements, named, told))
    facts = bool(differing or shared)
    in_differing = Told()
    for item in differing[:_DIFFERS]:
        told.add(item.evidence)
        in_differing.add(item.evidence)
    for item in shared[:_SHARED]:
        told.add(item.evidence)
    figures = list(figure_items(sections.figures, named, told, in_differing))
    for each in (*shared, *differing, *figures, *passages):
        told.add(each.evidence)
    joint = list(joint_speakers(sections.quotes, named))
    lone = list(lone_speakers(sections.quotes, named))
    heard = {each.entity for each in sections.quotes.speakers if each.entity is not None}
    own = list(own_items(sections.statements, named, told, max(1, _OWN // len(sides))))
    alone = list(own_names(sections.entities, named, heard))
    weights = {
        each.entity: sum(on_side.mentions for on_side in each.sides.values())
        for each in sections.entities.shared
    }
    labels = list(label_items(sections.labels, named, weights))
    parts = [
        (shared, _SHARED),
        (list(shared_names(sections.entities, named)), 1),
        (differing, _DIFFERS),
        (figures, _FIGURES),
        ([item for item, _ in own], len(own)),
        (alone, _NAMES),
        (quotes, _QUOTES),
        (joint, _JOINT),
        (lone, len(lone)),
        (labels, _LABELS),
        (passages, _REUSE),
    ]
    items = [item for found, most in parts for item in found[:most]]
    every = sum(len(found) for found, _ in parts) + sum(more for _, more in own)
    shown = tuple(items[:top])
    return BriefSection(shown, every - len(shown), _note(sections, sides, facts=facts))


def _note(sections: Sections, sides: Sequence[Side], *, facts: bool) -> str | None:
    notes: list[str | None] = []
    for side in sides:
        words = sum(article.words for article in side.articles)
        if words < _FEW_WORDS:
            few = f"only {counted(words, 'word')}" if words else "nothing"
            notes.append(f"{side.name} has {few} to compare.")
    if not facts:
        notes.append("No fact was found that several sides report.")
    if unclear := sections.statements.unclear:
        notes.append(
            f"Of {counted(unclear, 'sentence')} it is unclear whether another side reports the "
            "same."
        )
    notes += [sections.statements.note, sections.quotes.note, sections.timeline.note]
    return joined(*notes)


def _make(material: Material, evidence: int, top: int) -> BriefSection:
    """Made from sections that hold enough for it, whether or not the answer shows as much."""
    sections = {
        name: material.section(name, max(evidence, SPOTS), max(top, ITEMS))
        for name in _WRITTEN_FROM
    }
    return brief_section(Sections(**sections), material.sides, top=top)


METHOD = Method("brief", needs=needs_of(_WRITTEN_FROM), version="1", make=_make)
