"""Which figures of the sides are about the same thing, and whether they clash.

Figures are of one thing where kind, dimension of the unit and counted noun (or, of people, the
verb) are the same; equal ones are paired first, then those whose sentences are most alike. Without
a noun that says much, and for a conflict, the sentences have to be alike: two numbers of one noun
are more often two facts than one fact told twice.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from app.compare.copies import Copies
from app.compare.method import Method
from app.compare.notes import reach
from app.compare.quantities import Interval, Judged, dimension, interval, judge, nouns
from app.compare.scopes import Scope, apart, scopes, taken_back
from app.domain import deadline
from app.domain.comparison import ArticleFindings, EvidenceSource, Side
from app.domain.figure import Figure
from app.domain.sections.figures import ComparedFigure, FigureGroup, FigureSection, Verdict
from app.domain.shown import FIGURE, shown

# Likeness of sentences (0..1) that figures of one thing have, at least. Ours, by reading.
_CONFLICT, _VAGUE, _COMPATIBLE = 0.3, 0.5, 0.0
# At most so many claims of one key on a side are compared with those of other sides: the time grows
# with the square. Ours.
_CLAIMS = 60
# From here on an equal amount is of one thing, however it is told. Ours, by reading.
_RARE = 1_000_000
_SUMS = frozenset({"money", "count", "measure"})
_SEVERAL = 2
# What may meet under two verbs, from which amount on, and how many digits make one rare. Ours.
_MEETING = frozenset({*_SUMS, "percent"})
_SMALL, _PRECISE = 10, 3
_NO_CLAIMS = frozenset({"ordinal"})
# Ages and durations: equal ones agree, different ones are of different people or events.
_NEVER_CLASH = frozenset({"age", "duration"})
_ORDER: Mapping[Verdict, int] = {"conflict": 0, "compatible": 1, "agree": 2, "single": 3}

type _Key = tuple[str, str | None, str]


@dataclass(slots=True)
class _Claim:
    """Figures of one side that give the same number of the same thing; `places` has all of them."""

    side: str
    first: Figure
    context: frozenset[object]
    scope: Scope
    language: str | None
    places: list[tuple[ArticleFindings, Figure]] = field(default_factory=list)


def figure_section(
    sides: Sequence[Side], source: EvidenceSource, *, copies: Copies, evidence: int, top: int
) -> FigureSection:
    """Groups of figures about the same thing with a verdict, conflicts first, cut at `top`; each
    side's with at most `evidence` places, chosen by position.

    `agree`: the same number; `compatible`: one leaves room for the other ('at least 400', '417');
    `conflict`: both cannot be right; `single`: one side alone has it.
    """
    claims: defaultdict[_Key, defaultdict[str, list[_Claim]]]
    claims = defaultdict(lambda: defaultdict(list))
    # The order of the sides must not decide who is paired with whom.
    texts = source.texts([each.article for side in sides for each in side.articles])
    for side in sorted(sides, key=lambda each: each.key):
        for key, found in _claims(side, texts).items():
            claims[key][side.key] = found
    groups = [
        *_met(
            [
                group
                for key in sorted(claims, key=str)
                for group in _groups(key, list(claims[key].values()))
            ]
        )
    ]
    order = [side.key for side in sides]
    items = [_item(group, judged, order, copies, evidence) for _, group, judged in groups]
    items.sort(key=_rank)
    note = reach(sides, "figures", lambda article: article.figures, "figures")
    return FigureSection(tuple(items[:top]), max(0, len(items) - top), note)


def _claims(side: Side, texts: Mapping[int, str]) -> dict[_Key, list[_Claim]]:
    found: dict[tuple[object, ...], _Claim] = {}
    by_key: defaultdict[_Key, list[_Claim]] = defaultdict(list)
    for article in side.articles:
        text = texts[article.article]
        scope_of, wrong = scopes(article, text), taken_back(article, text)
        for figure in article.figures:
            if figure.kind in _NO_CLAIMS or figure.start in wrong:
                continue
            key = _key(article, figure)
            context = _context(article, figure)
            # Without a telling noun, figures are one claim only where their sentences are the same.
            told = None if _telling(key) else context
            scope = scope_of[figure.start]
            same = (key, interval(figure), figure.per, figure.quantifier, scope.entities, told)
            if same not in found:
                found[same] = _Claim(side.key, figure, context, scope, article.language)
                by_key[key].append(found[same])
            found[same].places.append((article, figure))
    return by_key


def _key(article: ArticleFindings, figure: Figure) -> _Key:
    language = nouns(article.language)
    unit = dimension(figure.unit)
    if figure.noun is not None:
        noun = language.same.get(figure.noun, figure.noun)
        if noun not in language.generic and figure.noun not in language.generic:
            return figure.kind, unit, noun
    return figure.kind, unit, f"~{figure.verb or ''}"


def _telling(key: _Key) -> bool:
    return not key[2].startswith("~")


def _context(article: ArticleFindings, figure: Figure) -> frozenset[object]:
    owners = {article.owners[start] for start in figure.mentions if start in article.owners}
    # The counted noun is the same already, so it is no further sign of likeness.
    return frozenset({*figure.lemmas, *owners} - {figure.noun})


def _alike(one: _Claim, other: _Claim) -> float:
    """The likeness of their sentences (0..1): the overlap coefficient of their words and entities,
    which is the share of the smaller set that the larger one has too."""
    fewest = min(len(one.context), len(other.context))
    return len(one.context & other.context) / fewest if fewest else 0.0


type _Group = list[_Claim]


def _groups(key: _Key, by_side: Sequence[list[_Claim]]) -> Iterable[tuple[_Key, _Group, Judged]]:
    """The claims of one key in groups, one of each side at most."""
    groups: list[tuple[_Group, Judged]] = []
    for claims in by_side:
        pairs = sorted(_pairs(key, groups, claims))
        taken: set[int] = set()
        joined: set[int] = set()
        for _, _, _, group, claim in pairs:
            if group in joined or claim in taken:
                continue
            joined.add(group)
            taken.add(claim)
            members, judged = groups[group]
            worst = min(
                (judge(member.first, claims[claim].first) for member in members),
                key=lambda each: _ORDER[each.verdict],
            )
            if len(members) > 1:
                worst = min(judged, worst, key=lambda each: _ORDER[each.verdict])
            groups[group] = ([*members, claims[claim]], worst)
        alone = Judged("single", "not matched with a figure of another side")
        groups += [([claim], alone) for n, claim in enumerate(claims) if n not in taken]
    return [(key, members, judged) for members, judged in groups]


def _pairs(
    key: _Key, groups: Sequence[tuple[_Group, Judged]], claims: Sequence[_Claim]
) -> Iterable[tuple[int, float, tuple[float, ...], int, int]]:
    """Groups and claims that may be of one thing, the surest first when sorted."""
    equal: defaultdict[tuple[Interval, str | None], list[int]] = defaultdict(list)
    for number, (members, _) in enumerate(groups):
        equal[interval(members[0].first), members[0].first.per].append(number)
    for index, claim in enumerate(claims):
        deadline.check()
        near = set(equal[interval(claim.first), claim.first.per])
        if index < _CLAIMS:
            near.update(range(min(len(groups), _CLAIMS)))
        for number in near:
            rank = _fit(key, groups[number][0][0], claim)
            if rank is not None:
                place = (groups[number][0][0].first.start, claim.first.start)
                yield *rank, place, number, index


def _fit(key: _Key, one: _Claim, other: _Claim) -> tuple[int, float] | None:
    """A rank of how surely two claims are about one thing, the surest first when sorted ascending;
    None where they are about two."""
    if apart(one.scope, other.scope, one.language):
        return None
    verdict, alike = judge(one.first, other.first).verdict, _alike(one, other)
    if verdict == "conflict" and _apart(one.context, other.context):
        return None
    if verdict == "conflict" and not _telling(key) and not _objects(one, other):
        return None
    floor = {"agree": 0.0, "compatible": _COMPATIBLE, "conflict": _CONFLICT, "single": 1.0}[verdict]
    if not _telling(key):
        floor = max(floor, _VAGUE)
    if verdict == "conflict" and one.first.kind in _NEVER_CLASH:
        floor = max(floor, _VAGUE)
    if alike < floor:
        return None
    return 0 if verdict == "agree" else 1, -alike


def _apart(one: frozenset[object], other: frozenset[object]) -> bool:
    """Whether both sentences name entities, and none that both name."""
    first = {each for each in one if isinstance(each, int)}
    second = {each for each in other if isinstance(each, int)}
    return bool(first and second) and not first & second


def _met(
    groups: Sequence[tuple[_Key, _Group, Judged]],
) -> Iterable[tuple[_Key, _Group, Judged]]:
    """The groups, with single claims of one amount on several sides joined where it is so rare, or
    told of so much the same, that it is one: '$3.27 billion', whatever the verbs beside it."""
    alike: defaultdict[tuple[object, ...], list[tuple[_Key, _Group, Judged]]] = defaultdict(list)
    for group in groups:
        key, members, judged = group
        first = members[0].first
        if judged.verdict != "single" or first.kind not in _MEETING or _is_small(first):
            yield group
            continue
        alike[key[0], key[1], interval(replace(first, quantifier=None)), first.per].append(group)
    for same in alike.values():
        claims = [members[0] for _, members, _ in same]
        several = len({claim.side for claim in claims}) == len(claims) >= _SEVERAL
        told = {key[2] for key, _, _ in same if _telling(key)}
        if several and all(_meet(claims[0], other, len(told) > 1) for other in claims[1:]):
            yield same[0][0], claims, judge(claims[0].first, claims[1].first)
        else:
            yield from same


def _meet(one: _Claim, other: _Claim, of_two_nouns: bool) -> bool:
    """Whether one amount on two sides is of one thing: by its size, by what one side counts and the
    other names, or by what both sentences share."""
    if apart(one.scope, other.scope, one.language):
        return False
    if one.first.noun in other.context or other.first.noun in one.context:
        return True
    if of_two_nouns:
        return False
    shared = _objects(one, other)
    if abs(one.first.value) >= _RARE and one.first.kind in _SUMS:
        return True
    return bool(shared) and (_digits(one.first) >= _PRECISE or _alike(one, other) >= _VAGUE)


def _is_small(figure: Figure) -> bool:
    """Whether an amount is so small that equal ones say nothing."""
    return abs(figure.value) < _SMALL and _digits(figure) < _PRECISE


def _digits(figure: Figure) -> int:
    """How many digits of an amount say something: 2 of 31,000."""
    return len(f"{figure.value:g}".partition("e")[0].replace(".", "").strip("-0"))


def _objects(one: _Claim, other: _Claim) -> frozenset[object]:
    """What both sentences name beside their verbs and the units."""
    said = {one.first.verb, other.first.verb, *one.first.text.lower().split()}
    return (one.context & other.context) - said


def _item(
    group: _Group, judged: Judged, order: Sequence[str], copies: Copies, evidence: int
) -> FigureGroup:
    members = {claim.side: claim for claim in group}
    first = min(group, key=lambda claim: claim.side).first
    return FigureGroup(
        verdict=judged.verdict,
        kind=first.kind,
        unit=first.unit,
        noun=first.noun,
        reason=judged.reason,
        origins=copies.origins(article.article for each in group for article, _ in each.places),
        counts={side: len(members[side].places) for side in order if side in members},
        sides={
            side: tuple(_figure(*place) for place in members[side].places[:evidence])
            for side in order
            if side in members
        },
    )


def _figure(article: ArticleFindings, figure: Figure) -> ComparedFigure:
    return ComparedFigure(article.article, article.revision, **shown(figure, FIGURE))


def _rank(item: FigureGroup) -> tuple[object, ...]:
    most = max(item.counts.values(), default=0)
    places = sorted(
        (key, each.article, each.start) for key, side in item.sides.items() for each in side[:1]
    )
    return _ORDER[item.verdict], -len(item.counts), -most, places


METHOD = Method(
    "figures",
    needs=frozenset({"figures", "owners", "fingerprints"}),
    version="4",
    make=lambda material, evidence, top: figure_section(
        material.sides, material.source, copies=material.copies, evidence=evidence, top=top
    ),
)
