"""The quotes that two sides of a comparison share, and whose a quote is."""

from collections.abc import Iterator, Mapping, Sequence

from app.compare import wording
from app.compare.evidence import spot_in
from app.compare.wording import Wording
from app.domain.comparison import ArticleFindings, EvidenceSource, Side
from app.domain.names import name_key
from app.domain.quote import Utterance
from app.domain.sections.quotes import SameQuote

# A speaker: an entity, or the words of one without a name.
type Speaker = int | str


def shared_quotes(sides: Sequence[Side], source: EvidenceSource) -> list[SameQuote]:
    """All quotes that two sides give, of each pair of sides, altered ones first."""
    texts = quoting_texts(sides, source)
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
    """The quotes of a side, the parts of one that its cue splits joined. Quotes in the same words
    come once, where they stand first."""
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
            spot = spot_in(article, spans[0].start, spans[-1].end, texts)
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


def quoting_texts(sides: Sequence[Side], source: EvidenceSource) -> Mapping[int, str]:
    """The texts of the articles that quote anybody."""
    return source.texts(
        sorted({each.article for side in sides for each in side.articles if each.quotes})
    )


def speaker_of(article: ArticleFindings, quote: Utterance, text: str) -> Speaker | None:
    """The entity of a quote's speaker, else the key of their words; None where it is uncertain."""
    if quote.mention is not None and quote.mention in article.owners:
        return article.owners[quote.mention]
    if quote.voice is None:
        return None
    return name_key(text[quote.voice.start : quote.voice.end])
