"""The section `statements`: facts that several sides report, the same or differently, and what one
side alone reports."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import combinations

from app.compare.copies import Copies
from app.compare.notes import joined, reach
from app.compare.phrases import listed
from app.compare.statements import PAIRS, omission
from app.compare.statements.alignment import Alignment, align
from app.compare.statements.differences import Found
from app.compare.statements.facts import Pair, groups
from app.compare.statements.model import MODEL, SURE, Model, contributions
from app.compare.statements.sentences import Statement, statements_of
from app.compare.statements.taken import taken
from app.domain import deadline
from app.domain.comparison import EvidenceSource, Side, Spot
from app.domain.sections.quotes import SameQuote
from app.domain.sections.statements import (
    Difference,
    Differing,
    Nearest,
    OwnStatement,
    SharedStatement,
    StatementKind,
    StatementSection,
)
from app.domain.text import Span, lead

_ORDER: Sequence[Difference] = ("number", "negation", "attribution", "state", "date", "other")


def statement_section(
    sides: Sequence[Side],
    source: EvidenceSource,
    *,
    copies: Copies,
    quoted: Callable[[], Sequence[SameQuote]],
    evidence: int,
    top: int,
    unclear: bool = False,
    pairs: int = PAIRS,
    model: Model = MODEL,
) -> StatementSection:
    """Facts that several sides report, those in the lead of every side first, and for each side
    what it alone reports, the most important first; each list cut at `top`.

    `quoted` gives the quotes that two sides share, which are nobody's alone. At most `pairs` pairs
    of sentences are weighed: of very large sides the first sentences of each article, which the
    note then says. With `unclear` those sentences are listed of which neither can be said.
    """
    texts = source.texts(sorted({a.article for side in sides for a in side.articles}))
    most = _most(sides, pairs)
    statements = statements_of(sides, texts, most)
    alignment = align(statements, model)
    keys = sorted(side.key for side in sides)
    shared = sorted(_facts(alignment, keys, texts, copies), key=_rank_shared)
    only, between = _own(sides, alignment, texts, quoted, model)
    alone = {key: _listed(only, alignment, keys, key) for key in keys}
    weighed = most and (
        f"Of each article the first {most:,} {'sentence was' if most == 1 else 'sentences were'} "
        f"weighed: there are more than {pairs:,} pairs."
    )
    return StatementSection(
        shared=tuple(shared[:top]),
        only={key: found[:top] for key, found in alone.items()},
        unclear=len(between),
        unclear_items={key: _listed(between, alignment, keys, key)[:top] for key in keys}
        if unclear
        else None,
        more=sum(max(0, len(found) - top) for found in (shared, *alone.values())),
        note=joined(
            reach(sides, "sentences", lambda article: article.sentences),
            _foreign(statements),
            weighed or None,
        ),
    )


def _foreign(statements: Sequence[Statement]) -> str | None:
    """A note on texts in several languages."""
    languages = sorted({each.article.language or "" for each in statements})
    if len(languages) < 2:
        return None
    named = listed(map(repr, languages))
    if all(each.article.vectors for each in statements):
        return f"Sentences in {named} are compared by their meaning, not by their words."
    return f"Sentences in {named} are not compared with each other: that takes sentence vectors."


def _most(sides: Sequence[Side], pairs: int) -> int | None:
    """How many sentences of each article are weighed, so that there are at most so many pairs of
    two sides, and of one article; None for all."""

    def count(most: int) -> int:
        sizes = [[min(most, len(a.sentences)) for a in side.articles] for side in sides]
        across = sum(one * other for one, other in combinations(map(sum, sizes), 2))
        return max(across, *(size**2 for side in sizes for size in side), 0)

    low, high = 1, max((len(a.sentences) for side in sides for a in side.articles), default=1)
    if count(high) <= pairs:
        return None
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if count(middle) <= pairs else (low, middle - 1)
    return low


def _facts(
    alignment: Alignment, keys: Sequence[str], texts: Mapping[int, str], copies: Copies
) -> Iterable[SharedStatement]:
    """The pairs of sentences as facts: those that report the same, and those that differ in the
    same kind of thing. Sentences that all stand in surer facts make none of their own."""
    sides = [each.side for each in alignment.statements]
    told: set[int] = set()
    for group in groups(alignment.same, sides):
        if not told.issuperset(group):
            told.update(group)
            yield _fact("same", group, alignment, keys, texts, copies)
    kinds: defaultdict[Difference, dict[Pair, float]] = defaultdict(dict)
    for pair, (probability, found) in alignment.differing.items():
        kinds[found[0].what][pair] = probability
    for what in _ORDER:
        for group in groups(kinds[what], sides):
            yield _fact("differs", group, alignment, keys, texts, copies)


def _fact(
    kind: StatementKind,
    group: Sequence[int],
    alignment: Alignment,
    keys: Sequence[str],
    texts: Mapping[int, str],
    copies: Copies,
) -> SharedStatement:
    statements = [alignment.statements[place] for place in group]
    present = [key for side, key in enumerate(keys) if any(s.side == side for s in statements)]
    pairs = [
        pair
        for pair in combinations(group, 2)
        if alignment.statements[pair[0]].side != alignment.statements[pair[1]].side
    ]
    weakest = min(pairs, key=lambda pair: (alignment.probability(pair), pair))
    found = [
        (pair, each)
        for pair in pairs
        if pair in alignment.differing
        for each in alignment.differing[pair][1]
    ]
    return SharedStatement(
        kind=kind,
        differs=tuple(_differing(what, found, alignment, keys, texts) for what in _kinds(found)),
        confidence=round(alignment.probability(weakest), 6),
        features=contributions(*alignment.explained[weakest]),
        lead={
            key: any(_in_lead(s, texts) for s in statements if keys[s.side] == key)
            for key in present
        },
        origins=copies.origins(each.article.article for each in statements),
        sides={
            key: tuple(each.spot for each in statements if keys[each.side] == key)
            for key in present
        },
    )


def _kinds(found: Sequence[tuple[Pair, Found]]) -> list[Difference]:
    named = {each.what for _, each in found}
    return [what for what in _ORDER if what in named]


def _differing(
    what: Difference,
    found: Sequence[tuple[Pair, Found]],
    alignment: Alignment,
    keys: Sequence[str],
    texts: Mapping[int, str],
) -> Differing:
    """The words of one kind of difference on each side, each place once."""
    spots: defaultdict[str, dict[Spot, None]] = defaultdict(dict)
    for pair, each in found:
        if each.what == what:
            for place, spans in zip(pair, (each.one, each.other), strict=True):
                statement = alignment.statements[place]
                for span in spans:
                    spots[keys[statement.side]][_spot(statement, span, texts)] = None
    return Differing(
        what,
        {
            key: tuple(sorted(found_, key=lambda spot: (spot.article, spot.start)))
            for key, found_ in sorted(spots.items())
        },
    )


def _spot(statement: Statement, span: Span, texts: Mapping[int, str]) -> Spot:
    article = statement.article
    text = texts[article.article][span.start : span.end]
    return Spot(article.article, article.revision, span.start, span.end, text)


def _in_lead(statement: Statement, texts: Mapping[int, str]) -> bool:
    article = statement.article
    return statement.sentence.start < lead(texts[article.article], article.body_start).end


def _rank_shared(each: SharedStatement) -> tuple[object, ...]:
    """Facts that are surely in the lead of every side first, then those of more sides, then the
    surest."""
    places = sorted((key, s.article, s.start) for key, spots in each.sides.items() for s in spots)
    leads = all(each.lead.values()) and each.confidence >= SURE
    return not leads, -len(each.sides), -each.confidence, places


def _own(
    sides: Sequence[Side],
    alignment: Alignment,
    texts: Mapping[int, str],
    quoted: Callable[[], Sequence[SameQuote]],
    model: Model,
) -> tuple[dict[int, float], dict[int, float]]:
    """The sentences that one side alone reports, and those of which that cannot be said, each with
    its probability; equal ones of a side once."""
    statements = alignment.statements
    paired = {place for pair in (*alignment.same, *alignment.differing) for place in pair}
    words = omission.words_of(statements, len(sides))
    seen: set[tuple[int, int]] = set()
    only: dict[int, float] = {}
    between: dict[int, float] = {}
    for place, each in enumerate(statements):
        deadline.check()
        same = each.side, each.sentence.digest
        if place in paired or same in seen or not omission.tells(each):
            continue
        seen.add(same)
        chance = omission.alone(alignment, place, words, model.alone)
        claimed = chance >= omission.ALONE and not omission.near(alignment, place)
        (only if claimed else between)[place] = chance
    if only:
        for place in taken(sides, statements, only, texts, quoted()):
            between[place] = only.pop(place)
    return only, between


def _listed(
    chances: Mapping[int, float], alignment: Alignment, keys: Sequence[str], key: str
) -> tuple[OwnStatement, ...]:
    """The sentences of one side, the most important first."""
    found = []
    for place, chance in chances.items():
        statement = alignment.statements[place]
        if keys[statement.side] != key:
            continue
        nearest = {
            other: Nearest(round(near.probability, 6), alignment.statements[near.statement].spot)
            if (near := alignment.nearest[place].get(side)) is not None
            else None
            for side, other in enumerate(keys)
            if other != key
        }
        weight = omission.importance(statement, chance)
        found.append(OwnStatement(weight, round(chance, 6), statement.spot, nearest))
    return tuple(
        sorted(found, key=lambda each: (-each.importance, each.spot.article, each.spot.start))
    )
