"""The sections of a comparison as claims."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain, zip_longest
from typing import Literal

from app.agents.claims import Claim
from app.compare.phrases import counted, listed, quoted
from app.domain.answer import Comparison, Section
from app.domain.comparison import Spot
from app.domain.sections.figures import Verdict
from app.domain.sections.statements import DIFFERS_IN, OwnStatement
from app.errors import InvalidInput

About = Literal["overview", "shared", "figures", "names", "labels", "timeline", "reuse"]
SECTION_OF: Mapping[About, tuple[Section, ...]] = {
    "overview": ("statements", "figures", "quotes", "labels"),
    "shared": ("statements",),
    "figures": ("figures",),
    "names": ("entities",),
    "labels": ("labels",),
    "timeline": ("timeline",),
    "reuse": ("reuse",),
}

# Probabilities from which something is said plainly; below the first it is not said.
_LEAST, _SURE = 0.5, 0.75
_VERDICTS: Mapping[Verdict, str] = {
    "conflict": "Figures conflict",
    "compatible": "Figures differ, but all can be true",
    "agree": "Figures agree",
    "single": "A figure of one side alone",
}


class Named:
    """The sides of a comparison by the names that sentences use."""

    def __init__(self, comparison: Comparison) -> None:
        self.names = {side.key: side.name for side in comparison.sides}

    def listed(self, keys: Iterable[str]) -> str:
        """These sides in a sentence, in the order of the comparison."""
        wanted = set(keys)
        return listed(name for key, name in self.names.items() if key in wanted)

    def alone(self, key: str) -> str:
        """A side that has something which was not found in the others."""
        return f"{self.names[key]} alone" if len(self.names) > 1 else self.names[key]


def overview(comparison: Comparison, sides: Named) -> list[Claim]:
    """The most telling claims of all kinds, in turns: what is shared, what one side alone reports,
    figures, who is heard, who is called what."""
    together = list(shared(comparison, sides))
    kinds: list[Iterable[Claim]] = [
        [each for each in together if each.kind == "shared"],
        [each for each in together if each.kind == "differs"],
        _in_turns(own(comparison, sides, key) for key in sides.names),
        (each for each in figures(comparison, sides) if each.facts["verdict"] != "single"),
        voices(comparison, sides),
        (each for each in labels(comparison, sides) if each.evidence),
    ]
    return list(_in_turns(kinds))


def claims_about(about: About, comparison: Comparison, sides: Named) -> list[Claim]:
    """All claims of one kind, the most telling first."""
    return list(_MAKERS[about](comparison, sides))


def shared(comparison: Comparison, sides: Named) -> Iterator[Claim]:
    """What several sides report, and in what they tell it differently."""
    for item in comparison.statements.shared if comparison.statements else ():
        if item.confidence < _LEAST:
            continue
        surely = "report" if item.confidence >= _SURE else "seem to report"
        says = f"{sides.listed(item.sides)} {surely} this"
        if item.differs:
            differences = "; ".join(
                f"{DIFFERS_IN[each.what]} ({_words(each.sides, sides)})" for each in item.differs
            )
            says += f", but differ in {differences}"
        yield Claim(
            item.kind if item.kind == "differs" else "shared",
            f"{says}.",
            [spot for spots in item.sides.values() for spot in spots[:1]],
            {"probability": round(item.confidence, 2)},
        )


def own(
    comparison: Comparison, sides: Named, key: str, *, nearest: bool = False
) -> Iterator[Claim]:
    """What one side alone reports; with `nearest` also the sentence of the others that comes
    nearest to it, as the second place."""
    found = comparison.statements.only.get(key, ()) if comparison.statements else ()
    for item in sorted(found, key=_telling):
        if item.confidence < _LEAST:
            continue
        says, spots = f"{sides.alone(key)} reports this.", [item.spot]
        near = max(
            ((other.likeness, name, other) for name, other in item.nearest.items() if other),
            key=lambda each: each[:2],
            default=None,
        )
        if nearest and near is not None:
            likeness, other, place = near
            says += f" Nearest to it, in {sides.names[other]}, comes the second place"
            says += f" (likeness {likeness:.2f})."
            spots.append(place.spot)
        yield Claim("only", says, spots, {"probability": round(item.confidence, 2)})


def only(comparison: Comparison, sides: Named, side: str | None) -> list[Claim]:
    """What each side alone reports, in turns; or one side, by key or name. Raises InvalidInput for
    one that is not compared."""
    keys = [key for key, name in sides.names.items() if side in (None, key, name)]
    if not keys:
        raise InvalidInput(
            f"There is no side {(side or '')[:80]!r} here; the sides are {listed(sides.names)}."
        )
    return list(_in_turns(own(comparison, sides, key, nearest=True) for key in keys))


def _telling(item: OwnStatement) -> tuple[float, int, int]:
    return -item.importance * item.confidence, item.spot.article, item.spot.start


def figures(comparison: Comparison, sides: Named) -> Iterator[Claim]:
    """Figures about the same thing."""
    for group in comparison.figures.items if comparison.figures else ():
        said = "; ".join(
            f"{quoted(found[0].text)} in {sides.names[key]}"
            + (f" (from {quoted(found[0].attribution)})" if found[0].attribution else "")
            for key, found in group.sides.items()
            if found
        )
        yield Claim(
            "figures",
            f"{_VERDICTS[group.verdict]}: {said}.",
            [
                Spot(each.article, each.revision, each.start, each.end, each.text)
                for found in group.sides.values()
                for each in found[:1]
            ],
            {"verdict": group.verdict, "reason": group.reason},
        )


def voices(
    comparison: Comparison, sides: Named, quotes: int = 1, speaker: str | None = None
) -> Iterator[Claim]:
    """Who is quoted, by whom, with so many quotes of each side; `speaker` keeps those whose id or
    name it is, or stands in."""
    wanted = speaker.casefold() if speaker else None
    for item in comparison.quotes.speakers if comparison.quotes else ():
        if wanted and wanted != str(item.entity) and wanted not in item.name.casefold():
            continue
        said = listed(
            f"{sides.names[key]} ({counted(found.quotes, 'quote')}, {found.words:,} words)"
            for key, found in item.sides.items()
        )
        alone = " alone" if len(item.sides) == 1 < len(sides.names) else ""
        yield Claim(
            "voice",
            f"{quoted(item.name)} is quoted by {said}{alone}.",
            [spot for found in item.sides.values() for spot in found.evidence[:quotes]],
            {"entity": item.entity},
        )


def same_quotes(comparison: Comparison, sides: Named) -> Iterator[Claim]:
    """Quotes that two sides give, altered ones first."""
    for item in comparison.quotes.same if comparison.quotes else ():
        how = {"same": "in the same words", "trimmed": "one of them shorter"}.get(
            item.change, "in other words"
        )
        yield Claim(
            "same quote",
            f"{sides.listed(item.sides)} give one quote, {how}.",
            list(item.sides.values()),
            {"change": item.change},
        )


def labels(comparison: Comparison, sides: Named) -> Iterator[Claim]:
    """What one side alone calls somebody or something."""
    for item in comparison.labels.items if comparison.labels else ():
        own = {
            key: [each for each in found if each.only and each.kind != "name"]
            for key, found in item.sides.items()
        }
        said = "; ".join(
            f"{listed(quoted(each.text) for each in found[:3])} in {sides.alone(key)}"
            for key, found in own.items()
            if found
        )
        if said:
            yield Claim(
                "labels",
                f"{item.name} is called {said}.",
                [
                    spot
                    for found in own.values()
                    for each in found[:3]
                    for spot in each.evidence[:1]
                ],
                {"entity": item.entity},
            )


def names(comparison: Comparison, sides: Named) -> Iterator[Claim]:
    """Who and what is named, how often on each side."""
    section = comparison.entities
    if section is None:
        return
    for item in (*section.shared, *_in_turns(section.only.values())):
        said = listed(
            f"{sides.names[key]} ({found.mentions:,} times, {found.headline:,} in headlines)"
            for key, found in item.sides.items()
        )
        alone = " alone" if len(item.sides) == 1 else ""
        yield Claim(
            "name",
            f"{item.name} is named by {said}{alone}.",
            [spot for found in item.sides.values() for spot in found.evidence[:1]],
            {"entity": item.entity, "type": item.type},
        )


def timeline(comparison: Comparison, sides: Named) -> Iterator[Claim]:
    """The times that the sides speak of, in their order."""
    for item in comparison.timeline.items if comparison.timeline else ():
        yield Claim(
            "time",
            f"{sides.listed(key for key, spots in item.sides.items() if spots)} "
            f"speak of {item.value}.",
            [spot for spots in item.sides.values() for spot in spots[:1]],
            {"value": item.value},
        )


def reuse(comparison: Comparison, sides: Named) -> Iterator[Claim]:
    """Text that two articles have in common, word for word."""
    for pair in comparison.reuse.pairs if comparison.reuse else ():
        if pair.passages:
            yield Claim(
                "reuse",
                f"Of the shorter of these two articles {pair.containment:.0%} stands in the other "
                f"too, in up to {pair.passages[0].words:,} words in a row.",
                [spot for passage in pair.passages[:2] for spot in passage.sides.values()],
                {"verdict": pair.verdict},
            )


def _in_turns[T](lists: Iterable[Iterable[T]]) -> Iterator[T]:
    """The first of each, then the second of each, and so on."""
    turns = chain.from_iterable(zip_longest(*lists))
    return (each for each in turns if each is not None)


def _words(found: Mapping[str, tuple[Spot, ...]], sides: Named) -> str:
    return "; ".join(
        f"{listed(dict.fromkeys(quoted(spot.text) for spot in spots))} in {sides.names[key]}"
        for key, spots in found.items()
        if spots
    )


_MAKERS: Mapping[About, Callable[[Comparison, Named], Iterable[Claim]]] = {
    "overview": overview,
    "shared": shared,
    "figures": figures,
    "names": names,
    "labels": labels,
    "timeline": timeline,
    "reuse": reuse,
}
