"""Sentences on who is named where, and in which words."""

from collections.abc import Collection, Iterator, Mapping

from app.compare.brief.sides import NameIndex, Sides
from app.compare.phrases import listed, number, quoted
from app.domain.comparison import Spot
from app.domain.names import fold
from app.domain.sections.brief import BriefItem
from app.domain.sections.entities import EntityItem, EntitySection
from app.domain.sections.labels import ComparedLabel, LabelItem, LabelSection

_NAMED = 5  # entities in one sentence
_LABELS = 3  # labels of one side in one sentence
_LEAST = 2  # mentions of an entity that one side alone names
_ADDRESS = 3  # letters of a form of address, at most: 'Mr', 'Mrs', 'Dr'
# Members of a people or a faith ('Syrians') do not act together: they are not listed as actors.
_NO_ACTORS = frozenset({"NORP"})


def shared_names(section: EntitySection, sides: Sides) -> Iterator[BriefItem]:
    """The entities that all sides name, the most mentioned first."""
    everywhere = [
        each
        for each in section.shared
        if len(each.sides) == len(sides.keys) and each.type not in _NO_ACTORS
    ]
    if everywhere:
        yield _names(
            "shared", everywhere, sides.keys, f"Named in {sides.within(sides.keys)}:", sides
        )


def own_names(section: EntitySection, sides: Sides, told: Collection[int]) -> list[BriefItem]:
    """The entities that one side alone names, and more than once: an item for each side, the side
    with the most mentions first. Left out are those in `told`, and those that another side may
    name differently ('Weiss' where the other side has 'Anna Weiss')."""
    items = []
    every = [*section.shared, *(each for found in section.only.values() for each in found)]
    outlets = ((None, name) for name in sides.names.values())
    names = NameIndex([*((each.entity, each.name) for each in every), *outlets])
    for key in sides.keys:
        found = [
            each
            for each in section.only.get(key, ())
            if each.type not in _NO_ACTORS
            and each.entity not in told
            and each.sides[key].mentions >= _LEAST
            and not names.may_be_another(each.entity, each.name)
        ]
        if found:
            opening = f"Named in {sides.names[key]}, not found in {sides.others(key)}:"
            most = found[0].sides[key].mentions
            items.append((-most, found[0].name, _names("only", found, (key,), opening, sides)))
    return [item for *_, item in sorted(items, key=lambda each: each[:2])]


def label_items(
    section: LabelSection, sides: Sides, weights: Mapping[int | None, int]
) -> Iterator[BriefItem]:
    """For each entity that several sides name, the words that only one side uses for it. Entities
    for which two sides or more have such words come first, then those with the larger `weights`
    (mentions)."""
    found = []
    for item in section.items:
        own = {key: _own(item, key) for key in item.sides}
        having = sides.ordered([key for key, labels in own.items() if labels])
        if len(item.sides) > 1 and having:
            rank = len(having) < 2, -weights.get(item.entity, 0), item.name
            found.append((rank, item, own, having))
    for _, item, own, having in sorted(found, key=lambda each: each[0]):
        parts: list[str] = []
        for key in having:
            words = list(dict.fromkeys(quoted(label.evidence[0].text) for label in own[key]))
            parts.append(f"{listed(words)} in {sides.names[key]} alone")
        spots: Mapping[str, tuple[Spot, ...]] = {
            key: tuple(label.evidence[0] for label in own[key]) for key in having
        }
        keys = sides.ordered(item.sides)
        text = f"Words put on {item.name}: {', '.join(parts)}."
        yield BriefItem("labels", text, keys, sides.evidence(spots))


def _own(item: LabelItem, side: str) -> list[ComparedLabel]:
    """The labels that no other side uses, the most frequent first, at most three; none whose text
    is part of another one's, of whichever side: who says 'ancient city' says 'city'."""
    others = [
        f" {fold(label.text)} " for key, of in item.sides.items() if key != side for label in of
    ]
    found = [
        label
        for label in item.sides[side]
        if label.only
        and label.evidence
        and _telling(label, item.type)
        and not any(f" {fold(label.text)} " in other for other in others)
    ]
    chosen: list[ComparedLabel] = []
    for label in sorted(found, key=lambda label: (-label.count, label.kind == "name", label.text)):
        text = fold(label.text)
        if not any(text in fold(each.text) or fold(each.text) in text for each in chosen):
            chosen.append(label)
    return chosen[:_LABELS]


def _telling(label: ComparedLabel, type_: str) -> bool:
    """Whether the choice of this label is worth reporting. How a person's name is written is not,
    nor is a form of address ('Mr')."""
    if label.kind == "name":
        return type_ != "PERSON"
    return label.kind != "title" or len(label.text.rstrip(".")) > _ADDRESS


def _names(
    kind: str, found: list[EntityItem], keys: tuple[str, ...], opening: str, sides: Sides
) -> BriefItem:
    shown = found if len(found) == _NAMED + 1 else found[:_NAMED]
    names = [each.name for each in shown]
    if rest := len(found) - len(shown):
        names.append(f"{number(rest)} others")
    spots = [
        {key: each.sides[key].evidence[:1] for key in keys if key in each.sides} for each in shown
    ]
    return BriefItem(
        "shared" if kind == "shared" else "only",
        f"{opening} {listed(names)}.",
        keys,
        sides.evidence(*spots),
    )
