"""What each side calls the entities, and which of those words it is alone with."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence

from app.compare.evidence import first_ranked, owned
from app.compare.method import Method
from app.compare.notes import reach
from app.domain.comparison import ArticleFindings, EvidenceSource, Side, Spot
from app.domain.names import fold
from app.domain.portrayal import LABEL_KINDS, Label, LabelKind
from app.domain.sections.labels import ComparedLabel, LabelItem, LabelSection

type _Uses = list[tuple[ArticleFindings, Label]]
# Per entity and kind, the uses of each surface.
type _Tally = dict[int, dict[tuple[LabelKind, str], _Uses]]


def label_section(
    sides: Sequence[Side], source: EvidenceSource, *, evidence: int, top: int
) -> LabelSection:
    """The labels on each entity, by side.

    Labels of a kind are one when they differ in case, accents or white space. Entities that are
    called something beyond their names come first, then those with the most labels; those that all
    call by one name alone are left out, for there is nothing to compare. `top` bounds
    the entities and the labels of one on a side, `evidence` the spots of a label. A comparison of
    word choice after Hamborg, Zhukova & Gipp (2019).
    """
    totals, called = _weigh(sides)
    weights = {entity: (entity not in called, -count) for entity, count in totals.items()}
    shown, named = first_ranked(weights, source, top)
    tallies = {side.key: _tally(side, frozenset(shown)) for side in sides}
    more = len(weights) - len(shown)
    items = []
    for entity in shown:
        folded = {key: _folded(tally[entity]) for key, tally in tallies.items() if entity in tally}
        heard = Counter(text for labels in folded.values() for text in {t for _, t in labels})
        on_sides = {}
        for key, spelled in folded.items():
            on_sides[key] = _labels(spelled, heard, evidence, top)
            more += len(spelled) - len(on_sides[key])
        items.append(LabelItem(entity, named[entity].name, named[entity].type, on_sides))
    note = reach(sides, "labels", lambda article: article.labels, "portrayal")
    return LabelSection(tuple(items), more, note)


def _weigh(sides: Sequence[Side]) -> tuple[Counter[int], set[int]]:
    """How many labels each entity has on all sides that has more than one name, and which have
    more than names."""
    called: set[int] = set()
    names: defaultdict[int, set[str]] = defaultdict(set)
    every: list[int] = []
    for side in sides:
        for _, entity, label in owned(side, lambda article: article.labels):
            every.append(entity)
            if label.kind != "name":
                called.add(entity)
            elif len(names[entity]) < 2:
                names[entity].add(fold(label.text))
    counts = Counter(each for each in every if each in called or len(names[each]) > 1)
    return counts, called


def _tally(side: Side, shown: Collection[int]) -> _Tally:
    tally: _Tally = {}
    for article, entity, label in owned(side, lambda article: article.labels):
        if entity in shown:
            labels = tally.setdefault(entity, {})
            labels.setdefault((label.kind, label.text), []).append((article, label))
    return tally


def _folded(
    labels: Mapping[tuple[LabelKind, str], _Uses],
) -> dict[tuple[LabelKind, str], list[tuple[str, _Uses]]]:
    """The surfaces of each label, folded, with their uses."""
    folded: dict[tuple[LabelKind, str], list[tuple[str, _Uses]]] = {}
    for (kind, text), uses in labels.items():
        folded.setdefault((kind, fold(text)), []).append((text, uses))
    return folded


def _labels(
    labels: Mapping[tuple[LabelKind, str], list[tuple[str, _Uses]]],
    sides: Mapping[str, int],
    evidence: int,
    top: int,
) -> tuple[ComparedLabel, ...]:
    counts = {key: sum(len(uses) for _, uses in surfaces) for key, surfaces in labels.items()}
    order = sorted(labels, key=lambda key: (-counts[key], LABEL_KINDS.index(key[0]), key[1]))
    return tuple(
        ComparedLabel(
            text=min(labels[key], key=lambda surface: (-len(surface[1]), surface[0]))[0],
            kind=key[0],
            count=counts[key],
            only=sides[key[1]] == 1,
            evidence=_spots([use for _, uses in labels[key] for use in uses], evidence),
        )
        for key in order[:top]
    )


def _spots(uses: _Uses, limit: int) -> tuple[Spot, ...]:
    ordered = sorted(uses, key=lambda use: (use[0].article, use[1].start, use[1].end))
    return tuple(
        article.spot(label.start, label.end, label.text) for article, label in ordered[:limit]
    )


METHOD = Method(
    "labels",
    needs=frozenset({"labels", "owners"}),
    version="2",
    make=lambda material, evidence, top: label_section(
        material.sides, material.source, evidence=evidence, top=top
    ),
)
