"""The sentences in which words stand that another side has too, verbatim or as a quote: what
`reuse` and `quotes` show as shared is nobody's alone."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from app.compare import passages
from app.compare.copies import Copies
from app.compare.statements.sentences import Statement
from app.domain.compared_quotes import SameQuote
from app.domain.comparison import Side
from app.domain.text import Span


def taken(
    sides: Sequence[Side],
    statements: Sequence[Statement],
    places: Iterable[int],
    texts: Mapping[int, str],
    copies: Copies,
    same: Iterable[SameQuote],
) -> set[int]:
    """Those of the statements at these places that have words in common with another side: as
    many in a row as make a passage, or of a quote that both sides give."""
    spans = _shared_words(sides, texts, copies)
    for quote in same:
        for spot in quote.sides.values():
            spans[spot.article].append(Span(spot.start, spot.end))
    return {place for place in places if _within(statements[place], spans)}


def _within(statement: Statement, spans: Mapping[int, Sequence[Span]]) -> bool:
    at = statement.sentence
    return any(
        each.start < at.end and at.start < each.end
        for each in spans.get(statement.article.article, ())
    )


def _shared_words(
    sides: Sequence[Side], texts: Mapping[int, str], copies: Copies
) -> defaultdict[int, list[Span]]:
    """Where the words stand, by article, that are as many in a row in an article of another
    side."""
    side_of = {article.article: side.key for side in sides for article in side.articles}
    starts = {a.article: a.body_start for side in sides for a in side.articles}
    near = [pair for pair in copies.common if side_of[pair[0]] != side_of[pair[1]]]
    words = {
        each: passages.words(texts[each], starts[each])
        for each in sorted({each for pair in near for each in pair})
    }
    holders: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    grams = {article: passages.grams(row, passages.LEAST) for article, row in words.items()}
    for article, rows in grams.items():
        for gram in rows:
            holders[gram].add(side_of[article])
    spans: defaultdict[int, list[Span]] = defaultdict(list)
    for article, rows in grams.items():
        for start, gram in enumerate(rows):
            if len(holders[gram]) > 1:
                of = words[article][start : start + passages.LEAST]
                spans[article].append(Span(of[0].span.start, of[-1].span.end))
    return spans
