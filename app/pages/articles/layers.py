"""What is found in a text, as marks of four layers, and who and what that is, counted."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from app.domain.entity import StoredMention
from app.domain.figure import Figure
from app.domain.quote import StoredQuote
from app.domain.timex import Dated
from app.pages.marking import Mark
from app.pages.wording import entity_type, time_value

# Marks of one place stand inside each other in this order, the first outside.
_TARGET, _QUOTE, _DATE, _FIGURE, _NAME = range(5)
_SPEAKERS = 6  # of so many the quotes are told apart by their look


@dataclass(frozen=True, slots=True)
class Found:
    """All that is found in an article."""

    mentions: Sequence[StoredMention]
    quotes: Sequence[StoredQuote]
    figures: Sequence[Figure]
    dates: Sequence[Dated]


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks in an article, how often; `number` is that of the look of their quotes."""

    number: int
    name: str
    quotes: int


def speakers(quotes: Sequence[StoredQuote]) -> Mapping[str, Speaker]:
    """Those who are quoted, in the order of the text."""
    counts = Counter(_speaker(each) for each in quotes)
    return {
        name: Speaker(min(number, _SPEAKERS), name, times)
        for number, (name, times) in enumerate(counts.items(), 1)
        if name
    }


def names(mentions: Sequence[StoredMention]) -> list[tuple[int, str, str, int]]:
    """Who and what is named (id, name, type) and how often, the most often named first."""
    known = {m.entity: m for m in mentions if m.entity is not None}
    counts = Counter(m.entity for m in mentions if m.entity is not None)
    return [
        (entity, known[entity].entity_name or "", entity_type(known[entity].type), times)
        for entity, times in counts.most_common()
    ]


def marks(found: Found, target: tuple[int, int] | None, entity: Callable[[int], str]) -> list[Mark]:
    """The marks of all layers, and of the place that the page is opened at; `entity` is the address
    of one."""
    heard = speakers(found.quotes)
    made = [
        *(_quote(each, heard) for each in found.quotes),
        *(_mark(e.start, e.end, "date", _date(e), _DATE) for e in found.dates),
        *(_mark(e.start, e.end, "figure", _figure(e), _FIGURE) for e in found.figures),
        *(
            Mark(
                e.start,
                e.end,
                "a",
                {"class": "in-name", "title": _name(e), "href": entity(e.entity)},
                _NAME,
            )
            for e in found.mentions
            if e.entity is not None
        ),
    ]
    if target:
        made.append(Mark(*target, "mark", {"id": "at", "class": "target"}, _TARGET))
    return made


def _mark(start: int, end: int, layer: str, title: str, rank: int) -> Mark:
    return Mark(start, end, "span", {"class": f"in-{layer}", "title": title}, rank)


def _quote(quote: StoredQuote, heard: Mapping[str, Speaker]) -> Mark:
    who = _speaker(quote)
    look = f" voice-{heard[who].number}" if who else ""
    title = f"{who}, {quote.kind}" if who else f"{quote.kind}, speaker uncertain: {quote.reason}"
    attributes = {"class": f"in-quote{look}", "title": title}
    return Mark(quote.content.start, quote.content.end, "span", attributes, _QUOTE)


def _speaker(quote: StoredQuote) -> str:
    if quote.entity_name:
        return quote.entity_name
    return " ".join(quote.speaker.text.split()) if quote.speaker else ""


def _name(mention: StoredMention) -> str:
    return f"{mention.entity_name}, {entity_type(mention.type)}"


def _date(date: Dated) -> str:
    return time_value(date.value) if date.value else f"no date: {date.reason}"


def _figure(figure: Figure) -> str:
    about = (figure.quantifier, figure.unit, figure.per and f"per {figure.per}", figure.noun)
    upper = "" if figure.upper is None else f" to {figure.upper:,g}"
    value = f"{figure.kind}: {figure.value:,g}{upper}"
    said = f", from {figure.attribution}" if figure.attribution else ""
    return " ".join([value, *filter(None, about)]) + said
