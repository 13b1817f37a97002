"""What a figure's sentence says of it alone, and which figures an article takes back."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from app.domain.comparison import ArticleFindings
from app.domain.figure import Figure
from app.domain.names import fold
from app.domain.stems import stem
from app.languages import load

_WORD = re.compile(r"[^\W\d_]+")
# Ours: characters to either side of a figure in which its sentence ends.
_REACH = 600
_END = re.compile(r"[.!?][\"'”’)]?\s+(?=[\"'“‘(]?[^\W\d_a-z])|\n")
_NEVER = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class Scope:
    """What stands with a figure alone (`own`), and what stands with the other figures of its
    sentence alone (`elsewhere`): stems of words, and entities."""

    own: frozenset[object] = frozenset()
    elsewhere: frozenset[object] = frozenset()

    @property
    def entities(self) -> frozenset[object]:
        """The entities that stand with it alone, where others stand with others."""
        if not any(isinstance(each, int) for each in self.elsewhere):
            return frozenset()
        return frozenset(each for each in self.own if isinstance(each, int))


@dataclass(frozen=True, slots=True)
class _Words:
    """Of a language: words that say nothing, words between the parts of a sentence, words of groups
    and signs that exclude one another, and what an article says of its own mistakes."""

    stop: frozenset[str]
    joints: re.Pattern[str]
    groups: Mapping[str, tuple[int, int]]
    correcting: tuple[str, ...]
    corrections: re.Pattern[str]
    corrected: re.Pattern[str]


@cache
def _words(language: str | None) -> _Words:
    """From `compared.json` and `figures.json` of a language; empty for one without them."""
    data = load(language, "figures")
    if "scopes" not in data:
        return _Words(frozenset(), _NEVER, {}, (), _NEVER, _NEVER)
    groups = {
        stem(fold(word), language): (number, side)
        for number, sides in enumerate(data["scopes"])
        for side, words in enumerate(sides)
        for word in words
    }
    joints = "|".join(map(re.escape, data["joints_of_parts"]))
    return _Words(
        frozenset(load(language, "compared").get("stop", ())),
        re.compile(rf"\b(?:{joints})\b|;"),
        groups,
        tuple(data["correcting"]),
        re.compile(data["corrections"]),
        re.compile(data["corrected_sentences"]),
    )


def scopes(article: ArticleFindings, text: str) -> dict[int, Scope]:
    """The scope of each figure of an article, by where the figure starts."""
    known = _words(article.language)
    found: dict[int, Scope] = {}
    for start, end, figures in _sentences(article.figures, text):
        for kind in {each.kind for each in figures}:
            of = [each for each in figures if each.kind == kind]
            edges = [start, *(_edge(*two, text, known) for two in pairwise(of)), end]
            parts = [_said(article, text, *span, known) for span in pairwise(edges)]
            for figure, own in zip(of, parts, strict=True):
                others = frozenset().union(*(each for each in parts if each is not own))
                found[figure.start] = Scope(own - others, others - own)
    return found


def _sentences(figures: Sequence[Figure], text: str) -> Iterator[tuple[int, int, list[Figure]]]:
    """The sentences that hold figures, from where to where, each with its figures."""
    found: list[Figure] = []
    start = end = 0
    for figure in figures:
        if found and figure.start < end:
            found.append(figure)
            continue
        if found:
            yield start, end, found
        found = [figure]
        ends = [
            match.end()
            for match in _END.finditer(text, max(0, figure.start - _REACH), figure.start)
        ]
        start = ends[-1] if ends else max(0, figure.start - _REACH)
        match = _END.search(text, figure.end, figure.end + _REACH)
        end = match.start() + 1 if match else min(len(text), figure.end + _REACH)
    if found:
        yield start, end, found


def _edge(one: Figure, other: Figure, text: str, known: _Words) -> int:
    """Where the part of the second of two figures begins, between them: at the last word that
    joins clauses, else at the first comma, else at the figure itself."""
    between = text[one.end : other.start]
    joints = [match.start() for match in known.joints.finditer(between)]
    if joints:
        return one.end + joints[-1]
    comma = between.find(",")
    return other.start if comma < 0 else one.end + comma


def _said(
    article: ArticleFindings, text: str, start: int, end: int, known: _Words
) -> frozenset[object]:
    """The words of a part of a sentence that say something, and the entities in it."""
    words = {fold(match[0]) for match in _WORD.finditer(text, start, end)}
    stems = {stem(word, article.language) for word in words - known.stop}
    entities = {owner for place, owner in article.owners.items() if start <= place < end}
    return frozenset({*stems, *entities})


def taken_back(article: ArticleFindings, text: str) -> frozenset[int]:
    """Where the figures start that an article names as its own mistake ('an earlier version of this
    story gave the toll as 19')."""
    known, lower = _words(article.language), text.lower()
    if not any(word in lower for word in known.correcting) or len(lower) != len(text):
        return frozenset()
    spans = [match.span() for match in known.corrections.finditer(lower)]
    wrong = [match.start() for match in known.corrected.finditer(lower)]
    spans += [
        (start, end)
        for start, end, _ in _sentences(article.figures, text)
        if any(start <= place < end for place in wrong)
    ]
    return frozenset(
        each.start for each in article.figures for start, end in spans if start <= each.start < end
    )


def apart(one: Scope, other: Scope, language: str | None) -> bool:
    """Whether two figures are of two parts of one thing: of women and of men, of March and of
    April, of profit and of loss."""
    if _of_other_group(one, other, _words(language).groups):
        return True
    if one.elsewhere and other.elsewhere:
        crossed = one.own & other.elsewhere or one.elsewhere & other.own
        return bool(crossed) and not one.own & other.own
    here, there = _named(one.own), _named(other.own)
    if here & there:
        return False
    return bool(here & _named(other.elsewhere) or there & _named(one.elsewhere))


def _named(of: frozenset[object]) -> frozenset[object]:
    return frozenset(each for each in of if isinstance(each, int))


def _of_other_group(one: Scope, other: Scope, groups: Mapping[str, tuple[int, int]]) -> bool:
    """Whether each stands with one group alone of two that exclude one another."""
    mine, theirs = (
        {groups[each] for each in scope.own if isinstance(each, str) and each in groups}
        for scope in (one, other)
    )
    # Who stands with both sides of a pair is of neither.
    alone, others = (
        {(pair, side) for pair, side in of if (pair, 1 - side) not in of} for of in (mine, theirs)
    )
    return any((pair, 1 - side) in others for pair, side in alone)
