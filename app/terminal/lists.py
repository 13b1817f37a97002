"""The commands that list and write out what a collection holds."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.domain.annotation import TYPES
from app.domain.page import ArticleFilter, EntityFilter, Page, PageRequest, StoryFilter
from app.terminal.choices import among
from app.terminal.parts import parts_of

if TYPE_CHECKING:
    from rich.table import Table

Limit = Annotated[int, typer.Option(help="How many.", min=1, max=200)]
Json = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]


def articles(
    context: typer.Context,
    q: Annotated[
        str | None,
        typer.Argument(
            metavar="QUERY",
            help="What to look for; put -- before one that starts with -.",
            show_default=False,
        ),
    ] = None,
    source: Annotated[
        list[str] | None, typer.Option(help="Only in this outlet (slug or name).")
    ] = None,
    entity: Annotated[
        list[int] | None,
        typer.Option(help="That mention this entity (id); repeated: that mention all of them."),
    ] = None,
    story: Annotated[int | None, typer.Option(help="Only in this story (id).")] = None,
    limit: Limit = 50,
    as_json: Json = False,
) -> None:
    """List articles, the newest first, or find them by what stands in them.

    A query is words that all stand in the article, in any form: ferry OR train, "a phrase", -word,
    nationalis*, title:word, source:slug, and parentheses.
    """
    from app.services import query
    from app.terminal.tables import article_table

    where = ArticleFilter(
        q=q, sources=tuple(source or ()), entities=tuple(entity or ()), story=story
    )
    with parts_of(context).collection() as store, store.read() as session:
        page = query.articles(session, where, PageRequest(limit=limit))
    if as_json:
        typer.echo(parts_of(context).article_list(page))
    else:
        _print_page(article_table(page.items), page, "articles")


def entities(
    context: typer.Context,
    name: Annotated[
        str | None,
        typer.Argument(help="A name, its beginning, or nearly so.", show_default=False),
    ] = None,
    type_: Annotated[
        list[str] | None,
        typer.Option("--type", callback=among(TYPES), help="PERSON, ORG, GPE, ..."),
    ] = None,
    source: Annotated[
        list[str] | None, typer.Option(help="Only in this outlet (slug or name).")
    ] = None,
    article: Annotated[list[int] | None, typer.Option(help="Only in this article (id).")] = None,
    story: Annotated[int | None, typer.Option(help="Only in this story (id).")] = None,
    limit: Limit = 50,
    as_json: Json = False,
) -> None:
    """List entities, the most mentioned first, or find one by its name."""
    from app.services import query
    from app.terminal.tables import entity_table

    where = EntityFilter(
        q=name,
        types=tuple(type_ or ()),
        sources=tuple(source or ()),
        articles=tuple(article or ()),
        story=story,
    )
    with parts_of(context).collection() as store, store.read() as session:
        page = query.entities(session, where, PageRequest(limit=limit))
    if as_json:
        typer.echo(parts_of(context).entity_list(page))
    else:
        _print_page(entity_table(page.items), page, "entities")


def stories(
    context: typer.Context,
    source: Annotated[
        list[str] | None, typer.Option(help="With articles of this outlet (slug or name).")
    ] = None,
    without: Annotated[
        str | None,
        typer.Option("--without-source", help="Without any article of this outlet."),
    ] = None,
    query: Annotated[
        str | None, typer.Option("--query", "-q", help="With an article that matches this.")
    ] = None,
    entity: Annotated[
        list[int] | None,
        typer.Option(help="That mention this entity (id); repeated: that mention all of them."),
    ] = None,
    least: Annotated[
        int, typer.Option("--min-articles", help="Of so many articles at least.", min=1)
    ] = 1,
    outlets: Annotated[
        int, typer.Option("--min-sources", help="Of so many outlets at least.", min=0)
    ] = 0,
    limit: Limit = 50,
    as_json: Json = False,
) -> None:
    """List stories, the newest first, with their outlets and main entities."""
    from app.services import stories as story_services
    from app.terminal.tables import story_table

    where = StoryFilter(
        sources=tuple(source or ()),
        entities=tuple(entity or ()),
        min_articles=least,
        min_sources=outlets or None,
        without_source=without,
        q=query,
    )
    with parts_of(context).collection() as store, store.read() as session:
        page = story_services.stories(session, where, PageRequest(limit=limit))
    if as_json:
        typer.echo(parts_of(context).story_list(page))
    else:
        _print_page(story_table(page.items), page, "stories")


def sources(context: typer.Context, limit: Limit = 50, as_json: Json = False) -> None:
    """List outlets with their articles counted, and the first and last day of each."""
    from app.services import query
    from app.terminal.tables import source_table

    with parts_of(context).collection() as store, store.read() as session:
        page = query.sources(session, PageRequest(limit=limit))
    if as_json:
        typer.echo(parts_of(context).source_list(page))
    else:
        _print_page(source_table(page.items), page, "outlets")


def _print_page(found: "Table", page: Page[Any], what: str) -> None:
    """Prints a page as a table, and how much more of `what` there is."""
    from rich.console import Console

    Console().print(found)
    shown, total = len(page.items), page.total.value
    if total > shown:
        more = "more than " if page.total.relation == "gte" else ""
        typer.echo(f"{shown} of {more}{total:,} {what}; --limit shows more.")
