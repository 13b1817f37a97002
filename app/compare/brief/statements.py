"""Sentences on what several sides report, alike or not, and on what one side alone does."""

import re
from collections.abc import Iterator, Mapping, Sequence

from app.compare.brief.sides import SPOTS, Sides, Told
from app.compare.phrases import ended, listed, quoted, self_contained
from app.domain.comparison import Spot
from app.domain.sections.brief import BriefItem
from app.domain.sections.statements import (
    DIFFERS_IN,
    Difference,
    Differing,
    OwnStatement,
    SharedStatement,
    StatementSection,
)

# Probabilities: below the first a sentence is not quoted, below the second it is quoted with 'seem
# to'. Set by hand.
_LEAST, _SURE = 0.5, 0.75
_FEWEST = 5  # words of a sentence that can be read alone
# Two sentences of one side say nearly the same where this share of the shorter one's words stands
# in the other; words of three letters or fewer do not count. Set by hand.
_SHORT, _NEAR = 3, 0.4
_WORD = re.compile(r"\w+")
_ENDS = (".", "!", "…")


def shared_items(section: StatementSection, sides: Sides, told: Told) -> Iterator[BriefItem]:
    """What several sides report alike: what stands in the lead of all of them first, then what most
    sides report. Places that the brief has quoted already are left out."""
    for item in _ranked(section, "same", told):
        keys = sides.ordered(item.sides)
        leading = sides.ordered([key for key in keys if item.lead.get(key)])
        where = ""
        if len(leading) == len(keys):
            where = ", in headline or lead"
        elif leading:
            where = f" ({sides.named(leading)} in headline or lead)"
        key, spot = _spokesman(item.sides)
        text = f"{sides.together(keys)} {_surely(item)}{where}: "
        text += f"{quoted(spot.text)} ({sides.names[key]})."
        if item.origins == 1:
            text += " They carry one text here, which counts once."
        yield BriefItem("shared", text, keys, sides.evidence(_first(item.sides)))


def differing_items(section: StatementSection, sides: Sides, told: Told) -> Iterator[BriefItem]:
    """What several sides report, but tell differently, with the words in which they differ."""
    for item in _ranked(section, "differs", told):
        keys = sides.ordered(item.sides)
        sentences = "; ".join(
            f"{quoted(item.sides[key][0].text)} ({sides.names[key]})" for key in keys
        )
        text = f"{sides.together(keys)} {_surely(item)} this, but not alike: {sentences}."
        if parts := _differences(item.differs, sides):
            text += f" They differ in {listed(parts)}."
        words = [each.sides for each in item.differs]
        yield BriefItem("differs", text, keys, sides.evidence(_first(item.sides), *words))


def own_items(
    section: StatementSection, sides: Sides, told: Told, most: int
) -> Iterator[tuple[BriefItem, int]]:
    """What each side alone reports: an item for a side, with its `most` important sentences, and
    how many more it has. Of sentences that say nearly the same one is kept. Headlines, questions,
    quotations and fragments are left out, as they cannot be read alone."""
    for key in sides.keys:
        found = [each for each in section.only.get(key, ()) if _stands_alone(each, told)]
        found.sort(key=lambda each: (-each.importance * each.confidence, *_place(each.spot)))
        said: list[frozenset[str]] = []
        spots: list[Spot] = []
        for each in found:
            words = _words(each.spot.text)
            if not any(_near(words, other) for other in said):
                said.append(words)
                spots.append(each.spot)
        if spots:
            shown = tuple(spots[:most])
            sentences = ended("; ".join(quoted(spot.text) for spot in shown))
            text = f"Reported in {sides.names[key]}, not found in {sides.others(key)}: {sentences}"
            yield BriefItem("only", text, (key,), {key: shown}), len(spots) - len(shown)


def _ranked(section: StatementSection, kind: str, told: Told) -> list[SharedStatement]:
    found = [
        item
        for item in section.shared
        if item.kind == kind
        and item.confidence >= _LEAST
        and not any(told.covers(spot) for spots in item.sides.values() for spot in spots)
    ]
    return sorted(found, key=_weight)


def _weight(item: SharedStatement) -> tuple[object, ...]:
    leading = sum(map(bool, item.lead.values()))
    places = sorted(_place(spots[0]) for spots in item.sides.values())
    unfit = min(_unfit(spots[0].text) for spots in item.sides.values())
    return leading < len(item.sides), -len(item.sides), -leading, unfit, -item.confidence, places


def _spokesman(sides: Mapping[str, tuple[Spot, ...]]) -> tuple[str, Spot]:
    """The side to quote, and its sentence: the shortest one that can be read alone."""
    return min(
        ((key, spots[0]) for key, spots in sides.items()),
        key=lambda each: (_unfit(each[1].text), len(each[1].text), each[0]),
    )


def _first(sides: Mapping[str, tuple[Spot, ...]]) -> dict[str, tuple[Spot, ...]]:
    return {key: spots[:SPOTS] for key, spots in sides.items()}


def _surely(item: SharedStatement) -> str:
    return "report" if item.confidence >= _SURE else "seem to report"


def _differences(found: Sequence[Differing], sides: Sides) -> list[str]:
    """In what the sides differ: a phrase for each kind of difference, with each side's words."""
    words: dict[Difference, list[str]] = {}
    for each in found:
        having = [key for key, spots in each.sides.items() if spots]
        if having:
            alone = " alone" if len(having) == 1 else ""
            words.setdefault(each.what, []).append(f"{sides.words(each.sides)}{alone}")
    return [f"{DIFFERS_IN[what]} ({'; '.join(of)})" for what, of in words.items()]


def _stands_alone(each: OwnStatement, told: Told) -> bool:
    return each.confidence >= _LEAST and not _unfit(each.spot.text) and each.spot not in told


def _unfit(text: str) -> int:
    """How many reasons speak against quoting a sentence alone (0 to 2): that it is a headline, a
    question or a fragment; that it refers to the sentence before it."""
    whole = text.rstrip("\"”’'»)").endswith(_ENDS) and len(text.split()) >= _FEWEST
    return (not whole) + (not self_contained(text))


def _words(text: str) -> frozenset[str]:
    return frozenset(word for word in _WORD.findall(text.casefold()) if len(word) > _SHORT)


def _near(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two sentences of one side seem to say the same."""
    return len(one & other) >= _NEAR * max(1, min(len(one), len(other)))


def _place(spot: Spot) -> tuple[int, int]:
    return spot.article, spot.start
