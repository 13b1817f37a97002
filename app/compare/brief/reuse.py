"""Sentences on text that sides have in common."""

from collections.abc import Iterator
from datetime import date

from app.compare.brief.sides import Sides, Told
from app.compare.phrases import listed, number, quoted
from app.domain.sections.brief import BriefItem
from app.domain.sections.reuse import ReusePair, ReuseSection

_BEGINNING = 50  # characters of a passage that are quoted


def reuse_items(section: ReuseSection, sides: Sides, told: Told) -> Iterator[BriefItem]:
    """Pairs of articles that share text, the most alike first, with their longest passage. A
    passage is left out where the brief has reported it as a quote that both sides give."""
    for pair in section.pairs:
        passages = [
            each
            for each in pair.passages
            if not any(told.covers(spot) for spot in each.sides.values())
        ]
        if pair.verdict == "not" or not passages:
            continue
        longest = passages[0]
        keys = sides.ordered(pair.sides)
        start = quoted(longest.sides[min(keys)].text, _BEGINNING)
        where = listed(_dated(key, pair, sides) for key in keys)
        much = "carry one text, with" if pair.verdict == "wholly" else "have"
        text = f"{where} {much} {number(longest.words)} words in a row in common, from {start} on."
        places = {key: (spot,) for key, spot in longest.sides.items()}
        yield BriefItem("reuse", text, keys, sides.evidence(places))


def _dated(key: str, pair: ReusePair, sides: Sides) -> str:
    article = pair.articles[pair.sides.index(key)]
    day: date | None = sides.published.get(article)
    return f"{sides.names[key]} (dated {day.day} {day:%B %Y})" if day else sides.names[key]
