"""The texts that a page of a comparison holds itself, with its evidence marked in them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

from markupsafe import Markup

from app.domain.answer import Comparison
from app.domain.comparison import ComparedArticle, ComparedText, Spot
from app.domain.sections.figures import ComparedFigure
from app.pages.citing import Cited
from app.pages.marking import Mark, marked

# By article and revision.
type Texts = Mapping[tuple[int, int], str]

# Characters of all texts that are shown whole; of longer ones the paragraphs with evidence are.
_WHOLE = 60_000
# Of those a paragraph longer than this one is cut to so many characters on either side of each
# mark: some texts are one paragraph.
_LONG, _NEAR = 4_000, 400


@dataclass(frozen=True, slots=True)
class Quoted:
    """A text with its name in the page; `parts` are its paragraphs, None where some are left
    out."""

    anchor: str
    article: ComparedArticle
    parts: Sequence[Markup | None]


def place_of(spot: Cited) -> str:
    """The name of a place within a page that holds the texts themselves."""
    return f"t{spot.article}-{spot.revision}-{spot.start}-{spot.end}"


def texts_within(comparison: Comparison) -> Texts:
    """The texts that a comparison of a request brings along."""
    return {
        (each.article, 1): each.text
        for each in comparison.articles
        if isinstance(each, ComparedText)
    }


def quoted_texts(comparison: Comparison, texts: Texts) -> list[Quoted]:
    """The texts, each piece of evidence under its name, in the order of the articles."""
    marks: dict[tuple[int, int], dict[str, Mark]] = {}
    for spot in evidence(comparison):
        name = place_of(spot)
        mark = Mark(spot.start, spot.end, "span", {"id": name, "class": "spot"})
        marks.setdefault((spot.article, spot.revision), {})[name] = mark
    whole = sum(map(len, texts.values())) <= _WHOLE
    found = []
    for article in comparison.articles:
        key = article.article, article.revision
        text, own = texts.get(key, ""), list(marks.get(key, {}).values())
        if parts := paragraphs(text, own) if whole else _excerpt(text, own):
            found.append(Quoted(f"text-{key[0]}-{key[1]}", article, parts))
    return found


def paragraphs(text: str, marks: Sequence[Mark], start: int = 0) -> list[Markup]:
    """The paragraphs of a text from `start` on, with their marks; lines of white space apart."""
    return [marked(text, marks, begin, end) for begin, end in _lines(text, start)]


def evidence(value: Any) -> Iterator[Spot | ComparedFigure]:
    """Every piece of evidence in an answer, or in a part of one."""
    if isinstance(value, Spot | ComparedFigure):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from evidence(each)
    elif isinstance(value, tuple | list):
        for each in value:
            yield from evidence(each)
    elif is_dataclass(value):
        for part in fields(value):
            yield from evidence(getattr(value, part.name))


def _lines(text: str, start: int) -> Iterator[tuple[int, int]]:
    at = start
    for line in text[start:].split("\n"):
        if line.strip():
            yield at, at + len(line)
        at += len(line) + 1


def _excerpt(text: str, marks: Sequence[Mark]) -> list[Markup | None]:
    """The paragraphs that a mark stands in, with None for those between them; of long ones what is
    around their marks."""
    found: list[Markup | None] = []
    for begin, end in _lines(text, 0):
        inside = [mark for mark in marks if mark.start < end and mark.end > begin]
        if not inside and found and found[-1] is not None:
            found.append(None)
        for number, (start, stop) in enumerate(_around(begin, end, inside)):
            if number:
                found.append(None)
            found.append(marked(text, marks, start, stop))
    return found


def _around(begin: int, end: int, marks: Sequence[Mark]) -> list[tuple[int, int]]:
    """The parts of a paragraph that are shown."""
    if end - begin <= _LONG:
        return [(begin, end)] if marks else []
    parts: list[tuple[int, int]] = []
    for mark in sorted(marks, key=lambda each: each.start):
        start, stop = max(begin, mark.start - _NEAR), min(end, mark.end + _NEAR)
        if parts and start <= parts[-1][1]:
            start, stop = parts[-1][0], max(parts.pop()[1], stop)
        parts.append((start, stop))
    return parts
