"""The two real articles and our own gold for them: names found by pattern, so that no sentence of
them stands here."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from app.domain.article import Submission
from app.intake.clean import clean
from evaluation.corpora import SHARED, Corpus, rows_of

ARTICLES = SHARED / "articles"
GOLD = Path(__file__).parent / "gold_articles.jsonl"


@dataclass(frozen=True, slots=True)
class Span:
    """A gold mention: its type and the entity that it names."""

    start: int
    end: int
    type: str
    entity: str


def cleaned() -> dict[str, str]:
    """The text of each article after cleaning, by the number that its file's name opens with."""
    return {
        path.name[:3]: clean(
            Submission(text=path.read_text(encoding="utf-8")), max_chars=1_000_000
        ).text
        for path in sorted(ARTICLES.glob("*.txt"))
    }


def gold(article: str, text: str) -> list[Span]:
    """The gold mentions of one article. Patterns claim their places in the order of the file, so
    longer names stand before those inside them."""
    taken: list[Span] = []
    for row in rows_of(GOLD):
        if row["article"] != article:
            continue
        for match in re.finditer(row["pattern"], text):
            start, end = match.span()
            if not any(start < span.end and end > span.start for span in taken):
                taken.append(Span(start, end, row["type"], row["entity"]))
    return sorted(taken, key=lambda span: span.start)


def corpora(folder: Path) -> tuple[Corpus, Corpus]:
    """The articles with their gold, written into a folder in the shape of `ner.jsonl` and of
    `entities.jsonl`."""
    texts = cleaned()
    return (
        _written(folder / "articles-ner.jsonl", _typed_rows(texts)),
        _written(folder / "articles-entities.jsonl", _linked_rows(texts)),
    )


def _typed_rows(texts: dict[str, str]) -> Iterator[dict[str, object]]:
    for article, text in texts.items():
        entities = [
            {"start": s.start, "end": s.end, "label": s.type, "raw": s.type}
            for s in gold(article, text)
        ]
        yield {"id": article, "corpus": "articles", "text": text, "entities": entities}


def _linked_rows(texts: dict[str, str]) -> Iterator[dict[str, object]]:
    for article, text in texts.items():
        mentions = [
            {
                "start": s.start,
                "end": s.end,
                "type": s.type,
                "chain": s.entity,
                "linked": True,
                "named": True,
                "name": [s.start, s.end],
            }
            for s in gold(article, text)
        ]
        yield {
            "id": article,
            "corpus": "articles",
            "scope": "articles",
            "text": text,
            "mentions": mentions,
            "exhaustive": True,
            "annotated": [[0, len(text)]],
        }


def _written(path: Path, rows: Iterator[dict[str, object]]) -> Corpus:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return Corpus.at(path)
