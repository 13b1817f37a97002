"""The two real articles, cleaned as they come in; they lie beside the project."""

import json
from functools import cache
from pathlib import Path

import pytest

from app.domain.article import Published, Submission
from app.domain.comparison import TextToCompare
from app.intake.clean import clean

ARTICLES = Path(__file__).parents[2].parent / "shared" / "articles"

without_articles = pytest.mark.skipif(
    not ARTICLES.is_dir(), reason="the two real articles lie beside the project: ../shared/articles"
)


@cache
def real_articles() -> tuple[TextToCompare, ...]:
    """Both as texts to compare, each a side of its outlet's name."""
    rows = (ARTICLES / "articles.jsonl").read_text("utf-8").splitlines()
    return tuple(_text(json.loads(row)) for row in rows)


def _text(row: dict[str, str]) -> TextToCompare:
    text = (ARTICLES / row["file"]).read_text("utf-8")
    published = Published.parse(row["published_at"])
    document = clean(
        Submission(text=text, source=row["source"], published=published), max_chars=100_000
    )
    head, body = document.text[: document.body_start], document.text[document.body_start :]
    return TextToCompare(row["source"], body, head.strip() or None, published)
