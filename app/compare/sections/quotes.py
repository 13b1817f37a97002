"""Who is heard on each side, how much, and the same quote given whole, trimmed or altered."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from app.compare import wording
from app.compare.reach import reach
from app.compare.wording import Wording
from app.domain.comparison import EvidenceSource, Findings, Side, Spot
from app.domain.names import name_key
from app.domain.quote import Utterance
from app.domain.sections.quotes import (
    QuoteSection,
    SameQuote,
    SpeakerItem,
    SpeakerOnSide,
    Unattributed,
)

METHOD = "1"

# A speaker: an entity, or the words of one without a name.
type Speaker = int | str


@dataclass(slots=True)
class _Heard:
    """What one side gives to one speaker."""

    quotes: int = 0
    direct: int = 0
    words: int = 0
    places: list[tuple[Findings, Utterance]] = field(default_factory=list)


def quote_section(
    sides: Sequence[Side],
    source: EvidenceSource,
    *,
    quoted: Callable[[], Sequence[SameQuote]],
    evidence: int,
    top: int,
) -> QuoteSection:
    """The speakers of all sides, those with the most words first, and the quotes that two sides
    give (`quoted`, all of them), altered ones first; each list cut at `top`, each speaker with at
    most `evidence` quotes a side, chosen by position.

    A speaker without a name is known by their own words, and so is the same only where those are.
    """
    texts = _texts(sides, source)
    heard = {side.key: _heard(side, texts) for side in sides}
    speakers, more = _speakers(sides, heard, source, texts, evidence, top)
    same = quoted()
    return QuoteSection(
        speakers=speakers,
        unattributed={
            key: Unattributed(found[None].quotes, found[None].words)
            if None in found
            else Unattributed(0, 0)
            for key, found in heard.items()
        },
        same=tuple(same[:top]),
        more=more + max(0, len(same) - top),
        note=reach(sides, "quotes", lambda article: article.quotes, "quotes"),
    )


def speaker_of(article: Findings, quote: Utterance, text: str) -> Speaker | None:
    """The entity of a quote's speaker, else the key of their words; None where it is uncertain."""
    if quote.mention is not None and quote.mention in article.owners:
        return article.owners[quote.mention]
    if quote.voice is None:
        return None
    return name_key(text[quote.voice.start : quote.voice.end])


def _heard(side: Side, texts: Mapping[int, str]) -> dict[Speaker | None, _Heard]:
    found: defaultdict[Speaker | None, _Heard] = defaultdict(_Heard)
    for article in side.articles:
        for quote in article.quotes:
            each = found[speaker_of(article, quote, texts[article.article])]
            each.quotes += 1
            each.direct += quote.kind != "indirect"
            each.words += quote.words
            each.places.append((article, quote))
    return found


def _speakers(
    sides: Sequence[Side],
    heard: Mapping[str, Mapping[Speaker | None, _Heard]],
    source: EvidenceSource,
    texts: Mapping[int, str],
    evidence: int,
    top: int,
) -> tuple[tuple[SpeakerItem, ...], int]:
    """The speakers that are shown, and how many more there are."""
    words: Counter[Speaker] = Counter()
    for found in heard.values():
        for speaker, each in found.items():
            if speaker is not None:
                words[speaker] += each.words
    # Ids are no part of the order, where anything else decides: they differ from store to store.
    labels = source.labels([speaker for speaker in words if isinstance(speaker, int)])
    names = {
        speaker: labels[speaker].name
        if isinstance(speaker, int)
        else _surface(speaker, heard, texts)
        for speaker in words
    }
    ordered = sorted(words, key=lambda each: (-words[each], names[each], str(each)))
    totals = {key: sum(each.words for each in found.values()) for key, found in heard.items()}
    items = [
        SpeakerItem(
            entity=speaker if isinstance(speaker, int) else None,
            name=names[speaker],
            sides={
                side.key: _on_side(heard[side.key][speaker], totals[side.key], texts, evidence)
                for side in sides
                if speaker in heard[side.key]
            },
        )
        for speaker in ordered[:top]
    ]
    return tuple(items), len(ordered) - len(items)


def _surface(
    speaker: str,
    heard: Mapping[str, Mapping[Speaker | None, _Heard]],
    texts: Mapping[int, str],
) -> str:
    """How a speaker without a name is called most; of equal surfaces the first by its letters."""
    surfaces: Counter[str] = Counter()
    for found in heard.values():
        for article, quote in found[speaker].places if speaker in found else ():
            if quote.voice is not None:
                surfaces[texts[article.article][quote.voice.start : quote.voice.end]] += 1
    return min(surfaces, key=lambda surface: (-surfaces[surface], surface))


def _on_side(found: _Heard, total: int, texts: Mapping[int, str], evidence: int) -> SpeakerOnSide:
    return SpeakerOnSide(
        quotes=found.quotes,
        direct=found.direct,
        words=found.words,
        share=round(found.words / total, 6) if total else 0.0,
        evidence=tuple(
            _spot(article, quote.start, quote.end, texts)
            for article, quote in found.places[:evidence]
        ),
    )


def _spot(article: Findings, start: int, end: int, texts: Mapping[int, str]) -> Spot:
    text = texts[article.article][start:end]
    return Spot(article.article, article.revision, start, end, text)


def _texts(sides: Sequence[Side], source: EvidenceSource) -> Mapping[int, str]:
    """Of the articles that quote anybody."""
    return source.texts(
        sorted({each.article for side in sides for each in side.articles if each.quotes})
    )


def same_quotes(sides: Sequence[Side], source: EvidenceSource) -> list[SameQuote]:
    """All quotes that two sides give, of each pair of sides, altered ones first."""
    texts = _texts(sides, source)
    given = [list(_given(side, texts)) for side in sides]
    found = []
    for index, first in enumerate(sides):
        for other in range(index + 1, len(sides)):
            for match in wording.matches(given[index], given[other]):
                one, two = match.first, match.second
                found.append(
                    SameQuote(
                        change=match.change,
                        similarity=match.similarity,
                        sides={first.key: one.spot, sides[other].key: two.spot},
                        diff=wording.diff(one, two),
                    )
                )
    order = {"altered": 0, "trimmed": 1, "same": 2}
    return sorted(found, key=lambda each: (order[each.change], -each.similarity))


def _given(side: Side, texts: Mapping[int, str]) -> Iterator[Wording]:
    """The quoted words of a side, the parts of a quotation that its cue splits joined; the same
    words once, where they stand first."""
    seen: set[tuple[Speaker | None, tuple[str, ...]]] = set()
    for article in side.articles:
        text = texts.get(article.article, "")
        for parts in _joined(article.quotes):
            spans = [span for quote in parts for span in quote.quoted]
            if not spans:
                continue
            words = wording.words(text, spans)
            speaker = speaker_of(article, parts[0], text)
            folded = tuple(word.key for word in words)
            if not folded or (speaker, folded) in seen:
                continue
            seen.add((speaker, folded))
            spot = _spot(article, spans[0].start, spans[-1].end, texts)
            yield Wording(speaker, words, folded, spot)


def _joined(quotes: Sequence[Utterance]) -> Iterator[list[Utterance]]:
    """Direct quotes of one cue together, all others alone."""
    parts: list[Utterance] = []
    for quote in quotes:
        if quote.kind == "indirect":
            continue
        goes_on = (
            parts and quote.kind == parts[0].kind == "direct" and quote.cue is not None
        ) and quote.cue == parts[0].cue
        if parts and not goes_on:
            yield parts
            parts = []
        parts.append(quote)
    if parts:
        yield parts
