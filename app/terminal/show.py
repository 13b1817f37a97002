"""The commands that show one thing whole: an article with what is found in it, a story."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.domain.page import ArticleFilter, MentionFilter, Page, PageRequest, QuoteFilter
from app.terminal.parts import parts_of

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

    from app.domain.article import ArticleDetail
    from app.store.engine.sessions import ReadSession

_PAGE = 200
# How each kind of finding is marked in the text; where the terminal has no colours, the tables
# below the text say where it stands.
_STYLES = {"mentions": "bold", "quotes": "underline", "figures": "green", "dates": "cyan"}


def show(
    context: typer.Context,
    article: Annotated[int, typer.Argument(metavar="ID", help="The article.", min=1)],
) -> None:
    """Show an article: its text with names, quotes, figures and dates marked, and a list of them.

    Places read START-END, characters of the text.
    """
    from rich.console import Console

    from app.services import query

    with parts_of(context).collection() as store, store.read() as session:
        detail = query.article(session, article)
        found = {kind: list(_all(session, article, kind)) for kind in _STYLES}
    console = Console()
    console.print(_heading(detail))
    console.print()
    console.print(_marked(detail.text, found))
    for kind, items in found.items():
        if items:
            console.print()
            console.print(_TABLES[kind](items))


def story(
    context: typer.Context,
    number: Annotated[int, typer.Argument(metavar="ID", help="The story.", min=1)],
) -> None:
    """Show a story: its outlets, span of time, main entities and articles."""
    from rich.console import Console

    from app.services import query, stories
    from app.terminal.tables import article_table, story_table

    with parts_of(context).collection() as store, store.read() as session:
        found = stories.story(session, number)
        articles = query.articles(
            session, ArticleFilter(story=number), PageRequest(_PAGE, sort="published_at")
        )
    console = Console()
    console.print(story_table([found]))
    if found.merged_into is not None:
        console.print(f"Its articles went to story {found.merged_into}.")
        return
    console.print()
    console.print(article_table(articles.items))
    if articles.next_cursor is not None:
        console.print(f"The first {_PAGE} of {found.articles:,} articles.")


def _all(session: "ReadSession", article: int, kind: str) -> Iterator[Any]:
    from app.services import query

    reads: dict[str, Callable[[PageRequest], Page[Any]]] = {
        "mentions": lambda page: query.mentions(session, article, MentionFilter(), page),
        "quotes": lambda page: query.quotes(session, article, QuoteFilter(), page),
        "figures": lambda page: query.figures(session, article, page).page,
        "dates": lambda page: query.dates(session, article, page).page,
    }
    request = PageRequest(_PAGE)
    while True:
        page = reads[kind](request)
        yield from page.items
        if page.next_cursor is None:
            return
        request = PageRequest(_PAGE, page.next_cursor)


def _heading(detail: "ArticleDetail") -> str:
    from rich.markup import escape

    of = detail.article
    said = [
        of.source.name if of.source else None,
        of.published.day.isoformat() if of.published else None,
        f"{of.word_count:,} words",
        of.url,
        f"story {of.story}" if of.story is not None else None,
        of.reason if of.state != "ready" or of.reason else None,
    ]
    return escape(f"Article {of.id}: {', '.join(filter(None, said))}")


def _marked(text: str, found: dict[str, list[Any]]) -> "Text":
    from rich.text import Text

    marked = Text(text)
    for kind, items in found.items():
        for each in items:
            place = each.content if kind == "quotes" else each
            marked.stylize(_STYLES[kind], place.start, place.end)
    return marked


def _mentions(items: list[Any]) -> "Table":
    rows = ((each, each.type, _entity(each), each.text) for each in items)
    return _listed("names", ("type", "entity", "text"), rows)


def _quotes(items: list[Any]) -> "Table":
    rows = (
        (
            each.content,
            each.kind,
            _entity(each) if each.entity else (each.speaker.text if each.speaker else "-"),
            " ".join(each.content.text.split()),
        )
        for each in items
    )
    return _listed("quotes", ("kind", "speaker", "text"), rows)


def _figures(items: list[Any]) -> "Table":
    rows = (
        (each, each.kind, f"{each.value:g}", each.unit or each.noun or "-", each.text)
        for each in items
    )
    return _listed("figures", ("kind", "value", "of", "text"), rows)


def _dates(items: list[Any]) -> "Table":
    rows = ((each, each.value or each.reason or "-", each.text) for each in items)
    return _listed("dates", ("value", "text"), rows)


_TABLES: dict[str, Callable[[list[Any]], "Table"]] = {
    "mentions": _mentions,
    "quotes": _quotes,
    "figures": _figures,
    "dates": _dates,
}


def _entity(found: Any) -> str:
    return "-" if found.entity is None else f"{found.entity_name} ({found.entity})"


def _listed(title: str, columns: tuple[str, ...], rows: Iterator[tuple[Any, ...]]) -> "Table":
    from rich.markup import escape

    from app.terminal.layout import table

    made = table("place", *columns, title=title.capitalize())
    for place, *cells in rows:
        made.add_row(f"{place.start}-{place.end}", *(escape(str(cell)) for cell in cells))
    return made
