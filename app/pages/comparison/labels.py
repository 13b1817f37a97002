"""What the sides call the same: names that say something before names that do not."""

from app.domain.sections.labels import LabelItem, LabelSection


def telling(section: LabelSection) -> tuple[list[LabelItem], list[LabelItem]]:
    """The entities that one side calls otherwise than another, or that one side alone names and
    calls more than their names; and the rest."""
    found: tuple[list[LabelItem], list[LabelItem]] = [], []
    for item in section.items:
        called = [{label.text for label in labels} for labels in item.sides.values()]
        more = any(label.kind != "name" for labels in item.sides.values() for label in labels)
        alone = more and len(called) == 1
        found[0 if alone or any(each != called[0] for each in called[1:]) else 1].append(item)
    return found
