"""Sentences on who is quoted where, and on quotes that two sides give."""

from collections import defaultdict
from collections.abc import Iterator

from app.compare.brief.sides import NameIndex, Sides, Told
from app.compare.phrases import PRONOUNS, cut, ended, listed, number, quoted
from app.domain.comparison import Spot
from app.domain.sections.brief import BriefItem
from app.domain.sections.quotes import QuoteSection, SameQuote, SpeakerItem

_CHANGES = ("altered", "trimmed", "same")
_NAMED = 4  # speakers in one sentence
_LONGEST = 60  # characters of a speaker's name
# What a nameless speaker may begin with: capital only because a sentence begins there.
_DETERMINERS = frozenset(
    {"The", "A", "An", "One", "Some", "Another", "Two", "Three", "Four", "Five", "Several"}
)


def quote_items(section: QuoteSection, sides: Sides, told: Told) -> Iterator[BriefItem]:
    """Quotes that two sides give, altered ones first, each place once; marks them in `told`."""
    for quote in sorted(section.same, key=_rank):
        if any(spot in told for spot in quote.sides.values()):
            continue
        places = {key: (spot,) for key, spot in quote.sides.items()}
        told.add(places)
        keys = sides.ordered(quote.sides)
        yield BriefItem("voices", _same(quote, section, sides), keys, sides.evidence(places))


def joint_speakers(section: QuoteSection, sides: Sides) -> Iterator[BriefItem]:
    """Who is quoted on several sides, those quoted on most first."""
    groups = _grouped(section, sides)
    for keys in sorted((keys for keys in groups if len(keys) > 1), key=lambda keys: -len(keys)):
        yield _group(keys, groups[keys], f"Quoted in {sides.within(keys)}:", sides)


def lone_speakers(section: QuoteSection, sides: Sides) -> Iterator[BriefItem]:
    """Who is quoted on one side alone, an item for each side. Left out is who may be quoted on
    another side too, under a fuller name."""
    groups = _grouped(section, sides)
    for key in sides.keys:
        elsewhere = NameIndex(
            (None, each.name) for each in section.speakers if each.sides.keys() != {key}
        )
        found = [
            each
            for each in groups.get((key,), ())
            if not elsewhere.may_be_another(each.entity, each.name, fuller=True)
        ]
        if found:
            yield _group((key,), found, f"Quotes found in {sides.names[key]} alone:", sides)


def _grouped(section: QuoteSection, sides: Sides) -> dict[tuple[str, ...], list[SpeakerItem]]:
    """The speakers by the sides that quote them."""
    groups: defaultdict[tuple[str, ...], list[SpeakerItem]] = defaultdict(list)
    for speaker in section.speakers:
        if speaker.name.lower() not in PRONOUNS:
            groups[sides.ordered(speaker.sides)].append(speaker)
    return groups


def _group(
    keys: tuple[str, ...], speakers: list[SpeakerItem], opening: str, sides: Sides
) -> BriefItem:
    shown = speakers[:_NAMED]
    if len(speakers) == _NAMED + 1:
        shown = speakers
    names = [_speaker(each, keys) for each in shown]
    if rest := len(speakers) - len(shown):
        names.append(f"{number(rest)} others")
    spots = [{key: found.evidence[:1] for key, found in each.sides.items()} for each in shown]
    return BriefItem("voices", f"{opening} {listed(names)}.", keys, sides.evidence(*spots))


def _speaker(each: SpeakerItem, keys: tuple[str, ...]) -> str:
    name = _called(each)
    if len(keys) > 1:
        return name
    quotes = each.sides[keys[0]].quotes
    return f"{name} ({number(quotes)})" if quotes > 1 else name


def _called(speaker: SpeakerItem) -> str:
    name = cut(" ".join(speaker.name.split()), _LONGEST)
    nameless = speaker.entity is None and name.split(" ")[0] in _DETERMINERS
    return name[0].lower() + name[1:] if nameless else name


def _same(quote: SameQuote, section: QuoteSection, sides: Sides) -> str:
    one, other = sides.ordered(quote.sides)
    whom = _whose(quote, section) or "somebody"
    if quote.change == "same":
        first = min(quote.sides)
        words = quoted(quote.sides[first].text)
        return ended(f"{sides.named(quote.sides)} quote {whom} in the same words: {words}")
    if quote.change == "altered":
        words = "; ".join(f"{quoted(quote.sides[k].text)} ({sides.names[k]})" for k in (one, other))
        return f"{sides.named(quote.sides)} quote {whom}, but not in the same words: {words}."
    longer, shorter = sorted((one, other), key=lambda key: -len(quote.sides[key].text))
    return ended(
        f"{sides.names[longer]} quotes {whom} at greater length than {sides.names[shorter]}, which "
        f"has: {quoted(quote.sides[shorter].text)}"
    )


def _whose(quote: SameQuote, section: QuoteSection) -> str | None:
    """The speaker to whom every side that has this quote gives it, found by the places of quotes;
    None where there is no such speaker, or no name but a pronoun."""
    for speaker in section.speakers:
        if all(
            key in speaker.sides and any(_touch(spot, each) for each in speaker.sides[key].evidence)
            for key, spot in quote.sides.items()
        ):
            return None if speaker.name.lower() in PRONOUNS else _called(speaker)
    return None


def _rank(quote: SameQuote) -> tuple[object, ...]:
    places = sorted((spot.article, spot.start) for spot in quote.sides.values())
    return _CHANGES.index(quote.change), -quote.similarity, places


def _touch(one: Spot, other: Spot) -> bool:
    return one.article == other.article and one.start < other.end and other.start < one.end
