"""Who is heard on each side, how much, and the same quote given whole, trimmed or altered."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.compare.evidence import spot_in
from app.compare.method import Method
from app.compare.notes import reach
from app.compare.shared_quotes import Speaker, quoting_texts, speaker_of
from app.domain.comparison import ArticleFindings, EvidenceSource, Side, rounded
from app.domain.quote import Utterance
from app.domain.sections.quotes import (
    QuoteSection,
    SameQuote,
    SpeakerItem,
    SpeakerOnSide,
    Unattributed,
)


@dataclass(slots=True)
class _Heard:
    """What one side gives to one speaker."""

    quotes: int = 0
    direct: int = 0
    words: int = 0
    places: list[tuple[ArticleFindings, Utterance]] = field(default_factory=list)


def quote_section(
    sides: Sequence[Side],
    source: EvidenceSource,
    *,
    same: Sequence[SameQuote],
    evidence: int,
    top: int,
) -> QuoteSection:
    """The speakers of all sides, those with the most words first, and the quotes that two sides
    give (`same`, all of them), altered ones first; each list cut at `top`, each speaker with at
    most `evidence` quotes a side, chosen by position.

    Speakers without a name ('one resident') are the same where the words for them are the same.
    """
    texts = quoting_texts(sides, source)
    heard = {side.key: _heard(side, texts) for side in sides}
    speakers, more = _speakers(sides, heard, source, texts, evidence, top)
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
    # Ids decide last: they differ from database to database.
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
    """The most frequent surface of a speaker without a name; among equals the first by alphabet."""
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
        share=rounded(found.words / total) if total else 0.0,
        evidence=tuple(
            spot_in(article, quote.start, quote.end, texts)
            for article, quote in found.places[:evidence]
        ),
    )


METHOD = Method(
    "quotes",
    needs=frozenset({"quotes", "owners"}),
    version="1",
    make=lambda material, evidence, top: quote_section(
        material.sides, material.source, same=material.quotes(), evidence=evidence, top=top
    ),
)
