"""The brief as a page to read: plain text, or Markdown."""

import textwrap
from collections.abc import Collection, Iterator
from itertools import zip_longest

from app.compare.phrases import counted, listed
from app.domain.answer import Comparison
from app.domain.comparison import several_revisions
from app.domain.markdown import escaped
from app.domain.sections.brief import HEADINGS, BriefItem, BriefSection

_WIDTH = 96  # characters of a line of plain text
_PLACES = 4  # places behind one sentence


def markdown_page(comparison: Comparison, brief: BriefSection) -> str:
    """The brief of a comparison in Markdown, each sentence with its places, as
    ARTICLE:START-END."""
    lines = [f"# {escaped(_title(comparison))}", "", escaped(_about(comparison))]
    several = several_revisions(comparison.articles)
    for heading, items in _parts(brief):
        lines += ["", f"## {heading}", ""]
        lines += [f"- {escaped(each.text)} ({_places(each, several)})" for each in items]
    for heading, remark in _remarks(comparison, brief):
        lines += ["", f"## {heading}", "", escaped(remark)]
    return "\n".join(lines) + "\n"


def text_page(comparison: Comparison, brief: BriefSection) -> str:
    """The same in plain text."""
    lines = [*_filled(_title(comparison)), *_filled(_about(comparison))]
    several = several_revisions(comparison.articles)
    for heading, items in _parts(brief):
        lines += ["", heading.upper()]
        for each in items:
            lines += _filled(f"{each.text} ({_places(each, several)})", "- ")
    for heading, remark in _remarks(comparison, brief):
        lines += ["", heading.upper(), *_filled(remark)]
    return "\n".join(lines) + "\n"


def _title(comparison: Comparison) -> str:
    return f"Brief: {listed(side.name for side in comparison.sides)}"


def _about(comparison: Comparison) -> str:
    sides = listed(
        f"{side.name} ({counted(side.articles, 'article')}, {counted(side.words, 'word')})"
        for side in comparison.sides
    )
    article = "ARTICLE@REVISION" if several_revisions(comparison.articles) else "ARTICLE"
    return f"Compared: {sides}. Places read {article}:START-END, characters of the stored text."


def _parts(brief: BriefSection) -> Iterator[tuple[str, list[BriefItem]]]:
    for heading, kinds in HEADINGS:
        if items := [each for each in brief.items if each.kind in kinds]:
            yield heading, items


def _remarks(comparison: Comparison, brief: BriefSection) -> Iterator[tuple[str, str]]:
    names = {side.key: side.name for side in comparison.sides}
    remarks = [
        f"Article {each.article} ({names.get(each.side, each.side)}) is left out: {each.reason}."
        for each in comparison.left_out
    ]
    if brief.note:
        remarks.append(brief.note)
    if remarks:
        yield "How far this reaches", " ".join(remarks)


def _places(item: BriefItem, several: Collection[int]) -> str:
    rounds = zip_longest(*item.evidence.values())
    spots = [spot for each in rounds for spot in each if spot is not None]
    shown = [
        f"{spot.article}@{spot.revision}:{spot.start}-{spot.end}"
        if spot.article in several
        else f"{spot.article}:{spot.start}-{spot.end}"
        for spot in spots[:_PLACES]
    ]
    return ", ".join([*shown, *(["…"] if len(spots) > _PLACES else [])])


def _filled(text: str, bullet: str = "") -> list[str]:
    return textwrap.wrap(
        text,
        _WIDTH,
        initial_indent=bullet,
        subsequent_indent=" " * len(bullet),
        break_long_words=False,
        break_on_hyphens=False,
    )
