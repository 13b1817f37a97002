"""Sentences aligned one to one across the sides, and what each side alone reports."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from heapq import nsmallest
from math import log

from app.compare import anchors
from app.compare.anchors import Anchors, standing_out
from app.compare.assignment import assign
from app.compare.contradiction import contradict
from app.compare.copies import Copies
from app.compare.likeness import Alike, similarity
from app.compare.reading import Reading, Statement, Weights, statement
from app.domain.compared_statements import (
    OwnStatement,
    SharedStatement,
    StatementSection,
)
from app.domain.comparison import EvidenceSource, Side, Spot
from app.domain.text import lead

METHOD = "4"

# Similarity from which two sentences report the same thing; tuned on paraphrases of our own.
FLOOR = 0.44
# The same names alone are no report of the same thing: so much of the words has to be shared.
FLOOR_OF_WORDS = 0.2
# A word or entity that more sentences have brings no two together by itself; less of them where
# there are more than so many sentences.
_COMMON, _LEAST_COMMON, _MANY = 60, 8, 400
# Of the sentences that share such words with another, so many are looked at; fewer of many.
_NEAREST, _LEAST_NEAREST = 8, 4
_SAME = 1e6
# What makes a sentence important: where it stands, whom it names, how much it says. Ours.
_POSITION, _ENTITIES, _WORDS = 0.35, 0.35, 0.3

type _Group = dict[str, Reading]


def statement_section(
    sides: Sequence[Side],
    source: EvidenceSource,
    *,
    copies: Copies,
    evidence: int,
    top: int,
    unclear: bool = False,
) -> StatementSection:
    """All sentences of the sides: those that report the same thing together, one of each side at
    most, and for each side those that it alone has, each list cut at `top`.

    Sentences of the same words within a side are one, shown where it stands first.
    """
    # The order of the sides must not decide what is aligned with what.
    ordered = sorted(sides, key=lambda each: each.key)
    own = {side.key: _statements(side) for side in ordered}
    weights = Weights([each for found in own.values() for each in found])
    readings = {key: [Reading(each, weights) for each in found] for key, found in own.items()}
    groups = _groups(readings, weights)
    texts = source.texts(sorted({a.article for side in sides for a in side.articles}))
    keys = [side.key for side in sides]
    important = _Importance(own, weights)

    def spot(each: Statement) -> Spot:
        article, at = each.article, each.sentence
        text = texts[article.article][at.start : at.end]
        return Spot(article.article, article.revision, at.start, at.end, text)

    def leads(each: Statement) -> bool:
        text, start = texts[each.article.article], each.sentence.start
        return start < lead(text, each.article.body_start).end

    shared = [
        SharedStatement(
            kind="same",
            differs=(),
            confidence=round(min(1.0, score), 6),
            features={},
            lead={key: leads(group[key].statement) for key in keys if key in group},
            origins=copies.origins(
                article.article for each in group.values() for article, _ in each.statement.places
            ),
            sides={key: (spot(group[key].statement),) for key in keys if key in group},
        )
        for group, score in groups
        if len(group) > 1
    ]
    shared.sort(key=lambda each: (-each.confidence, _places(each.sides)))
    only: dict[str, list[OwnStatement]] = {key: [] for key in keys}
    for group, _ in groups:
        if len(group) == 1:
            ((key, each),) = group.items()
            alone = each.statement
            only[key].append(OwnStatement(important.of(alone), 1.0, spot(alone), {}))
    for found in only.values():
        found.sort(key=lambda each: (-each.importance, each.spot.article, each.spot.start))
    return StatementSection(
        shared=tuple(shared[:top]),
        only={key: tuple(found[:top]) for key, found in only.items()},
        unclear=0,
        unclear_items=dict.fromkeys(keys, ()) if unclear else None,
        more=sum(max(0, count - top) for count in (len(shared), *map(len, only.values()))),
        note=None,
    )


def _places(sides: Mapping[str, Sequence[Spot]]) -> list[tuple[str, int, int]]:
    return sorted((key, spot.article, spot.start) for key, found in sides.items() for spot in found)


def _statements(side: Side) -> list[Statement]:
    found: dict[tuple[int, tuple[str, ...]], Statement] = {}
    for article in side.articles:
        for sentence in article.sentences:
            same = (sentence.digest, sentence.lemmas)
            if same in found:
                found[same].places.append((article, sentence))
            else:
                found[same] = statement(article, sentence)
    return list(found.values())


def _groups(own: Mapping[str, Sequence[Reading]], weights: Weights) -> list[tuple[_Group, float]]:
    """The statements in groups that report the same thing, with their least similarity."""
    groups: list[tuple[_Group, float]] = []
    words = Anchors(own)
    for key, statements in own.items():
        alike: dict[tuple[int, int], Alike] = {}
        held: dict[tuple[int, int], int] = {}
        for group, index in _candidates(groups, statements, weights):
            members, each = groups[group][0], statements[index]
            found = _least(members, each)
            if found is not None:
                alike[group, index] = found
                held[group, index] = min(
                    words.held(other, member, key, each) for other, member in members.items()
                )
        scores = {
            pair: found.score
            for pair, found in alike.items()
            if found.score >= FLOOR and found.words >= FLOOR_OF_WORDS
        }
        for pair in standing_out(alike, held):
            scores[pair] = alike[pair].score
        paired: Mapping[int, int] = {index: group for group, index in assign(scores)}
        for index, each in enumerate(statements):
            if index not in paired:
                groups.append(({key: each}, 1.0))
                continue
            group = paired[index]
            members, least = groups[group]
            score = scores[group, index]
            if len(members) == 1 or score < least:
                least = score
            groups[group] = ({**members, key: each}, least)
    return groups


def _least(members: _Group, each: Reading) -> Alike | None:
    """The least similarity of a statement to the members of a group; None where one of them says
    otherwise, or is not alike enough even for two that stand out."""
    least: Alike | None = None
    for member in members.values():
        found = similarity(member, each, anchors.FLOOR)
        if found.score < anchors.FLOOR or found.words < anchors.FLOOR_OF_WORDS:
            return None
        if contradict(member.statement, each.statement):
            return None
        if least is None or found.score < least.score:
            least = found
    return least


def _candidates(
    groups: Sequence[tuple[_Group, float]],
    statements: Sequence[Reading],
    weights: Weights,
) -> Iterator[tuple[int, int]]:
    """For each statement the groups that it has most in common with, by the weight of the words and
    entities that few have; those of the same words always."""
    index: defaultdict[object, list[int]] = defaultdict(list)
    for number, (members, _) in enumerate(groups):
        for each in members.values():
            for key, _ in _keys(each, weights):
                index[key].append(number)
    # The more sentences, the rarer has a word to be: the work grows with their number alone.
    many = max(1.0, len(groups) / _MANY)
    common = max(_LEAST_COMMON, _COMMON / many)
    nearest = max(_LEAST_NEAREST, int(_NEAREST / many))
    for number, each in enumerate(statements):
        shared: defaultdict[int, float] = defaultdict(float)
        for key, weight in _keys(each, weights):
            found = index.get(key, ())
            if len(found) <= common:
                for group in found:
                    shared[group] += weight
        for group in nsmallest(nearest, shared, key=lambda near: (-shared[near], near)):
            yield group, number


def _keys(each: Reading, weights: Weights) -> Iterator[tuple[object, float]]:
    yield ("digest", each.statement.sentence.digest), _SAME
    for lemma in each.whole.words.weights:
        yield from weights.vector(lemma)
    yield from each.whole.names.weights.items()


class _Importance:
    """How much a statement matters: the earlier in its article, the better known whom it names,
    and the more it says, the more."""

    def __init__(self, own: Mapping[str, Sequence[Statement]], weights: Weights) -> None:
        every = [each for found in own.values() for each in found]
        self._weights = weights
        articles = {each.article.article: each.article for each in every}.values()
        self._index = {
            id(sentence): place
            for article in articles
            for place, sentence in enumerate(article.sentences)
        }
        self._named = Counter(entity for each in every for entity in each.entities)
        self._most = max(self._named.values(), default=1)
        self._mass = max((weights.total(each) for each in every), default=1.0) or 1.0

    def of(self, each: Statement) -> float:
        """The importance of a statement, 0..1."""
        position = 1 / (1 + self._index[id(each.sentence)] / 5)
        named = sorted((self._named[entity] for entity in each.entities), reverse=True)[:1]
        known = log(1 + named[0]) / log(1 + self._most) if named else 0.0
        said = self._weights.total(each) / self._mass
        return round(_POSITION * position + _ENTITIES * known + _WORDS * said, 6)
