"""Records as tables for people. Everything here returns a rich renderable and prints nothing."""

from collections.abc import Iterable
from datetime import datetime

from rich.markup import escape
from rich.table import Table

from app.domain.article import Article, Source
from app.domain.entity import Entity
from app.domain.story import Story
from app.services.reannotation import Reannotated
from app.terminal.layout import table

_FEW = 5  # names in one cell


def entity_table(entities: Iterable[Entity]) -> Table:
    """One row an entity: id, name, type, counts, and the names it goes by."""
    found = table("id>", "name", "type", "mentions>", "articles>", "also called")
    for entity in entities:
        others = [a.text for a in entity.aliases if a.text != entity.name]
        found.add_row(
            str(entity.id),
            escape(entity.name),
            entity.type,
            f"{entity.mentions:,}",
            f"{entity.articles:,}",
            escape(", ".join(others[:_FEW])),
        )
    return found


def story_table(stories: Iterable[Story]) -> Table:
    """One row a story: id, span of days, counts, its first title, outlets and main entities."""
    found = table("id>", "from", "to", "articles>", "title", "outlets", "about")
    for story in stories:
        outlets = [each.source.name for each in story.sources if each.source is not None]
        found.add_row(
            str(story.id),
            _day(story.first_published),
            _day(story.last_published),
            f"{story.articles:,}",
            escape(story.title or "-"),
            escape(", ".join(outlets[:_FEW])),
            escape(", ".join(each.name for each in story.entities[:_FEW])),
        )
    return found


def source_table(sources: Iterable[Source]) -> Table:
    """One row an outlet: slug, name, articles, first and last day, and, where a person said so of
    one of them, country, language and tags. Domains, which are long, are in the JSON."""
    rows = [
        (
            escape(each.slug),
            escape(each.name),
            f"{each.articles:,}",
            _day(each.first_published),
            _day(each.last_published),
            each.country or "",
            each.language or "",
            escape(", ".join(each.tags)),
        )
        for each in sources
    ]
    titles = ("slug", "name", "articles>", "from", "to", "country", "language", "tags")
    always = 5
    kept = [n for n in range(len(titles)) if n < always or any(row[n] for row in rows)]
    found = table(*(titles[n] for n in kept))
    for row in rows:
        found.add_row(*(row[n] or "-" for n in kept))
    return found


def article_table(articles: Iterable[Article]) -> Table:
    """One row an article: id, day, outlet, words, language, state, title."""
    found = table("id>", "day", "outlet", "words>", "language", "state", "title")
    for each in articles:
        found.add_row(
            str(each.id),
            each.published.day.isoformat() if each.published else "-",
            escape(each.source.name if each.source else "-"),
            f"{each.word_count:,}",
            each.language or "-",
            each.state,
            escape(each.title or "-"),
        )
    return found


def _day(instant: datetime | None) -> str:
    return f"{instant:%Y-%m-%d}" if instant else "-"


def change_line(changed: Reannotated) -> str:
    """What a new analysis of an article changed, on one line."""
    parts = [f"+ {name}" for name in changed.gained] + [f"- {name}" for name in changed.lost]
    if changed.moved:
        parts.append(f"{changed.moved} mentions moved")
    if changed.failed:
        parts.append("the analysis failed")
    return f"article {changed.article}: {', '.join(parts)}"
